// A first view fits one congestion window, in bytes as the network carries them (brotli, quality 11); what a phone
// keeps of a place fits a fraction of its store, in bytes as they are stored.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { launch, open } from './lib/chromium.mjs';
import { serve } from './lib/server.mjs';
import { none, site } from './lib/site.mjs';

const FIRST_VIEW = 14_600;
const SECOND_PAGE = 7_000;
const WHOLE = 4_000;
const STYLES = 7_300;
const SCRIPTS = 3_000;
const REQUESTS = 7;
const SECOND_REQUESTS = 2;
const STORE = 400_000;

const compress = promisify(brotliCompress);
const weights = new Map();

/** Returns how many bytes a file of the site takes on the network. */
function weight(path) {
  if (!weights.has(path)) {
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    weights.set(path, compress(site().bytes(path), options).then((packed) => packed.length));
  }
  return weights.get(path);
}

async function sum(paths) {
  return (await Promise.all([...new Set(paths)].map(weight))).reduce((a, b) => a + b, 0);
}

/** Returns the pages that can be the heaviest of their kind: compressing all takes a minute. */
const heavy = () => site().samples({ perKind: 6 });

const assets = (page) => site().html(page.path).assets.map((link) => site().follow(page, link).path);

/** Returns the pages whose weight is over `limit`, the heaviest first; prints the heaviest of each kind. */
async function over(limit, pages, bytesOf, context) {
  const weighed = await Promise.all(pages.map(async (page) => ({ page, bytes: await bytesOf(page) })));
  weighed.sort((a, b) => b.bytes - a.bytes);
  for (const kind of new Set(pages.map((page) => page.kind))) {
    const { page, bytes } = weighed.find(({ page }) => page.kind === kind);
    context.diagnostic(`${kind}: ${bytes} B at most (${page.path})`);
  }
  // The whole official text of a plan on one page, for paper or as it was, may weigh more, and so may all sheets of a list.
  const most = ({ kind }) => limit + (['print', 'edition', 'poster'].includes(kind) ? WHOLE : 0);
  return weighed.filter(({ page, bytes }) => bytes > most(page)).map(({ page, bytes }) => `${page.path}: ${bytes} B, ${bytes - most(page)} too many`);
}

test(`the first view of a page weighs at most ${FIRST_VIEW} B`, async (context) => {
  none(await over(FIRST_VIEW, heavy(), (page) => sum([page.path, ...assets(page)]), context), 'pages are too heavy');
});

test(`a page opened second weighs at most ${SECOND_PAGE} B`, async (context) => {
  const place = (page) => site().pages.find(({ kind, lang }) => kind === 'place' && lang === page.lang);
  const fresh = (page) => {
    const known = new Set(assets(place(page)));
    return assets(page).filter((path) => !known.has(path));
  };
  none(await over(SECOND_PAGE, heavy().filter(place), (page) => sum([page.path, ...fresh(page)]), context), 'second pages are too heavy');
});

test(`the styles of a page weigh at most ${STYLES} B`, async (context) => {
  none(await over(STYLES, site().samples(), (page) => sum(assets(page).filter((path) => path.endsWith('.css'))), context), 'pages have too heavy styles');
});

test(`the scripts of a page weigh at most ${SCRIPTS} B`, async (context) => {
  none(await over(SCRIPTS, site().samples(), (page) => sum(assets(page).filter((path) => path.endsWith('.js'))), context), 'pages have too heavy scripts');
});

test(`a place, and the smaller pack of another, fit the ${STORE} B that a phone keeps of a language`, (context) => {
  const packs = (name) => site().files.filter((path) => path.endsWith(`/${name}`)).map((path) => ({ path, bytes: site().bytes(path).length })).sort((a, b) => b.bytes - a.bytes);
  const [[large], [small]] = [packs('offline.bin'), packs('offline-small.bin')];
  context.diagnostic(`offline: ${large.bytes} B at most (${large.path}), the smaller one ${small.bytes} B (${small.path})`);
  assert.ok(large.bytes + small.bytes <= STORE, `${large.path} and ${small.path}: ${large.bytes + small.bytes} B`);
});

test(`Chromium asks for at most ${REQUESTS} files on a first view and ${SECOND_REQUESTS} on a second page`, async (context) => {
  const browser = await launch();
  const server = await serve(site().folder, '/some/base/');
  const faults = [];
  const count = async (tab, path) => {
    const asked = new Set();
    const note = (request) => asked.add(request.url());
    tab.on('request', note);
    const response = await tab.goto(server.url + path, { waitUntil: 'load' });
    await tab.waitForTimeout(1800); // a service worker may start 1.5 s after the load
    tab.off('request', note);
    const fetched = await tab.evaluate(() => performance.getEntriesByType('resource').filter((entry) => entry.transferSize > 0).length);
    return { asked: [...asked], fetched: fetched + (response.ok() ? 1 : 0) };
  };
  const views = async (page) => {
    const tab = await open(browser);
    const first = await count(tab, page.path);
    if (first.asked.length > REQUESTS) faults.push(`${page.path}: ${first.asked.length} requests`);
    faults.push(...first.asked.filter((url) => !url.startsWith(server.url)).map((url) => `${page.path}: asks for ${url}`));
    const other = site().pages.find(({ kind, lang, path }) => kind === 'service' && lang === page.lang && path !== page.path);
    const second = await count(tab, other.path);
    if (second.fetched > SECOND_REQUESTS) faults.push(`${other.path}: ${second.fetched} requests after ${page.path}`);
    context.diagnostic(`${page.kind} ${page.lang}: ${first.asked.length} requests, ${second.fetched} on the second page`);
    await tab.context().close();
  };
  try {
    // Some at a time, so that none waits long for the others.
    const pages = site().samples({ perKind: 1 });
    for (let at = 0; at < pages.length; at += 8) await Promise.all(pages.slice(at, at + 8).map(views));
  } finally {
    await server.close();
    await browser.close();
  }
  none(faults, 'views ask for too much');
});
