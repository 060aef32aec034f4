// Posters: one page a list, on it a sheet of A4 for the list and for each service, of which one is shown and printed: the name in
// large letters, a code that a decoder reads, the address beneath it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import decodeQR from 'qr/decode.js';
import { launch, open } from './lib/chromium.mjs';
import { plain, sheets } from './lib/paper.mjs';
import { serve } from './lib/server.mjs';
import { CONTENT, build, none, site } from './lib/site.mjs';

const BASE = 'https://lists.example.org/children/';
const MILLIMETRE = 96 / 25.4;
const A4 = { width: 595.3, height: 841.9 };

/** Returns the pages of posters of the first province and of the place with the most letters in its posters. */
function posters(built) {
  const all = built.documents.filter((page) => page.kind === 'poster');
  const letters = (page) => built.bytes(page.path).length;
  const longest = [...all].sort((a, b) => letters(b) - letters(a))[0].place;
  return all.filter(({ place }) => place === all[0].place || place === longest);
}

/** Returns the sheets of a page: what names each behind the address, none for that of the list, and its service. */
const sheetsOf = (built, page) => built.html(page.path).all('article').map((article) => {
  const id = article.get('id');
  return { article, path: id ? `${page.path}#${id}` : page.path, service: id?.replace(/^s-/, '') };
});

/** Returns the words of a part of an element as the page holds them. */
const words = (built, page, name, within) => built.html(page.path).elements
  .filter((element) => (element.get('class') ?? '').split(' ').includes(name))
  .filter((element) => !within || [...around(element.node)].includes(within.node))
  .map((element) => element.text.trim());

/** Returns a node and those around it. */
function* around(node) {
  for (let at = node; at; at = at.parentNode) yield at;
}

let browser;
let tab;
before(async () => {
  browser = await launch();
  tab = await open(browser, { viewport: { width: 794, height: 1123 } });
});
after(() => browser.close());

