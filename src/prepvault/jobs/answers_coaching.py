"""What an assistant is told to coach with: materials, research, pitches and stories."""

from collections.abc import Sequence
from typing import Any

from prepvault.errors import UsageError
from prepvault.jobs.answers import MOST, Answer, bytes_of, interview_answer, shortened
from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.jobs.materials import materials
from prepvault.jobs.research import research, research_record
from prepvault.jobs.stories import Matched
from prepvault.jobs.story_records import match_record
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.near import find_near
from prepvault.model.pitch import Pitch
from prepvault.model.vault import Vault

SECTIONS: tuple[str, ...] = (
    "star_method",
    "common_questions",
    "prep_checklist",
    "interview_tips",
    "strength_weaknesses",
    "questions_to_ask",
)
"""The fields of the original's materials, in their order."""

_A_FIELD = MOST // len(SECTIONS) * 2
"""No field may be longer than that while all are asked for; the shipped ones are far shorter."""

_LONGEST = 2_000


def materials_answer(
    context: Context,
    vault: Vault,
    kind: InterviewType,
    *,
    job_id: str = "",
    family: str = "",
    section: str = "",
) -> Answer:
    """Give the materials of a type for a role: the one named by its family, else that of the application."""
    if section and section not in SECTIONS:
        near = find_near(section, SECTIONS)
        hint = f"did you mean `{near}`?" if near else f"there is {', '.join(SECTIONS)}"
        raise UsageError(f"the materials have no section `{section}`", hint=hint)
    role = next((each.role for each in vault.interviews if job_id and each.job_id == job_id), "")
    library, _ = load_library(context)
    made: Answer = dict(materials(library, kind, role or family.replace("_", " "), family))
    cut: list[str] = []
    answer: Answer = {name: shortened(made[name], _LONGEST) for name in made if name not in SECTIONS}
    for name in SECTIONS:
        wanted = not section or name == section
        answer[name] = _fitting(made[name], MOST if section else _A_FIELD) if wanted else None
        if wanted and answer[name] != made[name]:
            cut.append(name)
    rest = f"ask again with section={cut[0]} for all of it" if cut and not section else ""
    return {"job_id": job_id, **answer, "truncated": bool(cut), "rest": rest}


def _fitting(value: Any, most: int) -> Any:
    """As much of a list, or of a record's texts, as fits."""
    if bytes_of(value) <= most:
        return shortened(value, most) if not isinstance(value, list) else value
    if isinstance(value, list):
        kept, size = [], 0
        for each in value:
            size += bytes_of(each) + 1
            if size > most:
                break
            kept.append(each)
        return kept
    return shortened(value, most // (2 * max(1, len(value))))


def research_answer(context: Context, vault: Vault, company: str) -> Answer:
    """Give the template of a company's research, and what the vault's own note says already.

    Nothing is written and nothing is fetched. A name that is almost that of a company here is still one of
    its own, with a remark.
    """
    remark = ""
    try:
        found = research(context, vault, company, check=True)
    except UsageError as error:
        remark = f"{error.message}: {error.hint.partition('?')[0]}?" if "?" in error.hint else error.message
        found = research(context, vault, company, check=True, new=True)
    library, _ = load_library(context)
    record = research_record(found)
    known = {part["id"]: part for part in _parts(record)}
    sections = []
    for part in library.research:
        facts = [_fact(each) for each in known[part.id]["facts"]] if part.id in known else []
        sections.append(
            {
                "title": part.title,
                "fields": list(part.fields),
                "where_to_look": part.where,
                "so_what": part.so_what,
                "known": shortened(facts, 300)[:12],
            }
        )
    says = {name: shortened(record[name], 300) for name in ("say", "ask", "watch", "unknown")}
    return {
        "company": shortened(record["company"], 200),
        "sections": sections,
        "filled": record["filled"],
        "fields": record["fields"],
        **says,
        "note": record["path"] if not found.is_new else None,
        "next_interview": record["next_interview"],
        "remark": remark,
    }


def _parts(record: Answer) -> Sequence[Answer]:
    parts: Sequence[Answer] = record["parts"]
    return parts


def _fact(fact: Answer) -> Answer:
    return {name: fact[name] for name in ("field", "value", "source", "read_on", "age")}


def pitch_answer(pitches: Sequence[Pitch], seconds: int) -> Answer:
    """Give the pitch of one length, and the other lengths beside it."""
    chosen = next(each for each in pitches if each.seconds == seconds)
    failed = [check for check in chosen.checks if not check.ok]
    return {
        "pitch": shortened(chosen.text, _LONGEST * 2),
        "seconds": chosen.seconds,
        "missing": list(chosen.missing),
        "checks_passed": len(chosen.checks) - len(failed),
        "checks_failed": [{"name": each.name, "found": each.found, "hint": each.hint} for each in failed],
        "other_lengths": {
            str(each.seconds): shortened(each.text, _LONGEST * 2) for each in pitches if each is not chosen
        },
    }


def match_answer(interview: Interview, matched: Matched) -> Answer:
    """Give the story to tell for each competency that one interview asks for."""
    record: Answer = dict(match_record(interview, matched.match))
    titles = {
        story.id: story.title for row in matched.match.rows for story in (row.story, row.backup) if story
    }
    names = {tag: card.title for tag, card in matched.competencies.items()}
    rows = [
        {
            "tag": row["tag"],
            "competency": names.get(row["tag"], row["tag"]),
            "weight": row["weight"],
            "reasons": row["reasons"],
            "story": row["story"],
            "story_title": titles.get(row["story"], ""),
            "fit": row["fit"],
            "backup": row["backup"],
            "backup_title": titles.get(row["backup"], ""),
            "why": row["why"],
            "advice": row["advice"],
        }
        for row in record["rows"]
    ]
    return {
        "interview": interview_answer(interview, most=400),
        "stories_to_bring": {"least": record["least"], "most": record["most"]},
        "rows": shortened(rows, 300),
        "states": dict(matched.states),
    }
