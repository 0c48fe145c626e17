"""Manual pages, made from the command line's own words; `man/` holds them, and a test keeps them current."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap

import click

from prepvault import __version__
from prepvault.cli.main import COMMANDS, cli

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "man"
EXIT_CODES = (
    ("0", "Done."),
    ("1", "Findings that fail the run, or `--check` found something to write."),
    ("2", "The command line was wrong."),
    ("3", "Something outside failed: disk, network, mail, a part that is not installed."),
    ("70", "A fault of PrepVault's; the error names a log that is ready to paste."),
    ("130", "Interrupted."),
)
VARIABLES = (
    ("PREPVAULT_VAULT", "The vault, where `--vault` names none."),
    ("PREPVAULT_STATE_DIR", "Where the journal of writes and the ledgers of reminders and mails lie."),
    ("PREPVAULT_CACHE_DIR", "Where builds keep what the next one can use."),
    ("PREPVAULT_TABLE_KEY", "Any setting: PREPVAULT_VAULT_TIMEZONE is `timezone` under `[vault]`."),
    ("PREPVAULT_MAIL_PASSWORD", "The password of the mail server."),
    ("VISUAL, EDITOR", "The editor of `open`."),
    ("NO_COLOR", "No colours."),
)
FILES = (
    ("prepvault.toml", "The settings of a vault, at its top. Every key stands there with its default."),
    ("$XDG_CONFIG_HOME/prepvault/config.toml", "Your own settings, for all vaults."),
    ("$XDG_STATE_HOME/prepvault", "What was written into notes, and what was sent. `undo` reads it."),
    ("$XDG_CACHE_HOME/prepvault", "What builds keep. It may be deleted at any moment."),
)

HARMLESS = str.maketrans({"\\": r"\e", "-": r"\-", "`": r"\(ga", "'": r"\(aq", "~": r"\(ti", "^": r"\(ha"})


def pages() -> Mapping[str, str]:
    """Every page by its file's name."""
    with cli.make_context("prepvault", [], resilient_parsing=True) as top:
        made = {"prepvault.1": "".join(_main_page(top))}
        for name in cli.list_commands(top):
            command = cli.get_command(top, name)
            assert command is not None
            made[f"prepvault-{name}.1"] = "".join(_command_page(name, command, top))
    return made


def _main_page(top: click.Context) -> Iterator[str]:
    yield _title("PREPVAULT")
    yield ".SH NAME\nprepvault \\- interview notes in, coached notes, a calendar and a dashboard out\n"
    yield f".SH SYNOPSIS\n{_usage(cli, top)}.SH DESCRIPTION\n{_text(cli.help)}"
    yield _paragraph(
        "A vault is a folder of Markdown notes, one for each interview; the notes are the only truth."
    )
    yield _paragraph(
        "Every command that shows something takes `--json`. Data goes to standard output, talk beside it."
    )
    yield from _options(cli, top)
    yield ".SH COMMANDS\n"
    for title, lines in COMMANDS.items():
        yield f".SS {title}\n"
        yield from (_entry(f"\\fBprepvault\\-{_plain(name)}\\fR(1)", line) for name, line in lines.items())
    for title, rows in (("EXIT STATUS", EXIT_CODES), ("ENVIRONMENT", VARIABLES), ("FILES", FILES)):
        yield f".SH {title}\n"
        yield from (_entry(f"\\fB{_plain(name)}\\fR", line) for name, line in rows)
    yield ".SH EXAMPLES\n.nf\n"
    yield "prepvault demo demo\\-vault\nprepvault init ~/Vault\nprepvault \\-\\-vault ~/Vault schedule\n"
    yield "prepvault \\-\\-vault ~/Vault coach\nprepvault \\-\\-vault ~/Vault build\n.fi\n"


def _command_page(name: str, command: click.Command, top: click.Context) -> Iterator[str]:
    summary = next(lines[name] for lines in COMMANDS.values() if name in lines)
    context = click.Context(command, info_name=name, parent=top)
    yield _title(f"PREPVAULT\\-{name.upper()}")
    yield f".SH NAME\nprepvault\\-{_plain(name)} \\- {_plain(summary)}\n"
    yield f".SH SYNOPSIS\n{_usage(command, context)}"
    yield f".SH DESCRIPTION\n{_text(command.help)}"
    yield from _options(command, context)
    if isinstance(command, click.Group):
        yield ".SH COMMANDS\n"
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from _inner(click.Context(found, info_name=inner, parent=context))
    yield from _example(command)
    yield ".SH SEE ALSO\n.BR prepvault (1)\n"


def _inner(context: click.Context) -> Iterator[str]:
    """A command of a command: `story new` is told on the page of `story`."""
    command = context.command
    yield f".SS {_plain(context.info_name or '')}\n{_usage(command, context)}.PP\n{_text(command.help)}"
    yield from _options(command, context, heading="")
    yield from _example(command, heading="")


def _options(command: click.Command, context: click.Context, heading: str = ".SH OPTIONS\n") -> Iterator[str]:
    options = (each for each in command.get_params(context) if isinstance(each, click.Option))
    records = (option.get_help_record(context) for option in options)
    yield heading
    yield from (_entry(_terms(record[0]), record[1]) for record in records if record)


def _example(command: click.Command, heading: str = ".SH EXAMPLES\n") -> Iterator[str]:
    words = (command.epilog or "").removeprefix("Example: ")
    if words:
        yield f"{heading or '.PP' + chr(10)}.nf\n{_plain(words)}\n.fi\n"


def _title(name: str) -> str:
    dated = re.search(
        r"^## [0-9.]+ - (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert dated is not None
    return f'.TH {name} 1 {dated[1]} "prepvault {__version__}" "PrepVault"\n'


def _usage(command: click.Command, context: click.Context) -> str:
    return (
        f"\\fB{_plain(context.command_path)}\\fR {_plain(' '.join(command.collect_usage_pieces(context)))}\n"
    )


def _terms(text: str) -> str:
    """Names of options in bold, what they take as it stands."""
    return re.sub(r"(?<![\w\\])(?:\\-)+[A-Za-z][A-Za-z]*(?:\\-[a-z]+)*", r"\\fB\g<0>\\fR", _plain(text))


def _entry(term: str, text: str) -> str:
    return f".TP\n{term}\n{_flow(text)}\n"


def _paragraph(text: str) -> str:
    return f".PP\n{_flow(text)}\n"


def _text(text: str | None) -> str:
    """Paragraphs of a docstring; click's mark of text that keeps its lines is honoured."""
    made = []
    for part in re.split(r"\n\s*\n", (text or "").strip()):
        lines = [line.strip() for line in part.splitlines()]
        kept = lines[:1] == ["\b"]
        shown = "\n.br\n".join(map(_plain, lines[1:])) if kept else _flow(" ".join(lines))
        made.append(f"{shown}\n")
    return ".PP\n".join(made)


def _flow(text: str) -> str:
    """A paragraph in lines as the formatter's own check likes them."""
    return "\n".join(map(_plain, wrap(text, 70, break_long_words=False, break_on_hyphens=False)))


def _plain(text: str) -> str:
    """One line, made harmless to the formatter: nothing in it is a request or an escape."""
    return re.sub(r"^\.", r"\\&.", " ".join(text.split()).translate(HARMLESS))
