"""Pages about what is over, what is blank, and where things stand: each says only what is true and new."""

from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.jobs.build import build
from prepvault.jobs.context import open_context
from prepvault.jobs.site_research import written_research
from prepvault.render.pages_prose import filled_in, part_debrief
from tests.conftest import NOW, Maker, Ran
from tests.dashboard import DEBRIEF, VAULT, Page
from tests.test_site import built

JOB = """=== Jobs/acme_backend.md
You run Kafka in production and keep PostgreSQL fast. You carry the pager one week in six, and you
lead the review after each incident; the arms in four hundred bakeries depend on it, day and night.

## Requirements
- Five years of Python and Kafka
"""


def folded(text: str) -> tuple[str, str]:
    """What a page shows at once, and what only when its preparation is unfolded."""
    start = text.index('<details class="folded">')
    end = text.index("</section>", start)
    return Page(text[:start] + text[end:]).shown, Page(text[start:end]).shown


def test_a_finished_interview_shows_its_debrief_and_folds_its_preparation(make_vault: Maker) -> None:
    text = built(make_vault(VAULT + DEBRIEF))["interviews/int_acme_1.html"]
    open_, closed = folded(text)
    for said in (
        "Why leave? gap The outage",
        "You: send the plan by Thu 5 Feb 2026",
        "They: an answer by Thu 12 Feb 2026",
        "depth in robots",
        "90k, said Kim",
        "answer 3, structure 2",
        "You promised: send the plan, by Thu 5 Feb 2026 (that day is past).",
        "Next in this application: Technical, round 2 on Tue 10 Feb 2026.",
        "The day after",
    ):
        assert said in open_, said
    for gone in (
        "A week before",
        "Questions to expect",
        "Your notes",
        "What you know about them now",
        "Notes ",
    ):
        assert gone not in open_, gone
    assert "The day before" in closed
    assert "Questions to expect" in closed
    assert '<details class="folded" open' not in text
    assert "../stories.html#story-the-outage" in Page(text).values("href")


def test_a_finished_interview_without_a_debrief_says_how_to_write_one(make_vault: Maker) -> None:
    files = built(make_vault(VAULT))
    text = folded(files["interviews/int_rejected.html"])[0]
    assert "prepvault debrief int_rejected" in text
    assert "--outcome" not in text, "the answer is known"
    waiting = folded(files["interviews/int_forgotten.html"])[0]
    assert "prepvault status int_forgotten completed --outcome advanced" in waiting


def test_a_cancelled_interview_folds_all_and_asks_for_no_debrief(make_vault: Maker) -> None:
    text, closed = folded(built(make_vault(VAULT))["interviews/int_cancelled.html"])
    assert "Nothing: it was called off." in text
    assert "prepvault debrief" not in text
    assert "after" not in text
    assert "The day after" in closed


def test_a_debrief_is_no_business_of_strangers(make_vault: Maker) -> None:
    files = built(make_vault(VAULT + DEBRIEF), incognito=True)
    every = " ".join(text for name, text in files.items() if name.endswith(".html"))
    for secret in ("depth in robots", "90k", "send the plan", "prepvault debrief"):
        assert secret not in every, secret


def test_the_brief_of_a_page_has_what_the_notes_brief_has(make_vault: Maker) -> None:
    text = Page(built(make_vault(VAULT + DEBRIEF + JOB))["interviews/int_acme_2.html"]).shown
    for said in (
        "Across the table Dana Roe, Staff Engineer",
        "Weighs: ",
        "Their own wordsPython",
        "You promised",
        "They promised",
        "send the plan, by Thu 5 Feb 2026",
        "an answer, by Thu 12 Feb 2026",
    ):
        assert said in text, said


def test_headings_of_a_template_that_nobody_wrote_to_are_no_notes(make_vault: Maker) -> None:
    head = (
        "---\nid: int_{}\ncompany: Nope Inc\nrole: A\ninterview_type: panel\n"
        "scheduled_at: 2026-02-14T10:00\n---\n"
    )
    blank = "## Notes\n\n\n## What they asked\n\n"
    vault = (
        f"=== Interviews/a.md\n{head.format('a')}{blank}=== Interviews/b.md\n{head.format('b')}{blank}Tea.\n"
    )
    files = built(make_vault(VAULT + vault))
    assert "Your notes" not in Page(files["interviews/int_a.html"]).shown
    text = Page(files["interviews/int_b.html"]).shown
    assert "Your notes What they asked Tea." in text


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<h3>A</h3>\n<h3>B</h3>\n<p>b</p>", "<h3>B</h3>\n<p>b</p>"),
        ("<h3>A</h3>\n<h4>B</h4>\n<p>b</p>", "<h3>A</h3>\n<h4>B</h4>\n<p>b</p>"),
        ("<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n<p>c</p>", "<h3>C</h3>\n<p>c</p>"),
        ("<p>x</p><h3>A</h3><h4>B</h4>", "<p>x</p>"),
        ('<h3>A</h3><img src="a">', '<h3>A</h3><img src="a">'),
    ],
)
def test_a_heading_stays_while_something_stands_under_it(html: str, left: str) -> None:
    assert filled_in(html) == left


