"""Putting sections into any note and taking them out again."""

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from prepvault.parse.sections import body_lines, find_sections, has_room
from prepvault.parse.splice import Wanted, remove_section, splice_section, splice_sections, without_sections
from prepvault.parse.ticks import carry_ticks, section_sum, ticks_of

NAMES = ("checklist", "tips", "star", "questions", "ask", "strengths")
BODY = "## Checklist\n\n- [ ] Read the posting ^pv-read\n- [ ] Sleep ^pv-sleep"

line_ends = st.sampled_from(["\n", "\r\n", "\n\n", "\r\n\r\n", "\r", " \n"])
pieces = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(
        [
            "# Notes",
            "- one",
            "- [ ] two",
            "> quote",
            "```",
            "~~~",
            "    code",
            "<div>",
            "</div>",
            "<!--",
            "-->",
            "%%",
            "$$",
            "---",
            "===",
            "***",
            "| a | b |",
            "[x]: y",
            "<script>",
            "prepvault:",
            "\ufeff",
            "\x00",
            "<!-- prepvault:begin id=checklist v=1 sum=0 -->",
            "<!-- prepvault:end id=checklist -->",
            "%% prepvault:end id=tips %%",
            "<<<<<<< HEAD",
            ">>>>>>> x",
            "1. one",
            "`",
            "\t",
            "\u2028",
            "\x0b",
        ]
    ),
)
bodies = st.lists(st.tuples(pieces, line_ends), max_size=12).map(
    lambda lines: "".join(text + end for text, end in lines)
)
heads = st.sampled_from(
    ["", "---\ncompany: Acme\n---\n", "---\r\ncompany: Acme\r\n---\r\n", "---\na: 1\n---", "---\na: 1\n...\n"]
)
notes = st.builds(
    lambda bom, head, body, tail: (bom + head + body + tail).encode("utf-8", "surrogatepass"),
    st.sampled_from(["", "\ufeff"]),
    heads,
    bodies,
    st.sampled_from(["", "end", "end\n", "\n", "\r"]),
)


def is_clean(data: bytes) -> bool:
    """Tell whether the note has no section of ours, nothing ambiguous, and room for one."""
    sections, findings = find_sections(data)
    return not sections and not findings and has_room(data)


@given(notes)
@settings(max_examples=400, deadline=None)
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"text")
@example(b"text\r")
@example(b"\n")
@example(b"one\r\ntwo")
@example(b"---\na: 1\n---")
def test_a_section_put_in_is_found_and_taken_out_leaves_the_first_bytes(data: bytes) -> None:
    assume(is_clean(data))
    spliced = splice_section(data, "checklist", 1, BODY, None)
    (section,), findings = find_sections(spliced)
    assert not findings
    assert (section.name, section.version, section.is_edited) == ("checklist", 1, False)
    assert remove_section(spliced, section, keep_text=False) == data


@given(notes, st.permutations(range(len(NAMES))))
@settings(max_examples=200, deadline=None)
@example(b"text", [0, 1, 2, 3, 4, 5])
def test_all_sections_go_in_at_once_and_come_out_in_any_order(data: bytes, order: list[int]) -> None:
    assume(is_clean(data))
    spliced = splice_sections(data, (), [Wanted(name, 1, f"## {name}\n\ntext") for name in NAMES], NAMES)
    sections, _ = find_sections(spliced)
    assert tuple(section.name for section in sections) == NAMES
    assert without_sections(spliced, sections) == data
    for index in order:
        standing, _ = find_sections(spliced)
        (section,) = [section for section in standing if section.name == NAMES[index]]
        spliced = remove_section(spliced, section, keep_text=False)
    assert spliced == data


@given(notes, st.sets(st.sampled_from(NAMES), min_size=1), bodies)
@settings(max_examples=200, deadline=None)
def test_sections_taken_out_come_back_to_their_places(data: bytes, gone: set[str], below: str) -> None:
    assume(is_clean(data))
    wanted = [Wanted(name, 1, f"## {name}\n\ntext") for name in NAMES]
    full = splice_sections(data, (), wanted, NAMES)
    with_text_below = full + (b"" if full.endswith(b"\n") else b"\n") + b"\nmine: " + below.encode()
    sections, findings = find_sections(with_text_below)
    assume(len(sections) == len(NAMES) and not findings)
    less = with_text_below
    for section in reversed(sections):
        if section.name in gone:
            less = remove_section(less, section, keep_text=False)
    left, _ = find_sections(less)
    assume({section.name for section in left} == set(NAMES) - gone)
    assume(left)
    again = splice_sections(less, left, [want for want in wanted if want.name in gone], NAMES)
    found, _ = find_sections(again)
    assert tuple(section.name for section in found) == NAMES
    assert without_sections(again, found) == without_sections(with_text_below, sections)


@given(notes, bodies)
@settings(max_examples=200, deadline=None)
def test_replacing_a_section_leaves_every_other_byte(data: bytes, below: str) -> None:
    assume(is_clean(data))
    spliced = splice_section(data, "checklist", 1, BODY, None) + b"\n\n" + below.encode()
    sections, findings = find_sections(spliced)
    assume(len(sections) == 1 and not findings)
    section = sections[0]
    replaced = splice_section(spliced, "checklist", 2, BODY + "\n- [ ] Eat ^pv-eat", section)
    (after,), _ = find_sections(replaced)
    assert replaced[: after.start] == spliced[: section.start]
    assert replaced[after.inner_end :] == spliced[section.inner_end :]
    assert (after.version, after.is_edited) == (2, False)


@given(
    notes, bodies, st.sampled_from([BODY, "## A\n\n1. one\n    - two", "text\n\n| a | b |\n| --- | --- |"])
)
@settings(max_examples=300, deadline=None)
def test_leaving_our_own_lines_out_changes_no_other_line(data: bytes, below: str, body: str) -> None:
    wanted = [Wanted(name, 1, body) for name in NAMES[:2]]
    whole = splice_sections(data, (), wanted, NAMES) + b"\n" + below.encode()
    short, full = body_lines(whole, without_ours=True), body_lines(whole)
    inside = {line.number for line, other in zip(short, full, strict=True) if line.block != other.block}
    assert all(line.text.strip() in body or not line.text.strip() for line in full if line.number in inside)


@given(notes)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_without_raising(data: bytes) -> None:
    sections, findings = find_sections(data)
    assert not (sections and any(finding.code != "coaching/edited" for finding in findings))
    ticks_of(data.decode("utf-8", "replace"))


words = st.text(alphabet="abc XYZ()[]^`*_ .✅-", max_size=20).map(lambda text: f"a{text}b")
names = st.text(alphabet="abcdefgh0123456789-", min_size=1, max_size=8)
items = st.dictionaries(names, st.tuples(words, st.sampled_from(" xX-/>?✓")), min_size=1, max_size=8)


@given(items, st.sampled_from(["\n", "\r\n", "\r"]))
@settings(deadline=None)
def test_ticks_survive_rewording_in_any_line_end(items: dict[str, tuple[str, str]], newline: str) -> None:
    old = newline.join(f"- [{tick}] {text} ^pv-{name}" for name, (text, tick) in items.items())
    fresh = "\n".join(
        f"- [ ] reworded {text[::-1]} ^pv-{name}" for name, (text, _) in reversed(items.items())
    )
    carried = carry_ticks(fresh, ticks_of(old))
    assert ticks_of(carried) == {name: tick for name, (_, tick) in items.items()}
    assert section_sum(carried) == section_sum(fresh)
    assert carry_ticks(carried, dict.fromkeys(items, " ")) == fresh
