/* Words as search and filters compare them, and elements made without any HTML text. */
(function (prepvault) {
  'use strict';

  var LETTERS = { 'ß': 'ss', 'ł': 'l', 'đ': 'd', 'ø': 'o', 'ı': 'i', 'æ': 'ae', 'œ': 'oe', 'þ': 'th', 'ς': 'σ', '’': "'" };

  /* Without case and accents: `Łódź` and `lodz` are one. */
  prepvault.fold = function (text) {
    return text.toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
      .replace(/[ßłđøıæœþς’]/g, function (letter) { return LETTERS[letter]; });
  };

  prepvault.words = function (text) { return prepvault.fold(text).split(/\s+/).filter(Boolean); };

  /* Children may be elements or texts; a text is never read as HTML. */
  prepvault.element = function (tag, attributes, children) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    [].concat(children || []).forEach(function (child) { made.append(child); });
    return made;
  };

  /* Which letters of a text the words stand on: folding may turn one letter into two, or into none. */
  function marked(text, words) {
    var letters = Array.from(text), folded = '', origin = [], hits = letters.map(function () { return false; });
    letters.forEach(function (letter, index) {
      var plain = prepvault.fold(letter);
      folded += plain;
      for (var count = 0; count < plain.length; count += 1) origin.push(index);
    });
    words.forEach(function (word) {
      for (var at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        for (var place = at; place < at + word.length; place += 1) hits[origin[place]] = true;
      }
    });
    return { letters: letters, hits: hits };
  }

  /* The text in pieces, those that match in <mark>. */
  prepvault.highlight = function (text, words) {
    var found = marked(text, words), pieces = [], piece = '', isHit = false;
    function end() {
      if (piece) pieces.push(isHit ? prepvault.element('mark', {}, piece) : piece);
      piece = '';
    }
    found.letters.forEach(function (letter, index) {
      if (found.hits[index] !== isHit) end();
      isHit = found.hits[index];
      piece += letter;
    });
    end();
    return pieces;
  };

  prepvault.isTyping = function (element) {
    if (!element || !element.tagName) return false;
    if (element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName)) return true;
    return element.tagName === 'INPUT' && !/^(button|checkbox|radio|reset|submit)$/.test(element.type);
  };
}(window.prepvault));
