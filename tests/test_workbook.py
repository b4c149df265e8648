"""A partner's workbook, as partners truly make them, read into monthly counts."""

import struct
from datetime import date, datetime
from itertools import product
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from models.base import Refusal
from models.sources.workbook import Cell, PartnerFigures, read_workbook

JAN, FEB, MAR = 2025 * 12, 2025 * 12 + 1, 2025 * 12 + 2


@pytest.fixture
def csv(tmp_path):
    """Write a text file and read it: csv("Ward,Jan 2025…", measure="ASB")."""

    def read(text: str, name: str = "figures.csv", encoding: str = "utf-8", **said: str) -> PartnerFigures:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read_workbook(path, **said)

    return read


@pytest.fixture
def book(tmp_path):
    """Write a workbook of sheets and read it: book({"ASB": [["Ward", "Jan 2025"], …]})."""

    def read(sheets: dict[str, list[list[object]]], merged: str = "", hidden: str = "", **said: str) -> PartnerFigures:
        return read_workbook(saved(tmp_path / "figures.xlsx", sheets, merged, hidden), **said)

    return read


def saved(path: Path, sheets: dict[str, list[list[object]]], merged: str = "", hidden: str = "") -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    workbook.save(path)
    return path


def counts(found: PartnerFigures) -> dict[tuple[str, int], int | None]:
    return {(cell.area, cell.month): cell.count for cell in found.cells}


def refused(read, *given: object, **said: str) -> str:
    with pytest.raises(Refusal) as caught:
        read(*given, **said)
    return caught.value.words


# -- long tables


def test_a_long_table_is_read_by_the_names_of_its_columns(csv):
    found = csv('Month Ending,Offence,Beat,No.\n31/03/2025,Burglary,D1H  Grovehill ,"1,204"\nFeb-25,ASB,D1H Grovehill,<5\n')
    assert found.cells == [Cell("Burglary", "D1H Grovehill", MAR, 1204, ""), Cell("ASB", "D1H Grovehill", FEB, None, "<5")]
    assert found.measures == ["Burglary", "ASB"]
    assert found.left_out == found.checks == []


def test_the_measure_may_be_said_by_whoever_sends_the_file(csv):
    assert csv("Month,Ward,Count\n2025-03,Boxmoor,7\n", measure="asb").cells == [Cell("asb", "Boxmoor", MAR, 7, "")]


def test_the_measure_may_stand_in_a_title_above(csv):
    assert csv("Burglary by ward 2024/25,,\n,,\nMonth,Ward,Count\n2025-03,Boxmoor,7\n").measures == ["Burglary"]


def test_a_file_that_never_says_what_it_counts_is_refused(csv):
    assert "does not say what its figures count" in refused(csv, "Month,Ward,Count\n2025-03,Boxmoor,7\n")


def test_a_missing_column_is_named_with_those_expected_and_found(csv):
    assert refused(csv, "Month,Place,Crime type\n2025-03,Boxmoor,ASB\n") == (
        "I expected the columns month, measure, area and count, or months across the top, and found 'Month', 'Place', "
        "'Crime type': there is no column of the count. Add or rename it and send the file again."
    )


def test_two_columns_that_could_be_the_area_are_refused(csv):
    assert "both 'Ward' and 'Beat' could be it" in refused(csv, "Month,Ward,Beat,Count\n2025-03,a,b,1\n", measure="ASB")


def test_a_year_may_have_a_column_of_its_own(csv):
    assert counts(csv("Year,Month,Ward,Count\n2025,March,Boxmoor,7\n2025,2,Boxmoor,6\n", measure="ASB")) == {
        ("Boxmoor", MAR): 7,
        ("Boxmoor", FEB): 6,
    }


def test_formulas_and_web_pages_in_a_name_are_only_a_name(csv):
    found = csv("Month,Ward,Count\n2025-03,\"=cmd|'/c calc'!A1\",1\n2025-03,<script>x</script>,2\n", measure="ASB")
    assert [cell.area for cell in found.cells] == ["=cmd|'/c calc'!A1", "<script>x</script>"]


