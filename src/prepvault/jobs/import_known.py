"""What the vault holds already, as an import compares with it."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from prepvault.errors import PrepVaultError
from prepvault.jobs.context import Context
from prepvault.model.incoming import IMPORT_KEY, ORIGINAL_ID, Incoming
from prepvault.model.note import Value
from prepvault.model.vault import Vault
from prepvault.outside.disk import read_note
from prepvault.parse.frontmatter import parse_head
from prepvault.rules.import_plan import Known, Twin, twins_of


def read_known(context: Context, vault: Vault) -> Known:
    """Gather import keys, ids and what makes twins, of interviews and of the notes in the jobs folder."""
    keys: dict[str, str] = {}
    ids: dict[str, str] = {}
    twins: dict[Twin, str] = {}
    name = context.settings.property_name("id")
    for path, values in _heads(context, vault):
        for found, word in (
            (keys, values.get(IMPORT_KEY)),
            (ids, values.get(name)),
            (ids, values.get(ORIGINAL_ID)),
        ):
            if isinstance(word, str) and word.strip():
                found.setdefault(word.strip(), path)
        if path not in vault.heads:
            for twin in twins_of(_application(path, values), None):
                twins.setdefault(twin, path)
    for interview in vault.interviews:
        told = (("company", interview.company), ("interview_type", interview.type or ""))
        for twin in twins_of(Incoming(origin=interview.path, values=told), interview.starts):
            twins.setdefault(twin, interview.path)
    return Known(keys, ids, twins)


def _heads(context: Context, vault: Vault) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """The properties of every note that an import may have made, in order of path."""
    for path, head in sorted(vault.heads.items()):
        yield path, head.values if head.valid else head.rescued
    folder = context.settings.text("vault.jobs").strip("/")
    for path in vault.names:
        if folder and path.startswith(f"{folder}/") and path.endswith(".md") and path not in vault.heads:
            with suppress(PrepVaultError):
                head, _ = parse_head(read_note(context.root, path).data, path)
                yield path, head.values


def _application(path: str, values: Mapping[str, Value]) -> Incoming:
    told = tuple((name, values.get(name)) for name in ("company", "role", "url"))
    texts = tuple((name, value) for name, value in told if isinstance(value, str))
    return Incoming(origin=path, kind="application", values=texts)
