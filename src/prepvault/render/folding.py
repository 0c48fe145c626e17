"""Content lines of calendars and address cards, folded so that no reader stumbles."""

_LINE = 75


def fold_line(line: str) -> bytes:
    """Fold at 75 octets, between characters, and never between a backslash and what it escapes."""
    data = line.encode("utf-8")
    parts: list[bytes] = []
    while len(data) > _LINE - bool(parts):
        cut = _LINE - bool(parts)
        while data[cut] & 0xC0 == 0x80 or _escapes(data[:cut]):
            cut -= 1
        parts.append(data[:cut])
        data = data[cut:]
    return b"\r\n ".join((*parts, data)) + b"\r\n"


def _escapes(data: bytes) -> bool:
    """Tell whether this text ends in a backslash that belongs to the next character."""
    return (len(data) - len(data.rstrip(b"\\"))) % 2 == 1
