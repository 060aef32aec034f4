// The extension for Visual Studio Code, out of the file that `qingdan lsp --vsix` writes, with the real `qingdan lsp` at the other end and
// a stand-in for the editor: findings, quick fixes, words to choose from, what fields are for.
//
//   QINGDAN=target/debug/qingdan node --test tests/editor/extension.test.mjs

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { unpacked } from './lib/archive.mjs';
import { load } from './lib/vscode.mjs';

const qingdan = resolve(process.env.QINGDAN ?? join(import.meta.dirname, '../../target/debug/qingdan'));
const run = (...words) => execFileSync(qingdan, words, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
const LIST = 'shifan/yishi/migrant-children/2027.yaml';
const folder = mkdtempSync(join(tmpdir(), 'qingdan-extension-'));
const demo = join(folder, 'demo');
let files;
let editor;

before(async () => {
  run('init', '--demo', demo);
  run('schema', demo, '--keys', 'zh');
  run('lsp', '--vsix', join(folder, 'qingdan.vsix'));
  files = unpacked(readFileSync(join(folder, 'qingdan.vsix')));
  for (const [name, bytes] of files) if (name.startsWith('extension/')) writeFileSync(join(folder, name.slice(10)), bytes);
  editor = load(join(folder, 'extension.js'), { folder: demo, settings: { path: qingdan } });
  await editor.activate();
});
after(async () => {
  await editor?.deactivate();
  rmSync(folder, { recursive: true, force: true });
});

test('the archive has what editors look for, and the same bytes each time', () => {
  run('lsp', '--vsix', join(folder, 'again.vsix'));
  assert.deepEqual(readFileSync(join(folder, 'again.vsix')), readFileSync(join(folder, 'qingdan.vsix')));
  assert.deepEqual([...files.keys()].sort(), ['[Content_Types].xml', 'extension.vsixmanifest', 'extension/extension.js', 'extension/package.json', 'extension/suggest.js']);
  const manifest = files.get('extension.vsixmanifest').toString();
  const about = JSON.parse(files.get('extension/package.json'));
  assert.match(manifest, new RegExp(`Id="${about.name}" Version="${about.version}" Publisher="${about.publisher}"`));
  assert.match(manifest, new RegExp(`Engine" Value="${about.engines.vscode.replace('^', '\\^')}"`));
  for (const asset of manifest.matchAll(/Asset Type="[^"]+" Path="([^"]+)"/g)) assert.ok(files.has(asset[1]), asset[1]);
  // Every end of a name has a type.
  const types = files.get('[Content_Types].xml').toString();
  for (const name of files.keys()) if (!name.startsWith('[')) assert.ok(types.includes(`Extension=".${name.split('.').pop()}"`), name);
  assert.ok(files.has(`extension/${about.main.replace('./', '')}`));
  assert.match(about.version, /^\d+\.\d+\.\d+$/);
  // A folder may not say which program is started.
  assert.equal(about.contributes.configuration.properties['qingdan.path'].scope, 'machine');
  assert.equal(about.capabilities.untrustedWorkspaces.supported, false);
  // Nothing but what editors bring along is asked for.
  const asked = [...files].filter(([name]) => name.endsWith('.js')).flatMap(([, bytes]) => [...bytes.toString().matchAll(/require\('([^']+)'\)/g)].map((hit) => hit[1]));
  assert.deepEqual([...new Set(asked)].sort(), ['./suggest.js', 'child_process', 'fs', 'path', 'vscode']);
});

test('what is typed is looked at, and a certain repair is offered', async () => {
  const document = await editor.open(LIST);
  await editor.findings(document, (found) => found.every((one) => one.severity > 0));
  const line = document.lines().findIndex((text) => /^ {4}number: /.test(text) || /^ {4}序号: /.test(text));
  assert.ok(line > 0, 'a service has a number');
  const colon = document.lines()[line].indexOf(':');
  editor.type(document, [line, colon], [line, colon + 1], '：');
  const found = await editor.findings(document, (all) => all.some((one) => one.severity === 0));
  const wrong = found.find((one) => one.severity === 0);
  assert.equal(wrong.range.start.line, line);
  assert.ok(String(wrong.code?.value ?? wrong.code).startsWith('QD'), JSON.stringify(wrong.code));
  assert.ok(wrong.message.length > 5 && wrong.source === 'qingdan');
  const [action] = await editor.repairs(document, wrong);
  assert.ok(action, 'a repair is offered');
  assert.deepEqual(action.diagnostics, [wrong]);
  editor.apply(action.edit);
  assert.match(document.lines()[line], /: /);
  await editor.findings(document, (all) => all.every((one) => one.severity > 0));
});

test('what changes on the disk is looked at, too', async () => {
  const document = await editor.open(LIST);
  const place = join(demo, 'shifan/yishi/place.yaml');
  const written = readFileSync(place, 'utf8');
  appendFileSync(place, 'nonsense: 1\n');
  editor.changedOnDisk('shifan/yishi/place.yaml');
  await editor.findingsOf('shifan/yishi/place.yaml', (all) => all.some((one) => one.severity === 0));
  writeFileSync(place, written);
  editor.changedOnDisk('shifan/yishi/place.yaml');
  await editor.findingsOf('shifan/yishi/place.yaml', (all) => all.every((one) => one.severity > 0));
  assert.ok(document);
});

const LINE = '# yaml-language-server: $schema=../../../.qingdan/schema/edition.json\n';
/** Returns what is offered where `|` stands in a new list, and in the place of what. */
async function offered(text) {
  const document = await editor.open('shifan/yishi/migrant-children/2031.yaml', LINE + text.replace('|', ''));
  const before = (LINE + text).split('|')[0].split('\n');
  return editor.complete(document, [before.length - 1, before.at(-1).length]);
}
const labels = (items) => items.map((item) => item.label);

test('keys are offered in the order of the fields, without those that are there, in either language', async () => {
  const all = labels(await offered('标题: 甲\n|'));
  assert.ok(['状态', '版次', '日期', '服务项目'].every((key) => all.includes(key)), all.join());
  assert.ok(!all.includes('标题') && !all.some((key) => /^[a-z_]+$/.test(key)), all.join());
  const rest = labels(await offered('title: 甲\n|\nstatus: draft\n'));
  assert.ok(!rest.includes('标题') && !rest.includes('状态') && rest.includes('版次'), rest.join());
  const service = labels(await offered('服务项目:\n  - 编号: a\n    |\n    领域: 学有所教\n'));
  assert.ok(['序号', '服务项目', '责任部门', '条款'].every((key) => service.includes(key)), service.join());
  assert.ok(!service.includes('编号') && !service.includes('领域') && !service.includes('状态'), service.join());
  const adopted = labels(await offered('服务项目:\n  - 照录: a\n    |\n'));
  assert.ok(!adopted.includes('领域') && !adopted.includes('条款'), adopted.join());
  const provision = await offered('服务项目:\n  - 编号: a\n    条款:\n      - 编号: b\n        |\n');
  assert.ok(labels(provision).includes('对应'), labels(provision).join());
  assert.match(provision.find((item) => item.label === '对应').documentation.value, /对应的上级条款[^]*baseline/);
});

test('a key is filled in with its colon, in the place of what was begun', async () => {
  const items = await offered('标题: 甲\n状|');
  const state = items.find((item) => item.label === '状态');
  assert.equal(state.insertText, '状态: ');
  assert.deepEqual([state.range.start.character, state.range.end.character], [0, 1]);
  assert.equal(items.find((item) => item.label === '服务项目').insertText, '服务项目:');
});

test('words are those of the catalogue, for a key in either language and for the items of a list', async () => {
  assert.deepEqual(labels(await offered('status: |')), ['草稿', '征求意见', '已发布']);
  assert.deepEqual(labels(await offered('服务项目:\n  - 领域: |')).slice(0, 3), ['幼有所育', '学有所教', '病有所医']);
  const departments = await offered('服务项目:\n  - 编号: a\n    责任部门:\n      - |');
  assert.ok(labels(departments).some((label) => label.includes('教育')), labels(departments).join());
  const covers = await offered('服务项目:\n  - 编号: a\n    条款:\n      - 对应:\n          - comp|');
  assert.ok(labels(covers).includes('compulsory-education/school-place'), labels(covers).join());
});

test('nothing is offered in a text, in a comment, or where a file is of no catalogue', async () => {
  for (const text of ['标题: 甲 # |', '说明: |\n', '# |']) {
    const marked = text === '说明: |\n' ? `提示: >\n  ${'话'}|` : text;
    assert.deepEqual(labels(await offered(marked)), [], marked);
  }
  const outside = await editor.open('../elsewhere.yaml', 'a|');
  assert.deepEqual(await editor.complete(outside, [0, 1]), []);
});

test('a field explains itself under the pointer, and a word what it means', async () => {
  const text = '服务项目:\n  - 编号: a\n    领域: 学有所教\n';
  const document = await editor.open('shifan/yishi/migrant-children/2031.yaml', LINE + text);
  assert.match(await editor.hover(document, [3, 5]), /^#### 领域 · area\n[^]*必填/);
  assert.match(await editor.hover(document, [3, 10]), /学有所教.*Education/);
  assert.equal(await editor.hover(document, [0, 3]), undefined);
});

test('where the YAML extension is, it alone offers words', async () => {
  editor.install('redhat.vscode-yaml');
  assert.deepEqual(labels(await offered('标题: 甲\n|')), []);
  editor.set('suggest', 'on');
  assert.ok(labels(await offered('标题: 甲\n|')).length > 5);
  editor.set('suggest', 'auto');
  editor.install();
});

test('a server that ended is started again, and one that is not there is told once', async () => {
  const document = await editor.open(LIST);
  await editor.findings(document, () => true);
  editor.kill();
  await editor.restarted();
  await editor.findings(document, () => true);
  const other = load(join(folder, 'extension.js'), { folder: demo, settings: { path: join(folder, 'none') } });
  await other.activate();
  await other.complained();
  assert.equal(other.errors.length, 1);
  assert.match(other.errors[0], /qingdan\.path/);
  await other.deactivate();
  assert.ok(existsSync(demo));
});
