"""Loops: the interviews of one application, in order, and where the application stands."""

from collections.abc import Sequence

from prepvault.model.interview import Interview, Outcome, Status
from prepvault.model.site import Loop
from prepvault.rules.slugs import unique_slugs

_ENDED = {
    Outcome.OFFER: "Offer",
    Outcome.REJECTED: "Rejected",
    Outcome.WITHDRAWN: "Withdrawn",
    Outcome.NO_RESPONSE: "No response",
    Outcome.NO_SHOW: "No show",
}


def loop_key(interview: Interview) -> str:
    """What the rounds of one application share: the job, else company and role, else only itself."""
    if interview.job_id:
        return interview.job_id
    if not (interview.company and interview.role):
        return interview.id
    return " ".join(f"{interview.company} / {interview.role}".casefold().split())


def group_loops(interviews: Sequence[Interview]) -> tuple[Loop, ...]:
    """Group interviews into loops, active ones first, then by the latest interview.

    A loop has a page of its own when it is named by a `job_id` or has several rounds.
    """
    groups: dict[str, list[Interview]] = {}
    for interview in sorted(interviews, key=lambda each: (each.starts, each.id)):
        groups.setdefault(loop_key(interview), []).append(interview)
    paged = {key for key, rounds in groups.items() if rounds[0].job_id or len(rounds) > 1}
    slugs = unique_slugs(paged, keep_ids=True)
    loops = [_loop(key, slugs.get(key, ""), rounds) for key, rounds in groups.items()]
    latest = {key: max(each.starts for each in rounds) for key, rounds in groups.items()}
    by_time = sorted(loops, key=lambda loop: (latest[loop.key], loop.key), reverse=True)
    return tuple(sorted(by_time, key=lambda loop: not loop.is_active))


def _loop(key: str, slug: str, rounds: Sequence[Interview]) -> Loop:
    state, is_active = _state(rounds)
    named = next((each for each in reversed(rounds) if each.company), rounds[-1])
    return Loop(
        key=key,
        slug=slug,
        job_id=named.job_id,
        company=named.company,
        role=named.role,
        ids=tuple(each.id for each in rounds),
        state=state,
        is_active=is_active,
    )


def _state(rounds: Sequence[Interview]) -> tuple[str, bool]:
    """Tell in words where the application stands, and whether it is still open."""
    if any(each.outcome is Outcome.OFFER for each in rounds):
        return "Offer", True
    if any(each.is_open for each in rounds):
        return "In progress", True
    held = [each for each in rounds if each.status is not Status.CANCELLED]
    if not held:
        return "Cancelled", False
    outcome = held[-1].outcome
    if outcome is Outcome.ADVANCED:
        return "Advanced", True
    if outcome is None or outcome is Outcome.PENDING:
        return "Waiting for an answer", True
    return _ENDED[outcome], False
