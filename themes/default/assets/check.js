// What can we get? Some questions, one a screen; then services, the likeliest first; then a sheet for paper.
// decide is what src/analysis/finder does in the program: tests/finder/vectors.json and tests/families hold both.
// Comes when somebody touches the questions. The answers stand in the address behind #, which browsers send nowhere.
(function () {
  'use strict';

  // At most so many services come first, and so many more are named by what is missing.
  const FIRST = 7;
  const ALSO = 8;

  // Returns the question of each answer.
  function questionsOf(t) {
    const of = [];
    t.q.forEach((n, q) => { for (let i = 0; i < Math.abs(n); i++) of.push(q); });
    return of;
  }

  // Returns the two answers that cannot both be so: the age and another.
  function contradiction(t, picked) {
    const has = (a) => picked.indexOf(a) >= 0;
    const isAge = (a) => t.a[a] !== undefined && t.a[a] !== null;
    let found = null;
    t.f.forEach((f) => {
      const not = (f[2] || []).filter((a) => isAge(a) && has(a))[0];
      const means = (f[0] || []).map((m) => [].concat(m)).filter((m) => m.every((a) => has(a) && !isAge(a)))[0];
      if (not !== undefined && means) found = found || [not, means[0]];
    });
    return found;
  }

  // Returns [outcome, reason, need, more, open] for each provision. Outcome: 0 yes, 1 perhaps, 2 no. Reason: 0 a need,
  // 1 the upper bound of an age, 2 birth, 3 grown up, 4 an age that comes within a year, 5 a contradiction. Open: every
  // open [reason, need].
  function decide(t, picked, closed) {
    if (contradiction(t, picked)) return t.p.map(() => [1, 5, -1, 0, []]);
    const of = questionsOf(t);
    const has = (a) => picked.indexOf(a) >= 0;
    const out = (a) => !has(a) && (closed.indexOf(of[a]) >= 0 || (t.q[of[a]] > 0 && picked.some((p) => of[p] === of[a])));
    const ages = t.a.map((a, at) => (typeof a === 'number' ? [a, [].concat(t.a[at + 1])[0]] : a));
    const age = picked.map((a) => ages[a]).filter(Boolean)[0];
    const grown = picked.some((a) => (t.g || []).indexOf(a) >= 0);
    const facts = t.f.map((f) => {
      const means = (f[0] || []).map((m) => [].concat(m));
      const may = f[1] || [];
      if ((f[2] || []).some(has)) return 0;
      if ((f[3] || []).some(has)) return 1;
      if (f[4] === 2) return 2;
      if (means.some((m) => m.every(has))) return 2;
      if (may.some(has) || !(means.length + may.length) || f[4]) return 1;
      return means.every((m) => m.some(out)) && may.every(out) ? 0 : 1;
    });
    const needs = t.n.map((n) => {
      if (n[0] !== -1) return n.length ? Math.max.apply(null, n.map((f) => facts[f])) : 1;
      if (!age) return 1;
      if (age[1] <= n[1]) return n[1] - age[1] < 12 ? 1 : 0;
      if (age[0] >= n[3]) return 0;
      return Math.max(age[0], 0) >= n[1] && age[1] <= n[2] ? 2 : 1;
    });
    const kind = (n) => {
      if (!age || n[0] !== -1) return 0;
      if (age[0] >= n[2] && age[0] < n[3]) return 1;
      return age[1] <= n[1] ? 4 : 0;
    };
    const asking = t.n.map((n, at) => n.length === 1 && t.f[n[0]][4] === 2 && needs[at] === 1);
    return t.p.map((row, at) => {
      const asked = row.filter((n) => asking[n])[0];
      if (asked !== undefined) return [1, 0, asked, 0, [[0, asked]]];
      const no = row.filter((n) => !needs[n]);
      if (no.length) return [2, 0, no[0], 0, []];
      const open = row.filter((n) => needs[n] === 1).map((n) => [kind(t.n[n]), n]);
      if (grown && t.s.indexOf(at) < 0) open.unshift([3, -1]);
      if (age && age[0] < 0) open.unshift([2, -1]);
      return open.length ? [1, open[0][0], open[0][1], open.length - 1, open] : [0, 0, -1, 0, []];
    });
  }

  // How much a service has to do with what was said: most if a matter or a closer look at it sends there, less if age or
  // school do, hardly if an answer only touches one of its conditions.
  function weight(t, picked, service) {
    const of = questionsOf(t);
    const isAge = (a) => t.a[a] !== undefined && t.a[a] !== null;
    // What everybody is asked, and what hangs on it.
    const plain = (q) => t.q[q] > 0 && (!t.w[q].length || t.w[q].some((a) => t.q[of[a]] > 0 && !t.w[of[a]].length));
    return picked.reduce((sum, answer) => {
      const lists = t.v[answer];
      const at = (lists[0] || []).indexOf(service);
      if (at >= 0) return sum + (isAge(answer) ? 4 : plain(of[answer]) ? 5 : 8) - at / 4;
      return (lists[1] || []).indexOf(service) >= 0 ? sum + 0.1 : sum;
    }, 0);
  }

  // Returns the services as one goes about them: first, more (for everybody), also (one thing is missing),
  // rest. Each is { at, first, size, rows, outcome, missing, need }; missing counts what is open besides whom the
  // service is for at large, and need is the [reason, need] of the first.
  function plan(t, picked) {
    const decisions = decide(t, picked, []);
    const own = (open) => open.filter((one) => t.c.indexOf(one[1]) < 0);
    let start = 0;
    const services = t.z.map((size, at) => {
      const rows = decisions.slice(start, start + size);
      const outcome = Math.min.apply(null, rows.map((row) => row[0]));
      const open = rows.filter((row) => row[0] === 1).map((row) => own(row[4])).sort((a, b) => a.length - b.length);
      const missing = outcome === 0 ? 0 : outcome === 1 ? open[0].length : 99;
      const need = outcome === 1 ? open[0][0] : outcome === 2 ? [-1, rows[0][2]] : undefined;
      const service = { at: at, rows: rows, outcome: outcome, missing: missing, need: need, weight: weight(t, picked, at) };
      start += size;
      return service;
    });
    // What the place published as a list comes first; of what else holds there, what was asked for by a closer look.
    const of = questionsOf(t);
    const isCloser = (a) => t.q[of[a]] > 0 && t.w[of[a]].length && !(t.a[a] !== undefined && t.a[a] !== null);
    const isBehind = (s) => s.at >= t.o && s.outcome && !picked.some((a) => isCloser(a) && (t.v[a][0] || []).indexOf(s.at) >= 0);
    const rank = (s) => s.weight * 10 - s.missing;
    const better = (a, b) => rank(b) - rank(a) || a.at - b.at;
    const fits = (s) => s.outcome < 2 && s.weight >= 1 && !isBehind(s);
    const first = services.filter(fits).sort(better).slice(0, FIRST);
    const left = services.filter((s) => first.indexOf(s) < 0);
    const isNear = (s) => !(s.at >= t.o);
    const also = left.filter((s) => s.missing === 1 && s.weight > 0 && isNear(s)).sort(better).slice(0, ALSO);
    const more = left.filter((s) => s.missing === 0 && isNear(s));
    return {
      first: first,
      more: more,
      also: also,
      rest: left.filter((s) => also.indexOf(s) < 0 && more.indexOf(s) < 0),
    };
  }

  const any = (picked, answers) => (answers || []).some((a) => picked.indexOf(a) >= 0);

  // Tells whether an answer can be chosen beside those that are: a baby is on no list of a school.
  function offered(t, picked, answer) {
    return !any(picked, t.u[answer]);
  }

  // Tells whether to ask a question: what it depends on is chosen, it is no question for such a child, and some answer
  // changes what comes first, by itself or with an answer to what it opens.
  function asks(t, picked, question, guides) {
    const gate = t.w[question];
    if ((gate.length && !any(picked, gate)) || any(picked, t.x[question])) return false;
    if (t.m.indexOf(question) < 0) return true;
    const of = questionsOf(t);
    const says = (answers) => plan(t, answers).first.map((s) => s.at + s.rows.map((row) => row[0]).join('')).join();
    const now = says(picked);
    const changes = (answers) => !contradiction(t, answers) && says(answers) !== now;
    const opens = (a) => of.some((q, b) => t.w[q].indexOf(a) >= 0 && t.w[q].every((g) => picked.indexOf(g) < 0) && (guides.indexOf(b) >= 0 || changes(picked.concat([a, b]))));
    return of.some((q, a) => q === question && offered(t, picked, a) && (guides.indexOf(a) >= 0 || changes(picked.concat(a)) || opens(a)));
  }

  if (typeof module === 'object') {
    module.exports = { decide: decide, contradiction: contradiction, plan: plan, asks: asks, offered: offered };
    return;
  }

  const id = (name) => document.getElementById(name);
  // Its other half has not come: the next touch asks for both.
  if (!id('table')) return;
  id('late').hidden = false;
  id('late-fail').hidden = true;
  const all = (selector, from) => [].slice.call((from || document).querySelectorAll(selector));
  const table = JSON.parse(id('table').getAttribute('data-table'));
  // How many services come first: those of the lists that the place published.
  table.o = +id('table').getAttribute('data-own');
  const of = questionsOf(table);
  const answers = all('#ask [data-a]');
  const ids = answers.map((answer) => answer.getAttribute('data-a'));
  const guides = answers.map((answer, n) => (answer.getAttribute('data-guide') ? n : -1)).filter((n) => n >= 0);
  const screens = all('#ask .q');
  const names = screens.map((screen) => screen.getAttribute('data-q'));
  const blocks = all('#rows>li');
  const needs = id('needs').children;
  const words = {};
  all('#words [data-w]').forEach((word) => { words[word.getAttribute('data-w')] = word; });
  const say = (name) => words[name].textContent;
  const text = (answer) => (answer.querySelector('span') || answer).textContent;

  // Which answers are chosen, which questions were passed over, which screen is shown: from the address.
  function read() {
    const parts = decodeURIComponent(location.hash.slice(1)).split('/');
    const tokens = parts[0].split('.').filter(Boolean);
    const picked = tokens.map((token) => ids.indexOf(token)).filter((n) => n >= 0);
    const skipped = tokens.filter((token) => token[0] === '~').map((token) => token.slice(1));
    return { picked: picked, skipped: skipped, screen: parts[1] || 'place', is: parts.length > 1 };
  }

  function address(state, screen) {
    const tokens = state.picked.map((n) => ids[n]).concat(state.skipped.map((name) => '~' + name));
    return '#' + tokens.join('.') + '/' + screen;
  }

  // Questions are the screens from the second on, in the order of the table.
  const numberOf = (name) => names.indexOf(name) - 1;

  // Returns the question after a screen that is to be asked, or the result.
  function after(state, screen) {
    const from = numberOf(screen);
    const next = names.slice(1).filter((name, q) => {
      const done = state.skipped.indexOf(name) >= 0 || state.picked.some((a) => of[a] === q);
      return q > from && (table.m.indexOf(q) < 0 || !done) && asks(table, state.picked, q, guides);
    })[0];
    return next || 'result';
  }

  // Returns the screen before another: the nearest that was answered or passed over, or the place.
  function before(state, screen) {
    const to = names.indexOf(screen) < 0 ? names.length : names.indexOf(screen);
    const shown = names.slice(1, to).filter((name, q) => state.skipped.indexOf(name) >= 0 || state.picked.some((a) => of[a] === q) || table.m.indexOf(q) < 0);
    return screen === 'sheet' ? 'result' : shown[shown.length - 1] || 'place';
  }

  function element(name, className, content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (content) made.textContent = content;
    return made;
  }

  function append(parent, nodes) {
    nodes.filter(Boolean).forEach((node) => parent.appendChild(node));
    return parent;
  }

  const copies = (from) => [].map.call(from.childNodes, (node) => node.cloneNode(true));

  // Says what is missing: whom to be, how old, what the list leaves open. What the family has said itself is not asked
  // of it again: whether it counts is for an office.
  function why(state, need) {
    if (!need) return copies(words.ask);
    if (need[0] === 2) return copies(words.birth);
    if (need[0] === 3) return copies(words.grown);
    const item = needs[need[1]];
    const bare = item.hasAttribute('data-bare');
    const facts = table.n[need[1]];
    const said = facts[0] >= 0 && facts.some((f) => [0, 1, 3].some((kind) => (table.f[f][kind] || []).some((a) => any(state.picked, [].concat(a)))));
    const before = [words.not, said ? words.judged : words.missing, words.edge, 0, 0, words.soon][need[0] + 1];
    return (bare ? [] : copies(before)).concat(copies(item));
  }

  // Returns the sentence to say at the counter.
  function sentence(state, title) {
    const age = answers.filter((answer, n) => answer.parentNode.className.indexOf('few') >= 0 && state.picked.indexOf(n) >= 0)[0];
    const said = age ? text(age) : '';
    return say(age ? 'say' : 'say-short').replace('{a}', said.charAt(0).toLowerCase() + said.slice(1)).replace('{s}', title);
  }

  function row(label, nodes) {
    return append(element('div'), [element('dt', '', say(label)), append(element('dd'), nodes)]);
  }

  // Leaves in the list what is surest of what one gets, at most so many things; returns the others that one may get, each
  // with what is missing.
  function gives(state, service, list, most) {
    const pairs = all('li', list).map((item, n) => ({ item: item, d: service.rows[n] }));
    const shown = pairs.filter((pair) => pair.d[0] === service.outcome).slice(0, most);
    const others = pairs.filter((pair) => pair.d[0] < 2 && shown.indexOf(pair) < 0).sort((a, b) => a.d[0] - b.d[0]);
    pairs.forEach((pair) => { if (shown.indexOf(pair) < 0) list.removeChild(pair.item); });
    others.forEach((pair) => {
      const own = pair.d[4].filter((one) => table.c.indexOf(one[1]) < 0);
      if (pair.d[0]) pair.item.appendChild(append(element('span', 'why'), why(state, own[0])));
    });
    return others.map((pair) => pair.item);
  }

  // Returns a service as a card: what one gets, where to go, whom to call, what to bring, what to say.
  function card(state, service) {
    const block = blocks[service.at].cloneNode(true);
    const list = block.querySelector('ul');
    const others = gives(state, service, list, 3);
    const title = block.querySelector('h3').textContent;
    if (others.length) {
      const folded = append(element('details'), [element('summary', '', say('more').replace('{n}', others.length)), append(element('ul'), others)]);
      list.parentNode.insertBefore(folded, list.nextSibling);
    }
    if (service.outcome) block.insertBefore(append(element('p', 'why'), why(state, service.need)), list);
    block.querySelector('dl').appendChild(row('how', [element('q', '', sentence(state, title))]));
    return block;
  }

  function line(state, service, withNeed) {
    const link = blocks[service.at].querySelector('h3 a').cloneNode(true);
    const item = append(element('li'), [link]);
    if (withNeed) item.appendChild(append(element('span', 'why'), why(state, service.need)));
    return item;
  }

  function fill(name, nodes) {
    const box = id(name);
    const list = box.querySelector('.hits');
    list.textContent = '';
    box.hidden = !nodes.length;
    append(list, nodes);
  }

  // Returns the answer with which nothing here is meant for the child, but something else is.
  function other(state) {
    return state.picked.map((n) => answers[n]).filter((answer) => answer.hasAttribute('data-other'))[0];
  }

  // Says what comes before the services: what was said, notes on answers, what to read first.
  function notes(state) {
    const box = id('notes');
    box.textContent = '';
    const chosen = state.picked.map((n) => answers[n]);
    const said = element('p', 'said');
    chosen.forEach((answer) => {
      const link = element('a', 'tap', text(answer));
      link.href = address(state, names[of[answers.indexOf(answer)] + 1]);
      said.appendChild(link);
    });
    if (chosen.length) box.appendChild(said);
    if (other(state)) box.appendChild(element('p', '', say('other-why')));
    chosen.filter((answer) => answer.getAttribute('data-guide')).forEach((answer) => {
      const link = element('a', 'btn', answer.getAttribute('data-guide-name'));
      link.href = answer.getAttribute('data-guide');
      box.appendChild(append(element('p', 'acts'), [link]));
    });
    const noted = chosen.filter((answer) => answer.getAttribute('data-note'));
    noted.forEach((answer) => box.appendChild(element('p', 'note', answer.getAttribute('data-note'))));
    if (noted.length && words.definition) box.appendChild(append(element('details', 'more'), [element('summary', '', say('definition-open')), append(element('blockquote'), copies(words.definition)), append(element('p', 's'), copies(words['why-ask']))]));
  }

  function clash(state) {
    const pair = contradiction(table, state.picked);
    const box = id('clash');
    box.hidden = !pair;
    box.textContent = '';
    if (!pair) return state;
    const [a, b] = pair.map((n) => answers[n]);
    box.appendChild(element('p', '', say('clash').replace('{a}', text(a)).replace('{b}', text(b))));
    box.appendChild(append(element('p', 'acts'), pair.map((n) => {
      const link = element('a', 'btn btn2', say('change').replace('{a}', text(answers[n])));
      link.href = address({ picked: state.picked.filter((one) => one !== n), skipped: state.skipped }, names[of[n] + 1]);
      return link;
    })));
    // Until one is changed, the age counts.
    return { picked: state.picked.filter((one) => one !== pair[1]), skipped: state.skipped };
  }

  function sheet(state, services) {
    const list = id('sheet-list');
    list.textContent = '';
    const said = state.picked.filter((n) => !answers[n].hasAttribute('data-quiet')).map((n) => text(answers[n]));
    id('sheet-who').textContent = said.join(' · ');
    id('sheet-say').textContent = sentence(state, say('say-blank'));
    // Of the lists only those are named whose services are on the sheet.
    const used = services.map((service) => blocks[service.at].getAttribute('data-l'));
    all('#sheet span[data-l]').forEach((name) => { name.hidden = used.indexOf(name.getAttribute('data-l')) < 0; });
    services.forEach((service) => {
      const block = blocks[service.at].cloneNode(true);
      const item = append(element('li'), [element('h3', '', block.querySelector('h3').textContent)]);
      const list2 = block.querySelector('ul');
      gives(state, service, list2, 2);
      // Where a sentence comes from is told on the screen; paper has no room for it.
      all('small', list2).concat(all('dl .s', block)).forEach((small) => small.parentNode.removeChild(small));
      const got = append(element('p'), service.outcome ? [append(element('b'), why(state, service.need)), document.createTextNode(' ')] : []);
      all('li', list2).forEach((one, n) => append(got, n ? [document.createTextNode(' ')].concat(copies(one)) : copies(one)));
      append(item, [got, block.querySelector('dl')]);
      list.appendChild(item);
    });
    id('sheet').className = services.length ? 'sheet full' : 'sheet';
  }

  function show(focus) {
    const state = read();
    const screen = state.screen === 'sheet' || state.screen === 'result' || names.indexOf(state.screen) >= 0 ? state.screen : 'place';
    answers.forEach((answer, n) => {
      const on = state.picked.indexOf(n) >= 0;
      const box = answer.querySelector('input');
      if (box) box.checked = on; else answer.setAttribute('aria-pressed', on);
      answer.hidden = !offered(table, state.picked, n);
    });
    screens.forEach((one, n) => { one.hidden = names[n] !== screen; });
    const ends = screen === 'result' || screen === 'sheet';
    id('result').hidden = screen !== 'result';
    id('clash').hidden = true;
    id('sheet').className = 'sheet';
    if (ends) {
      const counted = clash(state);
      const found = plan(table, counted.picked);
      notes(state);
      const elsewhere = other(counted);
      id('found').textContent = say(elsewhere ? 'other' : 'result');
      id('first').querySelector('h3').textContent = say(elsewhere ? 'other-first' : 'first');
      id('sheet-other').hidden = !elsewhere;
      if (elsewhere) id('sheet-other').textContent = say('other-why') + ' ' + elsewhere.getAttribute('data-guide-name');
      fill('first', found.first.map((service) => card(counted, service)));
      fill('also', found.also.map((service) => line(counted, service, true)));
      fill('everyone', found.more.map((service) => line(counted, service)));
      fill('rest', found.rest.map((service) => line(counted, service, true)));
      sheet(counted, found.first.length ? found.first : found.more.slice(0, FIRST));
      if (screen === 'sheet') id('sheet').className += ' on';
    }
    // The sheet says itself that a list is a draft.
    all('details.notice').forEach((notice) => notice.classList.toggle('screen', ends));
    id('steps').hidden = screen === 'place';
    const to = after(state, screen);
    id('next').hidden = ends;
    id('next').textContent = say(to === 'result' ? 'see' : 'next');
    id('skip').hidden = ends || table.m.indexOf(numberOf(screen)) < 0;
    // Until somebody has begun, the table stays for whoever would rather read.
    id('cases').hidden = screen !== 'place';
    links(state, screen);
    const head = ends ? id(screen === 'sheet' ? 'sheet-head' : 'found') : screens[names.indexOf(screen)].querySelector('h2');
    if (focus && head) {
      head.focus();
      id('ask').scrollIntoView();
    }
  }

  // The other language, other places and the sheet keep the answers.
  function links(state, screen) {
    all('.tools a[hreflang]').forEach((link) => { link.href = link.href.split('#')[0] + address(state, screen); });
    all('#places a, .here a').forEach((link) => { link.href = link.href.split('#')[0] + address(state, after(state, 'place')); });
    id('back').href = address(state, before(state, screen));
    id('to-sheet').href = address(state, 'sheet');
  }

  function go(state, screen) {
    location.hash = address(state, screen);
  }

  answers.forEach((answer, n) => {
    const several = table.q[of[n]] < 0;
    const screen = names[of[n] + 1];
    if (several) {
      answer.querySelector('input').addEventListener('change', (event) => {
        const state = read();
        state.picked = state.picked.filter((one) => one !== n).concat(event.target.checked ? n : []);
        history.replaceState(null, '', address(state, screen));
        show();
      });
      return;
    }
    answer.addEventListener('click', () => {
      const state = read();
      state.picked = state.picked.filter((one) => of[one] !== of[n]).concat(n);
      state.skipped = state.skipped.filter((name) => name !== screen);
      // What hung on an answer that is gone goes with it, and what such a child is not asked.
      state.picked = state.picked.filter((one) => {
        const gate = table.w[of[one]];
        return (!gate.length || any(state.picked, gate)) && !any(state.picked, table.x[of[one]]) && offered(table, state.picked, one);
      });
      go(state, after(state, screen));
    });
  });
  id('next').addEventListener('click', () => {
    const state = read();
    const answered = state.picked.some((a) => of[a] === numberOf(state.screen));
    if (!answered && state.skipped.indexOf(state.screen) < 0) state.skipped.push(state.screen);
    go(state, after(state, state.screen));
  });
  id('skip').addEventListener('click', () => { go(read(), 'result'); });
  // Tells whether a name is what was typed: a part of it, or, without its last character (区, 县, 市), a part of what was
  // typed.
  function isNamed(name, typed) {
    return name.toLowerCase().split('/').some((one) => one.indexOf(typed) >= 0 || (one.length > 2 && typed.indexOf(one.slice(0, -1)) >= 0));
  }

  const find = id('find-place');
  const placeNames = id('place-names').children;
  find.addEventListener('input', () => {
    const typed = find.value.trim().toLowerCase().replace(/\s+/g, ' ');
    const known = [].map.call(placeNames, (names) => names.textContent.split(',').filter((name) => typed && isNamed(name, typed))[0]);
    const hit = known.some(Boolean);
    all('#places a').forEach((link, n) => {
      const hint = link.querySelector('small');
      if (hint) link.removeChild(hint);
      // Where nothing is known by that name, all there is stays in sight.
      link.parentNode.hidden = hit && !known[n];
      if (known[n]) link.appendChild(element('small', '', known[n].split('/')[0]));
    });
    id('places-found').textContent = typed && !hit ? say('no-place').replace('{q}', () => find.value.trim()) : '';
  });
  // As in qingdan.js, which was there before this button.
  if (window.print && navigator.userAgent.indexOf('MicroMessenger') < 0) {
    all('#sheet [data-print]').forEach((button) => {
      button.hidden = false;
      button.addEventListener('click', () => { window.print(); });
    });
  }
  window.addEventListener('hashchange', () => { if (read().is) show(true); });
  show(read().is);
}());
