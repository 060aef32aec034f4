// An invented province with many places, each with a list that lacks, limits or rewords some services of the
// provincial list; tests/desk/province.rs makes the same for the tests in Rust.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { CONTENT, readYaml, temporaryFolder } from './site.mjs';

const named = (value) => JSON.parse(JSON.stringify(value).replaceAll('福建', '示范').replaceAll('Fujian', 'Shifan'));

/** Returns a catalogue with `prefectures`, each with `counties`, all with lists. */
export function province({ prefectures, counties }) {
  const root = join(temporaryFolder(), 'content');
  cpSync(join(CONTENT, 'vocabulary'), join(root, 'vocabulary'), { recursive: true });
  cpSync(join(CONTENT, 'site.yaml'), join(root, 'site.yaml'));
  const put = (path, value) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), stringify(value, { aliasDuplicateObjects: false }));
  };
  // The guides of the shipped content are not there.
  const groups = join(root, 'vocabulary/groups.yaml');
  writeFileSync(groups, readFileSync(groups, 'utf8').replace(/^ +guide: .*\n/gm, ''));
  put('shifan/place.yaml', { ...named(readYaml(join(CONTENT, 'fujian/place.yaml'))), code: '990000' });
  const baseline = named(readYaml(join(CONTENT, 'fujian/migrant-children/2025.yaml')));
  put('shifan/migrant-children/2025.yaml', baseline);
  let at = 0;
  const place = (folder, zh, en, tier) => {
    at += 1;
    put(`${folder}/place.yaml`, { name: { zh, en }, tier, code: `99${String(at).padStart(4, '0')}` });
    put(`${folder}/migrant-children/2026.yaml`, list(baseline, at));
  };
  for (let p = 0; p < prefectures; p += 1) {
    place(`shifan/p${p}`, `第${p}市`, `City ${p}`, 'prefecture');
    for (let c = 0; c < counties; c += 1) place(`shifan/p${p}/c${c}`, `${p}市${c}县`, `County ${p}-${c}`, 'county');
  }
  return root;
}

function list(baseline, at) {
  const words = { 1: (quote) => `${quote}，每年限${20 + at}名`, 2: (quote) => `${quote}，视第${at}号文件的情况办理`, 3: (quote) => `可以${quote}` };
  const services = baseline.services.flatMap((service, number) => {
    const way = (at + number) % 6;
    return way === 0 ? [] : [own(service, words[way] ?? ((quote) => quote), way === 3)];
  });
  return {
    title: { zh: '流动儿童在居住地享有关爱服务清单', en: 'List of care services' },
    ordinal: 1,
    status: 'draft',
    measured_against: 'shifan/migrant-children/2025',
    services,
  };
}

function own(service, words, permits) {
  const quotes = [...new Set(service.provisions.map((provision) => provision.quote))];
  const content = quotes.reduce((text, quote) => text.replaceAll(quote, words(quote)), service.content.zh);
  const provisions = service.provisions.map((provision) => ({
    ...provision,
    quote: words(provision.quote),
    ...(permits && provision.strength === 'must' ? { strength: 'permit' } : {}),
    covers: [`${service.id}/${provision.id}`],
  }));
  return { ...service, content: { ...service.content, zh: content }, provisions };
}
