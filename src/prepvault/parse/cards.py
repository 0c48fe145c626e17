"""The files of `content/`, and a vault's own in their place, read into the library of cards."""

import re
from collections.abc import Callable, Mapping, Sequence

from prepvault.model.card import (
    PHASES,
    Audience,
    Family,
    Guide,
    Item,
    Library,
    Question,
    Stage,
    Text,
    TitleRule,
)
from prepvault.model.conditions import CONDITION_REASONS
from prepvault.model.finding import Finding, Place, Severity, order_findings
from prepvault.model.interview import InterviewType
from prepvault.parse.card_fields import Record, read_list, read_mapping
from prepvault.parse.card_shelf import Shelf
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.yaml_faults import YamlFault

PRIORITIES = ("must", "should", "could")
RECIPIENTS = ("self", "interviewer", "recruiter")
_ID = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_BLOCK_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_TIPS_AT_MOST = 5


def parse_library(texts: Mapping[str, str]) -> tuple[Library, tuple[Finding, ...]]:
    """Read content files, by path within `content/`; never raises.

    A file that cannot be read gives an error finding and no cards, a bad card in a good file a warning.
    """
    shelf = Shelf()
    for path in sorted(texts):
        reader = _reader_for(path)
        if reader:
            _read(reader, texts[path], path, shelf)
        elif not path.startswith("texts/"):
            message = "no cards are read from this file"
            hint = "cards lie in checklist, types, families, ask, texts, mails, or in titles.yaml"
            shelf.findings.append(Finding("card/unknown-file", Severity.WARNING, Place(path), message, hint))
    _check_titles(shelf)
    return shelf.library(), order_findings(tuple(shelf.findings))


_Reader = Callable[[str, str, Shelf], None]


def _reader_for(path: str) -> _Reader | None:
    """Choose the reader by folder and ending."""
    if path == "titles.yaml":
        return _read_titles
    folder, _, name = path.rpartition("/")
    return _READERS.get((folder, name.rpartition(".")[2]))


def _read(reader: _Reader, text: str, path: str, shelf: Shelf) -> None:
    """Read one file; a fault in it becomes a finding."""
    try:
        reader(text, path, shelf)
    except YamlFault as fault:
        place = Place(path, fault.line, fault.column)
        message = f"this content file cannot be read: {fault.message}"
        shelf.findings.append(Finding("card/unreadable", Severity.ERROR, place, message, fault.hint))


def _read_items(text: str, path: str, shelf: Shelf) -> None:
    """Read a checklist file."""
    known = {item.id for item in shelf.items}
    for record in read_list(text, path):
        item = Item(
            id=_id(record, _BLOCK_ID),
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
        )
        if not shelf.accept(record):
            continue
        if item.id in known:
            shelf.repeated(item.id, record.place)
        else:
            known.add(item.id)
            shelf.items.append(item)


def _read_guide(text: str, path: str, shelf: Shelf) -> None:
    """Read a type's file: a head of facts, a body of tips."""
    record, body = _head_of(text, path)
    tips = tuple(line.strip()[2:].strip() for line in body.splitlines() if line.strip().startswith("- "))
    guide = Guide(
        type=record.choice("type", InterviewType),
        title=record.text("title", required=True),
        purpose=record.text("purpose"),
        minutes=record.number("minutes", 60) or 60,
        usual=record.text("usual"),
        stages=_stages(record, path),
        assessed=record.words("assessed"),
        tips=tips[:_TIPS_AT_MOST],
        during=record.words("during"),
        mistakes=record.words("mistakes"),
        answer_seconds=record.text("answer_seconds"),
        stories=record.text("stories"),
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


def _stages(record: Record, path: str) -> tuple[Stage, ...]:
    """Read the parts of an interview with their minutes."""
    stages = []
    for values in record.inner("stages"):
        part = Record(values, Place(path, 1))
        stages.append(Stage(part.text("name", required=True), part.text("minutes")))
        record.findings.extend(part.finish())
    return tuple(stage for stage in stages if stage.name)


def _read_family(text: str, path: str, shelf: Shelf) -> None:
    """Read a role family's file."""
    record, questions = read_mapping(text, path, "questions")
    family = Family(
        id=_id(record),
        title=record.text("title", required=True),
        areas=record.words("areas"),
        questions=_questions(questions, shelf),
    )
    if shelf.accept(record):
        shelf.put(shelf.families, family, record.place)


def _read_audience(text: str, path: str, shelf: Shelf) -> None:
    """Read the questions to ask one kind of person."""
    record, questions = read_mapping(text, path, "questions")
    audience = Audience(_id(record), record.text("title", required=True), _questions(questions, shelf))
    if shelf.accept(record):
        shelf.put(shelf.audiences, audience, record.place)


def _questions(records: Sequence[Record], shelf: Shelf) -> tuple[Question, ...]:
    """Read a file's questions."""
    questions: dict[str, Question] = {}
    for record in records:
        question = Question(
            _id(record),
            record.text("text", required=True),
            record.text("topic"),
            record.text("hint"),
        )
        if shelf.accept(record):
            shelf.put(questions, question, record.place)
    return tuple(questions.values())


def _read_titles(text: str, path: str, shelf: Shelf) -> None:
    """Read the ordered rules from job titles to families."""
    for record in read_list(text, path):
        pattern = record.text("pattern", required=True)
        rule = TitleRule(pattern, record.text("family", required=True), record.fraction("confidence", 0.9))
        try:
            re.compile(pattern)
        except re.error:
            record.remark("pattern", "a regular expression", required=True)
        if shelf.accept(record):
            shelf.titles.append(rule)


def _check_titles(shelf: Shelf) -> None:
    """Drop rules that lead to a family that nobody wrote."""
    for rule in [rule for rule in shelf.titles if rule.family not in shelf.families]:
        shelf.titles.remove(rule)
        message = f"a rule for job titles names the family `{rule.family}`, which has no file"
        hint = f"write families/{rule.family}.yaml, or change the rule"
        shelf.findings.append(
            Finding("card/field", Severity.WARNING, Place("titles.yaml"), message, hint, rule.family)
        )


def _read_text(text: str, path: str, shelf: Shelf) -> None:
    """Read a longer text."""
    record, body = _head_of(text, path)
    card = Text(_id(record), record.text("title", required=True), body, record.others())
    if shelf.accept(record):
        shelf.put(shelf.texts, card, record.place)


def _read_mail(text: str, path: str, shelf: Shelf) -> None:
    """Read a mail template."""
    record, body = _head_of(text, path)
    name, title = _id(record), record.text("title", required=True)
    record.choice("to", RECIPIENTS)
    record.text("subject", required=True)
    card = Text(name, title, body, {name: record.text(name) for name in ("to", "subject", "when")})
    record.others()
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


def _id(record: Record, form: re.Pattern[str] = _ID) -> str:
    """Read a card's id."""
    name = record.text("id", required=True)
    if name and not form.fullmatch(name):
        record.remark("id", "letters, digits and hyphens", required=True)
    return name


_READERS: Mapping[tuple[str, str], _Reader] = {
    ("checklist", "yaml"): _read_items,
    ("types", "md"): _read_guide,
    ("families", "yaml"): _read_family,
    ("ask", "yaml"): _read_audience,
    ("texts", "md"): _read_text,
    ("mails", "md"): _read_mail,
}
