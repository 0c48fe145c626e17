"""Write findings as a Markdown table, for the page that a code host shows of a run."""

import re
from collections.abc import Sequence

from prepvault.model.finding import Finding, Severity

LIMIT = 1_000_000
"""How many bytes a summary may have: GitHub shows none that is larger than a mebibyte."""

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_TABLE = "| | where | what | hint |\n|---|---|---|---|\n"
_GAP = "<!-- -->"
"""Code hosts see `@name` and `#1` even in entities; a comment parts them unseen."""
_SIGNS = re.compile(r"[!-+\-.:<-@\[-`{-~]")


def render_markdown_report(findings: Sequence[Finding], summary: str) -> str:
    """Write the counts and, worst first, as many findings as there is room for."""
    if not findings:
        return f"### PrepVault: {summary}\n"
    text = [f"### PrepVault: {summary}\n\n", _TABLE]
    room = LIMIT - sum(len(part) for part in text) - 200
    held = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
    for number, finding in enumerate(held):
        row = _row(finding)
        room -= len(row.encode("utf-8"))
        if room < 0:
            text.append(f"\n{len(held) - number} more held back; run `prepvault check` to see all\n")
            break
        text.append(row)
    return "".join(text)


def _row(finding: Finding) -> str:
    kind = f"{finding.severity} {finding.code}"
    cells = (kind, str(finding.place), finding.message, finding.hint or "")
    return f"| {' | '.join(_inert(cell) for cell in cells)} |\n"


def _inert(text: str) -> str:
    """Keep what a note says from being Markdown, HTML, a link or a mention."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return _SIGNS.sub(lambda found: f"&#{ord(found[0])};{_GAP if found[0] in '@#' else ''}", plain)
