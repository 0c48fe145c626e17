"""Putting coaching sections into a note's bytes and taking them out; every other byte stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from prepvault.model.section import Section
from prepvault.parse.ticks import section_sum


@dataclass(frozen=True, slots=True)
class Wanted:
    """A section as it should stand: its body in Markdown, and the one in the note that it replaces."""

    name: str
    version: int
    body: str
    found: Section | None = None


def splice_section(data: bytes, name: str, version: int, body: str, found: Section | None) -> bytes:
    """Put one section into a note: in place of `found`, else at the end."""
    present = (found,) if found else ()
    return splice_sections(data, present, (Wanted(name, version, body, found),), (name,))


def splice_sections(
    data: bytes, present: Sequence[Section], wanted: Sequence[Wanted], order: Sequence[str]
) -> bytes:
    """Put sections into a note that has those of `present`.

    A new one goes after the nearest that precedes it in `order`, else before the nearest that follows
    it, else to the end. A note without a final line end keeps that habit.
    """
    newline = _newline_of(data)
    edits: list[tuple[int, int, bytes]] = []
    for want in sorted(wanted, key=lambda one: order.index(one.name)):
        if want.found:
            text = _replacement(data[want.found.start : want.found.inner_start], want, newline)
            edits.append((want.found.start, want.found.inner_end, text))
        else:
            at = _place_for(data, want.name, present, order)
            is_first = not any(start == end == at for start, end, _ in edits)
            edits.append((at, at, _addition(data, at, want, newline, is_first=is_first)))
    edits.sort(key=lambda edit: edit[:2])
    for start, end, text in reversed(edits):
        data = data[:start] + text + data[end:]
    return data


def remove_section(data: bytes, section: Section, *, keep_text: bool) -> bytes:
    """Take a section out, with the line ends that came with it; or only its markers, with `keep_text`."""
    end = min(section.end, len(data))
    before, after = data[: section.start], data[end:]
    if keep_text:
        return before + _unframed(data[section.inner_start : section.inner_end]) + after
    if section.start > _text_start(data):
        if not after and not data.endswith((b"\n", b"\r")):
            return _chopped(_chopped(before))
        above = _chopped(before)
        if above.endswith(b"\r") and after.startswith(b"\n"):
            after = after[1:]
        elif above.endswith((b"\n", b"\r")):
            before = above
    return before + after


def without_sections(data: bytes, sections: Sequence[Section]) -> bytes:
    """Take every section out: what is left is the user's."""
    for section in reversed(sections):
        data = remove_section(data, section, keep_text=False)
    return data


def _text_start(data: bytes) -> int:
    """Find the first byte that is not a byte order mark."""
    return 3 if data.startswith(b"\xef\xbb\xbf") else 0


def _newline_of(data: bytes) -> bytes:
    """Name the line end that most of the note's lines have."""
    windows = data.count(b"\r\n")
    return b"\r\n" if windows > data.count(b"\n") - windows else b"\n"


def _chopped(data: bytes) -> bytes:
    """Take one line end off."""
    for newline in (b"\r\n", b"\n", b"\r"):
        if data.endswith(newline):
            return data[: -len(newline)]
    return data


def _unframed(inner: bytes) -> bytes:
    """Drop the blank line after the begin marker and the one before the end marker."""
    lines = inner.splitlines(keepends=True)
    if lines and not lines[0].strip():
        lines = lines[1:]
    if lines and not lines[-1].strip():
        lines = lines[:-1]
    return b"".join(lines)


def _place_for(data: bytes, name: str, present: Sequence[Section], order: Sequence[str]) -> int:
    """Find the offset where a new section belongs."""
    standing = {section.name: section for section in present}
    rank = order.index(name)
    for earlier in reversed(order[:rank]):
        if earlier in standing:
            return standing[earlier].end
    for later in order[rank + 1 :]:
        if later in standing:
            start = standing[later].start
            above = _chopped(data[:start])
            is_blank = above.endswith((b"\n", b"\r")) or len(above) == _text_start(data)
            return len(above) if is_blank else start
    return len(data)


def _begin(want: Wanted, *, percent: bool) -> str:
    """Write the begin marker."""
    told = f"prepvault:begin id={want.name} v={want.version} sum={section_sum(want.body)}"
    return f"%% {told} %%" if percent else f"<!-- {told} -->"


def _inner(want: Wanted, newline: bytes) -> bytes:
    """Write what stands between the markers, a blank line on either side."""
    return newline + want.body.strip("\n").encode("utf-8").replace(b"\n", newline) + newline * 2


def _replacement(old: bytes, want: Wanted, newline: bytes) -> bytes:
    """Write the begin marker of `old` anew, in its own spelling, and what follows; the end marker stays."""
    begin = _begin(want, percent=old.startswith(b"%%")).encode("ascii")
    return begin + old[len(_chopped(old)) :] + _inner(want, newline)


def _addition(data: bytes, at: int, want: Wanted, newline: bytes, *, is_first: bool) -> bytes:
    """Write a whole section with the line ends that part it from what stands before."""
    before = data[:at]
    lead = newline
    if is_first and at <= _text_start(data):
        lead = b""
    elif is_first and before.endswith(b"\r"):
        lead = b"\r\n"
    ends_bare = at == len(data) and not before.endswith((b"\n", b"\r"))
    end = f"<!-- prepvault:end id={want.name} -->".encode("ascii")
    whole = _begin(want, percent=False).encode("ascii") + newline + _inner(want, newline) + end
    return lead * 2 + whole if ends_bare else lead + whole + newline
