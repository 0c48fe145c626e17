"""What mails may say: every merge field with its meaning, and its value as far as a note tells it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from prepvault.model.debrief import Debrief
from prepvault.model.interview import Interview, Outcome, Person, Status
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.rules.audiences import audience_of
from prepvault.rules.mail_conditions import conditions_of, meeting_word, place_question
from prepvault.rules.mail_fit import interviewers_of

MEANINGS: Mapping[str, str] = {
    "company": "the company",
    "role": "the position",
    "interview_type": "what kind of interview",
    "interviewer_first": "the interviewer's first name",
    "interviewer_full": "the interviewers' names",
    "recruiter_first": "the recruiter's first name",
    "recruiter_full": "the recruiter's name",
    "referrer_first": "the first name of who introduced you",
    "referrer_full": "the name of who introduced you",
    "date_local": "the day, with its weekday",
    "weekday": "the weekday",
    "day_word": "today, or the weekday",
    "time_local": "the time of day",
    "tz": "the time zone",
    "when_local": "day, time and zone",
    "time_home": "the time where you are, when the zones differ",
    "time_left": "how long it is until then",
    "location_or_link": "the place, number or link",
    "ask_where": "the question for the place or the number, when none is known",
    "meeting": "call or interview",
    "format_kinds": "the kinds it could be",
    "untitled": "who will be there, as far as no title is known",
    "topic": "a moment or a subject of the conversation",
    "promise": "something you promised",
    "adjustment": "an arrangement you ask for",
    "slot": "a time that suits you",
    "offer_point": "a point of the offer you want to talk about, with its reason",
    "extra": "something else that was agreed",
    "next_step_date": "the day they promised an answer",
    "deadline": "the day your answer is due",
    "other_deadline": "the day the other offer has to be answered",
    "new_date": "the day you will answer instead",
    "start_date": "your first day",
    "pay": "the pay as agreed",
    "eta": "the hour when you will be there; offer other times with `--points` if you missed it",
    "lateness": "that you are late, or missed it",
    "missed_call": "what you missed",
    "reason_short": "the reason in a few words, like `a family matter`",
    "news": "what is new since you last wrote",
    "outcome_news": "how it went",
    "status_word": "where the application stands",
    "status_sentence": "the same in a sentence",
    "next_items": "what to do next",
    "owed": "what you promised and have not done",
    "note": "the interview's note",
    "my_name": "your name, from `[profile] name`",
    "my_phone": "your phone number, from `[profile] phone`",
}
"""Fields by name; numbered ones (`topic_1`) by the name before the number."""

_NOT_A_NAME = frozenset({"dr", "prof", "mr", "mrs", "ms", "mx", "sir", "dame", "herr", "frau", "mme", "m"})
_SHORTEST_CLAUSE = 12
_SHORTEST_NAME = 2
_NUMBERED = re.compile(r"_\d+$")
_GRACE = timedelta(minutes=15)
_NOUNS = ("interview", "screen", "round", "debrief")


def meaning_of(name: str) -> str:
    """Say what a field stands for; empty for a field of the user's own."""
    return MEANINGS.get(_NUMBERED.sub("", name), "")


def fields_of(
    interview: Interview,
    settings: Settings,
    *,
    undone: Sequence[str] = (),
    points: Sequence[str] = (),
    debrief: Debrief | None = None,
    now: datetime | None = None,
) -> dict[str, str]:
    """What is known about an interview under the names that the mail templates use.

    Without `now` nothing is told that ages. The user's private remarks never get into a mail; of a debrief
    only promises do.
    """
    word, sentence = status_words(interview)
    place = interview.venue.link or interview.venue.text
    known = {
        "company": interview.company,
        "role": interview.role,
        "interview_type": type_noun(interview),
        "location_or_link": place,
        "ask_where": place_question(interview, settings.text("profile.phone")),
        "meeting": meeting_word(interview),
        "deadline": long_date(interview.deadline),
        "status": word,
        "status_word": word,
        "status_sentence": sentence,
        "outcome_news": _news(interview),
        "next_items": listed(undone),
        "points": ", ".join(points),
        "note": interview.path,
        "my_name": settings.text("profile.name"),
        "my_phone": settings.text("profile.phone"),
    }
    known |= _times(interview, settings, now) | _people(interview) | _promises(interview, debrief)
    known |= _missed(interview, now) | conditions_of(interview, now)
    known |= {f"adjustment_{number}": text for number, text in enumerate(interview.adjustments, 1)}
    return known | {f"topic_{number}": text for number, text in enumerate(points, 1)}


def _times(interview: Interview, settings: Settings, now: datetime | None) -> dict[str, str]:
    starts = interview.starts
    home = starts.astimezone(zone_of(settings.zone))
    clock = "" if interview.all_day else f", {starts:%H:%M}"
    differs = not interview.all_day and home.utcoffset() != starts.utcoffset()
    left = starts - now if now and starts > now else None
    return {
        "date_local": f"{starts:%A}, {starts.day} {starts:%B %Y}",
        "weekday": f"{starts:%A}",
        "time_local": "all day" if interview.all_day else f"{starts:%H:%M}",
        "tz": interview.zone,
        "when_local": f"{starts:%A}, {starts.day} {starts:%B %Y}{clock} ({interview.zone})",
        "time_home": f"{home:%A} {home:%H:%M} ({settings.zone})" if differs else "",
        "time_left": span_words(left) if left else "",
        "day_word": "today" if now and _is_same_day(now, starts) else f"on {starts:%A}",
    }


