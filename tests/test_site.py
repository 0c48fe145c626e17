"""The built dashboard: every page is there, every link leads somewhere, nothing hostile is alive."""

import gzip
import json
import os
import posixpath
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from prepvault.errors import RefusedError
from prepvault.jobs.build import build
from prepvault.jobs.context import open_context
from prepvault.model.interview import InterviewType
from prepvault.outside.output import MANIFEST
from prepvault.render.pages_calendar import MOST_BEHIND, MOST_LANES
from prepvault.render.pages_list import FILTERS, LIST
from prepvault.render.site import NAVIGATION
from tests.conftest import NOW, Maker
from tests.dashboard import VAULT, Page, build_site

PROSE = ("interviews/", "companies/", "stories", "prep/index")
"""Pages that show Markdown tables of somebody else."""

TYPES = [kind.value for kind in InterviewType]


def built(root: Path, **how: object) -> dict[str, str]:
    """Build a vault and read every file of its site as text."""
    build(open_context(str(root), now=NOW.isoformat()), **how)  # type: ignore[arg-type]
    return files_of(root / "site")


def files_of(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in site.rglob("*")
        if path.is_file()
    }


def pages(files: dict[str, str]) -> dict[str, Page]:
    return {name: Page(text) for name, text in files.items() if name.endswith(".html")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return files_of(build_site(tmp_path_factory.mktemp("built")))


def test_every_page_of_the_contract_is_there(site: dict[str, str]) -> None:
    wanted = {
        "index.html",
        "stories.html",
        "emails.html",
        "stats.html",
        "calendar.html",
        "schedule.html",
        "check.html",
        "search.js",
        "interviews/index.html",
        "interviews.ics",
        "reminders.ics",
        "interviews/int_acme_2.html",
        "interviews/int_acme_2.ics",
        "interviews/int-uber-firma.html",
        "loops/acme_backend.html",
        "companies/acme-robotics.html",
        "companies/uberfirma-sohne-gmbh.html",
        "api/interviews.json",
        "api/interviews/int_acme_2.json",
        "api/interviews/int_acme_2/prep-materials.json",
        "api/interviews/stats.json",
        "api/interviews/email-template.json",
        *(f"prep/{kind}.html" for kind in TYPES),
    }
    assert wanted <= set(site)


def test_every_local_link_leads_to_a_file_and_a_place_in_it(site: dict[str, str]) -> None:
    parsed = pages(site)
    dead = []
    for name, page in parsed.items():
        for link in [*page.values("href"), *page.values("src")]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
                if parts.path
                else name
            )
            anchors = parsed[target].values("id") if target in parsed else [parts.fragment]
            if target == LIST and {key for key, _ in parse_qsl(parts.fragment)} & set(FILTERS):
                continue
            if target not in site or (parts.fragment and parts.fragment not in anchors):
                dead.append((name, link))
    assert dead == []


def test_links_to_elsewhere_have_safe_schemes_only(site: dict[str, str]) -> None:
    schemes = {urlsplit(link).scheme for page in pages(site).values() for link in page.values("href")}
    assert schemes <= {"", "https", "mailto", "tel", "obsidian", "data"}
    assert all(page.values("href").count("data:,") == 1 for page in pages(site).values())


def test_the_policy_comes_first_and_nothing_is_inline(site: dict[str, str]) -> None:
    for name, page in pages(site).items():
        start = [tag for tag, _ in page.tags[:3]]
        assert start == ["html", "head", "meta"], name
        assert page.tags[2][1]["http-equiv"] == "Content-Security-Policy", name
        assert page.tags[2][1]["content"] == (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
            " connect-src 'self'; base-uri 'none'; form-action 'none'"
        )
        names = {key for _, attributes in page.tags for key in attributes}
        assert not {key for key in names if key == "style" or key.startswith("on")}, name
        scripts = [attributes for tag, attributes in page.tags if tag == "script"]
        assert all("src" in each or each.get("type") == "application/json" for each in scripts), name
        assert not {tag for tag, _ in page.tags} & {"style", "iframe", "object", "embed", "base"}, name


def test_every_page_is_one_document_with_landmarks_and_unique_ids(site: dict[str, str]) -> None:
    for name, page in pages(site).items():
        tags = [tag for tag, _ in page.tags]
        assert [tags.count(each) for each in ("h1", "main", "footer")] == [1, 1, 1], name
        assert tags[: tags.index("body")].count("title") == 1, name
        ids = page.values("id")
        assert len(ids) == len(set(ids)), name
        assert {"name": "robots", "content": "noindex, nofollow"} in [each for _, each in page.tags], name
        assert ("a", {"class": "skip", "href": "#main"}) in page.tags, name
        if not name.startswith(PROSE):
            assert all("scope" in each for tag, each in page.tags if tag == "th"), name


