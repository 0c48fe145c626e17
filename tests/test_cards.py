"""Reading content files: what is right, and what a vault's own files may have wrong."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepvault.model.card import PHASES
from prepvault.model.conditions import CONDITION_REASONS
from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import InterviewType
from prepvault.outside.resources import read_content
from prepvault.parse.cards import parse_library

ITEM = "- id: research\n  text: Read about them\n  phase: T-72h\n"
GUIDE = (
    "---\ntype: panel\ntitle: Panel\nminutes: 75\nstages:\n  - {name: Hello, minutes: 5}\n---\n- One\n- Two\n"
)


def told(texts: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Name code, path and line of every finding."""
    return [(f.code, f.place.path, f.place.line) for f in parse_library(texts)[1]]


def the_finding(texts: Mapping[str, str]) -> Finding:
    """Give the only finding."""
    (finding,) = parse_library(texts)[1]
    return finding


def test_everything_that_ships_is_read_without_a_finding() -> None:
    library, findings = parse_library(read_content())
    assert findings == ()
    assert set(library.guides) == set(InterviewType)
    assert set(library.audiences) == {"recruiter", "hiring_manager", "peer", "executive", "people"}
    assert len(library.families) == 16
    assert {"star", "strengths", "research"} <= set(library.texts)
    assert {"reminder", "thank_you", "follow_up", "status_update"} <= set(library.mails)
    assert len({item.id for item in library.items}) == len(library.items)


def test_an_item_takes_what_is_written_and_usual_values_for_the_rest() -> None:
    full = (
        "- id: a-1\n  text: Do it\n  phase: T-2h\n  minutes: 5\n  priority: must\n  types: [panel]\n"
        "  not_types: debrief\n  when: [remote, video]\n  done_when: done\n  why: because\n  seed: Research\n"
    )
    first, second = parse_library({"checklist/a.yaml": full + ITEM})[0].items
    assert (first.id, first.minutes, first.priority, first.types) == ("a-1", 5, "must", ("panel",))
    assert (first.not_types, first.conditions) == (("debrief",), ("remote", "video"))
    assert (first.done_when, first.why, first.seed) == ("done", "because", "Research")
    assert (second.minutes, second.priority, second.types, second.conditions) == (0, "should", (), ())


def test_a_type_has_a_head_of_facts_and_a_body_of_tips() -> None:
    guide = parse_library({"types/panel.md": GUIDE})[0].guides["panel"]
    assert (guide.title, guide.minutes, guide.tips) == ("Panel", 75, ("One", "Two"))
    assert [(stage.name, stage.minutes) for stage in guide.stages] == [("Hello", "5")]


BAD_ITEMS = {
    "no id": ("- text: x\n  phase: T-2h\n", "card/field"),
    "no text": ("- id: x\n  phase: T-2h\n", "card/field"),
    "no phase": ("- id: x\n  text: x\n", "card/field"),
    "unknown phase": ("- id: x\n  text: x\n  phase: T-3d\n", "card/field"),
    "unknown priority": ("- id: x\n  text: x\n  phase: T-2h\n  priority: high\n", "card/field"),
    "unknown type": ("- id: x\n  text: x\n  phase: T-2h\n  types: [onsite]\n", "card/field"),
    "unknown condition": ("- id: x\n  text: x\n  phase: T-2h\n  when: [rainy]\n", "card/field"),
    "an id that is no block id": ("- id: a_b\n  text: x\n  phase: T-2h\n", "card/field"),
    "text that is a list": ("- id: x\n  text: [a]\n  phase: T-2h\n", "card/field"),
}


@pytest.mark.parametrize(("text", "code"), BAD_ITEMS.values(), ids=BAD_ITEMS)
def test_a_bad_item_is_left_out_and_the_others_stay(text: str, code: str) -> None:
    library, findings = parse_library({"checklist/a.yaml": ITEM + text})
    assert [item.id for item in library.items] == ["research"]
    assert {(f.code, f.severity, f.place.line) for f in findings} == {(code, Severity.WARNING, 4)}


def test_a_slip_in_an_optional_field_costs_only_the_field() -> None:
    texts = {"checklist/a.yaml": ITEM + "  minutes: soon\n  doen_when: read\n"}
    library, findings = parse_library(texts)
    assert [(item.id, item.minutes) for item in library.items] == [("research", 0)]
    assert {f.code for f in findings} == {"card/field", "card/unknown-field"}
    assert "did you mean `done_when`?" in {f.hint for f in findings}


