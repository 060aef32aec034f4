// Only adds: a form that asks for several things at once, where pages of links ask for one.
(function () {
  'use strict';
  var box = document.querySelector('.sift');
  if (!box) { return; }
  var words = function (name) { return box.getAttribute('data-' + name) || ''; };
  var NAMES = ['verdict', 'axis', 'service', 'area', 'place'];
  var STEP = 50;
  var fields = {};
  var table = null;
  var asked = false;
  var shown = STEP;
  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) { element.className = name; }
    if (text !== undefined) { element.textContent = text; }
    return element;
  }
  var form = make('form', 'sifting');
  form.setAttribute('role', 'search');
  NAMES.forEach(function (name) {
    var list = document.querySelector('[data-filter=' + name + ']');
    if (!list) { return; }
    var group = make('div');
    var label = make('label', '', list.getAttribute('data-label'));
    var field = make('select');
    field.id = 'sift-' + name;
    label.htmlFor = field.id;
    field.appendChild(new Option(words('all'), ''));
    [].forEach.call(list.querySelectorAll('[data-key]'), function (choice) {
      var count = choice.querySelector('.m');
      var text = choice.textContent;
      if (count) { text = text.slice(0, text.length - count.textContent.length) + ' ' + count.textContent; }
      field.appendChild(new Option(text, choice.getAttribute('data-key')));
    });
    fields[name] = field;
    group.appendChild(label);
    group.appendChild(field);
    form.appendChild(group);
  });
  var clear = make('button', 'btn', words('clear'));
  clear.type = 'reset';
  form.appendChild(clear);
  var status = make('p', 'm', words('start'));
  status.setAttribute('role', 'status');
  var found = make('div', 'sifted');
  var more = make('button', 'btn', words('more'));
  more.type = 'button';
  more.hidden = true;
  form.appendChild(status);
  box.insertBefore(form, box.firstChild);
  box.insertBefore(found, form.nextSibling);
  box.insertBefore(more, found.nextSibling);

  function value(name) { return fields[name] ? fields[name].value : ''; }
  function verdict(problem) { return table.verdicts[problem[1]]; }
  function fits(problem) {
    var service = table.services[table.provisions[problem[0]][0]];
    var wanted = value('verdict');
    // What is exceeded is no gap; it has to be asked for.
    if (wanted ? verdict(problem)[0] !== wanted : verdict(problem)[0] === 'exceeded') { return false; }
    var axis = value('axis');
    if (axis && !problem[2].some(function (at) { return table.axes[at][0] === axis; })) { return false; }
    return (!value('service') || service[0] === value('service')) && (!value('area') || service[3] === value('area'));
  }
  function lists(problem) {
    var place = value('place');
    return place ? problem[5].filter(function (at) { return table.lists[at][0] === place; }) : problem[5];
  }
  function entry(problem, at) {
    var item = make('li');
    var line = make('p');
    var mark = make('span', 'v ' + verdict(problem)[0]);
    var sign = make('i', '', verdict(problem)[1]);
    sign.setAttribute('aria-hidden', 'true');
    mark.appendChild(sign);
    mark.appendChild(document.createTextNode(words(verdict(problem)[0])));
    line.appendChild(mark);
    var axes = problem[2].map(function (one) { return table.axes[one][1]; });
    line.appendChild(make('span', 'm', ' ' + axes.filter(function (one, n) { return axes.indexOf(one) === n; }).join(words('joint')) + ' '));
    line.appendChild(document.createTextNode(problem[3].join(words('then'))));
    item.appendChild(line);
    if (problem[4]) { item.appendChild(make('p', 'm s', problem[4])); }
    var who = make('ul', 'who');
    at.forEach(function (one) {
      var place = make('li');
      var link = make('a', '', table.lists[one][1]);
      link.href = words('root') + table.lists[one][2] + '#' + table.provisions[problem[0]][1];
      place.appendChild(link);
      who.appendChild(place);
    });
    item.appendChild(who);
    return item;
  }
  function show() {
    var all = [];
    var count = 0;
    table.problems.forEach(function (problem) {
      var at = fits(problem) ? lists(problem) : [];
      if (at.length) { all.push([problem, at]); count += at.length; }
    });
    status.textContent = words('found').replace('{n}', count).replace('{m}', all.length);
    found.textContent = '';
    var last = null;
    var into = null;
    all.slice(0, shown).forEach(function (pair) {
      var problem = pair[0];
      if (problem[0] !== last) {
        last = problem[0];
        var provision = table.provisions[last];
        var service = table.services[provision[0]];
        var lack = make('div', 'lack');
        lack.appendChild(make('p', 'm s', service[1] + ' ' + service[2]));
        var quote = make('p');
        var bold = make('b', '', provision[2]);
        bold.lang = table.official;
        quote.appendChild(bold);
        lack.appendChild(quote);
        into = make('ul');
        lack.appendChild(into);
        found.appendChild(lack);
      }
      into.appendChild(entry(problem, pair[1]));
    });
    more.hidden = all.length <= shown;
  }
  function chosen() { return NAMES.filter(function (name) { return value(name); }); }
  function change() {
    shown = STEP;
    var address = chosen().map(function (name) { return name + '=' + encodeURIComponent(value(name)); }).join('&');
    // The address says what is asked for, so that it can be sent on.
    try { history.replaceState(null, '', address ? '#' + address : location.href.split('#')[0]); } catch (e) { /* an old browser */ }
    ask();
  }
  function ask() {
    if (!chosen().length) {
      status.textContent = words('start');
      found.textContent = '';
      more.hidden = true;
      return;
    }
    if (table) { show(); return; }
    if (asked) { return; }
    asked = true;
    window.qingdanGaps = function (data) { table = data; ask(); };
    var script = document.createElement('script');
    script.src = words('script');
    script.onerror = function () { asked = false; status.textContent = words('fail'); };
    document.head.appendChild(script);
  }
  form.addEventListener('change', change);
  form.addEventListener('reset', function () { setTimeout(change, 0); });
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  more.addEventListener('click', function () { shown += STEP; show(); });
  location.hash.slice(1).split('&').forEach(function (part) {
    var pair = part.split('=');
    if (fields[pair[0]] && pair[1]) { try { fields[pair[0]].value = decodeURIComponent(pair[1]); } catch (e) { /* no address of ours */ } }
  });
  ask();
})();
