/* The form that makes a note: what is typed is read, checked, said back and handed over. */
(function (prepvault) {
  'use strict';

  var form = prepvault.form;
  var LONGEST_LINK = 2000;

  function setText(element, text) { if (element.textContent !== text) element.textContent = text; }

  function showUnderstood(booking, known, now) {
    var when = document.querySelector('.understood-when'), own = document.querySelector('.understood-own'), zone = form.ownZone();
    var isTimed = booking.starts !== null && !booking.allDay;
    when.classList.toggle('quiet', booking.starts === null);
    if (booking.starts === null) setText(when, 'Say on which day, at what time and in which zone: here it is said back in words.');
    else if (booking.allDay) setText(when, form.dayWords(booking.day) + ', all day (' + booking.zone + ')');
    else setText(when, form.whenWords(booking.starts, booking.ends, booking.zone) + ' (' + booking.zone + ')');
    var here = isTimed ? form.whenWords(booking.starts, booking.ends, zone) : '';
    var isSame = isTimed && here === form.whenWords(booking.starts, booking.ends, booking.zone);
    var distance = isTimed && booking.starts > now ? 'In ' + prepvault.distance(booking.starts - now) + '. ' : '';
    setText(own, isTimed ? distance + (isSame ? 'That is your own clock too.' : 'For you: ' + here + ' (' + zone + ')') : '');
  }

  function showRemarks(remarks) {
    var list = document.getElementById('remarks'), texts = remarks.map(function (remark) { return remark.text; }).join('\n');
    if (list.getAttribute('data-texts') === texts) return;
    list.setAttribute('data-texts', texts);
    list.textContent = '';
    remarks.forEach(function (remark) {
      var item = document.createElement('li');
      item.className = 'notice warn';
      item.setAttribute('data-code', remark.code);
      item.textContent = remark.text;
      list.appendChild(item);
    });
  }

  function encoded(text) { return encodeURIComponent(text.normalize('NFC')); }

  function showWays(name, text, known) {
    var link = 'obsidian://new?vault=' + encoded(known.vault) + '&file=' + encoded(known.folder + '/' + name) + '&content=' + encodeURIComponent(text);
    var obsidian = document.getElementById('result-obsidian'), long = document.getElementById('result-long'), isLong = link.length > LONGEST_LINK;
    obsidian.href = link;
    obsidian.classList.toggle('primary', !isLong);
    long.hidden = !isLong;
    if (isLong) setText(long, 'The link for Obsidian has ' + link.length.toLocaleString('en') + ' characters, and some systems open none over ' + LONGEST_LINK.toLocaleString('en') + ': if nothing happens, copy the text or download the note.');
    var download = document.getElementById('result-download');
    download.href = 'data:text/markdown;charset=utf-8,' + encodeURIComponent(text);
    download.setAttribute('download', name + '.md');
  }

  function say(text, isBad) {
    var said = document.getElementById('result-said');
    said.classList.toggle('bad', !!isBad);
    said.hidden = !text;
    setText(said, text);
    if (text) said.scrollIntoView({ block: 'nearest' });
  }

  function wireSchedule(element) {
    var known = JSON.parse(document.getElementById('vault').textContent), served = prepvault.served;
    var ways = document.getElementById('result-ways'), make = document.getElementById('make'), isMade = false, wasRefused = false;

    function refresh() {
      var now = Date.now(), booking = form.read(form.values(element), known), problems = form.findProblems(booking, known);
      var name = booking.day && booking.company ? form.freeName(booking, known) : '', text = form.noteOf(booking, known, now);
      form.showHints(element, booking, known);
      showUnderstood(booking, known, now);
      showRemarks(form.findRemarks(booking, known, now));
      document.getElementById('result-none').hidden = !!name;
      document.getElementById('result-whole').hidden = !name;
      setText(document.getElementById('result-text'), text);
      setText(document.getElementById('result-path'), name ? known.folder + '/' + name + '.md' : '');
      if (wasRefused) form.showProblems(element, problems, false);
      if (isMade && !problems.length) showWays(name, text, known);
      ways.hidden = !isMade || problems.length > 0;
      return { booking: booking, problems: problems };
    }

    function changed() {
      form.keepDraft(form.values(element));
      say('');
      if (served) served.again(make);
      refresh();
    }

    function post(booking) {
      var body = form.properties(booking);
      if (booking.notes) body.notes = booking.notes;
      served.post(make, 'api/interviews', body, function (answer) {
        form.forgetDraft();
        var words = 'Saved as ' + answer.interview.note + '.';
        say(words + ' The dashboard shows it ' + served.when + '.');
        return words;
      }, function (text, problems) {
        wasRefused = problems.length > 0;
        form.showProblems(element, problems, wasRefused);
        say(text, true);
      });
    }

    element.addEventListener('submit', function (event) {
      event.preventDefault();
      if (served && served.isBusy(make)) return;
      var state = refresh();
      wasRefused = state.problems.length > 0;
      form.showProblems(element, state.problems, true);
      if (wasRefused) return;
      if (served) return post(state.booking);
      isMade = true;
      refresh();
      document.getElementById('result-title').focus();
    });
    element.addEventListener('input', changed);
    element.addEventListener('change', changed);
    element.addEventListener('reset', function () {
      isMade = wasRefused = false;
      window.setTimeout(function () {
        form.forgetDraft();
        form.showProblems(element, [], false);
        say('');
        if (served) served.again(make);
        refresh();
        element.elements.company.focus();
      });
    });
    /* Whoever took the note needs the draft no more; what the fields show stays until they are cleared. */
    ways.addEventListener('click', function (event) { if (event.target.closest('a, button')) form.forgetDraft(); });

    form.offer(element, known);
    var draft = form.readDraft();
    if (draft) form.fill(element, draft);
    if (served) {
      make.textContent = 'Save it in the vault';
      setText(document.querySelector('.page-head .meta'), 'Saved as a note in ' + known.folder + '/, by PrepVault on this machine.');
    }
    refresh();
    prepvault.onTick(refresh);
  }

  prepvault.onReady(function () {
    var element = document.getElementById('schedule');
    if (element) wireSchedule(element);
  });
}(window.prepvault));
