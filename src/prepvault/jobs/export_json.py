"""Write a whole vault as one JSON document, in the shape that `prepvault schema export` describes."""

from collections.abc import Mapping, Sequence

from prepvault import __version__
from prepvault.jobs.contacts import contacts_of
from prepvault.jobs.context import Context
from prepvault.jobs.debrief import debrief_record
from prepvault.jobs.stats import count, count_record
from prepvault.jobs.story_records import story_record
from prepvault.model.company import Company
from prepvault.model.contact import Contact
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.render.api import finite, interview_record
from prepvault.rules.uses import use_counts

FORMAT = 1
"""The version of this shape; fields are added within one, never renamed or removed."""

Record = dict[str, object]


def vault_record(
    context: Context, vault: Vault, interviews: Sequence[Interview], *, is_whole: bool, has_figures: bool
) -> Record:
    """Tell everything that the notes say; of a part of the interviews, only what belongs to them."""
    told = use_counts(vault)
    people = contacts_of(context, vault, interviews, is_whole=is_whole)
    record: Record = {
        "format": FORMAT,
        "made_by": f"PrepVault {__version__}",
        "made_at": context.now.isoformat(),
        "vault": vault.name,
        "timezone": context.settings.zone,
        "whole": is_whole,
        "interviews": [_interview(vault, each) for each in interviews],
        "people": [_person(each) for each in people],
    }
    if is_whole:
        record["stories"] = [
            {**story_record(each, told[each.id]), "text": dict(each.parts)} for each in vault.stories
        ]
        record["companies"] = [_company(each) for each in vault.companies]
        record["about"] = _about(vault)
        record["unreadable"] = [each.path for each in vault.unread]
    if has_figures:
        record["statistics"] = count_record(count(context, vault))
    return record


def _interview(vault: Vault, interview: Interview) -> Record:
    debrief, head = vault.debriefs.get(interview.path), vault.heads.get(interview.path)
    return {
        **interview_record(interview),
        "format": interview.format,
        "job_description": interview.job_description,
        "deadline": interview.deadline.isoformat() if interview.deadline else None,
        "mails_sent": list(interview.mails_sent),
        "publish": interview.publish,
        "properties": finite(dict(head.values if head.valid else head.rescued)) if head else {},
        "text": head.body if head else "",
        "debrief": debrief_record(debrief) if debrief else None,
    }


def _person(contact: Contact) -> Record:
    return {
        "name": contact.name,
        "title": contact.title,
        "company": contact.company,
        "email": contact.email,
        "phone": contact.phone,
        "link": contact.link,
        "interviews": list(contact.interviews),
        "note": contact.note or None,
    }


def _company(company: Company) -> Record:
    return {
        "name": company.name,
        "website": company.website,
        "aliases": list(company.aliases),
        "values": list(company.values),
        "say": list(company.say),
        "ask": list(company.ask),
        "watch": list(company.watch),
        "unknown": list(company.unknown),
        "facts": [
            {
                "part": fact.part,
                "field": fact.name,
                "value": fact.value,
                "source": fact.source,
                "read_on": fact.read_on.isoformat() if fact.read_on else None,
                "confidence": fact.confidence,
            }
            for fact in company.facts
        ],
        "note": company.path,
    }


def _about(vault: Vault) -> Mapping[str, object]:
    about = vault.about
    return {
        "strengths": [
            {"name": each.name, "story": each.story, "impact": each.impact} for each in about.strengths
        ],
        "weaknesses": [{"name": each.name, "text": each.text} for each in about.weaknesses],
        "answers": dict(about.answers),
    }
