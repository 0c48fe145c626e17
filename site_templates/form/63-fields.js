/* The fields of the form: what they offer, what is wrong with them, and what they held before a reload. */
(function (prepvault) {
  'use strict';

  var form = prepvault.form, each = prepvault.each, DRAFT = 'prepvault.draft';

  form.values = function (element) {
    var values = {};
    each('[name]', function (field) {
      values[field.name] = field.type === 'checkbox' ? field.checked : field.value.replace(/[\u0000\ud800-\udfff]/gu, '\ufffd');
    }, element);
    return values;
  };

  form.fill = function (element, values) {
    each('[name]', function (field) {
      if (!(field.name in values)) return;
      if (field.type === 'checkbox') field.checked = values[field.name];
      else field.value = values[field.name];
    }, element);
  };

  /* Only this tab, and only until the note is taken: names are nobody else's business. */
  form.keepDraft = function (values) {
    try { window.sessionStorage.setItem(DRAFT, JSON.stringify(values)); } catch (error) { /* It may keep nothing. */ }
  };
  form.readDraft = function () {
    try { return JSON.parse(window.sessionStorage.getItem(DRAFT)) || null; } catch (error) { return null; }
  };
  form.forgetDraft = function () {
    try { window.sessionStorage.removeItem(DRAFT); } catch (error) { /* It kept nothing. */ }
  };

  function describe(field, id, isWanted) {
    var ids = (field.getAttribute('aria-describedby') || '').split(' ').filter(function (name) { return name && name !== id; });
    if (isWanted) ids.unshift(id);
    if (ids.length) field.setAttribute('aria-describedby', ids.join(' '));
    else field.removeAttribute('aria-describedby');
  }

  function clearFault(field) {
    var told = document.getElementById('fault-' + field.name);
    if (told) told.remove();
    field.removeAttribute('aria-invalid');
    describe(field, 'fault-' + field.name, false);
  }

  function addFault(element, problem) {
    var field = element.elements[problem.field], told = document.getElementById('fault-' + problem.field);
    if (!told) {
      told = document.createElement('div');
      told.className = 'fault';
      told.id = 'fault-' + problem.field;
      field.parentNode.insertBefore(told, field.nextSibling);
      field.setAttribute('aria-invalid', 'true');
      describe(field, told.id, true);
    }
    var text = document.createElement('p');
    text.textContent = problem.text;
    told.appendChild(text);
    problem.use.forEach(function (value) {
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'button small';
      button.textContent = 'Use ' + value;
      button.addEventListener('click', function () {
        field.value = value;
        field.focus();
        field.dispatchEvent(new Event('input', { bubbles: true }));
      });
      told.appendChild(button);
    });
  }

  function addToSummary(element, list, problem) {
    var item = document.createElement('li'), field = element.elements[problem.field];
    item.setAttribute('data-code', problem.code || '');
    if (field) {
      var link = document.createElement('a');
      link.href = '#' + problem.field;
      link.textContent = problem.text;
      link.addEventListener('click', function (event) {
        event.preventDefault();
        field.focus();
      });
      item.appendChild(link);
    } else item.textContent = problem.text;
    list.appendChild(item);
  }

  /* Every problem stands at its field and in the summary; `takesFocus` after a press, not while somebody types. */
  form.showProblems = function (element, problems, takesFocus) {
    var box = document.getElementById('problems'), list = box.querySelector('ul');
    each('[name]', clearFault, element);
    list.textContent = '';
    problems.forEach(function (problem) {
      if (element.elements[problem.field]) addFault(element, problem);
      addToSummary(element, list, problem);
    });
    document.getElementById('problems-title').textContent = problems.length === 1 ? 'One thing to mend before the note can be made:' : problems.length + ' things to mend before the note can be made:';
    box.hidden = !problems.length;
    if (problems.length && takesFocus) box.focus();
  };

  function addOption(list, value, label) {
    var option = document.createElement('option');
    option.value = value;
    if (label) option.label = label;
    list.appendChild(option);
  }

  /* A list of choices completes a whole field, so every choice repeats the people who are named before it. */
  function offerPeople(element, known) {
    var list = document.getElementById('people'), typed = element.elements.interviewer.value;
    var before = typed.slice(0, typed.lastIndexOf(',') + 1), company = form.plainWord(element.elements.company.value);
    list.textContent = '';
    known.people.filter(function (pair) { return before.indexOf(pair[0]) < 0; }).sort(function (one, other) {
      return (form.plainWord(other[1]) === company) - (form.plainWord(one[1]) === company);
    }).forEach(function (pair) { addOption(list, before ? before + ' ' + pair[0] : pair[0], pair[1]); });
  }

  function offerZones(element, known) {
    known.zones.filter(function (name) { return name.indexOf('/') > 0 && name.indexOf('Etc/') !== 0; }).concat(['UTC']).forEach(function (name) {
      addOption(document.getElementById('zones'), name);
    });
    var place = document.getElementById('zone-own'), own = form.ownZone(), button = place.querySelector('button');
    button.textContent = 'Use ' + own + ', where you are';
    button.addEventListener('click', function () {
      element.elements.timezone.value = own;
      element.elements.timezone.dispatchEvent(new Event('input', { bubbles: true }));
      element.elements.timezone.focus();
    });
  }

  /* A chosen application brings its company, role and next round, where nothing is written yet. */
  function takeJob(element, known) {
    var fields = element.elements, typed = form.line(fields.job_id.value);
    var job = known.jobs.filter(function (one) { return one.id === typed; })[0];
    if (!job) return;
    if (!fields.company.value.trim()) fields.company.value = job.company;
    if (!fields.role.value.trim() && form.plainWord(fields.company.value) === form.plainWord(job.company)) fields.role.value = job.role;
    if (!fields.round.value.trim()) fields.round.value = job.next;
  }

  form.offer = function (element, known) {
    offerZones(element, known);
    offerPeople(element, known);
    element.addEventListener('input', function (event) {
      if (event.target.name === 'job_id') takeJob(element, known);
      if (event.target.name === 'interviewer' || event.target.name === 'company') offerPeople(element, known);
    });
  };

  /* What stands beside the fields and follows them. */
  form.showHints = function (element, booking, known) {
    var type = known.types[booking.type], own = form.ownZone();
    document.getElementById('type-hint').textContent = (type.purpose ? type.purpose.replace(/[.]?$/, '. ') : '') + 'Usually ' + (type.usual || form.lengthWords(type.minutes)) + '.';
    element.elements.duration_minutes.placeholder = type.minutes + ', as usual';
    document.getElementById('zone-own').hidden = booking.zone === own || known.zones.indexOf(own) < 0;
    element.elements.time.disabled = booking.allDay;
    document.getElementById('location-hint').textContent = form.placeWords(booking.place, known.places) || 'A meeting link, a phone number or an address.';
  };
}(window.prepvault));
