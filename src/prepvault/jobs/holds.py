"""Hold the times that were offered to a company, in a note of their own, and let go of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from prepvault.errors import UnknownError, UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.note_name import file_name, free_path
from prepvault.jobs.one_note import refusal
from prepvault.jobs.slots import Slots
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change, Edit
from prepvault.model.free_time import Hold
from prepvault.model.vault import Vault
from prepvault.model.zones import zone_of
from prepvault.parse.edit import edit_head
from prepvault.parse.hold import held_text, new_hold
from prepvault.rules.companies import company_key


@dataclass(frozen=True, slots=True)
class Held:
    """What a note holds now: whom for, where it stands, until when; `until` is None after a release."""

    company: str
    path: str
    until: date | None


def company_meant(vault: Vault, text: str) -> str:
    """Find the company that is named: by its name, words of it, an interview's id or path; else as typed.

    Words are whole ones, so that a new company is not taken for another whose name begins like it.
    """
    wanted = company_key(text)
    if not wanted:
        raise UsageError("which company?", hint='prepvault slots --hold "Acme Robotics"')
    told = (vault.interviews, vault.holds)
    companies = [*(each.company for part in told for each in part), *(each.name for each in vault.companies)]
    names = {company_key(each): each for each in companies if each}
    near = [name for key, name in names.items() if set(wanted.split()) <= set(key.split())]
    if wanted in names or len(near) == 1:
        return names.get(wanted) or near[0]
    if near:
        listed = ", ".join(f"`{each}`" for each in near)
        raise UsageError(f"`{text}` may mean {listed}", hint="write the whole name")
    interview = next((each for each in vault.interviews if text.strip() in {each.id, each.path}), None)
    return interview.company if interview else " ".join(text.split())


def hold(context: Context, vault: Vault, company: str, found: Slots) -> Held:
    """Put down what is offered to a company, in place of what was offered to it before."""
    home = zone_of(context.settings.zone)
    today = context.now.astimezone(home).date()
    until = today + timedelta(days=context.settings.number("slots.hold_days"))
    held = tuple(held_text(span, found.zone) for offer in found.offers for span in offer.spans)
    offered_at = f"{context.now.astimezone(home):%Y-%m-%dT%H:%M:%S}"
    known = _note_of(vault, company)
    if known:
        edits = [
            Edit("timezone", "set", found.zone),
            Edit("held", "set", held),
            Edit("held_until", "set", until.isoformat()),
            Edit("offered_at", "set", offered_at),
        ]
        _edit(context, vault, known, edits)
        return Held(company, known.path, until)
    folder = context.settings.text("vault.holds").strip("/")
    path = free_path(folder, file_name(company), vault.names)
    text = new_hold(company, found.zone, held, until.isoformat(), offered_at)
    _apply(context, Change(path, None, text.encode("utf-8"), "slots"))
    return Held(company, path, until)


def release(context: Context, vault: Vault, text: str) -> Held:
    """Let go of what is held for a company; its note stays, and holds nothing."""
    company = company_meant(vault, text)
    known = _note_of(vault, company)
    if known is None:
        names = ", ".join(f"`{each.company}`" for each in vault.holds if each.spans)
        hint = f"times are held for {names}" if names else "`prepvault slots --hold COMPANY` holds some"
        raise UnknownError(f"no times are held for `{company}`", hint=hint)
    _edit(context, vault, known, [Edit("held", "set", ())])
    return Held(known.company, known.path, None)


def held_record(held: Held) -> dict[str, object]:
    """Tell a program what is held now."""
    until = held.until.isoformat() if held.until else None
    return {"company": held.company, "note": held.path, "held_until": until}


def _note_of(vault: Vault, company: str) -> Hold | None:
    key = company_key(company)
    return next((each for each in vault.holds if company_key(each.company) == key), None)


def _edit(context: Context, vault: Vault, known: Hold, edits: Sequence[Edit]) -> None:
    note = vault.notes[known.path]
    data, findings = edit_head(note.data, edits, known.path)
    if findings:
        raise refusal(findings)
    _apply(context, Change(known.path, note.digest, data, "slots"))


def _apply(context: Context, change: Change) -> None:
    report = apply_changes(context, [change])
    if report.refused:
        raise refusal(report.refused)
