"""Which competencies the story bank can show, and where it has gaps."""

from collections.abc import Sequence

from prepvault.model.site import Coverage
from prepvault.model.story import Story

COMPETENCIES: tuple[str, ...] = (
    "ownership",
    "conflict",
    "influence",
    "leadership",
    "teamwork",
    "ambiguity",
    "problem-solving",
    "technical-depth",
    "delivery",
    "prioritisation",
    "failure",
    "feedback-growth",
    "customer",
    "communication",
    "mentoring",
    "integrity",
)
"""The sixteen that interviews ask about most; a story may carry others as well."""


def coverage(stories: Sequence[Story]) -> Coverage:
    """Lay out the matrix: the sixteen competencies, then the user's own; retired stories cover nothing."""
    own = sorted({tag for story in stories for tag in story.tags} - set(COMPETENCIES))
    rows = tuple((tag, tuple(_mark(story, tag) for story in stories)) for tag in (*COMPETENCIES, *own))
    return Coverage(rows, tuple(tag for tag, marks in rows if not any(marks)))


def _mark(story: Story, tag: str) -> str:
    if story.retired or tag not in story.tags:
        return ""
    return "primary" if tag == story.primary else "secondary"
