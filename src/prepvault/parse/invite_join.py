"""Where an event of an invite takes place, and the address to join it by; no address is ever opened."""

import re

from prepvault.model.invite import InviteWords
from prepvault.parse.ics_lines import Part
from prepvault.parse.invite_text import one_line, web_address
from prepvault.parse.place import parse_venue

_URL = re.compile(r"https?://[^\s<>\"'`|\\^{}\[\]]{4,2000}", re.IGNORECASE)
_MEETINGS = (
    r"meet\.google\.com/[a-z]{3,}-",
    r"zoom(?:gov)?\.(?:us|com)/(?:j|w|s|my|wc)/",
    r"teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)/",
    r"teams\.(?:microsoft\.us|cloud\.microsoft)/(?:l/meetup-join|meet)/",
    r"webex\.com/(?!globalcallin)",
    r"(?:whereby\.com|meet\.jit\.si|chime\.aws|bluejeans\.com)/\w",
    r"(?:gotomeet(?:ing)?\.(?:com|me)|meet\.goto\.com)/\w",
)
_JOIN = re.compile(rf"https?://(?:[\w-]{{1,63}}\.){{0,4}}(?:{'|'.join(_MEETINGS)})", re.IGNORECASE)
_SERVICE_WORDS = 3  # `Microsoft Teams Meeting` says no more than the link does
_NAMED = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")


def find_join(event: Part, description: str) -> str:
    """Find the address to join by: the properties made for it, then URL, LOCATION and DESCRIPTION."""
    for name in _NAMED:
        for line in event.values(name)[:5]:
            if address := web_address(line.value):
                return address
    for text in (event.text("URL"), one_line(event.text("LOCATION"), 2000), description):
        for found in _URL.finditer(text):
            address = found[0].rstrip(".,;:!?)*_")
            if _JOIN.match(address):
                return address
    return ""


def find_place(event: Part, link: str, words: InviteWords) -> tuple[str, str]:
    """Find what a note holds as location: a place, else the link; and what is to say of the other."""
    place = one_line(event.text("LOCATION"))
    venue = parse_venue(place)
    if not place or venue.kind == "" or place.casefold() in words.noise:
        return link, ""
    if not link or venue.link == link:  # what stands beside the link, a passcode say, stays with it
        return place, ""
    if venue.kind != "in_person" or venue.link:
        is_service = venue.kind == "video" and len(place.split()) <= _SERVICE_WORDS
        return link, "" if is_service else f"it also names `{place}`; the link to join is written"
    return place, "it names a place and a link to join; the place is written, the link stands in the text"
