"""Read a story's numbers and uses from the short texts or maps in its front matter."""

import re
from collections.abc import Mapping
from datetime import date

from prepvault.model.note import Value
from prepvault.model.story import StoryNumber, StoryUse
from prepvault.parse.fields import plain_text
from prepvault.parse.links import find_target, unwrap_link

_LONGEST = 300
_LINK = re.compile(r"\[\[[^\]]*\]\]|\[[^\]]*\]\([^)]*\)")
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_SOURCES: tuple[tuple[str, str], ...] = (
    ("cannot-confirm", r"can(?:no|')?t[- ]confirm|cannot[- ]confirm|can not confirm|unprovable"),
    ("unconfirmed", r"unconfirmed|not confirmed|estimated?|guess(?:ed)?|rough(?:ly)?|to check|\?"),
    ("cv", r"(?:from |in )?(?:my )?(?:cv|resume|résumé|lebenslauf)"),
    ("user-stated", r"user[- ]stated|stated|own count|own measure(?:ment)?|measured|counted|confirmed"),
)
_SOURCE = "|".join(f"(?P<s{at}>{form})" for at, (_, form) in enumerate(_SOURCES))
_TAIL = re.compile(
    rf"[(\[]?\s?(?<!\w)(?:{_SOURCE})(?!\w)\s?(?:[:,]?\s?(?:on )?(?P<day>\d{{4}}-\d\d-\d\d))?\s?[)\]]?$",
    re.IGNORECASE,
)
_COUNT = (
    r"(?:[€$£¥]?\d[\w.,:%€$£]*|no(?:ne|thing)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|\w+teen|\w+ty|a dozen|half|hundreds?|thousands?)"
)
_FROM_TO = re.compile(rf"\bfrom ({_COUNT}\b.*?) to ({_COUNT}\b.*)", re.IGNORECASE)
_ARROW = re.compile(r"(.+?)\s*(?:→|->|=>)\s*(.+)")
_WAS = re.compile(
    r"(?:(?:it )?was|were|before|down from|up from|instead of|from|baseline:?|vs\.?)\s+(.+)", re.IGNORECASE
)
_WAS_BEHIND = re.compile(r"(.+?)\s+before(?:hand)?", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b((?:in|over|within|during|per|each|every|since|after|for|until|by)\s+.*|(?:19|20)\d\d\b.*|(?:q[1-4]|h[12])\b.*"
    r"|a (?:day|week|month|quarter|year)\b.*)",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[,;]\s+|\s*[()\[\]]\s*|\s+·\s+")
_LANDED: Mapping[str, str] = {
    **dict.fromkeys(("yes", "y", "good", "well", "strong", "landed", "true", "+", "ja", "oui", "si"), "yes"),
    **dict.fromkeys(("so-so", "soso", "ok", "okay", "partly", "mixed", "meh", "half", "~"), "so-so"),
    **dict.fromkeys(
        ("no", "n", "bad", "badly", "flat", "weak", "poor", "poorly", "false", "-", "nein"), "no"
    ),
}


def read_number(item: Value) -> StoryNumber | None:
    """Read one number: a text like `9 min, was 6 h, per run 2024 (cv)`, or a map with those fields."""
    if isinstance(item, dict):
        said = {str(key).lower(): plain_text(value) for key, value in item.items()}
        source, stated = _source(said.get("provenance", "") or said.get("source", ""))
        value, baseline, period = (said.get(name, "") for name in ("value", "baseline", "period"))
        text = ", ".join(part for part in (value, baseline and f"was {baseline}", period) if part)
        return StoryNumber(
            text=text or _as_text(item),
            value=value,
            baseline=baseline,
            period=period,
            provenance=source,
            stated=stated,
        )
    text = " ".join(unwrap_link(plain_text(item)).split())[:_LONGEST]
    return _from_text(text) if text else None


def read_use(item: Value) -> StoryUse | None:
    """Read one telling: a text like `int_x 2026-02-10 yes`, or a map with `interview`, `date`, `landed`."""
    if isinstance(item, dict):
        said = {str(key).lower(): plain_text(value) for key, value in item.items()}
        where = find_target(said.get("interview", ""))
        day, landed = _day(said.get("date", "") or said.get("day", "")), said.get("landed", "")
        return (
            StoryUse(interview=where, day=day, landed=_LANDED.get(landed.casefold(), "")) if where else None
        )
    text = plain_text(item)[:_LONGEST]
    words = text.rsplit(None, 1)
    last = words[-1].strip("()[],;").casefold() if len(words) > 1 else ""
    landed = _LANDED.get(last, "")
    rest = words[0] if landed else text
    outside = _LINK.sub(" ", rest)
    day = _day(outside) or _day(rest)
    if _day(outside):
        rest = rest[::-1].replace(str(day)[::-1], "", 1)[::-1]
    where = find_target(rest).strip(" ,;:()-–·")
    return StoryUse(interview=where, day=day, landed=landed) if where else None


def use_text(item: Value, use: StoryUse) -> str:
    """The words for one telling: what a link shows, else the interview's id."""
    text = plain_text(item.get("interview") if isinstance(item, dict) else item)
    return unwrap_link(text[: text.rfind("]]") + 2]).lstrip() if "]]" in text else use.interview


def _from_text(text: str) -> StoryNumber:
    source, stated = "", None
    body, tail = text, _TAIL.search(text)
    if tail:
        source, stated = _source(tail[0])
        body = text[: tail.start()].rstrip(" ,;:·–—-([") or text
    value, baseline, period = "", "", ""
    for piece in filter(None, (part.strip() for part in _PIECES.split(body))):
        found, before, span = _piece(piece)
        value, baseline, period = value or found, baseline or before, period or span
    return StoryNumber(
        text=text, value=value, baseline=baseline, period=period, provenance=source, stated=stated
    )


def _piece(piece: str) -> tuple[str, str, str]:
    """What one piece between commas says: a value, what it was before, over what period."""
    for form in (_FROM_TO, _ARROW):
        moved = form.search(piece)
        if moved:
            value, period = _without_period(moved[2])
            return value, moved[1].strip(), period
    was = _WAS.fullmatch(piece) or _WAS_BEHIND.fullmatch(piece)
    if was:
        baseline, period = _without_period(was[1])
        return "", baseline, period
    value, period = _without_period(piece)
    return value, "", period


def _without_period(text: str) -> tuple[str, str]:
    found = _PERIOD.search(text)
    return (text[: found.start()].strip(" ,"), found[1].strip()) if found else (text.strip(), "")


def _source(text: str) -> tuple[str, date | None]:
    found = _TAIL.search(text) if text else None
    if not found:
        return "", None
    at = next(at for at in range(len(_SOURCES)) if found[f"s{at}"])
    return _SOURCES[at][0], _day(found["day"] or "")


def _day(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _as_text(item: Mapping[str, Value]) -> str:
    return ", ".join(f"{name}: {plain_text(inner)}" for name, inner in item.items())
