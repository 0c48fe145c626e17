"""The story bank: write a story, read the bank closely, match stories to an interview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.jobs.note_name import file_name, free_path
from prepvault.jobs.one_note import refusal
from prepvault.jobs.pick_story import pick_competency
from prepvault.jobs.write import apply_changes
from prepvault.model.bank import Bank
from prepvault.model.card import Library
from prepvault.model.change import Change
from prepvault.model.competency import Competency
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Interview
from prepvault.model.matching import StoryMatch
from prepvault.model.story import Story
from prepvault.model.vault import Vault
from prepvault.parse.emit import Emittable, emit_head
from prepvault.render.story_note import PROMPTS, story_body
from prepvault.rules.bank import review_bank
from prepvault.rules.competencies import tag_of
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.slugs import slug_of
from prepvault.rules.story_lint import review_story
from prepvault.rules.uses import use_counts

_LONGEST_ID = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStory:
    """A story as it was asked for; `parts` are texts by the names of the parts, `numbers` as written."""

    title: str
    primary: str
    secondary: Sequence[str] = ()
    scope: str = ""
    when: str = ""
    domain: str = ""
    numbers: Sequence[str] = ()
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoryBank:
    """The bank read closely, with the uses of each story by its id and the interviews to come."""

    bank: Bank
    told: Mapping[str, int]
    asked: tuple[tuple[Interview, Dossier], ...]
    competencies: Mapping[str, Competency]

    def tags_of(self, story: Story) -> tuple[str, ...]:
        """The competencies that a story shows, other names of one turned into its tag."""
        return tuple(tag_of(tag, self.competencies) for tag in story.tags)

    def competency_of(self, story: Story) -> Competency | None:
        """The competency that a story shows best, if it is one of the list."""
        return self.competencies.get(tag_of(story.primary, self.competencies))


@dataclass(frozen=True, slots=True)
class Matched:
    """The match of one interview, the competencies for their names, and the state of each story by its id."""

    match: StoryMatch
    competencies: Mapping[str, Competency]
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """A new story's note: its id and path."""

    id: str
    path: str


def read_bank(context: Context, vault: Vault) -> StoryBank:
    """Read every story closely, and the bank against what the interviews to come ask for."""
    library = load_library(context)[0]
    dossiers = Dossiers(vault, library)
    coming = (each for each in vault.interviews if each.is_open and each.ends > context.now)
    asked = tuple((each, dossiers.of(each)) for each in coming)
    told = use_counts(vault)
    bank = review_bank(
        vault.stories,
        asked,
        library,
        told=told,
        per_minute=context.settings.number("profile.words_per_minute"),
        year=context.now.year,
    )
    return StoryBank(bank, told, asked, library.competencies)


def match_interview(context: Context, vault: Vault, interview: Interview) -> Matched:
    """Match stories to what one interview asks for, and say where each of them stands."""
    library = load_library(context)[0]
    match = Dossiers(vault, library).of(interview).match
    pace = context.settings.number("profile.words_per_minute")
    states = {
        each.id: review_story(each, library, per_minute=pace, year=context.now.year, bank=vault.stories).state
        for each in match.stories
    }
    return Matched(match, library.competencies, states)


def competencies_of(context: Context) -> Mapping[str, Competency]:
    """The competencies that a story can be for, in order."""
    return load_library(context)[0].competencies


def part_prompts() -> Mapping[str, str]:
    """What each part of a story needs, in one or two sentences."""
    return PROMPTS


def new_story(context: Context, vault: Vault, wanted: NewStory) -> Written:
    """Write a new story's note, with prompts where a part is missing; never over a note that is there."""
    library = load_library(context)[0]
    title = " ".join(wanted.title.split())
    if not any(each.isalnum() for each in title):
        raise UsageError("a story needs a title", hint='prepvault story new "The import that had to stop"')
    tags = _tags(library, vault, wanted)
    identity = _new_id(title, {each.id for each in vault.stories})
    path = free_path(context.settings.text("vault.stories").strip("/"), file_name(title), vault.names)
    head = emit_head(_pairs(wanted, identity, title, tags))
    body = story_body(wanted.parts, library.competencies.get(tags[0]))
    data = (head + body).encode("utf-8")
    report = apply_changes(context, [Change(path, None, data, "story")])
    if report.refused:
        raise refusal(report.refused)
    return Written(identity, path)


def own_tags(vault: Vault, competencies: Mapping[str, Competency]) -> tuple[str, ...]:
    """The tags of the vault's stories that are none of the list: competencies of the user's own."""
    tags = (tag_of(tag, competencies) for story in vault.stories for tag in story.tags)
    return tuple(dict.fromkeys(tag for tag in tags if tag not in competencies))


def _tags(library: Library, vault: Vault, wanted: NewStory) -> tuple[str, ...]:
    known, own = library.competencies, own_tags(vault, library.competencies)
    named = (wanted.primary, *wanted.secondary)
    return tuple(dict.fromkeys(pick_competency(known, each, own) for each in named))


def _new_id(title: str, taken: set[str]) -> str:
    base = f"story_{slug_of(title).replace('-', '_')[:_LONGEST_ID].strip('_')}"
    number, identity = 1, base
    while identity in taken:
        number += 1
        identity = f"{base}_{number}"
    return identity


def _pairs(
    wanted: NewStory, identity: str, title: str, tags: tuple[str, ...]
) -> tuple[tuple[str, Emittable], ...]:
    """The front matter; what is not said yet stands there empty, so that one sees what may be said."""
    return (
        ("type", "story"),
        ("id", identity),
        ("title", title),
        ("primary", tags[0]),
        ("secondary", tags[1:]),
        ("scope", " ".join(wanted.scope.split()) or None),
        ("when", " ".join(wanted.when.split()) or None),
        ("domain", " ".join(wanted.domain.split()) or None),
        ("strength", None),
        ("numbers", tuple(" ".join(each.split()) for each in wanted.numbers if each.strip())),
        ("used", ()),
        ("retired", False),
    )
