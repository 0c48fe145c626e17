"""Read the note in which the user writes what holds for the whole search."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from prepvault.model.about import About, Strength, Weakness
from prepvault.model.card import Standing
from prepvault.model.finding import Finding
from prepvault.model.note import Head, Note
from prepvault.parse.about_lines import OwnLine, own_lines
from prepvault.parse.links import find_target, unwrap_link

_PARTS = (
    ("strengths", re.compile(r"(?:my )?strengths?\b")),
    ("weaknesses", re.compile(r"(?:my )?weakness(?:es)?\b|(?:my )?limits?\b")),
)
_LABELS = "strength|weakness|example|story|impact|result|tag|shows|competency|needed here because"
_LABEL = re.compile(rf"(?:\*\*)?\b({_LABELS})(?:\*\*)?:(?:\*\*)?[ \t]*", re.IGNORECASE)
_LINK = re.compile(r"!?\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]+\]\([^()\s]+\)")
_TAG = re.compile(r"(?:^|(?<=[\s·,;(]))#([A-Za-z][\w/-]*)")
_NAMED = re.compile(r"\*\*(.+?)\*\*[ \t]*:?[ \t]*|([^:·]{2,80}?)(?::[ \t]+|[ \t]+[·–—][ \t]+|[ \t]+-[ \t]+)")
_EMPTY = re.compile(r"\([\s·,;]*\)")
_NOT_A_WORD = re.compile(r"[\W_]+")
_EDGES = " \t·,;:–—-"


@dataclass(slots=True)
class _Entry:
    """One strength or weakness while it is read: where it begins, and its text so far."""

    line: int
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """What was read so far, and where in the note one stands."""

    prompts: Mapping[str, str]
    part: str = ""
    level: int = 0
    answering: str = ""
    entries: dict[str, list[_Entry]] = field(default_factory=lambda: {"strengths": [], "weaknesses": []})
    answers: dict[str, list[str]] = field(default_factory=dict)

    def read(self, line: OwnLine) -> None:
        """Take one line in."""
        if line.level:
            self._heading(line)
        elif self.part:
            self._entry(line)
        elif line.is_item and (found := self._asked(line.text)):
            self._begin(found[0])
            self._answer(found[1])
        elif line.text:
            self._answer(line.text)

    def _heading(self, line: OwnLine) -> None:
        prompt = self._prompt(line.text)
        plain = line.text.casefold()
        part = next((name for name, pattern in _PARTS if pattern.match(plain)), "") if not prompt else ""
        self.answering = ""
        if prompt:
            self.part = ""
            self._begin(prompt)
        elif part and not (self.part and line.level > self.level):
            self.part, self.level = part, line.level
        elif self.part and line.level > self.level:
            self.entries[self.part].append(_Entry(line.number, [f"**{line.text}**"]))
        else:
            self.part = ""

    def _entry(self, line: OwnLine) -> None:
        entries = self.entries[self.part]
        if line.is_item and not line.is_below and not (entries and _is_field(line.text)):
            entries.append(_Entry(line.number, [line.text]))
        elif line.text and entries:
            entries[-1].texts.append(line.text)

    def _prompt(self, text: str) -> str:
        """Find the prompt that a text is, or whose only beginning it is; empty for any other text."""
        key = _key(text)
        if key in self.prompts or " " not in key:
            return self.prompts.get(key, "")
        begun = {prompt for name, prompt in self.prompts.items() if name.startswith(f"{key} ")}
        return begun.pop() if len(begun) == 1 else ""

    def _begin(self, prompt: str) -> None:
        """Begin an answer; the first one of each prompt counts."""
        self.answering = "" if prompt in self.answers else prompt

    def _answer(self, text: str) -> None:
        if self.answering and text:
            self.answers.setdefault(self.answering, []).append(text)

    def _asked(self, text: str) -> tuple[str, str] | None:
        """Split `**Why here?** Because …` where it begins with a prompt."""
        found = re.match(r"(?:\*\*)?([^*?:]{2,160}[?:]?)(?:\*\*)?[?:]?(?:[ \t]+(.*))?$", text)
        prompt = self._prompt(found[1]) if found else ""
        return (prompt, found[2] or "") if found and prompt else None


def parse_about(note: Note, head: Head, prompts: Sequence[Standing]) -> tuple[About, tuple[Finding, ...]]:
    """Read strengths, weaknesses and standing answers by their headings; never raises.

    An answer stands under a heading that is its prompt, or the prompt's id in words. Hints (quotes, and lines
    in italics) count as nothing.
    """
    known = {_key(name): each.id for each in reversed(prompts) for name in (each.text, each.id)}
    reader = _Reader(known)
    for line in own_lines(head.body, head.body_line):
        reader.read(line)
    about = About(
        path=note.path,
        strengths=tuple(_strengths(reader.entries["strengths"])),
        weaknesses=tuple(_weaknesses(reader.entries["weaknesses"])),
        answers={name: unwrap_link(" ".join(texts)) for name, texts in reader.answers.items()},
    )
    return about, ()


def _strengths(entries: Sequence[_Entry]) -> Iterator[Strength]:
    for entry in entries:
        name, text, told = _taken_apart(" ".join(entry.texts))
        link = _LINK.search(text)
        shown = told.get("story", "") or told.get("example", "") or (link[0] if link else "")
        impact = told.get("impact", "") or told.get("result", "") or ("" if told else text)
        if name:
            yield Strength(name, find_target(shown), _plain(impact), _tag(text, told), entry.line)


def _weaknesses(entries: Sequence[_Entry]) -> Iterator[Weakness]:
    for entry in entries:
        name, text, told = _taken_apart(" ".join(entry.texts))
        if name:
            yield Weakness(name, _plain(text, keep_links=True), _tag(text, told), entry.line)


def _taken_apart(text: str) -> tuple[str, str, Mapping[str, str]]:
    """Split an entry into its name, what follows, and the fields that are labelled in it."""
    labels = list(_LABEL.finditer(text))
    ends = [*(found.start() for found in labels[1:]), len(text)]
    told = {
        found[1].casefold(): text[found.end() : end].strip(_EDGES)
        for found, end in zip(labels, ends, strict=False)
    }
    said = told.pop("strength", "") or told.pop("weakness", "")
    if said:
        first, _, rest = said.partition(". ")
        return (
            _plain(first).rstrip(f"{_EDGES}."),
            f"{rest} {text[labels[0].end() + len(said) :]}".strip(),
            told,
        )
    if labels and not labels[0].start():
        return "", text, told
    return (*_named(text), told)


def _named(text: str) -> tuple[str, str]:
    """Split the name from what is said about it: `**Calm**: …`, `Calm: …`, or a name alone."""
    found = _NAMED.match(text)
    if not found:
        plain = _plain(text)
        return (plain, "") if len(plain) <= 80 else ("", text)
    return _plain(found[1] or found[2]).rstrip(f"{_EDGES}."), text[found.end() :]


def _tag(text: str, told: Mapping[str, str]) -> str:
    """The competency as the user tagged it, `#ownership`; empty when they did not."""
    for label in ("tag", "shows", "competency"):
        if told.get(label):
            return _TAG.sub(r"\1", told[label]).strip(" .").casefold().replace(" ", "-")
    found = _TAG.search(text)
    return found[1].casefold() if found else ""


def _plain(text: str, *, keep_links: bool = False) -> str:
    """The text without tags and emphasis; links become their words, or go with what parts them."""
    text = unwrap_link(text) if keep_links else _LINK.sub("", text)
    text = _EMPTY.sub("", _TAG.sub("", text).replace("**", ""))
    pieces = (piece.strip(_EDGES) for piece in text.split("·"))
    return " · ".join(" ".join(piece.split()) for piece in pieces if piece.strip())


def _is_field(text: str) -> bool:
    """Tell whether an item goes on about the entry above it: `Impact: …`, but not `Strength: …`."""
    found = _LABEL.match(text)
    return bool(found) and found is not None and found[1].casefold() not in {"strength", "weakness"}


def _key(text: str) -> str:
    return _NOT_A_WORD.sub(" ", text.casefold()).strip()
