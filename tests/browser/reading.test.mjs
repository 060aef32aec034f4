// Reading for everybody: by keyboard, in large text, without motion, in forced colours; colours hold by themselves.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, withShot } from './lib/chromium.mjs';
import { gallery } from './lib/gallery.mjs';
import { unfold } from './lib/layout.mjs';
import { none, site } from './lib/site.mjs';

let browser;
let shown;

before(async () => {
  browser = await launch();
  shown = await gallery();
});
after(async () => {
  await shown.close();
  await browser.close();
});

/** Opens one of everything in one tab; `look` returns the faults of one. */
async function everywhere(options, look) {
  const tab = await open(browser, options);
  if (options.stored) await tab.addInitScript((size) => localStorage.setItem('size', size), options.stored);
  const faults = [];
  for (const page of shown.pages) {
    await tab.goto(page.url);
    const found = await withShot(tab, `reading ${page.path}`, () => look(tab, page));
    faults.push(...found.map((fault) => `${page.path}: ${fault}`));
  }
  await tab.context().close();
  return faults;
}

/** Runs in the page: numbers what the keyboard should reach and notes where the focus goes. */
function listen() {
  const name = (element) => `${element.localName}${element.id ? `#${element.id}` : ''} “${(element.textContent || element.name || '').trim().slice(0, 20)}”`;
  const wanted = [...document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex="0"]')]
    .filter((element) => !element.disabled && element.checkVisibility({ visibilityProperty: true }))
    // Of the answers to one question the keyboard reaches one; arrows lead to the others.
    .filter((element, at, all) => element.type !== 'radio' || !all.slice(0, at).some((one) => one.type === 'radio' && one.name === element.name));
  window.walked = { wanted: wanted.map(name), reached: [], hidden: [], faint: [] };
  document.addEventListener('focusin', ({ target }) => {
    const { reached, hidden, faint } = window.walked;
    reached.push(wanted.findIndex((one) => one === target || (one.type === 'radio' && one.name === target.name)));
    const shown = [target, ...(target.labels || [])].some((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    if (!shown) faint.push(name(target));
    const seen = [...target.getClientRects()].some((box) => {
      const middle = (from, to, edge) => (Math.max(0, from) + Math.min(edge, to)) / 2;
      const over = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
      return over && (target.contains(over) || over.contains(target) || [...(target.labels || [])].some((label) => label.contains(over)));
    });
    if (!seen) hidden.push(name(target));
  });
  return wanted.length;
}

test('the keyboard skips to the text, reaches every control in order, shows where it is and is never caught', async () => {
  none(await everywhere({}, async (tab) => {
    const controls = await tab.evaluate(listen);
    await tab.keyboard.press('Tab');
    const skips = await tab.evaluate(() => document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0);
    for (let press = 1; press < controls; press += 1) await tab.keyboard.press('Tab');
    const { wanted, reached, hidden, faint } = await tab.evaluate(() => window.walked);
    const missed = wanted.filter((_, at) => !reached.includes(at)).map((name) => `the keyboard does not reach ${name}`);
    const back = reached.filter((at, step) => step > 0 && at < reached[step - 1]).map((at) => `the focus jumps back to ${wanted[at]}`);
    await tab.locator('.skip').focus();
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Tab');
    const inside = await tab.evaluate(() => Boolean(document.activeElement.closest('main, footer')));
    return [
      ...(skips ? [] : ['no skip link shows']), ...(inside ? [] : ['the skip link does not skip']), ...missed, ...back,
      ...faint.map((name) => `the focus on ${name} does not show`), ...hidden.map((name) => `${name} has the focus out of sight`),
    ];
  }), 'faults by keyboard');
});

test('a screen reader finds one header, text and footer, named ways through, and hears what changes; nothing moves for who asks', async () => {
  none(await everywhere({ reducedMotion: 'reduce' }, async (tab) => [...await tab.evaluate(landmarkFaults), ...await tab.evaluate(moving)]), 'faults for screen readers');
});

/** Runs in the page: what a screen reader would miss. */
function landmarkFaults() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const faults = ['body > header', 'main', 'main h1', 'body > footer'].filter((selector) => all(selector).length !== 1).map((selector) => `${all(selector).length} ${selector}`);
  const names = all('nav').map((nav) => nav.getAttribute('aria-label') || '');
  if (names.some((name) => !name.trim()) || new Set(names).size < names.length) faults.push(`ways through named ${names.join(', ') || 'nothing'}`);
  const asks = all('main input, main select, main textarea').some((field) => field.checkVisibility({ visibilityProperty: true }));
  // A field in a form that opens another page changes nothing here.
  const stays = all('main fieldset, main [data-search-results]').length > 0;
  if (asks && stays && !all('main [role=status], main [aria-live=polite], main output').length) faults.push('what changes is not said aloud');
  return faults;
}

/** Runs in the page: what still moves. */
function moving() {
  const time = (value) => value.split(',').some((one) => parseFloat(one) > 0.01);
  const moves = [...document.querySelectorAll('*')].filter((element) => [null, '::before', '::after'].some((part) => {
    const style = getComputedStyle(element, part);
    return time(style.transitionDuration) || (style.animationName !== 'none' && time(style.animationDuration)) || style.scrollBehavior === 'smooth';
  }));
  return moves.slice(0, 3).map((element) => `${element.localName}.${element.className} moves`);
}

test('in forced colours texts, edges of controls and the current choice still show', async () => {
  for (const colorScheme of ['light', 'dark']) {
    none(await everywhere({ forcedColors: 'active', colorScheme }, async (tab) => {
      await tab.evaluate(unfold);
      return tab.evaluate(forcedFaults);
    }), `faults in forced colours, ${colorScheme}`);
  }
});

/** Runs in the page: what is lost when the person's own colours replace the page's. */
function forcedFaults() {
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\d.]+/g).map(Number);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const contrast = (one, two) => {
    const [light, dark] = [luminance(one), luminance(two)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if (!/, 0\)$/.test(color)) return color;
    }
    return getComputedStyle(document.documentElement).backgroundColor === 'rgba(0, 0, 0, 0)' ? (matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(0,0,0)' : 'rgb(255,255,255)') : 'rgb(255,255,255)';
  };
  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const faults = [];
  document.querySelectorAll('svg rect, svg path').forEach((shape) => {
    if (shape.matches('.bar rect:not(.on)')) return; // the empty part of a bar
    const { fill, stroke } = getComputedStyle(shape);
    const color = fill !== 'none' ? fill : stroke;
    const under = shape.matches('.mark path') ? getComputedStyle(shape.parentElement.querySelector('rect')).fill : ground(shape.parentElement);
    if (visible(shape.parentElement) && contrast(color, under) < 3) faults.push(`svg.${shape.parentElement.getAttribute('class')} ${shape.localName}: ${color} on ${under}`);
  });
  document.querySelectorAll('button, .btn, summary, input, select').forEach((control) => {
    const { borderTopWidth, borderTopStyle, textDecorationLine } = getComputedStyle(control);
    const edged = parseFloat(borderTopWidth) > 0 && borderTopStyle !== 'none';
    if (visible(control) && !edged && control.localName === 'input' && textDecorationLine === 'none' && !/radio|checkbox/.test(control.type)) faults.push(`${control.outerHTML.slice(0, 60)} has no edge`);
  });
  const shown = (style) => ['fontWeight', 'borderBottomColor', 'borderBottomWidth', 'outlineStyle', 'outlineWidth', 'backgroundColor', 'textDecorationLine'].map((name) => style[name]).join(' ');
  document.querySelectorAll('ol [aria-current], ul [aria-current], nav > [aria-current]').forEach((current) => {
    const other = [...current.closest('ol, ul, nav').querySelectorAll(current.localName)].find((one) => !one.hasAttribute('aria-current') && one.localName === current.localName);
    if (other && current.localName === 'a' && visible(current) && shown(getComputedStyle(current)) === shown(getComputedStyle(other))) faults.push(`nothing marks ${current.textContent.trim().slice(0, 20)} as current`);
  });
  return [...new Set(faults)].slice(0, 6);
}