describe('posters of a site that knows its address', () => {
  const built = build(CONTENT, ['--base-url', BASE, '--only', 'fujian/xiamen']);
  const chosen = posters(built);
  let server;
  before(async () => (server = await serve(built.folder)));
  after(() => server.close());

  test('there is a poster for each list and each of its services, in each language', () => {
    const of = (kind) => built.documents.filter((page) => page.kind === kind);
    const sheets = of('poster').flatMap((page) => sheetsOf(built, page));
    assert.equal(sheets.length, of('service').length + of('about').length);
    assert.equal(of('poster').length, of('about').length);
    const faults = of('service').filter((page) => {
      const [, link] = /href="([^"]*poster\.html[^"]*)"/.exec(built.html(page.path).source) ?? [];
      const { path, fragment } = built.follow(page, link ?? '');
      return !sheets.some((sheet) => sheet.path === `${path}#${fragment}` && sheet.service === page.service);
    });
    none(faults.map(({ path }) => path), 'services lead to no poster of theirs');
  });

  test('one sheet is shown: that of the list, or the one the address names; all are behind #all', async () => {
    const [page] = chosen;
    const shown = async (path) => {
      await tab.goto('about:blank');
      await tab.goto(server.url + path);
      return tab.evaluate(() => [...document.querySelectorAll('.poster')].map((sheet, at) => (sheet.offsetHeight ? at : -1)).filter((at) => at >= 0));
    };
    const all = sheetsOf(built, page);
    await tab.emulateMedia({ media: null });
    assert.deepEqual(await shown(page.path), [all.length - 1]);
    assert.deepEqual(await shown(all[2].path), [2]);
    assert.deepEqual(await shown(`${page.path}#main`), [all.length - 1]);
    assert.deepEqual(await shown(`${page.path}#all`), all.map((_, at) => at));
    assert.equal((await sheets(tab)).length, all.length, 'all of them print on as many sheets');
  });

  test('the code says the address that is printed beneath it, and that leads to the page', async () => {
    const faults = [];
    const canvas = await open(browser);
    const all = chosen.flatMap((page) => sheetsOf(built, page).map((sheet) => ({ ...sheet, page })));
    for (const { page, article, path, service } of all.filter((_, at) => at % 3 === 0)) {
      const [printed] = words(built, page, 'url', article);
      await tab.goto('about:blank');
      await tab.goto(server.url + path);
      await tab.emulateMedia({ media: 'print' });
      const said = await decoded(tab, canvas);
      if (said !== printed) faults.push(`${path}: the code says ${said}, the paper ${printed}`);
      if (!printed.startsWith(BASE)) faults.push(`${path}: ${printed} is not on the site`);
      // A service that has no short address is printed with that of its page.
      const own = printed.slice(BASE.length);
      const short = own.endsWith('.html') ? own : `${own}index.html`;
      const leads = own === short ? '' : built.html(short).meta('refresh')?.replace(/^.*url=/, '');
      const target = own === short ? own : built.follow({ path: short }, leads ?? '').path;
      const wanted = `${page.lang}/${page.place}/${service ? `${page.list}/${service}.html` : 'index.html'}`;
      if (target !== wanted) faults.push(`${path}: ${printed} leads to ${target}, not ${wanted}`);
    }
    await canvas.context().close();
    none(faults, 'codes are wrong');
  });

  test('in print the code is at least 60 mm wide with four white modules round it, the name 40 pt', async () => {
    const faults = [];
    for (const { path } of chosen.flatMap((page) => sheetsOf(built, page))) {
      await tab.goto('about:blank');
      await tab.goto(server.url + path);
      await tab.emulateMedia({ media: 'print' });
      const { width, modules, box, name } = await tab.evaluate(() => {
        const sheet = [...document.querySelectorAll('.poster')].find((sheet) => sheet.offsetHeight);
        const code = sheet.querySelector('svg.code');
        const { x, y, width, height } = code.querySelector('path:last-child').getBBox();
        return { width: code.getBoundingClientRect().width, modules: code.viewBox.baseVal.width, box: [x, y, width, height], name: getComputedStyle(sheet.querySelector('h2')).fontSize };
      });
      const black = (width * (modules - 8)) / modules / MILLIMETRE;
      if (black < 60) faults.push(`${path}: ${black.toFixed(1)} mm`);
      if (box.join() !== [4, 4, modules - 8, modules - 8].join()) faults.push(`${path}: black from ${box} of ${modules}`);
      if (Math.abs(parseFloat(name) - (40 * 96) / 72) > 0.1) faults.push(`${path}: the name is ${name}`);
    }
    none(faults, 'posters are too small');
  });

  test('each prints on one sheet of A4, without controls, and says if it is a draft', async () => {
    const faults = [];
    for (const { page, article, path } of chosen.flatMap((page) => sheetsOf(built, page).map((sheet) => ({ ...sheet, page })))) {
      await tab.goto('about:blank');
      await tab.goto(server.url + path);
      await tab.emulateMedia({ media: null });
      const all = await sheets(tab);
      const { width, height, text, pieces } = all[0];
      if (all.length !== 1) faults.push(`${path}: ${all.length} sheets`);
      if (Math.abs(width - A4.width) > 1.5 || Math.abs(height - A4.height) > 1.5) faults.push(`${path}: ${width} × ${height} pt`);
      if (pieces.some((piece) => piece.left < 20 || piece.right > width - 20)) faults.push(`${path} reaches the edge`);
      for (const name of ['url', 'src']) {
        const missing = words(built, page, name, article).find((part) => !text.includes(plain(part)));
        if (missing) faults.push(`${path} lacks “${missing}”`);
      }
      const draft = plain(page.lang === 'zh' ? '草稿' : 'Draft');
      if (['zh', 'en'].includes(page.lang) && built.status(page) === 'draft' && !text.includes(draft)) faults.push(`${path} does not say that it is a draft`);
    }
    none(faults, 'posters print badly');
  });

  test('search engines are not told of posters and short addresses', () => {
    const map = built.bytes('sitemap.xml').toString();
    none([...map.matchAll(/<loc>([^<]*)/g)].map(([, address]) => address).filter((address) => /\/poster|\/\d{6}\//.test(address)), 'addresses are in the site map');
  });
});

test('without an address a poster has a frame that says so, and no invented code', async () => {
  assert.ok(!site().settings.base_url, 'the content knows its address now: build this without');
  const faults = [];
  for (const page of site().samples().filter((page) => page.kind === 'poster')) {
    const frames = words(site(), page, 'frame');
    if (frames.length !== sheetsOf(site(), page).length || frames[0].length < 8) faults.push(`${page.path}: ${frames.length} frames`);
    if (words(site(), page, 'url').length || site().html(page.path).source.includes('svg class="code"')) faults.push(`${page.path} has a code`);
  }
  none(faults, 'posters invent addresses');
});

/** Returns the light of each pixel of a PNG, `0` or `1`, in the browser: a long list of numbers would take seconds. */
async function light(base64) {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let bits = '';
  for (let at = 0; at < data.length; at += 4) bits += data[at] > 127 ? '1' : '0';
  return { width: image.width, height: image.height, bits };
}

/** Reads the code of the open page as a phone would. */
async function decoded(tab, canvas) {
  const picture = (await tab.locator('svg.code:visible').screenshot()).toString('base64');
  const { bits, ...size } = await canvas.evaluate(light, picture);
  const data = Uint8ClampedArray.from([...bits].flatMap((bit) => [bit * 255, bit * 255, bit * 255, 255]));
  return decodeQR({ ...size, data });
}
