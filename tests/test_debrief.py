"""The debrief block: read in many hands' writing, written once, proved before it is written."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from prepvault.model.debrief import Asked, Debrief, Promise
from prepvault.parse.debrief import has_debrief, parse_debrief, part_titles
from prepvault.render.debrief import PARTS, render_debrief
from tests.conftest import Maker, Ran

AFTER = datetime(2026, 2, 10, 17, 0, tzinfo=UTC)
NOTE = """=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Backend Engineer
interview_type: technical
scheduled_at: 2026-02-10T14:00:00
interviewer: Dana Roe (Staff Engineer)
status: confirmed
---

## Notes

Mine.

## Other

Also mine.
"""


def read(text: str) -> Debrief:
    return parse_debrief(f"# Acme\n\n## Debrief\n\n{text}\n\n## Later\n\n- not mine? · gap\n", "a.md", 1)[0]


@pytest.mark.parametrize(
    "line",
    [
        "- How would you split it? · gap · [[Ledger]]",
        "- How would you split it? - gap - [[Stories/Ledger|the ledger]]",
        "- How would you split it? — [[Ledger]] — weak",
        "* gap: How would you split it? [[Ledger]]",
        "1. [gap] How would you split it? (story: [[Ledger]])".replace(
            "(story: [[Ledger]])", "story: [[Ledger]]"
        ),
        "- How would you split it? (gap)\n    - told [[Ledger]]",
        "- How would you split it?\n    - gap, no number\n    - [[Ledger]]",
        "| How would you split it? | gap | [[Ledger]] |",
        "- **gap** How would you split it? | [[Ledger\\|that one]]",
    ],
)
def test_a_question_is_read_in_many_forms(line: str) -> None:
    (asked,) = read(f"### Questions as asked\n\n{line}").asked
    assert asked.text == "How would you split it?"
    assert asked.mark == "gap"
    assert [each.rpartition("/")[2] for each in asked.stories] == ["Ledger"]


def test_a_dash_inside_a_question_stays() -> None:
    (asked,) = read("### What they asked\n\n- What did you cut - and why?").asked
    assert asked == Asked("What did you cut - and why?", "", (), 9 - 2)


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("- Structure: 3\n- My part: 2", {"structure": 3, "my part": 2}),
        ("Structure 3/4, evidence 1", {"structure": 3, "evidence": 1}),
        ("3 2 4 3 1", {"answer": 3, "structure": 2, "evidence": 4, "my part": 3, "learning": 1}),
        ("| Learning | 4 |", {"learning": 4}),
        ("- Answers the question: **2**", {"answer": 2}),
        ("- Structure:\n- Evidence:", {}),
    ],
)
def test_scores_are_read(text: str, scores: dict[str, int]) -> None:
    assert read(f"### Scores, 1 to 4\n\n{text}").scores == scores


def test_a_score_out_of_range_is_reported_where_it_stands() -> None:
    debrief, (finding,) = parse_debrief("## Debrief\n### Scores\n- Structure: 7\n", "a.md", 11)
    assert debrief.is_empty
    assert (finding.code, finding.place.line, finding.found) == ("debrief/score", 13, "7")


def test_promises_know_who_and_by_when() -> None:
    promises = read(
        "### Promises\n- [x] me: references\n- me: send the diagram by 2026-02-12\n"
        "- them: answer (2026-02-17)\n- Dana will share the paper\n- ~~me: the CV~~\n- me:"
    ).promises
    assert promises == (
        Promise("me", "references", None, is_kept=True),
        Promise("me", "send the diagram", date(2026, 2, 12)),
        Promise("them", "answer", date(2026, 2, 17)),
        Promise("them", "Dana will share the paper"),
        Promise("me", "the CV", None, is_kept=True),
    )


def test_a_day_in_words_is_reported_because_it_ages() -> None:
    _, (finding,) = parse_debrief("## Debrief\n### Promises\n- me: the diagram by next Friday\n", "a.md", 1)
    assert (finding.code, finding.place.line, finding.found) == ("debrief/date", 3, "by next Friday")


def test_the_small_parts_and_their_labels() -> None:
    debrief = read(
        "Pay: 80,000 named by Sam\n\n### Doubts they seemed to have\n\n- little incident work\n\n"
        "**Learned**\n\nFour teams\nshare it.\n\n### One change for next time\n\n- Result first.\n- Shorter."
    )
    assert debrief.pay == ("80,000 named by Sam",)
    assert debrief.doubts == ("little incident work",)
    assert debrief.learned == ("Four teams share it.",)
    assert debrief.change == "Shorter."


@pytest.mark.parametrize(
    "hidden",
    [
        "```\n- Why? · gap\n```",
        "<!--\n- Why? · gap\n-->",
        "%%\n- Why? · gap\n%%",
        "<!-- prepvault:begin id=ask v=1 sum=0 -->\n- Why? · gap\n<!-- prepvault:end id=ask -->",
        "_One line each: why · gap_",
    ],
)
def test_what_nobody_wrote_or_sees_is_not_read(hidden: str) -> None:
    assert read(f"### Questions as asked\n\n{hidden}").is_empty


def test_an_empty_block_says_nothing_and_is_still_there() -> None:
    block = f"## Debrief\n\n{render_debrief(Debrief())}"
    assert parse_debrief(block, "a.md", 1) == (Debrief(), ())
    assert has_debrief(block)
    assert set(part_titles(block)) == set(PARTS)
    assert not has_debrief("## Debriefing is fun\n")


def test_what_is_written_reads_the_same() -> None:
    whole = Debrief(
        asked=(Asked("How would you scale it?", "gap", ("Ledger", "Rota")), Asked("Why us?", "strong")),
        scores={"answer": 3, "my part": 1},
        promises=(
            Promise("me", "send it", date(2026, 2, 12)),
            Promise("them", "an answer", None, is_kept=True),
        ),
        doubts=("too junior",),
        learned=("four teams",),
        pay=("80,000, named by Sam",),
        change="Result first.",
    )
    again, findings = parse_debrief(f"## Debrief\n\n{render_debrief(whole)}", "a.md", 1)
    assert not findings
    assert again.asked[0].stories == ("Ledger", "Rota")
    for name in ("scores", "promises", "doubts", "learned", "pay", "change"):
        assert getattr(again, name) == getattr(whole, name)


def test_the_block_is_added_once_and_nothing_else_changes(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(NOTE)
    note = root / "Interviews/acme.md"
    before = note.read_text(encoding="utf-8")
    assert run("debrief", "acme", vault=root, now=AFTER).code == 0
    once = note.read_text(encoding="utf-8")
    body = before.partition("status: confirmed\n---\n")[2]
    assert once.count("## Debrief") == 1
    assert body in once
    assert "status: completed" in once
    assert run("debrief", "acme", vault=root, now=AFTER).code == 0
    assert note.read_text(encoding="utf-8") == once


def test_more_is_added_where_it_belongs(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(NOTE)
    note = root / "Interviews/acme.md"
    first = ("--asked", "Why us? · strong", "--me", "send it by thu", "--score", "3,2,3,3,2")
    assert run("debrief", "acme", *first, vault=root, now=AFTER).code == 0
    more = ("--asked", "What broke? - gap - [[Ledger]]", "--doubt", "too junior", "--score", "structure=4")
    ran = run("debrief", "acme", *more, vault=root, now=AFTER)
    assert ran.code == 0
    assert "2 questions, 1 gap, 1 promise" in ran.out
    debrief = parse_debrief(note.read_text(encoding="utf-8"), "a.md", 1)[0]
    assert [each.text for each in debrief.asked] == ["Why us?", "What broke?"]
    assert debrief.promises == (Promise("me", "send it", date(2026, 2, 12)),)
    assert debrief.scores["structure"] == 4
    assert debrief.doubts == ("too junior",)


def test_a_block_of_ones_own_without_the_part_gets_it(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(NOTE + "\n# Debrief\n\nIt went well.\n\n# Appendix\n\nEnd.\n")
    assert run("debrief", "acme", "--pay", "80,000, Sam", vault=root, now=AFTER).code == 0
    text = (root / "Interviews/acme.md").read_text(encoding="utf-8")
    assert text.index("80,000, Sam") < text.index("# Appendix")


def test_what_is_hostile_stays_text_in_its_own_line(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(NOTE)
    said = "Why <% tp.x %> <script> ## Other --> <!-- prepvault:begin id=ask -->? · gap"
    assert run("debrief", "acme", "--asked", said, vault=root, now=AFTER).code == 0
    text = (root / "Interviews/acme.md").read_text(encoding="utf-8")
    assert "<%" not in text
    assert "<script" not in text
    assert "<!-- prepvault" not in text
    assert len(parse_debrief(text, "a.md", 1)[0].gaps) == 1


def test_the_answers_day_and_outcome_go_into_the_front_matter(
    make_vault: Maker, run: Callable[..., Ran]
) -> None:
    root = make_vault(NOTE)
    ran = run("debrief", "acme", "--them", "an answer by 2026-02-17", vault=root, now=AFTER)
    assert "--reply-by 2026-02-17" in ran.err
    found = run("check", "--format", "json", vault=root, now=AFTER)
    assert '"debrief/reply-by"' in found.out
    ran = run("debrief", "acme", "--reply-by", "17 feb", "--outcome", "pending", vault=root, now=AFTER)
    text = (root / "Interviews/acme.md").read_text(encoding="utf-8")
    assert "reply_by: 2026-02-17" in text
    assert "outcome: pending" in text
    assert "debrief/reply-by" not in run("check", "--format", "json", vault=root, now=AFTER).out


def test_before_the_interview_the_status_stays(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(NOTE)
    assert run("debrief", "acme", vault=root).code == 0
    assert "status: confirmed" in (root / "Interviews/acme.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "typed",
    [
        ("--score", "structure=9"),
        ("--score", "charm=3"),
        ("--me", "it by blursday 99"),
        ("--reply-by", "soonish"),
    ],
)
def test_what_cannot_be_read_writes_nothing(
    typed: tuple[str, ...], make_vault: Maker, run: Callable[..., Ran]
) -> None:
    root = make_vault(NOTE)
    before = (root / "Interviews/acme.md").read_bytes()
    ran = run("debrief", "acme", *typed, vault=root, now=AFTER)
    if typed[0] == "--me":
        assert ran.code == 0
    else:
        assert ran.code == 2
        assert "hint:" in ran.err
        assert (root / "Interviews/acme.md").read_bytes() == before


def test_json_tells_what_the_debrief_says(make_vault: Maker, run: Callable[..., Ran]) -> None:
    import json

    root = make_vault(NOTE)
    ran = run("debrief", "acme", "--asked", "Why? · gap · [[Ledger]]", "--json", vault=root, now=AFTER)
    record = json.loads(ran.out)
    assert record["kind"] == "debrief"
    assert record["written"] is True
    assert record["debrief"]["asked"] == [{"question": "Why?", "mark": "gap", "stories": ["Ledger"]}]


def test_a_told_story_that_no_note_is_called_is_mentioned(make_vault: Maker, run: Callable[..., Ran]) -> None:
    text = (
        NOTE
        + "\n## Debrief\n\n### Questions as asked\n\n- Why? · gap · [[Nowhere]]\n- How? · ok · [[There]]\n"
    )
    root: Path = make_vault(text + "=== Stories/There.md\n---\ntype: story\n---\n## Action\nx\n")
    out = run("check", "--format", "json", vault=root, now=AFTER).out
    assert out.count("debrief/story") == 1
    assert "Nowhere" in out
