"""Find the parts of a story in its note: under headings, behind labels, in the rows of a table."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from prepvault.model.story import PARTS

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_BOLD = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)([^*_:|]{1,24}?):?(?:\*\*|__)[ \t]*[:.–—-]?[ \t]*(.*)")
_PLAIN = re.compile(r"[ \t]*(?:[-*+][ \t]+)?([^\W\d_]{1,13})[ \t]*:(?:[ \t]+(.*)|)")
_ROW = re.compile(r"[ \t]*\|[ \t]*\**([^*|]{1,24}?)\**[ \t]*\|(.*)\|[ \t]*")
_COMMENTS = (("%%", "%%"), ("<!--", "-->"))
_AFTER_WORD = re.compile(r"[\s:.,;()\[\]/–—-]+")
_QUOTE = re.compile(r" {0,3}(?:> ?)+")
_CALLOUT = re.compile(r"\[![^\]]{1,30}\][+-]?[ \t]*([^|]{1,24}?)[ \t]*()")
_BEFORE = re.compile(r"(?:my|the|key|main|our|an?) (?=\w)")
_LETTER = re.compile(r"([starh])\s*[:.)–—-]\s*(.+)", re.IGNORECASE)
_LABEL_LEVEL, _MOST_HEADING_WORDS = 7, 4

_OTHER_WORDS: Mapping[str, str] = {
    "headline": "in one line, one line, tl;dr, tldr, kurzfassung, en bref, en breve, h",
    "situation": "context, background, s, ausgangslage, kontext, contexte, situacion, situazione",
    "task": "challenge, goal, problem, my task, my role, responsibility, t, aufgabe, ziel, tache, objectif, "
    "tarea, reto, compito",
    "action": "approach, what i did, my actions, steps, a, aktion, handlung, vorgehen, accion, acciones, "
    "azione, azioni",
    "result": "outcome, impact, what happened, r, ergebnis, wirkung, resultat, resultado, risultato",
    "reflection": "learning, learned, lesson, lessons learned, lesson learned, what i learned, takeaway, "
    "reflexion, erkenntnis, gelernt, bilan, aprendizaje, riflessione",
}
_NAMED: Mapping[str, str] = MappingProxyType(
    {word: part for part in PARTS for word in (part, *_OTHER_WORDS[part].split(", "))}
)
"""How the parts are called; in other methods and languages too, without accents."""


def read_parts(body: str) -> Iterator[tuple[str, str]]:
    """Each part from its heading or label to the next one; the first of each name counts.

    Comments and fenced blocks are no part of what is told.
    """
    name, level, lines = "", _LABEL_LEVEL, list[str]()
    seen: set[str] = set()
    told = (_QUOTE.sub("", line) for line in lines_outside_fences(without_comments(body)))
    for line in (*told, "# "):
        begins, depth, rest = _beginning(line)
        if name and begins == name:
            lines.append(rest)
            continue
        ends = line == "# " or (_HEADING.fullmatch(line) is not None and (not name or depth <= level))
        if name and (begins or ends):
            seen.add(name)
            yield name, "\n".join(lines).strip()
            name = ""
        if begins and begins not in seen:
            name, level, lines = begins, depth, [rest] if rest else []
        elif name:
            lines.append(line)


def first_heading(body: str) -> str:
    """The text of the note's first heading, empty where it is that of a part."""
    for line in lines_outside_fences(without_comments(body)):
        found = _HEADING.fullmatch(line)
        if found:
            title = found[2].rstrip(" \t#")
            return "" if _part_of(title) else title
    return ""


def has_text(body: str) -> bool:
    """Tell whether anything but headings, comments and fenced blocks stands there."""
    lines = lines_outside_fences(without_comments(body))
    return any(line.strip() and not _HEADING.fullmatch(line) for line in lines)


def without_comments(body: str) -> str:
    """Leave out what a reader does not see; a comment that does not end is text."""
    for opening, closing in _COMMENTS:
        pieces, at = [], 0
        while (begin := body.find(opening, at)) >= 0:
            end = body.find(closing, begin + len(opening))
            if end < 0:
                break
            pieces.append(body[at:begin])
            at = end + len(closing)
        body = "".join((*pieces, body[at:]))
    return body


def lines_outside_fences(body: str) -> Iterator[str]:
    """The lines of a text that stand in no fenced block."""
    fence = ""
    for line in body.splitlines():
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield line


def _beginning(line: str) -> tuple[str, int, str]:
    """The part that a line begins, the level of its heading, and what follows the label on it."""
    heading = _HEADING.fullmatch(line)
    if heading:
        return _part_of(heading[2].rstrip(" \t#")), len(heading[1]), ""
    for form in (_BOLD, _ROW, _CALLOUT, _PLAIN):
        label = form.fullmatch(line)
        part = _part_of(label[1], is_label=True) if label else ""
        if label and part and not (form is _PLAIN and part != _fold(label[1]).removesuffix("s")):
            return part, _LABEL_LEVEL, (label[2] or "").strip()
    return "", _LABEL_LEVEL, ""


def _part_of(words: str, *, is_label: bool = False) -> str:
    """Tell which part a heading or label names; longer headings are titles that only begin with the word."""
    text = _fold(words)
    lettered = _LETTER.fullmatch(text)
    text = lettered[2] if lettered else text
    named = _NAMED.get(text) or _NAMED.get(text.removesuffix("s")) if len(text) > 1 else _NAMED.get(text)
    if named or is_label:
        return named or ""
    text = _BEFORE.sub("", text, count=1)
    first = _AFTER_WORD.split(text)[0]
    first = first if first in PARTS else first.removesuffix("s")
    is_title = len(text.split()) > _MOST_HEADING_WORDS and not re.match(rf"{first}s?\s*[:(\[/–—-]", text)
    return first if first in PARTS and not is_title else ""


def _fold(words: str) -> str:
    """Lower case without accents, decoration or a closing colon."""
    plain = unicodedata.normalize("NFKD", words.strip(" *_:.").casefold())
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())
