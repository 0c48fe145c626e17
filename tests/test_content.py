"""The cards that ship: whole, in their budget, and keeping what the original system had."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
CONTENT = HERE.parent / "src" / "prepvault" / "content"
ORIGINAL = yaml.safe_load((HERE / "data" / "original.yaml").read_text(encoding="utf-8"))
FAMILIES = (
    *("software_engineer", "backend", "frontend", "full_stack", "mobile", "data_engineer"),
    *("data_science_analytics", "ml_engineer", "devops_sre", "integration_engineer", "qa_sdet", "security"),
    *("engineering_manager", "product_manager", "designer", "general"),
)
AUDIENCES = ("recruiter", "hiring_manager", "peer", "executive", "people")
TYPES = (
    *("phone_screen", "video_interview", "technical", "behavioral"),
    *("on_site", "panel", "final_round", "debrief"),
)
PHASES = ("T-7d", "T-72h", "T-48h", "T-24h", "T-2h", "T-10min", "T+2h", "T+24h", "T+7d")
PLACES = ({"remote", "video"}, {"remote", "phone"}, {"in_person"}, {"place_unknown"})
POSTINGS = ({"has_posting"}, {"no_posting"})
PEOPLE = ({"people_unknown"}, {"one_person"}, {"several_people"})
ALONE = ("zones_differ", "all_day", "has_sessions")
CONDITIONS = set().union(*PLACES, *POSTINGS, *PEOPLE, ALONE)
# A line that begins so, or holds one of these, would not stay one line of a list in a note.
FORBIDDEN = ("\n", "\r", "\t", "^", "<", "%%", "[[", "{{", "`", '"')


def read_yaml(path: Path) -> Any:
    """Read a YAML file by PyYAML alone."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_note(path: Path) -> tuple[dict[str, Any], str]:
    """Read head and body of a Markdown card by PyYAML alone."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    loaded = yaml.safe_load(head)
    assert isinstance(loaded, dict)
    return loaded, body


ITEMS: list[dict[str, Any]] = [
    item for path in sorted((CONTENT / "checklist").glob("*.yaml")) for item in read_yaml(path)
]
BY_ID = {item["id"]: item for item in ITEMS}
QUESTIONS = {
    path.stem: read_yaml(path) for folder in ("families", "ask") for path in (CONTENT / folder).glob("*.yaml")
}


def suits(item: dict[str, Any], kind: str) -> bool:
    return kind in item.get("types", TYPES) and kind not in item.get("not_types", ())


def situations() -> Iterator[set[str]]:
    """Every set of conditions that can hold together."""
    extras = [({name}, set[str]()) for name in ALONE]
    for chosen in itertools.product(PLACES, POSTINGS, PEOPLE, *extras):
        yield set().union(*chosen)


def counted(kind: str, holds: set[str]) -> Counter[str]:
    return Counter(
        item["phase"] for item in ITEMS if suits(item, kind) and holds.issuperset(item.get("when", ()))
    )


# Checklists


def test_item_ids_are_unique_and_fit_a_block_id() -> None:
    ids = [item["id"] for item in ITEMS]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_every_named_item_is_there() -> None:
    assert [name for name in ORIGINAL["items"].split() if name not in BY_ID] == []


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
def test_an_item_is_whole(item: dict[str, Any]) -> None:
    known = {"id", "text", "phase", "minutes", "priority", "types", "not_types", "when", "done_when", "why"}
    assert set(item) <= known | {"seed"}
    assert item["phase"] in PHASES
    assert item["priority"] in {"must", "should", "could"}
    assert isinstance(item["minutes"], int)
    assert 0 <= item["minutes"] <= 60
    assert set(item.get("types", ())) | set(item.get("not_types", ())) <= set(TYPES)
    assert set(item.get("when", ())) <= CONDITIONS
    for name in ("text", "done_when", "why"):
        assert item[name].strip() == item[name]
        assert len(item[name]) > 5
    assert item["text"][0].isupper()
    assert not item["text"].endswith(".")
    assert len(item["text"]) <= 220


def test_only_sleep_takes_no_minutes() -> None:
    assert [item["id"] for item in ITEMS if not item["minutes"]] == ["sleep"]


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_keeps_the_base_items_of_the_original(kind: str) -> None:
    missing = [
        name
        for name in ORIGINAL["base"]
        if not (kind == "debrief" and name in ORIGINAL["not_in_a_debrief"])
        and not any(item.get("seed") == name and suits(item, kind) for item in ITEMS)
    ]
    assert missing == []


def test_base_items_keep_their_ids() -> None:
    assert [name for name, key in ORIGINAL["base"].items() if BY_ID[key]["seed"] != name] == []


@pytest.mark.parametrize("kind", ORIGINAL["by_type"])
def test_a_type_keeps_the_items_that_the_original_gave_it_whatever_the_note_says(kind: str) -> None:
    for name, key in ORIGINAL["by_type"][kind].items():
        assert BY_ID[key]["seed"] == name
        assert BY_ID[key]["types"] == [kind]
        assert "when" not in BY_ID[key]


@pytest.mark.parametrize("kind", TYPES)
def test_a_phase_has_at_most_seven_items_in_any_situation(kind: str) -> None:
    over = [
        (phase, count, sorted(holds))
        for holds in situations()
        for phase, count in counted(kind, holds).items()
        if count > 7
    ]
    assert over == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_has_something_to_do_in_every_phase_in_any_situation(kind: str) -> None:
    """T-48h is left out: what a debrief needs by then is a matter of what was promised before."""
    for holds in situations():
        phases = counted(kind, holds)
        assert phases["T-7d"] + phases["T-72h"] > 0
        assert [phase for phase in PHASES if phase != "T-48h" and not phases[phase]] == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_adds_items_of_its_own(kind: str) -> None:
    assert sum(item.get("types") == [kind] for item in ITEMS) >= 5


def test_every_item_can_show_somewhere() -> None:
    hopeless = [
        item["id"]
        for item in ITEMS
        if not any(suits(item, kind) for kind in TYPES)
        or not any(holds.issuperset(item.get("when", ())) for holds in situations())
    ]
    assert hopeless == []


# Types


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_says_what_it_is(kind: str) -> None:
    head, body = read_note(CONTENT / "types" / f"{kind}.md")
    assert set(head) == {
        *("type", "title", "purpose", "minutes", "usual", "stages"),
        *("assessed", "during", "mistakes", "answer_seconds", "stories"),
    }
    assert head["type"] == kind
    assert isinstance(head["minutes"], int)
    assert all(isinstance(text, str) for name in ("assessed", "during", "mistakes") for text in head[name])
    assert min(len(head[name]) for name in ("assessed", "during", "mistakes")) >= 3
    tips = [line for line in body.splitlines() if line.startswith("- ")]
    assert 3 <= len(tips) <= 5
    assert [line for line in body.splitlines() if line and not line.startswith("- ")] == []


@pytest.mark.parametrize("kind", TYPES)
def test_the_stages_of_a_type_can_fill_its_minutes(kind: str) -> None:
    head, _ = read_note(CONTENT / "types" / f"{kind}.md")
    ranges = [tuple(map(int, stage["minutes"].split("-"))) for stage in head["stages"]]
    assert sum(part[0] for part in ranges) <= head["minutes"] <= sum(part[-1] for part in ranges)


def test_no_two_types_share_a_tip() -> None:
    tips = [
        line for kind in TYPES for line in read_note(CONTENT / "types" / f"{kind}.md")[1].splitlines() if line
    ]
    assert len(tips) == len(set(tips))


# Questions


def test_all_families_and_audiences_are_there() -> None:
    assert set(QUESTIONS) == {*FAMILIES, *AUDIENCES}
    assert all(shelf["id"] == name for name, shelf in QUESTIONS.items())


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_asks_eight_to_twelve_questions_on_all_its_areas(family: str) -> None:
    shelf = QUESTIONS[family]
    assert set(shelf) == {"id", "title", "areas", "questions"}
    assert 8 <= len(shelf["questions"]) <= 12
    assert {question["topic"] for question in shelf["questions"]} == set(shelf["areas"])


@pytest.mark.parametrize("family", ORIGINAL["areas"])
def test_a_family_keeps_the_areas_of_the_original(family: str) -> None:
    assert set(ORIGINAL["areas"][family]) <= set(QUESTIONS[family]["areas"])
    first = {question["topic"] for question in QUESTIONS[family]["questions"][:6]}
    assert set(ORIGINAL["areas"][family]) <= first, (
        "where only six are shown, no area of the original may be missing"
    )


def test_the_original_questions_are_still_asked() -> None:
    asked = " ".join(question["text"] for question in QUESTIONS["backend"]["questions"])
    assert "Design a distributed cache system" in asked
    assert "How would you handle a database failure" in asked


def test_there_is_enough_to_ask_on_every_topic_of_the_original() -> None:
    shelves = [QUESTIONS[name] for name in AUDIENCES]
    assert all(len(shelf["questions"]) >= 10 for shelf in shelves)
    assert sum(len(shelf["questions"]) for shelf in shelves) == 59
    topics = {question["topic"] for shelf in shelves for question in shelf["questions"]}
    assert [topic for topic in ORIGINAL["ask_topics"] if topic not in topics] == []


@pytest.mark.parametrize("name", [*FAMILIES, *AUDIENCES])
def test_a_question_is_whole(name: str) -> None:
    for question in QUESTIONS[name]["questions"]:
        assert set(question) == {"id", "topic", "text", "hint"}, question
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", question["id"])
        assert question["text"].endswith(("?", ".")), question
        assert question["hint"].endswith("."), question
        assert 30 <= len(question["text"]) <= 220, question


def test_no_question_stands_twice() -> None:
    texts = Counter(question["text"] for shelf in QUESTIONS.values() for question in shelf["questions"])
    assert [text for text, count in texts.items() if count > 1] == []
    ids = Counter(question["id"] for shelf in QUESTIONS.values() for question in shelf["questions"])
    assert [name for name, count in ids.items() if count > 1] == []


def test_no_text_breaks_a_list_line() -> None:
    lines = [item[name] for item in ITEMS for name in ("text", "done_when", "why")]
    lines += [
        question[name]
        for shelf in QUESTIONS.values()
        for question in shelf["questions"]
        for name in ("text", "hint", "topic")
    ]
    assert [line for line in lines if line.startswith("#") or any(mark in line for mark in FORBIDDEN)] == []
