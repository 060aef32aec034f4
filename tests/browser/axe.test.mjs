// No barrier that axe knows of: WCAG 2.2 AA and best practice, light and dark, on each width, in large text.

import axe from 'axe-core';
import { after, before, describe, test } from 'node:test';
import { launch, open, withShot } from './lib/chromium.mjs';
import { gallery } from './lib/gallery.mjs';
import { unfold } from './lib/layout.mjs';
import { none } from './lib/site.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** How pages are looked at: the largest text is the page's own, stored as its button stores it. */
const VIEWS = [
  { name: 'light', colorScheme: 'light', widths: [320, 390, 1280] },
  { name: 'dark', colorScheme: 'dark', widths: [320, 390, 1280] },
  { name: 'light, the largest text', colorScheme: 'light', widths: [390], stored: '2' },
];

let browser;
let shown;

before(async () => {
  browser = await launch();
  shown = await gallery();
});
after(async () => {
  await shown.close();
  await browser.close();
});

/** Returns what axe finds on the open page, one line a place. */
async function violations(tab) {
  const run = (tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
  const { violations: found } = await tab.evaluate(run, TAGS);
  return found.flatMap(({ id, impact, nodes }) => nodes.map((node) => {
    const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ');
    return `${id} (${impact}) at ${node.target.join(' ')}: ${why}`;
  }));
}

for (const { name, colorScheme, widths, stored } of VIEWS) {
  describe(`every kind of page, ${name}`, () => {
    const barriers = [];
    const weak = [];

    before(async () => {
      const tab = await open(browser, { colorScheme });
      if (stored) await tab.addInitScript((size) => localStorage.setItem('size', size), stored);
      for (const page of shown.pages) {
        await tab.goto(page.url);
        await tab.evaluate(unfold);
        await tab.evaluate(axe.source);
        for (const width of widths) {
          await tab.setViewportSize({ width, height: 844 });
          const found = await withShot(tab, `axe ${name} ${width} ${page.path}`, () => violations(tab));
          barriers.push(...found.map((fault) => `${width} px ${page.path}: ${fault}`));
        }
        weak.push(...new Set((await tab.evaluate(weakTexts)).map((fault) => `${page.path}: ${fault}`)));
      }
      await tab.context().close();
    });

    test(`axe finds nothing at ${widths.join(', ')} px`, () => none(barriers, 'violations'));

    // axe cannot tell contrast where a link is stretched over its row: here text by text, against the painted ground.
    test('every text has a contrast of 4.5, or 3 if large', () => none(weak, 'texts are hard to read'));
  });
}

/** Runs in the page: returns texts whose colour is too close to the nearest painted background. */
function weakTexts() {
  const parse = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const color = parse(getComputedStyle(node).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const [light, dark] = [luminance(parse(style.color)), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faults.push(`${element.localName}.${element.className} “${walker.currentNode.data.trim().slice(0, 20)}” ${ratio.toFixed(2)}`);
  }
  return faults;
}
