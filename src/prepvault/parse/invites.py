"""Read the events of an `.ics` file as invites: what could be read, and why not more."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from prepvault.model.invite import Invite, InviteFile, InviteTime, InviteWords, Rejected
from prepvault.parse.ics_lines import Line, Part, read_text
from prepvault.parse.invite_join import find_join, find_place
from prepvault.parse.invite_offsets import Rules
from prepvault.parse.invite_repeats import find_repeats
from prepvault.parse.invite_text import decode, long_text, one_line, party, web_address
from prepvault.parse.invite_times import Clock, Written, read_minutes, read_written
from prepvault.parse.invite_zones import ZoneHints, named_zone

LARGEST = 10_000_000
MOST_EVENTS = 5_000
_MOST_PEOPLE = 100
_MOST_ZONES = 100
_LONGEST_UID = 200
_PASSED_BY = {
    "REPLY": "it is somebody's answer to an invite",
    "COUNTER": "it proposes another time, which nobody has agreed to yet",
    "DECLINECOUNTER": "it declines a proposal, so nothing changes",
    "REFRESH": "it only asks for the newest version of an invite",
    "ADD": "it adds dates to a series; ask for an invite of each",
}


def parse_invites(data: bytes, name: str, *, zone: str, words: InviteWords, asked: str = "") -> InviteFile:
    """Read a file's invites; never raises.

    `zone` is the vault's, in which exact instants are written; `asked` the zone that a person named for times
    whose own zone cannot be known.
    """
    if len(data) > LARGEST:
        why = f"it holds {len(data):,} bytes; an invite is read up to {LARGEST:,}"
        return InviteFile(rejected=(Rejected(name, why),))
    text, remark = decode(data)
    root, _ = read_text(text)
    events = list(_events(root))
    remarks = [remark] if remark else []
    if not events:
        return InviteFile(rejected=(Rejected(name, "there is no event in it"),), remarks=tuple(remarks))
    if len(events) > MOST_EVENTS:
        remarks.append(f"it holds {len(events):,} events; the first {MOST_EVENTS} are read")
    found: list[Invite | Rejected] = []
    hints: dict[int, ZoneHints] = {}
    for number, (calendar, event) in enumerate(events[:MOST_EVENTS], 1):
        origin = f"{name}, event {number}" if len(events) > 1 else name
        if id(calendar) not in hints:
            hints[id(calendar)] = _hints(calendar, zone)
        method = calendar.text("METHOD").strip().upper()
        found += _Reader(method, event, origin, Clock(hints[id(calendar)], asked), words).read()
    invites = _without_moved([each for each in found if isinstance(each, Invite)])
    rejected = tuple(each for each in found if isinstance(each, Rejected))
    return InviteFile(tuple(invites), rejected, tuple(remarks))


def _events(root: Part) -> Iterator[tuple[Part, Part]]:
    """Every event with its calendar; an event that stands in none is its own."""
    for part in root.parts:
        if part.name == "VEVENT":
            yield root, part
        for event in part.inside("VEVENT") if part.name == "VCALENDAR" else ():
            yield part, event


def _hints(calendar: Part, zone: str) -> ZoneHints:
    """What a calendar tells of zones, the same for all its events."""
    own = {_tidy(part.text("TZID")): Rules(part) for part in calendar.inside("VTIMEZONE")[:_MOST_ZONES]}
    shown = named_zone(calendar.text("X-WR-TIMEZONE")) if calendar.text("X-WR-TIMEZONE").strip() else ""
    return ZoneHints(own, shown, zone)


def _without_moved(invites: list[Invite]) -> list[Invite]:
    """Leave out a date of a series that an event of its own stands for."""
    own = {each.identity for each in invites if each.recurrence and not each.repeats}
    return [each for each in invites if not (each.repeats and each.identity in own)]


class _Reader:
    """Reads one event."""

    def __init__(self, method: str, event: Part, origin: str, clock: Clock, words: InviteWords) -> None:
        self.method = method
        self.event = event
        self.origin = origin
        self.clock = clock
        self.words = words

    def read(self) -> list[Invite | Rejected]:
        """The event's invites: one, or one for each date of a series; or why there is none."""
        if self.method in _PASSED_BY:
            return [Rejected(self.origin, _PASSED_BY[self.method])]
        written = read_written(self.event.find("DTSTART"))
        if written is None:
            told = one_line(self.event.text("DTSTART"), 60)
            why = f"its start `{told}` is no date and time" if told else "it has no start"
            return [Rejected(self.origin, why)]
        starts = self.clock.settle(written)
        repeats, rule_remark = find_repeats(self.event, written)
        if rule_remark:
            self.clock.remarks.append(rule_remark)
        if not repeats:
            return [Rejected(self.origin, "every date of its series is left out")]
        minutes = read_minutes(self.event, written, starts, self.clock)
        base = self._invite(starts, minutes)
        if len(repeats) == 1 or base.is_cancelled:
            return [base]
        return [self._occurrence(base, written, local) for local in repeats]

    def _occurrence(self, base: Invite, written: Written, local: datetime) -> Invite:
        clock = Clock(self.clock.hints, self.clock.asked)
        starts = clock.settle(replace(written, local=local))
        remarks = base.remarks if local == written.local else tuple(dict.fromkeys(clock.remarks))
        return replace(base, starts=starts, recurrence=starts.stamp, repeats=True, remarks=remarks)

    def _invite(self, starts: InviteTime, minutes: int | None) -> Invite:
        event, remarks = self.event, self.clock.remarks
        description, is_cut = long_text(event.text("DESCRIPTION"))
        if is_cut:
            remarks.append("its text is very long, so only its beginning is kept")
        link = find_join(event, description)
        place, remark = find_place(event, link, self.words)
        remarks += [remark] if remark else []
        if not event.text("UID").strip():
            remarks.append("it has no UID, so later versions of it cannot be recognised")
        organizer = event.find("ORGANIZER")
        summary, is_cancelled = self._summary()
        status = event.text("STATUS").strip().upper()
        return Invite(
            origin=self.origin,
            starts=starts,
            uid=_uid(event.text("UID")),
            recurrence=self._recurrence(),
            sequence=_sequence(event.text("SEQUENCE"), remarks),
            stamp=_moment(event.find("DTSTAMP")) or _moment(event.find("LAST-MODIFIED")),
            is_cancelled=is_cancelled or status == "CANCELLED" or self.method == "CANCEL",
            is_tentative=status == "TENTATIVE",
            minutes=minutes,
            summary=summary,
            description=description,
            place=place,
            link=link,
            page=web_address(event.text("URL")),
            organizer=party(organizer) if organizer else None,
            attendees=tuple(filter(None, map(party, event.values("ATTENDEE")[:_MOST_PEOPLE]))),
            remarks=tuple(dict.fromkeys(remarks)),
        )

    def _recurrence(self) -> str:
        """Which date of its series the event stands for, the same text in whatever zone it is given."""
        written = read_written(self.event.find("RECURRENCE-ID"))
        if written is None:
            return one_line(self.event.text("RECURRENCE-ID"), 40).replace(" ", "_")
        quiet = Clock(self.clock.hints, self.clock.asked)
        return quiet.settle(written).stamp or f"{written.local:%Y%m%dT%H%M%S}"

    def _summary(self) -> tuple[str, bool]:
        """The title, and whether it begins with a mark like `Canceled:`, which then is left out."""
        summary = one_line(self.event.text("SUMMARY"))
        first, colon, rest = summary.partition(":")
        is_marked = bool(colon) and first.strip().casefold() in self.words.cancelled
        return (rest.strip(), True) if is_marked else (summary, False)


def _uid(text: str) -> str:
    """The UID as a property can hold it; one with other signs, or very long, is told apart by its digest."""
    text = text.strip()
    plain = re.sub(r"[^\w@.:+=/{}-]", "_", text, flags=re.ASCII)[:_LONGEST_UID]
    return (
        plain
        if plain == text
        else f"{plain[:100]}.{sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"
    )


def _sequence(text: str, remarks: list[str]) -> int:
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) <= 9:
        return int(text)
    if text:
        remarks.append(f"its SEQUENCE `{one_line(text, 20)}` is no number, so it counts as 0")
    return 0


def _moment(line: Line | None) -> datetime | None:
    """Read a stamp; those are in UTC by their definition."""
    written = read_written(line)
    return written.local.replace(tzinfo=UTC) if written else None


def _tidy(tzid: str) -> str:
    return " ".join(tzid.strip().strip('"').split())[:200]
