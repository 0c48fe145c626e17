"""Invites for tests: files of many senders, one made of lines, a file read, a file planned."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from prepvault.jobs.context import open_root
from prepvault.jobs.import_invites import plan_invite_file
from prepvault.jobs.load import load
from prepvault.model.incoming import Step
from prepvault.model.invite import Invite, InviteFile, InviteWords
from prepvault.outside.resources import read_content
from prepvault.parse.invite_words import parse_invite_words
from prepvault.parse.invites import parse_invites

SAMPLES = Path(__file__).parent / "data" / "invites"
ZONE = "Europe/Berlin"
WORDS: InviteWords = parse_invite_words(read_content()["texts/invites.yaml"], "texts/invites.yaml")


def sample(name: str) -> bytes:
    """One sender's file, with the line ends that files of the mail have."""
    return (SAMPLES / f"{name}.ics").read_bytes().replace(b"\n", b"\r\n")


def calendar(*events: Iterable[str], head: Iterable[str] = ("METHOD:REQUEST",)) -> bytes:
    """A file of events, each given by its lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *head]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def event(**values: str) -> list[str]:
    """The lines of an event; names with parameters stand in `lines`."""
    given = {
        "UID": "one@acme.example",
        "DTSTAMP": "20260210T080000Z",
        "DTSTART": "20260310T130000Z",
        "DTEND": "20260310T140000Z",
        "SUMMARY": "Phone screen - Backend Engineer at Acme",
        **values,
    }
    return [f"{name}:{value}" for name, value in given.items() if value]


def read_file(data: bytes, *, asked: str = "") -> InviteFile:
    """Read a file as a vault in Berlin does."""
    return parse_invites(data, "invite.ics", zone=ZONE, words=WORDS, asked=asked)


def read_one(data: bytes, *, asked: str = "") -> Invite:
    """Read the only invite of a file."""
    (invite,) = read_file(data, asked=asked).invites
    return invite


def plan(
    root: Path,
    data: bytes,
    *,
    timezone: str = "",
    told: Mapping[str, str] | None = None,
    now: str = "2026-02-25T09:00:00Z",
) -> tuple[Step, ...]:
    """Plan what a file does to a vault."""
    context = open_root(root, now=now)
    steps, _ = plan_invite_file(context, load(context), "invite.ics", data, timezone=timezone, told=told)
    return steps
