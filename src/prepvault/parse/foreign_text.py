"""The text of a file that another program wrote: its encoding is found out, and what was doubtful is told."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", ""),
    (b"\xff\xfe", "utf-16-le", "read as UTF-16"),
    (b"\xfe\xff", "utf-16-be", "read as UTF-16"),
)
_LOOKED_AT = 4096


def parse_foreign_text(data: bytes) -> tuple[str, str]:
    """Decode a file and say how where it is no plain UTF-8; never raises."""
    for mark, encoding, remark in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, remark)
    wide = _wide_encoding(data[:_LOOKED_AT])
    if wide:
        return _decoded(data, wide, "read as UTF-16, although no mark says so")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        remark = f"not UTF-8 (line {line}), so it was read as Windows-1252: look at its accents"
        return data.decode("cp1252", "replace"), remark


def without_zeros(text: str, remark: str) -> tuple[str, str]:
    """Put a sign in place of every zero byte, which no note may hold, and add that to the remark."""
    if "\0" not in text:
        return text, remark
    return text.replace("\0", "\ufffd"), ", ".join(filter(None, (remark, "with zero bytes, shown as \ufffd")))


def _decoded(data: bytes, encoding: str, remark: str) -> tuple[str, str]:
    text = data.decode(encoding, "replace")
    if "\ufffd" in text:
        remark = ", ".join(filter(None, (remark, "with bytes that are no text, shown as \ufffd")))
    return text, remark


def _wide_encoding(data: bytes) -> str:
    """Tell UTF-16 without a mark by its zero bytes: every second one, in text of Latin letters."""
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half, other = data[place::2], data[1 - place :: 2]
        if len(half) > 3 and half.count(0) * 10 > len(half) * 9 and not other.count(0):
            return encoding
    return ""
