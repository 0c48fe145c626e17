"""A debrief as pages show it: what was asked, promised, doubted and learned, in plain words."""

from collections.abc import Mapping

from prepvault.model.debrief import MARKS, Asked, Debrief, Promise
from prepvault.model.site import SiteModel
from prepvault.render.section_text import plain_words
from prepvault.render.times import day_text


def told_of(said: Debrief, site: SiteModel) -> Mapping[str, object]:
    """Lay out one debrief; a story is linked where the site shows it."""
    return {
        "asked": tuple(_asked(each, site) for each in said.asked),
        "marks": ", ".join(
            f"{number} {mark}" for mark in MARKS if (number := sum(each.mark == mark for each in said.asked))
        ),
        "promises": tuple(_promise(each) for each in said.promises),
        "scores": tuple(said.scores.items()),
        "lines": tuple(
            (label, tuple(plain_words(line) for line in lines))
            for label, lines in (
                ("Doubts they seemed to have", said.doubts),
                ("Learned", said.learned),
                ("Pay, as said", said.pay),
                ("One change for next time", (said.change,) if said.change else ()),
            )
            if lines
        ),
    }


def _asked(asked: Asked, site: SiteModel) -> Mapping[str, object]:
    shown = {_stem(each.story.path): each for each in site.stories}
    found = [(target, shown.get(_stem(target))) for target in asked.stories]
    return {
        "text": plain_words(asked.text),
        "mark": asked.mark,
        "stories": tuple(
            {
                "title": each.story.title if each else target,
                "link": f"stories.html#{each.slug}" if each else "",
            }
            for target, each in found
        ),
    }


def _stem(target: str) -> str:
    return target.partition("#")[0].rpartition("/")[2].removesuffix(".md").casefold().strip()


def _promise(promise: Promise) -> Mapping[str, str]:
    return {
        "who": "You" if promise.by == "me" else "They",
        "text": plain_words(promise.text),
        "due": day_text(promise.due) if promise.due else "",
        "kept": "kept" if promise.is_kept else "",
    }
