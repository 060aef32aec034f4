// What can my child get? Comes with the first answer. `decide` is what src/analysis/finder does in the program;
// tests/finder/vectors.json holds both. Nothing is sent and nothing is stored.
(function () {
  'use strict';

  // Returns [outcome, reason, need, more] for each provision. Outcome: 0 yes, 1 perhaps, 2 no. Reason: 0 a
  // need, 1 the upper bound of an age, 2 birth, 3 grown up.
  function decide(t, picked, closed) {
    const of = [];
    t.q.forEach((n, q) => { for (let i = 0; i < Math.abs(n); i++) of.push(q); });
    const has = (a) => picked.indexOf(a) >= 0;
    const out = (a) => !has(a) && (closed.indexOf(of[a]) >= 0 || (t.q[of[a]] > 0 && picked.some((p) => of[p] === of[a])));
    const ages = t.a.map((a, at) => (typeof a === 'number' ? [a, [].concat(t.a[at + 1])[0]] : a));
    const age = picked.map((a) => ages[a]).filter(Boolean)[0];
    const facts = t.f.map((f) => {
      const means = (f[0] || []).map((m) => [].concat(m));
      const may = f[1] || [];
      if ((f[2] || []).some(has)) return 0;
      if ((f[3] || []).some(has)) return 1;
      if (means.some((m) => m.every(has))) return 2;
      if (may.some(has) || !(means.length + may.length) || f[4]) return 1;
      return means.every((m) => m.some(out)) && may.every(out) ? 0 : 1;
    });
    const needs = t.n.map((n) => {
      if (n[0] !== -1) return n.length ? Math.max.apply(null, n.map((f) => facts[f])) : 1;
      if (!age) return 1;
      if (age[1] <= n[1] || age[0] >= n[3]) return 0;
      return Math.max(age[0], 0) >= n[1] && age[1] <= n[2] ? 2 : 1;
    });
    const edge = (n) => age && n[0] === -1 && age[0] >= n[2] && age[0] < n[3];
    return t.p.map((row, at) => {
      const no = row.filter((n) => !needs[n]);
      if (no.length) return [2, 0, no[0], 0];
      const open = row.filter((n) => needs[n] === 1).map((n) => [edge(t.n[n]) ? 1 : 0, n]);
      if (age && age[0] >= 216 && t.s.indexOf(at) < 0) open.unshift([3, -1]);
      if (age && age[0] < 0) open.unshift([2, -1]);
      return open.length ? [1, open[0][0], open[0][1], open.length - 1] : [0, 0, -1, 0];
    });
  }

  if (typeof module === 'object') {
    module.exports = decide;
    return;
  }
  const id = (name) => document.getElementById(name);
  const all = (selector, from) => [].slice.call((from || document).querySelectorAll(selector));
  const table = JSON.parse(id('table').getAttribute('data-table'));
  const blocks = all('#rows>li');
  const sizes = blocks.map((block) => all('ol>li', block).length);
  const needs = id('needs').children;
  const words = id('words').children;
  // The lines of the table by situation, one an answer: its services have to do with it.
  const cases = all('#cases [data-about]');
  const inputs = all('#ask input');
  const sections = all('#found .sec');
  const titles = sections.map((section) => section.querySelector('h2').firstChild.data.trim());

  function paragraph(name, parts) {
    const p = document.createElement('p');
    p.className = name;
    parts.forEach((part) => [].forEach.call(part.childNodes, (node) => p.appendChild(node.cloneNode(true))));
    return p;
  }

  // Says why: what is missing, what a list asks for.
  function why(d) {
    if (d[1] > 1) return [words[d[1] + 2]];
    return [words[d[0] === 2 ? 2 : d[1] ? 3 : d[3] ? 1 : 0], needs[d[2]]];
  }

  // Returns a service with those of its provisions that are decided as `group`, each run after its reason.
  function copy(at, first, decisions, group, related) {
    const block = blocks[at].cloneNode(true);
    const link = block.querySelector('a').getAttribute('href');
    const rows = all('ol>li', block);
    let last = null;
    let list = block.removeChild(block.querySelector('ol'));
    rows.forEach((row, n) => {
      const d = decisions[first + n];
      if (d[0] !== group) return;
      const reason = d.slice(0, 3) + (d[3] ? '+' : '');
      if (reason !== last) {
        if (group) block.appendChild(paragraph('why', why(d)));
        list = block.appendChild(document.createElement('ol'));
        last = reason;
      }
      row.querySelector('a').href = link + '#p' + (n + 1);
      list.appendChild(row);
    });
    if (last === null) return null;
    if (group !== 1 && block.querySelector('.to')) block.removeChild(block.querySelector('.to'));
    if (related) block.insertBefore(paragraph('near', [words[6]]), block.firstChild);
    return block;
  }

  function show() {
    const on = inputs.filter((input) => input.checked && input.value);
    const picked = on.map((input) => Number(input.value)).filter((n) => n === n);
    const closed = on.filter((input) => input.value === 'x').map((input) => Number(input.name.slice(1)));
    const decisions = decide(table, picked, closed);
    const near = table.r.map((answer, n) => (picked.indexOf(answer) >= 0 ? cases[n] : null)).filter(Boolean);
    const links = [].concat.apply([], near.map((row) => all('td a', row).map((a) => a.href)));
    sections.forEach((section, group) => {
      const hits = section.querySelector('.hits');
      const count = decisions.filter((d) => d[0] === group).length;
      hits.textContent = '';
      section.hidden = !count;
      section.querySelector('small').textContent = count;
      const own = [];
      const far = [];
      let first = 0;
      blocks.forEach((_, at) => {
        const is = links.indexOf(all('a', blocks[at])[0].href) >= 0;
        const block = copy(at, first, decisions, group, is);
        if (block) (is ? own : far).push(block);
        first += sizes[at];
      });
      own.concat(far).forEach((block) => hits.appendChild(block));
    });
    const tally = id('tally');
    const counts = titles.map((title, group) => title + '\u00a0' + decisions.filter((d) => d[0] === group).length);
    if (!tally.getAttribute('data-start')) tally.setAttribute('data-start', tally.textContent);
    tally.textContent = on.length ? counts.join(' · ') : tally.getAttribute('data-start');
    [id('found'), tally.nextElementSibling].forEach((part) => { part.hidden = !on.length; });
    tally.parentNode.className = on.length ? 'tally on' : 'tally';
    id('cases').hidden = on.length;
  }

  id('ask').addEventListener('change', show);
  id('again').addEventListener('click', () => {
    inputs.forEach((input) => { input.checked = input.defaultChecked; });
    show();
    inputs[0].focus();
    id('ask').scrollIntoView();
  });
  show();
}());
