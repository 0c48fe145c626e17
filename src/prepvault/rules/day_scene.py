"""What a day card is made from: one interview at one moment, and lines that name what is its own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from shlex import quote

from prepvault.model.card import Item, LatePlan
from prepvault.model.coaching import Coaching
from prepvault.model.day_card import CardLine
from prepvault.model.debrief import Debrief
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Interview, InterviewType, Person
from prepvault.model.matching import MatchRow
from prepvault.model.settings import Settings
from prepvault.model.zones import shift, zone_of
from prepvault.rules.audiences import people_of
from prepvault.rules.competencies import title_of
from prepvault.rules.day_wording import city, clock, day_words
from prepvault.rules.formats import is_alone
from prepvault.rules.late import late_plan
from prepvault.rules.reminders import first_start

LOG_IN = timedelta(minutes=5)
"""How long before the start one logs in; on site it is twice to three times that."""

LAST_INPUT = timedelta(minutes=75)
"""How long before the start new material stops to help."""

_SECONDS = re.compile(r"\d+")
_USUAL_SECONDS = 120
_CLOSING = 2.0
"""Hours, where a vault's own library has no plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One interview at one moment; `ticks` are its note's, `free` the minutes there are (0: nobody said).

    `plans` are the library's for little time: the tightest says from when on nothing new is begun.
    """

    interview: Interview
    coaching: Coaching
    ticks: Mapping[str, str]
    settings: Settings
    now: datetime
    free: int = 0
    plans: tuple[LatePlan, ...] = ()

    @property
    def dossier(self) -> Dossier:
        """Everything else the vault knows about the interview."""
        return self.coaching.dossier

    @property
    def starts(self) -> datetime:
        """When it begins to matter: of a day with parts but no hour, the first part."""
        return first_start(self.interview)

    @property
    def minutes_left(self) -> float:
        """Elapsed minutes to the start, negative afterwards."""
        return (self.starts - self.now).total_seconds() / 60

    @property
    def hours_left(self) -> float:
        """Elapsed hours to the start, negative afterwards."""
        return self.minutes_left / 60

    @property
    def plan(self) -> LatePlan | None:
        """The plan for the time that is left, None while there is time for everything."""
        return late_plan(self.plans, timedelta(minutes=self.minutes_left))

    @property
    def is_closing(self) -> bool:
        """True from the tightest plan on: nothing new goes in, only what is at hand."""
        return self.hours_left <= min((each.hours for each in self.plans), default=_CLOSING)

    @property
    def begins_new(self) -> bool:
        """True while there is time to look for a story that is not there yet."""
        return self.fits("story-gap")

    @property
    def order(self) -> tuple[str, ...]:
        """The checklist items of the plan that counts now, in the order of doing."""
        return tuple(name for name, _ in self.plan.items) if self.plan else ()

    def fits(self, *ids: str) -> bool:
        """Tell whether the plan that counts now has one of these items, or nothing is left out yet."""
        return self.plan is None or any(each in self.order for each in ids)

    def minutes_for(self, usual: int, *ids: str) -> int:
        """The minutes of the first of these items that the plan has, where they are fewer than usual."""
        planned = dict(self.plan.items) if self.plan else {}
        found = next((planned[each] for each in ids if planned.get(each)), usual)
        return min(usual, found)

    def weight(self, *tags: str) -> float:
        """How much competencies are asked for here, the most of them; without any, as most things are."""
        weights = {each.tag: each.weight for each in self.dossier.demands}
        asked = [weights.get(each, 0) for each in tags] if tags else list(weights.values())
        return 1 + (max(asked) if tags else sum(asked) / max(1, len(asked)))

    @property
    def top_weight(self) -> float:
        """How much the competency that is asked for most weighs."""
        return 1.0 + max((each.weight for each in self.dossier.demands), default=0)

    @property
    def here(self) -> datetime:
        """The moment on the user's own clock."""
        return self.now.astimezone(zone_of(self.settings.zone))

    @property
    def place(self) -> str:
        """Where it is: `phone`, `video`, `in_person`, or empty while nobody said."""
        usual = {"phone_screen": "phone", "video_interview": "video"}
        return self.interview.venue.kind or usual.get(self.interview.type or "", "")

    @property
    def tells_stories(self) -> bool:
        """True unless it is a talk about a result or an offer."""
        return self.interview.type is not InterviewType.DEBRIEF

    @property
    def is_alone(self) -> bool:
        """True where one speaks to a machine: nobody is there to be asked or to wait."""
        return is_alone(self.coaching.format, self.interview)

    @property
    def seconds(self) -> int:
        """How long an answer may be here, the upper end of what is usual for the type."""
        guide = self.coaching.guide
        said = [int(each) for each in _SECONDS.findall(guide.answer_seconds)] if guide else []
        return max(said, default=_USUAL_SECONDS) or _USUAL_SECONDS

    @property
    def people(self) -> tuple[Person, ...]:
        """Everyone across the table, those of a long day's parts among them, each once."""
        return people_of(self.interview)

    def is_done(self, *ids: str) -> bool:
        """Tell whether one of these items is ticked or struck off in the note."""
        return any(self.ticks.get(each, " ").strip() != "" for each in ids)

    def item(self, *ids: str) -> Item | None:
        """The first of these items that the interview's checklist has."""
        found = {item.id: item for item in self.coaching.items}
        return next((found[each] for each in ids if each in found), None)

    def called(self, tag: str) -> str:
        """A competency by its title, in lower case."""
        return title_of(tag, self.coaching.competencies)

    def day(self, moment: datetime) -> str:
        """A day as one would say it today: `today`, `tomorrow`, `Friday`, `Tuesday 10 February`."""
        return day_words(moment.date(), self.now.astimezone(moment.tzinfo).date())