def test_a_debrief_is_parted_from_what_stands_around_it() -> None:
    block = "<h3>Debrief, 2 Feb</h3><h4>Pay</h4><p><em>The figure</em></p><h4>X</h4><p>own</p>"
    assert part_debrief(f"<p>a</p>{block}<h3>Z</h3><p>z</p>") == (
        "<p>a</p><h3>Z</h3><p>z</p>",
        "<h3>X</h3><p>own</p>",
    )
    assert part_debrief("<h3>Debriefing</h3><p>z</p>") == ("<h3>Debriefing</h3><p>z</p>", "")


def test_an_untouched_research_note_shows_how_far_it_is_and_no_form(
    make_vault: Maker, run: Callable[..., Ran]
) -> None:
    root = make_vault(VAULT)
    run("research", "Nope Inc", vault=root)
    build(open_context(str(root), now=NOW.isoformat()))
    text = (root / "site/companies/nope-inc.html").read_text(encoding="utf-8")
    shown = Page(text).shown
    assert "0 of 56 fields have a value." in shown
    assert "Look up next Company overview" in shown
    assert "prepvault research 'Nope Inc'" in shown
    assert "The note has nothing in it yet." in shown
    for form in (
        "Form of a line",
        "Where to look",
        "So what",
        "Business model",
        "eight weeks",
        "In one breath",
    ):
        assert form not in shown, form


def test_a_few_fresh_facts_are_not_praised(make_vault: Maker) -> None:
    facts = "## 1. Company overview\n- Customers: bakers · site · 2026-02-01\n- Owner:\n"
    note = f"=== Companies/Acme Robotics.md\n{facts}"
    text = Page(built(make_vault(VAULT + note))["companies/acme-robotics.html"]).shown
    assert "1 of 56 fields have a value." in text
    assert "eight weeks" not in text
    assert "Customers: bakers" in text
    assert "Owner" not in text


def test_only_what_is_filled_is_left_of_a_research_note() -> None:
    body = """
Form of a line: `value · source`. In place of the last
word write `general knowledge`.

## 1. Company overview

- What they do:
  - arms for bakers
- Owner:
- **Stage** (of growth):

Where to look: their site.

So what (say it: short): I bake.

## Own thoughts

- Where to look:

So what (me): nothing goes here.

## In one breath

- **Say** (three):
  - they bake
- **Ask** (three):

Mind the gap.
"""
    left = [line for line in written_research(body).split("\n") if line.strip()]
    assert left == [
        "## 1. Company overview",
        "- What they do:",
        "  - arms for bakers",
        "**So what:** I bake.",
        "## Own thoughts",
        "- Where to look:",
        "So what (me): nothing goes here.",
        "## In one breath",
        "Mind the gap.",
    ]


def test_rounds_and_applications_are_told_apart_by_what_differs(make_vault: Maker) -> None:
    files = built(make_vault(VAULT))
    loop = Page(files["loops/acme_backend.html"])
    assert "Application acme_backend · Technical, round 2 on Tue 10 Feb 2026" in loop.shown
    rows = loop.shown.partition("All rounds")[2]
    assert "Phone screen Mon 2 Feb 2026" in rows
    assert "Technical, round 2 Tue 10 Feb 2026" in rows
    assert "Acme Robotics, Backend Engineer" not in rows
    index = Page(files["index.html"]).shown
    assert "Lumen, Analyst Video interview without a result since Fri 6 Feb 2026" in index
    assert 'state-in-progress">In progress' not in files["index.html"]
    assert "Prepare for Acme Robotics Technical on Tue 10 Feb" in index


def test_a_late_booking_says_what_to_catch_up_with(make_vault: Maker) -> None:
    late = (
        "=== Interviews/Late.md\n---\nid: int_late\ncompany: Hasty\nrole: Cook\ninterview_type: panel\n"
        "scheduled_at: 2026-02-09T11:30\ncreated_at: 2026-02-09T09:50\n---\n"
    )
    shown = Page(built(make_vault(VAULT + late))["index.html"]).shown
    assert "Booked late, start to prepare for Hasty Panel on Mon 9 Feb" in shown
    assert "Catch up" not in shown


def test_page_and_terminal_say_the_same_of_rates_and_stages(
    make_vault: Maker, run: Callable[..., Ran]
) -> None:
    root: Path = make_vault(VAULT)
    page = Page(built(root)["stats.html"]).shown
    said = run("stats", vault=root).out
    assert "1 of 2 decided, too few to say" in page
    assert "1 of 2 decided, too few to say" in said
    assert "Of 5 applications" in page
    assert "Of 6 applications" in said, "the unpublished one is the user's own"
    assert "no stage is inferred that nobody had" in page
