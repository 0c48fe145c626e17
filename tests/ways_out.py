"""One table: hostile texts, every place of a vault that can hold them, every way on which they might get out.

A new payload is one line of `PAYLOADS`; a new property or setting is in `full_vault` by itself; a new way out
is one function in `WAYS`. Each way is read by a reader that is not ours and told apart from the same vault
with harmless words in all places.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from icalendar import Calendar
from markdown_it import MarkdownIt

from benchmarks.commands import READING
from benchmarks.foreign import HOSTILE
from tests.conftest import Ran
from tests.full_vault import PLACES, make_full
from tests.inert_html import ATTRIBUTES, TAGS, is_safe
from tests.leaks import read_output

SEPARATORS = (
    *("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"),
    *("\\n", "\\r\\n", "%0a", "%0d%0a"),
)
_BOUNDARY = "Bcc: evil@example.com"

PAYLOADS: Mapping[str, tuple[str, ...]] = {
    "markup": (
        "</script><script>ran.push(1)</script>",
        "<img src=x onerror=ran.push(2)><svg/onload=ran.push(3)>",
        "\" autofocus onfocus=ran.push(4) x='",
        "' onmouseover='ran.push(5)' x=\"",
        "--><iframe srcdoc='<script>parent.ran.push(6)</script>'></iframe><!--",
        "</textarea></title></style><base href=//evil.example><form action=//evil.example>",
        "[x](javascript:ran.push(7)) ![x](https://evil.example/pixel.png) <https://evil.example/`>",
        "{{ 7 * 7 }}{% raw %}{{ ''.__class__ }}<% tp.x() %>${ran.push(8)}`$= dv.x()`",
        '<a id="location" name="cookie">javascript:ran.push(9)//',
        "%% ]] --> <!-- prepvault:end id=coach --> <!-- prepvault:begin id=coach v=1 sum=0 -->",
    ),
    "lines": (
        *(f"x{mark}{_BOUNDARY}" for mark in SEPARATORS),
        "\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:AUDIO\r\nEND:VALARM\r\n",
        ";X=1:\\;,\"',\r\n END:VCARD\r\nBEGIN:VCARD",
        "\n---\nstatus: cancelled\n",
        "\n\n# Heading\n\n- [ ] task\n",
    ),
    "screens": (
        "\x1b]52;c;ZXZpbA==\x07\x1b]8;;https://evil.example\x07link\x1b]8;;\x07\x1b[2J\x1b[31m",
        "\x9b31m\x9d0;title\x9c\x90q\x9c\x08\x08\x7f\x05",
        "\u202eevil\u2066\u2069\u061c\u200f\u200b\u200d\u2060\ufeff\u00ad\U000e0041",
        "\rerror: forged\n::error file=x::forged\n##[error]forged\n%0A::add-mask::x",
    ),
    "signs": (
        '=HYPERLINK("http://evil.example","x")',
        "+1+1",
        "-2+3",
        "@SUM(1)",
        "＝1",
        "|",
        "`",
        "\t=1",
        ";=1",
    ),
    "names": (
        *("../../../../etc/cron.d/x", "CON", "C:\\x\\nul.md", 'a/b\\c:d*?"<>|', "n" * 300, "..", "__proto__"),
    ),
}
"""Texts that try to be more than text where they arrive, by the kind of reader that they aim at."""

HARMLESS = "plain"


@dataclass
class Words:
    """Puts a payload before every word of a full vault: as it is, inside quotes, and as a name of a file."""

    payload: str
    _names: tuple[str, ...] = tuple(PLACES.values())

    def __call__(self, text: str) -> str:
        """Fill a vault's text."""
        parts = re.split(r"(?m)^(=== .*)$", text)
        return "".join(
            self._filled(part, self.as_name) if at % 2 else self._lines(part) for at, part in enumerate(parts)
        )

    def as_name(self, word: str) -> str:
        """What a file may be called: everything but `/` and NUL, not hidden, and not too long."""
        if f"@{word}" in self._names:
            return word  # a folder of the settings may not be called otherwise
        safe = re.sub("[/\0\n\r@]", "", self.payload).encode()[:150].decode(errors="ignore")
        return f"n{safe} {word}"

    def quoted(self, word: str) -> str:
        """The text inside double quotes of YAML and of TOML."""
        return _escaped(f"{self.payload} {word}")

    def _lines(self, text: str) -> str:
        return "\n".join(self._line(line) for line in text.split("\n"))

    def _line(self, line: str) -> str:
        if any(f'"{place}"' in line for place in self._names):
            return self._filled(line, lambda word: _escaped(self.as_name(word)))
        line = line.replace("@companyproperty", "companyproperty")
        return re.sub(r"@(\w+)", lambda found: self._word(line[: found.start()], found[1]), line)

    def _word(self, before: str, word: str) -> str:
        return self.quoted(word) if before.count('"') % 2 else f"{self.payload} {word}"

    def _filled(self, text: str, way: Callable[[str], str]) -> str:
        return re.sub(r"@(\w+)", lambda found: way(found[1]), text)


