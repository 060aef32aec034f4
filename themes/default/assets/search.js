// Search in the browser. A shard (src/site/search/shard.rs) hands in the texts of a place; this builds the index from
// them, answers questions and shows what it found. Comments and indentation are not shipped.
(() => {
  'use strict';
  // ---- Tokens, the same as in src/site/search/tokens.rs: tests/search/tokens.json holds both to it.
  const GRAM = /[\u1100-\u11ff\u3005-\u3007\u3040-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const BETWEEN = /[\0-/:-@[-\x60{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u055a-\u055f\u0589\u058a\u060c\u060d\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0f0b-\u0f14\u1800-\u180a\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\ufe00-\ufe6f\uff00-\uffff\u{1f000}-\u{1faff}]/u;

  const normal = (text, fold) => Array.from(text.normalize('NFKC').toLowerCase().replace(/['\x60\u2018\u2019\u02bc]/g, ''))
    .map(c => fold.get(c) || c).join('');

  // Takes the endings of an English word off: -s, then -ing and -ed, then those of nouns, then -e. A training is no train.
  const stem = w => {
    if (/^childrens?$/.test(w)) return 'child';
    if (w.length < 4 || /[^a-z]/.test(w)) return w;
    w = w.length > 4 && /ies$/.test(w) ? w.slice(0, -3) + 'y' : /(ss|x|ch|sh|z)es$/.test(w) ? w.slice(0, -2) : /[^sui]s$/.test(w) ? w.slice(0, -1) : w;
    const verb = /eed$|^training$/.test(w) ? '' : w.replace(/(ing|ed)$/, '');
    if (verb.length > 2 && verb !== w && /[aeiouy]/.test(verb)) {
      w = /i$/.test(verb) ? verb.slice(0, -1) + 'y'
        : /([bdfgmnprt])\1$/.test(verb) ? verb.slice(0, -1)
        : /^[^aeiou][aeiou][^aeiouwxy]$/.test(verb) ? verb + 'e' : verb;
    }
    const noun = w.replace(/ability$/, 'abl').replace(/ation$/, 'at').replace(/([st])ion$/, '$1').replace(/ness$|ment$/, '');
    if (noun.length > 2) w = noun;
    if (w.length > 4) w = w.replace(/e$/, '');
    return w.length > 5 ? w.replace(/at$/, '') : w;
  };

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

  // ---- The index. The weights are those of src/site/search/index.rs.
  const TITLE = 6, KEYS = 5, PART = 3, ALT = 1.5, BODY = 1, LESS = 0.75, LONG = 0.3;
  // PART: in a part of an everyday word. LESS: how sure what stands in a text or a part of a word is, beside a whole one.
  // HALF: the weight that brings half of what a token can bring. COMMON: tokens in more than this share of the
  // items do not count. TAIL: results below this share of the best are left out. MOST: so many are shown.
  const HALF = 3, COMMON = 0.6, TAIL = 0.5, MOST = 10;

  // ---- Ages. A question that names one is answered for it: 孩子3岁, 三岁半, 两个月的宝宝, “my son is three”.
  const COUNT = ' one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen'.split(' ');
  const counted = word => {
    const at = COUNT.indexOf(word), tens = word.split('十'), digit = c => '一二三四五六七八九'.indexOf(c.replace('两', '二')) + 1;
    return /\d/.test(word) ? +word : at > 0 ? at : tens[1] === undefined ? digit(word) : (tens[0] ? digit(tens[0]) : 1) * 10 + (tens[1] ? digit(tens[1]) : 0);
  };
  const NUMBER = '(\\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])', WORD = '(\\d{1,3}|' + COUNT.slice(1).join('|') + ')';
  // What an age is written with, how many months one of it has, and what follows it.
  const AGES = [
    [NUMBER + '(?:[-~到至]' + NUMBER + ')?(?:周|虚)?岁(半|多|以下|以内)?', 12],
    ['(?:^|[^住来满搬交等过了后第\\d十])' + NUMBER + '(?:[-~到至]' + NUMBER + ')?个?多?月(?=$|[大龄的宝婴娃孩仔崽囡 ]|打|要|吃)(?:大|龄)?()', 1],
    ['\\b' + WORD + '(?:(?: to |-)' + WORD + ')?[ -]?(?:years?|yrs?)[ -](?:old|boy|girl|kid|child|son|daughter)()', 12],
    ['\\b(?:boy|girl|son|daughter|kid|child|baby|he|she) ' + WORD + '() ?(?:years?\\b)?(?! *month)()', 12],
    ['\\b' + WORD + '()[ -]?(?:yo|y/o)\\b()', 12],
    ['\\b' + WORD + '(?:(?: to |-)' + WORD + ')?[ -]?months?[ -](?:old|baby|infant|boy|girl)()', 1],
    ['\\b(?:aged?|is|hes|shes|turn(?:ed|s|ing)?) ' + WORD + '()\\b(?! *(?:month|week|day|people|child|kid|year|%|yuan|hour))()', 12],
    ['\\b(under|below) ' + WORD + '\\b(?! *month)()', 12],
  ].map(way => [new RegExp(way[0]), way[1]]);

  // Returns the first age of a question in months, from and up to, and the question without it; no service is for ages from
  // most on.
  const aged = (text, most) => {
    for (const way of AGES) {
      const m = way[0].exec(text), upTo = m && (/^(un|be)/.test(m[1]) || /以/.test(m[3] || ''));
      if (m) {
        const from = counted(/^(un|be)/.test(m[1]) ? m[2] : m[1]), to = upTo ? from : m[2] ? counted(m[2]) : from + 1, half = m[3] === '半' ? 6 : 0;
        if (from * way[1] < most) return { from: upTo ? 0 : from * way[1] + half, to: to * way[1], rest: text.replace(m[0], ' ') };
      }
    }
  };

  // How well a question of an age fits a service for ages from and up to, in months. What is for no age of its own is for all.
  const fits = (age, range) => !range ? 0.8
    : age.from < range[1] && age.to > range[0] ? (range[1] - range[0] > 60 ? 1.4 : 1.8)
    : age.from >= range[1] && age.from < range[1] + 12 ? 0.7
    : age.to <= range[0] && age.to > range[0] - 12 ? 0.5 : 0.1;

  // A shard holds its items by column.
  const rows = shard => shard.items[0].map((_, row) => shard.items.map(column => column[row]));

  const engine = shard => {
    const items = rows(shard), fold = new Map();
    // A year beyond the oldest that a service names, and at least beyond 18.
    const oldest = Math.max.apply(null, items.map(item => item[8] ? item[8][1] : 0).concat(216)) + 12;
    const index = new Map(), phrases = [], exact = new Map();
    const ignored = new Set(), cut = [], bands = [];
    let cuts;

    const longest = words => new RegExp(words.sort((a, b) => b.length - a.length).join('|'), 'g');
    // Takes in what a shard says of questions: words that do not count, and words that tell an age.
    const ignore = shard => {
      shard.ignored.split('|').forEach(word => word[1] && GRAM.test(word) ? cut.push(word) : runs(word).forEach(run => ignored.add(run + '')));
      cuts = 0;
      shard.bands.forEach(band => band[2].split(',').forEach(word => bands.push({ from: band[0], to: band[1], word })));
    };
    ignore(shard);

    // The words of a phrase as they are asked for; where there are several, the phrase is known as a whole.
    const phrase = all => all.filter(run => !ignored.has(run)).map(run => isWord(run) ? run : run.join('')).join(' ');
    const name = (doc, words) => words && !bands.some(band => band.word === words) && exact.set(words, (exact.get(words) || []).concat(doc));
    const add = (doc, text, weight) => runs(normal(text, fold)).forEach(run => {
      if (!isWord(run)) {
        phrases.push([run, weight]);
        if (weight >= PART) name(doc, run.join(''));
      } else if (ignored.has(run)) return;
      tokens(run).forEach(token => {
        const list = index.get(token) || [], known = list.find(posting => posting[0] === doc);
        if (known) known[1] = Math.max(known[1], weight);
        else index.set(token, list.concat([[doc, weight]]));
      });
    });
    items.forEach((item, doc) => {
      add(doc, item[5], TITLE);
      item[7].join(',').split(',').forEach(key => {
        const all = runs(normal(key, fold));
        add(doc, key, all[1] || all[0] && !isWord(all[0]) && all[0][2] ? PART : KEYS);
        if (all.some(isWord)) name(doc, phrase(all));
      });
      add(doc, shard.areas[item[3]][1], ALT);
      add(doc, item[6].join(' '), BODY);
      item[4].forEach(at => add(doc, shard.departments[at], BODY));
    });

    // What search-more.js adds once it is there: other ways of writing and saying things.
    let ways = { before: text => text, alike: () => [], word: () => 0, joined: () => 0, likely: () => [], places: [] };

    // Where postings come from; a test puts those of elasticlunr.js in their place.
    const source = { postings: token => index.get(token) || [] };
    const limit = items.length < 5 ? 1e9 : COMMON * items.length;
    // Whether something of the question is unknown, and whether some part of it is altogether.
    let lacking, lost;

    // Part of a question: its length, and by item what it brings, how much of it is explained, and by what name.
    // Also the tokens that were looked up, to tell which provision they are of.
    const Part = length => ({ length, gains: new Map(), explained: new Map(), named: new Map(), asked: new Map() });
    const raise = (map, key, value) => map.set(key, Math.max(map.get(key) || 0, value));
    // What stands in a text or in a part of an everyday word says less than the whole word.
    const sure = weight => weight < KEYS ? LESS : 1;
    const worth = (list, posting) => Math.log(1 + items.length / list.length) * posting[1] / (posting[1] + HALF);

    const gramPart = (run, common) => {
      const part = Part(0), counted = new Set();
      // By item: what it brings and which characters it explains; to the letter, and with what only sounds alike.
      const exactly = new Map(), about = new Map();
      const note = (map, doc, gain, i, j, sure) => {
        const known = map.get(doc) || [0, new Map()];
        [i, j].forEach(at => raise(known[1], at, sure));
        map.set(doc, [known[0] + gain, known[1]]);
      };
      // Characters that do not count, such as 了, may also stand between two that belong together.
      const light = run.map(c => !common && ignored.has(c)), heavy = light.includes(false);
      const pair = (i, j, factor) => {
        const token = i === j ? run[i] : run[i] + run[j], list = source.postings(token);
        if (!common && list.length > limit) return;
        if (factor === 1) [i, j].forEach(k => heavy && light[k] && !(i !== j && list.length) || counted.add(k));
        raise(part.asked, token, factor);
        list.forEach(p => [exactly, about].forEach(map => note(map, p[0], factor * worth(list, p), i, j, sure(p[1]))));
        if (factor === 1 && !list.length) lacking = true;
        if (factor === 1 && i !== j && !list.length) {
          const same = ways.alike(run[i], run[j], part);
          same.forEach(p => note(about, p[0], 0.7 * worth(same, p), i, j, sure(p[1])));
        }
      };
      // One character that counts among some that do not: 太矮.
      if (run[1] && light.filter(one => !one).length === 1) pair(light.indexOf(false), light.indexOf(false), 0.8);
      run.forEach((c, i) => {
        if (i + 1 < run.length || !i) pair(i, Math.min(i + 1, run.length - 1), 1);
        let j = i + 1;
        while (!light[i] && light[j]) j += 1;
        if (j > i + 1 && j < run.length) pair(i, j, 0.8);
      });
      part.length = counted.size;
      lost = lost || !about.size;
      about.forEach((all, doc) => {
        const explained = of => Array.from(of[1]).reduce((sum, one) => sum + (counted.has(one[0]) ? one[1] : 0), 0);
        // What only sounds alike has to explain everything.
        const used = Array.from(counted).every(i => all[1].has(i)) ? all : exactly.get(doc);
        if (!used) return;
        part.gains.set(doc, used[0]);
        part.explained.set(doc, explained(used));
      });
      // Everyday words to the letter, and how much of the question they are; also without what does not count between.
      [run, run.filter((c, i) => !light[i])].forEach(run => run.forEach((c, i) => {
        for (let j = i + (run[1] ? 2 : 1); j <= Math.min(i + 6, run.length); j += 1) {
          (exact.get(run.slice(i, j).join('')) || []).forEach(doc => raise(part.named, doc, (j - i) / run.length));
        }
      }));
      part.named.forEach((share, doc) => part.gains.set(doc, (1 + share / 2) * (part.gains.get(doc) || 0)));
      return part;
    };

    const wordPart = (word, common) => {
      const list = source.postings(word), part = Part(2);
      if (!list.length) {
        lacking = part.unknown = true;
        const other = ways.word(word, part) || part;
        lost = lost || other.unknown;
        return other;
      }
      if (list.length > limit && !common) return Part(0);
      part.asked.set(word, 1);
      list.forEach(p => {
        part.gains.set(p[0], worth(list, p));
        part.explained.set(p[0], 2 * sure(p[1]));
      });
      (exact.get(word) || []).forEach(doc => part.named.set(doc, 1));
      return part;
    };

    // Whole everyday words of several runs in a question: by item, how much of the question they are.
    const wholes = all => {
      const found = new Map(), words = all.map(run => isWord(run) ? run : run.join(''));
      words.forEach((_, i) => {
        for (let j = i + 2; j <= Math.min(i + 5, words.length); j += 1) {
          (exact.get(words.slice(i, j).join(' ')) || []).forEach(doc => raise(found, doc, (j - i) / words.length));
        }
      });
      return found;
    };

    // What is asked for now: its age, its text, whole everyday words in it, and its parts.
    let now = {};
    const understand = text => {
      now.text = ways.before(normal(text, fold));
      if (!now.text.trim()) return [];
      now.age = aged(now.text, oldest);
      if (now.age) now.text = now.age.rest;
      // What does not count is left out, but for where it is part of an everyday word: 家里穷.
      cuts = cuts || longest(cut.concat(Array.from(exact.keys()).filter(key => cut.some(word => key.includes(word))), '$'));
      let all = runs(now.text.replace(cuts, word => exact.has(word) ? word : ' ')).filter(run => !ignored.has(run));
      // One character left over between what was cut says nothing.
      if (all.some(run => run[1])) all = all.filter(run => run[1]);
      const says = all.filter(run => isWord(run) || run.some(c => !ignored.has(c)));
      if (says[0] || now.age) all = says;
      // Two words that are one here: wheel chair.
      all = all.reduce((out, run) => {
        const joined = isWord(run) && isWord(out[out.length - 1]) && out[out.length - 1] + run;
        return joined && source.postings(joined).length ? out.slice(0, -1).concat(joined) : out.concat([run]);
      }, []);
      if (!all.length && now.age) return [];
      if (!all.length) all = runs(now.text);
      // Nor does a bare number.
      all = all.filter(run => !isWord(run) || /\D/.test(run));
      now.age = now.age || bands.find(band => GRAM.test(band.word) ? now.text.includes(band.word) : all.includes(band.word));
      now.wholes = wholes(all);
      if (all.length > 1 && all.every(isWord) && all.some(run => !source.postings(run).length)) {
        const joined = ways.joined(runs(now.text));
        if (joined) return [joined];
      }
      const parts = common => all.map(run => (isWord(run) ? wordPart : gramPart)(run, common)).filter(part => part.length);
      const counted = parts(false);
      return counted.length ? counted : parts(true);
    };

    // Returns the items that answer, the best first, each with its score.
    const search = text => {
      lacking = lost = false;
      ways.places = [];
      if (/^\s*[a-z]?\s*$/i.test(text)) return [];
      now = { wholes: new Map(), hits: [] };
      const parts = now.parts = understand(text), results = [];
      const sum = of => parts.reduce((all, part) => all + of(part), 0), total = sum(part => part.length);
      const fit = item => now.age ? fits(now.age, item[8]) : 1;
      const score = doc => sum(part => part.gains.get(doc) || 0), best = items.reduce((best, item, doc) => score(doc) > score(best) ? doc : best, 0);
      const take = enough => parts[0] && items.forEach((item, doc) => {
        const named = parts.some(part => part.named.has(doc)) || now.wholes.has(doc);
        // A word nobody knows counts half beside one that is an everyday word for the item.
        const share = sum(part => part.explained.get(doc) || 0) / (total - (named ? sum(part => part.unknown ? 1 : 0) : 0));
        const whole = 1 + (now.wholes.get(doc) || 0);
        if (enough(share, named)) results.push([item, score(doc) * (0.25 + 0.75 * share) * whole * fit(item), doc, share]);
      });
      take((share, named) => named ? share >= (total > 4 ? 0.25 : 0.5) : total > 4 ? share >= LONG : share > 0.5);
      // Known words that no item has together: either is an answer.
      if (!results[0] && parts.every(part => part.explained.size) && parts[1]) take(share => share >= 0.5);
      // An age and nothing else, or what is asked for is for another age: what is for this one.
      if (now.age && (!results[0] || now.age.rest !== undefined && fit(items[best]) < 0.5)) {
        const most = Math.max(...items.map(fit)), own = items.map((item, doc) => [item, fit(item), doc, 1]);
        results.splice(0, results.length, ...own.filter(result => result[1] > 1 && (!parts[0] || result[1] === most)));
      }
      if (!results[0]) ways.likely(now).forEach(result => results.push(result));
      // With nothing found there may be another way to say it.
      lacking = lacking || !results[0];
      results.sort((a, b) => b[1] - a[1] || a[2] - b[2]);
      // Where one answers all of a short question, half answers are none.
      return results.filter(result => result[1] >= TAIL * results[0][1] && (total > 4 || results[0][3] < LESS || result[3] >= LESS)).slice(0, MOST);
    };

    // Returns the provision of an item that the last question is about, or else the first.
    const line = item => {
      let best = 0, shown = item[6][0];
      item[6].forEach((text, i) => {
        const keys = (item[7][i + 1] || '').split(','), own = new Map();
        const weigh = (text, weight) => runs(normal(text, fold)).forEach(run => tokens(run).forEach(token => raise(own, token, weight)));
        weigh(text, 1);
        weigh(keys.join(' '), 2);
        let sum = keys.some(key => key[1] && (now.text.includes(key) || now.hits.includes(key))) ? 3 : 0;
        now.parts.forEach(part => part.asked.forEach((factor, token) => {
          if (own.has(token)) sum += factor * own.get(token) * Math.log(1 + items.length / source.postings(token).length);
        }));
        if (sum > best) [best, shown] = [sum, text];
      });
      return shown;
    };

    // Danger comes before any service: what a shard says of it (dangers), each with the words that tell of
    // it, the address of a page from the root, and what it is called.
    const danger = text => (shard.dangers || []).filter(one => new RegExp(one[0]).test(normal(text, fold)));

    // Takes in what came later: the code of search-more.js, then what it knows of this place, or another language.
    const core = { shard, items, index, phrases, exact, ignored, fold, source, normal, runs, tokens, isWord, GRAM, rows, longest, ignore, add, raise, worth, Part, gramPart, TITLE, PART, ALT, BODY, LESS };
    const take = more => {
      if (typeof more === 'function') ways = more(core);
      else if (more.towns) ways.own(more);
      else ways.other(more);
    };

    return { search, take, line, danger, source, items, lacking: () => lacking, lost: () => lost, places: () => ways.places, listen: () => ways.listen && ways.listen() };
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
    const find = engine(shard), own = { find, shard };
    const files = name => (say(name) || '').split(' ').filter(Boolean);
    let composing, asked, answer, extension, waiting = 0, left = { more: files('more'), others: files('others'), further: files('further') };
    // Lists of other places that hold here: what they have comes after what is there for the first question.
    const further = [], beside = make('ol', '', { class: 'ledger', 'data-search-further': 'y' });
    list.after(beside);
    const again = () => {
      asked = null;
      show();
    };

    // Asks for a script; what it hands in, or nothing, goes to take.
    const bring = (src, take) => document.head.append(Object.assign(document.createElement('script'), { src, take, async: false, onerror: () => take() }));

    // Teaches further lists the other ways of saying it.
    const extend = part => {
      if (!extension || !part.more) return;
      part.find.take(extension);
      bring(part.more, more => more && [part.find.take(more), again()]);
      part.more = '';
    };

    // Asks for what is there besides, once: for other ways of saying it, then for the words of the other languages.
    const learn = name => {
      const needed = left[name];
      waiting = needed.length;
      left[name] = [];
      needed.forEach(src => bring(src, more => {
        if (more) find.take(more);
        if (typeof more === 'function') further.forEach(extend, extension = more);
        waiting -= 1;
        if (waiting) return;
        again();
        setTimeout(find.listen, 50);
      }));
    };

    const widen = () => {
      const needed = left.further;
      left.further = [];
      needed.forEach((src, at) => at % 2 || bring(src, shard => {
        if (!shard) return;
        const part = { find: engine(shard), shard, more: needed[at + 1] };
        further.push(part);
        extend(part);
        again();
      }));
    };

    const link = (route, text, number, lang) => make('a', text, { href: say('root') + route, 'data-item': number, lang });

    // The address of a service in a place below, if that has it.
    const there = (item, place) => {
      const id = place && (place[2].length ? place[2][own.find.items.indexOf(item)] : item[2]);
      return id && place[1] + id + '.html';
    };

    // A row that leads to a page: to a place by its name or that of a county, or to where danger is told of.
    const lead = (route, name, text) => {
      const li = make('li', '', { class: 'to' }), h = make('h3', '');
      h.append(link(route, name));
      li.append(h, make('p', text, { class: 'gets' }));
      return li;
    };
    const town = place => {
      const fill = name => say(name).replace('{county}', place.county).replace('{place}', place.name);
      return lead(place.route, place.name, (place.county && fill('county') + ' · ') + fill('place'));
    };

    const row = (item, part = own) => {
      const { find, shard } = part;
      const li = make('li', ''), h = make('h3', '');
      const at = make('p', '', { class: 'at' });
      const asked = find.places()[0], named = asked && shard.places.find(place => place[0] === asked.name);
      h.append(link(there(item, named) || shard.lists[item[1]] + item[2] + (shard.whole ? '' : '.html'), item[5], item[0], item[9]));
      li.append(make('span', (item[0] < 10 && !shard.whole ? '0' : '') + item[0], { class: 'no' }), h, make('p', find.line(item), { class: 'gets' }));
      at.append(make('span', say('at')));
      shard.places.forEach(place => {
        const route = there(item, place);
        if (route) at.append(link(route, place[0], item[0]));
      });
      if (part !== own) li.append(make('p', shard.titles[item[1]], { class: 'at' }));
      else if (at.children[1] && !named) li.append(at);
      return li;
    };

    const show = () => {
      const text = box.value.trim();
      if (composing || text === asked) return;
      const results = text ? find.search(text).map(result => result[0]) : [], found = text ? find.places() : [];
      const first = text ? find.danger(text).map(one => lead(one[1], one[2], '')).concat(found.map(town)) : [];
      // Of each of the other lists only the best.
      const besides = [].concat(...further.map(part => text ? part.find.search(text).slice(0, 3).map(result => [result[0], part]) : []));
      const same = text + results.map(item => item[0] + item[2]) + besides.map(one => one[0][2]) + found.map(place => place.route + place.county);
      asked = text;
      if (text) setTimeout(widen, 0);
      if (text && !waiting) {
        // The other languages are searched by what comes with the other ways of saying it.
        if ((find.lacking() || find.lost()) && left.more[0]) learn('more');
        else if (find.lost() && left.others[0]) learn('others');
      }
      if (waiting) list.setAttribute('aria-busy', 'true');
      const some = results.length + besides.length;
      if (waiting && !some && !first[0]) return;
      if (same !== answer) {
        answer = same;
        list.textContent = beside.textContent = none.textContent = '';
        list.append(...first, ...results.map(item => row(item)));
        beside.append(...besides.map(one => row(...one)));
        status.textContent = !text ? '' : some ? say('found').split('|')[Math.min(results.length || some, MOST)] : first[0] ? found.map(place => place.name).join(', ') : say('none').replace('{q}', () => text);
        if (text && !some && !first[0]) {
          const areas = make('p', '', { class: 'at' }), call = make('p', say('call') + ' ');
          areas.append(...shard.areas.map(area => link(area[0], area[1])));
          none.append(areas);
          if (shard.line) {
            call.append(make('a', shard.line[0], { href: 'tel:' + shard.line[0], class: 'tel' }));
            none.append(call);
          }
        }
      }
      if (!waiting) list.removeAttribute('aria-busy');
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

  // Every script hands in what it has here: what was asked for on this page says whom it is for.
  const hand = handed => {
    const { take } = document.currentScript || {};
    if (take) take(handed);
    else page(handed);
  };

  window.qingdanSearch = hand;
  hand.engine = engine;
  hand.tokens = (text, fold) => [].concat(...runs(normal(text, fold)).map(tokens));
})();