def test_every_table_has_a_caption_and_headers(site: dict[str, str]) -> None:
    for name, page in pages(site).items():
        if name.startswith(PROSE):
            continue
        tags = [tag for tag, _ in page.tags]
        assert tags.count("table") == tags.count("caption"), name


def test_nothing_of_an_unpublished_interview_leaves_the_vault(site: dict[str, str]) -> None:
    leaks = [name for name, text in site.items() if "int_private_9" in text or "Sekretariat" in text]
    assert leaks == []
    assert not [name for name in site if "private" in name or "sekretariat" in name]


def test_a_broken_note_is_shown_with_its_finding_and_the_others_stay(site: dict[str, str]) -> None:
    index, check = Page(site["index.html"]).shown, Page(site["check.html"]).shown
    assert "Broken" in index
    assert "next tuesday 2ish" in check
    assert "Interviews/Broken.md" in check
    assert "Oddity, Tester" in index
    assert "int_odd" in json.loads(site["api/interviews.json"])["upcoming"]


def test_the_dashboard_tells_what_the_contract_lists(site: dict[str, str]) -> None:
    page = Page(site["index.html"])
    assert "7 Interviews" in page.shown
    assert "3 Next 7 days" not in page.shown
    assert "2 Next 7 days" in page.shown
    assert "1 of 2 decided, too few to say" in page.shown
    assert "Over, but still open in the note" in page.shown
    assert "All findings: " in page.shown
    assert "in 1 day 10 h" in page.shown
    assert "Mon 9 Feb 2026, 10:00 (Europe/Berlin)" in page.shown
    assert "prepvault status int_acme_2 confirmed" in page.shown, "before it begins, not yet `completed`"
    for label in (
        "Phone screen",
        "Video interview",
        "Technical",
        "Behavioral",
        "On-site",
        "Panel",
        "Final round",
        "Debrief",
    ):
        assert f"All about the {label.lower()}" in page.shown


def test_an_interview_page_shows_facts_notes_coaching_and_mails(site: dict[str, str]) -> None:
    page = Page(site["interviews/int_acme_2.html"])
    for text in (
        "Tue 10 Feb, 20:00–21:00 Europe/Berlin",
        "14:00 in New York (America/New_York)",
        "Dana Roe Staff Engineer",
        "They use Python",
        "Interview Reminder – Acme Robotics Backend Engineer",
        "Answer promised by",
        "Questions to ask",
        "A week before",
    ):
        assert text in page.shown, text
    links = page.values("href")
    assert "obsidian://open?vault=Search%20%26%20find&file=Interviews%2FAcme%20technical" in links
    assert "https://meet.example.com/abc-def" in links
    assert "int_acme_2.ics" in links
    assert "../companies/acme-robotics.html" in links
    assert "../stories.html#story-the-outage" in links
    starts = page.values("data-starts")
    assert starts == ["2026-02-10T19:00:00Z"]


def test_an_interview_page_shows_what_is_known_while_it_is_open(make_vault: Maker) -> None:
    root = make_vault(
        VAULT
        + "=== About me.md\n## Strengths\n- **Calm under fire**: [[The outage]] · 9 min\n"
        + "=== Companies/Acme Robotics.md\n## In one breath\n- **Say**: their new arm\n"
        + "- **Watch**: two <b>gone</b>\n"
    )
    files = built(root)
    page = Page(files["interviews/int_acme_2.html"])
    for text in (
        "In brief",
        "What they probably ask for most",
        "Stories to tell",
        "their new arm",
        "two <b>gone</b>",
    ):
        assert text in page.shown, text
    assert "Calm under fire: The outage 9 min" in page.shown
    assert "In brief" not in Page(files["interviews/int_acme_1.html"]).shown, "this one is over"


