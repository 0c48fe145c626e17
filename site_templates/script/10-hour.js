/* What a page cannot know when it is built: the hour. */
(function (prepvault) {
  'use strict';

  var each = prepvault.each, instant = prepvault.instant, distance = prepvault.distance, DAY = prepvault.DAY;

  /* An interview that was still ahead when the page was built, and is over now. */
  function endedSince(built, now) {
    return Array.prototype.some.call(document.querySelectorAll('[data-open][data-ends]'), function (item) {
      var ends = instant(item, 'data-ends');
      return ends > built && ends <= now;
    });
  }

  function showStale(now) {
    var built = Date.parse(window.prepvaultBuilt), notice = document.getElementById('stale');
    if (!notice || !built) return;
    var hasEnded = endedSince(built, now), old = now - built > DAY || hasEnded;
    notice.hidden = !old;
    if (old) {
      var text = (hasEnded ? 'An interview has ended since this page was built ' : 'This page was built ') + distance(now - built) + ' ago. Times are counted from now; what changed in the notes since then is not here. Run prepvault build.';
      if (notice.textContent !== text) notice.textContent = text;
    }
  }

  function showCountdowns(now) {
    each('[data-starts]', function (item) {
      var starts = instant(item, 'data-starts'), ends = instant(item, 'data-ends');
      var text = prepvault.countdown(now, starts, ends, item.hasAttribute('data-all-day'));
      each('[data-countdown]', function (place) {
        if (place.textContent !== text) place.textContent = text;
        place.classList.toggle('past', now >= ends);
      }, item);
      item.classList.toggle('ended', now >= ends);
    });
  }

  function sortInto(list, item, newestFirst) {
    var starts = instant(item, 'data-starts');
    var next = Array.prototype.filter.call(list.children, function (other) {
      var there = instant(other, 'data-starts');
      return other !== item && (newestFirst ? there < starts : there > starts);
    })[0] || null;
    list.insertBefore(item, next);
  }

  function rebucket(now, aheadId, behindId, emptyId) {
    var ahead = document.getElementById(aheadId), behind = document.getElementById(behindId);
    if (!ahead || !behind) return;
    each('[data-open]', function (item) {
      var isAhead = instant(item, 'data-ends') > now;
      var wanted = isAhead ? ahead : behind;
      if (item.parentNode !== wanted && (item.parentNode === ahead || item.parentNode === behind)) {
        sortInto(wanted, item, !isAhead);
      }
    }, ahead.parentNode.parentNode);
    var empty = document.getElementById(emptyId);
    if (empty) empty.hidden = ahead.children.length > 0;
    var section = document.getElementById(behindId + '-section');
    if (section) section.hidden = behind.children.length === 0;
  }

  /* The home page: what is next stands alone, then what follows, then what is over and has no result. */
  function showNext(now) {
    var lists = ['up-next', 'upcoming', 'waiting'].map(function (name) { return document.getElementById(name); });
    if (!lists[0] || !lists[1] || !lists[2]) return;
    var items = [], order = function (one, other) { return instant(one, 'data-starts') - instant(other, 'data-starts'); };
    lists.forEach(function (list) { items = items.concat(Array.prototype.slice.call(list.children)); });
    var ahead = items.filter(function (item) { return instant(item, 'data-ends') > now; }).sort(order);
    var behind = items.filter(function (item) { return instant(item, 'data-ends') <= now; }).sort(order).reverse();
    [ahead.slice(0, 1), ahead.slice(1), behind].forEach(function (wanted, at) { settle(lists[at], wanted); });
    document.getElementById('no-upcoming').hidden = ahead.length > 0;
    document.getElementById('upcoming-section').hidden = ahead.length < 2;
    document.getElementById('waiting-section').hidden = !behind.length;
  }

  function settle(list, wanted) {
    var there = Array.prototype.slice.call(list.children);
    if (there.length === wanted.length && there.every(function (item, at) { return item === wanted[at]; })) return;
    wanted.forEach(function (item) { list.appendChild(item); });
  }

  function showNextDays(now) {
    var data = document.getElementById('instants');
    if (!data) return;
    var instants = JSON.parse(data.textContent);
    each('[data-next-days]', function (place) {
      var span = Number(place.getAttribute('data-next-days')) * DAY;
      place.textContent = instants.filter(function (pair) {
        return Date.parse(pair[1]) > now && Date.parse(pair[0]) < now + span;
      }).length;
    });
  }

  function showDue(now) {
    each('[data-due]', function (item) {
      var until = item.hasAttribute('data-until') ? instant(item, 'data-until') : Infinity;
      var due = instant(item, 'data-due') <= now;
      var mark = item.querySelector(':scope > .due-mark, p > .due-mark');
      if (mark) mark.remove();
      item.classList.toggle('is-due', due);
      if (!due) return;
      mark = document.createElement('span');
      mark.className = 'due-mark';
      mark.textContent = until <= now ? ' past' : ' due now';
      (item.tagName === 'LI' && item.querySelector('p') || item).appendChild(mark);
    });
    each('[data-phase-due]', function (phase) {
      var isDue = instant(phase, 'data-phase-due') <= now;
      var mark = phase.querySelector('summary > .due-mark');
      if (mark) mark.remove();
      if (!isDue) return;
      mark = document.createElement('span');
      mark.className = 'due-mark';
      mark.textContent = ' due now';
      phase.querySelector('summary').appendChild(mark);
      if (!phase.hasAttribute('data-opened')) {
        phase.open = true;
        phase.setAttribute('data-opened', '');
      }
    });
    each('[data-moment]', function (item) { item.classList.toggle('over', instant(item, 'data-moment') <= now); });
  }

  /* What is past says nothing of today: it leaves, and what comes next moves up. */
  function showReminders(now) {
    each('[data-most]', function (list) {
      var room = Number(list.getAttribute('data-most'));
      each('[data-until]', function (item) {
        item.hidden = instant(item, 'data-until') <= now || --room < 0;
      }, list);
    });
  }

  /* The day in the vault's zone, which the calendar goes by too; the reader's own where the vault names none. */
  function dayOf(moment) {
    var body = document.body, zone = body.hasAttribute('data-zone-days') && body.getAttribute('data-zone');
    try {
      if (zone) return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);
    } catch (error) { /* A browser that does not know the zone goes by its own. */ }
    var here = new Date(moment);
    return here.getFullYear() + '-' + ('0' + (here.getMonth() + 1)).slice(-2) + '-' + ('0' + here.getDate()).slice(-2);
  }

  function showToday(now) {
    var day = dayOf(now);
    each('[data-date-line]', function (place) {
      if (place.getAttribute('datetime') === day) return;
      place.setAttribute('datetime', day);
      place.textContent = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' }).format(Date.parse(day)).replace(',', '');
    });
  }

  /* Answers that are out: days are counted from the reader's day. The build says the same words. */
  function showWaits(now) {
    var today = Date.parse(dayOf(now));
    function until(item, name) { return Math.round((Date.parse(item.getAttribute(name)) - today) / DAY); }
    function days(number) { return number + (number === 1 ? ' day' : ' days'); }
    each('[data-wait]', function (item) {
      var words = item.querySelector('[data-wait-words]'), text;
      if (item.hasAttribute('data-promised')) {
        var left = until(item, 'data-promised');
        text = left < 0 ? days(-left) + ' past their own date' : left ? 'promised in ' + days(left) : 'promised for today';
      } else text = days(Math.max(0, -until(item, 'data-held'))) + ' without a word';
      if (words.textContent !== text) words.textContent = text;
      item.classList.toggle('late', until(item, 'data-ask') <= 0 && !item.hasAttribute('data-asked'));
    });
  }

  /* A reader whose clock differs from the vault's zone is told their own hour beside it. */
  function clockIn(moment, zone) {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(moment).replace(',', '');
  }

  function showHere(now) {
    var zone = document.body.getAttribute('data-zone'), own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    try { clockIn(now, zone); } catch (error) { return; }
    function differs(moment) { return clockIn(moment, zone) !== clockIn(moment, undefined); }
    each('[data-here]', function (place) {
      var starts = instant(place, 'data-here');
      place.hidden = !differs(starts);
      if (!place.hidden) place.textContent = clockIn(starts, undefined) + ' on this device';
    });
    each('[data-elsewhere]', function (place) {
      place.hidden = !differs(now);
      if (!place.hidden) place.textContent = '; this device is in ' + own.replace(/_/g, ' ');
    });
  }

  prepvault.onTick(function (now) {
    showStale(now);
    showNext(now);
    rebucket(now, 'ahead', 'behind', 'no-ahead');
    showCountdowns(now);
    showNextDays(now);
    showDue(now);
    showReminders(now);
    showToday(now);
    showWaits(now);
    showHere(now);
  });
}(window.prepvault));
