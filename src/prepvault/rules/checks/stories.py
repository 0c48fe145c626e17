"""Stories that would be left out of the matrix or counted twice, or that wait to be finished."""

from collections.abc import Iterator
from shlex import quote

from prepvault.model.competency import COMPETENCIES
from prepvault.model.finding import Finding, Severity
from prepvault.model.near import find_near
from prepvault.model.story import SCOPES, Story
from prepvault.model.vault import Vault
from prepvault.rules.checks.places import place_of
from prepvault.rules.links import normal_name
from prepvault.rules.prose import placeholders
from prepvault.rules.uses import unknown_uses

_NEEDED = ("situation", "task", "action", "result")


def check_stories(vault: Vault) -> Iterator[Finding]:
    """Report shared ids and titles, misspelled competencies, unfinished stories and uses nobody can place.

    How well a story is told is for `story check` to say; own competencies are welcome.
    """
    owners: dict[str, str] = {}
    titles: dict[str, Story] = {}
    for story in sorted(vault.stories, key=lambda each: (len(each.path), each.path)):
        owner = owners.setdefault(story.id, story.path)
        if owner != story.path:
            message = f"the id `{story.id}` is also that of {owner}"
            hint = "give this story another `id`"
            place = place_of(vault, story.path, "id")
            yield Finding("story/duplicate", Severity.ERROR, place, message, hint, story.id)
        yield from _title(vault, story, titles)
        yield from _tags(vault, story)
        if not story.retired:
            yield from _unfinished(vault, story)
        yield from _scope(vault, story)
    for story, where in unknown_uses(vault):
        message = f"`used` names `{where}`, which is no interview of this vault"
        hint = "write the interview's id, or a link to its note, so that it is not told there twice"
        yield Finding("story/use", Severity.INFO, place_of(vault, story.path, "used"), message, hint, where)


def _title(vault: Vault, story: Story, titles: dict[str, Story]) -> Iterator[Finding]:
    """Two stories of one title cannot be told apart in a list; a link still means the file."""
    first = titles.setdefault(normal_name(story.title), story)
    if first is not story and story.title:
        message = f"the title `{story.title}` is also that of {first.path}"
        hint = "give this story a title of its own; a link goes by the name of the file"
        place = place_of(vault, story.path, "title")
        yield Finding("story/title", Severity.INFO, place, message, hint, story.title)


def _tags(vault: Vault, story: Story) -> Iterator[Finding]:
    for tag in story.tags:
        near = "" if tag in COMPETENCIES else find_near(tag, COMPETENCIES, closeness=0.8)
        if near:
            name = "primary" if tag == story.primary else "secondary"
            message = f"the competency `{tag}` is none of the sixteen, so it has a row of its own"
            hint = f"did you mean `{near}`?"
            place = place_of(vault, story.path, name)
            yield Finding("story/tag", Severity.INFO, place, message, hint, tag, near)


def _unfinished(vault: Vault, story: Story) -> Iterator[Finding]:
    """Say once what a begun story lacks before it can be told; one not begun is only a plan."""
    said = dict(story.parts)
    missing = [name for name in _NEEDED if not said.get(name, "").strip()]
    waiting = [found for name in said for found in placeholders(said[name])]
    place = place_of(vault, story.path)
    if waiting:
        message = f"`{waiting[0]}` still waits to be filled in"
        yield Finding("story/unfinished", Severity.INFO, place, message, "fill it in", waiting[0])
    elif missing and len(missing) < len(_NEEDED):
        message = f"the story has no {' and no '.join(missing)} yet"
        hint = f"prepvault story check {quote(story.name)}"
        yield Finding("story/unfinished", Severity.INFO, place, message, hint)


def _scope(vault: Vault, story: Story) -> Iterator[Finding]:
    if story.scope and story.scope not in SCOPES:
        expected = ", ".join(SCOPES)
        message = f"`scope` should be one of {expected}; found `{story.scope}`"
        hint = "say how far it reached, so that a senior role is not given a small story"
        place = place_of(vault, story.path, "scope")
        yield Finding("story/scope", Severity.INFO, place, message, hint, story.scope, expected)
