// The demonstration with its history, and the pages for staff: seen by everybody who needs them, by nobody else.

import assert from 'node:assert/strict';
import axe from 'axe-core';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SaxesParser } from 'saxes';
import { launch, open, withShot } from './lib/chromium.mjs';
import { layoutFaults, unfold } from './lib/layout.mjs';
import { sheets } from './lib/paper.mjs';
import { serve } from './lib/server.mjs';
import { ROOT, build, none, site } from './lib/site.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const KINDS = /^(staff|changes$|edition$)/;

let browser;
let server;
let demo;
let samples;

before(async () => {
  demo = build(join(ROOT, 'src', 'demo'), ['--staff', '--today', '2027-06-10']);
  samples = demo.samples({ perKind: 1 }).filter((page) => KINDS.test(page.kind));
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
  assert.deepEqual([...new Set(staff.map((page) => page.kind))].sort(), ['staff', 'staff-deadlines', 'staff-findings', 'staff-list', 'staff-matrix', 'staff-translations']);
  none(staff.filter((page) => !demo.html(page.path).all('meta').some((meta) => meta.get('name') === 'robots' && meta.get('content') === 'noindex')).map((page) => page.path), 'pages for staff may be indexed');
});

test('no link of the demonstration is dead', () => {
  const files = new Set(demo.files);
  const dead = demo.pages.flatMap((page) => demo.html(page.path).all('a').flatMap((link) => {
    const href = link.get('href');
    if (!href || /^[a-z]+:/.test(href)) return [];
    const { path, fragment } = demo.follow(page, href);
    const there = files.has(path) && (!fragment || demo.html(path).elements.some((element) => element.get('id') === fragment));
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
  for (const kind of ['added', 'removed', 'renamed', 'stronger', 'weaker', 'reworded', 'departments', 'moved']) {
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

for (const colorScheme of ['light', 'dark']) {
  for (const width of [390, 1280]) {
    test(`axe finds nothing on them, ${colorScheme}, ${width} px`, async () => {
      const tab = await open(browser, { colorScheme, viewport: { width, height: 844 } });
      const faults = [];
      for (const page of samples) {
        await tab.goto(server.url + page.path);
        await tab.evaluate(unfold);
        await tab.evaluate(axe.source);
        const { violations } = await withShot(tab, `staff axe ${colorScheme} ${width} ${page.path}`, () => tab.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS));
        faults.push(...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${page.path}: ${id} at ${node.target.join(' ')}: ${[...node.any, ...node.all].map((check) => check.message).join('; ')}`)));
      }
      await tab.context().close();
      none(faults, 'violations');
    });
  }
}

test('nothing runs out of the window on a phone or a desk', async () => {
  const tab = await open(browser);
  const faults = [];
  for (const page of samples) {
    await tab.goto(server.url + page.path);
    await tab.evaluate(unfold);
    for (const width of [320, 390, 1280]) {
      await tab.setViewportSize({ width, height: 844 });
      const found = await withShot(tab, `staff ${width} ${page.path}`, async () => [...new Set(Object.values(await tab.evaluate(layoutFaults)).flat())]);
      faults.push(...found.map((fault) => `${width} px ${page.path}: ${fault}`));
    }
  }
  await tab.context().close();
  none(faults, 'faults');
});

test('the matrix says every state in words and by a sign, and prints on A4 landscape', async () => {
  const tab = await open(browser);
  const page = samples.find((sample) => sample.kind === 'staff-matrix' && sample.lang === 'zh');
  await tab.goto(server.url + page.path);
  const cells = await tab.locator('.matrix tbody td').allInnerTexts();
  assert.ok(cells.length > 0);
  none(cells.filter((text) => !/^[↑√?≠↓×]\s*\S+/.test(text.trim())), 'cells have no sign or no word');
  const paper = await sheets(tab);
  none(paper.filter((sheet) => sheet.width <= sheet.height).map((sheet, at) => `sheet ${at + 1}`), 'sheets are not landscape');
  await tab.context().close();
});
