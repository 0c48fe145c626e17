"""Research: facts read from a company's note, their age, and the command that makes and refreshes it."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepvault.jobs.context import open_root
from prepvault.jobs.load import load
from prepvault.model.card import ResearchPart
from prepvault.model.company import Company, Fact
from prepvault.model.finding import Finding
from prepvault.model.note import Note
from prepvault.model.research import Age
from prepvault.parse.company import parse_company
from prepvault.parse.fact import FactLine, read_day, read_fact
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.research import BLOCK, part_of_heading, read_research
from prepvault.render.research import BLOCK_TITLE, part_heading, research_body
from prepvault.rules.research import dated, research_state
from tests.coaching_maker import library
from tests.conftest import NOW, Maker, Ran
from tests.dashboard import Page

Run = Callable[..., Ran]
TODAY = NOW.date()
FEB = date(2026, 2, 5)


def read(text: str) -> Company:
    """Read a research note."""
    return read_all(text)[0]


def read_all(text: str) -> tuple[Company, tuple[Finding, ...]]:
    """Read a research note and what is wrong with it."""
    note = Note("Companies/Acme.md", text.encode(), NOW)
    return parse_company(note, parse_head(note.data, note.path)[0])


# One line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "What they do: pipes · https://acme.example/a · 2026-02-05 · verified",
            FactLine(
                name="What they do",
                value="pipes",
                source="https://acme.example/a",
                read_on=FEB,
                confidence="verified",
            ),
        ),
        ("**Customers**: plumbers", FactLine(name="Customers", value="plumbers")),
        ("__Customers:__ plumbers", FactLine(name="Customers", value="plumbers")),
        (
            "Revenue: 3 M | annual report, page 4 | 5 Feb 2026 | general",
            FactLine(
                name="Revenue",
                value="3 M",
                source="annual report, page 4",
                read_on=FEB,
                confidence="general knowledge",
            ),
        ),
        (
            "Revenue: 3 M (annual report, read on 2026-02-05)",
            FactLine(name="Revenue", value="3 M", source="annual report", read_on=FEB),
        ),
        (
            "Revenue: 3 M ([report](https://acme.example/r), February 5, 2026, verified).",
            FactLine(
                name="Revenue",
                value="3 M",
                source="[report](https://acme.example/r)",
                read_on=FEB,
                confidence="verified",
            ),
        ),
        ("Size: ninety (nine teams)", FactLine(name="Size", value="ninety (nine teams)")),
        ("Runway: unknown", FactLine(name="Runway", value="unknown", confidence="unknown")),
        ("Runway: ?", FactLine(name="Runway", value="?", confidence="unknown")),
        (
            "Runway: not found · filings · 2026-02-05",
            FactLine(name="Runway", value="not found", source="filings", read_on=FEB, confidence="unknown"),
        ),
        ("Runway:", FactLine(name="Runway")),
        ("Prof. Dr. S. Chen: leads", FactLine(name="Prof. Dr. S. Chen", value="leads")),
        ("They sell pipes.", FactLine(value="They sell pipes.")),
        ("https://acme.example: the site", FactLine(value="https://acme.example: the site")),
        (
            "Dana said it. Then: nothing more came of it",
            FactLine(value="Dana said it. Then: nothing more came of it"),
        ),
        (
            "Lead: [[People/Dana Roe|Dana]] · site · 03/04/2026",
            FactLine(name="Lead", value="Dana", source="site", doubtful="03/04/2026"),
        ),
    ],
)
def test_a_fact_is_read_in_the_forms_that_people_write(text: str, expected: FactLine) -> None:
    assert read_fact(text) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-05", FEB),
        ("read 2026-02-05", FEB),
        ("as of Feb 2026", date(2026, 2, 1)),
        ("2026-02", date(2026, 2, 1)),
        ("5. 2. 2026", FEB),
        ("05.02.2026", FEB),
        ("5th February 2026", FEB),
        ("Feb 5, 2026", FEB),
        ("2026-02-30", None),
        ("02/05/2026", None),
        ("2026", None),
        ("soon", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert read_day(text) == day


# One note

NOTE = """---
type: company
company: Acme
values: [Ownership, "Feedback growth"]
tags: [values/customer, job]
norms: Relationship first
---
Form of a line: `value · source · date · verified`

