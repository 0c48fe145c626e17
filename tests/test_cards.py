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
    assert {"star", "strengths"} <= set(library.texts)
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


COMPETENCY = "- {id: conflict, title: Conflict, words: [Disagree], prompts: [When?], optional: true}\n"
AUDIENCE = "id: peer\ntitle: Peer\nweighs: care\nspeak: plainly\nquestions:\n  - {id: q, text: Why?}\n"


def test_an_item_has_wordings_formats_and_tags() -> None:
    guide = GUIDE.replace("stages:", "formats:\n  - {id: talk, title: Talk}\nstages:")
    item = ITEM + "  told: ['Read about {{company}} for {{ need_1 }}']\n  formats: talk\n  tags: [conflict]\n"
    texts = {"checklist/a.yaml": item, "types/panel.md": guide, "competencies.yaml": COMPETENCY}
    library, findings = parse_library(texts)
    assert findings == ()
    (read,) = library.items
    assert read.told == ("Read about {{company}} for {{ need_1 }}",)
    assert (read.formats, read.tags) == (("talk",), ("conflict",))


@pytest.mark.parametrize(
    ("line", "left", "word"),
    [
        ("told: ['At {{compny}}', 'At {{company}}']", ("At {{company}}",), "did you mean `company`?"),
        ("tags: [conflikt, conflict]", ("conflict",), "did you mean `conflict`?"),
    ],
)
def test_an_unknown_slot_or_tag_costs_only_itself(line: str, left: tuple[str, ...], word: str) -> None:
    texts = {"checklist/a.yaml": f"{ITEM}  {line}\n", "competencies.yaml": COMPETENCY}
    (item,) = parse_library(texts)[0].items
    assert left in (item.told, item.tags)
    finding = the_finding(texts)
    assert (finding.code, finding.hint) == ("card/field", word)


def test_an_item_for_an_unknown_format_is_left_out() -> None:
    guide = GUIDE.replace("stages:", "formats:\n  - {id: talk, title: Talk}\nstages:")
    texts = {"checklist/a.yaml": ITEM + "  formats: [tlak]\n", "types/panel.md": guide}
    assert parse_library(texts)[0].items == ()
    assert the_finding(texts).hint == "did you mean `talk`?"


def test_a_type_tells_of_demand_stories_and_formats() -> None:
    more = (
        "demand: [conflict]\nleast_stories: 3\nmost_stories: 5\nformats:\n"
        "  - id: talk\n    title: Talk\n    purpose: To hear\n    stages: [{name: Talk, minutes: 20}]\n"
        "    tips: [Slowly]\n    assessed: [poise]\nstages:"
    )
    texts = {"types/panel.md": GUIDE.replace("stages:", more), "competencies.yaml": COMPETENCY}
    library, findings = parse_library(texts)
    assert findings == ()
    guide = library.guides["panel"]
    assert (guide.demand, guide.least_stories, guide.most_stories) == (("conflict",), 3, 5)
    (talk,) = guide.formats
    assert (talk.id, talk.title, talk.purpose, talk.tips, talk.assessed) == (
        "talk",
        "Talk",
        "To hear",
        ("Slowly",),
        ("poise",),
    )
    assert [(stage.name, stage.minutes) for stage in talk.stages] == [("Talk", "20")]


@pytest.mark.parametrize(
    "formats",
    [
        "[{id: a, title: A}, {id: a, title: B}]",
        "[{id: a, title: A}, {title: B}]",
        "[{id: a, title: A}, {id: b}]",
    ],
)
def test_a_bad_format_is_left_out_and_the_type_stays(formats: str) -> None:
    library, findings = parse_library(
        {"types/panel.md": GUIDE.replace("stages:", f"formats: {formats}\nstages:")}
    )
    assert [(each.id, each.title) for each in library.guides["panel"].formats] == [("a", "A")]
    assert {finding.code for finding in findings} == {"card/field"}


def test_families_audiences_and_questions_have_more_to_say() -> None:
    family = "id: a\ntitle: A\ndemand: [conflict]\n"
    question = "  - {id: r, text: And?, told: ['And {{company}}?'], purpose: connect, tags: [conflict]}\n"
    texts = {"families/a.yaml": family, "ask/peer.yaml": AUDIENCE + question, "competencies.yaml": COMPETENCY}
    library, findings = parse_library(texts)
    assert findings == ()
    assert library.families["a"].demand == ("conflict",)
    peer = library.audiences["peer"]
    assert (peer.weighs, peer.speak) == ("care", "plainly")
    assert [(each.id, each.purpose) for each in peer.questions] == [("q", "learn"), ("r", "connect")]
    assert peer.questions[1].told == ("And {{company}}?",)
    bad = {**texts, "ask/peer.yaml": AUDIENCE + question.replace("connect", "impress")}
    assert [each.id for each in parse_library(bad)[0].audiences["peer"].questions] == ["q"]
    assert the_finding(bad).code == "card/field"


