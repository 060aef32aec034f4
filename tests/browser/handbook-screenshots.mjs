// Writes the pictures of the handbook: node handbook-screenshots.mjs
//
// Does what the first chapter says, in each language, and looks at it in the preview; and at the coverage matrix of the
// demonstration. The pictures go to src/site/handbook/pictures.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { launch, open } from './lib/chromium.mjs';
import { preview } from './lib/preview.mjs';
import { QINGDAN, ROOT, temporaryFolder } from './lib/site.mjs';

const HANDBOOK = join(ROOT, 'src', 'site', 'handbook');
const PICTURES = join(HANDBOOK, 'pictures');

/** Returns the blocks of the first chapter: kind, argument, text. */
function blocks(lang) {
  const text = readFileSync(join(HANDBOOK, `01-first-list.${lang}.md`), 'utf8');
  return [...text.matchAll(/^```(\w+) ?(.*)\n([^]*?)^```$/gm)].map(([, kind, path, text]) => ({ kind, path, text }));
}

function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Writes what the browser shows as a small WebP picture. */
async function shoot(tab, name, clip) {
  const session = await tab.context().newCDPSession(tab);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 72, ...(clip && { clip: { ...clip, scale: 1 } }) });
  writeFileSync(join(PICTURES, name), Buffer.from(data, 'base64'));
  console.log(name, Buffer.from(data, 'base64').length);
}

async function look(browser, url, name, viewport) {
  const tab = await open(browser, { viewport, deviceScaleFactor: 1.5 });
  await tab.goto(url);
  await shoot(tab, name);
  await tab.context().close();
}

mkdirSync(PICTURES, { recursive: true });
const browser = await launch();
for (const lang of ['zh', 'en']) {
  const folder = temporaryFolder();
  const all = blocks(lang);
  const name = all.find(({ kind }) => kind === 'file').path.split('/')[0];
  spawnSync(QINGDAN, ['init', name], { cwd: folder });
  all.filter(({ kind }) => kind === 'file').forEach(({ path, text }) => write(folder, path, text));
  const { root: url, stop } = await preview(join(folder, name), ['--lang', lang]);
  await look(browser, `${url}${lang}/province/dingshi/index.html`, `place-${lang}.webp`, { width: 420, height: 700 });
  const [right, wrong] = ['before', 'after'].map((wanted) => all.find(({ kind, path }) => kind === wanted && path));
  const path = join(folder, wrong.path);
  writeFileSync(path, readFileSync(path, 'utf8').replace(right.text, wrong.text));
  await new Promise((done) => setTimeout(done, 3000));
  await look(browser, `${url}_qingdan/findings.html?lang=${lang}`, `findings-${lang}.webp`, { width: 800, height: 760 });
  stop();
}
const demo = temporaryFolder();
spawnSync(QINGDAN, ['init', '--demo', 'demo'], { cwd: demo });
const { root: url, stop } = await preview(join(demo, 'demo'));
for (const lang of ['zh', 'en']) {
  await look(browser, `${url}${lang}/staff/coverage/shifan/migrant-children.html`, `matrix-${lang}.webp`, { width: 900, height: 620 });
}
stop();
await browser.close();
