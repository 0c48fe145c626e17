"""Embedded notes and pictures on the dashboard: what is shown, what never is, and what it may cost."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest

from prepvault.jobs import gallery
from prepvault.jobs.build import build
from prepvault.jobs.context import open_root
from prepvault.parse.pictures import find_pictures, picture_kind
from prepvault.render.markdown_html import render_markdown
from prepvault.render.obsidian.embeds import MOST_PASSAGES, Embeds, Passage
from tests.conftest import NOW, Maker
from tests.inert_html import faults_of
from tests.pictures import AVIF, GIF, JPEG, SVG, WEBP, png

HEAD = """---
id: int_{id}
company: Acme
role: Dev
interview_type: technical
scheduled_at: 2026-02-1{day}T14:00:00
status: scheduled
{more}---
"""
IMG = re.compile(r"<img[^>]*>")


def note(name: str, body: str, day: int = 0, more: str = "") -> str:
    """An interview's note for `make_vault`."""
    return f"=== Interviews/{name}.md\n{HEAD.format(id=name, day=day, more=more)}{body}\n"


def page_of(root: Path, name: str = "interviews/int_a.html") -> str:
    """Build a vault and read one of its pages."""
    return (build(open_root(root, now=NOW.isoformat())).folder / name).read_text(encoding="utf-8")


