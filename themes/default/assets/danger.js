// Danger in a question: before any service stand a number to tap and the page that says what to do. The words
// (src/site/search/danger.rs) come by themselves, those of other languages when a question is written in them.
// Comments and indentation are not shipped.
(() => {
  'use strict';
  const HAN = /[\u3400-\u9fff]/;
  const normal = text => text.normalize('NFKC').toLowerCase().replace(/['\x60\u2018\u2019\u02bc]/g, '');

  // The words of a line follow each other closely, those that + joins at once; one of those between | will do.
  const rule = lines => new RegExp(lines ? lines.split('/').map(line => line.split(' ').map((piece, i) =>
    (i ? /^[a-z0-9]/.test(piece) ? '.{0,20}?' : '.{0,6}?' : '') + piece.split('+').map(words =>
      '(?:' + words.replace(/[a-z0-9]+/g, word => '\\b' + word + (word < 'a' ? '' : '(?:e?s|e?d|ing)?') + '\\b') + ')').join('')).join('')).join('|') : '^\\b$', 'g');

  const engine = () => {
    const known = [];
    const learn = words => known.push([words, rule(words[1]), words[2].map(danger => rule(danger[3]))]);
    // Returns the situations a question is about, told in the language of the first words learnt. What only looks like
    // danger is taken out before.
    const find = text => {
      const said = normal(text);
      return (known[0] ? known[0][0][2] : []).filter(danger => known.some(([words, except, rules]) => {
        const at = words[2].findIndex(other => other[1] === danger[1]);
        return at >= 0 && said.replace(except, '\n').search(rules[at]) >= 0;
      }));
    };
    return { learn, find };
  };

  const page = form => {
    const box = form.elements.q, place = form.querySelector('[data-search-danger]');
    const say = name => form.getAttribute('data-' + name);
    const { learn, find } = engine();
    // The page for this place; without it, the one for everywhere.
    const way = document.querySelector('.sos a');
    const [own, ...others] = say('danger').split(' ');
    let home, foreign, shown;

    const load = src => document.head.append(Object.assign(document.createElement('script'), { src }));
    const make = (name, text, attributes) => Object.assign(document.createElement(name), { textContent: text }, attributes);

    const show = () => {
      const text = box.value.trim(), found = text ? find(text).slice(0, 2) : [];
      if (text && foreign && foreign.test(text)) others.splice(0).forEach(load);
      if (shown === found.map(danger => danger[1]) + '') return;
      shown = found.map(danger => danger[1]) + '';
      place.textContent = '';
      if (found[0]) {
        const first = make('p', say('danger-first'));
        first.setAttribute('role', 'alert');
        place.append(first);
      }
      found.forEach(danger => {
        const p = make('p', '', { className: 'peril' });
        p.append(make('a', say('dial').replace('{number}', danger[2]), { className: 'btn', href: 'tel:' + danger[2] }),
          make('a', danger[0], { className: 'tap', href: (way ? way.href : say('root') + home) + '#' + danger[1] }));
        place.append(p);
      });
    };

    window.qingdanDanger = words => {
      if (!home) {
        home = words[0];
        foreign = HAN.test(words[2].map(danger => danger[3])) ? /[a-z]{3}/i : /[^\0-\x7f]/;
      }
      learn(words);
      show();
    };
    ['input', 'compositionend', 'change'].forEach(name => box.addEventListener(name, show));
    load(own);
  };

  if (typeof document === 'object') page(document.querySelector('form[data-danger]'));
  else window.qingdanDanger = engine;
})();
