"""The jobs around the feed: what is published, the doctor's report, and a vault on disk from end to end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from prepvault.jobs.context import Context, open_context
from prepvault.jobs.feed import check_overwritten, feed, feed_doctor
from prepvault.jobs.load import load
from prepvault.model.interview import Interview, Person, Status, Venue
from prepvault.model.invite_marks import marks_of
from prepvault.model.settings import Settings
from prepvault.model.vault import Vault
from prepvault.outside.resources import read_content
from prepvault.parse.clients import parse_clients
from tests.conftest import NOW
from tests.feed_maker import events, interview, local, settings, values


def made(*ones: Interview, chosen: Settings | None = None) -> tuple[Context, Vault]:
    chosen = chosen or settings()
    return Context(Path(), chosen, NOW), Vault(name="v", settings=chosen, interviews=ones)


def test_what_is_not_to_be_published_is_in_no_file() -> None:
    report = feed(*made(interview(), replace(interview(name="quiet"), publish=False)))
    assert list(events(report.main)) == ["int_acme_1"]
    assert list(report.singles) == ["int_acme_1"]
    assert b"quiet" not in report.main + report.reminders
    assert report.findings == ()


def test_an_empty_vault_has_feeds_and_no_singles() -> None:
    report = feed(*made())
    assert list(events(report.main)) == list(events(report.reminders)) == ["feed-works"]
    assert not report.singles


def test_more_reminders_than_calendars_keep_are_remarked() -> None:
    leads = tuple(timedelta(hours=hour) for hour in range(1, 8))
    [finding] = feed(*made(interview(leads=leads))).findings
    assert (finding.code, finding.place.path) == ("feed/many-alarms", "Interviews/acme.md")


def test_too_large_a_feed_is_remarked() -> None:
    long = "長" * 700
    ones = [
        interview(
            2026, 1, 1 + n % 28, 9, name=f"n{n}", company=long, people=(Person(long),), venue=Venue(long)
        )
        for n in range(150)
    ]
    report = feed(*made(*ones))
    [finding] = report.findings
    assert finding.code == "feed/too-large"
    assert len(report.main) <= 1_000_000
    ahead = [
        interview(
            2027, 1, 1 + n % 28, 9, name=f"n{n}", company=long, people=(Person(long),), venue=Venue(long)
        )
        for n in range(150)
    ]
    report = feed(*made(*ahead))
    assert "refuses feeds over" in report.findings[0].message
    assert len(events(report.main)) == 150


def test_the_doctor_says_what_each_app_will_do() -> None:
    ones = (interview(), interview(2026, 5, 1, 9, zone="America/Vancouver", name="west"))
    diagnosis = feed_doctor(*made(*ones))
    assert diagnosis.findings == ()
    assert (diagnosis.events, diagnosis.alarms, diagnosis.reminder_events) == (2, 6, 6)
    assert (diagnosis.zones, diagnosis.utc_zones) == (("Europe/Berlin",), ("America/Vancouver",))
    ringing = {forecast.facts.id: forecast.ringing for forecast in diagnosis.clients}
    assert (ringing["thunderbird"], ringing["google"]) == (6, 0)
    assert diagnosis.tzdata.startswith("20")


def test_a_feed_that_another_program_wrote_into_is_remarked() -> None:
    ours = feed(*made()).main
    theirs = ours.replace(b"-//PrepVault//", b"-//Mozilla.org//")
    assert check_overwritten("site/interviews.ics", None) == ()
    assert check_overwritten("site/interviews.ics", ours) == ()
    [finding] = check_overwritten("site/interviews.ics", theirs)
    assert (finding.code, finding.found[:15]) == ("feed/foreign-file", "-//Mozilla.org/")
    assert (
        check_overwritten("x.ics", b"<html>")[0].message
        == "`x.ics` was last written by `something else`, and is replaced"
    )


def test_every_app_has_its_sentences() -> None:
    facts = parse_clients(read_content()["texts/clients.yaml"], "texts/clients.yaml")
    assert len({one.id for one in facts}) == len(facts) >= 12
    assert all(
        one.shows.endswith(".") and one.rings.endswith(".") and one.refreshes.endswith(".") for one in facts
    )
    assert parse_clients("- {id: a, name: B, alarms: 3}", "x")[0].alarms == 3
    assert parse_clients("- {id: a}\n- {name: b}", "x") == ()
    assert parse_clients("[", "x") == ()


VAULT = """
=== prepvault.toml
[vault]
timezone = "Europe/Berlin"
=== Interviews/acme.md
---
id: int_acme_1
company: Acme Robotics
role: Backend Engineer
interview_type: technical
scheduled_at: 2026-02-12T14:00:00
duration_minutes: 60
revision: 2 2026-02-05T10:00:00Z {fingerprint}
---
"""


def test_a_vault_on_disk_gives_its_feed(make_vault: Callable[[str], Path]) -> None:
    root = make_vault(VAULT.replace("{fingerprint}", "00000000"))
    context = open_context(str(root), now=NOW.isoformat())
    event = events(feed(context, load(context)).main)["int_acme_1"]
    assert values(event, "DTSTART") == ["20260212T140000"]
    assert values(event, "SEQUENCE") == ["3"]
    assert event.count("BEGIN:VALARM") == 3
    assert feed(context, load(context)) == feed(context, load(context))


def test_skipping_invited_interviews_leaves_them_to_their_invites_and_keeps_their_reminders() -> None:
    invited = interview(name="invited", invite_uid="a@b")
    as_said = replace(invited, invite_version=f"0 - {'.'.join(marks_of(invited))}")
    starts, ends = (local("Europe/Berlin", 2026, 2, 13, hour) for hour in (9, 10))
    moved = replace(as_said, id="int_moved_1", path="Interviews/moved.md", starts=starts, ends=ends)
    ones = (as_said, moved, interview(name="own"))
    skipping = settings(feed__skip_invited=True)
    usual, fewer = feed(*made(*ones)), feed(*made(*ones, chosen=skipping))
    assert set(events(usual.main)) - set(events(fewer.main)) == {"int_invited_1"}
    assert usual.reminders == fewer.reminders
    assert usual.singles == fewer.singles
    done = replace(
        as_said, status=Status.COMPLETED, starts=NOW - timedelta(hours=2), ends=NOW - timedelta(hours=1)
    )
    told = replace(done, invite_version=f"0 - {'.'.join(marks_of(done))}")
    assert list(events(feed(*made(told, chosen=skipping)).main)) == [
        "int_invited_1-thanks",
        "int_invited_1-follow-up",
    ]
