"""Tables of other trackers: what they are taken for, what becomes of each row, what is asked and told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prepvault.model.incoming import Reading, Source, Verdict
from prepvault.model.interview import InterviewType, Outcome, Status
from prepvault.model.tracker import LEFT
from prepvault.outside.resources import read_tracker_words
from prepvault.parse.foreign_dates import find_order, parse_foreign_date
from prepvault.parse.spreadsheets import MOST_ROWS
from prepvault.parse.tracker_rows import parse_tracker
from prepvault.parse.tracker_words import parse_tracker_words
from tests.conftest import Maker, Ran

Run = Callable[..., Ran]
WORDS = parse_tracker_words(read_tracker_words())


def read(text: str | bytes, kind: str = ".csv", order: str = "") -> Reading:
    """Read a table."""
    data = text.encode() if isinstance(text, str) else text
    return parse_tracker(
        Source(kind=kind, name=f"jobs{kind}", data=data), WORDS, order=order, timezone="", taken={"wann"}
    )


def only(reading: Reading) -> dict[str, Any]:
    """The properties of the one note that comes of it."""
    (step,) = reading.steps
    assert step.verdict is Verdict.NEW, step.why
    return dict(step.incoming.values)


@pytest.mark.parametrize(
    ("headings", "name"),
    [
        (
            "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,"
            "Question And Answers",
            "LinkedIn, applications",
        ),
        ("Saved Date,Job Url,Job Title,Company Name", "LinkedIn, saved jobs"),
        ("companyName,title,listName,location,htmlDescription,requirements", "Huntr, full export"),
        ("Employer,Job Title,List,URL,Location,Salary,Date Saved,Notes", "Huntr, board"),
        ("Company,Title,List,Date Applied", "Huntr, list"),
        ("Company Name,Job Title,Status,Job URL,Location,Salary", "Teal"),
        ("job,company,applied,status", "Simplify"),
        (
            "index,createdAt,applied,appliedDate,Company,JobTitle,jobType,workplaceType,Location,JobSource,Status",
            "JobSync",
        ),
        ("Date Received,Sender Name,Sender Email,Subject,Status Label", "JustAJobApp"),
        (
            "company_name,role_applied_to,platform_applied_on,date_applied,response_status,final_status,salary_info,"
            "company_description,resume_used,cover_letter_used,interview_questions,tasks_to_complete",
            "InternTrack",
        ),
        ("Company,Role,Round,Date/Time,Interviewer,Status,Notes", "career-ops, interviews"),
        ("#,Date,Company,Role,Score,Status,PDF,Report,Notes", "career-ops, applications"),
        ("Firm,Whatever,Position", "a table of no known tracker, by its headings"),
    ],
)
def test_each_known_export_is_told(headings: str, name: str) -> None:
    reading = read(headings + "\n" + ",".join("x" for _ in headings.split(",")) + "\n")
    assert reading.taken_for == name
    assert len(reading.steps) == 1


def test_the_words_are_ours() -> None:
    assert set(WORDS.words["interview"].values()) <= set(Status)
    assert set(WORDS.words["outcome"].values()) <= set(Outcome)
    assert set(WORDS.words["type"].values()) == set(InterviewType)
    meanings = set(WORDS.headings.values()) | {LEFT}
    assert {each for tracker in WORDS.trackers for each in tracker.means.values()} <= meanings


def test_an_application_keeps_what_its_tracker_said() -> None:
    reading = read(
        "Company Name,Job Title,Status,Job URL,Location,Salary,Date Applied,Mood\n"
        '"Acme, Inc.",Data Engineer,Bookmarked,https://x.example/1,Toronto,"$150,000",2026-01-05,good\n'
    )
    assert only(reading) == {
        "type": "application",
        "company": "Acme, Inc.",
        "role": "Data Engineer",
        "status": "saved",
        "tracker_status": "Bookmarked",
        "applied": "2026-01-05",
        "url": "https://x.example/1",
        "location": "Toronto",
        "salary": "$150,000",
        "mood": "good",
    }
    assert "kept without being understood: Mood" in reading.remarks


def test_a_row_with_a_time_is_an_interview() -> None:
    reading = read(
        "Company,Role,Round,Interview Date,Time,Interviewer,Status,Result,Notes\n"
        "Acme,Engineer,System design,Feb 10 2026,2:00 PM,Dana Roe,Booked,Next round,bring ID\n"
        "Acme,Engineer,2,2026-02-12,09:30,,Held,,\n"
    )
    first, second = (dict(step.incoming.values) for step in reading.steps)
    assert first == {
        "company": "Acme",
        "role": "Engineer",
        "interview_type": "technical",
        "tracker_type": "System design",
        "scheduled_at": "2026-02-10T14:00:00",
        "interviewer": "Dana Roe",
        "status": "scheduled",
        "tracker_status": "Booked",
        "outcome": "advanced",
        "tracker_outcome": "Next round",
        "notes": "bring ID",
    }
    said = "Booked = scheduled, Held = completed, Next round = advanced, System design = technical"
    assert f"words taken to mean: {said}" in reading.remarks
    assert second["round"] == 2
    assert second["status"] == "completed"
    assert "interview_type" not in second


def test_words_that_nobody_knows_stay_and_are_told() -> None:
    reading = read("Company,Status\nAcme,Vibing\n")
    assert only(reading)["status"] == "Vibing"
    (remark,) = reading.steps[0].incoming.remarks
    assert remark == "`status` is `Vibing`, a word that is not known: it stays as it is"


def test_a_date_that_could_be_two_is_asked_about() -> None:
    text = "Company,Role,Date Applied\nAcme,Engineer,8/9/26\n"
    (step,) = read(text).steps
    assert step.verdict is Verdict.ASK
    assert "say `--dates mdy` or `--dates dmy`" in step.why
    assert step.incoming.origin == "jobs.csv, line 2 (Acme, Engineer)"
    assert only(read(text, order="mdy"))["applied"] == "2026-08-09"
    assert only(read(text, order="dmy"))["applied"] == "2026-09-08"


def test_another_row_may_show_the_order_of_a_date() -> None:
    reading = read("Company,Role,Date Applied\nAcme,A,8/9/26\nBolt,B,15/9/26\n")
    assert dict(reading.steps[0].incoming.values)["applied"] == "2026-09-08"
    assert "dates like 8/9/26 are read day first, as other dates in it show" in reading.remarks


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Engineer,", "it names no company"),
        ("Acme,Engineer,next week", "its time is `next week`, and it is no date that is known here"),
        ("Acme,Engineer,2026-02-30 10:00", "there is no such day or time"),
        ("Acme,Engineer,10 Feb 2026 2", "its hour is not clear"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(row: str, why: str) -> None:
    (step,) = read(f"Company,Role,Interview Date\n{row}\n").steps
    assert step.verdict is Verdict.REJECTED
    assert why in step.why


def test_odd_files_are_read_and_told() -> None:
    semicolons = read("Company;Role\nAcme;Développeur\n".encode("cp1252"))
    assert only(semicolons)["role"] == "Développeur"
    assert "its cells are parted by semicolons" in semicolons.remarks
    assert any("Windows-1252" in remark for remark in semicolons.remarks)
    tabs = read("Company\tRole\r\nAcme\tA, B\r\n".encode("utf-16"), ".tsv")
    assert only(tabs)["role"] == "A, B"
    preamble = read("Notes:\nmade by a program\n\nCompany,Role\nAcme,Engineer\n")
    assert preamble.steps[0].incoming.origin == "jobs.csv, line 5"


def test_ragged_rows_quoted_lines_and_formulas_lose_nothing() -> None:
    reading = read(
        'Company,Role,Story\nAcme,=HYPERLINK("x"),"one\ntwo <% x %>"\n'
        'Bolt,Engineer,s,more\nCork\nDune,"open\n'
    )
    first, second, third, fourth = reading.steps
    assert dict(first.incoming.values)["role"] == '=HYPERLINK("x")'
    assert first.incoming.body == "## Story\n\none\ntwo &lt;% x %>\n"
    assert "its cells do not fit the headings: 4 for 3" in second.incoming.remarks
    assert "## Without a heading\n\nmore" in second.incoming.body
    assert "its cells do not fit the headings: 1 for 3" in third.incoming.remarks
    assert fourth.incoming.origin == "jobs.csv, line 6"
    assert any("never closed" in remark for remark in reading.remarks)


def test_a_heading_that_is_ours_is_no_property() -> None:
    reading = read("Company,Role,Import key,Revision,Wann,Url,Url\nAcme,Engineer,k,r,w,https://a,https://b\n")
    (step,) = reading.steps
    assert set(dict(step.incoming.values)) == {"type", "company", "role", "url"}
    for heading, cell in (("Import key", "k"), ("Revision", "r"), ("Wann", "w"), ("Url", "https://b")):
        assert f"## {heading}\n\n{cell}\n" in step.incoming.body


def test_a_cell_that_is_of_no_use_in_its_row_is_kept() -> None:
    reading = read(
        "Company,Role,Interview Type,Round,When,Time zone,Minutes\n"
        "Acme,E,Technical,With the team,2026-02-10 14:00,,\nBolt,E,Technical,With the team,,UTC,45\n"
    )
    first, second = (dict(step.incoming.values) for step in reading.steps)
    assert "## Round\n\nWith the team\n" in reading.steps[0].incoming.body
    assert first["interview_type"] == "technical"
    assert second["round"] == "With the team"
    assert (second["time_zone"], second["minutes"]) == ("UTC", "45")


def test_a_zone_goes_to_times_that_have_none(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "Company,Role,Round,When\nA,E,panel,2026-02-10 14:00\nB,E,panel,2026-02-10T14:00:00Z\n",
        encoding="utf-8",
    )
    ran = run("import", str(file), "--json", "--timezone", "america/toronto", vault=make_vault(""))
    first, second = json.loads(ran.out)["steps"]
    assert first["properties"]["timezone"] == "America/Toronto"
    assert "timezone" not in second["properties"]
    assert second["properties"]["scheduled_at"] == "2026-02-10T14:00:00+00:00"


def test_a_table_in_a_note_is_read() -> None:
    text = (
        "# Active\n\n| Company | Role | Round | Date/Time | Interviewer | Status | Notes |\n"
        "|--|:-:|--|--|--|--|--|\n"
        "| Acme | Engineer | hiring-manager | 2026-03-02 14:00 | Kim | Scheduled | a \\| b |\n"
        "\n| other | table |\n|--|--|\n| x | y |\n"
    )
    values = only(read(text, ".md"))
    assert values["interview_type"] == "behavioral"
    assert values["notes"] == "a | b"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no column in it is called company"),
        ("a,b\n1,2\n", "no column in it is called company"),
        ("Company,Role\n" + "A,B\n" * (MOST_ROWS + 1), "split the file"),
        ("Company,Role\nA," + "x" * 200_000, "cannot be read: field larger than field limit"),
    ],
)
def test_what_is_no_table_is_told(text: str, why: str) -> None:
    (step,) = read(text).steps
    assert step.verdict is Verdict.REJECTED
    assert why in step.why


def test_twins_are_held_back(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root = make_vault("=== Jobs/acme.md\n---\ncompany: acme\nrole: Data engineer\n---\n")
    file = tmp_path / "jobs.csv"
    file.write_text(
        "Company,Role,URL\nAcme,Data Engineer,\nBolt,A,https://x.example/1\nBolt,B,https://x.example/1/\nBolt,C,\n",
        encoding="utf-8",
    )
    ran = run("import", str(file), "--json", "--write", vault=root)
    told = json.loads(ran.out)["steps"]
    assert [step["verdict"] for step in told] == ["held", "new", "held", "new"]
    assert told[0]["why"] == "`Jobs/acme.md` has the same company and role"
    assert told[2]["why"] == "jobs.csv, line 3 has the same address"
    assert told[3]["note"] == "Jobs/bolt-c.md"
    assert ran.code == 0
    again = json.loads(run("import", str(file), "--json", vault=root).out)["steps"]
    assert [step["verdict"] for step in again] == ["held", "same", "held", "same"]


def test_an_interview_that_is_there_is_held_back(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root = make_vault("")
    typed = ("--company", "Acme", "--role", "Engineer", "--type", "technical", "--at", "2026-02-10T14:00")
    assert run("schedule", *typed, vault=root).code == 0
    file = tmp_path / "mine.csv"
    file.write_text("Company,Role,Round,When\nACME,Engineer,Coding,2026-02-10 2:00 PM\n", encoding="utf-8")
    (step,) = json.loads(run("import", str(file), "--json", vault=root).out)["steps"]
    assert step["verdict"] == "held"
    assert "has the same company, type and start" in step["why"]
    (step,) = json.loads(run("import", str(file), "--json", "--include", "1", "--write", vault=root).out)[
        "steps"
    ]
    assert step["note"] == "Interviews/2026-02-10 ACME Technical 2.md"
    assert step["properties"]["id"] == "int_acme_1770732000_2"


def test_a_type_is_given_to_interviews_that_do_not_say(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root, file = make_vault(""), tmp_path / "mine.csv"
    file.write_text("Company,Role,Interviewer,When\nAcme,Engineer,Kim,2026-02-10 14:00\n", encoding="utf-8")
    (step,) = json.loads(run("import", str(file), "--json", "--type", "panel", vault=root).out)["steps"]
    assert step["properties"]["interview_type"] == "panel"
    assert step["remarks"] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-02-10", "2026-02-10"),
        ("2026-02-10 14:00", "2026-02-10T14:00:00"),
        ("2026-02-10T14:00:00.5Z", "2026-02-10T14:00:00+00:00"),
        ("2026-02-10T14:00+0530", "2026-02-10T14:00:00+05:30"),
        ("2026-02-10 2:00 PM", "2026-02-10T14:00:00"),
        ("2026/2/10", "2026-02-10"),
        ("10.2.2026 14:30", "2026-02-10T14:30:00"),
        ("Tue, 10 Feb 2026 14:00:00 +0100", "2026-02-10T14:00:00+01:00"),
        ("Tuesday, February 10th, 2026 at 2pm", "2026-02-10T14:00:00"),
        ("8/8/26 12:05 am", "2026-08-08T00:05:00"),
        ("8/15/26, 2:00 PM UTC", "2026-08-15T14:00:00Z"),
        ("13 PM", ""),
        ("8/8/26 13:00 pm", ""),
        ("10 Foo 2026", ""),
        ("8/8/1826", ""),
        ("45678", ""),
    ],
)
def test_dates_are_read_as_written(text: str, found: str) -> None:
    read_date = parse_foreign_date(text)
    assert read_date.text == found
    assert bool(read_date.fault) is not bool(found)


def test_a_column_that_shows_both_orders_shows_none() -> None:
    assert find_order(["8/15/26", "8/9/26"]) == "mdy"
    assert find_order(["8/15/26", "15/8/26"]) == ""
    assert find_order(["15.8.2026"]) == ""


@pytest.mark.parametrize(
    ("text", "found", "end"),
    [
        ("@February 14, 2026 3:00 PM → 4:00 PM", "2026-02-14T15:00:00", "4:00 PM"),
        ("February 12, 2026 2:00 PM (GMT+2)", "2026-02-12T14:00:00+02:00", ""),
        ("2026-02-12 10:00-11:00", "2026-02-12T10:00:00", "11:00"),
        ("2026-02-12 10:00-05:00", "2026-02-12T10:00:00-05:00", ""),
        ("2026-02-12T10:00-11:00", "2026-02-12T10:00:00-11:00", ""),
        ("12.02.2026 14:00 bis 15:00 Uhr", "2026-02-12T14:00:00", "15:00"),
        ("12. März 2026, 9:30 Uhr", "2026-03-12T09:30:00", ""),
        ("Feb 12, 2026 2:00 - 3:00 PM", "whether it begins before noon is not clear", ""),
        ("February 12, 2026 2:00 PM (EST)", "`EST` is no certain zone", ""),
    ],
)
def test_a_span_of_time_gives_its_beginning_and_no_zone_is_guessed(text: str, found: str, end: str) -> None:
    read_as = parse_foreign_date(text)
    assert (read_as.text or read_as.fault).startswith(found)
    assert read_as.end.strip() == end


def test_a_german_table_of_excel_is_read() -> None:
    text = (
        "Firma;Stelle;Vorstellungsgespräch;Art;Ansprechpartner;Status;Notizen\r\n"
        "Müller & Söhne;Entwickler;12.02.2026 14:00;Telefoninterview;Frau Jäger;geplant;Zeugnisse; ja\r\n"
        "Öko KG;Entwickler;;;;Absage;\r\n"
    )
    interview, application = (dict(step.incoming.values) for step in read(text.encode("cp1252")).steps)
    assert interview["scheduled_at"] == "2026-02-12T14:00:00"
    assert (interview["interview_type"], interview["status"]) == ("phone_screen", "scheduled")
    assert (application["company"], application["status"]) == ("Öko KG", "rejected")


def test_a_column_of_kinds_is_the_type_where_a_cell_says_one() -> None:
    head = "Company,Role,Interview Date,Type\nAcme,Engineer,2026-02-12 14:00,"
    assert only(read(f"{head}Phone screen\n"))["interview_type"] == "phone_screen"
    kept = only(read(f"{head}Full-time\n"))
    assert (kept["type"], "interview_type" in kept) == ("Full-time", False)


def test_a_word_of_the_application_does_not_become_the_status_of_an_interview() -> None:
    reading = read("Company,Role,Interview Date,Status\nAcme,Engineer,2026-02-12 14:00,Interviewing\n")
    values = only(reading)
    assert ("status" in values, values["tracker_status"]) == (False, "Interviewing")
    assert "words taken to mean: Interviewing = where the application stands" in reading.remarks


@pytest.mark.parametrize("cell", ["TBD", "n/a", "-", "?"])
def test_a_time_that_is_still_open_leaves_an_application(cell: str) -> None:
    values = only(read(f"Company,Role,Interview Date,Status\nAcme,Engineer,{cell},Applied\n"))
    assert (values["type"], values["status"], values["interview_date"]) == ("application", "applied", cell)


def test_links_and_bold_print_of_a_markdown_table_are_not_part_of_a_name() -> None:
    text = "| Company | Role |\n|--|--|\n| [Linear](https://linear.example) | **Engineer** |\n"
    values = only(read(text, ".md"))
    assert (values["company"], values["role"]) == ("Linear", "Engineer")
    assert values["tracker_company"] == "[Linear](https://linear.example)"


def test_a_row_that_may_be_a_moved_interview_says_so(make_vault: Maker, run: Run, tmp_path: Path) -> None:
    root, file = make_vault(""), tmp_path / "mine.csv"
    row = "Company,Role,Round,When\nAcme,Engineer,Coding,2026-02-{day} 14:00\n"
    file.write_text(row.format(day="10"), encoding="utf-8")
    assert run("import", str(file), "--write", vault=root).code == 0
    file.write_text(row.format(day="12"), encoding="utf-8")
    out = run("import", str(file), vault=root).out
    assert (
        "`Interviews/2026-02-10 Acme Technical.md` is about the same company and type at another time" in out
    )
    file.write_text("Company,Role,Round,When\nAcme,Chief,Coding,2026-02-10T16:00+02:00\n", encoding="utf-8")
    (step,) = json.loads(run("import", str(file), "--json", vault=root).out)["steps"]
    assert step["verdict"] == "held"


def test_a_title_above_a_table_does_not_say_how_its_cells_are_parted() -> None:
    text = "My search, spring 2026\n\nCompany;Role;Notes\nAcme;Engineer;a, b, c, d\nBolt;Chief;\n"
    assert [dict(step.incoming.values)["company"] for step in read(text).steps] == ["Acme", "Bolt"]
    quoted = 'Company,Role,Notes\nAcme,Engineer,"one;\ntwo;;;;"\n'
    assert only(read(quoted))["company"] == "Acme"
