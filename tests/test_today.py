"""The day card: seven lines at most, each for this person, doable in the time left, with a finish test."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Maker, Ran

STARTS = datetime(2026, 2, 10, 13, 0, tzinfo=UTC)
"""14:00 in Berlin, 08:00 in New York."""

MOMENTS = {
    "9 days": timedelta(days=9),
    "50 h": timedelta(hours=50),
    "26 h": timedelta(hours=26),
    "5 h": timedelta(hours=5),
    "70 min": timedelta(minutes=70),
    "8 min": timedelta(minutes=8),
    "during": -timedelta(minutes=20),
    "3 h after": -timedelta(hours=4),
    "2 days after": -timedelta(days=2, hours=1),
}
TYPES = (
    "phone_screen",
    "video_interview",
    "technical",
    "behavioral",
    "on_site",
    "panel",
    "final_round",
    "debrief",
)
RICH = """=== prepvault.toml
[vault]
timezone = "America/New_York"
=== Interviews/screen.md
---
id: int_northwind_1
job_id: northwind
company: Northwind Ledger
role: Senior Backend Engineer
interview_type: phone_screen
scheduled_at: 2026-01-22T15:00:00
timezone: Europe/Berlin
interviewer: Priya Nair (Recruiter)
status: completed
outcome: advanced
---

## Debrief

### Questions as asked

- How do you keep a payment retry from paying twice? · gap
- Why are you leaving? · strong · [[Settlement in nine minutes]]

### Doubts

- little experience leading an incident

### Pay

- 82,000 to 95,000 euros, named by Priya
=== Interviews/tech.md
---
id: int_northwind_2
job_id: northwind
company: Northwind Ledger
role: Senior Backend Engineer
interview_type: technical
scheduled_at: 2026-02-10T14:00:00
timezone: Europe/Berlin
duration_minutes: 60
interviewer: S. Chen (Staff Engineer)
recruiter: Priya Nair <priya@northwind.example>
location: https://meet.google.com/abc-defg-hij
job_description: "[[Jobs/northwind]]"
status: confirmed
---
=== Jobs/northwind.md
# Senior Backend Engineer, Northwind Ledger

We care about idempotent payments, and about idempotent retries most of all: an
API has to survive retries.

## Required

- Five years of backend work with Postgres in production
- Experience in leading incidents and writing up what was learned
- You make payment retries safe: one that comes twice pays once
=== Companies/Northwind Ledger.md
# Northwind Ledger

## 9. How they work

- Ledger: split from payments in January · engineering blog · 2026-01-28 · verified

## In one breath

- **Say**: the ledger was split from payments in January
- **Ask**: what the ledger split changed for the team on call
- **Watch**: two heads of platform left within a year
=== Stories/Settlement in nine minutes.md
---
type: story
id: S-004
title: Settlement in nine minutes
primary: technical-depth
strength: 3
scope: several teams
numbers:
  - 70 % fewer failed runs (unconfirmed)
