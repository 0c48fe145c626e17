"""Which offered times are still held: until they are over, expire, or an interview comes of them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from prepvault.model.free_time import Hold, Span
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.model.zones import zone_of
from prepvault.rules.companies import company_key

_DAY = timedelta(days=1)


def live_holds(vault: Vault, now: datetime) -> tuple[Hold, ...]:
    """Give the holds that still stand, with the times that are not over; they change at midnight only.

    An open interview of the company that was made after the offer, or lies in an offered time, ends it.
    """
    if not vault.holds:
        return ()
    today = now.astimezone(zone_of(vault.settings.zone)).date()
    held = (replace(each, spans=tuple(_coming(each, today, vault.settings.zone))) for each in vault.holds)
    booked = _open_by_company(vault.interviews)
    return tuple(
        each
        for each in held
        if each.spans
        and (each.until is None or each.until >= today)
        and not any(_settles(one, each) for one in booked.get(company_key(each.company), ()))
    )


def holds_for_others(holds: Iterable[Hold], company: str) -> tuple[Hold, ...]:
    """The holds that are for other companies than this one."""
    key = company_key(company)
    return tuple(each for each in holds if company_key(each.company) != key)


def _coming(hold: Hold, today: date, zone: str) -> Iterator[Span]:
    here = zone_of(zone)
    return (each for each in hold.spans if each.ends.astimezone(here).date() >= today)


def _open_by_company(interviews: Iterable[Interview]) -> dict[str, list[Interview]]:
    found: dict[str, list[Interview]] = {}
    for each in interviews:
        if each.is_open:
            found.setdefault(company_key(each.company), []).append(each)
    return found


def _settles(interview: Interview, hold: Hold) -> bool:
    starts = interview.starts.astimezone(UTC)
    if any(span.starts <= starts < span.ends for span in hold.spans):
        return True
    made = interview.created_at
    return bool(made and hold.offered_at and made > hold.offered_at)
