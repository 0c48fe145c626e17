"""Postings: found from an interview's note, read as text, and taken apart for what they ask for."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepvault.jobs.context import open_root
from prepvault.jobs.load import load
from prepvault.model.competency import Competency
from prepvault.model.posting import Posting, PostingText
from prepvault.model.vault import Vault
from prepvault.parse.posting import LONGEST, parse_posting
from prepvault.rules.posting import decode_posting
from tests.conftest import NOW, Maker

WORDS = {
    "ownership": ("ownership", "end to end", "own the"),
    "mentoring": ("mentor", "mentoring", "coach"),
    "communication": ("communication", "explain"),
    "customer": ("patients", "customers"),
}
COMPETENCIES = {
    name: Competency(id=name, title=name, proves="", needs="", trap="", words=words)
    for name, words in WORDS.items()
}

ENGINEER = """# Senior Backend Engineer

About Northwind Ledger
Northwind moves money for small firms. Customers, customers, customers.

**What you'll do**

* Own the payment retries service end to end
* You will lead the design of idempotent payment APIs
- Support the on-call rota
• Work closely with designers

What we're looking for

5+ years of Python or C++
Experience with Kafka and CI/CD, and with payment
systems that fail
Clear written communication
Knowledge of Terraform is a plus

Nice to have:
- Kubernetes in production
- CI/CD for payment retries at scale

## Benefits
- Mentoring budget, 30 days of leave

Northwind is an equal opportunity employer.
"""

NURSE = """Staff Nurse, Ward 4

MAIN DUTIES
1. Assess patients on admission and plan their care.
2. Assist senior staff with discharge.
3. Mentor students; explain care plans to patients.

