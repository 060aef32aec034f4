// `qingdan handbook --whole`: one folder with the handbook, the demonstration, the changelog and the description of the data. Every link
// leads somewhere, everything can be found, and all of it works below any address and from the disk.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { addAxe, violations, weakTexts } from './lib/axe.mjs';
import { launch, open, watch } from './lib/chromium.mjs';
import { Html } from './lib/html.mjs';
import { layoutFaults } from './lib/layout.mjs';
import { serve } from './lib/server.mjs';
import { QINGDAN, none, temporaryFolder } from './lib/site.mjs';

const folder = join(temporaryFolder(), 'published');
const FRONT = { zh: 'index.html', en: 'index.en.html' };
/** Kinds of page; in the dark those whose colours are theirs. */
const OWN = { light: ['index', 'all', 'changes', 'api', 'findings', 'first-list'], dark: ['changes', 'api'] };
let browser;
let server;
before(async () => {
  const run = spawnSync(QINGDAN, ['handbook', '--whole', '--out', folder], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  [browser, server] = [await launch(), await serve(folder, '/some/base/')];
});
after(() => Promise.all([browser.close(), server.close()]));

const files = () => readdirSync(folder, { recursive: true }).map((path) => path.replaceAll('\\', '/'))
  .filter((path) => statSync(join(folder, path)).isFile());
const page = (path) => new Html(readFileSync(join(folder, path), 'utf8'));
const leadsOut = (address) => /^(https?:|mailto:|tel:|sms:|data:)/.test(address);

test('every address on every page leads to a file and a place in it, and none starts at the root of a server', () => {
  const known = new Set(files());
  const paths = [...known].filter((path) => path.endsWith('.html'));
  const pages = new Map(paths.map((path) => [path, page(path)]));
  const ids = new Map([...pages].map(([path, html]) => [path, new Set(html.ids)]));
  const faults = [];
  for (const [path, html] of pages) {
    for (const { element, link } of html.addresses()) {
      if (leadsOut(link) || !link || link === '#') continue;
      const [address, place] = link.split('#');
      const file = decodeURIComponent(address.split('?')[0]);
      const target = file ? posix.join(posix.dirname(path), file) : path;
      // What no page of a folder can lead to: an address from the root, or one above the folder.
      if (link.startsWith('/') || target.startsWith('..')) faults.push(`${path}: ${link} leaves the folder`);
      else if (!known.has(target)) {
        const isMissing = element.get('rel') !== 'alternate' || !/404\.html$/.test(target);
        if (isMissing) faults.push(`${path}: ${link}`);
      } else if (place && ids.has(target) && !place.includes('/') && !place.includes('=') && !ids.get(target).has(decodeURIComponent(place))) {
        faults.push(`${path}: ${link} is no place`);
      }
    }
  }
  assert.ok(pages.size > 700, `${pages.size} pages`);
  none(faults.slice(0, 20), 'broken links');
});

test('whoever has no script reaches every page of the handbook from the front page', () => {
  for (const lang of ['zh', 'en']) {
    const [seen, open] = [new Set(), [FRONT[lang]]];
    while (open.length) {
      const path = open.pop();
      if (seen.has(path)) continue;
      seen.add(path);
      if (path.startsWith('demo/')) continue;
      for (const link of page(path).all('a').map((a) => a.get('href').split('#')[0])) {
        if (link && !leadsOut(link) && link.endsWith('.html')) open.push(posix.join(posix.dirname(path), link));
      }
    }
    const lost = files().filter((path) => path.startsWith(`${lang}/`) && path.endsWith('.html') && !seen.has(path));
    none(lost, 'pages that nothing leads to');
    assert.ok(seen.has(`demo/${lang}/index.html`) && seen.has(`demo/${lang}/staff/index.html`));
  }
});

test('the front page says that the demonstration is invented', () => {
  assert.match(page(FRONT.zh).source, /虚构/);
  assert.match(page(FRONT.en).source, /are invented/);
});

/** What is typed, and the address that has to be among the first three found. */
const QUESTIONS = {
  zh: {
    QD1010: 'zh/QD1010.html', qd1010: 'zh/QD1010.html', 责任部门: /^zh\/list\.html#.*-departments$/, departments: /^zh\/list\.html#.*-departments$/,
    对应: /^zh\/list\.html#.*-covers$/, 第一份清单: 'zh/first-list.html', 更新记录: 'zh/changes.html', 責任部門: /^zh\/list\.html#.*-departments$/,
  },
  en: {
    QD1010: 'en/QD1010.html', 责任部门: /^en\/list\.html#.*-departments$/, departments: /^en\/list\.html#.*-departments$/,
    'first list': 'en/first-list.html', 第一份清单: 'en/first-list.html', changelog: 'en/changes.html',
  },
};

const results = (tab) => tab.$$eval('[data-search-results] h3 a', (links, root) => links.map((link) => decodeURIComponent(link.href).replace(root, '')), server.url);

async function ask(tab, question) {
  await tab.locator('input[type=search]').fill(question);
  await tab.waitForFunction(() => window.qingdanSearch && !document.querySelector('[aria-busy]'));
  await tab.waitForTimeout(100);
  await tab.waitForFunction(() => !document.querySelector('[aria-busy]'));
  return results(tab);
}

for (const lang of ['zh', 'en']) {
  test(`findings, fields and chapters are found, from the front page and from a page inside, ${lang}`, async () => {
    const faults = [];
    for (const path of [FRONT[lang], `${lang}/QD1020.html`]) {
      const tab = await open(browser);
      const seen = watch(tab);
      await tab.goto(server.url + path);
      for (const [question, wanted] of Object.entries(QUESTIONS[lang])) {
        const found = await ask(tab, question);
        const fits = (address) => (typeof wanted === 'string' ? address === wanted : wanted.test(address));
        if (!found.slice(0, 3).some(fits)) faults.push(`${path} ${question}: ${found.join(', ') || 'nothing'}`);
      }
      // Nothing found: the ways to look without the search.
      await ask(tab, 'qqqqqq');
      assert.ok(await tab.locator('[data-search-none] a').count() >= 3);
      faults.push(...seen);
      await tab.context().close();
    }
    none(faults, 'questions are not answered');
  });
}

test('a title in the words of either language leads to its finding', async () => {
  const faults = [];
  for (const lang of ['zh', 'en']) {
    const tab = await open(browser);
    await tab.goto(server.url + FRONT[lang]);
    for (const of of ['zh', 'en']) {
      const rows = page(`${of}/findings.html`).all('li').map((row) => [...row.text.matchAll(/(QD\d{4})\s+(.*?)\s{0,}[a-z-]+$/g)].map((hit) => [hit[1], hit[2]])[0]).filter(Boolean);
      for (const [code, title] of rows.filter((_, at) => at % 25 === 3)) {
        const found = await ask(tab, title.slice(0, 80));
        if (!found.slice(0, 5).includes(`${lang}/${code}.html`)) faults.push(`${lang} ${title}: ${code} is not among ${found.join(', ') || 'nothing'}`);
      }
    }
    await tab.context().close();
  }
  none(faults, 'titles are not found');
});

test('it is found on the disk, too', async () => {
  const tab = await open(browser);
  await tab.goto(pathToFileURL(join(folder, 'index.html')).href);
  await tab.locator('input[type=search]').fill('QD1010');
  await tab.locator('[data-search-results] h3 a').first().click();
  assert.match(tab.url(), /zh\/QD1010\.html$/);
  assert.match(await tab.locator('h1').innerText(), /\S/);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing and nothing sticks out, also with results, ${colorScheme}`, async () => {
    const faults = [];
    for (const lang of ['zh', 'en']) {
      for (const path of [FRONT[lang], ...OWN[colorScheme].map((name) => `${lang}/${name}.html`)]) {
        const tab = await open(browser, { colorScheme });
        const seen = watch(tab);
        await tab.goto(server.url + path);
        await addAxe(tab);
        for (const width of [320, 1280]) {
          await tab.setViewportSize({ width, height: 844 });
          if (width === 320) await ask(tab, 'departments');
          const found = [...await violations(tab), ...await tab.evaluate(weakTexts), ...Object.values(await tab.evaluate(layoutFaults)).flat()];
          faults.push(...found.map((fault) => `${path} ${width} px: ${fault}`));
        }
        faults.push(...seen);
        await tab.context().close();
      }
    }
    none(faults, 'faults');
  });
}
