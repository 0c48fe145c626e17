"""Typed reading of one property at a time, by the names this vault uses."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import TypeVar

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.near import find_near, plain_word
from prepvault.model.note import Head, Value
from prepvault.model.properties import BY_NAME
from prepvault.model.settings import Settings
from prepvault.parse.emit import emit_scalar
from prepvault.parse.links import unwrap_link

Choice = TypeVar("Choice", bound=StrEnum)

_YES = frozenset({"true", "yes", "y", "on", "1", "x", "done", "ja", "oui", "si"})
_NO = frozenset({"false", "no", "n", "off", "0", "nein", "non"})
_LENGTH = re.compile(
    r"(?:(\d{1,2})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,4})\s*(?:m|min|mins|minutes?)?)?", re.IGNORECASE
)
_OTHER_SPELLINGS = {"canceled": "cancelled", "behavioural": "behavioral"}
_MEANT = {
    "done": "completed",
    "finished": "completed",
    "past": "completed",
    "booked": "scheduled",
    "planned": "scheduled",
    "upcoming": "scheduled",
    "moved": "rescheduled",
    "zoom": "video_interview",
    "virtual": "video_interview",
    "online": "video_interview",
    "recruiter": "phone_screen",
    "hr": "phone_screen",
    "screening": "phone_screen",
    "coding": "technical",
    "systemdesign": "technical",
    "culture": "behavioral",
    "passed": "advanced",
    "declined": "withdrawn",
    "ghosted": "no_response",
}


def shown(value: object) -> str:
    """Write a value short and on one line, for a message."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


