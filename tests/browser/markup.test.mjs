// The Nu checker, the reference for HTML, has nothing to say about any page.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { none, site } from './lib/site.mjs';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

/** Returns what the checker says of files of the site, one line a message. */
function messages(paths, ...options) {
  const files = paths.map((path) => join(site().folder, path));
  const run = spawnSync('java', ['-jar', JAR, '--format', 'json', ...options, ...files], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.ok(!run.error, `java does not run: ${run.error?.message}`);
  const { messages: found } = JSON.parse(run.stderr);
  return found.map(({ url, lastLine, type, subType, message, extract }) => {
    const path = decodeURI(url ?? '').slice(-80);
    return `${path}:${lastLine ?? ''} ${subType ?? type}: ${message} ${JSON.stringify(extract ?? '')}`;
  });
}

test('the Nu checker finds no error and no warning in pages of each kind and language', () => {
  const redirects = site().pages.filter((page) => page.kind === 'redirect').slice(0, 4);
  none(messages([...site().samples({ perKind: 4 }), ...redirects].map((page) => page.path)), 'messages');
});

test('the Nu checker finds nothing in images and style sheets', () => {
  const images = site().files.filter((path) => path.endsWith('.svg'));
  none(messages(images, '--svg'), 'messages about images');
});
