"""Bring the headings of a note into the outline of the page that shows it."""

import re

_TAG = re.compile(r"<(/?)h([1-6])\b")


def settle_headings(html: str, base: int) -> str:
    """Move headings so that the topmost stand at level `base` and none skips a level."""
    above: list[int] = []
    level = base

    def settle(found: re.Match[str]) -> str:
        nonlocal level
        if not found[1]:
            said = int(found[2])
            while above and above[-1] >= said:
                above.pop()
            level = min(base + len(above), 6)
            above.append(said)
        return f"<{found[1]}h{level}"

    return _TAG.sub(settle, html)
