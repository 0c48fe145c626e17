"""`prepvault doctor`: what works here."""

from prepvault.cli import report
from prepvault.cli.options import Options, json_option, pass_options, vault_command

_STYLES = {"ok": "ok", "unset": "warning", "broken": "error"}


@vault_command("doctor", example="prepvault doctor")
@json_option
@pass_options
def command(options: Options, *, as_json: bool) -> int:
    """Say what works here, what is unset (which is fine, exit code 0) and what is broken (1)."""
    from prepvault.jobs.doctor import examine, is_broken

    checks = examine(options.vault, now=options.now)
    if as_json:
        listed = [
            {"name": each.name, "standing": each.standing.value, "text": each.text, "hint": each.hint}
            for each in checks
        ]
        report.say_json("doctor", {"broken": is_broken(checks), "checks": listed})
        return int(is_broken(checks))
    for each in checks:
        mark = report.Styled(f"{each.standing.value:<7}", _STYLES[each.standing.value])
        report.say(mark, f"{each.name:<10}{each.text}")
        if each.hint:
            report.say(report.Styled("       hint: ", "dim"), each.hint)
    return int(is_broken(checks))
