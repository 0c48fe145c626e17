"""Checklist items: frozen ids, wordings that name what is known, and plans for late bookings."""

import re
from collections import Counter
from typing import Any

import pytest

from prepvault.model.slots import SLOTS
from prepvault.rules.slots import fill
from tests.test_content import (
    BY_ID,
    COMPETENCIES,
    CONTENT,
    FORBIDDEN,
    FORMATS,
    HERE,
    ITEMS,
    ORIGINAL,
    PHASES,
    TYPES,
    read_yaml,
    suits,
)

FROZEN = (HERE / "data" / "item_ids.txt").read_text(encoding="utf-8").split()
TOLD = [(item["id"], index, text) for item in ITEMS for index, text in enumerate(item.get("told", ()))]
LATE: list[dict[str, Any]] = read_yaml(CONTENT / "late.yaml")
WORDS: dict[str, list[str]] = {
    path.stem: read_yaml(path)["words"] for path in sorted((CONTENT / "words").glob("*.yaml"))
}
# The verbs that items begin with; a new one is added here, so that nobody begins with a noun by accident.
VERBS = set(
    re.findall(
        r"\w+",
        """Agree Answer Ask Assign Be Bring Check Choose Close Collect Compare Complete Confirm Copy Count
        Cut Decide Decode Design Do Draft Draw Explain Fill Find Fix Gather If Lay Let Log Look Make Map
        Mark Match Note Open Outline Pack Pick Plan Practise Prepare Put Rank Read Recall Record Rehearse
        Reread Restart Retell Review Run Say Set Settle Sketch Solve Speak Stop Take Tell Test Time Turn
        Work Write""",
    )
)
LONG = 260


def slots_in(text: str) -> set[str]:
    return set(re.findall(r"\{\{\s*(\w+)\s*\}\}", text))


# Ids


def test_no_id_ever_vanishes() -> None:
    """Ticks in notes hang on ids: one that was published stays, reworded at most."""
    assert [name for name in FROZEN if name not in BY_ID] == []


def test_every_new_id_is_frozen_too() -> None:
    assert sorted(BY_ID) == FROZEN
    assert [name for name in ORIGINAL["items"].split() if name not in FROZEN] == []


# Wordings


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
def test_an_item_begins_with_a_verb_in_every_wording(item: dict[str, Any]) -> None:
    for text in (item["text"], *item.get("told", ())):
        assert text.split()[0] in VERBS, text


@pytest.mark.parametrize(
    "item", [each for each in ITEMS if each["priority"] == "must"], ids=lambda item: item["id"]
)
def test_a_must_has_minutes_and_a_finish(item: dict[str, Any]) -> None:
    assert item["minutes"] or item["id"] == "sleep"
    assert item["done_when"]


@pytest.mark.parametrize(("name", "index", "text"), TOLD, ids=[f"{name}-{index}" for name, index, _ in TOLD])
def test_a_wording_names_known_slots_and_says_more_than_the_text(name: str, index: int, text: str) -> None:
    item = BY_ID[name]
    assert slots_in(text)
    assert slots_in(text) <= set(SLOTS)
    assert text != item["text"]
    assert text not in item["told"][:index]
    assert not text.endswith(".")
    bare = re.sub(r"\{\{\w+\}\}", "Value", text)
    assert len(bare) <= LONG
    assert not bare.startswith("#")
    assert [mark for mark in FORBIDDEN if mark in bare] == []


@pytest.mark.parametrize("item", [each for each in ITEMS if "told" in each], ids=lambda item: item["id"])
def test_every_wording_can_be_reached(item: dict[str, Any]) -> None:
    """The first wording whose slots are all known wins: a later one must do with fewer or others."""
    for later, text in enumerate(item["told"]):
        for earlier in item["told"][:later]:
            assert not slots_in(earlier) <= slots_in(text), text


def test_words_that_people_wrote_stand_in_quotes() -> None:
    """A doubt, a question or a research line is somebody's sentence: it does not melt into ours."""
    quoted = ("doubt_1", "gap_question_1", "say_1", "ask_1", "watch_1", "unknown_1", "must_1", "keyword_1")
    loose = [
        (item, slot)
        for item, _, text in TOLD
        for slot in slots_in(text) & set(quoted)
        if not re.search(rf"“\{{\{{{slot}\}}\}}”", text)
    ]
    assert loose == []


def test_titles_of_stories_stand_in_quotes() -> None:
    bare = [text for _, _, text in TOLD if re.search(r"(?<!“)\{\{story_\d\}\}", text)]
    assert bare == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_bare_note_already_gets_most_items_in_its_own_words(kind: str) -> None:
    """Company, role, time and length are in every note; half of what it shows must name one of them."""
    known = {"company": "Acme", "role": "Nurse", "start": "Tuesday 10 February, 14:00", "minutes": "45"}
    known |= {"last_input": "12:45", "log_in_at": "13:55", "need_1": "a", "need_2": "b", "need_3": "c"}
    mine = [
        item
        for item in ITEMS
        if suits(item, kind) and FORMATS[kind][0] in item.get("formats", (FORMATS[kind][0],))
    ]
    told = [item for item in mine if any(fill(text, known) for text in item.get("told", ()))]
    assert len(told) / len(mine) >= 0.5, [item["id"] for item in mine if item not in told]


