/* The note of a new interview, letter for letter as `prepvault schedule` would write it. */
(function (prepvault) {
  'use strict';

  var form = prepvault.form;

  function cut(text, length) { return Array.from(text).slice(0, length).join(''); }

  /* One line, as a property holds it. */
  form.line = function (text) {
    return text.replace(/[\t-\r\u001c- \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g, ' ').trim();
  };

  /* A text that begins or ends like this, or holds one of these, does not stand without quotes. */
  var NEEDS_QUOTES = /^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/;
  var ESCAPED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]/u;
  var DOUBLE_QUOTED = /[\\"\n\t\r]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]/gu;
  var NAMED = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f' };
  var NO_TEXT = /^(|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;

  function isPlain(text) {
    return !NO_TEXT.test(text) && text.indexOf('<%') < 0 && !NEEDS_QUOTES.test(text) && !ESCAPED.test(text);
  }

  function quoted(text) {
    if (text.indexOf('"') >= 0 && text.indexOf("'") < 0 && text.indexOf('<%') < 0 && !ESCAPED.test(text)) return "'" + text + "'";
    return '"' + text.replace(DOUBLE_QUOTED, function (letter) {
      return NAMED[letter] || '\\u' + ('000' + letter.charCodeAt(0).toString(16)).slice(-4);
    }).replace(/<%/g, '\\u003C%') + '"';
  }

  form.yamlText = function (text) { return isPlain(text) ? text : quoted(text); };

  function yamlKey(name) { return isPlain(name) && !/[[\]{},:]|^[?.-]/.test(name) ? name : quoted(name); }

  form.slug = function (text) {
    var plain = text.toLowerCase().replace(/ß/g, 'ss').replace(/æ/g, 'ae').replace(/œ/g, 'oe').replace(/ø/g, 'o').replace(/ł/g, 'l').replace(/đ/g, 'd');
    return plain.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 70).replace(/-+$/, '');
  };

  /* As `schedule` makes it; an id that another note has gets a number behind it. */
  function idOf(booking, known) {
    var isSafe = booking.job.length <= 80 && /^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$/.test(booking.job);
    var name = isSafe ? booking.job : form.slug(booking.job || booking.company) || 'interview';
    var wanted = 'int_' + name + '_' + Math.floor((booking.starts || 0) / 1000), found = wanted;
    for (var number = 2; known.taken.ids.indexOf(found) >= 0; number += 1) found = wanted + '_' + number;
    return found;
  }

  var DEVICE = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/i;

  /* What file systems, links and sync services dislike is left out. */
  form.fileName = function (parts) {
    var text = parts.join(' ').normalize('NFC').replace(/[\p{Z}\p{C}]/gu, ' ').replace(/[\\/:*?"<>|#^[\]%]/g, ' ');
    text = form.line(text).replace(/^[. ]+|[. ]+$/g, '');
    while (new TextEncoder().encode(text).length > 120) text = cut(text, Array.from(text).length - 1).replace(/[. ]+$/, '');
    return DEVICE.test(text.split('.')[0]) ? text + ' note' : text || 'Interview';
  };

  form.freeName = function (booking, known) {
    var name = form.fileName([booking.day, booking.company, known.types[booking.type].label]), found = name;
    var taken = known.taken.files.map(function (file) { return file.normalize('NFC').toLowerCase(); });
    for (var number = 2; taken.indexOf(found.toLowerCase() + '.md') >= 0; number += 1) found = name + ' ' + number;
    return found;
  };

  /* People are parted at commas and at "and", but not inside brackets; a job after a comma belongs to its person. */
  form.readPeople = function (typed, jobWords) {
    var isJob = new RegExp(jobWords, 'iu'), parts = [''], depth = 0, people = [];
    typed.split(/([,;\n()[\]]|\s+(?:and|&)\s+)/).forEach(function (piece) {
      if (/^[([]$/.test(piece)) depth += 1;
      if (/^[)\]]$/.test(piece)) depth = Math.max(0, depth - 1);
      if (!depth && /^([,;\n]|\s+(and|&)\s+)$/.test(piece)) parts.push('');
      else parts[parts.length - 1] += piece;
    });
    parts.map(form.line).filter(Boolean).forEach(function (part) {
      var last = people[people.length - 1];
      if (last && part.indexOf('[[') < 0 && isJob.test(part) && !/[()]/.test(last + part)) people[people.length - 1] = last + ' (' + part + ')';
      else people.push(part);
    });
    return people;
  };

  /* What a form says, in the words of notes: everything that could be read, and as typed what could not. */
  form.read = function (values, known) {
    var zone = form.readZone(values.timezone, known), minutes = form.readMinutes(values.duration_minutes);
    var wall = values.date && !values.all_day && values.time ? values.date + 'T' + (values.time + ':00').slice(0, 8) : '';
    var booking = {
      company: form.line(values.company), role: form.line(values.role), type: values.interview_type,
      day: values.date, wall: wall, allDay: !!values.all_day, zone: zone.name, zoneRead: zone, zoneText: form.line(values.timezone),
      minutes: minutes, minutesText: form.line(values.duration_minutes), people: form.readPeople(values.interviewer, known.jobWords),
      place: form.line(values.location), job: form.line(values.job_id), round: form.line(values.round), notes: values.notes.trim(),
      moments: [], starts: null, ends: null
    };
    if (form.knowsZone(zone.name) && booking.day && (wall || booking.allDay)) {
      booking.moments = form.moments(wall || booking.day + 'T00:00:00', zone.name);
      booking.starts = booking.moments.length ? booking.moments[0] : null;
      if (booking.starts !== null) booking.ends = booking.starts + 60000 * (minutes || known.types[booking.type].minutes);
    }
    return booking;
  };

  /* The properties in the order of the documentation, what was not said left out. */
  form.properties = function (booking) {
    var round = /^[0-9]{1,9}$/.test(booking.round) ? +booking.round : booking.round;
    var said = {
      job_id: booking.job, company: booking.company, role: booking.role, interview_type: booking.type,
      scheduled_at: booking.allDay ? booking.day : booking.wall || booking.day && booking.day + 'T',
      timezone: booking.zone || booking.zoneText,
      duration_minutes: booking.minutesText && (booking.minutes === null ? booking.minutesText : booking.minutes),
      interviewer: booking.people, location: booking.place, round: round
    };
    Object.keys(said).forEach(function (name) { if (said[name] === '' || said[name].length === 0) delete said[name]; });
    return said;
  };

  form.noteOf = function (booking, known, now) {
    var lines = ['---'];
    function add(name, value) {
      var key = yamlKey(known.properties[name] || name);
      if (Array.isArray(value)) lines.push.apply(lines, [key + ':'].concat(value.map(function (each) { return '  - ' + form.yamlText(each); })));
      else lines.push(key + ': ' + (typeof value === 'number' || name === 'scheduled_at' || name === 'created_at' ? value : form.yamlText(value)));
    }
    add('id', idOf(booking, known));
    var said = form.properties(booking);
    Object.keys(said).forEach(function (name) { add(name, said[name]); });
    add('status', 'scheduled');
    add('created_at', form.wall(now, form.knowsZone(booking.zone) ? booking.zone : 'UTC'));
    lines.push('---', '', '## Notes', '');
    if (booking.notes) lines.push(booking.notes.replace(/\r\n?/g, '\n').replace(/<%/g, '<\u200b%'), '');
    return lines.join('\n');
  };
}(window.prepvault));