---
## Action
I measured each step and moved the sums into the database.
## Result
It takes nine minutes.
=== Stories/The import that had to stop.md
---
type: story
title: The import that had to stop
primary: problem-solving
strength: 4
---
## Action
I stopped it and rebuilt the checks.
## Result
No record was lost.
"""


def bare(kind: str, more: str = "") -> str:
    return (
        f"=== Interviews/a.md\n---\nid: int_a_1\ncompany: Corvid Labs\nrole: Transport Planner\n"
        f"interview_type: {kind}\nscheduled_at: 2026-02-10T13:00:00\nduration_minutes: 60\n{more}---\n"
    )


def cards_of(ran: Ran) -> list[dict[str, Any]]:
    assert ran.code == 0, ran.err
    return list(json.loads(ran.out)["cards"])


def lines_at(
    root: Path, run: Callable[..., Ran], before: timedelta, which: str, *more: str
) -> list[dict[str, Any]]:
    ran = run("today", which, "--json", *more, vault=root, now=STARTS - before)
    return list(cards_of(ran)[0]["lines"])


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(
    "more",
    ["", "interviewer: Lena Fox (Head of Planning)\nlocation: https://zoom.us/j/1\n"],
    ids=["bare", "filled"],
)
def test_every_line_is_ones_own_and_can_be_finished(
    kind: str, moment: str, more: str, make_vault: Maker, run: Callable[..., Ran]
) -> None:
    ran = run("today", "corvid", "--json", vault=make_vault(bare(kind, more)), now=STARTS - MOMENTS[moment])
    (card,) = cards_of(ran)
    lines = card["lines"]
    assert isinstance(lines, list)
    assert 1 <= len(lines) <= 7
    assert sum(bool(line["values"]) for line in lines) >= len(lines) / 2
    for line in lines:
        assert line["minutes"] > 0, line
        assert line["why"], line
        assert line["done_when"], line
        assert "{" not in line["text"] + line["why"] + line["done_when"], line
        assert "None" not in line["text"] + line["why"], line
        for value in line["values"]:
            assert value in f"{line['text']} {line['why']}"


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_work_fits_into_the_time_left(moment: str, make_vault: Maker, run: Callable[..., Ran]) -> None:
    left = MOMENTS[moment]
    lines = lines_at(make_vault(RICH), run, left, "northwind_2")
    assert 1 <= len(lines) <= 7
    if left > timedelta():
        work = sum(line["minutes"] for line in lines if line["slot"] in {"now", "then"})
        assert work <= min(150, left.total_seconds() / 60)


def test_a_day_before_what_went_badly_comes_first(make_vault: Maker, run: Callable[..., Ran]) -> None:
    lines = lines_at(make_vault(RICH), run, timedelta(hours=26), "northwind_2")
    assert lines[0]["slot"] == "now"
    assert "keep a payment retry from paying twice?" in lines[0]["text"]
    assert "phone screen on 22 January" in lines[0]["why"]
    assert "the posting says “You make payment retries safe" in lines[0]["why"]
    by_slot = {line["slot"]: line for line in lines}
    assert "it starts at 14:00;" in by_slot["tonight"]["text"], "hours are those of the interview's zone"
    assert by_slot["unknown"]["text"].startswith("Ask Priya Nair what kind of technical interview it is")
    assert by_slot["unknown"]["command"] == "prepvault email format_ask int_northwind_2"
    assert sum(line["slot"] == "unknown" for line in lines) == 1


def test_more_time_brings_more_and_less_time_what_is_worth_most(
    make_vault: Maker, run: Callable[..., Ran]
) -> None:
    root = make_vault(RICH)
    short = lines_at(root, run, timedelta(hours=26), "northwind_2", "--minutes", "15")
    long = lines_at(root, run, timedelta(hours=26), "northwind_2", "--minutes", "120")
    assert "little experience leading an incident" in short[0]["text"]
    assert sum(line["minutes"] for line in short if line["slot"] in {"now", "then"}) <= 15
    assert len([line for line in long if line["slot"] in {"now", "then"}]) == 4


def test_what_is_ticked_is_not_proposed_again(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(RICH)
    assert run("coach", vault=root, now=STARTS - timedelta(days=3)).code == 0
    note = root / "Interviews/tech.md"
    text = note.read_text(encoding="utf-8")
    assert "^pv-worry" in text
    before = lines_at(root, run, timedelta(hours=26), "northwind_2")
    done = "\n".join(
        line.replace("- [ ]", "- [x]") if line.endswith("^pv-worry") else line for line in text.split("\n")
    )
    note.write_text(done, encoding="utf-8")
    after = lines_at(root, run, timedelta(hours=26), "northwind_2")
    assert any("doubt" in line["text"] for line in before)
    assert not any("doubt in one sentence" in line["text"] for line in after)


def test_who_is_ready_is_left_in_peace(make_vault: Maker, run: Callable[..., Ran]) -> None:
    text = RICH.replace("status: confirmed", "status: confirmed\npreparation_complete: true")
    lines = lines_at(make_vault(text), run, timedelta(hours=26), "northwind_2")
    assert not {"now", "then"} & {line["slot"] for line in lines}


def test_at_night_it_says_stop(make_vault: Maker, run: Callable[..., Ran]) -> None:
    text = bare("technical", "interviewer: Lena Fox\nlocation: https://zoom.us/j/1\n")
    lines = lines_at(make_vault(text), run, timedelta(hours=14), "corvid")  # 23:00 in UTC
    assert lines[0]["text"].startswith("Stop for tonight: 13:00 at Corvid Labs")
    assert "now" not in {line["slot"] for line in lines[1:]}


def test_the_last_minutes_hold_nothing_new(make_vault: Maker, run: Callable[..., Ran]) -> None:
    lines = lines_at(make_vault(RICH), run, timedelta(minutes=8), "northwind_2")
    assert lines[0]["text"] == "Log in to Google Meet for S. Chen"
    assert lines[0]["command"] == "https://meet.google.com/abc-defg-hij"
    assert sum(line["minutes"] for line in lines) <= 12
    assert not any(line["slot"] == "unknown" for line in lines)


def test_a_missing_place_is_asked_for_first_and_alone(make_vault: Maker, run: Callable[..., Ran]) -> None:
    lines = lines_at(make_vault(bare("technical")), run, timedelta(hours=5), "corvid")
    assert lines[0]["slot"] == "unknown"
    assert lines[0]["text"].startswith("Where it happens: ask Corvid Labs")
    assert sum(line["slot"] == "unknown" for line in lines) == 1


def test_during_it_names_who_and_until_when(make_vault: Maker, run: Callable[..., Ran]) -> None:
    lines = lines_at(make_vault(RICH), run, -timedelta(minutes=20), "northwind_2")
    assert lines[0]["text"].startswith("S. Chen (Staff Engineer), until 15:00; before the end ask")
    assert len(lines) == 3


def test_afterwards_capture_then_thanks_then_promises(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(RICH)
    after = STARTS + timedelta(hours=4)
    owed = json.loads(run("today", "--json", vault=root, now=after).out)["owed"]
    assert [line["command"] for line in owed] == [
        "prepvault debrief int_northwind_2",
        "prepvault email thank_you int_northwind_2",
    ]
    said = ("--asked", "What broke? · gap", "--asked", "Why? · strong", "--me", "send the diagram by thu")
    assert run("debrief", "northwind_2", *said, vault=root, now=after).code == 0
    owed = json.loads(run("today", "--json", vault=root, now=after + timedelta(days=2)).out)["owed"]
    texts = [line["text"] for line in owed]
    assert texts[0] == "Keep what you promised Northwind Ledger: “send the diagram”"
    assert "due today" in owed[0]["why"]
    assert any(text.startswith("Thank S. Chen of Northwind Ledger") and "“Why?”" in text for text in texts)
    assert any("“What broke?” once more" in text for text in texts)


def test_thanks_are_not_asked_for_twice_nor_where_not_customary(
    make_vault: Maker, run: Callable[..., Ran]
) -> None:
    after = STARTS + timedelta(hours=4)
    for text in (
        RICH.replace(
            "status: confirmed", 'status: completed\nreminders_sent: ["thanks mail 2026-02-10T16:00:00Z"]'
        ),
        RICH.replace("status: confirmed", "status: completed\noutcome: no_show"),
    ):
        root = make_vault(text)
        owed = json.loads(run("today", "--json", vault=root, now=after).out)["owed"]
        assert not any("thank_you int_northwind_2" in line["command"] for line in owed)


def test_silence_becomes_a_question_once_its_day_has_come(make_vault: Maker, run: Callable[..., Ran]) -> None:
    text = RICH.replace("status: confirmed", "status: completed\noutcome: pending\nreply_by: 2026-02-17")
    root = make_vault(text)
    early = json.loads(run("today", "--json", vault=root, now=datetime(2026, 2, 17, 20, tzinfo=UTC)).out)[
        "owed"
    ]
    late = json.loads(run("today", "--json", vault=root, now=datetime(2026, 2, 18, 20, tzinfo=UTC)).out)[
        "owed"
    ]
    assert not any("follow_up" in line["command"] for line in early)
    assert [line["text"] for line in late if "follow_up" in line["command"]] == [
        "Ask Priya Nair where Senior Backend Engineer stands"
    ]


def test_an_advance_without_a_next_round_is_noticed(make_vault: Maker, run: Callable[..., Ran]) -> None:
    text = RICH.replace("status: confirmed", "status: completed\noutcome: advanced")
    owed = json.loads(run("today", "--json", vault=make_vault(text), now=STARTS + timedelta(days=5)).out)[
        "owed"
    ]
    assert any("what comes next for Senior Backend Engineer" in line["text"] for line in owed)


def test_two_interviews_share_few_lines(make_vault: Maker, run: Callable[..., Ran]) -> None:
    other = RICH.partition("=== Interviews/tech.md")[0].partition("=== Interviews/screen.md")[0]
    one = lines_at(make_vault(RICH), run, timedelta(hours=26), "northwind_2")
    two = lines_at(
        make_vault(other + bare("technical", "interviewer: Lena Fox (CTO)\nlocation: https://zoom.us/j/1\n")),
        run,
        timedelta(hours=26),
        "corvid",
    )
    shared = {line["text"] for line in one} & {line["text"] for line in two}
    assert len(shared) <= 0.6 * min(len(one), len(two))


def test_the_next_one_is_told_in_full_and_others_in_brief(make_vault: Maker, run: Callable[..., Ran]) -> None:
    text = RICH + bare("phone_screen").replace("2026-02-10T13", "2026-02-10T20")
    ran = run("today", "--json", vault=make_vault(text), now=STARTS - timedelta(hours=26))
    cards = cards_of(ran)
    assert [len(card["lines"]) for card in cards][1] <= 3
    assert len(cards) == 2


def test_nothing_ahead_says_so(make_vault: Maker, run: Callable[..., Ran]) -> None:
    ran = run("today", vault=make_vault("=== Interviews/none.txt\n"))
    assert ran.code == 0
    assert not ran.out
    assert "nothing is ahead" in ran.err


@pytest.mark.parametrize("moment", MOMENTS)
def test_text_fits_a_terminal_and_is_the_same_twice(
    moment: str, make_vault: Maker, run: Callable[..., Ran]
) -> None:
    root = make_vault(RICH)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    one = run("today", vault=root, now=STARTS - MOMENTS[moment])
    two = run("today", vault=root, now=STARTS - MOMENTS[moment])
    assert one.out == two.out
    assert max(map(len, one.out.splitlines())) <= 80
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_hostile_names_reach_no_terminal_raw(make_vault: Maker, run: Callable[..., Ran]) -> None:
    text = bare("technical", 'interviewer: "Eve \\e[31m\\u202e; rm -rf (CTO)"\n')
    ran = run("today", vault=make_vault(text), now=STARTS - timedelta(hours=26))
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
