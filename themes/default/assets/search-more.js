// Other ways of writing and saying what is looked for: pinyin and what sounds alike, misspelt words, dialects, names of
// places, traditional characters. It comes with the first question that has something unknown in it.
(() => {
  'use strict';
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

  // Adds to the engine of search.js; returns what that asks for.
  const extend = core => {
    const { shard, items, index, phrases, exact, ignored, fold, source, normal, runs, isWord, GRAM, raise, worth, Part, gramPart, TITLE, PART, ALT, BODY, LESS } = core;
    const spoken = new Map(), towns = [], han = phrases.some(phrase => phrase[1] === TITLE);
    let said, homophones, words;

    // The traditional characters of a place: one for each Chinese character in its texts, in their order, - where there is
    // none; then pairs.
    const unfold = (own, pairs) => {
      const chars = Array.from(new Set(JSON.stringify(own, (key, value) => key === 'fold' ? 0 : value).match(/[\u4e00-\u9fff]/g))).sort();
      (pairs[1].match(/../gu) || []).forEach(pair => fold.set(Array.from(pair)[0], Array.from(pair)[1]));
      Array.from(pairs[0]).forEach((c, i) => c !== '-' && fold.set(c, chars[i]));
    };

    // Prepares what sounds alike.
    const listen = () => {
      if (!homophones) {
        homophones = new Map();
        index.forEach((_, token) => {
          if (token.length === 2) sounds(token[0], token[1]).forEach(key => homophones.set(key, (homophones.get(key) || []).concat(token)));
        });
      }
    };
    // What sounds like two characters.
    const alike = (a, b, part) => {
      listen();
      const best = new Map();
      [].concat(...sounds(a, b).map(key => homophones.get(key) || [])).forEach(token => {
        raise(part.asked, token, 0.7);
        source.postings(token).forEach(p => raise(best, p[0], p[1]));
      });
      return Array.from(best);
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
        one.asked.forEach((factor, token) => raise(part.asked, token, factor));
        one.explained.forEach((explained, doc) => {
          if (explained >= LESS * one.length) {
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
          if (to > from + 1) sets[open + (phrase[1] < ALT ? 3 : phrase[1] < PART ? 2 : from && 1)].add(run.slice(from, to).join(''));
        });
      });
      // A word of another script is no Chinese cut short.
      const best = from => (han || !from) && either(sets.slice(from, from + 4).find(set => set.size) || new Set());
      return { whole: best(0), open: best(4) };
    };

    // The initials of titles and everyday words, of whole ones or of their beginning.
    const initials = (word, whole) => {
      const strings = new Set();
      if (han && /^[a-z]{2,6}$/.test(word)) phrases.forEach(phrase => {
        const run = whole ? phrase[0] : phrase[0].slice(0, word.length);
        if (phrase[1] >= PART && run.length === word.length && run.every((c, i) => read(c).some(syllable => syllable[0] === word[i]))) strings.add(run.join(''));
      });
      return either(strings);
    };

    // What else a word may stand for: one it begins, one of the same family, one it was meant to be.
    const near = (word, part) => {
      words = words || Array.from(index.keys()).filter(token => /^[a-z]{3,}$/.test(token));
      const far = word.length > 7 ? 2 : 1;
      const ways = [
        w => word.length > 2 && w.startsWith(word) && word.length / w.length,
        w => {
          let same = 0;
          while (same < w.length && w[same] === word[same]) same += 1;
          return same > 4 && same >= 0.55 * Math.max(w.length, word.length) && 0.7;
        },
        w => word.length > 4 && w[0] === word[0] && Math.abs(w.length - word.length) <= far && distance(w, word) <= far && 0.7,
      ];
      let found = [];
      ways.forEach(way => {
        if (!found[0]) found = words.filter(way).map(w => [w, way(w)]);
      });
      part.unknown = !found[0];
      found.forEach(pair => {
        const list = source.postings(pair[0]);
        raise(part.asked, pair[0], pair[1]);
        list.forEach(p => {
          raise(part.gains, p[0], pair[1] * worth(list, p));
          raise(part.explained, p[0], 2 * pair[1]);
        });
      });
      return part;
    };

    const word = (word, part) => {
      // Tones in digits: yi4miao2.
      const { whole, open } = spelled(word.replace(/([a-z])[1-5]/g, '$1'));
      return whole || initials(word, true) || open || initials(word) || near(word, part);
    };

    // The places of the province with their counties, each name with what it looks like in a question. In Chinese a short
    // name of a county stands at the beginning or behind a word such as 在: 福安 is in 幸福安康, too.
    const town = one => one[2].split(';').forEach((names, at) => names.split('|').forEach(written => {
      const name = normal(written, fold), short = name.replace(/ (?:district|county|city|province)$/, '').replace(/(..)[省市区县]$/, '$1');
      const look = GRAM.test(name[0]) ? name + '|' + (at ? '(^|[ ,，、在去到从住来是回市省])' : '()') + short
        : '(^|[^a-z])' + short + '(?: ?(?:qu|xian|shi|sheng|district|county|city|province))?(?![a-z])';
      towns.push({ town: one, county: at ? names.split('|')[0] : '', look: new RegExp(look, 'g'), short });
    }));
    const here = route => shard.lists.some(list => list.startsWith(route.replace(/index\.html$/, '')));

    const ways = {
      alike, word, listen, places: [],
      // Takes in what is known of this place: the rest of its texts, its neighbours, and how people say things.
      own: more => {
        unfold([shard, more], more.fold);
        more.rest.forEach((text, doc) => core.add(doc, text, BODY));
        more.towns.forEach(town);
        more.spoken.split('|').forEach(group => group.split(',').forEach((word, at, all) => at && spoken.set(word, all[0])));
        // An everyday word of the lists stays what it is, also where another is part of it.
        const others = Array.from(spoken.keys());
        exact.forEach((_, key) => others.some(word => key.includes(word)) && spoken.set(key, key));
        said = spoken.size && core.longest(Array.from(spoken.keys(), word => /\w/.test(word) ? '\\b' + word + '\\b' : word));
        homophones = 0;
      },
      // Takes in the titles and everyday words of another language.
      other: other => {
        core.ignore(other);
        core.rows(other).forEach((item, doc) => core.add(doc, item[5] + ' ' + item[7].join(' '), ALT));
        homophones = words = 0;
      },
      // Takes the places out of a question and remembers them, but for the one it is asked in; the rest is told in the
      // words that lists have.
      before: text => {
        const latin = text.normalize('NFD').replace(/[\u0300-\u036f]/g, ''), letters = latin.replace(/[^a-z]/g, ''), found = new Map();
        let left = latin;
        towns.forEach(one => {
          if (letters !== one.short && latin.replace(one.look, '$1 ') === latin) return;
          left = letters === one.short ? '' : left.replace(one.look, '$1 ');
          if (!found.has(one.town) || one.county) found.set(one.town, one.county);
        });
        const rest = runs(left).some(run => !ignored.has(run) && run[1]);
        ways.places = Array.from(found, one => ({ name: one[0][0], route: one[0][1], county: one[1] })).filter(one => !rest || one.county || !here(one.route));
        if (!found.size) left = text;
        return said ? left.replace(said, word => spoken.get(word)) : left;
      },
      // What several words spell together.
      joined: all => spelled(all.join('')).open,
      // Where nothing else is found: everyday words that share most of their characters with the question, in any order;
      // then those of two characters with others between, as a verb and its object stand: 开个小吃店.
      likely: now => {
        const best = new Map(), text = now.text || '', asked = new Set(Array.from(text).filter(c => GRAM.test(c) && !ignored.has(c)));
        const take = (key, worth) => now.hits.push(key) && exact.get(key).forEach(doc => raise(best, doc, worth));
        const keys = Array.from(exact.keys()), own = key => Array.from(key).filter(c => !ignored.has(c));
        keys.forEach(key => {
          const all = own(key), same = all.filter(c => asked.has(c)).length;
          if (same > 2 && same >= 0.6 * all.length && same >= asked.size / 2) take(key, same / all.length);
        });
        if (!best.size) keys.filter(key => own(key).length === 2 && /^[打看开上读租找学交报借坐生住吃带教画唱跳玩].$/.test(key) && new RegExp(key[0] + '[^ ,，。]{1,4}' + key[1]).test(text)).forEach(key => take(key, 0.5));
        return Array.from(best, one => [items[one[0]], one[1], one[0], 1]);
      },
    };
    return ways;
  };

  window.qingdanSearch(extend);
})();
