// Pages open without a fault, served below a base path under the strict policy, and from the disk.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, open, watch, withShot } from './lib/chromium.mjs';
import { serve } from './lib/server.mjs';
import { none, site } from './lib/site.mjs';

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

const roots = {
  'http below a base path': () => server.url,
  'the disk (file://)': () => pathToFileURL(join(site().folder, '/')).href,
};

for (const [name, root] of Object.entries(roots)) {
  test(`pages open from ${name} with their styles and without a fault`, async () => {
    const tab = await open(browser);
    const faults = watch(tab);
    for (const page of site().samples()) {
      await tab.goto(root() + page.path);
      const { styled, reached } = await tab.evaluate(() => ({
        styled: getComputedStyle(document.body).margin === '0px' && document.querySelector('.skip').getBoundingClientRect().bottom <= 0,
        reached: document.querySelector('h1')?.innerText.trim(),
      }));
      if (!styled) faults.push(`${page.path}: no styles`);
      if (!reached) faults.push(`${page.path}: no heading`);
    }
    await tab.waitForTimeout(300);
    await tab.context().close();
    none(faults, 'faults');
  });

  test(`links work from ${name}: root, place, service, the other language, back`, async () => {
    const tab = await open(browser);
    const faults = watch(tab);
    const at = () => decodeURIComponent(tab.url().slice(root().length).split(/[?#]/)[0]);
    const go = async (link, expected) => {
      await Promise.all([tab.waitForURL(root() + expected), link.click()]);
      await tab.waitForLoadState();
    };
    const service = site().pages.find(({ kind, lang, place }) => kind === 'service' && lang === 'zh' && place.includes('/'));
    const [province] = service.place.split('/');
    await withShot(tab, `links ${name}`, async () => {
      await tab.goto(`${root()}index.html`);
      await tab.waitForURL(`${root()}zh/index.html`);
      await go(tab.locator(`main a[href="${province}/index.html"]`), `zh/${province}/index.html`);
      await tab.goBack();
      await go(tab.locator(`main a[href="${service.place}/index.html"]`), `zh/${service.place}/index.html`);
      const href = `${service.list}/${service.service}.html`;
      await go(tab.locator(`main a[href="${href}"]`).first(), service.path);
      const [other] = site().languages.filter(({ code }) => code !== 'zh');
      await go(tab.locator(`header a[hreflang="${other.tag}"]`), site().twin(service, other.code));
      assert.equal(await tab.evaluate(() => document.documentElement.lang), other.tag);
      await go(tab.locator('header a[hreflang="zh-CN"]'), service.path);
      assert.equal(at(), service.path);
      return faults;
    });
    await tab.context().close();
    none(faults, 'faults');
  });
}

test('a stretched link opens its service wherever the row is pressed', async () => {
  const tab = await open(browser);
  const page = site().pages.find(({ kind, lang }) => kind === 'place' && lang === 'zh');
  await tab.goto(server.url + page.path);
  const row = tab.locator('main ol.ledger > li').first();
  const href = await row.locator('a').first().evaluate((link) => link.href);
  const { width, height } = await row.boundingBox();
  await Promise.all([tab.waitForURL(href), row.click({ position: { x: width - 12, y: height - 12 } })]);
  await tab.context().close();
});

test('the text size grows by a button, is remembered on the next page and comes back', async () => {
  const tab = await open(browser);
  const [first, second] = site().samples().filter(({ kind, lang }) => kind === 'service' && lang === 'zh');
  const size = () => tab.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize));
  await tab.goto(server.url + first.path);
  const sizes = [await size()];
  for (let press = 0; press < 2; press += 1) {
    await tab.locator('[data-size]').click();
    sizes.push(await size());
  }
  assert.ok(sizes[0] < sizes[1] && sizes[1] < sizes[2], `sizes ${sizes}`);
  await tab.goto(server.url + second.path);
  assert.ok((await size()) > sizes[0] * 1.5, 'the next page is small again');
  await tab.locator('[data-size]').click();
  await tab.goto(server.url + first.path);
  assert.equal(await size(), sizes[0]);
  await tab.context().close();
});
