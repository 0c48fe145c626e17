"""Text for programs that act on what they read: nothing unseen in it, and in Markdown nothing that runs."""

import re
from typing import Any

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]|(?<=[\ufe0e\ufe0f])[\ufe0e\ufe0f]+"
)
_FENCE = re.compile(
    r"(?P<before>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)"
    r"(?:(?P<marks>~{3,})[ \t]*(?P<info>.*)|(?P<ticks>`{3,})[ \t]*(?P<word>[^`]*))"
)
_LANGUAGES = frozenset(
    {
        *("bash", "c", "cpp", "csharp", "css", "diff", "go", "html", "java", "javascript", "js", "json"),
        *("kotlin", "markdown", "md", "php", "python", "ruby", "rust", "sh", "sql", "swift", "text"),
        *("toml", "ts", "typescript", "xml", "yaml"),
    }
)
"""What a fence may be marked as: colours for the eye. Other words make programs run what stands inside."""

_EMBED = r"\[[^\[\]]+\]\](?![(\[])"
"""What stands behind `![` where a note of one's own is shown, and no picture from elsewhere."""

_LIVE = re.compile(rf"<(?=[A-Za-z/?!%])|%(?=%)|!+(?=\[(?!{_EMBED}))|\$(?==)")
_STILL = {"<": "&lt;", "%": "% ", "$": "$ "}


def plain_text(text: str) -> str:
    """Take out control, bidirectional and zero-width characters; lines end in one way."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def plain_value(value: Any) -> Any:
    """Do that with every text inside a record."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, dict):
        return {key: plain_value(each) for key, each in value.items()}
    return [plain_value(each) for each in value] if isinstance(value, list | tuple) else value


def still_markdown(text: str) -> str:
    """Markdown from a program for a note: it keeps its form, and nothing in it runs, hides or fetches.

    Raw HTML and template tags are shown as text, comments too; a picture becomes a link; a fence keeps the
    name of a language and loses any other word, which a plugin might run. Only fences at the start of a line
    keep what is in them: others end with their quote or list, wherever that is.
    """
    fence, lines = "", []
    for line in plain_text(text).split("\n"):
        found = _FENCE.fullmatch(line)
        if not found:
            lines.append(line.replace("<%", "< %") if fence else _LIVE.sub(_still, line))
            continue
        before, marks = found["before"], found["marks"] or found["ticks"]
        info = (found["info"] or found["word"] or "").strip()
        info = info if info.casefold() in _LANGUAGES else ""
        lines.append(before + marks + info)
        if fence and marks.startswith(fence) and not info and not before.strip():
            fence = ""
        elif not fence and not before:
            fence = marks
    return "\n".join(lines)


def still_words(text: str) -> str:
    """Words from a program for a property: nothing unseen, no tag that a template program would run."""
    return plain_text(text).replace("<%", "< %")


def _still(found: re.Match[str]) -> str:
    return _STILL.get(found[0], "")
