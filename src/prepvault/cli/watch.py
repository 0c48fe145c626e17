"""`prepvault watch`: the daemon."""

from __future__ import annotations

import click

from prepvault.cli.options import Options, json_option, pass_options, vault_command
from prepvault.errors import UsageError


@vault_command("watch", example="prepvault watch --no-coach")
@click.option("--no-coach", is_flag=True, help="Write nothing into notes; only build.")
@click.option("--poll", is_flag=True, help="Look at all files again and again: for network drives.")
@click.option(
    "--debounce",
    type=click.IntRange(5, 5000),
    metavar="MS",
    help="Quiet milliseconds after a change; else `[watch] debounce_ms`.",
)
@click.option("--notify", is_flag=True, help="Show reminders on the desktop, whatever the settings say.")
@json_option
@pass_options
def command(
    options: Options, *, no_coach: bool, poll: bool, debounce: int | None, notify: bool, as_json: bool
) -> int:
    """Check, build, coach and remind on every change of the notes, until Ctrl-C."""
    from prepvault.cli.watch_words import Speaker
    from prepvault.jobs.watch_start import watch

    if options.now:
        raise UsageError("`watch` goes by the clock, so it takes no `--now`", hint="run `prepvault watch`")
    flags = {} if debounce is None else {"watch.debounce_ms": str(debounce)}
    speaker = Speaker(options, as_json=as_json)
    how = {"coaches": not no_coach, "polls": poll, "notifies": notify}
    watch(options.vault, speaker.tell, flags=flags, **how)
    return 0
