"""Debriefs: any text is read without raising; what is written reads the same; adding loses nothing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from prepvault.model.debrief import DIMENSIONS, MARKS, Asked, Debrief, Promise
from prepvault.parse.debrief import has_debrief, parse_debrief, part_titles
from prepvault.render.debrief import render_debrief

_PIECES = st.sampled_from(
    (
        *("## Debrief", "### Scores", "### Promises", "### What they asked", "**Pay**", "# Other"),
        *("- me: x by 2026-02-12", "- [x] them: by friday", "- me:", "~~me: y~~", "- them: 0000-00-00"),
        *("- Why? · gap · [[A|b]]", "| a | gap |", "|---|---|", "    - ok", "- [[", "]]", "- gap: · · |"),
        *("- Structure: 9", "3 2 4 3 1", "- ", "_x_", "2026-99-99"),
        *("```", "<!--", "-->", "%%", "<!-- prepvault:begin id=a -->", "<!-- prepvault:end id=a -->"),
    )
)
_WORDS = st.text(st.characters(codec="utf-8", categories=("Ll", "Lu", "Nd")), min_size=4, max_size=12)
_SENTENCES = st.lists(_WORDS, min_size=2, max_size=6).map(lambda words: "Why " + " ".join(words) + "?")
_DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
_DEBRIEFS = st.builds(
    Debrief,
    asked=st.lists(
        st.builds(
            Asked,
            _SENTENCES,
            st.sampled_from(("", *MARKS)),
            st.lists(_WORDS, max_size=2, unique=True).map(tuple),
        ),
        max_size=4,
    ).map(tuple),
    scores=st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(1, 4)),
    promises=st.lists(
        st.builds(Promise, st.sampled_from(("me", "them")), _SENTENCES, st.none() | _DAYS, st.booleans()),
        max_size=3,
    ).map(tuple),
    doubts=st.lists(_SENTENCES, max_size=3, unique=True).map(tuple),
    learned=st.lists(_SENTENCES, max_size=3, unique=True).map(tuple),
    pay=st.lists(_SENTENCES, max_size=2, unique=True).map(tuple),
    change=st.just("") | _SENTENCES,
)


@given(st.lists(_PIECES | st.text(max_size=30), max_size=25))
def test_any_text_is_read(pieces: list[str]) -> None:
    body = "\n".join(pieces)
    debrief, findings = parse_debrief(body, "a.md", 1)
    count = body.count("\n") + body.count("\r") + 30
    assert all(0 < finding.place.line <= count for finding in findings)
    assert all(asked.text and asked.mark in {"", *MARKS} for asked in debrief.asked)
    assert all(1 <= score <= 4 for score in debrief.scores.values())
    assert debrief.is_empty or has_debrief(body)
    assert set(part_titles(body)) <= {"asked", "scores", "promises", "doubts", "learned", "pay", "change"}


@given(_DEBRIEFS)
def test_what_is_written_reads_the_same(debrief: Debrief) -> None:
    again, findings = parse_debrief(f"## Debrief\n\n{render_debrief(debrief)}\n", "a.md", 1)
    assert not findings
    assert [(each.text, each.mark, each.stories) for each in again.asked] == [
        (each.text, each.mark, each.stories) for each in debrief.asked
    ]
    assert (again.scores, again.promises, again.doubts) == (debrief.scores, debrief.promises, debrief.doubts)
    assert (again.learned, again.pay, again.change) == (debrief.learned, debrief.pay, debrief.change)


@given(st.text(alphabet=" \t-|_*[]()<>%#·:;=0123456789gap", max_size=1500))
def test_strange_lines_are_read_in_no_time(text: str) -> None:
    parse_debrief(
        f"## Debrief\n### Scores\n{text}\n### Questions as asked\n{text}\n### Promises\n{text}", "a.md", 1
    )
