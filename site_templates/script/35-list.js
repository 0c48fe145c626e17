/* All interviews: filters and order, kept in the address behind its #, so that bookmarks, back and forward work. */
(function (prepvault) {
  'use strict';

  var KEYS = ['q', 'standing', 'type', 'status', 'outcome', 'company', 'from', 'to', 'sort'];
  var DECIDED = ['advanced', 'offer', 'rejected'], PAUSE = 150;
  var table, form, rows, state = {}, timer = 0;

  /* What a row is compared by; read once, and only when it is needed. */
  function factsOf(row) {
    var time = row.querySelector('time').getAttribute('datetime'), kinds = row.dataset.is.split(' ');
    var facts = { row: row, isOpen: row.hasAttribute('data-open'), day: time.slice(0, 10), firm: row.dataset.firm || '' };
    facts.starts = row.dataset.starts ? prepvault.instant(row, 'data-starts') : Date.parse(time);
    facts.ends = facts.isOpen ? prepvault.instant(row, 'data-ends') : 0;
    ['type', 'status', 'outcome'].forEach(function (name) {
      var options = form.elements[name].options;
      for (var rank = 1; rank < options.length; rank += 1) {
        if (kinds.indexOf(options[rank].value) >= 0) {
          facts[name] = options[rank].value;
          facts[name + 'Rank'] = rank;
        }
      }
    });
    return facts;
  }

  function standingOf(facts, now) { return facts.isOpen ? (facts.ends > now ? 'ahead' : 'over') : 'closed'; }

  /* The day, then company and role, type, people, status, outcome; place and ids. Not how far away it is. */
  function textOf(facts) {
    if (!facts.text) {
      var parts = [facts.row.querySelector('time')].concat(Array.prototype.slice.call(facts.row.cells, 1, 6));
      parts = parts.map(function (part) { return part.textContent; });
      facts.text = prepvault.fold(parts.concat(facts.row.dataset.more).join(' '));
    }
    return facts.text;
  }

  function isOutcome(facts, wanted) {
    if (wanted === 'none') return !facts.outcome;
    if (wanted === 'decided') return DECIDED.indexOf(facts.outcome) >= 0;
    return facts.outcome === wanted;
  }

  /* Everything but where it stands, so that each standing can say how many it would show. */
  function fits(facts, words) {
    return (!state.type || facts.type === state.type) &&
      (!state.status || facts.status === state.status) &&
      (!state.outcome || isOutcome(facts, state.outcome)) &&
      (!state.company || facts.firm === state.company) &&
      (!state.from || facts.day >= state.from) && (!state.to || facts.day <= state.to) &&
      words.every(function (word) { return textOf(facts).indexOf(word) >= 0; });
  }

  function filter(now) {
    var words = prepvault.words(state.q || ''), numbers = { '': 0, ahead: 0, over: 0, closed: 0 }, shown = 0;
    rows.forEach(function (facts) {
      var standing = standingOf(facts, now), isFit = fits(facts, words);
      if (isFit) {
        numbers[''] += 1;
        numbers[standing] += 1;
      }
      var isShown = isFit && (!state.standing || state.standing === standing);
      if (facts.row.hidden === isShown) facts.row.hidden = !isShown;
      if (isShown) shown += 1;
    });
    prepvault.each('[data-standing]', function (button) {
      button.setAttribute('aria-pressed', String(button.dataset.standing === (state.standing || '')));
      button.querySelector('[data-number]').textContent = numbers[button.dataset.standing];
    }, form);
    tell(shown);
  }

  function chosen() { return KEYS.filter(function (key) { return state[key] && key !== 'sort'; }); }

  function tell(shown) {
    var isFiltered = chosen().length > 0, folded = chosen().filter(function (key) { return key !== 'q' && key !== 'standing'; }).length;
    var all = rows.length + (rows.length === 1 ? ' interview' : ' interviews');
    var text = isFiltered ? shown + ' of ' + all + ' shown' : all;
    var place = document.getElementById('shown');
    if (place.textContent !== text) place.textContent = text;
    document.getElementById('filters-clear').hidden = !isFiltered;
    document.getElementById('none-shown').hidden = shown > 0;
    table.hidden = shown === 0;
    form.querySelector('[data-chosen]').textContent = folded ? '(' + folded + ')' : '';
  }

  var collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

  function preparedShare(facts) {
    var text = facts.row.cells[6].textContent, parts = /^(\d+) of (\d+)$/.exec(text), percent = /^(\d+) %$/.exec(text);
    if (percent) return percent[1] / 100;
    return parts ? parts[1] / parts[2] : text ? 1 : -1;
  }

  var BY = {
    when: function (one, two) { return one.starts - two.starts; },
    company: function (one, two) { return collator.compare(nameOf(one), nameOf(two)); },
    type: function (one, two) { return (one.typeRank || 99) - (two.typeRank || 99); },
    status: function (one, two) { return one.statusRank - two.statusRank; },
    outcome: function (one, two) { return (one.outcomeRank || 99) - (two.outcomeRank || 99); },
    preparation: function (one, two) { return preparedShare(one) - preparedShare(two); }
  };

  function nameOf(facts) {
    if (!facts.name) facts.name = facts.row.cells[1].textContent;
    return facts.name;
  }

  function compareByHour(now) {
    return function (one, two) {
      var ahead = standingOf(one, now) === 'ahead';
      if (ahead !== (standingOf(two, now) === 'ahead')) return ahead ? -1 : 1;
      return ahead ? one.starts - two.starts : two.starts - one.starts;
    };
  }

  /* Rows that are alike stay as they were, the newest order being on top of the one by the hour. */
  function sort(now) {
    var key = (state.sort || '').replace(/^-/, ''), sign = /^-/.test(state.sort) ? -1 : 1;
    var compare = Object.keys(BY).indexOf(key) >= 0 ? BY[key] : null;
    var before = rows.slice();
    rows.sort(compareByHour(now));
    if (compare) rows.sort(function (one, two) { return sign * compare(one, two); });
    if (rows.some(function (facts, place) { return facts !== before[place]; })) {
      table.tBodies[0].append.apply(table.tBodies[0], rows.map(function (facts) { return facts.row; }));
    }
    markFirst(now, !compare);
    prepvault.each('th[data-sort]', function (head) {
      if (head.dataset.sort === key) head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    }, table);
  }

  /* A line between what is ahead and what is not, where the order knows one. */
  function markFirst(now, isByHour) {
    var place = isByHour ? rows.findIndex(function (facts) { return standingOf(facts, now) !== 'ahead'; }) : -1;
    rows.forEach(function (facts, index) { facts.row.classList.toggle('first-behind', index > 0 && index === place); });
  }

  function readAddress() {
    var text = location.hash.slice(1);
    if (text && text.indexOf('=') < 0) return false; /* a place on the page, not a filter */
    var named = new URLSearchParams(text);
    state = {};
    KEYS.forEach(function (key) { if (named.get(key)) state[key] = named.get(key); });
    return true;
  }

  /* What is typed replaces the last address, what is chosen becomes one to go back from. */
  function writeAddress(isTyped) {
    var named = new URLSearchParams();
    KEYS.forEach(function (key) { if (state[key]) named.set(key, state[key]); });
    var text = String(named), address = location.href.split('#')[0] + (text ? '#' + text : '');
    if (address === location.href) return;
    try {
      window.history[isTyped ? 'replaceState' : 'pushState'](null, '', address);
    } catch (error) {
      if (isTyped) location.replace('#' + text);
      else location.hash = text;
    }
  }

  /* A choice that an address names and this vault does not have: it is shown, and fits nothing. */
  function showState() {
    KEYS.forEach(function (key) {
      var field = form.elements[key], value = state[key] || '';
      if (!field || field.value === value) return;
      field.value = value;
      if (field.value !== value && field.tagName === 'SELECT') {
        field.append(prepvault.element('option', { value: value }, value));
        field.value = value;
      }
    });
  }

  function apply() {
    var now = Date.now();
    sort(now);
    filter(now);
  }

  function choose(key, value) {
    state[key] = value;
    writeAddress(false);
    showState();
    apply();
  }

  function clear() {
    state = state.sort ? { sort: state.sort } : {};
    writeAddress(false);
    showState();
    apply();
    form.elements.q.focus();
  }

  /* Up, down, and back to what is ahead first. */
  function nextSort(key) {
    if (state.sort === key) return '-' + key;
    return state.sort === '-' + key ? '' : key;
  }

  function wireHeads() {
    prepvault.each('th[data-sort]', function (head) {
      var button = prepvault.element('button', { type: 'button', class: 'sort' }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener('click', function () { choose('sort', nextSort(head.dataset.sort)); });
    }, table);
  }

  function wireForm() {
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    form.elements.q.addEventListener('input', function () {
      state.q = form.elements.q.value;
      window.clearTimeout(timer);
      timer = window.setTimeout(function () {
        writeAddress(true);
        apply();
      }, PAUSE);
    });
    form.addEventListener('change', function (event) {
      if (event.target.name !== 'q') choose(event.target.name, event.target.value);
    });
    prepvault.each('[data-standing]', function (button) {
      button.addEventListener('click', function () { choose('standing', button.dataset.standing); });
    }, form);
    var fold = document.getElementById('filters-fold');
    fold.addEventListener('click', function () {
      fold.setAttribute('aria-expanded', String(form.classList.toggle('unfolded')));
    });
    document.getElementById('filters-clear').addEventListener('click', clear);
    document.getElementById('none-clear').addEventListener('click', clear);
  }

  function start() {
    table = document.getElementById('every');
    form = document.getElementById('filters');
    if (!table || !form) return;
    rows = Array.prototype.map.call(table.tBodies[0].rows, factsOf);
    wireHeads();
    wireForm();
    /* The skip link would put its own name in the place of the filters. */
    document.querySelector('.skip').addEventListener('click', function (event) {
      event.preventDefault();
      document.getElementById('main').focus();
    });
    window.addEventListener('hashchange', function () { if (readAddress()) { showState(); apply(); } });
    readAddress();
    showState();
    apply();
  }

  prepvault.onReady(start);
  prepvault.onTick(function () { if (rows) apply(); });
}(window.prepvault));
