// What can my child get: the page's script decides as the program does, answers sort the provisions as they
// are given, nothing leaves the phone, and without script a table leads on.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { launch, open, watch } from './lib/chromium.mjs';
import { layoutFaults } from './lib/layout.mjs';
import { serve } from './lib/server.mjs';
import { ROOT, none, site } from './lib/site.mjs';

const read = (path) => JSON.parse(readFileSync(join(ROOT, 'tests/finder', path), 'utf8'));
const decide = createRequire(import.meta.url)(join(ROOT, 'themes/default/assets/check.js'));
const PAGE = 'zh/fujian/check.html';
const { cases } = read('vectors.json');
const { questions, answers, needs, rows, table } = read('table.json');

/** Writes a decision as the vectors do. */
function written([outcome, reason, need, more]) {
  const word = ['yes', 'perhaps', 'no'][outcome];
  if (!outcome) return word;
  const key = [needs[need], `edge-${needs[need]}`, 'birth', 'grown'][reason];
  return `${word} ${key}${more ? ` +${more}` : ''}`;
}

/** Returns the answers with these ids as the page gives them: of a question with one answer, the last. */
function numbers(ids) {
  const question = (answer) => table.q.findIndex((_, at) => answer < table.q.slice(0, at + 1).reduce((sum, n) => sum + Math.abs(n), 0));
  const closed = ids.filter((id) => id.endsWith('/none')).map((id) => questions.indexOf(id.replace('/none', '')));
  const picked = ids.filter((id) => !id.endsWith('/none')).map((id) => answers.indexOf(id));
  const kept = picked.filter((answer, at) => table.q[question(answer)] < 0 || !picked.slice(at + 1).some((later) => question(later) === question(answer)));
  return [kept, closed];
}

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(site().folder, '/some/base/');
});
after(async () => {
  await server.close();
  await browser.close();
});

async function check(options = {}, path = PAGE) {
  const tab = await open(browser, options);
  const faults = watch(tab);
  await tab.goto(server.url + path);
  return { tab, faults };
}

/** Chooses answers by id. */
async function choose(tab, ...ids) {
  for (const id of ids) {
    const none = id.endsWith('/none');
    const value = none ? 'x' : String(answers.indexOf(id));
    await tab.check(`#ask input[value="${value}"]`);
  }
  await tab.waitForSelector('#found:not([hidden])');
}

const counts = (tab) => tab.$$eval('#found .sec', (sections) => sections.map((section) => (section.hidden ? 0 : section.querySelectorAll('.hits ol>li').length)));

test('the script decides every vector as the program does', () => {
  const faults = [];
  for (const { name, answers: ids, totals, expect } of cases) {
    const decisions = decide(table, ...numbers(ids));
    for (const [address, expected] of Object.entries(expect)) {
      const got = written(decisions[rows.indexOf(address)]);
      if (got !== expected) faults.push(`${name}: ${address}: ${got}, not ${expected}`);
    }
    const found = [0, 1, 2].map((outcome) => decisions.filter(([of]) => of === outcome).length);
    if (String(found) !== String(totals)) faults.push(`${name}: ${found}, not ${totals}`);
  }
  none(faults, 'decisions differ');
});

test('the page holds the very table of the vectors, in every language', () => {
  for (const page of site().pages.filter(({ kind, place }) => kind === 'check' && place === 'fujian')) {
    const element = site().html(page.path).elements.find((one) => one.get('id') === 'table');
    const { r, ...held } = JSON.parse(element.get('data-table'));
    assert.deepEqual(held, table);
    assert.ok(r.length > 10);
  }
});

test('every place that shows a list has the page, in the navigation of all its pages', () => {
  const places = site().pages.filter(({ kind, list }) => kind === 'place' && list);
  const lost = places.filter(({ place, lang }) => !site().pages.some((page) => page.kind === 'check' && page.place === place && page.lang === lang));
  none(lost.map(({ path }) => path), 'places without the page');
  const service = site().pages.find(({ kind, place }) => kind === 'service' && place === 'fujian');
  assert.ok(site().html(service.path).all('a').some((link) => /check\.html$/.test(link.get('href') ?? '')));
});

test('answers sort the provisions as they are given', async () => {
  const { tab, faults } = await check();
  assert.equal(await tab.isVisible('#found'), false);
  await choose(tab, 'age-10', 'other-province', 'primary', 'disability', 'orphan-child', 'situation/none');
  const { totals } = cases.find(({ name }) => name.startsWith('an orphan with a disability'));
  assert.deepEqual(await counts(tab), totals);
  assert.equal(await tab.textContent('#tally'), `可以申请\u00a0${totals[0]} · 可能可以\u00a0${totals[1]} · 现在对不上\u00a0${totals[2]}`);
  assert.equal(await tab.getAttribute('#tally', 'role'), 'status');
  // What was chosen comes first; what is missing and what does not fit is named.
  assert.match(await tab.textContent('#found .sec:nth-of-type(1) .hits>li'), /和您选的情况有关/);
  const why = (n) => tab.$$eval(`#found .sec:nth-of-type(${n}) .why`, (all) => all.map((one) => one.textContent));
  assert.ok((await why(2)).includes('还差一个条件：符合条件（清单没有写明）'));
  assert.ok((await why(3)).includes('清单写的是：流动儿童父母'));
  assert.deepEqual(await why(1), []);
  await tab.click('#again');
  assert.equal(await tab.isVisible('#found'), false);
  none(faults, 'faults');
  await tab.context().close();
});

