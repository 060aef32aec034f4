// The oldest phone: every page shows and does in Chromium 66 what it shows and does in the newest.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { boxes } from './lib/boxes.mjs';
import { launch, open } from './lib/chromium.mjs';
import { gallery } from './lib/gallery.mjs';
import { layoutFaults, unfold, visibleTexts } from './lib/layout.mjs';
import { launchOld } from './lib/legacy.mjs';
import { serve } from './lib/server.mjs';
import { none, site } from './lib/site.mjs';
import { LANGUAGES, buildWith } from './lib/stand-in.mjs';

const WIDTHS = [320, 1280];

/** How far a box may stand from where the new engine has it, in px: the engines measure letters a little differently. */
const SHIFT = 16;

let old;
let browser;
let server;
let shown;
let tab;

before(async () => {
  old = await launchOld();
  browser = await launch();
  server = await serve(site().folder, '/some/base/');
  shown = await gallery();
  tab = await old.open();
});
after(async () => {
  await server?.close();
  await shown?.close();
  await browser?.close();
  await old?.close();
});

const page = (kind, lang = 'zh') => site().samples({ perKind: 1 }).find((sample) => sample.kind === kind && sample.lang === lang);

/** Returns what differs between two engines' boxes of one page. */
function moved(before_, now) {
  return [...new Set([...Object.keys(before_), ...Object.keys(now)])].flatMap((name) => {
    const [was, is] = [before_[name], now[name]];
    if (!was || !is) return [`${name} is ${is ? 'only' : 'not'} there`];
    // Letters that run on make a box longer; what it holds is then broken into other lines.
    const far = (!was[3] && Math.abs(was[0] - is[0]) > SHIFT) || Math.abs(was[1] - is[1]) > Math.max(SHIFT, was[1] / 12);
    const high = Math.abs(was[2] - is[2]) > Math.max(80, was[2] / 4);
    return far || high ? [`${name} stands at ${is.slice(0, 3)} instead of ${was.slice(0, 3)} (left, width, height)`] : [];
  });
}

/** Opens the samples in both engines; returns what is wrong in the old one. */
async function compared(samples) {
  const modern = await open(browser, { serviceWorkers: 'block' });
  const faults = [];
  const { faults: met } = tab;
  for (const sample of samples) {
    await Promise.all([tab, modern].map((one) => one.goto(sample.url)));
    const [texts, wanted] = await Promise.all([tab, modern].map(async (one) => {
      await one.evaluate(unfold);
      return one.evaluate(visibleTexts);
    }));
    const said = (where, list) => list.map((text) => `${sample.path}: ${where}: “${text.slice(0, 40)}”`);
    faults.push(...said('not in the old engine', wanted.filter((text) => !texts.includes(text))));
    faults.push(...said('only in the old engine', texts.filter((text) => !wanted.includes(text))));
    for (const width of WIDTHS) {
      await Promise.all([tab.resize(width), modern.setViewportSize({ width, height: 844 })]);
      const found = Object.values(await tab.evaluate(layoutFaults)).flat();
      const [is, was] = await Promise.all([tab, modern].map((one) => one.evaluate(boxes)));
      found.push(...moved(was, is).slice(0, 5));
      faults.push(...new Set(found.map((fault) => `${width} px ${sample.path}: ${fault}`)));
    }
  }
  await modern.context().close();
  return [...met.splice(0), ...faults];
}

test('the old engine is as old as it says', (context) => {
  context.diagnostic(`Chromium ${old.version}`);
  assert.ok(Number.parseInt(old.version, 10) <= 70, `it is ${old.version}`);
});

test('every kind of page shows the same text at the same places as in the new engine, without a fault', async () => {
  none(await compared(shown.pages), 'faults in the old engine');
});

