"""Where stories were told: by their own notes, and by the debriefs that link to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from prepvault.model.debrief import Debrief
from prepvault.model.interview import Interview
from prepvault.model.story import Story
from prepvault.model.vault import Vault
from prepvault.rules.links import normal_name

if TYPE_CHECKING:
    from prepvault.model.dossier import Round


def use_counts(vault: Vault) -> Counter[str]:
    """Count each story's uses in this search by its id; a use told of in two places counts once."""
    uses = uses_of(vault.interviews, vault.debriefs, vault.stories)
    return Counter(story for story, _ in set(uses))


def told_in(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Name, for each story by its id, the interviews of the vault it was told in, by their ids, in order."""
    uses = set(uses_of(vault.interviews, vault.debriefs, vault.stories))
    return {
        story.id: tuple(each.id for each in vault.interviews if (story.id, each.id) in uses)
        for story in vault.stories
    }


def heard_by(interview: Interview, earlier: Sequence[Round], stories: Sequence[Story]) -> frozenset[str]:
    """Name the stories that this company, or anybody who sits there now, has heard in an earlier round."""
    if not earlier or not stories:
        return frozenset()
    rounds = tuple(each.interview for each in earlier)
    debriefs = {each.interview.path: each.debrief for each in earlier}
    known = {each.id for each in rounds}
    return frozenset(story for story, where in uses_of(rounds, debriefs, stories) if where in known)


def uses_of(
    interviews: Sequence[Interview], debriefs: Mapping[str, Debrief], stories: Sequence[Story]
) -> Iterator[tuple[str, str]]:
    """Give every use as the story's id and the interview's; an unknown interview keeps the note's words."""
    if not stories:
        return
    known = _names(interviews)
    for story in stories:
        for use in story.uses:
            yield story.id, known.get(_key(use.interview), f"{use.interview} {use.day or ''}".strip())
    called = _names(stories)
    for interview in interviews:
        for asked in debriefs.get(interview.path, Debrief()).asked:
            for link in asked.stories:
                if _key(link) in called:
                    yield called[_key(link)], interview.id


def unknown_uses(vault: Vault) -> Iterator[tuple[Story, str]]:
    """Give the uses that stories name and that are no interview of the vault, as they are written."""
    known = _names(vault.interviews)
    for story in vault.stories:
        for use in story.uses:
            if _key(use.interview) not in known:
                yield story, use.interview


def _names(notes: Sequence[Interview | Story]) -> Mapping[str, str]:
    """Every way to name a note: its id wins over its path, that over its file name, a title comes last.

    A link means a file, so another story's title must never take it.
    """
    titles = {_key(each.title): each.id for each in reversed(notes) if isinstance(each, Story)}
    files = {_key(each.path.rpartition("/")[2]): each.id for each in reversed(notes)}
    paths = {_key(each.path): each.id for each in notes}
    names = {**titles, **files, **paths, **{_key(each.id): each.id for each in notes}}
    names.pop("", None)
    return names


def _key(text: str) -> str:
    """What two spellings of one link share."""
    return normal_name(text.partition("#")[0].strip().strip("/")).removesuffix(".md")
