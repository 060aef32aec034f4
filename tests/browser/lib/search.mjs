// The search outside a page: its code, its shards, its engine.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { ROOT } from './site.mjs';

const asset = (site, name) => site.files.find((file) => new RegExp(`^assets/${name}\\.[0-9a-f]{8}\\.js$`).test(file));

/** Returns the code of the search as a page gets it: the function that takes a shard, with `engine` and `tokens`. */
export function code(site) {
  const path = asset(site, 'search');
  const window = {};
  vm.runInNewContext(site.bytes(path).toString('utf8'), { window, TextDecoder });
  return { path, take: window.qingdanSearch };
}

/** Returns what the code of `search-more.js` hands to an engine. */
export function extension(site) {
  let extend;
  const window = { qingdanSearch: (value) => (extend = value) };
  vm.runInNewContext(site.bytes(asset(site, 'search-more')).toString('utf8'), { window, TextDecoder });
  return extend;
}

/** Returns the shard of a folder, `zh/fujian/xiamen`, and its path; or its file `more`, which some questions need besides. */
export function shard(site, folder, name = 'search') {
  // There may be others, of further lists: the page of the place names the one that is asked for first.
  const form = site.html(`${folder}/index.html`).elements.find((element) => element.get('data-shard'));
  const named = form.get(name === 'search' ? 'data-shard' : 'data-more').split(' ').pop();
  const path = `${folder}/${named}`;
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

/** Returns a function that answers questions as a page of a place does that has just been opened: it takes in more as it needs it. */
export function finder(site, place, lang, others) {
  const { engine } = code(site).take;
  const folder = `${lang}/${place}`;
  const stages = [0, 1, 2].map((stage) => {
    const made = engine(shard(site, folder).data);
    if (stage) [extension(site), shard(site, folder, 'more').data].forEach(made.take);
    if (stage > 1) others.forEach((other) => made.take(shard(site, `${other}/${place}`).data));
    return made;
  });
  return (question) => {
    let used = stages[0];
    let found = used.search(question);
    if (used.lacking()) {
      used = stages[1];
      found = used.search(question);
      if (used.lost()) {
        used = stages[2];
        found = used.search(question);
      }
    }
    const items = Array.from(found, ([item]) => item);
    return { numbers: items.map((item) => item[0]), lines: items.map((item) => used.line(item)), places: used.places(), stage: stages.indexOf(used) };
  };
}

/** Returns the golden vectors of the tokens. */
export function vectors() {
  return JSON.parse(readFileSync(join(ROOT, 'tests/search/tokens.json'), 'utf8'));
}

/** Returns every traditional character with its simplified one, as the code takes them. */
export function folds() {
  const lines = readFileSync(join(ROOT, 'src/site/search/fold.txt'), 'utf8').split('\n').filter((line) => !line.startsWith('#'));
  const groups = lines.join(' ').split(' ').filter(Boolean).map((group) => Array.from(group));
  return new Map(groups.flatMap(([simplified, ...others]) => others.map((one) => [one, simplified])));
}
