"""Days that ask too much: the way, breaks, nights, too many; and that a faulty import floods nobody."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prepvault.jobs.context import open_root
from prepvault.jobs.load import load
from prepvault.model.vault import Vault
from tests.conftest import NOW, Maker

OURS = {"travel", "no-break", "night", "full-day", "full-week"}


def note(name: str, at: str, more: str = "", *, company: str = "", kind: str = "technical") -> str:
    return (
        f"=== Interviews/{name}.md\n---\nid: {name}\ncompany: {company or name}\nrole: Engineer\n"
        f"interview_type: {kind}\nscheduled_at: {at}\nduration_minutes: 60\n{more}---\n"
    )


def read(root: Path) -> Vault:
    return load(open_root(root.resolve(), now=NOW.isoformat()))


def told(vault: Vault) -> list[str]:
    codes = ((each.code.removeprefix("interview/"), each.place.path) for each in vault.findings)
    return [f"{code} {path[11:-3]}" for code, path in codes if code in OURS]


SITE, ELSEWHERE, CALL = "location: Main St 1\n", "location: Side St 2\n", "location: https://zoom.us/j/1\n"


@pytest.mark.parametrize(
    ("first", "second", "start", "expected"),
    [
        (SITE, ELSEWHERE, "11:30", ["travel b"]),
        (CALL, SITE, "11:30", ["travel b"]),
        (SITE, ELSEWHERE, "12:00", []),
        (SITE, SITE, "11:00", []),
        (SITE, CALL, "11:30", []),
        (CALL, CALL, "11:00", ["no-break b"]),
        (CALL, CALL, "11:14", ["no-break b"]),
        (CALL, CALL, "11:15", []),
        (CALL, CALL, "10:30", []),  # an overlap is told as one
    ],
)
def test_what_follows_too_closely(
    first: str, second: str, start: str, expected: list[str], make_vault: Maker
) -> None:
    notes = note("a", "2026-02-10T10:00:00", first) + note("b", f"2026-02-10T{start}:00", second)
    assert told(read(make_vault(notes))) == expected


def test_settings_say_how_long_the_way_and_a_break_are(make_vault: Maker) -> None:
    own = '=== prepvault.toml\n[vault]\ntimezone = "UTC"\n[slots]\ntravel = "2h"\nbuffer = "0m"\n'
    notes = note("a", "2026-02-10T10:00:00", CALL) + note("b", "2026-02-10T11:00:00", CALL)
    vault = read(make_vault(own + notes + note("c", "2026-02-10T13:30:00", SITE)))
    assert told(vault) == ["travel c"]


def test_parts_of_one_companys_day_are_one_visit(make_vault: Maker) -> None:
    notes = "".join(note(f"n{hour}", f"2026-02-10T{hour}:00:00", company="Acme") for hour in range(10, 16))
    assert told(read(make_vault(notes))) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (SITE, "location: Main St 1, Room 4\n", []),
        (SITE, ELSEWHERE, []),
        (SITE, CALL, []),
        (CALL, CALL, []),
        (CALL, SITE, ["travel b"]),
    ],
)
def test_one_company_sees_to_the_ways_and_breaks_of_its_own_day(
    first: str, second: str, expected: list[str], make_vault: Maker
) -> None:
    one = note("a", "2026-02-10T10:00:00", first, company="Acme")
    assert told(read(make_vault(one + note("b", "2026-02-10T11:00:00", second, company="Acme")))) == expected


@pytest.mark.parametrize(
    ("more", "at", "expected"),
    [
        ("timezone: Asia/Tokyo\n" + CALL, "2026-02-10T11:00:00", ["night a"]),
        ("timezone: Asia/Tokyo\n" + SITE, "2026-02-10T11:00:00", []),
        (CALL, "2026-02-10T02:00:00", ["night a"]),
        (CALL, "2026-02-10T07:00:00", []),
        (CALL, "2026-02-10T21:59:00", []),
        (CALL, "2026-02-10T22:00:00", ["night a"]),
        ("status: completed\n", "2026-02-10T02:00:00", []),
        ("", "2026-02-10", []),
    ],
)
def test_hours_of_the_night(more: str, at: str, expected: list[str], make_vault: Maker) -> None:
    assert told(read(make_vault(note("a", at, more)))) == expected


def test_without_a_zone_of_its_own_a_vault_has_no_nights(make_vault: Maker) -> None:
    root = make_vault("=== prepvault.toml\n[vault]\n" + note("a", "2026-02-10T02:00:00"))
    assert told(read(root)) == []


def test_days_and_weeks_that_are_too_full_are_told_once(make_vault: Maker) -> None:
    day = "".join(note(f"d{hour}", f"2026-02-10T{hour:02}:00:00") for hour in range(9, 19, 2))
    week = "".join(note(f"w{n}", f"2026-02-{11 + n // 3}T{9 + 3 * (n % 3):02}:00:00") for n in range(6))
    assert told(read(make_vault(day + week))) == ["full-day d15", "full-week w3"]


def test_thousands_at_random_are_told_in_few_findings(make_vault: Maker) -> None:
    start = datetime(2026, 2, 9, 1, tzinfo=UTC)
    moments = (start + timedelta(minutes=61 * number) for number in range(600))
    notes = (
        note(f"n{at:%m%d%H%M}", f"{at:%Y-%m-%dT%H:%M:00}", f"location: St {at.minute}\n") for at in moments
    )
    found = told(read(make_vault("".join(notes))))
    assert {each.split()[0] for each in found} == {"travel", "night", "full-day", "full-week"}
    assert len(found) == 3 * 21
