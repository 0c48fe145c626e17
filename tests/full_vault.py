"""A vault with a word of one's choice in every place: properties, texts, names, settings."""

import re
from collections.abc import Callable
from pathlib import Path

from prepvault.model.properties import PROPERTIES, Kind
from prepvault.model.settings import SETTINGS

CARDS = Path(__file__).parents[1] / "src" / "prepvault" / "content" / "types"
HOST = "qzlinkhost.example"
NO_WORDS = {"revision", "timezone", "reminders", "sessions"}
"""Properties in which a name would only be a fault."""

PLACES = {
    "vault.interviews": "@Interviews",
    "vault.companies": "@Companies",
    "vault.stories": "@Stories",
    "vault.jobs": "@Jobs",
    "vault.people": "@People",
    "vault.holds": "@Holds",
    "vault.about": "@about.md",
    "vault.drafts": "@Drafts",
    "vault.timezone": "UTC",
    "coaching.content": "@cards",
}
LEFT_UNSET = {"vault.output", "vault.templates", "vault.ignore", "site.templates", "feed.color"}

NOTES = """
=== @Interviews/@Onefolder/@Onefile.md
---
{hidden}{One}
interview_type: technical
status: confirmed
role: Engineer
scheduled_at: 2026-02-12T10:00:00
---
# @heading
@Onebody met [[@Oneperson]], see [x](https://one.qzlinkhost.example/a) and ![[@picture.png]] #@tag

## Posting
We at @posting need @need skills: Python, must have.

=== @Interviews/@Twofolder/@Twofile.md
---
{hidden}{Two}
interview_type: panel
status: completed
outcome: advanced
role: "@Tworole"
scheduled_at: 2026-02-02T10:00:00
sessions: ["10:00-11:00 @part (@Twoperson)"]
---
@Twobody

## Debrief
### Questions as asked
- Why @question? · gap · [[@storyfile]]
### Promises
- me: send @promise by 2026-02-05
### Doubts
- @doubt
### Learned
@learned
### Pay
- @pay 90k
### Scores, 1 to 4
3 2 4 3 2
=== @Interviews/@broken.md
---
{hidden}@companyproperty: "@brokenfirm"
scheduled_at: "@brokentime"
---
=== @Companies/@firmfile.md
---
{hidden}name: "@Onecompany"
aliases: ["@alias"]
website: https://firm.qzlinkhost.example
values: ["@value"]
---
## In one breath
- **Say**: @say
- **Watch**: @watch
=== @Stories/@storyfile.md
---
{hidden}type: story
title: "@title"
primary: ownership
secondary: ["@storytag"]
scope: "@scope"
domain: "@domain"
role_at_time: "@then"
numbers: ["@number 40 to 5"]
used: ["@Oneid"]
---
## Situation
@situation
## Result
@result
=== @Jobs/@Onejob_id.md
---
{hidden}x: y
---
# @jobtitle
We need @skill and Python.
=== @People/@Oneperson.md
---
{hidden}x: y
---
@bio
=== @Holds/@holdfile.md
---
{hidden}company: "@heldfirm"
timezone: Europe/Berlin
held: ["2026-02-12 10:00-12:00"]
---
@heldtext
=== @Drafts/@draft.md
---
{hidden}x: y
---
@drafted
=== @about.md
---
{hidden}x: y
---
## Strengths
- **@strength**: @proof · 9 min
"""


class Names:
    """Turns each `@word` into a name that stands nowhere else, and remembers what it gave."""

    def __init__(self, base: str = "Qzvöx") -> None:
        self.base = base
        self.given: set[str] = set()

    def __call__(self, text: str) -> str:
        return re.sub(r"@(\w+)", self._name, text)

    def _name(self, found: re.Match[str]) -> str:
        self.given.add(self.base + found[1])
        return self.base + found[1]


def properties(key: str) -> str:
    """A name in every property that can hold one, `role` apart, and in one of the user's own."""
    lines = [f'own_{key}: "@{key}own"']
    for entry in PROPERTIES:
        if entry.choices or entry.name in NO_WORDS or entry.name == "role":
            continue
        if entry.kind in {Kind.TEXT, Kind.LIST}:
            name = "@companyproperty" if entry.name == "company" else entry.name
            value = f'"@{key}{entry.name}"'
            lines.append(f"{name}: {value if entry.kind is Kind.TEXT else f'[{value}]'}")
    return "\n".join(lines)


def settings_file() -> str:
    """A name in every setting that is a text of the user's."""
    tables: dict[str, list[str]] = {"properties": ['company = "@companyproperty"']}
    for entry in SETTINGS:
        is_text = isinstance(entry.default, str | tuple) and not (entry.choices or entry.private)
        if is_text and entry.form not in {"lead", "leads"} and entry.key not in LEFT_UNSET:
            text = f'"{PLACES.get(entry.key) or "@" + entry.key.replace(".", "")}"'
            value = text if isinstance(entry.default, str) else f"[{text}]"
            tables.setdefault(entry.table, []).append(f"{entry.name} = {value}")
    return "\n".join("\n".join((f"[{table}]", *lines)) for table, lines in tables.items())


def make_full(root: Path, names: Callable[[str], str], *, hidden: str = "") -> None:
    """Fill a vault with every kind of note, with names in all of them, in files, folders and settings."""
    notes = NOTES.format(hidden=hidden, One=properties("One"), Two=properties("Two"))
    card = (CARDS / "technical.md").read_text(encoding="utf-8").replace("title: ", "title: @card ", 1)
    everything = f"\n=== prepvault.toml\n{settings_file()}\n{notes}=== @cards/types/technical.md\n{card}"
    for part in names(everything).split("\n=== ")[1:]:
        write(root, *part.split("\n", 1))


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n", encoding="utf-8")
