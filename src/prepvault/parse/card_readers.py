"""Readers of the cards that interviews are made of: items, types, families, audiences, titles and texts."""

import re
from collections.abc import Sequence

from prepvault.model.card import (
    PHASES,
    Audience,
    Family,
    Format,
    Guide,
    Item,
    Question,
    Stage,
    Text,
    TitleRule,
)
from prepvault.model.conditions import CONDITION_REASONS
from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.interview import InterviewType
from prepvault.parse.card_fields import Record, read_list, read_mapping
from prepvault.parse.card_shelf import Shelf
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.yaml_faults import YamlFault

PRIORITIES = ("must", "should", "could")
RECIPIENTS = ("self", "interviewer", "recruiter", "referrer")
PURPOSES = ("learn", "test risk", "show judgement", "connect")
_BLOCK_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_TIPS_AT_MOST = 5


def read_items(text: str, path: str, shelf: Shelf) -> None:
    """Read a checklist file."""
    known = {item.id for item in shelf.items}
    formats = {each.id for guide in shelf.guides.values() for each in guide.formats}
    for record in read_list(text, path):
        item = Item(
            id=record.name(_BLOCK_ID),
            text=record.text("text", required=True),
            phase=record.choice("phase", PHASES),
            minutes=record.number("minutes", 0),
            priority=record.choice("priority", PRIORITIES, default="should"),
            types=record.words("types", InterviewType),
            not_types=record.words("not_types", InterviewType),
            conditions=record.words("when", CONDITION_REASONS),
            done_when=record.text("done_when"),
            why=record.text("why"),
            seed=record.text("seed"),
            told=record.told("told"),
            formats=record.words("formats", formats),
            tags=record.known("tags", shelf.competencies),
            quick=record.number("quick", 0),
            covers=record.words("covers"),
        )
        if not shelf.accept(record):
            continue
        if item.id in known:
            shelf.repeated(item.id, record.place)
        else:
            known.add(item.id)
            shelf.items.append(item)


def read_guide(text: str, path: str, shelf: Shelf) -> None:
    """Read a type's file: a head of facts, a body of tips."""
    record, body = _head_of(text, path)
    tips = tuple(line.strip()[2:].strip() for line in body.splitlines() if line.strip().startswith("- "))
    guide = Guide(
        type=record.choice("type", InterviewType),
        title=record.text("title", required=True),
        purpose=record.text("purpose"),
        minutes=record.number("minutes", 60) or 60,
        usual=record.text("usual"),
        stages=_stages(record),
        assessed=record.words("assessed"),
        tips=tips[:_TIPS_AT_MOST],
        during=record.words("during"),
        mistakes=record.words("mistakes"),
        answer_seconds=record.text("answer_seconds"),
        stories=record.text("stories"),
        demand=record.known("demand", shelf.competencies),
        least_stories=record.number("least_stories", 0),
        most_stories=record.number("most_stories", 0),
        formats=_formats(record),
    )
    if len(tips) > _TIPS_AT_MOST:
        message = f"a type has at most {_TIPS_AT_MOST} tips, found {len(tips)}, so the last are left out"
        shelf.findings.append(Finding("card/field", Severity.WARNING, Place(path, 1), message))
    if not shelf.accept(record):
        return
    if guide.type in shelf.guides:
        shelf.repeated(guide.type, record.place)
    else:
        shelf.guides[guide.type] = guide


def _stages(record: Record) -> tuple[Stage, ...]:
    """Read the parts of an interview with their minutes."""
    stages = []
    for part in record.parts("stages"):
        stages.append(Stage(part.text("name", required=True), part.text("minutes")))
        record.findings.extend(part.finish())
    return tuple(stage for stage in stages if stage.name)


