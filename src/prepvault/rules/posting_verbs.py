"""The verbs of a posting: whether it gives the work to the reader or lets the reader take part."""

import re
from collections.abc import Iterable

_OWNING = (
    "own lead drive build design define develop deliver run manage create establish architect ship set",
    "decide shape spearhead oversee head plan implement write improve launch champion direct lay",
    "introduce transform scale maintain operate solve identify analyse analyze teach conduct administer",
    "assess treat diagnose negotiate close sell coach mentor train hire grow produce test document",
    "supervise challenge debug mediate isolate investigate advise forecast prioritise prioritize",
    "prepare organise organize monitor review",
)
_SUPPORTING = (
    "support assist help contribute participate collaborate partner liaise join shadow learn attend aid",
    "cooperate coordinate follow observe accompany",
)
_FILLERS = (
    "you you'll you’ll will would to be able and also actively proactively independently closely",
    "responsible for accountable the day-to-day we expect your job is",
)
_TAKES_PART = re.compile(
    r"(?:involved in|work(?:ing|s)? (?:\w+ )?(?:with|alongside|under)|(?:be )?part of|tak(?:e|es|ing) part)\b"
)
_OWNS = re.compile(
    r"\b(?:responsib\w+ for|accountable for|ownership of|take charge|in charge of|end[- ]to[- ]end)\b"
)
_REACH = 6


def _forms(verbs: Iterable[str]) -> frozenset[str]:
    """Every verb with its forms: `run`, `runs`, `running`."""
    found = set()
    for verb in " ".join(verbs).split():
        stem = verb[:-1] if verb.endswith("e") else verb
        third = f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s"
        found |= {verb, third, f"{verb}es", f"{stem}ing", f"{verb}{verb[-1]}ing"}
    return frozenset(found)


OWNING = _forms(_OWNING)
SUPPORTING = _forms(_SUPPORTING)
_PASSED = frozenset(" ".join(_FILLERS).split())


def gives_work(line: str) -> bool | None:
    """True where the line's first verb gives the work to the reader, False where it takes part, else None."""
    words = [word.strip(",.;:()") for word in line.casefold().split()]
    start = next((at for at, word in enumerate(words[:_REACH]) if word not in _PASSED), 0)
    if words[start : start + 1] and words[start] in SUPPORTING:
        return False
    if _TAKES_PART.match(" ".join(words[start:])):
        return False
    is_owned = _OWNS.search(" ".join(words[: 2 * _REACH])) is not None
    return True if is_owned or (words[start : start + 1] and words[start] in OWNING) else None