## 1. Company overview

- What they do: pipes · site · 2026-02-05 · verified
- [x] Customers: plumbers
- Business model:
- Source and date: annual report, 2025-11-02

Where to look: their site.

So what (one sentence: short): they sell pipes
to plumbers.

### Recent news

- Launches:
  - Pipe 2 · blog · Feb 2026
  - Pipe 3 · press
- Partnerships: none

## Money and growth

| Field | Value | Source | Date | Confidence |
|---|---|---|---|---|
| Revenue | 3 M | filing | 2024-10-01 | verified |

## Culture
They ask before they correct. <!-- hidden: x -->
%% hidden: y %%
So what: #conflict

```
- Funding: none of this
```

## My own thoughts

- Mood: good

## In short

- **Say** (three facts):
  - one
  - two; three
- Ask: who owns it?
**Watch**: the date

### Unknown
- the pay band
"""


def test_a_note_in_every_form() -> None:
    company = read(NOTE)
    assert [(each.part, each.name, each.value, each.line) for each in company.facts] == [
        ("overview", "What they do", "pipes", 12),
        ("overview", "Customers", "plumbers", 13),
        ("news", "Launches", "Pipe 2", 25),
        ("news", "Launches", "Pipe 3", 26),
        ("news", "Partnerships", "none", 27),
        ("money", "Revenue", "3 M", 33),
        ("culture", "", "They ask before they correct.", 36),
    ]
    assert company.facts[0].source == "site"
    assert (company.facts[1].source, company.facts[1].read_on) == ("annual report", date(2025, 11, 2))
    assert company.facts[5].read_on == date(2024, 10, 1)
    assert (company.say, company.ask) == (("one", "two", "three"), ("who owns it?",))
    assert (company.watch, company.unknown) == (("the date",), ("the pay band",))
    assert dict(company.so_whats) == {"overview": "they sell pipes to plumbers.", "culture": "#conflict"}
    assert company.values == ("ownership", "feedback-growth", "customer", "conflict")
    assert (company.name, company.norms) == ("Acme", "relationship-first")


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_make_no_difference(line_end: str) -> None:
    body = NOTE.split("---\n", 2)[2]
    plain = read_research(body, 1)
    other = read_research(body.replace("\n", line_end), 1)
    assert other == plain


def test_what_is_hidden_or_never_closed_does_no_harm() -> None:
    found = read_research(
        "## News\n%% a\n- Launches: no %%\n- Launches: yes\n<!-- open\n- Layoffs: none\n", 1
    )
    assert [(fact.value, fact.line) for fact in found.facts] == [("yes", 4), ("<!-- open", 5), ("none", 6)]


def test_an_empty_template_says_nothing() -> None:
    for is_deep in (False, True):
        company = read(research_body(library().research, {}, is_deep=is_deep))
        said = (
            company.facts,
            company.say,
            company.ask,
            company.watch,
            company.unknown,
            company.values,
            company.so_whats,
        )
        assert not any(said)


def test_the_notes_template_of_a_new_vault_says_nothing_either() -> None:
    text = (Path(__file__).parents[1] / "vault_template/Templates/Company.md").read_text(encoding="utf-8")
    company = read(text)
    assert (company.facts, company.say, company.unknown, company.so_whats) == ((), (), (), ())
    parts = read_research(text, 1).parts
    assert set(parts) == {BLOCK, *(part.id for part in library().research)}


def test_every_part_is_known_by_its_heading() -> None:
    for part in library().research:
        assert part_of_heading(part_heading(part)) == part.id
    assert part_of_heading(BLOCK_TITLE) == BLOCK
    assert part_of_heading("My own thoughts") == ""


def test_what_the_template_asks_for_is_read_back() -> None:
    lines = {
        part.id: [
            f"{field}: value {at} · source · 2026-02-05 · verified" for at, field in enumerate(part.fields)
        ]
        for part in library().research
    }
    company = read(research_body(library().research, lines, is_deep=False))
    state = research_state(company, library().research, TODAY)
    assert state.filled == state.fields == sum(map(len, lines.values()))
    assert all(not part.empty for part in state.parts)


@pytest.mark.parametrize("said", ["nonsense", "true", "[a, b]"])
def test_unknown_customs_are_reported(said: str) -> None:
    company, findings = read_all(f"---\nnorms: {said}\n---\n")
    assert company.norms == ""
    assert {each.code for each in findings} <= {"property/choice", "property/type"}
    assert findings


def test_a_doubtful_day_is_reported_where_it_stands() -> None:
    _, findings = read_all("## News\n\n- Launches: x · blog · 03/04/2026\n")
    assert [(each.code, str(each.place)) for each in findings] == [("research/date", "Companies/Acme.md:3")]


@given(st.text(max_size=300) | st.text("-*# |:;·.,()[]%<>`~aS\n", max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = read_research(text, 1)
    assert all(fact.value for fact in found.facts)
    assert all(1 <= fact.line <= text.count("\n") + text.count("\r") + 20 for fact in found.facts)


# Age


@pytest.mark.parametrize(
    ("days", "age", "weeks"),
    [
        (-3, Age.FRESH, 0),
        (0, Age.FRESH, 0),
        (56, Age.FRESH, 8),
        (57, Age.STALE, 8),
        (365, Age.STALE, 52),
        (366, Age.OLD, 52),
    ],
)
def test_eight_weeks_and_twelve_months(days: int, age: Age, weeks: int) -> None:
    fact = Fact(part="news", name="", value="x", read_on=TODAY - timedelta(days=days))
    assert (dated(fact, TODAY).age, dated(fact, TODAY).weeks) == (age, weeks)


def test_the_state_counts_fields_ages_and_what_is_unknown() -> None:
    fields = {
        "overview": ("What they do", "Customers, for whom", "Owner"),
        "news": ("Launches",),
        "people": ("Team size",),
    }
    parts = [
        ResearchPart(id=name, number=at, title=name, fields=each, where="w", so_what="s")
        for at, (name, each) in enumerate(fields.items(), 1)
    ]
    state = research_state(
        read(
            "## Overview\n- Customers: plumbers · site · 2025-01-01\n- Owner: unknown\n"
            "- They are two sisters.\n"
            "## News\nQuiet. (blog, 2025-12-01)\nNo end in sight\n## In one breath\n- Unknown: the pay band\n"
        ),
        parts,
        TODAY,
    )
    assert [(each.part.id, each.filled, each.empty) for each in state.parts] == [
        ("overview", 3, ("What they do",)),
        ("news", 1, ("Launches",)),
        ("people", 0, ("Team size",)),
    ]
    assert (state.filled, state.fields) == (4, 5)
    assert [(each.fact.value, each.age) for each in state.aged] == [("plumbers", Age.OLD)]
    assert state.unknown == ("the pay band", "Owner")
    assert [each.part.id for each in state.next_parts] == ["people"]


# The command

VAULT = """=== Interviews/acme.md
---
id: int_acme_1
company: Acme Robotics
role: Welder
interview_type: technical
scheduled_at: 2026-02-12T10:00:00
interviewer: ["Dana Roe (Lead {{x}} <% tp %>)", Sam Poe]
job_description: Jobs/p.md
---
=== Interviews/globex.md
---
id: int_globex_1
company: Globex Welding
role: Welder
interview_type: panel
scheduled_at: 2026-02-14T10:00:00
---
=== Jobs/p.md
Requirements
- Pipe welding; you own the weld
- Mentoring
- More pipe welding
"""
OWN = """=== Companies/Acme Robotics.md
---
aliases: [Robots]
---

