/* How many days something is late, by the reader's own clock. */
(function (prepvault) {
  'use strict';

  prepvault.onTick(function (now) {
    prepvault.each('[data-since]', function (mark) {
      var days = Math.floor((now - prepvault.instant(mark, 'data-since')) / prepvault.DAY);
      var text = days < 1 ? mark.getAttribute('data-word') : days === 1 ? '1 day overdue' : days + ' days overdue';
      mark.hidden = days < 0;
      if (mark.textContent !== text) mark.textContent = text;
    });
  });
}(window.prepvault));
