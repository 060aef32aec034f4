// What was found, as a page: in `qingdan serve` while somebody writes, and as one file to send by mail.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { addAxe, violations, weakTexts } from './lib/axe.mjs';
import { launch, open, watch, withShot } from './lib/chromium.mjs';
import { layoutFaults, targetSizes, unfold } from './lib/layout.mjs';
import { plain, sheets } from './lib/paper.mjs';
import { preview } from './lib/preview.mjs';
import { QINGDAN, copyOfContent, none, temporaryFolder } from './lib/site.mjs';

const PATIENCE = 20_000;
const PAGE = '_qingdan/findings.html?for=zh/';

/** Returns a catalogue with mistakes: one with a patch, one with a second place, `many` in one file. */
function withMistakes(many = 23) {
  const content = copyOfContent();
  const list = (place) => join(content, 'fujian', place, 'migrant-children', '2025.yaml');
  change(list('xiamen'), [/adopts: housing-support$/m, 'adopts: housing-suport'], [/adopts: mental-health$/m, 'adopts: mental-health\n    apply:\n      wher: {zh: 思明区, en: Siming}']);
  const unknown = Array.from({ length: many }, (_, at) => `  - adopts: unknown-${at + 1}\n`).join('');
  change(list('fuzhou'), [/^services:\n/m, `services:\n${unknown}`]);
  return { content, list };
}

function change(path, ...changes) {
  const text = readFileSync(path, 'utf8');
  const changed = changes.reduce((text, [from, to]) => text.replace(from, to), text);
  assert.notEqual(changed, text, `${path} changes`);
  writeFileSync(path, changed);
}

const check = (content, ...more) => spawnSync(QINGDAN, ['check', content, ...more], { encoding: 'utf8' });

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

