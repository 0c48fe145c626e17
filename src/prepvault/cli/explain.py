"""`prepvault explain`: what a finding means."""

import click

from prepvault.cli import report
from prepvault.cli.options import json_option, vault_command


@vault_command("explain", example="prepvault explain date/unreadable")
@click.argument("code", required=False)
@json_option
def command(code: str | None, *, as_json: bool) -> None:
    """Explain a finding's code; without one, list them all."""
    from prepvault.jobs.explain import explain, explanations

    if code is None:
        pages = explanations()
        if as_json:
            listed = [{"code": page.code, "severity": page.severity, "title": page.title} for page in pages]
            report.say_json("codes", {"codes": listed})
        else:
            report.say_table([(report.Styled(page.code, page.severity), page.title) for page in pages])
        return
    page = explain(code)
    if as_json:
        fields = {"code": page.code, "severity": page.severity, "title": page.title, "text": page.text}
        report.say_json("explanation", fields)
        return
    report.say(report.Styled(f"{page.severity}[{page.code}]", page.severity), f": {page.title}")
    report.say("")
    report.say_rendered(page.text)
