"""Links in notes that could mean several notes are reported, and nothing else about links in a text is."""

import pytest

from prepvault.jobs.context import open_root
from prepvault.jobs.load import load
from prepvault.model.finding import Finding
from prepvault.rules.checks import links
from prepvault.rules.published import published
from tests.conftest import NOW, Maker

HEAD = """=== Interviews/a.md
---
id: int_a
company: Acme
role: Dev
interview_type: technical
scheduled_at: 2026-02-10T14:00:00
status: scheduled
created_at: 2026-01-05T10:00:00
---
"""
TWINS = "\n=== x/Twin.md\nx\n=== y/Twin.md\ny\n"


def findings(make_vault: Maker, body: str, rest: str = TWINS) -> list[Finding]:
    """Check a vault with one interview's note; the findings about links in texts."""
    vault = load(open_root(make_vault(f"{HEAD}{body}{rest}"), now=NOW.isoformat()))
    return [each for each in vault.findings if each.code == "link/ambiguous"]


def test_a_link_with_several_meanings_is_reported_once_with_what_to_write(make_vault: Maker) -> None:
    (found,) = findings(make_vault, "One.\n\nSee [[Twin|him]] and [[Twin#Part]].\n")
    assert (found.place.path, found.place.line) == ("Interviews/a.md", 12)
    assert found.message == "`[[Twin]]` could mean `x/Twin`, `y/Twin`; on the dashboard it leads to the first"
    assert found.hint == "write `[[x/Twin|Twin]]` or `[[y/Twin|Twin]]`"
    assert found.severity == "info"


@pytest.mark.parametrize(
    "body",
    [
        "`[[Twin]]` and ``a [[Twin]] ` b``",
        "```\n[[Twin]]\n```",
        "~~~ js\n```\n[[Twin]]\n~~~",
        "[[x/Twin]] [[y/Twin.md]] [[Nowhere]] [[2026-02-09]]",
        "<!-- prepvault:begin id=brief v=1 sum=0 -->\n[[Twin]]\n<!-- prepvault:end id=brief -->",
        "Twin",
    ],
)
def test_what_is_clear_or_no_link_is_not_reported(make_vault: Maker, body: str) -> None:
    assert findings(make_vault, body) == []


def test_a_nearer_note_is_no_question(make_vault: Maker) -> None:
    assert findings(make_vault, "[[Twin]]", f"{TWINS}=== Interviews/Twin.txt\nno\n") != []
    near = HEAD.replace("Interviews/a.md", "x/a.md").replace("int_a", "int_b")
    assert [each.place.path for each in findings(make_vault, "", f"\n{near}[[Twin]]{TWINS}")] == []


def test_aliases_count_as_names(make_vault: Maker) -> None:
    firms = "\n=== Companies/Acme.md\n---\naliases: [The firm]\n---\n"
    firms += "=== Companies/Beta.md\n---\naliases: The firm\n---\n"
    (found,) = findings(make_vault, "[[the firm]]", firms)
    assert "`Companies/Acme`, `Companies/Beta`" in found.message


def test_many_candidates_are_counted_not_listed(make_vault: Maker) -> None:
    (found,) = findings(make_vault, "[[T]]", "".join(f"\n=== f{n}/T.md\nx" for n in range(9)))
    assert "`f3/T` and 5 more;" in found.message


def test_a_candidate_that_is_kept_private_stays_so(make_vault: Maker) -> None:
    firms = "\n=== Companies/A/Twin.md\n---\npublish: false\n---\n=== Companies/B/Twin.md\nx\n"
    vault = load(open_root(make_vault(f"{HEAD}[[Twin]]{firms}"), now=NOW.isoformat()))
    assert "Companies/A/Twin" in " ".join(each.message for each in vault.findings)
    assert "Companies/A/Twin" not in repr(published(vault).findings)


def test_a_vault_without_two_of_a_name_is_not_searched(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "_links", lambda *_: pytest.fail("a note was searched"))
    assert findings(make_vault, "[[Other]] [[Twin]]", "\n=== Twin.md\nx\n") == []
