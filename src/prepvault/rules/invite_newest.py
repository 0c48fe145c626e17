"""Of the versions of one invite, in one file or many, the newest counts."""

from collections.abc import Sequence
from datetime import datetime

from prepvault.model.incoming import Incoming, Step, Verdict
from prepvault.model.invite import InviteVersion


def keep_newest(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Of several versions of one invite, in one file or many, take the newest; the others change nothing."""
    newest: dict[str, tuple[tuple[int, datetime], int]] = {}
    for place, step in enumerate(steps):
        identity, version = _identity(step.incoming)
        if version and identity and (identity not in newest or version.order >= newest[identity][0]):
            newest[identity] = (version.order, place)
    kept = []
    for place, step in enumerate(steps):
        identity, _ = _identity(step.incoming)
        last = newest.get(identity, (None, place))[1]
        if last != place and step.verdict is not Verdict.SAME and step.target == steps[last].target:
            why = f"an older version; the newest is {steps[last].incoming.origin}"
            step = Step(incoming=step.incoming, verdict=Verdict.SAME, why=why)
        kept.append(step)
    return tuple(kept)


def _identity(incoming: Incoming) -> tuple[str, InviteVersion | None]:
    values = dict(incoming.values)
    version = values.get("invite_version")
    return str(values.get("invite_uid") or ""), InviteVersion.of(version) if isinstance(
        version, str
    ) else None
