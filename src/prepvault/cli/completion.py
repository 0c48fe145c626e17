"""`prepvault completion`: the shell's completion script."""

import click

from prepvault.cli import report
from prepvault.cli.options import vault_command

_SHELLS = ("bash", "zsh", "fish", "powershell")


@vault_command("completion", example='eval "$(prepvault completion bash)"')
@click.argument("shell", metavar="SHELL", type=click.Choice(_SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script for bash, zsh, fish or powershell; its start-up file is where to use it."""
    from click.shell_completion import get_completion_class

    from prepvault.errors import UsageError

    found = get_completion_class(shell)
    if found is None:
        raise UsageError(f"there is no completion for `{shell}`", hint=f"there is {', '.join(_SHELLS[:3])}")
    report.say_rendered(found(context.find_root().command, {}, "prepvault", "_PREPVAULT_COMPLETE").source())
