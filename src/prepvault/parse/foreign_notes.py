"""Notes of another vault: those that tell of an interview come in with their text as it is."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from prepvault.model.incoming import (
    FOLDER,
    OURS_ALONE,
    Incoming,
    Reading,
    Source,
    Step,
    Value,
    Verdict,
    rejected,
)
from prepvault.model.near import plain_word
from prepvault.model.note import Head
from prepvault.model.note import Value as YamlValue
from prepvault.model.properties import BY_NAME, Kind
from prepvault.parse.fields import plain_text, shown
from prepvault.parse.foreign_dates import WHICH_FIRST, parse_foreign_date
from prepvault.parse.foreign_text import parse_foreign_text, without_zeros
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.kept import guard
from prepvault.parse.links import unwrap_link
from prepvault.parse.stamp import is_wall_time

_SIGN = "interview"
_SIGN_KEYS = frozenset({"type", "categories", "category", "tags", "tag", "kind", "class"})
_TIMES = ("scheduled_at", "day", "clock")
_NOT_TAKEN = OURS_ALONE | {"mails_sent", "reminders_sent"}
_PREFIX = "old_"
_EMBED = re.compile(r"!\[\[|!\[[^\]\n]*\]\((?!https?:)")
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWish:
    """How to read notes of another vault.

    `mapping` names for a key of theirs the property of ours, `headings` the same for words that are guessed;
    `taken` are names that this vault gives to other properties.
    """

    mapping: Mapping[str, str]
    headings: Mapping[str, str]
    order: str
    timezone: str
    taken: Collection[str]


def parse_foreign_notes(source: Source, wish: NoteWish) -> Reading:
    """Read every note of a folder; what names no company and time is passed over. Never raises."""
    steps: list[Step] = []
    passed: list[str] = []
    unread: list[str] = []
    guessed: dict[str, str] = {}
    times: Counter[str] = Counter()
    for path, data in sorted(source.beside.items()):
        if _is_template(path):
            continue
        text, odd = parse_foreign_text(data)
        head, _ = parse_head(text.encode("utf-8", "replace"), path)
        body, odd = without_zeros(head.body, odd)
        head = replace(head, body=body)
        told = _told(head, wish)
        if "company" not in told.values() or not set(_TIMES) & set(told.values()):
            (passed if head.valid else unread).append(path)
            continue
        digest = sha256(data).hexdigest()
        times[digest] += 1
        key = f"note {sha256(f'{digest}#{times[digest]}'.encode()).hexdigest()[:16]}"
        guessed |= {
            theirs: ours for theirs, ours in told.items() if theirs not in wish.mapping and theirs != ours
        }
        origin = f"{source.name}/{path}" if source.kind == FOLDER else source.name
        steps.append(_step(origin, head, told, wish, (key, odd)))
    return Reading(
        name=source.name,
        taken_for="notes of another vault",
        steps=tuple(steps),
        remarks=tuple(_remarks(wish, guessed, passed, unread)),
    )


def _is_template(path: str) -> bool:
    return any(part.casefold() in {"templates", "template", "_templates"} for part in path.split("/")[:-1])


def _remarks(
    wish: NoteWish, guessed: Mapping[str, str], passed: Sequence[str], unread: Sequence[str]
) -> Iterator[str]:
    said = ", ".join(f"{theirs} = {ours}" for theirs, ours in wish.mapping.items())
    guess = ", ".join(f"{theirs} = {ours}" for theirs, ours in sorted(guessed.items()))
    if said:
        yield f"read as you said: {said}"
    if guess:
        yield f"taken to mean: {guess}; `--map` says otherwise"
    if passed:
        count = "1 note" if len(passed) == 1 else f"{len(passed)} notes"
        yield f"passed over, for want of a company and a time: {count}"
    if unread:
        names = ", ".join(f"`{path}`" for path in unread[:_MOST_NAMED])
        more = f" and {len(unread) - _MOST_NAMED} more" if len(unread) > _MOST_NAMED else ""
        yield f"passed over, for front matter that cannot be read: {names}{more}"


def _told(head: Head, wish: NoteWish) -> dict[str, str]:
    """What the keys of a note tell, those that nobody knows left out; each property of ours once."""
    told: dict[str, str] = {}
    filled = [name for name, value in head.values.items() if value not in (None, "", [], {})]
    for sure in (True, False):
        for name in filled:
            ours = _meaning(name, wish, sure=sure)
            is_told = ours in told.values() or (ours == "day" and "scheduled_at" in told.values())
            if ours and not is_told:
                told.setdefault(name, ours)
    if ":" in _time(head, told):
        told = {name: ours for name, ours in told.items() if ours != "clock"}
    return told


def _meaning(name: str, wish: NoteWish, *, sure: bool) -> str:
    """Say what a key tells: as the user said or as we call it ourselves, else by the words for it."""
    if sure:
        return wish.mapping.get(name) or (name if name in BY_NAME and name not in _NOT_TAKEN else "")
    found = wish.headings.get(plain_word(name), "")
    return found if found in BY_NAME or found in _TIMES else ""


def _step(origin: str, head: Head, told: Mapping[str, str], wish: NoteWish, mark: tuple[str, str]) -> Step:
    key, odd = mark
    values, remarks = _values(head, told, wish)
    when = parse_foreign_date(_when(head, told), wish.order)
    if when.is_ambiguous:
        why = f"its time `{shown(_when(head, told))}` {WHICH_FIRST}"
        return rejected(origin, why, verdict=Verdict.ASK)
    if when.end and when.text:
        remarks.append(f"of `{shown(_when(head, told))}` the beginning was taken")
    values["scheduled_at"] = when.text or _when(head, told)
    if wish.timezone and "timezone" not in values and is_wall_time(values["scheduled_at"]):
        values["timezone"] = wish.timezone
    body = head.body.replace("\r\n", "\n")
    if _EMBED.search(body):
        remarks.append("files that it embeds are not copied")
    incoming = Incoming(
        origin=origin,
        values=tuple(sorted(values.items(), key=lambda pair: _place(pair[0]))),
        body=guard(body.lstrip("\n")),
        remarks=((odd,) if odd else ()) + tuple(remarks),
        key=key,
    )
    if _is_interview(origin, head, told):
        return Step(incoming=incoming, verdict=Verdict.NEW)
    return Step(incoming=incoming, verdict=Verdict.HELD, why="nothing in it says that it is an interview")


def _place(name: str) -> int:
    names = list(BY_NAME)
    return names.index(name) if name in BY_NAME else len(names)


def _is_interview(origin: str, head: Head, told: Mapping[str, str]) -> bool:
    """Tell a job interview from another meeting: by a role, a type of ours, or its name or kind."""
    if {"role", "interview_type"} & set(told.values()):
        return True
    words = [
        origin.rpartition("/")[2],
        *(str(head.values[name]) for name in head.values if name.lower() in _SIGN_KEYS),
    ]
    return any(_SIGN in word.casefold() for word in words)


def _when(head: Head, told: Mapping[str, str]) -> str:
    """Put the time together, from one key or from a day and an hour."""
    hours = (_plain(head.values[theirs]) for theirs, ours in told.items() if ours == "clock")
    return " ".join((_time(head, told), *hours)).strip()


def _time(head: Head, told: Mapping[str, str]) -> str:
    """What is said of the time besides an hour of its own."""
    found = (_plain(head.values[theirs]) for theirs, ours in told.items() if ours in {"scheduled_at", "day"})
    return next(found, "")


def _values(head: Head, told: Mapping[str, str], wish: NoteWish) -> tuple[dict[str, Value], list[str]]:
    """The properties of the note, ours first in our form, then all others as they are."""
    values: dict[str, Value] = {}
    remarks: list[str] = []
    for theirs, value in head.values.items():
        ours = told.get(theirs, "")
        if ours in _TIMES:
            continue
        if ours:
            values[ours] = _ours(ours, value)
            continue
        values[_free_name(theirs, head, wish)] = _kept(value)
        if isinstance(value, dict | float):
            remarks.append(f"`{shown(theirs)}` is kept as text")
    return values, remarks


def _free_name(theirs: str, head: Head, wish: NoteWish) -> str:
    """A name for a property that nobody knows: its own, unless it would pass for another."""
    name = theirs
    while (
        name in BY_NAME
        or name in wish.taken
        or name in _NOT_TAKEN
        or (name != theirs and name in head.values)
    ):
        name = _PREFIX + name
    return name


def _ours(name: str, value: YamlValue) -> Value:
    """A value in the form that our property has: links become what they show."""
    if isinstance(value, list):
        texts = tuple(unwrap_link(_plain(item)) for item in value)
        return texts if BY_NAME[name].kind is Kind.LIST else ", ".join(texts)
    if isinstance(value, bool | int) and not isinstance(value, float):
        return value
    return unwrap_link(_plain(value))


def _kept(value: YamlValue) -> Value:
    if isinstance(value, list):
        return tuple(map(_plain, value))
    return value if value is None or isinstance(value, bool | int | str) else _plain(value)


def _plain(value: YamlValue) -> str:
    """Write any value as text."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return plain_text(value)
