// Writes the phone screenshots of the README: node screenshots.mjs OUT
//
// 390 × 844, light and dark, Chinese and English, of a place, a service, the choice of places and the list for print;
// and the coverage matrix of the demonstration on a desk, 1280 px wide.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open } from './lib/chromium.mjs';
import { serve } from './lib/server.mjs';
import { ROOT, build, site } from './lib/site.mjs';

const out = process.argv[2];
if (!out) {
  console.error('usage: node screenshots.mjs OUT');
  process.exit(2);
}
mkdirSync(out, { recursive: true });

/** Prefers the issued list of a province, which carries no draft notice. */
const pick = (kind, lang) => site().pages.find((page) => page.kind === kind && page.lang === lang && !page.place?.includes('/'));

const browser = await launch();
const server = await serve(site().folder);
for (const colorScheme of ['light', 'dark']) {
  for (const { code } of site().languages) {
    for (const kind of ['place', 'service', 'places', 'print']) {
      const tab = await open(browser, { colorScheme, deviceScaleFactor: 2 });
      await tab.goto(server.url + pick(kind, code).path);
      const path = join(out, `${kind}-${code}-${colorScheme}.png`);
      await tab.screenshot({ path });
      console.log(path);
      await tab.context().close();
    }
  }
}
await server.close();

const demo = build(join(ROOT, 'src', 'site', 'demo'), ['--staff', '--today', '2027-06-10']);
const desk = await serve(demo.folder);
for (const { code } of demo.languages) {
  const tab = await open(browser, { viewport: { width: 1280, height: 760 }, deviceScaleFactor: 1.5 });
  await tab.goto(desk.url + demo.pages.find((page) => page.kind === 'staff-matrix' && page.lang === code && !page.place.includes('/')).path);
  const path = join(out, `matrix-${code}.png`);
  await tab.screenshot({ path });
  console.log(path);
  await tab.context().close();
}
await desk.close();
await browser.close();
