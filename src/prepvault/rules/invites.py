"""What an import does with the invites of a file: a new note, a change, nothing, or a question."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from prepvault.model.change import Edit
from prepvault.model.feed import UID_DOMAIN
from prepvault.model.incoming import Incoming, Step, Value, Verdict
from prepvault.model.interview import Interview, Status
from prepvault.model.invite import Invite, InviteFile, InviteVersion, Rejected
from prepvault.rules.companies import company_key
from prepvault.rules.invite_changes import Said, merge, time_of, version_of
from prepvault.rules.invite_clues import Clues, domains_of
from prepvault.rules.invite_guess import Guess, guess
from prepvault.rules.invite_newest import keep_newest
from prepvault.rules.invite_people import Seats, seat

NEW = "new"
_NEAR = timedelta(days=14)
_MOST_CHOICES = 5
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What invites are decided with: clues, one's own addresses, the interviews there are, the moment.

    `venue_kind` tells what kind of place a text names, `write_body` makes the body of a new note.
    """

    clues: Clues
    interviews: tuple[Interview, ...]
    now: datetime
    own: frozenset[str] = frozenset()
    venue_kind: Callable[[str], str]
    write_body: Callable[[Invite], str]


@dataclass(frozen=True, slots=True)
class _Case:
    """One invite with what is known of it."""

    invite: Invite
    seats: Seats
    guess: Guess
    said: Said


def plan_invites(file: InviteFile, desk: Desk) -> tuple[Step, ...]:
    """Decide about everything in a file, in its order; nothing is merged into a note without its identity."""
    together = frozenset(each.identity for each in file.invites if each.identity)
    steps = [step for invite in file.invites for step in _steps(_case(invite, desk), desk, together)]
    passed = [_passed_by(each) for each in file.rejected]
    return keep_newest([*steps, *passed])


def _passed_by(each: Rejected) -> Step:
    return Step(incoming=Incoming(origin=each.origin), verdict=Verdict.REJECTED, why=each.why)


def _case(invite: Invite, desk: Desk) -> _Case:
    seats = seat(invite, desk.clues, desk.own)
    kind = desk.venue_kind(invite.place) if invite.place else ""
    found = guess(invite, desk.clues, kind, seats.selves)
    return _Case(invite, seats, found, Said(invite.starts, invite.minutes, invite.place, seats.across))


def _steps(case: _Case, desk: Desk, together: Collection[str]) -> Iterator[Step]:
    """Decide about one invite; `together` are the identities of all in its file."""
    invite = case.invite
    if invite.uid.endswith(f"@{UID_DOMAIN}"):
        why = "PrepVault wrote this event itself, from a note"
        yield Step(incoming=_incoming(case, desk), verdict=Verdict.HELD, why=why)
        return
    known = [each for each in desk.interviews if invite.identity and each.invite_uid == invite.identity]
    if not known and invite.is_cancelled and not invite.recurrence and invite.uid:
        known = [each for each in desk.interviews if each.invite_uid.partition(" ")[0] == invite.uid]
    if known:
        yield from (_follow(case, interview, desk) for interview in known)
        return
    near = _near(case, desk, together)
    if invite.is_cancelled:
        yield _cancel_unknown(case, near, desk)
        return
    yield _take(case, near, desk)


def _follow(case: _Case, interview: Interview, desk: Desk) -> Step:
    """Decide about another version of an invite that a note came by."""
    invite = case.invite
    incoming = _incoming(case, desk)
    before = InviteVersion.of(interview.invite_version)
    if before and not _is_newer(case, before):
        why = "the note has this version" if invite.order == before.order else "the note has a newer version"
        return Step(incoming=incoming, verdict=Verdict.SAME, why=why, target=interview.id)
    if interview.status is Status.COMPLETED:
        why = "that interview is completed, so it is left as it is"
        return Step(incoming=incoming, verdict=Verdict.SAME, why=why, target=interview.id)
    if invite.is_cancelled:
        return _cancel(case, interview, incoming)
    if interview.status is Status.CANCELLED:
        revived = _change(case, interview, incoming, confirmed=True, revives=True)
        why = "that interview was cancelled; does it take place after all?"
        return _ask(incoming, why, ((interview.id, revived),))
    return _change(case, interview, incoming, before.said if before else ())


