"""Read a company from its research note."""

import re
from urllib.parse import urlsplit

from prepvault.model.company import Company
from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.note import Head, Note
from prepvault.model.settings import SETTINGS_BY_KEY, Settings
from prepvault.parse.encoding import odd_bytes
from prepvault.parse.fields import Fields, shown
from prepvault.parse.links import unwrap_link
from prepvault.parse.research import Research, read_research

_BETWEEN_QUESTIONS = re.compile(r"(?<=\?)\s+(?=[^\W\d_])")


def parse_company(note: Note, head: Head) -> tuple[Company, tuple[Finding, ...]]:
    """Read one note of the companies folder; without properties its file name is the company's name."""
    fields = Fields(note.path, head, Settings())
    name = fields.line("company") or fields.line("name") or fields.line("title") or note.stem
    found = read_research(head.body, head.body_line)
    company = Company(
        name=name,
        path=note.path,
        website=_website(fields),
        aliases=_texts(fields, "aliases"),
        facts=tuple(found.facts),
        say=tuple(found.lines["say"]),
        ask=tuple(each for line in found.lines["ask"] for each in _questions(line)),
        watch=tuple(found.lines["watch"]),
        unknown=tuple(found.lines["unknown"]),
        values=_values(fields, found),
        so_whats=tuple(found.so_whats.items()),
        norms=_norms(fields),
    )
    doubtful = (_doubtful(note.path, line, said) for line, said in found.doubtful)
    return company, (*fields.findings, *doubtful, *odd_bytes(note, head))


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    value = fields.value(name)
    words = re.split(r"[,;\n]", value) if isinstance(value, str) and name != "aliases" else value
    listed = [words] if isinstance(words, str) else words if isinstance(words, list) else []
    return tuple(word.strip() for word in listed if isinstance(word, str) and word.strip())


def _questions(line: str) -> tuple[str, ...]:
    """Each question of a line; what stands behind the last one, like its source, stays with it."""
    *asked, rest = _BETWEEN_QUESTIONS.split(line)
    if asked and "?" not in rest:
        asked[-1:] = [f"{asked[-1]} {rest}"]
        return tuple(asked)
    return (*asked, rest)


def _values(fields: Fields, found: Research) -> tuple[str, ...]:
    """Competency tags of the stated values: the property, tags like `values/ownership`, those in the text."""
    tagged = (tag.strip("#") for tag in _texts(fields, "tags"))
    named = (tag.partition("/")[2] for tag in tagged if tag.partition("/")[0] in {"value", "values"})
    said = (*_texts(fields, "values"), *named, *found.tags)
    return tuple(dict.fromkeys("-".join(unwrap_link(each).casefold().split()).strip("#") for each in said))


def _norms(fields: Fields) -> str:
    choices = [choice for choice in SETTINGS_BY_KEY["profile.norms"].choices if choice]
    said = "-".join(fields.line("norms").casefold().replace("_", "-").split())
    if said and said not in choices:
        expected = ", ".join(choices)
        message = f"{{}} should be one of {expected}; found `{shown(said)}`"
        fields.report(
            "property/choice", "norms", message, severity=Severity.WARNING, found=said, expected=expected
        )
        return ""
    return said


def _doubtful(path: str, line: int, said: str) -> Finding:
    message = f"`{shown(said)}` should be the day you read this, so its age cannot be told"
    hint = "write the day like 2026-02-05"
    return Finding("research/date", Severity.INFO, Place(path, line), message, hint, shown(said))


def _website(fields: Fields) -> str:
    name = next((name for name in ("website", "url", "site") if fields.has(name)), "website")
    text = fields.line(name)
    address = text if "://" in text or not text else f"https://{text}"
    try:
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError:
        good = False
    if text and (not good or any(char.isspace() for char in address)):
        message = f"{{}} should be a web address, found `{shown(text)}`"
        hint = "write it like https://www.example.com"
        fields.report("company/website", name, message, severity=Severity.WARNING, hint=hint, found=text)
        return ""
    return address
