// Another language is an entry in site.yaml and one file of strings: no code, no template, no style.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { launch, open, watch, withShot } from './lib/chromium.mjs';
import { layoutFaults, unfold } from './lib/layout.mjs';
import { serve } from './lib/server.mjs';
import { LANGUAGES, buildWith } from './lib/stand-in.mjs';
import { none } from './lib/site.mjs';

for (const language of LANGUAGES) {
  const { code, tag, direction, name } = language.settings;

  describe(`zh and ${code} (${direction})`, () => {
    let built;
    let browser;
    let server;

    before(async () => {
      built = buildWith(language);
      browser = await launch();
      server = await serve(built.folder, '/some/base/');
    });
    after(async () => {
      await server?.close();
      await browser?.close();
    });

    const pages = () => built.pages.filter((page) => page.lang === code);

    test('it builds, with a page for each Chinese one and its strings in use', () => {
      const paths = new Set(built.pages.map((page) => page.path));
      none(built.documents.filter((page) => page.lang === 'zh' && !paths.has(built.twin(page, code))).map((page) => page.path), 'pages have no twin');
      none(pages().filter((page) => page.kind !== 'redirect').filter((page) => !language.script.test(built.html(page.path).first('nav')?.text ?? built.html(page.path).first('footer').text)).map((page) => page.path), 'pages do not use the strings');
    });

    test(`html is lang=${tag} dir=${direction}`, () => {
      none(pages().filter(({ path }) => {
        const root = built.html(path).first('html');
        return root.get('lang') !== tag || root.get('dir') !== direction;
      }).map((page) => page.path), 'pages have another language or direction');
    });

    test('titles are unique', () => {
      const seen = new Map();
      const twice = built.documents.flatMap(({ path }) => {
        const { title } = built.html(path);
        const first = seen.get(title);
        seen.set(title, first ?? path);
        return first ? [`“${title}”: ${first}, ${path}`] : [];
      });
      none(twice, 'titles are shared');
    });

    test('texts without a translation are marked as Chinese, with their direction', () => {
      const unmarked = pages().flatMap((page) => built.html(page.path).elements.flatMap((element) => {
        const text = element.node.childNodes?.filter((node) => node.nodeName === '#text').map((node) => node.value).join('').trim() ?? '';
        if (!/[\u3400-\u9fff]{2,}/.test(text) || ['title', 'script', 'noscript'].includes(element.name)) return [];
        const marked = element.lang === 'zh-CN' && (direction === 'ltr' || directionOf(element) === 'ltr');
        return marked ? [] : [`${page.path}: ${element} “${text.slice(0, 30)}” is ${element.lang} ${directionOf(element)}`];
      }));
      none(unmarked, 'Chinese texts are not marked');
    });

    test('pages say that texts without a translation are shown in Chinese, and link to the Chinese page', () => {
      const lost = pages().filter((page) => page.path !== 'index.html').filter((page) =>
        !built.html(page.path).all('a').some((link) => link.get('hreflang') === 'zh-CN'));
      none(lost.map((page) => page.path), 'pages have no link to the Chinese page');
    });

    test('nothing overflows, is cut off or overlaps at 320 and 1280 px, with text at 100 and 200 %', async () => {
      const faults = [];
      for (const fontSize of [16, 32]) {
        const tab = await open(browser, { fontSize });
        faults.push(...watch(tab));
        for (const page of built.samples({ perKind: 1 }).filter((sample) => sample.lang === code)) {
          await tab.goto(server.url + page.path);
          await tab.evaluate(unfold);
          for (const width of [320, 1280]) {
            await tab.setViewportSize({ width, height: 844 });
            const found = await withShot(tab, `${code} ${width} ${fontSize} ${page.path}`, async () => [...new Set(Object.values(await tab.evaluate(layoutFaults)).flat())]);
            faults.push(...found.map((fault) => `${fontSize} px text, ${width} px ${page.path}: ${fault}`));
          }
        }
        await tab.context().close();
      }
      none(faults, 'faults');
    });

    test(`the layout runs ${direction === 'rtl' ? 'from the right' : 'from the left'}`, async () => {
      const tab = await open(browser);
      const [page] = built.samples({ perKind: 1 }).filter((sample) => sample.lang === code && sample.kind === 'place');
      await tab.goto(server.url + page.path);
      const { mark, tools } = await tab.evaluate(() => ({
        mark: document.querySelector('header svg').getBoundingClientRect().left,
        tools: document.querySelector('header .tools').getBoundingClientRect().left,
      }));
      assert.equal(mark > tools, direction === 'rtl');
      await tab.context().close();
    });

    test(`the switch names ${code} in itself`, () => {
      const links = built.html('zh/index.html').all('a').filter((link) => link.get('hreflang') === tag);
      assert.ok(links.length > 0);
      links.forEach((link) => assert.equal(link.text.trim(), name));
    });
  });
}

/** Returns the direction in force at an element. */
function directionOf(element) {
  for (let node = element.node; node; node = node.parentNode) {
    const dir = node.attrs?.find((attr) => attr.name === 'dir')?.value;
    if (dir) return dir;
    if (node.nodeName === 'bdi') return 'auto';
  }
  return 'ltr';
}
