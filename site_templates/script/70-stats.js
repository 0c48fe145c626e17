/* The page of figures: a number opens its notes where it stands, and today's line moves on. */
(function (prepvault) {
  'use strict';

  var GAP = 8;

  /* Notes lie in folded places inside folded places: open all of those around the one that an address names. */
  function unfold() {
    var target = document.getElementById(location.hash.slice(1)), around = target && target.closest('.counted details');
    if (!around) return;
    while (around) {
      around.open = true;
      around = around.parentElement.closest('details');
    }
    target.scrollIntoView();
  }

  /* Beside the number where there is room, else in the middle as any sheet. */
  function place(sheet, link) {
    var at = link.getBoundingClientRect(), width = sheet.offsetWidth, height = sheet.offsetHeight;
    var top = at.bottom + GAP + height < window.innerHeight ? at.bottom + GAP : at.top - GAP - height;
    sheet.classList.toggle('near', top > 0);
    sheet.style.left = Math.max(GAP, Math.min(at.left, window.innerWidth - width - GAP)) + 'px';
    sheet.style.top = top + 'px';
    if (top <= 0) sheet.removeAttribute('style');
  }

  function show(sheet, link) {
    var found = document.getElementById(link.getAttribute('href').slice(1));
    if (!found || !found.hasAttribute('data-title')) return false;
    var title = sheet.querySelector('h2'), inside = sheet.querySelector('[data-counted]');
    title.textContent = found.getAttribute('data-title');
    inside.textContent = '';
    Array.prototype.forEach.call(found.children, function (part) { inside.appendChild(part.cloneNode(true)); });
    prepvault.each('[id]', function (part) { part.removeAttribute('id'); }, inside);
    sheet.showPopover();
    place(sheet, link);
    title.focus();
    return true;
  }

  /* A click with a key held opens the list in another place, as with any link. */
  function wire(sheet) {
    document.addEventListener('click', function (event) {
      var link = event.target.closest('a.count, a.figure');
      if (!link || link.getAttribute('href').charAt(0) !== '#') return;
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (show(sheet, link)) event.preventDefault();
    });
    sheet.addEventListener('toggle', function (event) {
      if (event.newState === 'closed') sheet.removeAttribute('style');
    });
  }

  function moveToday(now) {
    prepvault.each('.strands[data-from][data-to]', function (lanes) {
      var from = prepvault.instant(lanes, 'data-from'), to = prepvault.instant(lanes, 'data-to');
      var at = (2 + (now - from) / (to - from) * 96).toFixed(2) + '%', isWithin = now >= from && now <= to;
      prepvault.each('line.now', function (line) {
        line.setAttribute('x1', at);
        line.setAttribute('x2', at);
        line.classList.toggle('gone', !isWithin);
      }, lanes);
      lanes.querySelector('[data-lane-day]').textContent = isWithin ? 'today' : 'today, which lies beyond';
    });
  }

  prepvault.onTick(moveToday);
  prepvault.onReady(function () {
    var sheet = document.getElementById('counted-sheet');
    window.addEventListener('hashchange', unfold);
    unfold();
    if (sheet && sheet.showPopover) wire(sheet);
  });
}(window.prepvault));
