"""Read when an interview takes place: its wall time, its zone, and what clocks do there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from prepvault.model.finding import Severity
from prepvault.model.settings import Settings
from prepvault.model.zones import is_fold, is_gap, shift, zone_of
from prepvault.parse.date_faults import explain_date
from prepvault.parse.fields import Fields, plain_text, shown
from prepvault.parse.stamp import Stamp, parse_stamp
from prepvault.parse.zone import ZoneRead, read_zone


@dataclass(frozen=True, slots=True)
class Start:
    """When it starts: aware, in `zone`; for an all-day interview the local midnight."""

    at: datetime
    zone: str
    all_day: bool


def read_start(fields: Fields, settings: Settings) -> Start | None:
    """Read `scheduled_at` with `timezone`; None, and a finding, where no moment follows from them."""
    zone = _read_zone(fields, settings)
    stamp = _read_stamp(fields, "scheduled_at", "a date and time")
    if stamp is None or (not zone and (stamp.offset is None or stamp.is_date)):
        return None
    zone = zone or settings.zone
    if stamp.is_date:
        return Start(stamp.local.replace(tzinfo=zone_of(zone)), zone, all_day=True)
    if stamp.offset is not None:
        return Start(_at_offset(fields, stamp, zone), zone, all_day=False)
    return Start(_at_wall(fields, stamp.local, zone), zone, all_day=False)


def read_moment(fields: Fields, name: str, zone: str) -> datetime | None:
    """Read a moment that is only told, like `created_at`; a plain wall time is in the interview's zone."""
    stamp = _read_stamp(fields, name, "a date and time")
    if stamp is None:
        return None
    if stamp.offset is None or stamp.is_date:
        return shift(stamp.local.replace(tzinfo=zone_of(zone)), timedelta())
    return (stamp.local - stamp.offset).replace(tzinfo=UTC).astimezone(zone_of(zone))


def read_day(fields: Fields, name: str) -> date | None:
    """Read a date; of a date and time its date counts."""
    stamp = _read_stamp(fields, name, "a date")
    return stamp.local.date() if stamp else None


def _read_stamp(fields: Fields, name: str, expected: str) -> Stamp | None:
    value = fields.value(name)
    if value is None or value == []:
        return None
    text = fields.line(name) if isinstance(value, str | list | dict) else plain_text(value)
    stamp = parse_stamp(text) if text else None
    if stamp is None and text:
        fault = explain_date(text)
        reason = f": {fault.reason}" if fault.reason else ""
        message = f"{{}} should be {expected}, found `{shown(text)}`{reason}"
        fields.report(fault.code, name, message, hint=fault.hint, found=text, expected=expected)
    return stamp


def _read_zone(fields: Fields, settings: Settings) -> str:
    text = fields.text("timezone")
    if not text:
        return "" if fields.has("timezone") else settings.zone
    read = read_zone(text)
    if not read.name:
        message = f"no time zone is called `{shown(text)}`, so this interview is in no calendar"
        fields.report(
            "zone/unknown", "timezone", message, hint=_zone_hint(read), found=text, expected="an IANA zone"
        )
    elif not read.exact:
        message = f"{{}} should be written `{read.name}`, found `{shown(text)}`; it was read all the same"
        hint = f"write {fields.shown_name('timezone')}: {read.name}"
        _warn(fields, "zone/spelling", "timezone", message, hint, text)
    elif read.suggestion:
        message = f"{{}} `{text}` is an abbreviation whose summer time may not be the one you mean"
        _warn(fields, "zone/abbreviation", "timezone", message, _zone_hint(read), text)
    return read.name


def _zone_hint(read: ZoneRead) -> str:
    if read.suggestion:
        return f"did you mean `{read.suggestion}`?"
    if read.is_offset:
        return "an offset is no zone, it changes with summer time; name a city like Europe/Berlin"
    return "write an IANA zone like Europe/Berlin"


def _at_offset(fields: Fields, stamp: Stamp, zone: str) -> datetime:
    offset = stamp.offset or timedelta()
    at = (stamp.local - offset).replace(tzinfo=UTC).astimezone(zone_of(zone))
    if fields.has("timezone") and at.utcoffset() != offset:
        there = f"{at:%H:%M} on {at:%Y-%m-%d} in {zone}"
        if offset:
            message = f"the offset in {{}} is not the one of {zone} on that day; the offset counts: {there}"
            hint = f"write {at.replace(tzinfo=None).isoformat()} if that is meant, else remove the offset"
            _warn(fields, "date/offset-differs", "scheduled_at", message, hint, fields.text("scheduled_at"))
        else:
            message = f"{{}} ends in `Z`, so it is UTC: {there}"
            found = fields.text("scheduled_at")
            hint = f"if {stamp.local:%H:%M} is the time in {zone}, remove the `Z`"
            fields.report(
                "date/offset-differs", "scheduled_at", message, severity=Severity.INFO, hint=hint, found=found
            )
    return at


def _at_wall(fields: Fields, local: datetime, zone: str) -> datetime:
    at = local.replace(tzinfo=zone_of(zone))
    if is_gap(local, zone):
        later, earlier = shift(at, timedelta()), shift(at.replace(fold=1), timedelta())
        message = (
            f"{{}} {local:%H:%M} does not exist in {zone} on {local:%Y-%m-%d}: clocks go forward over it; "
            f"{later:%H:%M} is used"
        )
        hint = f"did you mean {_wall(earlier)} or {_wall(later)}?"
        fields.report("date/gap", "scheduled_at", message, hint=hint, found=local.isoformat())
        return later
    if is_fold(local, zone):
        second = at.replace(fold=1)
        message = f"{{}} {local:%H:%M} happens twice in {zone} on {local:%Y-%m-%d}; the first is used"
        hint = f"write {at.isoformat()} for the first or {second.isoformat()} for the second"
        _warn(fields, "date/ambiguous", "scheduled_at", message, hint, local.isoformat())
    return at


def _warn(fields: Fields, code: str, name: str, message: str, hint: str, found: str) -> None:
    fields.report(code, name, message, severity=Severity.WARNING, hint=hint, found=found)


def _wall(moment: datetime) -> str:
    return moment.replace(tzinfo=None, fold=0).isoformat()