def _escaped(text: str) -> str:
    inside = json.dumps(text, ensure_ascii=False)[1:-1]
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", inside)


def make_hostile(kind: str, root: Path) -> Path:
    """Fill a vault with all payloads of a kind in every place, or with none."""
    words = "".join(PAYLOADS.get(kind, (HARMLESS,)))
    root.mkdir(parents=True, exist_ok=True)
    make_full(root, Words(words))
    return root


def invite_of(kind: str) -> bytes:
    """An invite with all payloads of a kind in every property that a calendar program shows."""
    text = "".join(PAYLOADS.get(kind, (HARMLESS,))).replace("\r\n", "\n").replace("\r", "\n")
    shown = text.replace("\\", "\\\\").replace("\n", "\\n").replace(";", "\\;").replace(",", "\\,")
    quoted = re.sub('["\n]', " ", text)
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "METHOD:REQUEST", f"X-WR-CALNAME:{shown}"),
        *("BEGIN:VEVENT", f"UID:{shown}", "DTSTAMP:20260201T000000Z", "DTSTART:20260220T140000Z"),
        *(
            "DTEND:20260220T150000Z",
            f"SUMMARY:Interview {shown}",
            f"DESCRIPTION:{shown}",
            f"LOCATION:{shown}",
        ),
        *(f"CATEGORIES:{shown}", f"COMMENT:{shown}", f"URL:https://example.com/{shown}", f"CONTACT:{shown}"),
        f'ORGANIZER;CN="{quoted}":mailto:dana@acme.example',
        f'ATTENDEE;CN="{quoted}";ROLE=REQ-PARTICIPANT:mailto:"{quoted}"@acme.example',
        f'ATTACH;FILENAME="{quoted}":https://example.com/{shown}',
        *("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{shown}", "TRIGGER:-PT5M", "END:VALARM"),
        *("END:VEVENT", "END:VCALENDAR", ""),
    ]
    return "\r\n".join(lines).encode("utf-8", "replace")


