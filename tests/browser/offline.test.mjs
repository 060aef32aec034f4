// After one visit a place can be read without a network, and never a page of one build with styles of another.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launch, open, watch } from './lib/chromium.mjs';
import { stored, unpacked, visit } from './lib/offline.mjs';
import { serve } from './lib/server.mjs';
import { QINGDAN, ROOT, build, changeYaml, copyOfContent, none, site, temporaryFolder } from './lib/site.mjs';

const BASE = '/some/base/';
const BUDGET = 400_000;
/** Kinds that must be there without a network after one visit; search and check where the site has them. */
const KINDS = ['place', 'service', 'search', 'check'];

const pagesOf = (place, lang, kinds) => site().pages.filter((page) => page.place === place && page.lang === lang && kinds.includes(page.kind));
const places = (lang) => site().pages.filter((page) => page.kind === 'place' && page.lang === lang && page.list);

/** Forgets what the browser keeps by itself: only the worker's store is left. */
async function forget(tab) {
  const session = await tab.context().newCDPSession(tab);
  await session.send('Network.clearBrowserCache');
  await session.detach();
}

describe('without a network', () => {
  let browser;
  let server;
  let weather = () => true;
  before(async () => {
    browser = await launch();
    server = await serve(site().folder, BASE, { weather: (path) => weather(path) });
  });
  after(async () => {
    await server.close();
    await browser.close();
  });

  /** Runs `look` in a phone that visited `page` once. */
  async function cut(page, look, options) {
    weather = () => true;
    const tab = await open(browser, options);
    try {
      await visit(tab, server.url + page.path, site());
      await forget(tab);
      weather = () => false;
      await look(tab);
    } finally {
      await tab.context().close();
      weather = () => true;
    }
  }

  for (const { code, tag } of site().languages) {
    test(`${code}: one visit to a service keeps the whole place, and every page says of when it is`, async () => {
      const place = places(code).at(-1).place;
      const first = pagesOf(place, code, ['service'])[3];
      await cut(first, async (tab) => {
        const faults = watch(tab);
        const wrong = [];
        for (const page of pagesOf(place, code, KINDS)) {
          const response = await tab.goto(server.url + page.path);
          const told = await tab.evaluate(() => ({
            title: document.title, note: document.querySelector('main > .notice').textContent,
            size: getComputedStyle(document.querySelector('h1')).wordBreak, button: document.querySelector('[data-size]').hidden,
          }));
          if (!response.fromServiceWorker() || response.status() !== 200) wrong.push(`${page.path}: ${response.status()}`);
          if (told.title !== site().html(page.path).title) wrong.push(`${page.path}: is “${told.title}”`);
          if (told.size !== 'keep-all' || told.button) wrong.push(`${page.path}: without style or script`);
          const today = new Date().toLocaleDateString(tag, { year: 'numeric', month: 'long', day: 'numeric' });
          if (!told.note.includes(today)) wrong.push(`${page.path}: says “${told.note}”`);
        }
        none([...wrong, ...faults], 'pages are not there without a network');
      });
    });
  }

  test('the first page, ages and guides are kept too', async () => {
    const [{ place }] = places('zh');
    await cut(pagesOf(place, 'zh', ['place'])[0], async (tab) => {
      for (const page of site().pages.filter(({ kind, lang, place: of }) => lang === 'zh' && (kind === 'places' || (of === place && ['age', 'area', 'guide'].includes(kind))))) {
        assert.equal((await tab.goto(server.url + page.path)).status(), 200, page.path);
      }
    });
  });

  test('an address that is not kept leads to the list and says so', async () => {
    const { place, path } = places('zh').at(-1);
    await cut({ path }, async (tab) => {
      for (const unknown of [`zh/${place}/none/at/all.html`, 'zh/nowhere.html?x=1', `zh/${place}/`]) {
        await tab.goto(server.url + unknown);
        assert.ok((await tab.locator('main .ledger h3 a').count()) > 10, `${unknown}: no list`);
        assert.match(await tab.locator('main > .notice').first().textContent(), unknown.endsWith('/') ? /保存的内容/ : /没有网络/, unknown);
      }
    });
  });

  test('a slow network is waited for three seconds', async () => {
    const { path } = places('zh')[0];
    await cut({ path }, async (tab) => {
      weather = () => new Promise((done) => { setTimeout(done, 8000); });
      const began = performance.now();
      await tab.goto(server.url + path, { waitUntil: 'domcontentloaded' });
      const took = performance.now() - began;
      assert.ok(took > 2500 && took < 5500, `${Math.round(took)} ms`);
      assert.equal(await tab.locator('main > .notice', { hasText: '保存' }).count(), 1);
    });
  });

  test(`what is stored stays under ${BUDGET} B a language, and the newest place is kept whole`, async (context) => {
    const tab = await open(browser);
    const many = site().languages.flatMap(({ code }) => places(code).slice(0, 6));
    for (const page of many) await visit(tab, server.url + page.path, site());
    // Where short addresses lead is noted beside the packs.
    for (const [name, files] of Object.entries(await stored(tab)).filter(([name]) => !name.startsWith('qingdan-short '))) {
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      context.diagnostic(`${name}: ${files.length} places, ${bytes} B`);
      assert.ok(bytes <= BUDGET && files.length > 1, `${name}: ${bytes} B`);
    }
    await forget(tab);
    weather = () => false;
    const last = many.at(-1);
    for (const page of pagesOf(last.place, last.lang, ['service'])) {
      assert.equal((await tab.goto(server.url + page.path)).status(), 200, page.path);
    }
    weather = () => true;
    await tab.context().close();
  });

  test('whoever saves data keeps the list and what it needs, not every service', async () => {
    const [{ place, path }] = places('zh');
    const tab = await open(browser);
    await tab.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
    await visit(tab, server.url + path, site());
    const [files] = Object.values(await stored(tab));
    assert.deepEqual(files.map(({ url }) => url), [`${server.url}zh/${place}/offline-small.bin`]);
    await forget(tab);
    weather = () => false;
    assert.equal((await tab.goto(server.url + path)).status(), 200);
    await tab.goto(server.url + pagesOf(place, 'zh', ['service'])[0].path);
    assert.match(await tab.locator('main > .notice').first().textContent(), /没有网络/);
    weather = () => true;
    await tab.context().close();
  });

  test('where there is no worker nothing breaks', async () => {
    const { path } = places('zh')[0];
    const faults = [];
    for (const [url, hide] of [[server.url + path, true], [pathToFileURL(join(site().folder, path)).href, false]]) {
      const tab = await open(browser);
      if (hide) await tab.addInitScript(() => { delete Navigator.prototype.serviceWorker; });
      const seen = watch(tab);
      await tab.goto(url);
      await tab.waitForTimeout(2000);
      faults.push(...seen);
      await tab.context().close();
    }
    none(faults, 'faults without a worker');
  });
});

