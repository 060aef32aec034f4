// On paper: the list as an official annex on A4, every other page as text without controls.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './lib/chromium.mjs';
import { unfold, visibleTexts } from './lib/layout.mjs';
import { plain, sheets } from './lib/paper.mjs';
import { serve } from './lib/server.mjs';
import { none, site } from './lib/site.mjs';

const A4 = { width: 595.3, height: 841.9 };

let browser;
let server;
let tab;

before(async () => {
  browser = await launch();
  server = await serve(site().folder, '/some/base/');
  tab = await open(browser);
});
after(async () => {
  await server.close();
  await browser.close();
});

/** Opens and prints a page; printed once for all tests. */
const printed = new Map();
async function paper(page) {
  if (!printed.has(page.path)) {
    await tab.goto(server.url + page.path);
    printed.set(page.path, await sheets(tab));
  }
  return printed.get(page.path);
}

const printPages = () => site().samples().filter((page) => page.kind === 'print');
/** Returns pages of the first language, and of the others, which are built alike, every fourth. */
const few = (pages) => pages.filter(({ lang }, at) => lang === site().languages[0].code || at % 4 === 0);
const otherPages = () => few(site().samples({ perKind: 1 }).filter((page) => page.kind !== 'print'));

test('the list prints on A4 with the margins of an official document', async () => {
  const [left, right, top, bottom] = [28, 26, 37, 35].map((millimetres) => (millimetres * 72) / 25.4);
  const faults = [];
  for (const page of printPages()) {
    for (const [at, { width, height, pieces }] of (await paper(page)).entries()) {
      const a4 = Math.abs(width - A4.width) < 1.5 && Math.abs(height - A4.height) < 1.5;
      if (!a4) faults.push(`${page.path} sheet ${at + 1}: ${width} × ${height} pt`);
      const outside = (piece) => piece.left < left - 2 || piece.right > width - right + 2 || piece.bottom > height - top + 2 || piece.bottom < bottom - 2;
      const out = pieces.filter((piece) => piece.upright && outside(piece));
      faults.push(...out.map((piece) => `${page.path} sheet ${at + 1}: “${piece.text}” from ${Math.round(piece.left)} to ${Math.round(piece.right)} pt, at ${Math.round(piece.bottom)} pt`));
    }
  }
  none(faults, 'sheets are wrong');
});

test('the heads of the table stand on every sheet of the table', async () => {
  const faults = [];
  for (const page of printPages()) {
    const heads = site().html(page.path).first('thead').node;
    const words = site().html(page.path).all('th').filter((th) => th.node.parentNode.parentNode === heads).map((th) => plain(th.text));
    assert.ok(words.length >= 4, `${page.path} has ${words.length} heads`);
    const all = await paper(page);
    assert.ok(all.length >= 2, `${page.path} prints on ${all.length} sheet`);
    const rows = site().html(page.path).all('tr').filter((row) => row.node.parentNode !== heads).map((row) => plain(row.text));
    // The first row may be so high that it begins on the sheet after the title.
    const from = all.findIndex(({ text }) => text.includes(rows[0].slice(0, 12)));
    const end = all.findIndex(({ text }) => text.includes(rows.at(-1).slice(-12)));
    all.slice(Math.max(from, 0), end < 0 ? all.length : end + 1).forEach(({ text }, at) => {
      const missing = words.filter((word) => !text.includes(word));
      if (missing.length) faults.push(`${page.path} sheet ${from + at + 1} of ${all.length}: no ${missing.join(', ')}`);
    });
  }
  none(faults, 'sheets lack heads');
});

test('no sheet of the list is left almost empty', async () => {
  const faults = [];
  for (const page of printPages()) {
    const all = await paper(page);
    all.slice(0, -1).forEach(({ text }, at) => text.length < 120 && faults.push(`${page.path} sheet ${at + 1} of ${all.length}: ${text.length} characters`));
  }
  none(faults, 'sheets are almost empty');
});

test('a row that fits on a sheet is not split over two', async () => {
  const faults = [];
  for (const page of printPages()) {
    const all = await paper(page);
    const cells = site().html(page.path).all('td').map((cell) => plain(cell.text)).filter((text) => text.length >= 40 && text.length < 400);
    assert.ok(cells.length > 0, `${page.path} has no cells`);
    for (const cell of cells) {
      if (!all.some(({ text }) => text.includes(cell))) faults.push(`${page.path}: “${cell.slice(0, 24)}” is not whole on any sheet`);
    }
  }
  none(faults, 'rows are split');
});

