"""Check a vault, or parts of it, and report what was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from prepvault.errors import RefusedError
from prepvault.jobs.context import Context
from prepvault.jobs.explain import explanations
from prepvault.jobs.fix import Fixed, FixReport, fix
from prepvault.jobs.load import load
from prepvault.jobs.named_file import is_the_vaults, named_file
from prepvault.jobs.paths import lies_in, paths_in_vault
from prepvault.model.finding import Finding, Severity, has_errors, order_findings
from prepvault.model.vault import Vault
from prepvault.outside import environment
from prepvault.outside.single_file import find_names, write_single
from prepvault.parse.sections import find_sections
from prepvault.render.feed import fingerprint
from prepvault.render.findings import FORMATS, render_findings, summary_line
from prepvault.rules.checks.places import place_of
from prepvault.rules.reminders import plan_reminders
from prepvault.rules.revision import next_revision

__all__ = ["FORMATS", "CheckReport", "FixReport", "Fixed", "check", "fix", "report_text", "summary"]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: findings in order of place, and how many notes it looked at."""

    findings: tuple[Finding, ...]
    total_notes: int

    def fails(self, *, strict: bool = False) -> bool:
        """Tell whether the run ends with exit code 1."""
        return has_errors(self.findings, strict=strict)


def check(context: Context, paths: Sequence[str] = (), *, vault: Vault | None = None) -> CheckReport:
    """Check the vault, or only these notes and folders of it; a path outside the vault is a UsageError."""
    vault = vault or load(context)
    findings = order_findings((*vault.findings, *_stale_revisions(context, vault), *_damaged_sections(vault)))
    wanted = paths_in_vault(context, paths)
    return CheckReport(
        tuple(finding for finding in findings if lies_in(finding.place.path, wanted)),
        sum(lies_in(path, wanted) for path in vault.notes),
    )


def report_text(context: Context, report: CheckReport, *, format: str, color: bool) -> str:  # noqa: A002
    """Write a report in one of the `FORMATS`."""
    return render_findings(
        report.findings,
        format=format,
        total_notes=report.total_notes,
        color=color,
        base=environment.path_in_repository(context.root),
        pages={page.code: (page.title, page.text) for page in explanations()} if format == "sarif" else None,
    )


def save_report(context: Context, report: CheckReport, format: str, file: str) -> None:  # noqa: A002
    """Write a report into a file, whole or not at all; RefusedError for the place of a note or a setting."""
    path = named_file(file)
    if any(is_the_vaults(name, context.root) for name in find_names(path)):
        raise RefusedError(
            f"`{file}` is the place of a note or a setting of the vault, so no report was written there",
            hint="name a file outside the vault",
        )
    text = report_text(context, report, format=format, color=False)
    write_single(path, text.encode("utf-8", "backslashreplace"))


def summary(report: CheckReport) -> str:
    """Write the line a run ends with."""
    return summary_line(report.findings, report.total_notes)


def _damaged_sections(vault: Vault) -> list[Finding]:
    """Remark on markers that `coach` would not trust; a section that somebody edited is no fault."""
    found = (find_sections(vault.notes[each.path].data, each.path)[1] for each in vault.interviews)
    return [finding for findings in found for finding in findings if finding.code != "coaching/edited"]


def _stale_revisions(context: Context, vault: Vault) -> list[Finding]:
    """Remark on hand edits that no `revision` records yet."""
    findings = []
    for interview in vault.interviews:
        shown = fingerprint(
            interview, plan_reminders(interview, context.settings, context.now), context.settings
        )
        if interview.revision and next_revision(interview, shown, context.now):
            message = "what calendars show of this interview has changed since `revision` was written"
            hint = "run `prepvault check --fix`, so that every machine counts the change alike"
            place = place_of(vault, interview.path, "revision")
            findings.append(Finding("revision/stale", Severity.INFO, place, message, hint, fixable=True))
    return findings
