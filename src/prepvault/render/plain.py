"""Text for programs that act on what they read: nothing unseen in it, and in Markdown nothing that runs."""

import re
from typing import Any

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_FENCE = re.compile(r"(?P<marks>[ \t>]*(?:`{3,}|~{3,}))[ \t]*(?P<info>.*)")
_LANGUAGES = frozenset(
    {
        *("bash", "c", "cpp", "csharp", "css", "diff", "go", "html", "java", "javascript", "js", "json"),
        *("kotlin", "markdown", "md", "php", "python", "ruby", "rust", "sh", "sql", "swift", "text"),
        *("toml", "ts", "typescript", "xml", "yaml"),
    }
)
"""What a fence may be marked as: colours for the eye. Other words make programs run what stands inside."""

_LIVE = re.compile(r"<(?=[A-Za-z/?!%])|%%|!\[(?!\[)|`(?=\s*\$?=)")
_STILL = {"<": "&lt;", "%%": "% %", "![": "[", "`": "\\`"}


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
    name of a language and loses any other word, which a plugin might run.
    """
    fence, lines = "", []
    for line in plain_text(text).split("\n"):
        found = _FENCE.fullmatch(line)
        marks = found["marks"].strip(" \t>") if found else ""
        if fence:
            closes = bool(found) and marks.startswith(fence) and not (found and found["info"])
            fence = "" if closes else fence
            lines.append(line.replace("<%", "< %"))
        elif found and "`" not in found["info"]:
            fence = marks
            info = found["info"].strip().casefold()
            lines.append(found["marks"] + (info if info in _LANGUAGES else ""))
        else:
            lines.append(_LIVE.sub(lambda live: _STILL[live[0]], line))
    return "\n".join(lines)
