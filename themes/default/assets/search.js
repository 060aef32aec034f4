// Search in the browser. A shard (src/site/search/shard.rs) hands in the texts of a place; this builds the index from
// them, answers questions and shows what it found. Comments and indentation are not shipped.
(() => {
  'use strict';
  // ---- Tokens, the same as in src/site/search/tokens.rs: tests/search/tokens.json holds both to it.
  const GRAM = /[\u1100-\u11ff\u3005-\u3007\u3040-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const BETWEEN = /[\0-/:-@[-\x60{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u055a-\u055f\u0589\u058a\u060c\u060d\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0f0b-\u0f14\u1800-\u180a\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\ufe00-\ufe6f\uff00-\uffff\u{1f000}-\u{1faff}]/u;

  const normal = (text, fold) => Array.from(text.normalize('NFKC').toLowerCase().replace(/['\x60\u2018\u2019\u02bc]/g, ''))
    .map(c => fold.get(c) || c).join('');

  const stem = w => /^childrens?$/.test(w) ? 'child'
    : w.length < 4 || /[^a-z]/.test(w) ? w
    : w.length > 4 && /ies$/.test(w) ? w.slice(0, -3) + 'y'
    : /(ss|x|ch|sh|z)es$/.test(w) ? w.slice(0, -2)
    : /[^sui]s$/.test(w) ? w.slice(0, -1) : w;

  // Cuts a text up: arrays of characters (Han, kana, Hangul) and words.
  const runs = text => {
    const out = [];
    let word = '', grams = [];
    const close = () => {
      if (word) out.push(stem(word.normalize('NFD').replace(/[\u0300-\u036f]/g, '')));
      if (grams.length) out.push(grams);
      word = '';
      grams = [];
    };
    for (const c of text) {
      const gram = GRAM.test(c), between = !gram && BETWEEN.test(c);
      if (between || (gram ? word : grams.length)) close();
      if (gram) grams.push(c);
      else if (!between) word += c;
    }
    close();
    return out;
  };

  const isWord = run => typeof run === 'string';

  const tokens = run => isWord(run) ? [run]
    : [].concat(...run.map((c, i) => i + 1 < run.length ? [c, c + run[i + 1]] : [c]));

  // Reads pairs of a traditional character and the simplified one it is searched as.
  const folding = pairs => new Map((pairs.match(/../gu) || []).map(pair => Array.from(pair)));

  // The traditional characters of a shard: one for each Chinese character in it, in their order, - where there
  // is none; then pairs.
  const unfold = shard => {
    const own = Array.from(new Set(JSON.stringify(shard, (key, value) => key === 'fold' ? 0 : value).match(/[\u4e00-\u9fff]/g))).sort();
    const fold = folding(shard.fold[1]);
    Array.from(shard.fold[0]).forEach((c, i) => fold.set(c, own[i]));
    fold.delete('-');
    return fold;
  };

  // ---- Pinyin. The first level of GB 2312 is in the order of pinyin: how many characters each syllable has (by
  // initial, in the order of FINALS) and the browser's GBK decoder give a reading for each of its 3755 characters.
  const FINALS = 'a ai an ang ao e ei en eng er i ia ian iang iao ie in ing iong iu o ong ou u ua uai uan uang ue ui un uo v ve'.split(' ');
  const COUNTS = ':.95/59 - 4          - 3,b:>4;8= ;02 D 8 0025  ?  7,c:-73111  . 8          2-0  /  4/2,ch:7/6952 6; <          18< -32 13.,d:28;18/  3 ? < 53 5 - 64:  2  058,f:4 =7  8;;           - -Y,g:.2756=-.3            ;5>2/7/ </2,h:-3?/5>.01            53>51:: A26,j:          a=T9HG@E.=   E  3 6 7,k:01230; 0.            00310.4 700,l:3/;35.7 / N-:7918: 7 52@  2   38:.,m:52528-</4 : 5 4.22 -= /;,n:31/-1-.-- 7 3..3-2 0 0 /  -    0-.,p:22413 5.: = 0 0.15  5  ;,q:          P/B4;179.4   9  7 4 .,r:  01/. 6. -          6/6  .  /..,s:/00/0/ -- <          408  /  7/4,sh:5.<478 <7 [           6M.0./ 000,t:55>97-  0 ; 4 1/ 6   907  .  2/7,w:3.=6  M6/           5  I,x:          O9F@>A6;35   ?  6 2 :,y:< M=;;    a     <>  -;@Y  @ 6 8,z:/30/:0--0 ;          304  .  0.4,zh::2=;66 <; W          7:F.-23 2.7';
  // More readings, and characters of the second level.
  const MORE = 'zhang长hai还shen什zhe着le了hang行chong重yue乐tiao调kuai会jiao觉dai大xie血dei得xing省she折zai仔pian便xian痫nan囡e腭jian囝';
  let readings;

  const read = c => {
    if (!readings) {
      readings = new Map();
      const order = syllable => syllable.replace('ve', 'ue').replace('v', 'u!');
      const rows = [];
      COUNTS.split(',').forEach(row => {
        const cut = row.indexOf(':');
        Array.from(row.slice(cut + 1)).forEach((n, i) => n > ' ' && rows.push([row.slice(0, cut) + FINALS[i], n.charCodeAt(0) - 44]));
      });
      rows.sort((a, b) => order(a[0]) < order(b[0]) ? -1 : 1);
      try {
        const decoder = new TextDecoder('gbk');
        let at = 0;
        rows.forEach(row => {
          for (let n = row[1]; n; n -= 1, at += 1) readings.set(decoder.decode(new Uint8Array([176 + at / 94, 161 + at % 94])), [row[0]]);
        });
        MORE.replace(/([a-z]+)(.)/g, (_, syllable, more) => readings.set(more, (readings.get(more) || []).concat(syllable)));
      } catch (e) { /* no such decoder, no pinyin */ }
    }
    return readings.get(c) || [];
  };

  // How characters sound, zh like z and ng like n, as many ears have it.
  const heard = new Map();
  const hear = c => {
    if (!heard.has(c)) heard.set(c, read(c).map(syllable => syllable.replace(/^([zcs])h/, '$1').replace(/ng$/, 'n')));
    return heard.get(c);
  };
  const sounds = (a, b) => [].concat(...hear(a).map(x => hear(b).map(y => x + ' ' + y)));

  // ---- The index. The weights are those of src/site/search/index.rs.
  const TITLE = 6, KEYS = 5, ALT = 1.5, BODY = 1;
  // HALF: the weight that brings half of what a token can bring. COMMON: tokens in more than this share of the
  // items do not count. TAIL: results below this share of the best are left out. MOST: so many are shown.
  const HALF = 3, COMMON = 0.6, TAIL = 0.25, MOST = 10;

  // A shard holds its items by column.
  const rows = shard => shard.items[0].map((_, row) => shard.items.map(column => column[row]));

  const engine = shard => {
    const items = rows(shard), fold = unfold(shard);
    const index = new Map(), phrases = [], exact = new Map();
    const ignored = new Set(), cut = [];
    let cuts, homophones, words;

    const ignore = shard => {
      shard.ignored.split('|').forEach(word => word[1] && GRAM.test(word) ? cut.push(word) : runs(word).forEach(run => ignored.add(run + '')));
      cuts = cut[0] && new RegExp(cut.sort((a, b) => b.length - a.length).join('|'), 'g');
    };
    ignore(shard);

    const add = (doc, text, weight) => runs(normal(text, fold)).forEach(run => {
      if (!isWord(run)) {
        phrases.push([run, weight]);
        if (weight >= KEYS) exact.set(run.join(''), (exact.get(run.join('')) || []).concat(doc));
      } else if (ignored.has(run)) return;
      tokens(run).forEach(token => {
        const list = index.get(token) || [], known = list.find(posting => posting[0] === doc);
        if (known) known[1] = Math.max(known[1], weight);
        else index.set(token, list.concat([[doc, weight]]));
      });
    });
    items.forEach((item, doc) => {
      add(doc, item[5], TITLE);
      add(doc, item[7], KEYS);
      add(doc, shard.areas[item[3]][1], ALT);
      add(doc, item[6] + ' ' + item[8], BODY);
      item[4].forEach(at => add(doc, shard.departments[at], BODY));
    });

    // Takes in the titles and everyday words of another language.
    const more = other => {
      ignore(other);
      unfold(other).forEach((simplified, traditional) => fold.set(traditional, simplified));
      rows(other).forEach((item, doc) => add(doc, item[5] + ' ' + item[7], ALT));
      homophones = words = 0;
    };

    // Where postings come from; a test puts those of elasticlunr.js in their place.
    const source = { postings: token => index.get(token) || [] };
    const limit = items.length < 5 ? 1e9 : COMMON * items.length;
    // Whether nothing in this language answers some part of the question.
    let lacking;

    // Part of a question: its length, and by item what it brings, how much of it is explained, and by what name.
    const Part = length => ({ length, gains: new Map(), explained: new Map(), named: new Map() });
    const raise = (map, key, value) => map.set(key, Math.max(map.get(key) || 0, value));
    const worth = (list, posting) => Math.log(1 + items.length / list.length) * posting[1] / (posting[1] + HALF);

    const listen = () => {
      if (!homophones) {
        homophones = new Map();
        index.forEach((_, token) => {
          if (token.length === 2) sounds(token[0], token[1]).forEach(key => homophones.set(key, (homophones.get(key) || []).concat(token)));
        });
      }
    };
    const sameSound = (a, b) => {
      listen();
      const best = new Map();
      const alike = [].concat(...sounds(a, b).map(key => homophones.get(key) || [])), named = alike.filter(token => exact.has(token));
      (named[0] ? named : alike).forEach(token => source.postings(token).forEach(p => raise(best, p[0], p[1])));
      return Array.from(best);
    };

    const gramPart = (run, common) => {
      const part = Part(0), seen = new Map(), counted = new Set(), guessed = new Set();
      // Characters that do not count, such as 了, may also stand between two that belong together.
      const light = run.map(c => !common && ignored.has(c)), heavy = light.includes(false);
      const pair = (i, j, factor) => {
        let list = source.postings(i === j ? run[i] : run[i] + run[j]), guess = factor;
        if (!common && list.length > limit) return;
        if (factor === 1) [i, j].forEach(k => heavy && light[k] || counted.add(k));
        if (factor === 1 && i !== j && !list.length) {
          list = sameSound(run[i], run[j]);
          guess = 0.7;
        }
        list.forEach(p => {
          part.gains.set(p[0], (part.gains.get(p[0]) || 0) + guess * worth(list, p));
          seen.set(p[0], (seen.get(p[0]) || new Set()).add(i).add(j));
          if (guess === 0.7) guessed.add(p[0]);
        });
      };
      run.forEach((c, i) => {
        if (i + 1 < run.length || !i) pair(i, Math.min(i + 1, run.length - 1), 1);
        let j = i + 1;
        while (!light[i] && light[j]) j += 1;
        if (j > i + 1 && j < run.length) pair(i, j, 0.8);
      });
      part.length = counted.size;
      lacking = lacking || !seen.size;
      seen.forEach((set, doc) => {
        const explained = Array.from(set).filter(i => counted.has(i)).length;
        // What only sounds alike has to explain everything.
        if (guessed.has(doc) && explained < part.length) part.gains.delete(doc);
        else part.explained.set(doc, explained);
      });
      // Everyday words to the letter, and how much of the question they are.
      run.forEach((c, i) => {
        for (let j = i + 2; j <= Math.min(i + 6, run.length); j += 1) {
          (exact.get(run.slice(i, j).join('')) || []).forEach(doc => raise(part.named, doc, (j - i) / run.length));
        }
      });
      part.named.forEach((share, doc) => part.gains.set(doc, (1 + share / 2) * (part.gains.get(doc) || 0)));
      return part;
    };

    // Returns where the characters end that a word spells from at on; its last syllable may be cut short if open.
    const spell = (word, at, run, from, open) => {
      let best = 0;
      if (from < run.length) read(run[from]).forEach(syllable => {
        const end = at + syllable.length;
        if (!word.startsWith(syllable, at)) best = open && syllable.startsWith(word.slice(at)) ? from + 1 : best;
        else best = Math.max(best, end === word.length ? from + 1 : spell(word, end, run, from + 1, open));
      });
      return best;
    };

    // Joins what a word in Latin letters can stand for: the best for each item.
    const either = strings => {
      const part = Part(2);
      strings.forEach(string => {
        const one = gramPart(Array.from(string), true);
        one.explained.forEach((explained, doc) => {
          if (explained === one.length) {
            raise(part.gains, doc, one.gains.get(doc));
            part.explained.set(doc, 2);
          }
        });
      });
      return strings.size && part;
    };

    // What a word spells: best whole and at the beginning of a title or everyday word; then with the end cut short.
    const spelled = word => {
      const sets = Array.from('01234567', () => new Set());
      if (/^[a-z]{2,}$/.test(word)) phrases.forEach(phrase => {
        const run = phrase[0];
        for (let from = 0; from + 1 < run.length; from += 1) if (read(run[from]).some(syllable => syllable[0] === word[0])) [0, 4].forEach(open => {
          const to = spell(word, 0, run, from, open);
          if (to > from + 1) sets[open + (phrase[1] < ALT ? 3 : phrase[1] < KEYS ? 2 : from && 1)].add(run.slice(from, to).join(''));
        });
      });
      const best = from => either(sets.slice(from, from + 4).find(set => set.size) || new Set());
      return { whole: best(0), open: best(4) };
    };

    // The initials of titles and everyday words, of whole ones or of their beginning.
    const initials = (word, whole) => {
      const strings = new Set();
      if (/^[a-z]{2,6}$/.test(word)) phrases.forEach(phrase => {
        const run = whole ? phrase[0] : phrase[0].slice(0, word.length);
        if (phrase[1] >= KEYS && run.length === word.length && run.every((c, i) => read(c).some(syllable => syllable[0] === word[i]))) strings.add(run.join(''));
      });
      return either(strings);
    };

    // What else a word may stand for: one it begins, one of the same family, one it was meant to be.
    const near = word => {
      words = words || Array.from(index.keys()).filter(token => /^[a-z]{3,}$/.test(token));
      const part = Part(2), far = word.length > 7 ? 2 : 1;
      const ways = [
        w => word.length > 2 && w.startsWith(word) && word.length / w.length,
        w => {
          let same = 0;
          while (same < w.length && w[same] === word[same]) same += 1;
          return same > 4 && same >= 0.6 * Math.max(w.length, word.length) && 0.7;
        },
        w => word.length > 4 && w[0] === word[0] && Math.abs(w.length - word.length) <= far && distance(w, word) <= far && 0.7,
      ];
      let found = [];
      ways.forEach((way, i) => {
        if (!found[0]) found = words.filter(way).map(w => [w, way(w)]);
        if (!i && !found[0]) lacking = true;
      });
      // A word nobody knows counts half.
      if (!found[0]) part.length = 1;
      found.forEach(pair => {
        const list = source.postings(pair[0]);
        list.forEach(p => {
          raise(part.gains, p[0], pair[1] * worth(list, p));
          raise(part.explained, p[0], 2 * pair[1]);
        });
      });
      return part;
    };

    const wordPart = (word, common) => {
      const list = source.postings(word), part = Part(2);
      if (!list.length) {
        const { whole, open } = spelled(word);
        return whole || initials(word, true) || open || initials(word) || near(word);
      }
      if (list.length > limit && !common) return Part(0);
      list.forEach(p => {
        part.gains.set(p[0], worth(list, p));
        part.explained.set(p[0], 2);
      });
      return part;
    };

    const understand = text => {
      const said = normal(text, fold);
      let all = runs(cuts ? said.replace(cuts, ' ') : said).filter(run => !ignored.has(run));
      // One character left over between what was cut says nothing.
      if (all.some(run => run[1])) all = all.filter(run => run[1]);
      if (!all.length) all = runs(said);
      if (all.length > 1 && all.every(isWord) && all.some(run => !source.postings(run).length)) {
        const joined = spelled(runs(said).join('')).open;
        if (joined) return [joined];
      }
      const parts = common => all.map(run => (isWord(run) ? wordPart : gramPart)(run, common)).filter(part => part.length);
      const counted = parts(false);
      return counted.length ? counted : parts(true);
    };

    // Returns the items that answer, the best first, each with its score.
    const search = text => {
      lacking = false;
      if (/^\s*[a-z]?\s*$/i.test(text)) return [];
      const parts = understand(text), results = [];
      const sum = of => parts.reduce((all, part) => all + of(part), 0), total = sum(part => part.length);
      const take = enough => items.forEach((item, doc) => {
        const share = sum(part => part.explained.get(doc) || 0) / total;
        if (enough(share, parts.some(part => part.named.has(doc)))) results.push([item, sum(part => part.gains.get(doc) || 0) * (0.25 + 0.75 * share), doc, share]);
      });
      take((share, named) => named ? share >= (total > 4 ? 0.25 : 0.5) : total > 4 ? share >= 0.34 : share > 0.5);
      // Known words that no item has together: either is an answer.
      if (!results[0] && parts.every(part => part.explained.size) && parts[1]) take(share => share >= 0.5);
      results.sort((a, b) => b[1] - a[1] || a[2] - b[2]);
      // Where one answers all of a short question, half answers are none.
      return results.filter(result => result[1] >= TAIL * results[0][1] && (total > 4 || results[0][3] < 1 || result[3] === 1)).slice(0, MOST);
    };

    return { search, more, listen, source, items, lacking: () => lacking };
  };

  // Edits between two words; two letters that changed places are one.
  const distance = (a, b) => {
    const d = [];
    for (let i = 0; i <= a.length; i += 1) {
      d.push([i]);
      for (let j = 1; j <= b.length; j += 1) {
        d[i][j] = i ? Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] !== b[j - 1])) : j;
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
    return d[a.length][b.length];
  };

  // ---- The page
  const make = (name, text, attributes) => {
    const element = document.createElement(name);
    element.textContent = text;
    for (const key in attributes) if (attributes[key]) element.setAttribute(key, attributes[key]);
    return element;
  };

  const page = shard => {
    const form = document.querySelector('form[data-shard]'), box = form.elements.q;
    const say = name => form.getAttribute('data-' + name), part = name => form.querySelector(name);
    const status = part('[role=status]'), list = part('[data-search-results]'), none = part('[data-search-none]');
    const find = engine(shard);
    let composing, asked, answer, others = say('others').split(' ').filter(Boolean), waiting = 0;

    setTimeout(find.listen, 50);

    // Asks for the words of the other languages, once.
    const learn = () => {
      const done = other => {
        if (other) find.more(other);
        waiting -= 1;
        asked = null;
        show();
        setTimeout(find.listen, 50);
      };
      waiting = others.length;
      window.qingdanSearch = done;
      others.forEach(src => document.head.append(Object.assign(document.createElement('script'), { src, onerror: () => done() })));
      others = [];
    };

    const link = (route, text, number, lang) => make('a', text, { href: say('root') + route, 'data-item': number, lang });

    const row = item => {
      const li = make('li', ''), h = make('h3', '');
      const at = make('p', '', { class: 'at' });
      h.append(link(shard.lists[item[1]] + item[2] + '.html', item[5], item[0], item[9]));
      li.append(make('span', (item[0] < 10 ? '0' : '') + item[0], { class: 'no' }), h, make('p', item[6], { class: 'gets' }));
      at.append(make('span', say('at')));
      shard.places.forEach(place => {
        const id = place[2].length ? place[2][find.items.indexOf(item)] : item[2];
        if (id) at.append(link(place[1] + id + '.html', place[0], item[0]));
      });
      if (at.children[1]) li.append(at);
      return li;
    };

    const show = () => {
      const text = box.value.trim();
      if (composing || text === asked) return;
      const results = text ? find.search(text).map(result => result[0]) : [], same = text + results.map(item => item[0]);
      asked = text;
      if (text && find.lacking() && others[0]) learn();
      if (waiting && !results[0]) {
        list.setAttribute('aria-busy', 'true');
        return;
      }
      if (same !== answer) {
        answer = same;
        list.textContent = none.textContent = '';
        list.append(...results.map(row));
        status.textContent = !text ? '' : results[0] ? say('found').split('|')[results.length] : say('none').replace('{q}', () => text);
        if (text && !results[0]) {
          const areas = make('p', '', { class: 'at' }), call = make('p', say('call') + ' ');
          areas.append(...shard.areas.map(area => link(area[0], area[1])));
          none.append(areas);
          if (shard.line) {
            call.append(make('a', shard.line[0], { href: 'tel:' + shard.line[0], class: 'tel' }));
            none.append(call);
          }
        }
      }
      list.removeAttribute('aria-busy');
    };

    // The question stays in the address for whoever comes back; what follows a # is not sent to anybody.
    const keep = () => {
      try { history.replaceState(null, '', asked ? '#q=' + encodeURIComponent(asked) : location.pathname); } catch (e) { /* it cannot be changed */ }
    };

    box.addEventListener('compositionstart', () => { composing = true; });
    box.addEventListener('compositionend', () => { composing = false; show(); });
    box.addEventListener('input', show);
    box.addEventListener('change', keep);
    form.addEventListener('submit', event => {
      composing = false;
      // Without a question it goes to the page that lists everything.
      if (!box.value.trim()) return;
      event.preventDefault();
      show();
      keep();
      // The keyboard of a phone makes room for the results.
      if (matchMedia('(pointer:coarse)').matches) box.blur();
    });
    const kept = /[?&#]q=([^&#]*)/.exec(location.hash || location.search);
    if (kept && !box.value) try { box.value = decodeURIComponent(kept[1].replace(/\+/g, ' ')); } catch (e) { /* not ours */ }
    show();
  };

  window.qingdanSearch = page;
  page.engine = engine;
  page.tokens = (text, pairs) => [].concat(...runs(normal(text, folding(pairs))).map(tokens));
})();