@dataclass
class Case:
    """One such vault, and what comes out of it."""

    root: Path
    run: Callable[..., Ran]
    _exports: dict[tuple[str, ...], bytes] = field(default_factory=dict)

    def say(self, *words: str) -> Ran:
        """Run a command on it."""
        return self.run(*words, vault=self.root)

    @cached_property
    def notes(self) -> list[str]:
        """The notes of its interviews."""
        return [each["note"] for each in json.loads(self.say("list", "--json").out)["interviews"]]

    @cached_property
    def site(self) -> dict[str, bytes]:
        """The built site, by name."""
        self.say("build", "-o", str(self.beside / "site"))
        return read_output(self.beside / "site")

    @property
    def beside(self) -> Path:
        """A folder outside the vault."""
        return self.root.parent / f"{self.root.name}-out"

    def files(self, end: str) -> dict[str, str]:
        """The files of the site with this ending, as text."""
        return {name: data.decode("utf-8") for name, data in self.site.items() if name.endswith(end)}

    def exported(self, form: str, *more: str) -> bytes:
        """What an export writes; asked again, what it wrote the first time."""
        if (form, *more) not in self._exports:
            file = self.beside / f"export.{form}"
            self.say("export", "--format", form, "-o", str(file), "--force", *more)
            self._exports[form, *more] = file.read_bytes()
        return self._exports[form, *more]

    @cached_property
    def mails(self) -> dict[str, bytes]:
        """The mails of the site, and one of each kind that is asked for."""
        for kind in MAIL_KINDS:
            for at, note in enumerate(self.notes):
                self.say("email", kind, note, "--eml", str(self.beside / f"{kind}-{at}.eml"))
        named = {each.name: each.read_bytes() for each in self.beside.glob("*.eml")}
        return {**{name: data for name, data in self.site.items() if name.endswith(".eml")}, **named}


class Skeleton(HTMLParser):
    """What a page is made of: its elements with their attributes, its scripts, its addresses, its ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.kinds: Counter[tuple[str, str]] = Counter()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script"
        self.kinds.update([(tag, ""), *((tag, name) for name, _ in attrs)])
        self.addresses += [value or "" for name, value in attrs if name in ADDRESSES]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self.scripts.append(data)


CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""What no file may hold: what ends lines for some readers, and what no text needs."""
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "background", "cite"}
OURS = "data:,"
"""The address of the picture that no page has."""
IDS = re.compile(r"[a-z0-9_]+-[a-z0-9_-]+|listed")
"""Ids that are made from notes: with a hyphen, so no name of the browser's own is among them; and one of
ours that the harmless pages do not need."""
POLICY_FIRST = r"<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta http-equiv=.content-security-policy"


def pages(case: Case, twin: Case) -> Iterator[str]:
    """No page has an element, an attribute, a script or an address that its harmless twin could not have."""
    known, ids, count = _known(tuple(twin.files(".html").values()))
    for name, text in case.files(".html").items():
        read = Skeleton(text)
        yield from (f"{name}: {kind} is new" for kind in read.kinds.keys() - known)
        yield from (
            f"{name}: leads to {each!r}" for each in read.addresses if each != OURS and not is_safe(each)
        )
        yield from (f"{name}: the id {each!r}" for each in set(read.ids) - ids if not IDS.fullmatch(each))
        yield from (f"{name}: the id {each!r} twice" for each, n in Counter(read.ids).items() if n > 1)
        if read.kinds["script", ""] > count:
            yield f"{name}: {read.kinds['script', '']} scripts"
        if not re.match(POLICY_FIRST, text, re.IGNORECASE):
            yield f"{name}: no policy at the front"
        for script in read.scripts:
            if "<" in script or CONTROLS.search(script):
                yield f"{name}: a script holds {script[:80]!r}"


def _known(texts: Iterable[str]) -> tuple[set[tuple[str, str]], set[str], int]:
    """What harmless pages are made of, what their ids are, and how many scripts one has at most."""
    read = [Skeleton(text) for text in texts]
    kinds = {kind for each in read for kind in each.kinds}
    kinds |= {(tag, name) for tag in TAGS for name in ("", *ATTRIBUTES.get(tag, ()))}
    return kinds, {one for each in read for one in each.ids}, max(each.kinds["script", ""] for each in read)


def scripts(case: Case, twin: Case) -> Iterator[str]:
    """What search finds stays one expression, in which nothing can end a script."""
    for name, text in case.files(".js").items():
        if text != twin.files(".js").get(name) and name != "built.js":
            json.loads(re.sub(r"\A[^{]*|;\s*\Z", "", text))
            if "<" in text or CONTROLS.search(text):
                yield f"{name}: something that a script should not hold"


def documents(case: Case, twin: Case) -> Iterator[str]:
    """Every document is JSON and has the twin's fields."""
    del twin
    for name, text in {**case.files(".json"), "export": case.exported("json").decode()}.items():
        json.loads(text)
        if re.search("[\x00-\x08\x0b-\x1f]", text):
            yield f"{name}: a raw control character"


