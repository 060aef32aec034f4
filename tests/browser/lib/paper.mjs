// What stands on paper: a page printed to PDF by Chromium and read back sheet by sheet.

// pdf.js complains as it loads that it cannot draw here; reading needs no drawing.
for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globalThis[name] ??= class {};
const { log, warn } = console;
console.log = console.warn = () => {};
const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
Object.assign(console, { log, warn });

/** A font gives one glyph to a character and to its radical; PDF readers may name the radical. */
const RADICALS =
  '⺁厂⺇几⺌小⺎兀⺏尢⺐尢⺒巳⺓幺⺛旡⺝月⺟母⺠民⺱罒⺸羊⺹耂⺻聿⺼肉⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒長⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱亀⻲亀⻳龟';
const UNIFIED = new Map([...RADICALS.matchAll(/(.)(.)/gu)].map(([, radical, character]) => [radical, character]));

/** Returns a text as texts on screen and on paper can be compared: without spaces, each character in one form. */
export function plain(text) {
  return text.normalize('NFKC').replaceAll('戶', '户').replaceAll('\u2012', '\u2013').replace(/[\s\u200b\u2060\u00ad]+/g, '').replace(/[\u2e80-\u2eff]/g, (radical) => UNIFIED.get(radical) ?? radical);
}

/** Prints the open page; returns the size of each sheet in points, its pieces of text and its whole text, plain. */
export async function sheets(tab) {
  const data = new Uint8Array(await tab.pdf({ preferCSSPageSize: true, printBackground: true }));
  const pdf = await getDocument({ data, verbosity: 0 }).promise;
  const all = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const sheet = await pdf.getPage(number);
    const { width, height } = sheet.getViewport({ scale: 1 });
    const { items } = await sheet.getTextContent();
    const pieces = items.filter((item) => item.str?.trim()).map(({ str, width, transform }) => ({
      text: str,
      left: transform[4],
      // A closing mark at the end of a line may hang by its empty half.
      right: transform[4] + width - (/[）》」』】〕，。、；：？！”’]$/.test(str) ? transform[0] / 2 : 0),
      bottom: transform[5],
      upright: transform[1] === 0,
    }));
    all.push({ width, height, pieces, text: plain(items.map((item) => item.str).join('')) });
  }
  await pdf.destroy();
  return all;
}
