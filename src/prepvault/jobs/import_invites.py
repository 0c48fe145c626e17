"""Read a file of invites for an import: what each event in it would do to the vault."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from prepvault.jobs.context import Context
from prepvault.model.incoming import Step
from prepvault.model.interview import Interview
from prepvault.model.invite import InviteWords
from prepvault.model.vault import Vault
from prepvault.outside.resources import read_content
from prepvault.parse.invite_words import parse_invite_words
from prepvault.parse.invites import parse_invites
from prepvault.parse.place import parse_venue
from prepvault.render.invite_note import render_invite
from prepvault.rules.companies import company_key
from prepvault.rules.invite_guess import Clues, Employer
from prepvault.rules.invites import Desk, plan_invites

_WORDS = "texts/invites.yaml"


def plan_invite_file(
    context: Context,
    vault: Vault,
    name: str,
    data: bytes,
    *,
    timezone: str = "",
    told: Mapping[str, str] | None = None,
) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """Plan what a file of invites does: a step for each event, and remarks about the file.

    `timezone` is the IANA zone of times whose own cannot be known, `told` what the person said of `company`,
    `role` and `type`. A question holds the steps that its answers make of it (`Step.answered`).
    """
    words = parse_invite_words(read_content().get(_WORDS, ""), _WORDS)
    file = parse_invites(data, name, zone=context.settings.zone, words=words, asked=timezone)
    profile = context.settings.text("profile.name")
    clues = Clues(words, tuple(_employers(vault, words)), profile, told or {})
    own = (context.settings.text(key).casefold() for key in ("profile.email", "mail.from"))
    desk = Desk(
        clues=clues,
        interviews=vault.interviews,
        now=context.now,
        own=frozenset(filter(None, own)),
        venue_kind=lambda text: parse_venue(text).kind,
        write_body=render_invite,
    )
    return plan_invites(file, desk), file.remarks


def _employers(vault: Vault, words: InviteWords) -> Iterator[Employer]:
    """The companies of the vault, with what tells an invite that it comes from there."""
    clues = Clues(words)
    by_key: dict[str, list[Interview]] = {}
    for interview in vault.interviews:
        if interview.company:
            by_key.setdefault(company_key(interview.company), []).append(interview)
    notes = {company_key(each.name): each for each in vault.companies}
    for key in sorted({*by_key, *notes}):
        rounds, note = by_key.get(key, []), notes.get(key)
        name = rounds[0].company if rounds else note.name if note else key
        domains = {domain for each in rounds for domain in _domains(each)}
        if note and note.website:
            domains.add(_host(note.website))
        kept = frozenset(each for each in domains if not clues.is_public(each))
        names = tuple(dict.fromkeys((name, *(note.aliases if note else ()))))
        roles = tuple(dict.fromkeys(each.role for each in rounds if each.role and each.is_open))
        yield Employer(name, names, kept, roles)


def _domains(interview: Interview) -> Iterator[str]:
    for person in (*interview.people, interview.recruiter):
        if person and person.email:
            yield person.email.rpartition("@")[2].casefold()


def _host(website: str) -> str:
    try:
        return (urlsplit(website).hostname or "").removeprefix("www.").casefold()
    except ValueError:
        return ""
