"""Front matter edits over specimens of what people write: one span changes, or nothing does."""

import pytest

from prepvault.model.change import Edit
from prepvault.parse.edit import edit_head
from prepvault.parse.frontmatter import parse_head

SET = Edit("status", "set", "done")
ADD = Edit("sent", "append", "24h email 2026-02-09T14:00:00-05:00")
ITEM = b"24h email 2026-02-09T14:00:00-05:00"
BODY = b"\n# Acme\n\n- [x] status: not this\n---\nstatus: nor this\n"


def note(block: bytes, body: bytes = BODY) -> bytes:
    return b"---\n" + block + b"---\n" + body


SETS: list[tuple[str, bytes, bytes]] = [
    ("plain", b"a: 1\nstatus: x\nb: 2\n", b"a: 1\nstatus: done\nb: 2\n"),
    ("comment after the value", b"status: x # mine\n", b"status: done # mine\n"),
    ("whole-line comments", b"# top\n\nstatus: x\n# end\n\n", b"# top\n\nstatus: done\n# end\n\n"),
    ("quoted key", b'"status": x\n', b'"status": done\n'),
    ("single-quoted key", b"'status': x\n", b"'status': done\n"),
    ("double quotes stay", b'status: "x"\n', b'status: "done"\n'),
    ("single quotes stay", b"status: 'x'\n", b"status: 'done'\n"),
    ("escapes next door", b'a: "\\u00e9\\t\\x41"\nstatus: x\n', b'a: "\\u00e9\\t\\x41"\nstatus: done\n'),
    ("aligned", b"status:      x\nb:           y\n", b"status:      done\nb:           y\n"),
    ("empty", b"status:\nb: 1\n", b"status: done\nb: 1\n"),
    ("empty with a blank", b"status: \nb: 1\n", b"status: done\nb: 1\n"),
    ("empty with a comment", b"status: # todo\n", b"status: done # todo\n"),
    ("null word", b"status: null\n", b"status: done\n"),
    ("on the next line", b"status:\n  x\nb: 1\n", b"status:\n  done\nb: 1\n"),
    ("folded plain", b"status: x\n  y\n\n  z\nb: 1\n", b"status: done\nb: 1\n"),
    ("folded quoted", b'status: "x\n  y" # c\n', b'status: "done" # c\n'),
    ("block text", b"status: |\n  x\n\n  y\n\n# c\nb: 1\n", b"status: done\n\n# c\nb: 1\n"),
    ("folded block text", b"status: >-\n    x\n    y\nb: 1\n", b"status: done\nb: 1\n"),
    ("empty block text", b"status: |\nb: 1\n", b"status: done\nb: 1\n"),
    ("nested key of that name", b"a:\n  status: x\n", b"a:\n  status: x\nstatus: done\n"),
    ("indented list above", b"l:\n    - a\nstatus: x\n", b"l:\n    - a\nstatus: done\n"),
    ("anchors elsewhere", b"a: &q 1\nb: *q\nstatus: x\n", b"a: &q 1\nb: *q\nstatus: done\n"),
    (
        "merge elsewhere",
        b"a: &q {x: 1}\nb:\n  <<: *q\nstatus: x\n",
        b"a: &q {x: 1}\nb:\n  <<: *q\nstatus: done\n",
    ),
    ("private tag elsewhere", b"a: !mine x\nstatus: x\n", b"a: !mine x\nstatus: done\n"),
    ("impossible date", b"a: 2026-02-30\nstatus: x\n", b"a: 2026-02-30\nstatus: done\n"),
    (
        "6000-digit number",
        b"a: " + b"9" * 6000 + b"\nstatus: x\n",
        b"a: " + b"9" * 6000 + b"\nstatus: done\n",
    ),
    ("re-typed words", b"a: 14:30\nb: yes\nc: 007\nstatus: x\n", b"a: 14:30\nb: yes\nc: 007\nstatus: done\n"),
    ("unquoted link", b"a: [[Acme]]\nstatus: x\n", b"a: [[Acme]]\nstatus: done\n"),
    (
        "emoji before",
        "a: \U0001f600\U00010348 é\nstatus: x\n".encode(),
        "a: \U0001f600\U00010348 é\nstatus: done\n".encode(),
    ),
    ("emoji value", "status: \U0001f600 x\n".encode(), b"status: done\n"),
    (
        "line separators",
        "a: x\u2028y\u0085z\nstatus: x\n".encode(),
        "a: x\u2028y\u0085z\nstatus: done\n".encode(),
    ),
    ("control character", b"a: x\x08y\nstatus: x\n", b"a: x\x08y\nstatus: done\n"),
    ("crlf", b"a: 1\r\nstatus: x\r\n", b"a: 1\r\nstatus: done\r\n"),
    ("crlf, new key", b"a: 1\r\n", b"a: 1\r\nstatus: done\r\n"),
    ("mixed line ends", b"a: 1\r\nstatus: x\nb: 2\r\n", b"a: 1\r\nstatus: done\nb: 2\r\n"),
    ("long line", b"a: " + b"word " * 400 + b"\nstatus: x\n", b"a: " + b"word " * 400 + b"\nstatus: done\n"),
    ("key content", b"content: x\nstatus: x\n", b"content: x\nstatus: done\n"),
    ("number for a key", b"2026: x\nstatus: x\n", b"2026: x\nstatus: done\n"),
    ("placeholder", b"a: {{date}}\nstatus: x\n", b"a: {{date}}\nstatus: done\n"),
    ("flow map above", b"a: {b: 1, c: [2]}\nstatus: x\n", b"a: {b: 1, c: [2]}\nstatus: done\n"),
    ("others twice", b"a: 1\na: 2\nstatus: x\n", b"a: 1\na: 2\nstatus: done\n"),
    ("json", b'{"a": 1,\n "status": "x"}\n', b'{"a": 1,\n "status": "done"}\n'),
    ("json, new key", b'{"a": 1,\n "b": [2]}\n', b'{"a": 1,\n "b": [2], "status": "done"}\n'),
    ("empty json", b"{}\n", b'{"status": "done"}\n'),
    ("all indented", b"  a: 1\n  status: x\n", b"  a: 1\n  status: done\n"),
    ("all indented, new key", b"  a: 1\n", b"  a: 1\n  status: done\n"),
    ("question mark", b"? status\n: x\n", b"? status\n: done\n"),
    ("nothing yet", b"", b"status: done\n"),
    ("only comments", b"# a\n", b"# a\nstatus: done\n"),
    ("keep-all block above", b"a: |+\n  x\n\n\n", b"a: |+\n  x\n\n\nstatus: done\n"),
    ("empty list", b"status: []\n", b"status: done\n"),
    ("fence inside a value", b"a: |\n  ---\n  x\nstatus: x\n", b"a: |\n  ---\n  x\nstatus: done\n"),
    ("unchanged", b"status: done # x\n", b"status: done # x\n"),
    ("unchanged, quoted", b"status: 'done'\n", b"status: 'done'\n"),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in SETS], ids=[row[0] for row in SETS])
