"""Mails: templates with their merge fields filled in, and what is unknown named."""

import re
from collections.abc import Mapping, Sequence

from prepvault.model.card import Norms, Text
from prepvault.model.mail import Mail

ORIGINALS: tuple[str, ...] = ("reminder", "thank_you", "follow_up", "status_update")
"""The four of the original system."""

KINDS: tuple[str, ...] = (
    *("reminder", "confirm", "format_ask", "adjustment", "late_noshow_self", "no_show_them"),
    *("thank_you", "referral_thanks", "ask_timeline", "follow_up", "update_recruiter", "status_update"),
    *("negotiate", "extension", "accept", "decline_offer", "rejection_reply", "reschedule", "withdraw"),
)
"""Every kind that ships, in the order in which they come up."""

FIELD = re.compile(r"\{\{\s*([a-z0-9_]+)([?!]?)\s*\}\}")
"""A merge field; with a `?` its sentence or line is left out where nothing is known for it.

With a `!` it is a condition: its sentence or line is said only where it holds, and nothing stands for it.
"""

_GREETING = re.compile(r"(Dear|Hi|Hello) \{\{\s*([a-z]+)_(first|name)\s*\}\},")
_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=\S)")
_FIRST_OF_A_FAMILY = re.compile(r"\{\{\s*([a-z_]+)_1\??\s*\}\}")
_NOT_SAID = "not in your note yet"
_FULL_NAMES = "formal-hierarchical"


def fill_mail(
    template: Text,
    fields: Mapping[str, str],
    *,
    profile_email: str = "",
    to: str = "",
    norms: Norms | None = None,
    is_blank: bool = False,
) -> Mail:
    """Merge fields into a template; what is unknown stands as `[field]` and is named in `missing`.

    A mail to oneself misses nothing: what the note does not say, it says. A blank form keeps every
    sentence but those whose condition does not hold.
    """
    recipient = template.fields.get("to", "")
    missing: dict[str, None] = {}

    def merge(found: re.Match[str]) -> str:
        name = found[1]
        if found[2] == "!":
            return ""
        if fields.get(name):
            return fields[name]
        if recipient == "self" and not is_blank:
            return _NOT_SAID
        missing[name] = None
        return f"[{name.replace('_', ' ')}]"

    body = template.body.strip("\n")
    body = body if is_blank else _greeted(body, fields, norms)
    body = _without_unknown(body, fields, marks="!" if is_blank else "?!")
    subject = " ".join(FIELD.sub(merge, template.fields.get("subject", template.title)).split())
    body = FIELD.sub(merge, body).strip() + "\n"
    address = to or (profile_email if recipient == "self" else "")
    return Mail(template.id, template.title, recipient, subject, body, address, tuple(missing))


def fields_in(template: Text) -> tuple[str, ...]:
    """Name the merge fields of a template, in order, each once; conditions are none."""
    text = f"{template.fields.get('subject', '')}\n{template.body}"
    return tuple(dict.fromkeys(found[1] for found in FIELD.finditer(text) if found[2] != "!"))


def numbered(template: Text, points: Sequence[str]) -> Mapping[str, str]:
    """Give points to the first numbered fields of a template: `topic_1`, `topic_2`, or `slot_1` and so on."""
    family = _FIRST_OF_A_FAMILY.search(template.body)
    name = family[1] if family else "topic"
    return {f"{name}_{number}": text for number, text in enumerate(points, 1)}


def _greeted(body: str, fields: Mapping[str, str], norms: Norms | None) -> str:
    """Settle the greeting: a name as it is known and customary, else one that guesses nothing."""
    first, _, rest = body.partition("\n")
    found = _GREETING.fullmatch(first.strip())
    if not found:
        return body
    word, who = found[1], found[2]
    name = fields.get(f"{who}_{found[3]}", "")
    if who == "my":
        greeting = f"{word} {name.split()[0]}," if name.split() else f"{word},"
    elif name:
        is_formal = norms is not None and norms.id == _FULL_NAMES
        shown = fields.get(f"{who}_full", name) if is_formal else name
        form = norms.greeting if norms else f"{word} {{{{name}}}},"
        greeting = form.replace("{{name}}", shown)
    else:
        greeting = _to_nobody(who, fields, norms)
    # A name could hold a pair of braces: it must not be read as a field afterwards.
    return f"{greeting.replace('{{', '{ {')}\n{rest}"


def _to_nobody(who: str, fields: Mapping[str, str], norms: Norms | None) -> str:
    if norms and norms.greeting_nobody:
        return norms.greeting_nobody
    company = fields.get("company", "")
    return f"Hello {company} team," if company and who != "referrer" else "Hello,"


def _without_unknown(body: str, fields: Mapping[str, str], marks: str) -> str:
    """Leave out sentences whose marked field is unknown, and what then stands empty."""
    paragraphs = (_paragraph(part, fields, marks) for part in re.split(r"\n{2,}", body))
    return "\n\n".join(text for text in paragraphs if text)


def _paragraph(text: str, fields: Mapping[str, str], marks: str) -> str:
    lines = []
    for line in text.split("\n"):
        kept = [part for part in _SENTENCE_END.split(line) if _is_known(part, fields, marks)]
        lines += [" ".join(kept)] if kept else []
    is_left_alone = len(lines) == 1 < len(text.split("\n")) and lines[0].endswith(":")
    return "" if is_left_alone else "\n".join(lines)


def _is_known(text: str, fields: Mapping[str, str], marks: str) -> bool:
    return all(fields.get(name) for name, mark in FIELD.findall(text) if mark and mark in marks)
