"""The story bank: each story's measures and remarks, the health of the whole, what is asked of it."""

from dataclasses import dataclass

from prepvault.model.story import Story


@dataclass(frozen=True, slots=True)
class PartMeasure:
    """One part of a story: its words, its share of all words and the share it should have, in percent."""

    name: str
    words: int
    share: int
    target: int


@dataclass(frozen=True, slots=True)
class StoryRemark:
    """One thing to mend: `kind` is its short name, `text` what was found, `hint` what to do.

    A serious one costs the story its effect; the others polish it.
    """

    kind: str
    text: str
    hint: str
    part: str = ""
    is_serious: bool = True


@dataclass(frozen=True, slots=True)
class StoryReview:
    """One story, measured: `seconds` at the user's own pace; remarks in the order in which to mend them.

    `is_foreign` says that the text seems not to be English, so that only what needs no language was checked.
    """

    story: Story
    words: int = 0
    seconds: int = 0
    parts: tuple[PartMeasure, ...] = ()
    remarks: tuple[StoryRemark, ...] = ()
    is_foreign: bool = False

    @property
    def serious(self) -> tuple[StoryRemark, ...]:
        """The remarks that cost the story its effect."""
        return tuple(each for each in self.remarks if each.is_serious)

    @property
    def state(self) -> str:
        """Where the story stands: `retired`, `draft`, `to mend`, `sound`, or `ready` when also practised."""
        if self.story.retired:
            return "retired"
        if any(each.kind in {"empty", "missing", "outline"} for each in self.remarks):
            return "draft"
        if self.serious:
            return "to mend"
        return "ready" if self.story.strength >= 3 else "sound"


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One measure of the bank: what is wanted, what was found, and what to do where it is not met."""

    id: str
    wanted: str
    found: str
    is_met: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A competency that upcoming interviews ask for, and how much all of them together.

    `asked_by` are the ids of the interviews, `open_in` those where no story answers it well, `shared_in`
    those where the story that answers it is needed for something else.
    """

    tag: str
    title: str
    weight: int
    asked_by: tuple[str, ...] = ()
    open_in: tuple[str, ...] = ()
    shared_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bank:
    """The story bank as a whole: its stories read closely, its health, what is asked and what is missing."""

    reviews: tuple[StoryReview, ...] = ()
    health: tuple[HealthLine, ...] = ()
    needs: tuple[Need, ...] = ()

    @property
    def next_need(self) -> Need | None:
        """The competency for which one new story would help most; None when all are answered."""
        wanting = [each for each in self.needs if each.open_in or each.shared_in]
        return max(
            wanting, key=lambda each: (len(each.open_in), len(each.shared_in), each.weight), default=None
        )


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One story in one row of the matrix: `mark` is `primary`, `secondary`, `reframe` or empty.

    `told_in` are the ids of the upcoming interviews for which it is the story to tell there.
    """

    mark: str = ""
    told_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One competency of the matrix, in its cells the stories of the bank, in order."""

    need: Need
    cells: tuple[CoverageCell, ...] = ()

    @property
    def is_gap(self) -> bool:
        """True when no story of the bank shows it."""
        return not any(cell.mark for cell in self.cells)
