"""However odd a note is, reading it ends: work grows with its length, not with the square of it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import SupportsIndex

import pytest

from prepvault.jobs.coach_note import Wish, plan_note
from prepvault.model.debrief import Asked, Debrief
from prepvault.model.incoming import Source, Verdict
from prepvault.model.note import Note
from prepvault.outside.memory import read_memory, remember
from prepvault.outside.resources import read_tracker_words
from prepvault.parse import blocks, sections
from prepvault.parse.about import parse_about
from prepvault.parse.body import append_to_body
from prepvault.parse.debrief import has_debrief, parse_debrief, part_titles
from prepvault.parse.debrief_parts import read_scores
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.people import parse_people
from prepvault.parse.posting import parse_posting
from prepvault.parse.tracker_rows import parse_tracker
from prepvault.parse.tracker_words import parse_tracker_words
from prepvault.render.pages_prose import filled_in
from prepvault.rules import asked, competencies
from prepvault.rules.asked import asked_figures
from prepvault.rules.competencies import tag_of
from prepvault.rules.posting import decode_posting
from tests.coaching_maker import interview, library
from tests.conftest import NOW

SIZE = 120_000
PIECES = (
    *("<!--", "%%", "[[", "[[a|", "- ", "|", " · ", "**", " \n", "(a", "1. ", "# ", "> ", "7", "\t", "\r"),
    *("=", "x", "x ", "_", "- a: b\n", "q · gap ", " " * 900 + "-" * 900 + "x\n", "a" + "\t" * 1900 + "b\n"),
)


def about(text: str) -> None:
    note = Note("About me.md", f"## Strengths\n\n- **Calm**: {text}\n## {text}".encode(), NOW)
    parse_about(note, parse_head(note.data, note.path)[0], ())


def debrief(text: str) -> None:
    third = text[: len(text) // 3]
    parts = (f"### {part}\n\n- {third}\n### {third}\n" for part in ("Asked", "Scores", "Promises"))
    body = "## Debrief\n\n" + "".join(parts)
    parse_debrief(body, "Interviews/a.md", 1)
    assert has_debrief(body)
    part_titles(body)


def posting(text: str) -> None:
    decode_posting(parse_posting(f"# {text}x\n{text}".encode(), "Jobs/a.md"), library().competencies)
    parse_posting(f"<html><body>{text}x(\n".encode(), "Jobs/a.html")


def people(text: str) -> None:
    parse_people([text, f"Sam {text} Lee"])


@pytest.mark.parametrize("read", [about, debrief, posting, people])
@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_any_piece_again_and_again_is_read_to_the_end(read: Callable[[str], None], piece: str) -> None:
    read(piece * (SIZE // len(piece)))


def test_scores_in_one_long_word_are_read_to_the_end() -> None:
    assert read_scores("x" * SIZE + " Structure: 3", "a.md", 1) == ({"structure": 3}, [])
    assert read_scores("a " + " *_" * SIZE, "a.md", 1) == ({}, [])


def test_white_space_between_people_says_nothing() -> None:
    told = parse_people("Ann Lee" + "\t " * 500 + "(CTO)" + " " * 400 + "\n \n" + " and  Bo Kim")
    assert [(each.name, each.title) for each in told] == [("Ann Lee", "CTO"), ("Bo Kim", "")]


def test_an_open_comment_in_the_note_about_oneself_is_text() -> None:
    note = Note(
        "About me.md", b"## Strengths\n- Calm\n<!-- gone -->\n- Patient %% gone %%\n<!-- open\n- Kind", NOW
    )
    read, _ = parse_about(note, parse_head(note.data, note.path)[0], ())
    assert [each.name.split(" ")[0] for each in read.strengths] == ["Calm", "Patient", "Kind"]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a": ' * 50_000, "\x00"])
def test_a_memory_that_cannot_be_read_is_empty_and_written_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / "coached.json").write_text(text)
    assert read_memory(tmp_path) == {}
    remember(tmp_path, {"int_1": ("brief",)})
    assert read_memory(tmp_path) == {"int_1": ("brief",)}


def test_half_a_letter_in_the_memory_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "coached.json").write_text('{"\\ud800": ["brief"]}')
    remember(tmp_path, {"int_1": ("brief",)})
    assert read_memory(tmp_path) == {"\ud800": ("brief",), "int_1": ("brief",)}


# Counted: how often the costly step is taken


class Counter:
    """Stands before a function and counts its calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
        self.calls = 0
        self.inner = getattr(module, name)
        monkeypatch.setattr(module, name, self)

    def __call__(self, *arguments: object, **named: object) -> object:
        self.calls += 1
        return self.inner(*arguments, **named)


def compared(counter: Counter, questions: Sequence[str]) -> int:
    """How many pairs of questions are compared where each interview was asked one."""
    rounds = [
        interview(id=f"int_{at}", path=f"Interviews/{at}.md", starts=NOW + timedelta(hours=at))
        for at in range(len(questions))
    ]
    debriefs = {
        each.path: Debrief(asked=(Asked(text),)) for each, text in zip(rounds, questions, strict=True)
    }
    before = counter.calls
    asked_figures(rounds, debriefs, library().competencies)
    return counter.calls - before


