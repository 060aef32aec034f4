// Forms of the preview, as somebody at an office uses them: the round of a year, counted, without a line of YAML; every kind
// of form by keyboard, on a narrow screen, for axe.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addAxe, violations } from './lib/axe.mjs';
import { launch, open, watch, withShot } from './lib/chromium.mjs';
import { DEMO } from './lib/gallery.mjs';
import { preview } from './lib/preview.mjs';
import { copyOfContent, none } from './lib/site.mjs';

const LIST = 'shifan/jiashi/migrant-children';
const PATIENCE = 60_000;

describe('forms', () => {
  let browser;
  let tab;
  let content;
  let served;
  let actions = 0;

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

  const form = (path) => `${served.root}_qingdan/edit/${path}?lang=zh`;
  const file = (edition) => readFileSync(join(content, LIST, `${edition}.yaml`), 'utf8');
  /** One thing that a person does. */
  const act = async (what) => {
    actions += 1;
    await what();
  };
  /** Goes on by a button or link, and waits for the page it leads to. */
  const go = (control) => act(() => Promise.all([tab.waitForEvent('load', { timeout: PATIENCE }), control.click({ timeout: PATIENCE })]));
  const press = (name) => go(tab.getByRole('button', { name, exact: true }).last());
  const follow = (name) => go(tab.getByRole('link', { name }).first());
  const fill = (name, text) => act(() => tab.locator(`[name="${name}"]`).first().fill(text));
  const choose = (name, value) => act(() => tab.locator(`select[name="${name}"]`).selectOption(value));
  const save = async () => {
    await press('存');
    assert.equal(await tab.locator('[role="alert"]').count(), 0, 'it was not saved');
  };

  test('the round of a year takes at most 60 actions and no line of YAML', async (context) => {
    const faults = watch(tab);
    await tab.goto(form('start.html'), { waitUntil: 'commit' });
    await follow('甲市流动儿童关爱服务清单 2027');
    await follow('这一版走到哪一步');
    await fill('next', '2029');
    await press('起草下一版');
    await tab.getByText('2029').first().waitFor({ timeout: PATIENCE });
    await follow('写清单');
    await follow('甲市流动儿童关爱服务清单 2029');
    const begun = file('2029');

    // Three amounts, each once.
    for (const [service, provision, from, to] of [
      ['compulsory-education', 'boarding-subsidy', '2000', '2400'],
      ['compulsory-education', 'lunch-subsidy', '3', '4'],
      ['child-health', 'health-check', '1', '2'],
    ]) {
      if (!begun.includes(`id: ${provision}`)) continue;
      await act(() => tab.goto(form(`${LIST}/2029.yaml/services/${service}/provisions/${provision}`), { waitUntil: 'commit' }));
      await fill(`figure/${from}`, to);
      await save();
    }
    const raised = file('2029');
    assert.ok(!raised.includes('2000') && raised.split('2400').length === 7, 'the amount is the same in its six places');
    assert.equal(raised.split('\n').length, begun.split('\n').length);

    // A service of its own.
    await act(() => tab.goto(form(`${LIST}/2029.yaml/services/+`), { waitUntil: 'commit' }));
    await fill('v/number', '30');
    await choose('v/area', 'education');
    await fill('v/title/zh', '暑期托管服务');
    await fill('v/title/en', 'Summer day care');
    await fill('v/audience/text/zh', '6-12岁流动儿童');
    await fill('v/audience/text/en', 'Migrant children aged 6 to 12');
    await choose('v/audience/population', 'migrant-child');
    await fill('v/audience/age', '6-12');
    await fill('v/content/zh', '为6-12岁流动儿童提供暑期托管服务；每人每年补助300元');
    await fill('v/content/en', 'Summer day care for migrant children aged 6 to 12; 300 yuan each a year');
    await act(() => tab.locator('details.words:has([name="v/departments"]) summary').click());
    await act(() => tab.locator('[name="v/departments"][value="education"]').check());
    await save();
    assert.match(tab.url(), /services\/summer-day-care/);
    await press('做成一条');
    await fill('v/plain/zh', '放暑假时，孩子有人看护。');
    await fill('v/plain/en', 'Children are looked after in the summer holidays.');
    await save();
    await follow('暑期托管服务');
    await press('做成一条');
    await fill('v/plain/zh', '每年补助300元。');
    await fill('v/plain/en', 'Families get 300 yuan a year.');
    await save();
    const added = file('2029');
    assert.match(added, /- id: summer-day-care\n/);
    assert.match(added, /amount: 300/);
    assert.ok(added.startsWith(raised.slice(0, raised.indexOf('\nservices:'))), 'what stood there stays');
    const comments = (text) => text.split('\n').filter((line) => /^\s*#/.test(line));
    assert.deepEqual(comments(added), comments(begun));

    // Issue and file: each step leads to what is lacking.
    await act(() => tab.goto(form(`round/${LIST}/2029.html`), { waitUntil: 'commit' }));
    for (const [lack, name, text] of [['缺少文号', 'v/number', '甲民〔2029〕1号'], ['缺少发布的日期', 'v/issued', '2029-05-28']]) {
      await follow(lack);
      await fill(name, text);
      await save();
      await follow('这一版走到哪一步');
    }
    assert.equal(await tab.locator('.step .error').count(), 0, await tab.locator('.round').innerText());
    await press('发布并冻结');
    const told = await tab.locator('.told').innerText({ timeout: PATIENCE });
    await press('写出备案材料');
    const filed = await tab.locator('.told').innerText({ timeout: PATIENCE });
    const pack = join(dirname(content), `filing-${LIST.replaceAll('/', '-')}-2029`);
    for (const paper of ['filing.docx', 'filing.xlsx', 'list.xlsx']) assert.ok(existsSync(join(pack, paper)), filed);
    assert.match(file('2029'), /^frozen: 2029-06-01$/m, told);
    context.diagnostic(`${actions} actions; issuing said: ${told}`);
    assert.ok(actions <= 60, `${actions} actions`);
    none(faults.filter((fault) => !/422|409/.test(fault)), 'faults');
  });

  test('the report and the list are downloaded as offices send them', async () => {
    await tab.goto(form(`round/${LIST}/2029.html`), { waitUntil: 'load' });
    for (const [name, file] of [['下载备案报告（附清单，.docx）', 'filing.docx'], ['下载清单（.xlsx）', 'filing.xlsx']]) {
      const [download] = await Promise.all([tab.waitForEvent('download'), tab.getByRole('link', { name }).click()]);
      assert.equal(download.suggestedFilename(), file);
      const bytes = readFileSync(await download.path());
      assert.equal(bytes.subarray(0, 2).toString(), 'PK');
      assert.ok(bytes.equals(readFileSync(join(dirname(content), `filing-${LIST.replaceAll('/', '-')}-2029`, file))), 'the pack holds the same');
    }
  });

  test('of an issued edition what is sealed is grey, and the rest is corrected with a date', async () => {
    const before = file('2029');
    await tab.goto(form(`${LIST}/2029.yaml`), { waitUntil: 'load' });
    assert.ok(await tab.locator('[name="v/title/zh"]').isDisabled());
    const title = tab.locator('[name="v/title/en"]');
    await title.fill('Care services for migrant children, corrected');
    await tab.getByRole('button', { name: '存', exact: true }).last().click();
    await tab.locator('[role="alert"]').waitFor({ timeout: PATIENCE });
    assert.equal(file('2029'), before);
    assert.equal(await title.inputValue(), 'Care services for migrant children, corrected', 'what was typed stays');
    await tab.locator('[name="c/zh"]').fill('更正英文标题');
    await tab.locator('[name="c/en"]').fill('English title corrected');
    await Promise.all([tab.waitForEvent('load'), tab.getByRole('button', { name: '存', exact: true }).last().click()]);
    assert.equal(await tab.locator('[role="alert"]').count(), 0);
    assert.match(file('2029'), /corrections:\n {2}- \{on: 2029-06-01, what: \{zh: "更正英文标题", en: "English title corrected"\}\}/);
    assert.match(file('2029'), /en: Care services for migrant children, corrected\n/);
    // A build that began between the file and its record is followed by another.
    let found = '';
    for (let tries = 0; tries < 30; tries += 1) {
      await tab.goto(`${served.root}_qingdan/findings.html?lang=zh`, { waitUntil: 'load' });
      found = await tab.locator('main').innerText();
      if (!found.includes('更正')) break;
      await tab.waitForTimeout(500);
    }
    assert.ok(!found.includes('更正'), found);
  });

  test('an outdated translation stands beside both texts, and one save settles it', async () => {
    const path = 'shifan/yishi/migrant-children/2027.yaml';
    const read = () => readFileSync(join(content, path), 'utf8');
    await tab.goto(form('translations.html'), { waitUntil: 'load' });
    await Promise.all([tab.waitForEvent('load'), tab.getByRole('button', { name: '现在的译文都对，全部记下' }).click()]);
    assert.match(await tab.locator('.told').innerText({ timeout: PATIENCE }), /记下了 \d+ 条译文/);
    await tab.goto(form(path), { waitUntil: 'load' });
    const title = await tab.locator('[name="v/title/zh"]').inputValue();
    await tab.locator('[name="v/title/zh"]').fill(`${title}（修订）`);
    await Promise.all([tab.waitForEvent('load'), tab.getByRole('button', { name: '存', exact: true }).last().click()]);

    // Without script, and by the keyboard alone.
    const still = await open(browser, { viewport: { width: 800, height: 900 }, javaScriptEnabled: false });
    await still.goto(form(`translations/${path}.html`), { waitUntil: 'load' });
    const pair = still.locator('.pair').first();
    assert.deepEqual([await pair.locator('ins').allInnerTexts(), await pair.locator('.side').count()], [['（修订）'], 2]);
    const box = still.locator('textarea').first();
    for (let tabs = 0; tabs < 60 && !await still.locator('textarea:focus').count(); tabs += 1) await still.keyboard.press('Tab');
    await still.keyboard.press('Control+A');
    await still.keyboard.type('The revised list');
    assert.equal(await box.inputValue(), 'The revised list');
    await still.keyboard.press('Tab');
    for (let tabs = 0; tabs < 200 && !await still.locator('.save button:focus').count(); tabs += 1) await still.keyboard.press('Tab');
    await Promise.all([still.waitForEvent('load', { timeout: PATIENCE }), still.keyboard.press('Enter')]);
    assert.match(read(), /en: The revised list\n/);
    await still.goto(form(`translations/${path}.html`), { waitUntil: 'load' });
    assert.equal(await still.locator('.count.error').count(), 0);
    await still.context().close();

    // What changed is told, fact by fact.
    await tab.goto(form('changes.html'), { waitUntil: 'load' });
    const facts = await tab.locator('.facts').allInnerTexts();
    assert.ok(facts.some((told) => told.includes(`${title}（修订）`) && told.includes('The revised list')), facts.join('\n'));
    for (let undone = 0; undone < 2; undone += 1) {
      await Promise.all([tab.waitForEvent('load'), tab.getByRole('button', { name: /撤销/ }).first().click()]);
    }
    assert.ok(!read().includes('修订') && !read().includes('The revised list'));
  });

  test('what was saved is taken back by one button, and made again', async () => {
    const path = 'shifan/yishi/migrant-children/2027.yaml/services/compulsory-education';
    const own = join(content, path.slice(0, path.indexOf('/services')));
    const file = () => readFileSync(own, 'utf8');
    const before = file();
    await tab.goto(form(path), { waitUntil: 'commit' });
    await tab.locator('[name="v/title/en"]').fill('Schooling');
    await tab.getByRole('button', { name: '存', exact: true }).last().click();
    await tab.locator('.history').waitFor();
    assert.match(file(), /en: Schooling\n/);
    await tab.getByRole('button', { name: '撤销' }).click();
    await tab.getByRole('button', { name: /重做/ }).waitFor();
    assert.equal(file(), before);
  });

  test('a quote is what is marked in the official text', async () => {
    await tab.goto(form('shifan/yishi/migrant-children/2027.yaml'), { waitUntil: 'commit' });
    const service = tab.locator('.parts').first().locator('li a').first();
    await service.click();
    const provision = tab.locator('.parts').first().locator('li a').first();
    if (!await provision.count()) return;
    await provision.click();
    await tab.locator('[data-content]').evaluate((content) => {
      const text = content.querySelector('span').firstChild;
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(text, 6);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    });
    const words = await tab.locator('[data-content] span').first().innerText();
    await tab.getByRole('button', { name: '把选中的字作为原文' }).click();
    assert.equal(await tab.locator('[id="v/quote"]').inputValue(), words.slice(0, 6));
  });

  test('verdict and figures answer while somebody types, and nothing is written', async (context) => {
    const path = 'shifan/yishi/migrant-children/2027.yaml';
    const before_ = readFileSync(join(content, path), 'utf8');
    const provision = (service, name) => tab.goto(form(`${path}/services/${service}/provisions/${name}`), { waitUntil: 'load' });
    await provision('kindergarten', 'care-fee-reduction');
    const stands = tab.locator('.stands');
    const said = await stands.first().innerText();
    const began = performance.now();
    await tab.locator('[name="v/age"]').fill('5-6');
    await tab.waitForFunction((old) => document.querySelector('.stands').innerText !== old, said, { timeout: PATIENCE });
    context.diagnostic(`the verdict answered ${Math.round(performance.now() - began)} ms after the last letter, 400 of them waited`);
    assert.match(await stands.first().innerText(), /5/);

    await provision('compulsory-education', 'boarding-subsidy');
    const marked = async (side) => (await stands.first().locator(`.side ${side}`).allInnerTexts()).join(' ');
    assert.match(await marked('del'), /1500/);
    assert.match(await marked('ins'), /1200/);
    const plain = tab.locator('[data-field="/plain/zh"]');
    assert.equal(await plain.locator('.said').count(), 0);
    await tab.locator('[name="v/plain/zh"]').fill('住校的孩子每人每年补助生活费1300元。');
    await plain.locator('.said').first().waitFor({ timeout: PATIENCE });
    assert.match(await plain.innerText(), /1300/);
    assert.ok(await plain.evaluate((field) => field.classList.contains('wrong')));
    await tab.locator('[name="v/plain/zh"]').fill('住校的孩子每人每年补助生活费1200元。');
    await tab.waitForFunction(() => !document.querySelector('[data-field="/plain/zh"].wrong'), undefined, { timeout: PATIENCE });
    assert.equal(readFileSync(join(content, path), 'utf8'), before_);
    tab.once('dialog', (dialog) => dialog.accept());
    await tab.goto(form('start.html'), { waitUntil: 'load' });
  });

  test('a mistake is mended by its button on the page of findings', async () => {
    const path = join(content, 'shifan/yishi/migrant-children/2027.yaml');
    const good = readFileSync(path, 'utf8');
    writeFileSync(path, good.replace('status: consultation', 'status：consultation'));
    await tab.goto(`${served.root}_qingdan/findings.html?lang=zh`, { waitUntil: 'commit' });
    await tab.getByRole('button', { name: '改好', exact: true }).first().click({ timeout: PATIENCE });
    await tab.waitForURL(/findings\.html/);
    assert.equal(readFileSync(path, 'utf8'), good);
  });

  test('forms are for this computer and pages of ours only', async () => {
    const send = (headers, body) => fetch(form(`${LIST}/2027.yaml`), { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body });
    const statuses = [
      (await send({}, 'do=save')).status,
      (await send({ origin: 'http://evil.example' }, 'do=save')).status,
      (await send({ 'content-type': 'text/plain' }, 'do=save')).status,
      (await send({}, `do=save&x=${'x'.repeat(600_000)}`)).status,
      (await fetch(`${served.root}zh/`, { method: 'POST', body: 'a' })).status,
    ];
    assert.deepEqual(statuses, [403, 403, 403, 413, 405]);
  });

  const places = ['start.html', 'changes.html', 'translations.html', `translations/${LIST}/2027.yaml.html`, `round/${LIST}/2027.html`, 'round/shifan/yishi/migrant-children/2027.html', 'shifan/yishi/migrant-children/2027.yaml/consultation', 'site.yaml', 'vocabulary/departments.yaml', 'shifan/place.yaml', 'shifan/jiashi/contacts.yaml', `${LIST}/2027.yaml`, `${LIST}/2027.yaml/services/compulsory-education`, `${LIST}/2027.yaml/services/compulsory-education/provisions/boarding-subsidy`, `${LIST}/2027.yaml/services/+`];

  test('axe finds nothing, at 320 px nothing is wider than the screen', async () => {
    const barriers = [];
    const narrow = await open(browser, { viewport: { width: 320, height: 700 } });
    for (const place of places) {
      await narrow.goto(form(place), { waitUntil: 'load' });
      await narrow.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
      const wide = await narrow.evaluate(() => document.documentElement.scrollWidth);
      if (wide > 320) barriers.push(`${place}: ${wide} px wide`);
      await addAxe(narrow);
      const found = await withShot(narrow, `axe form ${place}`, () => violations(narrow));
      barriers.push(...found.map((one) => `${place}: ${one}`));
    }
    await narrow.context().close();
    none(barriers, 'barriers');
  });

  test('a form is filled in and saved by the keyboard alone, and without script', async () => {
    const still = await open(browser, { viewport: { width: 800, height: 900 }, javaScriptEnabled: false });
    const path = 'shifan/yishi/place.yaml';
    await still.goto(form(path), { waitUntil: 'load' });
    for (let tabs = 0; tabs < 200; tabs += 1) {
      await still.keyboard.press('Tab');
      if (await still.locator('[name="v/name/en"]:focus').count()) break;
    }
    await still.keyboard.press('Control+A');
    await still.keyboard.type('Yishi City');
    await still.keyboard.press('Tab');
    for (let tabs = 0; tabs < 200; tabs += 1) {
      await still.keyboard.press('Tab');
      if (await still.locator('.save button[value="save"]:focus').count()) break;
    }
    await still.keyboard.press('Enter');
    await still.locator('.history').waitFor();
    assert.match(readFileSync(join(content, path), 'utf8'), /en: Yishi City\n/);
    await still.context().close();
  });
});