describe('an update', () => {
  const MARK = '更新以后的网站';
  let browser;
  let server;
  let weather = () => true;
  let old;
  let renewed;
  let link;
  const page = () => places('zh')[0].path;
  const show = (build) => {
    rmSync(link, { force: true });
    symlinkSync(build.folder, link);
  };
  before(async () => {
    browser = await launch();
    const content = copyOfContent();
    changeYaml(join(content, 'site.yaml'), (settings) => { settings.title.zh = MARK; });
    mkdirSync(join(content, 'theme/assets'), { recursive: true });
    const styles = readFileSync(join(ROOT, 'themes/default/assets/qingdan.css.tera'), 'utf8');
    writeFileSync(join(content, 'theme/assets/qingdan.css.tera'), `${styles}h1{letter-spacing:7px}\n`);
    [old, renewed] = [site(), build(content)];
    link = join(temporaryFolder(), 'site');
    show(old);
    server = await serve(link, BASE, { weather: (path) => weather(path) });
  });
  after(async () => {
    await server.close();
    await browser.close();
  });

  /** Tells which build the open page is of: fails if its words and styles are of different ones. */
  async function shown(tab) {
    const [title, spacing] = await tab.evaluate(() => [document.title, getComputedStyle(document.querySelector('h1')).letterSpacing]);
    const [words, styles] = [title.includes(MARK), spacing === '7px'];
    assert.equal(words, styles, `the words are ${words ? 'new' : 'old'}, the styles ${styles ? 'new' : 'old'}`);
    return words ? 'new' : 'old';
  }

  const offline = async (tab) => {
    await forget(tab);
    weather = () => false;
    const seen = [];
    for (const path of [page(), ...pagesOf(places('zh')[0].place, 'zh', ['service']).slice(0, 4).map(({ path }) => path)]) {
      await tab.goto(server.url + path);
      seen.push(await shown(tab));
    }
    weather = () => true;
    return [...new Set(seen)];
  };

  /** Runs `look` in a phone that has the old build while the server has the new one. */
  async function between(look) {
    show(old);
    const tab = await open(browser);
    try {
      await visit(tab, server.url + page(), old);
      show(renewed);
      await look(tab);
    } finally {
      weather = () => true;
      await tab.context().close();
    }
  }

  test('is there whole after the next visit', () => between(async (tab) => {
    await visit(tab, server.url + page(), renewed);
    assert.equal(await shown(tab), 'new');
    assert.deepEqual(await offline(tab), ['new']);
  }));

  test('that is cut off leaves the old pages whole', () => between(async (tab) => {
    weather = (path) => !path.endsWith('.bin');
    await tab.goto(server.url + page());
    assert.equal(await shown(tab), 'new');
    await tab.waitForTimeout(2500);
    assert.deepEqual(await offline(tab), ['old']);
  }));

  test('whose styles do not arrive shows the old page', () => between(async (tab) => {
    weather = (path) => !/assets\/.*css/.test(path);
    await forget(tab);
    await tab.goto(server.url + page());
    assert.equal(await shown(tab), 'old');
    assert.equal(await tab.locator('main > .notice', { hasText: '保存' }).count(), 1);
  }));

  test('whose page stops halfway, or from a server in trouble, shows the old page', () => between(async (tab) => {
    for (const trouble of ['half', 503]) {
      weather = (path) => (path.endsWith('index.html') ? trouble : true);
      await tab.goto(server.url + page());
      assert.equal(await shown(tab), 'old', String(trouble));
    }
  }));
});

