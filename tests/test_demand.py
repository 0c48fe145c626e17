"""What an interview asks for: five sources, their weights, their reasons, their order."""

from dataclasses import replace

import pytest

from prepvault.model.company import Company
from prepvault.model.competency import Demand
from prepvault.model.interview import InterviewType
from prepvault.model.posting import Posting
from prepvault.rules.competencies import tag_of, tags_in, title_of
from prepvault.rules.demand import demands_of
from tests.coaching_maker import interview, library

PLAIN = replace(
    library(),
    guides={
        kind: replace(guide, demand=("delivery", "ownership") if kind == "panel" else ())
        for kind, guide in library().guides.items()
    },
    families={name: replace(family, demand=("mentoring",)) for name, family in library().families.items()},
)


def asked(
    kind: InterviewType = InterviewType.PANEL,
    *,
    tags: tuple[tuple[str, int], ...] = (),
    values: tuple[str, ...] = (),
    doubts: tuple[str, ...] = (),
) -> dict[str, Demand]:
    demands = demands_of(
        interview(kind),
        PLAIN,
        posting=Posting(path="Jobs/a.md", tags=tags) if tags else None,
        company=Company(name="Acme", path="Companies/Acme.md", values=values) if values else None,
        doubts=doubts,
    )
    return {each.tag: each for each in demands}


def test_type_and_role_ask_without_any_note() -> None:
    demands = asked()
    assert [(each.tag, each.weight) for each in demands.values()] == [
        ("delivery", 2),
        ("ownership", 2),
        ("mentoring", 1),
    ]
    assert demands["delivery"].reasons == ("panels ask for it",)
    assert demands["mentoring"].reasons == ("usual for this kind of role",)


def test_every_source_adds_its_weight_and_its_reason() -> None:
    demands = asked(
        tags=(("delivery", 4), ("customer", 1)),
        values=("Delivery",),
        doubts=("Have you ever shipped on the agreed day, with the delivery slipping?",),
    )
    assert demands["delivery"].weight == 3 + 3 + 2 + 2
    assert demands["delivery"].reasons == (
        "an earlier round left a doubt: Have you ever shipped on the agreed day, with the delivery …",
        "the posting asks for it 4 times",
        "it is one of the company's values",
        "panels ask for it",
    )
    assert demands["customer"].reasons == ("the posting asks for it once",)
    assert next(iter(demands)) == "delivery"


def test_of_a_posting_the_seven_most_asked_count() -> None:
    tags = tuple((tag, 20 - at) for at, tag in enumerate(library().competencies))
    demands = asked(InterviewType.TECHNICAL, tags=tags)
    posting = [each for each in demands.values() if "the posting" in " ".join(each.reasons)]
    assert [each.tag for each in posting] == [tag for tag, _ in tags[:7]]


def test_two_names_of_one_competency_are_one_demand() -> None:
    demands = asked(InterviewType.TECHNICAL, tags=(("ownership", 2), ("accountability", 1)))
    assert demands["ownership"].reasons == ("the posting asks for it 3 times",)


def test_a_debrief_asks_for_no_story() -> None:
    assert asked(InterviewType.DEBRIEF, tags=(("delivery", 4),)) == {}


def test_a_note_without_a_type_still_has_its_role() -> None:
    demands = demands_of(replace(interview(), type=None), PLAIN)
    assert [each.tag for each in demands] == ["mentoring"]


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("Technical Depth", "technical-depth"),
        ("#problem_solving", "problem-solving"),
        ("accountability", "ownership"),
        ("  ", ""),
        ("Juggling fire", "juggling-fire"),
    ],
)
def test_words_for_a_competency(word: str, tag: str) -> None:
    assert tag_of(word, library().competencies) == tag


def test_titles_and_mentions() -> None:
    known = library().competencies
    assert title_of("conflict", known) == known["conflict"].title.lower()
    assert title_of("juggling-fire", known) == "juggling fire"
    assert tags_in("They doubted my mentoring. Mentoring juniors, above all.", known)[0] == "mentoring"
    assert tags_in("", known) == ()