My words, kept as they are:\x20\x20
## Market
Two rivals.

## Mine
last line without an end"""


def notes(root: Path) -> dict[str, bytes]:
    """Every file of the vault by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_new_note_knows_people_and_posting(make_vault: Maker, run: Run) -> None:
    root = make_vault(VAULT)
    ran = run("research", "acme", vault=root)
    assert ran.code == 0, ran.err
    assert "wrote Companies/Acme Robotics.md" in ran.err
    assert "technical, Thu 2026-02-12 10:00" in ran.out
    text = (root / "Companies/Acme Robotics.md").read_text(encoding="utf-8")
    assert text.startswith("---\ntype: company\nname: Acme Robotics\n")
    assert "- Sam Poe, path and public work:" in text
    assert "they repeat “pipe welding” · Jobs/p · 2026-02-09 · verified" in text
    assert "<%" not in text
    assert "{{x}}" not in text
    company = load(open_root(root, now=NOW.isoformat())).companies[0]
    assert company.name == "Acme Robotics"
    assert {fact.name for fact in company.facts} == {"Interviewers", "Top needs"}
    findings = load(open_root(root, now=NOW.isoformat())).findings
    assert [each for each in findings if each.place.path.startswith("Companies/")] == []


def test_again_writes_nothing(make_vault: Maker, run: Run) -> None:
    root = make_vault(VAULT)
    run("research", "acme", vault=root)
    before = notes(root)
    ran = run("research", "acme robotics", vault=root)
    assert "nothing to add" in ran.err
    assert notes(root) == before
    assert run("research", "acme", "--check", vault=root).code == 0


