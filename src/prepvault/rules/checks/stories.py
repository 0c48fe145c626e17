"""Stories that would be left out of the matrix or counted twice."""

from collections.abc import Iterator

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.near import find_near
from prepvault.model.vault import Vault
from prepvault.rules.coverage import COMPETENCIES


def check_stories(vault: Vault) -> Iterator[Finding]:
    """Report misspelled competencies and ids that two stories share; own competencies are welcome."""
    owners: dict[str, str] = {}
    for story in sorted(vault.stories, key=lambda each: (len(each.path), each.path)):
        owner = owners.setdefault(story.id, story.path)
        if owner != story.path:
            message = f"the id `{story.id}` is also that of {owner}"
            hint = "give this story another `id`"
            yield Finding("story/duplicate", Severity.ERROR, Place(story.path, 1), message, hint, story.id)
        for tag in story.tags:
            near = "" if tag in COMPETENCIES else find_near(tag, COMPETENCIES, closeness=0.8)
            if near:
                message = f"the competency `{tag}` is none of the sixteen, so it has a row of its own"
                hint = f"did you mean `{near}`?"
                yield Finding("story/tag", Severity.WARNING, Place(story.path, 1), message, hint, tag, near)
