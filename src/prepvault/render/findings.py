"""Write findings for people, for programs and for the checks of a code host."""

import json
from collections import Counter
from collections.abc import Callable, Sequence

from prepvault.model.finding import Finding, Severity
from prepvault.render.findings_markdown import render_markdown_report
from prepvault.render.reported import told, visible
from prepvault.render.reviews import render_gitlab, render_rdjson
from prepvault.render.sarif import Pages, render_sarif

FORMATS: tuple[str, ...] = ("text", "json", "github", "sarif", "gitlab", "rdjson", "markdown")
PER_SEVERITY = 10
"""How many annotations of each severity GitHub shows from one step; it drops the rest without a word."""

_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "36"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def render_findings(
    findings: Sequence[Finding],
    *,
    format: str,  # noqa: A002 - the option is called that
    total_notes: int,
    color: bool = False,
    base: str = "",
    pages: Pages | None = None,
) -> str:
    """Write findings in one of the `FORMATS`.

    `base` is the vault's folder in the repository, for those of code hosts; `pages` are those of the codes.
    """
    if format == "text":
        return _render_text(findings, total_notes, color=color)
    if format == "json":
        return _render_json(findings, total_notes)
    if format == "markdown":
        return render_markdown_report(findings, summary_line(findings, total_notes))
    if format == "sarif":
        return render_sarif(findings, base=base, pages=pages or {})
    if format == "gitlab":
        return render_gitlab(findings, base)
    if format == "rdjson":
        return render_rdjson(findings, base)
    return _render_github(findings, total_notes, base)


def _render_text(findings: Sequence[Finding], total_notes: int, *, color: bool) -> str:
    paint: Callable[[str, str], str] = _painted if color else lambda text, _: text
    blocks = [_block(finding, paint) for finding in findings]
    return "\n\n".join([*blocks, summary_line(findings, total_notes)]) + "\n"


def summary_line(findings: Sequence[Finding], total_notes: int) -> str:
    """Write the one line a run ends with: `2 errors, 1 warning in 31 notes`."""
    counts = Counter(finding.severity for finding in findings)
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
    told = [_count(counts[severity], words[severity]) for severity in _ORDER if counts[severity]]
    return f"{', '.join(told) or 'no findings'} in {_count(total_notes, 'note')}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _block(finding: Finding, paint: Callable[[str, str], str]) -> str:
    kind = paint(f"{finding.severity}[{finding.code}]", _COLORS[finding.severity])
    lines = [f"{kind}: {visible(finding.message)}", f"  {paint('-->', '2')} {visible(str(finding.place))}"]
    if finding.hint:
        lines.append(f"  hint: {visible(finding.hint)}")
    return "\n".join(lines)


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _render_json(findings: Sequence[Finding], total_notes: int) -> str:
    counts = Counter(finding.severity for finding in findings)
    document = {
        "prepvault": 1,
        "kind": "findings",
        "summary": {
            "notes": total_notes,
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "remarks": counts[Severity.INFO],
        },
        "findings": [finding_fields(finding) for finding in findings],
    }
    return json.dumps(document, indent=2) + "\n"


def finding_fields(finding: Finding) -> dict[str, object]:
    """One finding as JSON has it; line and column are 0 where they are unknown."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message,
        "hint": finding.hint,
        "found": finding.found,
        "expected": finding.expected,
        "fixable": finding.fixable,
    }


def _render_github(findings: Sequence[Finding], total_notes: int, base: str) -> str:
    lines: list[str] = []
    held_back = 0
    for severity in _ORDER:
        same = [finding for finding in findings if finding.severity is severity]
        room = PER_SEVERITY - 1 if severity is Severity.INFO else PER_SEVERITY
        lines += [_annotation(finding, base) for finding in same[:room]]
        held_back += max(0, len(same) - room)
    if held_back:
        message = f"{_count(held_back, 'more finding')} held back; run `prepvault check` to see all"
        lines.append(f"::notice title=prepvault::{_data(message)}")
    return "\n".join([*lines, summary_line(findings, total_notes)]) + "\n"


def _annotation(finding: Finding, base: str) -> str:
    place = finding.place
    fields = {"title": finding.code}
    if not place.path.startswith("<"):
        fields = {"file": f"{base}/{place.path}" if base else place.path, "line": str(place.line or 1)}
        if place.column:
            fields["col"] = str(place.column)
        fields["title"] = finding.code
    shown = ",".join(f"{name}={_property(visible(value))}" for name, value in fields.items())
    return f"::{_COMMANDS[finding.severity]} {shown}::{_data(told(finding))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
