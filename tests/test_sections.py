"""Finding coaching sections in notes that were not made for it."""

import pytest

from prepvault.model.finding import Severity
from prepvault.parse.sections import find_sections, has_room
from prepvault.parse.splice import remove_section, splice_section

BEGIN = "<!-- prepvault:begin id=tips v=1 sum=0123456789 -->"
END = "<!-- prepvault:end id=tips -->"
OTHER_BEGIN = "<!-- prepvault:begin id=star v=1 sum=0123456789 -->"
OTHER_END = "<!-- prepvault:end id=star -->"
PERCENT = "%% prepvault:begin id=tips v=1 sum=1 %%"
WHOLE = f"{BEGIN}\n\n## Tips\n\n{END}"
HEAD = "---\ncompany: Acme\n---\n"


def told(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the sections found and the codes of the findings."""
    sections, findings = find_sections(text.encode())
    return tuple(section.name for section in sections), tuple(
        finding.code.removeprefix("coaching/") for finding in findings
    )


FOUND = {
    "plain": WHOLE,
    "after a head": f"{HEAD}\n{WHOLE}\n",
    "windows line ends": f"{HEAD}\n{WHOLE}\n".replace("\n", "\r\n"),
    "byte order mark": f"\ufeff{HEAD}\n{WHOLE}",
    "no final line end": f"text\n\n{WHOLE}",
    "no blank lines around": f"text\n{BEGIN}\n## Tips\n{END}\nmore",
    "indented by three": f"   {BEGIN}\ntext\n  {END}   \n",
    "after an open list": f"- one\n- two\n{WHOLE}\n",
    "after a closed fence": f"```\ncode\n```\n{WHOLE}",
    "between heading and rule": f"# A\n{WHOLE}\n***\n",
    "a fence inside": f"{BEGIN}\n```\n{END}\n```\n{END}\n",
    "attributes in another order": f"<!-- prepvault:begin sum=1 v=1 id=tips -->\n\n{END}",
    "hardly any blanks": "<!--prepvault:begin id=tips v=1 sum=1-->\n<!--prepvault:end id=tips-->",
    "percent spelling": f"{PERCENT}\n## Tips\n\ntext\n%% prepvault:end id=tips %%\n",
    "percent after a list": f"{PERCENT}\n\n- item\n%% prepvault:end id=tips %%\n",
    "inside an obsidian comment": f"%%\n\n{WHOLE}\n\n%%\n",
    "bytes that are no text": f"\udcff\udcfe\n\n{WHOLE}",
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_a_section_is_found(text: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    (section,), _ = find_sections(data)
    assert section.name == "tips"
    assert b"prepvault:begin" in data[section.start : section.inner_start]
    assert b"prepvault:end" in data[section.inner_end : section.end]
    assert data[: section.start].endswith((b"\n", b"\xbf")) or section.start == 0
    assert section.line == len(data[: section.start].splitlines()) + 1


IGNORED = {
    "backtick fence": f"```\n{WHOLE}\n```\n",
    "tilde fence": f"~~~md\n{WHOLE}\n~~~\n",
    "longer fence": f"````\n```\n{WHOLE}\n```\n````\n",
    "open fence": f"```\n{WHOLE}\n",
    "fence in a list": f"- one\n  ```\n  {BEGIN}\n  {END}\n  ```\n",
    "indented code": f"text\n\n    {BEGIN}\n    {END}\n",
    "tab indented code": f"text\n\n\t{BEGIN}\n\t{END}\n",
    "quote": f"> {BEGIN}\n> {END}\n",
    "callout": f"> [!note]\n> {BEGIN}\n>\n> {END}\n",
    "nested quote in a list": f"- > {BEGIN}\n  > {END}\n",
    "inline code": f"write `{BEGIN}` first and `{END}` last\n",
    "inside a sentence": f"text {BEGIN} and {END} text\n",
    "front matter": f'---\na: "{BEGIN}"\nb: |\n  {BEGIN}\n  {END}\n---\ntext\n',
    "percent in a fence": "```\n%% prepvault:begin id=tips v=1 sum=1 %%\n```\n",
    "percent in a quote": "> %% prepvault:begin id=tips v=1 sum=1 %%\n",
    "conflict marks in a fence": "```\n<<<<<<< a\n=======\n>>>>>>> b\n```\nprepvault:\n",
    "the word alone": "prepvault: begin\n",
}


@pytest.mark.parametrize("text", IGNORED.values(), ids=IGNORED)
def test_what_only_looks_like_a_section_is_ignored(text: str) -> None:
    assert told(text) == ((), ())


REFUSED = {
    "begin without end": (f"{BEGIN}\n\ntext\n", "unbalanced", 1),
    "end without begin": (f"text\n\n{END}\n", "unbalanced", 3),
    "reversed": (f"{END}\n\ntext\n\n{BEGIN}\n", "unbalanced", 1),
    "whole section twice": (f"{WHOLE}\n\n{WHOLE}\n", "doubled", 7),
    "begin twice": (f"{BEGIN}\n\n{BEGIN}\n\n{END}\n", "doubled", 3),
    "end twice": (f"{BEGIN}\n\n{END}\n\n{END}\n", "doubled", 5),
    "nested": (f"{BEGIN}\n\n{OTHER_BEGIN}\n\n{OTHER_END}\n\n{END}\n", "nested", 3),
    "crossed": (f"{BEGIN}\n\n{OTHER_BEGIN}\n\n{END}\n\n{OTHER_END}\n", "nested", 3),
    "end of another": (f"{BEGIN}\n\n{OTHER_END}\n", "unbalanced", 3),
    "end in a fence": (f"{BEGIN}\n\n```\n{END}\n```\n", "unbalanced", 1),
    "end swallowed by an open fence": (f"{BEGIN}\n\n```\ntext\n\n{END}\n", "unbalanced", 1),
    "end in a quote": (f"{BEGIN}\n\n> {END}\n", "unbalanced", 1),
    "begin over two lines": (f"<!-- prepvault:begin\nid=tips -->\n\n{END}\n", "unbalanced", 1),
    "text after the marker": (f"{BEGIN} mine\n\n{END}\n", "unbalanced", 1),
    "marker inside a block of HTML": (
        f"<details>\n{BEGIN}\n\ntext\n\n{END}\n\n</details>\n",
        "unbalanced",
        2,
    ),
    "no name": ("<!-- prepvault:begin v=1 sum=1 -->\n\n<!-- prepvault:end -->\n", "unbalanced", 1),
    "mangled attributes": (f"<!-- prepvault:begin id tips -->\n\n{END}\n", "unbalanced", 1),
    "merge conflict outside": (f"{WHOLE}\n\n<<<<<<< a\none\n=======\ntwo\n>>>>>>> b\n", "conflict", 7),
    "merge conflict inside": (f"{BEGIN}\n<<<<<<< a\none\n=======\ntwo\n>>>>>>> b\n{END}\n", "conflict", 2),
    "merge conflict alone": ("<<<<<<< a\none\n=======\ntwo\n>>>>>>> b\n", "conflict", 1),
    "conflict around the whole": (f"<<<<<<< a\n{WHOLE}\n=======\n{WHOLE}\n>>>>>>> b\n", "conflict", 1),
    "begin spelled one way, end lost in the other": (
        "%% prepvault:begin id=tips v=1 sum=1 %%\n\n> %% prepvault:end id=tips %%\n",
        "unbalanced",
        1,
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("text", "code", "line"), REFUSED.values(), ids=REFUSED)
def test_an_ambiguous_note_gives_one_finding_and_no_section(
    text: str, code: str, line: int, newline: str
) -> None:
    sections, (finding,) = find_sections(f"{HEAD}{text}".replace("\n", newline).encode(), "a.md")
    assert sections == ()
    assert finding.code == f"coaching/{code}"
    assert (finding.place.path, finding.place.line) == ("a.md", line + 3)
    assert finding.hint


def test_two_sections_side_by_side_are_two() -> None:
    assert told(f"{WHOLE}\n\n{OTHER_BEGIN}\n{OTHER_END}\n")[0] == ("tips", "star")


def test_an_edit_is_told_from_a_tick_and_from_white_space() -> None:
    body = "## Checklist\n\n- [ ] Read it ^pv-read\n- [ ] Sleep ^pv-sleep\n\n| a | b |\n| --- | --- |"
    data = splice_section(b"mine\n", "checklist", 1, body, None)
    harmless = [
        (b"[ ] Read", b"[x] Read"),
        (b"[ ] Read", b"[/] Read"),
        (b"- [ ] Sleep", b"*   [-] Sleep"),
        (b"Read it ^pv-read", "Read it ✅ 2026-02-09 ^pv-read".encode()),
        (b"Read it ^pv-read", b"Read it [completion:: 2026-02-09] ^pv-read"),
        (b"\n- [ ] Sleep", b"\n\n\n- [ ] Sleep  "),
        (b"| --- | --- |", b"| ------- | ---- |"),
        (b"\n", b"\r\n"),
    ]
    for old, new in harmless:
        sections, findings = find_sections(data.replace(old, new))
        assert [section.is_edited for section in sections] == [False], new
        assert not findings
    for old, new in [(b"Read it", b"Read this"), (b"Sleep ^pv-sleep", b"Sleep"), (b"## C", b"# C")]:
        sections, findings = find_sections(data.replace(old, new), "a.md")
        assert [section.is_edited for section in sections] == [True], new
        assert [(finding.code, finding.severity, finding.place.line) for finding in findings] == [
            ("coaching/edited", Severity.WARNING, 3)
        ]


def test_a_replaced_section_keeps_its_spelling_and_line_ends() -> None:
    old = b"a\r\n\r\n%% prepvault:begin id=tips v=1 sum=1 %%\r\nx\r\n%% prepvault:end id=tips %%\r\nb"
    (section,), _ = find_sections(old)
    new = splice_section(old, "tips", 1, "## Tips\n\nnew", section)
    assert new.startswith(b"a\r\n\r\n%% prepvault:begin id=tips v=1 sum=")
    assert new.endswith(b" %%\r\n\r\n## Tips\r\n\r\nnew\r\n\r\n%% prepvault:end id=tips %%\r\nb")


def test_ejecting_keeps_the_text_and_drops_the_markers() -> None:
    data = splice_section(b"mine\n", "tips", 1, "## Tips\n\n- one", None)
    (section,), _ = find_sections(data)
    assert remove_section(data, section, keep_text=True) == b"mine\n\n## Tips\n\n- one\n"


def test_a_note_without_a_final_line_end_keeps_that_habit() -> None:
    data = splice_section(b"mine", "tips", 1, "text", None)
    assert data.startswith(b"mine\n\n<!-- prepvault:begin")
    assert data.endswith(b"text\n\n<!-- prepvault:end id=tips -->")


OPEN = {
    "```\ncode": "```",
    "~~~\n": "~~~",
    "<!-- open": "-->",
    "<script>\n": "</script>",
    "<pre>\n\ntext": "</pre>",
    "%%\nhidden": "%%",
    "$$\nx": "$$",
    "- a\n\n%% b\n": "%%",
}


@pytest.mark.parametrize(("text", "close"), OPEN.items())
def test_there_is_no_room_after_something_left_open(text: str, close: str) -> None:
    assert not has_room(text.encode())
    assert has_room(f"{text}\n{close}\n".encode())


@pytest.mark.parametrize(
    "text", ["", "text", "```\na\n```", "%% a %%", "%%\na\n%%", "100%% sure", "a $$x$$", "- a\n  - b"]
)
def test_there_is_room_elsewhere(text: str) -> None:
    assert has_room(text.encode())