def test_set_changes_one_span(before: bytes, after: bytes) -> None:
    changed, findings = edit_head(note(before), [SET], "a.md")
    assert findings == ()
    assert changed == note(after)
    assert edit_head(changed, [SET], "a.md") == (changed, ())


ONE_ITEM: list[tuple[str, bytes, bytes]] = [
    ("block", b"status:\n  - x\nb: 1\n", b"status:\n  - done\nb: 1\n"),
    ("block, not indented", b"status:\n- x\nb: 1\n", b"status:\n- done\nb: 1\n"),
    (
        "block with comments",
        b"status: # a\n  # b\n  - x # c\n  # d\n",
        b"status: # a\n  # b\n  - done # c\n  # d\n",
    ),
    ("block, quoted", b"status:\n  - 'x'\n", b"status:\n  - 'done'\n"),
    ("block over lines", b"status:\n  - x\n    y\nb: 1\n", b"status:\n  - done\nb: 1\n"),
    ("block with an empty item", b"status:\n  -\nb: 1\n", b"status:\n  - done\nb: 1\n"),
    ("block with a text block", b"status:\n  - |\n    x\n\nb: 1\n", b"status:\n  - done\n\nb: 1\n"),
    ("crlf", b"status:\r\n  - x\r\nb: 1\r\n", b"status:\r\n  - done\r\nb: 1\r\n"),
    ("flow", b"status: [x] # c\n", b"status: [done] # c\n"),
    ("flow, quoted", b'status: [ "x" ]\n', b'status: [ "done" ]\n'),
    ("flow with a last comma", b"status: [x, ]\n", b"status: [done, ]\n"),
    ("flow over lines", b"status: [\n  x # c\n]\n", b"status: [\n  done # c\n]\n"),
    ("flow with a null word", b"status: [null]\n", b"status: [done]\n"),
    ("json", b'{"status": ["x"], "a": 1}\n', b'{"status": ["done"], "a": 1}\n'),
    ("number", b"status: [7]\n", b"status: [done]\n"),
    ("unchanged", b"status:\n  - 'done' # c\n", b"status:\n  - 'done' # c\n"),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in ONE_ITEM], ids=[row[0] for row in ONE_ITEM])