test('the official text is on paper without script too', async () => {
  const quiet = await open(browser, { javaScriptEnabled: false });
  const page = site().documents.find(({ kind }) => kind === 'service');
  await quiet.goto(server.url + page.path);
  const all = (await sheets(quiet)).map(({ text }) => text).join('');
  const document = plain(site().html(page.path).all('dd').at(-1).text);
  await quiet.context().close();
  assert.ok(all.includes(document), `${page.path}: “${document}” is folded away`);
});

test('each service of a place prints on one or two sheets, one of many lines on another for every six', async () => {
  const faults = [];
  const services = site().documents.filter((page) => page.kind === 'service');
  const weight = (place) => services.filter((page) => page.place === place).reduce((sum, page) => sum + site().bytes(page.path).length, 0);
  const places = [...new Set(services.map(({ place }) => place))].sort((a, b) => weight(b) - weight(a));
  for (const page of few(services.filter(({ place }) => place === places[0]))) {
    const all = await paper(page);
    const lines = site().html(page.path).all('li').filter((item) => /^p\d+$/.test(item.get('id') ?? '')).length;
    // What is compiled from prose has whole paragraphs of official text.
    const prose = /not? (an )?official table|不是官方的表/.test(site().html(page.path).source) ? 1 : 0;
    if (all.length > 1 + Math.max(1, Math.ceil(lines / 6)) + prose) faults.push(`${page.path}: ${all.length} sheets, ${lines} lines`);
    const official = plain(site().html(page.path).first('blockquote').text).slice(0, 20).replace(/\d+/g, '');
    if (!all.map(({ text }) => text.replace(/\d+/g, '')).join('').includes(official.slice(0, 12))) faults.push(`${page.path}: the official text is folded away`);
  }
  none(faults, 'services print badly');
});

test('every page prints without navigation, buttons or folded parts', async () => {
  const faults = [];
  await tab.emulateMedia({ media: 'print' });
  for (const page of site().samples()) {
    await tab.goto(server.url + page.path);
    const shown = await tab.evaluate(() => {
      const controls = document.querySelectorAll('nav, button, input, select, summary, form, header .tools, .skip');
      return [...controls].filter((element) => element.checkVisibility({ visibilityProperty: true })).map((element) => element.outerHTML.slice(0, 80));
    });
    faults.push(...shown.map((control) => `${page.path}: ${control}`));
  }
  await tab.emulateMedia({ media: null });
  none(faults, 'controls are printed');
});

test('every page prints on A4, black on white, nothing wider than the paper', async () => {
  const faults = [];
  for (const page of otherPages()) {
    for (const [at, { width, height, pieces }] of (await paper(page)).entries()) {
      if (Math.abs(width - A4.width) > 1.5 || Math.abs(height - A4.height) > 1.5) faults.push(`${page.path} sheet ${at + 1}: ${width} × ${height} pt`);
      const out = pieces.find((piece) => piece.left < 20 || piece.right > width - 20);
      if (out) faults.push(`${page.path} sheet ${at + 1}: “${out.text}” reaches the edge`);
    }
    await tab.goto(server.url + page.path);
    await tab.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const ground = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    if (!['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(ground)) faults.push(`${page.path} prints on ${ground}`);
    await tab.emulateMedia({ media: null, colorScheme: null });
  }
  none(faults, 'pages print badly');
});

test('at least 90 % of the text of a page is on its paper', async () => {
  const faults = [];
  for (const page of few(site().samples({ perKind: 1 }))) {
    const all = (await paper(page)).map(({ text }) => text).join('');
    await tab.goto(server.url + page.path);
    await tab.evaluate(unfold);
    const chooser = await tab.evaluate(() => [...document.querySelectorAll('main nav, main .ages, main .tooling, main .screen, main .acts, main summary, main sup')].flatMap((part) => part.innerText.split('\n')));
    const inMain = await tab.evaluate(() => document.querySelector('main').innerText.replace(/\s+/g, ''));
    const texts = (await tab.evaluate(visibleTexts)).filter((text) => inMain.includes(text.replace(/\s+/g, '')) && !chooser.some((part) => part.includes(text)));
    const length = texts.reduce((sum, text) => sum + plain(text).length, 0);
    const lost = texts.filter((text) => !all.includes(plain(text)));
    const share = 100 - (100 * lost.reduce((sum, text) => sum + plain(text).length, 0)) / length;
    if (share < 90) faults.push(`${page.path}: ${share.toFixed(0)} %, without “${lost.slice(0, 3).map((text) => text.slice(0, 24)).join('”, “')}”`);
  }
  none(faults, 'pages lose text on paper');
});
