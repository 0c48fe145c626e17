"""The texts that an AI assistant is given: what the tools are for, and prompts that the user can pick."""

from collections.abc import Mapping

from prepvault.jobs.answers import Answer
from prepvault.outside.resources import read_assistant_text
from prepvault.render.plain import plain_text, plain_value, still_markdown, still_words


def assistant_text(*names: str, fields: Mapping[str, str] | None = None) -> str:
    """Give texts one after the other, their `{{fields}}` filled in."""
    text = "\n\n".join(read_assistant_text(name).strip() for name in names)
    for field, value in (fields or {}).items():
        text = text.replace("{{" + field + "}}", value)
    return text.strip()


def plain_words(text: str) -> str:
    """Take out of a text what one does not see."""
    return plain_text(text)


def plain_record(record: Answer) -> Answer:
    """Do that with every text of a record."""
    return {name: plain_value(value) for name, value in record.items()}


def still_line(text: str) -> str:
    """Words from an assistant for a property of a note, the same way."""
    return still_words(text)


def still(text: str) -> str:
    """Markdown from an assistant for a note, with nothing in it that runs, hides or fetches."""
    return still_markdown(text)
