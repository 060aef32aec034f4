// How well families are answered: 144 questions in their own words, judged by somebody who had seen no answer
// (tests/search/queries.json). No browser: the engine as a page runs it, on the texts that are shipped.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { finder } from './lib/search.mjs';
import { CONTENT, ROOT, none, readYaml, site } from './lib/site.mjs';

const PLACE = 'fujian/xiamen';
const { queries } = JSON.parse(readFileSync(join(ROOT, 'tests/search/queries.json'), 'utf8'));
const finders = {};
const ask = ({ q, site: lang }) => {
  finders[lang] ??= finder(site(), PLACE, lang, site().languages.map(({ code }) => code).filter((code) => code !== lang));
  return finders[lang](q);
};

/** What is reached at least; `zero` is the share of questions left without an answer at most. */
const REACHED = { recall: 0.96, rank: 0.95, precision: 0.86, zero: 0.02, silent: 0.95 };

/** Measures answers: how many of those wanted are among the first five, where the first stands, how much of what is shown is wanted. */
function measure(asked) {
  const answered = asked.filter(({ query }) => query.relevant.length);
  const share = (all, of) => all.reduce((sum, one) => sum + of(one), 0) / all.length;
  const hits = ({ query, numbers }) => numbers.slice(0, 5).filter((number) => query.relevant.includes(number)).length;
  return {
    recall: share(answered, (one) => hits(one) / Math.min(5, one.query.relevant.length)),
    rank: share(answered, (one) => {
      const at = one.numbers.findIndex((number) => one.query.relevant.includes(number));
      return at < 0 ? 0 : 1 / (at + 1);
    }),
    precision: share(answered, (one) => (one.numbers.length ? hits(one) / Math.min(5, one.numbers.length) : 0)),
    zero: share(answered, (one) => Number(!one.numbers.length)),
    silent: share(asked.filter(({ query }) => !query.relevant.length), (one) => Number(!one.numbers.length)),
  };
}

test('families are answered as well as they were', (context) => {
  const asked = queries.map((query) => ({ query, numbers: ask(query).numbers }));
  const figures = measure(asked);
  context.diagnostic(Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(3)}`).join(', '));
  for (const [name, least] of Object.entries(REACHED)) {
    assert.ok(name === 'zero' ? figures.zero <= least : figures[name] >= least, `${name}: ${figures[name].toFixed(3)}, ${least} was reached`);
  }
});

test('an age that a family writes is understood, and a time is no age', () => {
  const cases = {
    zh: {
      '3岁': [2, 1], 孩子三岁: [2, 1], 三岁半: [2, 1], '3-6岁': [2, 1], 三周岁: [2, 1], '2岁': [1], 一岁半: [1], 两个月的宝宝: [1], '8个月大': [1], '4岁 上学': [2], 四岁能上什么学校: [2],
      七岁: [3], '7岁上学': [3], 十二岁: [3], '16岁': [4, 5], 十七岁读什么: [4, 5], 来了三个月了: [], 住满六个月: [], '60岁': [],
    },
    en: {
      'my son is three': [2, 1], '3 years old': [2, 1], 'four year old': [2, 1], 'age 5': [2, 1], '2 months old': [1], 'she is 7': [3], '16 year old': [4, 5], 'boy 8 years': [3], 'we came 3 years ago': [], 'for 2 months': [],
    },
  };
  const faults = [];
  for (const [lang, questions] of Object.entries(cases)) {
    for (const [question, wanted] of Object.entries(questions)) {
      const { numbers } = ask({ q: question, site: lang });
      if (String(numbers) !== String(wanted)) faults.push(`${question}: ${numbers.join(', ') || 'nothing'} instead of ${wanted.join(', ') || 'nothing'}`);
    }
  }
  none(faults, 'ages are misunderstood');
});

test('what people say in dialect is asked with the words of the lists', () => {
  const cases = { 读册: 3, 睇医生: 6, 冇钱: 13, 揾工: 19, 租厝: 9, 幼稚园: 2, 屙肚子: 6, 困不着: 17, 找头路: 19, 莫得地方住: 9, 没得饭吃: 13, 'yi4miao2': 1, yìmiáo: 1 };
  const faults = [];
  for (const [question, number] of Object.entries(cases)) {
    const { numbers } = ask({ q: question, site: 'zh' });
    if (!numbers.slice(0, 3).includes(number)) faults.push(`${question}: ${numbers.join(', ') || 'nothing'} instead of ${number}`);
  }
  none(faults, 'dialects are not understood');
});

test('every everyday word finds its service, and shows the provision it is written for', (context) => {
  const { services } = readYaml(join(CONTENT, 'fujian/migrant-children/2025.yaml'));
  const lost = [];
  const other = [];
  const lines = { right: 0, all: 0 };
  for (const service of services) {
    for (const { keywords = {}, plain } of [{ keywords: service.keywords }, ...service.provisions]) {
      for (const [lang, words] of Object.entries(keywords)) {
        for (const word of words) {
          const { numbers, lines: shown } = ask({ q: word, site: lang });
          const at = numbers.slice(0, 5).indexOf(service.number);
          if (at < 0) lost.push(`${lang} ${word}: ${numbers.join(', ') || 'nothing'} instead of ${service.number}`);
          else if (plain) {
            lines.all += 1;
            if (shown[at] === plain[lang].trim()) lines.right += 1;
            else other.push(`${lang} ${word}: ${shown[at]}`);
          }
        }
      }
    }
  }
  none(lost, 'everyday words are lost');
  context.diagnostic(`${lines.right} of ${lines.all} show their provision`);
  assert.ok(lines.right >= 0.99 * lines.all, `${lines.right} of ${lines.all}; not:\n${other.join('\n')}`);
});
