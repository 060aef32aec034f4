// Without script all is there: the same text, every page by links, no control that does nothing.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './lib/chromium.mjs';
import { unfold, visibleTexts } from './lib/layout.mjs';
import { serve } from './lib/server.mjs';
import { none, site } from './lib/site.mjs';

let browser;
let server;
let plain;

before(async () => {
  browser = await launch();
  server = await serve(site().folder, '/some/base/');
  plain = await open(browser, { javaScriptEnabled: false, serviceWorkers: 'block' });
});
after(async () => {
  await server.close();
  await browser.close();
});

test('pages show the same text with and without script', async () => {
  const scripted = await open(browser, { serviceWorkers: 'block' });
  const faults = [];
  for (const page of site().samples()) {
    const [without, with_] = await Promise.all([plain, scripted].map(async (tab) => {
      await tab.goto(server.url + page.path);
      // What asks and answers needs the script; without it a table says the same.
      if (tab === scripted) await tab.evaluate(() => [...document.querySelectorAll('.ask')].forEach((asks) => asks.remove()));
      // What is folded with script may stand open without.
      await tab.evaluate(unfold);
      return tab.evaluate(visibleTexts);
    }));
    const lost = with_.filter((text) => !without.includes(text));
    const added = without.filter((text) => !with_.includes(text));
    faults.push(...lost.map((text) => `${page.path}: only with script: “${text}”`), ...added.map((text) => `${page.path}: only without: “${text}”`));
    if (without.length < 10) faults.push(`${page.path}: hardly any text`);
  }
  await scripted.context().close();
  none(faults, 'texts differ');
});

test('without script no control is visible that needs it', async () => {
  const faults = [];
  for (const page of site().samples()) {
    await plain.goto(server.url + page.path);
    const dead = await plain.evaluate(() => {
      const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      const works = (element) => element.form && (element.form.getAttribute('action') ?? '') !== '';
      const controls = [...document.querySelectorAll('button, input, select, textarea, [role=button], [onclick]')];
      const links = [...document.querySelectorAll('a:not([href]), a[href="#"], a[href=""]')];
      return [...controls.filter((element) => visible(element) && !works(element)), ...links.filter(visible)].map((element) => element.outerHTML.slice(0, 120));
    });
    faults.push(...dead.map((control) => `${page.path}: ${control}`));
  }
  none(faults, 'dead controls');
});

test('with script every button that shows does something', async () => {
  const tab = await open(browser, { serviceWorkers: 'block' });
  await tab.addInitScript(() => (window.print = () => (window.printed = true)));
  const faults = [];
  const pressed = new Set();
  for (const page of site().samples({ perKind: 1 })) {
    await tab.goto(server.url + page.path);
    // A button that is on many pages of a kind is pressed on one of them.
    const buttons = await tab.locator('button:visible').evaluateAll((all) => all.map((one) => one.cloneNode(true).outerHTML));
    for (const [n, html] of buttons.entries()) {
      const key = `${page.kind} ${page.lang} ${html}`;
      if (pressed.has(key)) continue;
      pressed.add(key);
      await tab.goto(server.url + page.path);
      const button = tab.locator('button:visible').nth(n);
      const state = () => tab.evaluate(() => `${window.printed} ${location.href} ${document.documentElement.className} ${document.body.innerText}`);
      const [words, before_] = [await button.innerText(), await state()];
      await button.click();
      await tab.waitForLoadState();
      if ((await state()) === before_) faults.push(`${page.path}: ${words}`);
    }
  }
  await tab.context().close();
  none(faults, 'buttons do nothing');
});

test('redirects lead on without script', async () => {
  const redirects = site().pages.filter((page) => page.kind === 'redirect');
  assert.ok(redirects.some((page) => page.path === 'index.html'), 'the root is no redirect');
  const faults = [];
  for (const page of redirects) {
    await plain.goto(server.url + page.path);
    const target = site().follow(page, site().html(page.path).meta('refresh').replace(/^.*url=/, '')).path;
    await plain.waitForURL(server.url + target, { timeout: 5000 }).catch(() => faults.push(`${page.path} stays at ${plain.url()}`));
    const to = site().pages.find(({ path }) => path === target);
    if (to?.kind === 'redirect' || to?.lang !== page.lang) faults.push(`${page.path} leads to ${target}`);
  }
  none(faults, 'redirects do not lead on');
});

test('a redirect holds a link to follow where browsers do not', () => {
  const lost = site().pages.filter((page) => page.kind === 'redirect').filter((page) => {
    const html = site().html(page.path);
    const target = html.meta('refresh').replace(/^.*url=/, '');
    return !html.all('a').some((link) => link.get('href') === target);
  });
  none(lost.map((page) => page.path), 'redirects without a link');
});
