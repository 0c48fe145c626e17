"""Open a vault: find it, read its settings, take the time once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from prepvault.errors import RefusedError, UsageError
from prepvault.model.finding import Finding
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.outside import clock, environment
from prepvault.parse.settings import parse_settings

SETTINGS_FILE = environment.SETTINGS_FILE
_NO_VAULT_HINT = "run `prepvault init`, or name a vault with `--vault PATH`"
_YEARS = range(1000, 9000)
"""Those of `--now`: a calendar counts centuries to either side, and time itself ends at the year 9999."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every job is given: the vault's folder, its settings, the time, what was found in the settings.

    `now` is aware, in UTC, whole seconds; `is_live` is true when it came from the clock and not from
    `--now`. `root` is absolute with links resolved. With `is_preview` changes to notes are planned and told
    as if they had been made, and none is written.
    """

    root: Path
    settings: Settings
    now: datetime
    findings: tuple[Finding, ...] = ()
    is_live: bool = False
    is_preview: bool = False

    @property
    def vault_name(self) -> str:
        """The vault's name: the setting, else the folder's."""
        return self.settings.text("vault.name") or self.root.name

    @property
    def unreadable(self) -> Finding | None:
        """What is wrong where the vault's own `prepvault.toml` is not TOML, so that none of it counts."""
        ours = (each for each in self.findings if each.place.path == SETTINGS_FILE)
        return next((each for each in ours if each.code == "settings/unreadable"), None)


def open_context(
    vault: str | None,
    *,
    now: str | None = None,
    flags: Mapping[str, str] | None = None,
    tolerant: bool = False,
) -> Context:
    """Find the vault and read its settings; `flags` are settings given on the command line.

    Raises UsageError where there is no vault or `now` cannot be read, RefusedError where `prepvault.toml`
    is not TOML: times, folders and names would all be wrong. With `tolerant` defaults count instead.
    """
    context = open_root(find_root(vault), now=now, flags=flags)
    if context.unreadable and not tolerant:
        fault = context.unreadable
        raise RefusedError(
            f"`{fault.place}`: {fault.message}",
            hint="mend that line; `prepvault explain settings/unreadable` shows how settings are written",
        )
    return context


def open_root(root: Path, *, now: str | None = None, flags: Mapping[str, str] | None = None) -> Context:
    """Open the vault in this very folder, whether or not it has settings of its own."""
    settings, findings = parse_settings(
        (
            ("user", environment.read_user_settings() or b""),
            ("vault", environment.read_vault_settings(root) or b""),
            ("environment", environment.read_variables()),
            ("flag", flags or {}),
        )
    )
    if not settings.text("vault.timezone"):
        settings = replace(settings, local_zone=environment.machine_zone())
    return Context(root, settings, _moment(now, settings.zone), findings, is_live=now is None)


def find_root(vault: str | None) -> Path:
    """Find the vault's folder: as named, else `$PREPVAULT_VAULT`, else upward from the present folder."""
    here = environment.working_folder()
    for named, how in ((vault, "--vault"), (environment.read_variables().get("VAULT"), "$PREPVAULT_VAULT")):
        if named:
            folder = environment.find_folder(named, here)
            if folder is None:
                raise UsageError(f"no folder `{named}`, named by `{how}`", hint=_NO_VAULT_HINT)
            return folder
    found = environment.find_vault(here)
    if found is None:
        raise UsageError(
            "no vault here: looked for `prepvault.toml` in this folder and those above it",
            hint=_NO_VAULT_HINT,
        )
    return found.resolve()


def _moment(text: str | None, zone: str) -> datetime:
    if text is None:
        return clock.now().replace(microsecond=0)
    moment: datetime | None
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone_of(zone))
        moment = moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.year not in _YEARS:
        raise UsageError(
            f"`--now` should be a date and time, found `{text}`", hint="write it like 2026-03-17T14:00:00"
        )
    return moment
