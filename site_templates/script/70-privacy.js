/* A page with real names that was put on the web says so, before a stranger finds it. */
(function (prepvault) {
  'use strict';

  var HIDDEN = 'prepvault.exposed';

  function isLoopback(host) {
    return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);
  }

  /* True for this tab only: whoever comes later has not read it. */
  function isHidden() {
    try { return window.sessionStorage.getItem(HIDDEN) === 'yes'; } catch (error) { return false; }
  }

  function addText(place, name, text) {
    var part = document.createElement(name);
    part.textContent = text;
    place.appendChild(part);
    return part;
  }

  function warn() {
    var banner = document.createElement('aside'), text = document.createElement('p');
    banner.className = 'exposed';
    banner.setAttribute('aria-label', 'Privacy');
    addText(text, 'strong', 'Everyone who has this address can read it: ');
    text.appendChild(document.createTextNode('real names of companies and people, your notes and your mails. For a page without them build with '));
    addText(text, 'code', 'prepvault build --incognito');
    text.appendChild(document.createTextNode('. If this is meant, write '));
    addText(text, 'code', 'public = true');
    text.appendChild(document.createTextNode(' under [site] in prepvault.toml.'));
    banner.appendChild(text);
    var button = addText(banner, 'button', 'Hide in this tab');
    button.type = 'button';
    button.className = 'button small';
    button.addEventListener('click', function () {
      try { window.sessionStorage.setItem(HIDDEN, 'yes'); } catch (error) { /* Then it comes back on the next page. */ }
      banner.remove();
    });
    var main = document.getElementById('main');
    main.insertBefore(banner, main.firstChild);
  }

  prepvault.onReady(function () {
    var body = document.body, isOnWeb = /^https?:$/.test(location.protocol) && !isLoopback(location.hostname);
    if (isOnWeb && !body.hasAttribute('data-incognito') && !body.hasAttribute('data-public') && !isHidden()) warn();
  });
}(window.prepvault));
