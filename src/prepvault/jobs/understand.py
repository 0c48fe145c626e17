"""Understand a time or a zone that a person typed, or say why not."""

from difflib import get_close_matches

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.model.zones import zone_names
from prepvault.parse.when import When, WhenFault, parse_when
from prepvault.parse.zone import read_zone


def understand_when(context: Context, text: str, zone: str) -> When:
    """Read a time; `zone` is meant where the text names none. UsageError says how to write it clearly."""
    when = parse_when(text, now=context.now, zone=zone)
    if isinstance(when, WhenFault):
        raise UsageError(f"`{text}` is not clear: {when.message}", hint=when.hint)
    return when


def understand_zone(text: str) -> str:
    """Read a zone's name; UsageError names the nearest where there is no such zone."""
    read = read_zone(text)
    if read.name:
        return read.name
    near = [read.suggestion] if read.suggestion else get_close_matches(text, zone_names(), n=1, cutoff=0.6)
    guess = f"did you mean `{near[0]}`?" if near else "name a city's zone, like Europe/Berlin"
    raise UsageError(f"no time zone is called `{text}`", hint=guess)
