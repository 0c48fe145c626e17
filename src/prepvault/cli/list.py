"""`prepvault list`: interviews that pass the filters."""

from typing import Any

from prepvault.cli import report, wording
from prepvault.cli.options import Options, json_option, pass_options, vault_command
from prepvault.cli.words import filter_options


@vault_command("list", example="prepvault list --status completed --outcome advanced")
@filter_options
@json_option
@pass_options
def command(options: Options, /, *, as_json: bool, **typed: Any) -> None:
    """List interviews in order of time; options of one name may repeat."""
    from prepvault.jobs.listing import Filter, list_interviews, list_record

    context, vault = options.load()
    found = list_interviews(vault, Filter(**typed))
    if as_json:
        report.say_json("interviews", list_record(found))
        return
    rows = [wording.row(each, context.settings.zone) for each in found]
    report.say_table([wording.HEADINGS, *rows] if rows else [])
    options.tell(wording.plural(len(found), "interview"))
