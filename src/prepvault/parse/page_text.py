"""The text that a saved web page shows, as the lines of a note."""

import re
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "head", "nav", "footer", "noscript", "template"})
_BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "tr", "section", "article", "main", "header"})
_HEADINGS = frozenset({f"h{level}" for level in range(1, 7)})
_LONGEST = 1_000_000


def page_text(html: str) -> str:
    """Keep the text of a page, its headings and list points marked as in a note; scripts and menus go."""
    reader = _Reader()
    reader.feed(html[:_LONGEST])
    return re.sub(r"[ \t]*\n[ \t\n]*\n[ \t]*", "\n\n", "".join(reader.pieces)).strip()


class _Reader(HTMLParser):
    """Collects pieces of text; `silent` is the stack of elements whose text nobody sees."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag == "li":
            self._add("\n- ")
        elif tag in _HEADINGS:
            self._add(f"\n\n{'#' * int(tag[1])} ")
        elif tag in _BLOCKS or tag == "br":
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._add("\n")

    def handle_data(self, data: str) -> None:
        self._add(re.sub(r"\s+", " ", data))

    def _add(self, piece: str) -> None:
        if not self.silent and not (piece.isspace() and self.pieces and self.pieces[-1].endswith("- ")):
            self.pieces.append(piece)