def test_a_row_that_differs_in_a_column_not_read_is_no_repeat(csv):
    words = refused(csv, "Month,Ward,Count,Sex\n2025-03,Boxmoor,3,M\n2025-03,Boxmoor,3,F\n", measure="ASB")
    assert "found two: 3 (M) in row 2, column C and 3 (F) in row 3, column C" in words


def test_a_date_within_a_month_is_refused_because_months_are_read_whole(csv):
    assert "'14/03/2025' is a single day" in refused(csv, "Date,Ward,Count\n14/03/2025,Boxmoor,3\n", measure="ASB")


def test_totals_of_a_long_table_are_compared_and_not_kept(csv):
    found = csv("Month,Ward,Count\n2025-03,a,3\n2025-03,b,4\n2025-03,Borough total,9\nSource: Athena,,\n", measure="ASB")
    assert len(found.cells) == 2
    assert found.checks == ["Borough total for March 2025 is printed 9, the rows add to 7: a difference of 2."]
    assert found.left_out == ["Row 5 is a note: 'Source: Athena'."]


# -- months across


def test_months_across_with_a_title_a_total_and_a_note(book):
    found = book(
        {
            "Sheet1": [
                ["Residential burglary by ward, 2025"],
                [],
                ["Ward", "Jan-25", "February 2025", "Total", "% change"],
                ["Grovehill", 3, 4, 7, 0.12],
                ["Watling", "1,001", "5.0", 1006, -0.3],
                ["Dacorum total", 1004, 10, 1014],
                [],
                ["N.B. figures are revised monthly"],
            ]
        },
        merged="A1:E1",
    )
    assert found.measures == ["Residential burglary"]
    assert counts(found) == {("Grovehill", JAN): 3, ("Grovehill", FEB): 4, ("Watling", JAN): 1001, ("Watling", FEB): 5}
    assert found.checks == [
        "Dacorum total for February 2025 is printed 10, the rows add to 9: a difference of 1.",
        "3 printed totals agree with our own sums.",
    ]
    assert found.left_out == [
        "Sheet 'Sheet1': Not read: the column '% change' (cell E3 of sheet 'Sheet1').",
        "Sheet 'Sheet1': Row 8 is a note: 'N.B. figures are revised monthly'.",
    ]


def test_one_measure_a_sheet_under_the_same_title(book):
    rows = [["Dacorum performance report"], ["Ward", date(2025, 1, 1), datetime(2025, 2, 28)], ["Boxmoor", 1, 2]]
    found = book({"Burglary": rows, "ASB": rows, "Cover": [["Prepared for the JAG"]]})
    assert found.measures == found.sheets == ["Burglary", "ASB"]
    assert [cell.count for cell in found.cells] == [1, 2, 1, 2]
    assert found.left_out == ["Sheet 'Cover' has neither months across nor the columns month, measure, area and count, and was not read."]


def test_years_in_a_merged_cell_above_bare_month_names(book):
    rows = [["Ward", 2024, None, 2025], [None, "Nov", "Dec", "Jan", "Feb"], ["Boxmoor", 1, 2, 3, 4]]
    found = book({"ASB": rows}, merged="B1:C1")
    assert counts(found) == {("Boxmoor", JAN - 2): 1, ("Boxmoor", JAN - 1): 2, ("Boxmoor", JAN): 3, ("Boxmoor", FEB): 4}


def test_a_financial_year_above_gives_january_the_later_year(csv):
    found = csv(",2024/25,,\nWard,Apr,Dec,Jan\nBoxmoor,1,2,3\n", measure="ASB")
    assert [cell.month for cell in found.cells] == [JAN - 9, JAN - 1, JAN]


def test_month_names_that_run_past_their_year_are_refused(csv):
    words = refused(csv, ",2024,,\nWard,Apr,Dec,Jan\nBoxmoor,1,2,3\n", measure="ASB")
    assert "by the year given 'Jan' is January 2024. Put its year above it." in words


def test_month_names_without_a_year_are_refused(csv):
    assert "'Jan' has no year" in refused(csv, "Ward,Jan,Feb\nBoxmoor,1,2\n", measure="ASB")


