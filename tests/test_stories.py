"""Stories in the many forms that people write them in: parts, numbers, uses."""

from datetime import date

import pytest

from prepvault.model.note import Note, Value
from prepvault.model.story import Story, StoryNumber, StoryUse
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.story import parse_story
from prepvault.parse.story_numbers import read_number, read_use
from tests.conftest import NOW


def story_of(text: str) -> Story:
    note = Note("Stories/told.md", text.encode("utf-8"), NOW)
    story, findings = parse_story(note, parse_head(note.data, note.path)[0])
    assert story is not None
    assert findings == ()
    return story


@pytest.mark.parametrize(
    "body",
    [
        "## Situation\nSlow.\n## Task\nMine.\n## Action\nDid.\n## Result\nFast.\n",
        "# S\nSlow.\n# T\nMine.\n# A\nDid.\n# R\nFast.\n",
        "### Context\nSlow.\n### Challenge\nMine.\n### Approach\nDid.\n### Outcome\nFast.\n",
        "**Situation**: Slow.\n**Task**: Mine.\n**Action**: Did.\n**Result**: Fast.\n",
        "- **S**: Slow.\n- **T**: Mine.\n- **A**: Did.\n- **R**: Fast.\n",
        "Situation: Slow.\nTask: Mine.\nActions: Did.\nResults: Fast.\n",
        "|Part|Text|\n|---|---|\n|Situation|Slow.|\n|Task|Mine.|\n|Action|Did.|\n| Result | Fast. |\n",
        "> [!a] Situation\n> Slow.\n> [!a] Task\n> Mine.\n\n> [!a]- Action\n> Did.\n> [!a] Result\n> Fast.\n",
        "## Ausgangslage\nSlow.\n## Aufgabe\nMine.\n## Vorgehen\nDid.\n## Ergebnis\nFast.\n",
        "## Situación\nSlow.\n## Tarea\nMine.\n## Acción\nDid.\n## Resultado\nFast.\n",
        "## S - Situation\nSlow.\n## T: Task\nMine.\n## A) Action\nDid.\n## R. Result\nFast.\n",
        "## My situation then\nSlow.\n## The task\nMine.\n## Action I took\nDid.\n## Key results\nFast.\n",
        "## Situation\nSlow.<!-- ? -->\n## Task\nMine.\n%% say\nI %%\n## Action\nDid.\n## Result\nFast.",
    ],
)
def test_the_parts_are_found_in_many_forms(body: str) -> None:
    parts = dict(story_of(f"---\ntype: story\n---\n{body}").parts)
    assert {name: " ".join(text.split()) for name, text in parts.items()} == {
        "situation": "Slow.",
        "task": "Mine.",
        "action": "Did.",
        "result": "Fast.",
    }


def test_the_headline_and_the_reflection_are_parts_too() -> None:
    story = story_of("## In one line\nFast now.\n## Situation\nSlow.\n## What I learned\nMeasure first.\n")
    assert [name for name, _ in story.parts] == ["headline", "situation", "reflection"]
    assert story.part("headline") == "Fast now."
    assert story.part("action") == ""


def test_a_title_that_only_begins_like_a_part_is_a_title() -> None:
    story = story_of("# Task force for the new billing system\n## Situation\nSlow.\n")
    assert story.title == "Task force for the new billing system"
    assert [name for name, _ in story.parts] == ["situation"]


def test_the_same_label_again_goes_on() -> None:
    story = story_of("## Action\n**Action**: Did.\nMore.\n## Result\nFast.\n")
    assert story.part("action") == "Did.\nMore."


def test_a_comment_that_does_not_end_is_text() -> None:
    assert story_of("## Situation\nSlow %% and odd.\n").part("situation") == "Slow %% and odd."


def test_text_without_parts_is_remembered() -> None:
    assert story_of("---\ntype: story\n---\nI once mended it.\n").has_loose_text
    assert not story_of("---\ntype: story\n---\n# Title\n%% hint %%\n").has_loose_text
    assert not story_of("## Situation\nSlow.\n").has_loose_text


