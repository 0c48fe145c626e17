"""Make a find small: leave out whatever can go while the same thing stays broken."""

from collections.abc import Callable


def fault_of(check: Callable[[bytes], None], data: bytes) -> str:
    """Name what an input breaks, empty where everything holds."""
    try:
        check(data)
    except Exception as error:  # noqa: BLE001 - whatever it is, is what was found
        return f"{type(error).__name__}: {str(error)[:40]}"
    return ""


def shrink(check: Callable[[bytes], None], data: bytes) -> bytes:
    """Take pieces out, large ones first, until no single byte can go."""
    wanted = fault_of(check, data)
    size = len(data) // 2
    while wanted and size:
        at = 0
        while at < len(data):
            less = data[:at] + data[at + size :]
            if fault_of(check, less) == wanted:
                data = less
            else:
                at += size
        size //= 2
    return data
