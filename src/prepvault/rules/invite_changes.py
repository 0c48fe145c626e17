"""What a newer version of an invite changes in its note, without touching what was edited by hand since.

The note keeps marks of what the last version said of time, length, place and people. A value that still has
its mark is the invite's and follows it; another one is the person's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from prepvault.model.change import Edit
from prepvault.model.interview import Interview, Status
from prepvault.model.invite import Invite, InviteTime, InviteVersion, Party
from prepvault.model.invite_marks import mark_of, mark_of_people, mark_of_time, marks_of


@dataclass(frozen=True, slots=True)
class Said:
    """What an invite says that a note holds too."""

    starts: InviteTime
    minutes: int | None = None
    place: str = ""
    people: tuple[Party, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of time, length, place and people."""
        when = mark_of_time(self.starts.at, is_date=self.starts.is_date)
        people = mark_of_people((each.email, each.name) for each in self.people)
        return (when, mark_of(str(self.minutes or "")), mark_of(self.place), people)


@dataclass(slots=True)
class Merge:
    """The edits that a version makes, what is to be told, and whether the time has to be asked about."""

    edits: list[Edit] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    is_moved: bool = False
    must_ask: bool = False


def version_of(invite: Invite, said: Said) -> InviteVersion:
    """What `invite_version` holds once this version is taken over."""
    return InviteVersion(invite.sequence, invite.stamp, said.marks)


def merge(interview: Interview, said: Said, before: Sequence[str], *, confirmed: bool = False) -> Merge:
    """Work out the edits. `before` are the marks of the last version, empty where there was none.

    `confirmed` says that a person was asked about the time.
    """
    made = Merge()
    said = replace(said, starts=said.starts.beside(interview.zone))
    base = tuple(before) if len(before) == 4 else ("", "", "", "")
    _time(interview, said, base[0], made, confirmed=confirmed)
    _length(interview, said, base[1], made, confirmed=confirmed)
    _place(interview, said, base[2], made)
    _people(interview, said, base[3], made)
    return made


def _time(interview: Interview, said: Said, base: str, made: Merge, *, confirmed: bool) -> None:
    at = said.starts.at
    present, new = marks_of(interview)[0], said.marks[0]
    if at is None or new == present:
        return
    if new == base and not confirmed:
        made.remarks.append(f"you moved it yourself; the invite still says {said.starts.told}")
    elif present == base or confirmed:
        made.is_moved = True
        made.remarks.append(f"it moves from {time_of(interview).told} to {said.starts.told}")
        made.edits += move(interview, said.starts)
    else:
        made.must_ask = True


def _length(interview: Interview, said: Said, base: str, made: Merge, *, confirmed: bool) -> None:
    if said.minutes is None or said.minutes == interview.minutes or said.starts.is_date:
        return
    if marks_of(interview)[1] == base or confirmed:
        made.edits.append(Edit("duration_minutes", "set", said.minutes))
    elif said.marks[1] != base:
        told = f"the invite says {said.minutes} minutes; yours stay, since you edited them"
        made.remarks.append(told)


def _place(interview: Interview, said: Said, base: str, made: Merge) -> None:
    present, new = marks_of(interview)[2], said.marks[2]
    if not said.place or new == present:
        return
    if present == base or not interview.venue.text:
        made.edits.append(Edit("location", "set", said.place))
    elif new != base:
        told = f"the invite says `{said.place}`; your place stays, since you edited it"
        made.remarks.append(told)


def _people(interview: Interview, said: Said, base: str, made: Merge) -> None:
    present, new = marks_of(interview)[3], said.marks[3]
    if not said.people or new == present:
        return
    if present == base or not interview.people:
        made.edits.append(Edit("interviewer", "set", tuple(each.text for each in said.people)))
    elif new != base:
        names = ", ".join(each.name for each in said.people)
        made.remarks.append(f"the invite names {names}; your list of people stays, since you edited it")


def move(interview: Interview, starts: InviteTime) -> list[Edit]:
    """Move an interview as `reschedule` does: its old time goes to `rescheduled_from`."""
    edits = [Edit("scheduled_at", "set", starts.note_text)]
    leaves_zone = starts.zone != interview.zone
    if leaves_zone:
        edits.append(Edit("timezone", "set", starts.zone))
    is_told = interview.all_day or not leaves_zone
    old = time_of(interview).note_text if is_told else interview.starts.isoformat()
    edits.append(Edit("rescheduled_from", "append", old))
    edits.append(Edit("status", "set", Status.RESCHEDULED.value))
    if leaves_zone and interview.created_at:
        edits.append(Edit("created_at", "set", interview.created_at.isoformat()))
    return edits


def time_of(interview: Interview) -> InviteTime:
    """When a note says that its interview starts, as an invite would say it."""
    return InviteTime(interview.starts, interview.zone, is_date=interview.all_day)
