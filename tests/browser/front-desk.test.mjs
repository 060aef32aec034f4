// Whom a family goes to first: one office and one number, and never a court, a procuratorate or the cyberspace office.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { CONTENT, build, changeYaml, copyOfContent, none, readYaml, site } from './lib/site.mjs';

const CLOSED = /法院|检察院|网信办|court(?!esy|yard)|procuratorate|cyberspace/i;
/** Where they may stand: as who answers for a service, in what is quoted, and where one chooses a department. */
const TOLD = /(^| )(answers|pick|official|more|note|terms|told|notice)( |$)/;
/** Pages that are the list itself, or what a department answers for. */
const LISTS = ['print', 'edition', 'changes', 'about', 'department'];

/** What a list says that a court or another of them does, which is not to send anybody there: plain words, words to find it by. */
const SAID = ['fujian/left-behind-children/2024', 'fujian/migrant-children-plan/2025', 'jilin/migrant-children/2024'].flatMap((list) =>
  readYaml(join(CONTENT, `${list}.yaml`)).services.flatMap((service) => service.provisions.flatMap(({ plain, bearer, keywords, condition_text: condition, note, named }) =>
    [...Object.values(plain), ...(bearer ?? []).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one))), ...Object.values(keywords ?? {}).flat(), ...Object.values(condition ?? {}), ...Object.values(note ?? {}), ...(named ?? [])])))
  .filter((text) => CLOSED.test(text));
const isSaid = (text) => SAID.some((said) => said.includes(text) || text.includes(said));

const pages = () => site().pages.filter((page) => !page.kind.startsWith('staff') && page.kind !== 'redirect');
const classes = (node) => node.attrs?.find((attr) => attr.name === 'class')?.value ?? '';

const KNOWN = new Set(readYaml(join(CONTENT, 'vocabulary/hotlines.yaml')).hotlines.map(({ number }) => String(number)));

/** Returns the elements around a node, nearest first. */
function* around(node) {
  for (let at = node; at; at = at.parentNode) yield at;
}

test('no page sends a family to a court, a procuratorate or the cyberspace office', () => {
  const faults = [];
  for (const page of pages().filter((page) => !LISTS.includes(page.kind))) {
    for (const element of site().html(page.path).elements) {
      if (['script', 'title', 'head'].includes(element.name)) continue;
      const own = (element.node.childNodes ?? []).filter((node) => node.nodeName === '#text').map((node) => node.value).join('');
      if (!CLOSED.test(own)) continue;
      const told = [...around(element.node)].some((node) => TOLD.test(classes(node)) || ['blockquote', 'table'].includes(node.nodeName));
      if (!told && !isSaid(own.trim())) faults.push(`${page.path}: “${own.trim().slice(0, 60)}”`);
    }
  }
  none(faults, 'families are sent to the wrong door');
});

test('each service has one front desk with one number; so has its poster, and lists name it', () => {
  const faults = [];
  for (const page of pages().filter((page) => ['service', 'poster', 'place', 'area', 'age'].includes(page.kind))) {
    const desks = site().html(page.path).elements.filter((element) => element.get('class') === 'desk');
    if (!desks.length && page.list && (page.kind !== 'poster' || page.service)) faults.push(`${page.path}: no front desk`);
    faults.push(...desks.filter((desk) => CLOSED.test(desk.text) || !desk.text.trim()).map((desk) => `${page.path}: “${desk.text}”`));
    if (page.kind === 'service') {
      const [box] = site().html(page.path).elements.filter((element) => element.get('class') === 'box office');
      const calls = box ? box.node.childNodes.flatMap((node) => node.childNodes ?? []).filter((node) => /^tel:/.test(node.attrs?.find((attr) => attr.name === 'href')?.value ?? '')) : [];
      if (calls.length !== 1) faults.push(`${page.path}: ${calls.length} numbers at the front desk`);
    }
  }
  none(faults, 'front desks are not as they should be');
});

