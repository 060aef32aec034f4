// Only adds: buttons that copy a patch, or the lines that it puts in.
(function () {
  'use strict';
  document.documentElement.setAttribute('data-scripted', '');
  // Over plain HTTP browsers have no navigator.clipboard; a field that is selected can be copied everywhere.
  function bySelection(text) {
    var field = document.createElement('textarea');
    field.value = text;
    field.setAttribute('readonly', '');
    field.className = 'skip';
    document.body.appendChild(field);
    field.select();
    var done = false;
    try { done = document.execCommand('copy'); } catch (e) { /* refused */ }
    document.body.removeChild(field);
    return done;
  }
  function copied(button) {
    if (button.resting) { return; }
    var words = button.textContent;
    button.resting = true;
    button.textContent = button.getAttribute('data-done');
    setTimeout(function () { button.textContent = words; button.resting = false; }, 2000);
  }
  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('[data-copy]');
    if (!button) { return; }
    var patch = document.getElementById(button.getAttribute('data-copy'));
    var only = button.getAttribute('data-only');
    var text = patch.textContent;
    if (only) {
      text = Array.prototype.map.call(patch.getElementsByClassName(only), function (line) { return line.textContent.slice(1); }).join('');
    }
    var fallback = function () {
      if (bySelection(text)) { copied(button); } else { window.getSelection().selectAllChildren(patch); }
      button.focus();
    };
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(function () { copied(button); }, fallback);
    } else {
      fallback();
    }
  });
})();
