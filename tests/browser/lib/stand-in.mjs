// Languages that the site does not have, in stand-in words: another script, another direction, other plurals.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ROOT, build, changeYaml, copyOfContent, readYaml } from './site.mjs';

/** Returns a stand-in for a translation: letters of another script, about as long, placeholders and `|` kept. */
function standIn(letters, share) {
  const word = (text) => [...text].filter((_, at) => at % share === 0).map((letter) => letters[letter.codePointAt(0) % letters.length]).join('');
  return (text) => text.replace(/\{[^}]*\}|[A-Za-z]+/g, (part) => (part.startsWith('{') ? part : word(part)));
}

export const LANGUAGES = [
  {
    settings: { code: 'ar', tag: 'ar', name: 'العربية', direction: 'rtl', status: 'working' },
    words: standIn([...'ابتثجحخدرزسشصضطعغفقكلمنهوي'], 1),
    plurals: ['zero', 'one', 'two', 'few', 'many', 'other'],
    script: /[\u0600-\u06ff]/,
  },
  {
    settings: { code: 'ko', tag: 'ko', name: '조선어', direction: 'ltr', status: 'official' },
    words: standIn([...'가나다라마바사아자차카타파하고노도로모보소오조호'], 2),
    plurals: ['other'],
    script: /[\uac00-\ud7a3]/,
  },
];

/** Returns the strings of the default theme, of both its languages together, in stand-ins. */
function strings({ words, plurals }) {
  const theme = (code) => readYaml(join(ROOT, 'themes/default/strings', `${code}.yaml`));
  const english = theme('en');
  assert.deepEqual(Object.keys(theme('zh')).sort(), Object.keys(english).sort(), 'the theme has other keys in zh than in en');
  const turned = Object.entries(english).map(([key, value]) => {
    if (typeof value === 'string') return [key, words(value)];
    return [key, Object.fromEntries(plurals.map((plural) => [plural, words(value.other)]))];
  });
  return Object.fromEntries(turned);
}

/** Builds `content/` in Chinese and `language`, with nothing more than its entry and its strings. */
export function buildWith(language) {
  const { code } = language.settings;
  const content = copyOfContent();
  changeYaml(join(content, 'site.yaml'), (settings) => {
    settings.languages = [settings.languages[0], language.settings];
    settings.title[code] = language.words('Care services for children');
    settings.description[code] = language.words('What care services children can get where they live and who is responsible.');
  });
  const folder = join(content, 'theme', 'strings');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${code}.yaml`), stringify(strings(language)));
  return build(content);
}