def test_blocks_of_measures_each_with_its_total(csv):
    found = csv(
        "Ward;Jan 2025;Feb 2025\nBurglary;;\nGrovehill;1;2\nBoxmoor;3;4\nTotal;4;6\n;;\nASB;;\nGrovehill;5;6\nBoxmoor;7;8\nTotal;12;14\n"
        "Grand total;16;20\n"
    )
    assert [(c.measure, c.area, c.count) for c in found.cells if c.month == JAN] == [
        ("Burglary", "Grovehill", 1),
        ("Burglary", "Boxmoor", 3),
        ("ASB", "Grovehill", 5),
        ("ASB", "Boxmoor", 7),
    ]
    assert found.checks == ["6 printed totals agree with our own sums."]


def test_tables_one_under_another_each_with_its_own_title(csv):
    found = csv("Burglary\nWard\tJan 2025\tFeb 2025\nBoxmoor\t1\t2\n\nASB\nWard\tFeb 2025\tMar 2025\nBoxmoor\t3\t4\n")
    assert [(c.measure, c.month, c.count) for c in found.cells] == [
        ("Burglary", JAN, 1),
        ("Burglary", FEB, 2),
        ("ASB", FEB, 3),
        ("ASB", MAR, 4),
    ]


def test_headings_of_the_names_may_stand_beside_the_years_above(csv):
    found = csv("Crime type,Ward,2024,,2025\n,,Nov,Dec,Jan\nASB,a,1,2,3\n,b,4,5,6\n")
    assert [(c.measure, c.area, c.count) for c in found.cells if c.month == JAN] == [("ASB", "a", 3), ("ASB", "b", 6)]


def test_a_note_may_stand_between_the_title_and_the_table(csv):
    assert csv("Monthly burglary by beat\nN.B. <5 suppressed\n\nBeat,Jan 25,Feb 25\nD1H Grovehill,1,<5\n").measures == ["burglary"]


def test_a_merged_measure_holds_for_the_rows_below_it(book):
    rows = [
        ["Crime type", "Ward", "Jan 2025", "Feb 2025"],
        ["ASB", "a", 1, 2],
        [None, "b", 3, 4],
        [None, "Total", 4, 6],
        ["Drugs", "a", 5, 6],
    ]
    found = book({"Data": rows}, merged="A2:A4")
    assert [(c.measure, c.area) for c in found.cells if c.month == JAN] == [("ASB", "a"), ("ASB", "b"), ("Drugs", "a")]
    assert found.checks == ["2 printed totals agree with our own sums."]


def test_an_area_left_empty_beside_its_measure_is_refused_and_not_guessed(csv):
    words = refused(csv, "Crime type,Ward,Jan 2025,Feb 2025\nASB,a,1,2\nASB,,3,4\n")
    assert words == "In row 3, column B I expected a name and it is empty. Fill it in."


def test_a_group_of_areas_under_a_titled_measure_is_a_heading_and_no_area(csv):
    found = csv("Burglary\nWard,Jan 2025,Feb 2025\nHemel Hempstead,,\nBoxmoor,1,2\nTotal,1,2\nTring,,\nTring East,3,4\nTotal,3,4\n")
    assert {(c.measure, c.area) for c in found.cells} == {("Burglary", "Boxmoor"), ("Burglary", "Tring East")}
    assert "Row 3 is a heading and not an area: 'Hemel Hempstead'." in found.left_out


@pytest.mark.parametrize("name", ["Total", "Grand Total", "Dacorum total", "All", "All wards", "Borough total", "TOTAL:"])
def test_a_total_is_never_an_area(csv, name):
    assert {c.area for c in csv(f"Ward,Jan 2025,Feb 2025\nBoxmoor,1,2\n{name},1,2\n", measure="ASB").cells} == {"Boxmoor"}


def test_a_row_of_figures_without_a_name_is_left_out_and_said(csv):
    assert csv("Ward,Jan 2025,Feb 2025\nBoxmoor,1,2\n,1,2\n", measure="ASB").left_out == [
        "Row 3 has figures but no area beside them: left out."
    ]


def test_a_year_to_date_that_fits_no_months_is_said_not_to_be_compared(csv):
    found = csv("Ward,Jan 2025,Feb 2025,YTD\nBoxmoor,1,2,30\n", measure="ASB")
    assert found.checks == ["'YTD' was not compared: I cannot tell which months it covers."]


# -- months, as written


