// No barrier that axe knows of: WCAG 2.2 AA and best practice, light and dark, on each width, in large text.

import { after, before, describe, test } from 'node:test';
import { addAxe, violations, weakTexts } from './lib/axe.mjs';
import { launch, open, withShot } from './lib/chromium.mjs';
import { gallery } from './lib/gallery.mjs';
import { unfold } from './lib/layout.mjs';
import { none } from './lib/site.mjs';

/**
 * How pages are looked at: the largest text is the page's own, stored as its button stores it. What does not depend on how a
 * page is painted is looked at once.
 */
const VIEWS = [
  { name: 'light', colorScheme: 'light', widths: [320, 390, 1280] },
  { name: 'dark', colorScheme: 'dark', widths: [320, 390, 1280], painted: true },
  { name: 'light, the largest text', colorScheme: 'light', widths: [390], stored: '2', painted: true },
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

for (const { name, colorScheme, widths, stored, painted } of VIEWS) {
  describe(`every kind of page, ${name}`, () => {
    const barriers = [];
    const weak = [];

    before(async () => {
      const tab = await open(browser, { colorScheme });
      if (stored) await tab.addInitScript((size) => localStorage.setItem('size', size), stored);
      for (const page of shown.pages) {
        await tab.goto(page.url);
        await tab.evaluate(unfold);
        await addAxe(tab);
        for (const width of widths) {
          await tab.setViewportSize({ width, height: 844 });
          const found = await withShot(tab, `axe ${name} ${width} ${page.path}`, () => violations(tab, painted));
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
