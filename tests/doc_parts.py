"""Parts of the documentation that are made from the code: each stands in its page between two comments."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from prepvault.errors import ConflictError, OutsideError, RefusedError, UsageError
from prepvault.model.card import PHASE_TITLES
from prepvault.model.conditions import CONDITION_REASONS
from prepvault.model.interview import InterviewType, Outcome, Status
from prepvault.model.settings import SETTINGS
from prepvault.model.slots import SLOTS
from prepvault.outside.resources import read_content
from prepvault.parse.cards import parse_library

ROOT = Path(__file__).parents[1]

VARIABLES: Mapping[str, str] = {
    "PREPVAULT_VAULT": "the vault, where `--vault` names none",
    "PREPVAULT_STATE_DIR": "where the journal of writes and the ledgers lie, of all vaults",
    "PREPVAULT_CACHE_DIR": "where builds keep what the next one can use",
    "PREPVAULT_MAIL_PASSWORD": "the password of your mail server; no program that PrepVault starts sees it",
    "PREPVAULT_TABLE_KEY": "any [setting](settings.md), like `PREPVAULT_FEED_NAME`; commas part a list",
    "VISUAL": "your editor, for `prepvault open`",
    "EDITOR": "the same, where `VISUAL` is not set",
    "NO_COLOR": "no colours",
    "COLUMNS": "how wide tables and help may be",
    "CI": "`true`: builds with real names say so once; caches go by the place in the repository",
    "XDG_CONFIG_HOME": "where services and assistants keep their files on Linux",
}
"""Every variable that we read and may be set by a person; a test looks for others in the code."""

_EXITS = (
    (0, "done"),
    (
        RefusedError.exit_code,
        "errors in the notes (with `--strict` warnings too), something to write for `--check`, or a refusal, "
        "because a note or output would be lost",
    ),
    (UsageError.exit_code, "wrong command line, or no such vault, note or interview"),
    (OutsideError.exit_code, "the outside failed: disk, network, mail, another program"),
)


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    names = tuple(heads)
    yield _row(*names)
    yield "|" + "---|" * len(names)
    yield from (_row(*row) for row in rows)


def exit_codes() -> Iterator[str]:
    """What each exit code means."""
    from prepvault.cli.main import INTERRUPTED, OUR_BUG, OUTSIDE

    assert OutsideError.exit_code == OUTSIDE
    assert ConflictError.exit_code == RefusedError.exit_code
    more = (
        (OUR_BUG, "our bug: one line, and the file to send us"),
        (INTERRUPTED, "interrupted by Ctrl-C"),
    )
    yield from _table(("code", "means"), ((f"`{code}`", text) for code, text in (*_EXITS, *more)))


def variables() -> Iterator[str]:
    """The variables that we read."""
    yield from _table(("variable", "meaning"), ((f"`{name}`", text) for name, text in VARIABLES.items()))


def types() -> Iterator[str]:
    """The eight types, with what the content knows of each."""
    guides = parse_library(read_content())[0].guides
    leads = {entry.name: entry.default for entry in SETTINGS if entry.table == "reminders"}
    rows = (
        (f"`{kind}`", guides[kind].title, guides[kind].minutes, ", ".join(leads[kind]))  # type: ignore[arg-type]
        for kind in InterviewType
    )
    yield from _table(("type", "is", "usual minutes", "reminders before"), rows)


def formats() -> Iterator[str]:
    """The kinds within the types."""
    guides = parse_library(read_content())[0].guides
    rows = (
        (f"`{kind}`", ", ".join(f"`{each.id}`" for each in guides[kind].formats)) for kind in InterviewType
    )
    yield from _table(("type", "`interview_format`"), rows)


def statuses() -> Iterator[str]:
    """Statuses and outcomes."""
    yield "Status: " + ", ".join(f"`{each}`{'' if each.is_open else ' (closed)'}" for each in Status) + "."
    yield ""
    yield (
        "Outcome: "
        + ", ".join(
            f"`{each}`"
            + (
                " (counts as success)"
                if each.is_success
                else " (counts as decided)"
                if each.is_decided
                else ""
            )
            for each in Outcome
        )
        + "."
    )


def mails() -> Iterator[str]:
    """The kinds of mail."""
    rows = (
        (f"`{mail.id}`", mail.title, mail.fields["to"], mail.fields["when"])
        for mail in sorted(parse_library(read_content())[0].mails.values(), key=lambda mail: mail.id)
    )
    yield from _table(("kind", "is", "to", "when"), rows)


def mail_fields() -> Iterator[str]:
    """What a mail may say."""
    from prepvault.rules.mail_fields import MEANINGS

    yield from _table(("field", "stands for"), ((f"`{name}`", text) for name, text in MEANINGS.items()))


def competencies() -> Iterator[str]:
    """The competencies."""
    rows = (
        (f"`{each.id}`", each.title, each.proves)
        for each in parse_library(read_content())[0].competencies.values()
    )
    yield from _table(("tag", "is", "shows that"), rows)


def families() -> Iterator[str]:
    """The role families."""
    rows = ((f"`{each.id}`", each.title) for each in parse_library(read_content())[0].families.values())
    yield from _table(("`role_family`", "is"), rows)


def slots() -> Iterator[str]:
    """The slots of cards."""
    yield from _table(("slot", "stands for"), ((f"`{name}`", text) for name, text in SLOTS.items()))


def conditions() -> Iterator[str]:
    """The conditions of cards."""
    rows = ((f"`{name}`", text) for name, text in CONDITION_REASONS.items())
    yield from _table(("`when`", "holds where"), rows)


def phases() -> Iterator[str]:
    """The phases of a checklist."""
    yield from _table(("`phase`", "is"), ((f"`{name}`", text) for name, text in PHASE_TITLES.items()))


def endpoints() -> Iterator[str]:
    """Every path of the API with what may be asked."""
    from prepvault.web.operations import OPERATIONS

    for each in OPERATIONS:
        query = ", ".join(f"`{name}`" for name in each.query.model_fields)
        body = each.body.model_fields if each.body else {}
        told = ", ".join(f"`{name}`{'' if field.is_required() else '?'}" for name, field in body.items())
        yield _row(f"`{each.method} {each.path}`", each.summary, query, told)


def tools() -> Iterator[str]:
    """Every tool for assistants with its arguments."""
    listed = json.loads((ROOT / "tests" / "data" / "mcp_tools.json").read_text(encoding="utf-8"))
    for each in listed:
        needed = each["inputSchema"].get("required", [])
        names = (f"`{name}`{'' if name in needed else '?'}" for name in each["inputSchema"]["properties"])
        yield _row(f"`{each['name']}`", ", ".join(names))


def endpoints_table() -> Iterator[str]:
    """The table around the paths of the API."""
    yield from _table(("request", "does", "query", "body"), ())
    yield from endpoints()


def tools_table() -> Iterator[str]:
    """The table around the tools."""
    yield from _table(("tool", "arguments"), ())
    yield from tools()


def codes() -> Iterator[str]:
    """How many findings there are, by severity."""
    pages = (ROOT / "src" / "prepvault" / "content" / "findings").rglob("*.md")
    texts = [page.read_text(encoding="utf-8") for page in pages]
    counts = {
        word: sum(f"\nseverity: {word}\n" in text for text in texts) for word in ("error", "warning", "info")
    }
    told = ", ".join(f"{counts[word]} of severity {word}" for word in counts)
    yield f"{sum(counts.values())} codes: {told}."


def _limits() -> Iterator[str]:
    from tests.doc_limits import limits

    yield from _table(("what", "limit", "beyond it"), limits())


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    "codes": codes,
    "competencies": competencies,
    "conditions": conditions,
    "endpoints": endpoints_table,
    "exit-codes": exit_codes,
    "families": families,
    "formats": formats,
    "limits": _limits,
    "mail-fields": mail_fields,
    "mails": mails,
    "phases": phases,
    "slots": slots,
    "statuses": statuses,
    "tools": tools_table,
    "types": types,
    "variables": variables,
}
"""Each part by the name that its comment gives: `<!-- made: types -->` … `<!-- /made -->`."""
