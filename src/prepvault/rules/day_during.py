"""While an interview runs: who it is, what to ask before the end, what to do when the line drops."""

from collections.abc import Iterator

from prepvault.model.day_card import CardLine
from prepvault.rules.day_ask import first_questions, person_words, research_questions
from prepvault.rules.day_scene import Scene, command_line, make_line
from prepvault.rules.day_wording import clock, cut, joined, quoted, short_name


def during_lines(scene: Scene) -> Iterator[CardLine]:
    """Three lines at most: nobody reads more while talking."""
    yield _across(scene)
    if scene.place == "video":
        yield _dropped(scene)
    yield _afterwards(scene)


def _across(scene: Scene) -> CardLine:
    """Who sits there now, until when, and the one question to leave room for."""
    interview = scene.interview
    session = next((each for each in interview.sessions if each.starts <= scene.now < each.ends), None)
    people = session.people if session and session.people else interview.people
    ends = (session or interview).ends.astimezone(scene.starts.tzinfo)
    who = joined(person_words(person) for person in people) or interview.company or "they"
    asks = first_questions(scene, people[0] if people else None)
    return make_line(
        "now",
        (f"{session.title}: " if session else "")
        + f"{who}, until {clock(ends)}"
        + (f"; before the end ask {quoted(asks[0], 150)}" if asks else ""),
        "the question and the next date are easily lost in the goodbye",
        values=(
            *(text for each in people for text in (each.name, each.title)),
            interview.company,
            session.title if session else "",
            clock(ends),
            *(cut(each, 150) for each in research_questions(scene)),
        ),
        minutes=5,
        done="you know the next step, who decides, and by which day",
    )


def _dropped(scene: Scene) -> CardLine:
    interview = scene.interview
    whom = interview.recruiter or (interview.people[0] if interview.people else None)
    reach = (whom.email if whom else "") or (whom.name if whom else "") or interview.company or "them"
    return make_line(
        "know",
        f"If the line drops: rejoin once, then write to {reach} that you are there",
        f"{short_name(whom) if whom else 'somebody'} can wait for somebody who said so",
        values=(reach, short_name(whom) if whom else ""),
        minutes=1,
        done="you are back, or they know",
    )


def _afterwards(scene: Scene) -> CardLine:
    interview = scene.interview
    names = joined(short_name(person) for person in scene.people[:3]) or interview.company or "they"
    return make_line(
        "then",
        f"Right after, write down what {names} asked, word for word",
        "the wording is gone by the evening",
        values=(*(short_name(each) for each in scene.people), interview.company),
        minutes=15,
        done="each question has strong, ok or gap behind it",
        command=command_line(interview, "debrief"),
    )
