"""A document as a workbook: what goes in comes out, nothing of it is run, and it prints."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from bot.documents import MOST_CHARACTERS, sheet_name, workbook
from commands.reply import Cell, Document, Table

HEADINGS = ("Reference", "Action", "Due", "RAG", "Latest update", "Raised on")
ROW = ("JAG-13-001", "Fit alley gates", "2013-12-12", "red: overdue", "Gates ordered", "2013-09-10")


def made(*rows: tuple[Cell, ...], headings: tuple[str, ...] = HEADINGS, title: str = "Actions") -> Worksheet:
    return load_workbook(io.BytesIO(workbook(Document("plan & log.xlsx", [Table(headings, rows, title)])))).active


def read_back(texts: list[str]) -> list[str]:
    """Texts as Excel and our own loader read them: with what XML must write otherwise put right again."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(Document("x", [Table(["Text"], [[text] for text in texts], "T")]))))
    return [str(row[0]) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=60), min_size=1))
def test_every_text_comes_back_exactly(texts):
    assert read_back(texts) == texts


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.org","press")', "+44 20 7946 0000", "-1", "@SUM(A1)", "'quoted", "https://example.org", "007", "1e5",
        "mailto:a@b.uk", "  two  spaces ", "one\ntwo\r\nthree", "_x0041_", "מעצר \u200fabc", "👩‍🚒 done", "a\x00b\x1fc", "TRUE", "#REF!",
    ],
)  # fmt: skip
def test_text_stays_text_whatever_it_looks_like(text):
    assert read_back([text, "after"]) == [text, "after"]
    cell = made(("JAG-13-001", text, "", "", "", ""))["B2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_what_somebody_might_make_a_formula_of_by_editing_is_marked_as_text():
    assert made(("x", "=1+1", "", "", "", ""))["B2"].quotePrefix
    assert not made(("x", "1+1", "", "", "", ""))["B2"].quotePrefix


def test_what_no_file_can_hold_is_replaced_and_the_rest_stays():
    assert read_back(["a\ud800b", "c\uffff"]) == ["a\ufffdb", "c\ufffd"]


@pytest.mark.parametrize("letter", ["x", "👩"])
def test_a_text_too_long_for_a_cell_goes_on_in_further_columns(letter):
    text = letter * 70_000
    sheet = made(("JAG-13-001", text, "ongoing", "", "", ""), ("JAG-13-002", "short", "ongoing", "", "", ""))
    headings = [cell.value for cell in sheet[1]]
    assert headings[:8] == [*HEADINGS, "Action (continued)", "Action (continued 2)"]
    pieces = [sheet.cell(2, column).value for column, heading in enumerate(headings, 1) if heading.startswith("Action")]
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-16-le")) // 2 <= MOST_CHARACTERS for piece in pieces)
    assert [cell.value for cell in sheet[3]][:3] == ["JAG-13-002", "short", "ongoing"]


def test_dates_are_dates_and_words_for_a_date_stay_words():
    rows = [ROW, ("JAG-13-002", "2013-12-12", "next JAG (2013-09-10)", "", "", ""), ("JAG-13-003", "x", "2013-02-30", "", "", "1899-12-31")]
    sheet = made(*rows)
    assert f"{sheet['C2'].value:%d %m %Y}" == "12 12 2013"
    assert sheet["C2"].is_date
    assert f"{sheet['F2'].value:%d %m %Y}" == "10 09 2013"
    assert sheet["B3"].value == "2013-12-12"  # no column of dates
    assert [sheet["C3"].value, sheet["C4"].value, sheet["F4"].value] == ["next JAG (2013-09-10)", "2013-02-30", "1899-12-31"]


def test_numbers_are_numbers_and_nothing_is_nothing():
    sheet = made((12, 0.5, None, "", 2**60, -3))
    assert [cell.value for cell in sheet[2]] == [12, 0.5, None, None, str(2**60), -3]


@pytest.mark.parametrize(
    ("cell", "fill"), [("red: overdue", "FFFFC7CE"), ("amber", "FFFFEB9C"), ("green", "FFC6EFCE"), ("grey", "FFE7E6E6"), ("redder", None)]
)
def test_a_colour_is_seen_and_said(cell, fill):
    shown = made(("JAG-13-001", "Green Lane", "", cell, "", ""))["D2"]
    assert shown.value == cell
    assert (shown.fill.fgColor.rgb if shown.fill.fill_type else None) == fill


def test_it_prints_on_a4_across_with_its_headings_on_every_page():
    sheet = made(*[ROW] * 200)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (True, 1, 0)
    assert (sheet.print_title_rows, sheet.freeze_panes, sheet.auto_filter.ref) == ("$1:$1", "B2", "A1:F201")
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("plan && log.xlsx", "Page &P of &N")
    assert sheet["A1"].font.bold
    assert sheet["B2"].alignment.wrap_text
    assert 10 < sheet.column_dimensions["A"].width < sheet.column_dimensions["B"].width < 40


def test_an_empty_table_has_its_headings():
    sheet = made()
    assert [cell.value for cell in sheet[1]] == list(HEADINGS)
    assert sheet.max_row == 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_sheets_have_names_that_excel_takes(titles):
    tables = [Table(["A"], [["b"]], title) for title in titles]
    names = load_workbook(io.BytesIO(workbook(Document("x", tables)))).sheetnames
    assert len({name.lower() for name in names}) == len(titles)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_the_history_keeps_its_name():
    assert [sheet_name(title, taken) for taken in [set()] for title in ("History", "history", "a/b?")] == ["History", "history 2", "a b"]
