// Reading aloud and more contrast: only a voice that is on the phone, and lines that can be seen.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from './lib/chromium.mjs';
import { site } from './lib/site.mjs';
import { serve } from './lib/server.mjs';

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(site().folder);
});
after(async () => {
  await server.close();
  await browser.close();
});

/** Stands in for the voices of a phone, and notes what is said. */
function voices(local) {
  window.said = [];
  const speech = {
    speaking: false,
    getVoices: () => [{ lang: 'zh-CN', localService: local }, { lang: 'en-US', localService: false }],
    speak(one) { speech.speaking = true; window.said.push([one.text, one.voice.lang]); },
    cancel() { speech.speaking = false; },
  };
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}

async function service(local, lang = 'zh') {
  const tab = await open(browser);
  await tab.addInitScript(voices, local);
  const page = site().pages.find((one) => one.kind === 'service' && one.lang === lang);
  await tab.goto(server.url + page.path);
  return tab;
}

test('a service is read aloud, title first, and stops when asked', async () => {
  const tab = await service(true);
  const button = tab.locator('[data-say]');
  await button.click();
  const said = await tab.evaluate(() => window.said);
  assert.equal(said[0][0], await tab.locator('main h1').innerText());
  assert.ok(said.length > 4 && said.every(([, lang]) => lang === 'zh-CN'), JSON.stringify(said));
  assert.equal(await button.innerText(), '停下来');
  await button.click();
  assert.equal(await button.innerText(), '读给我听');
  assert.equal(await tab.evaluate(() => window.speechSynthesis.speaking), false);
  await tab.context().close();
});

test('no button where the only voice would send the words away, or speaks another language', async () => {
  for (const [local, lang] of [[false, 'zh'], [true, 'en']]) {
    const tab = await service(local, lang);
    assert.equal(await tab.locator('[data-say]').isVisible(), false, `${local} ${lang}`);
    await tab.context().close();
  }
});

test('with more contrast the text is black on white or white on black', async () => {
  for (const [colorScheme, ink, ground] of [['light', 'rgb(0, 0, 0)', 'rgb(255, 255, 255)'], ['dark', 'rgb(255, 255, 255)', 'rgb(0, 0, 0)']]) {
    const tab = await open(browser, { contrast: 'more', colorScheme });
    await tab.goto(server.url + site().pages.find((one) => one.kind === 'place').path);
    const colours = await tab.evaluate(() => {
      const style = getComputedStyle(document.body);
      return [style.color, style.backgroundColor];
    });
    assert.deepEqual(colours, [ink, ground]);
    await tab.context().close();
  }
});