def test_set_over_a_list_of_one_keeps_the_list(before: bytes, after: bytes) -> None:
    changed, findings = edit_head(note(before), [SET], "a.md")
    assert findings == ()
    assert changed == note(after)
    assert parse_head(changed, "a.md")[0].values["status"] == ["done"]
    assert edit_head(changed, [SET], "a.md") == (changed, ())


@pytest.mark.parametrize(
    "value", ["a, b", "a: b", "[x]", "one\ntwo", "- x", "true", "", "2026-02-10T14:00:00"]
)
@pytest.mark.parametrize("block", [b"l: [x]\n", b"l: [x\n  ]\n", b"l:\n  - x\n", b'{"l": ["x"]}\n'])
def test_any_text_may_take_the_place_of_the_only_item(block: bytes, value: str) -> None:
    changed, findings = edit_head(note(block), [Edit("l", "set", value)], "a.md")
    assert findings == ()
    assert parse_head(changed, "a.md")[0].values == {"l": [value]}


APPENDS: list[tuple[str, bytes, bytes]] = [
    ("absent", b"a: 1\n", b"a: 1\nsent:\n  - " + ITEM + b"\n"),
    ("null", b"sent:\na: 1\n", b"sent:\n  - " + ITEM + b"\na: 1\n"),
    ("null with a comment", b"sent: # c\na: 1\n", b"sent: # c\n  - " + ITEM + b"\na: 1\n"),
    ("null word", b"sent: ~\n", b"sent:\n  - " + ITEM + b"\n"),
    ("indented", b"sent:\n  - x\na: 1\n", b"sent:\n  - x\n  - " + ITEM + b"\na: 1\n"),
    ("not indented", b"sent:\n- x\na: 1\n", b"sent:\n- x\n- " + ITEM + b"\na: 1\n"),
    ("far indented", b"sent:\n      -   x\n", b"sent:\n      -   x\n      -   " + ITEM + b"\n"),
    (
        "comment on the last",
        b"sent:\n  - x # c\n  # d\na: 1\n",
        b"sent:\n  - x # c\n  - " + ITEM + b"\n  # d\na: 1\n",
    ),
    ("flow", b"sent: [x, y]\n", b"sent: [x, y, " + b'"' + ITEM + b'"]\n'),
    ("flow with a last comma", b"sent: [x, ]\n", b'sent: [x, "' + ITEM + b'", ]\n'),
    (
        "flow over lines",
        b"sent: [\n  x, # one\n  y # two\n]\na: 1\n",
        b'sent: [\n  x, # one\n  y, "' + ITEM + b'" # two\n]\na: 1\n',
    ),
    ("flow, empty", b"sent: []\n", b'sent: ["' + ITEM + b'"]\n'),
    ("flow, quoted", b"sent: ['x']\n", b"sent: ['x', '" + ITEM + b"']\n"),
    ("one empty item", b"sent:\n  - \na: 1\n", b"sent:\n  - " + ITEM + b"\na: 1\n"),
    ("one bare dash", b"sent:\n-\na: 1\n", b"sent:\n- " + ITEM + b"\na: 1\n"),
    ("one text", b"sent: x # c\na: 1\n", b"sent:\n  - x # c\n  - " + ITEM + b"\na: 1\n"),
    ("one quoted text", b'sent: "x: y"\n', b'sent:\n  - "x: y"\n  - ' + ITEM + b"\n"),
    ("crlf", b"sent:\r\n  - x\r\n", b"sent:\r\n  - x\r\n  - " + ITEM + b"\r\n"),
    ("maps in the list", b"sent:\n  - a: 1\n    b: 2\n", b"sent:\n  - a: 1\n    b: 2\n  - " + ITEM + b"\n"),
    (
        "text block in the list",
        b"sent:\n  - |\n    x\n\na: 1\n",
        b"sent:\n  - |\n    x\n  - " + ITEM + b"\n\na: 1\n",
    ),
    ("json", b'{"sent": ["x"], "a": 1}\n', b'{"sent": ["x", "' + ITEM + b'"], "a": 1}\n'),
    ("json, one text", b'{"sent": "x"}\n', b'{"sent": ["x", "' + ITEM + b'"]}\n'),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in APPENDS], ids=[row[0] for row in APPENDS])
