/* Copying a text, and the command that sets a status. */
(function (prepvault) {
  'use strict';

  function selectText(element) {
    var range = document.createRange(), selection = window.getSelection();
    range.selectNodeContents(element);
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function copy(button) {
    var source = document.getElementById(button.getAttribute('data-copy'));
    if (!source) return;
    var label = button.getAttribute('data-label') || button.textContent;
    button.setAttribute('data-label', label);
    function tell(text) {
      button.textContent = text;
      window.setTimeout(function () { button.textContent = label; }, 2000);
    }
    function byHand() {
      selectText(source);
      var done = false;
      try { done = document.execCommand('copy'); } catch (error) { done = false; }
      tell(done ? 'Copied' : 'Selected: press Ctrl+C');
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(source.textContent).then(function () { tell('Copied'); }, byHand);
    } else byHand();
  }

  function wireStatus(form) {
    var select = form.querySelector('[data-status]'), code = form.querySelector('code');
    var pattern = form.getAttribute('data-command');
    function write() { code.textContent = pattern.replace(/@$/, select.value); }
    select.addEventListener('change', write);
    write();
  }

  prepvault.onReady(function () {
    prepvault.each('[data-copy]', function (button) { button.addEventListener('click', function () { copy(button); }); });
    prepvault.each('[data-command]', wireStatus);
  });
}(window.prepvault));
