"""Whatever a preparation holds, doing one thing more never lowers its readiness."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from prepvault.model.company import Company, Fact
from prepvault.model.interview import InterviewType
from prepvault.model.readiness import LABELS
from prepvault.model.story import Story
from prepvault.rules.progress import is_before
from prepvault.rules.readiness import readiness_of
from tests.coaching_maker import booked, library
from tests.test_readiness import known

State = dict[str, Any]
"""What a preparation is made from, by the names of the maker's arguments."""

TAGS = ("ownership", "conflict", "technical-depth", "failure", "communication", "delivery")
FIELDS = [(part.id, name) for part in library().research for name in part.fields]
ITEMS = sorted({item.id for item in library().items if is_before(item)})


@st.composite
def one_story(draw: st.DrawFn, number: int = 0) -> Story:
    """A story of any strength and scope; some were only begun."""
    name = f"S-{number}-{draw(st.integers(0, 99))}"
    return Story(
        id=name,
        path=f"Stories/{name}.md",
        title=name,
        primary=draw(st.sampled_from(TAGS)),
        secondary=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=2))),
        reframes=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=1))),
        strength=draw(st.integers(0, 4)),
        scope=draw(st.sampled_from(("", "self", "team"))),
        when=draw(st.sampled_from(("", "2024", "2021"))),
        parts=draw(st.sampled_from(((), (("situation", "so"),), (("action", "so"),)))),
    )


@st.composite
def states(draw: st.DrawFn) -> State:
    """What the vault may hold about one preparation."""
    kind = draw(st.sampled_from(list(InterviewType)))
    lead = draw(st.sampled_from((None, 1, 20, 60, 200)))
    made = booked(timedelta(hours=lead) if lead else timedelta(days=60))
    facts = draw(st.lists(st.sampled_from(FIELDS), max_size=20, unique=True))
    company = Company(name="Acme", path="Companies/Acme.md", facts=_facts(facts))
    bank = [draw(one_story(number)) for number in range(draw(st.integers(0, 4)))]
    return {
        "made": replace(made, type=kind),
        "ticks": draw(st.dictionaries(st.sampled_from(ITEMS), st.sampled_from("x -"), max_size=30)),
        "company": draw(st.sampled_from((None, company))),
        "bank": tuple(bank),
        "questions": draw(st.integers(0, 4)),
        **{f"readiness__{key}": draw(st.sampled_from((0, 1, 10, 40))) for key in LABELS},
    }


def _facts(fields: list[tuple[str, str]]) -> tuple[Fact, ...]:
    return tuple(Fact(part=part, name=name, value="so it is") for part, name in fields)


def percent(state: State) -> int:
    """The number of one state; where nothing counts there is none."""
    found = readiness_of(known(**state))
    return found.percent if found else 0


@how(max_examples=150)
@given(states(), st.sampled_from(ITEMS), st.sampled_from(FIELDS), one_story(9))
def test_doing_more_never_lowers_it(state: State, item: str, field: tuple[str, str], story: Story) -> None:
    before = percent(state)
    company, ticks = state["company"], state["ticks"]
    filled = company or Company(name="Acme", path="Companies/Acme.md")
    more: dict[str, State] = {
        "an item ticked": {} if ticks.get(item) == "-" else {"ticks": {**ticks, item: "x"}},
        "a field filled": {"company": replace(filled, facts=(*filled.facts, *_facts([field])))},
        "a story written": {"bank": (*state["bank"], story)},
        "a question noted": {"questions": state["questions"] + 1},
        "the pitch filled in": {"profile__name": "Robin"},
    }
    for what, change in more.items():
        assert before <= percent({**state, **change}) <= 100, what


@given(states())
def test_the_parts_add_up_to_the_whole(state: State) -> None:
    found = readiness_of(known(**state))
    if found:
        assert all(0 <= each.share <= 1 and each.weight > 0 for each in found.parts)
        total = sum(each.weight * each.share for each in found.parts)
        assert found.percent <= total + 1e-6 < found.percent + 1 + 1e-3
        assert all(step.points > 0 for step in found.missing)