def test_append_adds_one_item(before: bytes, after: bytes) -> None:
    changed, findings = edit_head(note(before), [ADD], "a.md")
    assert findings == ()
    assert changed == note(after)


LISTS: list[tuple[str, bytes, tuple[str, ...], bytes]] = [
    ("absent", b"a: 1\n", ("x", "y: z"), b'a: 1\nl:\n  - x\n  - "y: z"\n'),
    ("absent, empty", b"a: 1\n", (), b"a: 1\nl: []\n"),
    ("flow becomes block", b"l: [a]\n", ("x",), b"l:\n  - x\n"),
    ("flow with a comment", b"l: [a] # c\n", ("x", "y"), b"l: [x, y] # c\n"),
    (
        "block keeps its indentation",
        b"l:\n    - a\n    - b\nz: 1\n",
        ("x", "y"),
        b"l:\n    - x\n    - y\nz: 1\n",
    ),
    ("block to empty", b"l:\n- a\n- b\nz: 1\n", (), b"l: []\nz: 1\n"),
    ("text becomes a list", b"l: a\n", ("x",), b"l:\n  - x\n"),
    ("text block becomes a list", b"l: |\n  a\n  b\n\nz: 1\n", ("x",), b"l:\n  - x\n\nz: 1\n"),
    ("null", b"l:\nz: 1\n", ("x",), b"l:\n  - x\nz: 1\n"),
    ("same", b"l: [x, 'y']\n", ("x", "y"), b"l: [x, 'y']\n"),
    ("crlf", b"l:\r\n  - a\r\nz: 1\r\n", ("x", "y"), b"l:\r\n  - x\r\n  - y\r\nz: 1\r\n"),
    ("json", b'{"l": [1], "z": 2}\n', ("x",), b'{"l": ["x"], "z": 2}\n'),
]


@pytest.mark.parametrize(
    ("before", "items", "after"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS]
)
def test_set_replaces_a_whole_list(before: bytes, items: tuple[str, ...], after: bytes) -> None:
    assert edit_head(note(before), [Edit("l", "set", items)], "a.md") == (note(after), ())