describe('the findings page of the preview', () => {
  let mistakes;
  let served;
  before(async () => {
    mistakes = withMistakes();
    served = await preview(mistakes.content, ['--lang', 'zh']);
  });
  after(() => served.stop());

  const visit = async (options, path = PAGE) => {
    const tab = await open(browser, options);
    await tab.goto(served.root + path);
    return tab;
  };
  const finding = (tab, words) => tab.locator('.finding', { hasText: words }).first();

  test('it speaks the language of the page asked for, of the browser or the one chosen, and keeps the way back', async () => {
    const languages = async (path, locale) => {
      const tab = await visit({ locale }, path);
      const lang = await tab.evaluate(() => document.documentElement.lang);
      await tab.context().close();
      return lang;
    };
    assert.equal(await languages('en/', 'zh-CN'), 'en');
    assert.equal(await languages('zh/', 'en-GB'), 'zh-CN');
    assert.equal(await languages('', 'en-GB'), 'en');
    assert.equal(await languages('', 'zh-TW'), 'zh-CN');
    const tab = await visit({}, 'zh/fujian/');
    await tab.getByRole('link', { name: 'English' }).click();
    assert.match(await tab.locator('main').innerText(), /Error/);
    await tab.getByRole('link', { name: '中文' }).click();
    assert.match(await tab.locator('main').innerText(), /错误/);
    assert.equal(new URL(tab.url()).searchParams.get('for'), 'zh/fujian/');
    await tab.context().close();
  });

  test('the exact characters are marked, second places too, also those in other files', async () => {
    const tab = await visit();
    const marks = (words, kind) => finding(tab, words).locator(`mark.${kind}`).allInnerTexts();
    assert.deepEqual(await marks('wher', 'at'), ['wher']);
    assert.deepEqual(await marks('housing-suport', 'at'), ['housing-suport']);
    assert.deepEqual(await marks('housing-suport', 'also'), ['fujian/migrant-children/2025']);
    const elsewhere = tab.locator('.finding', { has: tab.locator('bdi', { hasText: 'fujian/pingtan/migrant-children/2025.yaml' }) });
    assert.equal(await elsewhere.first().locator('pre').count(), 2);
    await tab.context().close();
  });

  test('nothing is left out: files with counts first, and what is beyond twenty of a file unfolds', async () => {
    const tab = await visit();
    const counted = JSON.parse(check(mistakes.content, '--format', 'json').stdout).findings;
    assert.equal(await tab.locator('.finding').count(), counted.length);
    const files = [...new Set(counted.map(({ path }) => path))];
    assert.deepEqual(await tab.locator('.jump bdi').allInnerTexts(), files);
    const fuzhou = tab.locator('section', { hasText: 'unknown-1' });
    assert.equal(await fuzhou.locator('.finding:visible').count(), 20);
    await fuzhou.locator('.rest > summary').click();
    assert.equal(await fuzhou.locator('.finding:visible').count(), counted.filter(({ path }) => path.startsWith('fujian/fuzhou/')).length);
    await tab.locator('.jump a').last().click();
    assert.ok(await tab.evaluate(() => document.querySelector(location.hash).getBoundingClientRect().top < innerHeight));
    await tab.context().close();
  });

  test('a link opens the place in VS Code, unless the preview is for other computers too', async () => {
    const tab = await visit();
    const found = JSON.parse(check(mistakes.content, '--format', 'json').stdout).findings.find(({ message }) => message.zh.includes('wher'));
    const href = await finding(tab, 'wher').locator('a[href^="vscode:"]').first().getAttribute('href');
    assert.equal(href, `vscode://file${pathToFileURL(join(mistakes.content, found.path)).pathname}:${found.start.line}:${found.start.column}`);
    await tab.context().close();
    const open_ = await preview(mistakes.content, ['--host', '0.0.0.0']);
    const text = await (await fetch(`${open_.root}${PAGE}`)).text();
    open_.stop();
    // Others get to see nothing of what is wrong here.
    assert.ok(!text.includes('vscode:') && !text.includes(mistakes.content));
  });

  for (const clipboard of [true, false]) {
    test(`the patch and the mended lines are copied ${clipboard ? 'with' : 'without'} navigator.clipboard, and git takes the patch`, async () => {
      const tab = await open(browser);
      await tab.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      if (!clipboard) await tab.addInitScript(() => { Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined }); });
      await tab.goto(served.root + PAGE);
      const copied = async (name) => {
        const button = finding(tab, 'wher').locator(name === '复制补丁' ? '[data-copy]:not([data-only])' : '[data-only]');
        assert.equal(await button.textContent(), name);
        await button.click();
        await button.filter({ hasText: '已复制' }).waitFor();
        // Read where the clipboard is at hand: another tab of the same browser.
        const reader = await tab.context().newPage();
        await reader.goto(served.root + PAGE);
        const field = await reader.evaluateHandle(() => document.body.appendChild(document.createElement('textarea')));
        await field.focus();
        await reader.keyboard.press('Control+V');
        const text = await field.evaluate((field) => field.value);
        await reader.close();
        await tab.bringToFront();
        return text;
      };
      assert.match(await copied('复制改好的行'), /^ +where: \{zh: 思明区, en: Siming\}\n$/);
      const patch = await copied('复制补丁');
      const folder = copyOfContent(mistakes.content);
      const applied = spawnSync('git', ['apply', '--unsafe-paths', '--directory', folder, '-'], { cwd: folder, input: patch, encoding: 'utf8' });
      assert.equal(applied.status, 0, `${applied.stderr}\n${patch}`);
      assert.ok(!check(folder, '--format', 'short').stderr.includes('wher”'));
      await tab.context().close();
    });
  }

  test('what a kind of finding means is a click away, and so is the way back', async () => {
    const tab = await visit();
    const faults = watch(tab);
    const link = finding(tab, 'wher').locator('a[href^="handbook/"]');
    const code = (await link.innerText()).trim().split(/\s/)[0];
    await link.click();
    assert.match(await tab.locator('main').innerText(), new RegExp(code));
    assert.ok((await tab.locator('main').innerText()).length > 200);
    await addAxe(tab);
    none(await violations(tab), 'violations');
    await tab.getByRole('link', { name: '回到问题列表' }).click();
    assert.equal(new URL(tab.url()).searchParams.get('for'), 'zh/');
    none(faults, 'faults');
    await tab.context().close();
  });

  test('without script all of it is there, and no button that does nothing', async () => {
    const [without, scripted] = [await visit({ javaScriptEnabled: false }), await visit()];
    const text = (tab) => tab.locator('.finding:visible').allInnerTexts();
    const clean = (texts) => texts.map((text) => text.replace(/\s*复制补丁\s*复制改好的行\s*/g, ' ').replace(/\s+/g, ' ').trim());
    assert.deepEqual(clean(await text(without)), clean(await text(scripted)));
    assert.equal(await without.locator('button:visible:not(form[method=post] button)').count(), 0);
    await without.locator('.rest > summary').click();
    await without.getByText('unknown-23').first().waitFor({ timeout: PATIENCE });
    await without.context().close();
    await scripted.context().close();
  });

  test('the keyboard reaches every link and button, and focus can be seen', async () => {
    const tab = await visit({ viewport: { width: 1280, height: 844 } });
    const wanted = await tab.evaluate(() => [...document.querySelectorAll('a[href], button, summary')].filter((one) => one.checkVisibility({ visibilityProperty: true })).length);
    const seen = await (async () => {
      const names = new Set();
      for (let press = 0; press < wanted; press += 1) {
        await tab.keyboard.press('Tab');
        names.add(await tab.evaluate(() => {
          const active = document.activeElement;
          const all = [...document.querySelectorAll('a[href], button, summary')];
          return getComputedStyle(active).outlineStyle === 'none' ? `unseen ${active.outerHTML.slice(0, 80)}` : all.indexOf(active);
        }));
      }
      return names;
    })();
    none([...seen].filter((name) => typeof name === 'string'), 'focus cannot be seen');
    assert.equal(seen.size, wanted);
    await tab.context().close();
  });
});

