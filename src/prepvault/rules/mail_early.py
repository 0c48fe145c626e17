"""Mails whose occasion the vault knows nothing of: thanks before the talk, a yes without an offer."""

from collections.abc import Callable, Iterable
from datetime import datetime
from shlex import quote

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.interview import Interview, Outcome, Status
from prepvault.rules.mail_fit import was_held

_AFTER = frozenset({"thank_you", "referral_thanks", "ask_timeline", "follow_up"})
_ON_AN_OFFER = frozenset({"negotiate", "extension", "accept", "decline_offer"})


def find_too_early(
    kind: str, interview: Interview, others: Iterable[Interview], now: datetime, path: str
) -> tuple[Finding, ...]:
    """Warn of a mail whose occasion is not on record; `others` are the vault's interviews."""
    rounds = (interview, *(each for each in others if _is_same_application(each, interview)))
    if kind in _AFTER and not was_held(interview, now):
        return (_finding(path, *_not_held(interview)),)
    if kind == "no_show_them" and now < interview.starts:
        return (_finding(path, "it has not begun yet", "wait a quarter of an hour after the start"),)
    if kind in _ON_AN_OFFER and not _any(rounds, Outcome.OFFER):
        return (
            _finding(
                path, f"no offer from {interview.company or 'them'} is on record", _put(interview, "offer")
            ),
        )
    if kind == "rejection_reply" and not _any(rounds, Outcome.REJECTED):
        said = f"the note says `{interview.outcome}`" if interview.outcome else "no rejection is on record"
        return (_finding(path, said, _put(interview, "rejected")),)
    return ()


def _not_held(interview: Interview) -> tuple[str, str]:
    if interview.status is Status.CANCELLED:
        return "the note says that it was cancelled", "set its status to `completed` if it took place"
    return "by its note this interview has not taken place", "wait until it is over, or correct the note"


def _put(interview: Interview, outcome: str) -> str:
    name = quote(interview.id) if interview.has_id else "INTERVIEW"
    return f"put it down first: prepvault status {name} completed --outcome {outcome}"


def _any(rounds: Iterable[Interview], outcome: Outcome) -> bool:
    return any(each.outcome is outcome for each in rounds)


def _is_same_application(one: Interview, other: Interview) -> bool:
    keys: tuple[Callable[[Interview], str], ...] = (lambda each: each.company, lambda each: each.role)
    same = all(key(one).casefold() == key(other).casefold() for key in keys)
    return same or bool(one.job_id and one.job_id == other.job_id)


def _finding(path: str, said: str, hint: str) -> Finding:
    return Finding("mail/too-early", Severity.WARNING, Place(path), f"this mail is too early: {said}", hint)
