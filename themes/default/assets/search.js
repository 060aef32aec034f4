// Search in the browser: takes the texts of a place (search.<hash>.js), builds the index, answers.
(function () {
  'use strict';
  // ---- Tokens: the same as src/search/tokens.rs; tests/search/tokens.json holds both to it.
  const GRAM = /[\u1100-\u11ff\u3005-\u3007\u3040-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const BETWEEN = /[\0-\x2f\x3a-\x40\x5b-\x60\x7b-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u055a-\u055f\u0589\u058a\u060c\u060d\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0f0b-\u0f14\u1800-\u180a\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\ufe00-\ufe6f\uff00-\uffff\u{1f000}-\u{1faff}]/u;

  function normal(text, fold) {
    let out = '';
    for (const c of text.normalize('NFKC').toLowerCase()) {
      if (!/['`\u2018\u2019\u02bc]/.test(c)) { out += fold.get(c) || c; }
    }
    return out;
  }

  function stem(w) {
    if (w === 'children') { return 'child'; }
    if (w.length < 4 || !/^[a-z]+$/.test(w)) { return w; }
    if (w.length > 4 && /ies$/.test(w)) { return w.slice(0, -3) + 'y'; }
    if (/(ss|x|ch|sh|z)es$/.test(w)) { return w.slice(0, -2); }
    return /[^sui]s$/.test(w) ? w.slice(0, -1) : w;
  }

  // Returns runs: arrays of characters (Han, kana, Hangul) and words.
  function runs(text) {
    const out = [];
    let word = '', grams = [];
    const close = function () {
      if (word) { out.push(stem(word.normalize('NFD').replace(/[\u0300-\u036f]/g, ''))); }
      if (grams.length) { out.push(grams); }
      word = '';
      grams = [];
    };
    for (const c of text) {
      if (GRAM.test(c)) {
        if (word) { close(); }
        grams.push(c);
      } else if (BETWEEN.test(c)) {
        close();
      } else {
        if (grams.length) { close(); }
        word += c;
      }
    }
    close();
    return out;
  }

  function tokens(run) {
    if (typeof run === 'string') { return [run]; }
    const out = [];
    run.forEach(function (c, i) {
      out.push(c);
      if (i + 1 < run.length) { out.push(c + run[i + 1]); }
    });
    return out;
  }

  function folding(groups) {
    const fold = new Map();
    groups.split(' ').forEach(function (group) {
      const all = Array.from(group);
      all.slice(1).forEach(function (c) { fold.set(c, all[0]); });
    });
    return fold;
  }

  // ---- Pinyin: the first level of GB 2312 is in the order of pinyin, so the lengths of its runs and the GBK
  // decoder of the browser give a reading for each of 3755 characters; then more readings, and rarer characters.
  const RUNS = 'a2ai13an9ang3ao9ba18bai8ban15bang12bao17bei15ben4beng6bi24bian12biao4bie4bin6bing9bo19bu11ca1cai11can7cang5cao5ce5ceng2cha11chai3chan10chang13chao9che6chen10cheng15chi16chong5chou12chu16chuai1chuan7chuang6chui5chun7chuo2ci12cong6cou1cu4cuan3cui8cun3cuo6da6dai12dan15dang5dao12de3deng7di19dian16diao9die7ding9diu1dong10dou8du14duan6dui4dun9duo12e13en1er8fa8fan17fang11fei12fen15feng15fo1fou1fu45ga2gai6gan11gang9gao10ge17gei1gen2geng7gong15gou9gu18gua6guai3guan11guang3gui16gun3guo6ha1hai7han19hang3hao9he18hei2hen4heng5hong9hou7hu18hua9huai5huan14huang14hui21hun6huo10ji53jia17jian40jiang13jiao28jie27jin20jing25jiong2jiu17ju25juan7jue10jun11ka4kai5kan6kang7kao4ke15ken4keng2kong4kou4ku7kua5kuai4kuan2kuang8kui11kun4kuo4la7lai3lan15lang7lao9le2lei11leng3li34lia1lian14liang11liao13lie5lin12ling14liu11long9lou6lu20lv14luan6lve2lun7luo12ma9mai6man9mang6mao12me1mei16men3meng8mi14mian9miao8mie2min6ming6miu1mo17mou3mu15na7nai5nan3nang1nao5ne1nei2nen1neng1ni11nian7niang2niao2nie7nin1ning6niu4nong4nu3nv1nuan1nve2nuo4o1ou7pa6pai6pan8pang5pao7pei9pen2peng14pi17pian4piao4pie2pin5ping9po9pu15qi36qia3qian22qiang8qiao15qie5qin11qing13qiong2qiu8qu13quan11que8qun2ran4rang5rao3re2ren10reng2ri1rong10rou3ru10ruan2rui3run2ruo2sa3sai4san4sang3sao4se3sen1seng1sha9shai2shan16shang8shao11she12shen16sheng11shi47shou10shu33shua2shuai4shuan2shuang3shui4shun4shuo4si16song8sou4su12suan3sui11sun3suo8ta9tai9tan18tang13tao11te1teng4ti15tian8tiao5tie3ting10tong13tou4tu11tuan2tui6tun3tuo11wa7wai2wan17wang10wei33wen10weng3wo9wu29xi35xia13xian26xiang20xiao18xie21xin10xing15xiong7xiu9xu19xuan10xue6xun14ya16yan33yang17yao15ye15yi53yin16ying18yo1yong15you20yu45yuan20yue10yun12za3zai7zan4zang3zao14ze4zei1zen1zeng4zha14zhai6zhan17zhang15zhao10zhe10zhen16zheng15zhi43zhong11zhou14zhu26zhua2zhuai1zhuan6zhuang7zhui6zhun2zhuo11zi15zong7zou4zu8zuan2zui4zun2zuo8';
  const MORE = '长zhang还hai什shen似si厦xia着zhe了le行hang重chong乐yue调diao会kuai都du觉jiao大dai血xie没mo校jiao差chai传zhuan得dei便pian朝zhao角jue省xing提di模mu薄bao奇ji折she露lou仔zi曾zeng给ji宿xiu弹dan强jiang单shan咳ke率lv说shui种zhong参shen尿sui单chan嗽sou痫xian闽min囡nan腭e囝jian孢bao臀tun痉jing瘫tan妊ren卜pu';
  let readings;

  function read(c) {
    if (!readings) {
      readings = new Map();
      try {
        const decoder = new TextDecoder('gbk');
        let at = 0;
        RUNS.replace(/([a-z]+)(\d+)/g, function (_, syllable, n) {
          for (; n > 0; n -= 1, at += 1) {
            readings.set(decoder.decode(new Uint8Array([176 + Math.floor(at / 94), 161 + at % 94])), [syllable]);
          }
        });
        MORE.replace(/([^a-z])([a-z]+)/g, function (_, more, syllable) {
          readings.set(more, (readings.get(more) || []).concat(syllable));
        });
      } catch (e) { /* no such decoder: no pinyin */ }
    }
    return readings.get(c) || [];
  }

  // What many ears hear alike: zh and z, n and ng.
  function loose(syllable) {
    return syllable.replace(/^([zcs])h/, '$1').replace(/ng$/, 'n');
  }

  // ---- The index
  const TITLE = 6, KEYS = 5, ALT = 1.5, BODY = 1;
  const HALF = 3;       // a weight at which half of what a token can bring is reached
  const COMMON = 0.6;   // tokens in more than this share of the items do not count
  const TAIL = 0.25;    // results below this share of the best are left out
  const MOST = 10;

  function engine(shard) {
    const fold = folding(shard.fold);
    const index = new Map();
    const phrases = [];   // runs of characters with their weight, for pinyin
    const items = shard.items;

    function add(doc, text, weight) {
      runs(normal(text, fold)).forEach(function (run) {
        if (typeof run !== 'string') { phrases.push([run, weight]); }
        tokens(run).forEach(function (token) {
          let list = index.get(token);
          if (!list) { index.set(token, list = []); }
          const last = list[list.length - 1];
          if (!last || last[0] !== doc) {
            list.push([doc, weight]);
          } else if (last[1] < weight) {
            last[1] = weight;
          }
        });
      });
    }
    items.forEach(function (item, doc) {
      add(doc, item[5], TITLE);
      add(doc, item[7], KEYS);
      add(doc, shard.areas[item[3]][1], ALT);
      add(doc, item[8], ALT);
      add(doc, item[6], BODY);
      add(doc, item[9], BODY);
      item[4].forEach(function (d) { add(doc, shard.departments[d], BODY); });
    });

    const ignored = new Set(), cut = [];
    shard.ignored.split('|').forEach(function (word) {
      if (GRAM.test(word)) { cut.push(word); } else if (word) { ignored.add(stem(word)); }
    });
    cut.sort(function (a, b) { return b.length - a.length; });
    const cuts = cut.length ? new RegExp(cut.join('|'), 'g') : null;

    // Where the postings come from; tests put those of elasticlunr.js in their place.
    const source = { postings: function (token) { return index.get(token) || []; } };
    const limit = items.length < 5 ? Infinity : COMMON * items.length;
    let homophones, words;

    function idf(df) { return Math.log(1 + items.length / df); }

    // Adds what a token brings to the items that have it.
    function bring(token, list, factor, gains) {
      const worth = factor * idf(list.length);
      list.forEach(function (posting) {
        gains.set(posting[0], (gains.get(posting[0]) || 0) + worth * posting[1] / (posting[1] + HALF));
      });
    }

    function sameSound(pair) {
      if (!homophones) {
        homophones = new Map();
        index.forEach(function (_, token) {
          const all = Array.from(token);
          if (all.length === 2 && GRAM.test(token)) {
            sounds(all, loose).forEach(function (key) {
              homophones.set(key, (homophones.get(key) || []).concat(token));
            });
          }
        });
      }
      const found = new Set();
      sounds(Array.from(pair), loose).forEach(function (key) {
        (homophones.get(key) || []).forEach(function (token) { found.add(token); });
      });
      return Array.from(found);
    }

    function sounds(pair, how) {
      const keys = [];
      read(pair[0]).forEach(function (a) {
        read(pair[1]).forEach(function (b) { keys.push(how(a) + ' ' + how(b)); });
      });
      return keys;
    }

    // Parts of a question: its length, and by item how much it brings and how much of it is explained.
    function gramPart(run, common) {
      const part = { length: 0, gains: new Map(), explained: new Map() };
      const seen = new Map();   // item -> which characters it explains
      const counted = run.map(function () { return false; });
      const guessed = new Set();
      const pairs = run.length === 1 ? [[0, 0]] : run.slice(1).map(function (_, i) { return [i, i + 1]; });
      pairs.forEach(function (pair) {
        const token = pair[0] === pair[1] ? run[0] : run[pair[0]] + run[pair[1]];
        let list = source.postings(token), factor = 1, guess = false;
        if (list.length > limit && !common) { return; }
        counted[pair[0]] = counted[pair[1]] = true;
        if (!list.length && run.length > 1) {
          const best = new Map();
          sameSound(token).forEach(function (other) {
            source.postings(other).forEach(function (p) { best.set(p[0], Math.max(best.get(p[0]) || 0, p[1])); });
          });
          list = Array.from(best);
          factor = 0.7;
          guess = true;
        }
        if (!list.length) { return; }
        bring(token, list, factor, part.gains);
        list.forEach(function (p) {
          if (!seen.has(p[0])) { seen.set(p[0], new Set()); }
          seen.get(p[0]).add(pair[0]).add(pair[1]);
          if (guess) { guessed.add(p[0]); }
        });
      });
      part.length = counted.filter(Boolean).length;
      seen.forEach(function (set, doc) {
        const explained = Array.from(set).filter(function (i) { return counted[i]; }).length;
        // What only sounds alike has to explain everything.
        if (guessed.has(doc) && explained < part.length) {
          part.gains.delete(doc);
        } else {
          part.explained.set(doc, explained);
        }
      });
      return part;
    }

    // Returns the runs of characters that a word in Latin letters can spell.
    function spelled(word, weight) {
      const found = new Set();
      phrases.forEach(function (phrase) {
        if (phrase[1] < weight) { return; }
        const run = phrase[0];
        for (let from = 0; from + 1 < run.length; from += 1) {
          const to = spell(word, 0, run, from);
          if (to > from + 1) { found.add(run.slice(from, to).join('')); }
        }
      });
      return Array.from(found);
    }

    // Returns where the characters end that `word` spells from `at` on; the last syllable may be cut short.
    function spell(word, at, run, from) {
      if (from === run.length) { return -1; }
      const rest = word.length - at;
      let best = -1;
      read(run[from]).forEach(function (syllable) {
        if (rest <= syllable.length) {
          if (syllable.slice(0, rest) === word.slice(at)) { best = Math.max(best, from + 1); }
        } else if (word.startsWith(syllable, at)) {
          best = Math.max(best, spell(word, at + syllable.length, run, from + 1));
        }
      });
      return best;
    }

    // Returns the runs of titles and everyday words that begin with these initials; whole ones if there are any.
    function initialled(word) {
      const begin = new Set(), whole = new Set();
      phrases.forEach(function (phrase) {
        const run = phrase[0];
        if (phrase[1] < KEYS || run.length < word.length) { return; }
        for (let i = 0; i < word.length; i += 1) {
          if (!read(run[i]).some(function (syllable) { return syllable[0] === word[i]; })) { return; }
        }
        (run.length === word.length ? whole : begin).add(run.slice(0, word.length).join(''));
      });
      return Array.from(whole.size ? whole : begin);
    }

    // Joins the parts of several readings of one word: the best for each item.
    function either(strings) {
      const part = { length: 2, gains: new Map(), explained: new Map() };
      strings.forEach(function (string) {
        const one = gramPart(Array.from(string), true);
        one.explained.forEach(function (explained, doc) {
          if (explained < one.length) { return; }
          part.gains.set(doc, Math.max(part.gains.get(doc) || 0, one.gains.get(doc)));
          part.explained.set(doc, 2);
        });
      });
      return part;
    }

    function pinyin(word) {
      if (!/^[a-z]{2,}$/.test(word)) { return null; }
      for (const weight of [KEYS, ALT, BODY]) {
        const strings = spelled(word, weight);
        if (strings.length) { return either(strings); }
      }
      return null;
    }

    // Returns the words of the index that `word` may stand for, each with how well.
    function near(word) {
      if (!words) { words = Array.from(index.keys()).filter(function (t) { return /^[a-z]{3,}$/.test(t); }); }
      const pick = function (how) {
        return words.map(function (w) { return [w, how(w)]; }).filter(function (pair) { return pair[1] > 0; });
      };
      let found = word.length < 3 ? [] : pick(function (w) { return w.startsWith(word) ? word.length / w.length : 0; });
      if (!found.length && word.length > 4) {
        found = pick(function (w) {
          let same = 0;
          while (same < w.length && w[same] === word[same]) { same += 1; }
          return same > 4 && same >= 0.6 * Math.max(w.length, word.length) ? 0.7 : 0;
        });
      }
      if (!found.length && word.length > 4) {
        const far = word.length > 7 ? 2 : 1;
        found = pick(function (w) {
          return w[0] === word[0] && Math.abs(w.length - word.length) <= far && distance(w, word) <= far ? 0.7 : 0;
        });
      }
      return found;
    }

    function wordPart(word, common) {
      const part = { length: 2, gains: new Map(), explained: new Map() };
      const list = source.postings(word);
      if (list.length > limit && !common) { return null; }
      if (list.length) {
        bring(word, list, 1, part.gains);
        list.forEach(function (p) { part.explained.set(p[0], 2); });
        return part;
      }
      const spoken = pinyin(word);
      if (spoken) { return spoken; }
      if (/^[a-z]{2,6}$/.test(word)) {
        const strings = initialled(word);
        if (strings.length) { return either(strings); }
      }
      near(word).forEach(function (pair) {
        const gains = new Map(), postings = source.postings(pair[0]);
        bring(pair[0], postings, pair[1], gains);
        gains.forEach(function (gain, doc) {
          if (gain > (part.gains.get(doc) || 0)) {
            part.gains.set(doc, gain);
            part.explained.set(doc, 2 * pair[1]);
          }
        });
      });
      return part;
    }

    function partsOf(all, common) {
      return all.map(function (run) { return typeof run === 'string' ? wordPart(run, common) : gramPart(run, common); })
        .filter(function (part) { return part && part.length; });
    }

    function understand(text) {
      const said = normal(text, fold).trim();
      let all = runs(cuts ? said.replace(cuts, ' ') : said).filter(function (run) { return !ignored.has(run); });
      // A single character left over between what was cut says nothing.
      const longer = all.filter(function (run) { return run.length > 1; });
      if (longer.length) { all = longer; }
      if (!all.length) { all = runs(said); }
      if (all.length > 1 && all.every(function (run) { return /^[a-z]{1,6}$/.test(run); })
        && all.some(function (run) { return !source.postings(run).length; })) {
        const joined = runs(said).join('');
        const part = pinyin(joined);
        if (part) { return [part]; }
      }
      const parts = partsOf(all, false);
      return parts.length ? parts : partsOf(all, true);
    }

    // Returns the items that answer, the best first, as [item, score].
    function search(text) {
      if (!text.trim() || /^\s*[a-z]\s*$/i.test(text)) { return []; }
      const parts = understand(text);
      const total = parts.reduce(function (sum, part) { return sum + part.length; }, 0);
      const results = [];
      items.forEach(function (item, doc) {
        let gain = 0, explained = 0;
        parts.forEach(function (part) {
          gain += part.gains.get(doc) || 0;
          explained += part.explained.get(doc) || 0;
        });
        const share = explained / total;
        if (gain && (total > 4 ? share >= 0.34 : share > 0.5)) {
          results.push([item, gain * (0.25 + 0.75 * share), doc]);
        }
      });
      results.sort(function (a, b) { return b[1] - a[1] || a[2] - b[2]; });
      return results.filter(function (r) { return r[1] >= TAIL * results[0][1]; }).slice(0, MOST);
    }

    return { search: search, source: source, index: index };
  }

  // Edits between two words; two letters that changed places are one.
  function distance(a, b) {
    let before = [], last = [], row = [];
    for (let j = 0; j <= b.length; j += 1) { last.push(j); }
    for (let i = 1; i <= a.length; i += 1) {
      row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) { row[j] = Math.min(row[j], before[j - 2] + 1); }
      }
      before = last;
      last = row;
    }
    return row[b.length];
  }

  // ---- The page
  function make(name, text, more) {
    const element = document.createElement(name);
    if (text) { element.textContent = text; }
    Object.keys(more || {}).forEach(function (key) { element.setAttribute(key, more[key]); });
    return element;
  }

  function page(shard) {
    const form = document.querySelector('form[data-shard]');
    const say = function (name) { return form.getAttribute('data-' + name); };
    const box = form.elements.q, status = form.querySelector('[role=status]');
    const list = form.querySelector('[data-search-results]'), none = form.querySelector('[data-search-none]');
    const find = engine(shard), found = say('found').split('|');
    let composing = false, shown = null;

    function link(route, text, number) {
      return make('a', text, number ? { href: say('root') + route, 'data-item': number } : { href: say('root') + route });
    }

    function row(item, at) {
      const li = make('li', '', { 'data-item': item[0] });
      const h = make('h3'), a = link(shard.lists[item[1]] + item[2] + '.html', item[5], item[0]);
      if (item[10]) { a.lang = item[10]; }
      li.appendChild(make('span', (item[0] < 10 ? '0' : '') + item[0], { 'class': 'no' }));
      h.appendChild(a);
      li.appendChild(h);
      li.appendChild(make('p', item[6], { 'class': 'gets' }));
      const places = make('p', say('at'), { 'class': 'at' });
      shard.places.forEach(function (place) {
        const id = place[2].length ? place[2][shard.items.indexOf(item)] : item[2];
        if (id) { places.appendChild(link(place[1] + id + '.html', place[0], item[0])); }
      });
      if (places.children.length) { li.appendChild(places); }
      return li;
    }

    function nothing(text) {
      const areas = make('p', '', { 'class': 'at' });
      shard.areas.forEach(function (area) { areas.appendChild(link(area[0], area[1])); });
      none.appendChild(areas);
      if (shard.line) {
        const call = make('p', say('call') + ' ');
        call.appendChild(make('a', shard.line[0], { href: 'tel:' + shard.line[0], 'class': 'tel' }));
        none.appendChild(call);
      }
    }

    function show() {
      const text = box.value.trim();
      if (composing || text === shown) { return; }
      shown = text;
      const results = text ? find.search(text) : [];
      list.textContent = none.textContent = '';
      results.forEach(function (result) { list.appendChild(row(result[0])); });
      status.textContent = !text ? '' : results.length ? found[results.length] : say('none').replace('{q}', text);
      if (text && !results.length) { nothing(text); }
      list.removeAttribute('aria-busy');
    }

    function keep() {
      try { history.replaceState(history.state, '', shown ? '#q=' + encodeURIComponent(shown) : location.pathname + location.search); } catch (e) { /* an address that cannot change */ }
    }

    box.addEventListener('compositionstart', function () { composing = true; });
    box.addEventListener('compositionend', function () { composing = false; show(); });
    box.addEventListener('input', show);
    box.addEventListener('change', keep);
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      composing = false;
      show();
      keep();
      // The keyboard of a phone makes room for the results.
      if (window.matchMedia && matchMedia('(pointer: coarse)').matches) { box.blur(); }
    });
    const asked = /[?&#]q=([^&#]*)/.exec(location.hash) || /[?&]q=([^&]*)/.exec(location.search);
    if (asked && !box.value) {
      try { box.value = decodeURIComponent(asked[1].replace(/\+/g, ' ')); } catch (e) { /* not ours */ }
    }
    show();
    list.removeAttribute('aria-busy');
  }

  window.qingdanSearch = page;
  page.engine = engine;
  page.tokens = function (text, groups) {
    return [].concat.apply([], runs(normal(text, folding(groups))).map(tokens));
  };
}());
