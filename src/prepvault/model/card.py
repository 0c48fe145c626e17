"""Cards: the coaching texts of `content/`, each knowing when it applies, not to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PHASES: tuple[str, ...] = (
    "T-7d",
    "T-72h",
    "T-48h",
    "T-24h",
    "T-2h",
    "T-10min",
    "T+2h",
    "T+24h",
    "T+7d",
)
"""When an item is due, counted from the start (T-) or the end (T+)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a checklist.

    `id` never changes, so ticks survive a rewording. `types` empty means all types; `conditions` are names
    from `prepvault.rules.coaching.CONDITIONS`, all of which must hold. `seed` names the line of the original
    system that this item keeps. `priority` is `must`, `should` or `could`.
    """

    id: str
    text: str
    phase: str
    minutes: int = 0
    priority: str = "should"
    types: tuple[str, ...] = ()
    not_types: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    done_when: str = ""
    why: str = ""
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of an interview and its usual minutes, as text (`3-5`)."""

    name: str
    minutes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What one interview type is: purpose, length, stages, what is assessed, tips, mistakes."""

    type: str
    title: str
    purpose: str
    minutes: int
    usual: str
    stages: tuple[Stage, ...] = ()
    assessed: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    answer_seconds: str = ""
    stories: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `hint` says what a strong answer shows, or why to ask it."""

    id: str
    text: str
    topic: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A role family: the areas it is asked about, and well-asked questions."""

    id: str
    title: str
    areas: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class TitleRule:
    """An ordered rule from a job title to a family: `pattern` is a regular expression on the normal title."""

    pattern: str
    family: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sits across the table, and questions worth asking them."""

    id: str
    title: str
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A longer text: Markdown body, and the fields of its head."""

    id: str
    title: str
    body: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All cards of an installation, the vault's own already in place of ours."""

    items: tuple[Item, ...] = ()
    guides: Mapping[str, Guide] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    titles: tuple[TitleRule, ...] = ()
    audiences: Mapping[str, Audience] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    mails: Mapping[str, Text] = field(default_factory=dict)
