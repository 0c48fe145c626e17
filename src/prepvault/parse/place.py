"""Read where an interview happens: a meeting link, a phone number, an address."""

import re
from urllib.parse import urlsplit

from prepvault.model.interview import Venue
from prepvault.model.venues import HOSTS, MAPS, SERVICE_WORDS
from prepvault.parse.links import find_target, unwrap_link

_WORDS = re.compile(rf"\b(?:{'|'.join(f'({pattern})' for pattern, _ in SERVICE_WORDS)})\b", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"'`|\\^{}\[\]]{1,2000}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![@\w.])((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,9})(/[^\s<>\"'`|\\^{}\[\]]{0,1000})?", re.IGNORECASE
)
_PHONE = re.compile(
    r"(?:tel:)?(\+?\(?\d[\d\s().\-/]{4,22}\d)(?:\s*(?:x|ext\.?|pin:?|#)\s*(\d{1,9}))?", re.IGNORECASE
)
_PHONE_WORD = re.compile(r"\b(?:phone|call|tel|telephone|telefon|mobile|cell|dial|ring)\b", re.IGNORECASE)
_REMOTE_WORD = re.compile(r"\b(?:remote|online|video|virtual|video\s?call)\b", re.IGNORECASE)
_NOWHERE = frozenset(
    {"tbd", "tba", "tbc", "?", "n/a", "none", "-", "unknown", "to be confirmed", "to be decided"}
)


def parse_venue(text: str) -> Venue:
    """Recognise a meeting link and its service, a phone number, or else an address; never guesses a link."""
    shown = " ".join(unwrap_link(text).split())[:2000]
    if not shown or shown.casefold() in _NOWHERE:
        return Venue(shown)
    link = _web_link(" ".join(text.split())[:3000])
    platform = _platform_of(link) or _platform_named(_ADDRESS.sub(" ", shown))
    number = _phone_link(shown, loose=bool(_PHONE_WORD.search(shown)))
    if link and (platform or _is_meeting(link, shown)):
        return Venue(shown, "video", platform, link)
    if link:
        return Venue(shown, "in_person", "", link)
    if number and not platform:
        return Venue(shown, "phone", "", number)
    if platform or _REMOTE_WORD.search(shown):
        return Venue(shown, "video", platform, number)
    if _PHONE_WORD.match(shown) and not any(char.isdigit() for char in shown):
        return Venue(shown, "phone")
    return Venue(shown, "in_person")


def _web_link(text: str) -> str:
    for found in _URL.finditer(text):
        link = _trim(found[0])
        if _host_of(link):
            return link
    for found in _BARE.finditer(text):
        host = found[1].lower()
        if _service_of(host) and found[2] not in {None, "/"}:
            return _trim(f"https://{found[0]}")
    return ""


def _trim(link: str) -> str:
    link = link.rstrip(".,;:!?*_")
    while link.endswith(")") and link.count(")") > link.count("("):
        link = link[:-1].rstrip(".,;:!?")
    return link


def _host_of(link: str) -> str:
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if "@" in parts.netloc:
        return ""
    labels = host.split(".")
    good = all(labels) and (len(labels) > 1 or host == "localhost")
    return host.lower() if good else ""


def _service_of(host: str) -> str:
    labels = host.split(".")
    for begin in range(len(labels) - 1):
        if name := HOSTS.get(".".join(labels[begin:])):
            return name
    return ""


def _platform_of(link: str) -> str:
    return _service_of(_host_of(link)) if link else ""


def _platform_named(words: str) -> str:
    for found in _WORDS.finditer(words):
        index = (found.lastindex or 1) - 1
        if SERVICE_WORDS[index][1] == "Google Meet" and not _says_google_meet(found, words):
            continue
        return SERVICE_WORDS[index][1]
    return ""


def _says_google_meet(found: re.Match[str], words: str) -> bool:
    return found[0].lower().startswith("google") or words.strip(" :.-").lower() == "meet"


def _is_meeting(link: str, shown: str) -> bool:
    """An unknown address is a meeting unless it is a map, or a street stands beside it."""
    host = _host_of(link)
    if any(host.startswith(part) or host.endswith(f".{part}") or host == part for part in MAPS):
        return False
    if host.startswith("www.google.") and "/maps" in link:
        return False
    beside = _URL.sub(" ", shown)
    street = (
        re.search(r"\d", beside)
        and len(beside.split()) > 2
        and not re.search(r"\b(?:id|pin|code|passcode)\b", beside, re.I)
    )
    return not street


def _phone_link(text: str, *, loose: bool) -> str:
    for found in _PHONE.finditer(_URL.sub(" ", find_target(text) if "](" in text else text)):
        digits = "".join(char for char in found[1] if char in "0123456789")
        plus = found[1].lstrip("(").startswith("+")
        if 7 <= len(digits) <= 15 and (plus or loose or found[0].lower().startswith("tel:")):
            return f"tel:{'+' if plus else ''}{digits}" + (f",{found[2]}" if found[2] else "")
    return ""
