"""The home page: what is next, what is due, what waits."""

from collections.abc import Iterator, Mapping

from prepvault.model.finding import Finding, Severity
from prepvault.model.reminder import ReminderKind, ReminderState
from prepvault.model.site import Loop, SiteModel
from prepvault.model.zones import zone_of
from prepvault.render.pages import Page, interview_path
from prepvault.render.pages_loops import stands_of
from prepvault.render.pages_mails import letters_due
from prepvault.render.times import utc_text

_CARDS = 12
_WORKED_OUT = 5
"""How many of the next interviews say what to do first; more do not become the next before the next build."""

_OVER, _TRACKS = 6, 12
"""How many interviews without a result, and applications, are shown here; the others stand on their pages."""

_REMINDERS, _SHOWN = 10, 5
"""How many reminders the page holds and how many it shows: as some get past, others take their place."""
_REMINDER_WORDS = {
    ReminderKind.BEFORE: "Prepare for",
    ReminderKind.CATCH_UP: "Booked late, start to prepare for",
    ReminderKind.THANK_YOU: "Thank",
    ReminderKind.FOLLOW_UP: "Follow up with",
}
_REMINDER_PLACES = {ReminderKind.THANK_YOU: "#mails", ReminderKind.FOLLOW_UP: "#mails"}


def home_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the home page."""
    yield Page("index.html", "index.html", site.title, _index(site), "index.html", shows_state=True)


def _index(site: SiteModel) -> Mapping[str, object]:
    upcoming = site.overview.upcoming
    return {
        "today": site.now.astimezone(zone_of(site.zone)).date(),
        "figures": _figures(site),
        "instants": _instants(site),
        "alarms": _alarms(site),
        "next": upcoming[:1],
        "upcoming": upcoming[1:_CARDS],
        "worked_out": tuple(each.id for each in upcoming[:_WORKED_OUT]),
        "later": len(upcoming[_CARDS:]),
        "waiting": site.overview.waiting[:_OVER],
        "longer": len(site.overview.waiting[_OVER:]),
        "most": _TRACKS,
        "stands": stands_of(site),
        "active": _active(site),
        "ended": tuple(loop for loop in site.loops if not loop.is_active),
        "reminders": _reminders(site),
        "shown": _SHOWN,
        "awaited": site.awaited,
        "letters": letters_due(site),
        "summary": count_words(site.findings),
    }


def _active(site: SiteModel) -> tuple[Loop, ...]:
    """The applications in play, the one whose round is next first; those that wait for word stand behind."""
    place = {each.id: number for number, each in enumerate(site.overview.upcoming)}
    last = len(place)
    active = (loop for loop in site.loops if loop.is_active)
    return tuple(sorted(active, key=lambda loop: min(place.get(each, last) for each in loop.ids)))


def _figures(site: SiteModel) -> tuple[Mapping[str, object], ...]:
    figures = site.statistics
    counts = (figures.total, figures.next_days, figures.completed)
    success = figures.success
    told = f"{round(success.share * 100)} %" if success.is_told else "–"
    return (
        *({"key": each.key, "number": each.number, "label": each.label, "note": ""} for each in counts),
        {"key": success.key, "number": told, "label": success.label, "note": success.basis()},
    )


def _instants(site: SiteModel) -> list[list[str]]:
    """Start and end of every interview that is still open, for the browser's own count."""
    still_open = (*site.overview.upcoming, *site.overview.waiting)
    return [[utc_text(each.starts), utc_text(each.ends)] for each in still_open]


def _alarms(site: SiteModel) -> tuple[Finding, ...]:
    """The errors in notes, those of unread notes aside; these are told with their notes."""
    unread = {each.note.path for each in site.unread}
    errors = (each for each in site.findings if each.severity is Severity.ERROR)
    return tuple(each for each in errors if each.place.path not in unread)


def _reminders(site: SiteModel) -> tuple[Mapping[str, object], ...]:
    live = [each for each in site.reminders if each.state in {ReminderState.PENDING, ReminderState.DUE}]
    return tuple(
        {
            "reminder": each,
            "verb": _REMINDER_WORDS[each.kind],
            "interview": site.interviews[each.interview_id].interview,
            "href": interview_path(site, each.interview_id) + _REMINDER_PLACES.get(each.kind, "#prepare"),
            "icon": "mail" if each.kind in _REMINDER_PLACES else "bell",
        }
        for each in live[:_REMINDERS]
    )


def count_words(findings: tuple[Finding, ...]) -> str:
    """How many findings of each severity, in words: `2 errors, 1 warning`."""
    parts = []
    for severity, noun in (
        (Severity.ERROR, "error"),
        (Severity.WARNING, "warning"),
        (Severity.INFO, "remark"),
    ):
        number = sum(each.severity is severity for each in findings)
        if number:
            parts.append(f"{number} {noun}{'' if number == 1 else 's'}")
    return ", ".join(parts) or "no findings"
