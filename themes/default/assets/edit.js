// Only adds, to forms that work without it: the quote is taken from what is selected in the official text, findings and
// verdicts follow each build in place, and nobody leaves with something unsaved.
(function () {
  'use strict';
  var form = document.querySelector('form.edit');
  if (!form) { return; }
  var script = document.currentScript || document.querySelector('script[src*="edit"]');
  var root = new URL('../', script.src);

  // ---- Marking a quote.
  var content = form.querySelector('[data-content]');
  var quote = document.getElementById('v/quote');
  var marking = form.querySelector('.marking');
  function selected() {
    var selection = window.getSelection();
    if (!content || !selection.rangeCount || selection.isCollapsed) { return ''; }
    var range = selection.getRangeAt(0);
    if (!content.contains(range.startContainer) || !content.contains(range.endContainer)) { return ''; }
    return selection.toString().replace(/\s+/g, '');
  }
  if (content && quote && marking && !quote.disabled) {
    document.addEventListener('selectionchange', function () { marking.hidden = !selected(); });
    form.querySelector('[data-mark]').addEventListener('click', function () {
      quote.value = selected();
      quote.dispatchEvent(new Event('input', { bubbles: true }));
      quote.focus();
    });
  }

  // ---- Nothing unsaved is lost unasked.
  var changed = false;
  form.addEventListener('input', function () { changed = true; });
  form.addEventListener('submit', function () { changed = false; });
  window.addEventListener('beforeunload', function (event) {
    if (changed) { event.preventDefault(); event.returnValue = ''; }
  });

  // ---- What is said of the file follows each build, and what somebody types; the fields themselves stay as they are.
  if (!window.fetch || !window.URLSearchParams || !window.FormData) { return; }
  function fill(here, there) {
    if (here && there && here.innerHTML !== there.innerHTML && !here.contains(document.activeElement)) {
      here.innerHTML = there.innerHTML;
    }
  }
  function each(found, act) { Array.prototype.forEach.call(found, act); }
  function notes(field) {
    return Array.prototype.filter.call(field.children, function (one) { return one.classList.contains('said'); });
  }
  function renew(text) {
    var next = new DOMParser().parseFromString(text, 'text/html');
    fill(form.querySelector('[data-live]'), next.querySelector('[data-live]'));
    var said = {};
    each(next.querySelectorAll('[data-field]'), function (field) { said[field.getAttribute('data-field')] = notes(field); });
    each(form.querySelectorAll('[data-field]'), function (field) {
      var now = said[field.getAttribute('data-field')];
      if (!now) { return; }
      notes(field).forEach(function (one) { field.removeChild(one); });
      now.forEach(function (one) { field.appendChild(document.importNode(one, true)); });
      field.classList.toggle('wrong', now.length > 0);
    });
  }
  var asking = 0;
  function ask(options) {
    var question = asking += 1;
    return fetch(location.href, options).then(function (answer) {
      return answer.ok ? answer.text() : '';
    }).then(function (text) {
      if (question === asking && text) { renew(text); }
    }).catch(function () { /* the next answer is heard, too */ });
  }

  // One question at a time; what is typed meanwhile is asked when it is answered.
  var timer = 0;
  var waits = false;
  var busy = false;
  function attempt() {
    if (busy) { waits = true; return; }
    busy = true;
    var sent = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { sent.append(name, value); });
    sent.append('do', 'try');
    function done() {
      busy = false;
      if (waits) { waits = false; attempt(); }
    }
    ask({ method: 'POST', body: sent, credentials: 'same-origin', cache: 'no-store' }).then(done, done);
  }
  var still = form.hasAttribute('data-still');
  if (!still && !form.querySelector('.fields[disabled]')) {
    form.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(attempt, 400); });
  }

  if (still || !window.EventSource) { return; }
  var first = true;
  var source = new EventSource(new URL('events', root));
  source.onmessage = function () {
    if (first) { first = false; } else if (changed) { attempt(); } else { ask({ cache: 'no-store', credentials: 'same-origin' }); }
  };
}());
