"""The text of coaching sections: complete, ageless, and inert wherever it is read."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from prepvault.model.card import PHASE_TITLES, Audience, Item, Question, Text
from prepvault.model.coaching import Coaching
from prepvault.model.dossier import Dossier
from prepvault.model.interview import InterviewType
from prepvault.model.settings import SETTINGS_BY_KEY
from prepvault.parse.sections import find_sections, has_room
from prepvault.parse.splice import Wanted, splice_sections, without_sections
from prepvault.parse.ticks import ticks_of
from prepvault.render.inert import inert_body, inert_line
from prepvault.render.section import INTRODUCED, SECTION_VERSION, render_section
from prepvault.rules.coaching import pick_coaching, sections_of
from tests.coaching_maker import LINK, STARTS, dossier, interview, library, settings

NAMES = tuple(INTRODUCED)


def coaching(kind: InterviewType = InterviewType.TECHNICAL) -> Coaching:
    """Pick for an interview of which everything is known."""
    made = interview(kind, venue=LINK)
    return pick_coaching(library(), made, settings(), dossier(made))


def text(name: str, kind: InterviewType = InterviewType.TECHNICAL, level: int = 2) -> str:
    return render_section(name, coaching(kind), interview(kind, venue=LINK), level=level)


@pytest.mark.parametrize("kind", InterviewType)
def test_every_type_has_something_in_every_section_it_shows(kind: InterviewType) -> None:
    for name in sections_of(interview(kind), settings(coaching__sections=NAMES)):
        body = text(name, kind)
        assert body.startswith("## ")
        assert len(body.splitlines()) > 3
        assert not body.endswith("\n")


def test_every_section_was_introduced_by_a_version() -> None:
    setting = SETTINGS_BY_KEY["coaching.sections"]
    assert set(setting.choices) == set(NAMES)
    assert NAMES[: len(settings().words("coaching.sections"))] == settings().words("coaching.sections")
    assert max(INTRODUCED.values()) == SECTION_VERSION


def test_the_checklist_has_a_box_and_a_block_id_for_every_item() -> None:
    body = text("checklist")
    assert set(ticks_of(body)) == {item.id for item in coaching().items}
    assert set(ticks_of(body).values()) == {" "}
    assert [line[4:] for line in body.splitlines() if line.startswith("### ")] == list(PHASE_TITLES.values())
    assert "because it is remote ^pv-tech-test" in body
    assert re.search(r"- \[ \] .+ · 10 min · done: .+ \^pv-ask-format", body)


def test_headings_follow_the_level_and_never_pass_the_sixth() -> None:
    assert text("tips", level=1).startswith("# Tips")
    assert "\n**In the interview**\n" in text("tips", level=6)
    assert not re.search(r"^#{7}", "\n".join(text(name, level=6) for name in NAMES), re.MULTILINE)


def test_the_length_is_told_only_where_the_note_differs() -> None:
    assert "this note says" not in text("tips")
    long = interview(ends=STARTS + timedelta(hours=2))
    assert "this note says 120 min" in render_section("tips", coaching(), long, level=2)


def test_an_assumed_family_is_named_as_assumed() -> None:
    assert "assumed" not in text("questions").splitlines()[0]
    vague = replace(coaching(), family_is_assumed=True)
    title = render_section("questions", vague, interview(), level=2).splitlines()[0]
    assert title == "## Likely questions: Backend engineer (assumed; set role_family)"


def test_a_star_text_without_a_body_shows_its_head() -> None:
    star = Text("star", "STAR", "", {"framework": "S to R", "timing": "two minutes", "example_s": "We had"})
    body = render_section("star", replace(coaching(), star=star), interview(), level=2)
    assert "S to R, two minutes" in body
    assert "- **S**: We had" in body


def test_an_empty_section_is_empty() -> None:
    bare = replace(
        coaching(), guide=None, items=(), questions=(), audiences=(), ask=(), star=Text("star", "STAR", ""),
        strengths=Text("strengths", "Strengths", ""), dossier=Dossier(), standing=(),
    )  # fmt: skip
    written = {name for name in NAMES if render_section(name, bare, interview(), level=2)}
    assert written == {"brief"}, "when and where is always worth a line"


AGEING = re.compile(
    r"\b(?:today|tomorrow|yesterday|tonight|ago|in \d+ (?:days?|hours?|weeks?))\b", re.IGNORECASE
)


@pytest.mark.parametrize("kind", InterviewType)
def test_nothing_in_a_section_ages(kind: InterviewType) -> None:
    """The same inputs give the same bytes; what an interview's own hour changes is only that hour."""
    usual = interview(kind, venue=LINK, ends=STARTS + timedelta(hours=1))
    later = replace(usual, starts=STARTS + timedelta(days=98), ends=STARTS + timedelta(days=98, hours=1))
    for name in NAMES:
        first, again, moved = (
            render_section(name, pick_coaching(library(), one, settings(), dossier(one)), one, level=2)
            for one in (usual, usual, later)
        )
        assert first == again
        if name == "brief":
            assert not AGEING.search(first)
        changed = set(moved.splitlines()) - set(first.splitlines())
        assert all("26 May" in line for line in changed)


