"""Comments in a note: what its author wrote for nobody to see."""

_MARKS = (("<!--", "-->"), ("%%", "%%"))


def without_comments(text: str) -> str:
    """Take comments out and keep their line ends, so that lines keep their numbers; an open one is text."""
    for begin, end in _MARKS:
        text = _without(text, begin, end)
    return text


def _without(text: str, begin: str, end: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := text.find(begin, at)) >= 0:
        stop = text.find(end, start + len(begin))
        if stop < 0:
            break
        kept += [text[at:start], "\n" * text.count("\n", start, stop)]
        at = stop + len(end)
    return "".join([*kept, text[at:]])
