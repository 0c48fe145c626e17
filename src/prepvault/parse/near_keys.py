"""Find keys of a note that were probably meant to be properties of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from prepvault.model.near import find_near, plain_word
from prepvault.model.properties import PROPERTIES
from prepvault.parse.fields import Fields

_OTHERS = frozenset(
    {"aliases", "alias", "tags", "tag", "cssclasses", "cssclass", "note", "title", "type", "date", "people"}
)
_NEVER_OURS = frozenset({"aliases", "tags", "cssclasses"})
_OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "company": ("org", "organisation", "organization", "employer", "firm"),
    "role": ("position", "job", "jobtitle"),
    "interview_type": ("type", "kind", "format", "stage"),
    "scheduled_at": ("date", "when", "start", "starts", "datetime", "time", "day", "interviewdate"),
    "duration_minutes": ("duration", "minutes"),
    "timezone": ("tz",),
    "interviewer": ("interviewedby",),
}
_WORD_FOR = {word: name for name, words in _OTHER_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class NearKey:
    """A key that stands for a property the note lacks; `is_typo` is false for another word for it."""

    name: str
    key: str
    is_typo: bool


def find_near_keys(fields: Fields) -> tuple[NearKey, ...]:
    """Pair each absent property with the one unknown key that is a misspelling of it or a word for it."""
    unknown = [key for key in fields.unread() if key not in _NEVER_OURS]
    if not unknown:
        return ()
    absent = {entry.name for entry in PROPERTIES if not fields.has(entry.name)}
    own = {fields.shown_name(entry.name): entry.name for entry in PROPERTIES}
    names = tuple({**{entry.name: entry.name for entry in PROPERTIES}, **own}.items())
    found: dict[str, NearKey] = {}
    for key in unknown:
        name = _typo_of(key, names)
        if name in absent:
            found.setdefault(name, NearKey(name, key, is_typo=True))
    for key in unknown:
        name = _WORD_FOR.get(plain_word(key), "")
        if name in absent:
            found.setdefault(name, NearKey(name, key, is_typo=False))
    return tuple(found.values())


@lru_cache(maxsize=4096)
def _typo_of(key: str, names: tuple[tuple[str, str], ...]) -> str:
    """Compare each distinct key once: a vault has many notes and few keys."""
    if key.lower() in _OTHERS:
        return ""
    return dict(names).get(find_near(key, (name for name, _ in names), closeness=0.85), "")