def both_clocks(scene: Scene) -> str:
    """When it starts, on both clocks where they differ: `14:00 New York = 20:00 Berlin`."""
    starts, home = scene.starts, scene.starts.astimezone(zone_of(scene.settings.zone))
    if not zones_differ(scene):
        return clock(starts)
    day = "" if home.date() == starts.date() else f" {home:%A}"
    return f"{clock(starts)} {city(scene.interview.zone)} = {clock(home)}{day} {city(scene.settings.zone)}"


def zones_differ(scene: Scene) -> bool:
    """Tell whether the user's own clock shows another hour at the start."""
    return scene.starts.utcoffset() != scene.starts.astimezone(zone_of(scene.settings.zone)).utcoffset()


def start_words(scene: Scene) -> str:
    """When it starts, on the interview's clock: every hour of a card is, and its headline names the zone."""
    return clock(scene.starts)


def moment_before(scene: Scene, before: timedelta) -> datetime:
    """A moment before the start, on the interview's clock."""
    return shift(scene.starts, -before)


def clock_before(scene: Scene, before: timedelta) -> str:
    """An hour before the start, on the interview's clock."""
    return clock(moment_before(scene, before))


def person_names(scene: Scene) -> tuple[str, ...]:
    """The names of everyone across the table."""
    return tuple(person.name for person in scene.people)


def command_line(interview: Interview, *words: str) -> str:
    """A command about an interview, ready to paste into a shell; an odd id is named by its note."""
    name = interview.id if interview.has_id and interview.id.isprintable() else interview.path
    return " ".join(["prepvault", *words, quote(name)])


def values_in(line: str, candidates: Sequence[str]) -> tuple[str, ...]:
    """Those of the user's texts that a line really holds, each once."""
    return tuple(dict.fromkeys(each for each in candidates if len(each) > 1 and each in line))


def make_line(
    slot: str,
    text: str,
    why: str = "",
    *,
    values: Sequence[str] = (),
    minutes: int = 0,
    done: str = "",
    item: Item | None = None,
    command: str = "",
) -> CardLine:
    """Write one line; of `values` those count that text or reason really hold."""
    return CardLine(
        slot=slot,
        text=" ".join(text.split()),
        minutes=minutes,
        done_when=done,
        why=why,
        values=values_in(f"{text} {why}", values),
        item=item,
        command=command,
    )


def own_values(scene: Scene) -> tuple[str, ...]:
    """The texts that stand in the note itself and that a line may name."""
    interview = scene.interview
    people = (part for person in scene.people for part in (person.name, person.first_name, person.title))
    slots = (text for name, text in scene.coaching.slots.items() if name not in _NOBODYS)
    return tuple(
        text
        for text in (
            interview.company,
            interview.role,
            *people,
            interview.venue.platform,
            interview.venue.text,
            *slots,
        )
        if text
    )


_NOBODYS = frozenset(
    {
        "type", "minutes", "family", "audience", "need_1", "need_2", "need_3", "story_1_need",
        "story_2_need", "story_3_need", "gap_need",
    }
)  # fmt: skip
"""Slots whose value would be the same for many: naming them makes no line the user's own."""


def told_rows(scene: Scene) -> list[MatchRow]:
    """The rows of the match that have a story, each story once; those that they have heard come last."""
    rows: dict[str, MatchRow] = {}
    for row in scene.dossier.match.rows:
        if row.story:
            rows.setdefault(row.story.id, row)
    return sorted(rows.values(), key=is_heard)


def is_heard(row: MatchRow) -> bool:
    """Tell whether this company has heard the row's story in an earlier round."""
    return any("heard" in each for each in row.why)


def told_before(debriefs: Iterable[Debrief]) -> tuple[str, ...]:
    """The stories that were told according to debriefs, each once, by the names of their notes."""
    links = (link for debrief in debriefs for asked in debrief.asked for link in asked.stories)
    return tuple(dict.fromkeys(link.rpartition("/")[2] for link in links))
