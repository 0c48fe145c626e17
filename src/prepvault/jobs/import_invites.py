"""Read a file of invites for an import: what each event in it would do to the vault."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.import_readers import Frame
from prepvault.model.incoming import Reading, Source, Step, Verdict
from prepvault.model.interview import Interview
from prepvault.model.invite import InviteWords
from prepvault.model.vault import Vault
from prepvault.outside.resources import read_content
from prepvault.parse.invite_words import parse_invite_words
from prepvault.parse.invites import parse_invites
from prepvault.parse.place import parse_venue
from prepvault.render.invite_note import render_invite
from prepvault.rules.companies import company_key
from prepvault.rules.invite_clues import Clues, Employer
from prepvault.rules.invite_newest import keep_newest
from prepvault.rules.invites import NEW, Desk, plan_invites

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


def read_invites(source: Source, frame: Frame) -> Reading:
    """Read a file of calendar invites."""
    wish = frame.wish
    said = {"company": wish.company, "role": wish.role, "type": wish.type.value if wish.type else ""}
    told = {name: " ".join(text.split()) for name, text in said.items() if text.strip()}
    steps, remarks = plan_invite_file(
        frame.context, frame.vault, source.name, source.data, timezone=wish.timezone, told=told
    )
    return Reading(name=source.name, taken_for="calendar invites", steps=steps, remarks=remarks)


def settle(steps: Sequence[Step], answers: Sequence[tuple[int, str]]) -> tuple[Step, ...]:
    """Take the newest version of each invite, and put in place of questions what their answers make of them.

    An answer names a step by its number, from 1. Raises UsageError for one that the step does not know, and
    where two are about one note.
    """
    settled = list(keep_newest(steps))
    check_numbers((number for number, _ in answers), len(settled))
    for number, answer in answers:
        becomes = settled[number - 1].answered(answer)
        if becomes is None:
            raise _no_answer(number, answer, settled[number - 1])
        settled[number - 1] = becomes
    changed = [step.target for step in settled if step.verdict is Verdict.CHANGE]
    for number, answer in answers:
        if changed.count(answer) > 1:
            raise UsageError(
                f"number {number} is not the only one that would change `{answer}`",
                hint=f"one note is about one interview: say `--is {number}={NEW}`, or leave it open",
            )
    return tuple(settled)


def check_numbers(numbers: Iterable[int], most: int) -> None:
    """Raise UsageError for a number that no step of the plan has."""
    for number in sorted(numbers):
        if not 1 <= number <= most:
            raise UsageError(
                f"the plan has no number {number}", hint="run it without choices to see its numbers"
            )


def _no_answer(number: int, answer: str, asked: Step) -> UsageError:
    known = [f"--is {number}={choice}" for choice, _ in asked.answers]
    if not known:
        return UsageError(f"number {number} is no question that `--is` answers", hint=asked.why)
    return UsageError(f"`{answer}` is no answer to number {number}", hint=f"say {' or '.join(known)}")


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
