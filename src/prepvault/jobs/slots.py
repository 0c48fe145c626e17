"""Find free times to offer, from the vault's interviews, held times and other calendars."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from prepvault.errors import RefusedError, UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.named_file import named_file
from prepvault.jobs.understand import understand_zone
from prepvault.model.finding import Finding
from prepvault.model.free_time import Hours, Offer, SlotWish, Span, find_hours, find_weekdays
from prepvault.model.lead import find_lead
from prepvault.model.vault import Vault
from prepvault.outside.single_file import read_single
from prepvault.parse.busy import parse_busy
from prepvault.render.free_times import say_offers, say_slots
from prepvault.render.times import utc_text
from prepvault.rules.companies import company_key
from prepvault.rules.free_times import busy_with, find_free_times, last_moment, padded, pick_offers
from prepvault.rules.holds import holds_for_others, live_holds

_LONGEST_CALENDAR = 16 * 1024 * 1024
_AROUND = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRequest:
    """What was asked for, as typed; what is empty comes from the settings. `company` is who will choose."""

    days: int = 10
    count: int = 6
    zone: str = ""
    length: str = "60m"
    hours: str = ""
    their_hours: str = ""
    weekdays: str = ""
    buffer: str = ""
    busy: tuple[str, ...] = ()
    company: str = ""


@dataclass(frozen=True, slots=True)
class Slots:
    """The free times that were picked, in whose zones, and what could not be read on the way.

    `held_for` are the other companies for which times are held.
    """

    offers: tuple[Offer, ...]
    zone: str
    home: str
    findings: tuple[Finding, ...] = field(default=())
    held_for: tuple[str, ...] = field(default=())

    @property
    def lines(self) -> tuple[str, ...]:
        """The days as text, ready for a mail."""
        return say_offers(self.offers, self.zone, self.home)

    @property
    def points(self) -> tuple[str, ...]:
        """Each time by itself, for a mail that lists them."""
        return tuple(say_slots(self.offers, self.zone, self.home))


def find_slots(context: Context, vault: Vault, request: SlotRequest) -> Slots:
    """Work out what to offer; UsageError says what of the request, or of a calendar file, cannot be read."""
    wish = _wish(context, vault, request)
    within = Span(context.now, last_moment(wish, context.now) + _AROUND)
    spans, findings = _busy_elsewhere(context, request, wish.zone, within)
    travel = _length(context.settings.text("slots.travel"), "slots.travel")
    holds = holds_for_others(live_holds(vault, context.now), request.company)
    held = (span for each in holds for span in each.spans)
    busy = (*busy_with(vault.interviews, travel), *held, *spans)
    free = find_free_times(wish, padded(busy, wish.buffer), context.now)
    held_for = tuple(each.company for each in holds)
    return Slots(pick_offers(wish, free), wish.their_zone, wish.zone, findings, held_for)


def slots_record(found: Slots) -> dict[str, object]:
    """Tell a program what is free."""
    return {
        "zone": found.zone,
        "your_zone": found.home,
        "text": "\n".join(found.lines),
        "days": [
            {
                "day": offer.day.isoformat(),
                "text": line,
                "times": [
                    {"starts_at": utc_text(each.starts), "ends_at": utc_text(each.ends)}
                    for each in offer.spans
                ],
            }
            for offer, line in zip(found.offers, found.lines, strict=True)
        ],
    }


def _wish(context: Context, vault: Vault, request: SlotRequest) -> SlotWish:
    settings, home = context.settings, context.settings.zone
    weekdays = find_weekdays(request.weekdays or settings.text("slots.weekdays"))
    if not weekdays:
        message = f"`--weekdays` should be days like mon-fri, found `{request.weekdays}`"
        raise UsageError(message, hint="write it like --weekdays mon,tue,thu")
    return SlotWish(
        zone=home,
        their_zone=understand_zone(request.zone) if request.zone else _zone_of(vault, request.company, home),
        hours=_hours(request.hours or settings.text("slots.hours"), "--hours"),
        their_hours=_hours(request.their_hours or settings.text("slots.their_hours"), "--their-hours"),
        weekdays=weekdays,
        days=request.days,
        least=_length(request.length, "--length"),
        buffer=_length(request.buffer or settings.text("slots.buffer"), "--buffer"),
        notice=_length(settings.text("slots.notice"), "slots.notice"),
        count=request.count,
    )


def _hours(text: str, name: str) -> Hours:
    hours = find_hours(text)
    if hours is None:
        message = f"`{name}` should be hours of one day, found `{text}`"
        raise UsageError(message, hint=f"write it like {name} 9-17 or {name} 08:30-16:00")
    return hours


def _length(text: str, name: str) -> timedelta:
    length = find_lead(text)
    if length is None:
        message = f"`{name}` should be a length of time, found `{text}`"
        raise UsageError(message, hint=f"write it like {name} 45m or {name} 2h")
    return length


def _zone_of(vault: Vault, company: str, home: str) -> str:
    """The zone in which the company was met last; one's own where it never was."""
    key = company_key(company)
    zones = [each.zone for each in vault.interviews if key and company_key(each.company) == key]
    return zones[-1] if zones else home


def _busy_elsewhere(
    context: Context, request: SlotRequest, zone: str, within: Span
) -> tuple[tuple[Span, ...], tuple[Finding, ...]]:
    """Read the other calendars; one that is none stops everything, since its times would be offered."""
    spans: list[Span] = []
    findings: list[Finding] = []
    for name, path in _files(context, request):
        data = read_single(path, most=_LONGEST_CALENDAR + 1)
        if data is None:
            raise UsageError(f"there is no calendar file `{name}`", hint="name a file that ends in .ics")
        if len(data) > _LONGEST_CALENDAR:
            raise RefusedError(f"`{name}` is larger than 16 MiB", hint="export fewer years of that calendar")
        read = parse_busy(data, name, zone, within)
        if read is None:
            raise RefusedError(
                f"`{name}` is no calendar, so nothing is offered", hint="export it again as an .ics file"
            )
        spans += read[0]
        findings += read[1]
    return tuple(spans), tuple(findings)


def _files(context: Context, request: SlotRequest) -> Iterator[tuple[str, Path]]:
    """The files that were named, and those of the settings, which may be relative to the vault."""
    for name in request.busy:
        yield name, named_file(name)
    for name in context.settings.words("slots.busy"):
        yield name, context.root / named_file(name)