def shape_of(data: bytes) -> Counter[str]:
    """How many of which components a calendar has, as a reader of others finds them."""
    return Counter(str(each.name) for each in Calendar.from_ical(data).walk())


def calendars(case: Case, twin: Case) -> Iterator[str]:
    """As many events and alarms as the twin, no property more, lines short and clean."""
    for name in ("interviews.ics", "reminders.ics"):
        data, other = case.site[name], twin.site[name]
        if shape_of(data) != shape_of(other):
            yield f"{name}: {shape_of(data)}, the twin {shape_of(other)}"
        known = {key for each in Calendar.from_ical(other).walk() for key in each} | {"CONFERENCE", "URL"}
        for part in Calendar.from_ical(data).walk():
            yield from (f"{name}: a property {key}" for key in part.keys() - known)
    for name, text in case.files(".ics").items():
        if "\r" in text.replace("\r\n", "") or "\n" in text.replace("\r\n", ""):
            yield f"{name}: a bare line end"
        if CONTROLS.search(text.replace("\r\n", "")):
            yield f"{name}: a raw control character"
        if any(len(line.encode()) > 75 for line in text.split("\r\n")):
            yield f"{name}: a long line"


def cards(case: Case, twin: Case) -> Iterator[str]:
    """Address cards have no property that the twin has not."""
    text, other = (
        each.exported("vcard", "--with-notes").decode().replace("\r\n ", "") for each in (case, twin)
    )
    names, known = (Counter(re.findall(r"(?m)^([A-Za-z-]+)", each)) for each in (text, other))
    yield from (f"a property {name}" for name in names.keys() - known.keys() - {"EMAIL", "TEL", "TITLE"})
    if names["BEGIN"] != names["END"] or CONTROLS.search(text.replace("\r\n", "\n")):
        yield "not whole, or not clean"


WHOLE = ("interviews", "stories", "applications")
"""Tables in which a hostile text cannot rightly make another row, as a list of questions in a body can."""


def tables(case: Case, twin: Case) -> Iterator[str]:
    """A table has the twin's rows and columns, and no cell begins a formula."""
    for what in ("interviews", "questions", "stories", "people", "applications"):
        rows, other = (
            list(csv.reader(io.StringIO(each.exported("csv", "--what", what).decode(), newline="")))
            for each in (case, twin)
        )
        if {len(row) for row in rows} != {len(other[0])} or (what in WHOLE and len(rows) != len(other)):
            yield f"{what}: {len(rows)} rows of {[len(row) for row in rows]} cells"
        for cell in (cell for row in rows[1:] for cell in row):
            if re.match(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]", cell):
                yield f"{what}: a formula {cell[:40]!r}"


def letters(case: Case, twin: Case) -> Iterator[str]:
    """A mail has the headers of a mail, one of each, and the recipients that the user named."""
    heads = {frozenset(message_from_bytes(data).keys()) | {"To"} for data in twin.mails.values()}
    for name, data in case.mails.items():
        read = message_from_bytes(data, _class=EmailMessage, policy=SMTP)
        if {*read.keys(), "To"} not in heads or len(set(read.keys())) < len(read.keys()):
            yield f"{name}: headers {read.keys()}"
        if HOSTILE.search(str(read["Subject"])) or HOSTILE.search(data.decode("ascii").replace("\r\n", "")):
            yield f"{name}: a raw control character"
        if len(read["To"].addresses if read["To"] else ()) > 1:
            yield f"{name}: goes to {read['To']}"


MAIL_KINDS = ("reminder", "thank_you", "follow_up", "status_update", "withdraw", "negotiate")


