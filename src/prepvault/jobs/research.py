"""Make or refresh a company's research note, and tell how far it is."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from shlex import quote

from prepvault.errors import RefusedError, UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.jobs.note_name import file_name, free_path
from prepvault.jobs.one_note import refusal
from prepvault.jobs.write import apply_changes
from prepvault.model.card import Library, ResearchPart
from prepvault.model.change import Change
from prepvault.model.company import Company
from prepvault.model.interview import Interview
from prepvault.model.near import find_near
from prepvault.model.note import Note
from prepvault.model.research import DEPTHS, PartState, ResearchState
from prepvault.model.vault import Vault
from prepvault.model.zones import zone_of
from prepvault.parse.body import append_to_body
from prepvault.parse.company import parse_company
from prepvault.parse.emit import emit_head
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.research import BLOCK, read_research
from prepvault.render.research import BLOCK_TITLE, block_body, part_body, part_heading, research_body
from prepvault.rules.companies import CompanyGroup, company_key, group_companies
from prepvault.rules.posting import decode_posting
from prepvault.rules.research import research_state

_MOST_NEEDS = 4
_LEAST_PART = 3
_NEAR = 0.8
"""How alike two names are that may be one with a slip in it."""


@dataclass(frozen=True, slots=True)
class Researched:
    """A company's research after the command; `parts` are titles of what was, or would be, added."""

    state: ResearchState
    path: str
    is_new: bool
    is_written: bool
    parts: tuple[str, ...]
    next: Interview | None


def research(
    context: Context,
    vault: Vault,
    text: str,
    *,
    depth: str = DEPTHS[1],
    check: bool = False,
    new: bool = False,
) -> Researched:
    """Make the note of the company that `text` names, or add the parts it lacks; `check` only looks.

    What the user wrote is never changed. A name that fits no company in the vault makes a new note; one that
    is almost that of a company is a UsageError, unless it is meant to be `new`.
    """
    library, _ = load_library(context)
    group = find_company(vault, text, new=new)
    today = context.now.astimezone(zone_of(context.settings.zone)).date()
    parts = tuple(part for part in library.research if part.is_quick or depth != DEPTHS[0])
    known = _known(vault, library, group, today)
    before = vault.notes.get(group.note.path) if group.note else None
    is_deep = depth == DEPTHS[2]
    if before:
        path, titles, data = before.path, *_refreshed(before, parts, known, is_deep=is_deep)
    else:
        path = _new_path(context, vault, group.name)
        head = (("type", "company"), ("name", group.name), ("aliases", ()), ("website", None), ("values", ()))
        data = (emit_head(head) + research_body(parts, known, is_deep=is_deep)).encode("utf-8")
        titles = (*map(part_heading, parts), BLOCK_TITLE)
    if not check and titles:
        _write(context, Change(path, before.digest if before else None, data, "research"))
    if check:
        data = before.data if before else b""
    return Researched(
        state=research_state(_read(path, data, context, group.name), library.research, today),
        path=path,
        is_new=before is None,
        is_written=bool(titles) and not check,
        parts=titles,
        next=next((each for each in group.interviews if each.is_open and each.starts > context.now), None),
    )


def find_company(vault: Vault, text: str, *, new: bool = False) -> CompanyGroup:
    """Find the company that is meant, by its name, an alias or a unique part; a new one where none fits.

    With `new` only the whole name counts, so that a company can be called almost like another.
    """
    name = " ".join(text.split())
    if not any(map(str.isalnum, name)):
        raise UsageError("name a company", hint='prepvault research "Acme Robotics"')
    groups = group_companies(vault.interviews, vault.companies)
    exact = [group for group in groups if company_key(name) in _names(group)]
    if new and not exact:
        return CompanyGroup("", name, None, (), ())
    near = exact or [group for group in groups if _is_part(company_key(name), group)]
    if not near and (meant := _meant(name, groups)):
        hint = f"did you mean `{meant}`? If not: prepvault research {quote(name)} --new"
        raise UsageError(f"no company of this vault is called `{name}`", hint=hint)
    if len(near) > 1:
        listed = ", ".join(f"`{group.name}`" for group in near)
        raise UsageError(f"`{name}` fits several companies: {listed}", hint="name one of them in full")
    return near[0] if near else CompanyGroup("", name, None, (), ())


def _meant(name: str, groups: Sequence[CompanyGroup]) -> str:
    """The company whose name, or whose first words as many as were typed, are almost these."""
    count = len(name.split())
    called: dict[str, str] = {}
    for group in groups:
        for each in (group.name, *(group.note.aliases if group.note else ())):
            called.setdefault(each, group.name)
            called.setdefault(" ".join(each.split()[:count]), group.name)
    return called.get(find_near(name, called, closeness=_NEAR), "")


def _is_part(key: str, group: CompanyGroup) -> bool:
    """Tell whether a text is a part of one of a company's names; one or two letters are part of too many."""
    return sum(map(str.isalnum, key)) >= _LEAST_PART and any(key in each for each in _names(group))


