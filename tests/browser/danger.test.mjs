// A child in danger finds a person: the line on every page, the page behind it, and the search, with script and without.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { launch, open } from './lib/chromium.mjs';
import { danger, dangerWords } from './lib/search.mjs';
import { serve } from './lib/server.mjs';
import { ROOT, none, site } from './lib/site.mjs';

/** What people type, judged before there were words for it: see the file. */
const JUDGED = JSON.parse(readFileSync(join(ROOT, 'tests/search/danger.json'), 'utf8'));
const KINDS = [JUDGED.danger, JUDGED.later.danger, JUDGED.further.danger].flatMap((kinds) => Object.entries(kinds));
const DANGER = [...KINDS.flatMap(([, texts]) => texts), ...JUDGED.fresh.danger, ...JUDGED.held.danger, ...JUDGED.again.danger];
const HARMLESS = [...Object.values(JUDGED.harmless).flat(), ...['fresh', 'held', 'later', 'again', 'further', 'kept'].flatMap((name) => JUDGED[name].harmless)];
/** So much of what nobody has thought of is found at least. */
const UNTHOUGHT = 0.5;

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

/** Pages for families and the public; those that only lead on have nothing on them. */
const pages = () => site().pages.filter((page) => !page.kind.startsWith('staff') && page.kind !== 'redirect');

/** The page that says what holds in danger where `page` is: of the province, if its documents speak of it. */
const nearest = ({ lang, path }) => {
  const province = path.split('/')[1];
  const own = `${lang}/${province}/danger.html`;
  return site().files.includes(own) ? own : `${lang}/danger.html`;
};

test('words for danger lead there, on pages of either language, and nothing that only looks like it', (context) => {
  const faults = [];
  for (const lang of ['zh', 'en']) {
    const { learn, find } = danger(site());
    for (const own of [lang, lang === 'zh' ? 'en' : 'zh']) learn(dangerWords(site(), own));
    const ids = (text) => Array.from(find(text), (situation) => situation[1]);
    faults.push(...DANGER.filter((text) => !ids(text).length).map((text) => `${lang}: “${text}” leads nowhere`));
    faults.push(...HARMLESS.filter((text) => ids(text).length).map((text) => `${lang}: “${text}” leads to ${ids(text)}`));
    for (const [id, texts] of KINDS) {
      faults.push(...texts.filter((text) => !ids(text).includes(id)).map((text) => `${lang}: “${text}” is not ${id}`));
    }
    assert.ok(ids('我想自殺').includes('die'), 'traditional characters');
    const found = JUDGED.kept.danger.filter((text) => ids(text).length);
    context.diagnostic(`${lang}: ${found.length} of ${JUDGED.kept.danger.length} that nobody has thought of`);
    if (found.length < UNTHOUGHT * JUDGED.kept.danger.length) faults.push(`${lang}: only ${found.length} of those kept aside`);
  }
  context.diagnostic(`${DANGER.length} words for danger, ${HARMLESS.length} that only look like it, in two languages`);
  none(faults, 'questions are led astray');
});

test('every page has the line above all else, with a number to tap and the page behind it', () => {
  const faults = [];
  for (const page of pages()) {
    const html = site().html(page.path);
    const line = html.elements.find((element) => element.get('class') === 'sos');
    if (page.kind === 'danger') {
      if (line) faults.push(`${page.path}: leads to itself`);
      continue;
    }
    const source = html.source;
    if (!line) faults.push(`${page.path}: no line`);
    else if (source.indexOf('class="sos"') > source.indexOf('<main')) faults.push(`${page.path}: the line stands below`);
    else if (!source.includes('href="tel:110"')) faults.push(`${page.path}: no number`);
    else if (page.kind !== 'not-found') {
      const links = html.all('a').map((link) => link.get('href')).filter((href) => /(^|\/)danger\.html$/.test(href));
      if (!links.some((href) => site().follow(page, href).path === nearest(page))) faults.push(`${page.path}: no way there`);
    }
  }
  none(faults, 'pages have not the line');
});

