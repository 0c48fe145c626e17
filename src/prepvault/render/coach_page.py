"""One page for a coach: everything about a search in one file, which runs nothing and asks for nothing."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from markupsafe import Markup

from prepvault.model.debrief import Debrief, Promise
from prepvault.model.figures import Statistics
from prepvault.model.interview import Interview
from prepvault.model.readiness import Readiness
from prepvault.model.site import Loop, Standing
from prepvault.model.story import Story
from prepvault.render.site import clean_page, make_environment
from prepvault.render.stats_words import say_standing
from prepvault.render.times import day_text

_GROUPS: Mapping[Standing, tuple[str, str]] = {
    Standing.UPCOMING: ("ahead", "Ahead"),
    Standing.WAITING: ("waiting", "Over, and still open"),
    Standing.CLOSED: ("closed", "Closed"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One interview with what was prepared for it and what was written down after it."""

    interview: Interview
    standing: Standing
    readiness: Readiness | None
    debrief: Debrief | None

    @property
    def title(self) -> str:
        """Whom it is with and what for; a path would say nothing to a reader elsewhere."""
        told = (self.interview.company, self.interview.role)
        return ", ".join(part for part in told if part) or "Company not noted"

    @property
    def people(self) -> str:
        """Everyone across the table, with titles."""
        named = (f"{each.name} ({each.title})" if each.title else each.name for each in self.interview.people)
        return "; ".join(named)

    @property
    def prepared(self) -> str:
        """How far the preparation is."""
        if self.interview.preparation_complete:
            return "yes"
        return f"{self.readiness.percent} %" if self.readiness else ""

    @property
    def steps(self) -> tuple[str, ...]:
        """What would raise readiness most."""
        missing = self.readiness.missing if self.readiness else ()
        return tuple(f"{step.text} ({step.minutes} min)" for step in missing)

    @property
    def promises(self) -> tuple[str, ...]:
        """Everything promised, by whom and until when."""
        return tuple(map(_promise, self.debrief.promises)) if self.debrief else ()


@dataclass(frozen=True, slots=True)
class Group:
    """The interviews of one standing."""

    key: str
    title: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachPage:
    """What the page shows; `told` counts the tellings of each story by its id."""

    heading: str
    who: str
    now: datetime
    zone: str
    sheets: Sequence[Sheet]
    loops: Sequence[Loop]
    stories: Sequence[Story]
    told: Mapping[str, int]
    figures: Statistics


def render_coach_page(page: CoachPage, templates: Mapping[str, str], *, version: str) -> bytes:
    """Write the page; its style stands in it, and nothing but that style may be used."""
    style = templates["coach.css"].strip()
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    environment = make_environment(templates, are_ours=True)
    text = environment.get_template("coach.html").render(
        csp=f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'",
        style=Markup(style),  # noqa: S704 - ours, and its digest is in the policy
        version=version,
        heading=page.heading,
        who=page.who,
        now=page.now,
        zone=page.zone,
        groups=tuple(_groups(page.sheets)),
        applications=page.loops,
        stories=page.stories,
        times=page.told,
        figures=page.figures,
        standing=[each.text for each in say_standing(page.figures)],
    )
    return clean_page(text)


def _groups(sheets: Iterable[Sheet]) -> Iterator[Group]:
    """What is ahead in the order of time, what is over from the latest back."""
    found = tuple(sheets)
    for standing, (key, title) in _GROUPS.items():
        held = [each for each in found if each.standing is standing]
        if held:
            is_ahead = standing is Standing.UPCOMING
            yield Group(key, title, tuple(held if is_ahead else reversed(held)))


def _promise(promise: Promise) -> str:
    who = "by me" if promise.by == "me" else "by them"
    due = f", until {day_text(promise.due)}" if promise.due else ""
    return f"{promise.text} ({who}{due}{', kept' if promise.is_kept else ''})"
