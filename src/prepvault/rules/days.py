"""Days and hours in words, for sentences that do not age: `Tuesday 10 February, 14:00`."""

from datetime import date, datetime

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_words(day: date, *, weekday: bool = True) -> str:
    """Write `Tuesday 10 February`, or without its weekday; the year is left to the reader."""
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{weekday_words(day)} {words}" if weekday else words


def weekday_words(day: date) -> str:
    """Write the weekday's name."""
    return _WEEKDAYS[day.weekday()]


def hour_words(moment: datetime) -> str:
    """Write `14:00`, on the clock of the moment's own zone."""
    return f"{moment:%H:%M}"


def when_words(moment: datetime) -> str:
    """Write `Tuesday 10 February, 14:00`."""
    return f"{day_words(moment)}, {hour_words(moment)}"
