"""Who is met and where, however it was written down."""

import pytest

from prepvault.model.interview import Person, Venue
from prepvault.model.note import Value
from prepvault.parse.people import parse_people
from prepvault.parse.place import parse_venue
from prepvault.parse.zone import read_zone


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Dana Roe", [Person("Dana Roe")]),
        ("[[People/Dana Roe|Dana]] (CTO)", [Person("Dana", "CTO", "People/Dana Roe")]),
        ("[[Dana Roe]]", [Person("Dana Roe", "", "Dana Roe")]),
        ("[[Dana Roe.md#Notes]]", [Person("Dana Roe", "", "Dana Roe")]),
        ("Alan Knuth, Grace Allen", [Person("Alan Knuth"), Person("Grace Allen")]),
        (
            "Dana Roe, CTO; Sam Po and Ann Lee",
            [Person("Dana Roe", "CTO"), Person("Sam Po"), Person("Ann Lee")],
        ),
        ("Dana Roe, Engineering Manager", [Person("Dana Roe", "Engineering Manager")]),
        ("Dana Roe (VP, Data), Sam Po", [Person("Dana Roe", "VP, Data"), Person("Sam Po")]),
        ("Dana Roe - Staff Engineer", [Person("Dana Roe", "Staff Engineer")]),
        ("Dana Roe <dana@example.com>", [Person("Dana Roe", email="dana@example.com")]),
        ("Ada-Lovelace Smith & Zoë Brontë", [Person("Ada-Lovelace Smith"), Person("Zoë Brontë")]),
        ("TBD", []),
        ("", []),
        (None, []),
        (7, []),
        (["Dana Roe", "dana roe"], [Person("Dana Roe")]),
        ([{"Dana Roe": "CTO"}], [Person("Dana Roe", "CTO")]),
        ([["People/Dana Roe"]], [Person("Dana Roe", "", "People/Dana Roe")]),
        ("a" * 5000, [Person("a" * 2000)]),
    ],
)
def test_people(written: Value, people: list[Person]) -> None:
    assert list(parse_people(written)) == people


def test_a_greeting_needs_only_the_first_name() -> None:
    assert [person.first_name for person in parse_people("Dana Roe, Sam")] == ["Dana", "Sam"]


@pytest.mark.parametrize(
    ("text", "kind", "platform", "link"),
    [
        ("https://zoom.us/j/123?pwd=a", "video", "Zoom", "https://zoom.us/j/123?pwd=a"),
        ("Zoom: https://zoom.us/j/12345.", "video", "Zoom", "https://zoom.us/j/12345"),
        ("https://acme.zoom.us/j/1", "video", "Zoom", "https://acme.zoom.us/j/1"),
        ("Zoom: https://...", "video", "Zoom", ""),
        ("[Join](https://acme.zoom.us/j/12)", "video", "Zoom", "https://acme.zoom.us/j/12"),
        ("https://teams.microsoft.com/l/meetup-join/19%3ax", "video", "Microsoft Teams", None),
        ("https://teams.live.com/meet/93", "video", "Microsoft Teams", None),
        ("MS Teams", "video", "Microsoft Teams", ""),
        ("meet.google.com/abc-defg-hij", "video", "Google Meet", "https://meet.google.com/abc-defg-hij"),
        ("Google Meet, link to follow", "video", "Google Meet", ""),
        ("https://acme.webex.com/meet/dana", "video", "Webex", None),
        ("https://whereby.com/acme", "video", "Whereby", None),
        ("https://acme.hirevue.com/interviews/x", "video", "HireVue", None),
        ("https://app.coderpad.io/X1", "video", "CoderPad", None),
        ("Slack huddle", "video", "Slack", ""),
        ("https://meet.example.com/abc", "video", "", "https://meet.example.com/abc"),
        ("remote", "video", "", ""),
        ("Phone: +1 555 0100", "phone", "", "tel:+15550100"),
        ("+49 (30) 123 45 67", "phone", "", "tel:+49301234567"),
        ("call 555-010-0100 x 12", "phone", "", "tel:5550100100,12"),
        ("tel:+15550100", "phone", "", "tel:+15550100"),
        ("Phone", "phone", "", ""),
        ("https://zoom.us/j/1 or dial +1 646 558 8656", "video", "Zoom", "https://zoom.us/j/1"),
        ("500 Market St, San Francisco 94105", "in_person", "", ""),
        ("America/New_York office", "in_person", "", ""),
        ("Meet the team at HQ", "in_person", "", ""),
        ("[[Offices/Berlin HQ|Berlin HQ]]", "in_person", "", ""),
        ("https://maps.app.goo.gl/xyz", "in_person", "", "https://maps.app.goo.gl/xyz"),
        ("12 High Street, London https://acme.example/visit", "in_person", "", "https://acme.example/visit"),
        ("TBD", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_places(text: str, kind: str, platform: str, link: str | None) -> None:
    venue = parse_venue(text)
    assert (venue.kind, venue.platform) == (kind, platform)
    assert venue.link == (text if link is None else link)


@pytest.mark.parametrize(
    "text",
    [
        "https://zoom.us.evil.example/j/1",
        "https://evil.example/zoom.us/j/1",
        "https://notzoom.us/j/1",
        r"https://evil.example\@zoom.us/j/1",
    ],
)
def test_a_service_is_never_recognised_by_a_lookalike(text: str) -> None:
    assert parse_venue(text).platform == ""


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://dana:secret@zoom.us/j/1",
        "http://[::1",
        "data:text/html,x",
    ],
)
def test_only_web_and_telephone_links_come_out(text: str) -> None:
    assert parse_venue(text).link == ""


def test_line_breaks_and_padding_go() -> None:
    assert parse_venue("  HQ\n Lobby ") == Venue("HQ Lobby", "in_person")


@pytest.mark.parametrize(
    ("written", "name", "suggestion"),
    [
        ("Europe/Berlin", "Europe/Berlin", ""),
        ("europe/berlin", "Europe/Berlin", ""),
        ("America/New York", "America/New_York", ""),
        ("utc", "UTC", ""),
        ("UTC", "UTC", ""),
        ("Etc/GMT+5", "Etc/GMT+5", ""),
        ("EST", "EST", "America/New_York"),
        ("PST", "", "America/Los_Angeles"),
        ("Berlin", "", "Europe/Berlin"),
        ("Europe/Berln", "", "Europe/Berlin"),
        ("New York", "", "America/New_York"),
        ("UTC+2", "", ""),
        ("Mars/Olympus", "", ""),
        ("/", "", ""),
        ("../../etc/passwd", "", ""),
    ],
)
def test_zones(written: str, name: str, suggestion: str) -> None:
    read = read_zone(written)
    assert (read.name, read.suggestion) == (name, suggestion)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Dr. Ines Vogt", "Ines"),
        ("Dame Ruth Okafor", "Ruth"),
        ("Prof. Dr. Jürgen Weiß", "Jürgen"),
        ("Sir", "Sir"),
        ("Judge Lee", "Lee"),
        ("Ann Judge", "Ann"),
        ("", ""),
    ],
)
def test_a_title_is_no_first_name(name: str, first: str) -> None:
    assert Person(name).first_name == first