@pytest.mark.parametrize(
    "written",
    [
        "2025-03",
        "03/2025",
        "3/2025",
        "Mar-25",
        "Mar 25",
        "Mar 2025",
        "March 2025",
        "Mar'25",
        "Mar’25",
        "MARCH, 2025",
        "01/03/2025",
        "31.03.2025",
        "1 March 2025",
        "2025/03",
        "202503",
        "2025-03-01 00:00:00",
        "2025 Mar",
        "Month ending 31/03/2025",
        "Mar. 2025",
    ],
)
def test_march_2025_however_it_is_written(csv, written):
    assert csv(f'Month,Ward,Count\n"{written}",Boxmoor,1\n', measure="ASB").cells[0].month == MAR
    assert csv(f'Ward,2025-02,"{written}"\nBoxmoor,1,2\n', measure="ASB").cells[1].month == MAR


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("13/2025", "has no month 13"),
        ("2025-00", "has no month 0"),
        ("Sept 31", "write the year in full"),
        ("31/02/2025", "has 28 days"),
        ("03/1825", "is not between 1990 and 2099"),
    ],
)
def test_a_month_that_is_none_is_refused_with_its_cell(csv, written, why):
    for text in (f"Ward,{written},Feb 2025\nBoxmoor,1,2\n", f"Ward,Feb 2025,{written}\nBoxmoor,1,2\n"):
        words = refused(csv, text, measure="ASB")
        assert words.startswith("In row 1, column")
        assert "I expected a month, such as March 2025" in words
        assert why in words
    assert why in refused(csv, f"Month,Ward,Count\n{written},Boxmoor,1\n", measure="ASB")


def test_dates_that_lost_their_format_are_refused(csv):
    assert "a date that lost its format" in refused(csv, "Ward,45658,45689\nBoxmoor,1,2\n", measure="ASB")
    assert "a date that lost its format" in refused(csv, "Month,Ward,Count\n45658,Boxmoor,1\n", measure="ASB")


@pytest.mark.parametrize(
    "written", ["Mar 2025 (to 14th)", "Mar 2025 part", "MTD", "Mar-25 to date", "March 2025 provisional to 14/03", "1-14 Mar 2025"]
)
def test_a_part_of_a_month_is_left_out_and_said(csv, written):
    across = csv(f"Ward,Jan 2025,Feb 2025,{written},Total\nBoxmoor,1,2,9,12\n", measure="ASB")
    down = csv(f"Month,Ward,Count\nFeb 2025,Boxmoor,2\n{written},Boxmoor,9\n", measure="ASB")
    assert counts(across) == {("Boxmoor", JAN): 1, ("Boxmoor", FEB): 2}
    assert counts(down) == {("Boxmoor", FEB): 2}
    assert "part of a month" in across.left_out[0]
    assert "part of a month" in down.left_out[0]
    assert across.checks == ["1 printed total agrees with our own sum."]


# -- counts, as written


@pytest.mark.parametrize(
    ("written", "count", "mark"),
    [
        ("1 204", 1204, ""),
        ("1,204", 1204, ""),
        ("12.0", 12, ""),
        ("1\xa0204", 1204, ""),
        ("< 5", None, "<5"),
        ("<10", None, "<10"),
        ("*", None, "*"),
        ("**", None, "*"),
        (":", None, "*"),
        ("c", None, "*"),
        ("x", None, "*"),
        ("[c]", None, "*"),
        ("", None, "blank"),
        ("-", None, "blank"),
    ],
)
def test_a_count_however_it_is_written(csv, written, count, mark):
    cell = csv(f'Ward,Jan 2025,Feb 2025\nBoxmoor,1,2\nTring,"{written}",3\n', measure="ASB").cells[2]
    assert (cell.area, cell.count, cell.mark) == ("Tring", count, mark)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("-3", "is below zero"),
        ("(3)", "is below zero"),
        ("2.5", "has a fraction"),
        ("tbc", "is not a number"),
        ("1,23", "is not a number"),
        ("1E5", "is not a number"),
        ("9999999999", "is larger than any count I can hold"),
    ],
)
def test_what_is_no_count_is_refused_with_its_row_and_column(csv, written, why):
    words = refused(csv, f'Ward,Jan 2025,Feb 2025\nBoxmoor,1,"{written}"\n', measure="ASB")
    assert words == (
        f"In row 2, column C (Boxmoor, February 2025) I expected a whole number, <5 or *, but '{written}' {why}. "
        "Correct it, or leave it empty, and send the file again."
    )


