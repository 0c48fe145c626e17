"""The note about oneself: how it is read, tied to stories and competencies, and remarked on."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepvault.jobs.context import open_context
from prepvault.jobs.init import init
from prepvault.jobs.load import load
from prepvault.model.about import About, Strength, Weakness
from prepvault.model.card import Standing
from prepvault.model.note import Note
from prepvault.model.vault import Vault
from prepvault.outside.resources import find_shipped
from prepvault.parse.about import parse_about
from prepvault.parse.frontmatter import parse_head
from prepvault.rules.about import settle_about
from tests.coaching_maker import library, stories
from tests.conftest import NOW, Maker

PROMPTS = (
    Standing(id="why-leaving", text="Why are you leaving, or why did you leave?"),
    Standing(id="why-here", text="Why here?"),
    Standing(id="pay", text="What pay do you expect?", most_words=5),
)


def read(text: str) -> About:
    """Read a note with this text."""
    data = text.encode()
    return parse_about(Note("About me.md", data, NOW), parse_head(data, "About me.md")[0], PROMPTS)[0]


STRENGTHS = {
    "- **Calm debugging**: [[Stories/Nine minutes|Nine]] · 9 min, was 6 h": (
        Strength("Calm debugging", "Stories/Nine minutes", "9 min, was 6 h", line=2)
    ),
    "- Teaching: reviews in a day #mentoring": Strength("Teaching", "", "reviews in a day", "mentoring", 2),
    "- Teaching - reviews in a day (#mentoring)": Strength(
        "Teaching", "", "reviews in a day", "mentoring", 2
    ),
    "- Patience": Strength("Patience", line=2),
    "1. **Patience.**\n    - Impact: two days saved\n    - Shows: Problem solving": (
        Strength("Patience", "", "two days saved", "problem-solving", 2)
    ),
    "### Structure\nStory: [[Plan]]\nResult: on time": Strength("Structure", "Plan", "on time", line=2),
    "- **Strength:** calm. **Example:** [[Nine]] **Impact:** 9 min **Needed here because:** ops": (
        Strength("calm", "Nine", "9 min", line=2)
    ),
    "- **Strength:** **Example:** **Impact:**": None,
    "-": None,
    "> - **Hint**: a hint": None,
    "_- like this_": None,
    "<!-- - hidden -->": None,
    "```\n- code\n```": None,
}


@pytest.mark.parametrize(("text", "expected"), STRENGTHS.items(), ids=STRENGTHS)
def test_a_strength_is_read_in_many_forms(text: str, expected: Strength | None) -> None:
    assert read(f"## Strengths\n{text}\n").strengths == ((expected,) if expected else ())


def test_weaknesses_keep_the_users_words() -> None:
    about = read(
        "# Weaknesses\n- **Saying no late**: two dates slipped, see [[Plan|the plan]]. #prioritisation\n"
        "- **Weakness:** front ends. **Effect:** slow **Now:** I pair\n"
    )
    assert about.weaknesses == (
        Weakness("Saying no late", "two dates slipped, see the plan.", "prioritisation", 2),
        Weakness("front ends", "Effect: slow Now: I pair", "", 3),
    )


def test_answers_stand_under_their_prompt_however_it_is_headed() -> None:
    about = read(
        "## Strengths\n- One\n## Standing answers\n### Why are you leaving?\n> a hint\n\n"
        "The work is done.\n\n"
        "Now a [[harder|harder one]].\n### why here\n%% not yet %%\n### Something of mine\nmine\n"
        "## Others\n- **What pay do you expect?** 80,000\n### Why leaving\na second time\n"
    )
    assert about.answers == {"why-leaving": "The work is done. Now a harder one.", "pay": "80,000"}
    assert [each.name for each in about.strengths] == ["One"]


@given(st.text(alphabet=st.sampled_from("#- *_>[]|:·.\n\t`%<!ab?(),Stren gth"), max_size=120))
def test_any_note_is_read(text: str) -> None:
    about = read(f"## Strengths\n{text}\n## Weaknesses\n{text}\n### Why here?\n{text}")
    assert all(each.name for each in about.strengths)
    assert all(each.name for each in about.weaknesses)


def test_a_competency_comes_from_the_tag_the_name_or_the_story() -> None:
    about = About(
        strengths=(
            Strength("Drawing", "Arguing about Kafka"),
            Strength("Mentoring", "S-1"),
            Strength("Order", tag="initiative"),
            Strength("Luck"),
        ),
        weaknesses=(Weakness("Communication"),),
    )
    settled = settle_about(about, stories(), library().competencies)
    assert [each.tag for each in settled.strengths] == ["conflict", "mentoring", "ownership", ""]
    assert settled.strengths[0].story == "Stories/Arguing about Kafka.md"
    assert settled.weaknesses[0].tag == "communication"


ABOUT = """=== prepvault.toml
[vault]
timezone = "UTC"
=== About me.md
# About me

## Strengths
- **Calm**: [[Plan]]
- **Order**: [[Elsewhere]]
- **Luck**

## Weaknesses
- **Perfectionist**: I care too much about details.
- **Deep questions**: I lose the thread. #technical-depth

## Standing answers
### Why here?
{answer}
=== Stories/Plan.md
---
type: story
primary: ownership
---
## Situation
It was late.
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Backend Engineer
interview_type: technical
scheduled_at: 2026-02-20T14:00:00
status: {status}
---
"""


def loaded(make_vault: Maker, *, answer: str = "Because.", status: str = "scheduled") -> Vault:
    """Load a vault with a note about oneself."""
    root = make_vault(ABOUT.format(answer=answer, status=status))
    return load(open_context(str(root), now=NOW.isoformat()))


def remarks(vault: Vault) -> list[tuple[str, int]]:
    """Name what is said about the note, with lines."""
    return [(each.code, each.place.line) for each in vault.findings_of("About me.md")]


def test_what_an_interviewer_would_ask_about_first_is_remarked_on(make_vault: Maker) -> None:
    vault = loaded(make_vault, answer="word " * 61)
    assert remarks(vault) == [
        ("about/no-story", 5),
        ("about/no-story", 6),
        ("about/disguised", 9),
        ("about/core", 10),
        ("about/long", 13),
    ]
    messages = [each.message for each in vault.findings_of("About me.md")]
    assert "`Elsewhere`, which is not there" in messages[0]
    assert "`Acme, Backend Engineer` asks for most" in messages[3]


def test_a_closed_interview_and_a_short_answer_give_no_remark(make_vault: Maker) -> None:
    codes = {code for code, _ in remarks(loaded(make_vault, answer="word " * 60, status="completed"))}
    assert codes == {"about/no-story", "about/disguised"}


def test_the_template_has_every_prompt_and_says_nothing(tmp_path: Path) -> None:
    text = (find_shipped("vault_template") / "About me.md").read_text(encoding="utf-8")
    for prompt in library().standing:
        assert f"### {prompt.text}\n" in text
    vault = load(open_context(str(init(str(tmp_path)).root), now=NOW.isoformat()))
    assert vault.about == About(path="About me.md")
    assert vault.findings == ()
