"""The calendar: the same interviews by month, by day and by application."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from prepvault.model.agenda import Day, Entry, Mark, MarkKind
from prepvault.model.interview import Interview
from prepvault.model.site import Loop, SiteModel
from prepvault.model.zones import zone_of
from prepvault.render.counted import loop_path
from prepvault.render.lanes import Round, Scale, render_lane, render_scale, scale_of
from prepvault.render.pages import Page, interview_path
from prepvault.render.pages_loops import loop_title, round_label, stands_at
from prepvault.render.shapes import SHAPES, icon_of, shape_of, standing_word
from prepvault.render.times import countdown_text, day_text

_MARKS = {
    MarkKind.REPLY: ("clock", "Answer due from {}"),
    MarkKind.DEADLINE: ("alert", "Answer {}"),
    MarkKind.FOLLOW_UP: ("mail", "Follow up with {}"),
    MarkKind.THANKS: ("mail", "Thank {}"),
    MarkKind.REMINDER: ("bell", "Reminder of {}"),
}
"""The icon and the words of each kind of mark; the order is that in which a day shows them."""


MOST_BEHIND, MOST_LANES = 150, 60
"""How many of what is over the agenda shows, and how many lanes a group has: the rest is on other pages."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An interview as a line of a day: hours in the user's zone, how it stands, what else is to be known."""

    interview: Interview
    href: str
    begins: str
    till: str
    icon: str
    shape: str
    word: str
    part: str = ""
    overlaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A smaller matter of a day, in words."""

    kind: MarkKind
    href: str
    icon: str
    text: str
    hours: str


def calendar_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the calendar in its three views."""
    view = site.overview
    behind = sorted((*view.waiting, *view.closed), key=lambda each: (each.starts, each.id), reverse=True)
    values = {
        "today": site.now.astimezone(zone_of(site.zone)).date(),
        "days_of": {each.first: _days(site, each.weeks) for each in site.months},
        "ahead": tuple(_agenda_line(site, each) for each in view.upcoming),
        "behind": tuple(_agenda_line(site, each) for each in behind[:MOST_BEHIND]),
        "earlier": len(behind[MOST_BEHIND:]),
        "key": _key(site),
        **_lanes(site),
    }
    yield Page("calendar.html", "calendar.html", "Calendar", values, "calendar.html", shows_state=True)


def _key(site: SiteModel) -> tuple[tuple[str, str], ...]:
    """The shapes that this calendar uses, with their meanings."""
    used = {shape_of(page.interview) for page in site.interviews.values()}
    return tuple((name, word) for name, word in SHAPES.items() if name in used)


def _days(
    site: SiteModel, weeks: Sequence[Sequence[Day]]
) -> Mapping[date, tuple[tuple[Shown, ...], tuple[ShownMark, ...]]]:
    return {
        day.day: (tuple(_shown(site, each) for each in day.entries), _shown_marks(site, day.marks))
        for week in weeks
        for day in week
    }


def _shown(site: SiteModel, entry: Entry) -> Shown:
    page = site.interviews[entry.id]
    each = page.interview
    part = f"day {entry.number} of {entry.days}" if entry.days > 1 else ""
    if entry.sessions:
        titles = ", ".join(session.title for session in entry.sessions)
        part = f"{part}: {titles}" if part else titles
    return Shown(
        each,
        interview_path(site, entry.id),
        *hours_text(entry.starts, entry.ends),
        icon_of(each),
        shape_of(each),
        standing_word(each),
        part,
        _overlaps(site, page.clashes),
    )


def hours_text(starts: datetime | None, ends: datetime | None) -> tuple[str, str]:
    """What of a day is taken, and what of that a narrow day may leave out: `14:00` and `–15:00`."""
    if starts and ends:
        return f"{starts:%H:%M}", f"–{ends:%H:%M}"
    if starts:
        return f"from {starts:%H:%M}", ""
    return (f"until {ends:%H:%M}", "") if ends else ("all day", "")


def _overlaps(site: SiteModel, ids: Sequence[str]) -> tuple[str, ...]:
    others = (site.interviews[each].interview for each in ids)
    return tuple(f"{other.company or other.title}, {other.type_label}" for other in others)


