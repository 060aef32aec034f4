// What can my child get: the page's script decides as the program does; three questions, one a screen; then services,
// the likeliest first, and one sheet for paper; the answers stand behind the # and go nowhere; without script a table
// leads on.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { launch, open, watch } from './lib/chromium.mjs';
import { Html } from './lib/html.mjs';
import { layoutFaults } from './lib/layout.mjs';
import { plain, sheets } from './lib/paper.mjs';
import { serve } from './lib/server.mjs';
import { ROOT, none, site } from './lib/site.mjs';

const text = (path) => readFileSync(join(ROOT, 'tests', path), 'utf8');
const script = createRequire(import.meta.url)(join(ROOT, 'themes/default/assets/check.js'));
const PAGE = 'zh/fujian/xiamen/check.html';
const { cases } = JSON.parse(text('finder/vectors.json'));
const { questions, answers, needs, rows, table } = JSON.parse(text('finder/table.json'));
const services = [...new Set(rows.map((row) => row.split('/')[0]))];

/** Writes a decision as the vectors do. */
function written([outcome, reason, need, more]) {
  const word = ['yes', 'perhaps', 'no'][outcome];
  if (!outcome) return word;
  const key = [needs[need], `edge-${needs[need]}`, 'birth', 'grown', `soon-${needs[need]}`, 'contradiction'][reason];
  return `${word} ${key}${more ? ` +${more}` : ''}`;
}

/** Returns the numbers of the answers with these ids as the page gives them: of a question with one answer, the last. */
function numbers(ids) {
  const picked = ids.map((id) => answers.indexOf(id));
  assert.ok(!picked.includes(-1), `no such answer: ${ids}`);
  return picked.filter((answer, at) => table.q[questionOf(answer)] < 0 || !picked.slice(at + 1).some((later) => questionOf(later) === questionOf(answer)));
}

const questionOf = (answer) => table.q.findIndex((_, at) => answer < table.q.slice(0, at + 1).reduce((sum, n) => sum + Math.abs(n), 0));
const answersOf = (question) => [...answers.keys()].filter((answer) => questionOf(answer) === question);
const idsOf = (question) => answersOf(questions.indexOf(question)).map((answer) => answers[answer]);

/** Returns the families of `tests/families` that are judged against the list of the vectors: who, what they answer, what must stand first. */
function families() {
  const files = readdirSync(join(ROOT, 'tests/families')).filter((file) => file.endsWith('.txt') && file !== 'decided.txt');
  return files.filter((file) => !text(`families/${file}`).startsWith('list: ')).flatMap((file) => text(`families/${file}`).split(/^= /m).slice(1).map((block) => {
    const [name, ids, ...lines] = block.split('\n');
    const first = lines.find((line) => line.startsWith('first:')) ?? 'first:';
    return { name, ids: ids.split(' ').filter((id) => id !== '-'), first: first.split(' ').slice(1).filter(Boolean) };
  }));
}

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(site().folder, '/some/base/');
});
after(async () => {
  await server.close();
  await browser.close();
});

async function check(options = {}, path = PAGE) {
  const tab = await open(browser, { viewport: { width: 360, height: 640 }, ...options });
  const faults = watch(tab);
  await tab.goto(server.url + path);
  return { tab, faults };
}

const shown = (tab) => tab.$$eval('#ask .q', (screens) => screens.filter((one) => !one.hidden).map((one) => one.getAttribute('data-q')).join());
const screen = (tab, name) => tab.waitForFunction((q) => [...document.querySelectorAll('#ask .q')].filter((one) => !one.hidden).map((one) => one.getAttribute('data-q')).join() === q, name);
const pick = (tab, id) => tab.click(`[data-a="${id}"]`);
const links = (tab, box) => tab.$$eval(`#${box} .hits h3 a, #${box} .hits.lines a`, (all) => all.map((one) => one.getAttribute('href').split('/').at(-1).replace('.html', '')));

test('the script decides every vector as the program does', () => {
  const faults = [];
  for (const { name, answers: ids, expect } of cases) {
    const decisions = script.decide(table, numbers(ids), []);
    for (const [address, expected] of Object.entries(expect)) {
      const got = written(decisions[rows.indexOf(address)]);
      if (got !== expected) faults.push(`${name}: ${address}: ${got}, not ${expected}`);
    }
  }
  none(faults, 'decisions differ');
});

