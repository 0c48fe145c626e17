"""Build the dashboard: check, calendar, pages and data; nothing is written into the vault's notes."""

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from prepvault.jobs.build_cache import BuildCache
from prepvault.jobs.context import Context
from prepvault.model.finding import Finding, has_errors
from prepvault.outside import environment
from prepvault.outside.output import OutputReport, check_folder, read_manifest


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; `findings` are about the notes, `is_failed` tells whether they fail the run.

    `is_exposed` is true where pages with real names were built in a place from which pages are usually
    published, and nothing says that this is meant. `next_at` is when the pages stop being true by themselves.
    """

    folder: Path
    output: OutputReport
    interviews: int
    findings: tuple[Finding, ...]
    is_failed: bool = False
    is_exposed: bool = False
    next_at: datetime | None = None


def build(
    context: Context,
    *,
    output: str | Path | None = None,
    incognito: bool = False,
    allow_empty: bool = False,
    strict: bool = False,
    use_cache: bool = True,
    cache: BuildCache | None = None,
) -> BuildReport:
    """Write the dashboard, the feeds and the data files; what is the same as last time is not made again.

    RefusedError, with nothing written, where the output folder is not ours, a template fails, or a vault
    that had interviews has none now and `allow_empty` is off. With `strict`, warnings fail the run too.
    `cache` is that of the rounds before in this process; without `use_cache` everything is made anew.
    """
    folder = output_folder(context, output)
    check_folder(folder, context.root)
    if incognito or not use_cache:
        from prepvault.jobs.build_site import make_site

        before = read_manifest(folder)
        made = make_site(context, folder, before, allow_empty=allow_empty, incognito=incognito)
    else:
        cache = cache or BuildCache(context.root, folder)
        try:
            made = _make_from(cache, context, folder, allow_empty=allow_empty)
        finally:
            cache.close()
    return replace(
        made,
        is_failed=has_errors(made.findings, strict=strict),
        is_exposed=not incognito and _is_exposed(context),
    )


def _make_from(cache: BuildCache, context: Context, folder: Path, *, allow_empty: bool) -> BuildReport:
    """Build from what the last build left, or find that there is nothing to build."""
    scan = cache.begin(context)
    last = cache.read_report() if cache.is_current(context) else None
    if last is not None:
        held, findings = last
        done = OutputReport(unchanged=len(cache.kept.lying))
        return BuildReport(folder, done, held, findings, next_at=cache.next_at)
    from prepvault.jobs.build_site import make_site  # dear, and not needed where nothing changed

    before = cache.heed_early(read_manifest(folder))
    return make_site(context, folder, before, allow_empty=allow_empty, scan=scan, cache=cache)


def _is_exposed(context: Context) -> bool:
    return environment.is_automated() and not context.settings.flag("site.public")


def output_folder(context: Context, output: str | Path | None = None) -> Path:
    """Where the dashboard goes: as named from where one stands, else the setting, below the vault."""
    if output is not None:
        return Path(os.path.abspath(output))  # noqa: PTH100
    return Path(os.path.abspath(context.root / context.settings.text("vault.output")))  # noqa: PTH100
