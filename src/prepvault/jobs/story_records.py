"""Stories, their matches and the bank as records for JSON."""

from collections.abc import Mapping

from prepvault.jobs.stories import StoryBank
from prepvault.model.bank import StoryReview
from prepvault.model.interview import Interview
from prepvault.model.matching import MatchRow, StoryMatch
from prepvault.model.story import Story

Record = Mapping[str, object]


def story_record(story: Story, told: int) -> Record:
    """Everything that a story's front matter says, and how often it was told."""
    return {
        "id": story.id,
        "title": story.title,
        "primary": story.primary,
        "secondary": list(story.secondary),
        "reframes": list(story.reframes),
        "strength": story.strength or None,
        "scope": story.scope,
        "when": story.when,
        "domain": story.domain,
        "role_at_time": story.role_at_time,
        "numbers": [
            {
                "text": fact.text,
                "value": fact.value,
                "baseline": fact.baseline,
                "period": fact.period,
                "provenance": fact.provenance,
                "stated": fact.stated.isoformat() if fact.stated else None,
                "confirmed": fact.is_confirmed,
            }
            for fact in story.facts
        ],
        "used": [
            {
                "interview": use.interview,
                "date": use.day.isoformat() if use.day else None,
                "landed": use.landed,
            }
            for use in story.uses
        ],
        "told": told,
        "retired": story.retired,
        "note": story.path,
    }


def review_record(review: StoryReview, told: int) -> Record:
    """A story with its measures and remarks."""
    return {
        **story_record(review.story, told),
        "state": review.state,
        "words": review.words,
        "seconds": review.seconds,
        "parts": {each.name: {"words": each.words, "percent": each.share} for each in review.parts},
        "remarks": [
            {
                "kind": each.kind,
                "part": each.part,
                "text": each.text,
                "hint": each.hint,
                "serious": each.is_serious,
            }
            for each in review.remarks
        ],
    }


def bank_record(read: StoryBank) -> Record:
    """The bank's health, and what upcoming interviews ask for."""
    following = read.bank.next_need
    return {
        "health": [
            {"id": each.id, "wanted": each.wanted, "found": each.found, "met": each.is_met, "hint": each.hint}
            for each in read.bank.health
        ],
        "needs": [
            {
                "tag": each.tag,
                "title": each.title,
                "weight": each.weight,
                "asked_by": list(each.asked_by),
                "open_in": list(each.open_in),
                "shared_in": list(each.shared_in),
            }
            for each in read.bank.needs
        ],
        "next": following.tag if following else None,
    }


def match_record(interview: Interview, match: StoryMatch) -> Record:
    """What one interview asks for, and the story for each."""
    return {
        "interview": interview.id,
        "least": match.least,
        "most": match.most,
        "rows": [_row(row) for row in match.rows],
    }


def _row(row: MatchRow) -> Record:
    return {
        "tag": row.demand.tag,
        "weight": row.demand.weight,
        "reasons": list(row.demand.reasons),
        "story": row.story.id if row.story else None,
        "fit": row.fit,
        "shared": row.is_shared,
        "backup": row.backup.id if row.backup else None,
        "backup_fit": row.backup_fit,
        "why": list(row.why),
        "nearest": row.nearest.id if row.nearest else None,
        "advice": row.advice,
    }
