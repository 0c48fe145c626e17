"""YAML as a tree with exact places: built from parser events, within limits that no bomb passes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from prepvault.parse.yaml_faults import YamlFault, explain_fault

MAX_DEPTH = 40
MAX_NODES = 50_000
MAX_ALIASES = 100
MAX_BYTES = 256 * 1024

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# libyaml takes the first three for line ends, as YAML 1.1 did, and refuses the rest. Obsidian's reader takes
# all of them for ordinary characters, so they are read in disguise: one private character for each.
_STRANGE = {
    code: code + 0xF0000
    for code in (0x85, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF, 0x7F, *range(0x80, 0xA0), *range(0x20))
    if code not in {0x09, 0x0A, 0x0D}
}
_PLAIN_AGAIN = {disguise: code for code, disguise in _STRANGE.items()}
_HAS_STRANGE = re.compile("[" + re.escape("".join(map(chr, _STRANGE))) + "]")


@dataclass(slots=True)  # not frozen, because making a frozen one takes three times as long
class Node:
    """One value in a YAML text, never changed; equal to one that means and looks the same elsewhere.

    `start` and `end` are character offsets; a block collection ends with its last leaf, not with the comments
    after it. `kind` is scalar, sequence, mapping or alias; `style` is the quote or block mark of a scalar and
    `flow` or `block` of a collection. `text` is a scalar's content or an alias's name. The children of a
    mapping are its keys and values in turn.
    """

    kind: str
    start: int = field(compare=False)
    end: int = field(compare=False)
    line: int = field(compare=False)
    column: int = field(compare=False)
    text: str = ""
    style: str = ""
    tag: str = ""
    anchor: str = ""
    children: tuple["Node", ...] = ()

    @property
    def pairs(self) -> tuple[tuple["Node", "Node"], ...]:
        """The keys of a mapping with their values."""
        return tuple(zip(self.children[::2], self.children[1::2], strict=True))

    @property
    def is_block_scalar(self) -> bool:
        """True for text after `|` or `>`."""
        return self.kind == "scalar" and self.style in {"|", ">"}

    @property
    def is_empty_scalar(self) -> bool:
        """True where nothing is written at all, as after `status:`."""
        return self.kind == "scalar" and self.start == self.end

    def leaves(self) -> Iterator["Node"]:
        """Every scalar and alias inside, in order; an empty flow collection counts as a leaf."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been met."""

    event: Any
    children: list[Node] = field(default_factory=list)


def parse_tree(text: str) -> Node | None:
    """Read one YAML document into a tree, None when it holds nothing but comments; raises YamlFault."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise YamlFault(
            f"the front matter should be at most {MAX_BYTES // 1024} KiB, found more",
            hint="move long texts below the closing `---`",
            code="frontmatter/too-large",
        )
    disguised = _disguise(text)
    builder = _Builder(disguised is not text)
    try:
        for event in yaml.parse(disguised, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as fault:
        raise _too_deep(fault.problem_mark) if _is_nesting(fault) else explain_fault(fault, text) from None
    except YamlFault:
        raise
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, TypeError) as fault:
        raise YamlFault(f"this is not YAML: {_first_line(fault)}") from None
    return builder.root


def _is_nesting(fault: yaml.MarkedYAMLError) -> bool:
    """Tell whether the parser gave up at its own limit, which newer ones meet before our count does."""
    return "nesting" in str(fault.problem)


def _too_deep(mark: Any) -> YamlFault:
    message, hint = f"properties are nested more than {MAX_DEPTH} deep", "keep them flat"
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return YamlFault(message, line, column, hint, "frontmatter/too-deep")


def _first_line(fault: Exception) -> str:
    return (str(fault).splitlines() or ["unreadable"])[0][:120]


def _disguise(text: str) -> str:
    """Put private characters for those that libyaml reads differently from YAML 1.2."""
    if not _HAS_STRANGE.search(text):
        return text
    if any(0xF0000 <= ord(letter) <= 0xFFFFD for letter in text):
        raise YamlFault("control characters and private-use characters stand side by side")
    return text.translate(_STRANGE)


class _Builder:
    """Makes nodes from events and counts them."""

    def __init__(self, disguised: bool) -> None:  # noqa: FBT001
        self.root: Node | None = None
        self._disguised = disguised
        self._stack: list[_Open] = []
        self._nodes = 0
        self._aliases = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """Work one event into the tree."""
        if isinstance(event, yaml.NodeEvent):
            self._count(event)
            if isinstance(event, yaml.CollectionStartEvent):
                self._stack.append(_Open(event))
            else:
                self._add(self._leaf(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1 or event.explicit:
            raise YamlFault(
                "found a second document, expected one set of properties",
                event.start_mark.line + 1,
                event.start_mark.column + 1,
                "put quotes around a value that begins with `---`",
            )

    def _count(self, event: Any) -> None:
        self._nodes += 1
        if isinstance(event, yaml.AliasEvent):
            self._aliases += 1
        if len(self._stack) < MAX_DEPTH and self._nodes <= MAX_NODES and self._aliases <= MAX_ALIASES:
            return
        if len(self._stack) >= MAX_DEPTH:
            raise _too_deep(event.start_mark)
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        message = f"found more than {MAX_NODES} values or {MAX_ALIASES} aliases in the front matter"
        hint = "move data into the body or another file"
        raise YamlFault(message, line, column, hint, "frontmatter/too-large")

    def _plain(self, text: str) -> str:
        return text.translate(_PLAIN_AGAIN) if self._disguised else text

    def _leaf(self, event: Any) -> Node:
        start, end = event.start_mark, event.end_mark
        if isinstance(event, yaml.AliasEvent):
            return Node("alias", start.index, end.index, start.line, start.column, text=str(event.anchor))
        return Node(
            "scalar",
            start.index,
            end.index,
            start.line,
            start.column,
            text=self._plain(event.value),
            style=event.style or "",
            tag=event.tag or "",
            anchor=event.anchor or "",
        )

    def _close(self, event: Any) -> None:
        opened = self._stack.pop()
        first, mark = opened.event, opened.event.start_mark
        is_flow = bool(first.flow_style)
        last = opened.children[-1].end if opened.children else event.end_mark.index
        node = Node(
            "mapping" if isinstance(first, yaml.MappingStartEvent) else "sequence",
            mark.index,
            event.end_mark.index if is_flow else last,
            mark.line,
            mark.column,
            style="flow" if is_flow else "block",
            tag=first.tag or "",
            anchor=first.anchor or "",
            children=tuple(opened.children),
        )
        self._add(node)

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self.root = node
