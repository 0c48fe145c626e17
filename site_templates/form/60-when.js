/* Zones, wall times and lengths, read as the notes' own reader reads them. */
(function (prepvault) {
  'use strict';

  var form = prepvault.form = {}, clocks = {};

  function plainWord(text) { return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''); }
  form.plainWord = plainWord;

  /* The zone as the zone data spells it, or none and the one that was probably meant. */
  form.readZone = function (typed, known) {
    var text = typed.trim(), plain = plainWord(text);
    var meant = known.abbreviations[plain] || known.zones.filter(function (name) {
      return name.indexOf('/') > 0 && plainWord(name.split('/').pop()) === plainWord(text.split('/').pop());
    })[0] || '';
    if (known.zones.indexOf(text) >= 0) {
      var isDoubtful = text.indexOf('/') < 0 && known.world.indexOf(text) < 0 && known.abbreviations[text.toLowerCase()];
      return isDoubtful ? { name: '', meant: meant, isAbbreviation: true } : { name: text, meant: '' };
    }
    var same = text.indexOf('/') < 0 ? [] : known.zones.filter(function (name) { return plainWord(name) === plain; });
    if (same.length) return { name: same[0], meant: '' };
    if (known.world.indexOf(text.toUpperCase()) >= 0) return { name: text.toUpperCase(), meant: '' };
    return { name: '', meant: plain && meant };
  };

  /* A browser may be older than the zone data: then it knows no clock for a new zone. */
  function clockOf(zone) {
    if (!(zone in clocks)) {
      try {
        clocks[zone] = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
      } catch (error) { clocks[zone] = null; }
    }
    return clocks[zone];
  }
  form.knowsZone = function (zone) { return !!zone && !!clockOf(zone); };

  /* The wall time of a moment in a zone, as notes hold it: 2026-02-10T14:00:00. */
  form.wall = function (moment, zone) {
    var parts = {};
    clockOf(zone).formatToParts(moment).forEach(function (part) { parts[part.type] = part.value; });
    return ('000' + parts.year).slice(-4) + '-' + parts.month + '-' + parts.day + 'T' + parts.hour + ':' + parts.minute + ':' + parts.second;
  };

  function shifted(wall, zone, away) {
    var guess = Date.parse(wall + 'Z');
    return guess - (Date.parse(form.wall(guess + away, zone) + 'Z') - (guess + away));
  }

  /* Every moment that reads as a wall time in a zone: none where clocks go forward over it, two where they go back. */
  form.moments = function (wall, zone) {
    var found = [shifted(wall, zone, -prepvault.DAY), shifted(wall, zone, prepvault.DAY)].filter(function (moment) { return form.wall(moment, zone) === wall; });
    return found.length === 2 && found[0] === found[1] ? [found[0]] : found.sort(function (one, other) { return one - other; });
  };

  /* What somebody may have meant by a wall time that is skipped: as long before the gap, as long after it. */
  form.aroundGap = function (wall, zone) {
    return [form.wall(shifted(wall, zone, prepvault.DAY), zone), form.wall(shifted(wall, zone, -prepvault.DAY), zone)];
  };

  form.dayWords = function (wall) {
    var day = Date.parse(wall.slice(0, 10) + 'T00:00:00Z');
    function words(how) { return new Intl.DateTimeFormat('en-GB', Object.assign({ timeZone: 'UTC' }, how)).format(day); }
    return words({ weekday: 'long' }) + ' ' + words({ day: 'numeric', month: 'long', year: 'numeric' });
  };

  /* From and to on the clock of a zone, the day before it: Friday 20 February 2026, 14:30–15:15. */
  form.whenWords = function (starts, ends, zone) {
    var from = form.wall(starts, zone), to = form.wall(ends, zone);
    var isOneDay = from.slice(0, 10) === to.slice(0, 10);
    return form.dayWords(from) + ', ' + from.slice(11, 16) + (isOneDay ? '–' : ' to ' + form.dayWords(to) + ', ') + to.slice(11, 16);
  };

  form.lengthWords = function (minutes) {
    if (minutes >= 1440 && minutes % 1440 === 0) return minutes / 1440 + (minutes === 1440 ? ' day' : ' days');
    var hours = Math.floor(minutes / 60), rest = minutes % 60;
    return [hours ? hours + ' h' : '', rest ? rest + ' min' : ''].filter(Boolean).join(' ');
  };

  /* A length as people write it: 45, 1h 30m, 90 min. Null where it is none. */
  form.readMinutes = function (typed) {
    var text = typed.trim();
    if (/^[0-9]{1,9}$/.test(text)) return +text;
    var found = /^(?:([0-9]{1,2})\s*h(?:ours?|rs?)?)?\s*(?:([0-9]{1,4})\s*(?:m|min|mins|minutes?)?)?$/i.exec(text);
    return found && (found[1] || found[2]) ? (+found[1] || 0) * 60 + (+found[2] || 0) : null;
  };

  form.ownZone = function () {
    try { return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'; } catch (error) { return 'UTC'; }
  };
}(window.prepvault));
