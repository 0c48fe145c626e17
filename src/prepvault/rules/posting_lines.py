"""Cut a posting into its lines and sentences, each with the part of the posting that it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prepvault.rules.prose import plain, sentences

MUST, NICE, DUTY, FIRM, OTHER = "must", "nice", "duty", "firm", ""
"""Parts of a posting: required, nice to have, the work, the firm and its offer, everything else."""

_LONGEST = 300
_LONGEST_LINE = 2000
_MOST_WORDS = 9
_BULLET = re.compile(r"^\s*(?:[-*+•·▪▫‣⁃–—●○◦■□➢➤►✓✔✅]|\d{1,2}[.)])\s+")
_MARKED = re.compile(r"\s*(?:#{1,6}\s+(?P<hash>.+?)[\s#]*|(?P<em>\*\*|__)(?P<bold>[^*_]+)(?P=em)\s*:?\s*)")
_RULE = re.compile(r"\s*(?:[-=_*]\s*){3,}")
_GOES_ON = re.compile(r"(?:,|\b(?:and|or|with|of|the|an?|to|in|for|our|your|by|on|as|from|using))\s*$")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)")

_YOU = r"you(?:'|’| wi)?(?:ll)?"
_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (part, re.compile("|".join(patterns), re.IGNORECASE))
    for part, *patterns in (
        (OTHER, r"\bvalues\b", r"\bprinciples\b"),
        (NICE, "nice.to.have", "good to have", r"\bbonus", r"\bplus(?:es)?\b", "prefer(?:red|able)"),
        (NICE, "desir(?:ed|able)", "advantage", "optional", "not required", "ideally", r"\bextras?\b"),
        (NICE, "von vorteil", "wünschenswert", "souhait", "deseable"),
        (FIRM, rf"\bwe(?:'|’)?(?: can)? offer|offer you|{_YOU} (?:get|love|enjoy)", "benefit", r"\bperks"),
        (FIRM, "in return", "compensation", "salary", r"\bpay\b", "equal", "diversity", "inclusion"),
        (FIRM, r"\bapply", "application", "process", "privacy", "location", "contact", "legal", "disclaimer"),
        (FIRM, "about us", "who we are", "our (?:culture|mission|story|company|team|offices?)"),
        (FIRM, "why (?:join|work|us)", "wir bieten", "über uns", "avantages", "ofrecemos"),
        (MUST, "requir", "qualif", r"\bmust", "minimum", "essential", "prerequisite", "person specification"),
        (
            MUST,
            r"\bneed",
            r"\bask(?:ing)? for",
            "expect",
            rf"{_YOU} (?:bring|have|are)\b",
            "about you",
            "look(?:ing)? for",
        ),
        (MUST, "ideal candidate", "your (?:profile|skills|experience|background)", "licen[cs]", "competenc"),
        (
            MUST,
            r"^(?:\w+ )?(?:skills|experience|knowledge|education)",
            "anforderung",
            r"profil\b",
            "mitbring",
        ),
        (MUST, "requisitos", "perfil"),
        (DUTY, "responsib", "duties", "accountab", rf"{_YOU} (?:do|be|work|own)\b", "day.to.day"),
        (
            DUTY,
            r"\btasks",
            "your (?:mission|impact|day)",
            r"(?:role|job|position|work)\b",
            "aufgaben",
            "funciones",
        ),
        (FIRM, r"^about\b"),
    )
)
_IS_NICE = re.compile(
    r"nice to have|\b(?:a|an) (?:\w+ )?(?:plus|bonus|advantage)\b|bonus points|\bpreferred\b|preferably"
    r"|\bideally\b|\bdesirable\b|advantageous|not (?:strictly )?(?:required|essential)|von vorteil",
    re.IGNORECASE,
)
_IS_MUST = re.compile(
    r"\bmust[ -]have\b|\byou must\b|\b(?:is|are) (?:required|essential|mandatory)\b|^required\b|^essential\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One point or sentence of a posting, without signs and emphasis; `part` is one of the five above."""

    text: str
    part: str


def posting_lines(text: str) -> tuple[PostingLine, ...]:
    """Cut a posting into points and sentences, in order; headings only say which part begins."""
    return tuple(
        PostingLine(said[:_LONGEST].strip(), _part_of(said, part))
        for part, item, is_point in _items(text)
        for said in ((item,) if is_point else sentences(item))
        if any(letter.isalnum() for letter in said)
    )


def _items(text: str) -> Iterator[tuple[str, str, bool]]:
    """Give each list point or paragraph with its part; lines that an editor wrapped are joined again."""
    part, item, is_point = OTHER, "", False
    for whole in text.splitlines():
        line = whole[:_LONGEST_LINE]
        title = _heading(line)
        begins = bool(_BULLET.match(line)) and not title
        said = "" if title or _RULE.fullmatch(line) else _clean(line)
        if item and said and not begins and _goes_on(item, said):
            item = f"{item} {said}"
            continue
        if item:
            yield part, item, is_point
        item, is_point = said, begins
        part = part if title is None else _part_named(title)
    if item:
        yield part, item, is_point


def _goes_on(item: str, said: str) -> bool:
    """Tell whether a line only goes on with what the line before began."""
    is_done = item.endswith((".", "!", "?", ":", ";"))
    return not is_done and (said[0].islower() or _GOES_ON.search(item) is not None)


def _heading(line: str) -> str | None:
    """Read a heading: marked as one, ended by a colon, or a short line that names a part; None for others."""
    marked = _MARKED.fullmatch(line)
    if marked:
        return (marked["hash"] or marked["bold"]).strip(" *_:")
    bare = line.strip().strip("*_")
    if not bare or _BULLET.match(line) or len(bare.split()) > _MOST_WORDS or bare[-1] in ".,;!?":
        return None
    title = bare.rstrip(": ")
    is_named = any(pattern.search(title) for _, pattern in _TITLES)
    is_title = title[:1].isupper() and len(title.split()) <= _MOST_WORDS // 2 + 1
    return title if bare.endswith(":") or (is_named and is_title and _is_whole(title)) else None


def _is_whole(title: str) -> bool:
    """Tell a title from a point that lost its sign: a title holds no numbers, commas or brackets."""
    return not re.search(r"[\d,()]", title) and len(title) <= 40


def _part_named(title: str) -> str:
    return next((part for part, pattern in _TITLES if pattern.search(title)), OTHER)


def _part_of(said: str, part: str) -> str:
    """The part of one line: what it says of itself outweighs its heading."""
    if part == FIRM:
        return part
    if _IS_NICE.search(said):
        return NICE
    return MUST if _IS_MUST.search(said) and part != NICE else part


def _clean(line: str) -> str:
    """Write a line without list sign, check box, emphasis and link addresses."""
    bare = re.sub(r"^\[[ xX]\]\s+", "", _BULLET.sub("", line))
    return " ".join(plain(_LINK.sub(r"\1", bare)).split())