REMOVALS: list[tuple[str, bytes, bytes]] = [
    ("middle", b"a: 1\nstatus: x\nb: 2\n", b"a: 1\nb: 2\n"),
    ("only", b"status: x\n", b""),
    ("absent", b"a: 1\n", b"a: 1\n"),
    ("empty value", b"status:\nb: 1\n", b"b: 1\n"),
    ("list", b"status:\n  - x\n  - y\nb: 1\n", b"b: 1\n"),
    ("text block", b"status: |\n  x\n\n  y\n\nb: 1\n", b"\nb: 1\n"),
    ("comments around", b"# a\nstatus: x\n# b\n", b"# a\n# b\n"),
    ("crlf", b"a: 1\r\nstatus: x\r\n", b"a: 1\r\n"),
    ("flow over lines", b"status: [\n  x,\n  y\n]\nb: 1\n", b"b: 1\n"),
]


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in REMOVALS], ids=[row[0] for row in REMOVALS])
def test_remove_takes_out_whole_lines(before: bytes, after: bytes) -> None:
    assert edit_head(note(before), [Edit("status", "remove")], "a.md") == (note(after), ())


REFUSED: list[tuple[str, bytes, Edit, str]] = [
    ("given twice", b"status: 1\nstatus: 2\n", SET, "edit/duplicate-key"),
    ("given twice, quoted", b"status: 1\n'status': 2\n", SET, "edit/duplicate-key"),
    ("alias", b"s: &s x\nstatus: *s\n", SET, "edit/shared-value"),
    ("anchor", b"status: &s x\nb: *s\n", SET, "edit/shared-value"),
    ("anchor on a list", b"sent: &s\n  - x\n", ADD, "edit/shared-value"),
    ("alias in a list", b"a: &s x\nsent: [*s]\n", ADD, "edit/shared-value"),
    ("tag", b"status: !!str x\n", SET, "edit/shared-value"),
    ("list of two for a text", b"status: [a, b]\n", SET, "edit/not-one-value"),
    ("block list of two for a text", b"status:\n  - a\n  - b\n", SET, "edit/not-one-value"),
    ("list in a list for a text", b"status:\n  - [a]\n", SET, "edit/not-one-value"),
    ("map in a list for a text", b"status:\n  - a: 1\n", SET, "edit/not-one-value"),
    ("list of one for a flag", b"status: [a]\n", Edit("status", "set", True), "edit/not-one-value"),
    ("list of one for a number", b"status: [a]\n", Edit("status", "set", 1), "edit/not-one-value"),
    ("anchor on a list of one", b"status: &s [a]\n", SET, "edit/shared-value"),
    ("anchor on the only item", b"status: [&s a]\n", SET, "edit/shared-value"),
    ("alias as the only item", b"s: &s a\nstatus:\n  - *s\n", SET, "edit/shared-value"),
    ("tag on the only item", b"status: [!!str a]\n", SET, "edit/shared-value"),
    ("comment in the only item's header", b"status:\n  - | # c\n    x\n", SET, "edit/comment-inside"),
    ("map for a text", b"status:\n  a: 1\n", SET, "edit/not-one-value"),
    ("map for a list", b"sent:\n  a: 1\n", ADD, "edit/not-a-list"),
    ("map for a whole list", b"sent: {a: 1}\n", Edit("sent", "set", ("x",)), "edit/not-a-list"),
    ("text over lines for a list", b"sent: a\n  b\n", ADD, "edit/not-a-list"),
    ("text block for a list", b"sent: |\n  b\n", ADD, "edit/not-a-list"),
    ("comment in a text block's header", b"status: | # c\n  x\n", SET, "edit/comment-inside"),
    (
        "comment in a replaced list",
        b"l:\n  - a\n  # c\n  - b\n",
        Edit("l", "set", ("x",)),
        "edit/comment-inside",
    ),
    ("comment in a removed list", b"l:\n  - a\n  # c\n  - b\n", Edit("l", "remove"), "edit/comment-inside"),
    ("comment on a removed line", b"status: x # c\n", Edit("status", "remove"), "edit/comment-inside"),
    ("comment before a removed list", b"l: # c\n  - a\n", Edit("l", "remove"), "edit/comment-inside"),
    ("removal from a flow map", b"{status: x}\n", Edit("status", "remove"), "edit/not-alone"),
    ("removal of a used anchor", b"l: &s x\nb: *s\n", Edit("l", "remove"), "edit/unproved"),
    ("key without a colon", b"? status\n", SET, "edit/unproved"),
    ("keep-all block at a list's end", b"sent:\n  - |+\n    b\n\n\nx: 1\n", ADD, "edit/unproved"),
    ("half a character", b"status: x\n", Edit("status", "set", "\ud800"), "edit/unproved"),
    ("merge conflict", b"<<<<<<< a\nstatus: x\n=======\nstatus: y\n>>>>>>> b\n", SET, "edit/unreadable"),
    ("invalid elsewhere", b"title: a: b\nstatus: x\n", SET, "edit/unreadable"),
    ("tab", b"a:\n\tb: 1\nstatus: x\n", SET, "edit/unreadable"),
    ("undefined alias elsewhere", b"a: *s\nstatus: x\n", SET, "edit/unreadable"),
    ("a list", b"- status: x\n", SET, "edit/unreadable"),
    ("a text", b"status\n", SET, "edit/unreadable"),
    ("two documents", b"a: 1\n--- x\nstatus: x\n", SET, "edit/unreadable"),
    ("not utf-8", b"a: \xe9\nstatus: x\n", SET, "edit/unreadable"),
    ("deep", b"a: " + b"[" * 60 + b"]" * 60 + b"\nstatus: x\n", SET, "edit/unreadable"),
    ("deep by far", b"a: " + b"[" * 20000 + b"\nstatus: x\n", SET, "edit/unreadable"),
    ("large", b"a: " + b"x" * 270_000 + b"\nstatus: x\n", SET, "edit/unreadable"),
]


