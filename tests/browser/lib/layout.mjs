// What a person would see go wrong in the layout. These functions run inside the page.

/** Returns what is wider than the window, cut off, sticking out of its box or lying over other text. */
export function layoutFaults() {
  const faults = { overflow: [], clipped: [], overlapping: [] };
  // Chromium trims the blank half of a Chinese bracket at the end of a line, and measures it all the same.
  document.documentElement.style.textSpacingTrim = 'space-all';
  const width = document.documentElement.clientWidth;
  const name = (element) => {
    const id = element.id ? `#${element.id}` : '';
    const classes = [...element.classList].map((one) => `.${one}`).join('');
    const parent = element.parentElement && element.parentElement !== document.body ? `${element.parentElement.localName} > ` : '';
    return `${parent}${element.localName}${id}${classes} “${element.textContent.trim().slice(0, 24)}”`;
  };
  const scrolls = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
  const ancestors = function* (element) {
    for (let node = element; node && node !== document.documentElement; node = node.parentElement) yield node;
  };

  if (document.scrollingElement.scrollWidth > width) {
    faults.overflow.push(`the page is ${document.scrollingElement.scrollWidth} px wide in a window of ${width} px`);
  }

  // What only screen readers are to find is cut down to a dot.
  const dot = (element) => [...ancestors(element)].some((node) => node.offsetWidth <= 1 && node.offsetHeight <= 1 && getComputedStyle(node).overflowX === 'hidden');

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || dot(element) || element.closest('.skip, script, noscript, svg, [hidden]')) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) {
      if (box.width > 0.5 && box.height > 0.5) texts.push({ element, box, data: walker.currentNode.data.trim() });
    }
  }

  for (const { element, box, data } of texts) {
    const region = [...ancestors(element)].find(scrolls);
    if (!region && (box.left < -0.5 || box.right > width + 0.5)) {
      faults.overflow.push(`${name(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} px`);
    }
    for (const node of ancestors(element)) {
      if (node === region) break;
      const style = getComputedStyle(node);
      const edge = node.getBoundingClientRect();
      const hides = style.overflowX !== 'visible' || style.overflowY !== 'visible' || style.textOverflow === 'ellipsis';
      const outside = box.left < edge.left - 1 || box.right > edge.right + 1;
      const below = box.bottom > edge.bottom + box.height / 3 || box.top < edge.top - box.height / 3;
      if (hides && (outside || below)) faults.clipped.push(`${name(element)} is cut off by ${name(node)}`);
      else if (outside && style.display !== 'inline' && style.display !== 'contents' && edge.width > 0) {
        faults.clipped.push(`${name(element)} “${data.slice(0, 16)}” sticks out of ${name(node)} by ${Math.round(Math.max(edge.left - box.left, box.right - edge.right))} px`);
        break;
      }
    }
  }

  // Boxes of lines touch where lines are close; text lies over text when half a line does. What stays in sight while
  // the rest moves beneath it has its own ground.
  const stays = (element) => [...ancestors(element)].some((node) => getComputedStyle(node).position === 'sticky');
  const shown = texts.filter(({ element, box }) => {
    const region = [...ancestors(element)].find(scrolls);
    const edge = region && region.getBoundingClientRect();
    return !edge || (box.top >= edge.top && box.bottom <= edge.bottom && box.left < edge.right && box.right > edge.left);
  });
  shown.sort((a, b) => a.box.top - b.box.top);
  shown.forEach((one, at) => {
    for (const two of shown.slice(at + 1)) {
      if (two.box.top >= one.box.bottom) break;
      const down = Math.min(one.box.bottom, two.box.bottom) - two.box.top;
      const across = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
      if (across > 1 && down > Math.min(one.box.height, two.box.height) / 2 && !stays(one.element) && !stays(two.element)) {
        faults.overlapping.push(`${name(one.element)} and ${name(two.element)} by ${Math.round(across)} × ${Math.round(down)} px`);
      }
    }
  });
  return faults;
}

/** Returns the size in px of what a finger can press, for each visible control: stretched links count in full. */
export function targetSizes() {
  const controls = document.querySelectorAll('a[href], button, summary, input, select, textarea, label, [role=button]');
  const farthest = 60;
  const measure = (element) => {
    element.scrollIntoView({ block: 'center', inline: 'center' });
    const boxes = [...element.getClientRects()].filter((box) => box.width && box.height);
    const box = boxes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const owns = (dx, dy) => element.contains(document.elementFromPoint(x + dx, y + dy));
    // In strides, back by the pixel: what lies in between is not smaller than a stride.
    const stride = 4;
    const reach = (dx, dy) => {
      let steps = 0;
      while (steps < farthest && owns(dx * (steps + stride), dy * (steps + stride))) steps += stride;
      while (steps < farthest && owns(dx * (steps + 1), dy * (steps + 1))) steps += 1;
      return owns(dx * (steps + 0.5), dy * (steps + 0.5)) ? steps + 0.5 : steps;
    };
    const name = `${element.parentElement.localName} > ${element.localName}${element.className ? `.${element.className}` : ''} “${element.textContent.trim().slice(0, 24)}”`;
    if (!owns(0, 0)) return { name, width: 0, height: 0 };
    return { name, width: reach(-1, 0) + reach(1, 0) + 0.5, height: reach(0, -1) + reach(0, 1) + 0.5 };
  };
  const visible = (element) => !element.closest('.skip') && element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length;
  return [...controls].filter(visible).map(measure);
}

/** Opens all that is folded, as a curious person would. */
export function unfold() {
  document.querySelectorAll('details').forEach((details) => (details.open = true));
}

/** Returns the visible texts of the page, controls that need a script aside. */
export function visibleTexts() {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.replace(/\s+/g, ' ').trim();
    if (text && !element.closest('button, script') && element.checkVisibility({ visibilityProperty: true })) texts.push(text);
  }
  return texts;
}
