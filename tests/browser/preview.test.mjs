// `qingdan serve`: what a person sees in the browser while writing.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { launch, open, withShot } from './lib/chromium.mjs';
import { address } from './lib/preview.mjs';
import { QINGDAN, ROOT, copyOfContent, none, site } from './lib/site.mjs';

const PATIENCE = 60_000;

const help = spawnSync(QINGDAN, ['--help'], { encoding: 'utf8' });
const missing = /^\s+serve\b/m.test(help.stdout ?? '') ? false : 'this qingdan has no command `serve`';

describe('preview', { skip: missing }, () => {
  // A draft, because an issued edition must not change; the first one of the site.
  const page = missing || site().pages.find(({ kind, lang, place, list, edition }) =>
    kind === 'about' && lang === 'zh' && /^status: draft$/m.test(readFileSync(join(site().catalogue, place, list, `${edition}.yaml`), 'utf8')));
  const source = `${page.place}/${page.list}/${page.edition}.yaml`;
  let browser;
  let tab;
  let file;
  let good;
  let preview;
  let root;

  before(async () => {
    const content = copyOfContent();
    file = join(content, source);
    good = readFileSync(file, 'utf8');
    preview = spawn(QINGDAN, ['serve', content, '--port', '0', '--lang', 'zh'], { cwd: ROOT });
    root = await address(preview);
    browser = await launch();
    tab = await open(browser);
  });
  after(async () => {
    preview?.kill('SIGKILL');
    await browser?.close();
  });

  const write = (text) => {
    writeFileSync(file, text);
    return performance.now();
  };
  const visible = (text) => tab.getByText(text).first().waitFor({ timeout: PATIENCE });
  const retitled = (title) => good.replace(/^( +zh: ).*$/m, `$1${title}`);

  test('it shows drafts', async () => {
    const response = await tab.goto(root + page.path, { waitUntil: 'commit' });
    assert.equal(response.status(), 200);
    await withShot(tab, 'preview', () => tab.locator('.notice').waitFor({ timeout: PATIENCE }));
  });

  test('the first visits after a start load in full', async () => {
    const faults = [];
    for (let start = 1; start <= 5; start += 1) {
      const other = spawn(QINGDAN, ['serve', site().catalogue, '--port', '0'], { cwd: ROOT });
      const at = await address(other);
      for (let visit = 1; visit <= 3; visit += 1) {
        const fresh = await open(browser);
        const waiting = new Set();
        fresh.on('request', (request) => request.url().endsWith('/events') || waiting.add(request.url()));
        fresh.on('requestfinished', (request) => waiting.delete(request.url()));
        await fresh.goto(at + page.path, { timeout: 5000 }).catch(() => faults.push(`start ${start}, visit ${visit} waits for ${[...waiting]}`));
        await fresh.context().close();
      }
      other.kill('SIGKILL');
    }
    none(faults, 'visits hang');
  });

  test('a saved change is on the open page, and how soon is printed', async (context) => {
    await tab.goto(root + page.path, { waitUntil: 'commit' });
    await visible('清单');
    await tab.waitForTimeout(500);
    const times = [];
    for (const title of ['改过一次的清单', '改过两次的清单', '改过三次的清单', '改过四次的清单', '改过五次的清单']) {
      const written = Date.now();
      write(retitled(title));
      await withShot(tab, 'preview change', () => visible(title));
      // When the browser had painted the new page, by its own clock: how soon we look adds nothing.
      const painted = await tab.evaluate(() => new Promise((found) => {
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (paint) found(performance.timeOrigin + paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }));
      times.push(Math.round(painted - written));
      await tab.waitForTimeout(300);
    }
    context.diagnostic(`from write to painted: ${times.join(', ')} ms`);
  });

  test('a mistake turns the page into findings with file and line in Chinese; mended, the page is back', async () => {
    write(good);
    await tab.goto(root + page.path, { waitUntil: 'commit' });
    await visible('清单');
    await tab.waitForTimeout(500);
    const line = good.split('\n').findIndex((text) => text.startsWith('status:')) + 1;
    write(good.replace(/^status: draft$/m, 'status: drafft'));
    await withShot(tab, 'preview mistake', async () => {
      await visible(source);
      const text = await tab.locator('main').innerText();
      assert.match(text, new RegExp(`第 ${line} 行`));
      assert.match(text, /drafft/);
      assert.match(text, /错误/);
      assert.equal(await tab.evaluate(() => document.documentElement.lang), 'zh-CN');
    });
    write(good);
    await withShot(tab, 'preview mended', () => tab.waitForURL(root + page.path, { timeout: PATIENCE }));
    assert.equal(await tab.locator('main .notice').count(), 1);
  });

  test('no page of the preview breaks its own policy or fails to load', async () => {
    const faults = [];
    const fresh = await open(browser);
    fresh.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    fresh.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`));
    for (const sample of site().samples({ perKind: 1 })) await fresh.goto(root + sample.path);
    await fresh.context().close();
    none(faults, 'faults');
  });

  test('Ctrl-C ends it with exit code 0', { skip: process.platform === 'win32' && 'there is no SIGINT' }, async () => {
    const ended = once(preview, 'exit');
    preview.kill('SIGINT');
    const timer = setTimeout(() => preview.kill('SIGKILL'), 5000);
    const [code, signal] = await ended;
    clearTimeout(timer);
    assert.deepEqual({ code, signal }, { code: 0, signal: null });
  });
});
