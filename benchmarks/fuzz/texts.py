"""Texts: pages that can do nothing, links that mean one thing, settings that keep their types."""

import json
import tomllib

from benchmarks.fuzz.pieces import choose, require, text_of
from prepvault.model.settings import SETTINGS
from prepvault.parse.links import find_target, split_wikilink, unwrap_link
from prepvault.parse.settings import parse_settings
from prepvault.render.markdown_html import render_markdown
from prepvault.render.obsidian.embeds import NO_EMBEDS, Embeds, Passage
from prepvault.rules.links import build_index, meant_by
from tests.hostile_markdown import KNOWN, TRAPS
from tests.inert_html import faults_of

_PATHS = ("Companies/Acme.md", "Interviews/acme.md", "Acme.md", "files/Ünï.png", "a b/Acme Corp..md")


def _resolve(target: str) -> str | None:
    return KNOWN.get(target, f"notes/{len(target)}.html" if len(target) % 2 else None)


def _embeds(text: str, depth: int = 0) -> Embeds:
    """A vault in which every embed brings in the same text again, and pictures lie anywhere."""
    addresses = ("files/x-0a1b.png", "../files/y.gif", *TRAPS)
    return Embeds(
        f"here {depth % 7}",
        picture=lambda target: addresses[len(target) % len(addresses)],
        passage=lambda target: Passage(text, target.partition("#")[2], _resolve, _embeds(text, depth + 1)),
        remark=lambda target: target,
    )


def check_markdown(data: bytes) -> None:
    """Render a text, alone or with embeds that bring it in again: `<which><text>`."""
    kind, rest = choose(data, ("alone", "embeds", "no breaks"))
    text = text_of(rest)
    embeds = _embeds(text) if kind == "embeds" else NO_EMBEDS
    html = render_markdown(text, _resolve, embeds=embeds, breaks=kind != "no breaks")
    faults = faults_of(html)
    require(not faults, f"a page with {faults[:3]}")


def check_links(data: bytes) -> None:
    """Take a text with links apart, and look for what they mean."""
    text = text_of(data)
    shown, target = unwrap_link(text), find_target(text)
    require("\n" not in target or "\n" in text.strip(), "a link's target runs over lines")
    require(len(shown) <= len(text), "a link shows more than it says")
    path, alias = split_wikilink(text)
    require("|" not in path and "#" not in path and "|" not in path, "a path with marks in it")
    require(alias or not path.strip("/ "), "a link shows nothing")
    index = build_index(_PATHS, {"Acme.md": ("the firm",)})
    for each in (text, target, path):
        require(set(meant_by(each, "Interviews/acme.md", index)) <= set(_PATHS), "a link leaves the vault")
    html = render_markdown(f"[[{text}]] ![[{text}]] [x]({text})", _resolve)
    require(not faults_of(html), "a link that can do something")


def check_settings(data: bytes) -> None:
    """Read settings: every value keeps its type, and what tomllib reads is read."""
    read, findings = parse_settings([("user", b""), ("vault", data)])
    for entry in SETTINGS:
        value = read.values[entry.key]
        require(isinstance(value, type(entry.default)), f"`{entry.key}` has another type")
        require(read.origin[entry.key] != "default" or value == entry.default, "a default changed")
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for each in findings:
        require(each.message and 0 <= each.place.line <= lines, "a finding without a place")
        require("\x1b" not in json.dumps(each.message), "a control character in a message")
    codes = {each.code for each in findings}
    try:
        known = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        require("settings/unreadable" in codes, "what is no TOML is not spoken of")
        return
    require("settings/unreadable" not in codes, "TOML is refused")
    require(len(findings) <= 2 * len(data) + 2 and isinstance(known, dict), "findings without bound")