LISTS = {
    "competencies.yaml": COMPETENCY,
    "standing.yaml": "- {id: pay, text: What pay?, hint: A range, audiences: [peer], words: 40}\n",
    "norms.yaml": (
        "- {id: n, title: N, greeting: 'Dear {{name}},', greeting_nobody: 'Hello,', thank_you: fine}\n"
    ),
    "research.yaml": (
        "- {id: money, number: 5, title: Money, fields: [profit], where: x, so_what: y, quick: true}\n"
    ),
    "late.yaml": (
        "- {hours: 24, text: A day, items: [{id: research, minutes: 20}]}\n- {hours: 2, text: Two}\n"
    ),
    "words/fillers.yaml": "id: fillers\nwords: [um, kind of]\n",
    "checklist/a.yaml": ITEM,
    "ask/peer.yaml": AUDIENCE,
}


def test_the_lists_that_every_interview_shares_are_read() -> None:
    library, findings = parse_library(LISTS)
    assert findings == ()
    conflict = library.competencies["conflict"]
    assert (conflict.words, conflict.prompts, conflict.is_optional) == (("disagree",), ("When?",), True)
    (pay,) = library.standing
    assert (pay.audiences, pay.most_words, pay.hint) == (("peer",), 40, "A range")
    norms = library.norms["n"]
    assert (norms.greeting, norms.greeting_nobody, norms.thank_you) == ("Dear {{name}},", "Hello,", "fine")
    (money,) = library.research
    assert (money.number, money.fields, money.is_quick) == (5, ("profit",), True)
    assert [(plan.hours, plan.items) for plan in library.late_plans] == [(2, ()), (24, (("research", 20),))]
    assert library.words == {"fillers": ("um", "kind of")}


@pytest.mark.parametrize("path", LISTS)
def test_an_unknown_field_is_told_in_every_kind_of_card(path: str) -> None:
    text = LISTS[path]
    more = text + "colour: red\n" if not text.startswith("- ") else text.replace("{", "{colour: red, ", 1)
    if path == "checklist/a.yaml":
        more = text + "  colour: red\n"
    found = parse_library({**LISTS, path: more})[1]
    assert [(each.code, each.place.path) for each in found] == [("card/unknown-field", path)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("late.yaml", "- {hours: 2, text: x, items: [{id: reserch, minutes: 5}]}\n"),
        ("late.yaml", "- {text: x}\n"),
        ("norms.yaml", "- {id: n, title: N, greeting: 'Dear', greeting_nobody: Hi, thank_you: always}\n"),
        ("norms.yaml", "- {id: n, title: N}\n"),
        ("standing.yaml", "- {id: pay, text: x, audiences: [pear]}\n"),
        ("competencies.yaml", "- {id: conflict, title: x, optional: maybe}\n"),
        ("research.yaml", "- {id: money}\n"),
        ("words/fillers.yaml", "words: [um]\n"),
        ("types/panel.md", GUIDE.replace("stages:", "formats: [{id: a, title: A, tip: [x]}]\nstages:")),
    ],
)
def test_slips_in_lists_are_told(path: str, text: str) -> None:
    found = parse_library({**LISTS, path: text})[1]
    assert {each.place.path for each in found} == {path}
    assert {each.code for each in found} <= {"card/field", "card/unknown-field"}


def test_a_mail_keeps_every_field_of_its_head() -> None:
    text = '---\nid: a\ntitle: A\nto: referrer\nsubject: "S"\nwords: "80-120"\n---\nHello\n'
    fields = parse_library({"mails/a.md": text})[0].mails["a"].fields
    assert fields == {"to": "referrer", "subject": "S", "when": "", "words": "80-120"}


def test_an_id_counts_once_in_the_lists_too() -> None:
    texts = {**LISTS, "words/more.yaml": "id: fillers\nwords: [er]\n", "norms.yaml": 2 * LISTS["norms.yaml"]}
    assert {code for code, *_ in told(texts)} == {"card/duplicate"}
    assert parse_library(texts)[0].words["fillers"] == ("um", "kind of")


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
        "competencies.yaml",
        "standing.yaml",
        "norms.yaml",
        "research.yaml",
        "late.yaml",
        "words/a.yaml",
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
            "formats: [{id: a, stages: 3}]\n",
            "told: ['{{x}}', [1]]\n",
            "items: [{id: 1}]\n",
            "hours: 2\n",
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
