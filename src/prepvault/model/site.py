"""The site: everything the dashboard shows, decided before the first page is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from prepvault.model.agenda import Month
from prepvault.model.bank import Bank, CoverageRow
from prepvault.model.card import Family, Item
from prepvault.model.coaching import Coaching
from prepvault.model.company import Company
from prepvault.model.figures import Statistics
from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import Interview, InterviewType, Person
from prepvault.model.mail import Mail
from prepvault.model.pitch import Pitch
from prepvault.model.readiness import Readiness
from prepvault.model.reminder import Reminder
from prepvault.model.research import ResearchState
from prepvault.model.story import Story
from prepvault.model.vault import Unread


class Standing(StrEnum):
    """Where an interview stands at a moment: to come, over but still open in its note, or closed."""

    UPCOMING = "upcoming"
    WAITING = "waiting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Overview:
    """The interviews by standing: upcoming ones in order of start, the others latest first."""

    upcoming: tuple[Interview, ...] = ()
    waiting: tuple[Interview, ...] = ()
    closed: tuple[Interview, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemState:
    """A checklist item as it stands in a note; `tick` is the character in the box, a blank when undone."""

    item: Item
    tick: str = " "

    @property
    def is_done(self) -> bool:
        """True when the box is ticked."""
        return self.tick in "xX"

    @property
    def is_dropped(self) -> bool:
        """True when the user struck the item off as not needed."""
        return self.tick == "-"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the preparation of one interview is; `done` and `total` count ticks before it.

    `is_complete` is the note's own word, whatever is ticked.
    """

    items: tuple[ItemState, ...] = ()
    done: int = 0
    total: int = 0
    next_items: tuple[Item, ...] = ()
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of an interview's timeline; `at` is aware, or None where only `text` is known."""

    kind: str
    text: str
    at: datetime | None = None
    all_day: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail that an interview fits, from the moment on when it is due; `key` tells it from its others."""

    key: str
    mail: Mail
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """The interviews of one application, in order; `slug` is empty when it has no page of its own."""

    key: str
    slug: str
    job_id: str
    company: str
    role: str
    ids: tuple[str, ...]
    state: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Awaited:
    """An answer that is still out after an application's latest interview.

    `since` is the interview's last day, `promised` the day that they named, `ask_on` the day to ask how it
    stands; `is_asked` tells that this was done.
    """

    interview_id: str
    since: date
    ask_on: date
    promised: date | None = None
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """One company: its research note, if there is one, the people met there and the history with them.

    `research` tells how far that note is and how old what it says is at the build.
    """

    slug: str
    name: str
    company: Company | None
    html: str
    people: tuple[Person, ...]
    ids: tuple[str, ...]
    note_link: str = ""
    research: ResearchState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewPage:
    """One interview and everything its page shows; `html` is the user's own text, already made safe.

    `readiness` is None for an interview that is not to come any more.
    """

    interview: Interview
    slug: str
    standing: Standing
    coaching: Coaching
    progress: Progress
    html: str = ""
    drafts: tuple[Draft, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    timeline: tuple[Moment, ...] = ()
    findings: tuple[Finding, ...] = ()
    loop_slug: str = ""
    loop_ids: tuple[str, ...] = ()
    company_slug: str = ""
    note_link: str = ""
    clashes: tuple[str, ...] = ()
    readiness: Readiness | None = None

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings that ask for the user's hand: errors and warnings."""
        return tuple(each for each in self.findings if each.severity is not Severity.INFO)

    def for_others(self) -> "InterviewPage":
        """What other pages may know: without the text of the note and the cards, which only its own shows.

        Pages of a thousand interviews would be gigabytes in memory; these are not.
        """
        return replace(
            self, html="", coaching=self.coaching.gist(), progress=replace(self.progress, items=())
        )


@dataclass(frozen=True, slots=True)
class Peer:
    """What the page of one interview may know of another: nothing that it would have to be drawn again for.

    The other's note may change in every other respect, and this page stays as it is.
    """

    interview: Interview
    slug: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One story of the bank; `html` is its text, `uses` the interviews it was told in.

    `times` also counts tellings that are no interview of the vault.
    """

    story: Story
    slug: str
    html: str
    uses: tuple[str, ...]
    note_link: str = ""
    times: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix: a row per competency, in it a mark per story, `primary`, `secondary` or empty.

    `table` is the same with what upcoming interviews ask for, most asked first.
    """

    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gaps: tuple[str, ...] = ()
    table: tuple[CoverageRow, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadNote:
    """An interview note without a readable time, its findings and a link that opens it."""

    note: Unread
    findings: tuple[Finding, ...]
    note_link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteModel:
    """Everything the dashboard shows.

    `bank` has a review for each of `stories`, in their order, or none at all. `now` is the build's moment.
    `texts` are longer coaching texts as safe HTML by id. `templates` are the four mails as blank forms.
    `calendars` are the interview ids that have a file of their own to add to a calendar. `property_names`
    are the vault's own names for our properties. `note_links` opens the note of a finding's path. `pitches`
    are the pitch in its lengths, none while the settings say nothing to make one of. `is_incognito` leaves
    out commands and links into the vault; `is_public` says that real names on the web are meant.
    `zone_is_stated` is false where `zone` is only that of the machine.
    """

    title: str
    vault_name: str
    zone: str
    now: datetime
    version: str = ""
    is_incognito: bool = False
    interviews: Mapping[str, InterviewPage] = field(default_factory=dict)
    overview: Overview = field(default_factory=Overview)
    statistics: Statistics
    loops: tuple[Loop, ...] = ()
    companies: tuple[CompanyPage, ...] = ()
    stories: tuple[StoryPage, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    bank: Bank = field(default_factory=Bank)
    months: tuple[Month, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    prep: Mapping[InterviewType, Coaching] = field(default_factory=dict)
    families: tuple[Family, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    templates: tuple[Mail, ...] = ()
    findings: tuple[Finding, ...] = ()
    finding_titles: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[UnreadNote, ...] = ()
    calendars: frozenset[str] = frozenset()
    note_links: Mapping[str, str] = field(default_factory=dict)
    interviews_folder: str = "Interviews"
    property_names: Mapping[str, str] = field(default_factory=dict)
    profile: Mapping[str, str] = field(default_factory=dict)
    achievements: tuple[str, ...] = ()
    zone_is_stated: bool = True
    is_public: bool = False
    pitches: tuple[Pitch, ...] = ()


class DeferredSite(SiteModel):
    """A site whose dearer parts are worked out when a page first asks for them.

    A part that is neither known nor to be had later is no attribute: a page that must not see it fails.
    """

    _later: Mapping[str, Callable[[], object]]

    def __init__(self, known: Mapping[str, object], later: Mapping[str, Callable[[], object]]) -> None:
        object.__setattr__(self, "_later", dict(later))
        for name, value in known.items():
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> object:
        """Work out a part that was not asked for before."""
        later: Mapping[str, Callable[[], object]] = {} if name == "_later" else self._later
        if name not in later:
            raise AttributeError(name)
        value = later[name]()
        object.__setattr__(self, name, value)
        return value
