"""Minutes as cards write them, `18-20`, stretched to another length."""

import re

_NUMBER = re.compile(r"\d+")


def scale_minutes(text: str, factor: float) -> str:
    """Multiply every number by the factor, to whole minutes and at least one; `5-5` becomes `5`."""
    scaled = _NUMBER.sub(lambda found: str(max(1, round(int(found[0]) * factor))), text)
    low, dash, high = scaled.partition("-")
    return low if dash and low.strip() == high.strip() else scaled
