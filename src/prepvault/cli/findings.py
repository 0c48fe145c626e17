"""How findings stand on stderr beside a command's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepvault.cli import report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prepvault.cli.options import Options
    from prepvault.model.finding import Finding

_OF_THE_DISK = {"write/failed", "write/unsure"}


def tell_findings(options: Options, findings: Iterable[Finding]) -> None:
    """Tell each finding with its place and hint; remarks need `--verbose`, errors ignore `--quiet`.

    Where a disk fails, every note has the same finding: it is told of one, and the others are counted.
    """
    for finding, others in _told_once(findings):
        severity = finding.severity.value
        if severity == "error" or (severity == "warning" and not options.quiet) or options.verbose:
            kind = report.Styled(f"{severity}[{finding.code}]", severity)
            report.tell(kind, ": ", report.safe(finding.message))
            report.tell(report.Styled("  --> ", "dim"), report.safe(str(finding.place)))
            if finding.hint:
                report.tell("  hint: ", report.safe(finding.hint))
            if others:
                report.tell(f"  so it was with {others} more {'note' if others == 1 else 'notes'}")


def _told_once(findings: Iterable[Finding]) -> Iterable[tuple[Finding, int]]:
    """Join findings of a failing disk that differ in their note only."""
    first: dict[object, tuple[Finding, int]] = {}
    for finding in findings:
        cause = (
            finding.message.replace(f"`{finding.place.path}`", "") if finding.code in _OF_THE_DISK else None
        )
        key = (finding.code, cause, finding.hint) if cause else len(first)
        told, others = first.get(key, (finding, -1))
        first[key] = told, others + 1
    return first.values()
