"""Read the words by which invites are understood: `texts/invites.yaml` of the content."""

from prepvault.model.interview import InterviewType
from prepvault.model.invite import InviteWords
from prepvault.parse.card_fields import read_list
from prepvault.parse.yaml_faults import YamlFault


def parse_invite_words(text: str, path: str) -> InviteWords:
    """Read the lists of words, in the file's order; a file that cannot be read gives none."""
    try:
        records = tuple(read_list(text, path))
    except YamlFault:
        return InviteWords()
    types: list[tuple[str, InterviewType]] = []
    systems: dict[str, str] = {}
    others: dict[str, tuple[str, ...]] = {}
    for record in records:
        name, words = record.text("id", required=True), record.words("words")
        kind = record.text("kind", required=True)
        if kind == "type" and name in set(InterviewType):
            types += [(word.casefold(), InterviewType(name)) for word in words]
        elif kind == "system":
            systems |= {word.casefold(): name for word in words}
        else:
            others[kind] = tuple(word.casefold() for word in words)
    private = frozenset(others.get("private", ()))
    return InviteWords(
        types=tuple(types),
        cancelled=others.get("cancelled", ()),
        systems=systems,
        private=private,
        interview=others.get("interview", ()),
        noise=others.get("noise", ()),
    )
