// Nothing runs out of the window, is cut off or hard to hit, at any width and text size.

import { after, before, describe, test } from 'node:test';
import { launch, open, withShot } from './lib/chromium.mjs';
import { gallery } from './lib/gallery.mjs';
import { layoutFaults, targetSizes, unfold } from './lib/layout.mjs';
import { none } from './lib/site.mjs';

const WIDTHS = [320, 390, 1280];

/** How large the text is: as it comes, by the person's own setting, by the page's button (stored as it stores it). */
const SIZES = {
  'normal text': { fontSize: undefined, stored: undefined },
  'text at 200 %': { fontSize: 32, stored: undefined },
  'text at 300 %': { fontSize: 48, stored: undefined, kinds: ['check', 'guide'] },
  'the larger text of the page': { fontSize: undefined, stored: '1' },
  'the largest text of the page': { fontSize: undefined, stored: '2' },
};

let browser;
let shown;
let more;

before(async () => {
  browser = await launch();
  shown = await gallery();
  more = await gallery({ perKind: 2 });
});
after(async () => {
  await shown.close();
  await more.close();
  await browser.close();
});

/** Opens each sample page in each width with everything unfolded; `look` returns the faults of one. */
async function everywhere({ fontSize, stored }, widths, samples, look) {
  const tab = await open(browser, { fontSize });
  if (stored) await tab.addInitScript((size) => localStorage.setItem('size', size), stored);
  const faults = [];
  for (const page of samples) {
    await tab.goto(page.url);
    await tab.evaluate(unfold);
    for (const width of widths) {
      await tab.setViewportSize({ width, height: 844 });
      const found = await withShot(tab, `layout ${width} ${fontSize ?? stored ?? ''} ${page.path}`, () => look(tab));
      faults.push(...found.map((fault) => `${width} px ${page.path}: ${fault}`));
    }
  }
  await tab.context().close();
  return faults;
}

for (const [name, size] of Object.entries(SIZES)) {
  describe(`with ${name}, ${WIDTHS.join(', ')} px wide`, () => {
    const found = { overflow: [], clipped: [], overlapping: [] };
    before(async () => {
      const samples = (size.stored ? shown : more).pages.filter(({ kind }) => size.kinds?.includes(kind) ?? true);
      if (!samples.length) throw new Error('there is no page to look at');
      await everywhere(size, WIDTHS, samples, async (tab) => {
        const faults = await tab.evaluate(layoutFaults);
        const where = `${tab.viewportSize().width} px ${new URL(tab.url()).pathname.slice('/some/base/'.length)}`;
        for (const kind of Object.keys(found)) found[kind].push(...new Set(faults[kind].map((fault) => `${where}: ${fault}`)));
        return Object.values(faults).flat();
      });
    });

    test('nothing is wider than the window', () => none(found.overflow, 'overflows'));
    test('no text is cut off or sticks out of its box', () => none(found.clipped, 'texts are clipped'));
    test('no text lies over other text', () => none(found.overlapping, 'texts overlap'));
  });
}

/** Returns the size of every target of the samples, measured once for each text size and width. */
const measured = new Map();
async function targets(name, width) {
  const key = `${name} ${width}`;
  if (!measured.has(key)) {
    const all = [];
    await everywhere(SIZES[name], [width], shown.pages, async (tab) => {
      const path = new URL(tab.url()).pathname.slice('/some/base/'.length);
      const sizes = await tab.evaluate(targetSizes);
      all.push(...sizes.map((target) => ({ ...target, path })));
      return [];
    });
    measured.set(key, all);
  }
  return measured.get(key);
}

const smaller = (all, limit) => all
  .filter(({ width, height }) => Math.min(width, height) < limit)
  .map(({ path, name, width, height }) => `${path}: ${name} is ${width} × ${height} px`);

for (const [name, width] of [['normal text', 320], ['normal text', 390], ['text at 200 %', 390]]) {
  test(`with ${name} at ${width} px no target is under 24 px`, async () => {
    none(smaller(await targets(name, width), 24), 'targets are too small');
  });
}

for (const [name, width, limit] of [['normal text', 320, 44], ['normal text', 390, 44], ['normal text', 1280, 44], ['the largest text of the page', 390, 60]]) {
  test(`with ${name} at ${width} px at least 95 % of targets have ${limit} px`, async (context) => {
    const all = await targets(name, width);
    const small = smaller(all, limit);
    const share = (100 * (all.length - small.length)) / all.length;
    context.diagnostic(`${share.toFixed(1)} % of ${all.length} targets have ${limit} px`);
    if (share < 95) none(small, `of ${all.length} targets are under ${limit} px`);
  });
}
