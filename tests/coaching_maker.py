"""Interviews and settings for tests of coaching, with the cards that ship."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from prepvault.model.card import Library
from prepvault.model.interview import Interview, InterviewType, Person, Venue
from prepvault.model.settings import Settings
from prepvault.outside.resources import read_content
from prepvault.parse.cards import parse_library
from tests.conftest import NOW

STARTS = NOW + timedelta(days=8)
DANA = Person("Dana Roe", "Staff Engineer")
LEE = Person("Lee Park", "Recruiter")
ROOM = Venue("1 Main St", "in_person")
LINK = Venue("https://meet.example.com/a", "video")
CALL = Venue("+1 555 0100", "phone")


@cache
def library() -> Library:
    """Give the cards that ship."""
    return parse_library(read_content())[0]


def interview(kind: InterviewType = InterviewType.TECHNICAL, **changes: Any) -> Interview:
    """Make an interview; what is named in `changes` is as the test wants it."""
    guide = library().guides[kind]
    made = Interview(
        id="int_acme_1",
        path="Interviews/acme.md",
        company="Acme",
        role="Backend Engineer",
        type=kind,
        starts=STARTS,
        ends=STARTS + timedelta(minutes=guide.minutes),
        zone="UTC",
        modified=NOW,
    )
    return replace(made, **changes)


def settings(**values: Any) -> Settings:
    """Make settings; `coaching__heading_level=3` stands for `coaching.heading_level`."""
    defaults = Settings()
    named = {name.replace("__", "."): value for name, value in values.items()}
    return replace(defaults, values={**defaults.values, **named})


def booked(lead: timedelta, **changes: Any) -> Interview:
    """Make an interview that was booked so long before its start."""
    created: datetime = STARTS - lead
    return interview(created_at=created, **changes)
