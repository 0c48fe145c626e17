"""What the tests of the dashboard share: interviews by hand, a varied vault, a reader of pages."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.model.zones import zone_of
from tests.conftest import NOW


def interview(id: str = "int_a_1", hours: float = 24, **more: Any) -> Interview:  # noqa: A002
    """An interview that starts so many hours after NOW."""
    zone = more.pop("zone", "UTC")
    starts = (NOW + timedelta(hours=hours)).astimezone(zone_of(zone))
    facts: dict[str, Any] = {
        "id": id,
        "path": f"Interviews/{id}.md",
        "company": "Acme",
        "role": "Engineer",
        "type": InterviewType.TECHNICAL,
        "starts": starts,
        "ends": starts + timedelta(minutes=more.pop("minutes", 60)),
        "zone": zone,
        "modified": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return Interview(**(facts | more))


def decided(id: str, outcome: Outcome, hours: float = -240, **more: Any) -> Interview:  # noqa: A002
    """A completed interview with an outcome."""
    return interview(id, hours, status=Status.COMPLETED, outcome=outcome, **more)


VAULT = """
=== prepvault.toml
[vault]
timezone = "Europe/Berlin"
name = "Search & find"
[profile]
name = "Robin Doe"
email = "robin@example.com"
achievements = ["Cut costs by 40 %"]
=== Interviews/Acme technical.md
---
id: int_acme_2
job_id: acme_backend
company: Acme Robotics
role: Backend Engineer
interview_type: technical
scheduled_at: 2026-02-10T14:00:00
timezone: America/New_York
duration_minutes: 60
interviewer:
  - Dana Roe (Staff Engineer)
  - "[[Sam Poe]]"
location: https://meet.example.com/abc-def
status: confirmed
round: 2
created_at: 2026-02-01T10:00:00
reply_by: 2026-02-17
---
## My notes

They use **Python**. See [[Acme Robotics]], [[The outage]] and [[Elsewhere]].

- [ ] Ask about on-call
- [x] Read the blog

| a | b |
|:-:|--:|
| 1 | 2 |
=== Interviews/Acme screen.md
---
id: int_acme_1
job_id: acme_backend
company: Acme Robotics
role: Backend Engineer
interview_type: phone_screen
scheduled_at: 2026-02-02T09:00:00
interviewer: Kim Lee (Recruiter)
location: +49 30 901820
status: completed
outcome: advanced
feedback: Warm call.
---
=== Interviews/Überfirma Berlin.md
---
id: INT Über/firma ?
company: "Überfirma & Söhne <GmbH>"
role: "Data \\"Wizard\\" Engineer"
interview_type: on_site
scheduled_at: 2026-02-19
location: Karl-Marx-Allee 1, Berlin
sessions:
  - 10:00-11:00 System design (Ada Noll)
  - 11:15-12:00 Lunch
status: scheduled
---
=== Interviews/Forgotten.md
---
id: int_forgotten
company: Lumen
role: Analyst
interview_type: video_interview
scheduled_at: 2026-02-06T10:00:00
status: scheduled
---
=== Interviews/Rejected.md
---
id: int_rejected
company: Nope Inc
role: Analyst
interview_type: behavioral
scheduled_at: 2026-01-20T10:00:00
status: completed
outcome: rejected
---
=== Interviews/Cancelled.md
---
id: int_cancelled
company: Nope Inc
role: Analyst
interview_type: panel
scheduled_at: 2026-01-25T10:00:00
status: cancelled
---
=== Interviews/Unpublished.md
---
id: int_private_9
company: Sekretariat
role: Quiet Role
interview_type: final_round
scheduled_at: 2026-02-12T10:00:00
publish: false
---
Nobody may know about Sekretariat.
=== Interviews/Broken.md
---
id: int_broken
company: Brittle
role: Tester
interview_type: technical
scheduled_at: next tuesday 2ish
---
=== Interviews/Odd type.md
---
id: int_odd
company: Oddity
role: Tester
interview_type: coffee_chat
scheduled_at: 2026-02-13T15:00:00
---
=== Companies/Acme Robotics.md
---
name: Acme Robotics
aliases: [Acme]
website: https://acme.example
---
# Overview

They build arms. #robots
=== Stories/The outage.md
---
type: story
title: The outage
primary: ownership
secondary: [failure, communication]
strength: 3
numbers: ["40 minutes to 5"]
used: [int_acme_1]
---
## Situation

Everything was down.

## Result

Down from 40 minutes to 5.
"""

DEBRIEF = """=== Interviews/Acme screen.md
---
id: int_acme_1
job_id: acme_backend
company: Acme Robotics
role: Backend Engineer
interview_type: phone_screen
scheduled_at: 2026-02-02T09:00:00
interviewer: Kim Lee (Recruiter)
status: completed
outcome: advanced
---
## Notes

## Debrief

### Questions as asked
- Why leave? · gap · [[The outage]]

### Scores, 1 to 4
3 2 4 3 2

### Promises
- me: send the plan by 2026-02-05
- them: an answer by 2026-02-12

### Doubts
- depth in robots

### Learned

_What you know about them now and did not before_

### Pay
- 90k, said Kim
"""
"""The varied vault's first interview once more, with a debrief."""


@dataclass
class Page(HTMLParser):
    """One parsed page: its tags in order, ids, links, texts by tag."""

    text: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)
        self.words: list[str] = []
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def shown(self) -> str:
        """The text of the page, white space aside."""
        return " ".join("".join(self.words).split())

    def values(self, name: str) -> list[str]:
        """Every value of an attribute, in order."""
        return [
            value or "" for _, attributes in self.tags for key, value in attributes.items() if key == name
        ]


def build_site(folder: Path, vault: str = VAULT, **how: Any) -> Path:
    """Write a vault into a folder and build it at NOW, away from the user's own settings; its site's path."""
    from prepvault.jobs.build import build
    from prepvault.jobs.context import open_context

    root = folder / "vault"
    for part in ("\n" + vault).split("\n=== ")[1:]:
        name, _, content = part.partition("\n")
        path = root / name.strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CONFIG_HOME", "PREPVAULT_STATE_DIR"):
            patch.setenv(name, str(folder / "home"))
        build(open_context(str(root), now=NOW.isoformat()), **how)
    return root / "site"