describe('how the findings page looks', () => {
  let served;
  before(async () => {
    served = await preview(withMistakes(1).content);
  });
  after(() => served.stop());

  for (const [name, options] of Object.entries({ 'light': {}, 'dark': { colorScheme: 'dark' }, 'text at 200 %': { fontSize: 32 } })) {
    test(`no barrier and nothing out of place, ${name}, in both languages`, async () => {
      const faults = [];
      for (const lang of ['zh', 'en']) {
        const tab = await open(browser, options);
        await tab.goto(`${served.root}${PAGE}&lang=${lang}`);
        await tab.evaluate(unfold);
        await addAxe(tab);
        for (const width of [320, 1280]) {
          await tab.setViewportSize({ width, height: 844 });
          const found = await withShot(tab, `findings ${name} ${lang} ${width}`, async () => {
            const small = (await tab.evaluate(targetSizes)).filter(({ width, height }) => Math.min(width, height) < 24);
            return [
              ...await violations(tab),
              ...await tab.evaluate(weakTexts),
              ...Object.values(await tab.evaluate(layoutFaults)).flat(),
              ...small.map((target) => `too small: ${target.name}`),
            ];
          });
          faults.push(...new Set(found.map((fault) => `${lang} ${width} px: ${fault}`)));
        }
        await tab.context().close();
      }
      none(faults, 'faults');
    });
  }
});

describe('as files are saved', () => {
  test('the reader keeps the place, hears what is left, and is led back when no error is left', async () => {
    const { content, list } = withMistakes();
    const served = await preview(content, ['--lang', 'zh']);
    const tab = await open(browser);
    const faults = watch(tab);
    await tab.goto(`${served.root}zh/fujian/xiamen/index.html`);
    await tab.waitForTimeout(300);
    const left = () => tab.locator('[data-findings]').getAttribute('data-left');
    const updated = async (before) => {
      await tab.waitForFunction((before) => document.querySelector('[data-findings]')?.dataset.left !== before, before, { timeout: PATIENCE });
      return tab.locator('.live').innerText();
    };
    await tab.locator('.rest').first().evaluate((details) => (details.open = true));
    const copy = tab.locator('.finding', { hasText: 'wher' }).getByRole('button').first();
    await copy.focus();
    const before = await left();
    const top = () => copy.evaluate((button) => Math.round(button.getBoundingClientRect().top));
    const [there, id] = [await top(), await copy.evaluate((button) => button.closest('.finding').id)];

    // A mistake above is mended: all moves up, but not in the window.
    change(list('fuzhou'), [/  - adopts: unknown-7\n/, '']);
    assert.match(await updated(before), /\d/);
    assert.ok(Math.abs(await top() - there) <= 2, `the button moved from ${there} to ${await top()} px`);
    assert.equal(await tab.evaluate(() => document.activeElement.closest('.finding')?.id), id);
    assert.ok(await tab.locator('.rest').first().evaluate((details) => details.open), 'what was open stays open');
    assert.equal(await tab.locator('.live').getAttribute('role'), 'status');

    // The finding one is at is mended: the next, or else the one before, has the focus.
    const then = await left();
    change(list('xiamen'), [/wher:/, 'where:']);
    await updated(then);
    assert.ok(await tab.evaluate(() => document.activeElement.closest('.finding')), 'focus is still among the findings');

    change(list('xiamen'), [/housing-suport/, 'housing-support']);
    change(list('fuzhou'), [/(  - adopts: unknown-\d+\n)+/, '']);
    await tab.waitForURL(`${served.root}zh/fujian/xiamen/index.html`, { timeout: PATIENCE });
    none(faults, 'faults');
    await tab.context().close();
    served.stop();
  });

  test('where nothing refuses the site, the page shows the warnings and says so; where nothing is wrong, that', async () => {
    const content = copyOfContent();
    const served = await preview(content);
    const tab = await open(browser);
    await tab.goto(`${served.root}_qingdan/findings.html`);
    assert.equal(await tab.locator('[data-findings]').getAttribute('data-findings'), 'warnings');
    assert.ok(await tab.locator('.finding.warning').count());
    await tab.context().close();
    served.stop();
  });

  test('a site.yaml that cannot be read does not keep the page from being readable', async () => {
    const content = copyOfContent();
    writeFileSync(join(content, 'site.yaml'), 'title：{zh: 清单\nlanguages\n');
    const served = await preview(content);
    const tab = await open(browser, { locale: 'en-GB' });
    const faults = watch(tab);
    await tab.goto(served.root);
    assert.equal(await tab.evaluate(() => document.documentElement.lang), 'en');
    assert.ok((await tab.locator('section bdi').allInnerTexts()).includes('site.yaml'));
    assert.notEqual(await tab.locator('.finding').first().evaluate((one) => getComputedStyle(one).backgroundColor), 'rgba(0, 0, 0, 0)', 'it has its styles');
    none(faults, 'faults');
    await tab.context().close();
    served.stop();
  });
});

