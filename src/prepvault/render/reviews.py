"""Write findings as GitLab's code quality reports and as reviewdog's diagnostics have them."""

import json
from collections.abc import Sequence

from prepvault.model.finding import Finding, Severity
from prepvault.render.reported import fingerprints, place_in_repository, told

_GITLAB = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}
_REVIEWDOG = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render_gitlab(findings: Sequence[Finding], base: str) -> str:
    """Write a code quality report: one entry for each finding, whose name outlives its line."""
    entries = []
    for finding, name in zip(findings, fingerprints(findings), strict=True):
        path, line = place_in_repository(finding.place, base)
        entries.append(
            {
                "description": told(finding),
                "check_name": finding.code,
                "fingerprint": name,
                "severity": _GITLAB[finding.severity],
                "location": {"path": path, "lines": {"begin": line}},
            }
        )
    return json.dumps(entries, indent=2) + "\n"


def render_rdjson(findings: Sequence[Finding], base: str) -> str:
    """Write diagnostics; the column stays out, since there it is counted in bytes."""
    diagnostics = []
    for finding in findings:
        path, line = place_in_repository(finding.place, base)
        diagnostics.append(
            {
                "message": told(finding),
                "location": {"path": path, "range": {"start": {"line": line}}},
                "severity": _REVIEWDOG[finding.severity],
                "code": {"value": finding.code},
            }
        )
    return json.dumps({"source": {"name": "prepvault"}, "diagnostics": diagnostics}, indent=2) + "\n"
