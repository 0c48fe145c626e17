"""Find the one story, and the one competency, that a person means."""

from collections.abc import Collection, Mapping

from prepvault.errors import UsageError
from prepvault.model.competency import Competency
from prepvault.model.near import find_near, plain_word
from prepvault.model.story import Story
from prepvault.model.vault import Vault
from prepvault.rules.competencies import tag_of

_MOST_LISTED = 8
_LONGEST = 40
_NEAR = 0.7


def pick_story(vault: Vault, text: str) -> Story:
    """Find a story by id, path, name or words of its title; several matches are a UsageError."""
    wanted = text.strip().removeprefix("./").removesuffix(".md")
    stories = vault.stories
    exact = [each for each in stories if wanted in {each.id, each.name, each.path.removesuffix(".md")}]
    exact = exact or [each for each in stories if wanted == each.title]
    words = [plain for word in wanted.split() if (plain := plain_word(word))]
    loose = [each for each in vault.stories if words and all(word in _plain(each) for word in words)]
    matches = exact or loose
    if len(matches) == 1:
        return matches[0]
    if matches:
        listed = "\n".join(f"  {each.id}  {each.title}" for each in matches[:_MOST_LISTED])
        raise UsageError(f"`{text}` matches {len(matches)} stories", hint=f"name one by its id:\n{listed}")
    if not vault.stories:
        raise UsageError("there are no stories yet", hint="prepvault story new")
    raise UsageError(f"no story matches `{text}`", hint="run `prepvault story list` to see all")


def pick_competency(competencies: Mapping[str, Competency], text: str, own: Collection[str] = ()) -> str:
    """Find the tag that a word means; one of the user's `own`, that a story has, is one too.

    Any other word is a UsageError with the nearest tag and the list: a slip must not become a competency.
    """
    tag = tag_of(text, competencies)
    listed = ", ".join(competencies)
    if not tag:
        raise UsageError("a story needs a competency", hint=f"one of {listed}")
    if tag in competencies or tag in own:
        return tag
    near = find_near(tag, (*competencies, *own), closeness=_NEAR)
    guess = f"did you mean `{near}`? There are" if near else "one of"
    said = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    raise UsageError(f"no competency is called `{said}`", hint=f"{guess} {listed}")


def _plain(story: Story) -> str:
    return " ".join(plain_word(part) for part in (story.id, story.title, story.path, *story.tags))
