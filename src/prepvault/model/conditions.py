"""The conditions that a card may ask for, and the reason that each one gives for showing it."""

from collections.abc import Mapping
from types import MappingProxyType

CONDITION_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "remote": "it is remote",
        "in_person": "it is in person",
        "phone": "it is a call",
        "video": "it is on video",
        "place_unknown": "the note does not say where",
        "zones_differ": "it is in another time zone",
        "has_posting": "the posting is linked",
        "no_posting": "no posting is linked",
        "people_unknown": "no interviewer is named",
        "several_people": "several people are named",
        "one_person": "one interviewer is named",
        "all_day": "it takes all day",
        "has_sessions": "the day has several parts",
        "format_unknown": "the note does not say what kind it is",
        "has_research": "there is a research note",
        "no_research": "there is no research note yet",
        "has_stories": "your story bank has stories for it",
        "no_stories": "your story bank is empty",
        "story_gap": "no story of yours answers what they ask for",
        "earlier_round": "you met them before",
        "first_round": "it is the first conversation with them",
        "open_doubt": "an earlier round left a doubt",
        "gap_question": "a question went badly before",
        "has_deadline": "the note has a deadline",
        "thanks_customary": "a thank-you is customary",
    }
)
"""Every name allowed in a card's `when`, in words that follow `because`."""
