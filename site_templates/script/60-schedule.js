/* The form that makes a note. */
(function (prepvault) {
  'use strict';

  var each = prepvault.each, DAY = prepvault.DAY;

  function slug(text) {
    var plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
    return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '');
  }

  function cut(text, length) { return Array.from(text).slice(0, length).join(''); }

  function yamlText(text) {
    var line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').replace(/[\ufeff\ufffe\uffff]+/g, '').trim();
    var plain = /^[A-Za-z\u00c0-\u024f][^\n:#"'\\`<>{}[\],&*!|%@?]*$/.test(line) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(line);
    return plain ? line : JSON.stringify(line).replace(/<%/g, '<\\u0025');
  }

  function fileName(text) {
    var name = text.replace(/[\\/:*?"<>|#^[\]\u0000-\u001f]+/g, ' ').replace(/\s+/g, ' ').replace(/^[. ]+|[. ]+$/g, '');
    return cut(name, 80).trim() || 'Interview';
  }

  /* The wall time of a moment in a zone, as notes hold it */
  function stampOf(moment, zone) {
    var parts = {};
    new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(moment).forEach(function (part) { parts[part.type] = part.value; });
    return parts.year + '-' + parts.month + '-' + parts.day + 'T' + parts.hour + ':' + parts.minute + ':' + parts.second;
  }

  /* The zone as the zone data spells it, empty where there is none: an abbreviation or an offset is none */
  function zoneOf(text) {
    var typed = text.trim().replace(/\s+/g, '_'), found = '';
    if (!/[A-Za-z]/.test(typed) || (/^[a-z]{2,4}(\d[a-z]{3})?$/i.test(typed) && !/^(utc|gmt)$/i.test(typed))) return '';
    try { found = new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone; } catch (error) { return ''; }
    /* Browsers answer some names with an older one, Asia/Kolkata with Asia/Calcutta: then a well spelled name stands. */
    var isOther = found.toLowerCase() !== typed.toLowerCase();
    return isOther && /^[A-Z][a-z]+(\/[A-Z][a-z]+([_-][A-Z]?[a-z]+)*)+$/.test(typed) ? typed : found;
  }

  function realDate(text) {
    var parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
    if (!parts) return false;
    var date = new Date(Date.UTC(+parts[1], +parts[2] - 1, +parts[3], +parts[4], +parts[5]));
    return date.getUTCMonth() === +parts[2] - 1 && date.getUTCDate() === +parts[3];
  }

  /* Clocks that go forward skip an hour: no moment around there reads as a time within it. */
  function isSkipped(text, zone) {
    var wall = text.slice(0, 16), guess = Date.parse(wall + ':00Z');
    return ![-DAY, DAY].some(function (away) {
      var offset = Date.parse(stampOf(guess + away, zone) + 'Z') - (guess + away);
      return stampOf(guess - offset, zone).slice(0, 16) === wall;
    });
  }

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

  function notesProblem(text) {
    if (/(<!--|%%)\s*prepvault:/.test(text)) return 'The notes should not hold the marks that PrepVault puts around its own text: leave out “prepvault:”';
    if (/^<{7}( |$)/m.test(text) && /^>{7}( |$)/m.test(text)) return 'The notes should not hold the marks of a merge: leave out the lines of <<<<<<< and >>>>>>>';
    var mark = openMark(text);
    return mark && 'The notes open ' + mark + ' and never close it: write its end too';
  }

  function problemsOf(values) {
    var problems = [];
    function need(name, label) { if (!values[name].trim()) problems.push([name, label + ' is missing']); }
    need('company', 'The company');
    need('role', 'The role');
    var year = +values.scheduled_at.slice(0, 4), zone = zoneOf(values.timezone), notes = notesProblem(values.notes);
    if (!realDate(values.scheduled_at)) problems.push(['scheduled_at', 'The date and time should be complete, like 10 February 2026, 14:00']);
    else if (year < 1970 || year > 2100) problems.push(['scheduled_at', 'The year should be from 1970 to 2100']);
    else if (zone && isSkipped(values.scheduled_at, zone)) problems.push(['scheduled_at', 'That time does not exist in ' + zone + ' on that day: clocks go forward over it']);
    if (!zone) problems.push(['timezone', 'The time zone should be a name like Europe/Berlin']);
    if (values.duration_minutes && !(/^\d{1,4}$/.test(values.duration_minutes) && +values.duration_minutes >= 1 && +values.duration_minutes <= 1440)) {
      problems.push(['duration_minutes', 'The minutes should be a whole number from 1 to 1440']);
    }
    if (notes) problems.push(['notes', notes]);
    return problems;
  }

  function noteOf(values, vault, now) {
    var name = function (key) { return vault.properties[key] || key; };
    var lines = ['---'];
    function add(key, text) { if (text) lines.push(name(key) + ': ' + text); }
    var people = values.interviewer.split(',').map(function (each) { return each.trim(); }).filter(Boolean);
    add('id', yamlText('int_' + (cut(values.job_id.trim(), 150) || slug(values.company) || 'interview') + '_' + Math.floor(now / 1000)));
    add('job_id', values.job_id.trim() && yamlText(values.job_id));
    add('company', yamlText(values.company));
    add('role', yamlText(values.role));
    add('interview_type', values.interview_type);
    add('scheduled_at', values.scheduled_at.length === 16 ? values.scheduled_at + ':00' : values.scheduled_at);
    add('timezone', zoneOf(values.timezone));
    add('duration_minutes', values.duration_minutes && String(+values.duration_minutes));
    if (people.length) {
      lines.push(name('interviewer') + ':');
      people.forEach(function (person) { lines.push('  - ' + yamlText(person)); });
    }
    add('location', values.location.trim() && yamlText(values.location));
    add('status', 'scheduled');
    add('created_at', stampOf(now, zoneOf(values.timezone)));
    lines.push('---', '');
    if (values.notes.trim()) lines.push(values.notes.trim().replace(/\r\n?/g, '\n').replace(/<%/g, '<\u200b%'), '');
    return lines.join('\n');
  }

  function showProblems(form, problems) {
    var box = document.getElementById('problems'), list = document.createElement('ul');
    each('.fault', function (told) { told.remove(); }, form);
    each('[aria-invalid]', function (field) {
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-describedby');
    }, form);
    box.textContent = '';
    problems.forEach(function (problem) {
      var item = document.createElement('li');
      item.textContent = problem[1];
      list.appendChild(item);
      var field = form.elements[problem[0]], told = document.createElement('p');
      told.className = 'fault';
      told.id = 'fault-' + problem[0];
      told.textContent = problem[1];
      field.parentNode.appendChild(told);
      field.setAttribute('aria-invalid', 'true');
      field.setAttribute('aria-describedby', told.id);
    });
    box.appendChild(list);
    box.hidden = !problems.length;
    if (problems.length) form.elements[problems[0][0]].focus();
  }

  function showNote(values, vault) {
    var type = document.querySelector('#interview_type option:checked').textContent;
    var file = fileName(values.company.trim() + ' ' + type + ' ' + values.scheduled_at.slice(0, 10));
    var path = vault.folder + '/' + file + '.md', text = noteOf(values, vault, Date.now());
    document.getElementById('result-text').textContent = text;
    document.getElementById('result-path').textContent = path;
    document.getElementById('result-when').textContent = new Date(values.scheduled_at.slice(0, 16) + ':00Z').toLocaleString('en-GB', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' }) + ' (' + zoneOf(values.timezone) + ')';
    document.getElementById('result-obsidian').href = 'obsidian://new?vault=' + encodeURIComponent(vault.vault) + '&file=' + encodeURIComponent(vault.folder + '/' + file) + '&content=' + encodeURIComponent(text);
    var download = document.getElementById('result-download');
    download.href = 'data:text/markdown;charset=utf-8,' + encodeURIComponent(text);
    download.setAttribute('download', file + '.md');
    document.getElementById('result').hidden = false;
    document.getElementById('result-title').focus();
  }

  function wireSchedule(form) {
    var vault = JSON.parse(document.getElementById('vault').textContent);
    var zones = document.getElementById('zones'), type = form.elements.interview_type, minutes = form.elements.duration_minutes;
    if (Intl.supportedValuesOf) {
      Intl.supportedValuesOf('timeZone').forEach(function (zone) {
        var option = document.createElement('option');
        option.value = zone;
        zones.appendChild(option);
      });
    }
    function usual() { minutes.placeholder = type.selectedOptions[0].getAttribute('data-minutes'); }
    type.addEventListener('change', usual);
    usual();
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      var values = {};
      each('[name]', function (field) { values[field.name] = field.validity.badInput ? '?' : field.value.replace(/[\u0000\ud800-\udfff]/gu, '\ufffd'); }, form);
      var problems = problemsOf(values);
      showProblems(form, problems);
      document.getElementById('result').hidden = problems.length > 0;
      if (!problems.length) showNote(values, vault);
    });
  }

  prepvault.onReady(function () {
    var form = document.getElementById('schedule');
    if (form) wireSchedule(form);
  });
}(window.prepvault));
