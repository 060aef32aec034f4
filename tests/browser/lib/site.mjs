// The built site as tests see it: its files, its pages, and builds of changed copies of `content/`.
//
// How to run the tests of this folder:
//
//   tests/run                                     everything, from the root of the project
//   cd tests/browser && npm ci && node --test     only these, against a fresh build of content/
//   node --test axe.test.mjs                      one file
//   node --test --test-name-pattern='rtl' new-language.test.mjs      one test
//   node screenshots.mjs OUT                      phone screenshots for the README
//
// Environment, all optional:
//
//   QINGDAN    the program (default: target/debug/qingdan, below CARGO_TARGET_DIR if that is set)
//   SITE       a site already built with --drafts from content/, instead of building it in every file
//   CHROMIUM   the browser (default: /usr/bin/chromium)
//   CHROMIUM_OLD  an old browser (default: Chromium 66, out of the npm package chrome-aws-lambda)
//   SHOTS      where screenshots of failed browser tests go (default: qingdan-shots in the temp folder)
//
// Tests read `pages.json` to know which pages there are. Whole-site tests look at every page without a
// browser; browser tests take samples of each kind and language: the first page, the heaviest, and those that show
// what the others lack.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml, stringify } from 'yaml';
import { Html } from './html.mjs';

export const ROOT = resolve(fileURLToPath(import.meta.url), '../../../..');
export const CONTENT = join(ROOT, 'content');
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR || 'target');
export const QINGDAN = process.env.QINGDAN || join(TARGET, 'debug', process.platform === 'win32' ? 'qingdan.exe' : 'qingdan');

const temporary = [];
process.on('exit', () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Returns a new empty folder that is gone when the process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'qingdan-test-'));
  temporary.push(folder);
  return folder;
}

/** Returns a copy of `content/`, or of another catalogue, for a test to change. */
export function copyOfContent(catalogue = CONTENT) {
  const folder = join(temporaryFolder(), 'content');
  cpSync(catalogue, folder, { recursive: true });
  return folder;
}

/** Rewrites a YAML file of a catalogue: `change` gets the parsed document and alters it. */
export function changeYaml(path, change) {
  const document = readYaml(path);
  change(document);
  writeFileSync(path, stringify(document));
}

export function readYaml(path) {
  return parseYaml(readFileSync(path, 'utf8'));
}

