"""What reports for code hosts say alike of a finding: its place there, and a name that outlives its line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from prepvault.model.finding import Finding, Place

_SETTINGS = "prepvault.toml"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    """Keep what a note says from forging lines or colours of ours, and from turning our words around."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def told(finding: Finding) -> str:
    """What is wrong and what helps."""
    return visible(finding.message) + (f"\nhint: {visible(finding.hint)}" if finding.hint else "")


def place_in_repository(place: Place, base: str) -> tuple[str, int]:
    """Give path and line; what was found in no file stands at the vault's settings, since hosts want one."""
    path, line = (_SETTINGS, 1) if place.path.startswith("<") else (place.path, place.line or 1)
    return (f"{base}/{path}" if base else path), line


def fingerprints(findings: Sequence[Finding]) -> Iterator[str]:
    """Name each finding by what it says, not by its line; repeats in one note are counted."""
    seen: Counter[str] = Counter()
    for finding in findings:
        said = "\0".join((finding.code, finding.place.path, finding.message))
        seen[said] += 1
        yield sha256(f"{said}\0{seen[said]}".encode("utf-8", "replace")).hexdigest()[:32]
