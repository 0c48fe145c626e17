"""Tables and address cards keep every text, and no cell begins a formula."""

import csv
import io
import re

from hypothesis import given
from hypothesis import strategies as st

from prepvault.model.contact import Contact
from prepvault.model.formulas import guarded, unguarded
from prepvault.parse.spreadsheets import parse_table
from prepvault.render.csv_text import render_csv
from prepvault.render.feed_words import one_line
from prepvault.render.folding import fold_line
from prepvault.render.vcard import render_vcards

SIGNS = "=+-@＝＋－＠'\"; \t\r\n,ab\u200b\ufeffé"
HOSTILE = st.text(alphabet=SIGNS, max_size=30)
TEXT = st.one_of(HOSTILE, st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
FORMULA = re.compile(r"[\s\"\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+\-@＝＋－＠]")


@given(TEXT)
def test_what_is_guarded_is_given_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(TEXT)
def test_no_cell_begins_a_formula_however_it_is_taken_apart(text: str) -> None:
    cell = guarded(text)
    assert not any(FORMULA.match(part) for part in re.split(r"[;\t\r\n]", cell))
    assert cell[:1] not in {"\t", "\r", "\n"}


@given(st.text(alphabet="abc éß.1", max_size=40))
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.lists(st.lists(TEXT, min_size=2, max_size=4), min_size=1, max_size=5), st.booleans())
def test_a_table_reads_back(rows: list[list[str]], has_bom: bool) -> None:
    text = render_csv(rows, has_bom=has_bom).decode("utf-8-sig" if has_bom else "utf-8")
    read = [[unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    assert read == rows


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_an_import_reads_a_table_back(rows: list[tuple[str, str]]) -> None:
    table = parse_table(render_csv([("company", "role"), *rows]).decode())
    told = [tuple(cell.strip() for cell in row) for row in rows]
    assert [row.cells for row in table.rows[1:]] == [row for row in told if any(row)]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_a_folded_line_unfolds_to_itself(text: str) -> None:
    data = fold_line(text)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert all(line.decode("utf-8") is not None for line in data.split(b"\r\n"))
    assert data.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode() == text


@given(TEXT, TEXT, TEXT)
def test_a_card_reads_back(name: str, company: str, note: str) -> None:
    contact = Contact(key="k", name=name, company=company, text=note)
    data = render_vcards([contact], version="1", has_text=True)
    lines = data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCARD", "END:VCARD")
    told = dict(line.split(":", 1) for line in lines)
    assert unescaped(told["FN"]) == (one_line(name) or "?")
    assert unescaped(told.get("ORG", "")) == one_line(company)
    assert len(re.findall(r"(?<!\\)(?:\\\\)*;", told["N"])) == 4
    assert set(told) <= {"BEGIN", "VERSION", "PRODID", "UID", "FN", "N", "ORG", "CATEGORIES", "NOTE", "END"}


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)