def test_an_error_in_a_workbook_is_refused_where_it_would_count(book):
    rows = [["Ward", "Jan 2025", "Feb 2025", "% change"], ["Boxmoor", 1, "#REF!", "#DIV/0!"]]
    assert "In cell C2 of sheet 'ASB' (Boxmoor, February 2025)" in refused(book, {"ASB": rows})
    rows[1][2] = 2
    assert len(book({"ASB": rows}).cells) == 2


def test_a_place_that_is_an_error_is_refused(book):
    assert "found the error #REF!" in refused(book, {"ASB": [["Ward", "Jan 2025", "Feb 2025"], ["#REF!", 1, 2]]})


# -- empty cells, totals and repeats


def test_an_empty_cell_is_none_where_a_total_agrees_and_unknown_elsewhere(csv):
    found = csv("Ward,Jan 2025,Feb 2025\nBoxmoor,,2\nTring,3,\nTotal,3,9\n", measure="ASB")
    assert [(c.area, c.count, c.mark) for c in found.cells] == [
        ("Boxmoor", 0, ""),
        ("Boxmoor", 2, ""),
        ("Tring", 3, ""),
        ("Tring", None, "blank"),
    ]
    assert found.left_out == ["1 empty cell is kept as not known: no total confirms it to be 0."]


def test_months_yet_to_come_are_left_out_though_a_formula_totals_them_0(csv):
    found = csv("Ward,Jan 2025,Feb 2025,Mar 2025,Total\nBoxmoor,1,,,1\nTring,2,,,2\nTotal,3,0,0,3\n", measure="ASB")
    assert counts(found) == {("Boxmoor", JAN): 1, ("Tring", JAN): 2}
    assert found.left_out == ["ASB has no figure at all for February 2025, March 2025: left out."]


def test_a_total_over_a_suppressed_figure_cannot_be_checked(csv):
    found = csv("Ward,Jan 2025,Feb 2025\nBoxmoor,<5,2\nTring,3,4\nTotal,5,6\n", measure="ASB")
    assert found.checks == [
        "1 printed total agrees with our own sum.",
        "1 printed total cannot be checked, as it is or covers a suppressed figure (<5 or *) or an error: Total for January 2025.",
    ]


def test_the_same_figure_twice_is_kept_once_and_two_that_differ_are_refused(csv):
    table = "Ward,Jan 2025,Feb 2025\nBoxmoor,1,2\nboxmoor,1,{}\n"
    assert csv(table.format(2), measure="ASB").left_out == ["2 figures were given twice with the same value and kept once."]
    assert refused(csv, table.format(3), measure="ASB") == (
        "I expected one figure for ASB, boxmoor, February 2025, and found two: 2 in row 2, column C and 3 in row 3, column C. "
        "Remove the one that is wrong."
    )


def test_a_hidden_sheet_is_not_read_and_said(book):
    rows = [["Ward", "Jan 2025", "Feb 2025"], ["Boxmoor", 1, 2]]
    found = book({"ASB": rows, "Names": rows}, hidden="Names")
    assert found.sheets == ["ASB"]
    assert found.left_out == ["Sheet 'Names' is hidden in the workbook and was not read."]


# -- files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_in_the_usual_encodings_and_delimiters(csv, encoding, mark):
    found = csv(f"Ward{mark}Jan 2025{mark}Feb 2025\r\nCafé Row – “west”{mark}1{mark}2\r\n", encoding=encoding, measure="ASB")
    assert found.cells == [Cell("ASB", "Café Row – “west”", JAN, 1, ""), Cell("ASB", "Café Row – “west”", FEB, 2, "")]


def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, csv):
    path = saved(tmp_path / "a.xlsx", {"ASB": [["x"]]}).rename(tmp_path / "a.csv")
    assert refused(read_workbook, path) == (
        "'a.csv' should be a text file (CSV) by its name, but it holds an Excel workbook (.xlsx). "
        "Open it, save it as .xlsx or .csv and send that."
    )
    assert "it holds a web page or XML" in refused(csv, "<html><table>", "export.xls")
    assert "it holds a PDF" in refused(csv, "%PDF-1.7", "export.csv")
    assert "none of them" in refused(csv, "x", "figures.docx")
    assert "is empty" in refused(csv, " \n")


