// Each page has a twin in each language, and says so to people and to search engines.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { SaxesParser } from 'saxes';
import { build, changeYaml, copyOfContent, none, site } from './lib/site.mjs';

test('every page links to its twin in each other language', () => {
  const paths = new Set(site().pages.map((page) => page.path));
  const missing = site().pages.flatMap((page) =>
    site().languages.filter(({ code }) => page.path.includes('/') && code !== page.lang).flatMap(({ code, tag }) => {
      const twin = site().twin(page, code);
      if (!paths.has(twin)) return [`${page.path}: there is no ${twin}`];
      const links = site().html(page.path).all('a').filter((link) => link.get('hreflang') === tag);
      const leads = links.length > 0 && links.every((link) => site().follow(page, link.get('href')).path === twin);
      return leads ? [] : [`${page.path}: its ${tag} link does not lead to ${twin}`];
    }),
  );
  none(missing, 'twins are not linked');
});

test('the root links to the home page of each language', () => {
  const links = site().html('index.html').all('a');
  for (const { code, tag } of site().languages) {
    const link = links.find((a) => a.get('hreflang') === tag);
    assert.equal(link?.get('href'), `${code}/index.html`);
  }
});

test('links to another language name it in itself, in its language and direction', () => {
  const byTag = new Map(site().languages.map((language) => [language.tag, language]));
  const wrong = site().pages.flatMap((page) =>
    site().html(page.path).all('a').filter((link) => link.get('hreflang')).flatMap((link) => {
      const language = byTag.get(link.get('hreflang'));
      const right = language && link.lang === language.tag && link.text.trim() === language.name;
      return right ? [] : [`${page.path}: ${link}${link.text}`];
    }),
  );
  none(wrong, 'language links are not named in their language');
});

test('without a base URL there is no absolute address in the head and no sitemap', () => {
  const absolute = site().pages.filter(({ path }) => {
    const html = site().html(path);
    return html.links('canonical').length + html.links('alternate').filter((link) => link.get('hreflang')).length > 0;
  });
  none(absolute.map((page) => page.path), 'pages have absolute addresses');
  assert.ok(!site().files.includes('sitemap.xml'));
});

describe('with a base URL', () => {
  const BASE = 'https://children.example.org/some/base';
  let based;
  let alternates;

  /** Returns the address a page is known by: folders instead of their index.html. */
  const address = (path) => `${BASE}/${path.replace(/(^|\/)index\.html$/, '$1')}`;

  before(() => {
    const content = copyOfContent();
    changeYaml(`${content}/site.yaml`, (settings) => (settings.base_url = BASE));
    based = build(content);
    alternates = new Map(based.documents.map((page) => {
      const links = based.html(page.path).links('alternate').filter((link) => link.get('hreflang'));
      return [page.path, links.map((link) => `${link.get('hreflang')} ${link.get('href')}`).sort()];
    }));
  });

  test('every page names its one canonical address', () => {
    const wrong = based.documents.flatMap((page) => {
      const links = based.html(page.path).links('canonical').map((link) => link.get('href'));
      return links.length === 1 && links[0] === address(page.path) ? [] : [`${page.path}: ${links}`];
    });
    none(wrong, 'canonical addresses are wrong');
  });

  test('every page names its twins and itself, by the tag of their html element', () => {
    const wrong = based.documents.flatMap((page) => {
      const expected = based.languages.map(({ code, tag }) => {
        const twin = based.twin(page, code);
        assert.equal(based.html(twin).first('html').get('lang'), tag);
        return `${tag} ${address(twin)}`;
      });
      const named = alternates.get(page.path).filter((link) => !link.startsWith('x-default '));
      return String(named) === String(expected.sort()) ? [] : [`${page.path}: ${named}`];
    });
    none(wrong, 'hreflang links are wrong');
  });

  test('twins name each other alike', () => {
    const wrong = based.documents.filter((page) =>
      based.languages.some(({ code }) => String(alternates.get(based.twin(page, code))) !== String(alternates.get(page.path))),
    );
    none(wrong.map((page) => page.path), 'pages disagree with their twins');
  });

  test('sitemap.xml is well-formed and lists every page but those of drafts, with their twins', () => {
    const listed = new Map();
    const parser = new SaxesParser({ xmlns: true });
    let text = '';
    let links = [];
    parser.on('error', (error) => assert.fail(`sitemap.xml: ${error.message}`));
    parser.on('text', (chunk) => (text += chunk));
    parser.on('opentag', (tag) => {
      text = '';
      if (tag.local === 'link') links.push(`${tag.attributes.hreflang.value} ${tag.attributes.href.value}`);
    });
    let loc;
    parser.on('closetag', (tag) => {
      if (tag.local === 'loc') loc = text.trim();
      if (tag.local === 'url') {
        listed.set(loc, links.sort());
        links = [];
      }
    });
    parser.write(based.bytes('sitemap.xml').toString('utf8')).close();
    // Posters are for walls, not for those who search.
    const announced = based.documents.filter((page) => page.kind !== 'poster' && [undefined, 'issued'].includes(based.status(page)));
    const addresses = new Set(announced.map((page) => address(page.path)));
    none([...addresses].filter((one) => !listed.has(one)), 'pages are not in sitemap.xml');
    none([...listed.keys()].filter((one) => !addresses.has(one)), 'addresses in sitemap.xml are not of issued pages');
    const wrong = announced.filter((page) => String(listed.get(address(page.path))) !== String(alternates.get(page.path)));
    none(wrong.map((page) => page.path), 'pages have other twins in sitemap.xml');
  });

  test('robots.txt names the sitemap and forbids nothing', () => {
    const robots = based.bytes('robots.txt').toString('utf8');
    assert.match(robots, new RegExp(`^Sitemap: ${BASE}/sitemap\\.xml$`, 'm'));
    assert.doesNotMatch(robots, /^Disallow: ./m);
  });

  test('redirects are kept out of search engines', () => {
    const redirects = based.pages.filter((page) => page.kind === 'redirect');
    none(redirects.filter((page) => !/noindex/.test(based.html(page.path).meta('robots') ?? '')).map((page) => page.path), 'redirects are indexed');
  });
});
