"""How a day card words days, people, rounds and quotations."""

from collections.abc import Iterable
from datetime import date, datetime

from prepvault.model.dossier import Round
from prepvault.model.interview import Interview, InterviewType, Person

_LONGEST_QUOTE = 96


def day_words(day: date, today: date) -> str:
    """A day as one says it: near ones by name, others with their date."""
    gap = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if gap in near:
        return near[gap]
    return f"{day:%A}" if 1 < gap < 7 else f"{day:%A} {day.day} {day:%B}"


def clock(moment: datetime) -> str:
    """An hour: `14:00`."""
    return f"{moment:%H:%M}"


def city(zone: str) -> str:
    """A zone by its city: `New York`."""
    return zone.rpartition("/")[2].replace("_", " ")


def kind_words(interview: Interview) -> str:
    """What kind of conversation it is, as a noun: `technical interview`, `phone screen`."""
    label = interview.type_label.lower()
    if interview.type is InterviewType.DEBRIEF:
        return f"{interview.format} call" if interview.format in {"offer", "feedback"} else "debrief call"
    return f"{label} interview" if interview.type in _ADJECTIVES else label


_ADJECTIVES = frozenset(
    {InterviewType.TECHNICAL, InterviewType.BEHAVIORAL, InterviewType.ON_SITE, InterviewType.PANEL}
)


def short_name(person: Person) -> str:
    """The first name, or the whole name where the first is only an initial."""
    return person.first_name if len(person.first_name.rstrip(".")) > 1 else person.name


def round_words(past: Round | Interview) -> str:
    """An earlier conversation in words: `phone screen on 2 February`."""
    interview = past.interview if isinstance(past, Round) else past
    return f"{kind_words(interview)} on {interview.starts.day} {interview.starts:%B}"


def quoted(text: str, most: int = _LONGEST_QUOTE) -> str:
    """A text in quotation marks, cut at a word where it is long."""
    return f"“{cut(text, most)}”"


def cut(text: str, most: int = _LONGEST_QUOTE) -> str:
    """A text on one line, cut at a word where it is long, without a full stop at its end."""
    plain = " ".join(text.split())
    if len(plain) > most:
        plain = f"{plain[: most - 1].rpartition(' ')[0].rstrip(' ,;:')} …"
    return plain.rstrip(".") if not plain.endswith("…") else plain


def spoken(seconds: int) -> str:
    """A length of speech, as a clock shows it: `90 seconds`, `2 minutes`."""
    step = 5 if seconds < 90 else 30
    seconds = round(seconds / step) * step
    return f"{seconds // 60} minutes" if seconds % 60 == 0 and seconds > 60 else f"{seconds} seconds"


def joined(parts: Iterable[str]) -> str:
    """A list in words: `a, b and c`."""
    said = [part for part in parts if part]
    return " and ".join(part for part in (", ".join(said[:-1]), *said[-1:]) if part)


def because(*parts: str) -> str:
    """Reasons side by side, those that say nothing left out."""
    return "; ".join(dict.fromkeys(part for part in parts if part))
