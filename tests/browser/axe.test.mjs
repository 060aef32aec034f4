// No barrier that axe knows of: WCAG 2.2 AA and best practice, light and dark, on each width, in large text.

import { after, before, describe, test } from 'node:test';
import { addAxe, violations, weakTexts } from './lib/axe.mjs';
import { launch, open, withShot } from './lib/chromium.mjs';
import { gallery } from './lib/gallery.mjs';
import { unfold } from './lib/layout.mjs';
import { none } from './lib/site.mjs';

/**
 * How pages are looked at: the largest text is the page's own, stored as its button stores it. By all rules once; elsewhere by
 * those whose findings depend on how a page is painted.
 */
const VIEWS = [
  { name: 'light', colorScheme: 'light', widths: [320, 1280], whole: [320] },
  { name: 'dark', colorScheme: 'dark', widths: [390], whole: [] },
  { name: 'light, the largest text', colorScheme: 'light', widths: [390], stored: '2', whole: [] },
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

for (const { name, colorScheme, widths, stored, whole } of VIEWS) {
  describe(`every kind of page, ${name}`, () => {
    const barriers = [];
    const weak = [];

    before(async () => {
      const tab = await open(browser, { colorScheme, serviceWorkers: 'block' });
      if (stored) await tab.addInitScript((size) => localStorage.setItem('size', size), stored);
      for (const page of shown.pages) {
        await tab.goto(page.url);
        await tab.evaluate(unfold);
        await addAxe(tab);
        for (const width of widths) {
          await tab.setViewportSize({ width, height: 844 });
          const found = await withShot(tab, `axe ${name} ${width} ${page.path}`, () => violations(tab, !whole.includes(width)));
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
