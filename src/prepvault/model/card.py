"""Cards: the coaching texts of `content/`, each knowing when it applies, not to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from prepvault.model.competency import Competency

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

PHASE_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "T-7d": "A week before",
        "T-72h": "Three days before",
        "T-48h": "Two days before",
        "T-24h": "The day before",
        "T-2h": "Two hours before",
        "T-10min": "Ten minutes before",
        "T+2h": "Right after",
        "T+24h": "The day after",
        "T+7d": "A week after",
    }
)
"""Each phase in words, for headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a checklist.

    `id` never changes, so ticks survive a rewording. `types` empty means all types; `conditions` are names
    from `prepvault.model.conditions`, all of which must hold; `formats` empty means all formats. `seed` names
    the line of the original system that it keeps. `priority` is `must`, `should` or `could`. `told` are
    wordings with `{{slots}}`, the most specific first: the first one whose slots are all known is shown in
    place of `text`. `tags` are the competencies that it prepares. `quick` are its minutes before a phone
    screen, where those are fewer. `covers` names items that need not be shown where this one is.
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
    told: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    quick: int = 0
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of an interview and its usual minutes, as text (`3-5`)."""

    name: str
    minutes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind within a type (`recorded`, `system_design`): what is different there, with its own stages.

    `aliases` are other names by which a note may call it; `families` are the role families that usually meet
    this kind where the note names none.
    """

    id: str
    title: str
    purpose: str = ""
    stages: tuple[Stage, ...] = ()
    tips: tuple[str, ...] = ()
    assessed: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What one interview type is: purpose, length, stages, what is assessed, tips, mistakes.

    `demand` are the competencies it asks for, most asked first; `least_stories` and `most_stories` how many
    stories to bring. `formats` are the kinds within it.
    """

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
    demand: tuple[str, ...] = ()
    least_stories: int = 0
    most_stories: int = 0
    formats: tuple[Format, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `hint` says what a strong answer shows, or why to ask it.

    `told` and `tags` are as in an item. `purpose` of a question to ask is `learn`, `test risk`,
    `show judgement` or `connect`.
    """

    id: str
    text: str
    topic: str = ""
    hint: str = ""
    told: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A role family: the areas it is asked about, and well-asked questions."""

    id: str
    title: str
    areas: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    demand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TitleRule:
    """An ordered rule from a job title to a family: `pattern` is a regular expression on the normal title."""

    pattern: str
    family: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sits across the table, what they weigh, how to speak to them, and questions worth asking them."""

    id: str
    title: str
    questions: tuple[Question, ...] = ()
    weighs: str = ""
    speak: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A question that comes in every search; `audiences` are those likely to ask it, empty for all."""

    id: str
    text: str
    hint: str = ""
    audiences: tuple[str, ...] = ()
    most_words: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """A profile of customs: what to verify where they hold, never a rule about a country.

    `thank_you` is `expected`, `fine` or `not customary`; `greeting` is written with `{{name}}`.
    """

    id: str
    title: str
    greeting: str
    greeting_nobody: str
    thank_you: str = "expected"
    pitch: str = ""
    pay: str = ""
    verify: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchPart:
    """One of the ten parts of a company's research; `fields` are the facts to look for, in order."""

    id: str
    number: int
    title: str
    fields: tuple[str, ...]
    where: str
    so_what: str
    is_quick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePlan:
    """What fits when an interview was booked less than `hours` before its start: items with minutes."""

    hours: int
    text: str
    items: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A longer text: Markdown body, and the fields of its head."""

    id: str
    title: str
    body: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All cards of an installation, the vault's own already in place of ours.

    `late_plans` are in order of hours, `words` are lists of words by name (fillers, weak openers and so on).
    """

    items: tuple[Item, ...] = ()
    guides: Mapping[str, Guide] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    titles: tuple[TitleRule, ...] = ()
    audiences: Mapping[str, Audience] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    mails: Mapping[str, Text] = field(default_factory=dict)
    competencies: Mapping[str, Competency] = field(default_factory=dict)
    standing: tuple[Standing, ...] = ()
    norms: Mapping[str, Norms] = field(default_factory=dict)
    research: tuple[ResearchPart, ...] = ()
    late_plans: tuple[LatePlan, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
