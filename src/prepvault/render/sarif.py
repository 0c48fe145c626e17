"""Write findings as SARIF 2.1.0, which code hosts show beside the lines they speak of."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from prepvault import __version__
from prepvault.model.finding import Finding, Place, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(findings: Sequence[Finding], *, base: str = "", titles: Mapping[str, str]) -> str:
    """Write one run; each code is a rule, and a finding keeps its fingerprint while its line moves."""
    codes = sorted({finding.code for finding in findings})
    seen: Counter[str] = Counter()
    results = [_result(finding, codes, seen, base) for finding in findings]
    rules = [_rule(code, findings, titles) for code in codes]
    driver = {"name": "prepvault", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the repository's root"}}},
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str, findings: Sequence[Finding], titles: Mapping[str, str]) -> dict[str, Any]:
    worst = min((finding.severity for finding in findings if finding.code == code), key=list(_LEVELS).index)
    return {
        "id": code,
        "shortDescription": {"text": titles.get(code, code)},
        "help": {"text": f"Run `prepvault explain {code}`."},
        "defaultConfiguration": {"level": _LEVELS[worst]},
    }


def _result(finding: Finding, codes: list[str], seen: Counter[str], base: str) -> dict[str, Any]:
    text = finding.message + (f"\nhint: {finding.hint}" if finding.hint else "")
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "partialFingerprints": {"prepvault/v1": _fingerprint(finding, seen)},
    }
    if not finding.place.path.startswith("<"):
        result["locations"] = [{"physicalLocation": _location(finding.place, base)}]
    return result


def _location(place: Place, base: str) -> dict[str, Any]:
    path = f"{base}/{place.path}" if base else place.path
    region = {"startLine": place.line or 1}
    if place.column:
        region["startColumn"] = place.column
    uri = quote(path.encode("utf-8", "surrogateescape"))
    return {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """Name a finding by what it says, not by its line; repeats in one note are counted."""
    said = "\0".join((finding.code, finding.place.path, finding.message))
    seen[said] += 1
    return sha256(f"{said}\0{seen[said]}".encode("utf-8", "replace")).hexdigest()[:32]
