// The configurations of `qingdan export hosting`, in the real servers: nginx of Debian, and Caddy where it is.

import assert from 'node:assert/strict';
import axe from 'axe-core';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { launch, open, watch } from './lib/chromium.mjs';
import { DEMO } from './lib/gallery.mjs';
import { POLICY } from './lib/server.mjs';
import { QINGDAN, ROOT, build, changeYaml, copyOfContent, none, temporaryFolder } from './lib/site.mjs';

const has = (program, ...words) => spawnSync(program, words).error === undefined;
const NGINX = process.env.NGINX || '/usr/sbin/nginx';
const CADDY = process.env.CADDY || 'caddy';

/** Returns a port that is free. */
function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Asks for `path` as it is written, and does not follow. */
function ask(port, path, headers = {}) {
  return new Promise((found, failed) => {
    const host = { Host: `lists.example.org:${port}` };
    request({ port, host: '127.0.0.1', path, headers: { ...host, ...headers } }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => found({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    }).on('error', failed).end();
  });
}

/** Sends a request line that no client would send; returns the status. */
function askRaw(port, line) {
  return new Promise((found, failed) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(`GET ${line} HTTP/1.1\r\nHost: lists.example.org\r\nConnection: close\r\n\r\n`));
    socket.on('data', (bytes) => { said += bytes; });
    socket.on('end', () => found({ status: Number(said.split(' ')[1]), text: said }));
    socket.on('error', failed);
  });
}

async function answering(port) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await ask(port, '/').then(() => true, () => false)) return;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  assert.fail('the server does not answer');
}

/** Starts nginx with the configuration in `folder`. */
async function nginx(folder, port) {
  const file = join(folder, 'nginx.conf');
  const text = readFileSync(file, 'utf8');
  assert.match(text, /listen 80;\n/);
  writeFileSync(file, text.replace('listen 80;', `listen 127.0.0.1:${port};`).replace('    listen [::]:80;\n', ''));
  mkdirSync(join(folder, 'temp'));
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/temp/${name};`);
  writeFileSync(join(folder, 'main.conf'), `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events {}
http { access_log off; ${temps.join(' ')} include ${file}; }
`);
  return spawn(NGINX, ['-c', join(folder, 'main.conf'), '-p', folder], { stdio: 'ignore' });
}

/** Starts Caddy with the configuration in `folder`. */
async function caddy(folder, port) {
  const file = join(folder, 'Caddyfile');
  const text = readFileSync(file, 'utf8');
  const address = /^(https:\/\/lists\.example\.org|:80) \{$/m;
  assert.match(text, address);
  // On a port of its own, without certificates and the door for administrators.
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${text.replace(address, `http://lists.example.org:${port} {`)}`);
  const home = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return spawn(CADDY, ['run', '--config', file, '--adapter', 'caddyfile'], { env: home, stdio: 'ignore' });
}

const SERVERS = [
  { name: 'nginx', start: nginx, missing: has(NGINX, '-v') ? false : 'nginx is not installed' },
  { name: 'Caddy', start: caddy, missing: has(CADDY, 'version') ? false : 'Caddy is not installed' },
];

const TYPES = {
  html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8', svg: 'image/svg+xml; charset=utf-8', png: 'image/png',
  webmanifest: 'application/manifest+json; charset=utf-8', xml: 'application/xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8', txt: 'text/plain; charset=utf-8', bin: 'application/octet-stream',
};

