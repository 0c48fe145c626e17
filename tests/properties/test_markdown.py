"""Whatever the text: it renders, it can do nothing, it says what it said, and plain Markdown stays plain."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prepvault.render.markdown_html import render_markdown
from prepvault.render.obsidian.embeds import Embeds, Passage, is_our_picture
from tests.hostile_markdown import KNOWN, PAYLOADS, TRAPS
from tests.inert_html import faults_of

PIECES = (
    *"[]()!<>`*_~=#%$^|\\&:;\"'@/-+. \n\t>",
    *[
        "[[",
        "]]",
        "![[",
        "%%",
        "==",
        "$$",
        "<!--",
        "-->",
        "^[",
        "[^1]",
        "[^1]:",
        "[a:: ",
        "a:: ",
        "|-|",
        "#",
        "```",
        "javascript:",
        "https://a.b/",
        "a@b.cd",
    ],
    *["word", "é", "😀", "&#58;", "[a]:b", "<br>", "<script>"],
    *("\n\n", "\n    ", "- [ ] ", "> [!note]- ", "1. ", " ^id", "\0", "\u2028", "\u00a0"),
)
NAMES = re.compile(r' (id="|class="language-)[^"]*"')
"""What only we give, or give more sparingly: ids of headings, and languages of code as classes."""
FRAME = re.compile(r'<div class="scroll"[^>]*>\n(<table>.*?</table>\n)</div>\n', re.DOTALL)
"""A table in its frame."""
messy = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
plain = st.text(alphabet="ab *_~`>-+1.)\n|:\\&;", max_size=80).filter(lambda text: "::" not in text)
words = st.lists(st.integers(0, 9999).map("word{:04}".format), min_size=1, max_size=12)
marks = st.sampled_from(("", "> ", "- ", "1. ", "  ", "\n", "# ", "> - ", "> > ", "- - - ", "    ", "~ "))


def resolve(target: str) -> str | None:
    """Know some notes, and answer badly for some names."""
    return KNOWN.get(target, f"notes/{len(target)}.html" if len(target) % 2 else None)


@given(st.one_of(messy, st.text(), st.sampled_from(PAYLOADS)))
@settings(deadline=None)
def test_any_text_renders_to_something_inert(text: str) -> None:
    html = render_markdown(text, resolve)
    assert not faults_of(html)
    assert render_markdown(text, resolve) == html


def embeds_of(texts: tuple[str, ...], depth: int = 0) -> Embeds:
    """A vault whose notes say these texts, and whose pictures lie anywhere."""
    addresses = ("files/x-0a1b.png", "../files/y.gif", *TRAPS)
    return Embeds(
        f"here {depth}",
        picture=lambda target: addresses[len(target) % len(addresses)],
        passage=lambda target: Passage(
            texts[len(target) % len(texts)],
            target.partition("#")[2],
            resolve,
            embeds_of(texts, depth + 1),
        ),
        remark=lambda target: target,
    )


@given(
    st.lists(st.one_of(messy, st.sampled_from(PAYLOADS)), min_size=1, max_size=3).map(tuple),
    st.sampled_from(
        ("![[a]]", "![[ab#^id]]\n![[x.png|3x4]]", "- ![[abc#word]]", "![](a.md)\n![b|9](x.png) ^id")
    ),
)
@settings(max_examples=150, deadline=None)
def test_embeds_bring_in_nothing_but_our_pictures_and_inert_text(texts: tuple[str, ...], embed: str) -> None:
    html = render_markdown(f"{texts[0]}\n\n{embed}", resolve, embeds=embeds_of(texts))
    assert not faults_of(html)
    assert all(is_our_picture(found) for found in re.findall(r'<img [^>]*src="([^"]*)"', html))


@given(st.lists(st.one_of(messy, st.sampled_from(PAYLOADS)), max_size=4).map("\n\n".join))
@settings(max_examples=50, deadline=None)
def test_payloads_do_not_help_each_other(text: str) -> None:
    assert not faults_of(render_markdown(text, resolve))


@given(words, st.data())
@settings(deadline=None)
def test_no_word_is_lost(said: list[str], data: st.DataObject) -> None:
    text = "\n".join("".join(data.draw(st.lists(marks, max_size=4))) + word for word in said)
    html = render_markdown(text, resolve)
    assert re.findall(r"word\d{4}", re.sub(r"<[^>]*>", "", html)) == said


@given(plain)
@settings(max_examples=300, deadline=None)
def test_plain_markdown_reads_as_the_parser_alone_reads_it(text: str) -> None:
    stock = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False})
    expected = stock.enable(["table", "strikethrough"]).render(text)
    expected = re.sub(r' style="text-align:(\w+)"', r' class="align-\1"', expected)
    ours = FRAME.sub(r"\1", render_markdown(text, resolve))
    assert NAMES.sub("", ours) == NAMES.sub("", expected)
