"""The words that ship: longer texts, mails, rules for titles; inclusive, and keeping the original's lines."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.test_content import CONTENT, FAMILIES, HERE, ORIGINAL, read_note, read_yaml

UNKIND = re.compile(
    r"\b(?:guys?|gals?|manpower|man-?hours?|mankind|manned|chairman|salesm[ae]n|freshman|girls?|ladies"
    r"|gentlem[ae]n|housewife|he|she|him|his|hers?|s/he|himself|herself"
    r"|crazy|insane|insanity|lame|dumb|stupid|idiot\w*|moron\w*|blind(?:ly|ness| spots?)?|deaf|tone-deaf"
    r"|mute|cripp\w+|crutch|spaz|retard\w*|psycho\w*|sanity|schizo\w*|ocd|bipolar|dummy|dummies|handicap\w*"
    r"|master/slave|slaves?|whitelist\w*|blacklist\w*|grandfathered|native speakers?|ninjas?|rockstars?"
    r"|gurus?|simply|obviously|clearly|of course|everyone knows|easily|just|trivial(?:ly)?|needless to say"
    r"|be confident|good luck|you've got this|crush it|nail it|power pose|firm handshake)\b",
    re.IGNORECASE,
)
UNSAID = {"titles.yaml", "findings", "demo", "words"}
MAILS = tuple(ORIGINAL["mails"])


def prose() -> Iterator[tuple[str, str]]:
    """Every line of coaching text, with its place; not patterns, words to look for, or the demo's people."""
    for path in sorted(CONTENT.rglob("*")):
        shown = path.relative_to(CONTENT)
        if path.suffix in {".md", ".yaml"} and shown.parts[0] not in UNSAID:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield f"{shown}:{number}", line


# Longer texts


def words(text: str) -> int:
    return len(text.split())


def twin() -> dict[str, str]:
    parts = "Headline|Situation|Task|Action|Result|Reflection"
    _, body = read_note(CONTENT / "texts" / "star.md")
    return dict(re.findall(rf"(?m)^\*\*({parts})\.\*\* (.+)$", body))


def test_star_keeps_the_original_frame_and_example() -> None:
    head, body = read_note(CONTENT / "texts" / "star.md")
    assert {name: head[name] for name in ORIGINAL["star"]} == ORIGINAL["star"]
    assert all(head[f"example_{letter}"] in body for letter in "star")
    assert "outline" in body.lower()


def test_the_word_budgets_of_a_story_add_up_and_keep_the_shares() -> None:
    _, body = read_note(CONTENT / "texts" / "star.md")
    rows = re.findall(r"(?m)^\| \w+ \| (\d+) % \| (\d+) \| (\d+) \| (\d+) \|", body)
    shares, *columns = ([int(row[index]) for row in rows] for index in range(4))
    assert sum(shares) == 100
    assert [sum(column) for column in columns] == [210, 280, 420], "90, 120 and 180 seconds at 140 words"
    for column in columns:
        off = [100 * part / sum(column) - share for part, share in zip(column, shares, strict=True)]
        assert max(map(abs, off)) <= 2


def test_the_full_length_story_has_the_right_shares() -> None:
    """The shares of a two-minute answer, each within four points."""
    parts = twin()
    counts = {name: words(text) for name, text in parts.items()}
    total = sum(counts.values())
    assert 265 <= total <= 295
    shares = {"Headline": 5, "Situation": 12, "Task": 8, "Action": 50, "Result": 17, "Reflection": 8}
    off = {
        name: 100 * counts[name] / total
        for name in shares
        if abs(100 * counts[name] / total - shares[name]) > 4
    }
    assert off == {}
    assert counts["Headline"] <= 20
    assert (counts["Situation"] + counts["Task"]) / total < 0.35
    assert counts["Action"] / total >= 0.45


def test_the_full_length_story_passes_its_own_checks() -> None:
    parts = twin()
    assert re.search(r"\b(I|my)\b", parts["Task"], re.IGNORECASE)
    assert len(re.findall(r"\bI\b", parts["Action"])) >= 3
    assert len(re.findall(r"\bI\b", parts["Action"])) > len(
        re.findall(r"\bwe\b", parts["Action"], re.IGNORECASE)
    )
    assert "because" in parts["Action"]
    assert re.search(r"\d", parts["Result"])
    assert not re.search(r"\[|\{|TODO|XX", " ".join(parts.values()))