test('every result leads to its provision', async () => {
  const { tab } = await check({}, 'en/fujian/check.html');
  await choose(tab, 'age-5');
  const links = await tab.$$eval('#found .hits ol a', (all) => all.map((one) => one.getAttribute('href')));
  assert.equal(links.length, rows.length);
  const page = site().pages.find(({ path }) => path === 'en/fujian/check.html');
  const dead = links.filter((href) => {
    const { path, fragment } = site().follow(page, href);
    return !site().files.includes(path) || !site().html(path).elements.some((element) => element.get('id') === fragment);
  });
  none(dead, 'links lead nowhere');
  await tab.context().close();
});

test('nothing is sent and nothing is stored', async () => {
  const { tab, faults } = await check();
  const asked = [];
  tab.on('request', (request) => asked.push(request.url()));
  await choose(tab, 'age-6', 'other-city', 'hiv', 'situation/none');
  await tab.keyboard.press('Enter');
  assert.equal(tab.url(), server.url + PAGE, 'the address says nothing of the answers');
  none(asked.filter((url) => !/\/assets\/(check|icon)\.[0-9a-f]+\.(js|svg)$/.test(url)), 'requests besides the script');
  const stored = await tab.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length]);
  assert.deepEqual(stored, [0, 0, '', 0]);
  assert.deepEqual(await tab.context().cookies(), []);
  assert.equal(await tab.$('.ask form, form .ask'), null);
  none(faults, 'faults');
  await tab.context().close();
});

test('a keyboard is enough', async () => {
  const { tab } = await check();
  await tab.focus('input[name="q0"][value=""]');
  await tab.keyboard.press('ArrowLeft');
  await tab.waitForSelector('#found:not([hidden])');
  await tab.keyboard.press('Tab');
  assert.equal(await tab.evaluate(() => document.activeElement.name), 'q1', 'one stop a question');
  await tab.keyboard.press('ArrowLeft');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Space');
  assert.equal(await tab.evaluate(() => document.activeElement.checked), true);
  // What has the focus is never under the bar with the counts.
  const covered = [];
  for (let n = 0; n < 16; n++) {
    await tab.keyboard.press('Tab');
    covered.push(...await tab.evaluate(() => {
      const { activeElement: element } = document;
      const bar = document.querySelector('.tally');
      if (bar.contains(element)) return [];
      return element.getBoundingClientRect().bottom > bar.getBoundingClientRect().top && element.getBoundingClientRect().top < bar.getBoundingClientRect().top ? [element.value] : [];
    }));
  }
  none(covered, 'answers are under the bar');
  await tab.context().close();
});

test('without script there is a table with working links, and no question', async () => {
  const { tab, faults } = await check({ javaScriptEnabled: false });
  assert.equal(await tab.isVisible('.ask'), false);
  assert.equal(await tab.isVisible('#cases table'), true);
  const links = site().html(PAGE).all('td').length;
  assert.ok(links > 20, `${links} rows`);
  await tab.click('th:has-text("孩子有残疾") + td a >> nth=0');
  assert.ok(site().files.includes(tab.url().slice(server.url.length)));
  none(faults, 'faults');
  await tab.context().close();
});

test('the answered page has no fault of accessibility or layout, light and dark, narrow and in the largest text', async () => {
  const faults = [];
  const views = [['light', 390, ''], ['dark', 320, ''], ['light', 320, '2'], ['dark', 1280, '']];
  for (const [colorScheme, width, size] of views) {
    for (const path of [PAGE, 'en/fujian/check.html']) {
      const { tab } = await check({ colorScheme, viewport: { width, height: 844 } }, path);
      await tab.evaluate((n) => localStorage.setItem('size', n), size);
      await tab.reload();
      await choose(tab, 'age-3', 'other-township', 'disability', 'orphan-child', 'new-here', 'situation/none');
      await tab.click('#found summary');
      await tab.evaluate(axe.source);
      const { violations } = await tab.evaluate((tags) => axe.run({ runOnly: tags }), ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
      faults.push(...violations.map(({ id, nodes }) => `${path} ${colorScheme} ${width}: ${id}: ${nodes[0].html}`));
      const { overflow, clipped } = await tab.evaluate(layoutFaults);
      faults.push(...[...overflow, ...clipped].map((fault) => `${path} ${width} ${size}: ${fault}`));
      await tab.context().close();
    }
  }
  none(faults, 'faults');
});

test('it works from a folder', async () => {
  const tab = await open(browser);
  const faults = watch(tab);
  await tab.goto(`file://${join(site().folder, PAGE)}`);
  await choose(tab, 'age-5', 'other-province');
  assert.ok((await counts(tab))[0] > 10);
  none(faults, 'faults');
  await tab.context().close();
});
