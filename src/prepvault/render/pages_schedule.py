"""The page with the form, and what the form must know to say the same as the checks do."""

from collections.abc import Iterable, Iterator, Mapping

from prepvault.model.interview import JOB_WORDS, Interview, InterviewType
from prepvault.model.properties import BY_NAME, YEARS
from prepvault.model.site import SiteModel
from prepvault.model.venues import HOSTS, MAPS, SERVICE_WORDS
from prepvault.model.zones import WORLD_ZONES, ZONE_ABBREVIATIONS, zone_names
from prepvault.render.pages import Page, interview_path
from prepvault.render.times import utc_text

_MINUTES = 60


def schedule_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the form; a page for strangers writes no notes, so it is told nothing."""
    values = {"types": tuple(InterviewType), "form": None if site.is_incognito else _form(site)}
    yield Page("schedule.html", "schedule.html", "Schedule", values, "schedule.html")


def _form(site: SiteModel) -> Mapping[str, object]:
    rounds = [page.interview for page in site.interviews.values()]
    return {
        "vault": site.vault_name,
        "folder": site.interviews_folder,
        "zone": site.zone,
        "properties": dict(site.property_names),
        "rules": {name: entry.rule for name, entry in BY_NAME.items() if entry.required},
        "bounds": {name: (BY_NAME[name].least, BY_NAME[name].most) for name in ("duration_minutes", "round")},
        "years": (YEARS[0], YEARS[-1]),
        "types": {kind.value: _type(site, kind) for kind in InterviewType},
        "zones": sorted(zone_names()),
        "abbreviations": dict(ZONE_ABBREVIATIONS),
        "world": sorted(WORLD_ZONES),
        "places": {"hosts": dict(HOSTS), "words": SERVICE_WORDS, "maps": MAPS},
        "jobWords": JOB_WORDS,
        "companies": [each.name for each in site.companies],
        "roles": _distinct(each.role for each in rounds),
        "people": _people(rounds),
        "jobs": _jobs(site),
        "booked": _booked(site),
        "taken": _taken(site, rounds),
    }


def _type(site: SiteModel, kind: InterviewType) -> Mapping[str, object]:
    guide = site.prep[kind].guide if kind in site.prep else None
    return {
        "label": kind.label,
        "minutes": guide.minutes if guide else _MINUTES,
        "purpose": guide.purpose if guide else "",
        "usual": guide.usual.replace("-", "–") if guide else "",
    }


def _distinct(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if text}, key=lambda text: (text.casefold(), text))


def _people(rounds: Iterable[Interview]) -> list[tuple[str, str]]:
    """Everyone met or to be met, as a note names them, each with the company."""
    met: dict[tuple[str, str], str] = {}
    for each in rounds:
        for person in each.people:
            shown = f"{person.name} ({person.title})" if person.title else person.name
            met[person.key, each.company] = shown
    return sorted((shown, company) for (_, company), shown in met.items())


def _jobs(site: SiteModel) -> list[Mapping[str, object]]:
    """The applications that have a name, the open ones first, with the round that would be next."""
    jobs: list[Mapping[str, object]] = []
    for loop in site.loops:
        if loop.job_id:
            rounds = [site.interviews[each].interview for each in loop.ids]
            numbers = [each.round or place for place, each in enumerate(rounds, 1)]
            jobs.append(
                {"id": loop.job_id, "company": loop.company, "role": loop.role, "next": max(numbers) + 1}
            )
    return jobs


def _booked(site: SiteModel) -> list[Mapping[str, object]]:
    """What another interview may stand in the way of, or be the same as: those still open, with an hour."""
    still_open = (*site.overview.upcoming, *site.overview.waiting)
    return [
        {
            "title": each.title,
            "company": each.company,
            "type": each.type.value if each.type else "",
            "starts": utc_text(each.starts),
            "ends": utc_text(each.ends),
            "page": interview_path(site, each.id),
        }
        for each in still_open
        if not each.all_day
    ]


def _taken(site: SiteModel, rounds: Iterable[Interview]) -> Mapping[str, list[str]]:
    """The names and ids that a new note must not have; its file's name begins with a day."""
    folder = f"{site.interviews_folder}/"
    names = (each.path.removeprefix(folder) for each in rounds if each.path.startswith(folder))
    return {
        "files": sorted(name for name in names if name[:1].isdigit()),
        "ids": sorted(each.id for each in rounds if each.has_id),
    }
