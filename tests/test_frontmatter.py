"""Finding and reading front matter: fences, faults with their places, what is rescued from a bad block."""

import pytest

from prepvault.model.finding import Severity
from prepvault.parse.frontmatter import HeadSpan, parse_head, split_head


@pytest.mark.parametrize(
    ("data", "span"),
    [
        (b"---\na: 1\n---\nbody", HeadSpan(0, 4, 9, 13)),
        (b"---\r\na: 1\r\n---\r\nbody", HeadSpan(0, 5, 11, 16)),
        (b"\xef\xbb\xbf---\na: 1\n---\n", HeadSpan(3, 7, 12, 16)),
        (b"---\n---\n", HeadSpan(0, 4, 4, 8)),
        (b"---\na: 1\n...\nbody", HeadSpan(0, 4, 9, 13)),
        (b"---\na: 1\n---", HeadSpan(0, 4, 9, 12)),
        (b"--- \na: 1\n---\t \nx", HeadSpan(0, 5, 10, 16)),
        (b"---\na: |\n  ---\n---\n", HeadSpan(0, 4, 15, 19)),
        (b"---\na: 1\n---x\n---\n", HeadSpan(0, 4, 14, 18)),
        (b"", None),
        (b"---", None),
        (b"---\na: 1\n", None),
        (b"----\na: 1\n---\n", None),
        (b"\n---\na: 1\n---\n", None),
        (b" ---\na: 1\n---\n", None),
        (b"text\n---\na: 1\n---\n", None),
    ],
)
def test_fences(data: bytes, span: HeadSpan | None) -> None:
    assert split_head(data) == span


def test_values_lines_and_body() -> None:
    head, findings = parse_head(
        b"\xef\xbb\xbf---\r\n# c\r\na: 1\r\nb:\r\n  - x\r\n---\r\nbody \xff\r\n", "a.md"
    )
    assert findings == ()
    assert head.present
    assert head.valid
    assert head.values == {"a": 1, "b": ["x"]}
    assert head.lines == {"a": 3, "b": 4}
    assert head.body == "body \ufffd\r\n"
    assert head.body_line == 7


def test_a_plain_note_has_no_findings() -> None:
    head, findings = parse_head(b"\xef\xbb\xbf# Title\n", "a.md")
    assert findings == ()
    assert (head.present, head.valid, head.body, head.body_line) == (False, True, "# Title\n", 1)


@pytest.mark.parametrize(
    "data", [b"---\n\na rule above text\n", b"----\na: 1\n---\n", b"\n\ntext\n---\nno: head\n---\n"]
)
def test_a_rule_is_no_front_matter(data: bytes) -> None:
    head, findings = parse_head(data, "a.md")
    assert findings == ()
    assert not head.present


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"---\ncompany: Acme\n\ntext\n", "frontmatter/unclosed", 1),
        (b"---\n# c\n\ncompany:\n", "frontmatter/unclosed", 1),
        (b"---\na: 1\ntitle: a: b\n---\n", "frontmatter/invalid", 3),
        (b"---\na: 1\nb: 2\na: 3\n---\n", "frontmatter/duplicate-key", 4),
        (b"---\n- a\n---\n", "frontmatter/not-mapping", 2),
        (b"---\ntext\n---\n", "frontmatter/not-mapping", 2),
        (b"---\na: " + b"x" * 300_000 + b"\n---\n", "frontmatter/too-large", 2),
        (b"---\na: " + b"[" * 50 + b"]" * 50 + b"\n---\n", "frontmatter/too-deep", 2),
        (b"\n\n---\na: 1\n---\n", "frontmatter/not-at-start", 3),
        (b"  \n---\ninterview_type:\n---\n", "frontmatter/not-at-start", 2),
        (b"---\na: 1\nb: \xe9\n---\n", "frontmatter/not-utf8", 3),
        ("---\na: 1\n---\n".encode("utf-16"), "frontmatter/not-utf8", 1),
        (
            b"---\na: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n---\n",
            "frontmatter/conflict-markers",
            3,
        ),
        (b"<<<<<<< HEAD\n---\na: 1\n---\n=======\n>>>>>>> x\n", "frontmatter/conflict-markers", 1),
        (b"---\ncompany: [[Acme]]\n---\n", "frontmatter/unquoted-link", 2),
        (b"---\na: 1\ninterviewer:\n  - Dana\n  - [[Sam]]\n---\n", "frontmatter/unquoted-link", 4),
        (b"---\nnotes: #urgent\n---\n", "frontmatter/hash-comment", 2),
        (b"\0\0\0\0", "note/binary", 1),
        (b"x" * (2 * 1024 * 1024 + 1), "note/too-large", 1),
    ],
)
def test_a_fault_is_one_finding_with_its_line(data: bytes, code: str, line: int) -> None:
    _, findings = parse_head(data, "Interviews/a.md")
    assert [(finding.code, finding.place.line) for finding in findings] == [(code, line)]
    finding = findings[0]
    assert finding.place.path == "Interviews/a.md"
    assert finding.hint
    assert not finding.message.endswith(".")