def test_damaged_and_locked_workbooks_are_refused(tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for name, content, why in [
        ("a.xlsx", b"PK\x03\x04" + b"junk" * 50, "it seems damaged"),
        ("a.xls", ole + "Workbook".encode("utf-16-le") + b"\0" * 600, "it seems damaged"),
        ("a.xlsx", ole + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    ]:
        (tmp_path / name).write_bytes(content)
        assert why in refused(read_workbook, tmp_path / name)


def test_an_old_workbook_that_would_bring_the_reader_down_is_refused_and_the_bot_lives(tmp_path):
    path = xls(tmp_path / "a.xls", [["Ward", "Jan 2025", "Feb 2025"], ["Boxmoor", 1, 2]])
    content = path.read_bytes()
    rows = content.index(b"\x00\x02\x0e\x00") + 8  # where the sheet says how many rows it has
    path.write_bytes(content[:rows] + b"\xff\xff\xff\xc5" + content[rows + 4 :])
    assert "it seems damaged" in refused(read_workbook, path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    path = saved(tmp_path / "a.xlsx", {"ASB": [["x"]]})
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb", b"\0" * 20_000_000)
    assert "unpacks to 19 MiB" in refused(read_workbook, path)


def test_a_stray_cell_at_the_far_corner_is_refused_before_it_fills_the_memory(tmp_path):
    workbook = Workbook()
    workbook.active["A1"], workbook.active["XFD1048576"] = 1, 1
    workbook.save(tmp_path / "a.xlsx")
    assert "Delete the rows and columns outside the table" in refused(read_workbook, tmp_path / "a.xlsx")


def test_more_figures_than_are_taken_at_once_are_refused_with_their_number(csv):
    rows = "".join(f"area {n}," + ",".join(["1"] * 120) + "\n" for n in range(1700))
    months = ",".join(f"{2015 + n // 12}-{n % 12 + 1:02}" for n in range(120))
    assert "That is 204,000 figures and I take up to 200,000" in refused(csv, f"Ward,{months}\n{rows}", measure="ASB")


def test_a_file_with_no_months_is_refused_with_what_it_has(csv):
    assert "its first row has 'hello', 'world'" in refused(csv, "hello,world\n")


def test_an_opendocument_spreadsheet_is_read_and_its_errors_refused(tmp_path):
    table = [["Ward", "Jan 2025", "Feb 2025"], ["Boxmoor", 1, 2]]
    assert counts(read_workbook(ods(tmp_path / "a.ods", table))) == {("Boxmoor", JAN): 1, ("Boxmoor", FEB): 2}
    table[1][2] = "#REF!"
    assert "'#REF!' is an error in the workbook" in refused(read_workbook, ods(tmp_path / "b.ods", table))


def ods(path: Path, rows: list[list[object]]) -> Path:
    def cell(value: object) -> str:
        kind = "float" if isinstance(value, int) else "string"
        wrong = ' calcext:value-type="error" office:string-value=""' if str(value).startswith("#") else ""
        said = f' office:value="{value}"' if kind == "float" else ""
        return f'<table:table-cell office:value-type="{kind}"{said}{wrong}><text:p>{value}</text:p></table:table-cell>'

    spaces = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<office:document-content{spaces} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
            f'<office:body><office:spreadsheet><table:table table:name="ASB">{body}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return path


def test_an_old_excel_workbook_is_read(tmp_path):
    path = xls(tmp_path / "a.xls", [["Ward", "Jan 2025", "Feb 2025"], ["Boxmoor", 1, 2]])
    assert read_workbook(path).cells == [Cell("ASB", "Boxmoor", JAN, 1, ""), Cell("ASB", "Boxmoor", FEB, 2, "")]


def xls(path: Path, rows: list[list[object]]) -> Path:
    """The smallest old workbook: BIFF8 records in a compound file of one stream (header, FAT, directory, stream)."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def cell(row: int, column: int, value: object) -> bytes:
        at = struct.pack("<HHH", row, column, 0)
        text = str(value)
        return (
            record(0x203, at + struct.pack("<d", value))
            if isinstance(value, int)
            else record(0x204, at + struct.pack("<HB", len(text), 0) + text.encode("latin-1"))
        )

    def start(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 1997, 0, 6))

    cells = b"".join(cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    size = struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0)
    sheet = start(0x10) + record(0x200, size) + cells + record(0x0A, b"")
    front = start(0x05) + record(0x42, struct.pack("<H", 1200))
    offset = len(front) + 4 + 6 + 2 + 3 + 4
    stream = front + record(0x85, struct.pack("<IBBBB", offset, 0, 0, 3, 0) + b"ASB") + record(0x0A, b"") + sheet
    stream = stream.ljust(4096, b"\0")
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]

    def entry(name: str, kind: int, child: int, first: int, length: int) -> bytes:
        named = (name + "\0").encode("utf-16-le")
        return struct.pack("<64sHBBIII16sIQQIQ", named, len(named), kind, 1, 2**32 - 1, 2**32 - 1, child, b"", 0, 0, 0, first, length)

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 2**32 - 1, 2, len(stream))
    header = (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + b"\0" * 16
        + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    )
    fat = b"".join(struct.pack("<I", n) for n in chain).ljust(512, b"\xff")
    path.write_bytes(header + b"\xff" * (512 - len(header)) + fat + directory.ljust(512, b"\0") + stream)
    return path


# -- however it is laid out, it is the same table

names = (
    st.text("abcdefgh '-&é", min_size=1, max_size=12).map(lambda name: "W" + " ".join(name.split())).filter(lambda name: name[-1].isalpha())
)
figures = st.one_of(st.integers(0, 5000), st.sampled_from(["<5", "*"]))


@st.composite
def tables(draw):
    """(measures, areas, months, {(measure, area, month): figure})."""
    measures = draw(st.lists(names, min_size=1, max_size=3, unique_by=str.casefold))
    areas = draw(st.lists(names, min_size=1, max_size=4, unique_by=str.casefold))
    months = draw(st.lists(st.integers(2015 * 12, 2030 * 12), min_size=2, max_size=5, unique=True))
    return measures, areas, months, {key: draw(figures) for key in product(measures, areas, months)}


STYLES = st.sampled_from(["%Y-%m", "%m/%Y", "%b-%y", "%B %Y", "01/%m/%Y", "%b'%y"])
HERE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def laid_out(table, style):
    """(a long table, months across with a column of measures, one sheet a measure, the cells they all hold)."""
    measures, areas, months, held = table
    written = {month: date(month // 12, month % 12 + 1, 1).strftime(style) for month in months}
    long = [["Month", "Crime type", "Ward", "Count"], *([written[m], k, a, v] for (k, a, m), v in held.items())]
    across = [["Ward", "Crime type", *written.values()], *([a, k, *(held[k, a, m] for m in months)] for k in measures for a in areas)]
    sheets = {
        f"Sheet{n}": [[k], ["Ward", *written.values()], *([a, *(held[k, a, m] for m in months)] for a in areas)]
        for n, k in enumerate(measures)
    }
    cells = {Cell(*key, v, "") if isinstance(v, int) else Cell(*key, None, v) for key, v in held.items()}
    return long, across, sheets, cells


@settings(max_examples=80, deadline=None, suppress_health_check=HERE)
@given(tables(), STYLES)
def test_a_table_written_long_and_with_months_across_reads_back_the_same(csv, table, style):
    long, across, _, cells = laid_out(table, style)
    for found in (csv(lines(long)), csv(lines(across))):
        assert set(found.cells) == cells
        assert found.left_out == found.checks == []


@settings(max_examples=6, deadline=None, suppress_health_check=HERE)
@given(tables(), STYLES)
def test_a_table_in_one_sheet_or_in_a_sheet_for_each_measure_reads_back_the_same(book, table, style):
    _, across, sheets, cells = laid_out(table, style)
    for found in (book({"Data": across}), book(sheets)):
        assert set(found.cells) == cells
        assert found.left_out == found.checks == []


def lines(rows: list[list[object]]) -> str:
    return "".join(",".join(f'"{value}"' for value in row) + "\n" for row in rows)