/** The lines whose purpose each service is, by number; the general one stands beside all. */
const LINES = {
  1: ['12320'], 2: [], 3: [], 4: [], 5: [], 6: ['12320', '120'], 7: ['12393'], 8: ['12320'], 9: [], 10: [], 11: [], 12: [], 13: [], 14: [], 15: [],
  16: ['110', '12338'], 17: ['12355', '12356'], 18: [], 19: ['12333'], 20: ['12348'],
};

test('beside a service stand the lines for it and no others', () => {
  const { services } = readYaml(join(CONTENT, 'fujian/migrant-children/2025.yaml'));
  const faults = [];
  for (const page of pages().filter((page) => page.kind === 'service' && page.list === 'migrant-children' && page.place.startsWith('fujian'))) {
    const { number } = services.find(({ id }) => id === page.service);
    const html = site().html(page.path);
    const list = html.elements.find((element) => element.get('class') === 'lines');
    const found = [...new Set([...list.text.matchAll(/(?<!\d)1\d{2,4}(?!\d)/g)].map(([call]) => call))].filter((call) => KNOWN.has(call));
    const wanted = ['12345', ...LINES[number]];
    if ([...found].sort().join() !== [...wanted].sort().join()) faults.push(`${page.path}: ${found}, not ${wanted}`);
  }
  none(faults, 'lines are out of place');
});

test('what is known without the text of a document says so, with the day it was looked at', () => {
  const faults = [];
  const { hotlines } = readYaml(join(CONTENT, 'vocabulary/hotlines.yaml'));
  for (const page of pages().filter((page) => ['service', 'about', 'danger'].includes(page.kind))) {
    const html = site().html(page.path);
    for (const line of html.all('li').filter((item) => item.node.parentNode.attrs?.some((attr) => attr.value === 'lines'))) {
      const known = hotlines.find(({ purpose }) => line.text.includes(purpose[page.lang]));
      if (known?.looked_at && !/2026-11-29/.test(line.text)) faults.push(`${page.path}: ${line.text.slice(0, 40)}`);
    }
    if (page.kind === 'about' && /^fujian./.test(page.place) && !/GB\/T 2260[^（(]*[（(]2026-11-29/.test(html.source)) faults.push(`${page.path}: names of counties`);
  }
  none(faults, 'sentences from general knowledge are not marked');
});

test('the list, an office of the place and the words of the plan decide, in this order', () => {
  const content = copyOfContent();
  const baseline = join(content, 'fujian/migrant-children/2025.yaml');
  changeYaml(baseline, (edition) => { edition.services.find((service) => service.id === 'mental-health').front_desk = 'health'; });
  changeYaml(join(content, 'fujian/xiamen/migrant-children/2025.yaml'), (edition) => {
    edition.services.find((service) => service.adopts === 'medical-insurance').front_desk = 'civil-affairs';
  });
  writeFileSync(join(content, 'fujian/xiamen/contacts.yaml'), stringify({
    contacts: [{
      department: 'education', name: { zh: '入学服务窗口', en: 'School enrolment counter' },
      address: { zh: '示范路1号', en: '1 Shifan Road' }, phone: '0592-12345678', front_desk_for: ['senior-secondary-education'],
    }],
  }));
  const changed = build(content, ['--only', 'fujian/xiamen']);
  const box = (place, service) => {
    const html = changed.html(`zh/fujian/${place}migrant-children/${service}.html`);
    return html.elements.find((element) => element.get('class') === 'box office').text;
  };
  assert.match(box('', 'mental-health'), /卫健委/, 'the list says so');
  assert.match(box('xiamen/', 'mental-health'), /卫健委/, 'a list that adopts it says the same');
  assert.match(box('xiamen/', 'medical-insurance'), /^民政局/, 'the list of the place says otherwise');
  assert.match(box('xiamen/', 'senior-secondary-education'), /入学服务窗口示范路1号0592-12345678/, 'an office of the place');
  assert.match(box('', 'settling-into-city-life'), /人力资源和社会保障局12333/, 'the plan leads most of its provisions there');
  assert.match(box('', 'legal-and-safety-education'), /司法局12348/, 'the first that receives families');
});
