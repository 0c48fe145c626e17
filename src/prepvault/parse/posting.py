"""Read a posting's text from the note or file that an interview links to."""

import re
from collections.abc import Iterator

from prepvault.model.posting import PostingText
from prepvault.model.settings import Settings
from prepvault.parse.fields import Fields
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.hidden import without_comments
from prepvault.parse.sections import find_sections
from prepvault.parse.splice import without_sections

LONGEST = 40_000
"""Letters of a posting that are read; a longer one is a whole careers page, or no posting."""

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_IS_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=.)")
_BEGINS = frozenset(
    {
        *("posting", "job posting", "the posting", "job description", "job ad", "advert", "job advert"),
        *("stellenanzeige", "stellenausschreibung", "stellenbeschreibung", "ausschreibung"),
    }
)
_OPENINGS = "about|your|the|our|what|who|why|ihre?|deine?|das|was|wir|über"
_SUBJECTS = "requirements?|qualifications?|criteria|responsibilities|duties|tasks|skills|experience|benefits"
_MORE = "nice[ -]to[ -]haves?|must[ -]haves?|aufgaben|anforderungen|profil|qualifikation(?:en)?"
_PART_OF_ONE = re.compile(rf"(?:{_OPENINGS})\b.*|.*\b(?:{_SUBJECTS}|{_MORE})", re.IGNORECASE)
"""Headings that stand inside a posting, at whatever rank they were pasted."""
_OWN = re.compile(
    "(?:my |own )?notes|log|timeline|history|contacts?|people|interviews|rounds|links|to ?do|next steps?"
    "|my questions|questions for them|research|application|applied",
    re.IGNORECASE,
)


def parse_posting(data: bytes, path: str) -> PostingText:
    """Give a posting's text without front matter, coaching and the user's own parts; never raises.

    What is not UTF-8 is replaced, of a saved web page only the text is kept. Where a heading is called
    `Posting`, what stands before it is not part of it; parts called `Notes`, `Log` and the like never are.
    """
    head, _ = parse_head(data, path)
    if path.endswith(".md"):
        sections, _ = find_sections(data, path)
        data = without_sections(data, sections)
    bare, _ = parse_head(data, path)
    text = bare.body if head.present else _decoded(data)
    text = _page_text(text) if _IS_PAGE.match(text) else without_comments(text)
    publish = Fields(path, head, Settings()).flag("publish", default=True, unreadable=False)
    return PostingText(path, _own_parts_left_out(text)[:LONGEST].strip(), publish=publish and head.valid)


def posting_inside(data: bytes, path: str) -> str:
    """Give the posting that was pasted into an interview's note, from its heading to the user's next part.

    Empty without such a heading. A heading of the same rank or above ends it, unless it is one that postings
    have themselves, like `Requirements`.
    """
    sections, _ = find_sections(data, path)
    head, _ = parse_head(without_sections(data, sections), path)
    kept: list[str] = []
    rank = 0
    for line in without_comments(head.body).splitlines():
        level, title = _title(line)
        if not rank:
            rank = level if title.casefold() in _BEGINS else 0
        elif _ends(level, title, rank):
            break
        else:
            kept.append(line)
    return "\n".join(kept)[:LONGEST].strip()


def _ends(level: int, title: str, rank: int) -> bool:
    """Tell whether a line ends a posting of this rank; 0 is the level of a line that is no heading."""
    is_above = 0 < level <= rank and not _PART_OF_ONE.fullmatch(title)
    return is_above or bool(level and _OWN.fullmatch(title))


def _page_text(text: str) -> str:
    from prepvault.parse.page_text import page_text  # seldom needed, and its library takes time to load

    return page_text(text)


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    return data.decode(encoding, "replace")


def _own_parts_left_out(text: str) -> str:
    lines = text.splitlines()
    starts = (at for at, line in enumerate(lines) if _title(line)[1].casefold() in _BEGINS)
    return "\n".join(_kept(lines[next(starts, 0) :]))


def _kept(lines: list[str]) -> Iterator[str]:
    """Pass over the parts that hold the user's own words, each up to the next heading of its rank."""
    left_out = 0
    for line in lines:
        level, title = _title(line)
        if level and (not left_out or level <= left_out):
            left_out = level if _OWN.fullmatch(title) else 0
        if not left_out and title.casefold() not in _BEGINS:
            yield line


def _title(line: str) -> tuple[int, str]:
    """The level and text of a heading; 0 and nothing for every other line."""
    found = _HEADING.match(line)
    title = line[found.end() :].rstrip().rstrip("# \t") if found else ""
    return (len(found[1]), title.strip(" :*_")) if found else (0, "")
