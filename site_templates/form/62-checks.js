/* What is wrong with a new interview, by the rules and in the words of `prepvault check`. */
(function (prepvault) {
  'use strict';

  var form = prepvault.form;

  function shown(text) { return text.length <= 60 ? text : text.slice(0, 59) + '…'; }

  /* A problem names its field and the code that `check` would give; `use` is a value that would mend it. */
  function problem(field, code, text, use) { return { field: field, code: code, text: text, use: use || [] }; }

  function checkRequired(booking, known, found) {
    ['company', 'role'].forEach(function (name) {
      if (!booking[name]) found.push(problem(name, 'property/missing', (name === 'role' ? 'Role' : 'Company') + ' is missing: ' + known.rules[name]));
    });
  }

  function realDay(day) {
    var date = new Date(Date.parse(day + 'T00:00:00Z'));
    return /^\d{4}-\d\d-\d\d$/.test(day) && !isNaN(date) && date.toISOString().slice(0, 10) === day;
  }

  function checkTime(booking, known, found) {
    var year = +booking.day.slice(0, 4);
    if (!booking.day) return found.push(problem('date', 'property/missing', 'Date is missing: the day of the interview'));
    if (year < known.years[0] || year > known.years[1]) return found.push(problem('date', 'date/far', 'Date should be a day, found ' + shown(booking.day) + ': the year ' + year + ' cannot be meant'));
    if (!realDay(booking.day)) return found.push(problem('date', 'date/impossible', 'Date should be a day, found ' + shown(booking.day) + ': there is none'));
    if (!booking.allDay && !booking.wall) return found.push(problem('time', 'date/unreadable', 'Time is missing: write the hour too, or say that it takes the whole day'));
    if (booking.wall && form.knowsZone(booking.zone) && !booking.moments.length) {
      var around = form.aroundGap(booking.wall, booking.zone).map(function (wall) { return wall.slice(11, 16); });
      found.push(problem('time', 'date/gap', booking.wall.slice(11, 16) + ' does not exist in ' + booking.zone + ' on ' + booking.day + ': clocks go forward over it; did you mean ' + around.join(' or ') + '?', around));
    }
  }

  function checkZone(booking, found) {
    var read = booking.zoneRead, use = read.meant ? [read.meant] : [], typed = booking.zoneText;
    var hint = read.meant ? '; did you mean ' + read.meant + '?' : ': write one like Europe/Berlin';
    if (!typed) found.push(problem('timezone', 'zone/unknown', 'Time zone is missing: write one like Europe/Berlin'));
    else if (read.isAbbreviation) found.push(problem('timezone', 'zone/abbreviation', typed + ' is an abbreviation whose summer time may not be the one you mean' + hint, use));
    else if (!booking.zone && /^(utc|gmt)?\s*[+-]\s*\d{1,2}(:?\d\d)?$/i.test(typed)) found.push(problem('timezone', 'zone/unknown', 'An offset is no zone, it changes with summer time: name a city like Europe/Berlin'));
    else if (!booking.zone) found.push(problem('timezone', 'zone/unknown', 'No time zone is called ' + shown(typed) + hint, use));
  }

  function checkNumber(field, label, number, typed, bounds, found) {
    if (!typed) return;
    if (number === null) found.push(problem(field, 'property/type', label + ' should be a whole number, found ' + shown(typed)));
    else if (number < bounds[0] || number > bounds[1]) found.push(problem(field, 'property/range', label + ' should be a number from ' + bounds[0] + ' to ' + bounds[1] + ', found ' + shown(typed)));
  }

  function checkNotes(text, found) {
    if (/(<!--|%%)\s*prepvault:/.test(text)) found.push(problem('notes', 'coaching/unbalanced', 'The notes should not hold the marks that PrepVault puts around its own text: leave out “prepvault:”'));
    if (/^<{7}( |$)/m.test(text) && /^>{7}( |$)/m.test(text)) found.push(problem('notes', 'coaching/conflict', 'The notes should not hold the marks of a merge: leave out the lines of <<<<<<< and >>>>>>>'));
  }

  function isSame(one, other) { return one.trim().toLowerCase() === other.trim().toLowerCase(); }

  function checkTwin(booking, known, found) {
    var twin = booking.starts !== null && !booking.allDay && known.booked.filter(function (each) {
      return isSame(each.company, booking.company) && each.type === booking.type && Date.parse(each.starts) === booking.starts;
    })[0];
    if (twin) found.push(problem('company', 'interview/overlap', 'This interview is scheduled already: ' + twin.title));
    return !!twin;
  }

  form.findProblems = function (booking, known) {
    var found = [], round = /^[0-9]{1,9}$/.test(booking.round) ? +booking.round : null;
    checkRequired(booking, known, found);
    checkTime(booking, known, found);
    checkZone(booking, found);
    checkNumber('duration_minutes', 'Length in minutes', booking.minutes, booking.minutesText, known.bounds.duration_minutes, found);
    checkNumber('round', 'Round', round, booking.round, known.bounds.round, found);
    checkNotes(booking.notes, found);
    checkTwin(booking, known, found);
    return found;
  };

  /* Markdown whose end is missing swallows everything that is later written below it. */
  var PAIRS = [[/^<!--/, /-->/], [/^<(script|pre|style|textarea)(\s|>|$)/i, /<\/(script|pre|style|textarea)>/i], [/^<\?/, /\?>/], [/^<!\[CDATA\[/, /\]\]>/], [/^<![A-Za-z]/, />/]];

  function openMark(text) {
    var fence = null, html = null, open = { '%%': false, '$$': false };
    text.split(/\r\n?|\n/).forEach(function (line) {
      var plain = line.replace(/^(\s*([-+*]|\d{1,9}[.)])\s+|\s*>\s?)+/, function (lead) { return lead.replace(/\S/g, ' '); });
      var rest = plain.trim(), indent = plain.length - plain.trimStart().length;
      var mark = /^(`{3,}(?=[^`]*$)|~{3,})/.exec(rest);
      if (fence) {
        if (mark && rest === mark[0] && rest[0] === fence.mark[0] && rest.length >= fence.mark.length && indent <= fence.indent + 3) fence = null;
        return;
      }
      if (html) {
        if (html[1].test(rest)) html = null;
        return;
      }
      if (mark) {
        fence = { mark: mark[0], indent: indent };
        return;
      }
      html = PAIRS.filter(function (pair) { return pair[0].test(rest) && !pair[1].test(rest); })[0] || null;
      Object.keys(open).forEach(function (sign) {
        if ((rest.split(sign).length - 1) % 2 && (open[sign] || rest.indexOf(sign) === 0)) open[sign] = !open[sign];
      });
    });
    if (fence) return fence.mark;
    if (html) return html[0] === PAIRS[0][0] ? '<!--' : 'HTML';
    return Object.keys(open).filter(function (sign) { return open[sign]; })[0] || '';
  }

  function remark(code, text) { return { code: code, text: text }; }

  function remarkOnTime(booking, now, found) {
    if (booking.starts === null) return;
    var own = form.ownZone(), hour = +form.wall(booking.starts, own).slice(11, 13);
    if (booking.moments.length > 1 && booking.wall) found.push(remark('date/ambiguous', booking.wall.slice(11, 16) + ' happens twice in ' + booking.zone + ' on ' + booking.day + ', clocks go back over it; the first is used'));
    if (booking.allDay ? form.wall(now, booking.zone).slice(0, 10) > booking.day : booking.ends <= now) found.push(remark('past', 'That time is over already'));
    else if (!booking.allDay && booking.starts <= now) found.push(remark('past', 'That time has begun already'));
    if (!booking.allDay && (hour < 7 || hour >= 22)) found.push(remark('night', 'That is at night where you are: ' + form.wall(booking.starts, own).slice(11, 16) + ' in ' + own));
  }

  function remarkOnOthers(booking, known, found) {
    if (booking.starts === null || booking.allDay) return;
    known.booked.forEach(function (each) {
      var starts = Date.parse(each.starts), ends = Date.parse(each.ends);
      if (booking.ends <= starts || booking.starts >= ends) return;
      var wall = form.wall(starts <= booking.starts ? ends : starts, booking.zone).slice(11, 16);
      found.push(remark('interview/overlap', starts <= booking.starts ? 'This begins while ' + each.title + ' still runs, until ' + wall : each.title + ' begins at ' + wall + ', while this still runs'));
    });
  }

  function remarkOnJob(booking, known, found) {
    var job = known.jobs.filter(function (each) { return each.id === booking.job; })[0];
    var one = job && form.plainWord(job.company), other = form.plainWord(booking.company);
    if (one && other && one.indexOf(other) < 0 && other.indexOf(one) < 0) found.push(remark('job/two-companies', 'The application ' + booking.job + ' is ' + booking.company + ' here but ' + job.company + ' in another note: one application is at one company'));
  }

  /* What may be meant as it is, and is worth a second look. */
  form.findRemarks = function (booking, known, now) {
    var found = [], mark = openMark(booking.notes);
    remarkOnTime(booking, now, found);
    remarkOnOthers(booking, known, found);
    remarkOnJob(booking, known, found);
    if (booking.zone && !form.knowsZone(booking.zone)) found.push(remark('clock', 'This browser does not know the clock of ' + booking.zone + ', so its hours cannot be shown here; the note is right all the same'));
    if (mark) found.push(remark('coaching/no-room', 'The notes open ' + mark + ' and never close it, so all that is later written below them would be part of it'));
    return found;
  };
}(window.prepvault));
