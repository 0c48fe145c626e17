"""`prepvault mcp`: the vault for AI assistants, over the Model Context Protocol."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from prepvault.cli import report
from prepvault.cli.options import Options, global_options, json_option, pass_options, vault_command
from prepvault.errors import UsageError
from prepvault.model.assistants import CLIENTS

if TYPE_CHECKING:
    from prepvault.jobs.connect import Connection

_client_option = click.option(
    "--client", type=click.Choice([*CLIENTS]), required=True, help="Which assistant."
)
_name_option = click.option(
    "--name", default="prepvault", show_default=True, help="What the server is called there."
)
_dry_option = click.option("--dry-run", is_flag=True, help="Only show what would be written.")
_read_only_option = click.option("--read-only", is_flag=True, help="Offer no tool that writes.")
_send_option = click.option(
    "--allow-send", is_flag=True, help="Offer a tool that sends mail, to you and to [mcp] send_to."
)


@click.group(
    "mcp",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: prepvault mcp install --client claude",
)
@_read_only_option
@_send_option
@pass_options
@click.pass_context
def command(click_context: click.Context, options: Options, *, read_only: bool, allow_send: bool) -> None:
    """Serve the vault to an AI assistant on standard input and output; assistants start this themselves.

    Notes go to the assistant that asks, and to nobody else. It drafts mails and sends none.
    """
    if click_context.invoked_subcommand:
        if read_only or allow_send:
            raise UsageError(
                "a switch of the server stands before its command",
                hint="put it behind: mcp install --read-only",
            )
        return
    _need_extra()
    if read_only and allow_send:
        raise UsageError("`--read-only` sends nothing", hint="leave one of the two away")
    from prepvault.jobs.context import find_root
    from prepvault.mcp_server.desk import Mode
    from prepvault.mcp_server.server import serve

    root, mode = find_root(options.vault), Mode(is_read_only=read_only, allows_sending=allow_send)
    if report.is_terminal(sys.stdin):
        options.tell("waiting for an assistant; `prepvault mcp install` adds this to one, Ctrl-C ends it")
    serve(root, now=options.now, mode=mode)


@vault_command("install", example="prepvault mcp install --client claude --dry-run")
@_client_option
@_name_option
@_read_only_option
@_send_option
@_dry_option
@json_option
@pass_options
def install(
    options: Options,
    client: str,
    name: str,
    *,
    read_only: bool,
    allow_send: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Add this vault to an assistant's own settings; what stands there stays, and is kept beside the file."""
    _need_extra()
    from prepvault.jobs.connect import connect
    from prepvault.jobs.context import find_root

    chosen = (("--read-only", read_only), ("--allow-send", allow_send))
    flags = tuple(flag for flag, is_on in chosen if is_on)
    done = connect(find_root(options.vault), CLIENTS[client], name, flags, check=dry_run)
    if as_json:
        report.say_json("mcp-client", _record(done))
    else:
        _say(options, done, is_dry=dry_run)
    return int(bool(done.problem))


@vault_command("uninstall", example="prepvault mcp uninstall --client claude")
@_client_option
@_name_option
@_dry_option
@json_option
@pass_options
def uninstall(options: Options, client: str, name: str, *, dry_run: bool, as_json: bool) -> int:
    """Take the server out of an assistant's settings again; notes and everything else stay."""
    from prepvault.jobs.connect import disconnect

    done = disconnect(CLIENTS[client], name, check=dry_run)
    if as_json:
        report.say_json("mcp-client", _record(done))
    else:
        _say(options, done, is_dry=dry_run)
    return int(bool(done.problem))


def _need_extra() -> None:
    from prepvault.jobs.extras import missing_extra

    if find_spec("mcp") is None:
        raise missing_extra("assistants need the `mcp` extra", "mcp")


def _say(options: Options, done: Connection, *, is_dry: bool) -> None:
    """Say what was written and what to do next."""
    if done.command:
        report.say(done.command)
        options.tell(f"run that to tell {done.client.title}")
        return
    if done.problem:
        report.tell(report.Styled("error: ", "error"), done.problem)
        what = "put this there" if done.text else f"take `{done.name}` out"
        options.tell(report.Styled("  hint: ", "dim"), f"{what} by hand")
    if done.text and (done.problem or is_dry):
        report.say(done.text)
    if done.problem:
        return
    wrote = "wrote" if done.is_written else "would write" if is_dry else "nothing to change in"
    options.tell(f"{wrote} {done.path}")
    if done.kept:
        options.tell(f"what it was is kept in {done.kept}")
    if done.is_written:
        options.tell(f"quit {done.client.title} and start it again")


def _record(done: Connection) -> dict[str, object]:
    return {
        "client": done.client.name,
        "server": done.name,
        "file": str(done.path) if done.path else None,
        "entry": dict(done.entry),
        "command": done.command or None,
        "written": done.is_written,
        "kept": str(done.kept) if done.kept else None,
        "problem": done.problem or None,
    }


command.params.extend(global_options(hidden=True))
for _each in (install, uninstall):
    command.add_command(_each)