def _formats(record: Record) -> tuple[Format, ...]:
    """Read the kinds within a type; one without id or title is left out."""
    formats: dict[str, Format] = {}
    for part in record.parts("formats"):
        kind = Format(
            id=part.name(),
            title=part.text("title", required=True),
            purpose=part.text("purpose"),
            stages=_stages(part),
            tips=part.words("tips"),
            assessed=part.words("assessed"),
            aliases=part.words("aliases"),
            families=part.words("families"),
        )
        if kind.id in formats:
            part.remark("id", "an id that no other format has", required=True)
        record.findings.extend(part.finish())
        if part.is_whole:
            formats[kind.id] = kind
    return tuple(formats.values())


def read_family(text: str, path: str, shelf: Shelf) -> None:
    """Read a role family's file."""
    record, questions = read_mapping(text, path, "questions")
    family = Family(
        id=record.name(),
        title=record.text("title", required=True),
        areas=record.words("areas"),
        questions=_questions(questions, shelf),
        demand=record.known("demand", shelf.competencies),
    )
    if shelf.accept(record):
        shelf.put(shelf.families, family, record.place)


def read_audience(text: str, path: str, shelf: Shelf) -> None:
    """Read the questions to ask one kind of person."""
    record, questions = read_mapping(text, path, "questions")
    audience = Audience(
        id=record.name(),
        title=record.text("title", required=True),
        questions=_questions(questions, shelf),
        weighs=record.text("weighs"),
        speak=record.text("speak"),
    )
    if shelf.accept(record):
        shelf.put(shelf.audiences, audience, record.place)


def _questions(records: Sequence[Record], shelf: Shelf) -> tuple[Question, ...]:
    """Read a file's questions."""
    questions: dict[str, Question] = {}
    for record in records:
        question = Question(
            id=record.name(),
            text=record.text("text", required=True),
            topic=record.text("topic"),
            hint=record.text("hint"),
            told=record.told("told"),
            tags=record.known("tags", shelf.competencies),
            purpose=record.choice("purpose", PURPOSES, default="learn"),
        )
        if shelf.accept(record):
            shelf.put(questions, question, record.place)
    return tuple(questions.values())


def read_titles(text: str, path: str, shelf: Shelf) -> None:
    """Read the ordered rules from job titles to families; one that leads to no family is left out."""
    for record in read_list(text, path):
        pattern = record.text("pattern", required=True)
        rule = TitleRule(pattern, record.text("family", required=True), record.fraction("confidence", 0.9))
        try:
            re.compile(pattern)
        except re.error:
            record.remark("pattern", "a regular expression", required=True)
        if not shelf.accept(record):
            continue
        if rule.family in shelf.families:
            shelf.titles.append(rule)
            continue
        message = f"a rule for job titles names the family `{rule.family}`, which has no file"
        hint = f"write families/{rule.family}.yaml, or change the rule"
        shelf.findings.append(
            Finding("card/field", Severity.WARNING, record.place, message, hint, rule.family)
        )


def read_text(text: str, path: str, shelf: Shelf) -> None:
    """Read a longer text; every other field of its head is kept with it."""
    record, body = _head_of(text, path)
    card = Text(record.name(), record.text("title", required=True), body, record.others())
    if shelf.accept(record):
        shelf.put(shelf.texts, card, record.place)


def read_mail(text: str, path: str, shelf: Shelf) -> None:
    """Read a mail template; every field of its head is kept with it."""
    record, body = _head_of(text, path)
    name, title = record.name(), record.text("title", required=True)
    fields = {
        "to": record.choice("to", RECIPIENTS),
        "subject": record.text("subject", required=True),
        "when": record.text("when"),
    }
    card = Text(name, title, body, {**fields, **record.others()})
    if shelf.accept(record):
        shelf.put(shelf.mails, card, record.place)


def _head_of(text: str, path: str) -> tuple[Record, str]:
    """Read a file with a head and a body; raises YamlFault where there is no head."""
    head, findings = parse_head(text.encode("utf-8"), path)
    for finding in findings:
        raise YamlFault(finding.message, finding.place.line, finding.place.column, finding.hint)
    if not head.present:
        raise YamlFault("expected a head of `name: value` lines between two lines `---`")
    return Record(head.values, Place(path, 1)), head.body.strip("\n")
