"""The health of the story bank: is it broad, strong and proved enough for what is coming."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from shlex import quote

from prepvault.model.bank import Bank, HealthLine, Need
from prepvault.model.card import Library
from prepvault.model.story import SCOPES, Story
from prepvault.rules.competencies import tag_of
from prepvault.rules.coverage import Asked, needs_of
from prepvault.rules.fit import READY, WORN, newest_year, scope_of
from prepvault.rules.seniority import seniority_of
from prepvault.rules.story_lint import review_story

LEAST_STORIES, MOST_STORIES, LEAST_STRONG, LEAST_PROJECTS, LEAST_PROVED, TOP = 8, 12, 5, 3, 2, 5
"""What a bank for a whole search holds: stories, strong ones, projects, ones with confirmed numbers."""

_ALWAYS = ("failure", "conflict")
_POOR_USES = 2


def review_bank(
    stories: Sequence[Story],
    asked: Asked,
    library: Library,
    *,
    told: Mapping[str, int],
    per_minute: int,
    year: int,
) -> Bank:
    """Read every story closely, and the bank against what the interviews to come ask for.

    `told` counts uses by story id; `year` is the present one.
    """
    needs = needs_of(asked, library.competencies)
    active = [each for each in stories if not each.retired]
    level = max((seniority_of(interview.role).scope for interview, _ in asked), default=0)
    return Bank(
        reviews=tuple(
            review_story(each, library, per_minute=per_minute, year=year, bank=stories) for each in stories
        ),
        health=(
            *_breadth(active, library),
            *_strength(active, told),
            *_top(needs),
            *_reach(active, level),
            *_worn_out(active),
        ),
        needs=needs,
    )


def _breadth(active: Sequence[Story], library: Library) -> Iterator[HealthLine]:
    count = len(active)
    hint = "write one more a week" if count < LEAST_STORIES else "retire the weakest"
    yield HealthLine(
        "size",
        f"{LEAST_STORIES} to {MOST_STORIES} active stories",
        str(count),
        LEAST_STORIES <= count <= MOST_STORIES,
        hint,
    )
    shown = {tag_of(tag, library.competencies) for story in active for tag in story.tags}
    missing = [tag for tag in _ALWAYS if tag not in shown]
    found = f"none for {' and '.join(missing)}" if missing else "both"
    hint = f"prepvault story new --for {quote(missing[0])}" if missing else ""
    yield HealthLine("always", "one for failure, one for conflict", found, not missing, hint)
    projects = {_project(each) for each in active} - {""}
    met = len(projects) >= LEAST_PROJECTS
    hint = "write `domain:` or `role_at_time:` into the notes, or tell of other work"
    yield HealthLine("projects", f"{LEAST_PROJECTS} different projects", str(len(projects)), met, hint)


def _project(story: Story) -> str:
    """What tells one piece of work from another, as far as the note says."""
    return (story.domain or story.role_at_time or str(newest_year(story) or "")).casefold()


def _strength(active: Sequence[Story], told: Mapping[str, int]) -> Iterator[HealthLine]:
    strong = sum(story.strength >= READY for story in active)
    hint = "practise one aloud on two days, then write its `strength:`"
    yield HealthLine(
        "strong", f"{LEAST_STRONG} of strength 3 or 4", str(strong), strong >= LEAST_STRONG, hint
    )
    proved = sum(any(fact.is_confirmed for fact in story.facts) for story in active)
    hint = "look one number up and mark it under `numbers:` with (cv) or (stated 2026-01-31)"
    yield HealthLine(
        "proved", f"{LEAST_PROVED} with confirmed numbers", str(proved), proved >= LEAST_PROVED, hint
    )
    worn = [story for story in active if told.get(story.id, 0) > WORN]
    found = f"“{worn[0].title}” {told[worn[0].id]} times" if worn else "none"
    yield HealthLine("worn", f"none told more than {WORN} times", found, not worn, "give it a rest")


def _top(needs: Sequence[Need]) -> Iterator[HealthLine]:
    if needs:
        top = needs[:TOP]
        missing = [need for need in top if need.open_in]
        more = f" and {len(missing) - 2} more" if len(missing) > 2 else ""
        found = f"none for {', '.join(need.title for need in missing[:2])}{more}" if missing else "all"
        hint = f"prepvault story new --for {quote(missing[0].tag)}" if missing else ""
        wanted = f"a story for the {len(top)} most asked for next"
        yield HealthLine("demand", wanted, found, not missing, hint)


def _reach(active: Sequence[Story], level: int) -> Iterator[HealthLine]:
    """A senior role asks for stories that reached beyond one's own desk."""
    known = [scope for story in active if (scope := scope_of(story)) is not None]
    if level and known:
        enough = sum(scope >= level for scope in known)
        wanted = f"half reach {SCOPES[level]} or more, for the role ahead"
        found = f"{enough} of {len(known)}"
        hint = "look for stories in which others changed what they do"
        yield HealthLine("reach", wanted, found, enough * 2 >= len(known), hint)


def _worn_out(active: Sequence[Story]) -> Iterator[HealthLine]:
    """Stories that failed twice are better retired; their notes stay."""
    for story in active:
        landed = Counter(use.landed for use in story.uses)
        if landed["no"] >= _POOR_USES and landed["yes"] < landed["no"]:
            found = f"“{story.title}” did not land {landed['no']} times"
            hint = "write `retired: true`, or find what was missing"
            yield HealthLine("poor", "none that keeps failing", found, is_met=False, hint=hint)
