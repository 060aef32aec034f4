// A static file server as a careful host sets it up: right types, strict policy, caching of named files.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon',
  '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8', '.csv': 'text/csv; charset=utf-8',
  '.webmanifest': 'application/manifest+json', '.pdf': 'application/pdf',
};

const PACKABLE = /^(text|application\/(json|xml|manifest))|svg/;

/**
 * Serves `folder` below `base` (`/` or `/some/base/`) on a free port of this computer, or on `port`; with `packed`
 * as hosts serve it, in brotli or gzip, which tests that look at many pages can do without. Before each answer it
 * waits for `weather(path)`: false breaks the connection off, 'half' does so in the middle of the file, a number
 * is a status that there is trouble.
 */
export async function serve(folder, base = '/', { port = 0, packed = false, weather = () => true } = {}) {
  const server = createServer(async (request, response) => {
    const now = await weather(request.url);
    if (now === false) {
      request.socket.destroy();
      return;
    }
    if (typeof now === 'number') {
      response.writeHead(now).end();
      return;
    }
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    const inside = path.startsWith(base) ? normalize(path.slice(base.length) || 'index.html') : '..';
    const file = inside.endsWith('/') ? `${inside}index.html` : inside;
    try {
      if (file.startsWith('..')) throw new Error('outside');
      const plain = await readFile(join(folder, file));
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      const { body, headers } = packed ? pack(plain, type, request.headers['accept-encoding']) : { body: plain };
      const lasting = /\.[0-9a-f]{8,}\.\w+$/.test(file);
      response.writeHead(200, {
        'Content-Type': type,
        'Content-Security-Policy': POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Content-Length': body.length,
        'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...headers,
      });
      if (now === 'half') {
        response.write(body.subarray(0, body.length / 2), () => request.socket.destroy());
        return;
      }
      response.end(body);
    } catch {
      const page = await readFile(join(folder, `${inside.split('/')[0]}/404.html`)).catch(() => readFile(join(folder, '404.html')));
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY });
      response.end(page);
    }
  });
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  return {
    /** The address of the site's root, with `/` at the end. */
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
