// What an official meets in an editor: words to choose from, what each field is for, what is wrong. The program at
// the other end is yaml-language-server itself, which editors run; `qingdan` makes the catalogue and its schemas.
//
//   QINGDAN=target/debug/qingdan node --test tests/editor      after `npm ci` here

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { editor } from './lib/server.mjs';

const qingdan = resolve(process.env.QINGDAN ?? join(import.meta.dirname, '../../target/debug/qingdan'));
const run = (...words) => execFileSync(qingdan, words, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
const labels = (items) => items.map((item) => item.label);
const item = (items, label) => items.find((each) => each.label.startsWith(label)) ?? assert.fail(`${label} is not offered: ${labels(items)}`);

const LIST = 'shifan/yishi/migrant-children/2029.yaml';
const LINE = '# yaml-language-server: $schema=../../../.qingdan/schema/edition.json\n';

/** Runs `tests` on the demonstration, with schemas that offer `keys`. */
const on = (keys, tests) => describe(`keys ${keys}`, () => {
  const context = {};
  before(async () => {
    context.folder = mkdtempSync(join(tmpdir(), 'qingdan-editor-'));
    run('init', '--demo', context.folder);
    run('schema', context.folder, '--keys', keys);
    context.editor = await editor(context.folder);
    context.complete = (text) => context.editor.complete(LIST, LINE + text);
    context.hover = (text) => context.editor.hover(LIST, LINE + text);
    context.validate = (text) => context.editor.validate(LIST, LINE + text);
  });
  after(async () => {
    await context.editor?.stop();
    rmSync(context.folder, { recursive: true, force: true });
  });
  tests(context);
});

/** Every file of a catalogue with the ending `.yaml`. */
const files = (folder) => readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.yaml') && !path.startsWith('.')).sort();

for (const keys of ['zh', 'en', 'both']) {
  on(keys, (context) => {
    test('nothing is said of files that are right', async () => {
      const paths = files(context.folder);
      assert.ok(paths.length > 20, 'the demonstration has its files');
      for (const path of paths) {
        const text = readFileSync(join(context.folder, path), 'utf8');
        assert.match(text, /^# yaml-language-server: \$schema=\.[./]*\/\.qingdan\/schema\/\w+\.json\n/, path);
        assert.deepEqual(await context.editor.validate(path, text), [], path);
      }
    });
  });
}

on('zh', (context) => {
  test('keys are offered in Chinese, and each says what it is for', async () => {
    const items = await context.complete('标题: 甲\n|');
    assert.ok(['状态', '版次', '日期', '服务项目'].every((key) => labels(items).includes(key)), labels(items).join());
    assert.ok(!labels(items).some((label) => label === '标题' || /^[a-z_]+$/.test(label)), labels(items).join());
    assert.match(item(items, '对照').documentation.value, /对照的上级清单[^]*the baseline/);
  });

  test('a new service is filled in at once, and what is there already is left', async () => {
    const whole = item(await context.complete('服务项目:\n  - |'), '服务项目（填空）').filled();
    assert.match(whole, /\n {2}- 编号: example-id\n {4}序号: 1\n {4}领域: 幼有所育\n {4}服务项目:\n {6}中文: \n/);
    assert.match(whole, /\n {4}条款:\n {6}- 编号: example-id\n {8}原文: \n/);
    const rest = item(await context.complete('服务项目:\n  - 编号: books\n    |'), '服务项目（填空）').filled();
    assert.match(rest, /- 编号: books\n {4}序号: 1\n {4}领域: /);
  });

  test('an adopted service is chosen by its name in the baseline', async () => {
    const items = await context.complete('服务项目:\n  - 照录: |');
    assert.match(item(items, '义务教育服务').documentation.value, /· compulsory-education · shifan\/migrant-children\/20/);
    const filled = item(await context.complete('服务项目:\n  - |'), '照录的服务项目').filled();
    assert.match(filled, /\n {2}- 照录: 学前教育服务\n {4}怎样办:\n {6}地点:\n {8}中文: /);
  });

  test('areas and departments are those of the catalogue, in Chinese, with their full names', async () => {
    const areas = await context.complete('服务项目:\n  - 领域: |');
    assert.deepEqual(labels(areas).slice(0, 3), ['幼有所育', '学有所教', '病有所医']);
    const departments = await context.complete('服务项目:\n  - 责任部门:\n      - |');
    assert.match(item(departments, '教育局').documentation.value, /教育 Education：.*教育局.* · education$/);
  });

  test('provisions of the baseline are offered with their words', async () => {
    const items = await context.complete('服务项目:\n  - 条款:\n      - 对应:\n          - |');
    assert.match(item(items, 'compulsory-education/').documentation.value, /^义务教育服务：/);
  });

  test('values are offered for keys in the other language too', async () => {
    assert.deepEqual(labels(await context.complete('status: |')), ['草稿', '征求意见', '已发布']);
  });

  test('a field explains itself in Chinese under the pointer', async () => {
    const text = await context.hover('服务项目:\n  - 编号: a\n    领|域: 学有所教\n');
    assert.match(text, /^#### 领域 · area\n[^]*必填[^]*`学有所教`: 学有所教 Education · education/);
    assert.match(await context.hover('sta|tus: draft\n'), /^#### 状态 · status\n/);
  });

  test('what is wrong is said in Chinese, at the word that is wrong', async () => {
    const said = await context.validate('标题: 甲\n状态: 草\n版次: 一\n名子: 1\n日期: {成文: 2025-13-01}\n服务项目:\n  - 编号: Ab\n    领域: 教育\n    责任部门: [教育局, 甲市教育局, 教育居]\n');
    const says = (place, words) => assert.ok(said.some((line) => line.startsWith(`${place} `) && line.includes(words)), `${place} ${words}\n${said.join('\n')}`);
    says('3:5', '只能写：草稿、征求意见、已发布');
    says('4:5', '这里只写阿拉伯数字');
    says('5:1', '清单只有这些字段：标题、人群、版次');
    says('6:10', '日期写成 年-月-日');
    says('8:9', '只用小写英文字母、数字和连字符');
    says('9:9', '只能写：幼有所育');
    says('10:24', '词表里没有这个词');
    says('8:5', '服务项目缺少“服务对象”（audience）');
    assert.equal(said.filter((line) => line.startsWith('10:')).length, 1, 'a department by its full name is right');
  });
});

on('en', (context) => {
  test('keys and ids are offered in English, and explained in Chinese', async () => {
    const keys = await context.complete('title: 甲\n|');
    assert.ok(['status', 'ordinal', 'services'].every((key) => labels(keys).includes(key)), labels(keys).join());
    assert.ok(!labels(keys).includes('状态'), labels(keys).join());
    const areas = await context.complete('services:\n  - area: |');
    assert.match(item(areas, 'education').documentation.value, /学有所教/);
    assert.match(item(await context.complete('services:\n  - departments:\n      - |'), 'education').documentation.value, /教育局/);
  });

  test('one key of a new item is inserted with what belongs to it', async () => {
    assert.match(item(await context.complete('services:\n  - id: a\n    |'), 'apply').filled(), /\n {4}apply:\n {6}where:\n {8}zh: \n/);
    assert.match(item(await context.complete('services:\n  - id: a\n    |'), 'title').filled(), /\n {4}title: \{zh: , en: \}/);
  });
});
