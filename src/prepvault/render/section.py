"""The text of a coaching section; it holds nothing that ages and nothing that a program would run."""

from collections.abc import Callable, Mapping

from prepvault.model.coaching import Coaching
from prepvault.model.interview import Interview
from prepvault.render.section_about import write_strengths
from prepvault.render.section_brief import write_brief
from prepvault.render.section_cards import (
    write_ask,
    write_checklist,
    write_questions,
    write_star,
    write_tips,
)
from prepvault.render.section_stories import write_stories
from prepvault.render.section_text import Page, Written, heading

SECTION_VERSION = 2
"""The version written into markers; it rises when the set of sections grows."""

INTRODUCED: Mapping[str, int] = {
    "brief": 2,
    "checklist": 1,
    "stories": 2,
    "questions": 1,
    "ask": 1,
    "tips": 1,
    "strengths": 1,
    "star": 1,
}
"""Every section with the version that brought it."""

_WRITERS: Mapping[str, Callable[[Page], Written]] = {
    "brief": write_brief,
    "checklist": write_checklist,
    "stories": write_stories,
    "questions": write_questions,
    "ask": write_ask,
    "tips": write_tips,
    "strengths": write_strengths,
    "star": write_star,
}


def render_section(name: str, coaching: Coaching, interview: Interview, *, level: int) -> str:
    """Write one section in Markdown, its heading at this level; empty when there is nothing to say."""
    title, blocks = _WRITERS[name](Page(coaching=coaching, interview=interview, level=level))
    body = "\n\n".join(block for block in blocks if block)
    return f"{heading(title, level)}\n\n{body}" if body else ""
