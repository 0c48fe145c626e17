"""Task boxes `- [x] text` with any character in the box, shown as a sign with a name, not as a form."""

import re
from types import MappingProxyType

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_BOX = re.compile(r"\[([^\n\[\]])\](?:[ \t]+|$|(?=\n))")
_OPEN_SIGNS = MappingProxyType(
    {
        " ": ("☐", "to do"),
        "/": ("◧", "in progress"),
        ">": ("▷", "put off"),
        "<": ("◷", "scheduled"),
        "!": ("⚠", "important"),
        "?": ("?", "open question"),
    }
)
_CLOSED_SIGNS = MappingProxyType({"x": ("☑", "done"), "X": ("☑", "done"), "-": ("☒", "dropped")})


def sign_of(state: str) -> tuple[str, str]:
    """Return the sign for a box and its name; any unknown character counts as ticked, as in Obsidian."""
    return _OPEN_SIGNS.get(state) or _CLOSED_SIGNS.get(state) or ("☑", f"marked {state}")


def mark_tasks(state: StateCore) -> None:
    """Find list items that begin with a box; runs before the inline rules."""
    tokens = state.tokens
    for position, item in enumerate(tokens):
        if item.type != "list_item_open" or tokens[position + 1].type != "paragraph_open":
            continue
        inline = tokens[position + 2]
        if found := _BOX.match(inline.content):
            inline.content = inline.content[found.end() :]
            inline.children = [Token("task_box", "span", 0, content=found[1])]
            item.attrSet("class", "task" if found[1] in _OPEN_SIGNS else "task task-done")
            item.attrSet("data-task", found[1])