def _is_newer(case: _Case, before: InviteVersion) -> bool:
    """Of versions that tell no stamp, one that says something else counts as newer."""
    if case.invite.order == before.order and case.invite.stamp is None:
        return case.said.marks != before.said or case.invite.is_cancelled
    return case.invite.order > before.order


def _cancel(case: _Case, interview: Interview, incoming: Incoming) -> Step:
    version, incoming = _version_edits(case), _told(case, incoming)
    if interview.status is Status.CANCELLED:
        return Step(
            incoming=incoming, verdict=Verdict.SAME, why="it is cancelled already", target=interview.id
        )
    edits = (Edit("status", "set", Status.CANCELLED.value), *version)
    why = f"the invite was cancelled, so `{interview.path}` is"
    return Step(incoming=incoming, verdict=Verdict.CHANGE, why=why, target=interview.id, edits=edits)


def _change(
    case: _Case,
    interview: Interview,
    incoming: Incoming,
    before: Sequence[str] = (),
    *,
    confirmed: bool = False,
    revives: bool = False,
) -> Step:
    """Change a note as the invite says; where both were changed, ask about the time."""
    made = merge(interview, case.said, before, confirmed=confirmed)
    told = _told(case, incoming, *made.remarks)
    if case.invite.starts.at is None:
        return Step(incoming=told, verdict=Verdict.ASK, why=_zone_question(case.invite), target=interview.id)
    if made.must_ask:
        why = (
            f"you moved it to {time_of(interview).told}, and the invite to {case.invite.starts.told}; "
            "is the invite's time the right one?"
        )
        return _ask(told, why, ((interview.id, _change(case, interview, incoming, before, confirmed=True)),))
    edits = made.edits
    if revives and not made.is_moved:
        edits = [Edit("status", "set", Status.SCHEDULED.value), *edits]
    names = ", ".join(dict.fromkeys(f"`{edit.name}`" for edit in edits))
    why = f"a newer version: {names}" if edits else "a newer version that changes nothing in the note"
    if confirmed:
        why = f"`{interview.path}` changes: {names}" if edits else f"`{interview.path}`, which says the same"
    return Step(
        incoming=told,
        verdict=Verdict.CHANGE,
        why=why,
        target=interview.id,
        edits=(*edits, *_version_edits(case)),
    )


def _cancel_unknown(case: _Case, near: Sequence[Interview], desk: Desk) -> Step:
    """An invite was called off that no note came by: perhaps one was written by hand."""
    incoming = _incoming(case, desk)
    if not near:
        why = "it is cancelled, and no note is about it"
        return Step(incoming=incoming, verdict=Verdict.HELD, why=why)
    answers = tuple((each.id, _cancel(case, each, incoming)) for each in near)
    return _ask(incoming, "no note came by this invite; is it one of these that is cancelled?", answers)


def _take(case: _Case, near: Sequence[Interview], desk: Desk) -> Step:
    """Decide about an invite that no note came by: new, unless something is missing or one is near."""
    invite, incoming = case.invite, _incoming(case, desk)
    if invite.starts.at is None:
        return Step(incoming=incoming, verdict=Verdict.ASK, why=_zone_question(invite))
    merged = tuple(
        (
            each.id,
            _change(case, each, incoming, confirmed=True, revives=each.status is Status.CANCELLED),
        )
        for each in near
    )
    new = Step(incoming=incoming, verdict=Verdict.NEW)
    missing = case.guess.missing
    if missing and not near and not (case.guess.is_likely and invite.starts.at >= desk.now):
        return Step(incoming=incoming, verdict=Verdict.HELD, why=_why_passed(case))
    if missing:
        options = " and ".join(f"`--{name}`" for name in missing)
        words = " and ".join(f"which {name}" for name in missing)
        return _ask(incoming, f"{words} is it about? say so with {options}", merged)
    if near:
        is_same = any(each.starts == invite.starts.at for each in near)
        why = "is this that interview?" if is_same else "is this the moved interview, or another one?"
        return _ask(incoming, why, (*merged, (NEW, new)))
    if invite.repeats:
        return _ask(incoming, "it is one date of a series; is it an interview?", ((NEW, new),))
    return new


