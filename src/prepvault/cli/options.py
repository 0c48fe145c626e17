"""What every command is given: the global options, and the vault they name."""

from __future__ import annotations

from collections.abc import Callable
from shlex import quote
from typing import TYPE_CHECKING, Any, TypeVar

import click

from prepvault.cli import report

if TYPE_CHECKING:
    from prepvault.jobs.context import Context
    from prepvault.model.finding import Finding
    from prepvault.model.interview import Interview
    from prepvault.model.vault import Vault

Function = TypeVar("Function", bound=Callable[..., Any])


class Options:
    """The global options as typed, and what follows from them."""

    def __init__(self, vault: str | None = None, *, quiet: bool = False) -> None:
        self.vault = vault
        self.now: str | None = None
        self.quiet = quiet
        self.verbose = False

    def context(self, *, tolerant: bool = False) -> Context:
        """Find the vault and read its settings; only `tolerant` goes on where they are not TOML."""
        from prepvault.jobs.context import open_context

        return open_context(self.vault, now=self.now, tolerant=tolerant)

    def load(self) -> tuple[Context, Vault]:
        """Find the vault and read all of it; mention once that notes have errors."""
        from prepvault.jobs.load import load

        context = self.context()
        vault = load(context)
        self.mention_errors(vault.findings)
        return context, vault

    def pick(self, text: str) -> tuple[Context, Vault, Interview]:
        """Read the vault and find the one interview that is meant."""
        from prepvault.jobs.pick import pick_interview

        context, vault = self.load()
        return context, vault, pick_interview(vault, text)

    def tell(self, *pieces: report.Piece) -> None:
        """Say something beside the data, unless `--quiet`."""
        if not self.quiet:
            report.tell(*pieces)

    def detail(self, *pieces: report.Piece) -> None:
        """Say something that only `--verbose` wants to hear."""
        if self.verbose and not self.quiet:
            report.tell(*pieces)

    def mention_errors(self, findings: tuple[Finding, ...]) -> None:
        """Point at `check` when notes have errors, so that nothing is missing in silence."""
        notes = {finding.place.path for finding in findings if finding.severity.value == "error"}
        if notes:
            count = f"{len(notes)} file has" if len(notes) == 1 else f"{len(notes)} files have"
            self.tell(report.Styled("note: ", "note"), f"{count} errors; `prepvault check` lists them")


pass_options = click.make_pass_decorator(Options, ensure=True)

json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON (see docs/json.md).")


def _remember(context: click.Context, parameter: click.Parameter, value: object) -> None:
    options = context.ensure_object(Options)
    if value and parameter.name is not None:
        setattr(options, parameter.name, value)


def global_options(*, hidden: bool) -> list[click.Parameter]:
    """Make the options that stand before every command, and unseen after it too."""
    return [
        click.Option(
            ["--vault"],
            metavar="DIR",
            hidden=hidden,
            expose_value=False,
            callback=_remember,
            help="The vault; else $PREPVAULT_VAULT, else the nearest folder upward that is one.",
        ),
        click.Option(
            ["--now"],
            metavar="ISO",
            hidden=hidden,
            expose_value=False,
            callback=_remember,
            help="Take this moment as now, like 2026-03-17T14:00:00Z.",
        ),
        click.Option(
            ["--quiet"],
            is_flag=True,
            hidden=hidden,
            expose_value=False,
            callback=_remember,
            help="Say nothing beside the data and errors.",
        ),
        click.Option(
            ["--verbose"],
            is_flag=True,
            hidden=hidden,
            expose_value=False,
            callback=_remember,
            help="Say more, and show the trace of an internal error.",
        ),
    ]


class VaultCommand(click.Command):
    """A command that takes the global options after its name too, where people like to type them."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        example = settings.pop("example", "")
        settings.setdefault("epilog", f"Example: {example}" if example else None)
        super().__init__(name, **settings)
        self.params.extend(global_options(hidden=True))


def vault_command(name: str, *, example: str) -> Callable[[Callable[..., Any]], VaultCommand]:
    """Declare a command: its docstring is the help, `example` one line that can be pasted."""
    return click.command(
        name, cls=VaultCommand, example=example, context_settings={"help_option_names": ["-h", "--help"]}
    )


def complete_interview(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[click.shell_completion.CompletionItem]:
    """Offer the ids of interviews while a shell completes; silence on any trouble.

    Bash puts what is offered into the command line as it is: an id that it would take for more is left out.
    """
    from click.shell_completion import CompletionItem

    from prepvault.errors import PrepVaultError

    try:
        _, vault = Options(quiet=True, vault=_typed_vault(context)).load()
    except (PrepVaultError, OSError):
        return []
    return [
        CompletionItem(interview.id, help=report.safe(f"{interview.title} {interview.starts:%Y-%m-%d %H:%M}"))
        for interview in vault.interviews
        if incomplete.casefold() in interview.id.casefold() and quote(interview.id) == interview.id
    ]


def _typed_vault(context: click.Context) -> str | None:
    options = context.find_object(Options)
    return options.vault if options else None


def interview_argument(function: Function) -> Function:
    """Take INTERVIEW: an id, a unique part of one, a path, or words that match one interview."""
    return click.argument("interview", metavar="INTERVIEW", shell_complete=complete_interview)(function)
