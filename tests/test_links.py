"""Which note a link means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepvault.rules.links import ambiguous_targets, build_index, resolve_link, split_target

PATHS = (
    "Start here.md",
    "Interviews/Acme - phone.md",
    "Interviews/2026/Beta.md",
    "Companies/Acme.md",
    "Companies/Beta.md",
    "Archive/2025/Beta.md",
    "Archive/2025/Old/Notes.md",
    "Archive/Notes.md",
    "People/Zoë Brontë.md",
    "Files/map.png",
    "Files/v1.2.md",
    "Interviews.base",
    "People/Dana\u00a0Roe.md",
)
ALIASES = {"Companies/Acme.md": ("ACME Robotics", "the firm"), "People/Zoë Brontë.md": ("the firm", "Zoë")}
INDEX = build_index(PATHS, ALIASES)
FROM = "Interviews/2026/Beta.md"


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("Acme", "Companies/Acme.md"),
        ("acme", "Companies/Acme.md"),
        ("Acme.md", "Companies/Acme.md"),
        ("Companies/Acme", "Companies/Acme.md"),
        ("/Companies/Acme.md", "Companies/Acme.md"),
        ("Acme#Culture#Values", "Companies/Acme.md"),
        ("Acme#^block", "Companies/Acme.md"),
        (" Acme ", "Companies/Acme.md"),
        ("2025/Beta", "Archive/2025/Beta.md"),
        ("../../Companies/Beta", "Companies/Beta.md"),
        ("./Beta.md", "Interviews/2026/Beta.md"),
        ("../Acme - phone", "Interviews/Acme - phone.md"),
        ("map.png", "Files/map.png"),
        ("Interviews.base#Upcoming", "Interviews.base"),
        ("v1.2", "Files/v1.2.md"),
        ("Zoe\u0308 Bronte\u0308", "People/Zoë Brontë.md"),
        ("Dana Roe", "People/Dana\u00a0Roe.md"),
        ("People/Dana\u202fRoe", "People/Dana\u00a0Roe.md"),
        ("acme robotics", "Companies/Acme.md"),
        ("Nobody", None),
        ("", None),
        ("#Heading", None),
        ("../../../etc/passwd", None),
        ("../Acme", None),
        ("ompanies/Acme", None),
        ("https://example.com", None),
    ],
)
def test_a_target_finds_its_note(target: str, path: str | None) -> None:
    assert resolve_link(target, FROM, INDEX) == path


def test_the_nearest_of_several_is_meant() -> None:
    assert resolve_link("Beta", "Interviews/2026/Gamma.md", INDEX) == "Interviews/2026/Beta.md"
    assert resolve_link("Beta", "Companies/Acme.md", INDEX) == "Companies/Beta.md"
    assert resolve_link("Beta", "Archive/2025/Old/Notes.md", INDEX) == "Archive/2025/Beta.md"
    assert resolve_link("Beta", "Start here.md", INDEX) == "Companies/Beta.md"
    assert resolve_link("Notes", "Archive/2025/Beta.md", INDEX) == "Archive/2025/Old/Notes.md"


def test_equally_near_ones_are_told() -> None:
    assert ambiguous_targets("Notes", "Archive/2025/Beta.md", INDEX) == (
        "Archive/2025/Old/Notes.md",
        "Archive/Notes.md",
    )
    assert ambiguous_targets("the firm", FROM, INDEX) == ("Companies/Acme.md", "People/Zoë Brontë.md")
    assert ambiguous_targets("Acme", FROM, INDEX) == ()
    assert ambiguous_targets("Beta", FROM, INDEX) == ()
    assert ambiguous_targets("Nobody", FROM, INDEX) == ()


def test_a_path_beats_a_name_and_a_name_beats_an_alias() -> None:
    index = build_index(["Acme.md", "x/Acme.md", "x/Other.md", "Alias.md"], {"x/Other.md": ("Alias",)})
    assert resolve_link("Acme", "x/Other.md", index) == "Acme.md"
    assert resolve_link("Alias", "x/Other.md", index) == "Alias.md"


def test_spelling_decides_between_names_that_differ_in_case_only() -> None:
    index = build_index(["a/Note.md", "a/note.md"])
    assert resolve_link("a/note", "x.md", index) == "a/note.md"
    assert resolve_link("a/Note", "x.md", index) == "a/Note.md"
    assert ambiguous_targets("a/NOTE", "x.md", index) == ("a/Note.md", "a/note.md")


def test_a_target_comes_apart() -> None:
    assert split_target("Note # Heading") == ("Note", "Heading")
    assert split_target("Note") == ("Note", "")
    assert split_target("#^x") == ("", "^x")


@given(st.text(max_size=30), st.sampled_from(PATHS))
def test_a_link_leads_into_the_vault_or_nowhere(target: str, path: str) -> None:
    assert resolve_link(target, path, INDEX) in {*PATHS, None}
    assert set(ambiguous_targets(target, path, INDEX)) <= set(PATHS)


@given(st.sampled_from(PATHS), st.sampled_from(PATHS))
def test_every_file_is_found_by_its_path(path: str, from_path: str) -> None:
    assert resolve_link(f"/{path}", from_path, INDEX) == path
