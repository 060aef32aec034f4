// What search engines, chats and screen readers take a page to be.

import { test } from 'node:test';
import { none, site } from './lib/site.mjs';

/** Returns the faults that `look(page, html)` names, one or several a page. */
function faults(look, pages = site().documents) {
  return pages.flatMap((page) => [look(page, site().html(page.path))].flat().filter(Boolean).map((fault) => `${page.path}: ${fault}`));
}

/** Returns the texts that more than one page has. */
function shared(textOf) {
  const pages = new Map();
  for (const page of site().documents) {
    const text = textOf(site().html(page.path));
    if (text) pages.set(text, [...(pages.get(text) ?? []), page.path]);
  }
  return [...pages].filter(([, paths]) => paths.length > 1).map(([text, paths]) => `“${text}”: ${paths.slice(0, 3).join(', ')} (${paths.length})`);
}

test('every page, redirects too, has a title', () => {
  none(faults((page, html) => !html.title.trim() && 'no title', site().pages), 'pages have no title');
});

test('titles are unique over the whole site', () => none(shared((html) => html.title.trim()), 'titles are shared'));

test('every page has a description', () => {
  none(faults((page, html) => !html.meta('description')?.trim() && 'no description'), 'pages have no description');
});

test('descriptions are unique over the whole site', () => {
  none(shared((html) => html.meta('description')?.trim()), 'descriptions are shared');
});

test('no placeholder, key or program word is left in title, description or text', () => {
  const left = /\{\{|\}\}|\{[a-z_-]+\}|\bundefined\b|\[object |\bNaN\b|__tera|\bNone\b|\{\"\w+\":/;
  const words = (html) => [html.title, html.meta('description') ?? '', html.first('body').text];
  none(faults((page, html) => words(html).map((text) => left.exec(text)?.[0])), 'texts hold a placeholder');
});

test('every page has one h1 with text', () => {
  const wrong = (page, html) => {
    const heads = html.all('h1');
    return (heads.length !== 1 || !heads[0].text.trim()) && `${heads.length} h1`;
  };
  none(faults(wrong, site().pages), 'pages have not one h1');
});

test('heading levels never jump', () => {
  const jumps = (page, html) => {
    const heads = html.all('h1', 'h2', 'h3', 'h4', 'h5', 'h6');
    const levels = heads.map((head) => Number(head.name[1]));
    return heads.map((head, at) => levels[at] > (levels[at - 1] ?? 0) + 1 && `h${levels[at - 1] ?? 0} to ${head.name} “${head.text.trim()}”`);
  };
  none(faults(jumps, site().pages), 'headings jump');
});

test('html carries the language and direction of site.yaml', () => {
  const wrong = (page, html) => {
    const { tag, direction } = site().language(page);
    const root = html.first('html');
    return (root.get('lang') !== tag || root.get('dir') !== direction) && `${root}, not ${tag} ${direction}`;
  };
  none(faults(wrong, site().pages), 'pages have a wrong language');
});

test('nobody is kept from enlarging a page', () => {
  const fixed = (page, html) => {
    const viewport = html.meta('viewport') ?? '';
    return (!viewport.includes('width=device-width') || /user-scalable|maximum-scale/.test(viewport)) && `viewport “${viewport}”`;
  };
  none(faults(fixed, site().pages), 'pages fix their scale');
});

/** Returns the texts of a page with the language each is in: what is read, and what is read out in its place. */
function texts(html) {
  return html.elements.filter((element) => !['title', 'script'].includes(element.name)).flatMap((element) => {
    const own = (element.node.childNodes ?? []).filter((node) => node.nodeName === '#text').map((node) => node.value);
    const named = ['aria-label', 'alt', 'title', 'placeholder'].map((name) => element.get(name)).filter(Boolean);
    return [...own, ...named].map((text) => ({ text: text.trim(), lang: element.lang ?? '', element }));
  });
}

const unmarked = (wrong) => faults((page, html) => texts(html).filter((text) => wrong(text)).map(({ text, element }) => `${element} “${text.slice(0, 40)}”`));

test('every word in Chinese characters is marked as such on pages of other languages', () => {
  none(unmarked(({ text, lang }) => /\p{Script=Han}/u.test(text) && !/^(zh|ja)/.test(lang)), 'Chinese texts are not marked');
});

test('every sentence in Latin letters is marked as such on Chinese pages', () => {
  none(unmarked(({ text, lang }) => /([A-Za-z]{2,}[ ,]+){3}/.test(text) && /^zh/.test(lang)), 'texts of another language are not marked');
});
