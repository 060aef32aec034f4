// The first screen answers: on a small phone the first service is in sight, in large text the title and what to choose first.

import { after, before, test } from 'node:test';
import { launch, open } from './lib/chromium.mjs';
import { none, site } from './lib/site.mjs';
import { serve } from './lib/server.mjs';

/** So much of a thing has to be seen, in px. */
const ENOUGH = 24;

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(site().folder);
});
after(async () => {
  await server.close();
  await browser.close();
});

/** Returns what of each page a small phone does not show without scrolling. */
async function unseen(size, wanted, kinds = ['home', 'places', 'place']) {
  const tab = await open(browser, { viewport: { width: 360, height: 640 } });
  await tab.addInitScript((chosen) => localStorage.setItem('size', chosen), size);
  const faults = [];
  // Every page of most kinds; of services and guides, which are alike from place to place, those of one place.
  const few = (one) => !['service', 'guide'].includes(one.kind) || one.place === 'fujian/xiamen';
  for (const page of site().pages.filter((one) => kinds.includes(one.kind) && few(one))) {
    await tab.goto(server.url + page.path);
    for (const [name, selector] of wanted) {
      const top = await tab.evaluate((one) => document.querySelector(one)?.getBoundingClientRect().top, selector);
      if (top !== undefined && top + ENOUGH > 640) faults.push(`${page.path}: ${name} begins at ${Math.round(top)} px`);
    }
  }
  await tab.context().close();
  return faults;
}

test('the first service or place is in sight on a phone of 360 × 640', async () => {
  none(await unseen('0', [['the first service', 'main .sec h3'], ['the first place', '.places a']]), 'not seen');
});

test('in the largest text the title and the first choice are in sight', async () => {
  const wanted = [['the title', 'main h1'], ['the first choice', 'main .acts .btn, main .find input, main .places a']];
  none(await unseen('2', wanted), 'not seen in large text');
});

test('in the largest text the title of a service and what it gives, and the first answer of the check, are in sight', async () => {
  none([
    ...await unseen('2', [['the title', 'main h1']], ['service', 'guide', 'danger', 'search', 'about']),
    ...await unseen('2', [['the title', 'main h1'], ['the first answer', '.here .btn']], ['check']),
  ], 'not seen in large text');
});

test('the first page says what the site is, for whom, and by whom', () => {
  const faults = [];
  for (const page of site().pages.filter((one) => one.kind === 'places')) {
    const about = site().html(page.path).elements.find((element) => element.get('class') === 'from m')?.text ?? '';
    const { description, publisher } = site().settings;
    if (!about.includes(description[page.lang])) faults.push(`${page.path}: “${about}”`);
    const by = publisher ? publisher.name[page.lang] : { zh: '没有写明由谁主办', en: 'No publisher is named' }[page.lang];
    if (!about.includes(by)) faults.push(`${page.path}: by whom, in “${about}”`);
  }
  none(faults, 'first pages do not say what they are');
});
