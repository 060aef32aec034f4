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
async function unseen(size, wanted) {
  const tab = await open(browser, { viewport: { width: 360, height: 640 } });
  await tab.addInitScript((chosen) => localStorage.setItem('size', chosen), size);
  const faults = [];
  for (const page of site().pages.filter((one) => ['home', 'places', 'place'].includes(one.kind))) {
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

test('in large text the title and the first choice are in sight', async () => {
  const wanted = [['the title', 'main h1'], ['the first choice', 'main .acts .btn, main .find input, main .places a']];
  none([...await unseen('1', wanted), ...await unseen('2', wanted)], 'not seen in large text');
});
