"""Links in the text of notes that could mean several notes."""

import re
from collections.abc import Iterator, Mapping, Sequence

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.note import Note
from prepvault.model.vault import Vault
from prepvault.rules.links import LinkIndex, ambiguous_targets, build_index, normal_name

_LINK = re.compile(r"\[\[([^\[\]|\n]{1,500})")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_OURS = re.compile(r"[ \t]*(?:<!--|%%)[ \t]*prepvault:(begin|end)\b")
_MOST_NAMED = 4


def check_links(vault: Vault) -> Iterator[Finding]:
    """Report wikilinks that several notes fit equally well, once a note and target.

    Most vaults have no two notes of one name; there no note is searched.
    """
    aliases = _aliases(vault)
    shared = _shared_names(vault.names, aliases)
    if not shared:
        return
    index: LinkIndex | None = None
    for path, note in sorted(vault.notes.items()):
        for line, target in _links(note, shared):
            index = index or build_index(vault.names, aliases)
            if several := ambiguous_targets(target, path, index):
                yield _finding(path, line, target, several)


def _aliases(vault: Vault) -> Mapping[str, Sequence[str]]:
    names: dict[str, list[str]] = {each.path: list(each.aliases) for each in vault.companies if each.aliases}
    for path, head in vault.heads.items():
        said = head.values.get("aliases")
        listed = said if isinstance(said, list) else [said]
        if texts := [each for each in listed if isinstance(each, str)]:
            names[path] = [*names.get(path, ()), *texts]
    return names


def _shared_names(paths: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Names of more than one file; a note's count without `.md`, and its aliases too."""
    seen: dict[str, str] = {}
    shared = set()
    own = ((normal_name(path.rpartition("/")[2]).removesuffix(".md"), path) for path in paths)
    other = ((normal_name(name), path) for path, names in aliases.items() for name in names)
    for name, path in (*own, *other):
        if seen.setdefault(name, path) != path:
            shared.add(name)
    return frozenset(shared)


def _links(note: Note, shared: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Find links to shared names with their lines, each target once; code and our sections are left out."""
    if b"[[" not in note.data:
        return
    told: set[str] = set()
    for number, line in _own_lines(note.data.decode("utf-8", "replace")):
        for link in _LINK.finditer(_CODE.sub("", line)) if "[[" in line else ():
            target = link[1].partition("#")[0].strip().removesuffix("\\").strip()
            name = normal_name(target.rpartition("/")[2]).removesuffix(".md")
            if name in shared and target not in told:
                told.add(target)
                yield number, target


def _own_lines(text: str) -> Iterator[tuple[int, str]]:
    """Number the lines that are neither in a fence nor in a section of ours."""
    fence, is_ours = "", False
    for number, line in enumerate(text.splitlines(), 1):
        found, edge = _FENCE.match(line), _OURS.match(line)
        if edge:
            is_ours = edge[1] == "begin"
        elif found and found[1].startswith(fence):
            fence = "" if fence else found[1]
        elif not fence and not is_ours:
            yield number, line


def _finding(path: str, line: int, target: str, several: Sequence[str]) -> Finding:
    names = [each.removesuffix(".md") for each in several]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    listed = ", ".join(f"`{name}`" for name in names[:_MOST_NAMED]) + more
    message = f"`[[{target}]]` could mean {listed}; on the dashboard it leads to the first"
    shown = target.rpartition("/")[2]
    hint = "write " + " or ".join(f"`[[{name}|{shown}]]`" for name in names[:_MOST_NAMED])
    return Finding("link/ambiguous", Severity.INFO, Place(path, line), message, hint, found=target)