PERSON SPECIFICATION
Essential
- Registered nurse
- Medication rounds on a busy ward
Desirable
- Experience of medication rounds at night
HOW TO APPLY
Send the form to patients@ward.example.
"""


def decoded(text: str) -> Posting:
    """Read a posting with a few competencies."""
    return decode_posting(PostingText("Jobs/x.md", text), COMPETENCIES)


def test_what_is_required_and_what_is_nice_to_have() -> None:
    posting = decoded(ENGINEER)
    assert posting.musts == (
        "5+ years of Python or C++",
        "Experience with Kafka and CI/CD, and with payment systems that fail",
        "Clear written communication",
    )
    assert posting.nices == (
        "Knowledge of Terraform is a plus",
        "Kubernetes in production",
        "CI/CD for payment retries at scale",
    )


def test_who_does_the_work() -> None:
    posting = decoded(ENGINEER)
    assert posting.owns == (
        "Own the payment retries service end to end",
        "You will lead the design of idempotent payment APIs",
    )
    assert posting.supports == ("Support the on-call rota", "Work closely with designers")


def test_tags_are_counted_without_what_the_firm_says_of_itself() -> None:
    assert decoded(ENGINEER).tags == (("ownership", 1), ("communication", 1))


def test_repeated_words_are_the_postings_own() -> None:
    told = [(each.word, each.count) for each in decoded(ENGINEER).keywords]
    assert told[:3] == [("CI/CD", 2), ("payment retries", 2), ("payment APIs", 1)]
    assert not {"payment", "systems", "Customers", "experience", "patients"} & {word for word, _ in told}


def test_a_posting_for_a_nurse() -> None:
    posting = decoded(NURSE)
    assert posting.musts == ("Registered nurse", "Medication rounds on a busy ward")
    assert posting.nices == ("Experience of medication rounds at night",)
    assert posting.owns == (
        "Assess patients on admission and plan their care.",
        "Mentor students; explain care plans to patients.",
    )
    assert posting.supports == ("Assist senior staff with discharge.",)
    assert posting.tags == (("customer", 2), ("mentoring", 1), ("communication", 1))
    assert ("medication rounds", 2) in [(each.word, each.count) for each in posting.keywords]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("## Requirements", "musts"),
        ("**What you bring:**", "musts"),
        ("__Must haves__", "musts"),
        ("Your profile", "musts"),
        ("You are", "musts"),
        ("Minimum qualifications:", "musts"),
        ("Anforderungen", "musts"),
        ("Skills and experience", "musts"),
        ("### Nice to have", "nices"),
        ("Preferred qualifications", "nices"),
        ("Bonus points", "nices"),
        ("Von Vorteil:", "nices"),
        ("Benefits", ""),
        ("What we offer", ""),
        ("About us", ""),
        ("About Acme", ""),
        ("How to apply", ""),
    ],
)
def test_headings_are_known_in_many_forms(heading: str, part: str) -> None:
    posting = decoded(f"Intro to the job.\n\n{heading}\n\n- Welding of pipes\n")
    assert {name for name in ("musts", "nices") if "Welding of pipes" in getattr(posting, name)} == (
        {part} - {""}
    )


def test_a_line_says_more_of_itself_than_its_heading() -> None:
    posting = decoded(
        "Tasks\n- Weld pipes\n- A driving licence is required\n\nRequirements\n- Steel\n- Copper, ideally\n"
    )
    assert posting.musts == ("A driving licence is required", "Steel")
    assert posting.nices == ("Copper, ideally",)


def test_a_posting_without_headings_still_tells_its_words() -> None:
    posting = decoded("We need welders. Welders own the weld end to end, and mentor other welders.")
    assert (posting.musts, posting.nices) == ((), ())
    assert [each.word.casefold() for each in posting.keywords] == ["welders", "weld"]
    assert [tag for tag, _ in posting.tags] == ["ownership", "mentoring"]


@given(st.text(st.characters(codec="utf-8"), max_size=400) | st.text("a -*#:\n.,Reqird", max_size=300))
def test_any_text_is_read_and_nothing_is_made_up(text: str) -> None:
    posting = decoded(text)
    letters = re.sub(r"[\s*_`]|!?\[+|\]+", "", text)
    for line in (*posting.musts, *posting.nices, *posting.owns, *posting.supports):
        assert line
        assert len(line) <= 300
    for each in posting.keywords:
        assert each.count >= 1
        assert re.sub(r"[\s_]", "", each.word).casefold() in letters.casefold()


# The text


def test_front_matter_notes_and_comments_are_no_posting() -> None:
    note = (
        "---\npublish: true\n---\nMy salary wish: 90k\n\n## Posting\n\nWelder\n\n## Requirements\n\n"
        "- Steel <!-- hm -->\n"
        "\n## Notes\n\nThey paid badly.\n\n### More\n\nhidden\n\n## Benefits\n\n- Leave\n"
    )
    text = parse_posting(note.encode(), "Jobs/a.md").text
    assert " ".join(text.split()) == "Welder ## Requirements - Steel ## Benefits - Leave"


@pytest.mark.parametrize(
    ("head", "publish"),
    [("", True), ("publish: true\n", True), ("publish: false\n", False), ("publish: [x\n", False)],
)
def test_a_posting_may_be_kept_private(head: str, *, publish: bool) -> None:
    assert parse_posting(f"---\na: b\n{head}---\nText\n".encode(), "Jobs/a.md").publish is publish


@pytest.mark.parametrize(
    "data", ["Größe".encode(), b"\xef\xbb\xbf" + "Größe".encode(), "Größe".encode("utf-16")]
)
def test_text_files_of_editors(data: bytes) -> None:
    assert parse_posting(data, "a.txt").text == "Größe"


def test_a_saved_page_is_read_as_text() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><nav>Menu</nav>"
        "<h2>Requirements</h2><ul><li>Steel &amp; copper</li><li><b>Care</b></li></ul>"
        "<script>var secret</script><p>Bye</p></body></html>"
    )
    text = parse_posting(page.encode(), "Files/a.html").text
    assert " ".join(text.split()) == "## Requirements - Steel & copper - Care Bye"
    assert decoded(text).musts[:2] == ("Steel & copper", "Care")


def test_a_posting_has_an_end() -> None:
    assert len(parse_posting(b"word " * 100_000, "a.txt").text) <= LONGEST


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    assert isinstance(parse_posting(data, "Jobs/a.md").text, str)
    assert isinstance(parse_posting(b"<html>" + data, "a.html").text, str)


# The files


def note(name: str, *lines: str) -> str:
    """Write an interview note in the form of `make_vault`."""
    more = "".join(f"{line}\n" for line in lines)
    return (
        f"=== Interviews/{name}.md\n---\nid: int_{name}\ncompany: Acme\nrole: Welder\n"
        f"interview_type: technical\nscheduled_at: 2026-02-1{len(name)}T10:00:00\n{more}---\n"
    )


def read(root: Path) -> Vault:
    """Load a vault at NOW."""
    return load(open_root(root, now=NOW.isoformat()))


def told(vault: Vault) -> list[tuple[str, str]]:
    """The findings about postings and links."""
    families = ("posting", "link", "job")
    return [(each.code, str(each.place)) for each in vault.findings if each.code.split("/")[0] in families]


@pytest.mark.parametrize(
    "said",
    [
        '"[[Acme posting]]"',
        '"[[Jobs/Acme posting|the posting]]"',
        "Jobs/Acme posting.md",
        "../Jobs/Acme posting.md",
        '"[posting](Jobs/Acme%20posting.md)"',
    ],
)
def test_the_posting_is_found_by_every_kind_of_link(make_vault: Maker, said: str) -> None:
    vault = read(
        make_vault(note("a", f"job_description: {said}") + "=== Jobs/Acme posting.md\nWe need welders.\n")
    )
    found = vault.postings["Interviews/a.md"]
    assert (found.path, found.text) == ("Jobs/Acme posting.md", "We need welders.")
    assert told(vault) == []


def test_a_text_file_and_a_text_in_the_property_count_too(make_vault: Maker) -> None:
    vault = read(
        make_vault(
            note("a", "job_description: Files/acme.txt")
            + note("bb", "job_description: |-", "  Welder", "", "  See [us](https://acme.example).")
            + "=== Files/acme.txt\nWe need welders.\n"
        )
    )
    assert vault.postings["Interviews/a.md"].text == "We need welders."
    assert vault.postings["Interviews/bb.md"].text.startswith("Welder\n\nSee [us]")
    assert told(vault) == []


def test_without_a_link_the_applications_note_counts_if_it_holds_a_posting(make_vault: Maker) -> None:
    root = make_vault(
        note("a", "job_id: acme_1")
        + note("bb", "job_id: acme_2")
        + note("ccc", "job_id: acme_1", "job_description: Files/own.txt")
        + f"=== Jobs/acme_1.md\n---\nstate: sent\n---\n{'We need welders. ' * 20}\n"
        + "=== Jobs/acme_2.md\nSent on Monday.\n=== Files/own.txt\nOwn\n"
    )
    vault = read(root)
    assert {path: each.path for path, each in vault.postings.items()} == {
        "Interviews/a.md": "Jobs/acme_1.md",
        "Interviews/ccc.md": "Files/own.txt",
    }
    assert told(vault) == []


def test_closed_interviews_need_no_posting(make_vault: Maker) -> None:
    vault = read(make_vault(note("a", "status: completed", 'job_description: "[[gone]]"')))
    assert (dict(vault.postings), told(vault)) == ({}, [])


def test_what_is_wrong_with_a_posting_is_said_once_at_its_property(make_vault: Maker) -> None:
    root = make_vault(
        note("a", 'job_description: "[[gone]]"')
        + note("bb", "job_description: https://acme.example/jobs/1")
        + note("ccc", "job_description: Files/acme.pdf")
        + note("dddd", "job_description: Files/acme")
        + note("eeeee", "job_description: Files/big.txt")
        + "=== Files/acme.pdf\nx\n=== Files/acme\nx\0y\n"
    )
    (root / "Files" / "big.txt").write_bytes(b"x" * (2 * 1024 * 1024 + 1))
    vault = read(root)
    assert dict(vault.postings) == {}
    assert told(vault) == [
        ("posting/missing", "Interviews/a.md:7"),
        ("posting/online", "Interviews/bb.md:7"),
        ("posting/unreadable", "Interviews/ccc.md:7"),
        ("posting/unreadable", "Interviews/dddd.md:7"),
        ("posting/unreadable", "Interviews/eeeee.md:7"),
    ]
    online = next(each for each in vault.findings if each.code == "posting/online")
    assert online.message.startswith("`job_description` is a web address")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_no_link_leads_out_of_the_vault(make_vault: Maker, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    root = make_vault(
        note("a", "job_description: Files/out.txt")
        + note("bb", "job_description: ../../secret.txt")
        + "=== Files/x.txt\nx\n"
    )
    (root / "Files" / "out.txt").symlink_to(tmp_path / "secret.txt")
    vault = read(root)
    assert dict(vault.postings) == {}
    assert [code for code, _ in told(vault)] == ["posting/missing", "posting/missing"]


def test_one_posting_for_a_whole_loop(make_vault: Maker) -> None:
    vault = read(
        make_vault(
            note("a", "job_description: Jobs/p")
            + note("bb", "job_description: Jobs/p.md")
            + "=== Jobs/p.md\nText\n"
        )
    )
    assert vault.postings["Interviews/a.md"] is vault.postings["Interviews/bb.md"]
