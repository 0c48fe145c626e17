"""Read an interview from its note: every value valid, everything missing or doubtful a finding."""

from collections.abc import Mapping
from dataclasses import replace

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.interview import Interview
from prepvault.model.note import Head, Note
from prepvault.model.properties import PROPERTIES, Property
from prepvault.model.settings import Settings
from prepvault.parse.fields import Fields
from prepvault.parse.interview_facts import Facts
from prepvault.parse.moments import read_start
from prepvault.parse.near_keys import NearKey, find_near_keys


def parse_interview(
    note: Note,
    head: Head,
    settings: Settings,
    library_minutes: Mapping[str, int],
) -> tuple[Interview | None, tuple[Finding, ...]]:
    """Read one note; None where its time cannot be read, or where it tells of no interview at all.

    `library_minutes` gives each type's usual length. A note without `id` has an empty one here, for
    `prepvault.rules.identity` to replace. Front matter that cannot be read has its finding already, so
    what was rescued of it adds none.
    """
    if not head.valid:
        rescued = replace(head, values=head.rescued, present=True, valid=True)
        return _read(Fields(note.path, rescued, settings), note, settings, library_minutes), ()
    if not head.present:
        return None, (_without_head(note.path),)
    fields = Fields(note.path, head, settings)
    if not is_interview(fields):
        return None, (_other_note(note.path),)
    _report_keys(fields)
    interview = _read(fields, note, settings, library_minutes)
    # What `check --fix` could fill in waits until the time can be read.
    return interview, tuple(each for each in fields.findings if interview or not each.fixable)


def _read(
    fields: Fields, note: Note, settings: Settings, library_minutes: Mapping[str, int]
) -> Interview | None:
    start = read_start(fields, settings)
    facts = Facts(fields, note, start.zone if start else settings.zone, library_minutes)
    if start:
        is_stated = fields.has("timezone") or bool(settings.text("vault.timezone"))
        return replace(facts.interview(start), zone_is_stated=is_stated)
    facts.check_only()
    return None


def is_interview(fields: Fields) -> bool:
    """Tell whether front matter tells of an interview: one of the required properties is there."""
    required = [entry.name for entry in PROPERTIES if entry.required]
    if any(fields.has(name) for name in required):
        return True
    return any(near.is_typo and near.name in required for near in find_near_keys(fields))


def _without_head(path: str) -> Finding:
    message = "this note lies in the interviews folder but has no properties, so it is no interview"
    hint = "give it front matter with company, role, interview_type and scheduled_at, or move it elsewhere"
    return Finding("frontmatter/missing", Severity.WARNING, Place(path, 1), message, hint)


def _other_note(path: str) -> Finding:
    message = "this note lies in the interviews folder but none of its properties tells of an interview"
    hint = "give it company, role, interview_type and scheduled_at, move it, or name it in [vault] ignore"
    return Finding("interview/none", Severity.WARNING, Place(path, 1), message, hint)


def _report_keys(fields: Fields) -> None:
    near = {found.name: found for found in find_near_keys(fields)}
    for entry in PROPERTIES:
        found = near.get(entry.name)
        own = fields.shown_name(entry.name)
        if entry.required and not fields.has(entry.name):
            hint = _missing_hint(entry, own, found)
            place = Place(fields.path, fields.line_of(found.key if found else own))
            message = f"`{own}` is missing: {entry.rule}"
            fields.findings.append(
                Finding("property/missing", Severity.ERROR, place, message, hint, expected=entry.rule)
            )
        elif found:
            _report_near(fields, found.key, entry.name)
    unset = [name for name in ("status", "created_at") if not fields.has(name)]
    if unset:
        words = ", ".join(f"`{fields.shown_name(name)}`" for name in unset)
        message = f"{words} {'is' if len(unset) == 1 else 'are'} not set"
        hint = "run `prepvault check --fix`"
        fields.report("property/unset", unset[0], message, severity=Severity.INFO, hint=hint, fixable=True)


def _missing_hint(entry: Property, own: str, found: NearKey | None) -> str:
    if found is None:
        return f"write it like {own}: {entry.example}"
    if found.is_typo:
        return f"`{found.key}` stands there: rename it to `{own}`"
    return f'if `{found.key}` says it, write [properties] {entry.name} = "{found.key}" in prepvault.toml'


def _report_near(fields: Fields, key: str, name: str) -> None:
    own = fields.shown_name(name)
    place = Place(fields.path, fields.line_of(key))
    message = f"`{key}` is no property of an interview, so it does nothing"
    hint = f"did you mean `{own}`?"
    finding = Finding("property/misspelled", Severity.WARNING, place, message, hint, key, own)
    fields.findings.append(finding)
