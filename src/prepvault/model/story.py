"""A story: one STAR note in the story bank."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a STAR note says; `strength` is 1 to 4 or 0 when not scored; `numbers` are texts as written.

    `primary` and `secondary` are competency tags; `parts` maps Situation, Task, Action, Result and
    Reflection, lower case, to their text; `used` holds the interview ids or texts of its uses.
    """

    id: str
    path: str
    title: str
    primary: str = ""
    secondary: tuple[str, ...] = ()
    strength: int = 0
    scope: str = ""
    when: str = ""
    numbers: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    retired: bool = False
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """Every competency the story can show, the primary one first."""
        return tuple(dict.fromkeys(tag for tag in (self.primary, *self.secondary) if tag))
