"""List the mails that suit interviews now, most pressing first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.jobs.mails import norms_of, person_of
from prepvault.model.card import Library
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.outside.mail_ledger import MailLedger
from prepvault.outside.state import state_folder
from prepvault.rules.loops import group_loops
from prepvault.rules.mail_fit import doubts_of, due_of, fitting_kinds, interviewers_of
from prepvault.rules.reminders import plan_reminders


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mail that suits an interview; `whom` is a name, or who it goes to in general; `due` where known."""

    kind: str
    title: str
    whom: str
    when: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Suggested:
    """One interview with its mails; `more` are the kinds that are written on request.

    `doubts` are kind and address of mails that may or may not have gone out.
    """

    interview: Interview
    mails: tuple[Suggestion, ...]
    more: tuple[str, ...]
    doubts: tuple[tuple[str, str], ...] = ()


def suggest(context: Context, vault: Vault, interviews: Iterable[Interview]) -> tuple[Suggested, ...]:
    """Say for each interview what suits it now; those that nothing suits come with an empty list."""
    library, _ = load_library(context)
    latest = {loop.ids[-1] for loop in group_loops(vault.interviews)}
    past = MailLedger(state_folder(context.root, context.settings.text("vault.id"))).read()
    found = (_suggested(context, vault, library, each, latest) for each in interviews)
    return tuple(replace(each, doubts=doubts_of(each.interview, past)) for each in found)


def is_kind(context: Context, text: str) -> bool:
    """Tell whether a word is a kind of mail."""
    return text.strip().casefold().replace("-", "_") in load_library(context)[0].mails


def _suggested(
    context: Context, vault: Vault, library: Library, interview: Interview, latest: set[str]
) -> Suggested:
    reminders = plan_reminders(interview, context.settings, context.now)
    fitting = fitting_kinds(
        interview,
        context.now,
        reminders,
        is_latest=interview.id in latest,
        others=vault.interviews,
    )
    norms = norms_of(library, context.settings)
    unusual = {"thank_you"} if norms and norms.thank_you == "not customary" else set()
    kinds = [kind for kind in fitting if kind in library.mails and kind not in unusual]
    mails = []
    for kind in kinds:
        template = library.mails[kind]
        person = person_of(template, interview)
        several = len(interviewers_of(interview)) if template.fields.get("to") == "interviewer" else 1
        whom = person.name if person else template.fields.get("to", "")
        whom = f"{whom} and {several - 1} more" if several > 1 else "yourself" if whom == "self" else whom
        when = template.fields.get("when", "")
        mails.append(Suggestion(kind, template.title, whom, when, due_of(kind, reminders)))
    more = tuple(kind for kind in library.mails if kind not in kinds)
    return Suggested(interview, tuple(mails), more)


def suggested_record(found: Suggested) -> dict[str, object]:
    """Tell a program what suits one interview."""
    return {
        "id": found.interview.id,
        "note": found.interview.path,
        "fitting": [
            {
                "mail": each.kind,
                "title": each.title,
                "whom": each.whom,
                "when": each.when,
                "due": each.due.isoformat() if each.due else None,
            }
            for each in found.mails
        ],
        "on_request": list(found.more),
        "in_doubt": [{"mail": kind, "to": to} for kind, to in found.doubts],
    }