test('the pages name their sources, those of their own place, and are kept with every place', () => {
  const documents = { 'danger.html': /未成年人保护法|Protection of Minors|12356/, 'fujian/danger.html': /闽民童/, 'jilin/danger.html': /吉民发|未成年人保护法|Protection of Minors|12356/ };
  for (const [lang, name] of ['zh', 'en'].flatMap((lang) => Object.keys(documents).map((name) => [lang, name]))) {
    const html = site().html(`${lang}/${name}`);
    const called = html.all('a').map((link) => link.get('href')).filter((href) => href.startsWith('tel:'));
    for (const number of ['110', '120', '12356', '12355']) assert.ok(called.includes(`tel:${number}`), number);
    const sections = html.all('section');
    assert.ok(sections.length >= (name === 'danger.html' ? 9 : 11), `${sections.length} sections`);
    none(sections.filter((section) => !documents[name].test(section.text)).map((section) => section.text), 'sections without a source');
    const others = { 'danger.html': /闽民童|吉民发/, 'fujian/danger.html': /吉民发/, 'jilin/danger.html': /闽民童/ };
    assert.ok(!others[name].test(html.source), `${lang}/${name} quotes another place`);
    const packs = site().files.filter((file) => file.startsWith(`${lang}/${name.replace('danger.html', '')}`) && /offline(-small)?\.bin$/.test(file));
    assert.ok(packs.length >= (name.startsWith('jilin') ? 2 : 20));
    const without = packs.filter((file) => !JSON.parse(gunzipSync(site().bytes(file))).files[`${lang}/${name}`]);
    none(without, 'packs have not the page');
  }
});

test('who wants to die is shown a person to call before any service', async () => {
  const tab = await open(browser);
  for (const [lang, question, path] of [['zh', '孩子不想活了', 'zh/fujian/index.html'], ['en', 'I want to die', 'en/fujian/xiamen/search.html']]) {
    await tab.goto(server.url + path);
    await tab.locator('input[type=search]').fill(question);
    const call = tab.locator('[data-search-danger] a[href^="tel:"]').first();
    await call.waitFor();
    assert.equal(await call.getAttribute('href'), 'tel:12356');
    const results = await tab.locator('[data-search-results]').boundingBox();
    const button = await call.boundingBox();
    assert.ok(button.height >= 44 && (!results || results.height === 0 || button.y < results.y), 'the number stands first');
    const more = tab.locator('[data-search-danger] a.tap').first();
    await more.click();
    await tab.waitForURL(`**/${lang}/fujian/danger.html#die`);
    await tab.goBack();
    await tab.locator('input[type=search]').fill('');
    assert.equal(await tab.locator('[data-search-danger] a').count(), 0);
  }
  await tab.context().close();
});

test('without script the line leads there, and numbers can be tapped and never break', async () => {
  const tab = await open(browser, { javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const faults = [];
  const paths = ['zh/danger.html', 'en/danger.html', 'zh/fujian/danger.html', 'en/jilin/danger.html', 'zh/fujian/guides/asking-for-help.html', 'en/fujian/guides/asking-for-help.html',
    'zh/fujian/xiamen/migrant-children/health-and-childcare.html', 'zh/fujian/migrant-children/about.html', 'zh/fujian/migrant-children/poster.html'];
  for (const path of paths) {
    await tab.goto(server.url + path);
    for (const size of ['', 't3']) {
      const broken = await tab.evaluate((name) => {
        document.documentElement.className = name;
        const numbers = /(^|\D)(110|120|12345|12355|12356|12333|12393|12320)(?!\d)/;
        const faults = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const { parentElement: parent, data } = walk.currentNode;
          const found = numbers.exec(data);
          if (!found || !parent.checkVisibility()) continue;
          const range = document.createRange();
          range.setStart(walk.currentNode, found.index + found[1].length);
          range.setEnd(walk.currentNode, found.index + found[0].length);
          if (range.getClientRects().length > 1) faults.push(`“${data}” breaks`);
          if (!parent.closest('a[href^="tel:"], details, h1, h2, .sourced') && !/闽民童|12355青少年/.test(parent.textContent)) faults.push(`“${data}” cannot be tapped`);
        }
        return faults;
      }, size);
      faults.push(...broken.map((fault) => `${path} ${size}: ${fault}`));
    }
  }
  await tab.goto(`${server.url}zh/fujian/index.html`);
  await tab.locator('.sos a').first().click();
  await tab.waitForURL('**/zh/fujian/danger.html');
  await tab.context().close();
  none(faults, 'numbers cannot be called');
});
