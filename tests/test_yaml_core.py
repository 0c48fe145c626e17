"""YAML as Obsidian reads it, and what PrepVault says about YAML that nobody can read."""

import math
import threading

import pytest
import yaml

from prepvault.model.note import Value
from prepvault.parse import yaml_tree
from prepvault.parse.yaml_core import load_yaml
from prepvault.parse.yaml_faults import YamlFault


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("14:30", "14:30"),
        ("9:30", "9:30"),
        ("09:30", "09:30"),
        ("2026-03-05", "2026-03-05"),
        ("2026-03-05T14:00:00", "2026-03-05T14:00:00"),
        ("2026-03-05T14:00", "2026-03-05T14:00"),
        ("2026-03-05 14:00", "2026-03-05 14:00"),
        ("2026-03-05T14:00:00+01:00", "2026-03-05T14:00:00+01:00"),
        ("2026-02-30", "2026-02-30"),
        ("2026-03-05T25:00", "2026-03-05T25:00"),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("OFF", "OFF"),
        ("y", "y"),
        ("012", 12),
        ("008", 8),
        ("-007", -7),
        ("+5", 5),
        ("0o12", 10),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("0b_", "0b_"),
        ("0x_", "0x_"),
        ("1_000", "1_000"),
        ("1e3", 1000.0),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1.2.3", "1.2.3"),
        ("-.inf", -math.inf),
        (".INF", math.inf),
        ("inf", "inf"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ("null", None),
        ("~", None),
        ("", None),
        ("NULL", None),
        ("nUll", "nUll"),
        ("=", "="),
        ("<<", "<<"),
        ("!x y", "y"),
        ("!x", ""),
        ("! 5", "5"),
        ("!!str 5", "5"),
        ("!!int '5'", 5),
        ("!!timestamp 2026-03-05", "2026-03-05"),
        ("!!binary aGk=", "aGk="),
        ("!!python/object:os.system x", "x"),
        ("'5'", "5"),
        ('"true"', "true"),
        ('"\\u00e9\\t"', "é\t"),
        ("[[Acme]]", [["Acme"]]),
        ("[a, 1, null]", ["a", 1, None]),
        ("{a: 1, b}", {"a": 1, "b": None}),
        ("{{date}}", {"{ date }": None}),
        ("#tag", None),
        ("x #y", "x"),
        ("C# dev", "C# dev"),
        ("|\n  a\n  b", "a\nb"),
        (">\n  a\n  b\n", "a b\n"),
        ("a\u2028b\u0085c", "a\u2028b\u0085c"),
        ("a\x07b\x7f", "a\x07b\x7f"),
        ("9" * 5000, "9" * 5000),
        ("1e999", math.inf),
    ],
)
def test_one_value(written: str, value: Value) -> None:
    assert load_yaml(f"k: {written}") == {"k": value}
    read = load_yaml(f"k: {written}")
    assert isinstance(read, dict)
    assert type(read["k"]) is type(value)


