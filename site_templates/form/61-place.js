/* Where an interview takes place: a service, a number, an address, told apart by the parser's own tables. */
(function (prepvault) {
  'use strict';

  var form = prepvault.form;

  function hostOf(link) {
    try {
      var url = new URL(link), labels = url.hostname.split('.');
      return url.username || url.password || (labels.length < 2 && url.hostname !== 'localhost') ? '' : url.hostname.toLowerCase();
    } catch (error) { return ''; }
  }

  function serviceOf(host, hosts) {
    var labels = host.split('.');
    for (var begin = 0; begin < labels.length - 1; begin += 1) {
      var name = hosts[labels.slice(begin).join('.')];
      if (name) return name;
    }
    return '';
  }

  function linkIn(text, hosts) {
    var links = (text.match(/https?:\/\/[^\s<>"'`|\\^{}[\]]{1,2000}/gi) || []).map(function (link) { return link.replace(/[.,;:!?*_]+$/, ''); }).filter(hostOf);
    if (links.length) return links[0];
    var bare = /(^|[^@\w.])((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,9})(\/[^\s<>"'`|\\^{}[\]]{1,1000})/i.exec(text);
    return bare && serviceOf(bare[2].toLowerCase(), hosts) ? 'https://' + bare[2] + bare[3] : '';
  }

  function serviceNamed(text, words) {
    var whole = new RegExp('\\b(?:' + words.map(function (pair) { return '(' + pair[0] + ')'; }).join('|') + ')\\b', 'gi'), found;
    while ((found = whole.exec(text))) {
      var at = found.slice(1).findIndex(Boolean), name = words[at][1];
      /* The English word alone is no service: only as a name, or as all there is. */
      if (name !== 'Google Meet' || /^google/i.test(found[0]) || /^[ :.-]*meet[ :.-]*$/i.test(text)) return name;
    }
    return '';
  }

  function isMap(link, maps) {
    var host = hostOf(link);
    return maps.some(function (part) { return host.indexOf(part) === 0 || host === part || host.slice(-part.length - 1) === '.' + part; }) || (host.indexOf('www.google.') === 0 && link.indexOf('/maps') >= 0);
  }

  function hasStreet(text) {
    var beside = text.replace(/https?:\/\/\S+/gi, ' ');
    return /\d/.test(beside) && beside.trim().split(/\s+/).length > 2 && !/\b(?:id|pin|code|passcode)\b/i.test(beside);
  }

  function isNumber(text) {
    var found = /(?:tel:)?(\+?\(?\d[\d\s().\-/]{4,22}\d)/i.exec(text.replace(/https?:\/\/\S+/gi, ' '));
    if (!found) return false;
    var digits = found[1].replace(/\D/g, '').length;
    var isSaid = /^tel:/i.test(found[0]) || found[1].replace(/^\(/, '')[0] === '+' || /\b(?:phone|call|tel|telephone|telefon|mobile|cell|dial|ring)\b/i.test(text);
    return isSaid && digits >= 7 && digits <= 15;
  }

  /* In words, what a place will be taken for; empty while there is none. */
  form.placeWords = function (text, places) {
    if (!text || /^(tbd|tba|tbc|\?|n\/a|none|-|unknown|to be confirmed|to be decided)$/i.test(text)) return '';
    var link = linkIn(text, places.hosts);
    var service = (link && serviceOf(hostOf(link), places.hosts)) || serviceNamed(text.replace(/https?:\/\/\S+/gi, ' '), places.words);
    if (link && (service || (!isMap(link, places.maps) && !hasStreet(text)))) return service ? service + ', a link to join' : 'A video call, with a link to join';
    if (link) return 'A place to go to, with a link';
    if (isNumber(text) && !service) return 'A phone call';
    if (service) return service + ', without a link';
    if (/\b(?:remote|online|video|virtual)\b/i.test(text)) return 'A video call, without a link';
    return /^(?:phone|call|tel|telephone|telefon|mobile|cell|dial|ring)\b/i.test(text) && !/\d/.test(text) ? 'A phone call' : 'A place to go to';
  };
}(window.prepvault));
