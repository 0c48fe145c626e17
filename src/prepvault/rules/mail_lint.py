"""What is wrong with a mail before it goes out: gaps, another company's name, filler, length, asks, dates."""

import re
from collections.abc import Iterable, Iterator, Sequence

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.mail import Mail
from prepvault.rules.companies import company_key
from prepvault.rules.prose import find_phrases, placeholders, sentences, word_count

FILLERS: tuple[str, ...] = (
    *("just checking in", "checking in", "touching base", "touch base", "circling back", "circle back"),
    *("hope this email finds you well", "hope this finds you well", "per my last email", "i just wanted to"),
    *("at your earliest convenience", "please do not hesitate", "any update", "any updates"),
)
"""Openers that say nothing, for a library without a list of its own."""

_CLOSING = re.compile(
    r"\n(?:(?:(?:best|kind|warm)(?:est)? )?(?:regards|wishes)\b|(?:many )?(?:thanks|thank you),?(?:\n|$)"
    r"|sincerely\b)",
    re.IGNORECASE,
)
_GREETING = re.compile(r"(?:dear|hi|hello)\b[^\n]{0,80},?\n", re.IGNORECASE)
_ASK = re.compile(
    r"\?\s*$|\b(?:could|can|would|will) you\b(?! like)|\bplease (?!pass|do not)\w+", re.IGNORECASE
)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DAYS = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_DATE = re.compile(
    rf"(?P<day>\b{_DAYS}\b[,.]?\s+(?:the\s+)?)?"
    rf"(?P<date>(?<![\w/-])\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?:{_MONTHS})\b"
    rf"|\b(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\b)"
)
_BUDGET = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_SHORTEST_NAME = 3


def lint_mail(
    mail: Mail,
    path: str,
    *,
    company: str = "",
    companies: Iterable[str] = (),
    fillers: Iterable[str] = (),
    budget: str = "",
) -> tuple[Finding, ...]:
    """Look a mail over; `path` is the note it belongs to, `companies` are all the names the vault knows.

    Gaps and another company's name are errors: with them nothing is sent.
    """
    place = Place(path)
    text = letter_of(mail.body)
    return (
        *_gaps(mail, place),
        *_foreign(mail, place, company, companies),
        *_filler(text, place, tuple(fillers) or FILLERS),
        *(_length(text, place, budget) if mail.is_ready else ()),
        *(_asks(text, place) if mail.recipient != "self" else ()),
        *_dates(f"{mail.subject}\n{mail.body}", place),
    )


def letter_of(body: str) -> str:
    """The text between greeting and closing."""
    found = _CLOSING.search(body)
    text = body[: found.start()] if found else body
    greeting = _GREETING.match(text)
    return text[greeting.end() if greeting else 0 :].strip()


def _gaps(mail: Mail, place: Place) -> Iterator[Finding]:
    text = f"{mail.subject}\n{mail.body}"
    gaps = dict.fromkeys([f"[{name.replace('_', ' ')}]" for name in mail.missing])
    gaps |= dict.fromkeys(gap for gap in placeholders(text) if gap not in gaps)
    if gaps:
        shown = ", ".join(f"`{gap}`" for gap in gaps)
        message = f"this mail is not ready, these are yours to fill in: {shown}"
        yield Finding("mail/unresolved", Severity.ERROR, place, message, _how_to_fill(mail), shown)


def _how_to_fill(mail: Mail) -> str:
    if not mail.missing:
        return "write what belongs there"
    words = " ".join(f'--set {name}="…"' for name in mail.missing[:2])
    return f"add them: {words}"


def _foreign(mail: Mail, place: Place, company: str, companies: Iterable[str]) -> Iterator[Finding]:
    """Other companies named as the vault writes them; the longest name counts, and this one's own is none."""
    own = company_key(company)
    names = {each.strip() for each in (*companies, company) if len(each.strip()) >= _SHORTEST_NAME}
    if not names:
        return
    either = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    said = re.findall(rf"(?<!\w)(?:{either})(?!\w)", f"{mail.subject}\n{mail.body}")
    for name in dict.fromkeys(said):
        if company_key(name) != own:
            message = f"this mail to {company or 'them'} names another company: `{name}`"
            hint = "take the name out; if it belongs there, send the mail from your mail program"
            yield Finding("mail/wrong-company", Severity.ERROR, place, message, hint, name, company)


def _filler(text: str, place: Place, fillers: Sequence[str]) -> Iterator[Finding]:
    for phrase in dict.fromkeys(find_phrases(text, fillers)):
        message = f"`{phrase}` says nothing to the reader"
        hint = "say what you want, or what is new, in its place"
        yield Finding("mail/filler", Severity.WARNING, place, message, hint, phrase)


def _length(text: str, place: Place, budget: str) -> Iterator[Finding]:
    found = _BUDGET.search(budget)
    count = word_count(text)
    if not found:
        return
    least, most = int(found[1]), int(found[2])
    if count > most:
        message = f"this mail has {count} words, and up to {most} are read to the end"
        yield Finding(
            "mail/length", Severity.INFO, place, message, "cut what they know already", str(count), budget
        )
    elif count < least:
        message = f"this mail has {count} words, where {least} to {most} say enough"
        hint = "add one thing that only you could write"
        yield Finding("mail/length", Severity.INFO, place, message, hint, str(count), budget)


def _asks(text: str, place: Place) -> Iterator[Finding]:
    asks = [sentence for sentence in sentences(text) if _ASK.search(sentence)]
    if len(asks) > 1:
        message = f"this mail asks for {len(asks)} things, and one is answered best"
        yield Finding("mail/two-asks", Severity.INFO, place, message, "keep the most important one", asks[1])


def _dates(text: str, place: Place) -> Iterator[Finding]:
    bare = dict.fromkeys(found["date"] for found in _DATE.finditer(text) if not found["day"])
    for date in bare:
        message = f"the date `{date}` stands without its weekday, which would show a slip"
        yield Finding(
            "mail/weekday", Severity.WARNING, place, message, f"write it like Tuesday, {date}", date
        )
