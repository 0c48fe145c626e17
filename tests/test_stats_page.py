"""The page of figures: every number opens exactly what it counts, and what rests on little says so."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.dashboard import DEBRIEF, VAULT, Page, build_site


class _Tree(HTMLParser):
    """The links and the list entries inside every element that has an id."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.items: dict[str, int] = {}
        self.counts: list[tuple[str, str]] = []
        self.link = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {key: value or "" for key, value in attrs}
        if tag in {"div", "section", "span", "main", "ul"}:
            self.open.append((tag, known.get("id", "")))
            if known.get("id"):
                self.items.setdefault(known["id"], 0)
        if tag == "li":
            for _, name in self.open:
                if name:
                    self.items[name] += 1
        if tag == "a" and known.get("class") == "count":
            self.link = known["href"]

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                del self.open[index:]
                break

    def handle_data(self, data: str) -> None:
        if self.link:
            self.counts.append((self.link, data.strip()))
            self.link = ""


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    site = build_site(tmp_path_factory.mktemp("stats"), VAULT + DEBRIEF)
    return (site / "stats.html").read_text(encoding="utf-8")


def numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Each number of the page with its key, what it says and how many entries lie behind it."""
    tree = _Tree(text)
    for link, said in tree.counts:
        found = re.fullmatch(r"(?:\d+ of )?(\d+)", said)
        if found:
            yield link, int(found[1]), tree.items[link.removeprefix("#")]


def test_every_number_opens_as_many_notes_as_it_says(text: str) -> None:
    found = list(numbers(text))
    assert len(found) > 40
    assert [each for each in found if each[1] != each[2]] == []


def test_what_rests_on_little_is_marked_in_words(text: str) -> None:
    assert '<span class="few">too few to say</span>' in text
    assert "1 of 2 decided, too few to say" in Page(text).shown


def test_the_page_reads_from_the_top_down(text: str) -> None:
    places = [
        text.index(each)
        for each in (
            'class="figures"',
            "Where you stand",
            "How far applications get",
            "How long it takes",
            "How interviews end",
            "What was asked",
            "Over time",
            "What was counted",
        )
    ]
    assert places == sorted(places)


def test_many_companies_are_folded(tmp_path: Path) -> None:
    notes = "".join(
        f"=== Interviews/{n}.md\n---\nid: int_{n}\ncompany: Firm {n}\nrole: Cook\ninterview_type: panel\n"
        "scheduled_at: 2026-01-05T10:00\nstatus: completed\noutcome: rejected\n---\n"
        for n in range(20)
    )
    text = (build_site(tmp_path, notes) / "stats.html").read_text(encoding="utf-8")
    assert "<summary>12 more companies</summary>" in text


def test_without_a_debrief_it_says_how_to_come_to_one(tmp_path: Path) -> None:
    text = (build_site(tmp_path, VAULT) / "stats.html").read_text(encoding="utf-8")
    assert "No debrief yet" in text
    assert "prepvault debrief" in text
    hidden = (build_site(tmp_path / "b", VAULT, incognito=True) / "stats.html").read_text(encoding="utf-8")
    assert "prepvault debrief" not in hidden