@pytest.mark.parametrize("kind", TYPES)
def test_two_companies_get_different_lines(kind: str) -> None:
    """The swap test: with another company, role and hour in the note, two lines in five change."""
    notes = [
        {"company": "Acme", "role": "Nurse", "start": "Tuesday 10 February, 14:00", "last_input": "12:45"},
        {"company": "Fern", "role": "Welder", "start": "Friday 6 March, 09:00", "last_input": "07:45"},
    ]
    shared = {"need_1": "ownership", "need_2": "delivery", "need_3": "teamwork", "minutes": "45"}
    mine = [item for item in ITEMS if suits(item, kind) and not item.get("when")]

    def lines(note: dict[str, str]) -> list[str]:
        worded = ((fill(text, note | shared) for text in item.get("told", ())) for item in mine)
        return [
            next((text for text in texts if text), item["text"])
            for texts, item in zip(worded, mine, strict=True)
        ]

    one, other = (lines(note) for note in notes)
    changed = sum(a != b for a, b in zip(one, other, strict=True))
    assert changed / len(mine) >= 0.4


# Tags and kinds


def test_tags_are_competencies() -> None:
    assert [
        (item["id"], tag) for item in ITEMS for tag in item.get("tags", ()) if tag not in COMPETENCIES
    ] == []


@pytest.mark.parametrize("item", [each for each in ITEMS if "formats" in each], ids=lambda item: item["id"])
def test_an_items_kinds_are_kinds_of_its_types(item: dict[str, Any]) -> None:
    assert len(item["types"]) == 1
    kinds = FORMATS[item["types"][0]]
    assert set(item["formats"]) <= set(kinds)
    assert len(item["formats"]) < len(kinds), "an item of all kinds names none"


WITHOUT_ITEMS = {
    "manager",
    "live",
    "screen",
    "in_office",
    "executive",
    "founder",
    "round_table",
    "both",
    "coding",
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_kind_that_differs_has_something_of_its_own(kind: str) -> None:
    for form in FORMATS[kind]:
        own = [item["id"] for item in ITEMS if form in item.get("formats", ()) and kind in item["types"]]
        assert own or form in WITHOUT_ITEMS | {"values"}, form


# Late bookings


def test_there_are_plans_for_two_hours_a_day_and_three_days() -> None:
    assert [plan["hours"] for plan in LATE] == [2, 24, 72]


@pytest.mark.parametrize("plan", LATE, ids=lambda plan: str(plan["hours"]))
def test_a_late_plan_names_items_once_and_asks_no_more_than_they_take(plan: dict[str, Any]) -> None:
    ids = [item["id"] for item in plan["items"]]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert [name for name in ids if name not in BY_ID] == []
    assert [item["id"] for item in plan["items"] if item["minutes"] > BY_ID[item["id"]]["minutes"]] == []
    assert [name for name in ids if not BY_ID[name]["phase"].startswith("T-")] == []
    assert plan["text"].endswith(".")


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(("hours", "most"), [(2, 55), (24, 300), (72, 560)])
def test_a_late_plan_fits_into_what_is_left(kind: str, hours: int, most: int) -> None:
    """Minutes of work, whatever the place; a day and three days hold nights and other duties too."""
    plan = next(each for each in LATE if each["hours"] == hours)
    mine = [each for each in plan["items"] if suits(BY_ID[each["id"]], kind)]
    assert sum(each["minutes"] for each in mine) <= most
    names = {each["id"] for each in mine}
    assert {"settle", "tech-test", "route"} <= names
    assert "cheat" in names or kind == "debrief"


@pytest.mark.parametrize("kind", TYPES)
def test_more_time_never_means_less_to_do(kind: str) -> None:
    kept = [{each["id"] for each in plan["items"] if suits(BY_ID[each["id"]], kind)} for plan in LATE]
    assert kept[0] <= kept[1] <= kept[2]


# Lists of words


def test_the_lists_of_words_are_there() -> None:
    wanted = {"fillers", "weak_openers", "buzzwords", "passive_allowed", "mail_fillers"}
    assert set(WORDS) == wanted | {"disguised_strengths", "acronyms_known"}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_a_list_of_words_holds_texts_once(name: str) -> None:
    words = WORDS[name]
    assert len(words) >= 20
    assert [word for word in words if not isinstance(word, str) or word != " ".join(word.split())] == []
    counts = Counter(word.casefold() for word in words)
    assert [word for word, count in counts.items() if count > 1] == []
    assert read_yaml(CONTENT / "words" / f"{name}.yaml")["id"] == name


def test_every_list_of_words_is_used() -> None:
    """A list that nothing reads would be a promise to whoever writes their own in its place."""
    code = "".join(path.read_text(encoding="utf-8") for path in CONTENT.parent.rglob("*.py"))
    assert [name for name in WORDS if f'"{name}"' not in code] == []


def test_nothing_we_praise_counts_as_filler() -> None:
    """The full-length story of ours must pass the lists that users' stories are held against."""
    body = (CONTENT / "texts" / "star.md").read_text(encoding="utf-8").partition("full length")[2].lower()
    for name in ("fillers", "weak_openers", "buzzwords"):
        found = [word for word in WORDS[name] if re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", body)]
        assert [word for word in found if word != "just"] == [], name


def test_every_phase_is_used() -> None:
    assert {item["phase"] for item in ITEMS} == set(PHASES)
