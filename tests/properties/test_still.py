"""Whatever a program writes for a note: read as Markdown, nothing in it runs, hides or fetches."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from prepvault.render.plain import still_markdown

PIECES = (
    *("```", "````", "~~~", "python", "dataviewjs", "js-engine", "`", "``", "$", "$=", "%", "%%"),
    *("<script>", "<img src=x>", "<!-- a -->", "<% x %>", "<", "&lt;"),
    *("!", "![", "[", "[[", "]", "]]", "(x)", "](https://x.example)", "[a]: https://x.example"),
    *("- ", "1. ", "> ", "    ", "\t", " ", "\n", "\n\n", "word", "#", "---", "\\", "|", "*"),
)
MARKDOWN = MarkdownIt("commonmark", {"html": True})
LANGUAGES = {"", "python"}


def every(tokens: list[Token]) -> list[Token]:
    """All tokens, those inside others too."""
    return [inner for token in tokens for inner in (token, *every(token.children or []))]


@settings(max_examples=250)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_no_html_no_picture_and_no_fence_for_a_plugin(text: str) -> None:
    written = still_markdown(text)
    for token in every(MARKDOWN.parse(written)):
        assert token.type not in {"html_block", "html_inline", "image"}, written
        if token.type == "fence":
            assert token.info.strip() in LANGUAGES, written
        if token.type == "code_inline":
            assert not token.content.strip().startswith("$="), written
    assert "<%" not in written
    assert still_markdown(written) == written
