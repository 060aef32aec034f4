// The real browser, and what tests note about a page that is open in it.

import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const ARGUMENTS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Starts Chromium with a new, empty profile, and with `more` arguments. */
export function launch(more = []) {
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...ARGUMENTS, ...more] });
}

/** Opens a tab. `options` are Playwright's; `fontSize` is the default size the person has set, in px. */
export async function open(browser, { fontSize, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', ...options });
  const tab = await context.newPage();
  if (fontSize) {
    const session = await context.newCDPSession(tab);
    await session.send('Page.setFontSizes', { fontSizes: { standard: fontSize, fixed: fontSize } });
  }
  return tab;
}

/**
 * Notes all that goes wrong in a tab from now on: console errors (policy violations among them), failed
 * requests. What the browser gives up because it leaves the page is no failure.
 */
export function watch(tab) {
  const faults = [];
  const note = (what) => faults.push(`${what} (on ${tab.url()})`);
  tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && note(`console: ${message.text()}`));
  tab.on('pageerror', (error) => note(`exception: ${error.message}`));
  tab.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') note(`failed: ${request.url()} ${why}`);
  });
  tab.on('response', (response) => response.status() >= 400 && note(`${response.status()}: ${response.url()}`));
  return faults;
}

/** Runs `look` on an open page; if it finds faults or throws, keeps a screenshot. */
export async function withShot(tab, name, look) {
  let faults;
  try {
    faults = await look();
    return faults;
  } finally {
    if (faults === undefined || faults.length) await shot(tab, name);
  }
}

async function shot(tab, name) {
  const folder = process.env.SHOTS || join(tmpdir(), 'qingdan-shots');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name.replace(/[^\w.-]+/g, '-')}.png`);
  await tab.screenshot({ path, fullPage: true }).catch(() => {});
}
