"""Explain a finding's code from its page."""

from dataclasses import dataclass

from prepvault.errors import UsageError
from prepvault.model.near import find_near
from prepvault.outside.resources import finding_codes, read_finding_page


@dataclass(frozen=True, slots=True)
class Explanation:
    """The page of one code; `text` is Markdown."""

    code: str
    severity: str
    title: str
    text: str


def explain(code: str) -> Explanation:
    """Read the page of a code, also as it stands in a report: `error[date/gap]`."""
    wanted = code.strip().partition("[")[2].partition("]")[0] or code.strip()
    page = read_finding_page(wanted)
    if page is None:
        near = find_near(wanted, finding_codes(), closeness=0.5)
        hint = f"did you mean `{near}`?" if near else "run `prepvault explain` to see every code"
        raise UsageError(f"no finding is called `{wanted}`", hint=hint)
    fields, text = _split(page)
    return Explanation(wanted, fields.get("severity", ""), fields.get("title", ""), text)


def explanations() -> tuple[Explanation, ...]:
    """Every code there is, in order."""
    return tuple(explain(code) for code in finding_codes())


def _split(page: str) -> tuple[dict[str, str], str]:
    """Take a page apart; its head is plain `name: value` lines."""
    _, head, body = page.split("---\n", 2)
    pairs = (line.partition(":") for line in head.splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}, body.strip() + "\n"
