"""What the user wrote about themselves, tied to their stories and to the list of competencies."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from prepvault.model.about import About, Strength, Weakness
from prepvault.model.competency import Competency
from prepvault.model.story import Story
from prepvault.rules.competencies import tag_of, tags_in

_Competencies = Mapping[str, Competency]


def settle_about(about: About, stories: Sequence[Story], competencies: _Competencies) -> About:
    """Give every strength and weakness its competency: as written, else as named, else the story's."""
    return replace(
        about,
        strengths=tuple(_settled(each, stories, competencies) for each in about.strengths),
        weaknesses=tuple(replace(each, tag=_tag_of(each, competencies)) for each in about.weaknesses),
    )


def story_of(strength: Strength, stories: Sequence[Story]) -> Story | None:
    """Find the story that a strength links to, by file name, path, title or id."""
    wanted = strength.story.casefold().removesuffix(".md")
    for story in stories if wanted else ():
        names = (story.name, story.path.removesuffix(".md"), story.title, story.id)
        if wanted in {name.casefold() for name in names}:
            return story
    return None


def _settled(strength: Strength, stories: Sequence[Story], competencies: _Competencies) -> Strength:
    story = story_of(strength, stories)
    tag = _tag_of(strength, competencies)
    if not tag and story and story.primary:
        tag = tag_of(story.primary, competencies)
    return replace(strength, tag=tag, story=story.path if story else strength.story)


def _tag_of(each: Strength | Weakness, competencies: _Competencies) -> str:
    if each.tag:
        return tag_of(each.tag, competencies)
    named = tag_of(each.name, competencies)
    if named in competencies:
        return named
    return next(iter(tags_in(each.name, competencies)), "")