@pytest.mark.parametrize(
    ("block", "edit", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_cannot_be_proved_is_refused(block: bytes, edit: Edit, code: str) -> None:
    before = note(block)
    changed, findings = edit_head(before, [edit], "Interviews/a.md")
    assert changed == before
    assert [finding.code for finding in findings] == [code]
    assert findings[0].place.path == "Interviews/a.md"
    assert findings[0].message
    assert findings[0].message[0] in "`abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"---\nstatus: x\n", id="never closed"),
        pytest.param(b"\n---\nstatus: x\n---\n", id="not on line 1"),
        pytest.param(
            b"<<<<<<< HEAD\n---\nstatus: x\n---\n=======\n>>>>>>> b\n", id="conflict around the head"
        ),
        pytest.param(b"\0" * 100, id="zero bytes"),
        pytest.param("---\nstatus: x\n---\n".encode("utf-16"), id="utf-16"),
        pytest.param(b"x" * (2 * 1024 * 1024 + 1), id="too large"),
    ],
)
def test_a_note_that_is_no_note_is_refused(data: bytes) -> None:
    changed, findings = edit_head(data, [SET], "a.md")
    assert changed == data
    assert [finding.code for finding in findings] == ["edit/unreadable"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"---\nstatus: done\n---\n"),
        (b"text", b"---\nstatus: done\n---\ntext"),
        (b"a\r\nb\r\n", b"---\r\nstatus: done\r\n---\r\na\r\nb\r\n"),
        (b"\xef\xbb\xbfa\n", b"\xef\xbb\xbf---\nstatus: done\n---\na\n"),
        (b"----\na\n", b"---\nstatus: done\n---\n----\na\n"),
        (b"---\n\ntext below a rule\n", b"---\nstatus: done\n---\n---\n\ntext below a rule\n"),
        (b"caf\xe9\n", b"---\nstatus: done\n---\ncaf\xe9\n"),
    ],
)
def test_a_note_without_front_matter_gets_some(before: bytes, after: bytes) -> None:
    assert edit_head(before, [SET], "a.md") == (after, ())
    assert edit_head(before, [Edit("status", "remove")], "a.md") == (before, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbf---\nstatus: x\n---\n", b"\xef\xbb\xbf---\nstatus: done\n---\n"),
        (b"---\nstatus: x\n---", b"---\nstatus: done\n---"),
        (b"---\nstatus: x\n...\nbody", b"---\nstatus: done\n...\nbody"),
        (b"--- \t\nstatus: x\n---  \nbody", b"--- \t\nstatus: done\n---  \nbody"),
    ],
)
def test_what_is_around_the_block_stays(before: bytes, after: bytes) -> None:
    assert edit_head(before, [SET], "a.md") == (after, ())


