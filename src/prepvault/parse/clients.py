"""Read what is known about calendar apps: `texts/clients.yaml` of the content."""

from prepvault.model.feed import ClientFacts
from prepvault.parse.card_fields import Record, read_list
from prepvault.parse.yaml_faults import YamlFault


def parse_clients(text: str, path: str) -> tuple[ClientFacts, ...]:
    """Read the facts about each app, in the file's order; an entry without id or name is left out."""
    try:
        records = tuple(read_list(text, path))
    except YamlFault:
        return ()
    facts = (_facts(record) for record in records)
    return tuple(one for one in facts if one.id and one.name)


def _facts(record: Record) -> ClientFacts:
    """`alarms` is a number, or `all`."""
    kept = record.text("alarms")
    return ClientFacts(
        id=record.text("id", required=True),
        name=record.text("name", required=True),
        alarms=int(kept) if kept.isdecimal() else None,
        shows=record.text("shows"),
        rings=record.text("rings"),
        refreshes=record.text("refreshes"),
        advice=record.text("advice"),
    )