def put(root: Path, path: str, data: bytes) -> None:
    """Put a file into a vault."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)


def copied(root: Path) -> list[str]:
    """Name the pictures in the site."""
    return sorted(path.name for path in (root / "site" / "files").glob("*"))


def test_a_picture_is_copied_under_a_name_of_ours_and_shown(make_vault: Maker) -> None:
    root = make_vault(
        note("a", "![[White board (1).PNG|board|300x200]] ![plan](../Files/White%20board%20(1).PNG)")
    )
    put(root, "Files/White board (1).PNG", png())
    shown = IMG.findall(page_of(root))
    (name,) = copied(root)
    assert re.fullmatch(r"white-board-1-[0-9a-f]{12}\.png", name)
    assert (root / "site" / "files" / name).read_bytes() == png()
    assert shown[0] == (
        f'<img class="picture" src="../files/{name}" alt="board" width="300" height="200" loading="lazy">'
    )
    assert f'src="../files/{name}" alt="plan" loading="lazy"' in shown[1]


@pytest.mark.parametrize(
    "name", ["100%.png", "a'b.png", "a & b.png", "ünï 面.png", "a+b=c.png", "x;y,z.png", "a#1.png", "(1).png"]
)
def test_any_name_that_a_link_can_hold_is_found(make_vault: Maker, name: str) -> None:
    embed = f"![](<{name.replace('%', '%25').replace('#', '%23')}>)" if "#" in name else f"![[{name}]]"
    root = make_vault(note("a", embed))
    put(root, f"Files/{name}", png())
    (tag,) = IMG.findall(page_of(root)) if "#" not in name else ("",)
    assert not tag or f'src="../files/{copied(root)[0]}"' in tag
    assert "#" not in name or copied(root) == [], "`#` begins the part of a note in every link"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(), "png"),
        (GIF, "gif"),
        (JPEG, "jpg"),
        (WEBP, "webp"),
        (AVIF, "avif"),
        (SVG, ""),
        (b"", ""),
        (b"<html>", ""),
        (AVIF.replace(b"avif", b"heic"), ""),
        (b"RIFF....WAVE", ""),
        (b"\x00\x00\x00\x04ftypavif", ""),
    ],
)
def test_the_kind_of_a_picture_is_told_by_its_bytes(data: bytes, kind: str) -> None:
    assert picture_kind(data) == kind


def test_what_is_no_picture_stays_a_link_that_says_why(make_vault: Maker) -> None:
    root = make_vault(
        note(
            "a",
            "![[disguised.png]] ![[drawing.svg]] ![[huge.png]] ![[talk.mp3]] ![[../../outside.png]]",
        )
    )
    put(root, "disguised.png", SVG)
    put(root, "drawing.svg", SVG)
    put(root, "talk.mp3", b"ID3")
    put(root, "../outside.png", png())
    with (root / "huge.png").open("wb") as stream:
        stream.write(png())
        stream.truncate(100 * 1024 * 1024)
    page = page_of(root)
    assert not IMG.findall(page)
    assert copied(root) == []
    assert 'title="not a PNG, JPEG, GIF, WebP or AVIF picture by its content, so it was not copied"' in page
    assert 'title="larger than 10 MiB, so it was not copied"' in page
    for name in ("disguised.png", "huge.png", "talk.mp3", "drawing.svg"):
        assert re.search(rf'<a class="embed [^>]*href="obsidian://open\?[^>]*>{name}</a>', page), name
    assert "outside.png</span>" in page


def test_of_a_huge_file_nothing_is_read(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault(note("a", "![[huge.png]]"))
    with (root / "huge.png").open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    read: list[int] = []
    monkeypatch.setattr("prepvault.outside.pictures.read_up_to", lambda handle, limit: read.append(limit))
    page_of(root)
    assert read == []


def test_a_link_out_of_the_vault_is_not_followed(make_vault: Maker) -> None:
    root = make_vault(note("a", "![[secret.png]] ![[inner/secret2.png]]"))
    put(root, "../elsewhere/secret.png", png())
    put(root, "../elsewhere/secret2.png", png())
    (root / "secret.png").symlink_to(root.parent / "elsewhere" / "secret.png")
    (root / "inner").symlink_to(root.parent / "elsewhere")
    assert not IMG.findall(page_of(root))
    assert copied(root) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_file_swapped_for_a_pipe_or_a_link_holds_nothing_up(make_vault: Maker) -> None:
    from prepvault.errors import PrepVaultError
    from prepvault.outside.pictures import read_picture

    root = make_vault(note("a", ""))
    os.mkfifo(root / "pipe.png")
    put(root, "../outside.png", png())
    (root / "link.png").symlink_to(root.parent / "outside.png")
    for name in ("pipe.png", "link.png", "../outside.png", "Interviews", "nothing.png"):
        with pytest.raises(PrepVaultError):
            read_picture(root, name, 1000)


def test_only_what_a_page_shows_is_copied(make_vault: Maker) -> None:
    hidden = "%%![[comment.png]]%%\n\n```\n![[code.png]]\n```\n\n\\![[escaped.png]]"
    private = note("p", "![[private.png]]", 1, "publish: false\n")
    root = make_vault(note("a", hidden) + private + "=== Other.md\n![[other.png]]\n")
    for name in ("comment", "code", "escaped", "private", "other"):
        put(root, f"{name}.png", png())
    page_of(root)
    assert copied(root) == []


def test_incognito_shows_no_text_and_copies_nothing(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(note("a", "![[board.png]]\n\n![[b]]") + note("b", "Quiet words.", 1))
    put(root, "board.png", png())
    monkeypatch.setattr(gallery, "read_picture", lambda *_: pytest.fail("a picture was read"))
    build(open_root(root, now=NOW.isoformat()), incognito=True)
    for path in (root / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "Quiet words" not in text
        assert "board.png" not in text
        assert "<img" not in text
    assert copied(root) == []


def test_a_picture_that_is_no_longer_shown_is_deleted(make_vault: Maker) -> None:
    root = make_vault(note("a", "![[one.png]]"))
    put(root, "one.png", png())
    page_of(root)
    assert len(copied(root)) == 1
    put(root, "one.png", png(5, 5))
    page_of(root)
    assert len(copied(root)) == 1
    make_vault(note("a", "nothing"))
    page_of(root)
    assert not (root / "site" / "files").exists()


def test_a_new_picture_ends_the_standstill_of_a_second_build(make_vault: Maker) -> None:
    root = make_vault(note("a", "![[one.png]]"))
    put(root, "one.png", png())
    live = replace(open_root(root, now=NOW.isoformat()), is_live=True)
    build(live)
    soon = replace(live, now=NOW + timedelta(minutes=7))
    assert build(soon).output.written == ()
    put(root, "one.png", png(5, 5))
    written = build(soon).output.written
    assert "built.js" in written, "the moment that pages speak of moves on with a picture"
    assert any(name.startswith("files/one-") for name in written)


def test_no_file_is_looked_at_without_an_embed(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault(note("a", "[[board.png]] and text"))
    put(root, "board.png", png())
    for name in ("read_picture", "build_index"):
        monkeypatch.setattr(gallery, name, lambda *_, name=name: pytest.fail(f"{name} was called"))
    page_of(root)


def test_a_dashboard_holds_only_so_much(make_vault: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "MOST", 2 * len(png()))
    root = make_vault(note("a", "![[1.png]] ![[2.png]] ![[3.png]]"))
    for name in "123":
        put(root, f"{name}.png", png())
    page = page_of(root)
    assert len(IMG.findall(page)) == 2
    assert "of pictures that a dashboard holds, so it was not copied" in page


COMPANY = """=== Companies/Acme.md
---
name: Acme
---
# Culture

