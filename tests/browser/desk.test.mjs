// The desk of a province with many places: what is not met is found by a form where a script runs, by links where
// none does, and no page is heavy.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { launch, open } from './lib/chromium.mjs';
import { province } from './lib/province.mjs';
import { serve } from './lib/server.mjs';
import { build, none } from './lib/site.mjs';

const INDEX = 'zh/staff/gaps/shifan/migrant-children.html';
const MATRIX = 'zh/staff/coverage/shifan/migrant-children.html';

let browser;
let server;
let desk;

before(async () => {
  desk = build(province({ prefectures: 9, counties: 3 }), ['--staff', '--today', '2026-11-28', '--no-search']);
  browser = await launch();
  server = await serve(desk.folder, '/some/base/');
});
after(async () => {
  await server.close();
  await browser.close();
});

/** Returns how many places a page names for gaps. */
const places = (tab) => tab.locator('.who a').count();
const status = (tab) => tab.locator('.sifting [role=status]').innerText();

test('no page about coverage, gaps, deadlines or findings is larger than 300 kB', () => {
  const kinds = ['staff', 'staff-matrix', 'staff-part', 'staff-gaps', 'staff-gap', 'staff-list', 'staff-deadlines', 'staff-findings', 'staff-translations'];
  const pages = desk.pages.filter((page) => kinds.includes(page.kind));
  assert.deepEqual([...new Set(pages.map((page) => page.kind))].sort(), [...kinds].sort());
  none(pages.filter((page) => desk.bytes(page.path).length > 300_000).map((page) => page.path), 'pages are heavy');
});

test('no link of these pages is dead', () => {
  const files = new Set(desk.files);
  const pages = desk.pages.filter((page) => ['staff-matrix', 'staff-part', 'staff-gaps', 'staff-gap'].includes(page.kind));
  const dead = pages.flatMap((page) => desk.html(page.path).all('a').flatMap((link) => {
    const { path } = desk.follow(page, link.get('href'));
    return files.has(path) ? [] : [`${page.path}: ${link.get('href')}`];
  }));
  none(dead, 'links lead nowhere');
});

test('without script a gap is found by verdict, axis, service, area and place, and no control is dead', async () => {
  const tab = await open(browser, { javaScriptEnabled: false });
  for (const [name, choice] of [['verdict', '低于'], ['axis', '名额'], ['service', '义务教育服务'], ['area', '学有所教'], ['place', '第1市']]) {
    await tab.goto(server.url + INDEX);
    assert.equal(await tab.locator('main select, main button, main form').count(), 0);
    await tab.locator(`details:has([data-filter=${name}]) summary`).click();
    const link = tab.locator(`[data-filter=${name}] a`, { hasText: choice });
    const count = Number((await link.locator('.m').innerText()).match(/\d+/)[0]);
    await link.click();
    assert.match(await tab.locator('h1').innerText(), new RegExp(choice));
    let seen = await places(tab);
    const more = await tab.locator('.leaves').first().locator('a:not([aria-current])').evaluateAll((links) => links.map((one) => one.href));
    for (const page of more) {
      await tab.goto(page);
      seen += await places(tab);
    }
    assert.equal(seen, count, `${name} ${choice}`);
  }
  await tab.locator('.who a').first().click();
  assert.match(tab.url(), /\/staff\/list\/shifan\/.*#/);
  assert.equal(await tab.locator('.pair:target').count(), 1);
  await tab.context().close();
});

test('without script the matrix opens by prefecture, and a prefecture shows its counties', async () => {
  const tab = await open(browser, { javaScriptEnabled: false });
  await tab.goto(server.url + MATRIX);
  assert.equal(await tab.locator('[data-filter=place] tr').count(), 9);
  await tab.locator('[data-filter=place] th a', { hasText: '第2市' }).click();
  const heads = await tab.locator('.matrix thead a').allInnerTexts();
  assert.equal(heads.length, 4);
  assert.ok(heads.every((head) => head.includes('2市')), heads.join());
  await tab.context().close();
});

test('with script the filter asks for several things at once, and its address can be sent on', async () => {
  for (const path of [INDEX, MATRIX]) {
    const tab = await open(browser);
    await tab.goto(server.url + path);
    const choose = (label, value) => tab.getByLabel(label, { exact: true }).selectOption(value);
    await choose('结论', 'needs-review');
    await tab.waitForSelector('.sifted .lack');
    const [many] = (await status(tab)).match(/\d+/);
    await choose('方面', 'quota');
    await choose('服务项目', 'compulsory-education');
    await choose('地区', 'shifan/p1');
    const [few] = (await status(tab)).match(/\d+/);
    assert.ok(Number(few) > 0 && Number(few) < Number(many), `${few} of ${many}`);
    assert.equal(await tab.locator('.sifted .who a').count(), Number(few));
    none((await tab.locator('.sifted .who a').allInnerTexts()).filter((name) => !/^第?1市/.test(name)), 'places are of another prefecture');
    none((await tab.locator('.sifted .lack > p:first-child').allInnerTexts()).filter((name) => !name.includes('义务教育')), 'services are others');
    const copy = await open(browser);
    await copy.goto(tab.url());
    await copy.waitForSelector('.sifted .lack');
    assert.equal(await status(copy), await status(tab));
    await tab.getByRole('button', { name: '清除条件' }).click();
    await tab.waitForFunction(() => !document.querySelector('.sifted .lack'));
    assert.ok(!tab.url().includes('#'));
    await copy.context().close();
    await tab.context().close();
  }
});

test('the filter shows more on demand, says the same as the ready pages, and works from a folder', async () => {
  const tab = await open(browser);
  await tab.goto(pathToFileURL(join(desk.folder, INDEX)).href);
  const choice = tab.locator('[data-filter=verdict] a[data-key=missing] .m');
  const count = Number((await choice.textContent()).match(/\d+/)[0]);
  await tab.getByLabel('结论', { exact: true }).selectOption('missing');
  await tab.waitForSelector('.sifted .lack');
  assert.equal(Number((await status(tab)).match(/\d+/)[0]), count);
  const more = tab.getByRole('button', { name: '再看一些' });
  for (let n = 0; n < 100 && (await more.isVisible()); n += 1) await more.click();
  assert.equal(await tab.locator('.sifted .who a').count(), count);
  await tab.locator('.sifted .who a').first().click();
  assert.equal(await tab.locator('.pair:target').count(), 1);
  await tab.context().close();
});

test('nothing of it is wider than the window of a phone', async () => {
  const tab = await open(browser, { viewport: { width: 390, height: 844 } });
  const one = (kind) => desk.pages.find((page) => page.kind === kind && page.lang === 'zh').path;
  for (const path of [MATRIX, INDEX, `${INDEX}#verdict=needs-review`, one('staff-part'), one('staff-gap'), one('staff-deadlines')]) {
    await tab.goto('about:blank');
    await tab.goto(server.url + path);
    if (path.includes('#')) await tab.waitForSelector('.sifted .lack');
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path);
  }
  await tab.context().close();
});