def test_a_body_in_another_encoding_survives() -> None:
    assert edit_head(b"---\nstatus: x\n---\ncaf\xe9 \xff", [SET], "a.md") == (
        b"---\nstatus: done\n---\ncaf\xe9 \xff",
        (),
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("24h", b"24h"),
        ("2026-02-10T14:00:00", b"2026-02-10T14:00:00"),
        ("2026-02-10", b"2026-02-10"),
        ("14:30", b"14:30"),
        ("yes", b"yes"),
        ("true", b'"true"'),
        ("007", b'"007"'),
        ("~", b'"~"'),
        ("", b'""'),
        ("a: b", b'"a: b"'),
        ("[[Acme]]", b'"[[Acme]]"'),
        ("x #y", b'"x #y"'),
        ('say "x": y', b"'say \"x\": y'"),
        ("@home", b'"@home"'),
        ("<% tp.date.now() %>", b'"\\u003C% tp.date.now() %>"'),
        ("a\u2028b\u0085\ufeff\x07", b'"a\\u2028b\\u0085\\ufeff\\u0007"'),
        ("\U0001f600", "\U0001f600".encode()),
        ("one\ntwo", b"|-\n  one\n  two"),
        ("one\r\n\r\ntwo\r\n", b"|\n  one\n\n  two"),
        (" one\ntwo", b'" one\\ntwo"'),
        (7, b"7"),
        (True, b"true"),
        (False, b"false"),
    ],
)
def test_values_are_written_as_obsidian_writes_them(value: str | int | bool, written: bytes) -> None:
    changed, findings = edit_head(note(b"a: 1\n"), [Edit("feedback", "set", value)], "a.md")
    assert findings == ()
    assert changed == note(b"a: 1\nfeedback: " + written + b"\n")
    read = parse_head(changed, "a.md")[0].values["feedback"]
    assert read == (value.replace("\r\n", "\n") if isinstance(value, str) else value)
    again = edit_head(note(b"feedback: old\n"), [Edit("feedback", "set", value)], "a.md")[0]
    assert again == note(b"feedback: " + written + b"\n")


def test_a_text_block_is_replaced_by_a_text_block() -> None:
    before = note(b"feedback: |\n    old\n\n    lines\n# mine\nnotes: x\n")
    changed, _ = edit_head(before, [Edit("feedback", "set", "new\nlines\n")], "a.md")
    assert changed == note(b"feedback: |\n  new\n  lines\n# mine\nnotes: x\n")


def test_lines_of_a_text_block_end_like_the_note() -> None:
    before = b"---\r\nfeedback: old\r\n---\r\n"
    changed, _ = edit_head(before, [Edit("feedback", "set", "new\nlines")], "a.md")
    assert changed == b"---\r\nfeedback: |-\r\n  new\r\n  lines\r\n---\r\n"


def test_a_comment_beside_the_value_keeps_it_on_one_line() -> None:
    changed, _ = edit_head(note(b"feedback: old # mine\n"), [Edit("feedback", "set", "a\nb")], "a.md")
    assert changed == note(b'feedback: "a\\nb" # mine\n')


def test_flags_and_numbers_replace_quoted_words() -> None:
    edits = [Edit("ready", "set", True), Edit("round", "set", 3)]
    assert edit_head(note(b"ready: 'false'\nround: \"2\"\n"), edits, "a.md") == (
        note(b"ready: true\nround: 3\n"),
        (),
    )


