// Only adds: text size (remembered), answers, search, print buttons, and that the place can be read without a network.
(function () {
  'use strict';
  var root = document.documentElement;
  var button = document.querySelector('[data-size]');
  var now = 0;
  function show() {
    root.className = ['', 't2', 't3'][now];
    if (button) { button.textContent = button.getAttribute('data-size').split('|')[now]; }
  }
  try { now = Number(localStorage.getItem('size')) % 3 || 0; } catch (e) { /* no storage */ }
  show();
  if (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      now = (now + 1) % 3;
      try { localStorage.setItem('size', now); } catch (e) { /* private mode */ }
      show();
    });
  }
  // A page that answers gets its script when somebody touches its questions, or with the answers in its address.
  var late = document.querySelector('[data-late]');
  function load(event) {
    if (!late || !(event ? late.contains(event.target) : /^#.*\//.test(location.hash))) { return; }
    var own = late;
    late = null;
    own.getAttribute('data-late').split(' ').forEach(function (source) {
      var script = document.createElement('script');
      script.src = source;
      script.async = false;
      // Without a network nothing comes; the next touch asks again.
      script.onerror = function () {
        late = own;
        document.getElementById('late-fail').hidden = false;
      };
      document.head.appendChild(script);
    });
  }
  ['touchstart', 'mousedown', 'focusin', 'click'].forEach(function (kind) { document.addEventListener(kind, load); });
  load();
  // The search comes when somebody goes to its field: its code, then the texts of the place.
  var find = document.querySelector('form[data-shard]');
  function bring(name) {
    var script = document.createElement('script');
    script.src = find.getAttribute(name);
    script.async = false;
    script.onerror = function () {
      find.querySelector('[role=status]').textContent = find.getAttribute('data-fail');
      find.querySelector('[aria-busy]').removeAttribute('aria-busy');
    };
    document.head.appendChild(script);
  }
  function search() {
    if (!find.loading) {
      find.loading = true;
      find.querySelector('[data-search-results]').setAttribute('aria-busy', 'true');
      bring('data-code');
      bring('data-shard');
      if (find.getAttribute('data-alarm')) { bring('data-alarm'); }
    }
  }
  if (find) {
    ['focusin', 'input'].forEach(function (kind) { find.addEventListener(kind, search); });
    if (/[?&#]q=/.test(location.href) || find.elements.q.value) { search(); }
  }
  // On paper nothing is folded.
  window.addEventListener('beforeprint', function () {
    [].forEach.call(document.querySelectorAll('.more'), function (d) { d.open = true; });
  });
  // WeChat's browser has window.print but cannot print.
  if (window.print && navigator.userAgent.indexOf('MicroMessenger') < 0) {
    [].forEach.call(document.querySelectorAll('[data-print]'), function (b) {
      b.hidden = false;
      b.addEventListener('click', function () { window.print(); });
    });
  }
  // Reads aloud with a voice that is on the phone; where there is none, there is no button, and nothing leaves it.
  var speech = window.speechSynthesis;
  var speakers = [].slice.call(document.querySelectorAll('[data-say]'));
  function voice() {
    var lang = root.lang.slice(0, 2);
    return speech.getVoices().filter(function (one) {
      return one.localService && one.lang.replace(/^cmn/, 'zh').slice(0, 2) === lang;
    })[0];
  }
  function offer() { speakers.forEach(function (b) { b.hidden = !voice(); }); }
  function say(b) {
    var words = b.getAttribute('data-say').split('|');
    var busy = speech.speaking;
    speech.cancel();
    b.textContent = words[0];
    if (busy) { return; }
    b.textContent = words[1];
    var parts = [].slice.call(document.querySelectorAll('main h1, main .card>div, main [data-said]'));
    parts.forEach(function (part, at) {
      var spoken = new SpeechSynthesisUtterance(part.innerText);
      spoken.voice = voice();
      spoken.lang = root.lang;
      spoken.rate = 0.9;
      if (at + 1 === parts.length) { spoken.onend = function () { b.textContent = words[0]; }; }
      speech.speak(spoken);
    });
  }
  if (speech && window.SpeechSynthesisUtterance && speakers.length) {
    speakers.forEach(function (b) { b.addEventListener('click', function () { say(b); }); });
    speech.onvoiceschanged = offer;
    offer();
    window.addEventListener('pagehide', function () { speech.cancel(); });
  }
  // Later, so that the page itself comes first.
  var own = document.currentScript;
  if (own && own.hasAttribute('data-worker') && /^http/.test(location.protocol) && navigator.serviceWorker) {
    window.addEventListener('load', function () { setTimeout(keep, 1500); });
  }
  function keep() {
    var workers = navigator.serviceWorker;
    var network = navigator.connection || {};
    // Outside the languages, at the root and the short addresses, another one answers.
    var worker = new URL(own.getAttribute('data-worker'), location.href).href;
    workers.register(new URL('../sw.js', worker).href).catch(function () { /* none here */ });
    workers.register(worker).then(function () { return workers.ready; }).then(function (found) {
      found.active.postMessage({ keep: new URL(own.getAttribute('data-keep'), location.href).href, small: !!network.saveData });
    }).catch(function () { /* none here, or not now */ });
  }
}());