def _names(group: CompanyGroup) -> tuple[str, ...]:
    aliases = group.note.aliases if group.note else ()
    return tuple(map(company_key, (group.name, *aliases)))


def _new_path(context: Context, vault: Vault, name: str) -> str:
    folder = context.settings.text("vault.companies").strip("/")
    if not folder:
        raise UsageError("no folder for companies is set", hint="set `companies` under `[vault]`")
    wanted = f"{folder}/{file_name(name)}.md"
    path = free_path(folder, file_name(name), vault.names)
    if path != wanted and not any(company.path == wanted for company in vault.companies):
        raise RefusedError(f"`{wanted}` is there and cannot be read", hint="prepvault check tells why")
    return path


def _refreshed(
    note: Note, parts: Sequence[ResearchPart], known: Mapping[str, Sequence[str]], *, is_deep: bool
) -> tuple[tuple[str, ...], bytes]:
    """The titles of the parts that a note lacks, and its bytes with them at the end."""
    head, _ = parse_head(note.data, note.path)
    there = read_research(head.body, head.body_line).parts
    data, titles, before = note.data, [], ""
    for part in parts:
        if part.id not in there:
            text = part_body(part, known.get(part.id, ()), is_deep=is_deep)
            data, there[part.id] = _put(data, text, part_heading(part), before)
            titles.append(part_heading(part))
        before = there[part.id]
    if BLOCK not in there:
        data = append_to_body(data, block_body(), heading=f"## {BLOCK_TITLE}")
        titles.append(BLOCK_TITLE)
    return tuple(titles), data


def _put(data: bytes, text: str, title: str, before: str) -> tuple[bytes, str]:
    """Add a part behind another one, else at the end; give its heading with its signs, too."""
    level = before.partition(" ")[0] or "##"
    heading = f"{level} {title}"
    if before:
        with suppress(RefusedError):
            return append_to_body(data, f"{heading}\n\n{text}", heading=before), heading
    return append_to_body(data, text, heading=heading), heading


def _known(vault: Vault, library: Library, group: CompanyGroup, today: date) -> Mapping[str, tuple[str, ...]]:
    """What the vault's own notes tell already: who sits across the table, what the posting asks for."""
    people = [f"{each.name} ({each.title})" if each.title else each.name for each in group.people]
    said = (
        [f"Interviewers: {', '.join(people)} · your interview notes · {today} · verified"] if people else []
    )
    each_one = [f"{each.name}, path and public work:" for each in group.people]
    return {"people": (*said, *each_one), "role": _needs(vault, library, group, today)}


def _needs(vault: Vault, library: Library, group: CompanyGroup, today: date) -> tuple[str, ...]:
    found = (vault.postings.get(each.path) for each in group.interviews)
    texts = {text.path: text for text in found if text}
    field = next((part.fields[0] for part in library.research if part.id == "role" and part.fields), "")
    lines = []
    for text in texts.values() if field else ():
        posting = decode_posting(text, library.competencies)
        tags = [library.competencies[tag].title.lower() for tag, _ in posting.tags]
        words = [f"“{each.word}”" for each in posting.keywords]
        pieces = (
            ", ".join(tags[:_MOST_NEEDS]),
            "they repeat " + ", ".join(words[:_MOST_NEEDS]) if words else "",
        )
        needs = "; ".join(filter(None, pieces))
        link = text.path.removesuffix(".md")
        lines += [f"{field}: {needs} · {link} · {today.isoformat()} · verified"] if needs else []
    return tuple(lines)


def research_record(done: Researched) -> dict[str, object]:
    """Write where a company's research stands as plain data, ready for JSON."""
    state = done.state
    return {
        "company": state.company.name,
        "path": done.path,
        "next_interview": done.next.id if done.next else None,
        "written": done.is_written,
        "added": list(done.parts) if done.is_written else [],
        "missing": [] if done.is_written else list(done.parts),
        "filled": state.filled,
        "fields": state.fields,
        **{name: list(getattr(state.company, name)) for name in ("say", "ask", "watch", "values")},
        "unknown": list(state.unknown),
        "parts": [_part_record(part) for part in state.parts],
    }


def _part_record(state: PartState) -> dict[str, object]:
    return {
        "id": state.part.id,
        "title": state.part.title,
        "quick": state.part.is_quick,
        "where": state.part.where,
        "so_what": state.so_what,
        "empty": list(state.empty),
        "facts": [
            {
                "field": each.fact.name,
                "value": each.fact.value,
                "source": each.fact.source,
                "read_on": each.fact.read_on.isoformat() if each.fact.read_on else None,
                "confidence": each.fact.confidence,
                "age": each.age.value,
                "weeks": each.weeks,
                "line": each.fact.line,
            }
            for each in state.facts
        ],
    }


def _read(path: str, data: bytes, context: Context, name: str) -> Company:
    head, _ = parse_head(data, path)
    company, _ = parse_company(Note(path, data, context.now), head)
    return company if data else Company(name, path)


def _write(context: Context, change: Change) -> None:
    report = apply_changes(context, [change])
    if report.refused:
        raise refusal(report.refused)
