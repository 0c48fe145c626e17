"""The pitch: made of the user's own facts and nothing else, and checked by measures alone."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.model.card import Text
from prepvault.model.pitch import SECONDS, PitchFacts
from prepvault.rules.pitch import compose_pitch, provenance_of, spoken
from prepvault.rules.pitch_checks import check_pitch, timed_pace
from prepvault.rules.prose import placeholders, words_of
from tests.coaching_maker import library
from tests.conftest import Maker, Ran

FOUR = PitchFacts(
    name="Ana Ito",
    role="Senior Backend Engineer at Northwind",
    achievements=(
        "Cut settlement from 6 h to 9 min (cv)",
        "Led the move of 40 services (cv)",
        "99.95% uptime",
    ),
    goal="lead a platform team",
)
WHOLE = PitchFacts(
    name="Ana Ito",
    role="backend engineer",
    present="I answer for payments: two million transfers a day, and three engineers who count on my reviews",
    achievements=(
        "Cut settlement from 6 h to 9 min (cv)",
        "Led the move of 40 services without a lost order (cv)",
    ),
    goal="to own a platform that many teams build on",
    company="Kestrel Health",
    wanted="Platform Engineer",
    reason="you moved scheduling to events in March, by your engineering blog",
    story="Settlement ran all night. I found one lock and proved it.",
)
LISTS = {
    "fillers": ("basically", "kind of"),
    "weak_openers": ("responsible for",),
    "buzzwords": ("synergy",),
    "passive_allowed": ("promoted",),
    "acronyms_known": ("API",),
}


def card() -> Text:
    return library().texts["pitch"]


def known_words(facts: PitchFacts) -> str:
    texts = [facts.name, facts.role, facts.present, facts.goal, facts.company, facts.reason]
    return " ".join([*texts, *facts.achievements, facts.story, *card().fields.values()]).casefold()


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize("facts", [FOUR, WHOLE, PitchFacts()])
def test_no_fact_is_made_up(facts: PitchFacts, seconds: int) -> None:
    """Every word is the user's or the card's own; what is missing is asked for in brackets."""
    pitch = compose_pitch(facts, seconds, card())
    allowed = set(words_of(known_words(facts))) | {
        "i",
        "a",
        "an",
        "to",
        "one",
        "result",
        "can",
        "show",
        "about",
        "words",
    }
    said = {word.casefold() for word in words_of(pitch.text)}
    assert {word for word in said - allowed if not word.isdigit()} == set()
    assert len(placeholders(pitch.text)) == len(pitch.missing)


def test_four_facts_make_a_draft_and_the_rest_is_asked_for() -> None:
    pitch = compose_pitch(FOUR, 60, card())
    assert "I’m Ana Ito, a senior backend engineer at Northwind." in pitch.text
    assert "I cut settlement from 6 h to 9 min." in pitch.text
    assert "What I want next is to lead a platform team." in pitch.text
    assert [block.name for block in pitch.blocks if block.asks] == ["present", "why"]


def test_a_whole_pitch_has_no_gap_and_the_same_core_in_all_lengths() -> None:
    pitches = [compose_pitch(WHOLE, seconds, card()) for seconds in SECONDS]
    assert all(pitch.missing == () for pitch in pitches)
    assert len({pitch.blocks[0].text for pitch in pitches}) == 1
    assert all("I cut settlement from 6 h to 9 min." in pitch.text for pitch in pitches)
    assert [pitch.text.count("40 services") for pitch in pitches] == [0, 1, 1]
    assert "one lock" in pitches[2].text


def test_what_they_need_is_asked_for_and_never_claimed() -> None:
    needed = dataclasses.replace(WHOLE, need="technical depth", shown_by="Nine minutes")
    why = compose_pitch(needed, 30, card()).blocks[3]
    assert why.text.startswith("What drew me to Kestrel Health: you moved")
    assert "[where you have shown technical depth, which they ask for most: “Nine minutes”" in why.text
    bare = compose_pitch(dataclasses.replace(FOUR, need="ownership"), 30, card()).blocks[3]
    assert bare.text.startswith("[where you have shown ownership")


def test_nothing_known_asks_for_everything() -> None:
    pitch = compose_pitch(PitchFacts(), 30, card())
    assert len(pitch.missing) == 5


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Backend Engineer", "a backend engineer."),
        ("an SRE", "an SRE."),
        ("SRE", "an SRE."),
        ("UX Designer", "a UX designer."),
        ("User Researcher at Acme", "a user researcher at Acme."),
        ("iOS Developer", "an iOS developer."),
        ("Head of Data", "head of data."),
        ("Accountant", "an accountant."),
        ("unit lead", "a unit lead."),
    ],
)
def test_the_article_follows_the_sound(role: str, said: str) -> None:
    pitch = compose_pitch(PitchFacts(name="Ana", role=role), 30, card())
    assert pitch.blocks[0].text == f"I’m Ana, {said}"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Cut it by half (cv)", "I cut it by half."),
        ("I cut it by half.", "I cut it by half."),
        ("- Rewrote the importer (unconfirmed)", "I rewrote the importer."),
        ("99.95% uptime", "One result I can show: 99.95% uptime."),
        ("AWS bill down 30%", "One result I can show: AWS bill down 30%."),
        ("Reduction of errors", "One result I can show: reduction of errors."),
        ("(cv)", ""),
        ("", ""),
    ],
)
def test_an_achievement_becomes_a_sentence(written: str, said: str) -> None:
    assert spoken(written) == said


def test_provenance_stands_in_brackets() -> None:
    assert provenance_of("Cut it (cv)") == "cv"
    assert provenance_of("Cut it (user-stated: 2026-02-10)") == "user-stated: 2026-02-10"
    assert provenance_of("Cut it (by half)") == ""


# Checks

STRONG = (
    "I’m Ana, a backend engineer who makes payment systems boring in the best sense of that word. Today"
    " I answer for settlement at Northwind, two million transfers a day, with three engineers who count"
    " on my reviews. Last year I cut the nightly run from six hours to nine minutes by finding one lock"
    " that everybody had learned to live with. Before that I moved forty services without a lost order."
    " What drew me to Kestrel Health is your move to events in March, because I have paid for the same "
    "lesson. You ask for depth under load, and that is the work I like best. What I want next is a "
    "platform that many teams build on. Which part would you like to hear more about?"
)
WEAK = (
    "Ana Ito. We were responsible for basically kind of everything. The system was built by us and "
    "synergy was created. The system was built by us again, and TODO numbers."
)


def failing(text: str, seconds: int = 60, facts: PitchFacts | None = None, timed: int = 0) -> set[str]:
    checks = check_pitch(text, seconds, facts or PitchFacts(name="Ana Ito"), LISTS, pace=140, timed=timed)
    return {check.name for check in checks if not check.ok}


def test_a_strong_pitch_passes_and_a_weak_one_fails_nearly_everything() -> None:
    facts = PitchFacts(name="Ana", company="Kestrel Health", achievements=("Cut it from 6 h to 9 min (cv)",))
    assert failing(STRONG, facts=facts) == set()
    assert failing(WEAK) >= {
        *(
            "length",
            "mean sentence",
            "opening",
            "numbers",
            "passive",
            "weak openers",
            "I and we",
            "buzzwords",
        ),
        *("fillers", "filled in", "said once"),
    }


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda text: text + " Thank you so much for the chance to speak. " * 4, "length"),
        (lambda text: text.replace(". Before", " and before"), "longest sentence"),
        (lambda text: text.replace("Kestrel Health", "you"), "names them"),
        (lambda text: text.replace("I cut", "We basically, kind of, basically cut"), "fillers"),
        (lambda text: text.replace("nine minutes", "[how long]"), "filled in"),
        (lambda text: text.replace("finding one lock", "synergy"), "buzzwords"),
    ],
)
def test_each_check_notices_its_own_fault(change: Callable[[str], str], name: str) -> None:
    facts = PitchFacts(name="Ana", company="Kestrel Health", achievements=("Cut it from 6 h to 9 min (cv)",))
    assert name in failing(change(STRONG), facts=facts)


def test_a_number_needs_its_source() -> None:
    facts = PitchFacts(achievements=("Cut it by 40%", "Led it (cv)", "Grew it 3x (unconfirmed)"))
    checks = {each.name: each for each in check_pitch(STRONG, 60, facts, LISTS, pace=140)}
    assert checks["provenance"].found == "2 without a source"


def test_a_recruiter_hears_acronyms_in_full() -> None:
    facts = PitchFacts(for_recruiter=True)
    assert "acronyms" in failing("I ran the ETL and the API.", facts=facts)
    assert "acronyms" not in failing("I ran extract and load (ETL), the ETL, and the API.", facts=facts)
    assert "acronyms" not in failing("I ran the ETL.")


def test_the_postings_words_are_counted_once_each() -> None:
    facts = PitchFacts(keywords=("event streams", "Kafka", "Python"))
    assert "posting's words" in failing("Kafka, Kafka and Kafka.", facts=facts)
    assert "posting's words" not in failing("Event streams in python.", facts=facts)


def test_the_clock_beats_the_estimate() -> None:
    assert timed_pace("word " * 120, 60) == 120
    assert "length" in failing(STRONG, timed=90)
    assert "length" not in failing(STRONG, timed=61)


# The command

PROFILE = """=== prepvault.toml
[vault]
timezone = "UTC"
[profile]
name = "Ana Ito"
role = "backend engineer"
achievements = ["Cut it from 6 h to 9 min (cv)"]
=== Interviews/kestrel.md
---
id: int_k
company: Kestrel Health
role: Platform Engineer
interview_type: technical
scheduled_at: 2026-02-12T10:00:00
status: scheduled
created_at: 2026-02-01T10:00:00
---
=== Companies/Kestrel Health.md
---
type: company
company: Kestrel Health
---
## In one breath