for (const base of ['/', '/some/base/']) {
  let built;
  const site = () => {
    if (!built) {
      const content = copyOfContent(DEMO);
      changeYaml(join(content, 'site.yaml'), (settings) => { settings.base_url = `https://lists.example.org${base}`; });
      built = build(content, ['--compress']);
    }
    return built;
  };

  for (const { name, start, missing } of SERVERS) {
    describe(`${name}, site at ${base}`, { skip: missing }, () => {
      let server;
      let port;
      before(async () => {
        const folder = temporaryFolder();
        const run = spawnSync(QINGDAN, ['export', 'hosting', site().catalogue, '--out', folder, '--site', site().folder], { cwd: ROOT, encoding: 'utf8' });
        assert.equal(run.status, 0, run.stderr);
        port = await freePort();
        server = await start(folder, port);
        await answering(port);
      });
      after(() => server?.kill('SIGKILL'));

      const get = (path, headers) => ask(port, base + path, headers);
      const hashed = (pattern) => site().files.find((path) => pattern.test(path));

      test('every kind of file has its type, in UTF-8', async () => {
        const wrong = [];
        for (const [end, type] of Object.entries(TYPES)) {
          const path = site().files.find((file) => file.endsWith(`.${end}`));
          const { status, headers, body } = await get(path);
          const right = status === 200 && headers['content-type']?.toLowerCase() === type && body.equals(site().bytes(path));
          if (!right) wrong.push(`${path}: ${status} ${headers['content-type']}`);
        }
        none(wrong, 'files have another type');
      });

      test('every answer carries the strict policy, and says no more of the server than it must', async () => {
        for (const path of ['zh/index.html', hashed(/^assets\/.*css$/), 'en/none.html', 'zh/sw.js']) {
          const { headers } = await get(path);
          assert.equal(headers['content-security-policy'], POLICY, path);
          assert.equal(headers['x-content-type-options'], 'nosniff');
          assert.equal(headers['referrer-policy'], 'no-referrer');
          assert.doesNotMatch(headers.server ?? '', /\d/);
        }
      });

      test('what has a fingerprint lasts, and everything else is asked for anew', async () => {
        assert.match((await get(hashed(/^assets\/.*css$/))).headers['cache-control'], /max-age=31536000, immutable/);
        for (const path of ['', 'zh/index.html', 'zh/sw.js', 'zh/manifest.webmanifest', hashed(/offline\.bin$/), 'assets/none.12345678.css']) {
          assert.equal((await get(path)).headers['cache-control'], 'no-cache', path);
        }
        const first = await get('zh/index.html');
        const again = await get('zh/index.html', { 'If-None-Match': first.headers.etag });
        assert.equal(again.status, 304);
      });

      test('packed files are handed out to whoever takes them', async () => {
        for (const path of ['zh/index.html', hashed(/^assets\/.*css$/), 'zh/sw.js', 'pages.json']) {
          const { headers, body } = await get(path, { 'Accept-Encoding': 'gzip' });
          assert.equal(headers['content-encoding'], 'gzip', path);
          assert.match(headers.vary ?? '', /accept-encoding/i);
          assert.ok(body.equals(site().bytes(`${path}.gz`)) && gunzipSync(body).equals(site().bytes(path)));
          assert.equal(headers['content-type'], TYPES[path.split('.').pop()], path);
          assert.equal((await get(path)).headers['content-encoding'], undefined);
        }
        if (name === 'Caddy') {
          const { headers, body } = await get('zh/index.html', { 'Accept-Encoding': 'gzip, br' });
          assert.equal(headers['content-encoding'], 'br');
          assert.ok(brotliDecompressSync(body).equals(site().bytes('zh/index.html')));
        }
      });

      test('an address that is none gets the page for that, in its language', async () => {
        const cases = [['zh/none.html', 'zh/404.html'], ['en/a/b/c', 'en/404.html'], ['en/none/', 'en/404.html'], ['none', '404.html'], ['assets/', '404.html'], ['fr/x.html', '404.html'], ['zh/x.svg', 'zh/404.html']];
        for (const [path, page] of cases) {
          for (const encoding of ['identity', 'gzip']) {
            const { status, headers, body } = await get(path, { 'Accept-Encoding': encoding });
            assert.equal(status, 404, path);
            assert.equal(headers['content-type'], TYPES.html, path);
            assert.ok((headers['content-encoding'] ? gunzipSync(body) : body).equals(site().bytes(page)), `${path}: not ${page}`);
          }
        }
      });

      test('every link and file of the page for addresses that are none leads on, from any depth', async () => {
        const wrong = [];
        for (const page of ['404.html', ...site().languages.map(({ code }) => `${code}/404.html`)]) {
          for (const { link } of site().html(page).addresses()) {
            if (link.startsWith('tel:')) continue;
            const url = new URL(link, `http://lists.example.org${base}zh/some/where/deep/down.html`);
            const { status } = await ask(port, url.pathname);
            if (status !== 200 && !link.startsWith('#')) wrong.push(`${page}: ${link} ${status}`);
          }
        }
        none(wrong, 'links lead nowhere');
      });

      test('the page for addresses that are none looks like the others, from any depth', { skip: name !== 'nginx' && 'once is enough' }, async () => {
        const browser = await launch();
        try {
          const tab = await open(browser);
          const faults = watch(tab);
          const response = await tab.goto(`http://127.0.0.1:${port}${base}en/some/where/deep/down.html`);
          assert.equal(response.status(), 404);
          await tab.evaluate(axe.source);
          const { violations } = await tab.evaluate(() => window.axe.run(document));
          none(violations.map(({ id }) => id), 'violations');
          assert.equal(await tab.evaluate(() => getComputedStyle(document.querySelector('h1')).wordBreak), 'keep-all');
          none(faults.filter((fault) => !/404/.test(fault)), 'faults');
          assert.equal(faults.filter((fault) => /^404/.test(fault)).length, 1, 'only the page itself is missing');
        } finally {
          await browser.close();
        }
      });

      test('a folder has its first page, with and without a slash', async () => {
        assert.ok((await get('zh/')).body.equals(site().bytes('zh/index.html')));
        const { status, headers } = await get('zh');
        assert.ok([301, 308].includes(status), String(status));
        assert.equal(new URL(headers.location, `http://lists.example.org${base}`).pathname, `${base}zh/`);
        const root = await ask(port, base.replace(/\/$/, '') || '/');
        assert.ok(base === '/' ? root.status === 200 : root.headers.location?.endsWith(base));
      });

      test('nothing outside the site or hidden in it is handed out', async () => {
        const { text } = await askRaw(port, `${base}.qingdan-manifest`);
        assert.doesNotMatch(text, /qingdan-manifest 1/);
        const up = '../'.repeat(12);
        const odd = [`${base}${up}etc/passwd`, `${base}..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd`, `${base}%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd`, `${base.replace(/\/$/, '')}../../../../../etc/passwd`, `${base}zh/..%5c..%5cetc/passwd`, `${base}zh/index.html%00.png`, `${base}assets../zh/index.html`];
        for (const path of odd) {
          const { status, text: body } = await askRaw(port, path);
          assert.ok([400, 403, 404, 301, 308, 500].includes(status), `${path}: ${status}`);
          assert.doesNotMatch(body, /root:/, path);
        }
      });
    });
  }
}

test('build --compress packs every text, the same bytes each time', () => {
  const [one, other] = [build(DEMO, ['--compress']), build(DEMO, ['--compress'])];
  assert.deepEqual(one.files, other.files);
  none(one.files.filter((path) => !one.bytes(path).equals(other.bytes(path))), 'files differ');
  const texts = one.files.filter((path) => /\.(html|css|js|json|svg|txt|xml|atom|webmanifest)$/.test(path));
  const wrong = texts.filter((path) => !gunzipSync(one.bytes(`${path}.gz`)).equals(one.bytes(path)) || !brotliDecompressSync(one.bytes(`${path}.br`)).equals(one.bytes(path)));
  none(wrong, 'texts have no right twins');
  const sum = (end) => texts.reduce((bytes, path) => bytes + one.bytes(path + end).length, 0);
  assert.ok(sum('.br') < sum('.gz') && sum('.gz') < sum('') / 2);
});
