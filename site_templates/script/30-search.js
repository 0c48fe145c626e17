/* Search over the whole dashboard. What can be found stands in search.js, which is read when search is first
   opened. Each entry: title, detail, path, further words, and for what is open its start and its end. */
(function (prepvault) {
  'use strict';

  var PER_GROUP = 6, NEXT = 3;
  var ICONS = {
    'Interviews': 'interviews', 'Next': 'clock', 'Companies': 'companies', 'People': 'people', 'Applications': 'route',
    'Stories': 'stories', 'Preparation': 'prepare', 'Questions': 'question', 'E-mails': 'mail', 'Pages': 'file', 'Actions': 'next'
  };
  var element = prepvault.element, entries = null, actions = [], palette = null;

  function entryOf(group, title, detail, path, more) {
    return {
      group: group, title: title, detail: detail || '', path: path,
      name: prepvault.fold(title), rest: prepvault.fold((detail || '') + ' ' + (more || ''))
    };
  }

  function readIndex() {
    entries = [];
    Object.keys(window.prepvaultIndex).forEach(function (group) {
      window.prepvaultIndex[group].forEach(function (parts) {
        var entry = entryOf(group, parts[0], parts[1], parts[2], parts[3]);
        if (parts[5]) {
          entry.starts = Date.parse(parts[4]);
          entry.ends = Date.parse(parts[5]);
        }
        entries.push(entry);
      });
    });
  }

  function act(title, detail, pathOrRun) {
    var entry = entryOf('Actions', title, detail, typeof pathOrRun === 'string' ? pathOrRun : '');
    if (!entry.path) entry.run = pathOrRun;
    actions.push(entry);
  }
  act('Schedule an interview', 'A form that writes the note', 'schedule.html');
  act('Interviews that are ahead', 'All interviews, filtered', 'interviews/index.html#standing=ahead');
  act('Interviews without a result', 'All interviews, filtered', 'interviews/index.html#standing=over');
  act('Change the theme', 'Automatic, light, dark', function () { prepvault.nextTheme(); });
  act('Keyboard shortcuts', 'See them, or switch them off', function () { prepvault.openKeys(); });

  /* Every word must be found. A title counts more than the rest, the beginning of a word more than its middle. */
  function beginsWord(text, word) {
    for (var at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
    }
    return false;
  }

  function levelOf(entry, word) {
    if (entry.name.indexOf(word) >= 0) return beginsWord(entry.name, word) ? 4 : 3;
    if (entry.rest.indexOf(word) >= 0) return beginsWord(entry.rest, word) ? 2 : 1;
    return 0;
  }

  function scoreOf(entry, words) {
    var least = 4, sum = 0;
    for (var index = 0; index < words.length; index += 1) {
      var level = levelOf(entry, words[index]);
      if (!level) return 0;
      least = Math.min(least, level);
      sum += level;
    }
    return least * 100 + sum / words.length + (entry.name === words.join(' ') ? 50 : 0);
  }

  function isAhead(entry, now) { return entry.ends > now; }

  /* The better match, then what is ahead, the soonest first; then as the index has them, the latest first. */
  function compare(one, two, now) {
    if (one.score !== two.score) return two.score - one.score;
    var ahead = isAhead(one.entry, now);
    if (ahead !== isAhead(two.entry, now)) return ahead ? -1 : 1;
    var arePast = !ahead && one.entry.group === 'Interviews' && two.entry.group === 'Interviews';
    return arePast ? two.place - one.place : one.place - two.place;
  }

  /* Groups of entries for what was typed: [{ label, entries, more }], and how many were found in all. */
  function find(text, now) {
    var words = prepvault.words(text);
    if (!words.length) return suggest(now);
    var found = [];
    entries.concat(actions).forEach(function (entry, place) {
      var score = scoreOf(entry, words);
      if (score) found.push({ entry: entry, score: score, place: place });
    });
    found.sort(function (one, two) { return compare(one, two, now); });
    var groups = [], byLabel = {};
    found.forEach(function (each) {
      var label = each.entry.group, group = byLabel[label];
      if (!group) groups.push(group = byLabel[label] = { label: label, entries: [] });
      if (group.entries.length < PER_GROUP) group.entries.push(each.entry);
    });
    if (byLabel.Interviews) {
      var filter = new URLSearchParams({ q: text.trim() });
      groups.push({ label: 'All interviews', entries: [entryOf('Interviews', 'Filter all interviews by “' + text.trim() + '”', '', 'interviews/index.html#' + filter)] });
    }
    return { words: words, groups: groups, number: found.length };
  }

  function suggest(now) {
    var next = entries.filter(function (entry) { return isAhead(entry, now); }).slice(0, NEXT);
    var pages = entries.filter(function (entry) { return entry.group === 'Pages'; });
    var groups = [{ label: 'Next', entries: next }, { label: 'Actions', entries: actions }, { label: 'Pages', entries: pages }];
    return { words: [], groups: groups.filter(function (group) { return group.entries.length; }), number: 0 };
  }

  function optionOf(entry, label, words, number) {
    var tag = entry.run ? 'button' : 'a';
    var option = element(tag, { role: 'option', id: 'found-' + number, tabindex: '-1', 'aria-selected': 'false', class: 'found' }, [
      element('span', { class: 'icon icon-' + (ICONS[label] || ICONS[entry.group]), 'aria-hidden': 'true' }),
      element('span', { class: 'found-title' }, prepvault.highlight(entry.title, words))
    ]);
    if (entry.detail) option.append(' ', element('span', { class: 'found-detail' }, prepvault.highlight(entry.detail, words)));
    if (entry.run) option.type = 'button';
    else option.href = document.body.dataset.root + entry.path;
    option.addEventListener('click', function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; /* a new tab, and this one stays as it is */
      palette.dialog.close();
      if (entry.run) entry.run();
    });
    return option;
  }

  function show() {
    var result = find(palette.input.value, Date.now()), options = [];
    palette.list.replaceChildren.apply(palette.list, result.groups.map(function (group, index) {
      var name = element('div', { class: 'found-group', id: 'found-group-' + index, role: 'presentation' }, group.label);
      var part = element('div', { role: 'group', 'aria-labelledby': name.id }, name);
      group.entries.forEach(function (entry) {
        var option = optionOf(entry, group.label, result.words, options.length);
        options.push(option);
        part.append(option);
      });
      return part;
    }));
    palette.options = options;
    palette.input.setAttribute('aria-expanded', String(options.length > 0));
    palette.list.hidden = !options.length;
    palette.list.scrollTop = 0;
    pick(0);
    tell(result);
  }

  function tell(result) {
    var text = '';
    if (result.words.length && !result.number) text = 'Nothing has all of these words. Fewer or shorter ones find more.';
    else if (result.words.length) text = result.number + (result.number === 1 ? ' found' : ' found, the best first');
    if (palette.told.textContent !== text) palette.told.textContent = text;
  }

  function pick(number) {
    var options = palette.options, before = options[palette.at];
    if (before) before.setAttribute('aria-selected', 'false');
    palette.at = options.length ? (number + options.length) % options.length : -1;
    var option = options[palette.at];
    if (!option) {
      palette.input.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    palette.input.setAttribute('aria-activedescendant', option.id);
    if (palette.at === 0) palette.list.scrollTop = 0;
    else option.scrollIntoView({ block: 'nearest' });
  }

  function onKey(event) {
    if (event.isComposing) return;
    var option = palette.options[palette.at];
    if (event.key === 'ArrowDown') pick(palette.at + 1);
    else if (event.key === 'ArrowUp') pick(palette.at - 1);
    else if (event.key === 'Enter' && option) option.click();
    else return;
    event.preventDefault();
  }

  function makePalette() {
    var input = element('input', {
      type: 'text', id: 'palette-words', role: 'combobox', 'aria-label': 'Search', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'palette-list',
      autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'go', placeholder: 'Search interviews, people, questions, pages …'
    });
    var list = element('div', { role: 'listbox', id: 'palette-list', 'aria-label': 'What was found', class: 'palette-list' });
    var told = element('p', { role: 'status', class: 'palette-told' });
    var shut = element('button', { type: 'button', class: 'button ghost', 'aria-label': 'Close search' }, element('span', { class: 'icon icon-close', 'aria-hidden': 'true' }));
    var keys = element('p', { class: 'palette-keys', 'aria-hidden': 'true' }, [
      element('kbd', {}, '↑'), element('kbd', {}, '↓'), ' choose ', element('kbd', {}, 'Enter'), ' open ', element('kbd', {}, 'Esc'), ' close'
    ]);
    var dialog = element('dialog', { class: 'palette', 'aria-label': 'Search' }, [
      element('div', { class: 'palette-head' }, [element('span', { class: 'icon icon-search', 'aria-hidden': 'true' }), input, shut]),
      list,
      element('div', { class: 'palette-foot' }, [told, keys])
    ]);
    palette = { dialog: dialog, input: input, list: list, told: told, options: [], at: -1 };
    input.addEventListener('input', function () { if (entries) show(); });
    input.addEventListener('keydown', onKey);
    shut.addEventListener('click', function () { dialog.close(); });
    dialog.addEventListener('click', function (event) { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
  }

  function load() {
    if (document.querySelector('script[src$="search.js"]')) return;
    var script = element('script', { src: document.body.dataset.root + 'search.js' });
    palette.told.textContent = 'Reading what can be found …';
    function fail() {
      palette.told.textContent = 'search.js is missing beside these pages, or damaged. Run prepvault build.';
      script.remove();
    }
    script.addEventListener('error', fail);
    script.addEventListener('load', function () {
      if (!window.prepvaultIndex) return fail();
      readIndex();
      show();
    });
    document.head.append(script);
  }

  prepvault.openSearch = function () {
    if (!palette) makePalette();
    if (!palette.dialog.open) palette.dialog.showModal();
    palette.input.focus();
    palette.input.select();
    if (entries) show();
    else load();
  };

  prepvault.onReady(function () {
    prepvault.each('[data-search]', function (button) { button.addEventListener('click', prepvault.openSearch); });
  });
}(window.prepvault));
