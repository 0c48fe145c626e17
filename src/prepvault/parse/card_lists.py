"""Readers of the lists that every interview shares: competencies, standing questions, customs, research."""

from prepvault.model.card import LatePlan, Norms, ResearchPart, Standing
from prepvault.model.competency import Competency
from prepvault.parse.card_fields import read_list, read_mapping
from prepvault.parse.card_shelf import Shelf

THANK_YOUS = ("expected", "fine", "not customary")


def read_competencies(text: str, path: str, shelf: Shelf) -> None:
    """Read the closed list of competencies; its words are compared in lower case."""
    for record in read_list(text, path):
        competency = Competency(
            id=record.name(),
            title=record.text("title", required=True),
            proves=record.text("proves"),
            needs=record.text("needs"),
            trap=record.text("trap"),
            prompts=record.words("prompts"),
            probes=record.words("probes"),
            mining=record.words("mining"),
            words=tuple(word.lower() for word in record.words("words")),
            aliases=record.words("aliases"),
            is_optional=record.flag("optional"),
        )
        if shelf.accept(record):
            shelf.put(shelf.competencies, competency, record.place)


def read_standing(text: str, path: str, shelf: Shelf) -> None:
    """Read the questions that come in every search."""
    for record in read_list(text, path):
        standing = Standing(
            id=record.name(),
            text=record.text("text", required=True),
            hint=record.text("hint"),
            audiences=record.known("audiences", shelf.audiences),
            most_words=record.number("words", 60) or 60,
        )
        if shelf.accept(record):
            shelf.put(shelf.standing, standing, record.place)


def read_norms(text: str, path: str, shelf: Shelf) -> None:
    """Read the profiles of customs."""
    for record in read_list(text, path):
        norms = Norms(
            id=record.name(),
            title=record.text("title", required=True),
            greeting=record.text("greeting", required=True),
            greeting_nobody=record.text("greeting_nobody", required=True),
            thank_you=record.choice("thank_you", THANK_YOUS, default="expected"),
            pitch=record.text("pitch"),
            pay=record.text("pay"),
            verify=record.words("verify"),
        )
        if shelf.accept(record):
            shelf.put(shelf.norms, norms, record.place)


def read_research(text: str, path: str, shelf: Shelf) -> None:
    """Read the parts of a company's research."""
    for record in read_list(text, path):
        part = ResearchPart(
            id=record.name(),
            number=record.number("number", 0),
            title=record.text("title", required=True),
            fields=record.words("fields"),
            where=record.text("where"),
            so_what=record.text("so_what"),
            is_quick=record.flag("quick"),
        )
        if shelf.accept(record):
            shelf.put(shelf.research, part, record.place)


def read_late_plans(text: str, path: str, shelf: Shelf) -> None:
    """Read what fits when little time is left; items are those of the checklists."""
    known = {item.id for item in shelf.items}
    for record in read_list(text, path):
        items = []
        for part in record.parts("items"):
            name, minutes = part.name(), part.number("minutes", 0)
            if known and name not in known:
                part.remark("id", "the id of a checklist item", required=True)
            record.findings.extend(part.finish())
            if part.is_whole:
                items.append((name, minutes))
        plan = LatePlan(
            hours=record.number("hours", 0),
            text=record.text("text", required=True),
            items=tuple(items),
        )
        if not plan.hours:
            record.remark("hours", "a whole number above 0", required=True)
        if shelf.accept(record):
            shelf.late_plans.append(plan)


def read_words(text: str, path: str, shelf: Shelf) -> None:
    """Read a list of words by its name."""
    record, _ = read_mapping(text, path, "")
    name, words = record.name(), record.words("words")
    if not shelf.accept(record):
        return
    if name in shelf.words:
        shelf.repeated(name, record.place)
    else:
        shelf.words[name] = words
