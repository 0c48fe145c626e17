"""How findings stand on stderr beside a command's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepvault.cli import report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prepvault.cli.options import Options
    from prepvault.model.finding import Finding


def tell_findings(options: Options, findings: Iterable[Finding]) -> None:
    """Tell each finding with its place and hint; remarks need `--verbose`, errors ignore `--quiet`."""
    for finding in findings:
        severity = finding.severity.value
        if severity == "error" or (severity == "warning" and not options.quiet) or options.verbose:
            kind = report.Styled(f"{severity}[{finding.code}]", severity)
            report.tell(kind, ": ", report.safe(finding.message))
            report.tell(report.Styled("  --> ", "dim"), report.safe(str(finding.place)))
            if finding.hint:
                report.tell("  hint: ", report.safe(finding.hint))
