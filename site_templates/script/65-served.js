/* Where PrepVault itself serves the pages, it takes what they say; opened as files they never ask anyone. */
(function (prepvault) {
  'use strict';

  var each = prepvault.each, PATIENCE = 20000;
  var OUTCOMES = ['pending', 'advanced', 'offer', 'rejected', 'withdrawn', 'no_response', 'no_show'];

  function token() {
    var said = window.prepvaultServed;
    return /^https?:$/.test(location.protocol) && said && typeof said.token === 'string' ? said.token : '';
  }

  function setBusy(button, isBusy) {
    if (isBusy) button.setAttribute('aria-busy', 'true');
    else button.removeAttribute('aria-busy');
  }

  function setSpent(button, isSpent) {
    if (isSpent) button.setAttribute('aria-disabled', 'true');
    else button.removeAttribute('aria-disabled');
  }

  /* A field and a text each; anything else that a server may say is left out. */
  function problemsIn(answer) {
    return (Array.isArray(answer.problems) ? answer.problems : []).filter(function (pair) { return Array.isArray(pair) && typeof pair[1] === 'string'; }).map(function (pair) {
      var field = pair[0] === 'scheduled_at' ? 'date' : String(pair[0]);
      return { field: field, code: '', text: pair[1], use: [] };
    });
  }

  function refusal(status, answer) {
    if (status === 403) return 'PrepVault did not know this page, perhaps because it was started anew. Reload the page: what you typed stays.';
    if (status >= 500) return 'PrepVault failed, and says why where it runs' + (answer.error ? ': ' + answer.error : '') + '. What you typed is still here.';
    return (answer.error || 'PrepVault refused it') + '. What you typed is still here.';
  }

  /* One request at a time; after a success none until something is changed, so that nothing is sent twice.
     `done` gives back in words what was saved. */
  function post(button, path, body, done, failed) {
    if (isBusy(button)) return;
    setBusy(button, true);
    var stop = new AbortController(), timer = window.setTimeout(function () { stop.abort(); }, PATIENCE), status = 0;
    window.fetch((document.body.getAttribute('data-root') || '') + path, {
      method: 'POST', signal: stop.signal, cache: 'no-store', redirect: 'error',
      headers: { 'Content-Type': 'application/json', 'X-PrepVault-Token': token() }, body: JSON.stringify(body)
    }).then(function (response) {
      status = response.status;
      return response.json();
    }).catch(function () { return null; }).then(function (answer) {
      window.clearTimeout(timer);
      setBusy(button, false);
      if (answer && typeof answer === 'object' && answer.success === true && status < 300 && answer.interview) {
        setSpent(button, true);
        document.dispatchEvent(new CustomEvent('prepvault-saved', { detail: done(answer) }));
      } else if (status >= 400) failed(refusal(status, answer || {}), problemsIn(answer || {}));
      else failed('There was no answer that could be read, so it may or may not be saved. See whether PrepVault still runs, and look at the notes before you try again.', []);
    });
  }

  function isBusy(button) { return button.hasAttribute('aria-busy') || button.hasAttribute('aria-disabled'); }

  if (token()) {
    prepvault.served = {
      post: post, isBusy: isBusy, again: function (button) { setSpent(button, false); },
      when: window.prepvaultServed.mark ? 'in a moment' : 'after its next build'
    };
  }

  function labelled(text, control, id) {
    var label = document.createElement('label'), holder = document.createElement('p');
    control.id = id;
    label.htmlFor = id;
    label.textContent = text;
    holder.appendChild(label);
    holder.appendChild(control);
    return holder;
  }

  function words(value) { return value.charAt(0).toUpperCase() + value.slice(1).replace(/_/g, ' '); }

  function outcomeSelect() {
    var select = document.createElement('select');
    [''].concat(OUTCOMES).forEach(function (value) {
      var option = document.createElement('option');
      option.value = value;
      option.textContent = value ? words(value) : 'As it stands';
      select.appendChild(option);
    });
    return select;
  }

  /* In place of the command to copy: outcome, feedback, and a button that saves. */
  function wireStatus(place) {
    var id = place.getAttribute('data-interview'), status = place.querySelector('[data-status]');
    var outcome = outcomeSelect(), feedback = document.createElement('textarea'), button = document.createElement('button'), said = document.createElement('p');
    Array.prototype.slice.call(place.children).forEach(function (part) { if (!part.contains(status)) part.remove(); });
    feedback.rows = 2;
    button.type = 'button';
    button.className = 'button primary';
    button.textContent = 'Save';
    said.setAttribute('role', 'status');
    said.className = 'said';
    place.appendChild(labelled('Outcome', outcome, 'outcome-' + id));
    place.appendChild(labelled('Feedback, if there was any', feedback, 'feedback-' + id));
    place.appendChild(button);
    place.appendChild(said);
    function again() {
      setSpent(button, false);
      said.textContent = '';
    }
    [status, outcome, feedback].forEach(function (field) { field.addEventListener('input', again); });
    button.addEventListener('click', function () {
      var body = { status: status.value };
      if (outcome.value) body.outcome = outcome.value;
      if (feedback.value.trim()) body.feedback = feedback.value.trim();
      said.classList.remove('fault');
      post(button, 'api/interviews/' + encodeURIComponent(id) + '/status', body, function () {
        var words = 'Saved as ' + status.selectedOptions[0].textContent.toLowerCase() + '.';
        said.textContent = words + ' The page shows it ' + prepvault.served.when + '.';
        return words;
      }, function (text, problems) {
        said.classList.add('fault');
        said.textContent = [text].concat(problems.map(function (problem) { return problem.text; })).join(' ');
      });
    });
  }

  prepvault.onReady(function () { if (prepvault.served) each('[data-command]', wireStatus); });
}(window.prepvault));