def test_an_id_counts_once() -> None:
    texts = {"checklist/a.yaml": ITEM, "checklist/b.yaml": ITEM.replace("Read", "Hear")}
    assert [item.text for item in parse_library(texts)[0].items] == ["Read about them"]
    assert told(texts) == [("card/duplicate", "checklist/b.yaml", 1)]
    assert told({"types/a.md": GUIDE, "types/b.md": GUIDE}) == [("card/duplicate", "types/b.md", 1)]


UNREADABLE = {
    "no list": ("checklist/a.yaml", "id: x\n"),
    "broken yaml": ("checklist/a.yaml", "- id: [\n"),
    "a text among the items": ("checklist/a.yaml", "- id\n"),
    "questions that are no list": ("families/a.yaml", "id: a\ntitle: A\nquestions: none\n"),
    "a list for a family": ("families/a.yaml", "- id: a\n"),
    "no head": ("texts/star.md", "# STAR\n"),
    "an open head": ("texts/star.md", "---\nid: star\n"),
    "a head that is a list": ("mails/a.md", "---\n- a\n---\n"),
    "nothing in a family": ("ask/a.yaml", ""),
}


@pytest.mark.parametrize(("path", "text"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_error(path: str, text: str) -> None:
    finding = the_finding({path: text})
    assert (finding.code, finding.severity, finding.place.path) == ("card/unreadable", Severity.ERROR, path)


def test_a_file_in_no_known_place_is_told() -> None:
    assert told({"type/panel.md": GUIDE}) == [("card/unknown-file", "type/panel.md", 0)]
    assert told({"texts/clients.yaml": "a: 1\n"}) == []


def test_a_rule_for_titles_must_be_a_pattern_and_name_a_family() -> None:
    family = "id: backend\ntitle: Backend\n"
    rules = "- {pattern: 'a', family: backend, confidence: 0.9}\n"
    texts = {"families/backend.yaml": family, "titles.yaml": rules}
    assert told(texts) == []
    assert parse_library(texts)[0].titles[0].confidence == 0.9
    assert told({**texts, "titles.yaml": rules + "- {pattern: '(', family: backend}\n"})[0][0] == "card/field"
    assert told({**texts, "titles.yaml": rules + "- {pattern: 'x', family: nobody}\n"})[0][0] == "card/field"
    assert told({**texts, "titles.yaml": rules + "- {pattern: x, family: backend, confidence: 2}\n"})


def test_a_mail_says_to_whom_it_goes() -> None:
    good = '---\nid: hello\ntitle: Hello\nto: recruiter\nsubject: "Hi {{company}}"\n---\nDear you\n'
    mail = parse_library({"mails/hello.md": good})[0].mails["hello"]
    assert (mail.body, mail.fields["to"], mail.fields["subject"]) == (
        "Dear you",
        "recruiter",
        "Hi {{company}}",
    )
    assert the_finding({"mails/hello.md": good.replace("recruiter", "everyone")}).code == "card/field"


def test_there_are_five_tips_at_most() -> None:
    library, findings = parse_library({"types/panel.md": GUIDE + "- x\n" * 5})
    assert len(library.guides["panel"].tips) == 5
    assert [finding.code for finding in findings] == ["card/field"]


def test_every_choice_has_words() -> None:
    assert all(CONDITION_REASONS.values())
    assert len(set(PHASES)) == 9


paths = st.sampled_from(
    [
        "checklist/a.yaml",
        "types/a.md",
        "families/a.yaml",
        "ask/a.yaml",
        "texts/a.md",
        "mails/a.md",
        "titles.yaml",
        "x",
    ]
)
snippets = st.lists(
    st.sampled_from(
        [
            "---\n",
            "- ",
            "id: a\n",
            "text: b\n",
            "  phase: T-2h\n",
            "[",
            "{",
            ": ",
            "\n",
            "\t",
            "title: x\n",
            "*a",
            "&a ",
            "questions:\n",
            "stages: [1, {name: 2}]\n",
            "minutes: -1\n",
            "type: panel\n",
            "\x00",
            "\ufeff",
            "!x ",
            "- - -\n",
        ]
    )
    | st.text(max_size=5),
    max_size=14,
).map("".join)


@given(st.dictionaries(paths, snippets, max_size=4))
@settings(deadline=None)
def test_any_texts_are_read_without_raising(texts: dict[str, str]) -> None:
    library, findings = parse_library(texts)
    assert all(item.phase in PHASES for item in library.items)
    assert all(finding.message for finding in findings)
