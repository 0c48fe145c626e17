"""Coaching that knows its interview: what is written for one would be wrong for another."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from prepvault.jobs.coach import coach
from prepvault.jobs.context import open_context
from prepvault.jobs.load import load
from prepvault.parse.sections import find_sections
from tests.conftest import NOW, Maker

VAULT = """=== prepvault.toml
[vault]
timezone = "America/New_York"
id = "specific"
=== Interviews/phone.md
---
id: int_northwind_1
job_id: northwind
company: Northwind Ledger
role: Senior Backend Engineer
interview_type: phone_screen
scheduled_at: 2026-02-02T15:00:00
timezone: Europe/Berlin
interviewer: Sam Lee (Recruiter)
status: completed
outcome: advanced
---
## Debrief

### Asked
- How do you make payment retries safe? · gap

### Doubts
- Unsure about influence across teams

### Pay
- 85,000 to 95,000 euros
=== Interviews/northwind.md
---
id: int_northwind_2
job_id: northwind
company: Northwind Ledger
role: Senior Backend Engineer
interview_type: technical
scheduled_at: 2026-02-17T14:00:00
timezone: Europe/Berlin
duration_minutes: 75
interviewer:
  - S. Chen (Staff Engineer)
  - Mara Vogel (Engineering Manager)
recruiter: Sam Lee
location: https://zoom.us/j/99900011122
status: confirmed
job_description: "[[Northwind posting]]"
created_at: 2026-02-03T10:00:00
---
=== Interviews/heron.md
---
id: int_heron_1
company: Heron Maps
role: Frontend Engineer
interview_type: technical
scheduled_at: 2026-02-18T11:00:00
timezone: America/New_York
interviewer: Ada Stone (Engineering Manager)
location: https://meet.google.com/abc-defg-hij
status: scheduled
created_at: 2026-02-05T10:00:00
---
=== Interviews/otter.md
---
id: int_otter_1
company: Otter Travel
role: Product Manager
interview_type: panel
scheduled_at: 2026-02-19T09:00:00
timezone: America/New_York
location: 12 Canal St, Boston
status: scheduled
created_at: 2026-02-05T10:00:00
---
=== Jobs/Northwind posting.md
# Senior Backend Engineer

You will own the settlement service from idea to production.

## Requirements
- Five years of backend services in Python
- Payment retries and exactly-once effects; payment retries are where it hurts
- Clear written communication
=== Companies/Northwind Ledger.md
---
type: company
name: Northwind Ledger
website: https://northwind.example
---
## In one breath

- **Say**: the ledger split of last autumn
- **Ask**: what did the split change for on-call?
- **Watch**: two senior people left
- **Unknown**: whether AI tools are allowed
=== Stories/Nine minutes.md
---
type: story
id: S-004
title: Settlement from six hours to nine minutes
primary: technical-depth
secondary: [ownership]
strength: 3
scope: team
---
## Situation
The nightly settlement took six hours.
## Task
I owned the batch.
## Action
I measured first, then rewrote one update.
## Result
It takes nine minutes since 2024.
"""
BARE = """=== Interviews/{name}.md
---
id: int_{name}_1
company: {company}
role: {role}
interview_type: {type}
scheduled_at: 2026-02-{day}T10:00:00
status: scheduled
created_at: 2026-02-01T10:00:00
---
"""
PAIRS = {
    "technical": ("Backend Engineer", "Frontend Engineer"),
    "phone_screen": ("Nurse", "Product Manager"),
    "on_site": ("Data Engineer", "Product Manager"),
    "panel": ("Designer", "Site Reliability Engineer"),
    "final_round": ("Accountant", "Teacher"),
}
OF_ITS_OWN = (
    "Northwind", "Senior Backend Engineer", "Chen", "Mara", "Sam", "ayment retries", "ettlement", "influence",
    "85,000", "ledger split", "on-call", "senior people", "AI tools", "Nine minutes", "Zoom", "zoom", "14:00",
    "13:55", "12:45", "75", "17 Feb", "posting asks", "Five years", "phone screen on",
)  # fmt: skip
"""Texts that stand in the notes about Northwind, or are worked out from them, and in no other note."""

Sections = dict[str, list[str]]


def coached(root: Path) -> dict[str, Sections]:
    """Coach a vault and give each open interview's sections, as their lines that say something."""
    context = open_context(str(root), now=NOW.isoformat())
    coach(context, load(context))
    found: dict[str, Sections] = {}
    for interview in load(context).interviews:
        data = (root / interview.path).read_bytes()
        for section in find_sections(data)[0]:
            text = data[section.inner_start : section.inner_end].decode()
            lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
            found.setdefault(interview.id, {})[section.name] = lines
    return found


