"""Nothing private gets out: secrets stand in every place that notes have, and every file is searched."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from prepvault.jobs.build import build
from prepvault.jobs.context import open_context
from prepvault.jobs.load import load
from prepvault.model.settings import Settings
from prepvault.rules.incognito import redact
from prepvault.rules.published import published
from tests.conftest import NOW, Maker

PLAIN = """=== Interviews/Shown.md
---
id: int_shown
company: Plainfirm
role: Backend Engineer
interview_type: technical
scheduled_at: 2026-02-13T10:00:00
---
=== prepvault.toml
[vault]
timezone = "Europe/Berlin"
name = "qxvaultname"
people = "qxpeoplefolder"
[site]
title = "qxtitle"
[feed]
name = "qxfeedname"
[reminders]
machine = "qxmachine"
[profile]
name = "qxname"
email = "qxmail@qx.example"
role = "qxownrole"
goal = "qxgoal"
achievements = ["qxachieved 40 %"]
"""

INTERVIEW = """=== Interviews/qxnote {n}.md
---
id: int_qxid_{n}
job_id: qxjob
company: Qxfirm
role: Senior Backend Engineer, qxrole
interview_type: technical
interview_format: qxformat
scheduled_at: 2026-02-{day}T14:00:00
timezone: Europe/Berlin
interviewer:
  - Qxperson Doe (Qxtitle) <qxperson@qx.example>
recruiter: Qxrecruiter Lee <qxrecruiter@qx.example>
referrer: Qxreferrer Kim <qxreferrer@qx.example>
location: "Zoom: https://zoom.us/j/qxroom"
adjustments: [qxadjustment]
invite_uid: qxinvite
mails_sent: ["thank_you qxsent@qx.example 2026-02-01T18:00:00+01:00"]
reminders_sent: ["24h email 2026-02-01T14:00:00+01:00 qxreminder"]
rescheduled_from: [2026-02-01T14:00:00]
job_description: "[[qxposting]]"
status: {status}
feedback: qxfeedback
notes: qxremark
deadline: 2026-02-20
sessions: ["14:00-14:30 Qxpart (Qxguest Roe)"]
{private}---
## Notes

qxbody

## Debrief

- asked: qxquestion about caches [gap] [[qxstory]]
- qxquestion two (strong)
### Questions
- qxquestion three — gap — [[qxstory]]
### Promises
- me: send the qxpromise by 2026-02-14
- them: answer with qxtheirs by 2026-02-16
### Doubts
- qxdoubt about scale
Doubts: qxdoubtful
### Learned
- qxlearned
### Pay
- qxpay 90k
Change: qxchange
Scores: answer 3, structure 2, evidence 3, my part 4, learning 2
"""

OTHERS = """=== Companies/Qxfirm.md
---
type: company
aliases: [qxalias]
website: https://qxsite.example
values: [ownership, qxvalue]
norms: consensus
{private}---
## 1. Company overview
- What they do: qxfact · qxsource · 2025-01-02 · verified
- Customers: qxcustomer · qxsource2 · 03/04/2026 · verified
- qxclaim: all of it · verified
So what: qxsowhat
## 3. Culture & team
qxprose and #qxtag
## In one breath
- **Say**: qxsay
- **Ask**: qxask
- **Watch**: qxwatch
- **Unknown**: qxunknown
=== Jobs/qxposting.md
---
company: Qxfirm
{private}---
## Requirements
- Qxmust and ownership of qxword services, and more qxword services
## Nice to have
- Qxnice
## Duties
- Own the qxduty
- Support the qxsupport
=== Jobs/qxjob.md
---
{private}---
qxjobnote
=== Stories/qxstory.md
---
type: story
title: qxstorytitle
primary: ownership
secondary: [qxcompetency, failure]
reframes: [qxreframe]
strength: 3
scope: qxscope
when: qxwhen 2025
domain: qxdomain
role_at_time: qxoldrole
numbers: ["9 min, was 6 h, qxnumber (cv)"]
used: ["int_qxid_1 2026-02-03 yes", "qxother 2026-02-04 no", "[[qxnote 1]]"]
{private}---
## Headline
qxheadline
## Situation
qxsituation
## Action
I qxacted.
## Result
qxresult by 40 %
=== About me.md
---
{private}---
## Strengths
- qxstrength: [[qxstory]], qximpact
- **qxstrong** — shown in [[qxstory]]
## Weaknesses
- qxweakness: qxhabit
## Why are you leaving?
qxanswer
## Tell me about yourself
qxpitch
"""

HIDDEN = "publish: false\n"


def planted(*, private: str, hide: str = "") -> str:
    """The vault's text; `private` goes into the heads of all planted notes, or of those that `hide` names."""
    first = INTERVIEW.format(n=1, day="03", status="completed", private=private)
    second = INTERVIEW.format(n=2, day="12", status="confirmed", private=private)
    text = PLAIN + first + second + OTHERS.format(private=private)
    if not hide:
        return text
    parts = re.split(r"(?m)^(?==== )", text)
    return "".join(part if part.startswith(f"=== {hide}") else part.replace(HIDDEN, "") for part in parts)


def files_of(root: Path, *, incognito: bool) -> dict[str, str]:
    """Build, and read every file as text, folded calendar lines unfolded."""
    build(open_context(str(root), now=NOW.isoformat()), incognito=incognito)
    site = root / "site"
    files = (path for path in site.rglob("*") if path.is_file())
    return {
        path.relative_to(site).as_posix(): re.sub(r"\r\n[ \t]", "", path.read_bytes().decode("utf-8"))
        for path in files
    }