def test_not_a_number_is_a_number_type() -> None:
    read = load_yaml("k: .nan")
    assert isinstance(read, dict)
    assert isinstance(read["k"], float)
    assert math.isnan(read["k"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# only a comment\n", None),
        (
            "a: 1\n2026: x\ntrue: y\n~: z\n? [q, r]\n: s\n",
            {"a": 1, "2026": "x", "true": "y", "~": "z", "[ q, r ]": "s"},
        ),
        ("<<: {a: 1}\nb: 2\n", {"<<": {"a": 1}, "b": 2}),
        ("a: &x [1]\nb: *x\n", {"a": [1], "b": [1]}),
        ("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}),
        ("&k key: 1\nb: *k\n", {"key": 1, "b": "key"}),
        ("- a\n- b: 1\n", ["a", {"b": 1}]),
        ("just text", "just text"),
    ],
)
def test_documents(text: str, value: Value) -> None:
    assert load_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("title: a: b", 1, 'write it as title: "a: b"'),
        ("ok: 1\nrole: Lead: Data: ML\n", 2, 'write it as role: "Lead: Data: ML"'),
        ("a: @home", 1, 'write it as a: "@home"'),
        ("a: `x`", 1, 'write it as a: "`x`"'),
        ("a: %x", 1, 'write it as a: "%x"'),
        ("a: 1\n%x\n", 2, "write it as key: value"),
        ("a:\n\tb: 1", 2, "indent with two spaces"),
        ("a: [[A #1]]", 1, 'write it as a: "[[A #1]]"'),
        ("a: [[A]] and b", 1, 'write it as a: "[[A]] and b"'),
        ("a: 'x", 1, "add ' at the end of the value"),
        ('a: "x" y', 1, 'write it as a: "x y"'),
        ("a:b\nc: d", 1, "write it as a: b"),
        ("a: *x", 1, 'write it in quotes: "*x"'),
        ("a: *", 1, 'write it as a: "*"'),
        ("a: [1, 2", 1, 'write it as a: "[1, 2"'),
        ("l:\n  - @x\n", 2, 'write it as - "@x"'),
        ("x: 1\nstatus\ny: 2\n", 2, "give it a name, or a `#` in front"),
        ("x: 1\nx: 2\n", 2, "keep one of them"),
        ("a: {b: 1, b: 2}\n", 1, "keep one of them"),
        ("a: b\n--- c\n", 2, "put quotes around a value that begins with `---`"),
        ("a: {{x}} y\n", 1, 'write it as a: "{{x}} y"'),
        ("a: &x [*x]\n", 1, 'write it in quotes: "*x"'),
    ],
)
def test_a_fault_names_its_line_and_its_cure(text: str, line: int, hint: str) -> None:
    with pytest.raises(YamlFault) as caught:
        load_yaml(text)
    assert caught.value.line == line
    assert caught.value.hint == hint
    assert caught.value.column >= 1


BOMBS = {
    "nested lists": "[" * 100_000,
    "nested maps": "{a: " * 50_000,
    "block nesting": "".join(" " * depth + "a:\n" for depth in range(400)),
    "aliases": "a: &a [x]\n" + "".join(f"k{i}: *a\n" for i in range(101)),
    "billion laughs": "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)),
    "merge bomb": "a0: &a0 {x: 1}\n"
    + "".join(f"a{i}: &a{i}\n  <<: [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)),
    "many nodes": "a: [" + "1," * 50_000 + "1]",
    "large": "a: " + "x" * (256 * 1024),
    "large in bytes": "a: " + "é" * (128 * 1024),
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
@pytest.mark.timeout(60)  # unguarded they take minutes, or all memory; this is no measurement
def test_a_bomb_is_a_fault(text: str) -> None:
    faults: list[YamlFault] = []

    def read() -> None:
        with pytest.raises(YamlFault) as caught:
            load_yaml(text)
        faults.append(caught.value)

    before = threading.stack_size(512 * 1024)
    try:
        worker = threading.Thread(target=read)
        worker.start()
        worker.join()
    finally:
        threading.stack_size(before)
    assert faults[0].code in {"frontmatter/too-large", "frontmatter/too-deep"}


def test_what_is_just_within_the_limits_is_read() -> None:
    assert load_yaml("a: " + "[" * 38 + "]" * 38)
    assert load_yaml("a: &a x\n" + "".join(f"k{i}: *a\n" for i in range(100)))
    assert load_yaml("a: " + "x" * (256 * 1024 - 3))


@pytest.mark.parametrize("text", ["\ud800", "a: \udfff", "a: \x08\U000f0008"])
def test_half_characters_and_private_ones_beside_controls_are_faults(text: str) -> None:
    with pytest.raises(YamlFault):
        load_yaml(text)


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_both_of_the_librarys_parsers_give_the_same_tree(
    loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "# c\na: &x [1, 'é', \"\U0001f600\"] # d\nb:\n  - |\n    t\n\n  - *x\n"
        + "c: >-\n  q\n  r\n'd': {e: ~}\nf:\n"
    )
    usual = yaml_tree.parse_tree(text)
    monkeypatch.setattr(yaml_tree, "_LOADER", loader)
    other = yaml_tree.parse_tree(text)
    assert other == usual
    assert usual is not None
    assert other is not None
    assert [(leaf.start, leaf.end) for leaf in other.leaves()] == [
        (leaf.start, leaf.end) for leaf in usual.leaves()
    ]
