"""Read single entries of a debrief: a question as asked, a row of scores, a promise."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from prepvault.model.debrief import DIMENSIONS, Asked, Promise
from prepvault.model.finding import Finding, Place, Severity
from prepvault.parse.links import split_wikilink, unwrap_link

LEAST, MOST = 1, 4
_MOST_TAILS = 12
_WIKILINK = re.compile(r"!?\[\[([^\[\]\n]{1,500}?)\]\]")
_CUT = re.compile(r"\s+(?:·|•|—|–|->|→|--?|\|)\s+|\s*(?<!\\)\|\s*|;\s+")
_TAIL = re.compile(r"\s*[(\[]\s*([^()\[\]]{2,30})\s*[)\]]\s*$")
_LEAD = re.compile(
    r"\s*(?:[(\[]\s*([^()\[\]]{2,12})\s*[)\]]\s*:?|\*\*([^*]{2,12})\*\*:?|(\w[\w-]{1,11})\s*:)\s+(.+)"
)
_TOLD = re.compile(r"(?:story|stories|told|used|with)\s*:?", re.IGNORECASE)
_MARK_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("strong", "good", "great", "well", "went well", "green", "solid"), "strong"),
    **dict.fromkeys(("ok", "okay", "fine", "so-so", "so so", "partly", "medium", "yellow", "amber"), "ok"),
    **dict.fromkeys(("gap", "weak", "bad", "badly", "poor", "missed", "red", "blank", "failed"), "gap"),
}
_SCORE = re.compile(
    r"(?<![A-Za-z])([A-Za-z][A-Za-z' /()-]{0,80}?)[\s*_]{0,8}[:=|]?[\s*_]{0,8}(-?\d{1,30}(?:[.,]\d{1,30})?)"
    r"(?:\s?/\s?4)?(?=$|[\s,;|)])"
)
_FIVE = re.compile(r"[^\dA-Za-z]*(\d)(?:[\s,;/|]+(\d))(?:[\s,;/|]+(\d))(?:[\s,;/|]+(\d))(?:[\s,;/|]+(\d))\D*")
_DIMENSION_WORDS: tuple[tuple[str, str], ...] = (
    ("answer", "answer"),
    ("question", "answer"),
    ("structure", "structure"),
    ("evidence", "evidence"),
    ("my part", "my part"),
    ("part", "my part"),
    ("own part", "my part"),
    ("learn", "learning"),
    ("distinct", "learning"),
    ("reflection", "learning"),
)
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_BY_DAY = re.compile(
    r"[\s,(]{0,4}(?:\b(?:by|due|until|on|before)\b:?|📅)?\s*(?<!\d)\d{4}-\d\d-\d\d(?!\d)\s*\)?", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DAY_WORDS = re.compile(
    r"\b(?:by|until|before|due)\b:?\s+(?:(?:next\s+|this\s+)?(?:mon|tue|wed|thu|fri|sat|sun|tomorrow|today)\w*"
    r"|(?:the )?end of (?:the )?(?:week|month)|\d{1,2}[./]\d\d?"
    rf"|\d{{1,2}}\.? ?{_MONTH}\w*|{_MONTH}\w* \d\d?)",
    re.IGNORECASE,
)
_MINE = re.compile(r"(?:\*\*)?(me|i|mine|my promise)(?:\*\*)?\s*:(?:\*\*)?\s*(.*)", re.IGNORECASE)
_THEIRS = re.compile(
    r"(?:\*\*)?(them|they|theirs|she|he|company)(?:\*\*)?\s*:(?:\*\*)?\s*(.*)", re.IGNORECASE
)
_SAID_BY_THEM = re.compile(r"(?:they|she|he)\b|[A-Z][\w.]*(?: [A-Z][\w.]*)?\s*(?::|(?:will|to|would)\b)")
_KEPT = re.compile(r"^~~.*~~$|✅|\((?:done|kept|sent)\)", re.IGNORECASE)


def read_asked(text: str, below: Sequence[str], line: int) -> Asked:
    """Read a question as asked: behind it, or before it, how it went and which story was told."""
    stories = [split_wikilink(inner)[0] for inner in _WIKILINK.findall(text)]
    question, mark = _take_mark(text.strip().strip("|").strip())
    for more in below:
        stories += [split_wikilink(inner)[0] for inner in _WIKILINK.findall(more)]
        mark = mark or mark_of(re.split(r"[\s,;:.]", more.strip(), maxsplit=1)[0])
    return Asked(unwrap_link(question), mark, tuple(dict.fromkeys(each for each in stories if each)), line)


def mark_of(words: str) -> str:
    """Read how an answer went, in one of several words for it; empty where it is none."""
    return _MARK_WORDS.get(" ".join(words.casefold().strip(" *_#.!").split()), "")


def _take_mark(text: str) -> tuple[str, str]:
    """Take mark and story from the ends of a line; what is left is the question."""
    mark = ""
    for _ in range(_MOST_TAILS):
        rest, found = _take_tail(text)
        if rest == text:
            break
        text, mark = rest, found or mark
    lead = _LEAD.fullmatch(text)
    first = mark_of(next((word for word in lead.groups()[:3] if word), "")) if lead else ""
    if lead and first:
        return lead[4].strip(), mark or first
    return text.strip(), mark


def _take_tail(text: str) -> tuple[str, str]:
    """Take the last piece of a line when it is only a mark or only a story; else the line as it is."""
    hidden = _WIKILINK.sub(lambda found: "x" * len(found[0]), text)
    pieces = list(_CUT.finditer(hidden))
    if pieces:
        tail = text[pieces[-1].end() :]
        if not tail.strip() or mark_of(tail) or _is_story(tail):
            return text[: pieces[-1].start()], mark_of(tail)
    linked = re.search(r"\s*(?:\b(?:story|told|used)\s*:?\s*)?!?\[\[[^\[\]\n]+\]\]\s*$", text)
    if linked and linked.start():
        return text[: linked.start()].rstrip(" ,"), ""
    tail_mark = _TAIL.search(text)
    if tail_mark and mark_of(tail_mark[1]):
        return text[: tail_mark.start()], mark_of(tail_mark[1])
    tagged = re.search(r"\s+#(\w+)\s*$", text)
    if tagged and mark_of(tagged[1]):
        return text[: tagged.start()], mark_of(tagged[1])
    return text, ""


def _is_story(piece: str) -> bool:
    rest = _TOLD.sub("", _WIKILINK.sub("", piece)).strip(" ,&+.")
    return "[[" in piece and rest in {"", "and"}


def read_scores(text: str, path: str, line: int) -> tuple[dict[str, int], list[Finding]]:
    """Read scores from 1 to 4: `Structure: 3`, several in a line, or five digits in the usual order."""
    five = _FIVE.fullmatch(text)
    pairs = zip(DIMENSIONS, five.groups(), strict=True) if five else _named_scores(text)
    scores: dict[str, int] = {}
    findings = []
    for name, digits in pairs:
        if digits.isdigit() and LEAST <= int(digits) <= MOST:
            scores[name] = int(digits)
        else:
            message = f"the score for `{name}` should be a whole number from 1 to 4, found `{digits}`"
            hint = "1 is a strong no, 2 leans no, 3 leans yes, 4 is a strong yes"
            place = Place(path, line)
            findings.append(
                Finding(
                    "debrief/score", Severity.WARNING, place, message, hint, digits, "a number from 1 to 4"
                )
            )
    return scores, findings


def _named_scores(text: str) -> list[tuple[str, str]]:
    found = []
    for name, digits in _SCORE.findall(text.replace("**", "").strip("| ")):
        plain = " ".join(name.casefold().split())
        dimension = next((own for word, own in _DIMENSION_WORDS if plain.startswith(word)), "")
        if dimension:
            found.append((dimension, digits))
    return found


def read_promise(text: str, tick: str, path: str, line: int) -> tuple[Promise | None, list[Finding]]:
    """Read a promise: who gave it, what, by which day; a day in words is reported, for it would age."""
    is_kept = tick in {"x", "X"} or bool(_KEPT.search(text))
    by, said = _who(text.strip("~ "))
    due = _day_in(said)
    words = _tidy(said) if due else said.strip()
    if not words and not due:
        return None, []
    findings = []
    if due is None and (unclear := _DAY_WORDS.search(said)) and not is_kept:
        message = f"nobody can tell which day `{unclear[0]}` means, so nothing reminds you of this promise"
        hint = "write the day behind it, like `by 2026-02-13`"
        place = Place(path, line)
        findings.append(
            Finding(
                "debrief/date", Severity.WARNING, place, message, hint, unclear[0], "a date like 2026-02-13"
            )
        )
    return Promise(by, unwrap_link(words) or "an answer", due, is_kept), findings


def _who(text: str) -> tuple[str, str]:
    """Tell who promised; without a name it is the user, who would rather be reminded once too often."""
    for by, pattern in (("me", _MINE), ("them", _THEIRS)):
        if found := pattern.fullmatch(text):
            return by, found[2]
    return ("them" if _SAID_BY_THEM.match(text) else "me"), text


def _day_in(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _tidy(text: str) -> str:
    """Leave out the day, which stands in a field of its own."""
    return " ".join(_BY_DAY.sub(" ", text, count=1).split()).rstrip(" ,·-–—(")