def _shown_marks(site: SiteModel, marks: Sequence[Mark]) -> tuple[ShownMark, ...]:
    """One line for each interview and kind, with every hour at which it calls."""
    hours: dict[tuple[MarkKind, str], list[str]] = {}
    for mark in marks:
        told = hours.setdefault((mark.kind, mark.interview_id), [])
        if mark.at:
            told.append(f"{mark.at:%H:%M}")
    order = list(_MARKS)
    lines = []
    for (kind, interview_id), times in sorted(hours.items(), key=lambda each: order.index(each[0][0])):
        icon, words = _MARKS[kind]
        each = site.interviews[interview_id].interview
        text = words.format(each.company or each.title)
        lines.append(ShownMark(kind, interview_path(site, interview_id), icon, text, ", ".join(times)))
    return tuple(lines)


def _agenda_line(site: SiteModel, interview: Interview) -> Mapping[str, object]:
    """One interview of the agenda: day and hours on the user's clock, and on theirs where that differs."""
    here = zone_of(site.zone)
    starts = interview.starts if interview.all_day else interview.starts.astimezone(here)
    ends = interview.ends if interview.all_day else interview.ends.astimezone(here)
    today = site.now.astimezone(here).date()
    is_under_way = interview.is_open and interview.starts <= site.now < interview.ends
    day = max(starts.date(), today) if is_under_way else starts.date()
    return {
        "page": site.interviews[interview.id],
        "each": interview,
        "day": day,
        "heading": day_heading(day, today),
        "hours": _span(interview, starts, ends),
        "theirs": "" if interview.all_day else _theirs(interview, starts),
        "icon": icon_of(interview),
        "overlaps": _overlaps(site, site.interviews[interview.id].clashes),
        "is_over": interview.is_open and interview.ends <= site.now,
        "countdown": "today" if interview.all_day and is_under_way else countdown_text(interview, site.now),
    }


def _span(interview: Interview, starts: datetime, ends: datetime) -> str:
    if interview.all_day:
        last = ends.date() - timedelta(days=1)
        return "all day" if last <= starts.date() else f"all day, until {day_text(last)}"
    day = "" if ends.date() == starts.date() else f"{day_text(ends.date())}, "
    return f"{starts:%H:%M}–{day}{ends:%H:%M}"


def _theirs(interview: Interview, here: datetime) -> str:
    there = interview.starts
    if there.utcoffset() == here.utcoffset():
        return ""
    day = "" if there.date() == here.date() else f"{day_text(there.date())}, "
    return f"{day}{there:%H:%M} in {interview.zone}"


def day_heading(day: date, today: date) -> tuple[str, str]:
    """A day as a heading: how near it is, if it is, and its full name; the script counts the same way."""
    near = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}.get((day - today).days, "")
    return near, f"{day:%A} {day.day} {day:%B %Y}"


def _lanes(site: SiteModel) -> Mapping[str, object]:
    """Every application over the time that all of them take up together, those still open first."""
    interviews = [page.interview for page in site.interviews.values()]
    if not interviews:
        return {"scale": None, "scale_chart": "", "lanes": (), "more_lanes": 0}
    scale = scale_of(interviews, site.now, site.zone)
    groups = (("Open", True), ("Closed", False))
    return {
        "scale": scale,
        "scale_chart": Markup(render_scale(scale, site.now)),  # noqa: S704
        "more_lanes": sum(len(_of_group(site, is_active=each)[MOST_LANES:]) for each in (True, False)),
        "lanes": tuple(
            (title, lanes)
            for title, is_active in groups
            if (
                lanes := tuple(
                    _lane(site, loop, scale) for loop in _of_group(site, is_active=is_active)[:MOST_LANES]
                )
            )
        ),
    }


def _of_group(site: SiteModel, *, is_active: bool) -> tuple[Loop, ...]:
    return tuple(loop for loop in site.loops if loop.is_active is is_active)


def _lane(site: SiteModel, loop: Loop, scale: Scale) -> Mapping[str, object]:
    rounds = [site.interviews[each].interview for each in loop.ids]
    drawn = [Round(each, interview_path(site, each.id), each.type_label) for each in rounds]
    return {
        "loop": loop,
        "label": loop_title(loop),
        "href": loop_path(site, loop),
        "stands": stands_at(site, loop),
        "chart": Markup(render_lane(drawn, scale)),  # noqa: S704
        "rounds": tuple(
            {
                "label": round_label(each),
                "href": interview_path(site, each.id),
                "each": each,
                "shape": shape_of(each),
                "word": standing_word(each),
            }
            for each in rounds
        ),
    }
