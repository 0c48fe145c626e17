/* Practising with a page: one question at a time with a clock, the hint on demand; on paper every hint shows. */
(function (prepvault) {
  'use strict';

  var each = prepvault.each;

  function clock(milliseconds) {
    var seconds = Math.floor(milliseconds / 1000);
    return Math.floor(seconds / 60) + ':' + ('0' + seconds % 60).slice(-2);
  }

  /* Every question comes once, in an order of chance, before any comes again. */
  function shuffled(count) {
    var order = [];
    for (var number = 0; number < count; number += 1) order.splice(Math.floor(Math.random() * (number + 1)), 0, number);
    return order;
  }

  function wire(box) {
    var questions = Array.prototype.map.call(box.parentNode.querySelectorAll('[data-question]'), function (item) {
      var hint = item.querySelector('details > p');
      return { text: (item.querySelector('summary') || item).textContent.trim(), hint: hint ? hint.textContent : '' };
    });
    var place = box.querySelector('[data-drill-question]'), hint = box.querySelector('[data-drill-hint]');
    var next = box.querySelector('[data-drill-next]'), show = box.querySelector('[data-drill-show]');
    var intro = box.querySelector('[data-drill-intro]'), time = box.querySelector('[data-drill-clock]'), order = [], began = 0, timer = 0;
    function tell() { time.textContent = clock(Date.now() - began); }
    next.addEventListener('click', function () {
      if (!order.length) order = shuffled(questions.length);
      var question = questions[order.pop()];
      if (!question) return;
      place.textContent = question.text;
      hint.textContent = question.hint;
      hint.hidden = true;
      show.hidden = !question.hint;
      intro.hidden = true;
      next.textContent = 'Another one';
      time.hidden = false;
      began = Date.now();
      tell();
      window.clearInterval(timer);
      timer = window.setInterval(tell, 1000);
    });
    show.addEventListener('click', function () {
      hint.hidden = false;
      show.hidden = true;
      window.clearInterval(timer);
      next.focus();
    });
  }

  var opened = [];
  function unfold() {
    each('.reveal details:not([open])', function (item) {
      item.open = true;
      opened.push(item);
    });
  }
  function fold() {
    opened.forEach(function (item) { item.open = false; });
    opened = [];
  }

  prepvault.onReady(function () {
    each('[data-drill]', wire);
    each('[data-paper]', function (button) { button.addEventListener('click', function () { window.print(); }); });
    window.addEventListener('beforeprint', unfold);
    window.addEventListener('afterprint', fold);
  });
}(window.prepvault));
