// A phone that keeps what it visited: wait until it has, count what is stored, read a pack.

import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';

/** Returns what is stored for the origin: the address and size of each file, by the name of its store. */
export function stored(tab) {
  return tab.evaluate(async () => {
    const all = {};
    for (const name of await caches.keys()) {
      const store = await caches.open(name);
      all[name] = [];
      for (const { url } of await store.keys()) {
        all[name].push({ url, bytes: (await (await store.match(url)).arrayBuffer()).byteLength });
      }
    }
    return all;
  });
}

/** Opens a page and waits until the phone has the pack that `site` has now. */
export async function visit(tab, url, site) {
  await tab.goto(url);
  const script = await tab.locator('script[data-keep]').getAttribute('data-keep');
  const pack = new URL(script, url);
  for (let tries = 0; tries < 100; tries += 1) {
    const has = await tab.evaluate(async (packs) => {
      for (const pack of packs) {
        const found = await caches.match(pack);
        if (found) return Array.from(new Uint8Array(await found.arrayBuffer()));
      }
      return [];
    }, [pack.href, pack.href.replace(/\.bin$/, '-small.bin')]);
    const wanted = site.files.filter((path) => /\/offline(-small)?\.bin$/.test(path) && pack.href.replace('.bin', '').endsWith(path.replace(/(-small)?\.bin$/, '')));
    if (wanted.some((path) => site.bytes(path).equals(Buffer.from(has)))) return;
    await tab.waitForTimeout(100);
  }
  assert.fail(`${url} is not kept after ten seconds`);
}

/** Returns what a pack of the site holds. */
export function unpacked(site, path) {
  return JSON.parse(gunzipSync(site.bytes(path)).toString('utf8'));
}
