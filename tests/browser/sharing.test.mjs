// What chats, search engines and home screens make of a page that somebody sends on.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { QINGDAN, ROOT, build, changeYaml, copyOfContent, none, site, temporaryFolder } from './lib/site.mjs';

const MODULES = fileURLToPath(new URL('./node_modules/', import.meta.url));

const property = (html, name) => html.all('meta').find((meta) => meta.get('property') === name)?.get('content');
const linked = (html) => html.all('script').filter((script) => script.get('type') === 'application/ld+json').map((script) => script.text);
const shared = () => site().documents;

/** Returns the sides of a PNG. */
function sides(bytes) {
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** Returns what the vocabulary of schema.org, as TypeScript knows it, has against each of `things`. */
function faultsOf(things) {
  const folder = temporaryFolder();
  const file = join(folder, 'things.ts');
  // One a line, the first on line 2.
  const lines = things.map((thing, at) => `export const thing${at}: WithContext<GovernmentService> = ${thing};`);
  writeFileSync(file, `import type { GovernmentService, WithContext } from '${MODULES}schema-dts/dist/schema';\n${lines.join('\n')}\n`);
  const words = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--moduleResolution', 'nodenext', file];
  const run = spawnSync(process.execPath, [join(MODULES, 'typescript/bin/tsc'), ...words], { encoding: 'utf8' });
  const faults = things.map(() => []);
  for (const line of run.stdout.split('\n')) {
    const at = /things\.ts\((\d+),/.exec(line);
    if (at) faults[at[1] - 2].push(line.slice(line.indexOf('error')));
    else assert.doesNotMatch(line, /error/);
  }
  return faults;
}

test('every page says in a chat what it says itself', () => {
  const wrong = shared().filter((page) => {
    const html = site().html(page.path);
    const same = property(html, 'og:title') === html.title && property(html, 'og:description') === html.meta('description');
    return !same || property(html, 'og:type') !== 'website' || property(html, 'og:locale') !== site().language(page).tag.replace('-', '_');
  });
  none(wrong.map((page) => page.path), 'pages are shown otherwise');
});

test('the picture in a chat is a square PNG of at least 300 px that the page does not load', () => {
  const images = new Set(shared().map((page) => site().follow(page, property(site().html(page.path), 'og:image')).path));
  assert.equal(images.size, 1);
  const [image] = images;
  const [width, height] = sides(site().bytes(image));
  assert.ok(width === height && width >= 300, `${width} × ${height}`);
  none(shared().filter((page) => site().html(page.path).assets.some((link) => link.endsWith('.png'))).map((page) => page.path), 'pages load the picture');
});

test('pages that only lead on are shown as nothing of their own', () => {
  const others = site().pages.filter((page) => ['redirect', 'not-found'].includes(page.kind));
  none(others.filter((page) => property(site().html(page.path), 'og:title')).map((page) => page.path), 'pages have og:title');
});

test('a home screen gets a name of at most six characters and marks of the right size', () => {
  for (const { code, tag, direction } of site().languages) {
    const path = `${code}/manifest.webmanifest`;
    const manifest = JSON.parse(site().bytes(path));
    assert.ok([...manifest.short_name].length <= 6 && manifest.short_name && manifest.name, path);
    assert.deepEqual([manifest.lang, manifest.dir], [tag, direction]);
    assert.ok(site().files.includes(posix.join(code, manifest.start_url)));
    for (const { src, sizes, type } of manifest.icons) {
      const bytes = site().bytes(posix.join(code, src));
      if (type === 'image/png') assert.equal(sizes, sides(bytes).join('x'));
      else assert.match(bytes.toString(), /^<svg /);
    }
    assert.deepEqual(manifest.icons.map(({ sizes }) => sizes), ['any', '192x192', '512x512']);
  }
  const links = site().documents.filter((page) => {
    const [link] = site().html(page.path).links('manifest');
    return !link || site().follow(page, link.get('href')).path !== `${page.lang}/manifest.webmanifest`;
  });
  none(links.map((page) => page.path), 'pages name no manifest');
});

describe('what a service says to machines', () => {
  const BASE = 'https://children.example.org/some/base';
  let based;
  let demonstration;
  before(() => {
    const content = copyOfContent();
    changeYaml(join(content, 'site.yaml'), (settings) => { settings.base_url = BASE; });
    based = build(content, ['--only', 'fujian/xiamen']);
    const demo = join(temporaryFolder(), 'demo');
    assert.equal(spawnSync(QINGDAN, ['init', '--demo', demo], { cwd: ROOT }).status, 0);
    changeYaml(join(demo, 'site.yaml'), (settings) => { settings.base_url = BASE; });
    demonstration = build(demo);
  });
  const services = (of) => of.pages.filter((page) => page.kind === 'service');

  test('is one GovernmentService on each page of a service, and what the page is on all others', () => {
    const wrong = site().pages.filter((page) => {
      const texts = linked(site().html(page.path));
      const silent = ['redirect', 'not-found'].includes(page.kind) || page.kind.startsWith('staff');
      if (silent) return texts.length > 0;
      const thing = texts.length === 1 && JSON.parse(texts[0]);
      if (page.kind === 'service') return thing['@type'] !== 'GovernmentService' || thing.mainEntityOfPage['@type'] !== 'WebPage';
      return thing['@type'] !== 'WebPage';
    });
    none(wrong.map((page) => page.path), 'pages have not what they should have');
  });

  test('names the service, who provides it, where, for whom and how to reach it', () => {
    for (const page of services(based)) {
      const html = based.html(page.path);
      const thing = JSON.parse(linked(html)[0]);
      assert.equal(thing.name, html.first('h1').text.trim());
      assert.equal(thing.url, `${BASE}/${page.path}`);
      assert.ok(thing.provider.every((body) => body['@type'] === 'GovernmentOrganization' && body.name), page.path);
      assert.match(thing.areaServed.identifier.value, /^35\d{4}$/);
      assert.ok(thing.audience.audienceType && thing.description && thing.serviceType, page.path);
      assert.equal(thing.availableChannel.at(-1).servicePhone.telephone, '12345');
      if (page.place === 'fujian/xiamen') assert.equal(thing.isRelatedTo.url, thing.url.replace('/xiamen/', '/'));
    }
  });

  test('keeps to the published vocabulary of schema.org, which finds what does not', () => {
    const things = [based, demonstration].flatMap((of) => services(of).map((page) => linked(of.html(page.path))[0]));
    const wrong = [{ providers: [] }, { areaServed: { '@type': 'Audience', name: 'x' } }, { provider: { '@type': 'NoSuchThing' } }, { name: 3 }];
    const spoilt = wrong.map((fault) => JSON.stringify({ ...JSON.parse(things[0]), ...fault }));
    const faults = faultsOf([...things, ...spoilt]);
    assert.ok(things.length > 100, `${things.length} services`);
    none(faults.slice(0, things.length).flat(), 'faults against the vocabulary');
    faults.slice(things.length).forEach((found, at) => assert.notDeepEqual(found, [], JSON.stringify(wrong[at])));
  });

  test('has the picture at a full address, where the site has one', () => {
    const images = new Set(based.documents.map((page) => property(based.html(page.path), 'og:image')));
    assert.deepEqual([...images].length, 1);
    const [image] = images;
    assert.ok(image.startsWith(`${BASE}/assets/`) && based.files.includes(image.slice(BASE.length + 1)), image);
  });

  test('stays data whatever a title holds', () => {
    const HOSTILE = `</script><script>alert(1)</script><!-- <script> & " ' \\ \u2028 end`;
    const content = copyOfContent();
    let id;
    changeYaml(join(content, 'fujian/migrant-children/2025.yaml'), (edition) => {
      id = edition.services[0].id;
      edition.services[0].title.en = HOSTILE;
    });
    const hostile = build(content, ['--only', 'fujian/xiamen']);
    const pages = services(hostile).filter(({ lang, service }) => lang === 'en' && service === id);
    assert.equal(pages.length, 2);
    for (const page of pages) {
      const html = hostile.html(page.path);
      assert.equal(JSON.parse(linked(html)[0]).name, HOSTILE);
      assert.deepEqual(html.all('script').filter((script) => !script.get('src')).length, 1);
      assert.equal(html.source.split('</script>').length - 1, html.all('script').length);
      assert.equal(property(html, 'og:title'), html.title);
      assert.ok(html.title.includes(HOSTILE));
    }
  });
});
