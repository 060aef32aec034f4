// Lighthouse on every kind of page, in each language, as a phone opens it: npm run lighthouse [-- KIND…]
//
// Prints performance, accessibility, best practices and SEO of each page, the best of up to three runs, with the
// times of the best one; ends with exit code 1 if any is under 100. Times on a busy machine are upper bounds.
//
// Pages for staff are those of the demonstration. Sites are built with a base URL, so that canonical
// addresses and hreflang are judged too, and served by lib/server.mjs: brotli, strict policy, cached assets.
// Lighthouse lies in its own folder, because it is large; it is installed when this script first runs, in the newest
// version that runs in Node 20.
//
// Pages that search engines are told to leave alone (pages for staff, those with noindex) are not judged by whether
// they can be indexed, which is meant, nor by a description, which nobody would be shown. Redirects, which nobody
// sees, are left out.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from './lib/chromium.mjs';
import { DEMO, demonstration } from './lib/gallery.mjs';
import { serve } from './lib/server.mjs';
import { CONTENT, build, changeYaml, copyOfContent } from './lib/site.mjs';

const RUNS = 3;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const TIMES = { FCP: 'first-contentful-paint', LCP: 'largest-contentful-paint', TBT: 'total-blocking-time', CLS: 'cumulative-layout-shift' };

const folder = join(dirname(fileURLToPath(import.meta.url)), 'lighthouse');
if (!existsSync(join(folder, 'node_modules'))) {
  const run = spawnSync('npm', ['ci'], { cwd: folder, stdio: 'inherit' });
  if (run.status !== 0) process.exit(2);
}
const resolve = createRequire(join(folder, 'package.json')).resolve;
const { default: lighthouse } = await import(pathToFileURL(resolve('lighthouse')));

/** Returns a port that is free now. */
async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Builds a catalogue for the address it is then served at. */
async function published(catalogue, make) {
  const port = await freePort();
  const content = copyOfContent(catalogue);
  changeYaml(join(content, 'site.yaml'), (settings) => (settings.base_url = `http://127.0.0.1:${port}`));
  const built = make(content);
  return { built, server: await serve(built.folder, '/', { port, packed: true }) };
}

const sites = [await published(CONTENT, build), await published(DEMO, demonstration)];
const debugging = await freePort();
const browser = await launch([`--remote-debugging-port=${debugging}`]);

const wanted = process.argv.slice(2);
const known = new Set();
const pages = sites.flatMap(({ built, server }) => {
  const fresh = built.samples({ perKind: 1 }).filter(({ kind, lang }) => !known.has(`${kind} ${lang}`) && (wanted.length === 0 || wanted.includes(kind)));
  built.documents.forEach(({ kind, lang }) => known.add(`${kind} ${lang}`));
  return fresh.map((page) => ({ ...page, url: server.url + page.path, hidden: /noindex/.test(built.html(page.path).meta('robots') ?? '') }));
});

/** Runs Lighthouse once; returns scores of 0 to 100, times, and what costs points. */
async function judged(page) {
  const flags = { port: debugging, logLevel: 'error', onlyCategories: CATEGORIES, skipAudits: page.hidden ? ['is-crawlable', 'meta-description'] : [] };
  const { lhr } = await lighthouse(page.url, flags);
  if (lhr.runtimeError) throw new Error(`${page.path}: ${lhr.runtimeError.message}`);
  const lost = CATEGORIES.flatMap((category) => lhr.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < (category === 'performance' ? 0.9 : 1))
    .map(({ id }) => `${category}: ${id}, ${lhr.audits[id].title} ${lhr.audits[id].displayValue ?? ''}`));
  return {
    scores: CATEGORIES.map((category) => Math.round(lhr.categories[category].score * 100)),
    times: Object.values(TIMES).map((id) => lhr.audits[id].numericValue),
    lost,
  };
}

console.log(['kind', 'lang', ...CATEGORIES, ...Object.keys(TIMES), 'runs', 'page'].join('\t'));
let failed = 0;
for (const page of pages) {
  const runs = [];
  while (runs.length < RUNS && !(runs.at(-1)?.scores.every((score) => score === 100))) runs.push(await judged(page));
  const scores = CATEGORIES.map((_, at) => Math.max(...runs.map((run) => run.scores[at])));
  const best = runs.toSorted((a, b) => b.scores[0] - a.scores[0] || a.times[1] - b.times[1])[0];
  const [fcp, lcp, tbt, cls] = best.times;
  console.log([page.kind, page.lang, ...scores, ...[fcp, lcp, tbt].map(Math.round), cls.toFixed(3), runs.length, page.path + (page.hidden ? ' (noindex)' : '')].join('\t'));
  if (scores.some((score) => score < 100)) {
    failed += 1;
    [...new Set(runs.flatMap((run) => run.lost))].forEach((what) => console.log(`  ${what}`));
  }
}
await browser.close();
for (const { server } of sites) await server.close();
console.log(failed ? `${failed} of ${pages.length} pages are under 100` : `all ${pages.length} pages have 100 four times`);
process.exit(failed ? 1 : 0);