def all_lines(sections: Sections) -> list[str]:
    """Every line of an interview's sections."""
    return [line for lines in sections.values() for line in lines]


def difference(one: Sections, other: Sections) -> float:
    """The share of lines that two interviews do not share."""
    first, second = all_lines(one), all_lines(other)
    return 1 - len(set(first) & set(second)) / max(len(first), len(second))


def share_of_its_own(lines: list[str]) -> float:
    """The share of lines that name something of this interview alone."""
    return sum(any(text in line for text in OF_ITS_OWN) for line in lines) / len(lines)


@pytest.fixture
def sections(make_vault: Maker) -> dict[str, Sections]:
    return coached(make_vault(VAULT))


def test_two_interviews_share_less_than_a_third_of_their_lines(sections: dict[str, Sections]) -> None:
    assert len(sections) == 3
    for one, other in combinations(sections.values(), 2):
        assert difference(one, other) >= 0.66


@pytest.mark.parametrize("kind", PAIRS)
def test_even_bare_notes_of_one_type_differ_in_two_fifths(make_vault: Maker, kind: str) -> None:
    one, other = PAIRS[kind]
    text = BARE.format(name="one", company="Acme", role=one, type=kind, day=18)
    text += BARE.format(name="other", company="Beta", role=other, type=kind, day=20)
    first, second = coached(make_vault(text)).values()
    assert difference(first, second) >= 0.4


def test_half_of_what_is_to_be_done_names_something_of_this_interview(sections: dict[str, Sections]) -> None:
    mine = sections["int_northwind_2"]
    assert share_of_its_own(mine["brief"]) >= 0.6
    assert share_of_its_own(mine["checklist"]) >= 0.6
    assert share_of_its_own(sections["int_heron_1"]["brief"]) <= 0.2, "the words are of Northwind alone"


def test_with_company_and_role_swapped_the_coaching_is_wrong(sections: dict[str, Sections]) -> None:
    """What stays right for anybody is allowed in tips, and in the words of a question's hint."""
    mine, theirs = sections["int_northwind_2"], sections["int_heron_1"]
    shared = set(mine["brief"]) & set(theirs["brief"])
    own = [line for line in shared if "technical interviews ask for it" not in line]
    common = ("**Across", "    - Weighs", "    - Speak", "- **Kind:**")
    assert all(line.startswith(common) for line in own), own
    same = set(mine["checklist"]) & set(theirs["checklist"])
    assert len(same) <= len(mine["checklist"]) / 5


def test_nothing_is_left_unresolved(sections: dict[str, Sections]) -> None:
    unresolved = re.compile(
        r"\{\{|\}\}|\[\s*\](?! )|\bNone\b|\bTODO\b|\bXX+\b|  \S|\(\)|“”|``|\s[,.;:](?:\s|$)"
    )
    for each in sections.values():
        for line in all_lines(each):
            assert not unresolved.search(line.lstrip().removeprefix("- [ ] ")), line


def test_no_name_of_one_company_stands_in_the_coaching_of_another(sections: dict[str, Sections]) -> None:
    names = {"int_northwind_2": "Northwind", "int_heron_1": "Heron", "int_otter_1": "Otter"}
    for key, each in sections.items():
        others = [name for other, name in names.items() if other != key]
        assert not [line for line in all_lines(each) if any(name in line for name in others)]


def test_sections_are_short_enough_to_be_read(sections: dict[str, Sections]) -> None:
    for each in sections.values():
        assert len(each["brief"]) <= 40
        assert len(each["stories"]) <= 40
        assert len(each["strengths"]) <= 20
        assert max(len(line.split()) for line in each["brief"]) <= 100


def test_a_new_fact_changes_only_the_interviews_that_it_is_about(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    before = coached(root)
    note = root / "Interviews" / "phone.md"
    note.write_text(note.read_text().replace("85,000 to 95,000", "86,000 to 96,000"))
    after = coached(root)
    assert {key for key in before if before[key] != after[key]} == {"int_northwind_2"}
    assert "- **Pay said:** 86,000 to 96,000 euros" in after["int_northwind_2"]["brief"]
