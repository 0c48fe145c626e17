"""`prepvault email`: draft a mail, keep it, or send it when told to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from prepvault.cli import mail_words, report
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import (
    Options,
    complete_file,
    complete_interview,
    json_option,
    pass_options,
    vault_command,
)
from prepvault.cli.report import is_terminal
from prepvault.errors import UsageError

if TYPE_CHECKING:
    from prepvault.jobs.compose import Composed
    from prepvault.jobs.context import Context
    from prepvault.model.interview import Interview
    from prepvault.model.vault import Vault


@vault_command("email", example='prepvault email thank_you kestrel --points "the cutover rehearsal"')
@click.argument("kind", required=False)
@click.argument("interview", required=False, shell_complete=complete_interview)
@click.option("--to", default="", metavar="ADDRESS", help="Whom to write to; else as the note says.")
@click.option("--person", default="", metavar="NAME", help="Which of several people; part of a name will do.")
@click.option(
    "--points", multiple=True, metavar="TEXT", help="What to mention or offer; give it again for more."
)
@click.option("--set", "fields", multiple=True, metavar="FIELD=TEXT", help="Fill in one field by its name.")
@click.option("--slots", is_flag=True, help="Offer your next free times, in their zone.")
@click.option(
    "--save", is_flag=True, help="Keep it as a note in the drafts folder; its text counts from then on."
)
@click.option(
    "--eml", metavar="FILE", shell_complete=complete_file, help="Write a draft that mail programs open."
)
@click.option("--mailto", is_flag=True, help="Print a link that opens your mail program.")
@click.option("--send", is_flag=True, help="Send it, through your own mail server.")
@click.option("--again", is_flag=True, help="With --send: also if it went out before, or may have.")
@click.option("--anyway", is_flag=True, help="With --send: also if its occasion is not on record.")
@json_option
@pass_options
def command(
    options: Options, /, kind: str | None, interview: str | None, *, as_json: bool, **how: object
) -> None:
    """Draft a mail of KIND; without one, list what fits now. Nothing is sent without --send."""
    if kind is None or interview is None:
        _list(options, kind, how, as_json=as_json)
        return
    from prepvault.jobs.compose import MailRequest, compose

    context, vault, picked = options.pick(interview)
    request = MailRequest(
        kind=kind,
        to=str(how["to"]).strip(),
        person=str(how["person"]),
        points=_texts(how["points"]),
        fields={**_free_times(context, vault, picked, how), **_pairs(_texts(how["fields"]))},
    )
    for name in ("again", "anyway"):
        if how[name] and not how["send"]:
            raise UsageError(f"`--{name}` only means something with `--send`", hint="add --send")
    composed = compose(context, vault, picked, request)
    if how["send"]:
        _send(options, context, composed, picked, how, as_json=as_json)
    else:
        _keep(options, context, vault, composed, how, as_json=as_json)


def _free_times(
    context: Context, vault: Vault, interview: Interview, how: dict[str, object]
) -> dict[str, str]:
    """The fields of a mail that offers times, where free ones are asked for."""
    if not how["slots"]:
        return {}
    from prepvault.jobs.slots import SlotRequest, find_slots

    found = find_slots(context, vault, SlotRequest(zone=interview.zone, company=interview.company, count=3))
    return {f"slot_{number}": text for number, text in enumerate(found.points, 1)}


def _list(options: Options, text: str | None, how: dict[str, object], *, as_json: bool) -> None:
    from prepvault.jobs.mail_list import suggest, suggested_record

    if any(how.values()):
        raise UsageError("which mail, about which interview?", hint="prepvault email thank_you INTERVIEW")
    context, vault = options.load()
    picked = vault.interviews
    if text is not None:
        picked = (_meant(context, vault, text),)
    found = suggest(context, vault, picked)
    if as_json:
        report.say_json("mails", {"interviews": [suggested_record(each) for each in found]})
        return
    shown = [each for each in found if each.mails or each.doubts or text is not None]
    for number, each in enumerate(shown):
        mail_words.say_suggested(each, is_first=number == 0, is_only=text is not None)
    if not shown:
        options.tell("no interview needs a mail now; `prepvault email KIND INTERVIEW` writes any kind")


def _meant(context: Context, vault: Vault, text: str) -> Interview:
    """The interview that one word names; a kind alone leaves open which interview is meant."""
    from prepvault.jobs.mail_list import is_kind
    from prepvault.jobs.pick import pick_interview

    if is_kind(context, text):
        hint = f"name it behind: prepvault email {text} INTERVIEW; `prepvault list` shows all"
        raise UsageError("about which interview?", hint=hint)
    return pick_interview(vault, text)


def _keep(
    options: Options,
    context: Context,
    vault: Vault,
    composed: Composed,
    how: dict[str, object],
    *,
    as_json: bool,
) -> None:
    """Show the draft, and keep it where that was asked for."""
    from prepvault.jobs.mail_drafts import save_draft, write_eml
    from prepvault.jobs.mail_record import composed_fields, mailto_link

    saved, file = composed.draft, str(how["eml"] or "")
    if how["save"]:
        saved = save_draft(context, vault, composed.mail, composed.interview, composed.person)
    if file:
        write_eml(file, composed.mail)
    if as_json:
        more = {"saved": saved or None, "eml": file or None, "sent": None}
        report.say_json("mail", {**composed_fields(composed), **more})
        return
    if how["mailto"]:
        report.say(mailto_link(composed.mail))
    elif not file:
        mail_words.say_mail(composed)
    mail_words.tell_about(options, composed, saved=saved if how["save"] else "", file=file)
    gaps = composed.mail.missing  # these were told in words above
    tell_findings(options, [each for each in composed.findings if each.code != "mail/unresolved" or not gaps])


def _send(
    options: Options,
    context: Context,
    composed: Composed,
    interview: Interview,
    how: dict[str, object],
    *,
    as_json: bool,
) -> None:
    from prepvault.jobs.mail_record import composed_fields
    from prepvault.jobs.send_mail import check_sendable, needs_consent, send_mail

    anyway = bool(how["anyway"])
    check_sendable(context, composed, anyway=anyway)
    if needs_consent(context.settings, composed):
        _ask(composed)
    sent = send_mail(context, composed, interview, again=bool(how["again"]), anyway=anyway)
    if as_json:
        told = {"at": sent.at.isoformat(), "from": sent.sender, "message_id": sent.message_id}
        problem = {"not_in_note": sent.problem or None}
        report.say_json("mail", {**composed_fields(composed), "sent": {**told, **problem}})
    else:
        report.say(f"sent to {composed.mail.to}: {composed.mail.subject}")
    if sent.problem:
        report.tell(report.Styled("warning: ", "warning"), f"the note does not say so yet: {sent.problem}")
    tell_findings(options, composed.findings)


def _ask(composed: Composed) -> None:
    """Let a person agree to the address that a note named; without one, it has to be typed."""
    to = composed.mail.to
    if not is_terminal(sys.stdin):
        hint = f"name it, so that no note alone decides where mail goes: --to {to}"
        raise UsageError(f"nothing was sent: should it go to {to}?", hint=hint)
    mail_words.tell_mail(composed)
    if not click.confirm(f"Send this to {report.safe(to)}?", err=True):
        raise click.Abort


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each).strip() for each in value if str(each).strip()) if isinstance(value, tuple) else ()


def _pairs(texts: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, mark, value = text.partition("=")
        if not mark or not name.strip():
            raise UsageError(
                f"`--set` takes FIELD=TEXT, found `{text}`", hint='write it like --set eta="14:10"'
            )
        pairs[name.strip().casefold()] = value.strip()
    return pairs