HOSTILE = {
    "<!-- prepvault:end id=tips -->": r"&lt;!-- prepvault:end id=tips \-\->",
    "%% hidden": r"\%\% hidden",
    "<% tp.file.title %>": r"&lt;% tp.file.title \%\>",
    "{{title}}": r"\{\{title}}",
    "{% raw %}": r"\{\% raw %}",
    "`= this.file`": r"\`= this.file`",
    "`$= dv.pages()`": r"\`$= dv.pages()`",
    "```dataviewjs": r"\`\`\`dataviewjs",
    "~~~": r"\~\~\~",
    "due:: 2026": r"due\:\: 2026",
    "![[Embed]]": r"!\[\[Embed]]",
    "$$ x": r"\$\$ x",
    "#tag and C#": r"\#tag and C#",
    "<script>": "&lt;script>",
    "tick ^pv-other": "tick pv-other",
    "a\nb\x1b[0m\u202e": "a b[0m",
}


@pytest.mark.parametrize(("raw", "harmless"), HOSTILE.items())
def test_a_text_that_a_program_would_act_on_is_made_inert(raw: str, harmless: str) -> None:
    assert inert_line(raw) == harmless


def test_plain_words_stay_as_they_are() -> None:
    plain = (
        "Say **why**, in `code` or *so*; 5 < 6 and C# -- 50 % of it: yes, see [it](https://example.com/a#b)."
    )
    assert inert_line(plain) == plain


def test_a_body_keeps_lists_and_tables_and_moves_its_headings() -> None:
    body = "# One\n\ntext\n---\n- a\n    - b\n\n\n\n## Two\n===\n| a | b |\n| --- | --- |\n...\n"
    expected = "### One\n\ntext\n- a\n    - b\n\n#### Two\n| a | b |\n| --- | --- |"
    assert inert_body(body, level=3) == expected


nasty = st.lists(
    st.sampled_from([*HOSTILE, "word", "\n", "- ", "# ", "    ", "---\n", "> ", "<div>\n", "|", "\t"]),
    max_size=8,
)


@given(nasty.map("".join))
@hypothesis_settings(deadline=None)
def test_whatever_cards_say_the_section_stays_one_section(words: str) -> None:
    question = Question("q", words or "x", "", words)
    made = replace(
        coaching(),
        items=(Item(id="one", text=words or "x", phase="T-2h", done_when=words),),
        questions=(question,),
        audiences=(Audience("peer", words or "Peer", (question,)),),
        ask=(question,),
        star=Text("star", words or "STAR", words),
        strengths=Text("strengths", words or "Strengths", words),
    )
    bodies = {name: render_section(name, made, interview(), level=2) for name in NAMES}
    wanted = [Wanted(name, 2, body) for name, body in bodies.items() if body]
    data = splice_sections(b"mine\n", (), wanted, NAMES)
    sections, findings = find_sections(data)
    assert not findings
    assert [section.name for section in sections] == [want.name for want in wanted]
    assert not any(section.is_edited for section in sections)
    assert without_sections(data, sections) == b"mine\n"
    assert has_room(data)


def test_customs_are_told_where_the_settings_name_them() -> None:
    one = interview(InterviewType.PHONE_SCREEN)
    plain = render_section("strengths", pick_coaching(library(), one, settings()), one, level=2)
    assert "Customs" not in plain
    named = settings(profile__norms="consensus")
    text = render_section("strengths", pick_coaching(library(), one, named), one, level=2)
    norms = library().norms["consensus"]
    assert all(line in text for line in (norms.pitch, norms.pay, *norms.verify))
