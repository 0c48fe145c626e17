"""Typed reading of one record of a content file, field by field; what is wrong becomes findings."""

import re
from collections.abc import Iterable, Iterator, Mapping

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.near import find_near
from prepvault.model.note import Value
from prepvault.model.slots import SLOTS
from prepvault.parse.fields import plain_text, shown
from prepvault.parse.yaml_core import value_of
from prepvault.parse.yaml_faults import YamlFault
from prepvault.parse.yaml_tree import Node, parse_tree

_ID = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_SLOT = re.compile(r"\{\{\s*(.*?)\s*\}\}")


class Record:
    """One mapping of a content file, read field by field.

    `findings` grows while fields are read; `is_whole` turns false when one that must be there is not.
    """

    def __init__(self, values: Mapping[str, Value], place: Place) -> None:
        self.place = place
        self.findings: list[Finding] = []
        self.is_whole = True
        self._values = values
        self._asked: set[str] = set()

    def text(self, name: str, *, required: bool = False) -> str:
        """Read a text; a number or a flag counts as the text it is written as."""
        value = self._value(name)
        if isinstance(value, list | dict):
            self.remark(name, "a text", required=required)
            return ""
        text = plain_text(value)
        if required and not text:
            self.remark(name, "a text", required=True)
        return text

    def name(self, form: re.Pattern[str] = _ID) -> str:
        """Read the card's id."""
        name = self.text("id", required=True)
        if name and not form.fullmatch(name):
            self.remark("id", "letters, digits and hyphens", required=True)
        return name

    def flag(self, name: str) -> bool:
        """Read `true` or `false`; what is not there is false."""
        value = self._value(name)
        if value is not None and not isinstance(value, bool):
            self.remark(name, "`true` or `false`")
        return value is True

    def number(self, name: str, default: int) -> int:
        """Read a whole number from 0 up."""
        value = self._value(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.remark(name, "a whole number")
            return default
        return value

    def fraction(self, name: str, default: float) -> float:
        """Read a number between 0 and 1."""
        value = self._value(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self.remark(name, "a number from 0 to 1")
            return default
        return float(value)

    def words(self, name: str, allowed: Iterable[str] = ()) -> tuple[str, ...]:
        """Read a list of texts; one outside `allowed` makes the whole record unusable."""
        value = self._value(name)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        words = tuple(plain_text(word) for word in listed if not isinstance(word, list | dict))
        if len(words) < len(listed):
            self.remark(name, "a list of texts")
        known = tuple(allowed)
        for word in words:
            if known and word not in known:
                self._refuse_choice(name, word, known)
        return words

    def known(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Read a list of texts and drop those outside `allowed`; where nothing is allowed yet, all stay."""
        words, known = self.words(name), tuple(allowed)
        for word in words:
            if known and word not in known:
                self._remark_choice(name, word, known, "this word is left out")
        return tuple(word for word in words if not known or word in known)

    def told(self, name: str) -> tuple[str, ...]:
        """Read wordings with `{{slots}}`; one that names an unknown slot is dropped."""
        wordings = self.words(name)
        usable = []
        for wording in wordings:
            strange = [slot for slot in _SLOT.findall(wording) if slot not in SLOTS]
            if strange:
                self._remark_choice(name, f"{{{{{strange[0]}}}}}", tuple(SLOTS), "this wording is left out")
            else:
                usable.append(wording)
        return tuple(usable)

    def choice(self, name: str, allowed: Iterable[str], *, default: str = "") -> str:
        """Read one word of those allowed; without a default it must be there."""
        word, known = self.text(name, required=not default), tuple(allowed)
        if word and word not in known:
            self._refuse_choice(name, word, known)
        return word or default

    def parts(self, name: str) -> tuple["Record", ...]:
        """Read a list of mappings, each as a record of its own at the same place."""
        value = self._value(name)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        mappings = tuple(entry for entry in listed if isinstance(entry, dict))
        if len(mappings) < len(listed):
            self.remark(name, "a list of `name: value` groups")
        return tuple(Record(entry, self.place) for entry in mappings)

    def others(self) -> Mapping[str, str]:
        """Read every field that nobody asked for, as text."""
        names = [name for name in self._values if name not in self._asked]
        return {name: self.text(name) for name in names}

    def remark(self, name: str, expected: str, *, required: bool = False) -> None:
        """Note that a field is not what it should be."""
        value = self._values.get(name)
        found = "nothing" if value is None else f"`{shown(value)}`"
        self.is_whole = self.is_whole and not required
        left = ", so this card is left out" if required else ""
        message = f"`{name}` should be {expected}, found {found}{left}"
        self.findings.append(
            Finding("card/field", Severity.WARNING, self.place, message, found=found, expected=expected)
        )

    def finish(self) -> tuple[Finding, ...]:
        """Give all findings, those about unknown fields included."""
        for name in self._values:
            if name not in self._asked:
                near = find_near(name, sorted(self._asked))
                message = f"a card has no field `{name}`, so it is ignored"
                hint = f"did you mean `{near}`?" if near else f"it may have {_listed(self._asked)}"
                self.findings.append(
                    Finding("card/unknown-field", Severity.WARNING, self.place, message, hint, name)
                )
        return tuple(self.findings)

    def _value(self, name: str) -> Value:
        self._asked.add(name)
        return self._values.get(name)

    def _refuse_choice(self, name: str, word: str, known: tuple[str, ...]) -> None:
        self.is_whole = False
        self._remark_choice(name, word, known, "this card is left out")

    def _remark_choice(self, name: str, word: str, known: tuple[str, ...], loss: str) -> None:
        near = find_near(word, known)
        message = f"`{name}` cannot be `{shown(word)}`, so {loss}"
        hint = f"did you mean `{near}`?" if near else f"use one of {_listed(known)}"
        self.findings.append(Finding("card/field", Severity.WARNING, self.place, message, hint, word))


def read_list(text: str, path: str) -> Iterator[Record]:
    """Read a file that is a list of records; raises YamlFault when it is not one."""
    root = parse_tree(text)
    if root is None:
        return
    yield from _records(root, path)


def read_mapping(text: str, path: str, inner: str) -> tuple[Record, tuple[Record, ...]]:
    """Read a file that is one record with a list of records in its field `inner`; raises YamlFault."""
    root = parse_tree(text)
    if root is None or root.kind != "mapping":
        raise YamlFault("expected `name: value` lines", hint="begin with `id:` and `title:`")
    values: dict[str, Value] = {}
    listed: tuple[Record, ...] = ()
    for key, value in root.pairs:
        if key.text == inner:
            listed = tuple(_records(value, path))
        else:
            values[key.text] = value_of(value)
    return Record(values, Place(path, 1)), listed


def _records(node: Node, path: str) -> Iterator[Record]:
    """Make a record of every entry of a list."""
    if node.kind != "sequence":
        raise YamlFault("expected a list, each entry beginning with `- `", node.line + 1, node.column + 1)
    for child in node.children:
        values = value_of(child)
        if not isinstance(values, dict):
            raise YamlFault("expected an entry of `name: value` lines", child.line + 1, child.column + 1)
        yield Record(values, Place(path, child.line + 1))


def _listed(names: Iterable[str]) -> str:
    """List names for a hint."""
    return ", ".join(f"`{name}`" for name in sorted(names))
