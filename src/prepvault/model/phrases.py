"""Turns of a phrase that decisions and texts share: a small first letter in mid-sentence, a full stop."""


def lower_first(text: str) -> str:
    """Begin in lower case, to go on in mid-sentence; `I` and words with later capitals (`API`) stay."""
    first = text.partition(" ")[0]
    is_name = first == "I" or first.startswith(("I'", "I’")) or first[1:] != first[1:].lower()
    return text if is_name else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """End a text with a full stop, unless it ends already; nothing stays nothing."""
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."