def test_ticks_in_the_note_count_as_progress(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    note = root / "Interviews/Acme technical.md"
    text = note.read_text()
    section = (
        "\n<!-- prepvault:begin id=checklist v=1 sum=0000000000 -->\n\n"
        "- [x] Ask ^pv-ask-format\n- [-] Rest ^pv-sleep\n\n<!-- prepvault:end id=checklist -->\n"
    )
    before = json.loads(built(root)["api/interviews/int_acme_2.json"])["progress"]
    note.write_text(text + section)
    files = built(root)
    after = json.loads(files["api/interviews/int_acme_2.json"])["progress"]
    assert (before["done"], after["done"]) == (0, 1)
    assert after["total"] == before["total"] - 1
    assert "prepvault:begin" not in files["interviews/int_acme_2.html"]


def test_statistics_link_each_figure_to_its_notes(site: dict[str, str]) -> None:
    text = site["stats.html"]
    inside = re.search(r'<div id="success"[^>]*>(.*?)</div>', text, re.DOTALL)
    assert inside
    assert re.findall(r'href="interviews/([^"]+)\.html"', inside[1]) == ["int_acme_1", "int_rejected"]
    numbers = re.findall(r'<a class="figure" href="#([a-z-]+)"', text)
    assert numbers == ["total", "next", "completed", "success"]


def test_the_api_answers_in_the_originals_fields(site: dict[str, str]) -> None:
    record = json.loads(site["api/interviews/int_acme_1.json"])
    original = {
        "id", "job_id", "company", "role", "interview_type", "scheduled_at", "interviewer", "location",
        "status", "notes", "created_at", "reminders_sent", "feedback", "preparation_complete",
    }  # fmt: skip
    assert original <= set(record)
    assert record["scheduled_at"] == "2026-02-02T09:00:00"
    assert record["feedback"] == "Warm call."
    stats = json.loads(site["api/interviews/stats.json"])
    assert stats["total"] == 7
    assert stats["by_status"]["Completed"]["interviews"] == ["int_rejected", "int_acme_1"]
    materials = json.loads(site["api/interviews/int_acme_2/prep-materials.json"])
    assert {"star_method", "common_questions", "prep_checklist", "interview_tips"} <= set(materials)
    mails = json.loads(site["api/interviews/email-template.json"])["templates"]
    assert [mail["kind"] for mail in mails][:4] == ["reminder", "thank_you", "follow_up", "status_update"]
    assert len(mails) == 19


HOSTILE = """
=== Interviews/Evil.md
---
id: "int_<script>alert(1)</script>"
job_id: "../../evil"
company: "<img src=x onerror=alert(1)>"
role: "\\"><svg onload=alert(1)>"
interview_type: technical
scheduled_at: 2026-02-11T10:00:00
location: "javascript:alert(1)"
interviewer: ["</script><script>alert(1)</script>", "{{ 7*7 }}{% raw %}"]
notes: "</textarea><script>alert(1)</script>"
feedback: "' onmouseover='alert(1)"
---
<script>alert(1)</script> [click](javascript:alert(1)) ![x](https://evil.example/x.png)

{{ site.now }} <style>*{display:none}</style> <form action="https://evil.example">
=== Companies/Evil.md
---
name: "<b onclick=alert(1)>Evil</b>"
website: "javascript:alert(1)"
---
<iframe src="https://evil.example"></iframe>
=== Stories/Evil.md
---
title: "<script>alert(1)</script>"
primary: "<img src=x>"
numbers: ["<i>9</i>"]
---
## Situation

<object data=x></object>
"""


def test_hostile_notes_are_inert_everywhere(make_vault: Maker) -> None:
    files = built(make_vault(VAULT + HOSTILE))
    for name, page in pages(files).items():
        names = {key for _, attributes in page.tags for key in attributes}
        assert not {key for key in names if key == "style" or key.startswith("on")}, name
        assert not {tag for tag, _ in page.tags} & {"style", "iframe", "object", "img"}, name
        assert all(
            each.get("src", "").endswith((".js",)) or each.get("type") == "application/json"  # type: ignore[union-attr]
            for tag, each in page.tags
            if tag == "script"
        ), name
        forms = [each for tag, each in page.tags if tag == "form"]
        assert all("action" not in each for each in forms), name
        links = page.values("href")
        assert not [link for link in links if link.lower().startswith(("javascript", "vbscript"))], name
    assert all(re.fullmatch(r"[A-Za-z0-9_./-]+", name) for name in files if name != MANIFEST)
    evil = Page(next(text for name, text in files.items() if name.startswith("interviews/int-script")))
    assert "{{ 7*7 }}{% raw %}" in evil.shown
    assert "<img src=x onerror=alert(1)>" in evil.shown


def test_a_vault_of_nothing_still_makes_whole_pages(make_vault: Maker) -> None:
    files = built(make_vault(""))
    parsed = pages(files)
    assert "Nothing is booked" in parsed["index.html"].shown
    assert "The story bank is empty" in parsed["stories.html"].shown
    anchors = set(parsed["stats.html"].values("id"))
    wanted = {
        link.partition("#")[2]
        for link in parsed["index.html"].values("href")
        if link.startswith("stats.html#")
    }
    assert wanted <= anchors


def test_a_vault_that_lost_its_interviews_stops_the_build(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    before = built(root)
    for note in (root / "Interviews").iterdir():
        note.unlink()
    with pytest.raises(RefusedError, match="now the vault has none"):
        built(root)
    assert files_of(root / "site") == before
    assert "Nothing is booked" in built(root, allow_empty=True)["index.html"]


def test_a_second_build_writes_nothing_and_a_change_only_its_pages(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    for note in root.rglob("*.md"):
        os.utime(note, (1_767_000_000, 1_767_000_000))
    built(root)
    context = open_context(str(root), now=NOW.isoformat())
    again = build(context)
    assert (again.output.written, again.output.removed) == ((), ())
    later = open_context(str(root), now=(NOW + timedelta(minutes=1)).isoformat())
    written = build(later).output.written
    assert set(written) == {
        "built.js",
        "index.html",
        "calendar.html",
        "check.html",
        "emails.html",
        "interviews/index.html",
        "stats.html",
    }


def test_a_removed_note_takes_its_pages_along(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    built(root)
    (root / "Interviews/Rejected.md").unlink()
    report = build(open_context(str(root), now=NOW.isoformat()))
    assert "interviews/int_rejected.html" in report.output.removed
    assert not (root / "site/interviews/int_rejected.ics").exists()


@pytest.mark.slow
def test_the_same_vault_and_moment_give_the_same_bytes(make_vault: Maker, tmp_path: Path) -> None:
    root = make_vault(VAULT)
    program = (
        "import sys\nfrom prepvault.jobs.build import build\n"
        "from prepvault.jobs.context import open_context\n"
        "build(open_context(sys.argv[1], now=sys.argv[2]), output=sys.argv[3])\n"
    )
    results = []
    for seed in ("0", "1", "4242"):
        folder = tmp_path / f"out-{seed}"
        subprocess.run(
            [sys.executable, "-c", program, str(root), NOW.isoformat(), str(folder)],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "1" else "UTC"},
        )
        results.append(
            {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        )
    assert results[0] == results[1] == results[2]


def test_incognito_names_nobody(make_vault: Maker) -> None:
    files = built(make_vault(VAULT + HOSTILE), incognito=True)
    secrets = (
        (
            "Acme, Dana, Roe, Kim Lee, Überfirma, Lumen, Nope, Oddity, Brittle, Sekretariat, robin,"
            " meet.example, Karl-Marx, 901820, Warm call, int_acme, acme_backend, The outage,"
            " 40 minutes to 5, Search & find, Search%20%26, obsidian://, alert(1), Wizard, next tuesday"
        )
        .lower()
        .split(", ")
    )
    drawn = {
        name: text.lower() for name, text in files.items() if name not in {"app.js", "form.js", "app.css"}
    }
    leaks = [(name, each) for name, text in drawn.items() for each in secrets if each in f"{name} {text}"]
    assert leaks == []
    assert "Company A" in files["index.html"]
    assert "interviews/interview-01.html" in files


def test_a_vaults_own_template_takes_the_place_of_ours(make_vault: Maker) -> None:
    own = '[vault]\ntimezone = "UTC"\n[site]\ntemplates = "Site"\n'
    root = make_vault(f"=== prepvault.toml\n{own}=== Site/check.html\n<p>{{{{ heading }}}} of mine</p>\n")
    files = built(root)
    assert files["check.html"] == "<p>Check of mine</p>\n"
    assert "<h1>Statistics</h1>" in files["stats.html"]


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("a\nb\n{{ nowhere.near }}\n", "check.html:3"),
        ("a\n{% if %}\n", "check.html:2"),
        ("{% include 'gone.html' %}", "gone.html"),
        ("\n{{ ''.__class__.__mro__ }}", "check.html:2"),
        ("\n{{ 1 / 0 }}", "check.html:2"),
        ("\n{% for each in range(10 ** 9) %}{% endfor %}", "check.html:2"),
        ("{% include 'check.html' %}", "check.html"),
    ],
)
def test_a_fault_in_a_template_names_file_and_line_and_writes_nothing(
    make_vault: Maker, template: str, place: str
) -> None:
    own = '[vault]\ntimezone = "UTC"\n[site]\ntemplates = "Site"\n'
    root = make_vault(f"=== prepvault.toml\n{own}=== Site/check.html\n{template}")
    with pytest.raises(RefusedError, match=re.escape(place)):
        built(root)
    assert not (root / "site").exists()


def test_a_template_saved_by_another_editor_is_still_a_template(make_vault: Maker) -> None:
    root = make_vault('=== prepvault.toml\n[vault]\ntimezone = "UTC"\n[site]\ntemplates = "Site"\n')
    (root / "Site").mkdir()
    (root / "Site" / "check.html").write_bytes(b"\xef\xbb\xbf<p>mine</p>\n")
    (root / "Site" / "loop.html").write_bytes("<p>schön</p>\n".encode("latin-1"))
    assert built(root)["check.html"] == "<p>mine</p>\n"


def test_a_templates_folder_outside_the_vault_is_refused(make_vault: Maker, tmp_path: Path) -> None:
    own = '[vault]\ntimezone = "UTC"\n[site]\ntemplates = "Site"\n'
    root = make_vault(f"=== prepvault.toml\n{own}")
    (tmp_path / "elsewhere").mkdir()
    (root / "Site").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="no folder in the vault"):
        built(root)


def test_the_notes_are_not_touched(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    built(root)
    assert {path: path.read_bytes() for path in before} == before


def test_strict_fails_on_warnings_and_errors_fail_always(make_vault: Maker) -> None:
    root = make_vault(VAULT)
    context = open_context(str(root), now=NOW.isoformat())
    assert build(context).is_failed
    (root / "Interviews/Broken.md").unlink()
    (root / "Interviews/Odd type.md").unlink()
    assert not build(context).is_failed


def test_the_calendar_is_bounded_and_says_where_the_rest_is(tmp_path: Path) -> None:
    past = "".join(
        f"=== Interviews/{at}.md\n---\nid: int_{at}\ncompany: Firm {at}\nrole: Clerk\ninterview_type: panel\n"
        f"status: completed\noutcome: offer\nscheduled_at: 2025-0{1 + at % 9}-{1 + at % 28:02}T10:00\n---\n"
        for at in range(MOST_BEHIND + 7)
    )
    page = Page((build_site(tmp_path, past) / "calendar.html").read_text(encoding="utf-8")).shown
    assert "7 earlier, in the list of interviews" in page
    assert f"The latest {MOST_LANES} applications; {MOST_BEHIND + 7 - MOST_LANES} more are among the" in page


def test_the_home_page_stays_light_however_busy_the_vault(tmp_path: Path) -> None:
    """With all that it loads, compressed as a server would: under 60 kB."""
    types = list(InterviewType)
    busy = "".join(
        f"=== Interviews/{at}.md\n---\nid: int_{at}\ncompany: Firm {at}\nrole: Role {at % 7}\n"
        f"interview_type: {types[at % 8].value}\nstatus: {'completed' if at % 3 else 'scheduled'}\n"
        f"scheduled_at: 2026-0{1 + at % 4}-{1 + at % 28:02}T{8 + at % 9:02}:00\n"
        f"interviewer: Person {at} (Lead)\nlocation: https://meet.example.com/{at}\n---\n"
        for at in range(150)
    )
    files = Path(build_site(tmp_path, VAULT + busy))
    loaded = [(files / name).read_bytes() for name in ("index.html", "app.css", "app.js", "built.js")]
    assert sum(len(gzip.compress(each)) for each in loaded) < 60_000


def test_every_page_on_the_rail_is_held_by_the_rules_of_the_browser_tests() -> None:
    from tests.browser.conftest import KINDS

    paths = {entry["path"] for group in NAVIGATION for entry in group["entries"]}  # type: ignore[attr-defined]
    assert paths <= set(KINDS), "name it in KINDS of tests/browser/conftest.py"


def test_hours_of_a_long_day_name_their_clock_where_it_is_not_the_vaults(tmp_path: Path) -> None:
    day = (
        "interview_type: on_site\nscheduled_at: 2026-02-20T10:00:00\ntimezone: {zone}\n"
        "sessions:\n  - 10:00-11:00 Design\nstatus: scheduled\n---\n"
    )
    notes = "".join(
        f"=== Interviews/{name}.md\n---\nid: int_{name}\ncompany: {name}\nrole: Engineer\n"
        f"{day.format(zone=zone)}"
        for name, zone in (("here", "Europe/Berlin"), ("there", "Asia/Tokyo"))
    )
    site = build_site(tmp_path, f"{VAULT}{notes}")
    here, there = (
        (site / f"interviews/int_{name}.html").read_text(encoding="utf-8") for name in ("here", "there")
    )
    assert "these hours are those of" not in here
    assert "these hours are those of Asia/Tokyo" in there
