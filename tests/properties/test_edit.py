"""Whatever the front matter looks like, an edit changes its own property and no other byte."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from prepvault.model.change import Edit
from prepvault.parse.body import append_to_body
from prepvault.parse.edit import edit_head
from prepvault.parse.emit import emit_head, emit_pair, is_plain
from prepvault.parse.frontmatter import parse_head, split_head
from prepvault.parse.yaml_core import load_yaml
from prepvault.parse.yaml_faults import YamlFault

WORDS = st.sampled_from(
    ["x", "24h", "14:30", "yes", "007", "2026-02-30", "é ü", "\U0001f600 \U00010348", "C# dev", "a-b", "1_0"]
)
QUOTED = st.sampled_from(
    ['"a: b"', "'it''s'", '"\\u00e9\\t"', '"[[Acme|A]]"', "'---'", '"x \\\n  y"', '"# no"']
)
FLOWS = st.sampled_from(
    [
        "[a, b]",
        "[]",
        "[x]",
        "[ 'x y', ]",
        "{a: 1, b: [x]}",
        "[\n  a, # one\n  b\n]",
        "[[Acme]]",
        "{{date}}",
        "&q [z]",
    ]
)
BLOCKS = st.sampled_from(
    [
        "|\n  one\n\n  two",
        ">-\n    a\n    b",
        "|\n  ---\n  x: y",
        "|+\n  k\n\n",
        "\n  - a\n  - b # c",
        "\n  - a # c",
        '\n- "a: b"',
        "\n- a\n- ",
        "\n  a: 1\n  status: 2",
    ]
)
COMMENTS = st.sampled_from(["", "", " # mine", "   #x: y", "  "])
BETWEEN = st.sampled_from(["", "", "", "# a comment: with colon\n", "\n", " # indented\n", "\n\n"])
LINE_ENDS = st.sampled_from(["\n", "\n", "\r\n"])
BODIES = st.sampled_from(
    [
        b"",
        b"body",
        b"\n# T\n\n---\nstatus: no\n---\n",
        b"\r\nx\r\n",
        b"caf\xe9\n",
        "\U0001f600\n".encode(),
        b"...\n---\n",
    ]
)
NAMES = ["status", "outcome", "sent", "feedback", "company", "ünder", "two words"]
TEXTS = st.one_of(
    WORDS,
    st.text(max_size=12),
    st.text(alphabet="ab:# -'\"\n[]{},&*!|>%@`?~0159.x<%=\t\\", max_size=8),
)
VALUES = st.one_of(TEXTS, st.booleans(), st.integers(-5, 10**6), st.lists(TEXTS, max_size=3).map(tuple))


def examples(count: int) -> settings:
    """So many examples, the same ones in each run."""
    return settings(max_examples=count, deadline=None, derandomize=True)


@dataclass(frozen=True)
class Chunk:
    """One property of a made-up note, with its lines; `between` are comments and blank lines above it."""

    name: str
    between: bytes
    lines: bytes


@st.composite
def chunks(draw: st.DrawFn) -> list[Chunk]:
    made = []
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=6, unique=draw(st.booleans()))):
        form = draw(st.sampled_from(["plain", "quoted", "flow", "block", "empty"]))
        value = draw(
            {"plain": WORDS, "quoted": QUOTED, "flow": FLOWS, "block": BLOCKS}.get(form, st.just(""))
        )
        comment = "" if form == "block" else draw(COMMENTS)
        gap = "" if value.startswith("\n") or not value else draw(st.sampled_from([" ", " ", "    "]))
        key = draw(st.sampled_from([name, name, f'"{name}"']))
        text = f"{key}:{gap}{value}{comment}\n"
        end = draw(LINE_ENDS)
        made.append(Chunk(name, draw(BETWEEN).replace("\n", end).encode(), text.replace("\n", end).encode()))
    return made


@st.composite
def notes(draw: st.DrawFn) -> tuple[bytes, list[Chunk], bytes]:
    """The bytes up to the block, its properties, and all from the closing fence on."""
    start = draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + b"---" + draw(LINE_ENDS).encode()
    body = draw(BODIES)
    fence = draw(st.sampled_from([b"---", b"..."])) + (
        draw(LINE_ENDS).encode() if body else draw(st.sampled_from([b"", b"\n"]))
    )
    return start, draw(chunks()), fence + body


def join(start: bytes, made: list[Chunk], rest: bytes) -> bytes:
    return start + b"".join(chunk.between + chunk.lines for chunk in made) + rest


def is_one_text(value: object) -> bool:
    """Tell a list of one text, which stays a list when a text is set."""
    return isinstance(value, list) and len(value) == 1 and not isinstance(value[0], list | dict)


def values_of(data: bytes) -> dict[str, Any]:
    return dict(parse_head(data, "a.md")[0].values)


@examples(600)
@given(notes(), st.sampled_from(NAMES), VALUES)
def test_set_keeps_every_byte_of_the_others(
    made: tuple[bytes, list[Chunk], bytes], name: str, value: str | int | bool | tuple[str, ...]
) -> None:
    start, properties, rest = made
    before = join(start, properties, rest)
    after, findings = edit_head(before, [Edit(name, "set", value)], "a.md")
    if findings:
        assert after == before
        return
    own = [at for at, chunk in enumerate(properties) if chunk.name == name]
    at = own[0] if own else len(properties)
    above = join(start, properties[:at], properties[at].between if own else b"")
    below = join(b"", properties[at + 1 :], rest) if own else rest
    assert after.startswith(above)
    assert after.endswith(below)
    if own and b" # mine" in properties[at].lines:
        assert b" # mine" in after[len(above) : len(after) - len(below)]
    wanted = [item.replace("\r\n", "\n") for item in value] if isinstance(value, tuple) else value
    wanted = wanted.replace("\r\n", "\n") if isinstance(wanted, str) else wanted
    read = values_of(after)
    keeps_list = isinstance(value, str) and is_one_text(values_of(before).get(name))
    assert read.pop(name) == ([wanted] if keeps_list else wanted)
    assert type(value) is not bool or values_of(after)[name] is value
    expected = values_of(before)
    expected.pop(name, None)
    assert read == expected
    assert edit_head(after, [Edit(name, "set", value)], "a.md") == (after, ())


@examples(400)
@given(notes(), st.sampled_from(NAMES), TEXTS)
def test_append_keeps_every_byte(made: tuple[bytes, list[Chunk], bytes], name: str, item: str) -> None:
    start, properties, rest = made
    before = join(start, properties, rest)
    after, findings = edit_head(before, [Edit(name, "append", item)], "a.md")
    if findings:
        assert after == before
        return
    old, new = values_of(before).get(name), values_of(after)[name]
    held = old if isinstance(old, list) else [old]
    kept = [] if held == [None] else held
    assert isinstance(new, list)
    assert new == [*kept, item.replace("\r\n", "\n")] or (kept and "[[" in str(kept[0]))
    for chunk in properties:
        if chunk.name != name:
            assert chunk.between + chunk.lines in after
    assert len(after) > len(before)
    assert {k: v for k, v in values_of(after).items() if k != name} == {
        k: v for k, v in values_of(before).items() if k != name
    }


@examples(300)
@given(notes(), TEXTS)
def test_a_new_property_and_its_removal_cancel_out(made: tuple[bytes, list[Chunk], bytes], text: str) -> None:
    before = join(*made)
    for action in ("append", "set"):
        added, findings = edit_head(before, [Edit("brand_new", action, text)], "a.md")
        if not findings:
            assert added != before
            assert edit_head(added, [Edit("brand_new", "remove")], "a.md") == (before, ())


@examples(300)
@given(notes(), st.data())
def test_removal_takes_only_its_lines(made: tuple[bytes, list[Chunk], bytes], data: st.DataObject) -> None:
    start, properties, rest = made
    assume(properties)
    at = data.draw(st.integers(0, len(properties) - 1))
    before = join(*made)
    after, findings = edit_head(before, [Edit(properties[at].name, "remove")], "a.md")
    if findings:
        assert after == before
        return
    above = join(start, properties[:at], properties[at].between)
    below = join(b"", properties[at + 1 :], rest)
    assert after.startswith(above)
    assert after.endswith(below)
    middle = after[len(above) : len(after) - len(below)]
    assert not middle.strip()
    assert values_of(after) == {k: v for k, v in values_of(before).items() if k != properties[at].name}


def read_apart(data: bytes) -> dict[str, Any] | None:
    """Read the front matter with the other parser, the pure one, every value as text."""
    span = split_head(data)
    if span is None:
        return None
    try:
        read = yaml.load(data[span.block_start : span.block_end].decode(), Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
    except (yaml.YAMLError, ValueError, TypeError):
        return None
    return read if isinstance(read, dict) else None


@examples(400)
@given(notes(), st.data())
def test_a_second_parser_agrees_on_fuzzed_blocks(
    made: tuple[bytes, list[Chunk], bytes], data: st.DataObject
) -> None:
    start, properties, rest = made
    block = join(b"", properties, b"")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(block)))
        cut = data.draw(st.integers(0, 3))
        put = data.draw(
            st.sampled_from(
                [b"", b" ", b"\n", b":", b"#", b"-", b"'", b'"', b"[", b"}", b"&a ", b"\t", b"---\n"]
            )
        )
        block = block[:at] + put + block[at + cut :]
    before = start + block + (b"" if block.endswith(b"\n") or not block else b"\n") + rest
    name = data.draw(st.sampled_from(NAMES))
    edit = data.draw(
        st.sampled_from([Edit(name, "set", "done"), Edit(name, "append", "x: y"), Edit(name, "remove")])
    )
    after, findings = edit_head(before, [edit], "a.md")
    if findings:
        assert after == before
        return
    one, other = read_apart(before), read_apart(after)
    if one is None or other is None:
        return
    left = {key: value for key, value in one.items() if key != name}
    assert {key: value for key, value in other.items() if key != name} == left
    if edit.action == "set":
        assert other[name] == (["done"] if is_one_text(one.get(name)) else "done")
    elif edit.action == "append":
        assert other[name][-1] == "x: y"
    else:
        assert name not in other


@examples(300)
@given(
    st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))),
    st.booleans(),
)
def test_any_bytes_are_read_and_edited_without_raising(data: bytes, fenced: bool) -> None:
    note = b"---\n" + data + b"\n---\n" if fenced else data
    head, findings = parse_head(note, "a.md")
    assert head.valid or findings or not head.present
    after, refused = edit_head(note, [Edit("status", "set", "done")], "a.md")
    if refused:
        assert after == note
    else:
        assert values_of(after)["status"] in ("done", ["done"])


@examples(400)
@given(st.text(max_size=200))
def test_any_text_is_read_or_a_fault(text: str) -> None:
    with suppress(YamlFault):
        load_yaml(text)


@examples(600)
@given(st.one_of(TEXTS, st.text()), st.lists(TEXTS, max_size=3))
def test_what_is_emitted_reads_back(text: str, items: list[str]) -> None:
    surrogate = any("\ud800" <= letter <= "\udfff" for letter in text)
    assume(not surrogate)
    assert load_yaml(emit_pair("key", text) + "\n") == {"key": text}
    assert load_yaml(emit_pair("key", tuple(items)) + "\n") == {"key": items}
    assert "<%" not in emit_pair("key", text)
    head = emit_head((("a", text), ("b", None), ("c", True), ("d", 7), ("e", tuple(items))))
    values = values_of(head.encode())
    assert (values["b"], values["c"], values["d"]) == (None, True, 7)
    assert values["a"] == text or text.startswith("[[")
    if is_plain(text) and "\n" not in text:
        assert emit_pair("key", text) == f"key: {text}"


@examples(200)
@given(
    notes(),
    st.text(alphabet="ab #-\n", min_size=1, max_size=20),
    st.sampled_from(["Notes", "# T", "### Deep"]),
)
def test_text_is_added_to_the_body_and_nothing_else_changes(
    made: tuple[bytes, list[Chunk], bytes], text: str, heading: str
) -> None:
    assume(text.strip())
    before = join(*made)
    after = append_to_body(before, text, heading=heading)
    span = split_head(before)
    assert span is not None
    assert after.startswith(before[: span.body_start].rstrip(b"\r\n"))
    for line in text.strip("\n").split("\n"):
        assert line.encode() in after
    kept = iter(after)
    assert all(byte in kept for byte in before)
