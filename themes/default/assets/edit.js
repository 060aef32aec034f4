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

  // ---- What is said of the file follows each build; what somebody is typing stays.
  if (!window.EventSource || !window.fetch) { return; }
  var asking = 0;
  function follow() {
    var question = asking += 1;
    fetch(location.href, { cache: 'no-store', credentials: 'same-origin' }).then(function (answer) {
      return answer.ok ? answer.text() : '';
    }).then(function (text) {
      if (question !== asking || !text) { return; }
      var next = new DOMParser().parseFromString(text, 'text/html');
      var here = form.querySelector('[data-live]');
      var there = next.querySelector('[data-live]');
      if (here && there && here.innerHTML !== there.innerHTML && !here.contains(document.activeElement)) {
        here.innerHTML = there.innerHTML;
      }
    }).catch(function () { /* the next build is heard of, too */ });
  }
  var first = true;
  var source = new EventSource(new URL('events', root));
  source.onmessage = function () { if (first) { first = false; } else { follow(); } };
}());
