"""Every command with sensible arguments, and what each may write: the table that sweeps and tests share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NOTHING, SITE, NEW, NOTE, NOTES = "nothing", "site", "new", "note", "notes"
"""What a call may write in a vault: nothing, its output folder, new files, into its note, into any note."""

_DONE = ("status", "outcome", "feedback", "notes", "revision")


@dataclass(frozen=True)
class Call:
    """One call of the command line.

    In `words`, `{note}` is the path of an interview's note, `{out}` a folder outside the vault, `{import}` an
    invite. Where notes are written, `keys` are the properties that may change, and with `body` text may be
    added below the head. `lasts` says that it runs until it is stopped, `again` that a second run has nothing
    left to write, `asks` what stands on its standard input.
    """

    words: tuple[str, ...]
    writes: str = NOTHING
    keys: tuple[str, ...] = ()
    body: bool = False
    again: bool = True
    lasts: bool = False
    json: bool = True
    asks: str = ""

    def argv(self, values: Mapping[str, str]) -> list[str]:
        """Fill in the note and the folder."""
        return [_filled(word, values) for word in self.words]


def _filled(word: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(f"{{{name}}}", value)
    return word


_LOOKING = """
doctor|list|upcoming --days 3660|today|today {note}|show {note}|open --print {note}|slots|remind|remind --due
remind {note}|stats|materials --type panel|tips|tips technical|questions --role SRE|questions --ask all
story list|story check|story match {note}|pitch|pitch {note}|practice --list|practice {note} --list
practice {note} --sheet|email|email thank_you {note}|email reminder {note}|research --check Acme|explain
explain date/unreadable|undo --list|feed --doctor|check|check --strict|coach --check|coach --diff
coach --diff {note}|service status|mcp install --client claude --dry-run
mcp uninstall --client claude --dry-run|config show
config show --origin|import --type panel --role SRE {import}
"""
_WITHOUT_JSON = """
feed|feed --reminders|schema|schema settings|schema export|completion bash|service print
email follow_up {note} --mailto|materials --type panel --format markdown
"""


def _calls(text: str, *, json: bool = True) -> Iterator[Call]:
    """Read calls that write nothing."""
    yield from (Call(tuple(words.split()), json=json) for words in text.strip().replace("\n", "|").split("|"))


def _reading() -> Iterator[Call]:
    """Look, and write nothing into the vault."""
    yield from _calls(_LOOKING)
    yield from _calls(_WITHOUT_JSON, json=False)
    for form in ("text", "json", "github", "sarif", "gitlab", "rdjson", "markdown"):
        yield Call(("check", "--format", form), json=False)
    for form in ("json", "csv", "ics", "vcard", "html"):
        yield Call(("export", "--format", form, "-o", f"{{out}}/export.{form}", "--force"), json=False)
    yield Call(("export", "--format", "interviews.json", "-o", "{out}/original", "--force"), json=False)
    yield Call(("feed", "-o", "{out}/feed.ics"))
    yield Call(("email", "follow_up", "{note}", "--eml", "{out}/mail.eml"))
    yield Call(("demo", "{out}/demo"))
    yield Call(("build", "-o", "{out}/site", "--allow-empty"))
    yield Call(("build", "-o", "{out}/for-others", "--incognito", "--allow-empty"))
    yield Call(("mcp", "install", "--client", "claude"))
    yield Call(("mcp", "uninstall", "--client", "claude"), again=False)
    yield Call(("service", "install"), again=False)
    yield Call(("service", "uninstall"), again=False)


def _writing() -> Iterator[Call]:
    """Write, each into what it owns."""
    yield Call(("init",), NEW)
    yield Call(("build", "--allow-empty"), SITE)
    yield Call(("check", "--fix"), NOTES, ("id", "status", "created_at", "revision"))
    yield Call(("coach",), NOTES, ("revision",), body=True)
    yield Call(("coach", "{note}", "--restore"), NOTE, ("revision",), body=True)
    yield Call(("remind", "--due", "--send"), NOTES, ("reminders_sent", "revision"))
    yield Call(("remind", "{note}", "--snooze", "30m"), again=False)
    yield Call(("reschedule", "{note}", "2026-03-17T14:00"), NOTE, _MOVED, again=False)
    yield Call(("status", "{note}", "completed", "--outcome", "pending"), NOTE, _DONE)
    yield Call(("cancel", "{note}", "--outcome", "withdrawn"), NOTE, _DONE)
    yield Call(("prepared", "{note}"), NOTE, ("preparation_complete", "revision"))
    yield Call(("notes", "{note}", "one line of mine"), NOTE, ("revision",), body=True, again=False)
    debrief = ("debrief", "{note}", "--asked", "Why us? · gap", "--learned", "They ship weekly")
    yield Call(debrief, NOTE, (*_DONE, "reply_by"), body=True, again=False)
    schedule = ("schedule", "--company", "Acme", "--role", "Engineer", "--type", "panel")
    yield Call((*schedule, "--at", "2026-03-18T10:00"), NEW, again=False)
    yield Call(("research", "Acme"), NEW)
    yield Call(("story", "new", "The cutover that held", "--for", "ownership"), NEW, again=False)
    yield Call(("slots", "--hold", "Acme"), NEW, again=False)
    yield Call(("slots", "--release", "Acme"), NOTES, ("held", "revision"), again=False)
    yield Call(("email", "thank_you", "{note}", "--save"), NEW, again=False)
    yield Call(("import", "{import}", "--type", "panel", "--role", "SRE", "--yes"), NEW)
    yield Call(("coach", "{note}", "--eject"), NOTE, ("revision",), body=True, again=False)
    yield Call(("practice", "{note}", "--minutes", "1"), again=False, json=False, asks="\n4\nq\n")


_MOVED = ("scheduled_at", "timezone", "rescheduled_from", "status", "reminders_sent", "revision")


def _lasting() -> Iterator[Call]:
    """Run until they are stopped, or until nobody speaks to them."""
    yield Call(("mcp",), json=False)
    yield Call(("serve", "--port", "0"), SITE, lasts=True)
    yield Call(("watch", "--no-coach"), SITE, lasts=True)
    yield Call(("watch",), NOTES, ("reminders_sent", "revision"), body=True, lasts=True)


READING = tuple(_reading())
WRITING = tuple(_writing())
LASTING = tuple(_lasting())
CALLS = (*READING, *WRITING, *LASTING)
