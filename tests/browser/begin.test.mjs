// Where there is no catalogue yet: `qingdan` opens a page on which one begins, in both languages, on a phone, without script.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addAxe, violations } from './lib/axe.mjs';
import { launch, open, watch } from './lib/chromium.mjs';
import { preview } from './lib/preview.mjs';
import { none } from './lib/site.mjs';

const PATIENCE = 60_000;

describe('a catalogue begins', () => {
  let browser;
  let desk;
  const running = [];

  before(async () => {
    browser = await launch();
    desk = mkdtempSync(join(tmpdir(), 'qingdan-begin-'));
  });
  after(async () => {
    running.forEach((served) => served.stop());
    await browser?.close();
    rmSync(desk, { recursive: true, force: true });
  });

  /** Starts where there is no catalogue. */
  const start = async (folder) => {
    const served = await preview(join(desk, folder), ['--start', '--lang', 'zh']);
    running.push(served);
    return served.root;
  };
  const press = (tab, name) => Promise.all([
    tab.waitForURL(/start\.html/, { timeout: PATIENCE }), tab.getByRole('button', { name, exact: true }).click({ timeout: PATIENCE }),
  ]);

  test('a province is chosen, and its forms are there', async () => {
    const root = await start('吉林');
    const tab = await open(browser, { viewport: { width: 320, height: 640 } });
    const faults = watch(tab);
    await tab.goto(root, { waitUntil: 'load' });
    assert.equal(await tab.locator('h1').textContent(), '新建清单');
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth) <= 320, 'it fits a narrow phone');
    await addAxe(tab);
    none(await violations(tab), 'axe');
    assert.ok(!existsSync(join(desk, '吉林')), 'nothing is written before it is asked for');
    await tab.selectOption('#province', { label: '吉林省' });
    await press(tab, '新建');
    await tab.getByRole('link', { name: /吉林省流动儿童关爱服务清单/ }).waitFor({ timeout: PATIENCE });
    const written = (path) => readFileSync(join(desk, '吉林', path), 'utf8');
    assert.match(written('jilin/place.yaml'), /名称: \{中文: 吉林省, 英文: Jilin Province\}\n[^]*代码: '220000'/);
    assert.match(written('site.yaml'), /^名称:/m);
    none(faults, 'faults');
    // The site itself follows, and an edition is one tap away.
    await tab.getByRole('link', { name: /吉林省流动儿童关爱服务清单/ }).click();
    await tab.locator('[name="token"]').first().waitFor({ state: 'attached', timeout: PATIENCE });
    await tab.context().close();
  });

  test('in English and without script, with the demonstration', async () => {
    const root = await start('demo');
    const tab = await open(browser, { javaScriptEnabled: false });
    await tab.goto(`${root}_qingdan/edit/start.html?lang=en`);
    assert.equal(await tab.locator('h1').textContent(), 'Begin a catalogue');
    await press(tab, 'Write the demonstration');
    await tab.getByText('Shifan').first().waitFor({ timeout: PATIENCE });
    assert.match(readFileSync(join(desk, 'demo/shifan/place.yaml'), 'utf8'), /^name:/m);
    await tab.context().close();
  });

  test('a folder that holds something else is left alone, and the page says so', async () => {
    mkdirSync(join(desk, 'full'));
    writeFileSync(join(desk, 'full/letter.docx'), 'mine');
    const root = await start('full');
    const tab = await open(browser);
    await tab.goto(root);
    await press(tab, '新建');
    assert.match(await tab.locator('[role="alert"]').textContent(), /不是空的/);
    assert.equal(readFileSync(join(desk, 'full/letter.docx'), 'utf8'), 'mine');
    assert.ok(!existsSync(join(desk, 'full/site.yaml')));
    await tab.context().close();
  });
});
