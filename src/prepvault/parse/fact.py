"""Read one line of research: `Field: value · source · date · confidence`, in the forms that people write."""

import re
from dataclasses import dataclass
from datetime import date

from prepvault.parse.links import unwrap_link

_NAME = re.compile(
    r"(?P<mark>\*\*|__|)(?P<name>[^:·|]{1,80}?)(?::(?P=mark)|(?P=mark)\s?:)(?!//)(?:\s+|$)(?P<rest>.*)"
)
_MOST_NAME_WORDS = 9
_SEPARATOR = re.compile(r"\s+[·•|]\s+|\s*·\s*")
_TAIL = re.compile(r"(?P<value>.*\S)\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)[.\s]*")
_ADDRESS = re.compile(
    r"<?https?://|\[[^\[\]]*\]\(|\[\[|\b(?:www\.)?[\w-]+\.(?:com|org|net|io|dev|co|eu|example)\b"
)
_PIECES = re.compile(r"[,;]\s+(?!\d{4}(?:[^\d-]|$))")
_TITLES = r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)(?<!\bProf)(?<!\bInc)(?<!\bLtd)"
_SENTENCES = re.compile(rf"://|{_TITLES}[.!?]\s")
_LEAD_IN = re.compile(
    r"(?:last )?(?:read|seen|checked|accessed|retrieved|as of|on|from|dated?|in)[:\s]+", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d{1,2})(?:-(?P<day>\d{1,2}))?",
        r"(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>\d{4})",
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?{_MONTH}\s+(?P<year>\d{{4}})",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    )
)
_ALMOST = re.compile(r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?")
_CONFIDENCES = {
    "verified": "verified",
    "confirmed": "verified",
    "sure": "verified",
    "general knowledge": "general knowledge",
    "general": "general knowledge",
    "common knowledge": "general knowledge",
    "crowd-sourced": "general knowledge",
    "hearsay": "general knowledge",
    "unconfirmed": "general knowledge",
    "guess": "general knowledge",
    "unknown": "unknown",
    "not found": "unknown",
    "nothing found": "unknown",
    "not known": "unknown",
    "n/a": "unknown",
    "?": "unknown",
    "??": "unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """What one line says; `doubtful` is a piece that looks like a day and is none."""

    name: str = ""
    value: str = ""
    source: str = ""
    read_on: date | None = None
    confidence: str = ""
    doubtful: str = ""


def split_name(text: str) -> tuple[str, str]:
    """Take a field's name off a line; the name is empty where the colon belongs to a sentence."""
    found = _NAME.fullmatch(text.strip())
    if not found or len(found["name"].split()) > _MOST_NAME_WORDS or _SENTENCES.search(found["name"]):
        return "", text.strip()
    return plain_words(found["name"]), found["rest"].strip()


def read_fact(text: str) -> FactLine:
    """Read a line without its list sign."""
    name, rest = split_name(text)
    return read_pieces(name, _SEPARATOR.split(" ".join(rest.split())))


def read_pieces(name: str, pieces: list[str]) -> FactLine:
    """Read a fact from its pieces, the value first; a single one may have its source in brackets."""
    said = [piece.strip() for piece in pieces if piece.strip()]
    if len(said) == 1:
        said = _in_brackets(said[0])
    value, extras = (said[0], said[1:]) if said else ("", [])
    source, read_on, confidence, doubtful = "", None, "", ""
    for piece in extras:
        day, sure = read_day(piece), _CONFIDENCES.get(_bare(piece), "")
        read_on, confidence = day or read_on, sure or confidence
        if not day and not sure:
            is_almost = _ALMOST.fullmatch(_LEAD_IN.sub("", _bare(piece))) is not None
            doubtful = piece if is_almost else doubtful
            source = source if is_almost else f"{source}, {piece}".strip(", ")
    if _CONFIDENCES.get(_bare(value)) == "unknown":
        confidence = "unknown"
    return FactLine(
        name=name,
        value=plain_words(value),
        source=source,
        read_on=read_on,
        confidence=confidence,
        doubtful=doubtful,
    )


def _in_brackets(text: str) -> list[str]:
    """Take `value (source, day, confidence)` apart; brackets that name none of these belong to the value."""
    found = _TAIL.fullmatch(text)
    if not found:
        return [text]
    pieces = [piece.strip() for piece in _PIECES.split(found["inside"])]
    tells = any(read_day(each) or _bare(each) in _CONFIDENCES or _ADDRESS.match(each) for each in pieces)
    return [found["value"], *pieces] if tells else [text]


def read_day(text: str) -> date | None:
    """Read a day, `2026-02-05`, `5 Feb 2026`, `05.02.2026`; a month alone counts from its first day."""
    bare = _LEAD_IN.sub("", _bare(text))
    for pattern in _DATES:
        found = pattern.fullmatch(bare)
        if found:
            parts = found.groupdict()
            month = parts.get("number") or _MONTHS.index(parts["month"][:3].lower()) + 1
            try:
                return date(int(parts["year"]), int(month), int(parts["day"] or 1))
            except ValueError:
                return None
    return None


def plain_words(text: str) -> str:
    """Write text without emphasis and with links as what they show, on one line."""
    return " ".join(re.sub(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`|==", "", unwrap_link(text)).split())


def _bare(text: str) -> str:
    return plain_words(text).strip(" .()").casefold()
