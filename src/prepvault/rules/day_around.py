"""The way there, the link or the phone: what is made ready when the day is near."""

from datetime import datetime, timedelta

from prepvault.model.day_card import CardLine
from prepvault.model.zones import zone_of
from prepvault.rules.day_scene import (
    LAST_INPUT,
    Scene,
    clock_before,
    make_line,
    moment_before,
    own_values,
    start_words,
)
from prepvault.rules.day_wording import clock, joined, short_name

_MORNING = 9
ARRIVE = timedelta(minutes=15)
"""How long before the start one is there, on site."""


def setting_line(scene: Scene) -> CardLine | None:
    """The link, the way or the phone, when the day is near: `tonight`, or a time of today."""
    interview = scene.interview
    days = (scene.starts.astimezone(zone_of(scene.settings.zone)).date() - scene.here.date()).days
    if interview.all_day and not interview.sessions:
        return None
    if days > 1 or scene.is_done("tech-test", "route", "quiet-line") or not scene.place:
        return None
    today = "today" if scene.place == "in_person" else f"by {clock(_stop(scene))}"
    slot = "tonight" if days == 1 else today
    text, done, ids = _SETTINGS[scene.place](scene)
    last = _last_input(scene)
    return make_line(
        slot,
        f"{text}; it starts at {start_words(scene)}{last}",
        _why_setting(scene),
        values=(*own_values(scene), start_words(scene)),
        minutes=10 if scene.minutes_left > 180 else 5,
        done=done,
        item=scene.item(*ids),
    )


def place_words(scene: Scene) -> str:
    """Where it is, as the note says; without that, whose place it is."""
    return scene.interview.venue.text or scene.interview.company or "the place"


def _last_input(scene: Scene) -> str:
    """When new material stops: an hour of the day, or the evening before where that hour is early."""
    at = _stop(scene).astimezone(zone_of(scene.settings.zone))
    if at.date() == scene.here.date():
        return ""
    if at.hour < _MORNING:
        return "; nothing new after this evening"
    return f"; nothing new after {clock_before(scene, LAST_INPUT)}"


def _stop(scene: Scene) -> datetime:
    """When new material stops."""
    return moment_before(scene, LAST_INPUT)


def _video(scene: Scene) -> tuple[str, str, tuple[str, ...]]:
    platform = f" {scene.interview.venue.platform}" if scene.interview.venue.platform else ""
    return (
        f"Open the{platform} link on the machine you will use",
        "picture and sound were checked there, and a number to call is noted",
        ("tech-test",),
    )


def _phone(scene: Scene) -> tuple[str, str, tuple[str, ...]]:
    number = scene.interview.venue.text
    saved = f"Save {number} as {scene.interview.company}" if number else "Note the number that will call you"
    return (
        f"{saved}, and find the quiet room",
        "the phone is charged and has signal in that room",
        ("quiet-line", "tech-test"),
    )


def _in_person(scene: Scene) -> tuple[str, str, tuple[str, ...]]:
    return (
        f"Plan the way to {place_words(scene)} so that you are there by {clock_before(scene, ARRIVE)}",
        "the departure time stands in the note, with a fifth more than the way takes",
        ("route",),
    )


_SETTINGS = {"video": _video, "phone": _phone, "in_person": _in_person}


def _why_setting(scene: Scene) -> str:
    names = joined(short_name(person) for person in scene.people[:3]) or scene.interview.company or "they"
    if scene.is_alone:
        return f"{scene.interview.company or 'nobody'} has no one there to help when sound or picture fail"
    if scene.place == "in_person":
        return f"{names} will be waiting, and an hour to leave at is easier to keep than one to be there at"
    return f"{names} will be waiting, and at the hour itself there is no time to mend sound or signal"
