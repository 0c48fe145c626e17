"""Planning the coaching of any note: once is enough, and what is the user's stays the user's."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from prepvault.jobs.coach_note import NotePlan, Wish, plan_note
from prepvault.model.interview import InterviewType
from prepvault.model.note import Note
from prepvault.parse.sections import find_sections
from prepvault.parse.splice import without_sections
from prepvault.parse.ticks import ticks_of
from prepvault.render.section import render_section
from prepvault.rules.coaching import pick_coaching, sections_of
from tests import coaching_maker as maker
from tests.conftest import NOW
from tests.properties.test_splice import notes

kinds = st.sampled_from(InterviewType)


@cache
def wish(kind: InterviewType) -> Wish:
    """Say what an interview of this type should be given."""
    made = maker.interview(kind)
    coaching = pick_coaching(maker.library(), made, maker.settings(), maker.dossier(made))
    bodies = {
        name: render_section(name, coaching, made, level=2)
        for name in maker.settings().words("coaching.sections")
    }
    return Wish(names=sections_of(made, maker.settings()), body_of=bodies.__getitem__)


def planned(data: bytes, kind: InterviewType) -> NotePlan:
    """Plan a note with these bytes."""
    return plan_note(Note("a.md", data, NOW), maker.interview(kind), wish(kind), may_add=True)


@given(notes, kinds, kinds)
@settings(max_examples=150, deadline=None)
def test_twice_is_once_and_other_text_stays(data: bytes, first: InterviewType, second: InterviewType) -> None:
    once = planned(data, first)
    if once.reason:
        assert once.data == data
        return
    had, has = find_sections(data)[0], find_sections(once.data)[0]
    assert without_sections(once.data, has) == without_sections(data, had)
    assert planned(once.data, first).data == once.data
    moved = planned(once.data, second).data
    assert without_sections(moved, find_sections(moved)[0]) == without_sections(data, had)
    assert planned(moved, second).data == moved


@given(kinds, st.data())
@settings(max_examples=60, deadline=None)
def test_ticks_survive_every_refresh(kind: InterviewType, data: st.DataObject) -> None:
    text = planned(b"---\na: 1\n---\nmine\n", kind).data.decode()
    names = sorted(ticks_of(text))
    ticked = data.draw(st.dictionaries(st.sampled_from(names), st.sampled_from("xX-/>?"), max_size=5))
    for line in text.splitlines():
        name = line.rpartition(" ^pv-")[2]
        if name in ticked and line.startswith("- [ ]"):
            text = text.replace(line, line.replace("[ ]", f"[{ticked[name]}]", 1))
    assert planned(text.encode(), kind).data == text.encode()
    moved = text.encode()
    for other in data.draw(st.lists(kinds, min_size=1, max_size=3)):
        moved = planned(moved, other).data
        assert planned(moved, other).data == moved
        after = ticks_of(moved.decode())
        assert ticked.items() <= after.items()
        asked = ticks_of(wish(other).body_of("checklist"))
        assert set(after) == set(asked) | set(ticked)
    assert planned(moved, kind).data == text.encode()
