"""`prepvault completion`: the shell's completion script."""

import click

from prepvault.cli import report
from prepvault.cli.options import vault_command

_SHELLS = ("bash", "zsh", "fish")


@vault_command("completion", example='eval "$(prepvault completion bash)"')
@click.argument("shell", metavar="SHELL", type=click.Choice(_SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script for bash, zsh or fish; its start-up file is where to use it."""
    from click.shell_completion import BashComplete, FishComplete, ZshComplete

    found = {each.name: each for each in (BashComplete, ZshComplete, FishComplete)}[shell]
    report.say_rendered(found(context.find_root().command, {}, "prepvault", "_PREPVAULT_COMPLETE").source())