test('large text is 22 and 30 px, rulers have at most three fields a line, labels stand above their values', async () => {
  for (const [stored, wanted] of [['1', 22], ['2', 30]]) {
    none(await everywhere({ stored }, async (tab) => tab.evaluate(([size, large]) => {
      const faults = [];
      const body = parseFloat(getComputedStyle(document.body).fontSize);
      if (Math.abs(body - size) > 0.5) faults.push(`text of ${body} px instead of ${size}`);
      document.querySelectorAll('.ruler').forEach((ruler) => {
        const rows = {};
        [...ruler.children].forEach((field) => (rows[field.offsetTop] = (rows[field.offsetTop] || 0) + 1));
        if (Object.values(rows).some((fields) => fields > 3)) faults.push(`a ruler of ${Object.values(rows)} fields a line`);
      });
      if (large) document.querySelectorAll('.card > div').forEach((line) => {
        const [label, value] = line.children;
        if (label.getBoundingClientRect().bottom > value.getBoundingClientRect().top + 1) faults.push(`${label.textContent} stands beside its value`);
      });
      return faults;
    }, [wanted, stored === '2'])), 'faults in large text');
  }
});

// Pairs of colours that must hold: the text or sign, its ground, the least contrast (WCAG: 4.5 text, 3 edges and signs).
const PAIRS = [
  ['ink', 'ground', 7], ['ink', 'sheet', 7], ['ink', 'tint', 7], ['ink', 'ochret', 7],
  ['ink2', 'ground', 4.5], ['ink2', 'sheet', 4.5], ['ink2', 'tint', 4.5],
  ['pine', 'ground', 4.5], ['pine', 'sheet', 4.5], ['pine', 'tint', 4.5], ['pine', 'ochret', 4.5],
  ['pine2', 'ground', 4.5], ['pine2', 'sheet', 4.5], ['pine2', 'tint', 4.5],
  ['on', 'pine', 4.5], ['on', 'pine2', 4.5], ['ochre', 'ochret', 4.5],
  ['edge', 'ground', 3], ['edge', 'sheet', 3], ['brand', 'ground', 3], ['ochre', 'ground', 3],
];

