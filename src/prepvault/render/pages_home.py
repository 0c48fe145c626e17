"""The pages that look over everything: dashboard, calendar, schedule."""

from collections.abc import Iterator, Mapping

from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import InterviewType
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.site import SiteModel
from prepvault.model.zones import zone_of
from prepvault.render.pages import Page, interview_path
from prepvault.render.pages_loops import stands_of
from prepvault.render.times import day_text, utc_text

_CARDS = 30
_REMINDERS = 8
_REMINDER_WORDS = {
    ReminderKind.BEFORE: "Prepare for",
    ReminderKind.CATCH_UP: "Booked late, start to prepare for",
    ReminderKind.THANK_YOU: "Thank",
    ReminderKind.FOLLOW_UP: "Follow up with",
}


def home_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the dashboard, the calendar and the form."""
    yield Page("index.html", "index.html", site.title, _index(site), "index.html", shows_state=True)
    yield Page(
        "calendar.html", "calendar.html", "Calendar", _calendar(site), "calendar.html", shows_state=True
    )
    yield Page("schedule.html", "schedule.html", "Schedule", _schedule(site), "schedule.html")


def _index(site: SiteModel) -> Mapping[str, object]:
    upcoming = site.overview.upcoming
    return {
        "figures": _figures(site),
        "instants": _instants(site),
        "attention": _attention(site),
        "upcoming": upcoming[:_CARDS],
        "later": tuple(each.id for each in upcoming[_CARDS:]),
        "waiting": site.overview.waiting[:_CARDS],
        "stands": stands_of(site),
        "active": tuple(loop for loop in site.loops if loop.is_active),
        "ended": tuple(loop for loop in site.loops if not loop.is_active),
        "reminders": _reminders(site),
    }


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


def _attention(site: SiteModel) -> tuple[Mapping[str, str], ...]:
    """What asks for the user's hand, unread notes aside; those are listed with their findings."""
    items = []
    errors = [each for each in site.findings if each.severity is Severity.ERROR]
    if errors or site.unread:
        items.append({"text": count_words(site.findings), "href": "check.html", "label": "See the findings"})
    waiting = len(site.overview.waiting)
    if waiting:
        text = (
            "1 interview is over and has no result"
            if waiting == 1
            else f"{waiting} interviews are over and have no result"
        )
        items.append({"text": text, "href": "#waiting-title", "label": "See them"})
    due = [each for each in site.reminders if each.state is ReminderState.DUE and _is_after(each)]
    for reminder in due[:_REMINDERS]:
        path = interview_path(site, reminder.interview_id)
        items.append({"text": _reminder_text(site, reminder), "href": f"{path}#mails", "label": "Write it"})
    return tuple(items)


def _is_after(reminder: Reminder) -> bool:
    return reminder.kind in {ReminderKind.THANK_YOU, ReminderKind.FOLLOW_UP}


def _reminders(site: SiteModel) -> tuple[Mapping[str, object], ...]:
    live = [each for each in site.reminders if each.state in {ReminderState.PENDING, ReminderState.DUE}]
    return tuple({"reminder": each, "text": _reminder_text(site, each)} for each in live[:_REMINDERS])


def _reminder_text(site: SiteModel, reminder: Reminder) -> str:
    """Say what to do, and for which of a company's rounds."""
    interview = site.interviews[reminder.interview_id].interview
    which = f"{interview.type_label.lower()} on {day_text(interview.starts)}"
    return f"{_REMINDER_WORDS[reminder.kind]} {interview.company or interview.title} ({which})"


def _calendar(site: SiteModel) -> Mapping[str, object]:
    view = site.overview
    behind = sorted((*view.waiting, *view.closed), key=lambda each: (each.starts, each.id), reverse=True)
    return {
        "today": site.now.astimezone(zone_of(site.zone)).date(),
        "ahead": tuple(each.id for each in view.upcoming),
        "behind": tuple(each.id for each in behind),
    }


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


def _schedule(site: SiteModel) -> Mapping[str, object]:
    minutes = {kind: coaching.guide.minutes for kind, coaching in site.prep.items() if coaching.guide}
    return {
        "types": tuple(InterviewType),
        "minutes": {kind: minutes.get(kind, 60) for kind in InterviewType},
        "form": {
            "vault": site.vault_name,
            "folder": site.interviews_folder,
            "properties": dict(site.property_names),
        },
    }
