// Where the boxes of a page stand: two engines that agree on that have drawn the same page. Runs inside the page.

/**
 * Returns left, width and height of every block of the page, by a name that two engines share; and whether it
 * stands in a line that may break anywhere, so that a few px of text move it to the next line.
 */
export function boxes() {
  const all = {};
  const names = {};
  const path = (element) => {
    const classes = [...element.classList].map((one) => `.${one}`).join('');
    return element === document.body ? 'body' : `${path(element.parentElement)} > ${element.localName}${classes}`;
  };
  document.querySelectorAll('body *').forEach((element) => {
    const display = getComputedStyle(element).display;
    const table = element.parentElement.closest('table');
    // How wide columns are that nobody set is each engine's own business.
    if (table && getComputedStyle(table).tableLayout === 'auto') return;
    if (display === 'inline' || element.closest('svg, .skip, script, colgroup') || !element.checkVisibility({ visibilityProperty: true })) return;
    const name = path(element);
    names[name] = (names[name] || 0) + 1;
    const { left, width, height } = element.getBoundingClientRect();
    const flows = display.startsWith('inline') || getComputedStyle(element.parentElement).flexWrap === 'wrap';
    all[`${name} (${names[name]}) “${element.textContent.trim().slice(0, 16)}”`] = [Math.round(left), Math.round(width), Math.round(height), flows];
  });
  return all;
}
