"""From job titles to role families: right most of the time, and hardly ever sure of a wrong one."""

from pathlib import Path

import pytest

from prepvault.model.card import TitleRule
from prepvault.outside.resources import read_content
from prepvault.parse.cards import parse_library
from prepvault.rules.roles import FALLBACK, SURE, family_of, normal_title, title_parts

TITLES = Path(__file__).parent / "data" / "titles.txt"


@pytest.fixture(scope="module")
def rules() -> tuple[TitleRule, ...]:
    return parse_library(read_content())[0].titles


def labelled() -> list[tuple[tuple[str, ...], str]]:
    """Read the list of titles with the families that are right."""
    lines = TITLES.read_text(encoding="utf-8").splitlines()
    rows = [line.split(": ", 1) for line in lines if line and not line.startswith("#")]
    return [(tuple(families.split("|")), title) for families, title in rows]


def test_many_titles_find_their_family(rules: tuple[TitleRule, ...]) -> None:
    rows = labelled()
    answers = [(right, title, *family_of(title, rules)) for right, title in rows]
    wrong = [answer for answer in answers if answer[2] not in answer[0]]
    sure_and_wrong = [answer for answer in wrong if answer[3] >= SURE]
    assert len(rows) >= 240
    assert len(wrong) <= len(rows) * 0.03, wrong
    assert len(sure_and_wrong) <= len(rows) * 0.005, sure_and_wrong


def test_every_family_is_tried() -> None:
    families = {family for right, _ in labelled() for family in right}
    assert families == set(parse_library(read_content())[0].families)


@pytest.mark.parametrize(
    ("title", "normal"),
    [
        ("Sr. Front-End Dev (m/w/d)", "senior frontend developer"),
        ("Backend-Entwickler:in – Remote", "backend-developer –"),
        ("Softwareentwickler/in, Vollzeit", "software developer ,"),
        ("Développeuse Full Stack H/F", "developer fullstack"),
        ("Ingeniero de Datos", "data engineer"),
        ("SDE II", "software engineer ii"),
        ("SRE", "sre"),
        ("SDET", "sdet"),
        ("Dev Ops Engineer", "devops engineer"),
        ("Eng. Mgr", "engineer manager"),
        ("Full-time Data Analyst 80-100%", "data analyst"),
        ("ML Ops", "mlops"),
        ("Senior Vice President, Product", "senior vp, product"),
    ],
)
def test_a_title_is_made_normal(title: str, normal: str) -> None:
    assert normal_title(title) == normal


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Software Engineer, Backend", ("software engineer", "backend")),
        ("Director, Data Engineering", ("director of data engineering",)),
        ("Manager, Software Engineering (Payments)", ("software engineering manager", "payments")),
        ("Java Developer at Northwind", ("java developer", "northwind")),
        ("Platform | Engineer @ Acme: Berlin", ("platform", "engineer", "acme", "berlin")),
        (".NET Developer", (".net developer",)),
        ("", ()),
        (" - (,) ", ()),
    ],
)
def test_a_title_is_cut_into_parts(title: str, parts: tuple[str, ...]) -> None:
    assert title_parts(title) == parts


def test_the_first_rule_wins_and_a_vague_one_lets_later_parts_speak() -> None:
    rules = (
        TitleRule(r"\bbackend\b", "backend", 0.9),
        TitleRule(r"\bengineer\b", "software_engineer", 0.4),
        TitleRule(r"\bbackend engineer\b", "security", 1.0),
    )
    assert family_of("Backend Engineer", rules) == ("backend", 0.9)
    assert family_of("Engineer, Backend", rules) == ("backend", 0.75)
    assert family_of("Engineer, Sales", rules) == ("software_engineer", 0.4)
    assert family_of("Florist", rules) == FALLBACK
    assert family_of("", rules) == FALLBACK


def test_a_very_long_title_is_read_at_once(rules: tuple[TitleRule, ...]) -> None:
    assert family_of("engineer " * 100_000, rules)[0]
    assert family_of("(" * 100_000 + "/" * 100_000, rules) == FALLBACK
