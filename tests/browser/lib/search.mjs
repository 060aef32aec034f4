// The search outside a page: its code, its shards, its engine.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { ROOT } from './site.mjs';

/** Returns the code of the search as a page gets it: the function that takes a shard, with `engine` and `tokens`. */
export function code(site) {
  const path = site.files.find((file) => /^assets\/search\.[0-9a-f]{8}\.js$/.test(file));
  const window = {};
  vm.runInNewContext(site.bytes(path).toString('utf8'), { window, TextDecoder });
  return { path, take: window.qingdanSearch };
}

/** Returns the shard of a folder, `zh/fujian/xiamen`, and its path. */
export function shard(site, folder) {
  const path = site.files.find((file) => new RegExp(`^${folder}/search\\.[0-9a-f]{8}\\.js$`).test(file));
  let data;
  vm.runInNewContext(site.bytes(path).toString('utf8'), { qingdanSearch: (value) => (data = value) });
  return { path, data: JSON.parse(JSON.stringify(data)) };
}

/** Returns what finds danger in a question, as a page has it. */
export function danger(site) {
  const path = site.files.find((file) => /^assets\/danger\.[0-9a-f]{8}\.js$/.test(file));
  const window = {};
  vm.runInNewContext(site.bytes(path).toString('utf8'), { window });
  return window.qingdanDanger();
}

/** Returns the words of danger in a language. */
export function dangerWords(site, lang) {
  const path = site.files.find((file) => new RegExp(`^${lang}/danger\\.[0-9a-f]{8}\\.js$`).test(file));
  let words;
  vm.runInNewContext(site.bytes(path).toString('utf8'), { qingdanDanger: (value) => (words = value) });
  return JSON.parse(JSON.stringify(words));
}

/** Returns the golden vectors of the tokens. */
export function vectors() {
  return JSON.parse(readFileSync(join(ROOT, 'tests/search/tokens.json'), 'utf8'));
}

/** Returns every pair of a traditional character and its simplified one, as the code takes them. */
export function folds() {
  const lines = readFileSync(join(ROOT, 'src/site/search/fold.txt'), 'utf8').split('\n').filter((line) => !line.startsWith('#'));
  const groups = lines.join(' ').split(' ').filter(Boolean).map((group) => Array.from(group));
  return groups.flatMap(([simplified, ...others]) => others.map((one) => one + simplified)).join('');
}
