// One of everything: pages of each kind in each language, of the shipped site, and of the demonstration with its
// pages for staff what the shipped site has not: kinds of page, and classes of elements.

import { join } from 'node:path';
import { serve } from './server.mjs';
import { ROOT, build, site } from './site.mjs';

/** Where the demonstration lies. */
export const DEMO = join(ROOT, 'src', 'site', 'demo');

/** Builds the demonstration, or a copy of it, with its pages for staff, on a day on which some are late. */
export function demonstration(catalogue = DEMO) {
  return build(catalogue, ['--staff', '--today', '2027-06-10']);
}

/**
 * Serves both sites below a base path. Every page of the result has its `url` and says in `built` of which site it
 * is; its path is unique.
 */
export async function gallery({ perKind = 1 } = {}) {
  const shipped = site();
  const demo = demonstration();
  const [main, other] = await Promise.all([shipped, demo].map((one) => serve(one.folder, '/some/base/')));
  const seen = new Set(shipped.samples({ perKind }).flatMap((page) => shipped.shows(page)));
  const added = demo.showing(demo.documents, seen);
  // A host shows its page for what is not there at any depth, so its links begin at the root.
  const root = await serve(shipped.folder);
  const lost = shipped.pages.filter((page) => page.kind === 'not-found' && page.path.includes('/'));
  const hang = (built, server) => (page) => ({ ...page, built, url: server.url + page.path });
  return {
    pages: [...shipped.samples({ perKind }).map(hang(shipped, main)), ...added.map(hang(demo, other)), ...lost.map(hang(shipped, root))],
    close: () => Promise.all([main.close(), other.close(), root.close()]),
  };
}
