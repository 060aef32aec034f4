// The import screen, as a clerk uses it: a document and a workbook of an office become lists, a column is told what it is, a
// row stays out, and the next table remembers. By keyboard, without script, on a narrow screen, for axe.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { addAxe, violations } from './lib/axe.mjs';
import { launch, open, watch, withShot } from './lib/chromium.mjs';
import { DEMO } from './lib/gallery.mjs';
import { launchOld } from './lib/legacy.mjs';
import { preview } from './lib/preview.mjs';
import { QINGDAN, copyOfContent, none } from './lib/site.mjs';

const LIST = 'shifan/jiashi/migrant-children';
const FILES = join(dirname(fileURLToPath(import.meta.url)), 'files');
const PATIENCE = 60_000;

describe('import', () => {
  let browser;
  let tab;
  let content;
  let served;

  before(async () => {
    content = copyOfContent(DEMO);
    served = await preview(content, ['--lang', 'zh', '--today', '2029-06-01']);
    browser = await launch();
    tab = await open(browser, { viewport: { width: 1280, height: 900 } });
  });
  after(async () => {
    served?.stop();
    await browser?.close();
  });

  const page = (path, lang = 'zh') => `${served.root}_qingdan/edit/${path}?lang=${lang}`;
  const file = (edition) => readFileSync(join(content, LIST, `${edition}.yaml`), 'utf8');
  const go = (control) => Promise.all([tab.waitForEvent('load', { timeout: PATIENCE }), control.click({ timeout: PATIENCE })]);
  const press = (name, on = tab) => go(on.getByRole('button', { name, exact: true }).last());
  const choose = (label, value) => tab.getByLabel(label, { exact: true }).first().selectOption(value);
  const send = async (name, edition) => {
    await tab.getByLabel('表格文件').setInputFiles(join(FILES, name));
    await tab.getByLabel('是哪个地区的').selectOption('shifan/jiashi');
    await tab.getByLabel('一份清单：给哪个人群').selectOption('migrant-children');
    await tab.getByLabel('年份，例如 2027').fill(edition);
    await press('读进来');
  };
  const check = () => {
    try {
      return execFileSync(QINGDAN, ['check', content, '--format', 'json', '--today', '2029-06-01'], { encoding: 'utf8' });
    } catch (error) {
      return error.stdout;
    }
  };
  const errorsIn = (path) => JSON.parse(check()).findings.filter((found) => found.level === 'error' && found.path === path);

  test('a document becomes a list: a column is told, a row stays out, what is written has no mistakes', async () => {
    const faults = watch(tab);
    await tab.goto(page('start.html'), { waitUntil: 'load' });
    await go(tab.getByRole('link', { name: /^导入表格/ }));
    await send('table.docx', '2031');
    await withShot(tab, 'import-screen', async () => {
      // The table as it looks, its merged cell over two rows, and what was understood on the right.
      assert.equal(await tab.locator('.sheet td[rowspan="2"]').first().textContent(), '幼有所育');
      assert.equal(await tab.locator('.sheet td.right h3').count(), 3);
      const left = await tab.locator('.sheet td', { hasText: '开放学校食堂' }).first().boundingBox();
      const right = await tab.locator('.sheet td.right', { hasText: '学校食堂' }).first().boundingBox();
      assert.ok(left.x < right.x && Math.abs(left.y - right.y) < 4, 'each service stands beside its row');
      assert.deepEqual(await tab.locator('.columns .unknown label').allTextContents(), ['联系方式']);
      await choose('联系方式', 'phone');
      await tab.locator('.sheet td.right', { hasText: '学校食堂' }).first().locator('select').first().selectOption('out');
      await press('用这些选择');
      assert.equal(await tab.locator('.columns .unknown').count(), 0);
      assert.match(await tab.locator('.importing .head').textContent(), /要写 2 项。.*不要 1 项。/s);
      // Five provisions of the baseline to choose from, the most like first.
      const answers = tab.locator('.answer select').first();
      const offered = await answers.locator('option').allTextContents();
      assert.ok(offered.length >= 6 && offered.some((text) => text.includes('幼儿园')), offered.join('\n'));
      await press('写进清单');
      return [];
    });
    const yaml = file('2031');
    assert.match(yaml, /phone: ['"]?0000-1234567/);
    assert.doesNotMatch(yaml, /食堂/);
    assert.match(yaml, /covers:/);
    none(errorsIn(`${LIST}/2031.yaml`).map((found) => found.message.zh));
    none(faults);
  });

  test('the next table remembers, and a list that is written can be taken back', async () => {
    await tab.goto(page('import.html'), { waitUntil: 'load' });
    await send('table.xlsx', '2033');
    assert.equal(await tab.locator('.columns .unknown').count(), 0, '联系方式 is known by now');
    await press('全部核对过了');
    await press('写进清单');
    const yaml = file('2033');
    assert.match(yaml, /phone: ['"]?0000-7654321/);
    assert.doesNotMatch(yaml, /^\s*#/m, 'nothing is left to delete');
    await tab.goto(page('start.html'), { waitUntil: 'load' });
    await go(tab.getByRole('button', { name: /^撤销“导入/ }));
    assert.equal(existsSync(join(content, LIST, '2033.yaml')), false, 'what was written is gone');
  });

  test('a file that cannot be read is refused on the same page, and what was chosen stays', async () => {
    await tab.goto(page('import.html'), { waitUntil: 'load' });
    await tab.getByLabel('表格文件').setInputFiles({ name: '扫描.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
    await tab.getByLabel('是哪个地区的').selectOption('shifan/yishi');
    await tab.getByLabel('年份，例如 2027').fill('2031');
    await press('读进来');
    assert.match(await tab.locator('[role="alert"]').textContent(), /PDF 或图片/);
    assert.equal(await tab.getByLabel('是哪个地区的').inputValue(), 'shifan/yishi');
    assert.equal(await tab.getByLabel('年份，例如 2027').inputValue(), '2031');
    const large = Buffer.alloc(9 << 20, 'a');
    const answer = await fetch(page('import.html'), {
      method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: large,
    }).catch((error) => ({ status: 413, error }));
    assert.equal(answer.status, 413, 'a file of 9 MB is not taken');
  });

  test('both pages hold without script, by keyboard, at 320 px and for axe, in both languages', async () => {
    for (const [lang, read] of [['zh', '读进来'], ['en', 'Read it']]) {
      for (const [width, script] of [[1280, true], [320, true], [320, false]]) {
        const narrow = await open(browser, { viewport: { width, height: 800 }, javaScriptEnabled: script });
        await narrow.goto(page('import.html', lang), { waitUntil: 'load' });
        const fits = async (what) => {
          if (!script) return;
          const over = await narrow.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(over, 0, `${what} at ${width} px is ${over} px too wide`);
          await addAxe(narrow);
          none(await violations(narrow));
        };
        await fits('the page of the file');
        await narrow.locator('#file').setInputFiles(join(FILES, 'table.xlsx'));
        await narrow.locator('#place').selectOption('shifan/jiashi');
        await narrow.locator('#edition').fill('2035');
        // The button is reached and pressed without a mouse.
        await narrow.getByRole('button', { name: read }).focus();
        await Promise.all([narrow.waitForEvent('load', { timeout: PATIENCE }), narrow.keyboard.press('Enter')]);
        assert.equal(await narrow.locator('.sheet td.right h3').count(), 3);
        await fits('the screen of the table');
        await narrow.close();
      }
    }
  });

  test('in Chromium 66 the table stands left and what was understood right, and nothing is too wide', async () => {
    await tab.goto(page('import.html'), { waitUntil: 'load' });
    await send('table.docx', '2037');
    const address = tab.url();
    const old = await launchOld();
    try {
      const first = await old.open(1280);
      for (const width of [1280, 320]) {
        await first.resize(width);
        await first.goto(address);
        const found = await first.evaluate(() => {
          const box = (element) => element.getBoundingClientRect();
          const right = document.querySelector('.sheet td.right h3').parentElement;
          const left = right.parentElement.querySelector('td');
          const root = document.documentElement;
          return { over: root.scrollWidth - root.clientWidth, left: box(left).left, right: box(right).left, edge: box(right).right, width: root.clientWidth };
        });
        assert.equal(found.over, 0, `${width} px`);
        assert.ok(width < 720 ? found.left === found.right : found.left < found.right, JSON.stringify(found));
        assert.ok(found.edge <= found.width, 'what was understood is in sight');
      }
    } finally {
      await old.close();
    }
  });
});
