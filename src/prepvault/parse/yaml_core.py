"""YAML 1.2 core, the way Obsidian reads front matter: dates, times and `yes` stay text."""

import re

from prepvault.model.note import Value
from prepvault.parse.yaml_faults import YamlFault
from prepvault.parse.yaml_tree import MAX_NODES, Node, parse_tree

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_FLAGS = {word: word[0] in "tT" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_NOT_A_NUMBER = frozenset({".nan", ".NaN", ".NAN"})
_MAX_DIGITS = 400
_TYPED_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float"))


def load_yaml(text: str) -> Value:
    """Read one YAML document; nothing but comments is None. Raises YamlFault for everything it cannot read.

    A key that stands twice in one mapping is a fault, a merge key is an ordinary key, an unknown tag is
    left out, and every key is text as it is written.
    """
    root = parse_tree(text)
    return None if root is None else value_of(root)


def value_of(root: Node, *, keep_last: bool = False) -> Value:
    """Give a tree its meaning; with `keep_last` the last of several equal keys counts, else it is a fault."""
    return _Reader(keep_last=keep_last).value(root)


def resolve_plain(text: str) -> Value:
    """Say what an unquoted scalar means under the core rules."""
    if text in _NULL:
        return None
    if text in _FLAGS:
        return _FLAGS[text]
    if text[0] not in "0123456789+-." or len(text) > _MAX_DIGITS:
        return text
    number = _whole_number(text)
    return _fraction(text) if number is None else number


def _whole_number(text: str) -> int | None:
    if _INT.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    return int(text[2:], 16) if _HEX.fullmatch(text) else None


def _fraction(text: str) -> Value:
    if _FLOAT.fullmatch(text):
        return float(text)
    infinite = _INFINITE.fullmatch(text)
    if infinite:
        return float(f"{infinite[1]}inf")
    return float("nan") if text in _NOT_A_NUMBER else text


def find_repeated(root: Node) -> tuple[tuple[str, int], ...]:
    """Name the keys of the top mapping that stand there again, each once, with that line from 1."""
    seen: set[str] = set()
    found: dict[str, int] = {}
    for key, _ in root.pairs if root.kind == "mapping" else ():
        name = key_text(key)
        if name in seen:
            found.setdefault(name, key.line + 1)
        seen.add(name)
    return tuple(found.items())


def key_text(key: Node) -> str:
    """Name a mapping's key: text as written, a collection in flow form as Obsidian shows it."""
    if key.kind == "mapping":
        inner = ", ".join(key_text(name) + _after_colon(value) for name, value in key.pairs)
        return f"{{ {inner} }}" if inner else "{}"
    if key.kind == "sequence":
        inner = ", ".join(key_text(child) for child in key.children)
        return f"[ {inner} ]" if inner else "[]"
    return f"*{key.text}" if key.kind == "alias" else key.text


def _after_colon(value: Node) -> str:
    return "" if value.is_empty_scalar else f": {key_text(value)}"


class _Reader:
    """Turns nodes into values, following aliases and counting what they multiply."""

    def __init__(self, *, keep_last: bool) -> None:
        self._keep_last = keep_last
        self._anchors: dict[str, tuple[Value, int]] = {}
        self._size = 0

    def value(self, node: Node) -> Value:
        """Read one node; the size of what it holds is added up as if aliases were written out."""
        if node.kind == "alias":
            return self._alias(node)
        before = self._size
        self._size += 1
        read = self._scalar(node) if node.kind == "scalar" else self._collection(node)
        if node.anchor:
            self._anchors[node.anchor] = (read, self._size - before)
        return read

    def _alias(self, node: Node) -> Value:
        if node.text not in self._anchors:
            raise YamlFault(
                f"`*{node.text}` refers to nothing above it",
                node.line + 1,
                node.column + 1,
                f'write it in quotes: "*{node.text}"',
            )
        read, size = self._anchors[node.text]
        self._size += size
        if self._size > MAX_NODES:
            raise YamlFault(
                "aliases multiply these properties beyond measure",
                node.line + 1,
                node.column + 1,
                "write the values out",
                "frontmatter/too-large",
            )
        return read

    def _scalar(self, node: Node) -> Value:
        if node.tag in _TYPED_TAGS or (not node.tag and not node.style):
            return resolve_plain(node.text)
        return node.text

    def _collection(self, node: Node) -> Value:
        if node.kind == "sequence":
            return [self.value(child) for child in node.children]
        read: dict[str, Value] = {}
        for key, value in node.pairs:
            name = key_text(key)
            if key.anchor:
                self._anchors[key.anchor] = (name, 1)
            if name in read and not self._keep_last:
                raise YamlFault(
                    f"the property `{name}` stands here again",
                    key.line + 1,
                    key.column + 1,
                    "keep one of them",
                    "frontmatter/duplicate-key",
                )
            read[name] = self.value(value)
        return read
