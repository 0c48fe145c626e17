"""Decide what an import does with each thing that came in: new, there already, or held back as a twin."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from prepvault.model.incoming import ORIGINAL_ID, Incoming, Step, Verdict
from prepvault.model.near import plain_word
from prepvault.rules.identity import new_id

_NEAR = timedelta(days=14)
_MAY_BE_MOVED = (
    "is about the same company and type at another time; if this is that one, moved, take only one of them "
    "(`prepvault reschedule` moves one that is there)"
)

Twin = tuple[str, ...]
"""What two notes about the same interview or application share."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A step as its file gave it, and when its interview starts, where that can be read."""

    step: Step
    starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the vault holds, each to the path of its note: import keys, ids, and what twins share."""

    keys: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    twins: Mapping[Twin, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose by the numbers of the preview: take these all the same; take no others."""

    include: Collection[int] = ()
    only: Collection[int] = ()


def plan_imports(candidates: Sequence[Candidate], known: Known, choice: Choice) -> tuple[Step, ...]:
    """Give every candidate its verdict, in order; those that become notes of interviews get their ids."""
    desk = _Desk(known, choice, _by_kind(known))
    return tuple(desk.settle(number, candidate) for number, candidate in enumerate(candidates, 1))


def twins_of(incoming: Incoming, starts: datetime | None) -> tuple[Twin, ...]:
    """Name what would make another note a twin of this one."""
    company, role = plain_word(incoming.text("company")), plain_word(incoming.text("role"))
    if incoming.kind == "application":
        url = incoming.text("url").rstrip("/").casefold()
        both = (("application", company, role),) if company and role else ()
        return ((("url", url),) if url else ()) + both
    if starts is None or not company:
        return ()
    return (("interview", company, plain_word(incoming.text("interview_type")), _instant(starts)),)


@dataclass(slots=True)
class _Desk:
    """What was decided so far."""

    known: Known
    choice: Choice
    rounds: Mapping[Twin, Sequence[Twin]]
    ids: set[str] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)
    seen: dict[Twin, str] = field(default_factory=dict)

    def settle(self, number: int, candidate: Candidate) -> Step:
        """Decide about one."""
        step = self._judged(candidate)
        if step.verdict is Verdict.HELD and number in self.choice.include:
            step = replace(step, verdict=Verdict.NEW, why=f"asked for, although {step.why}")
        if (
            step.verdict in {Verdict.NEW, Verdict.CHANGE}
            and self.choice.only
            and number not in self.choice.only
        ):
            return replace(step, verdict=Verdict.HELD, why="not among those asked for")
        if step.verdict is Verdict.NEW:
            for twin in twins_of(step.incoming, candidate.starts):
                self.seen.setdefault(twin, step.incoming.origin)
            if step.incoming.key:
                self.keys[step.incoming.key] = step.incoming.origin
            step = replace(
                step, incoming=self._named(self._told(step.incoming, candidate.starts), candidate.starts)
            )
        return step

    def _judged(self, candidate: Candidate) -> Step:
        step, incoming = candidate.step, candidate.step.incoming
        if step.verdict is not Verdict.NEW:
            return step
        if incoming.key in self.known.keys:
            path = self.known.keys[incoming.key]
            return replace(step, verdict=Verdict.SAME, why=f"it came in before, as `{path}`")
        if incoming.key in self.keys:
            return replace(step, verdict=Verdict.SAME, why=f"{self.keys[incoming.key]} is the same")
        why = self._twin(incoming, candidate.starts)
        return replace(step, verdict=Verdict.HELD, why=why) if why else step

    def _twin(self, incoming: Incoming, starts: datetime | None) -> str:
        """Say which note this seems to be there as already; empty where there is none."""
        identity = incoming.text("id")
        if identity in self.known.ids:
            return f"`{self.known.ids[identity]}` has its id"
        for twin in twins_of(incoming, starts):
            if twin in self.known.twins:
                return f"`{self.known.twins[twin]}` has the same {_shared(twin)}"
            # Every record of the original becomes a note, so that none is lost on the way back.
            if twin in self.seen and not incoming.is_record:
                return f"{self.seen[twin]} has the same {_shared(twin)}"
        return ""

    def _told(self, incoming: Incoming, starts: datetime | None) -> Incoming:
        """Tell of another round near to this one, of the same company and type, that may be it before a move.

        A row of a table has nothing to be known by, so it is held against the vault; an invite that is near
        to a note was asked about, so it is held against what comes in with it.
        """
        if incoming.is_record or starts is None:
            return incoming
        there = self.known.twins if incoming.key else self.seen
        for twin in twins_of(incoming, starts):
            others = self.rounds.get(twin[:-1], ()) if incoming.key else self.seen
            near = (each for each in others if each != twin and _is_near(each, twin))
            remarks = tuple(f"`{there[each]}` {_MAY_BE_MOVED}" for each in near)[:1]
            incoming = replace(incoming, remarks=(*incoming.remarks, *remarks))
        return incoming

    def _named(self, incoming: Incoming, starts: datetime | None) -> Incoming:
        """Give an interview an id that no other has; an id that it came with is kept besides."""
        if incoming.kind != "interview":
            return incoming
        identity = incoming.text("id")
        taken = self.ids | self.known.ids.keys()
        if identity in taken:
            values = dict(incoming.values)
            values["id"] = _numbered(identity, taken)
            values[ORIGINAL_ID] = dict(incoming.values)["id"]
            remark = f"another note has the id `{identity}`, so this one is `{values['id']}`"
            incoming = replace(incoming, values=tuple(values.items()), remarks=(*incoming.remarks, remark))
        elif not identity and starts is not None and not incoming.is_record:
            made = new_id(incoming.text("company"), incoming.text("job_id"), starts, taken)
            incoming = replace(incoming, values=(("id", made), *incoming.values))
        self.ids.add(incoming.text("id"))
        self.ids.discard("")
        return incoming


def _is_near(one: Twin, other: Twin) -> bool:
    is_alike = one[:-1] == other[:-1] and one[0] == "interview"
    return is_alike and abs(datetime.fromisoformat(one[-1]) - datetime.fromisoformat(other[-1])) <= _NEAR


def _instant(starts: datetime) -> str:
    return starts.astimezone(UTC).isoformat()


def _by_kind(known: Known) -> Mapping[Twin, Sequence[Twin]]:
    """The interviews of the vault by what they share with their other rounds: all but the start."""
    found: dict[Twin, list[Twin]] = {}
    for twin in known.twins:
        if twin[0] == "interview":
            found.setdefault(twin[:-1], []).append(twin)
    return found


def _shared(twin: Twin) -> str:
    words = {"url": "address", "application": "company and role"}
    return words.get(twin[0], "company, type and start")


def _numbered(identity: str, taken: Collection[str]) -> str:
    number = 2
    while f"{identity}_{number}" in taken:
        number += 1
    return f"{identity}_{number}"
