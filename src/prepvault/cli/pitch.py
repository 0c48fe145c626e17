"""`prepvault pitch`: your pitch in three lengths, with its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepvault.cli import report, wording
from prepvault.cli.options import Options, complete_interview, json_option, pass_options, vault_command
from prepvault.cli.reading import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prepvault.model.pitch import Pitch, PitchCheck, PitchFacts


@vault_command("pitch", example="prepvault pitch --seconds 60")
@click.argument("interview", required=False, metavar="[INTERVIEW]", shell_complete=complete_interview)
@click.option("--name", default="", help="Your name.")
@click.option("--role", default="", help="What you are today, in plain words.")
@click.option("--present", default="", help="What you answer for today, in a sentence.")
@click.option("--achievement", "achievements", multiple=True, help="One achievement; may be repeated.")
@click.option("--goal", default="", help="What you want next.")
@click.option("--company", default="", help="Where you apply.")
@click.option("--why", default="", help="One thing you read about them, in a sentence.")
@click.option(
    "--seconds",
    type=click.Choice(["30", "60", "120"]),
    multiple=True,
    help="Only this length; may be repeated.",
)
@click.option("--check", "source", type=click.File("rb"), help="Check this text instead.")
@click.option("--timed", type=click.IntRange(5, 600), help="Seconds that saying it took, with --check.")
@json_option
@pass_options
def command(options: Options, /, interview: str | None, *, as_json: bool, **said: Any) -> None:
    """Write your pitch for 30, 60 and 120 seconds, for an INTERVIEW or in general, and check it.

    What is not given comes from [profile] in prepvault.toml, and from what the vault knows of the interview.
    What nobody knows stands in brackets for you to fill in.
    """
    from prepvault.jobs import pitch as job
    from prepvault.jobs.anywhere import open_desk

    desk = open_desk(options.vault, now=options.now)
    facts = job.gather_facts(desk, _facts(said), interview or "")
    lengths = [int(each) for each in said["seconds"]]
    if said["source"]:
        done = job.check_text(
            desk, facts, read_words(said["source"]), (lengths or [60])[0], timed=said["timed"] or 0
        )
        _say_checks(options, done.checks, done.pace, as_json=as_json)
        return
    pitches = job.write_pitches(desk, facts, lengths)
    if as_json:
        report.say_json("pitches", {"pitches": [_record(each) for each in pitches]})
        return
    for number, each in enumerate(pitches):
        if number:
            report.say()
        _say(options, each)
    if any(each.missing for each in pitches):
        options.tell(
            "what goes into the brackets: [profile] in prepvault.toml, or options (`prepvault pitch --help`)"
        )


def _facts(said: dict[str, Any]) -> PitchFacts:
    from prepvault.model.pitch import PitchFacts

    names = ("name", "role", "present", "goal", "company")
    texts = {name: said[name].strip() for name in names}
    return PitchFacts(**texts, achievements=tuple(said["achievements"]), reason=said["why"].strip())


def _say(options: Options, pitch: Pitch) -> None:
    report.say(report.Styled(f"{pitch.seconds} seconds", "strong"))
    report.say()
    for block in pitch.blocks:
        for line in wording.wrapped(block.text) if block.text else ():
            report.say(line)
        report.say()
    failed = [check for check in pitch.checks if not check.ok]
    _say_list(failed)
    options.tell(f"{len(pitch.checks) - len(failed)} of {len(pitch.checks)} checks pass")


def _say_checks(options: Options, checks: Sequence[PitchCheck], pace: int, *, as_json: bool) -> None:
    if as_json:
        report.say_json(
            "pitch_checks", {"checks": [_check(each) for each in checks], "words_per_minute": pace}
        )
        return
    _say_list(checks)
    options.tell(f"{sum(each.ok for each in checks)} of {len(checks)} checks pass")
    if pace:
        options.tell(f"you speak {pace} words a minute: [profile] words_per_minute = {pace}")


def _say_list(checks: Sequence[PitchCheck]) -> None:
    for check in checks:
        mark = report.Styled("ok", "ok") if check.ok else report.Styled("--", "warning")
        report.say(mark, f" {check.name}: {check.found}")
        if not check.ok:
            for line in wording.wrapped(check.hint, indent="   "):
                report.say(report.Styled(line, "dim"))


def _record(pitch: Pitch) -> dict[str, object]:
    return {
        "seconds": pitch.seconds,
        "pitch": pitch.text,
        "blocks": [{"name": each.name, "text": each.text, "words": each.words} for each in pitch.blocks],
        "missing": list(pitch.missing),
        "checks": [_check(each) for each in pitch.checks],
    }


def _check(check: PitchCheck) -> dict[str, object]:
    return {"name": check.name, "ok": check.ok, "found": check.found, "hint": "" if check.ok else check.hint}
