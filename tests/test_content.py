"""The cards that ship: whole, in their budget, and keeping what the original system had."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from prepvault.model.conditions import CONDITION_REASONS

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
STORIES = ({"has_stories"}, {"has_stories", "story_gap"}, {"no_stories"})
ROUNDS = ({"first_round"}, {"earlier_round"}, {"earlier_round", "open_doubt", "gap_question"})
ALONE = ("zones_differ", "all_day", "thanks_customary")
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
COMPETENCIES = {each["id"] for each in read_yaml(CONTENT / "competencies.yaml")}
QUESTIONS = {
    path.stem: read_yaml(path) for folder in ("families", "ask") for path in (CONTENT / folder).glob("*.yaml")
}


def suits(item: dict[str, Any], kind: str) -> bool:
    return kind in item.get("types", TYPES) and kind not in item.get("not_types", ())


HEADS: dict[str, dict[str, Any]] = {kind: read_note(CONTENT / "types" / f"{kind}.md")[0] for kind in TYPES}
FORMATS = {kind: tuple(each["id"] for each in head["formats"]) for kind, head in HEADS.items()}


def situations() -> Iterator[set[str]]:
    """Every set of conditions that can hold together, but for those that no item asks for."""
    extras = [({name}, set[str]()) for name in ALONE]
    for chosen in itertools.product(PLACES, POSTINGS, PEOPLE, STORIES, ROUNDS, *extras):
        yield set().union(*chosen, {"has_sessions"} if "several_people" in chosen[2] else ())


def kinds_of(kind: str) -> Iterator[tuple[str, set[str]]]:
    """Every kind within a type with the condition it brings; without one the usual kind is taken."""
    yield FORMATS[kind][0], {"format_unknown"}
    yield from ((each, set()) for each in FORMATS[kind])


def shown(kind: str, form: str, holds: set[str]) -> list[dict[str, Any]]:
    """The items that apply to a kind of interview in a situation."""
    return [
        item
        for item in ITEMS
        if suits(item, kind)
        and form in item.get("formats", (form,))
        and holds.issuperset(item.get("when", ()))
    ]


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
    assert set(item) <= known | {"seed", "told", "formats", "tags", "quick", "covers"}
    assert item["phase"] in PHASES
    assert item["priority"] in {"must", "should", "could"}
    assert isinstance(item["minutes"], int)
    assert 0 <= item["minutes"] <= 60
    assert set(item.get("types", ())) | set(item.get("not_types", ())) <= set(TYPES)
    assert set(item.get("when", ())) <= set(CONDITION_REASONS)
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
def test_a_type_keeps_the_items_that_the_original_gave_it_unless_the_note_names_another_kind(
    kind: str,
) -> None:
    for name, key in ORIGINAL["by_type"][kind].items():
        assert FORMATS[kind][0] in BY_ID[key].get("formats", FORMATS[kind])
        assert BY_ID[key]["seed"] == name
        assert BY_ID[key]["types"] == [kind]
        assert "when" not in BY_ID[key]


@pytest.mark.parametrize("kind", TYPES)
def test_no_must_is_ever_crowded_out_of_a_phase(kind: str) -> None:
    """Seven items of a phase are shown, the more important first: more than seven musts would hide one."""
    for form, brings in kinds_of(kind):
        for holds in situations():
            musts = Counter(
                item["phase"] for item in shown(kind, form, holds | brings) if item["priority"] == "must"
            )
            assert max(musts.values()) <= 7, (form, musts, sorted(holds))


@pytest.mark.parametrize("kind", TYPES)
def test_a_common_interview_sees_every_item_of_its_type(kind: str) -> None:
    """Nothing is written that ordinary notes never show: here all of them fit into the seven of a phase."""
    common = ({"remote", "video"}, {"in_person"})
    rest = {"has_posting", "one_person", "has_stories", "first_round", "thanks_customary", "zones_differ"}
    for form, brings in kinds_of(kind):
        for place in common:
            counts = Counter(item["phase"] for item in shown(kind, form, place | rest | brings))
            assert max(counts.values()) <= 7, (form, counts)


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_has_something_to_do_in_every_phase_in_any_situation(kind: str) -> None:
    for form, brings in kinds_of(kind):
        for holds in situations():
            phases = {item["phase"] for item in shown(kind, form, holds | brings)}
            assert phases == set(PHASES), (form, sorted(holds))


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_adds_items_of_its_own(kind: str) -> None:
    assert sum(item.get("types") == [kind] for item in ITEMS) >= 5


def test_every_item_can_show_somewhere() -> None:
    held = list(situations())
    hopeless = [
        item["id"]
        for item in ITEMS
        if not any(
            suits(item, kind)
            and form in item.get("formats", (form,))
            and any((holds | brings).issuperset(item.get("when", ())) for holds in held)
            for kind in TYPES
            for form, brings in kinds_of(kind)
        )
    ]
    assert hopeless == []


# Types


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_says_what_it_is(kind: str) -> None:
    head, body = read_note(CONTENT / "types" / f"{kind}.md")
    assert set(head) == {
        *("type", "title", "purpose", "minutes", "usual", "stages"),
        *("assessed", "during", "mistakes", "answer_seconds", "stories"),
        *("demand", "least_stories", "most_stories", "formats"),
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


STORY_COUNTS = {
    "phone_screen": (2, 2),
    "video_interview": (3, 4),
    "technical": (3, 3),
    "behavioral": (6, 8),
    "on_site": (8, 10),
    "panel": (5, 6),
    "final_round": (4, 5),
    "debrief": (0, 0),
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_says_how_many_stories_to_bring_and_what_for(kind: str) -> None:
    head = HEADS[kind]
    assert (head["least_stories"], head["most_stories"]) == STORY_COUNTS[kind]
    assert head["stories"] in {f"{head['least_stories']}-{head['most_stories']}", str(head["most_stories"])}
    assert set(head["demand"]) <= COMPETENCIES
    assert len(set(head["demand"])) == len(head["demand"])
    assert bool(head["demand"]) == (kind != "debrief")


EXPECTED_FORMATS = {
    "phone_screen": {"recruiter", "manager", "agency", "technical"},
    "video_interview": {"live", "recorded", "ai_led"},
    "technical": {
        *("coding", "pairing", "code_review", "sql_case", "system_design"),
        *("case", "practical", "take_home", "deep_dive"),
    },
    "behavioral": {"screen", "deep", "values"},
    "on_site": {"in_office", "virtual_onsite", "trial_day"},
    "panel": {"round_table", "structured", "presentation"},
    "final_round": {"executive", "founder", "series"},
    "debrief": {"both", "feedback", "offer"},
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_knows_its_kinds(kind: str) -> None:
    assert set(FORMATS[kind]) == EXPECTED_FORMATS[kind]
    assert len(set(FORMATS[kind])) == len(FORMATS[kind])
    for form in HEADS[kind]["formats"]:
        assert set(form) <= {"id", "title", "purpose", "stages", "tips", "assessed", "aliases", "families"}
        assert form["title"]
        assert form["purpose"]
        assert 2 <= len(form["tips"]) <= 3, form["id"]
        texts = (*form["tips"], *form.get("assessed", ()))
        assert all(isinstance(text, str) for text in texts), form["id"]
        assert all(text.endswith((".", "?")) for text in form["tips"])


@pytest.mark.parametrize("kind", ["phone_screen", "technical", "behavioral", "panel", "debrief"])
def test_the_stages_of_a_kind_can_fill_the_minutes_of_its_type(kind: str) -> None:
    for form in HEADS[kind]["formats"]:
        ranges = [tuple(map(int, stage["minutes"].split("-"))) for stage in form.get("stages", ())]
        if ranges:
            least, most = sum(part[0] for part in ranges), sum(part[-1] for part in ranges)
            assert least <= HEADS[kind]["minutes"] <= most, form["id"]


def test_no_two_types_or_kinds_share_a_tip() -> None:
    tips = [
        line for kind in TYPES for line in read_note(CONTENT / "types" / f"{kind}.md")[1].splitlines() if line
    ]
    tips += [tip for head in HEADS.values() for form in head["formats"] for tip in form["tips"]]
    assert len(tips) == len(set(tips))


# Questions


def test_all_families_and_audiences_are_there() -> None:
    assert set(QUESTIONS) == {*FAMILIES, *AUDIENCES}
    assert all(shelf["id"] == name for name, shelf in QUESTIONS.items())


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_asks_eight_to_twelve_questions_on_all_its_areas(family: str) -> None:
    shelf = QUESTIONS[family]
    assert {"id", "title", "areas", "questions"} <= set(shelf)
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
    assert sum(len(shelf["questions"]) for shelf in shelves) >= 59
    topics = {question["topic"] for shelf in shelves for question in shelf["questions"]}
    assert [topic for topic in ORIGINAL["ask_topics"] if topic not in topics] == []


@pytest.mark.parametrize("name", [*FAMILIES, *AUDIENCES])
def test_a_question_is_whole(name: str) -> None:
    for question in QUESTIONS[name]["questions"]:
        assert {"id", "topic", "text", "hint"} <= set(question), question
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