def test_equal_values_of_other_types_are_written_anew() -> None:
    assert edit_head(note(b"n: true\n"), [Edit("n", "set", 1)], "a.md") == (note(b"n: 1\n"), ())
    assert edit_head(note(b"n: 5\n"), [Edit("n", "set", "5")], "a.md") == (note(b'n: "5"\n'), ())


def test_all_edits_are_made_or_none() -> None:
    before = note(b"status: x\nl: {a: 1}\n")
    changed, findings = edit_head(before, [SET, Edit("l", "append", "x"), Edit("l", "set", "x")], "a.md")
    assert changed == before
    assert [finding.code for finding in findings] == ["edit/not-a-list", "edit/not-one-value"]


def test_a_refusal_names_line_and_column() -> None:
    _, findings = edit_head(b"---\na: 1\nstatus: [x, y]\n---\n", [SET], "a.md")
    assert (findings[0].place.line, findings[0].place.column) == (3, 9)
    _, findings = edit_head(b"---\na: 1\ntitle: a: b\n---\n", [SET], "a.md")
    assert str(findings[0].place) == "a.md:3"
    assert findings[0].hint == 'write it as title: "a: b"'


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(b"a: " + b"[" * 100_000 + b"\n", id="nesting"),
        pytest.param(b"a: " + b"{b: " * 20_000 + b"\n", id="flow maps"),
        pytest.param(b"".join(b" " * i + b"a:\n" for i in range(600)), id="block maps"),
        pytest.param(b"a: [" + b"x," * 60_000 + b"]\n", id="nodes"),
        pytest.param(b"a: &x 1\nb: [" + b"*x," * 200 + b"]\n", id="aliases"),
        pytest.param(
            b"a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(b"a%d: &a%d [%s]\n" % (i, i, b",".join([b"*a%d" % (i - 1)] * 9)) for i in range(1, 9)),
            id="alias bomb",
        ),
        pytest.param(b"&a [*a]\n", id="alias to itself"),
        pytest.param(b"a: " + b"1:" * 100_000 + b"1\n", id="long sexagesimal"),
        pytest.param(b"? " * 5000 + b"\n", id="question marks"),
        pytest.param(b"- " * 5000 + b"\n", id="dashes"),
        pytest.param(b'a: "' + b"\\" * 200_001 + b"\n", id="backslashes"),
    ],
)
@pytest.mark.timeout(60)  # unguarded they take minutes, or all memory; this is no measurement
def test_bombs_come_to_an_end(block: bytes) -> None:
    before = note(block + b"status: x\n")
    changed, _ = edit_head(before, [SET], "a.md")
    head, _ = parse_head(before, "a.md")
    assert changed == before or head.valid


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"sent:\n  -\n  - a\n", b"sent:\n  -\n  - a\n  - %s\n"),
        (b"sent:\n  - &q\n", b"sent:\n  - &q\n  - %s\n"),
        (b"sent:\n  -\n    a\n", b"sent:\n  -\n    a\n  - %s\n"),
        (b"sent:\n  - | # c\n    t\n", b"sent:\n  - | # c\n    t\n  - %s\n"),
        (b"sent: [a, [b # c\n  ]]\n", b"sent: [a, [b # c\n  ], %s]\n"),
    ],
)
def test_an_item_comes_behind_what_is_there_however_it_is_written(before: bytes, after: bytes) -> None:
    add = Edit("sent", "append", "x y")
    assert edit_head(note(before), [add], "a.md") == (note(after % b"x y"), ())


@pytest.mark.parametrize("block", [b"sent:\n  - | # c\n    t\n", b"sent: [a, [b # c\n  ]]\n"])
def test_a_list_with_a_comment_deep_inside_is_not_replaced(block: bytes) -> None:
    changed, (refused,) = edit_head(note(block), [Edit("sent", "set", ("k",))], "a.md")
    assert (changed, refused.code) == (note(block), "edit/comment-inside")
