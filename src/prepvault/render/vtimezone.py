"""VTIMEZONE components, made from the zone's own rule: one STANDARD and at most one DAYLIGHT, no dates."""

from datetime import datetime

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vDDDTypes, vRecur, vText, vUTCOffset

from prepvault.render.zone_rules import Onset, ZoneRules, rules_of


def render_vtimezone(zone: str) -> Timezone | None:
    """Describe a zone's clock to calendar apps; None for a zone whose events must be written in UTC."""
    rules = rules_of(zone)
    if rules is None:
        return None
    component = Timezone()
    component["TZID"] = vText(zone)
    for onset in rules.onsets:
        component.add_component(_observance(onset, rules))
    return component


def _observance(onset: Onset, rules: ZoneRules) -> TimezoneStandard | TimezoneDaylight:
    """One half of the year; the half with the later clock is the daylight half, whatever its law calls it."""
    part = TimezoneDaylight() if onset.after > onset.before else TimezoneStandard()
    first = onset.rule.in_year(rules.since) if onset.rule else datetime(rules.since, 1, 1)  # noqa: DTZ001
    part["DTSTART"] = vDDDTypes(first)
    if onset.rule:
        part["RRULE"] = vRecur(
            freq="YEARLY", bymonth=onset.rule.month, byday=f"{onset.rule.week}{onset.rule.weekday}"
        )
    part["TZNAME"] = vText(onset.name)
    part["TZOFFSETFROM"] = vUTCOffset(onset.before)
    part["TZOFFSETTO"] = vUTCOffset(onset.after)
    return part
