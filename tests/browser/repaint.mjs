// How long it takes from a save to the repainted preview: saved in an editor, and in a form.
//
//   cd tests/browser && QINGDAN=…/target/release/qingdan node repaint.mjs [rounds]
//
// Times are those of this machine in this minute; use a release build and let nothing else run.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open } from './lib/chromium.mjs';
import { preview } from './lib/preview.mjs';
import { copyOfContent } from './lib/site.mjs';

const ROUNDS = Number(process.argv[2] ?? 11);
const LIST = 'fujian/xiamen/migrant-children/2025.yaml';
const content = copyOfContent();
const file = join(content, LIST);
const good = readFileSync(file, 'utf8');
const title = /^ {2}zh: (.*)$/m.exec(good)[1];
const served = await preview(content, ['--lang', 'zh']);
const browser = await launch();
const page = await open(browser, { viewport: { width: 1280, height: 900 } });
const form = await open(browser, { viewport: { width: 1280, height: 900 } });

const told = (name, times) => {
  const sorted = [...times].sort((a, b) => a - b);
  console.log(`${name}: median ${Math.round(sorted[sorted.length >> 1])} ms, best ${Math.round(sorted[0])}, worst ${Math.round(sorted[sorted.length - 1])} (${sorted.length} saves)`);
};
/** Waits until the page says `text` and has painted it; returns the time of the machine. */
const painted = async (tab, text) => {
  for (;;) {
    try {
      return await tab.evaluate((wanted) => new Promise((done) => {
        const look = () => {
          if (document.readyState !== 'loading' && document.body.textContent.includes(wanted)) {
            requestAnimationFrame(() => setTimeout(() => done(Date.now())));
          } else requestAnimationFrame(look);
        };
        look();
      }), text);
    } catch (gone) {
      if (!/context|navigat|destroyed/i.test(gone.message)) throw gone;
    }
  }
};
/** Finds the page about the list, whose title is what changes. */
const address = async () => {
  const pages = await (await fetch(`${served.root}pages.json`)).json();
  return pages.find(({ kind, lang, place, edition }) => kind === 'about' && lang === 'zh' && place === 'fujian/xiamen' && edition === '2025').path;
};

try {
  await page.goto(served.root + await address(), { waitUntil: 'load' });
  await page.waitForTimeout(8000); // The rest of the site is made meanwhile.
  const editor = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const words = `改${round}次`;
    const began = Date.now();
    writeFileSync(file, good.replace(title, `${title}${words}`));
    editor.push(await painted(page, words) - began);
    await page.waitForTimeout(4000);
  }
  told('saved in an editor, page repainted', editor);

  const answered = [];
  const shown = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const words = `存${round}次`;
    await form.goto(`${served.root}_qingdan/edit/${LIST}?lang=zh`, { waitUntil: 'load' });
    await form.locator('[name="v/title/zh"]').fill(`${title}${words}`);
    await form.waitForTimeout(3000); // What is tried while one types is answered.
    const waiting = painted(page, words);
    const began = await form.evaluate(() => {
      document.querySelector('.save button[value="save"]').click();
      return Date.now();
    });
    const [own, other] = await Promise.all([form.locator('.history').waitFor().then(() => painted(form, words)), waiting]);
    answered.push(own - began);
    shown.push(other - began);
    await form.waitForTimeout(4000);
  }
  told('saved in a form, form repainted', answered);
  told('saved in a form, page in another tab repainted', shown);
} finally {
  served.stop();
  await browser.close();
}