describe('the report that is sent by mail', () => {
  let file;
  let mistakes;
  before(() => {
    mistakes = withMistakes();
    file = join(temporaryFolder(), 'report.html');
    const run = check(mistakes.content, '--format', 'html', '--output', file, '--lang', 'zh');
    assert.equal(run.status, 1, run.stderr);
  });

  test('it opens from disk without script and network, under its own policy', async () => {
    const tab = await open(browser);
    const faults = watch(tab);
    const asked = [];
    tab.on('request', (request) => asked.push(request.url()));
    await tab.goto(pathToFileURL(file).href);
    await tab.waitForTimeout(300);
    assert.deepEqual(asked, [pathToFileURL(file).href]);
    none(faults, 'faults');
    const policy = await tab.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    assert.match(policy, /^default-src 'none'; style-src( 'sha256-[\w+/]{43}=')+; base-uri 'none'; form-action 'none'$/);
    assert.equal(await tab.locator('script, link, iframe, img, button, [style]').count(), 0);
    assert.notEqual(await tab.locator('.finding').first().evaluate((one) => getComputedStyle(one).backgroundColor), 'rgba(0, 0, 0, 0)', 'it has its styles');
    const source = readFileSync(file, 'utf8');
    assert.ok(!source.includes(mistakes.content) && !source.includes('vscode:'), 'it does not tell where the files lie');
    await tab.context().close();
  });

  test('no barrier and nothing out of place', async () => {
    const faults = [];
    const short = join(temporaryFolder(), 'report.html');
    check(withMistakes(1).content, '--format', 'html', '--output', short, '--lang', 'zh');
    for (const options of [{}, { colorScheme: 'dark' }, { fontSize: 32 }]) {
      const tab = await open(browser, { ...options, bypassCSP: true });
      await tab.goto(pathToFileURL(short).href);
      await tab.evaluate(unfold);
      await addAxe(tab);
      for (const width of [320, 1280]) {
        await tab.setViewportSize({ width, height: 844 });
        const found = [...await violations(tab), ...await tab.evaluate(weakTexts), ...Object.values(await tab.evaluate(layoutFaults)).flat()];
        faults.push(...found.map((fault) => `${JSON.stringify(options)} ${width} px: ${fault}`));
      }
      await tab.context().close();
    }
    none(faults, 'faults');
  });

  test('printed, every finding with its lines and patch is on paper, also what is folded', async () => {
    const tab = await open(browser);
    await tab.goto(pathToFileURL(file).href);
    const paper = (await sheets(tab)).map(({ text }) => text).join('');
    const missing = ['unknown-1', 'unknown-23', '思明区', 'housing-suport', '+      where:'].filter((words) => !paper.includes(plain(words)));
    none(missing, 'texts are not on paper');
    await tab.context().close();
  });

  test('in English it is in English', async () => {
    const run = check(mistakes.content, '--format', 'html', '--lang', 'en');
    assert.match(run.stdout, /<html lang="en"/);
    assert.match(run.stdout, />Error</);
    assert.ok(!run.stdout.includes('错误'));
  });
});
