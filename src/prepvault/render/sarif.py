"""Write findings as SARIF 2.1.0, which code hosts show beside the lines they speak of."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from prepvault import __version__
from prepvault.model.finding import Finding, Place, Severity
from prepvault.render.reported import fingerprints, place_in_repository, told

Pages = Mapping[str, tuple[str, str]]
"""The title and the text of the page that explains a code."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(findings: Sequence[Finding], *, base: str = "", pages: Pages) -> str:
    """Write one run; each code is a rule, and a finding keeps its fingerprint while its line moves."""
    codes = sorted({finding.code for finding in findings})
    named = zip(findings, fingerprints(findings), strict=True)
    results = [_result(finding, codes, name, base) for finding, name in named]
    rules = [_rule(code, findings, pages) for code in codes]
    driver = {"name": "prepvault", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the repository's root"}}},
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str, findings: Sequence[Finding], pages: Pages) -> dict[str, Any]:
    worst = min((finding.severity for finding in findings if finding.code == code), key=list(_LEVELS).index)
    title, text = pages.get(code, (code, ""))
    more = f"{text.strip()}\n\nRun `prepvault explain {code}`.".lstrip()
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": more, "markdown": more},
        "defaultConfiguration": {"level": _LEVELS[worst]},
    }


def _result(finding: Finding, codes: list[str], name: str, base: str) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": told(finding)},
        "partialFingerprints": {"prepvault/v1": name},
        "locations": [{"physicalLocation": _location(finding.place, base)}],
    }


def _location(place: Place, base: str) -> dict[str, Any]:
    path, line = place_in_repository(place, base)
    region = {"startLine": line}
    if place.column:
        region["startColumn"] = place.column
    uri = quote(path.encode("utf-8", "surrogateescape"))
    return {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}
