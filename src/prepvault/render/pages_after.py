"""What an interview's page shows once it is over: the debrief, and what is left to do."""

from collections.abc import Iterator, Mapping

from prepvault.model.debrief import Debrief
from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.reminder import ReminderKind, ReminderState
from prepvault.model.site import InterviewPage, SiteModel, Standing
from prepvault.model.zones import zone_of
from prepvault.render.links import command
from prepvault.render.pages import Phase
from prepvault.render.pages_loops import round_label
from prepvault.render.section_text import plain_words
from prepvault.render.times import day_text
from prepvault.render.told import told_of

Line = Mapping[str, str]

_THANKS = {ReminderKind.THANK_YOU: "Thank them", ReminderKind.FOLLOW_UP: "Ask how it stands"}
_LIVE = {ReminderState.PENDING, ReminderState.DUE}


def after_of(page: InterviewPage, site: SiteModel) -> Mapping[str, object]:
    """Bring together what is left after an interview; nothing while it is still to come."""
    if page.standing is Standing.UPCOMING:
        return {}
    is_cancelled = page.interview.status is Status.CANCELLED
    said = Debrief() if is_cancelled or site.is_incognito else page.coaching.dossier.own
    return {
        "is_cancelled": is_cancelled,
        "steps": tuple(_steps(page, site, said)),
        "debrief": () if said.is_empty else told_of(said, site),
    }


def split_phases(phases: tuple[Phase, ...], after: Mapping[str, object]) -> Mapping[str, tuple[Phase, ...]]:
    """Part the checklist of what is over into what came before and what is for afterwards."""
    if not after or after["is_cancelled"]:
        return {"phases": phases, "phases_after": ()}
    behind = tuple(each for each in phases if each.states[0].item.phase.startswith("T+"))
    return {"phases": tuple(each for each in phases if each not in behind), "phases_after": behind}


def _steps(page: InterviewPage, site: SiteModel, said: Debrief) -> Iterator[Line]:
    """Say what is left to do, what was promised first; each with its command or where to do it."""
    interview = page.interview
    if interview.status is not Status.CANCELLED:
        yield from _open_promises(page, site, said)
        if said.is_empty and not site.is_incognito:
            text = "No debrief yet. Write down what you still know of their questions, promises and doubts:"
            yield _step(text, command=command(interview, "debrief"))
        yield from _mails(page)
        yield from _answer(interview, site)
    for each in page.loop_ids:
        other = site.interviews[each]
        if other.standing is Standing.UPCOMING:
            when = f"{round_label(other.interview)} on {day_text(other.interview.starts)}"
            yield _step(f"Next in this application: {when}.", href=f"{other.slug}.html", label="Prepare it")
            return


def _step(text: str, *, command: str = "", href: str = "", label: str = "") -> Line:
    return {"text": text, "command": command, "href": href, "label": label}


def _open_promises(page: InterviewPage, site: SiteModel, said: Debrief) -> Iterator[Line]:
    """What the user promised and has not ticked off."""
    today = site.now.astimezone(zone_of(page.interview.zone)).date()
    for each in said.promises:
        if each.by == "me" and not each.is_kept:
            late = " (that day is past)" if each.due and each.due < today else ""
            due = f", by {day_text(each.due)}{late}" if each.due else ""
            yield _step(f"You promised: {plain_words(each.text).rstrip('.')}{due}.")


def _mails(page: InterviewPage) -> Iterator[Line]:
    """The mails that are due or will be; only where the page has drafts to lead to."""
    for each in page.reminders if page.drafts else ():
        if each.kind in _THANKS and each.state in _LIVE:
            day = day_text(each.at.astimezone(zone_of(page.interview.zone)))
            yield _step(f"{_THANKS[each.kind]}: {day}.", href="#mails", label="See the draft")


def _answer(interview: Interview, site: SiteModel) -> Iterator[Line]:
    """How to note what came of it, while that is open."""
    if interview.outcome not in {None, Outcome.PENDING} or site.is_incognito:
        return
    due = f"Their answer is promised by {day_text(interview.reply_by)}. " if interview.reply_by else ""
    text = f"{due}When their answer comes, note it, be it advanced, offer or rejected:"
    yield _step(text, command=command(interview, "status", "completed", "--outcome", "advanced"))
