// A family's way through the site on a phone, in each language: choose the place, find by age, open, call, switch
// the language, read large, print; search, check and go on without a network.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, open, watch, withShot } from './lib/chromium.mjs';
import { layoutFaults } from './lib/layout.mjs';
import { plain, sheets } from './lib/paper.mjs';
import { serve } from './lib/server.mjs';
import { none, site } from './lib/site.mjs';

const BASE = '/some/base/';

/** What families type, and a part of the address of what should be found for it. */
const SEARCHES = { zh: { words: '打针', found: /health|vaccin/ }, en: { words: 'vaccination', found: /health|vaccin/ } };

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(site().folder, BASE, { packed: true });
});
after(async () => {
  await server.close();
  await browser.close();
});


for (const language of site().languages) {
  const { code, tag } = language;

  describe(`in ${tag}`, () => {
    let tab;
    let faults;

    // A family with an issued list: of the places, the first that is a province, and its first city.
    const pages = (kind) => site().pages.filter((page) => page.kind === kind && page.lang === code);
    const province = pages('place').find(({ place }) => !place.includes('/'));
    const city = pages('place').find(({ place }) => place.startsWith(`${province.place}/`));

    before(async () => {
      tab = await open(browser, { locale: tag, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
      faults = watch(tab);
    });
    after(async () => {
      await tab.context().close();
    });

    const at = () => decodeURIComponent(new URL(tab.url()).pathname.slice(BASE.length));

    /** Does `act` on the page as a finger would; returns the page of the site that opens. */
    async function opens(act) {
      const from = tab.url();
      await act();
      await tab.waitForURL((url) => url.href !== from);
      await tab.waitForLoadState();
      const path = at();
      const page = site().pages.find((one) => one.path === path);
      assert.ok(page, `${path} is no page of the site`);
      return page;
    }
    const tap = (selector) => opens(() => tab.locator(selector).first().tap());
    const step = (name, look) => test(name, () => withShot(tab, `journey ${code} ${name}`, async () => {
      await look();
      none(faults.splice(0), 'faults on the way');
      return [];
    }));

    step('choose the place', async () => {
      await tab.goto(`${server.url}${code}/index.html`);
      assert.equal((await tap(`main a[href$="${province.place}/index.html"]`)).path, province.path);
      await tab.goBack();
      assert.equal((await tap(`main a[href$="${city.place}/index.html"]`)).path, city.path);
      const heading = await tab.locator('h1').innerText();
      assert.ok(site().html(city.path).title.length > 0 && heading.trim().length > 0);
    });

    step('find by age, open the service', async () => {
      const band = await tap('main .ruler li:nth-child(2) a');
      assert.equal(band.kind, 'age');
      assert.equal(await tab.locator('.ruler [aria-current]').count(), 1);
      const title = await tab.locator('main .ledger h3 a').first().evaluate((link) => link.firstChild.textContent.trim());
      const service = await tap('main .ledger li');
      assert.equal(service.kind, 'service');
      assert.equal((await tab.locator('h1').innerText()).trim(), title);
    });

    step('call', async () => {
      const calls = await tab.locator('main a[href^="tel:"]').all();
      assert.ok(calls.length > 0, 'there is no number to call');
      for (const call of calls) {
        const [href, number] = [await call.getAttribute('href'), await call.innerText()];
        assert.equal(href, `tel:${number.replace(/[^\d+]/g, '')}`);
        const { height } = await call.boundingBox();
        assert.ok(height >= 44, `the number is ${height} px high`);
      }
    });

    step('switch the language and back, on the same page', async () => {
      const [here] = site().pages.filter(({ path }) => path === at());
      for (const other of site().languages.filter((one) => one.code !== code)) {
        const twin = await tap(`header a[hreflang="${other.tag}"]`);
        assert.equal(twin.path, site().twin(here, other.code));
        assert.equal(await tab.evaluate(() => document.documentElement.lang), other.tag);
        assert.equal((await opens(() => tab.goBack())).path, here.path);
      }
    });

    step('read large, on this page and the next', async () => {
      const size = () => tab.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
      const first = await size();
      await tab.locator('[data-size]').tap();
      await tab.locator('[data-size]').tap();
      assert.ok((await size()) > first * 1.5);
      await tap('nav.pn a');
      assert.ok((await size()) > first * 1.5, 'the next page is small again');
      none(Object.values(await tab.evaluate(layoutFaults)).flat(), 'faults in large text');
      await tab.locator('[data-size]').tap();
      assert.equal(await size(), first);
    });

    step('print the page', async () => {
      const title = plain(await tab.locator('h1').innerText());
      await tab.evaluate(() => (window.print = () => (window.printed = true)));
      await tab.locator('[data-print]').first().tap();
      assert.ok(await tab.evaluate(() => window.printed), 'the button does not print');
      const button = plain(await tab.locator('[data-print]').first().innerText());
      const paper = await sheets(tab);
      const words = paper.map((sheet) => sheet.text).join('');
      assert.ok(words.includes(title), 'the paper has no title');
      assert.ok(!words.includes(button), 'the button is on the paper');
      assert.ok(paper.length <= 3, `${paper.length} sheets`);
    });

    test('search, open what is found, come back', () => withShot(tab, `journey ${code} search`, async () => {
      await tab.goto(server.url + city.path);
      const { words, found } = SEARCHES[code] ?? SEARCHES.zh;
      await tab.locator('input[type=search]').first().fill(words);
      await tab.locator('input[type=search]').first().press('Enter');
      const results = tab.locator('[data-search-results] a[data-item]');
      await results.first().waitFor();
      assert.match(await results.first().getAttribute('href'), found);
      const service = await opens(() => results.first().tap());
      assert.equal(service.kind, 'service');
      await tab.goBack();
      await results.first().waitFor();
      none(faults.splice(0), 'faults on the way');
      return [];
    }));

    test('check what the child can get', () => withShot(tab, `journey ${code} check`, async () => {
      const [check] = pages('check').filter(({ place }) => place === city.place);
      await tab.goto(server.url + city.path);
      await tap(`a[href$="${check.path.split('/').at(-1)}"]`);
      assert.equal(at(), check.path);
      await tab.locator('.here .btn').tap();
      await tab.locator('[data-q="age"] [data-a]').nth(8).tap();
      await tab.locator('[data-q="matter"] [data-a]').first().tap();
      await tab.locator('#next').tap();
      await tab.locator('[data-q="household"] [data-a]').first().tap();
      await tab.locator('#skip').tap();
      await tab.locator('#first .hits>li').first().waitFor();
      assert.equal(at(), check.path, 'an answer leaves the page');
      const stored = await tab.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie + location.search);
      assert.ok(!/age|answer|hukou/.test(stored), `something is kept: ${stored}`);
      assert.equal((await tap('#first a[href$=".html"]')).lang, code);
      none(faults.splice(0), 'faults on the way');
      return [];
    }));
  });
}

test('the network goes, the list, services, search and the check stay', async () => {
  const own = await serve(site().folder, BASE, { packed: true });
  const tab = await open(browser);
  const [{ code }] = site().languages;
  const city = site().pages.find(({ kind, lang, place }) => kind === 'place' && lang === code && place.includes('/'));
  const of = (kind) => site().pages.find((page) => page.kind === kind && page.lang === code && page.place === city.place);
  await withShot(tab, 'journey offline', async () => {
    await tab.goto(own.url + city.path);
    await tab.evaluate(() => navigator.serviceWorker.ready);
    await tab.waitForFunction(() => navigator.serviceWorker.controller, undefined, { timeout: 15_000 });
    await tab.waitForTimeout(3000); // pages are stored when the phone has nothing else to do
    await tab.context().setOffline(true);
    await own.close();
    for (const page of [city, of('service'), of('age'), of('search'), of('check')].filter(Boolean)) {
      await tab.goto(own.url + page.path);
      assert.equal(await tab.locator('h1').innerText(), await title(page), `${page.path} is not there without a network`);
    }
    if (of('search')) {
      await tab.goto(own.url + of('search').path);
      await tab.locator('input[type=search]').first().fill(SEARCHES[code].words);
      await tab.locator('[data-search-results] a[data-item]').first().waitFor();
    }
    return [];
  });
  await tab.context().close();

  /** Returns the heading of a page as a browser shows it. */
  async function title(page) {
    const other = await open(browser, { serviceWorkers: 'block' });
    await other.goto(server.url + page.path);
    const text = await other.locator('h1').innerText();
    await other.context().close();
    return text;
  }
});