def _why_passed(case: _Case) -> str:
    """Say why an event that no note came by, and that does not tell enough to be one, is no question."""
    if case.guess.is_likely:
        return f"it lies in the past and does not tell its {' and '.join(case.guess.missing)}"
    return "nothing in it speaks of an interview; if it is one, name `--company`, `--role` and `--type`"


def _ask(incoming: Incoming, why: str, answers: tuple[tuple[str, Step], ...]) -> Step:
    choices = tuple(answer for answer, _ in answers if answer != NEW)
    return Step(incoming=incoming, verdict=Verdict.ASK, why=why, choices=choices, answers=answers)


def _zone_question(invite: Invite) -> str:
    starts = invite.starts
    named = f"`{starts.written}`, which is no zone that is known for certain" if starts.written else "no zone"
    like = f", like {' or '.join(starts.candidates)}" if starts.candidates else ""
    return f"it says {starts.wall} and names {named}; say which it is with `--timezone`{like}"


def _near(case: _Case, desk: Desk, together: Collection[str]) -> tuple[Interview, ...]:
    """The interviews that this may be another version of: same company, within two weeks, nearest first."""
    at = case.invite.starts.at
    if at is None:
        return ()
    company = company_key(case.guess.company)
    domains = set(domains_of(case.invite, desk.clues, case.seats.selves))
    found = [
        each
        for each in desk.interviews
        if abs(each.starts - at) <= _NEAR
        and each.status is not Status.COMPLETED
        and each.invite_uid not in together
        and ((company and company_key(each.company) == company) or domains & _domains(each))
    ]
    return tuple(sorted(found, key=lambda each: (abs(each.starts - at), each.id))[:_MOST_CHOICES])


def _domains(interview: Interview) -> set[str]:
    people = (*interview.people, interview.recruiter)
    return {each.email.rpartition("@")[2].casefold() for each in people if each and each.email}


def _version_edits(case: _Case) -> tuple[Edit, ...]:
    """The edits by which the note knows the invite again; none for an invite without a UID."""
    if not case.invite.identity:
        return ()
    version = version_of(case.invite, case.said).text
    return (Edit("invite_uid", "set", case.invite.identity), Edit("invite_version", "set", version))


def _incoming(case: _Case, desk: Desk) -> Incoming:
    """The invite in PrepVault's words."""
    invite, found, seats = case.invite, case.guess, case.seats
    status = Status.CONFIRMED if seats.answer == "accepted" else Status.SCHEDULED
    if invite.is_cancelled:
        status = Status.CANCELLED
    booked = min(invite.stamp or desk.now, desk.now)
    at = invite.starts.at
    said: dict[str, Value] = {
        "company": found.company,
        "role": found.role,
        "interview_type": found.type.value if found.type else "",
        "scheduled_at": invite.starts.note_text,
        "timezone": invite.starts.zone,
        "duration_minutes": invite.minutes or 0,
        "interviewer": tuple(each.text for each in seats.across),
        "location": invite.place,
        "status": status.value,
        "created_at": f"{booked.astimezone(at.tzinfo):%Y-%m-%dT%H:%M:%S}" if at else "",
        "recruiter": seats.arranger.text if seats.arranger else "",
        **{edit.name: edit.value for edit in _version_edits(case)},
    }
    remarks = (*invite.remarks, *found.remarks, *seats.remarks, *_remarks(case, desk.now))
    return Incoming(
        origin=f"{invite.origin} ({_shortened(invite.summary)})" if invite.summary else invite.origin,
        values=tuple((name, value) for name, value in said.items() if value),
        body=desk.write_body(invite),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _shortened(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"


def _told(case: _Case, incoming: Incoming, *remarks: str) -> Incoming:
    """What is told of an invite whose note is there: no guesses, since the note knows better."""
    kept = (each for each in incoming.remarks if each not in case.guess.remarks)
    return replace(incoming, remarks=(*kept, *remarks))


def _remarks(case: _Case, now: datetime) -> Iterator[str]:
    at = case.invite.starts.at
    if at is not None and at < now and not case.invite.starts.is_date:
        yield "it lies in the past"
    if case.invite.is_tentative:
        yield "the invite is marked as tentative"
    if case.seats.answer == "declined":
        yield "you declined it"
