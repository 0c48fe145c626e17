"""Notes made to hurt: front matter that grows, Markdown that tangles, bytes that are no text."""

import random
from collections.abc import Callable

Shape = Callable[[], bytes]

PLAIN = "id: {name}\ncompany: Hurt\nrole: Engineer\ninterview_type: technical\nscheduled_at: 2026-02-20\n"


def _head(more: str) -> Shape:
    return lambda: f"---\n{PLAIN.format(name='int_hurt_1')}{more}\n---\nText.\n".encode()


def _body(text: str) -> Shape:
    return lambda: f"---\n{PLAIN.format(name='int_hurt_1')}---\n{text}\n".encode()


def _bomb(levels: int, width: int, form: str) -> str:
    """Each level refers to the one above so many times."""
    lines = ["a0: &a0 {x: y}"]
    for level in range(1, levels):
        below = ", ".join([f"*a{level - 1}"] * width)
        lines.append(f"a{level}: &a{level} " + form.format(below))
    return "\n".join(lines)


def _digits(count: int) -> str:
    return "9" * count


HEADS: dict[str, Shape] = {
    "alias bomb": _head(_bomb(9, 9, "[{}]")),
    "alias bomb, few levels": _head(_bomb(4, 30, "[{}]")),
    "merge bomb": _head(_bomb(20, 2, "{{<<: [{}]}}")),
    "merge list": _head(_bomb(7, 9, "{{<<: [{}]}}")),
    **{f"lists nested {deep:,}": _head("deep: " + "[" * deep) for deep in (2_000, 20_000, 200_000)},
    **{f"maps nested {deep:,}": _head("deep: " + "{a: " * deep) for deep in (2_000, 20_000)},
    "dashes nested 100,000": _head("deep:\n  " + "- " * 100_000 + "x"),
    "questions nested 20,000": _head("? " * 20_000 + "x"),
    "number of 6,000 digits": _head("round: " + _digits(6_000)),
    "hex of 6,000 digits": _head("round: 0x" + "f" * 6_000),
    "exponent": _head("round: 1e999999999\nduration_minutes: 1e308"),
    "octal of 6,000 digits": _head("duration_minutes: 0o" + "7" * 6_000),
    "sexagesimal of 100,000 parts": _head("duration_minutes: " + "1:" * 100_000 + "1"),
    "minutes of 4,301 digits in quotes": _head(f'duration_minutes: "{_digits(4_301)}"'),
    "10,000 properties": _head("\n".join(f"key{number}: v" for number in range(10_000))),
    "one property 20,000 times": _head("key: v\n" * 20_000),
    "100,000 properties": _head("\n".join(f"key{number}: v" for number in range(100_000))),
    "10,000 reminders": _head("reminders: [" + ", ".join(["24h"] * 10_000) + "]"),
    "10,000 people": _head("interviewer: [" + ", ".join(f"Ann Lee{at}" for at in range(10_000)) + "]"),
    "10,000 parts of a day": _head("sessions: [" + ", ".join(['"10:00-11:00 A (B C)"'] * 10_000) + "]"),
    "10,000 earlier times": _head("rescheduled_from: [" + ", ".join(["2026-02-01T10:00:00"] * 10_000) + "]"),
    "a value of 200 KB": _head('location: "' + "a.b/" * 50_000 + '"'),
    "folded text of 60,000 lines": _head("notes: >\n" + "  a\n" * 60_000),
    "comments of 250 KB": _head("# x\n" * 60_000),
    "quotes never closed": _head('x: "' + "\\" * 100_000),
    "anchors": _head("\n".join(f"k{at}: &a{at} v" for at in range(20_000))),
    "tags": _head("x: " + "!a " * 50_000),
}

BYTES: dict[str, Shape] = {
    "empty": lambda: b"",
    "only zero bytes": lambda: b"\0" * 8192,
    "zero bytes far below": lambda: _body("a" * 10_000)() + b"\0" * 4096,
    "50 MB": lambda: _body("word " * (10 * 1024 * 1024))(),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(300_000),
    "noise behind front matter": lambda: _body("")() + random.Random(2).randbytes(1_500_000),
    "UTF-16": lambda: b"\xff\xfe" + "---\ncompany: A\n---\n".encode("utf-16-le"),
    "only fences": lambda: b"---\n" * 500_000,
    "conflict marks": lambda: _body("<<<<<<< a\n=======\n>>>>>>> b\n" * 50_000)(),
    "100,000 lines": _body("- [ ] a line of text with some words\n" * 50_000 + "a\n" * 50_000),
    "one line of 1.9 MB": _body("word " * 380_000),
    "one word of 1.9 MB": _body("w" * 1_900_000),
    "one line of 5 MB": _body("word " * 1_000_000),
    "carriage returns": _body("a\r" * 900_000),
    "separators": _body("\u2028\x0b\x0c\x85" * 200_000),
}