test('the script decides every provision of every judged family as the program does', () => {
  const differing = (own, lines) => lines.flatMap((line) => {
    const [letters, ...ids] = line.split(' ');
    // `QUESTION/none` is no answer: nothing else of that question is so.
    const closed = ids.filter((id) => id.endsWith('/none')).map((id) => questions.indexOf(id.replace('/none', '')));
    const picked = numbers(ids.filter((id) => id && !id.endsWith('/none')));
    const got = script.decide(own, picked, closed).map(([outcome]) => 'ypn'[outcome]).join('');
    return got === letters ? [] : [`${ids}: ${got}, not ${letters}`];
  });
  none(differing(table, text('families/decided.txt').trim().split('\n')), 'decisions differ');
  const others = readdirSync(join(ROOT, 'tests/families')).filter((file) => file.endsWith('.decided'));
  assert.ok(others.length > 1, 'other lists are judged as well');
  for (const file of others) {
    const [head, ...lines] = text(`families/${file}`).trim().split('\n');
    none(differing(JSON.parse(head), lines), `${file}: decisions differ`);
  }
});

test('what a family needs stands among the first services, at most seven', (context) => {
  const all = families();
  const faults = all.flatMap(({ name, ids, first }) => {
    const plan = script.plan(table, numbers(ids));
    const found = plan.first.map((service) => services[service.at]);
    const every = [plan.first, plan.more, plan.also, plan.rest].flat();
    const lost = first.filter((id) => !found.includes(id)).map((id) => `${name}: ${id} is not among ${found}`);
    if (plan.first.length > 7) lost.push(`${name}: ${plan.first.length} services come first`);
    if (every.length !== services.length) lost.push(`${name}: ${every.length} of ${services.length} services`);
    if (plan.also.some((service) => service.missing !== 1)) lost.push(`${name}: more than one thing is missing of what may come`);
    return lost;
  });
  context.diagnostic(`${all.length} families, ${all.flatMap(({ first }) => first).length} services that must stand first, ${faults.length} faults`);
  none(faults, 'services are not where they belong');
});

test('a question is asked only where an answer changes something', () => {
  const asked = (...ids) => questions.filter((_, at) => script.asks(table, numbers(ids), at, []));
  assert.ok(!asked('age-7').includes('stay'), 'how long, before where from');
  assert.ok(asked('age-7', 'other-province').includes('stay'));
  assert.ok(!asked('age-16', 'other-province').includes('stay'), 'at 16 the months change nothing');
  assert.ok(!asked('age-7', 'other-province', 'settled').includes('parents'));
  assert.ok(asked('age-7', 'other-province', 'settled', 'nobody-to-care').includes('parents'));
  assert.ok(!asked('months-6-to-11').includes('school'));
  assert.ok(asked('age-9').includes('household') && !asked('age-9').includes('school'));
  assert.ok(asked('age-9', 'other-province', 'settled', 'doctor').includes('illness'));
});

test('nobody asks a baby about school, nor somebody unborn how he lives', () => {
  const matters = idsOf('matter');
  const faults = [];
  const walk = (age, picked, depth = 0) => {
    for (const at of questions.keys()) {
      const [name] = [questions[at]];
      if (!table.m.includes(at) || picked.some((answer) => questionOf(answer) === at) || !script.asks(table, picked, at, [])) continue;
      const offered = answersOf(at).filter((answer) => script.offered(table, picked, answer));
      if (name === 'school') faults.push(`${age} is asked about school with ${picked.map((answer) => answers[answer])}`);
      if (age === 'unborn' && !['household', 'stay', 'birth'].includes(name)) faults.push(`${age} is asked ${name}`);
      if (offered.some((answer) => answers[answer] === 'student-aid')) faults.push(`${age} is offered aid at school`);
      if (depth < 2) offered.forEach((answer) => walk(age, [...picked, answer], depth + 1));
    }
  };
  for (const age of ['unborn', 'newborn', 'months-1-to-5', 'months-6-to-11', 'age-1', 'age-2']) {
    for (const matter of matters) walk(age, numbers([age, matter]));
  }
  none([...new Set(faults)], 'questions are out of place');
  assert.ok(script.asks(table, numbers(['age-3', 'schooling']), questions.indexOf('school'), []), 'a child of three is asked');
  assert.ok(!script.offered(table, numbers(['newborn']), answers.indexOf('schooling')) && script.offered(table, numbers(['age-4']), answers.indexOf('schooling')));
});

