"""Interviews and settings for tests of coaching, with the cards that ship."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from prepvault.model.about import About, Strength, Weakness
from prepvault.model.card import Library
from prepvault.model.company import Company
from prepvault.model.debrief import Asked, Debrief
from prepvault.model.dossier import Dossier, Round
from prepvault.model.interview import Interview, InterviewType, Person, Venue
from prepvault.model.posting import PostingText
from prepvault.model.settings import Settings
from prepvault.model.story import Story
from prepvault.outside.resources import read_content
from prepvault.parse.cards import parse_library
from prepvault.rules.demand import demands_of
from prepvault.rules.matching import match_stories
from prepvault.rules.posting import decode_posting
from tests.conftest import NOW

POSTING = """# Senior Backend Engineer
We keep ledgers with event sourcing. You will own payment retries, and payment retries are where it hurts.
## What you will do
- Own the payment retries service from end to end
- Mentor two engineers in PostgreSQL
## Requirements
- Five years with Python and PostgreSQL in production
- Event sourcing in anger
- You take ownership and communicate clearly with stakeholders
## Nice to have
- Kafka
"""
STORIES = (
    ("S-1", "The forgotten runbook", "ownership"),
    ("S-2", "Settlement 6 h to 9 min", "technical-depth"),
    ("S-3", "Arguing about Kafka", "conflict"),
)
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


def stories(*rows: tuple[str, str, str]) -> tuple[Story, ...]:
    """Make ready stories of ids, titles and main competencies."""
    made = rows or STORIES
    return tuple(
        Story(id=name, path=f"Stories/{title}.md", title=title, primary=tag, strength=3)
        for name, title, tag in made
    )


def phone_round(made: Interview, debrief: Debrief | None = None) -> Round:
    """Make the phone screen a week before `STARTS`, with what its debrief says."""
    before = replace(
        made,
        id="int_acme_0",
        path="Interviews/acme-phone.md",
        type=InterviewType.PHONE_SCREEN,
        starts=STARTS - timedelta(days=7),
        ends=STARTS - timedelta(days=7) + timedelta(minutes=30),
        people=(LEE,),
    )
    told = Debrief(
        asked=(Asked("How do you make a payment retry idempotent?", "gap"), Asked("Why us?", "ok")),
        doubts=("Has never been on call at this scale.",),
        pay=("95-105k EUR",),
    )
    return Round(before, told if debrief is None else debrief, is_same_loop=True)


def dossier(made: Interview, **changes: Any) -> Dossier:
    """Make a dossier in which everything is known; demands and match follow from what `changes` leave."""
    company = Company(
        name=made.company,
        path="Companies/Acme.md",
        say=("they split the ledger in March",),
        ask=("what did the split change for on-call?",),
        watch=("two layoffs in a year",),
        unknown=("whether AI tools are allowed",),
        values=("ownership",),
    )
    known = Dossier(
        posting=decode_posting(PostingText("Jobs/acme.md", POSTING), library().competencies),
        company=company,
        earlier=(phone_round(made),),
        about=About(
            strengths=(Strength("Drawing"), Strength("Seeing things through", tag="ownership")),
            weaknesses=(Weakness("estimates"),),
        ),
    )
    bank = changes.pop("stories", stories())
    known = replace(known, **changes)
    demands = demands_of(
        made, library(), posting=known.posting, company=known.company, doubts=known.open_doubts
    )
    return replace(known, demands=demands, match=match_stories(made, demands, bank, library(), told={}))
