"""Texts that the dashboard shows as safe HTML: the user's own part of a note, and the longer cards."""

from collections.abc import Mapping, Sequence

from prepvault.jobs.site_research import research_template
from prepvault.model.card import Library
from prepvault.model.note import Note
from prepvault.model.section import Section
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.sections import find_sections
from prepvault.parse.splice import without_sections
from prepvault.render.headings import settle_headings
from prepvault.render.markdown_html import render_markdown


def own_body(note: Note, sections: Sequence[Section] | None = None) -> str:
    """The user's own part of a note, what is left without our sections; they are found where not given."""
    ours = find_sections(note.data, note.path)[0] if sections is None else sections
    head, _ = parse_head(without_sections(note.data, ours), note.path)
    return head.body


def shown_texts(library: Library) -> Mapping[str, str]:
    """Show the longer coaching texts by id, the blank research template among them."""
    bodies = {each.id: each.body for each in library.texts.values()}
    bodies["research"] = research_template(library)
    return {key: _text(key, body) for key, body in bodies.items()}


def _text(key: str, body: str) -> str:
    """Show a card's text; its lines are wrapped by the editor, which means nothing."""
    html = render_markdown(body, _nowhere, id_prefix=f"{key}-")
    return settle_headings(html.replace("<br>", " "), 3)


def _nowhere(_target: str) -> str | None:
    return None
