"""Take wikilinks and Markdown links apart, as they stand in property values."""

import re

_WIKILINK = re.compile(r"!?\[\[([^\[\]\n]{1,500}?)\]\]")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(<?([^()\s<>]{1,1000})>?\)")


def split_wikilink(inner: str) -> tuple[str, str]:
    """Take the inside of `[[target#heading|shown]]` apart into the target's path and what is shown."""
    target, _, alias = inner.partition("|")
    target = target.strip().removesuffix("\\")
    path = target.partition("#")[0].strip().removesuffix(".md")
    return path, alias.strip() or path.rpartition("/")[2] or target.strip()


def unwrap_link(text: str) -> str:
    """Replace every link by what it shows: `[[Companies/Acme|Acme]]` by `Acme`."""
    if "[" not in text:
        return text
    text = _WIKILINK.sub(lambda found: split_wikilink(found[1])[1], text)
    return _LINK.sub(lambda found: found[1], text)


def find_target(text: str) -> str:
    """Return the path a text points to: a wikilink's target, a link's address, else the text itself."""
    if found := _WIKILINK.search(text):
        return split_wikilink(found[1])[0]
    if found := _LINK.search(text):
        return found[2]
    return text.strip()
