"""What a page shows of a note's own text: what was filled in, with the debrief apart."""

import re

from prepvault.render.headings import settle_headings

_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>\s*", re.DOTALL)
_PARTING = re.compile(r"(</?)(?:blockquote|details|div|figure|ol|section|ul)\b|<h[1-6]\b")
_TAG = re.compile(r"<[^>]*>")
_SHOWN = re.compile(r"<(?:img|input|svg|video|audio|table)\b")
_HINT = re.compile(r"<p><em>[^<]*</em></p>\s*")
_DEBRIEF = re.compile(r"debrief(?:\s*[:(,–—-].*|\s+\d.*)?", re.IGNORECASE | re.DOTALL)


def _heads(html: str) -> list[re.Match[str]]:
    """Find the headings that part the text; those in quotes, lists and embedded notes part nothing."""
    depth, heads = 0, []
    for found in _PARTING.finditer(html):
        if found[1]:
            depth += 1 if found[1] == "<" else -1
        elif not depth and (head := _HEADING.match(html, found.start())):
            heads.append(head)
    return heads


def filled_in(html: str) -> str:
    """Leave out headings with nothing under them: a template's own, which nobody wrote to yet."""
    pieces: list[str] = []
    end, next_level = len(html), 0
    for head in reversed(_heads(html)):
        level, below = int(head[1]), html[head.end() : end]
        if next_level > level or says_something(below):
            next_level = level
            below = html[head.start() : end]
        pieces.append(below)
        end = head.start()
    return "".join((html[:end], *reversed(pieces)))


def says_something(html: str) -> bool:
    """Tell whether anything is left to read or to see without the tags."""
    return bool(_SHOWN.search(html) or _TAG.sub("", html).strip())


def part_debrief(html: str) -> tuple[str, str]:
    """Part a note's text into what is no debrief and the debrief, which has nothing of its form's hints."""
    heads = _heads(html)
    for number, head in enumerate(heads):
        if _DEBRIEF.fullmatch(_TAG.sub("", head[2]).strip()):
            behind = (each.start() for each in heads[number + 1 :] if each[1] <= head[1])
            end = next(behind, len(html))
            block = settle_headings(filled_in(_HINT.sub("", html[head.end() : end])), int(head[1]))
            return html[: head.start()] + html[end:], block
    return html, ""
