// A page parsed as browsers parse it, with what tests ask of it.

import { parse } from 'parse5';

/** Attributes that hold an address, by element. */
const ADDRESSES = {
  a: ['href'], area: ['href'], link: ['href'], script: ['src'], img: ['src', 'srcset'], source: ['src', 'srcset'],
  iframe: ['src'], object: ['data'], embed: ['src'], form: ['action'], button: ['formaction'], input: ['src', 'formaction'],
  video: ['src', 'poster'], audio: ['src'], track: ['src'], use: ['href', 'xlink:href'], image: ['href', 'xlink:href'],
  blockquote: ['cite'], q: ['cite'], del: ['cite'], ins: ['cite'],
};

export class Html {
  constructor(source) {
    this.source = source;
    this.elements = [...descendants(parse(source))].filter((node) => node.tagName).map((node) => new Element(node));
  }

  /** Returns the elements with one of these names, in document order. */
  all(...names) {
    return this.elements.filter((element) => names.includes(element.name));
  }

  /** Returns the first element with this name. */
  first(name) {
    return this.elements.find((element) => element.name === name);
  }

  get title() {
    return this.first('title')?.text ?? '';
  }

  get ids() {
    return this.elements.map((element) => element.get('id')).filter((id) => id !== undefined);
  }

  meta(name) {
    return this.all('meta').find((meta) => meta.get('name') === name || meta.get('http-equiv') === name)?.get('content');
  }

  /** Returns the `link` elements of one relation. */
  links(relation) {
    return this.all('link').filter((link) => (link.get('rel') ?? '').split(/\s+/).includes(relation));
  }

  /** Returns every address in the page with the element that names it. */
  *addresses() {
    for (const element of this.elements) {
      for (const name of ADDRESSES[element.name] ?? []) {
        const value = element.get(name);
        if (value === undefined) continue;
        const parts = name === 'srcset' ? value.split(',').map((part) => part.trim().split(/\s+/)[0]) : [value];
        for (const part of parts) yield { element, link: part };
      }
    }
    const refresh = this.meta('refresh');
    if (refresh) yield { element: this.first('meta'), link: refresh.replace(/^.*?url=/i, '') };
  }

  /** Returns the files a browser loads with the page, print styles included. */
  get assets() {
    const links = this.all('link').filter((link) => /\b(stylesheet|icon|manifest|preload)\b/.test(link.get('rel') ?? ''));
    const sources = [...this.all('script'), ...this.all('img')].filter((element) => element.get('src'));
    return [...links.map((link) => link.get('href')), ...sources.map((element) => element.get('src'))];
  }
}

class Element {
  constructor(node) {
    this.node = node;
    this.name = node.tagName;
    this.attributes = node.attrs.map((attr) => [attr.prefix ? `${attr.prefix}:${attr.name}` : attr.name, attr.value]);
  }

  get(name) {
    return this.attributes.find(([key]) => key === name)?.[1];
  }

  /** Returns the text that people read. */
  get text() {
    return [...descendants(this.node)].filter((node) => node.nodeName === '#text' && (node.parentNode === this.node || node.parentNode.nodeName !== 'script')).map((node) => node.value).join('');
  }

  /** Returns the language in force at this element. */
  get lang() {
    for (let node = this.node; node; node = node.parentNode) {
      const lang = node.attrs?.find((attr) => attr.name === 'lang');
      if (lang) return lang.value;
    }
    return undefined;
  }

  toString() {
    const attributes = this.attributes.map(([key, value]) => ` ${key}="${value}"`).join('');
    return `<${this.name}${attributes}>`;
  }
}

function* descendants(node) {
  yield node;
  for (const child of node.childNodes ?? []) yield* descendants(child);
}
