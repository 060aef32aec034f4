// Nobody takes a draft for an official list: every page of one says so, and no page of an issued one does.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, open } from './lib/chromium.mjs';
import { serve } from './lib/server.mjs';
import { none, site } from './lib/site.mjs';

const CHINESE = /草案|草稿/;

const notice = (page) => site().html(page.path).elements.find((element) => (element.get('class') ?? '').split(' ').includes('notice'));
const says = (page, text) => (page.lang === 'zh' ? CHINESE : /draft\b/i).test(text);

test('every page of a draft list carries a notice with the word', () => {
  const drafts = site().pages.filter((page) => site().status(page) === 'draft');
  assert.ok(drafts.length > 0, 'the site holds no draft');
  none(drafts.filter((page) => !says(page, notice(page)?.text ?? '')).map((page) => page.path), 'pages of drafts do not say so');
});

test('a draft says so wherever it is seen: title, description, share card, data for machines, and search engines leave it out', () => {
  const faults = [];
  for (const page of site().pages.filter((page) => site().status(page) && page.kind !== 'redirect')) {
    const html = site().html(page.path);
    const draft = site().status(page) === 'draft';
    const property = (name) => html.all('meta').find((meta) => meta.get('property') === name)?.get('content');
    const texts = { title: html.title, description: html.meta('description'), card: property('og:title'), 'card text': property('og:description') };
    for (const [name, text] of Object.entries(texts)) {
      if (text && /^(【草稿】|Draft: )/.test(text) !== draft) faults.push(`${page.path}: ${name} “${text}”`);
    }
    if ((html.meta('robots') === 'noindex') !== draft) faults.push(`${page.path}: robots ${html.meta('robots')}`);
    const data = html.all('script').find((script) => script.get('type') === 'application/ld+json');
    const thing = JSON.parse(data.text);
    if (((thing.mainEntityOfPage ?? thing).creativeWorkStatus === 'Draft') !== draft) faults.push(`${page.path}: data for machines`);
  }
  none(faults, 'pages say something else');
});

test('no page of an issued list carries the notice', () => {
  const issued = site().pages.filter((page) => site().status(page) === 'issued');
  assert.ok(issued.length > 0, 'the site holds no issued list');
  none(issued.filter((page) => notice(page)).map((page) => page.path), 'pages of issued lists are marked as drafts');
});

test('a place in a list of places says that its list is a draft', () => {
  const homes = site().pages.filter((page) => page.kind === 'places');
  const drafts = new Map(site().pages.filter((page) => page.kind === 'place' && site().status(page) === 'draft').map((page) => [page.path, page]));
  const silent = homes.flatMap((home) => site().html(home.path).all('a').flatMap((link) => {
    const page = drafts.get(site().follow(home, link.get('href')).path);
    return page && !says(home, link.text) ? [`${home.path}: ${link.text}`] : [];
  }));
  none(silent, 'links to drafts do not say so');
});

test('the notice is seen without scrolling on a phone, and on paper', async () => {
  const browser = await launch();
  const server = await serve(site().folder, '/some/base/');
  const faults = [];
  try {
    const tab = await open(browser);
    const samples = site().samples().filter((page) => site().status(page) === 'draft');
    for (const page of samples) {
      await tab.emulateMedia({ media: null });
      await tab.goto(server.url + page.path);
      const seen = () => tab.evaluate(() => {
        const box = document.querySelector('.notice')?.getBoundingClientRect();
        return { bottom: box?.bottom ?? Infinity, height: box?.height ?? 0 };
      });
      const { bottom } = await seen();
      if (bottom > 844) faults.push(`${page.path}: the notice ends at ${Math.round(bottom)} px`);
      await tab.emulateMedia({ media: 'print' });
      if ((await seen()).height === 0) faults.push(`${page.path}: the notice is not printed`);
    }
  } finally {
    await server.close();
    await browser.close();
  }
  none(faults, 'notices are not seen');
});