def test_links_are_read_as_they_were_meant() -> None:
    head, findings = parse_head(
        b"---\ncompany: [[Acme|A, Inc]]\npeople: [[[Dana]], Sam]\nn: [[1, 2], [3]]\n---\n", "a.md"
    )
    assert head.values["company"] == "[[Acme|A, Inc]]"
    assert head.values["people"] == ["[[Dana]]", "Sam"]
    assert head.values["n"] == [[1, 2], [3]]
    assert {finding.severity for finding in findings} == {Severity.WARNING}
    assert findings[0].hint == 'write it as company: "[[Acme|A, Inc]]"'


def test_an_ordinary_comment_is_no_finding() -> None:
    assert parse_head(b"---\na: # to do\nb: x #y\nc:\n---\n", "a.md")[1] == ()


def test_the_last_of_two_equal_keys_counts_meanwhile() -> None:
    head, findings = parse_head(b"---\nscheduled_at: 2026-02-10\nstatus: a\nstatus: b\n---\n", "a.md")
    assert head.valid
    assert head.values == {"scheduled_at": "2026-02-10", "status": "b"}
    assert findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("block", "rescued"),
    [
        (
            b"role: Lead: Data\nscheduled_at: 2026-02-10T14:00\n",
            {"role": "Lead: Data", "scheduled_at": "2026-02-10T14:00"},
        ),
        (b"a: 1\nl:\n  - x\n  - y\nb: @z\n", {"a": 1, "l": ["x", "y"], "b": "@z"}),
        (b"a: 'open\nb: 2\n", {"a": "open", "b": 2}),
        (b"<<<<<<< x\na: 1\nb: 1\n=======\na: 1\nb: 2\n>>>>>>> y\nc: 3\n", {"a": 1, "c": 3}),
        (b"a: \xff\nb: 2\n", {"a": "\ufffd", "b": 2}),
        (b"\ta: 1\nb: 2\n", {"a": "1", "b": 2}),
    ],
)
def test_one_bad_line_does_not_hide_the_others(block: bytes, rescued: dict[str, object]) -> None:
    head, findings = parse_head(b"---\n" + block + b"---\nbody\n", "a.md")
    assert not head.valid
    assert head.values == {}
    assert head.rescued == rescued
    assert head.body == "body\n"
    assert findings[0].severity is Severity.ERROR


def test_misplaced_front_matter_is_rescued_too() -> None:
    assert parse_head(b"---\na: 1\nb: 2\n", "a.md")[0].rescued == {"a": 1, "b": 2}
    assert parse_head(b"\n---\na: 1\n---\nb: 2\n", "a.md")[0].rescued == {"a": 1}


@pytest.mark.parametrize(
    ("block", "code", "line"),
    [
        (b"a: 1\nb: \xff\n", "frontmatter/not-utf8", 3),
        (b"a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", "frontmatter/conflict-markers", 3),
        (b"a: b: c\n", "frontmatter/invalid", 2),
    ],
)
def test_broken_front_matter_is_there_and_told_by_its_line(block: bytes, code: str, line: int) -> None:
    head, (found,) = parse_head(b"\xef\xbb\xbf---\n" + block + b"---\nbody\n", "a.md")
    assert (head.present, head.valid, head.body, head.body_line) == (
        True,
        False,
        "body\n",
        3 + block.count(b"\n"),
    )
    assert (found.code, found.place.line, found.place.column) == (code, line, 4 if line == 2 else 1)
    assert "a" in head.rescued