def test_a_quick_note_grows_and_stays_in_order(make_vault: Maker, run: Run) -> None:
    root = make_vault(VAULT)
    run("research", "globex", "--depth", "quick", vault=root)
    path = root / "Companies/Globex Welding.md"
    quick = [part_heading(part) for part in library().research if part.is_quick]
    assert headings(path) == [*quick, BLOCK_TITLE]
    ran = run("research", "globex", vault=root)
    assert f"added {len(library().research) - len(quick)} parts" in ran.err
    assert headings(path) == [*map(part_heading, library().research), BLOCK_TITLE]


def headings(path: Path) -> list[str]:
    """The titles of a note's headings, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("## ") for line in lines if line.startswith("## ")]


def test_the_users_text_stays_byte_for_byte(make_vault: Maker, run: Run) -> None:
    root = make_vault(VAULT + OWN)
    path = root / "Companies/Acme Robotics.md"
    before = path.read_bytes()
    assert run("research", "robots", vault=root).code == 0
    after = path.read_bytes().decode()
    rest = after
    for line in before.decode().splitlines():
        at = rest.find(line)
        assert at >= 0, line
        rest = rest[at + len(line) :]
    assert after.startswith(
        "---\naliases: [Robots]\n---\n\nMy words, kept as they are:  \n## Market\nTwo rivals.\n"
    )
    assert "## 6." not in after, "the market has its part already"
    assert after.count("## 1. ") == 1
    assert run("undo", vault=root).code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Initech", "Companies/Initech.md"),
        ("../../etc/passwd", "Companies/etc passwd.md"),
        ("CON", "Companies/CON note.md"),
        ("A/B: C?", "Companies/A B C.md"),
    ],
)
def test_a_new_company_gets_a_note_inside_the_folder(
    make_vault: Maker, run: Run, name: str, path: str
) -> None:
    root = make_vault(VAULT)
    before = notes(root)
    ran = run("research", name, vault=root)
    assert ran.code == 0, ran.err
    assert set(notes(root)) - set(before) == {path}
    assert f"{name}:" in ran.out


def test_check_writes_nothing(make_vault: Maker, run: Run) -> None:
    root = make_vault(VAULT + OWN)
    before = notes(root)
    ran = run("research", "acme", "--check", vault=root)
    assert (ran.code, notes(root)) == (1, before)
    assert "lacks 10 parts" in ran.err
    ran = run("research", "nobody yet", "--check", vault=root)
    assert (ran.code, notes(root)) == (1, before)
    assert "it would be Companies/nobody yet.md" in ran.err


def test_a_name_that_fits_several_is_asked_back(make_vault: Maker, run: Run) -> None:
    root = make_vault(VAULT.replace("Globex Welding", "Globex Robotics"))
    ran = run("research", "robot", vault=root)
    assert ran.code == 2
    assert "`Acme Robotics`, `Globex Robotics`" in ran.err


@pytest.mark.parametrize("text", [" ", "...", ".", "..", "--", "🧨", "/"])
def test_signs_are_no_name(make_vault: Maker, run: Run, text: str) -> None:
    root = make_vault(VAULT.replace("Globex Welding", "Globex & Co. .."))
    before = notes(root)
    ran = run("research", "--", text, vault=root)
    assert ran.code == 2
    assert "name a company" in ran.err
    assert notes(root) == before


def test_two_letters_are_no_part_of_a_name(make_vault: Maker, run: Run) -> None:
    root = make_vault(VAULT)
    assert run("research", "--check", "glo", vault=root).out.startswith("Globex Welding:")
    assert run("research", "--check", "lo", vault=root).out.startswith("lo:")


def test_a_note_that_cannot_be_read_is_not_written_beside(make_vault: Maker, run: Run) -> None:
    root = make_vault(VAULT)
    (root / "Companies").mkdir()
    (root / "Companies/Initech.md").write_bytes(b"x" * (2 * 1024 * 1024 + 1))
    ran = run("research", "Initech", vault=root)
    assert ran.code == 1
    assert sorted(path.name for path in (root / "Companies").iterdir()) == ["Initech.md"]


def test_json(make_vault: Maker, run: Run) -> None:
    root = make_vault(
        VAULT + "=== Companies/Acme Robotics.md\n## 10. Process & terms\n"
        "- Pay band: 80k · phone · 2025-11-01 · verified\n"
    )
    said = json.loads(run("research", "acme", "--check", "--json", vault=root).out)
    assert (said["kind"], said["company"], said["written"], said["added"]) == (
        "research",
        "Acme Robotics",
        False,
        [],
    )
    assert len(said["missing"]) == 10
    assert said["next_interview"] == "int_acme_1"
    assert said["parts"][9]["facts"] == [
        {
            "field": "Pay band",
            "value": "80k",
            "source": "phone",
            "read_on": "2025-11-01",
            "confidence": "verified",
            "age": "stale",
            "weeks": 14,
            "line": 2,
        }
    ]
    assert (said["filled"], said["fields"]) == (1, sum(len(part.fields) for part in library().research))


def test_text_fits_a_narrow_terminal_and_is_harmless(make_vault: Maker, run: Run) -> None:
    long = "- Launches: \x1b[31mred " + "a very long value " * 20 + "· blog · 2025-01-01\n"
    root = make_vault(VAULT + "=== Companies/Acme Robotics.md\n## News\n" + long)
    out = run("research", "acme", "--check", vault=root).out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


# Findings


def test_checks_of_research(make_vault: Maker) -> None:
    root = make_vault(
        "=== Companies/Acme.md\n---\nvalues: [ownreship, ownership, bias for action, whimsy]\n---\n## News\n"
        "- Launches: x · · 2026-02-05 · verified\n- Layoffs: y · blog · verified\n"
    )
    found = [
        each
        for each in load(open_root(root, now=NOW.isoformat())).findings
        if each.code.startswith("research/")
    ]
    assert [(each.code, each.place.line, each.expected) for each in found] == [
        ("research/values", 2, "ownership"),
        ("research/unsourced", 5, ""),
    ]


def test_the_companys_page_shows_the_block_with_ages(make_vault: Maker, run: Run) -> None:
    root = make_vault(
        VAULT + "=== Companies/Acme Robotics.md\n## News\n- Launches: <b>arm</b> · blog · 2025-01-01\n"
        "## In one breath\n- Say: one & two\n- Unknown: pay\n"
    )
    assert run("build", vault=root).code == 0
    page = (root / "site/companies/acme-robotics.html").read_text(encoding="utf-8")
    assert "one &amp; two" in page
    assert "57 weeks, check again" in page
    assert "Launches: &lt;b&gt;arm" in page
    firms = Page((root / "site/companies/index.html").read_text(encoding="utf-8")).shown
    assert f"1 of {sum(len(part.fields) for part in library().research)} fields 1 to look at again" in firms