They **ship**. See [[#People]] and [[b]].

## Values

Kindness.[^1]

# People

- Dana ^dana
  - likes robots
- Sam

[^1]: Said Dana.
"""


def test_a_note_is_shown_with_its_name_and_without_our_sections(make_vault: Maker) -> None:
    section = "<!-- prepvault:begin id=brief v=1 sum=0 -->\n\nours\n\n<!-- prepvault:end id=brief -->\n"
    root = make_vault(
        note("a", "## Mine\n\n![[b]]\n\n### Below\n\nText.")
        + note("b", f"# Theirs\n\nTheir text.\n\n{section}", 1)
    )
    page = page_of(root)
    figure = re.search(r'<figure class="passage">.*?</figure>', page, re.DOTALL)
    assert figure
    assert (
        '<figcaption><a class="embed embed-note internal-link" href="int_b.html">b</a></figcaption>'
        in figure[0]
    )
    assert '<h4 id="note--embed-1-theirs">Theirs</h4>' in figure[0], (
        "one level below the heading it stands under"
    )
    assert "<p>Their text.</p>" in figure[0]
    assert "ours" not in figure[0]
    assert '<h4 id="note-below">Below</h4>' in page


@pytest.mark.parametrize(
    ("target", "shown", "not_shown"),
    [
        ("Acme#Culture", ("They <strong>ship</strong>", "Kindness", "Said Dana"), ("Dana\n", "Sam")),
        ("Acme#Culture#Values", ("Kindness", "Said Dana"), ("ship", "robots")),
        ("Acme#people", ("Dana", "Sam"), ("ship", "Kindness", "Said Dana")),
        ("Acme#^dana", ("Dana", "likes robots"), ("Sam", "ship")),
    ],
)
def test_a_part_of_a_note_is_shown(
    make_vault: Maker, target: str, shown: tuple[str, ...], not_shown: tuple[str, ...]
) -> None:
    page = page_of(make_vault(note("a", f"![[{target}]]") + COMPANY))
    (figure,) = re.findall(r'<figure class="passage">.*?</figure>', page, re.DOTALL)
    text = figure.partition("</figcaption>")[2]
    for words in shown:
        assert words in text
    for words in not_shown:
        assert words not in text
    for anchor in re.findall(r'href="#([^"]+)"', text):
        assert f'id="{anchor}"' in page, anchor


def test_links_in_a_passage_are_those_of_its_own_note(make_vault: Maker) -> None:
    page = page_of(make_vault(note("a", "![[Acme#Culture]]") + COMPANY + note("b", "", 1)))
    text = page.partition("</figcaption>")[2].partition("</figure>")[0]
    assert 'href="../companies/acme.html#note-people"' in text
    assert 'href="int_b.html"' in text


def test_what_is_not_shown_otherwise_is_never_embedded(make_vault: Maker) -> None:
    root = make_vault(
        note("a", "![[quiet]]\n\n![[Diary]]\n\n![[Secret firm]]\n\n![[About me]]\n\nin ![[b]] text")
        + note("quiet", "Hush hush.", 1, "publish: false\n")
        + note("b", "Inline words.", 2)
        + "=== Diary.md\nHush hush.\n=== Companies/Secret firm.md\n---\npublish: false\n---\nHush hush.\n"
        + "=== About me.md\nHush hush.\n"
    )
    page = page_of(root)
    assert "Hush" not in page
    assert "<figure" not in page.partition('id="notes')[2]
    assert '<span class="embed embed-note unresolved-link">quiet</span>' in page
    assert re.search(
        r'<a class="embed embed-note internal-link" href="obsidian://[^"]*file=Diary">Diary</a>', page
    )
    assert 'in <a class="embed embed-note internal-link" href="int_b.html">b</a> text' in page


def test_a_circle_is_named_and_ends(make_vault: Maker) -> None:
    page = page_of(
        make_vault(
            note("a", "A. ![[b]]\n\n![[b]]")
            + note("b", "B.\n\n![[a]]\n\n![[b#Self]]\n\n# Self\n\n![[#Self]]", 1)
        )
    )
    assert page.count("embeds itself, so it is not repeated here") == 3
    assert page.count("<p>B.</p>") == 1
    assert page.count("<figure") == 3, "the note, and its part twice"


def test_a_part_that_is_not_there_is_said(make_vault: Maker) -> None:
    page = page_of(make_vault(note("a", "![[Acme#Nothing]]\n\n![[Acme#^none]]") + COMPANY))
    assert page.count("has no such heading or block.</p>") == 2


def chain(levels: int, times: int) -> Callable[[str], Passage | None]:
    """Make notes `1`, `2` and so on, each of which embeds the next one several times over."""

    def passage(target: str) -> Passage | None:
        depth = int(target)
        text = f"level {depth}\n\n" + f"![[{depth + 1}]]\n\n" * times
        embeds = Embeds(target, passage=passage)
        return Passage(text, "", lambda _: None, embeds) if depth <= levels else None

    return passage


def test_embeds_are_followed_five_deep() -> None:
    html = render_markdown("![[1]]", lambda _: None, embeds=Embeds("0", passage=chain(9, 1)))
    assert "level 5" in html
    assert "level 6" not in html
    assert "stands more than 5 notes deep" in html
    assert not faults_of(html)


def test_a_bomb_of_embeds_goes_off_quietly() -> None:
    began = process_time()
    html = render_markdown("![[1]]\n\n" * 10, lambda _: None, embeds=Embeds("0", passage=chain(10, 10)))
    assert process_time() - began < 10
    assert html.count("<figure") == MOST_PASSAGES
    assert "this page has 200 embedded notes already" in html
    assert len(html) < 1_000_000
    assert not faults_of(html)


def test_long_notes_are_not_embedded_over_and_over() -> None:
    long = Passage("word " * 40_000, "", lambda _: None, Embeds("long"))
    html = render_markdown("![[x]]\n\n" * 50, lambda _: None, embeds=Embeds("0", passage=lambda _: long))
    assert html.count("<figure") == 2
    assert html.count("this page would be too long") == 48


def test_a_tangled_note_is_not_shown_within_another() -> None:
    tangled = Passage("![[]()" * 16_000, "", lambda _: None, Embeds("t"))
    html = render_markdown(
        "before\n\n![[x]]\n\nafter", lambda _: None, embeds=Embeds("0", passage=lambda _: tangled)
    )
    assert "is too tangled to be shown here" in html
    assert html.startswith("<p>before</p>")


def test_pictures_between_passages_stay_in_order() -> None:
    embeds = Embeds(
        "0",
        picture=lambda target: "files/x-1.png" if target.endswith(".png") else None,
        passage=lambda target: Passage(f"text of {target}", "", lambda _: None, Embeds(target)),
    )
    html = render_markdown("![[a.png]]\n![[one]]\n![[b.png]] ![[two]] ^here", lambda _: None, embeds=embeds)
    assert re.findall(r"alt=\"(\w+)|text of (\w+)", html) == [("a", ""), ("", "one"), ("b", ""), ("", "two")]
    assert '<figure class="passage" id="note--block-here">' in html
    assert not faults_of(html)


def test_embeds_are_found_where_they_may_be_shown() -> None:
    text = '![[a.png]] ![[b c.JPG|300]] ![x](d%20e.webp "t") ![y](<f g.gif>) [r]: h.avif\n'
    text += "![[no.svg]] ![[no]] ![x](i(1).png)"
    found = find_pictures(text)
    assert {"a.png", "b c.JPG", "d e.webp", "f g.gif", "h.avif", "i(1).png"} <= set(found)
    assert not [each for each in found if "svg" in each and not each.endswith((".png", ".gif"))]


def test_looking_for_pictures_is_quick_in_any_text() -> None:
    for unit in ("![[", "](", "](<a ", "]: x", "![[.pn", ".png", "](.png", "](" + ".png" * 120):
        began = process_time()
        find_pictures(unit * (500_000 // len(unit)))
        assert process_time() - began < 10, unit


def test_line_ends_mean_what_the_vault_says(make_vault: Maker) -> None:
    root = make_vault(note("a", "one\ntwo") + '=== .obsidian/app.json\n{"strictLineBreaks": true}\n')
    assert "<p>one\ntwo</p>" in page_of(root)
    (root / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    assert "<p>one<br>\ntwo</p>" in page_of(root)


def test_a_link_with_two_meanings_says_where_it_leads(make_vault: Maker) -> None:
    page = page_of(
        make_vault(note("a", "[[Twin]] [[x/Twin|other]]") + "=== x/Twin.md\nx\n=== y/Twin.md\ny\n")
    )
    assert 'title="2 files could be meant; this leads to x/Twin">Twin</a>' in page
    assert re.search(r'file=x%2FTwin">other</a>', page)


def test_a_link_leads_to_the_place_it_names(make_vault: Maker) -> None:
    story = "=== Stories/S.md\n---\ntype: story\ntitle: S\n---\n# Result\n\nFine.\n"
    page = page_of(
        make_vault(
            note("a", "[[Acme#Values]] [[S#Result]] [[Diary#Day one]]")
            + COMPANY
            + story
            + "=== Diary.md\nx\n"
        )
    )
    assert 'href="../companies/acme.html#note-values"' in page
    assert 'href="../stories.html#story-s-result"' in page
    assert 'file=Diary%23Day%20one"' in page