def _is_same_day(now: datetime, starts: datetime) -> bool:
    return now.astimezone(starts.tzinfo).date() == starts.date()


def _missed(interview: Interview, now: datetime | None) -> dict[str, str]:
    """Whoever writes after the start, and does not say when they will be there, has missed it."""
    if now is None or interview.all_day or now < interview.starts + _GRACE:
        return {}
    return {"missed_call": f"our {type_noun(interview)}"}


def _people(interview: Interview) -> dict[str, str]:
    people = interviewers_of(interview)
    first = people[0] if people else None
    recruiter = recruiter_of(interview)
    return {
        "interviewer_first": first_name(first),
        "interviewer_full": and_list([person.name for person in people]),
        "untitled": and_list([person.name for person in people if not person.title.strip()]),
        "recruiter_first": first_name(recruiter),
        "recruiter_full": recruiter.name if recruiter else "",
        "referrer_first": first_name(interview.referrer),
        "referrer_full": interview.referrer.name if interview.referrer else "",
    }


def _promises(interview: Interview, debrief: Debrief | None) -> dict[str, str]:
    """Promises still open: mine as text, theirs as the day of an answer where the note names none."""
    open_ones = [each for each in (debrief.promises if debrief else ()) if not each.is_kept]
    mine = [each.text.strip().rstrip(".") for each in open_ones if each.by == "me"]
    theirs = [each.due for each in open_ones if each.by == "them" and each.due]
    promised = interview.reply_by or (min(theirs) if theirs else None)
    fields = {f"promise_{number}": text for number, text in enumerate(mine, 1)}
    return fields | {"owed": listed(mine), "next_step_date": long_date(promised)}


def recruiter_of(interview: Interview) -> Person | None:
    """Who arranges it: as the note names them, else an interviewer whose title says so."""
    if interview.recruiter:
        return interview.recruiter
    titled = (each for each in interview.people if each.title.strip())
    return next((each for each in titled if audience_of(each.title) == "recruiter"), None)


def first_name(person: Person | None) -> str:
    """The name for a greeting: the first one, or all of it where that is a title or an initial."""
    if person is None or not person.name.split():
        return ""
    written = person.name.split()[0]
    plain = written.rstrip(".").casefold()
    is_no_name = len(plain) < _SHORTEST_NAME or written.endswith(".") or plain in _NOT_A_NAME
    return person.name if is_no_name else person.first_name


def type_noun(interview: Interview) -> str:
    """The type as a noun for a sentence: `technical interview`, `phone screen`."""
    label = interview.type_label.lower()
    return label if label.endswith(_NOUNS) else f"{label} interview"


def long_date(day: date | None) -> str:
    """Write a day with its weekday: `Tuesday, 17 February`; empty for none."""
    return f"{day:%A}, {day.day} {day:%B}" if day else ""


def span_words(span: timedelta) -> str:
    """Write a length of time in its two largest units: `1 day 5 hours`."""
    minutes = max(int(span.total_seconds() // 60), 1)
    parts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    told = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in parts]
    first = next(at for at, (count, _) in enumerate(parts) if count)
    return " ".join(
        text
        for text, (count, _) in zip(told, parts, strict=True)
        if count and text in told[first : first + 2]
    )


def brief(text: str, most: int = 90) -> str:
    """Keep of a checklist's item what tells it from the others: its first clause, cut at a word."""
    clause = re.split(r"[:;]\s|\s\(", text, maxsplit=1)[0]
    clause = clause if len(clause) > _SHORTEST_CLAUSE else text
    return clause if len(clause) <= most else f"{clause[:most].rpartition(' ')[0].rstrip(' ,')} …"


def listed(lines: Sequence[str]) -> str:
    """Write lines as a list of plain text."""
    return "\n".join(f"- {text}" for text in lines)


def and_list(names: Sequence[str]) -> str:
    """Join names as people do: `Ada, Bo and Cy`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


_OVER = {Outcome.WITHDRAWN, Outcome.NO_SHOW, Outcome.REJECTED}
_SENTENCES: Mapping[str, str] = {
    "OFFER": "They made an offer.",
    "NEXT ROUND": "They want to go on to the next round.",
    "INTERVIEW SCHEDULED": "The interview is booked.",
    "PENDING": "The interview is over and their answer is open.",
    "CLOSED": "This application is closed.",
}
_NEWS: Mapping[Outcome, str] = {
    Outcome.OFFER: "They have made me an offer.",
    Outcome.ADVANCED: "They have invited me to the next round.",
    Outcome.REJECTED: "They chose someone else this time, and I learned a lot from talking to them.",
}


def status_words(interview: Interview) -> tuple[str, str]:
    """The original's status word for an update, and its sentence."""
    word = "PENDING"
    if interview.outcome is Outcome.OFFER:
        word = "OFFER"
    elif interview.outcome is Outcome.ADVANCED:
        word = "NEXT ROUND"
    elif interview.outcome in _OVER or interview.status is Status.CANCELLED:
        word = "CLOSED"
    elif interview.is_open:
        word = "INTERVIEW SCHEDULED"
    return word, _SENTENCES[word]


def _news(interview: Interview) -> str:
    """How it went, for who made the introduction."""
    if interview.outcome and interview.outcome in _NEWS:
        return _NEWS[interview.outcome]
    return (
        "They will let me know how they decide, and I will tell you."
        if interview.status is Status.COMPLETED
        else ""
    )
