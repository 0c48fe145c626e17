/* The calendar: one view and one month at a time, both in the address; the month as a grid for the keyboard;
   today by the reader's clock. Days are written 2026-02-10 and counted in UTC, so no clock change can skip one. */
(function (prepvault) {
  'use strict';

  var each = prepvault.each, instant = prepvault.instant;
  var VIEWS = ['month', 'agenda', 'timeline'], SHOWN = 4;
  var WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  var MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

  var calendar = null, place = null, today = '', current = '', at = '';

  /* Days and months. */

  function dateOf(day) { return new Date(day + 'T00:00:00Z'); }
  function plus(day, count) {
    var date = dateOf(day);
    date.setUTCDate(date.getUTCDate() + count);
    return date.toISOString().slice(0, 10);
  }
  function monthPlus(month, count) {
    var number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
    return ('000' + Math.floor(number / 12)).slice(-4) + '-' + ('0' + (number % 12 + 1)).slice(-2);
  }
  function lastOf(month) { return plus(monthPlus(month, 1) + '-01', -1); }
  function monthName(month) { return MONTHS[Number(month.slice(5)) - 1] + ' ' + Number(month.slice(0, 4)); }
  function dayName(day) { return WEEKDAYS[dateOf(day).getUTCDay()] + ' ' + Number(day.slice(8)) + ' ' + monthName(day.slice(0, 7)); }

  /* The day it is, in the vault's zone; where the vault has none, where one reads. */
  function dayAt(now) {
    var parts = {}, options = { year: 'numeric', month: '2-digit', day: '2-digit' };
    if (calendar.hasAttribute('data-zone')) options.timeZone = calendar.getAttribute('data-zone');
    try {
      new Intl.DateTimeFormat('en-US', options).formatToParts(now).forEach(function (part) { parts[part.type] = part.value; });
    } catch (error) { /* A browser that does not know the zone yet. */
      var here = new Date(now);
      return new Date(Date.UTC(here.getFullYear(), here.getMonth(), here.getDate())).toISOString().slice(0, 10);
    }
    return parts.year + '-' + parts.month + '-' + parts.day;
  }

  /* What the address says: `#view=agenda`, `#month=2026-03`. Other addresses, as of the skip link, change nothing. */
  function read() {
    var found = {}, hash = location.hash.slice(1);
    hash.split('&').forEach(function (part) {
      var pair = part.split('=');
      if (pair[0] === 'view' && VIEWS.indexOf(pair[1]) >= 0) found.view = pair[1];
      if (pair[0] === 'month' && /^\d{4}-(0[1-9]|1[0-2])$/.test(pair[1])) found.month = pair[1];
    });
    var named = /^(month|agenda|timeline)-view$/.exec(hash);
    if (named) found.view = named[1];
    if (found.month && !found.view) found.view = 'month';
    if (found.view) return found;
    return hash && place || { view: window.matchMedia('(max-width: 40rem)').matches ? 'agenda' : 'month' };
  }

  /* Months: those with something in them come with the page, the others are made when they are asked for. */

  function table(month) { return calendar.querySelector('.month[data-month="' + month + '"]'); }

  function range() {
    var first = '', last = '';
    each('.month:not([data-made])', function (item) {
      var month = item.getAttribute('data-month');
      if (!first || month < first) first = month;
      if (month > last) last = month;
    }, calendar);
    var now = today.slice(0, 7);
    return { first: now < first ? now : first, last: now > last ? now : last };
  }

  function within(month) {
    var reach = range();
    return month < reach.first ? reach.first : month > reach.last ? reach.last : month;
  }

  function makeMonth(month) {
    var model = calendar.querySelector('.month'), made = model.cloneNode(false);
    made.setAttribute('data-month', month);
    made.setAttribute('data-made', '');
    made.appendChild(document.createElement('caption')).textContent = monthName(month);
    made.appendChild(model.tHead.cloneNode(true));
    var body = made.appendChild(document.createElement('tbody')), last = lastOf(month), day = month + '-01';
    day = plus(day, -((dateOf(day).getUTCDay() + 6) % 7));
    while (day <= last) {
      var row = body.insertRow();
      for (var index = 0; index < 7; index += 1, day = plus(day, 1)) {
        var cell = row.insertCell();
        if (day.slice(0, 7) !== month) { cell.className = 'outside'; continue; }
        cell.setAttribute('data-day', day);
        cell.innerHTML = '<time class="day"></time>';
        cell.firstChild.dateTime = day;
      }
    }
    model.parentNode.appendChild(made);
    prepare(made);
    return made;
  }

  function prepare(month) {
    month.setAttribute('role', 'grid');
    each('td[data-day]', function (cell) {
      cell.tabIndex = -1;
      fold(cell);
      nameInFull(cell.querySelector('.day'), cell.getAttribute('data-day'));
    }, month);
  }

  /* A day of the grid is read with its weekday and month, which everybody else sees around it. */
  function nameInFull(place, day) {
    var parts = dayName(day).split(/( \d+ )/);
    place.textContent = parts[1].trim();
    [parts[0] + ' ', ' ' + parts[2]].forEach(function (text, index) {
      var part = document.createElement('span');
      part.className = 'hidden-text';
      part.textContent = text;
      place.insertBefore(part, index ? null : place.firstChild);
    });
  }

  function fold(cell) {
    var lines = cell.querySelectorAll('li');
    if (lines.length <= SHOWN) return;
    for (var index = SHOWN - 1; index < lines.length; index += 1) lines[index].classList.add('folded');
    var more = document.createElement('button');
    more.type = 'button';
    more.className = 'more';
    more.innerHTML = '+' + (lines.length - SHOWN + 1) + '<span> more</span>';
    more.setAttribute('aria-haspopup', 'dialog');
    more.setAttribute('aria-label', more.textContent + ' on ' + dayName(cell.getAttribute('data-day')));
    more.addEventListener('click', function () { openList(cell); });
    var item = document.createElement('li');
    item.appendChild(more);
    lines[0].parentNode.appendChild(item);
  }

  /* Showing. */

  function showViews() {
    VIEWS.forEach(function (view) { document.getElementById(view + '-view').hidden = view !== place.view; });
    each('[data-view]', function (link) {
      var view = link.getAttribute('data-view');
      link.href = '#' + (view === 'month' && place.month ? 'month=' + place.month : 'view=' + view);
      if (view === place.view) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
    if (place.view === 'timeline') showNow();
  }

  function showMonth() {
    current = within(place.month || today.slice(0, 7));
    var shown = table(current) || makeMonth(current), reach = range();
    each('.month', function (item) { item.hidden = item !== shown; }, calendar);
    var title = document.getElementById('month-title');
    if (title.textContent !== monthName(current)) title.textContent = monthName(current);
    each('[data-step]', function (button) {
      var isBack = button.getAttribute('data-step') === '-1';
      button.setAttribute('aria-disabled', String(isBack ? current <= reach.first : current >= reach.last));
    });
    var empty = document.getElementById('no-entries');
    empty.hidden = shown.querySelector('a') !== null;
    empty.querySelector('[data-month-name]').textContent = monthName(current);
    markToday();
    if (at.slice(0, 7) !== current) at = dayToStart(shown);
    rove(false);
  }

  function dayToStart(month) {
    var first = month.querySelector('td[data-day]:has(a)');
    return today.slice(0, 7) === current ? today : first ? first.getAttribute('data-day') : current + '-01';
  }

  function show() {
    place = read();
    showMonth();
    showViews();
  }

  function markToday() {
    each('td[data-day]', function (cell) {
      var day = cell.getAttribute('data-day');
      if (day === today) cell.setAttribute('aria-current', 'date');
      else cell.removeAttribute('aria-current');
      cell.classList.toggle('gone', day < today);
    }, calendar);
  }

  /* The grid: one day at a time is in the order of Tab, the arrows move it. */

  function rove(focuses) {
    each('td[data-day]', function (cell) { cell.tabIndex = cell.getAttribute('data-day') === at ? 0 : -1; }, table(current));
    if (focuses) calendar.querySelector('.month:not([hidden]) td[data-day="' + at + '"]').focus();
  }

  function walkTo(day) {
    var month = day.slice(0, 7);
    if (within(month) !== month) return;
    at = day;
    if (month !== current) {
      place = { view: 'month', month: month };
      location.replace('#month=' + month);
      showMonth();
      showViews();
    }
    rove(true);
  }

  function sameDayIn(month) {
    var last = lastOf(month), day = month + at.slice(7);
    return day > last ? last : day;
  }

  function stepFrom(key, day) {
    var weekday = (dateOf(day).getUTCDay() + 6) % 7;
    switch (key) {
      case 'ArrowLeft': return plus(day, -1);
      case 'ArrowRight': return plus(day, 1);
      case 'ArrowUp': return plus(day, -7);
      case 'ArrowDown': return plus(day, 7);
      case 'Home': return plus(day, -weekday);
      case 'End': return plus(day, 6 - weekday);
      case 'PageUp': return sameDayIn(monthPlus(current, -1));
      case 'PageDown': return sameDayIn(monthPlus(current, 1));
      default: return '';
    }
  }

  function onKey(event) {
    var cell = event.target;
    if (!cell.matches('td[data-day]') || event.altKey || event.ctrlKey || event.metaKey) return;
    at = cell.getAttribute('data-day');
    var next = stepFrom(event.key, at);
    if (next) walkTo(next);
    else if (event.key === 'Enter' || event.key === ' ') open(cell);
    else return;
    event.preventDefault();
  }

  /* A day with one interview opens it, any other its list. */
  function open(cell) {
    var entries = cell.querySelectorAll('.entry');
    if (entries.length === 1) entries[0].click();
    else openList(cell);
  }

  function openList(cell) {
    var sheet = document.getElementById('day-list'), list = sheet.querySelector('ul');
    if (!cell.querySelector('a')) return;
    document.getElementById('day-list-title').textContent = dayName(cell.getAttribute('data-day'));
    list.textContent = '';
    each('a', function (link) { list.appendChild(document.createElement('li')).appendChild(link.cloneNode(true)); }, cell);
    sheet.showPopover();
    list.querySelector('a').focus();
  }

  function onClick(event) {
    var cell = event.target.closest('td[data-day]');
    if (!cell || event.target.closest('a, button')) return;
    at = cell.getAttribute('data-day');
    rove(true);
    openList(cell);
  }

  /* The agenda: what is near is named so, and each day has one heading. */

  function near(day) {
    return day === today ? 'Today' : day === plus(today, 1) ? 'Tomorrow' : day === plus(today, -1) ? 'Yesterday' : '';
  }

  function headDays(now) {
    each('.agenda', function (list) {
      var before = '';
      each(':scope > li', function (item) {
        var day = item.getAttribute('data-starts-on'), ends = instant(item, 'data-ends');
        var isUnderWay = item.hasAttribute('data-open') && instant(item, 'data-starts') <= now && ends > now;
        if (isUnderWay && day < today) day = today;
        item.querySelector('[data-near]').textContent = near(day);
        item.querySelector('[data-date]').textContent = dayName(day);
        item.querySelector('.day-heading').hidden = day === before;
        item.querySelector('[data-over]').hidden = !item.hasAttribute('data-open') || ends > now;
        before = day;
      }, list);
    });
  }

  /* The timeline: where now is on the scale, and that part of it in sight. */

  function showNow(now) {
    var lanes = calendar.querySelector('.lanes');
    if (!lanes) return;
    var from = instant(lanes, 'data-from'), share = ((now || Date.now()) - from) / (instant(lanes, 'data-to') - from);
    var x = (Math.min(Math.max(share, 0), 1) * 100).toFixed(2) + '%';
    each('[data-now]', function (mark) {
      ['x', 'x1', 'x2'].forEach(function (name) { if (mark.hasAttribute(name)) mark.setAttribute(name, x); });
    }, lanes);
    if (!lanes.hasAttribute('data-seen') && lanes.clientWidth) {
      lanes.setAttribute('data-seen', '');
      lanes.scrollLeft = (lanes.scrollWidth - lanes.clientWidth) * Math.min(Math.max(share, 0), 1);
    }
  }

  function showZone() {
    var mine = Intl.DateTimeFormat().resolvedOptions().timeZone, theirs = calendar.getAttribute('data-layout-zone');
    each('[data-other-zone]', function (hint) {
      hint.hidden = !mine || mine === theirs;
      hint.textContent = 'The clock of this device is that of ' + mine + '.';
    });
  }

  function showAddress() {
    if (!/^https?:$/.test(location.protocol)) return;
    document.getElementById('feed-address').textContent = new URL('interviews.ics', location.href).href;
    each('[data-address]', function (line) { line.hidden = false; });
  }

  function start() {
    calendar.classList.add('has-views');
    each('.month', prepare, calendar);
    calendar.querySelector('.months').classList.add('single');
    calendar.addEventListener('keydown', onKey);
    calendar.addEventListener('click', onClick);
    each('[data-step]', function (button) {
      button.addEventListener('click', function () {
        if (button.getAttribute('aria-disabled') !== 'true') location.hash = 'month=' + monthPlus(current, Number(button.getAttribute('data-step')));
      });
    });
    each('[data-today]', function (button) {
      button.addEventListener('click', function () {
        at = today;
        location.hash = 'view=month';
        show();
      });
    });
    window.addEventListener('hashchange', show);
    /* A long timeline does not fit on paper; its table does. */
    window.addEventListener('beforeprint', function () {
      each('#timeline-view .lanes:not(.lanes-44) ~ details', function (table) { table.open = true; });
    });
    showZone();
    showAddress();
    show();
  }

  prepvault.onTick(function (now) {
    calendar = document.getElementById('calendar');
    if (!calendar) return;
    var day = dayAt(now);
    var turned = day !== today;
    today = day;
    headDays(now);
    showNow(now);
    each('.entry[data-ends]', function (entry) { entry.classList.toggle('over', instant(entry, 'data-ends') <= now); }, calendar);
    if (!place) start();
    else if (turned) showMonth();
  });
}(window.prepvault));
