// The search: the same tokens as in Rust, the same ranking as with the index elasticlunr-rs built, and a family
// that types, by keyboard, with an input method, from the disk, and without finding anything.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launch, open, watch } from './lib/chromium.mjs';
import { code, extension, folds, shard, vectors } from './lib/search.mjs';
import { serve } from './lib/server.mjs';
import { CONTENT, build, copyOfContent, none, site } from './lib/site.mjs';

const elasticlunr = createRequire(import.meta.url)('elasticlunr');

/** Code and texts of a list of 40 services, gzip: what a first search costs on the network. */
const FIRST_SEARCH = 16_000;

/** What people type, and the number of the service they mean. */
const QUESTIONS = {
  zh: {
    打针: 1, 幼儿园: 2, 转学: 3, 上高中: 4, 读技校: 5, 发烧: 6, 医保报销: 7, 精神分裂: 8, 房租太贵了怎么办: 9, 没爹没妈: 10,
    残疾补贴: 11, 聋哑学校: 12, 吃低保: 13, 五保户: 14, 没地方睡: 15, 爸妈不管孩子: 16, 心里难受: 17, 借书: 18, 找工作: 19, 防溺水: 20,
    疫: 1, 醫療保險: 7, 幼兒園: 2, gongzufang: 9, 'you er yuan': 2, dib: 13, zxj: 4, 公祖房: 9, 托玉: 1, 打了针: 1, '医保 card': 7,
  },
  en: {
    jabs: 1, kindergarten: 2, 'primary school': 3, gaokao: 4, 'trade school': 5, 'my child has a fever': 6, 'hospital bills': 7,
    schizophrenia: 8, 'help with the rent': 9, orphans: 10, wheelchair: 11, 'special school': 12, 'no money': 13, destitute: 14,
    'nowhere to sleep': 15, 'nobody to look after the child': 16, depressed: 17, library: 18, 'find a job': 19, drowning: 20,
    vacination: 1, scolarship: 4, vaccin: 1, 打疫苗: 1, 低保: 13,
  },
};
/** What no service answers. */
const NOTHING = { zh: ['驾驶证', '火车票', '天气预报', 'qqqq'], en: ['passport', 'train tickets', 'lottery'] };

let browser;
let server;
const tabs = {};

before(async () => {
  browser = await launch();
  server = await serve(site().folder, '/some/base/');
});
after(async () => {
  await server.close();
  await browser.close();
});

const page = (lang, path = 'index.html') => `${server.url}${lang}/fujian/xiamen/${path}`;
const box = (tab) => tab.locator('input[type=search]');

/** Returns the numbers of the services a page shows for what is in the field, once it is done. */
async function shown(tab) {
  await tab.waitForFunction(() => window.qingdanSearch && !document.querySelector('[aria-busy]'));
  return tab.$$eval('[data-search-results] h3 a[href]', (links) => links.map((link) => Number(link.dataset.item)));
}

async function ask(tab, question) {
  await box(tab).fill(question);
  return shown(tab);
}

test('the golden tokens come out in JavaScript as in Rust', () => {
  const { tokens } = code(site()).take;
  for (const vector of vectors()) assert.deepEqual(Array.from(tokens(vector.text, folds())), vector.tokens, vector.text);
});

test('the index elasticlunr.js loads ranks like the form that is shipped', () => {
  const built = build(CONTENT, ['--elasticlunr']);
  const { engine } = code(built).take;
  for (const lang of ['zh', 'en']) {
    const folder = `${lang}/fujian/xiamen`;
    const { data } = shard(built, folder);
    const loaded = elasticlunr.Index.load(JSON.parse(built.bytes(`${folder}/elasticlunr.json`).toString('utf8')));
    const [ours, stock] = [engine(data), engine(data)];
    for (const one of [ours, stock]) [extension(built), shard(built, folder, 'more').data].forEach(one.take);
    const trie = loaded.index.text;
    stock.source.postings = (token) => {
      const docs = trie.getDocs(token) ?? {};
      assert.equal(Object.keys(docs).length, trie.getDocFreq(token), token);
      return Object.keys(docs).map((id) => [Number(id) - 1, trie.getTermFrequency(token, id)]).sort((a, b) => a[0] - b[0]);
    };
    for (const question of [...Object.keys(QUESTIONS[lang]), ...NOTHING[lang]]) {
      const rank = ({ search }) => Array.from(search(question), ([item, score]) => `${item[0]} ${score.toFixed(9)}`);
      assert.deepEqual(rank(stock), rank(ours), question);
    }
  }
});

test('what families type is found, in both languages', async () => {
  const faults = [];
  for (const lang of ['zh', 'en']) {
    const tab = (tabs[lang] = await open(browser));
    await tab.goto(page(lang));
    for (const [question, number] of Object.entries(QUESTIONS[lang])) {
      const found = await ask(tab, question);
      if (!found.slice(0, 3).includes(number)) faults.push(`${lang} ${question}: ${number} is not among ${found.join(', ') || 'nothing'}`);
    }
  }
  none(faults, 'questions are not answered');
});

