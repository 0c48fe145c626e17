"""What a posting asks for, measured on postings of twelve professions, and the words that are its own."""

from pathlib import Path

import pytest

from prepvault.model.interview import InterviewType
from prepvault.model.posting import Posting, PostingText
from prepvault.rules.demand import demands_of
from prepvault.rules.posting import decode_posting
from tests.coaching_maker import interview, library

POSTINGS = Path(__file__).parent / "data" / "postings"
NEEDS = {
    "account_executive": "influence conflict delivery",
    "accountant": "delivery integrity technical-depth",
    "designer": "inclusion customer communication",
    "electrician": "problem-solving integrity technical-depth",
    "engineer": "technical-depth problem-solving ownership",
    "engineering_manager": "leadership mentoring delivery",
    "hr_partner": "conflict influence change",
    "kestrel": "technical-depth ownership problem-solving",
    "nurse": "customer integrity crisis",
    "nurse_lead": "leadership prioritisation integrity",
    "product_manager": "prioritisation influence data-driven",
    "teacher": "customer mentoring feedback-growth",
}
"""Which three needs a sensible reader names for each, written down before the rules were."""

WORDS = {
    "account_executive": {"Salesforce", "B2B SaaS", "quota"},
    "accountant": {"IFRS", "intercompany", "ERP"},
    "designer": {"accessibility", "WCAG", "usability"},
    "electrician": {"PLCs", "Siemens S7", "root cause", "fault finding"},
    "engineer": {"PostgreSQL", "on-call", "Python"},
    "kestrel": {"Kafka", "PostgreSQL", "on-call", "incident reviews", "SLOs"},
    "nurse": {"deteriorating patient", "infection control"},
    "nurse_lead": {"safeguarding", "changing caseload", "electronic records", "appraisals"},
    "product_manager": {"roadmap", "user interviews", "metrics"},
    "teacher": {"safeguarding", "constructive feedback"},
}
ANY_JOB = {
    *("services", "service", "clinics", "data", "two", "work", "team", "system", "systems", "experience"),
    *("people", "community", "nurses", "nurse", "teacher", "product", "users", "patients", "engineers"),
}


def posting(name: str) -> Posting:
    text = (POSTINGS / f"{name}.md").read_text(encoding="utf-8")
    return decode_posting(PostingText(f"{name}.md", text), library().competencies)


def read(*lines: str) -> Posting:
    body = "\n".join(("# Clerk", "## Requirements", *(f"- {line}" for line in lines)))
    return decode_posting(PostingText("Jobs/a.md", body), library().competencies)


@pytest.mark.parametrize("name", NEEDS)
def test_two_of_three_needs_are_those_a_reader_names(name: str) -> None:
    first = [tag for tag, _ in posting(name).tags[:3]]
    assert len(set(first) & set(NEEDS[name].split())) >= 2, first


def test_over_all_postings_five_sixths_of_the_needs_are_right() -> None:
    hits = sum(len({tag for tag, _ in posting(name).tags[:3]} & set(NEEDS[name].split())) for name in NEEDS)
    assert hits >= 30, f"{hits} of 36"


def test_a_backend_posting_is_about_design_and_not_about_crises() -> None:
    made = interview(InterviewType.TECHNICAL, role="Senior Backend Engineer")
    doubt = ("whether I have run on-call for a system with patients behind it",)
    asked = [each.tag for each in demands_of(made, library(), posting=posting("kestrel"), doubts=doubt)]
    assert asked[0] == "technical-depth"
    assert asked.index("ownership") < asked.index("crisis")
    assert asked.index("failure") > 3


@pytest.mark.parametrize("name", WORDS)
def test_a_postings_own_words_are_terms_and_phrases(name: str) -> None:
    told = [each.word for each in posting(name).keywords]
    assert WORDS[name] <= set(told), told
    assert not ANY_JOB & {word.casefold() for word in told}


def test_words_of_any_job_are_given_where_nothing_else_is_there() -> None:
    assert [each.word for each in read("services for customers", "services and data").keywords] == [
        "services", "customers", "data",
    ]  # fmt: skip


def test_a_word_that_begins_a_line_is_no_name() -> None:
    told = {each.word for each in read("Consolidation of accounts", "Debug what breaks").keywords}
    assert "consolidation" in told
    assert "Debug" not in told


def test_the_name_of_the_firm_is_not_one_of_its_words() -> None:
    text = "Clerk\n\nPinefield Foods packs peas. At Fernbank you file.\n\n- Excel at Fernbank"
    told = {each.word for each in decode_posting(PostingText("a.md", text), {}).keywords}
    assert not told & {"Pinefield", "Foods", "Pinefield Foods", "Fernbank"}


def test_words_that_stand_in_every_posting_weigh_little() -> None:
    weights = dict(read("Collaborate and communicate; teamwork", "You mentor two engineers").weights)
    assert weights["mentoring"] > max(weights["teamwork"], weights["communication"])


def test_a_longer_phrase_is_not_counted_for_its_shorter_part() -> None:
    assert dict(read("End-to-end tests in CI").tags) == {"technical-depth": 1}


def test_what_is_nice_to_have_weighs_less() -> None:
    nice = "# Clerk\n## Requirements\n- You mentor\n## Nice to have\n- You negotiate\n"
    weights = dict(decode_posting(PostingText("a.md", nice), library().competencies).weights)
    assert weights["mentoring"] > weights["conflict"]


def test_an_optional_competency_needs_two_signs() -> None:
    once = dict(read("Take part in the on-call rota", "You share on-call").weights)
    twice = dict(read("You stay calm in an outage", "Crisis and emergency drills").weights)
    assert once["crisis"] < 3 <= twice["crisis"]