def test_the_properties_of_a_whole_note() -> None:
    story = story_of(
        "---\ntype: story\nprimary: '[[Ownership]]'\nsecondary: [Customer]\nreframes: [conflict]\n"
        "scope: cross-team\nwhen: 2024\ndomain: imports\nrole_at_time: Engineer\nstrength: 4\n---\n"
    )
    assert (story.primary, story.secondary, story.reframes) == ("ownership", ("customer",), ("conflict",))
    assert (story.scope, story.when, story.domain) == ("several teams", "2024", "imports")
    assert (story.role_at_time, story.strength) == ("Engineer", 4)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("competencies: [ownership, conflict]", ("ownership", "conflict")),
        ("primary: ownership, conflict", ("ownership", "conflict")),
        ("secondary: [conflict]", ("conflict",)),
        ("primary: ownership\nsecondary: [ownership, conflict]", ("ownership", "conflict")),
    ],
)
def test_where_competencies_may_stand(text: str, tags: tuple[str, ...]) -> None:
    assert story_of(f"---\ntype: story\n{text}\n---\n").tags == tags


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("team", "team"),
        ("my team", "team"),
        ("Several teams", "several teams"),
        ("two teams", "several teams"),
        ("organization", "organisation"),
        ("company-wide", "organisation"),
        ("own work", "self"),
        ("the Berlin office", "the Berlin office"),
    ],
)
def test_how_far_a_story_reached(words: str, scope: str) -> None:
    assert story_of(f"---\ntype: story\nscope: {words}\n---\n").scope == scope


@pytest.mark.parametrize(
    ("text", "value", "baseline", "period", "provenance"),
    [
        ("9 min, was 6 h, per settlement run 2024 (cv)", "9 min", "6 h", "per settlement run 2024", "cv"),
        ("9 min (was 6 h, 2024) cv", "9 min", "6 h", "2024", "cv"),
        ("from three people to seven in five months", "seven", "three people", "in five months", ""),
        ("500 ms → 50 ms, user-stated:2026-01-05", "50 ms", "500 ms", "", "user-stated"),
        (
            "1,100 faults before, none since May (own count)",
            "none",
            "1,100 faults",
            "since May",
            "user-stated",
        ),
        ("70 % fewer tickets (unconfirmed)", "70 % fewer tickets", "", "", "unconfirmed"),
        ("40 k saved a year, estimate", "40 k saved", "", "a year", "unconfirmed"),
        ("12 % [cannot confirm]", "12 %", "", "", "cannot-confirm"),
        ("two hours from the doubt to the stop", "two hours from the doubt to the stop", "", "", ""),
    ],
)
def test_a_number_tells_what_it_was_and_how_sure_it_is(
    text: str, value: str, baseline: str, period: str, provenance: str
) -> None:
    number = read_number(text)
    assert number is not None
    assert number.text == text
    found = (number.value, number.baseline, number.period, number.provenance)
    assert found == (value, baseline, period, provenance)


def test_a_number_as_a_map() -> None:
    number = read_number(
        {"value": "9 min", "baseline": "6 h", "period": "per run", "provenance": "user-stated:2026-01-05"}
    )
    assert number == StoryNumber(
        text="9 min, was 6 h, per run",
        value="9 min",
        baseline="6 h",
        period="per run",
        provenance="user-stated",
        stated=date(2026, 1, 5),
    )
    assert number.is_confirmed
    assert read_number("") is None
    assert read_number(None) is None


@pytest.mark.parametrize("source", ["", "(unconfirmed)", "(cannot confirm)"])
def test_no_doubtful_number_counts_as_confirmed(source: str) -> None:
    number = read_number(f"9 min {source}")
    assert number is not None
    assert not number.is_confirmed


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("int_x 2026-02-10 yes", StoryUse(interview="int_x", day=date(2026, 2, 10), landed="yes")),
        ("int_x", StoryUse(interview="int_x")),
        ("[[Interviews/acme|Acme]] so-so", StoryUse(interview="Interviews/acme", landed="so-so")),
        (
            "[[2026-02-10 Acme]] 2026-02-11 flat",
            StoryUse(interview="2026-02-10 Acme", day=date(2026, 2, 11), landed="no"),
        ),
        ("Acme Labs, 2026-02-10", StoryUse(interview="Acme Labs", day=date(2026, 2, 10))),
        (
            {"interview": "int_x", "date": "2026-02-10", "landed": "no"},
            StoryUse(interview="int_x", day=date(2026, 2, 10), landed="no"),
        ),
        ("2026-02-31 int_x", StoryUse(interview="2026-02-31 int_x")),
    ],
)
def test_a_telling_names_interview_day_and_effect(text: Value, use: StoryUse) -> None:
    assert read_use(text) == use


def test_the_words_of_uses_stay_as_they_were() -> None:
    story = story_of('---\ntype: story\nused: ["[[Interviews/acme|Acme]] 2026-02-10 yes", int_x]\n---\n')
    assert story.used == ("Acme", "int_x")
    assert [use.interview for use in story.uses] == ["Interviews/acme", "int_x"]
