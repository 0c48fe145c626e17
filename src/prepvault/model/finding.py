"""A finding: a remark about a place in a note, with a code; data, never raised."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error makes `check` exit 1, a warning only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the vault: `path` relative to the vault with `/`; line and column from 1, 0 if unknown.

    What stands in no file of the vault has a path in angle brackets, like `<environment>`.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write it as editors and terminals link it, `path:line`."""
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark; `code` is `family/name` and has a page under `content/findings/`.

    `message` is a whole sentence in lower case that names what was found and what was expected;
    `found` and `expected` repeat the two for machines; `hint` can be pasted or followed.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""
    found: str = ""
    expected: str = ""
    fixable: bool = False


def order_findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Sort by place, then code, and drop exact repeats, so that output is the same each time."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.place, f.code, f.message)))


def has_errors(findings: tuple[Finding, ...], *, strict: bool = False) -> bool:
    """Tell whether these findings fail a run: errors do, and with `strict` warnings too."""
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(finding.severity in bad for finding in findings)
