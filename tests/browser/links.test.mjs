// Every address in every page leads somewhere, inside the site unless on purpose.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { none, site } from './lib/site.mjs';

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** Calls `look(page, element, link)` for every address in the site; returns the faults it names. */
function faults(look) {
  return site().pages.flatMap((page) => {
    const found = [];
    for (const { element, link } of site().html(page.path).addresses()) {
      const fault = look(page, element, link);
      if (fault) found.push(`${page.path}: ${element} ${fault}`);
    }
    return found;
  });
}

const inside = (link) => !SCHEME.test(link) && !link.startsWith('//');

test('pages.json lists exactly the HTML files', () => {
  const files = site().files.filter((path) => path.endsWith('.html'));
  assert.deepEqual(site().pages.map((page) => page.path).sort(), files);
});

test('pages.json gives every page its kind, language, place, list, edition and service', () => {
  const fields = ['path', 'kind', 'lang', 'place', 'list', 'edition', 'service'];
  none(
    site().pages.filter((page) => fields.some((field) => page[field] === undefined)).map((page) => page.path),
    'pages lack a field',
  );
});

test('every link and asset is a file of the site', () => {
  const files = new Set(site().files);
  none(
    faults((page, element, link) => inside(link) && !files.has(site().follow(page, link).path) && 'leads to no file'),
    'dead links',
  );
});

test('every fragment is an id of the page it leads to', () => {
  const ids = new Map(site().pages.map((page) => [page.path, new Set(site().html(page.path).ids)]));
  const lost = (page, element, link) => {
    if (!inside(link)) return false;
    const { path, fragment } = site().follow(page, link);
    // Behind `#/` stand the answers of the check, which its script reads.
    return fragment && !fragment.startsWith('/') && ids.has(path) && !ids.get(path).has(fragment) && 'leads to an id that is not there';
  };
  none(faults(lost), 'lost fragments');
});

test('links are relative, name a file and never end in a slash', () => {
  // Pages that servers show anywhere begin at the root of the server: hosting.test.mjs follows them.
  const vague = (page, element, link) =>
    page.kind !== 'not-found' && inside(link) && (link === '' || /^\/|(^|\/)(\.{1,2})?$/.test(link.split(/[?#]/)[0]) && !link.startsWith('#')) && 'names no file';
  none(faults(vague), 'vague links');
});

test('only links that a person follows leave the site, and only by https or telephone', () => {
  const leaves = (page, element, link) => {
    const metadata = element.name === 'link' && ['canonical', 'alternate'].includes(element.get('rel'));
    const followed = element.name === 'a' && /^(https:\/\/[^/]+\/|tel:\+?[0-9-]+$)/.test(link);
    return !inside(link) && !metadata && !followed && 'leaves the site';
  };
  none(faults(leaves), 'links leave the site');
});

test('ids are unique in each page', () => {
  const twice = site().pages.flatMap((page) => {
    const { ids } = site().html(page.path);
    return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${page.path}: #${id}`);
  });
  none(twice, 'ids stand twice');
});

test('every page can be reached by links from the root', () => {
  const byPath = new Map(site().pages.map((page) => [page.path, page]));
  const reached = new Set(['index.html']);
  for (const path of reached) {
    const page = byPath.get(path);
    const links = page ? site().html(path).all('a').map((link) => link.get('href')) : [];
    links.filter((link) => link && inside(link)).forEach((link) => reached.add(site().follow(page, link).path));
  }
  none(site().documents.map((page) => page.path).filter((path) => !reached.has(path)), 'pages cannot be reached');
});
