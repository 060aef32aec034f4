// The handbook for staff, as `qingdan handbook` writes it: it can be read by everybody, on every screen and on paper, and
// every link leads somewhere.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import { after, before, test } from 'node:test';
import { addAxe, violations, weakTexts } from './lib/axe.mjs';
import { launch, open, watch } from './lib/chromium.mjs';
import { Html } from './lib/html.mjs';
import { layoutFaults } from './lib/layout.mjs';
import { serve } from './lib/server.mjs';
import { QINGDAN, none, temporaryFolder } from './lib/site.mjs';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const KINDS = ['index', 'first-list', 'two-years', 'booklet', 'fields', 'list', 'findings', 'QD1010'];

const folder = join(temporaryFolder(), 'handbook');
let browser;
let server;
before(async () => {
  const run = spawnSync(QINGDAN, ['handbook', '--out', folder], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  [browser, server] = [await launch(), await serve(folder)];
});
after(() => Promise.all([browser.close(), server.close()]));

/** Returns the pages, by language and name. */
const pages = () => ['zh', 'en'].flatMap((lang) => readdirSync(join(folder, lang)).map((name) => `${lang}/${name}`));

test('every link, picture and style leads to a file and a place in it', () => {
  const files = new Map(pages().map((path) => [path, new Html(readFileSync(join(folder, path), 'utf8'))]));
  const known = new Set(readdirSync(folder, { recursive: true }).map((path) => path.replaceAll('\\', '/')));
  const faults = [];
  for (const [path, page] of files) {
    const hrefs = page.all('a').map((link) => link.get('href'));
    for (const address of [...hrefs, ...page.assets]) {
      if (/^(https:|mailto:|tel:|data:)/.test(address)) continue;
      const [file, place] = address.split('#');
      const target = file ? posix.join(posix.dirname(path), file) : path;
      if (!known.has(target)) faults.push(`${path}: ${address}`);
      else if (place && !files.get(target).ids.includes(place)) faults.push(`${path}: ${address} is no place`);
    }
  }
  assert.ok(files.size > 200);
  none(faults, 'broken links');
});

test('the Nu checker has nothing to say', () => {
  const paths = ['zh', 'en'].flatMap((lang) => KINDS.map((kind) => join(folder, lang, `${kind}.html`)));
  const run = spawnSync('java', ['-jar', JAR, '--format', 'json', ...paths], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.ok(!run.error, `java does not run: ${run.error?.message}`);
  none(JSON.parse(run.stderr).messages.map(({ url, lastLine, message, extract }) => `${url.slice(-30)}:${lastLine} ${message} ${extract}`), 'messages');
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing, colours are strong and nothing sticks out, ${colorScheme}`, async () => {
    const faults = [];
    for (const lang of ['zh', 'en']) {
      for (const kind of KINDS) {
        const tab = await open(browser, { colorScheme });
        const seen = watch(tab);
        await tab.goto(`${server.url}${lang}/${kind}.html`);
        await addAxe(tab);
        for (const width of colorScheme === 'light' ? [320, 1280] : [320]) {
          await tab.setViewportSize({ width, height: 844 });
          const found = [...await violations(tab, colorScheme === 'dark'), ...await tab.evaluate(weakTexts), ...Object.values(await tab.evaluate(layoutFaults)).flat()];
          faults.push(...found.map((fault) => `${lang}/${kind} ${width} px: ${fault}`));
        }
        faults.push(...seen);
        await tab.context().close();
      }
    }
    none(faults, 'faults');
  });
}

test('every picture is shown, and the booklet prints all chapters', async () => {
  for (const lang of ['zh', 'en']) {
    const tab = await open(browser);
    await tab.goto(`${server.url}${lang}/booklet.html`);
    const pictures = await tab.evaluate(() => [...document.images].map((image) => [image.complete && image.naturalWidth > 0, image.alt]));
    assert.ok(pictures.length >= 3 && pictures.every(([shown, alt]) => shown && alt), JSON.stringify(pictures));
    const titles = await tab.locator('h2.h1').allInnerTexts();
    const index = await open(browser);
    await index.goto(`${server.url}${lang}/index.html`);
    assert.equal(titles.length + 2, await index.locator('.chapters li').count());
    await index.context().close();
    await tab.context().close();
  }
});