# The sizes keep each below 256 KiB, where a page shows text with formatting.
_LONG = 250_000


def _again(piece: str, size: int = _LONG) -> Shape:
    return _body(piece * (size // len(piece.encode())))


MARKDOWN: dict[str, Shape] = {
    "brackets open": _again("["),
    "brackets nested": _body("[" * 100_000 + "a" + "]" * 100_000),
    "links open": _again("[a](<b"),
    "brackets and emphasis": _again("[ a_"),
    "brackets and text": _again("[a"),
    "embeds of links": _again("![[]()"),
    "wikilinks open": _again("[["),
    "wikilinks with bars": _again("[[a|"),
    "emphasis nested": _body("*a **a " * 60_000 + "b" + "** a*" * 20_000),
    "emphasis of both kinds": _again("*_"),
    "emphasis never closed": _again("a**b _c "),
    "strikes": _again("~~a ~"),
    "highlights": _again("==a ="),
    "backticks of all lengths": _body("".join("e" + "`" * length for length in range(950))),
    "backticks": _again("`a``"),
    "declarations": _again("a <!A "),
    "instructions": _again("a <?"),
    "CDATA": _again("a <![CDATA["),
    "comments open": _again("<!-- "),
    "comments of dashes": _again("<!--> a -- "),
    "percents": _again("%% a"),
    "entities": _again("&#1234567;&copy;&x"),
    "escapes": _again("\\!\\["),
    "definitions": _body("".join(f"[a{at}]: b{at}\n\n[a{at}]\n\n" for at in range(12_000))),
    "definitions never ended": _again('[a]: b "\n'),
    "one definition, many uses": _body("[" + "a" * 900 + "]: b\n\n" + ("[" + "a" * 900 + "]\n") * 500),
    "footnotes": _body("".join(f"[^{at}]\n\n[^{at}]: a [^{at}]\n\n" for at in range(12_000))),
    "footnotes inline": _again("^[a"),
    "quotes nested": _body("> " * 200_000 + "a"),
    "quotes nested, line by line": _body("\n".join("> " * deep + "a" for deep in range(650))),
    "lists nested": _body("\n".join("  " * deep + "- a" for deep in range(650))),
    "lists in one line": _again("- "),
    "lists with gaps": _again("* a\n\n\n"),
    "headings": _again("# a\n"),
    "rules": _again("---\n"),
    "callouts nested": _body("\n".join("> " * deep + "[!note]- a" for deep in range(1, 650))),
    "tables of 10,000 columns": _body(
        "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + ("|b" * 10 + "|\n") * 50
    ),
    "tables of few cells": _body("|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|b\n" * 100_000),
    "tables again and again": _again("|a|b|\n|-|-|\n|c|d|\n\n"),
    "formulas": _again("$a$$ $"),
    "tags": _again("#a/b "),
    "addresses": _again("http://a.b/?(( "),
    "mail addresses": _again("a@b.c"),
    "one long address": _body("https://" + "a." * 200_000 + "b"),
    "fences of all lengths": _body("\n".join("`" * length for length in range(900, 3, -1))),
    "fields": _again("a:: (b:: c) "),
    "block ids": _again("a ^id-1\n\n"),
    "tasks": _again("- [x] a ^pv-a\n"),
    "markers": _again("<!-- prepvault:begin id=tips v=1 sum=0 -->\n"),
    "markers in order": _again(
        "<!-- prepvault:begin id=tips v=1 sum=0 -->\n<!-- prepvault:end id=tips -->\n"
    ),
    "debrief": _body("## Debrief\n\n### Asked\n\n" + "- Why? · gap · [[A|b]]\n" * 20_000),
    "debrief in one line": _body("## Debrief\n\n### Asked\n\n- " + "a · gap [[" * 40_000),
    "embeds of itself": _body("![[hurt]]\n\n" * 5_000),
    "embeds of others": _body("".join(f"![[Interviews/loop-{at}]]\n" for at in range(40)) * 20),
}
