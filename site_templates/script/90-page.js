/* Small things of every page: folded places that an address names, the theme, the printer. */
(function (prepvault) {
  'use strict';

  /* Counted notes lie in closed details: open the one that an address names. */
  function openTarget() {
    var name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch (error) { /* A stray % stands for itself. */ }
    var target = name && document.getElementById(name);
    var details = target && target.closest('details');
    if (details && !details.open) {
      details.open = true;
      target.scrollIntoView();
    }
  }

  var THEMES = ['', 'light', 'dark'], NAMES = ['automatic', 'light', 'dark'];

  function wireTheme(button) {
    var name = button.querySelector('[data-theme-name]');
    function tell() { name.textContent = 'Theme: ' + NAMES[Math.max(0, THEMES.indexOf(prepvault.recall('theme')))]; }
    button.addEventListener('click', function () {
      var next = THEMES[(THEMES.indexOf(prepvault.recall('theme')) + 1) % THEMES.length];
      prepvault.remember('theme', next);
      prepvault.showTheme(next);
      tell();
    });
    tell();
  }

  prepvault.onReady(function () {
    prepvault.each('[data-theme-switch]', wireTheme);
    prepvault.each('[data-print]', function (button) { button.addEventListener('click', function () { window.print(); }); });
    window.addEventListener('hashchange', openTarget);
    openTarget();
  });
}(window.prepvault));
