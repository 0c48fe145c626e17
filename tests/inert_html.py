"""Tell what is wrong with HTML that should be unable to do anything."""

import re
from html.parser import HTMLParser

_FRAMES = {"a", "blockquote", "details", "div", "li", "ol", "p", "pre", "section", "span", "summary", "ul"}
_MARKS = {"br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "mark", "s", "strong", "sup"}
TAGS = _FRAMES | _MARKS | {"figcaption", "figure", "img", "table", "tbody", "td", "th", "thead", "tr"}
VOID = frozenset({"br", "hr", "img"})
ATTRIBUTES = {
    "a": {"class", "href", "rel", "title", "aria-label", "data-size"},
    "span": {"class", "title", "role", "aria-label", "data-size"},
    "li": {"class", "data-task", "id"},
    "details": {"class", "data-callout", "open", "id"},
    "div": {"class", "data-callout", "id", "role", "aria-label", "tabindex"},
    "img": {"class", "src", "alt", "width", "height", "title", "loading"},
    "figure": {"class", "id"},
    "ol": {"start", "id"},
    **{tag: {"class"} for tag in ("summary", "section", "code", "th", "td")},
    **{tag: {"class", "id"} for tag in ("p", "pre", "blockquote", "sup", "ul", "table")},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel", "obsidian"})
_CLASSES = re.compile(r"[\w .+#-]*")
_PICTURE = re.compile(r"(\.\./)*files/[a-z0-9-]+\.(avif|gif|jpg|png|webp)")
_ID = re.compile(r"note-[\w-]+")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"tag {tag}")
        if tag == "a" and "a" in self.open:
            self.faults.append("a link inside a link")
        for name, value in attrs:
            self._check(tag, name, value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{tag} closes something else")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults.append(f"self-closing {tag}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data[:40]!r}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl[:40]!r}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"declaration {data[:40]!r}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data[:40]!r}")

    def _check(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES.get(tag, set()):
            self.faults.append(f"attribute {name} of {tag}")
        elif name == "class" and not _CLASSES.fullmatch(value):
            self.faults.append(f"class {value!r}")
        elif name == "href" and not is_safe(value):
            self.faults.append(f"address {value!r}")
        elif name == "src" and not _PICTURE.fullmatch(value):
            self.faults.append(f"picture {value!r}")
        elif name in {"width", "height"} and not value.isdecimal():
            self.faults.append(f"{name} {value!r}")
        elif name == "id":
            if not _ID.fullmatch(value) or value in self.ids:
                self.faults.append(f"id {value!r}")
            self.ids.add(value)


def is_safe(address: str) -> bool:
    """Read an address the way a browser does: tabs and line ends vanish, spaces in front too."""
    seen = re.sub(r"[\t\r\n]", "", address).strip("".join(map(chr, range(33))))
    if seen.startswith(("//", "\\", "/\\")):
        return False
    found = re.match(r"([^/?#]*?):", seen)
    return found is None or found[1].lower() in SCHEMES


def faults_of(html: str) -> list[str]:
    """List everything in a fragment that is not allowed to be there."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.faults + [f"{tag} is never closed" for tag in reader.open]