/** Builds `catalogue` with drafts, and what `more` asks for. Fails with the findings if the build is refused. */
export function build(catalogue, more = []) {
  const out = join(temporaryFolder(), 'site');
  const run = spawnSync(QINGDAN, ['build', catalogue, '--drafts', '--out', out, ...more], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(run.status, 0, `qingdan build ${catalogue} failed:\n${run.error ?? run.stderr.slice(-6000)}`);
  return new Site(out, catalogue);
}

let shipped;

/** Returns the site built from `content/` with drafts. */
export function site() {
  shipped ??= process.env.SITE ? new Site(resolve(process.env.SITE), CONTENT) : build(CONTENT);
  return shipped;
}

export class Site {
  #html = new Map();
  #statuses = new Map();
  #known = new Map();
  #samples = {};

  constructor(folder, catalogue) {
    assert.ok(existsSync(join(folder, 'pages.json')), `${folder} holds no pages.json`);
    this.folder = folder;
    this.catalogue = catalogue;
    this.settings = readYaml(join(catalogue, 'site.yaml'));
    this.languages = this.settings.languages;
    this.files = walk(folder).map((path) => relative(folder, path).split(sep).join('/')).sort();
    this.pages = JSON.parse(readFileSync(join(folder, 'pages.json'), 'utf8'));
    /** Every page that says something of its own, not one that only leads on or that servers show anywhere. */
    this.documents = this.pages.filter((page) => !['redirect', 'not-found'].includes(page.kind));
  }

  /** Returns the bytes of a file of the site. */
  bytes(path) {
    return readFileSync(join(this.folder, path));
  }

  /** Returns a page parsed as browsers parse it. */
  html(path) {
    if (!this.#html.has(path)) this.#html.set(path, new Html(this.bytes(path).toString('utf8')));
    return this.#html.get(path);
  }

  /** Returns the status of the edition a page shows, as the content says, not the page; of other pages nothing. */
  status({ place, list, edition }) {
    if (!edition) return undefined;
    const path = join(this.catalogue, place, list, `${edition}.yaml`);
    if (!this.#statuses.has(path)) this.#statuses.set(path, readYaml(path).status);
    return this.#statuses.get(path);
  }

  /** Returns the language of a page as `site.yaml` describes it. */
  language(page) {
    return this.languages.find((language) => language.code === page.lang);
  }

  /** Returns the path of the same page in the language `code`; `undefined` for the root. */
  twin(page, code) {
    const [first, ...rest] = page.path.split('/');
    return first === page.lang && rest.length ? [code, ...rest].join('/') : undefined;
  }

  /**
   * Returns pages of each kind and language: with `perKind` 1 the fewest that show every class of elements there is,
   * with more also the heaviest and the first.
   */
  samples({ perKind = 2 } = {}) {
    this.#samples[perKind] ??= [...this.#groups().values()].flatMap((pages) => {
      const heaviest = [...pages].sort((a, b) => this.#parts(b).bytes - this.#parts(a).bytes);
      const picked = perKind === 1 ? [] : [...new Set([pages[0], ...heaviest])].slice(0, perKind);
      return [...picked, ...this.showing(heaviest, new Set(picked.flatMap((page) => this.shows(page))))];
    });
    return this.#samples[perKind];
  }

  /** Returns few of `pages` that together show what is not in `seen` yet, and adds it. */
  showing(pages, seen) {
    const unseen = (page) => this.shows(page).filter((one) => !seen.has(one));
    const picked = [];
    for (;;) {
      const next = pages.reduce((best, page) => (unseen(page).length > unseen(best).length ? page : best), pages[0]);
      if (!next || unseen(next).length === 0) return picked;
      picked.push(next);
      unseen(next).forEach((one) => seen.add(one));
    }
  }

  /** Returns what a page shows: its kind and the classes of its elements, in its language. */
  shows(page) {
    return this.#parts(page).shows;
  }

  /** Returns the pages of each kind and language. */
  #groups() {
    const groups = new Map();
    for (const page of this.documents) {
      const key = `${page.kind} ${page.lang}`;
      groups.set(key, [...(groups.get(key) ?? []), page]);
    }
    return groups;
  }

  /** Returns how heavy a page is and what it shows. */
  #parts({ path, kind, lang }) {
    if (!this.#known.has(path)) {
      const bytes = this.bytes(path);
      const classes = [...bytes.toString('utf8').matchAll(/<(\w+) (?:[^>]* )?class="([^"]*)"/g)].map(([, name, value]) => `${name}.${value}`);
      const shows = [...new Set(['', ...classes])].map((one) => `${kind} ${lang} ${one}`);
      this.#known.set(path, { bytes: bytes.length, shows });
    }
    return this.#known.get(path);
  }

  /** Returns the path of the site's public address: `/`, or `/some/base/`. */
  get base() {
    return `${new URL(this.settings.base_url ?? 'http://host').pathname.replace(/\/$/, '')}/`;
  }

  /** Returns where a `link` on `page` leads: a path of the site and a fragment. */
  follow(page, link) {
    const [path, fragment] = link.split('#');
    const plain = decodeURIComponent(path.split('?')[0]);
    const relative = () => (plain.startsWith(this.base) ? plain.slice(this.base.length) : posix.join(posix.dirname(page.path), plain));
    const target = path === '' ? page.path : relative();
    return { path: target, fragment: fragment === undefined ? undefined : decodeURIComponent(fragment) };
  }
}

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** Fails with a readable list if there are `faults`. */
export function none(faults, what) {
  if (faults.length === 0) return;
  const more = faults.length > 25 ? `\n  … and ${faults.length - 25} more` : '';
  assert.fail(`${faults.length} ${what}:\n  ${faults.slice(0, 25).join('\n  ')}${more}`);
}