test('without a network the root and the short addresses on paper lead to what is kept', async () => {
  const catalogue = copyOfContent();
  changeYaml(join(catalogue, 'site.yaml'), (settings) => { settings.base_url = 'https://lists.example.org/'; });
  const built = build(catalogue, ['--only', 'fujian/xiamen']);
  let online = true;
  const server = await serve(built.folder, BASE, { weather: () => online });
  const browser = await launch();
  const tab = await open(browser);
  const leads = {
    '': 'zh/index.html', '350200/': 'zh/fujian/xiamen/index.html', '350200/index.html': 'zh/fujian/xiamen/index.html',
    '350200/12/': 'zh/fujian/xiamen/migrant-children/disability-education.html', 'zh/fujian/xiamen/migrant-children/': 'zh/fujian/xiamen/index.html',
  };
  try {
    await visit(tab, `${server.url}zh/fujian/xiamen/index.html`, built);
    await tab.waitForFunction(async (root) => {
      const all = await navigator.serviceWorker.getRegistrations();
      return all.some(({ scope, active }) => scope === root && active && active.state === 'activated') && (await caches.has(`qingdan-short ${root}`));
    }, server.url);
    await forget(tab);
    online = false;
    const faults = [];
    for (const [from, to] of Object.entries(leads)) {
      await tab.goto(server.url + from).catch((error) => faults.push(`${from}: ${error.message.split('\n')[0]}`));
      const at = tab.url().slice(server.url.length).split('?')[0];
      if (at !== to || !(await tab.title())) faults.push(`“${from}” leads to ${at}`);
    }
    none(faults, 'addresses lead elsewhere');
    await assert.rejects(tab.goto(`${server.url}350300/`), 'nothing is kept of another place');
  } finally {
    await browser.close();
    await server.close();
  }
});

test('the worker unpacks whatever gzip writes', () => {
  const worker = site().bytes('zh/sw.js').toString('utf8');
  const source = worker.slice(worker.indexOf('function inflate('));
  const inflate = new Function(`${source}; return inflate;`)();
  const data = Buffer.from(site().pages.slice(0, 60).map((page) => site().bytes(page.path)).join(''));
  for (const level of [0, 1, 6, 9]) {
    for (const strategy of [0, 2, 4]) {
      const packed = gzipSync(data, { level, strategy });
      const got = inflate(new Uint8Array(packed));
      assert.ok(Buffer.from(got).equals(data), `level ${level}, strategy ${strategy}`);
    }
  }
  assert.throws(() => inflate(new Uint8Array(gzipSync(data).subarray(0, 5000))));
});

test('every place has a pack with all its services and what they need', () => {
  const lacking = [];
  for (const { code } of site().languages) {
    for (const { place } of places(code)) {
      const { files } = unpacked(site(), `${code}/${place}/offline.bin`);
      for (const page of pagesOf(place, code, KINDS)) {
        const needed = site().html(page.path).assets.filter((link) => !/manifest/.test(link)).map((link) => site().follow(page, link).path);
        const wrong = [page.path, ...needed].filter((path) => files[path] !== site().bytes(path).toString('utf8'));
        lacking.push(...wrong.map((path) => `${code}/${place}: ${path}`));
      }
    }
  }
  none(lacking, 'files are not in the pack of their place');
});

test('the preview has no worker, and dismisses one that was there', async () => {
  const browser = await launch();
  const tab = await open(browser);
  const { path } = places('zh')[0];
  // The built site stood at the address where the preview stands later.
  const server = await serve(site().folder);
  const { port } = new URL(server.url);
  await visit(tab, server.url + path, site());
  await server.close();
  const preview = spawn(QINGDAN, ['serve', site().catalogue, '--port', port, '--lang', 'en'], { cwd: ROOT });
  try {
    await new Promise((ready) => { preview.stderr.on('data', (bytes) => String(bytes).includes('http://') && ready()); });
    await tab.goto(server.url + path);
    assert.equal(await tab.locator('script[data-worker]').count(), 0);
    assert.equal(await tab.locator('main > .notice', { hasText: '保存' }).count(), 0);
    await tab.waitForFunction(async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
  } finally {
    preview.kill('SIGKILL');
    await browser.close();
  }
});
