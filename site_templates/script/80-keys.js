/* The keyboard: single keys for what a mouse does in several steps, and the page that tells them. They can be
   switched off, since they are in the way of some who speak to their machine. */
(function (prepvault) {
  'use strict';

  var PAUSE = 1500, dialog = null, waitsUntil = 0;
  var PAGES = {
    d: ['Dashboard', 'index.html'], i: ['Interviews', 'interviews/index.html'], c: ['Calendar', 'calendar.html'],
    e: ['E-mails', 'emails.html'], p: ['Preparation', 'prep/index.html'], s: ['Stories', 'stories.html'],
    o: ['Companies', 'companies/index.html'], t: ['Statistics', 'stats.html'], k: ['Check', 'check.html']
  };
  var element = prepvault.element;
  var isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

  function areOff() { return prepvault.recall('keys') === 'off'; }
  function showOff() { document.documentElement.toggleAttribute('data-keys-off', areOff()); }

  function go(path) { location.href = document.body.dataset.root + path; }

  prepvault.nextTheme = function () {
    var button = document.querySelector('[data-theme-switch]');
    if (button) button.click();
  };

  /* The lists of a page are what carries data-walk; their stops are the children that can be seen and lead on. */
  function stops() {
    var found = [];
    prepvault.each('[data-walk] > *', function (item) {
      var link = item.querySelector('a[href]');
      if (link && item.getClientRects().length) found.push({ item: item, link: link });
    });
    return found;
  }

  function walk(step) {
    var found = stops(), at = found.findIndex(function (stop) { return stop.item.contains(document.activeElement); });
    var next = found[at < 0 ? (step > 0 ? 0 : found.length - 1) : at + step];
    if (!next) return;
    next.link.focus({ preventScroll: true });
    next.item.scrollIntoView({ block: 'nearest' });
  }

  function open() {
    var stop = stops().filter(function (each) { return each.item.contains(document.activeElement); })[0];
    if (stop) stop.link.click();
  }

  var RUN = {
    '/': function () { prepvault.openSearch(); },
    '?': function () { prepvault.openKeys(); },
    g: function () { waitsUntil = Date.now() + PAUSE; },
    n: function () { go('schedule.html'); },
    j: function () { walk(1); },
    k: function () { walk(-1); },
    o: open,
    t: function () { prepvault.nextTheme(); }
  };

  function isSearch(event) {
    return event.key.toLowerCase() === 'k' && (isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && !event.altKey && !event.shiftKey;
  }

  function onKey(event) {
    if (event.defaultPrevented || event.isComposing) return;
    var isOpen = document.querySelector('dialog[open]');
    if (isSearch(event) && !isOpen) {
      event.preventDefault();
      prepvault.openSearch();
      return;
    }
    if (isOpen || areOff() || event.ctrlKey || event.metaKey || event.altKey || prepvault.isTyping(event.target)) return;
    var page = Date.now() < waitsUntil && PAGES[event.key];
    waitsUntil = 0;
    if (!page && !RUN[event.key]) return;
    event.preventDefault();
    if (page) go(page[1]);
    else RUN[event.key]();
  }

  function line(keys, text) {
    var shown = [];
    keys.forEach(function (key, index) { shown.push(index ? ' ' : '', element('kbd', {}, key)); });
    return element('div', {}, [element('dt', {}, shown), element('dd', {}, text)]);
  }

  function part(title, lines) {
    return element('section', {}, [element('h3', {}, title), element('dl', { class: 'keys-list' }, lines)]);
  }

  function makeDialog() {
    var toggle = element('input', { type: 'checkbox', role: 'switch', id: 'keys-on', 'aria-describedby': 'keys-note' });
    var shut = element('button', { type: 'button', class: 'button ghost', 'aria-label': 'Close' }, element('span', { class: 'icon icon-close', 'aria-hidden': 'true' }));
    dialog = element('dialog', { class: 'keys', 'aria-labelledby': 'keys-title' }, [
      element('div', { class: 'keys-head' }, [element('h2', { id: 'keys-title' }, 'Keyboard shortcuts'), shut]),
      element('div', { class: 'keys-columns' }, [
        part('Anywhere', [
          line(['/'], 'Search'), line([isMac ? '⌘' : 'Ctrl', 'K'], 'Search, even while typing'), line(['n'], 'Schedule an interview'),
          line(['t'], 'Next theme'), line(['?'], 'These shortcuts'), line(['Esc'], 'Close what is open')
        ]),
        part('Go to', Object.keys(PAGES).map(function (key) { return line(['g', key], PAGES[key][0]); })),
        part('In a list', [line(['j'], 'Next one'), line(['k'], 'The one before'), line(['o'], 'Open it')])
      ]),
      element('p', { class: 'keys-switch' }, [toggle, element('label', { for: 'keys-on' }, 'Single-key shortcuts')]),
      element('p', { class: 'quiet', id: 'keys-note' }, 'Off, only ' + (isMac ? '⌘ K' : 'Ctrl K') + ' and Esc do something. Kept in this browser.')
    ]);
    toggle.checked = !areOff();
    toggle.addEventListener('change', function () {
      prepvault.remember('keys', toggle.checked ? 'on' : 'off');
      showOff();
    });
    shut.addEventListener('click', function () { dialog.close(); });
    dialog.addEventListener('click', function (event) { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
  }

  prepvault.openKeys = function () {
    if (!dialog) makeDialog();
    if (!dialog.open) dialog.showModal();
  };

  showOff();
  prepvault.onReady(function () {
    prepvault.each('[data-keys]', function (button) { button.addEventListener('click', prepvault.openKeys); });
    document.addEventListener('keydown', onKey);
  });
}(window.prepvault));
