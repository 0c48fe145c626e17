"""A note's Markdown as HTML: what the cases under `cases/` do not say."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from prepvault.render.markdown_html import LONGEST, render_markdown
from prepvault.render.obsidian.addresses import SCHEMES, is_inert
from prepvault.render.obsidian.callouts import STYLES
from prepvault.render.obsidian.embeds import Embeds, Passage, is_our_picture
from prepvault.render.obsidian.page import fragment_id, slug_of
from tests.hostile_markdown import KNOWN, PAYLOADS, TEXTS, TRAPS
from tests.inert_html import faults_of, is_safe

TraceFunction = Callable[[FrameType, str, object], Any]


def nowhere(target: str) -> None:
    """Know no note."""


def test_there_are_enough_payloads() -> None:
    assert len(TEXTS) >= 150
    assert len(PAYLOADS) >= 1000


def test_nothing_hostile_comes_through() -> None:
    bad = {}
    for payload in PAYLOADS:
        if faults := faults_of(render_markdown(payload, KNOWN.get)):
            bad[payload] = faults
    assert not bad


def trapped(payload: str) -> Embeds:
    """Embeds of a vault full of traps: pictures at forbidden addresses, a passage of hostile text."""
    inside = Embeds("inside", picture=lambda target: TRAPS[len(target) % len(TRAPS)])
    text = f"{payload}\n\n![[x.png]]\n\n# {payload}"
    return Embeds(
        "outside",
        picture=lambda target: TRAPS[len(target) % len(TRAPS)],
        passage=lambda target: Passage(text, "", KNOWN.get, inside),
        remark=lambda target: f'"><script>{target}</script>',
    )


def test_nothing_hostile_comes_through_an_embed_or_out_of_one() -> None:
    bad = {}
    for payload in PAYLOADS[::4]:
        html = render_markdown(f"{payload}\n\n![[x]]\n\n![](y.md)", KNOWN.get, embeds=trapped(payload))
        if faults := faults_of(html):
            bad[payload] = faults
        assert "<img" not in html
    assert not bad


def test_the_check_itself_sees_what_is_wrong() -> None:
    for html in (
        "<script>x</script>",
        '<p onclick="x">x</p>',
        '<p style="color:red">x</p>',
        '<a href="javascript:x">x</a>',
        '<a href="java&#10;script:x">x</a>',
        '<a href=" data:,x">x</a>',
        '<a href="//example.com">x</a>',
        '<img src="https://example.com/x.png">',
        '<p id="location">x</p>',
        '<p id="note-a">x</p><p id="note-a">y</p>',
        "<p>never closed",
        "<p></div>",
        "<!-- x -->",
        "<!doctype html>",
        '<a href="x"><a href="y">z</a></a>',
        "<br/>",
    ):
        assert faults_of(html), html
    assert is_safe("../a:b/c")
    assert not faults_of('<p id="note-a">x<br><a href="a.html#b">y</a></p>')


@pytest.mark.parametrize(
    ("address", "inert"),
    [
        ("companies/acme.html", True),
        ("../a.html#note-x", True),
        ("a/b:c.html", True),
        ("#note-x", True),
        ("https://example.com", True),
        ("obsidian://open?file=x", True),
        ("javascript:x", False),
        ("b:c.html", False),
        ("java\tscript:x", False),
        (" javascript:x", False),
        ("//example.com", False),
        ("/\\example.com", False),
        ("\\\\example.com", False),
        ("https:x", False),
    ],
)
def test_addresses_from_outside_the_note_are_held_to_the_same_rules(address: str, inert: bool) -> None:
    assert is_inert(address) is inert


@pytest.mark.parametrize("address", TRAPS)
def test_a_picture_lies_in_our_folder_under_a_name_of_ours(address: str) -> None:
    assert not is_our_picture(address)
    assert is_our_picture("../files/board-0123456789ab.png")
    assert faults_of(f"<img src='{address}'>"), "the check of the tests sees it too"


def test_headings_move_down_and_stay_headings() -> None:
    text = "# a\n\n### b\n\n###### c"
    assert "<h3 " in (html := render_markdown(text, nowhere, heading_offset=2))
    assert "<h5 " in html
    assert "<h6 " in html
    assert "<h1 " in render_markdown(text, nowhere, heading_offset=-3)


def test_the_prefix_is_in_front_of_every_id_and_every_link_to_one() -> None:
    html = render_markdown("# One\n\ntext[^1] [[#One]] ^b\n\n[^1]: x", nowhere, id_prefix="interview-")
    assert 'id="interview-one"' in html
    assert 'href="#interview-one"' in html
    assert 'id="note-' not in html
    assert html.count('"interview-') + html.count('"#interview-') == 7


def test_links_between_pages_can_name_a_place() -> None:
    assert fragment_id("Culture & values") == "note-culture-values"
    assert fragment_id("A#B#Last part") == "note-last-part"
    assert fragment_id("^pv-one", "x-") == "x--block-pv-one"
    assert 'id="note-culture-values"' in render_markdown("## Culture & values", nowhere)
    assert slug_of("  Ünï / 面接  ") == "ünï-面接"


def test_a_note_that_is_too_long_is_shown_as_it_stands() -> None:
    text = "**x** <b>\n" * (LONGEST // 10 + 1)
    html = render_markdown(text, nowhere)
    assert "too long" in html
    assert "<strong>" not in html
    assert "&lt;b&gt;" in html
    assert "<strong>" in render_markdown(text[: LONGEST // 100], nowhere)


@pytest.mark.parametrize("unit", ["[", "[a](", "![[]()", "^[", "[[a|", "[ a_"])
def test_a_note_that_is_too_tangled_is_shown_as_it_stands(unit: str) -> None:
    text = unit * (100_000 // len(unit)) + "]" * 1000
    html = render_markdown(text, nowhere)
    assert not faults_of(html)
    assert html.count(unit[0]) >= text.count(unit[0])


@pytest.mark.parametrize(
    "unit",
    [
        "[^",
        "$$ a\n\n",
        "- <!-- a\n",
        "- %% a\n  %% b\n",
        "<!--\n\n",
        "====",
        "x ^b\n\n",
        "# a\n# a-2\n",
        "a@b.",
        "http://a.b/) ",
        "$a ",
        "a|b\n-|-\n",
    ],
)
def test_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    def lines_run(size: int) -> int:
        count = 0

        def see(frame: FrameType, event: str, argument: object) -> TraceFunction:
            nonlocal count
            count += event == "line"
            return see

        text = "[^1]: x\n\n" + unit * (size // len(unit))
        before = sys.gettrace()
        sys.settrace(see)
        try:
            render_markdown(text, nowhere)
        finally:
            sys.settrace(before)
        return count

    lines_run(1_000)
    small, large = lines_run(1_500), lines_run(12_000)
    assert large < 12 * small, f"8 times the text took {large / small:.0f} times the work"


def test_text_nested_deeper_than_the_parser_follows_is_not_lost() -> None:
    lists = "\n".join("  " * depth + f"- word{depth}" for depth in range(60))
    quotes = "\n".join("> " * depth + f"word{depth}" for depth in range(60, 120))
    html = render_markdown(f"{lists}\n\nbetween\n\n{quotes}\n\nafter", nowhere)
    missing = [depth for depth in range(120) if f"word{depth}" not in html]
    assert not missing
    assert "<p>between</p>" in html
    assert html.endswith("<p>after</p>\n")


def test_one_note_leaves_nothing_behind_for_the_next() -> None:
    text = "# a\n\n[^1] [r] [a](b ^x\n\n[^1]: x\n\n[r]: https://example.com\n\n%% open"
    first = render_markdown(text, nowhere)
    assert render_markdown("# a\n\n[^1] [r]", nowhere) == '<h1 id="note-a">a</h1>\n<p>[^1] [r]</p>\n'
    assert render_markdown(text, nowhere) == first


def test_the_resolver_gets_the_whole_target() -> None:
    asked: list[str] = []

    def resolve(target: str) -> str:
        asked.append(target)
        return "x.html"

    render_markdown(
        "[[Note]] [[a/Note#Heading|b]] ![[pic.png|100]] [x](a%20b.md#c) [[#here]] [y](https://example.com)",
        resolve,
    )
    assert asked == ["Note", "a/Note#Heading", "pic.png", "a b.md#c"]


def test_line_ends_do_not_matter() -> None:
    text = "a\nb\n\n- c\n- d\n\n%%\nx\n%%\n"
    assert render_markdown(text.replace("\n", "\r\n"), nowhere) == render_markdown(text, nowhere)
    assert render_markdown("", nowhere) == ""


def test_the_page_for_users_names_what_is_allowed_and_known() -> None:
    page = (Path(__file__).parents[1] / "docs" / "markdown.md").read_text(encoding="utf-8")
    for name in (*SCHEMES, *STYLES):
        assert f"`{name}`" in page, name
    for suspect in ("javascript:", "data:", "file:"):
        assert f"`{suspect}`" in page
        assert not is_inert(f"{suspect}x")
    shown = render_markdown(page, nowhere)
    assert not faults_of(shown)
    assert "<table>" in shown
