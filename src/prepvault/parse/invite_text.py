"""The text of an invite: decoded, unescaped, without HTML and without what only machines read."""

import re
from html import unescape
from unicodedata import category

from prepvault.model.invite import Party
from prepvault.parse.ics_lines import Line
from prepvault.parse.people import parse_people

LONGEST_TEXT = 8000
_LONGEST_LINE = 500
_ESCAPED = re.compile(r"\\([nN,;\\:\"])")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6]|/ul|/ol)\b[^<>]{0,500}>", re.IGNORECASE)
_UNSEEN = re.compile(r"<\s*(script|style|head|title)\b.*?(?:<\s*/\s*\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(
    r"<\s*a\s[^<>]{0,2000}?href\s*=\s*[\"']?(https?://[^\"'\s<>]{1,2000})[^<>]{0,500}>", re.IGNORECASE
)
_TAG = re.compile(r"<\s*/?\s*[a-zA-Z!][^<>]{0,3000}>")
_LOOKS_LIKE_HTML = re.compile(
    r"<!--|<\s*/?\s*(?:html|body|p|br|a|b|i|u|ul|ol|li|div|span|table|strong|em|img|script|style|h[1-6])\b",
    re.IGNORECASE,
)
_RFC_6868 = {"^n": " ", "^'": '"', "^^": "^"}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_NAME_SIGNS = re.compile(r"[\[\]{}<>;|`\"]")


def decode(data: bytes) -> tuple[str, str]:
    """Decode a file: UTF-8, a byte-order mark dropped, else Windows-1252 with a remark."""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        remark = "the file is not UTF-8, so it was read as Windows-1252; look at names with accents"
        return data.decode("cp1252", "replace"), remark


def long_text(value: str) -> tuple[str, bool]:
    """Read a TEXT value of several lines; tell whether it was too long to be kept whole."""
    text = _ESCAPED.sub(_meant, value[: 10 * LONGEST_TEXT])
    if _LOOKS_LIKE_HTML.search(text):
        text = _without_html(text)
    lines = [_clean(line).rstrip() for line in re.split(r"\r\n|[\n\r\u2028\u2029]", text)]
    shown = re.sub(r"\n{3,}", "\n\n", "\n".join(line[:_LONGEST_LINE] for line in lines)).strip("\n")
    is_cut = (
        len(shown) > LONGEST_TEXT
        or len(value) > 10 * LONGEST_TEXT
        or any(len(x) > _LONGEST_LINE for x in lines)
    )
    return shown[:LONGEST_TEXT].rstrip(), is_cut


def one_line(value: str, longest: int = 300) -> str:
    """Read a TEXT value as one line."""
    text = _ESCAPED.sub(_meant, value[: 10 * longest])
    if _LOOKS_LIKE_HTML.search(text):
        text = _without_html(text)
    return " ".join(_clean(text).split())[:longest].strip()


def web_address(value: str) -> str:
    """Read a URI value; empty for anything but one address of the web."""
    text = value.strip()
    return (
        text if re.fullmatch(r"https?://[\x21-\x7e]{3,2000}", text, re.IGNORECASE) and "<" not in text else ""
    )


def party(line: Line) -> Party | None:
    """Read an ORGANIZER or ATTENDEE; None for rooms, for equipment and where nobody is named."""
    parameters = line.parameters
    if parameters.get("CUTYPE", "").upper() in {"ROOM", "RESOURCE"}:
        return None
    email = _address(line.value) or _address(parameters.get("EMAIL", ""))
    name = _name(parameters.get("CN", ""), email)
    if len(parse_people(name)) != 1:  # a sign, `TBD`: nobody's name to a note
        name = _name("", email)
    if not parse_people(name):
        return None
    answer = parameters.get("PARTSTAT", "").casefold()
    return Party(name, email, answer[:20], parameters.get("RSVP", "").upper() == "TRUE")


def _name(text: str, email: str) -> str:
    """A name as people read it: `Roe, Dana` turned round; of an address alone what precedes the `@`."""
    text = re.sub(r"\^[n'^]", lambda found: _RFC_6868[found[0]], text)
    tidy = " ".join(_NAME_SIGNS.sub(" ", one_line(text, 120)).split()).strip("' ")
    if "@" in tidy or not tidy:
        words = re.split(r"[._]", (email or tidy).partition("@")[0])
        is_name = len(words) > 1 and all(word.isalpha() and len(word) > 1 for word in words)
        return " ".join(word.capitalize() for word in words) if is_name else ".".join(words)
    last, comma, first = tidy.partition(",")
    if comma and "," not in first and first.strip() and len(tidy.split()) <= 5:
        tidy = f"{first.strip()} {last.strip()}"
    # One party is one person of the note, where a comma or `and` would make two of it.
    return " ".join(re.sub(r"(?:\band\b|[,&])", " ", tidy, flags=re.IGNORECASE).split())


def _address(value: str) -> str:
    text = value.strip()
    text = text[7:] if text[:7].casefold() == "mailto:" else text
    return text if re.fullmatch(r"[\w.+%'-]{1,100}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", text, re.ASCII) else ""


def _meant(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]


def _without_html(text: str) -> str:
    """Leave of HTML its words and the addresses of its links."""
    text = _BREAKS.sub("\n", _UNSEEN.sub(" ", text))
    text = _LINK.sub(lambda link: f" {link[1]} ", text)
    return unescape(_TAG.sub("", text)).replace("\xa0", " ")


def _clean(text: str) -> str:
    """Without control and format characters, which a terminal or an editor would obey."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if char in "\t\n\r" else char
        for char in text
        if char not in _INVISIBLE and (char in "\t\n\r" or category(char) not in {"Cc", "Cf", "Cs", "Co"})
    )
