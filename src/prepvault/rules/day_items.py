"""The checklist's own lines as offers for a day card, and what time left makes of them."""

from collections.abc import Iterator

from prepvault.model.card import Item
from prepvault.model.phrases import lower_first
from prepvault.rules.day_offer import MUST, SHOULD, Offer
from prepvault.rules.day_scene import Scene, make_line, own_values
from prepvault.rules.day_wording import cut


def item_offers(scene: Scene, *, beyond_plan: bool = False) -> Iterator[Offer]:
    """The checklist's own lines that nothing above speaks of and that name something of the user's.

    With `beyond_plan` those count too that the plan for little time has no room for.
    """
    own = own_values(scene)
    for item in scene.coaching.items:
        if (
            item.id in _COMPOSED
            or scene.is_done(item.id)
            or not _is_due(item, scene, beyond_plan=beyond_plan)
        ):
            continue
        line = make_line(
            "now",
            item.text,
            lower_first(cut(item.why, 120)),
            values=own,
            minutes=scene.minutes_for(item.minutes, item.id),
            done=item.done_when,
            item=item,
        )
        weight = scene.weight(*item.tags) if item.tags else 1.0
        share = 1.0 if line.values else _NOBODYS
        yield Offer(f"item {item.id}", _PRIORITIES.get(item.priority, 1.0), weight * share, line, (item.id,))


_COMPOSED = frozenset(
    {
        "story-gap", "stories", "worry", "questions", "one-q-each", "research", "jd-decode", "pitch", "mock",
        "tech-test", "route", "quiet-line", "tz", "cheat", "sleep", "stop", "settle", "capture", "thanks",
        "nudge", "ask-format", "subformat", "people-ask", "place-ask", "start-hour", "earlier-round",
    }
)  # fmt: skip
"""Items that a line composed here speaks of; the checklist's own words for them would say it twice."""

_PRIORITIES = {"must": MUST, "should": SHOULD}
_NOBODYS = 0.25
"""What a line is worth that would be the same for anybody."""

_EARLY = {"T-7d": 9999.0, "T-72h": 96.0, "T-48h": 72.0, "T-24h": 48.0}
"""Hours before the start from which a phase may be worked on."""


def _is_due(item: Item, scene: Scene, *, beyond_plan: bool) -> bool:
    """Tell whether its phase has come; where time is short, whether the plan for it has room for the item."""
    if scene.plan and not beyond_plan:
        return scene.fits(item.id)
    return scene.hours_left <= _EARLY.get(item.phase, 0) and item.minutes <= _LONGEST


_LONGEST = 60
