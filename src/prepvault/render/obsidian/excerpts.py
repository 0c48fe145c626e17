"""Cut a parsed note down to what a link means: the part under a heading, or one block."""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from prepvault.render.obsidian.headings import plain_text
from prepvault.render.obsidian.page import fragment_id, slug_of

_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})


def cut_excerpt(tokens: Sequence[Token], part: str, id_prefix: str) -> list[Token] | None:
    """Keep the part named `Heading#Below` or `^block`, with the footnotes it uses; None if there is none."""
    at = next((at for at, each in enumerate(tokens) if each.type == "footnote_block_open"), len(tokens))
    body: Sequence[Token] | None = tokens[:at]
    if part.startswith("^"):
        body = _block(tokens[:at], fragment_id(part, id_prefix))
    else:
        for title in part.split("#"):
            body = _under(body, slug_of(title)) if body else None
    return None if body is None else [*body, *_footnotes(tokens[at:], body)]


def _under(tokens: Sequence[Token], slug: str) -> Sequence[Token] | None:
    """Find a heading and everything below it, down to the next one of its rank."""
    found: tuple[int, int] | None = None
    for at, token in enumerate(tokens):
        if token.type != "heading_open" or token.level:
            continue
        rank = _rank(token)
        if found and rank <= found[1]:
            return tokens[found[0] : at]
        if not found and slug_of(plain_text(tokens[at + 1].children)) == slug:
            found = at, rank
    return tokens[found[0] :] if found else None


def _rank(heading: Token) -> int:
    """Return the level that is written in the note, wherever the page puts it."""
    return {"=": 1, "-": 2}.get(heading.markup, len(heading.markup))


def _block(tokens: Sequence[Token], name: str) -> Sequence[Token] | None:
    """Find the block with an id; a list item comes in a list of its own."""
    start = next((at for at, each in enumerate(tokens) if each.attrs.get("id") == name), None)
    if start is None:
        return None
    depth = 0
    for end in range(start, len(tokens)):
        depth += tokens[end].nesting
        if depth == 0:
            return _listed(tokens, start, end + 1)
    return None


def _listed(tokens: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    item, block = tokens[start], list(tokens[start:end])
    if item.type != "list_item_open":
        return block
    around = next(each for each in reversed(tokens[:start]) if each.type in _LISTS)
    opening = Token(around.type, around.tag, 1, block=True)
    if around.tag == "ol" and item.info not in {"", "1"}:
        opening.attrSet("start", item.info)
    return [opening, *block, Token(around.type.replace("open", "close"), around.tag, -1, block=True)]


def _footnotes(block: Sequence[Token], body: Sequence[Token]) -> Iterator[Token]:
    """Keep the footnotes that the excerpt refers to, numbered anew."""
    notes = {note[0].meta["id"]: note for note in _each_note(block)}
    places = [token.meta for token in _references(body)]
    order: dict[int, int] = {}
    waiting = [meta["id"] for meta in places]
    while waiting:
        number = waiting.pop(0)
        if number not in order and number in notes:
            order[number] = len(order)
            inside = [token.meta for token in _references(notes[number])]
            places += inside
            waiting += [meta["id"] for meta in inside]
    there = {(meta["id"], meta["subId"]) for meta in places}
    kept = [
        token
        for number in order
        for token in notes[number]
        if token.type != "footnote_anchor" or (token.meta["id"], token.meta["subId"]) in there
    ]
    metas = [*places, *(each.meta for each in kept if each.type in {"footnote_open", "footnote_anchor"})]
    for meta in {id(meta): meta for meta in metas}.values():
        meta["id"] = order.get(meta["id"], meta["id"])
    if kept:
        yield from (block[0], *kept, block[-1])


def _each_note(block: Sequence[Token]) -> Iterator[list[Token]]:
    note: list[Token] = []
    for token in block[1:-1]:
        note.append(token)
        if token.type == "footnote_close":
            yield note
            note = []


def _references(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "footnote_ref":
            yield token
        elif token.children:
            yield from _references(token.children)
