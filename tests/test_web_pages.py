"""What is given out besides the API: pages, calendars, and the stream that tells pages of newer ones."""

import http.client
import stat
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from prepvault.outside.feed_address import read_secret
from prepvault.web.events import MOST
from prepvault.web.pages import last_change
from tests.conftest import Maker
from tests.serving import SECRET, Stand, serving, standing
from tests.test_web_api import VAULT


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """A site that is only looked at."""
    with standing(tmp_path_factory, VAULT) as made:
        yield made


@pytest.fixture
def stand(make_vault: Maker) -> Iterator[Stand]:
    with serving(make_vault(VAULT), builds=True) as made:
        yield made


def test_the_dashboard_has_its_old_place_too(shown: Stand) -> None:
    home = shown.ask("GET", "/")
    assert home.status == 200
    assert home.headers["content-type"] == "text/html; charset=utf-8"
    assert home.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in home.headers["content-security-policy"]
    for path in ("/index.html", "/interview-prep", "/?from=mail"):
        assert shown.ask("GET", path).body == home.body
    head = shown.ask("HEAD", "/")
    assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("app.css", "text/css; charset=utf-8"),
        ("app.js", "text/javascript; charset=utf-8"),
        ("interviews/int_acme_1.html", "text/html; charset=utf-8"),
        ("interviews/int_acme_1.ics", "text/calendar; charset=utf-8"),
        ("api/interviews.json", "application/json"),
        ("robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_every_file_of_the_site_comes_as_it_lies_there(shown: Stand, path: str, kind: str) -> None:
    answer = shown.ask("GET", f"/{path}")
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.body == (shown.served.folder / path).read_bytes()


def test_a_draft_of_a_mail_is_to_be_kept_and_not_shown(shown: Stand) -> None:
    draft = next((shown.served.folder / "emails").glob("*.eml"))
    answer = shown.ask("GET", f"/emails/{draft.name}")
    assert answer.headers["content-disposition"] == "attachment"


def test_the_feed_is_what_a_calendar_app_expects(shown: Stand) -> None:
    for path, name in (
        (f"/feed/{SECRET}.ics", "interviews.ics"),
        (f"/feed/{SECRET}-reminders.ics", "reminders.ics"),
    ):
        answer = shown.ask("GET", path)
        assert answer.status == 200
        assert answer.body == (shown.served.folder / name).read_bytes()
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
        assert answer.headers["cache-control"] == "private, no-cache"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["etag"].startswith('"')
        changed = parsedate_to_datetime(answer.headers["last-modified"])
        assert changed == last_change(answer.body)
        head = shown.ask("HEAD", path)
        assert (head.status, head.body, head.headers["etag"]) == (200, b"", answer.headers["etag"])


@pytest.mark.parametrize(
    ("tag", "since", "status"),
    [
        ("{tag}", None, 304),
        ('W/{tag}, "x"', None, 304),
        ("*", None, 304),
        ('"x"', None, 200),
        (None, "{time}", 304),
        (None, "Fri, 01 Jan 2100 00:00:00 GMT", 304),
        (None, "Thu, 01 Jan 1970 00:00:00 GMT", 200),
        (None, "yesterday", 200),
        (None, "Fri, 01 Jan 2100 00:00:00 -0000", 200),
        ('"x"', "{time}", 200),
        ("{tag}", "Thu, 01 Jan 1970 00:00:00 GMT", 304),
    ],
)
def test_an_unchanged_feed_is_not_sent_again(
    shown: Stand, tag: str | None, since: str | None, status: int
) -> None:
    first = shown.ask("GET", f"/feed/{SECRET}.ics")
    told = {"If-None-Match": tag, "If-Modified-Since": since}
    filled = {
        name: text.replace("{tag}", first.headers["etag"]).replace("{time}", first.headers["last-modified"])
        for name, text in told.items()
        if text
    }
    answer = shown.ask("GET", f"/feed/{SECRET}.ics", headers=filled)
    assert answer.status == status
    assert bool(answer.body) is (status == 200)
    assert answer.headers["etag"] == first.headers["etag"]


def test_a_changed_interview_changes_the_feed(stand: Stand) -> None:
    before = stand.ask("GET", f"/feed/{SECRET}.ics")
    stand.ask("POST", "/api/interviews/int_acme_1/status", {"status": "cancelled"})
    stand.rebuild()
    after = stand.ask("GET", f"/feed/{SECRET}.ics", headers={"If-None-Match": before.headers["etag"]})
    assert after.status == 200
    assert after.headers["etag"] != before.headers["etag"]
    assert b"CANCELLED" in after.body


def test_a_feed_knows_who_may_ask_how(shown: Stand) -> None:
    for path in (f"/feed/{SECRET}.ics", "/feed/unknown.ics"):
        answer = shown.ask("DELETE", path)
        assert (answer.status, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    for path in (
        f"/feed/{SECRET}",
        f"/feed/{SECRET}.ics/",
        f"/feed/x/{SECRET}.ics",
        "/feed/%C3%BC.ics",
    ):
        assert shown.ask("GET", path).status == 404


def test_the_secret_stays_until_it_is_renewed(tmp_path: Path) -> None:
    first = read_secret(tmp_path)
    assert len(first) == 32
    assert read_secret(tmp_path) == first
    file = tmp_path / "feed-address"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    assert read_secret(tmp_path) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    second = read_secret(tmp_path, renew=True)
    assert second != first
    assert read_secret(tmp_path) == second
    file.write_bytes(b"short")
    assert len(read_secret(tmp_path)) == 32
    assert [path.name for path in tmp_path.iterdir()] == ["feed-address"]


class Stream:
    """One page that listens."""

    def __init__(self, stand: Stand, page: str, since: str = "", last: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", stand.served.port, timeout=20)
        headers = {"Last-Event-ID": last} if last else {}
        self.connection.request("GET", f"/api/events?page={page}&since={since}", headers=headers)
        self.answer = self.connection.getresponse()

    def event(self) -> dict[str, str]:
        """Read up to the end of one event."""
        lines: list[str] = []
        while line := self.answer.readline().decode().rstrip("\n"):
            lines.append(line)
        return dict(each.split(": ", 1) for each in lines)

    def close(self) -> None:
        self.answer.close()
        self.connection.close()


def test_a_page_hears_of_a_newer_one_of_itself(stand: Stand) -> None:
    pulse = stand.served.pulse
    mark = pulse.look()
    acme, gamma = (Stream(stand, f"interviews/{name}.html", mark) for name in ("int_acme_1", "int_gamma_1"))
    assert acme.answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert acme.answer.headers["cache-control"] == "no-store"
    assert acme.event() == gamma.event() == {"retry": "1500"}
    note = stand.root / "Interviews/acme.md"
    note.write_text(note.read_text() + "A new line.\n")
    stand.rebuild()
    heard, other = acme.event(), gamma.event()
    assert heard["event"] == "changed"
    assert other["event"] == "built"
    assert heard["id"] == heard["data"] == other["data"] == pulse.mark
    late = Stream(stand, "interviews/int_acme_1.html", mark)
    late.event()
    assert late.event()["event"] == "changed"
    again = Stream(stand, "interviews/int_acme_1.html", mark, last=pulse.mark)
    again.event()
    stand.served.ended.set()
    assert again.answer.read() == b""
    for each in (acme, gamma, late, again):
        each.close()


def test_a_page_whose_note_is_removed_hears_that_it_is_gone(stand: Stand) -> None:
    mark = stand.served.pulse.look()
    acme = Stream(stand, "interviews/int_acme_1.html", mark)
    acme.event()
    note = stand.root / "Interviews/acme.md"
    text = note.read_text()
    note.unlink()
    stand.rebuild()
    assert acme.event()["event"] == "gone"
    note.write_text(text)
    stand.rebuild()
    assert acme.event()["event"] == "changed"
    acme.close()


def test_people_are_told_of_a_missing_page_in_a_page(shown: Stand) -> None:
    told = shown.ask("GET", "/interviews/none.html", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (told.status, told.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b'<a href="/">' in told.body
    assert b"none" not in told.body
    assert shown.ask("GET", "/interviews/none.html").json["success"] is False


def test_a_page_of_an_earlier_start_hears_that_it_is_old(stand: Stand) -> None:
    for since in ("0000-0", "x", f"{stand.served.pulse.mark}x", f"{stand.served.pulse.mark[:-1]}9"):
        stream = Stream(stand, "index.html", since)
        stream.event()
        assert stream.event()["event"] in {"changed", "built"}
        stream.close()


def test_who_listens_starves_nobody(stand: Stand) -> None:
    mark = stand.served.pulse.look()
    held = [Stream(stand, "index.html", mark) for _ in range(MOST)]
    for each in held:
        each.event()
    one_more = Stream(stand, "index.html", mark)
    assert (one_more.answer.status, one_more.answer.headers["retry-after"]) == (503, "30")
    assert stand.ask("GET", "/api/interviews").status == 200
    for each in (*held, one_more):
        each.close()


def test_a_stream_without_news_shows_that_it_lives(shown: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepvault.web.events.BEAT", 0.0)
    monkeypatch.setattr("prepvault.web.events._LOOK", 0.01)
    stream = Stream(shown, "index.html", shown.served.pulse.look())
    stream.event()
    assert [stream.answer.readline() for _ in range(4)] == [b": still here\n", b"\n"] * 2
    stream.close()