test('a place or a county leads to its page, and what is asked with it to the pages there', async () => {
  const rows = (tab) => tab.$$eval('[data-search-results] li.to a', (links) => links.map((link) => new URL(link.href).pathname.replace('/some/base/', '')));
  const faults = [];
  const ways = {
    'zh/index.html': { 厦门: 'zh/fujian/xiamen/', 思明区: 'zh/fujian/xiamen/', 晋江: 'zh/fujian/quanzhou/', 'xia men': 'zh/fujian/xiamen/', 住在思明区: 'zh/fujian/xiamen/', 打疫苗: '' },
    'en/index.html': { Xiamen: 'en/fujian/xiamen/', 'Siming District': 'en/fujian/xiamen/', siming: 'en/fujian/xiamen/', 厦门: 'en/fujian/xiamen/' },
  };
  for (const [path, questions] of Object.entries(ways)) {
    const tab = await open(browser);
    await tab.goto(server.url + path);
    for (const [question, folder] of Object.entries(questions)) {
      await ask(tab, question);
      const led = await rows(tab);
      if (led.join() !== (folder && `${folder}index.html`)) faults.push(`${question} leads to ${led.join(', ') || 'no place'}`);
      if ((await tab.locator('[data-search-results]').textContent()).includes('{')) faults.push(`${question}: a sentence is not filled in`);
      if (folder && (await tab.locator('[data-search-none] a').count())) faults.push(`${question}: told that nothing is found`);
    }
    await tab.context().close();
  }
  const tab = await open(browser);
  await tab.goto(`${server.url}zh/index.html`);
  assert.deepEqual((await ask(tab, '厦门 打疫苗')).filter(Boolean), [1]);
  const first = await tab.locator('[data-search-results] h3 a[data-item]').first().getAttribute('href');
  assert.match(first, /fujian\/xiamen\/migrant-children\/health-and-childcare\.html$/);
  await tab.context().close();
  none(faults, 'questions lead elsewhere');
});

test('the line under a hit is the provision that was asked for', async () => {
  const faults = [];
  const lines = {
    zh: { 打疫苗: '疫苗', 先心病: '先天性心脏病', 托班: '托育', 课本费: '课本', 中考: '中考', 高考: '高考', 异地报销: '结算', 公租房: '公租房', 监护权: '长期监护', 睡马路: '临时住所', 找工作: '职业介绍', 创业: '创业' },
    en: { injection: 'vaccin', nursery: 'childcare', textbooks: 'Textbooks', gaokao: 'gaokao', rent: 'rent', 'speech therapy': 'rehabilitation', 'find a job': 'finding work', shelter: 'a place to stay' },
  };
  for (const [lang, questions] of Object.entries(lines)) {
    for (const [question, word] of Object.entries(questions)) {
      await ask(tabs[lang], question);
      const line = await tabs[lang].locator('[data-search-results] .gets').first().textContent();
      if (!line.includes(word)) faults.push(`${question}: “${line}” is not about ${word}`);
    }
  }
  none(faults, 'lines tell of another provision');
});

test('what nothing answers is said so, with the areas and the number to call', async () => {
  for (const lang of ['zh', 'en']) {
    const tab = tabs[lang];
    for (const question of NOTHING[lang]) {
      assert.deepEqual(await ask(tab, question), [], question);
      assert.match(await tab.textContent('[role=status]'), new RegExp(question));
      const links = await tab.$$eval('[data-search-none] a', (all) => all.map((link) => link.getAttribute('href')));
      assert.equal(links.at(-1), 'tel:12345');
      for (const link of links.slice(0, -1)) {
        const path = new URL(link, tab.url()).href.slice(server.url.length);
        assert.ok(site().files.includes(path), link);
      }
      assert.equal(links.length, 7);
    }
    await box(tab).fill('');
    assert.equal(await tab.textContent('[role=status]'), '');
    assert.equal(await tab.locator('[data-search-none] a').count(), 0);
  }
});

test('results say how many they are, lead to the place’s own pages, and come by keyboard', async () => {
  const tab = await open(browser);
  const faults = watch(tab);
  await tab.goto(page('zh', 'migrant-children/housing-support.html'));
  assert.equal(await tab.locator('script[src*="/search."]').count(), 0, 'nothing is loaded before somebody searches');
  await box(tab).focus();
  await tab.keyboard.type('yimiao');
  assert.deepEqual(await shown(tab), [1]);
  assert.equal(await tab.textContent('[role=status]'), '找到 1 项');
  await tab.keyboard.press('Enter');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.waitForURL('**/health-and-childcare.html');
  assert.equal(tab.url(), page('zh', 'migrant-children/health-and-childcare.html'));
  await tab.goBack();
  assert.equal(await box(tab).inputValue(), 'yimiao', 'the question is there again');
  assert.deepEqual(await shown(tab), [1]);
  none(faults, 'faults');
  await tab.context().close();
});

