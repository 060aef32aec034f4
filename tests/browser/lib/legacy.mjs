// The oldest engine there is to be had: Chromium 66 of April 2018, as old phones carry it inside their chats.
//
// The npm package chrome-aws-lambda holds the program, compressed. Drivers of today do not speak to so old a
// browser, so it is driven by its own protocol here. CHROMIUM_OLD names another old program to use instead.

import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import WebSocket from 'ws';
import { temporaryFolder } from './site.mjs';

/** Unpacks the program once on each computer; returns where it lies. */
function program() {
  if (process.env.CHROMIUM_OLD) return process.env.CHROMIUM_OLD;
  const manifest = createRequire(import.meta.url).resolve('chrome-aws-lambda/package.json');
  const path = join(tmpdir(), `qingdan-chromium-${JSON.parse(readFileSync(manifest, 'utf8')).version}`, 'chromium');
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const packed = readFileSync(join(dirname(manifest), 'bin', 'chromium.br'));
  writeFileSync(`${path}.${process.pid}`, brotliDecompressSync(packed), { mode: 0o755 });
  renameSync(`${path}.${process.pid}`, path);
  return path;
}

/** Returns a file that tells the old font library where fonts are; it keeps what it learns of them. */
function fonts(folder) {
  const path = join(folder, 'fonts.conf');
  const skipped = ['*Serif*', '*Mono*', '*Condensed*', '*Oblique*'].map((glob) => `<glob>${glob}</glob>`).join('');
  writeFileSync(path, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
    <fontconfig><dir>/usr/share/fonts</dir><dir prefix="xdg">fonts</dir>
    <cachedir>${join(tmpdir(), 'qingdan-chromium-fonts')}</cachedir>
    <selectfont><rejectfont>${skipped}</rejectfont></selectfont></fontconfig>`);
  return path;
}

/** Starts the old browser with a new, empty profile. Fails, and says why, where it does not run. */
export async function launchOld() {
  const folder = temporaryFolder();
  const path = program();
  const options = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-port=0', `--user-data-dir=${folder}`];
  const child = spawn(path, [...options, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, FONTCONFIG_FILE: fonts(folder), LANG: 'C' },
  });
  const address = await new Promise((found, failed) => {
    let said = '';
    const fail = (why) => failed(new Error(`the old browser ${path} does not run: ${why}\n${said.slice(-2000)}\n(missing libraries: see ldd ${path})`));
    const timer = setTimeout(() => fail('no answer after 60 s'), 60_000);
    child.stderr.on('data', (data) => {
      said += data;
      const match = /DevTools listening on ws:\/\/([^/]+)/.exec(said);
      if (match) found(match[1], clearTimeout(timer));
    });
    child.on('error', (error) => fail(error.message, clearTimeout(timer)));
    child.on('exit', (code, signal) => fail(`it ended with ${code ?? signal}`, clearTimeout(timer)));
  });
  const { Browser: version } = await (await fetch(`http://${address}/json/version`)).json();
  return {
    version: version.replace(/^\w+\//, ''),
    /** Opens a tab `width` px wide. */
    open: async (width = 390) => {
      const { webSocketDebuggerUrl } = await (await fetch(`http://${address}/json/new`)).json();
      return new OldTab(webSocketDebuggerUrl).ready(width);
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A tab of the old browser. `faults` holds all that goes wrong in it. */
class OldTab {
  faults = [];
  #socket;
  #events = new EventEmitter();
  #answers = new Map();
  #last = 0;
  #url = '';

  constructor(address) {
    this.#socket = new WebSocket(address, { perMessageDeflate: false });
    this.#socket.on('message', (data) => {
      const { id, method, params, result, error } = JSON.parse(data);
      if (method) this.#events.emit(method, params);
      const answer = this.#answers.get(id);
      this.#answers.delete(id);
      if (error) answer?.failed(new Error(error.message));
      else answer?.found(result);
    });
  }

  async ready(width) {
    await once(this.#socket, 'open');
    const note = (what) => this.faults.push(`${what} (on ${this.#url})`);
    this.#events.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) => note(`exception: ${exception?.description ?? text}`));
    this.#events.on('Runtime.consoleAPICalled', ({ type, args }) => ['error', 'warning'].includes(type) && note(`console: ${args.map((arg) => arg.value).join(' ')}`));
    this.#events.on('Log.entryAdded', ({ entry }) => ['error', 'warning'].includes(entry.level) && note(`log: ${entry.text} ${entry.url ?? ''}`));
    this.#events.on('Network.responseReceived', ({ response }) => response.status >= 400 && note(`${response.status}: ${response.url}`));
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await this.send(`${domain}.enable`);
    // What tests ask pages that this engine cannot answer yet.
    await this.send('Page.addScriptToEvaluateOnNewDocument', { source: `Element.prototype.checkVisibility = function () {
      return this.getClientRects().length > 0 && getComputedStyle(this).visibility === 'visible';
    };` });
    await this.resize(width);
    return this;
  }

  send(method, params = {}) {
    this.#last += 1;
    this.#socket.send(JSON.stringify({ id: this.#last, method, params }));
    return new Promise((found, failed) => this.#answers.set(this.#last, { found, failed }));
  }

  async resize(width, height = 844) {
    this.width = width;
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  }

  /** Opens `url`, or does what `act` does to open another page; waits until it is loaded. */
  async goto(url, act = () => this.send('Page.navigate', { url })) {
    this.#url = url;
    const loaded = once(this.#events, 'Page.loadEventFired', { signal: AbortSignal.timeout(15_000) });
    await act();
    await loaded.catch(() => { throw new Error(`${url} does not load in the old browser`); });
  }

  /** Runs `look` in the page; returns what it returns. */
  async evaluate(look, ...values) {
    const expression = `(${look})(${values.map((value) => JSON.stringify(value)).join(',')})`;
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until `look` returns something true; returns it, or what it last returned after the time is over. */
  async until(look, { values = [], within = 5000 } = {}) {
    const end = Date.now() + within;
    for (;;) {
      const value = await this.evaluate(look, ...values);
      if (value || Date.now() > end) return value;
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** Presses the middle of the first element that `selector` finds, as a finger would. */
  async press(selector) {
    const point = await this.evaluate((wanted) => {
      const element = document.querySelector(wanted);
      if (!element) return undefined;
      element.scrollIntoView();
      const box = element.getBoundingClientRect();
      window.scrollBy(0, box.top - 300);
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, selector);
    if (!point) throw new Error(`there is no ${selector}`);
    for (const type of ['mousePressed', 'mouseReleased']) {
      await this.send('Input.dispatchMouseEvent', { type, ...point, button: 'left', clickCount: 1 });
    }
  }

  /** Types a text into the element that has the focus, as an input method does. */
  async type(text) {
    for (const character of text) await this.send('Input.dispatchKeyEvent', { type: 'char', text: character });
  }

  async screenshot(path) {
    const height = await this.evaluate(() => document.documentElement.scrollHeight);
    await this.resize(this.width, Math.min(height, 8000));
    const { data } = await this.send('Page.captureScreenshot', {});
    writeFileSync(path, Buffer.from(data, 'base64'));
    await this.resize(this.width);
  }

  close() {
    this.#socket.close();
  }
}