def test_strengths_keep_the_original_frame() -> None:
    head, body = read_note(CONTENT / "texts" / "strengths.md")
    assert "Pick 3-4 relevant to the role" in head["strengths"]
    assert "Strength + Example + Impact" in head["strengths"]
    for part in ("Real weakness", "frame positively", "show improvement", "learning"):
        assert part in head["weaknesses"]
    assert "About me" in body, "where the answers of a whole search are written once"


# Mails


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_keeps_the_original_subject_and_lines(kind: str) -> None:
    head, body = read_note(CONTENT / "mails" / f"{kind}.md")
    assert head["subject"] == ORIGINAL["mails"][kind]["subject"]
    assert head["to"] == ORIGINAL["mails"][kind]["to"]
    assert head["id"] == kind
    assert head["when"]
    assert [line for line in ORIGINAL["mails"][kind]["lines"] if line not in body] == []


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_guesses_no_titles_and_wastes_no_words(kind: str) -> None:
    text = (CONTENT / "mails" / f"{kind}.md").read_text(encoding="utf-8")
    assert not re.search(r"\[[A-Z]|just checking in|touching base|\b(Mr|Ms|Mrs)\b", text)
    assert 40 <= words(text.split("---\n", 2)[2]) <= 150


# Titles


def test_rules_for_titles_are_valid_and_name_known_families() -> None:
    rules = read_yaml(CONTENT / "titles.yaml")
    for rule in rules:
        assert set(rule) == {"family", "confidence", "pattern"}
        re.compile(rule["pattern"])
        assert rule["family"] in FAMILIES
        assert 0.3 <= rule["confidence"] <= 0.95
        assert rule["pattern"] == rule["pattern"].lower() or "\\" in rule["pattern"]
        assert not re.search(rule["pattern"], ""), "no rule may match everything"
    assert {rule["family"] for rule in rules} == set(FAMILIES)


def test_the_last_rules_are_vague() -> None:
    assert all(rule["confidence"] < 0.75 for rule in read_yaml(CONTENT / "titles.yaml")[-4:])


def test_there_are_many_titles_to_try_the_rules_on() -> None:
    lines = (HERE / "data" / "titles.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert len(rows) >= 200
    assert [row for row in rows if len(row) != 2 or not set(row[1].split("|")) <= set(FAMILIES)] == []
    counts = Counter(row[1].split("|")[0] for row in rows)
    assert [family for family in FAMILIES if counts[family] < 10] == []
    assert len({row[0] for row in rows}) == len(rows)


# Wording


def test_words_are_inclusive_and_never_talk_down() -> None:
    assert [f"{place}: {found[0]}" for place, line in prose() if (found := UNKIND.search(line))] == []


@pytest.mark.parametrize("bad", ["Hey guys", "simply answer", "a blind spot", "ask him", "Just relax"])
def test_the_word_list_finds_what_it_should(bad: str) -> None:
    assert UNKIND.search(bad)


COMPANIES = re.compile(
    r"\b(?:Google|Amazon|Microsoft|Facebook|Meta|Netflix|Stripe|Airbnb|Uber|Spotify|Tesla|IBM|Oracle|SAP|Siemens"
    r"|LinkedIn|Glassdoor|Indeed|HireVue|OpenAI|McKinsey|Deloitte|Goldman)\b"
)


def test_no_company_is_named() -> None:
    """What is said about a company comes from the user's research; calendar services are another matter."""
    services = ("texts/clients.yaml", "texts/invites.yaml", "import/tables.yaml")
    told = ((place, line) for place, line in prose() if not place.startswith(services))
    assert [f"{place}: {found[0]}" for place, line in told if (found := COMPANIES.search(line))] == []


def test_no_text_looks_into_this_project() -> None:
    inside = re.compile(r"CONTENT\.md|blueprint|\bTODO\b|\bFIXME\b|lorem ipsum", re.IGNORECASE)
    assert [place for place, line in prose() if inside.search(line)] == []


def test_no_text_is_mis_decoded() -> None:
    assert [place for place, line in prose() if re.search("[‚ÄÃâÂ\ufffd]", line)] == []