test('while an input method composes, nothing is searched; its apostrophes do no harm', async () => {
  const tab = tabs.zh;
  await ask(tab, '低保');
  await tab.evaluate(() => {
    const field = document.querySelector('input[type=search]');
    field.dispatchEvent(new CompositionEvent('compositionstart'));
    field.value = "you'er'yuan";
    field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
  });
  assert.deepEqual(await shown(tab), [13], 'the letters are not asked for');
  await tab.evaluate(() => document.querySelector('input[type=search]').dispatchEvent(new CompositionEvent('compositionend')));
  assert.equal((await shown(tab))[0], 2);
});

test('a province’s page finds kinds of service, then the place', async () => {
  const tab = await open(browser);
  await tab.goto(`${server.url}zh/fujian/index.html`);
  assert.deepEqual(await ask(tab, '租房补贴'), [9]);
  const places = tab.locator('[data-search-results] .at a');
  assert.equal(await places.count(), 10);
  await places.filter({ hasText: '厦门' }).click();
  await tab.waitForURL('**/zh/fujian/xiamen/migrant-children/housing-support.html');
  await tab.context().close();
});

test('searching works from the disk, and again without a network once it is loaded', async () => {
  const tab = await open(browser);
  await tab.goto(pathToFileURL(join(site().folder, 'en/fujian/xiamen/index.html')).href);
  assert.deepEqual(await ask(tab, 'council house'), [9]);
  await tab.goto(page('zh'));
  await ask(tab, '低保');
  await tab.context().setOffline(true);
  assert.deepEqual(await ask(tab, '公租房'), [9]);
  assert.deepEqual(await ask(tab, 'council house'), [], 'the other language is not at hand; nothing breaks');
  await tab.context().close();
});

test('without script the form leads to a page with every service and its everyday words', async () => {
  const tab = await open(browser, { javaScriptEnabled: false });
  await tab.goto(page('en', 'migrant-children/about.html'));
  await box(tab).fill('jabs');
  await box(tab).press('Enter');
  await tab.waitForURL('**/en/fujian/xiamen/search.html?q=jabs');
  assert.equal(await tab.locator('main [data-item] a[href]').count(), 20);
  assert.match(await tab.textContent('[data-item="1"]'), /jab/);
  await tab.context().close();
  const scripted = await open(browser);
  await scripted.goto(page('en', 'search.html?q=council+house'));
  assert.deepEqual(await shown(scripted), [9]);
  await scripted.context().close();
});

test('every page of a place has the field, 52 px high', async () => {
  const tab = await open(browser);
  const faults = [];
  // The check asks one thing only: where the child lives.
  const without = ['redirect', 'findings', 'danger', 'check'];
  for (const { path, kind } of site().samples({ perKind: 1 })) {
    // A blank form is for paper; a province without a list has nothing to search.
    if (without.includes(kind) || kind === 'form' || path.includes('/shanxi/')) continue;
    await tab.goto(server.url + path);
    const form = tab.locator('form[role=search]');
    if ((await form.count()) !== 1) faults.push(`${path}: ${await form.count()} forms`);
    else if ((await box(tab).boundingBox()).height < 52) faults.push(`${path}: the field is low`);
  }
  await tab.context().close();
  none(faults, 'pages cannot be searched from');
});

test(`a first search on a list of 40 services costs at most ${FIRST_SEARCH} B, code and texts, gzip`, (context) => {
  const catalogue = copyOfContent();
  const path = join(catalogue, 'fujian/migrant-children/2025.yaml');
  // The same services a second time, under other ids and numbers.
  const forty = build(catalogueOfForty(catalogue, path), ['--only', 'fujian']);
  for (const lang of ['zh', 'en']) {
    const weigh = (file) => gzipSync(forty.bytes(file), { level: 9 }).length;
    const { path: texts, data } = shard(forty, `${lang}/fujian`);
    assert.equal(data.items[0].length, 40);
    const bytes = [weigh(code(forty).path), weigh(texts)];
    context.diagnostic(`${lang}: code ${bytes[0]} B + texts of 40 services ${bytes[1]} B = ${bytes[0] + bytes[1]} B`);
    assert.ok(bytes[0] + bytes[1] <= FIRST_SEARCH, `${lang}: ${bytes[0] + bytes[1]} B`);
  }
});

/** Doubles the services of an edition in the text of its file. */
function catalogueOfForty(catalogue, path) {
  const text = readFileSync(path, 'utf8');
  const [head, services] = text.split(/^services:\n/m);
  const again = services
    .replace(/^ {2}- id: (.*)$/gm, '  - id: $1-again')
    .replace(/^ {4}number: (\d+)$/gm, (_, number) => `    number: ${Number(number) + 20}`);
  writeFileSync(path, `${head}services:\n${services}\n${again}`);
  return catalogue;
}

test('what further lists of the province have comes behind what the place has, each with its list', async () => {
  const tab = await open(browser);
  await tab.goto(page('zh', 'index.html'));
  await box(tab).fill('委托监护');
  const further = tab.locator('[data-search-further] h3 a');
  await further.first().waitFor();
  assert.match(await further.first().getAttribute('href'), /fujian\/left-behind-children\//);
  assert.match(await tab.textContent('[data-search-further] li:first-child .at'), /农村留守儿童/);
  await tab.context().close();
});
