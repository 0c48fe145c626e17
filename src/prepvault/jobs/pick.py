"""Find the one interview that a person means."""

from shlex import quote

from prepvault.errors import ConflictError, UnknownError, UsageError
from prepvault.model.interview import Interview
from prepvault.model.near import plain_word
from prepvault.model.vault import Vault

_MOST_LISTED = 8


def pick_interview(vault: Vault, text: str) -> Interview:
    """Find an interview by id, a part of one, its note's path, or words; several matches are a UsageError."""
    wanted = text.strip()
    matches = _exact(vault, wanted) or _loose(vault, wanted)
    if len(matches) == 1:
        return matches[0]
    if matches:
        listed = "\n".join(f"  {_told(match)}" for match in matches[:_MOST_LISTED])
        more = f"\n  and {len(matches) - _MOST_LISTED} more" if len(matches) > _MOST_LISTED else ""
        raise UsageError(
            f"`{wanted}` matches {len(matches)} interviews", hint=f"name one by its id:\n{listed}{more}"
        )
    for note in vault.unread:
        if wanted.removesuffix(".md") in {note.path.removesuffix(".md"), note.title}:
            hint = f"run `prepvault check {quote(note.path)}`"
            raise UsageError(f"{note.path} cannot be read as an interview yet", hint=hint)
    raise UnknownError(f"no interview matches `{wanted}`", hint="run `prepvault list` to see all")


def pick_by_id(vault: Vault, identity: str, *, version: str = "") -> Interview:
    """Find an interview by its whole id; `version` is the digest its note had when the caller last saw it.

    What one does not see in an id does not count. Raises UnknownError where there is none, ConflictError
    where two cannot be told apart or the note has changed since.
    """
    from prepvault.render.plain import plain_text

    wanted = plain_text(identity)
    alike = [each for each in vault.interviews if plain_text(each.id) == wanted]
    if len(alike) > 1:
        paths = ", ".join(f"`{each.path}`" for each in alike[:_MOST_LISTED])
        raise ConflictError(
            f"several notes have the id `{wanted}`: {paths}", hint="give each an id of its own"
        )
    found = next(iter(alike), None)
    if found is None:
        raise UnknownError(f"no interview has the id `{identity}`", hint="list the interviews to see all ids")
    if version and found.digest != version:
        raise ConflictError(
            f"`{found.path}` has changed since you read it, so nothing was written",
            hint="read the interview again, then repeat with its new version",
        )
    return found


def _exact(vault: Vault, wanted: str) -> list[Interview]:
    by_id = [each for each in vault.interviews if each.id == wanted]
    path = wanted.replace("\\", "/").removeprefix("./").removesuffix(".md")
    by_path = [each for each in vault.interviews if each.path.removesuffix(".md") == path]
    ends = [each for each in vault.interviews if f"/{path}".endswith(f"/{each.path.removesuffix('.md')}")]
    by_name = [each for each in vault.interviews if each.path.rpartition("/")[2].removesuffix(".md") == path]
    return by_id or by_path or ends or by_name


def _loose(vault: Vault, wanted: str) -> list[Interview]:
    words = [plain for word in wanted.split() if (plain := plain_word(word))]
    if not words:
        return []
    return [each for each in vault.interviews if _has_all(each, wanted.casefold(), words)]


def _has_all(interview: Interview, wanted: str, words: list[str]) -> bool:
    if wanted in interview.id.casefold():
        return True
    told = (
        interview.company,
        interview.role,
        interview.type_label,
        interview.path,
        f"{interview.starts:%Y-%m-%d}",
    )
    names = (person.name for person in interview.people)
    text = " ".join(plain_word(part) for part in (*told, *names))
    return all(word in text for word in words)


def _told(interview: Interview) -> str:
    return f"{interview.id}  {interview.starts:%Y-%m-%d %H:%M}  {interview.title}, {interview.type_label}"