def plain_text(value: Value) -> str:
    """Write a scalar as text; empty for anything else."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()


class Fields:
    """The properties of one note's head, read one by one; `findings` grows as they are read."""

    def __init__(self, path: str, head: Head, settings: Settings) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self._head = head
        self._settings = settings

    def value(self, name: str) -> Value:
        """The raw value of one of our properties; None where it is absent or empty."""
        value = self._head.values.get(self._settings.property_name(name))
        return None if isinstance(value, str) and not value.strip() else value

    def has(self, name: str) -> bool:
        """Tell whether the note says anything for this property; an empty list says nothing."""
        return self.value(name) not in (None, [])

    def shown_name(self, name: str) -> str:
        """The name as this vault writes it."""
        return self._settings.property_name(name)

    def report(
        self,
        code: str,
        name: str,
        message: str,
        *,
        severity: Severity = Severity.ERROR,
        hint: str = "",
        found: object = "",
        expected: str = "",
        fixable: bool = False,
    ) -> None:
        """Add a finding at the property's line; a `{}` in the message stands for the property's name."""
        own = self.shown_name(name)
        place = Place(self.path, self._head.lines.get(own, 1))
        text = message.replace("{}", f"`{own}`", 1)
        self.findings.append(Finding(code, severity, place, text, hint, shown(found), expected, fixable))

    def text(self, name: str) -> str:
        """Read text; a number, a flag or a list of one is accepted with a warning, a map is an error."""
        value = self.value(name)
        if value is None or isinstance(value, str):
            return (value or "").strip()
        if isinstance(value, list) and not value:
            return ""
        if isinstance(value, dict) or (
            isinstance(value, list) and any(isinstance(v, list | dict) for v in value)
        ):
            self._refuse(name, value, "text")
            return ""
        if isinstance(value, list):
            joined = ", ".join(plain_text(item) for item in value if plain_text(item))
            self._warn_type(
                name, value, f"write one text: {self.shown_name(name)}: {emit_scalar(shown(joined))}"
            )
            return joined
        self._warn_type(name, value, f'put it in quotes: {self.shown_name(name)}: "{shown(value)}"')
        return plain_text(value)

    def line(self, name: str) -> str:
        """Read text as one line, wikilinks unwrapped to what they show."""
        return " ".join(unwrap_link(self.text(name)).split())

    def number(self, name: str, bounds: tuple[int, int] | None = None) -> int | None:
        """Read a whole number; a length written in words (`1h 30m`) is accepted with a warning."""
        least, most = bounds or (BY_NAME[name].least, BY_NAME[name].most)
        value = self.value(name)
        if value is None:
            return None
        number = _number_of(value, minutes=name == "duration_minutes")
        if number is None:
            self._refuse(name, value, "a whole number")
        elif not least <= number <= most:
            expected = f"a number from {least} to {most}"
            message = f"{{}} should be {expected}, found `{shown(value)}`"
            self.report("property/range", name, message, found=value, expected=expected)
            return None
        elif not isinstance(value, int):
            self._warn_type(name, value, f"write it like {self.shown_name(name)}: {number}", "a whole number")
        return number

    def flag(self, name: str, *, default: bool, unreadable: bool) -> bool:
        """Read a checkbox; `yes` and the like are accepted with a warning."""
        value = self.value(name)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        word = plain_text(value).lower()
        if word in _YES or word in _NO:
            self._warn_type(name, value, f"write {str(word in _YES).lower()}", "true or false")
            return word in _YES
        self._refuse(name, value, "true or false", f"until then it counts as {str(unreadable).lower()}")
        return unreadable

    def words(self, name: str) -> tuple[str, ...] | None:
        """Read a list of texts; None where the property is absent. A single text is a list with a warning."""
        value = self.value(name)
        if value is None:
            return None
        if isinstance(value, dict):
            self._refuse(name, value, "a list")
            return None
        if not isinstance(value, list):
            if not isinstance(value, str) or "\n" not in value:
                self._warn_type(
                    name, value, f"write a list: {self.shown_name(name)}: [{shown(value)}]", "a list"
                )
            value = re.split(r"[,;\n]", value) if isinstance(value, str) else [value]
        return tuple(text for item in value if (text := _item_text(item)))

    def choice(self, name: str, kind: type[Choice]) -> Choice | None:
        """Read one of a few words; case, blanks and hyphens do not matter."""
        text = self.line(name)
        if not text:
            return None
        known = _plain_words(kind)
        plain = plain_word(text)
        plain = plain_word(_OTHER_SPELLINGS.get(plain, plain))
        if plain in known:
            return kind(known[plain])
        expected = ", ".join(kind)
        near = _near_choice(plain, known)
        message = f"{{}} should be one of {expected}; found `{shown(text)}`"
        hint = f"did you mean `{near}`?" if near else "see `prepvault explain property/choice`"
        self.report("property/choice", name, message, hint=hint, found=text, expected=expected)
        return None

    def unread(self) -> Iterable[str]:
        """The keys of the note that are none of our properties."""
        ours = {self.shown_name(name) for name in BY_NAME} if self._settings.renamed else BY_NAME
        return [key for key in self._head.values if key not in ours]

    def line_of(self, key: str) -> int:
        """The line of a key as written, 1 if unknown."""
        return self._head.lines.get(key, 1)

    def _refuse(self, name: str, value: Value, expected: str, hint: str = "") -> None:
        if "{{" in str(value) or (isinstance(value, dict) and any(str(key).startswith("{") for key in value)):
            hint = "a template's placeholder was left in; put the real value there"
        message = f"{{}} should be {expected}, found `{shown(value)}`"
        self.report("property/type", name, message, hint=hint, found=value, expected=expected)

    def _warn_type(self, name: str, value: Value, hint: str, expected: str = "text") -> None:
        message = (
            f"{{}} should be {expected}, found {_kind_of(value)} `{shown(value)}`; it was read all the same"
        )
        self.report(
            "property/type",
            name,
            message,
            severity=Severity.WARNING,
            hint=hint,
            found=value,
            expected=expected,
        )


@cache
def _plain_words(kind: type[StrEnum]) -> dict[str, StrEnum]:
    return {plain_word(member): member for member in kind}


def _item_text(item: Value) -> str:
    if isinstance(item, dict):
        return ", ".join(f"{key}: {plain_text(value)}" for key, value in item.items())
    if isinstance(item, list):
        return ", ".join(text for part in item if (text := plain_text(part)))
    return plain_text(item)


def _number_of(value: Value, *, minutes: bool) -> int | None:
    if value is None or isinstance(value, bool | list | dict):
        return None
    if isinstance(value, int | float):
        return int(value) if value == value // 1 else None
    text = value.strip()[:40]
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    found = _LENGTH.fullmatch(text) if minutes else None
    return int(found[1] or 0) * 60 + int(found[2] or 0) if found and (found[1] or found[2]) else None


def _near_choice(plain: str, known: dict[str, StrEnum]) -> str:
    meant = plain_word(_MEANT.get(plain, ""))
    near = meant if meant in known else find_near(plain, known, closeness=0.6)
    if near:
        return known[near]
    inside = [member for word, member in known.items() if len(plain) > 3 and (plain in word or word in plain)]
    return inside[0] if inside else ""


def _kind_of(value: Value) -> str:
    names = {bool: "the flag", int: "the number", float: "the number", list: "the list", str: "the text"}
    return names.get(type(value), "the value")
