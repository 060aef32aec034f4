// Nothing runs out of the window, is cut off or hard to hit, at any width and text size.

import { after, before, describe, test } from 'node:test';
import { launch, open, withShot } from './lib/chromium.mjs';
import { gallery } from './lib/gallery.mjs';
import { layoutFaults, targetSizes, unfold } from './lib/layout.mjs';
import { none } from './lib/site.mjs';

const WIDTHS = [320, 390, 1280];

/**
 * How large the text is: as it comes, by the person's own setting, by the page's button (stored as it stores it); at which
 * widths pages are looked at, and at which the size of targets is measured.
 */
const SIZES = {
  'normal text': { widths: WIDTHS, targets: WIDTHS },
  'text at 200 %': { fontSize: 32, widths: WIDTHS, targets: [390] },
  'text at 300 %': { fontSize: 48, widths: WIDTHS, targets: [], kinds: ['check', 'guide'] },
  'the larger text of the page': { stored: '1', widths: [320, 1280], targets: [] },
  'the largest text of the page': { stored: '2', widths: [320, 390, 1280], targets: [390] },
};

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

/** Opens each sample page once, everything unfolded, in each width; returns what is wrong and, by width, every target. */
async function walk({ fontSize, stored, widths, targets, kinds }) {
  const found = { overflow: [], clipped: [], overlapping: [], targets: Object.fromEntries(targets.map((width) => [width, []])) };
  const tab = await open(browser, { fontSize, serviceWorkers: 'block' });
  if (stored) await tab.addInitScript((size) => localStorage.setItem('size', size), stored);
  const samples = shown.pages.filter(({ kind }) => kinds?.includes(kind) ?? true);
  if (!samples.length) throw new Error('there is no page to look at');
  for (const { url, path } of samples) {
    await tab.goto(url);
    await tab.evaluate(unfold);
    for (const width of widths) {
      await tab.setViewportSize({ width, height: 844 });
      await withShot(tab, `layout ${width} ${fontSize ?? stored ?? ''} ${path}`, async () => {
        const faults = await tab.evaluate(layoutFaults);
        for (const [kind, met] of Object.entries(faults)) found[kind].push(...new Set(met.map((fault) => `${width} px ${path}: ${fault}`)));
        return Object.values(faults).flat();
      });
      if (targets.includes(width)) found.targets[width].push(...(await tab.evaluate(targetSizes)).map((target) => ({ ...target, path })));
    }
  }
  await tab.context().close();
  return found;
}

const smaller = (all, limit) => all
  .filter(({ width, height }) => Math.min(width, height) < limit)
  .map(({ path, name, width, height }) => `${path}: ${name} is ${width} × ${height} px`);

for (const [name, size] of Object.entries(SIZES)) {
  describe(`with ${name}`, () => {
    let found;
    before(async () => {
      found = await walk(size);
    });

    test(`nothing is wider than the window at ${size.widths.join(', ')} px`, () => none(found.overflow, 'overflows'));
    test('no text is cut off or sticks out of its box', () => none(found.clipped, 'texts are clipped'));
    test('no text lies over other text', () => none(found.overlapping, 'texts overlap'));

    for (const width of size.targets) {
      test(`at ${width} px no target is under 24 px`, () => none(smaller(found.targets[width], 24), 'targets are too small'));
      if (size.fontSize) continue;
      const limit = size.stored ? 60 : 44;
      test(`at ${width} px at least 95 % of targets have ${limit} px`, (context) => {
        const all = found.targets[width];
        const small = smaller(all, limit);
        const share = (100 * (all.length - small.length)) / all.length;
        context.diagnostic(`${share.toFixed(1)} % of ${all.length} targets have ${limit} px`);
        if (share < 95) none(small, `of ${all.length} targets are under ${limit} px`);
      });
    }
  });
}
