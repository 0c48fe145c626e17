"""Take a vault elsewhere: choose what is meant, and write it in the form that is asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prepvault import __version__
from prepvault.errors import RefusedError, UnknownError
from prepvault.jobs.context import Context
from prepvault.jobs.listing import Filter, list_interviews
from prepvault.jobs.user_file import find_file
from prepvault.model.export import ExportChoices, Exported, Format, Table
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.outside.single_file import create_single, read_single, write_single
from prepvault.rules.published import published

_NOUNS = {Table.PEOPLE: "person", Table.STORIES: "story"}
_NO_SUCH = (
    "`prepvault list` shows which pass the same filters; one that says `publish: false` is in no calendar"
)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is exported: the vault, those of its interviews that are meant, and whether these are all."""

    context: Context
    vault: Vault
    interviews: Sequence[Interview]
    is_whole: bool
    choices: ExportChoices


def export(context: Context, vault: Vault, kind: Format, wanted: Filter, choices: ExportChoices) -> Exported:
    """Write what passes the filters in one format.

    What goes to others (calendar, address cards, a page) leaves out the notes that say `publish: false`;
    what one keeps for oneself (JSON, tables) has all.
    """
    meant = list_interviews(vault, wanted)
    if kind in {Format.ICS, Format.VCARD, Format.HTML}:
        vault = published(vault)
    found = list_interviews(vault, wanted)
    wish = _Wish(context, vault, found, wanted == Filter(), choices)
    made = _WRITERS[kind](wish)
    private = tuple(f"{each.path} says `publish: false`" for each in meant if each not in found)
    return replace(made, left=(*made.left, *private))


def write_file(file: str, exported: Exported, kind: Format, *, root: Path, is_forced: bool) -> bool:
    """Write an export whole or not at all; False where the file holds these bytes already.

    RefusedError where anything else lies there and `is_forced` does not say to replace it, and for the
    place of a note always.
    """
    if kind is Format.ORIGINAL:
        from prepvault.jobs.export_original import write_folder

        return write_folder(file, exported, root=root, is_forced=is_forced)
    example = f"prepvault export --format {kind} -o interviews.{_ENDINGS.get(kind, kind)}"
    path = find_file(file, root=root, what="export", example=example)
    if is_forced:
        return write_single(path, exported.data)
    if create_single(path, exported.data):
        return True
    if read_single(path) == exported.data:
        return False
    raise RefusedError(
        f"`{file}` is there already, so it was not overwritten",
        hint="name another file, or add `--force` to replace it",
    )


def export_record(exported: Exported, kind: Format, file: str | None, *, written: bool) -> dict[str, object]:
    """Tell a program what was exported; without a file, all of it as text."""
    record: dict[str, object] = {"format": kind.value, "count": exported.count, "noun": exported.noun}
    if exported.others or exported.left:
        record |= {"others": sorted(exported.others), "left_out": list(exported.left)}
    if file is None:
        return {**record, "file": None, "written": False, "content": exported.data.decode("utf-8")}
    return {**record, "file": file, "written": written, "bytes": len(exported.data)}


def _json(wish: _Wish) -> Exported:
    from prepvault.jobs.export_json import vault_record
    from prepvault.render.api import to_json

    record = vault_record(
        wish.context,
        wish.vault,
        wish.interviews,
        is_whole=wish.is_whole,
        has_figures=wish.choices.has_figures,
    )
    return Exported(to_json({"prepvault": 1, "kind": "vault", **record}), len(wish.interviews), "interview")


def _csv(wish: _Wish) -> Exported:
    from prepvault.render.csv_text import render_csv

    table = wish.choices.table
    rows = tuple(_rows(wish)[table]())
    data = render_csv(rows, has_bom=wish.choices.has_bom)
    return Exported(data, len(rows) - 1, _NOUNS.get(table, table.value[:-1]))


def _rows(wish: _Wish) -> Mapping[Table, Callable[[], Iterable[Sequence[str]]]]:
    from prepvault.jobs.contacts import contacts_of
    from prepvault.render import tables
    from prepvault.rules.loops import group_loops
    from prepvault.rules.uses import use_counts

    context, vault, found = wish.context, wish.vault, wish.interviews
    by_id = {each.id: each for each in found}
    return {
        Table.INTERVIEWS: lambda: tables.interview_rows(found),
        Table.QUESTIONS: lambda: tables.question_rows(found, vault.debriefs),
        Table.STORIES: lambda: tables.story_rows(vault.stories, use_counts(vault)),
        Table.PEOPLE: lambda: tables.people_rows(contacts_of(context, vault, found, is_whole=wish.is_whole)),
        Table.APPLICATIONS: lambda: tables.application_rows(group_loops(found), by_id),
    }


def _ics(wish: _Wish) -> Exported:
    from prepvault.jobs.feed import calendar_of

    if not wish.interviews:
        raise UnknownError("no interview is left for a calendar, and an empty one is none", hint=_NO_SUCH)
    data = calendar_of(wish.context, wish.vault, {each.path for each in wish.interviews})
    return Exported(data, len(wish.interviews), "interview")


def _vcard(wish: _Wish) -> Exported:
    from prepvault.jobs.contacts import contacts_of
    from prepvault.render.vcard import render_vcards

    found = contacts_of(wish.context, wish.vault, wish.interviews, is_whole=wish.is_whole)
    cards = [each for each in found if each.publish]
    data = render_vcards(cards, version=__version__, has_text=wish.choices.has_text)
    return Exported(data, len(cards), "person")


def _html(wish: _Wish) -> Exported:
    from prepvault.jobs.export_page import export_page

    vault = replace(wish.vault, interviews=tuple(wish.interviews))
    data = export_page(wish.context, vault, incognito=wish.choices.is_incognito)
    return Exported(data, len(wish.interviews), "interview")


def _original(wish: _Wish) -> Exported:
    from prepvault.jobs.export_original import export_original

    return export_original(wish.context, wish.vault, wish.interviews, is_whole=wish.is_whole)


_WRITERS: Mapping[Format, Callable[[_Wish], Exported]] = {
    Format.JSON: _json,
    Format.CSV: _csv,
    Format.ICS: _ics,
    Format.VCARD: _vcard,
    Format.HTML: _html,
    Format.ORIGINAL: _original,
}
_ENDINGS: Mapping[Format, str] = {Format.VCARD: "vcf"}
