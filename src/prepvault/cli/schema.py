"""`prepvault schema`: JSON Schema of notes, settings and exports."""

import json

import click

from prepvault.cli import report
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options, pass_options, vault_command


@vault_command("schema", example="prepvault schema note > interview.schema.json")
@click.argument("what", type=click.Choice(["note", "settings", "export"]), default="note")
@pass_options
def command(options: Options, what: str) -> None:
    """Print the JSON Schema of a note's front matter, of prepvault.toml, or of `export --format json`."""
    from prepvault.errors import UsageError
    from prepvault.jobs.schema import schema_of

    context = None
    if what == "note":
        try:
            context = options.context(tolerant=True)
        except UsageError:
            if options.vault:
                raise
    if context and context.unreadable:
        tell_findings(options, [context.unreadable])
    report.say_json_text(json.dumps(schema_of(what, context), indent=2))