test('the page decides the list of the vectors as their table does, in every language', () => {
  for (const page of site().pages.filter(({ kind, place }) => kind === 'check' && place === 'fujian')) {
    const later = site().bytes(page.path.replace('.html', '.parts.js')).toString('utf8');
    const html = new Html(JSON.parse(later.slice(later.indexOf('=') + 1, -1)));
    // Further lists that hold there stand behind it.
    const whole = JSON.parse(html.elements.find((one) => one.get('id') === 'table').get('data-table'));
    assert.ok(whole.p.length > rows.length);
    for (const { picked } of cases.map((one) => ({ picked: numbers(one.answers) }))) {
      const decided = (own) => script.decide(own, picked, []).slice(0, rows.length).map(([outcome, reason]) => [outcome, reason]);
      assert.deepEqual(decided(whole), decided(table));
    }
  }
});

test('every place that shows a list has the page, in the navigation of all its pages', () => {
  const places = site().pages.filter(({ kind, list }) => kind === 'place' && list);
  const lost = places.filter(({ place, lang }) => !site().pages.some((page) => page.kind === 'check' && page.place === place && page.lang === lang));
  none(lost.map(({ path }) => path), 'places without the page');
  const service = site().pages.find(({ kind, place }) => kind === 'service' && place === 'fujian');
  assert.ok(site().html(service.path).all('a').some((link) => /check\.html$/.test(link.get('href') ?? '')));
});

