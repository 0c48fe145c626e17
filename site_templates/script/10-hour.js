/* What a page cannot know when it is built: the hour. */
(function (prepvault) {
  'use strict';

  var each = prepvault.each, instant = prepvault.instant, distance = prepvault.distance, DAY = prepvault.DAY;

  function showStale(now) {
    var built = Date.parse(window.prepvaultBuilt), notice = document.getElementById('stale');
    if (!notice || !built) return;
    var old = now - built > DAY;
    notice.hidden = !old;
    if (old) {
      var text = 'This page was built ' + distance(now - built) + ' ago. Times are counted from now; what changed in the notes since then is not here. Run prepvault build.';
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

  prepvault.onTick(function (now) {
    showStale(now);
    rebucket(now, 'upcoming', 'waiting', 'no-upcoming');
    rebucket(now, 'ahead', 'behind', 'no-ahead');
    showCountdowns(now);
    showNextDays(now);
    showDue(now);
  });
}(window.prepvault));
