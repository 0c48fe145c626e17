"""The command line: which commands there are, and the one door through which every error leaves."""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from prepvault import __version__
from prepvault.cli import report
from prepvault.cli.options import Options, global_options
from prepvault.errors import PrepVaultError, UsageError

INTERRUPTED = 130
OUR_BUG = 70
OUTSIDE = 3

COMMANDS: dict[str, dict[str, str]] = {
    "Begin": {
        "init": "make a vault, or adopt the one that is there",
        "import": "take over what other programs kept",
        "demo": "make a filled example vault: the two-minute tour",
        "doctor": "say what works here and what is unset",
        "config": "show settings, and where each comes from",
    },
    "Interviews": {
        "schedule": "write a new interview note",
        "list": "list interviews, filtered",
        "upcoming": "list what is ahead",
        "today": "say what to do now for what is next",
        "show": "show one interview",
        "status": "say where an interview stands or how it ended",
        "reschedule": "move an interview, keeping the old time",
        "cancel": "cancel an interview",
        "notes": "add to an interview's own notes",
        "prepared": "tick that you are prepared",
        "debrief": "write down what happened, while it is fresh",
        "open": "open an interview in Obsidian or your editor",
        "slots": "list free times to offer; hold them",
        "remind": "list reminders; tell what is due, put one off",
        "stats": "count by type, status and company; rates",
    },
    "Preparation": {
        "materials": "print the coaching of a type and a role",
        "tips": "print what a type of interview is like",
        "questions": "print likely questions, and questions to ask",
        "research": "make or refresh a company's research note",
        "story": "write, check and match STAR stories",
        "pitch": "write your pitch, and check it",
        "practice": "drill stories and questions until the day",
        "email": "draft a mail; send it only when told to",
    },
    "Notes": {
        "check": "report what is wrong in the notes",
        "coach": "write or refresh coaching sections",
        "explain": "explain a finding's code",
        "schema": "print the JSON Schema of notes or settings",
        "undo": "bring back what notes were before",
    },
    "Output": {
        "build": "write the calendar and the dashboard",
        "export": "write JSON, CSV, vCards, a page for a coach",
        "feed": "write only the calendar",
        "serve": "show the dashboard live, with its API",
        "service": "run PrepVault at every login",
        "watch": "do all of it on every change, until Ctrl-C",
        "mcp": "serve the vault to an AI assistant",
    },
    "Shell": {
        "completion": "print the shell's completion script",
    },
}
"""Every command with its line in the help, by section; each lives in the module of its name."""

_MODULES = {"import": "import_"}
"""Commands whose module cannot have their name."""

_QUOTED = re.compile(r"'([^'\n]*)'")
_PATH_OPTIONS: tuple[str, ...] = ("--vault", "--output", "-o")
_PATH_BEHIND = ("--vault=", "--output=", "-o")
_SUMMARIES = {name: line for section in COMMANDS.values() for name, line in section.items()}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, in the order of the help."""
        return list(_SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in _SUMMARIES:
            return None
        found = import_module(f"prepvault.cli.{_MODULES.get(cmd_name, cmd_name)}").command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section without importing any."""
        for title, lines in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl(list(lines.items()), col_max=14)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed; a wrong one is answered with the nearest."""
        if not ctx.resilient_parsing and args and args[0] not in _SUMMARIES and args[0][:1] != "-":
            raise click.UsageError(_no_command(args[0]), ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Complete command names without importing the commands."""
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=line)
            for name, line in _SUMMARIES.items()
            if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)


