"""Stories and research notes."""

import pytest

from prepvault.model.company import Company
from prepvault.model.finding import Finding
from prepvault.model.note import Note
from prepvault.model.story import Story
from prepvault.parse.company import parse_company
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.story import parse_story
from tests.conftest import NOW

FULL = """---
type: story
id: S-004
title: Settlement in nine minutes
primary: Technical Depth
secondary:
  - delivery
  - "#problem_solving"
strength: 3
scope: team
when: "2024"
numbers:
  - 9 min (was 6 h, 2024) cv
used:
  - "[[Interviews/acme|Acme]]"
retired: false
---
# Ignored

## Situation
Slow.

```
## Task
```

## Task

Mine to fix.

### Detail
More.

## Actions
**Action**: again

## Result
Fast.

# Other
Not part of it.
"""


def story_of(text: str) -> tuple[Story | None, tuple[Finding, ...]]:
    note = Note("Stories/a b.md", text.encode("utf-8"), NOW)
    return parse_story(note, parse_head(note.data, note.path)[0])


def test_a_full_story() -> None:
    story, findings = story_of(FULL)
    assert findings == ()
    assert story is not None
    assert (story.id, story.title) == ("S-004", "Settlement in nine minutes")
    assert story.tags == ("technical-depth", "delivery", "problem-solving")
    assert (story.strength, story.scope, story.when, story.retired) == (3, "team", "2024", False)
    assert story.numbers == ("9 min (was 6 h, 2024) cv",)
    assert story.used == ("Acme",)
    parts = dict(story.parts)
    assert list(parts) == ["situation", "task", "action", "result"]
    assert parts["task"] == "Mine to fix.\n\n### Detail\nMore."
    assert parts["result"] == "Fast."


def test_parts_may_have_bold_labels() -> None:
    story, _ = story_of(
        "**Situation**: Slow.\nVery.\n- **Task:** Mine\n**Action** Did\n**Learning**: More tests\n"
    )
    assert story is not None
    assert dict(story.parts) == {
        "situation": "Slow.\nVery.",
        "task": "Mine",
        "action": "Did",
        "reflection": "More tests",
    }
    assert (story.id, story.title) == ("a b", "a b")


def test_numbers_of_other_tools_stay_readable() -> None:
    story, _ = story_of("---\nprimary: delivery\nnumbers:\n  - value: 9\n    provenance: cv\n---\n# Nine\n")
    assert story is not None
    assert story.numbers == ("value: 9, provenance: cv",)
    assert story.title == "Nine"


@pytest.mark.parametrize(
    "text", ["", "# How to write stories\n", "---\ntags: [x]\n---\n", "---\nprimary: [\n---\n"]
)
def test_other_notes_in_the_folder_are_no_stories(text: str) -> None:
    assert story_of(text) == (None, ())


def company_of(text: str) -> tuple[Company, tuple[Finding, ...]]:
    note = Note("Companies/Acme.md", text.encode("utf-8"), NOW)
    return parse_company(note, parse_head(note.data, note.path)[0])


def test_a_company_is_called_as_its_note_says() -> None:
    company, findings = company_of(
        '---\ntitle: Acme Robotics\nwebsite: acme.example\naliases:\n  - Acme\n  - ""\n---\n'
    )
    assert findings == ()
    assert (company.name, company.website, company.aliases) == (
        "Acme Robotics",
        "https://acme.example",
        ("Acme",),
    )
    assert company_of("# Text")[0].name == "Acme"
    assert company_of("---\naliases: A Corp\n---\n")[0].aliases == ("A Corp",)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "acme", "http://[::1", "https://a b.example"])
def test_only_web_addresses_are_websites(address: str) -> None:
    company, findings = company_of(f'---\nwebsite: "{address}"\n---\n')
    assert company.website == ""
    assert [finding.code for finding in findings] == ["company/website"]