def found(files: dict[str, str], *, but: tuple[str, ...] = ()) -> list[str]:
    """Every planted word in names and texts of files, with the file."""
    return sorted(
        {
            f"{word} in {name}"
            for name, text in files.items()
            for word in re.findall(r"qx[a-z]*", f"{name}\n{text}".casefold())
            if word not in but
        }
    )


SETTINGS = (
    "qxvaultname",
    "qxtitle",
    "qxfeedname",
    "qxname",
    "qxmail",
    "qx",
    "qxownrole",
    "qxgoal",
    "qxachieved",
)


def test_the_seed_is_good(make_vault: Maker) -> None:
    """What is planted is read, else the tests below would prove nothing."""
    vault = load(open_context(str(make_vault(planted(private=""))), now=NOW.isoformat()))
    text = repr(
        (vault.interviews, vault.companies, vault.stories, vault.postings, vault.debriefs, vault.about)
    )
    read = set(re.findall(r"qx[a-z]*", text.casefold()))
    assert read >= {
        *("qxformat", "qxperson", "qxrecruiter", "qxreferrer", "qxadjustment", "qxsent", "qxroom"),
        *(
            "qxfact",
            "qxsource",
            "qxsowhat",
            "qxprose",
            "qxsay",
            "qxask",
            "qxwatch",
            "qxunknown",
            "qxvalue",
            "qxtag",
        ),
        *("qxmust", "qxnice", "qxduty", "qxscope", "qxdomain", "qxnumber", "qxheadline"),
        *("qxquestion", "qxpromise", "qxdoubt", "qxlearned", "qxpay", "qxchange"),
        *("qxstrength", "qxweakness"),
    }


def test_incognito_shows_none_of_it(make_vault: Maker) -> None:
    files = files_of(make_vault(planted(private="")), incognito=True)
    assert len(files) > 20
    assert found(files) == []


def test_incognito_holds_none_of_it(make_vault: Maker) -> None:
    vault = load(open_context(str(make_vault(planted(private=""))), now=NOW.isoformat()))
    assert re.findall(r"qx[a-z]*", repr(redact(vault)).casefold()) == []


@pytest.mark.parametrize("incognito", [False, True])
def test_what_is_not_to_be_published_is_nowhere(make_vault: Maker, *, incognito: bool) -> None:
    files = files_of(make_vault(planted(private=HIDDEN)), incognito=incognito)
    assert found(files, but=SETTINGS) == []
    assert "Company A" in files["index.html"] if incognito else "Plainfirm" in files["index.html"]


def test_what_is_not_to_be_published_is_not_even_held(make_vault: Maker) -> None:
    """Only the name of a company stays, so that other interviews are not taken for interviews there."""
    vault = published(load(open_context(str(make_vault(planted(private=HIDDEN))), now=NOW.isoformat())))
    names = tuple(replace(each, name="", aliases=(), path="") for each in vault.companies)
    text = repr(replace(vault, companies=names, settings=Settings(), name="", names=()))
    assert re.findall(r"qx[a-z]*", text.casefold()) == []


def test_a_plain_build_shows_them(make_vault: Maker) -> None:
    """Else the tests around this one would prove nothing."""
    text = "\n".join(files_of(make_vault(planted(private="")), incognito=False).values()).casefold()
    shown = set(re.findall(r"qx[a-z]*", text))
    assert shown >= {
        "qxperson",
        "qxquestion",
        "qxword",
        "qxfact",
        "qxsay",
        "qxstorytitle",
        "qxheadline",
        "qxother",
    }


def shown_without(make_vault: Maker, hide: str, words: str) -> set[str]:
    """Which of these words a plain build shows when only the notes under this path are private."""
    files = files_of(make_vault(planted(private=HIDDEN, hide=hide)), incognito=False)
    text = "\n".join(f"{name}\n{text}" for name, text in files.items()).casefold()
    return {f"qx{word}" for word in words.split()} & set(re.findall(r"qx[a-z]*", text))


def test_a_private_interview_takes_everything_about_it_along(make_vault: Maker) -> None:
    facts = (
        "note id person recruiter referrer adjustment sent room part guest format feedback remark reminder"
    )
    told = "question promise theirs doubt doubtful learned pay change posting duty must word nice support"
    assert shown_without(make_vault, "Interviews/", f"{facts} {told}") == set()


def test_a_private_posting_is_not_quoted(make_vault: Maker) -> None:
    words = "must nice duty support word jobnote"
    assert shown_without(make_vault, "Jobs/", f"{words} person") == {"qxperson"}


def test_private_research_is_not_quoted(make_vault: Maker) -> None:
    words = "fact source customer claim sowhat prose tag say ask watch unknown value site alias"
    assert shown_without(make_vault, "Companies/", f"{words} person") == {"qxperson"}


def test_a_private_note_about_oneself_is_not_quoted(make_vault: Maker) -> None:
    words = "strength impact strong weakness habit answer pitch"
    assert shown_without(make_vault, "About me", f"{words} person") == {"qxperson"}


def test_a_private_story_is_not_told(make_vault: Maker) -> None:
    words = (
        "storytitle competency reframe scope when domain oldrole number headline situation acted result other"
    )
    assert shown_without(make_vault, "Stories/", f"{words} person") == {"qxperson"}


def test_nothing_is_lost_when_nothing_is_private(make_vault: Maker) -> None:
    vault = load(open_context(str(make_vault(planted(private=""))), now=NOW.isoformat()))
    assert published(vault) == vault