- **Say**:
  - you moved scheduling to events in March
"""


def test_a_pitch_needs_no_vault(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("pitch", "--name", "Ana", "--role", "nurse", "--seconds", "30", "--json")
    made = json.loads(done.out)
    assert done.code == 0
    assert made["kind"] == "pitches"
    assert made["pitches"][0]["pitch"].startswith("I’m Ana, a nurse.")
    assert run("pitch", "kestrel").code == 2


def test_settings_and_the_vault_fill_what_was_not_said(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(PROFILE)
    plain = run("pitch", "--seconds", "30", vault=root).out
    assert "I’m Ana Ito, a backend engineer." in plain
    assert "Kestrel" not in plain
    assert "[profile]" in run("pitch", "--seconds", "30", vault=root).err, "where the gaps are filled"
    known = json.loads(run("pitch", "kestrel", "--seconds", "30", "--name", "Ana", "--json", vault=root).out)
    text = known["pitches"][0]["pitch"]
    assert "I’m Ana, a backend engineer." in text
    assert "What drew me to Kestrel Health: you moved scheduling to events in March." in text


def test_my_own_text_is_checked(make_vault: Maker, run: Callable[..., Ran], tmp_path: Path) -> None:
    root, file = make_vault(PROFILE), tmp_path / "pitch.txt"
    file.write_text(STRONG, encoding="utf-8")
    done = run("pitch", "kestrel", "--check", str(file), "--timed", "61", "--json", vault=root)
    made = json.loads(done.out)
    assert [check["name"] for check in made["checks"] if not check["ok"]] == []
    assert made["words_per_minute"] == timed_pace(STRONG, 61)
    odd = run("pitch", "--check", str(file), "--timed", "600", vault=root)
    assert (odd.code, "nobody speaks" in odd.err) == (2, True)
    file.write_bytes(b"caf\xe9")
    foreign = run("pitch", "--check", str(file), vault=root)
    assert (foreign.code, "is not UTF-8 text" in foreign.err) == (2, True)
    file.write_text(" ", encoding="utf-8")
    assert run("pitch", "--check", str(file), vault=root).code == 1