def terminals(case: Case, twin: Case) -> Iterator[str]:
    """No command sends a terminal or a pipe anything that would act there; JSON stays JSON."""
    del twin
    for call in (each for each in READING if each.words[0] not in NOTHING_OF_NOTES):
        words = call.argv({"note": case.notes[-1], "out": str(case.beside), "import": "/nowhere.ics"})
        for more in ((), ("--json",)) if call.json else ((),):
            ran = case.say(*words, *more)
            if ran.code not in {0, 1, 2, 3}:
                yield f"{words}: exit {ran.code}, {ran.err}"
            if more and ran.out:
                json.loads(ran.out)
            raw = CONTROLS if words[0] == "feed" else HOSTILE  # a calendar goes through a pipe as it is
            for text in (ran.out.replace("\r\n", "\n"), ran.err):
                found = raw.search(text)
                if found:
                    yield f"{words}: {text[max(0, found.start() - 30) : found.end() + 10]!r}"


NOTHING_OF_NOTES = (
    "explain",
    "tips",
    "materials",
    "completion",
    "schema",
    "service",
    "mcp",
    "demo",
    "build",
    "import",
)


def reports(case: Case, twin: Case) -> Iterator[str]:
    """What machines read of findings: one finding each, nothing that a build server or a page obeys."""
    count = len(json.loads(case.say("check", "--json").out)["findings"])
    lines = case.say("check", "--format", "github").out.splitlines()
    told = [line for line in lines if line.startswith("::")]
    forged = [line for line in lines[:-1] if "##[" in line or not re.match(r"::[a-z]+( [^:]*)?::", line)]
    if len(told) != count or forged or "##[" in lines[-1]:
        yield f"{len(told)} annotations for {count} findings, {forged}"
    for form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(case.say("check", "--format", form).out)
    kinds, known = (markdown_kinds(each.say("check", "--format", "markdown").out) for each in (case, twin))
    yield from (f"the report has {kind}" for kind in kinds - known - {"<!-- -->"})


def markdown_kinds(text: str) -> set[str]:
    """What kinds of things a reader of Markdown sees in a text."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    inner = [child for token in tokens for child in token.children or []]
    return {token.type if token.type != "html_inline" else token.content for token in (*tokens, *inner)}


def names(case: Case, twin: Case) -> Iterator[str]:
    """Files of the site are called plainly, briefly, and differently on every system."""
    del twin
    seen = Counter(name.casefold() for name in case.site)
    yield from (f"{name} clashes" for name, count in seen.items() if count > 1)
    for name in case.site:
        for part in name.split("/"):
            plain = re.fullmatch(r"\.?[a-z0-9]([a-z0-9_.-]*[a-z0-9])?", part)
            if not plain or DEVICES.match(part) or len(part.encode()) > 120:
                yield f"the name {part!r}"


DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def sections(case: Case, twin: Case) -> Iterator[str]:
    """Coaching that quotes a vault cannot end or begin a section, and a second run finds nothing to do."""
    del twin
    before = {path: path.read_bytes() for path in case.root.rglob("*.md")}
    case.say("coach")
    for path, old in before.items():
        ours = path.read_bytes()
        if ours != old and ours.count(b"\n<!-- prepvault:begin") != ours.count(b"\n<!-- prepvault:end"):
            yield f"{path.name}: sections begin and do not end"
    again = case.say("coach", "--check")
    if again.code and not re.search("coaching/", again.out + again.err):
        yield f"a second run would write: {again.out[:200]}"
    yield from (f"{code}" for code in re.findall("coaching/[a-z-]+", case.say("check").out))


WAYS: Mapping[Callable[[Case, Case], Iterator[str]], tuple[str, ...]] = {
    pages: ("markup", "lines", "screens", "names"),
    scripts: ("markup", "lines"),
    documents: ("markup", "lines", "screens"),
    calendars: ("lines", "screens", "names"),
    cards: ("lines", "screens"),
    tables: ("lines", "signs"),
    letters: ("lines", "screens"),
    terminals: ("screens",),
    reports: ("markup", "lines", "screens"),
    names: ("markup", "screens", "names"),
    sections: ("markup", "lines", "screens"),
}
"""Every way out, and the payloads whose reader it is."""