def _no_command(typed: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(typed, _SUMMARIES, n=1, cutoff=0.5)
    return f"no command `{typed}`" + (f", did you mean `{near[0]}`?" if near else "")


def _make_group() -> click.Group:
    group = LazyGroup(
        "prepvault",
        params=global_options(hidden=False),
        help="Interview notes in; coached notes, a calendar that rings and a dashboard out.",
        epilog="`prepvault COMMAND --help` shows a command with an example.",
        context_settings={"help_option_names": ["-h", "--help"]},
        no_args_is_help=True,
    )
    return click.version_option(
        __version__, "-V", "--version", prog_name="prepvault", message="%(prog)s %(version)s"
    )(group)


cli = _make_group()
"""The command line as click knows it."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing is raised."""
    report.prepare_streams()
    options = Options()
    try:
        code = _run(arguments, options)
        report.flush()
    except OSError as error:
        return _outside(error)
    return code


def _run(arguments: Sequence[str], options: Options) -> int:
    try:
        _check_text(arguments)
        result = cli.main(
            args=list(arguments),
            prog_name="prepvault",
            standalone_mode=False,
            obj=options,
            terminal_width=report.help_width(),
        )
    except PrepVaultError as error:
        return _explain(error.message, error.hint, error.exit_code)
    except click.UsageError as error:
        return _usage(error)
    except click.ClickException as error:
        return _explain(error.format_message(), "", error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except OSError as error:
        return _outside(error)
    except Exception as error:  # noqa: BLE001 - the one door: what nobody foresaw is our bug
        return _our_bug(error, arguments, options)
    return result if isinstance(result, int) else 0


def _check_text(arguments: Sequence[str]) -> None:
    """Refuse what is not UTF-8, which no note can hold; a file's path may be any bytes."""
    options, is_value = _PATH_OPTIONS, False
    for word in arguments:
        if word == "--" and not is_value:
            options = ()
        if not is_value and not (options and word.startswith(_PATH_BEHIND)):
            _refuse_bytes(word)
        is_value = not is_value and word in options


def _refuse_bytes(word: str) -> None:
    try:
        word.encode("utf-8")
    except UnicodeEncodeError as error:
        shown = re.sub("[\udc80-\udcff]", lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", word)
        hint = "type it in UTF-8, and see that the terminal's locale says so"
        raise UsageError(f"`{shown}` is not UTF-8 text", hint=hint) from error


def _explain(message: str, hint: str, code: int) -> int:
    report.tell(report.Styled("error: ", "error"), report.safe(message))
    if hint:
        report.tell(report.Styled("  hint: ", "dim"), hint)
    return code


def _usage(error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        report.tell(error.format_message())
        return error.exit_code
    message = _QUOTED.sub(r"`\1`", " ".join(error.format_message().split())).rstrip(".")
    where = error.ctx.command_path if error.ctx else "prepvault"
    hint = f"`{where} --help` shows what it takes"
    if isinstance(error, click.NoSuchOption) and error.option_name.startswith("- "):
        hint = "put `--` before text that begins with a dash"
    if "unexpected extra argument" in message:
        hint = f"put quotes around what has more than one word; {hint}"
    return _explain(message[:1].lower() + message[1:], hint, error.exit_code)


def _outside(error: OSError) -> int:
    from prepvault.model.system_fault import hint_for, why

    place = f" `{error.filename}`" if error.filename else ""
    return _explain(f"the system refused{place}: {why(error)}", hint_for(error), OUTSIDE)


def _our_bug(error: Exception, arguments: Sequence[str], options: Options) -> int:
    from prepvault.jobs.crash import write_crash_log

    path = write_crash_log(error, _shape(arguments))
    kept = f"; the log is ready to paste: {path}" if path else ""
    report.tell(
        report.Styled("error: ", "error"), f"this is a bug in PrepVault ({type(error).__name__}){kept}"
    )
    if options.verbose:
        import traceback

        report.tell("".join(traceback.format_exception(error)).rstrip())
    return OUR_BUG


def _shape(arguments: Sequence[str]) -> str:
    """The command and the names of its options, no values: they may be private."""
    names = [word for word in arguments if word in _SUMMARIES][:1]
    return " ".join([*names, *(word.partition("=")[0] for word in arguments if word.startswith("--"))])
