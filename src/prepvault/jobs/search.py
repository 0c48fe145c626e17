"""Search interviews: the words in what a note says of itself, then in the user's own text."""

import re
from dataclasses import dataclass

from prepvault.errors import UsageError
from prepvault.jobs.site_text import own_body
from prepvault.model.interview import Interview
from prepvault.model.near import plain_word
from prepvault.model.vault import Vault

_NO_LETTER = re.compile(r"[^\w\s]+|_+")
_AROUND = 80
"""How many characters of a text are shown on both sides of what was found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One interview that was found; `words` stand around the place in its text, empty for its facts."""

    interview: Interview
    words: str = ""


def search(vault: Vault, text: str) -> tuple[Hit, ...]:
    """Find the interviews that hold every word: those that do in their facts first, the newest on top."""
    wanted = [plain for word in text.split() if (plain := plain_word(word))]
    if not wanted:
        raise UsageError("there is no word to search for", hint="name a company, a person or a topic")
    facts, texts = [], []
    for interview in reversed(vault.interviews):
        told = plain_words(_told(interview))
        if all(word in told for word in wanted):
            facts.append(Hit(interview))
            continue
        note = vault.notes.get(interview.path)
        body = own_body(note) if note else ""
        plain_body = plain_words(body)
        if all(word in told or word in plain_body for word in wanted):
            texts.append(Hit(interview, _around(body, wanted)))
    return (*facts, *texts)


def plain_words(text: str) -> str:
    """A text with each word reduced to letters and digits, a blank between two."""
    return " ".join(_NO_LETTER.sub("", text.casefold()).split())


def _told(interview: Interview) -> str:
    people = (each for each in (*interview.people, interview.recruiter, interview.referrer) if each)
    parts = (
        interview.id,
        interview.job_id,
        interview.company,
        interview.role,
        interview.type_label,
        interview.venue.text,
        f"{interview.starts:%Y-%m-%d}",
        interview.notes,
        interview.feedback,
        *(f"{each.name} {each.title}" for each in people),
    )
    return " ".join(parts)


def _around(body: str, wanted: list[str]) -> str:
    """The first line that holds a word that is wanted, cut to what stands around it."""
    for line in body.splitlines():
        place = next((at for at, word in enumerate(line.split()) if _holds(word, wanted)), None)
        if place is not None:
            start = max(0, len(" ".join(line.split()[:place])) - _AROUND)
            shown = " ".join(line.split())[start : start + 2 * _AROUND]
            return f"{'…' if start else ''}{shown}{'…' if len(line) > start + 2 * _AROUND else ''}"
    return ""


def _holds(word: str, wanted: list[str]) -> bool:
    return any(each in plain_word(word) for each in wanted)