test('so does a page that runs from the right', async () => {
  const rtl = LANGUAGES.find(({ settings }) => settings.direction === 'rtl');
  const built = buildWith(rtl);
  const other = await serve(built.folder);
  const samples = built.samples({ perKind: 1 }).filter(({ lang, kind }) => lang === rtl.settings.code && ['place', 'service', 'places'].includes(kind));
  const faults = await compared(samples.map((sample) => ({ ...sample, url: other.url + sample.path })));
  await other.close();
  // A crumb that needs a line of its own begins at its left there.
  none(faults.filter((fault) => !fault.includes('nav.crumb')), 'faults in the old engine');
});

test('the text grows by the button, is remembered on the next page, and nothing runs out of the window', async () => {
  const size = () => tab.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize));
  const faults = [];
  await tab.resize(390);
  await tab.goto(server.url + page('service').path);
  const sizes = [await size()];
  for (let press = 0; press < 2; press += 1) {
    await tab.press('[data-size]');
    sizes.push(await size());
  }
  assert.ok(sizes[0] < sizes[1] && sizes[1] < sizes[2], `sizes ${sizes}`);
  for (const sample of site().samples({ perKind: 1 })) {
    await tab.goto(server.url + sample.path);
    await tab.evaluate(unfold);
    const found = Object.values(await tab.evaluate(layoutFaults)).flat();
    faults.push(...new Set(found.map((fault) => `${sample.path}: ${fault}`)));
  }
  assert.ok((await size()) > sizes[0] * 1.5, 'the next page is small again');
  await tab.press('[data-size]');
  assert.ok((await size()) < sizes[1], 'the text stays large');
  none([...tab.faults.splice(0), ...faults], 'faults in the old engine');
});

test('folded parts open, links lead on and back', async () => {
  const place = page('place');
  await tab.goto(server.url + place.path);
  await tab.press('main details summary');
  assert.ok(await tab.evaluate(() => document.querySelector('main details').open), 'the picker stays closed');
  const href = await tab.evaluate(() => document.querySelector('main .ruler a').href);
  await tab.goto(href, () => tab.press('main .ruler a'));
  assert.equal(await tab.evaluate(() => location.href), href);
  await tab.goto(place.path, () => tab.evaluate(() => history.back()));
  assert.equal(await tab.evaluate(() => location.href), server.url + place.path);
  none(tab.faults.splice(0), 'faults in the old engine');
});

test('search finds', async () => {
  for (const [lang, words] of [['zh', '打针'], ['en', 'school']]) {
    await tab.goto(server.url + page('search', lang).path);
    await tab.evaluate(() => document.querySelector('input[type=search]').focus());
    await tab.type(words);
    const found = await tab.until(() => document.querySelectorAll('[data-search-results] a[data-item]').length, { within: 10_000 });
    assert.ok(found > 0, `nothing is found for ${words}`);
    const target = await tab.evaluate(() => document.querySelector('[data-search-results] a[data-item]').href);
    await tab.goto(target, () => tab.press('[data-search-results] a[data-item]'));
    assert.equal(await tab.evaluate(() => location.href), target);
  }
  none(tab.faults.splice(0), 'faults in the old engine');
});

test('the check answers', async () => {
  await tab.goto(server.url + page('check').path);
  const shows = (selector) => tab.until((one) => { const found = document.querySelector(one); return Boolean(found && found.offsetHeight); }, { values: [selector] });
  for (const [press, then] of [
    ['.here .btn', '[data-q="age"]'],
    ['[data-a="age-7"]', '[data-q="matter"]'],
    ['#next', '[data-q="household"]'],
    ['#skip', '#first .hits li'],
  ]) {
    await tab.press(press);
    assert.ok(await shows(then), `${press} does not lead to ${then}`);
  }
  none(tab.faults.splice(0), 'faults in the old engine');
});

test('the worker for use without a network starts', async () => {
  await tab.goto(server.url + page('place').path);
  const started = await tab.until(() => navigator.serviceWorker.getRegistration().then((one) => Boolean(one && one.active)), { within: 15_000 });
  assert.ok(started, 'no worker is active');
  none(tab.faults.splice(0), 'faults in the old engine');
});