/** Pairs of the sheets that add colours of their own, by the file that has them. */
const MORE = {
  'staff.css': [['ink', 'full', 7], ['ink', 'over', 7], ['ink', 'part', 7], ['ink', 'none', 7], ['ink', 'odd', 7], ['seal', 'none', 4.5], ['seal', 'sheet', 4.5]],
};

/** Returns the colours a style sheet names, light and dark: those of dark stand in for those of light. */
function colours(css) {
  const named = (text) => Object.fromEntries([...text.matchAll(/--(\w+):(#[0-9a-f]{3,6})\b/g)].map(([, name, value]) => [name, value]));
  const dark = /@media \(prefers-color-scheme:dark\)\{:root\{([^}]*)\}/.exec(css)?.[1] ?? '';
  const light = named(/:root\{([^}]*)\}/.exec(css)?.[1] ?? '');
  return { light, dark: { ...light, ...named(dark) } };
}

function contrast(one, two) {
  const luminance = (hex) => {
    const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex;
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(full.slice(at, at + 2), 16) / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light, dark] = [luminance(one), luminance(two)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test('every pair of colours that meets has its contrast, light and dark', () => {
  const sheet = (name) => site().bytes(site().files.find((path) => path.startsWith(`assets/${name.replace('.css', '.')}`) && path.endsWith('.css'))).toString('utf8');
  const base = colours(sheet('qingdan.css'));
  assert.ok(Object.keys(base.light).length >= 10 && Object.keys(base.dark).some((name) => base.dark[name] !== base.light[name]), 'the style sheet names no colours');
  const faults = ['light', 'dark'].flatMap((scheme) => {
    const weak = (pairs, tokens) => pairs.flatMap(([one, two, least]) => {
      if (!tokens[one] || !tokens[two]) return [`${scheme}: there is no ${tokens[one] ? two : one}`];
      const ratio = contrast(tokens[one], tokens[two]);
      return ratio < least ? [`${scheme}: ${one} on ${two} has ${ratio.toFixed(2)}, not ${least}`] : [];
    });
    const more = Object.entries(MORE).flatMap(([name, pairs]) => weak(pairs, { ...base[scheme], ...colours(sheet(name))[scheme] }));
    // What is white stands on the brand colour.
    const brand = contrast('#ffffff', base[scheme].brand);
    return [...weak(PAIRS, base[scheme]), ...more, ...(brand < 3 ? [`${scheme}: white on brand has ${brand.toFixed(2)}`] : [])];
  });
  none(faults, 'pairs are too close');
});
