// The site runs under the strictest content policy: no inline code, no other host, nothing sent.

import { test } from 'node:test';
import { none, site } from './lib/site.mjs';

/** Returns the elements of the whole site of which `look` disapproves. */
function found(look) {
  return site().pages.flatMap((page) => site().html(page.path).elements.filter(look).map((element) => `${page.path}: ${element}`));
}

test('no script or style stands in a page', () => {
  const data = (element) => element.get('type') === 'application/ld+json';
  none(found((element) => element.name === 'style' || (element.name === 'script' && !element.get('src') && !data(element))), 'inline scripts or styles');
});

test('no element has a style attribute or a handler', () => {
  none(found((element) => element.attributes.some(([name]) => name === 'style' || /^on/i.test(name))), 'inline styles or handlers');
});

test('no address runs a script', () => {
  none(found((element) => element.attributes.some(([, value]) => /^\s*(javascript|vbscript|data:text)/i.test(value))), 'addresses run a script');
});

test('no page frames another, moves its base or asks for a plug-in', () => {
  none(found((element) => ['base', 'iframe', 'frame', 'object', 'embed', 'applet', 'portal'].includes(element.name)), 'forbidden elements');
});

test('no form sends anything to another host', () => {
  none(found((element) => element.name === 'form' && (/:|^\/\//.test(element.get('action') ?? '') || element.get('method')?.toLowerCase() === 'post')), 'forms send');
});

test('no page loads anything from another host', () => {
  const loads = site().pages.flatMap((page) => site().html(page.path).assets.filter((link) => /^(\w+:|\/\/)/.test(link)).map((link) => `${page.path}: ${link}`));
  none(loads, 'assets of other hosts');
});

test('no style sheet, script or image names another host', () => {
  const allowed = /^http:\/\/www\.w3\.org\/(1999\/xlink|2000\/svg)$/;
  const assets = site().files.filter((path) => /\.(css|js|svg|webmanifest)$/.test(path));
  const named = assets.flatMap((path) => {
    const hosts = site().bytes(path).toString('utf8').match(/(https?:)?\/\/[\w-]+\.[\w./-]+/g) ?? [];
    return hosts.filter((host) => !allowed.test(host)).map((host) => `${path}: ${host}`);
  });
  none(named, 'other hosts are named');
});

test('files that are cached for ever have a name that changes with their content', () => {
  none(site().files.filter((path) => path.startsWith('assets/') && !/\.[0-9a-f]{8,}\.\w+$/.test(path)), 'assets without a fingerprint');
});
