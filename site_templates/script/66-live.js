/* Where PrepVault itself serves the pages, each renews itself when its notes changed, unless someone types in it. */
(function (prepvault) {
  'use strict';

  var said = window.prepvaultServed, KEY = 'prepvault.renewed';
  if (!/^https?:$/.test(location.protocol) || !said || typeof said.mark !== 'string') return;

  var mark = said.mark, stream = null, isTyped = false, why = '', words = '';

  function tell(text, label, run) {
    var notice = document.getElementById('newer');
    if (!notice) {
      notice = document.createElement('p');
      notice.id = 'newer';
      notice.className = 'notice';
      notice.setAttribute('role', 'status');
      document.getElementById('main').prepend(notice);
    }
    notice.textContent = text + ' ';
    if (!label) return;
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'button small';
    button.textContent = label;
    button.addEventListener('click', run);
    notice.appendChild(button);
  }

  function typed() {
    return Array.prototype.slice.call(document.querySelectorAll('[data-command] [data-typed]')).map(function (field) { return [field.id, field.value]; });
  }

  function places() { return Array.prototype.slice.call(document.querySelectorAll('details')); }

  /* What was unfolded, where one was, what was typed beside the form and what was just said: the new page takes it up again. */
  function keep() {
    var open = places().map(function (each) { return each.open; }), active = document.activeElement;
    try {
      window.sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, open: open, active: active && active.id, words: words, typed: isTyped ? typed() : [] }));
    } catch (error) { /* It may keep nothing. */ }
  }

  function reload() {
    keep();
    location.reload();
  }

  function takeUp() {
    var left = null;
    try {
      left = JSON.parse(window.sessionStorage.getItem(KEY));
      window.sessionStorage.removeItem(KEY);
    } catch (error) { return; }
    if (!left || left.path !== location.pathname || !Array.isArray(left.open)) return;
    var now = places(), active = left.active && document.getElementById(left.active);
    if (now.length === left.open.length) now.forEach(function (each, at) { each.open = left.open[at]; });
    if (active) active.focus({ preventScroll: true });
    (Array.isArray(left.typed) ? left.typed : []).forEach(function (pair) {
      var field = document.getElementById(pair[0]);
      if (!field) return;
      field.value = pair[1];
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    if (left.words) tell(left.words);
  }

  /* A form that was just saved keeps saying so; what is typed, or a dialog, is not taken away. */
  function renew() {
    var isSaved = document.getElementById('schedule') && words, notice = document.getElementById('newer');
    if (isSaved) return notice && notice.remove();
    if (!isTyped && !document.querySelector('dialog[open]')) return reload();
    tell(why + ' since this page was loaded.', 'Show the new page', reload);
  }

  function leave() { location.href = (document.body.getAttribute('data-root') || '') + 'index.html'; }

  /* Only a page that is looked at listens: browsers hold few connections to one place. */
  function listen() {
    if (stream || document.hidden || !window.EventSource) return;
    var root = document.body.getAttribute('data-root') || '', page = '';
    try { page = decodeURIComponent(location.pathname.slice(1)); } catch (error) { /* No page of ours is called so. */ }
    stream = new EventSource(root + 'api/events?page=' + encodeURIComponent(page) + '&since=' + encodeURIComponent(mark));
    stream.addEventListener('built', function (event) { mark = event.data; });
    stream.addEventListener('changed', function (event) {
      var isOfThisRun = event.data.split('-')[0] === mark.split('-')[0];
      mark = event.data;
      why = isOfThisRun ? 'The notes have changed' : 'PrepVault was started anew';
      renew();
    });
    stream.addEventListener('gone', function (event) {
      mark = event.data;
      tell('What this page shows is no longer among the notes.', 'To the dashboard', leave);
    });
  }

  function rest() {
    if (stream) stream.close();
    stream = null;
  }

  /* A calendar that was a file to take is one to subscribe to, by the programs of this machine. */
  function feedOf(name) {
    var at = ['interviews.ics', 'reminders.ics'].indexOf(name), feed = at < 0 || !Array.isArray(said.feeds) ? '' : String(said.feeds[at]);
    return /^webcal:/.test(feed) ? feed : '';
  }

  function offerFeed(link) {
    var name = (link.getAttribute('href') || '').split('/').pop(), offer = document.createElement('a');
    if (!feedOf(name)) return;
    offer.href = feedOf(name);
    offer.className = 'feed-offer';
    offer.textContent = 'Subscribe';
    offer.setAttribute('aria-label', 'Subscribe to ' + name);
    if (link.parentElement.tagName === 'P') link.parentElement.append(' ', offer);
    else link.after(' ', offer);
  }

  function showAddress() {
    var place = document.getElementById('feed-address');
    if (!place || !feedOf('interviews.ics')) return;
    place.textContent = feedOf('interviews.ics').replace(/^webcal:/, location.protocol);
    place.parentElement.append(' Only programs on this machine reach it.');
  }

  document.addEventListener('input', function (event) {
    isTyped = true;
    event.target.setAttribute('data-typed', '');
  });
  document.addEventListener('reset', function () { isTyped = false; words = ''; });
  document.addEventListener('prepvault-saved', function (event) {
    isTyped = false;
    words = event.detail;
    if (why) renew();
  });
  document.addEventListener('visibilitychange', function () { if (document.hidden) rest(); else listen(); });
  window.addEventListener('pagehide', function () {
    if (isTyped) keep();
    rest();
  });
  window.addEventListener('pageshow', listen);

  prepvault.onReady(function () {
    takeUp();
    prepvault.each('a[type="text/calendar"]:not([download])', offerFeed);
    showAddress();
    if (said.readOnly && document.querySelector('#schedule, [data-command]')) tell('PrepVault serves these pages read-only: nothing is saved from here. Copy the command or the note instead.');
    listen();
  });
}(window.prepvault));
