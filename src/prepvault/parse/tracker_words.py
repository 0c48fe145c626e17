"""Read the table of what other trackers' headings and words mean."""

from typing import Any

from prepvault.model.near import plain_word
from prepvault.model.tracker import Tracker, TrackerWords
from prepvault.parse.yaml_core import load_yaml

_CELLS = ("application", "interview", "outcome", "type")


def parse_tracker_words(text: str) -> TrackerWords:
    """Read the file that comes with the program."""
    told: Any = load_yaml(text)
    return TrackerWords(
        headings=_reversed(told["headings"]),
        trackers=tuple(_tracker(each) for each in told["trackers"]),
        words={kind: _reversed(told[kind]) for kind in _CELLS},
    )


def _reversed(lists: dict[str, list[str]]) -> dict[str, str]:
    """Turn what lists its words around: each word to what it means; a meaning is a word for itself."""
    pairs = [(plain_word(meaning), meaning) for meaning in lists]
    return dict(pairs + [(plain_word(word), meaning) for meaning, words in lists.items() for word in words])


def _tracker(told: dict[str, Any]) -> Tracker:
    return Tracker(
        name=told["name"],
        headings=frozenset(map(plain_word, told["headings"])),
        means={plain_word(heading) or heading: meaning for heading, meaning in told.get("means", {}).items()},
        dates=told.get("dates", ""),
        remark=told.get("remark", ""),
    )
