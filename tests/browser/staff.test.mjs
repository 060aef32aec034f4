// The demonstration with its history, and the pages for staff: seen by everybody who needs them, by nobody else.
// How they look and read is tested with all other pages: axe.test.mjs, layout.test.mjs, reading.test.mjs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SaxesParser } from 'saxes';
import { launch, open } from './lib/chromium.mjs';
import { demonstration } from './lib/gallery.mjs';
import { sheets } from './lib/paper.mjs';
import { serve } from './lib/server.mjs';
import { none, site } from './lib/site.mjs';

let browser;
let server;
let demo;

before(async () => {
  demo = demonstration();
  browser = await launch();
  server = await serve(demo.folder, '/some/base/');
});
after(async () => {
  await server.close();
  await browser.close();
});

test('the public site has no page for staff and no link to one', () => {
  none(site().pages.filter((page) => page.kind.startsWith('staff')).map((page) => page.path), 'pages for staff are public');
  none(site().documents.filter((page) => site().html(page.path).all('a').some((link) => /(^|\/)staff\//.test(link.get('href') ?? ''))).map((page) => page.path), 'public pages link to those for staff');
});

test('there is every kind of page for staff, and search engines are told to leave them alone', () => {
  const staff = demo.pages.filter((page) => page.kind.startsWith('staff'));
  assert.deepEqual([...new Set(staff.map((page) => page.kind))].sort(), ['staff', 'staff-deadlines', 'staff-editions', 'staff-findings', 'staff-gap', 'staff-gaps', 'staff-list', 'staff-matrix', 'staff-translations']);
  none(staff.filter((page) => !demo.html(page.path).all('meta').some((meta) => meta.get('name') === 'robots' && meta.get('content') === 'noindex')).map((page) => page.path), 'pages for staff may be indexed');
});

test('no link of the demonstration is dead', () => {
  const files = new Set(demo.files);
  const dead = demo.pages.flatMap((page) => demo.html(page.path).all('a').flatMap((link) => {
    const href = link.get('href');
    if (!href || /^[a-z]+:/.test(href)) return [];
    const { path, fragment } = demo.follow(page, href);
    // Behind `#/` stand the answers of the check, which its script reads.
    const there = files.has(path) && (!fragment || fragment.startsWith('/') || demo.html(path).elements.some((element) => element.get('id') === fragment));
    return there ? [] : [`${page.path}: ${href}`];
  }));
  none(dead, 'links lead nowhere');
});

test('the old address of a renamed service leads to the new one, without script', async () => {
  const tab = await open(browser, { javaScriptEnabled: false });
  await tab.goto(`${server.url}zh/shifan/migrant-children/health-examination.html`);
  await tab.waitForURL(/child-health\.html$/);
  await tab.goto(`${server.url}zh/shifan/migrant-children/service-handbook.html`);
  await tab.waitForURL(/edition\/2025\.html$/);
  await tab.context().close();
});

test('an earlier edition says that it was replaced and leads to its successor', () => {
  const old = demo.html('zh/shifan/migrant-children/edition/2025.html');
  assert.ok(old.all('a').some((link) => link.get('href') === '2027.html'));
  assert.match(old.elements.find((element) => element.get('class') === 'notice').text, /已被新版取代/);
});

test('what changed stands in the text, with what was taken out and put in', () => {
  const page = demo.html('zh/shifan/migrant-children/changes.html');
  assert.ok(page.all('del').length > 0 && page.all('ins').length > 0);
  for (const kind of ['added', 'removed', 'weaker', 'unclear', 'stronger', 'reworded', 'moved', 'renumbered']) {
    assert.ok(page.elements.some((element) => element.get('class') === `ck ${kind}`), kind);
  }
});

test('the feeds are Atom', () => {
  const feeds = demo.files.filter((path) => path.endsWith('.atom'));
  assert.ok(feeds.length > 0);
  for (const path of feeds) {
    const names = [];
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => assert.fail(`${path}: ${error.message}`));
    parser.on('opentag', (tag) => names.push([tag.uri, tag.local]));
    parser.write(demo.bytes(path).toString('utf8')).close();
    assert.ok(names.every(([uri]) => uri === 'http://www.w3.org/2005/Atom'), path);
    for (const name of ['feed', 'id', 'title', 'updated']) assert.ok(names.some(([, local]) => local === name), `${path} lacks ${name}`);
  }
});

test('the matrix says every state in words and by a sign, and prints on A4 landscape', async () => {
  const tab = await open(browser);
  const page = demo.samples({ perKind: 1 }).find((sample) => sample.kind === 'staff-matrix' && sample.lang === 'zh');
  await tab.goto(server.url + page.path);
  const cells = await tab.locator('.matrix tbody td').allInnerTexts();
  assert.ok(cells.length > 0);
  none(cells.filter((text) => !/^[↑√?≠↓×]\s*\S+/.test(text.trim())), 'cells have no sign or no word');
  const paper = await sheets(tab);
  none(paper.filter((sheet) => sheet.width <= sheet.height).map((sheet, at) => `sheet ${at + 1}`), 'sheets are not landscape');
  await tab.context().close();
});
