"""A sheet: coaching laid out for reading, before it is text or Markdown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a list; `hint` stands below it."""

    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A titled part: a list of points, or `body` in Markdown as its card has it."""

    title: str
    points: tuple[Point, ...] = ()
    body: str = ""
    is_checklist: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One section of the materials: `id` is the section's name."""

    id: str
    title: str
    parts: tuple[Part, ...]
