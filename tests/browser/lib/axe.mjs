// What axe finds on an open page, and what it cannot tell: contrast under stretched links.

import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Makes the open page ready for [`violations`]. */
export function addAxe(tab) {
  return tab.evaluate(axe.source);
}

/** The rules that look at the painted page: what they find can differ with colours and sizes, all else is in the text of it. */
const PAINTED = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/** Returns what axe finds on the open page, one line a place; with `painted`, only by the rules that look at the painted page. */
export async function violations(tab, painted = false) {
  const only = painted ? { type: 'rule', values: PAINTED } : { type: 'tag', values: TAGS };
  const run = (runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'] });
  const { violations: found } = await tab.evaluate(run, only);
  return found.flatMap(({ id, impact, nodes }) => nodes.map((node) => {
    const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ');
    return `${id} (${impact}) at ${node.target.join(' ')}: ${why}`;
  }));
}

/** Runs in the page: returns texts whose colour is too close to the nearest painted background. */
export function weakTexts() {
  const parse = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const color = parse(getComputedStyle(node).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const [light, dark] = [luminance(parse(style.color)), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faults.push(`${element.localName}.${element.className} “${walker.currentNode.data.trim().slice(0, 20)}” ${ratio.toFixed(2)}`);
  }
  return faults;
}
