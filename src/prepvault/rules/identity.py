"""Which identity an interview has, whatever its note says: stable, and never shared by two."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from unicodedata import normalize

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.interview import Interview
from prepvault.rules.slugs import id_slug, slug_of

_COPY = re.compile(r" \d{1,3}| \(\d{1,3}\)|-[\w .-]{2,60}")


def new_id(company: str, job_id: str, at: datetime, taken: Collection[str] = ()) -> str:
    """Make an id, `int_<job or company>_<unix seconds>`, that none of `taken` has."""
    wanted = f"int_{id_slug(job_id) if job_id else slug_of(company)}_{int(at.timestamp())}"
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    return found


def path_id(path: str) -> str:
    """The identity of a note that has no id of its own: it lasts as long as the note keeps its name."""
    return f"path-{sha256(normalize('NFC', path).encode('utf-8', 'replace')).hexdigest()[:12]}"


def settle_identities(
    interviews: Iterable[Interview], line_of: Callable[[str], int]
) -> tuple[tuple[Interview, ...], tuple[Finding, ...]]:
    """Give each interview an identity of its own, in the order of start, then id.

    Of several with one id the note with the shortest path keeps it. A note that by its name, id and time is
    a sync service's copy of another is left out; any other keeps its place under an identity from its path.
    `line_of` tells on which line of a note its id stands.
    """
    owners: dict[str, Interview] = {}
    settled: list[Interview] = []
    findings: list[Finding] = []
    for interview in sorted(interviews, key=lambda each: (len(each.path), each.path)):
        owner = owners.setdefault(interview.id, interview) if interview.has_id else interview
        place = Place(interview.path, line_of(interview.path))
        if not interview.has_id:
            settled.append(replace(interview, id=path_id(interview.path)))
        elif owner is interview:
            settled.append(interview)
        elif _is_copy(interview, owner):
            findings.append(_copy_finding(place, owner))
        else:
            settled.append(replace(interview, id=path_id(interview.path)))
            findings.append(_duplicate_finding(place, owner))
    return tuple(sorted(settled, key=lambda each: (each.starts, each.id))), tuple(findings)


def _is_copy(interview: Interview, owner: Interview) -> bool:
    name, original = interview.path.removesuffix(".md"), owner.path.removesuffix(".md")
    added = name.removeprefix(original) if name.startswith(original) else ""
    return _COPY.fullmatch(added) is not None and interview.starts == owner.starts


def _copy_finding(place: Place, owner: Interview) -> Finding:
    message = (
        f"this looks like a sync service's copy of {owner.path}, with the same id and time; it is not counted"
    )
    hint = "take over what you need from it and delete it, or give it another `id`"
    return Finding("vault/conflict-copy", Severity.WARNING, place, message, hint, owner.id)


def _duplicate_finding(place: Place, owner: Interview) -> Finding:
    message = f"the id `{owner.id}` is also that of {owner.path}; calendars need one each"
    hint = "remove the `id` here, then run `prepvault check --fix`"
    return Finding("id/duplicate", Severity.ERROR, place, message, hint, owner.id, "an id of its own")
