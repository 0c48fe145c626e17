"""`prepvault service`: run PrepVault at login."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepvault.cli import report
from prepvault.cli.options import Options, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from prepvault.jobs.service import Installed, ServiceStanding
    from prepvault.model.service import Service

_kind_option = click.option(
    "--kind",
    type=click.Choice(["systemd", "launchd", "schtasks"]),
    help="Which manager; else this system's own.",
)
_timer_option = click.option(
    "--timer", "is_timer", is_flag=True, help="Only send what is due, every five minutes."
)


@click.group(
    "service",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: prepvault service install",
)
def command() -> None:
    """Run PrepVault at every login: `watch` for this vault, or with --timer only its reminders."""


@vault_command("install", example="prepvault service install --timer")
@_kind_option
@_timer_option
@json_option
@pass_options
def install(options: Options, *, kind: str | None, is_timer: bool, as_json: bool) -> None:
    """Write this vault's service into your own folders and start it; again, to bring it up to date."""
    from prepvault.jobs.service import install_service

    done = install_service(_described(options, kind, is_timer=is_timer))
    if as_json:
        report.say_json("service-installed", _record(done))
        return
    _say_files(done)
    words = " ".join(done.service.task)
    when = "every five minutes" if done.service.is_timer else "at every login, and now"
    report.say(f"runs      prepvault {words}, {when}")
    report.say(f"log       {done.log}")
    report.say("end       prepvault service uninstall")
    if done.service.kind.value == "systemd":
        options.tell("without a login, on a server: loginctl enable-linger")
    for name in done.unpassed:
        options.tell(f"a task takes no variables: set {name} for your account, with `setx`")


@vault_command("uninstall", example="prepvault service uninstall")
@_kind_option
@json_option
@pass_options
def uninstall(options: Options, *, kind: str | None, as_json: bool) -> None:
    """End this vault's service and remove its files; notes, settings and journal stay."""
    from prepvault.jobs.service import uninstall_service

    done = uninstall_service(_described(options, kind, tolerant=True))
    if as_json:
        report.say_json("service-uninstalled", _record(done))
        return
    _say_files(done)
    if not done.removed:
        options.tell("nothing is installed for this vault")


@vault_command("status", example="prepvault service status")
@_kind_option
@json_option
@pass_options
def status(options: Options, *, kind: str | None, as_json: bool) -> None:
    """Say whether this vault's service is installed, starts at login and runs, and whether it is current."""
    from prepvault.jobs.service import look_at

    found = look_at(_described(options, kind, tolerant=True))
    if as_json:
        report.say_json("service", _standing_record(found))
        return
    if not found.is_installed:
        report.say("installed  no")
        options.tell("to run at login: prepvault service install")
        return
    _say_standing(found)


@vault_command("print", example="prepvault service print --kind systemd")
@_kind_option
@_timer_option
@pass_options
def print_(options: Options, *, kind: str | None, is_timer: bool) -> None:
    """Print what `install` would write, and touch nothing."""
    from prepvault.jobs.service import show_files

    for place, text in show_files(_described(options, kind, is_timer=is_timer)):
        options.tell(report.Styled(place, "dim"))
        report.say_rendered(text)


def _described(
    options: Options, kind: str | None, *, is_timer: bool = False, tolerant: bool = False
) -> Service:
    """Describe this vault's service; looking at it and ending it do not need sound settings."""
    from prepvault.jobs.service import describe_service

    return describe_service(options.context(tolerant=tolerant), kind=kind or "", is_timer=is_timer)


def _say_files(done: Installed) -> None:
    for word, paths in (("wrote", done.written), ("removed", done.removed), ("unchanged", done.unchanged)):
        for path in paths:
            report.say(report.Styled(f"{word:<10}", "ok"), path)


def _say_standing(found: ServiceStanding) -> None:
    state = found.state
    report.say("installed  yes, ", ", ".join(found.files))
    report.say("does       prepvault ", " ".join(found.service.task))
    said = {True: "yes", False: "no", None: "not known"}
    if state.is_reachable:
        report.say("at login   ", said[state.is_enabled])
        report.say("running    ", said[state.is_running], f" ({state.words})" if state.words else "")
    else:
        report.say("running    not known: ", f"{found.service.kind.label} does not answer here")
    for warning in found.warnings:
        report.tell(report.Styled("warning: ", "warning"), warning)
    if found.warnings:
        report.tell(report.Styled("  hint: ", "dim"), found.again)


def _record(done: Installed) -> dict[str, object]:
    return {
        "name": done.service.name,
        "manager": done.service.kind.value,
        "timer": done.service.is_timer,
        "written": list(done.written),
        "removed": list(done.removed),
        "unchanged": list(done.unchanged),
    }


def _standing_record(found: ServiceStanding) -> dict[str, object]:
    return {
        "name": found.service.name,
        "manager": found.service.kind.value,
        "timer": found.service.is_timer,
        "files": list(found.files),
        "installed": found.is_installed,
        "reachable": found.state.is_reachable,
        "enabled": found.state.is_enabled,
        "running": found.state.is_running,
        "warnings": list(found.warnings),
    }


for _each in (install, uninstall, status, print_):
    command.add_command(_each)