@pytest.mark.parametrize(
    "form", ["alpha{0} beta{0} gamma{0}", "always alike number{0}", "always {0}aaa {0}bbb {0}ccc"]
)
def test_comparing_what_was_asked_grows_with_the_questions(
    monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    counter = Counter(monkeypatch, asked, "_share")
    few, many = ([form.format(at) for at in range(number)] for number in (200, 800))
    once, more = compared(counter, few), compared(counter, many)
    assert more <= 5 * max(once, 1)
    assert more <= 800 * 64


def test_the_same_question_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter(monkeypatch, asked, "_share")
    assert compared(counter, ["How would you scale the ledger?"] * 500) <= 1


def test_of_a_long_question_only_its_beginning_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def words_of(text: str) -> tuple[str, ...]:
        seen.append(len(text))
        return tuple(text.split())

    monkeypatch.setattr(asked, "words_of", words_of)
    counter = Counter(monkeypatch, asked, "_share")
    compared(counter, ["some words " * 300, "x" * 3000])
    assert max(seen) <= 400


def test_a_list_of_competencies_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(library().competencies)
    counter = Counter(monkeypatch, competencies, "_plain")
    competencies._by_name.cache_clear()
    found = {tag_of(f"made up {at}", known) for at in range(500)}
    assert counter.calls == 500
    assert "made-up-7" in found
    info = competencies._by_name.cache_info()
    assert (info.misses, info.hits) == (1, 499)


@pytest.mark.parametrize(("text", "most"), [("- a: b\n", 3), ("- [ ] a\n", 3), ("`a` b\n", 3)])
def test_the_note_is_tokenized_as_seldom_as_the_proof_allows(
    monkeypatch: pytest.MonkeyPatch, text: str, most: int
) -> None:
    body = text * 200
    parsed: list[int] = []
    tokenizer = blocks._tokenizer()

    class Counting:
        def parse(self, part: str) -> object:
            parsed.append(len(part))
            return tokenizer.parse(part)

    monkeypatch.setattr(blocks, "_tokenizer", Counting)
    blocks._blocks_of.cache_clear()
    after = append_to_body(f"---\nid: a\n---\n{body}".encode(), "- said", heading="## Debrief")
    assert b"## Debrief\n\n- said\n" in after
    assert sum(size >= len(body.rstrip()) for size in parsed) <= most


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_a_note_of_very_many_lines_keeps_what_it_has(monkeypatch: pytest.MonkeyPatch, end: bytes) -> None:
    tokenized = Counter(monkeypatch, blocks, "_blocks_of")
    lines = [b"---", b"company: Acme", b"---", *[b"a"] * sections.MOST_LINES]
    marks = [b"<!-- prepvault:begin id=tips v=1 sum=0 -->", b"<!-- prepvault:end id=tips -->"]
    wish = Wish(names=("tips",), body_of=lambda _: "## Tips\n\nBe calm.")
    for more in ([], marks):
        note = Note("Interviews/a.md", end.join([*lines, *more]) + end, NOW)
        planned = plan_note(note, interview(), wish, may_add=True)
        assert planned.data == note.data
        assert [finding.code for finding in planned.findings] == ["coaching/too-long"]
    assert tokenized.calls == 0
    short = Note("Interviews/a.md", end.join(lines[:100]) + end, NOW)
    assert plan_note(short, interview(), wish, may_add=True).data != short.data


def test_headings_with_nothing_below_are_taken_out_in_one_pass() -> None:
    class Text(str):
        """A text that cannot be put together again and again."""

        __slots__ = ()

        def __add__(self, other: str) -> str:
            pytest.fail("the whole text was copied once more")

        def __getitem__(self, key: SupportsIndex | slice) -> "Text":
            return Text(super().__getitem__(key))

    assert filled_in(Text("<h2>a</h2>\n" * 50 + "<h2>b</h2>\n<p>c</p>")) == "<h2>b</h2>\n<p>c</p>"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (".csv", b"Company,Role" + b",a" * 2_000 + b"\nAcme,Engineer\n"),
        (".csv", b"Company,Role\nAcme,Engineer" + b",a" * 2_000 + b"\n"),
        (".md", b"|Company|Role" + b"|a" * 2_000 + b"|\n" + b"|-" * 2_002 + b"|\n"),
    ],
)
def test_a_table_of_very_many_columns_is_held_back(kind: str, data: bytes) -> None:
    words = parse_tracker_words(read_tracker_words())
    reading = parse_tracker(Source(kind=kind, name="x", data=data), words, order="", timezone="", taken=())
    (step,) = reading.steps
    assert step.verdict is Verdict.REJECTED
    assert "more than 1,000 cells" in step.why
