/* What every script of the page uses: finding elements, counting time, running at the start and by the clock. */
window.prepvault = {};
(function (prepvault) {
  'use strict';

  var MINUTE = 60000, ready = [], ticks = [];

  /* What a reader chose stays with the browser; where it may keep nothing, the choice lasts as long as the page. */
  var kept = {};
  prepvault.recall = function (name) {
    try { return window.localStorage.getItem('prepvault.' + name) || kept[name] || ''; } catch (error) { return kept[name] || ''; }
  };
  prepvault.remember = function (name, value) {
    kept[name] = value;
    try { window.localStorage.setItem('prepvault.' + name, value); } catch (error) { /* It may keep nothing. */ }
  };

  /* Before the page is drawn, so that it never flashes in the wrong colours. */
  prepvault.showTheme = function (theme) {
    if (theme) document.documentElement.setAttribute('data-theme', theme);
    else document.documentElement.removeAttribute('data-theme');
  };
  prepvault.showTheme(prepvault.recall('theme'));

  prepvault.DAY = 86400000;

  prepvault.each = function (selector, run, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), run);
  };

  /* How far away a moment is, in at most two units; the build counts the same way. */
  prepvault.distance = function (milliseconds) {
    var minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
    var days = Math.floor(minutes / 1440), hours = Math.floor(minutes / 60) % 24, rest = minutes % 60;
    if (days >= 14) return days + ' days';
    if (days) return days + (days === 1 ? ' day' : ' days') + (hours ? ' ' + hours + ' h' : '');
    if (hours) return hours + ' h' + (rest ? ' ' + rest + ' min' : '');
    return rest ? rest + ' min' : 'less than a minute';
  };

  prepvault.countdown = function (now, starts, ends, allDay) {
    if (now < starts) return 'in ' + prepvault.distance(starts - now);
    if (now < ends && allDay) return 'today';
    if (now < ends) return 'now, ' + prepvault.distance(ends - now) + ' left';
    return 'ended ' + prepvault.distance(now - ends) + ' ago';
  };

  prepvault.instant = function (element, name) { return Date.parse(element.getAttribute(name)); };

  /* `run` is called once, when the page can be read. */
  prepvault.onReady = function (run) { ready.push(run); };

  /* `run` is called with the moment: at the start, every half minute, and when the page is looked at again. */
  prepvault.onTick = function (run) { ticks.push(run); };

  /* What fails is told, and stops nothing else: a template of one's own may lack what a script looks for. */
  function runAll(runs, value) {
    runs.forEach(function (run) {
      try { run(value); } catch (error) { window.setTimeout(function () { throw error; }); }
    });
  }

  function tick() { runAll(ticks, Date.now()); }

  document.addEventListener('DOMContentLoaded', function () {
    tick();
    window.setInterval(tick, 30000);
    prepvault.each('.js', function (element) { element.hidden = false; });
    runAll(ready);
  });
  document.addEventListener('visibilitychange', function () { if (!document.hidden) tick(); });
}(window.prepvault));
