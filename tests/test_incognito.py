"""Incognito: nothing that names anyone is left, and the code names are stable."""

import dataclasses
from datetime import date

from prepvault.model.about import About
from prepvault.model.company import Company
from prepvault.model.debrief import Debrief
from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.interview import Person, Session, Venue
from prepvault.model.note import Head, Note
from prepvault.model.posting import PostingText
from prepvault.model.settings import SETTINGS, Settings, SettingValue
from prepvault.model.story import Story, StoryUse
from prepvault.model.vault import Unread, Vault
from prepvault.rules.incognito import code_names, letters, redact
from tests.conftest import NOW
from tests.dashboard import interview

SECRETS = ("Secretcorp", "Dana", "Roe", "Kuiper", "zoom.us", "Wizard", "Broadway", "salary", "robin@")


def secret_vault() -> Vault:
    one = interview(
        "int_Secretcorp_1",
        company="Secretcorp",
        role="Kuiper Wizard",
        job_id="Secretcorp-1",
        people=(Person("Dana Roe", "Wizard", "People/Dana"),),
        venue=Venue("Zoom https://zoom.us/j/1", "video", "Zoom", "https://zoom.us/j/1"),
        notes="salary",
        feedback="salary",
        role_family="Secretcorp family",
        reminders_sent=("24h robin@x.example",),
        rescheduled_from=("Dana asked",),
        job_description="[[Secretcorp posting]]",
        reply_by=date(2026, 2, 20),
    )
    part = Session("Walk down Broadway", one.starts, one.ends, (Person("Roe Two"),))
    two = dataclasses.replace(interview("int_2", 50, company="SECRETCORP"), sessions=(part,))
    values = dict(Settings().values) | {
        "profile.name": "Dana",
        "site.title": "Secretcorp hunt",
        "vault.name": "Dana",
    }
    note = Note("Interviews/int_Secretcorp_1.md", b"salary Secretcorp", NOW)
    return Vault(
        name="Dana's vault",
        settings=Settings(values=values, renamed={"company": "Secretcorp"}),
        interviews=(one, two),
        unread=(Unread("Interviews/Secretcorp broken.md", "Secretcorp broken"),),
        stories=(
            Story(
                id="s",
                path="Stories/Kuiper.md",
                title="Kuiper",
                primary="ownership",
                secondary=("Secretcorp-values",),
                numbers=("salary 1",),
                used=("int_2", "Secretcorp call"),
                parts=(("situation", "Dana"),),
            ),
        ),
        companies=(Company(name="Secretcorp", path="Companies/Secretcorp.md", website="https://zoom.us"),),
        notes={note.path: note},
        heads={note.path: Head()},
        names=("Interviews/int_Secretcorp_1.md",),
        findings=(
            Finding(
                "date/unreadable",
                Severity.ERROR,
                Place("Interviews/Secretcorp broken.md", 3),
                "found `Dana`",
                "ask Dana",
                "Dana",
            ),
            Finding("x/y", Severity.INFO, Place("People/Dana Roe.md"), "Dana"),
        ),
    )


def test_no_secret_is_left_anywhere() -> None:
    text = repr(redact(secret_vault()))
    assert [secret for secret in SECRETS if secret.lower() in text.lower()] == []


def test_what_is_needed_stays() -> None:
    hidden = redact(secret_vault(), {"int_Secretcorp_1": ("backend", "Backend engineering")})
    one, two = hidden.interviews
    assert (one.company, two.company) == ("Company A", "Company A")
    assert (one.role, one.role_family) == ("Backend engineering", "backend")
    assert two.role == "Role B"
    assert (one.id, two.id) == ("interview-01", "interview-02")
    assert one.people == (Person("Person A"),)
    assert two.sessions[0].people == (Person("Person B"),)
    assert one.venue == Venue("Video call", "video")
    assert one.starts == secret_vault().interviews[0].starts
    assert hidden.stories[0].primary == "ownership"
    assert hidden.stories[0].used == ("interview-02",)
    assert {each.code for each in hidden.findings} == {"date/unreadable", "x/y"}
    assert hidden.unread[0].path == hidden.findings[0].place.path


def test_code_names_follow_the_order_and_spellings_share_one() -> None:
    assert code_names("Company", ["Zeta", "acme", "ZETA ", "", "Beta"]) == {
        "zeta": "Company A",
        "acme": "Company B",
        "beta": "Company C",
    }
    assert [letters(number) for number in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_of_new_notes_only_what_names_nobody_stays() -> None:
    vault = secret_vault()
    one = vault.interviews[0]
    told = (
        StoryUse(interview="int_2", day=date(2026, 2, 1), landed="yes"),
        StoryUse(interview="Secretcorp call", landed="no"),
        StoryUse(interview="int_Secretcorp_1", landed="Dana nodded"),
    )
    story = dataclasses.replace(
        vault.stories[0], uses=told, scope="team", reframes=("failure", "Kuiper"), domain="Secretcorp"
    )
    company = dataclasses.replace(vault.companies[0], values=("customer", "wizardry"), say=("Dana",))
    debrief = Debrief(scores={"answer": 3, "Dana": 4}, doubts=("Dana doubts",), pay=("salary",))
    hidden = redact(
        dataclasses.replace(
            vault,
            stories=(
                story,
                dataclasses.replace(story, id="t", path="Stories/t.md", scope="all of Secretcorp"),
            ),
            companies=(company,),
            debriefs={one.path: debrief, "Interviews/gone.md": debrief},
            postings={one.path: PostingText("Jobs/Secretcorp.md", "salary")},
            about=About(path="About me.md", answers={"why": "salary"}),
        )
    )
    assert [secret for secret in SECRETS if secret.lower() in repr(hidden).lower()] == []
    assert hidden.stories[0].uses == (
        StoryUse(interview="interview-02", day=date(2026, 2, 1), landed="yes"),
        StoryUse(interview="interview-01"),
    )
    assert [each.scope for each in hidden.stories] == ["team", ""]
    assert hidden.stories[0].reframes == ("failure",)
    assert hidden.companies[0].values == ("customer",)
    assert dict(hidden.debriefs) == {hidden.interviews[0].path: Debrief(scores={"answer": 3})}
    assert (dict(hidden.postings), hidden.about) == ({}, About())


def test_every_text_that_a_person_set_goes_back_to_its_default() -> None:
    """So that a new setting is hidden until somebody thought about it."""
    changed = {
        each.key: "Dana" if isinstance(each.default, str) else ("Dana",)
        for each in SETTINGS
        if not isinstance(each.default, int)
        and not each.choices
        and each.form not in {"zone", "lead", "leads"}
    }
    assert len(changed) > 20
    vault = dataclasses.replace(secret_vault(), settings=Settings(values={**Settings().values, **changed}))
    hidden = redact(vault).settings
    assert dict(hidden.values) == dict(Settings().values)
    kept: dict[str, SettingValue] = {
        "vault.timezone": "Europe/Berlin",
        "feed.past_days": 3,
        "coaching.enabled": False,
    }
    vault = dataclasses.replace(vault, settings=Settings(values={**Settings().values, **kept}))
    assert {key: redact(vault).settings.values[key] for key in kept} == kept