test('three questions, one a screen, then services with a desk and one call; back and reload keep the answers', async () => {
  const { tab, faults } = await check();
  assert.equal(await shown(tab), 'place');
  const box = await (await tab.$('.here .btn')).boundingBox();
  assert.ok(box.y + box.height <= 640, 'the first answer is in sight');
  await tab.click('.here .btn');
  await screen(tab, 'age');
  await pick(tab, 'age-7');
  await screen(tab, 'matter');
  await pick(tab, 'money');
  await pick(tab, 'schooling');
  await tab.click('#next');
  await screen(tab, 'household');
  await pick(tab, 'other-province');
  await screen(tab, 'stay');
  await pick(tab, 'settled');
  await screen(tab, 'school');
  await pick(tab, 'primary');
  await screen(tab, 'relief');
  await tab.click('#next');
  await tab.waitForSelector('#result:not([hidden])');
  const first = await links(tab, 'first');
  assert.deepEqual([...first].sort(), ['compulsory-education', 'health-services', 'medical-insurance', 'subsistence-allowance', 'temporary-assistance']);
  const card = await tab.innerText('#first .hits>li:nth-child(1)');
  for (const words of ['找谁', '打电话', '带什么', '怎么说', '我家孩子7 岁，住在厦门']) assert.ok(card.includes(words), `${words}: ${card}`);
  assert.equal(await tab.$$eval('#first .hits>li', (all) => all.filter((one) => one.querySelectorAll('a[href^="tel:"]').length !== 1).length), 0, 'one call each');
  const asked = await tab.innerText('#result');
  assert.ok(!/法院|检察院|网信/.test(asked), 'a family is sent to no court');
  assert.ok((await tab.evaluate(() => document.documentElement.scrollHeight)) < 5000, 'the result is short');
  const link = tab.url();
  await tab.reload();
  await tab.waitForSelector('#result:not([hidden])');
  assert.deepEqual(await links(tab, 'first'), first);
  await tab.goBack();
  await screen(tab, 'relief');
  await tab.goBack();
  await screen(tab, 'school');
  assert.equal(await tab.getAttribute('[data-a="settled"]', 'aria-pressed'), 'true');
  const other = await open(browser);
  await other.goto(link);
  await other.waitForSelector('#result:not([hidden])');
  assert.deepEqual(await links(other, 'first'), first);
  assert.match(await other.getAttribute('.tools a[hreflang="en"]', 'href'), /#age-7\..*\/result$/);
  await other.context().close();
  none(faults, 'faults');
  await tab.context().close();
});

test('a district that is typed leads to its city, and the answers go along', async () => {
  const { tab } = await check({}, 'zh/fujian/check.html');
  const found = async (typed) => {
    await tab.fill('#find-place', typed);
    return tab.$$eval('#places li', (all) => all.filter((one) => !one.hidden).map((one) => one.innerText.replace('\n', ' ')));
  };
  await tab.focus('#find-place');
  await tab.waitForFunction(() => !document.getElementById('late').hidden);
  assert.deepEqual(await found('思明区'), ['厦门 思明区']);
  assert.deepEqual(await found('厦门'), ['厦门 厦门市']);
  assert.deepEqual(await found('厦门市思明区'), ['厦门 厦门市']);
  assert.deepEqual(await found('siming'), ['厦门 思明区']);
  assert.deepEqual(await found('晋江'), ['泉州 晋江市']);
  // A place of another province: that there is no list for it, and which there are.
  for (const typed of ['杭州', 'xyz']) {
    assert.equal((await found(typed)).length, 11, 'all places stay in sight');
    assert.match(await tab.innerText('#places-found'), new RegExp(`没有“${typed}”的清单`));
  }
  assert.equal((await found('泉州')).length, 1);
  assert.equal(await tab.innerText('#places-found'), '');
  await found('思明');
  await tab.click('#places li:not([hidden]) a');
  await screen(tab, 'age');
  assert.match(tab.url(), /\/xiamen\/check\.html#\/age$/);
  await tab.context().close();
});

test('what cannot both be so is pointed out, and leads to a change', async () => {
  const { tab } = await check({}, `${PAGE}#age-1.schooling.other-province.settled.senior/result`);
  await tab.waitForSelector('#clash:not([hidden])');
  const said = await tab.innerText('#clash');
  assert.ok(said.includes('1 岁') && said.includes('上普通高中'), said);
  assert.ok((await links(tab, 'first')).includes('health-and-childcare'), 'the age counts');
  await tab.click('#clash a:nth-child(2)');
  await screen(tab, 'school');
  await tab.context().close();
});

test('whom the definition leaves out hears why to ask; a child left behind is led to its guide', async () => {
  for (const [answers_, words, guide] of [
    ['age-16.schooling.other-province.senior', '不满十六周岁'],
    ['age-7.schooling.other-province.new-here', '住满 6 个月'],
    ['age-8.schooling.other-township', '主动求助'],
    ['age-10.schooling.same-township.both-away', '儿童主任', 'left-behind-child.html'],
  ]) {
    const { tab } = await check({}, `${PAGE}#${answers_}/result`);
    await tab.waitForSelector('#result:not([hidden])');
    const notes = await tab.innerText('#notes');
    assert.ok(notes.includes(words), `${answers_}: ${notes}`);
    if (guide) assert.ok((await tab.getAttribute('#notes .btn', 'href')).endsWith(guide));
    assert.ok((await links(tab, 'first')).length > 2, `${answers_}: hardly anything comes first`);
    await tab.context().close();
  }
});

test('a child for whom another list is made hears that first, in the head, in the text and on the sheet', async () => {
  const { tab } = await check({}, `${PAGE}#age-10.schooling.same-township.both-away/result`);
  await tab.waitForSelector('#result:not([hidden])');
  assert.equal(await tab.innerText('#found'), '孩子先看另一份');
  assert.match(await tab.innerText('#notes'), /另有一份文件管/);
  assert.equal(await tab.innerText('#first h3'), '这份清单里，也可以问的');
  await tab.click('#to-sheet');
  await tab.waitForSelector('.sheet.on');
  assert.match(await tab.innerText('#sheet-other'), /另有一份文件管.*爸妈在外地打工/);
  await tab.goto(`${server.url}${PAGE}#age-10.schooling.other-province.settled/result`);
  await tab.waitForFunction(() => document.getElementById('found').textContent === '孩子能得这些');
  assert.equal(await tab.isVisible('#sheet-other'), false);
  await tab.context().close();
});

test('another child begins anew in the same place', async () => {
  const { tab } = await check({}, `${PAGE}#age-7.money.other-province.settled.primary/result`);
  await tab.waitForSelector('#result:not([hidden])');
  await tab.click('#result >> text=再查一个孩子');
  await screen(tab, 'age');
  assert.match(tab.url(), /xiamen\/check\.html#\/age$/);
  assert.equal(await tab.locator('[aria-pressed=true], #ask :checked').count(), 0);
  await pick(tab, 'age-3');
  await screen(tab, 'matter');
  assert.equal(await tab.locator('#ask :checked').count(), 0);
  await tab.goBack();
  await tab.goBack();
  await tab.waitForSelector('#result:not([hidden])');
  assert.match(await tab.innerText('.said'), /7 岁/);
  await tab.click('#to-sheet');
  await tab.click('.sheet >> text=再查一个孩子');
  await screen(tab, 'age');
  await tab.context().close();
});

test('no reason goes in a circle: to a family is never said what it has said itself, or what all here are', async () => {
  const families = [
    'age-7.money.schooling.other-province.settled.primary', 'age-7.other-province', 'age-15.schooling.other-city.new-here.junior', 'age-5.disability.other-province.settled.kindergarten.no-certificate',
    'age-9.nobody-to-care.other-county.settled.parents-unable', 'age-12.worries.other-province.settled.not-diagnosed', 'age-2.housing.emergency.other-district', 'age-16.schooling.other-province.settled.senior',
    'unborn', 'age-10.schooling.same-township.both-away', 'age-4.abroad.shots',
  ];
  const faults = [];
  for (const family of families) {
    const { tab } = await check({}, `${PAGE}#${family}/result`);
    await tab.waitForSelector('#result:not([hidden])');
    const said = await tab.$$eval('#result .why', (all) => all.map((one) => one.textContent.trim()));
    faults.push(...said.filter((why) => /^(要看是不是|算不算).*(流动儿童|随迁子女|常住)/.test(why) || !why).map((why) => `${family}: ${why || 'nothing'}`));
    const own = { money: '经济困难', disability: '残疾儿童', housing: '住房困难', 'nobody-to-care': '事实无人抚养' };
    for (const [matter, words] of Object.entries(own)) {
      if (family.includes(matter)) faults.push(...said.filter((why) => why.startsWith('要看是不是') && why.includes(words)).map((why) => `${family}: ${why}`));
    }
    await tab.context().close();
  }
  none(faults, 'reasons help nobody');
});

test('what the plan says about residence permits stands beside what to bring, with its source', async () => {
  const { tab } = await check({}, `${PAGE}#age-7.schooling.doctor.other-province.settled.primary.everyday-illness/result`);
  await tab.waitForSelector('#result:not([hidden])');
  for (const [service, words, source] of [['compulsory-education', '以居住证为主要依据', '二（四）'], ['medical-insurance', '持居住证在居住地参加居民医保', '二（五）']]) {
    const card = await tab.locator(`#first .hits>li:has(a[href$="/${service}.html"])`).innerText();
    assert.ok(card.includes(words) && card.includes(source) && card.includes('清单没有写成条件'), `${service}: ${card}`);
    const page = site().html(`zh/fujian/xiamen/migrant-children/${service}.html`).source;
    assert.ok(page.includes(words) && page.includes(`闽民童〔2025〕5号方案 ${source}`), service);
  }
  await tab.context().close();
});

test('nothing is sent and nothing is stored', async () => {
  const { tab, faults } = await check();
  const asked = [];
  tab.on('request', (request) => asked.push(request.url()));
  await tab.click('.here .btn');
  await screen(tab, 'age');
  await pick(tab, 'age-6');
  await screen(tab, 'matter');
  await pick(tab, 'doctor');
  await tab.click('#next');
  await screen(tab, 'household');
  none(asked.filter((url) => !/\/(assets\/(check|icon)\.[0-9a-f]+\.(js|svg)|check\.parts\.js)$/.test(url)), 'requests besides the script');
  const stored = await tab.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, location.search]);
  assert.deepEqual(stored, [0, 0, '', 0, '']);
  assert.equal(await tab.$('.ask form, form .ask'), null);
  none(faults, 'faults');
  await tab.context().close();
});

test('a keyboard is enough', async () => {
  const { tab } = await check();
  await tab.focus('.here .btn');
  await tab.keyboard.press('Enter');
  await screen(tab, 'age');
  await tab.waitForFunction(() => document.activeElement.localName === 'h2');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await screen(tab, 'matter');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Space');
  assert.match(tab.url(), /#unborn\.doctor\/matter$/);
  await tab.context().close();
});

test('a family goes home with one sheet of A4, in either language', async () => {
  for (const [path, most] of [[PAGE, 1], ['en/fujian/xiamen/check.html', 2]]) {
    const { tab } = await check({ viewport: { width: 794, height: 1123 } }, `${path}#age-7.schooling.money.doctor.emergency.housing.other-province.settled/result`);
    await tab.waitForSelector('#result:not([hidden])');
    const names = await tab.$$eval('#first h3 a', (all) => all.map((one) => one.textContent));
    const paper = await sheets(tab);
    assert.ok(paper.length <= most, `${path}: ${paper.length} sheets`);
    const said = paper.map((sheet) => sheet.text).join('');
    const words = path.startsWith('zh') ? ['110', '12345', '儿童主任', '每 3 个月', '没有姓名'] : ['110', '12345', 'no name'];
    none([...names, ...words].filter((word) => !said.includes(plain(word))), `words are not on the sheet of ${path}`);
    await tab.context().close();
  }
});

test('without script there is a table with working links, and no question', async () => {
  const { tab, faults } = await check({ javaScriptEnabled: false });
  assert.equal(await tab.isVisible('.ask'), false);
  assert.equal(await tab.isVisible('noscript table'), true);
  assert.equal(await tab.isVisible('#cases'), false);
  assert.ok(site().html(PAGE).all('td').length > 20);
  await tab.click('noscript th:has-text("钱不够") + td a >> nth=0');
  assert.ok(site().files.includes(tab.url().slice(server.url.length)));
  none(faults, 'faults');
  await tab.context().close();
});

test('with script the table is folded below the questions, and the first screen is short', async () => {
  const { tab } = await check();
  assert.equal(await tab.isVisible('table'), false);
  assert.ok((await tab.evaluate(() => document.documentElement.scrollHeight)) < 1400);
  await tab.click('#cases summary');
  assert.equal(await tab.isVisible('#cases table'), true);
  await tab.click('.here .btn');
  await screen(tab, 'age');
  assert.equal(await tab.isVisible('#cases'), false);
  await tab.context().close();
});

test('questions and result have no fault of accessibility or layout, light and dark, narrow and in the largest text', async () => {
  const faults = [];
  const said = 'age-3.disability.nobody-to-care.other-township.kindergarten';
  const views = [['light', 390, ''], ['dark', 320, ''], ['light', 320, '2'], ['dark', 1280, '']];
  for (const [colorScheme, width, size] of views) {
    for (const [path, at] of [[PAGE, 'result'], [PAGE, 'matter'], ['en/fujian/xiamen/check.html', 'result'], ['en/fujian/xiamen/check.html', 'household']]) {
      const { tab } = await check({ colorScheme, viewport: { width, height: 844 } }, path);
      await tab.evaluate((n) => localStorage.setItem('size', n), size);
      await tab.goto(`${server.url}${path}#${said}/${at}`);
      await tab.reload();
      await tab.waitForFunction(() => document.getElementById('cases').hidden);
      if (at === 'result') await tab.click('#rest summary');
      await tab.evaluate(axe.source);
      const { violations } = await tab.evaluate((tags) => axe.run({ runOnly: tags }), ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
      faults.push(...violations.map(({ id, nodes }) => `${path} ${at} ${colorScheme} ${width}: ${id}: ${nodes[0].html}`));
      const { overflow, clipped } = await tab.evaluate(layoutFaults);
      faults.push(...[...overflow, ...clipped].map((fault) => `${path} ${at} ${width} ${size}: ${fault}`));
      await tab.context().close();
    }
  }
  none(faults, 'faults');
});

test('it works from a folder', async () => {
  const tab = await open(browser);
  const faults = watch(tab);
  await tab.goto(`file://${join(site().folder, PAGE)}`);
  await tab.click('.here .btn');
  await screen(tab, 'age');
  await pick(tab, 'age-5');
  await screen(tab, 'matter');
  none(faults, 'faults');
  await tab.context().close();
});
