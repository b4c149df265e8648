"""The log of today, as coordinators truly keep it in Excel and Word, read into drafted actions."""

from datetime import date, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from openpyxl import Workbook

from models.base import Refusal
from models.drafted import Drafted
from models.sources.log.reading import Log, Past, read_log

TODAY = date(2013, 9, 2)
HEADS = ["Ref", "Action", "Owner", "Due"]
GATES = [4, "Fit gates", "Housing", "1.11.13"]
OWN = "Reference,Group,Action,Owner,Agency,Supporters,Priority,Due,Status,RAG,Latest update,Raised on,Raised by,Meeting,Lineage,Closed on"
HISTORY = ["Reference", "When", "By", "For", "From where", "What", "Words", "Before", "After"]


@pytest.fixture
def book(tmp_path):
    """Write a workbook of sheets and read it: book({"Log": [["Action", "Owner"], …]}, "A1:B1")."""

    def read(sheets: dict[str, list[list[object]]], *merged: str, hidden: str = "") -> Log:
        workbook = Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            for row in rows:
                sheet.append(row)
            for cells in merged:
                sheet.merge_cells(cells)
            sheet.sheet_state = "hidden" if name == hidden else "visible"
        workbook.save(tmp_path / "log.xlsx")
        return read_log(tmp_path / "log.xlsx", TODAY)

    return read


@pytest.fixture
def csv(tmp_path):
    """Write a text file and read it: csv("Action,Owner…")."""

    def read(text: str, name: str = "log.csv") -> Log:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_log(tmp_path / name, TODAY)

    return read


@pytest.fixture
def word(tmp_path):
    """Write a Word file of tables and read it; `mend` has the document before it is saved."""

    def read(*tables: list[list[str]], mend=lambda _: None) -> Log:
        document = Document()
        document.add_heading("JAG actions")
        for rows in tables:
            table = document.add_table(len(rows), len(rows[0]))
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
            document.add_paragraph()
        mend(document)
        document.save(tmp_path / "log.docx")
        return read_log(tmp_path / "log.docx", TODAY)

    return read


def only(log: Log) -> Drafted:
    (row,) = log.rows
    return row


def asked(row: Drafted) -> list[str]:
    return [question for _, question in row.unclear]


def refused(read, *given: object) -> str:
    with pytest.raises(Refusal) as caught:
        read(*given)
    return caught.value.words


# -- columns


def test_a_log_is_read_below_its_title_by_the_names_of_its_columns(book):
    rows = [
        ["Dacorum JAG: action log"],
        [],
        ["Action no.", "Agreed action", "Responsibile", "By when", "Cost"],
        [4.0, "Fit gates", "Housing", "1.11.13", 9],
    ]
    log = book({"Log": rows})
    assert log.rows == (Drafted("Fit gates", 4, ref="4", owner="Housing", due="1.11.13"),)
    assert log.columns == (("Action no.", "ref"), ("Agreed action", "wording"), ("Responsibile", "owner"), ("By when", "due"))
    assert (log.ignored, log.said) == (("Cost",), ())


@pytest.mark.parametrize(
    ("heading", "value", "name", "read"),
    [
        ("#", "JAG-13-004", "ref", "JAG-13-004"),
        ("Meeting group", "JAG", "group", "JAG"),
        ("Lead officer (agency)", "Housing", "owner", "Housing"),
        ("Support", "SNT, Fire and Rescue", "supporters", ("SNT", "Fire and Rescue")),
        ("Area of work", "ASB", "priority", "ASB"),
        ("Timescale", "next mtg", "due", "next mtg"),
        ("Complete?", "Y", "status", "done"),
        ("Comments", "“Gates” ordered", "latest", "“Gates” ordered"),
        ("Date raised", "10 Sept", "raised_on", "2012-09-10"),
        ("Raised by", "KB", "raised_by", "KB"),
        ("Meeting date", "JAG 10 Sept", "meeting", "JAG 10 Sept"),
        ("From", "escalated from CSAG-13-001", "lineage", "escalated from CSAG-13-001"),
        ("Date closed", "1st Aug 2013", "closed_on", "2013-08-01"),
    ],
)
def test_every_field_has_its_headings(csv, heading, value, name, read):
    assert getattr(only(csv(f'What,{heading}\nFit gates,"{value}"\n')), name) == read


@pytest.mark.parametrize(
    ("status", "colour", "read", "news", "disagree"),
    [
        ("Open", "Amber", "at risk", "", False),
        ("Open", "G", "on track", "", False),
        ("In progress", "Red", "blocked", "", False),
        ("Open", "Red - no key", "blocked", "no key", False),
        ("Open", "", "not reported", "", False),
        ("", "Amber", "at risk", "", False),
        ("Awaiting the quote for two gates", "Amber", "at risk", "Awaiting the quote for two gates", False),
        ("Complete", "Green", "done", "", False),
        ("Closed", "Red", "closed", "", True),
        ("Open", "Blue", "not reported", "", True),
        ("On hold", "Green", "blocked", "", True),
        ("Tbc", "Green", "", "Tbc", False),
    ],
)
def test_beside_a_status_the_colour_says_how_open_ones_stand(csv, status, colour, read, news, disagree):
    log = csv(f"Action,Owner,Due,RAG Status,Status\nFit gates,SNT,ongoing,{colour},{status}\n")
    assert (only(log).status, only(log).latest, log.ignored) == (read, news, ())
    assert "'Status' says what is open, 'RAG Status' how the open ones stand." in log.said
    told = f"Status and RAG say different things, and the RAG was left aside: row 2 ({read}, {colour})."
    assert (told in log.said) == disagree


def test_of_two_columns_that_could_be_one_field_the_plainer_is_taken_and_both_are_named(csv):
    log = csv("Action,Owner,Complete,Status,Date\nFit gates,SNT,Yes,done,1.8.13\n")
    assert only(log).status == "done"
    assert log.ignored == ("Complete",)
    assert log.said == (
        "Both 'Status' and 'Complete' could be the status: 'Status' was taken.",
        "'Date' was taken as the date raised. If it is when actions are due, call it 'Due'.",
    )


def test_two_columns_of_news_are_both_read(csv):
    log = csv("Action,Owner,Comments,Update\nFit gates,SNT,see file,ordered\nPatrol,SNT,,\n")
    assert [row.latest for row in log.rows] == ["ordered\nsee file", ""]
    assert (log.ignored, log.said) == ((), ("'Comments' and 'Update' were read together, as the latest update.",))


@pytest.mark.parametrize(
    "heading",
    [
        "Lead / Owner",
        "Owner/Lead",
        "Lead Officer",
        "Action owner(s)",
        "Who",
        "By whom",
        "Responsible",
        "Agency / lead",
        "Lead & owner (name)",
    ],
)
def test_the_owner_is_known_by_any_of_the_names_in_a_heading(csv, heading):
    log = csv(f"Action,{heading},Due\nFit gates,Housing,ongoing\n")
    assert (only(log).owner, log.ignored) == ("Housing", ())


@pytest.mark.parametrize(
    "heading", ["Issue / Action", "Issues and actions", "Task / Action", "Action - decision", "Concern & agreed action"]
)
def test_what_an_action_answers_may_stand_in_its_heading(csv, heading):
    log = csv(f"No.,{heading},Lead,Target date,Progress\n1,Fit gates,Housing,1.11.13,ordered\n")
    assert (only(log).wording, only(log).owner, only(log).due, only(log).latest) == ("Fit gates", "Housing", "1.11.13", "ordered")
    assert (log.ignored, log.said) == ((), ())


def test_an_issue_in_a_column_of_its_own_is_left_out_and_makes_no_log(csv):
    assert csv("Issue,Action,Owner\nnoise,Fit gates,SNT\n").ignored == ("Issue",)
    assert "I found no table of actions" in refused(csv, "Issue,Owner,Due\nnoise,SNT,ongoing\n")


@pytest.mark.parametrize("heading", ["Where are we?", "Where are we now", "Current position", "Outcome", "Progress to date"])
def test_news_is_known_by_any_of_its_headings(csv, heading):
    assert only(csv(f"Action,Owner,{heading},R/A/G\nFit gates,SNT,ordered,A\n")).latest == "ordered"


def test_a_colour_is_known_however_it_is_spelt(csv):
    log = csv("Action,Owner,Status,R/A/G\nFit gates,SNT,Open,Amber\n")
    assert (only(log).status, log.ignored) == ("at risk", ())


@pytest.mark.parametrize(
    ("status", "progress", "read", "latest"),
    [
        ("", "Completed", "done", ""),
        ("", "Completed – gates fitted", "done", "Completed – gates fitted"),
        ("", "In progress", "on track", ""),
        ("", "Waiting: no answer yet", "", "Waiting: no answer yet"),
        ("", "no", "", "no"),
        ("Open", "Completed", "not reported", "Completed"),
        ("Soon", "Completed", "", "Soon\nCompleted"),
    ],
)
def test_without_a_status_news_that_are_one_say_how_it_stands(csv, status, progress, read, latest):
    row = only(csv(f"Action,Owner,Due,Status,Progress\nFit gates,SNT,ongoing,{status},{progress}\n"))
    assert (row.status, row.latest) == (read, latest)


def test_a_heading_whose_parts_are_of_different_fields_is_not_taken(csv):
    assert csv("Action,Owner,Date raised / due\nFit gates,SNT,1.8.13\n").ignored == ("Date raised / due",)


def test_a_file_without_such_a_table_is_refused_with_what_it_has(csv):
    assert refused(csv, "Ward,Jan\nBoxmoor,7\n") == (
        "I found no table of actions in 'log.csv'. I expected a heading row with Action, and Owner, Due or Status, "
        "and its first row has 'Ward', 'Jan'. Add the headings and send it again."
    )


# -- values


@pytest.mark.parametrize(
    ("owner", "read", "supporters", "question"),
    [
        ("Housing / SNT", "Housing", ("SNT",), ["Housing / SNT: which of them is accountable?"]),
        ("ALL", "ALL", (), ["ALL: name one accountable owner"]),
        ("All partners", "All partners", (), ["All partners: name one accountable owner"]),
        ("", "", (), ["Who is accountable?"]),
        ("-", "", (), ["Who is accountable?"]),
        ("Fire and Rescue", "Fire and Rescue", (), []),
    ],
)
def test_an_owner_who_is_nobody_or_several_is_asked_about(csv, owner, read, supporters, question):
    row = only(csv(f"Action,Owner,Due\nFit gates,{owner},Ongoing\n"))
    assert (row.owner, row.supporters, asked(row)) == (read, supporters, question)


def test_a_day_of_excel_is_a_date_and_words_for_one_stay_words(book):
    due = [datetime(2013, 11, 1), "1.11.13", "next mtg", "Ongoing", 41579, "ASAP", None]
    log = book({"Log": [HEADS, *([number, "Fit gates", "SNT", when] for number, when in enumerate(due))]})
    assert [row.due for row in log.rows] == ["2013-11-01", "1.11.13", "next mtg", "Ongoing", "2013-11-01", "ASAP", ""]
    assert [asked(row) for row in log.rows] == [[]] * 5 + [["When is it due? ASAP is no date"], ["When is it due?"]]


@pytest.mark.parametrize(
    ("said", "status", "latest"),
    [
        ("A", "at risk", ""),
        ("RED", "blocked", ""),
        ("Green", "on track", ""),
        ("On-going", "on track", ""),
        ("C/F", "not reported", ""),
        ("Completed", "done", ""),
        ("Closed", "closed", ""),
        ("Complete – gates fitted", "done", "gates fitted"),
        ("Karen to ring the depot again", "", "Karen to ring the depot again"),
    ],
)
def test_a_status_is_known_by_its_many_words(csv, said, status, latest):
    row = only(csv(f"Action,Owner,Due,Status\nFit gates,SNT,next mtg,{said}\n"))
    assert (row.status, row.latest, asked(row)) == (status, latest, [])


def test_a_status_nobody_knows_is_asked_about_and_its_words_are_kept(csv):
    row = only(csv("Action,Owner,Due,Status\nFit gates,SNT,next mtg,Pending legal\n"))
    assert (row.status, row.latest) == ("", "Pending legal")
    assert asked(row)[0].startswith("“Pending legal” is no status I know. Is it not reported, on track,")


def test_what_is_closed_is_not_asked_when_it_is_due(csv):
    log = csv("Action,Owner,Date closed,Date raised\nFit gates,SNT,1.8.13,Spring\nPatrol,SNT,Yes,1.7.13\n")
    assert [(row.status, row.closed_on, asked(row)) for row in log.rows] == [("closed", "2013-08-01", []), ("done", "", [])]
    assert log.said == ("Row 2: 'Spring' is no date I can read, so raised on was left empty.",)


def test_a_formula_as_text_is_text(csv):
    assert only(csv('Action,Owner\n"=HYPERLINK(""http://x"")",SNT\n')).wording == '=HYPERLINK("http://x")'


def test_a_formula_never_worked_out_is_told_of_and_asked_for(book):
    log = book({"Log": [HEADS, [2, "Patrol", "=A1", "Ongoing"]]})
    assert asked(only(log)) == ["Who is accountable?"]
    assert log.said == (
        "Formulas without a kept value were read as empty: 'Owner' in row 2 of sheet 'Log'. Save the file in Excel and send it again.",
    )


# -- rows


def test_headings_of_sections_are_the_priority_of_the_rows_under_them(book):
    rows = [HEADS, ["ASB"], GATES, ["Section 2: Burglary"], GATES, HEADS, GATES, ["Closed"], GATES]
    log = book({"Log": rows}, "A2:D2", "A4:D4")
    assert [row.priority for row in log.rows] == ["ASB", "Burglary", "Burglary", ""]
    assert [row.status for row in log.rows] == ["", "", "", "closed"]
    assert log.said == (
        "Headings of sections were left out, and taken as the priority of the rows under them: ASB; Section 2: Burglary.",
        "The rows under these headings were read as the headings say: Closed.",
    )


def test_closed_actions_are_closed_and_the_key_is_no_action(book):
    rows = [["Action", "Owner", "Due", "RAG"], ["Fit gates", "SNT", "1.8.13", "R"], ["CLOSED ACTIONS"], ["Patrol", "SNT", None, "G"]]
    rows += [["Visit", "SNT", None, "Complete"], ["RAG key"], ["R", None, None, "late or stuck"], ["BURGLARY"], ["Mark", "SNT", "ongoing"]]
    log = book({"Log": rows})
    assert [(row.wording, row.status, row.priority, asked(row)) for row in log.rows] == [
        ("Fit gates", "blocked", "", []),
        ("Patrol", "closed", "", []),
        ("Visit", "done", "", []),
        ("Mark", "", "BURGLARY", []),
    ]
    assert log.said == (
        "Headings of sections were left out, and taken as the priority of the rows under them: BURGLARY.",
        "The rows under these headings were read as the headings say: CLOSED ACTIONS.",
        "Headings and notes that say nothing of an action were left out: RAG key; R, late or stuck.",
        "Red, with no word of why, was read as blocked: row 2 of sheet 'Log'. What is only late is red by its date.",
    )


def test_an_owner_alone_in_a_row_is_no_heading(csv):
    log = csv("Owner,Action,Due\nSNT,Fit gates,Ongoing\nHousing,,\nSNT,Patrol,Ongoing\n")
    assert [row.priority for row in log.rows] == ["", ""]
    assert log.said == ("Rows with no action in them were left out: row 3 (Housing).",)


def test_a_column_of_the_priority_goes_before_any_heading(csv):
    log = csv("Action,Owner,Priority\nBURGLARY,,\nFit gates,SNT,ASB\nPatrol,SNT,\n")
    assert [row.priority for row in log.rows] == ["ASB", ""]


def test_a_merged_owner_is_the_owner_of_all_its_rows_and_an_empty_one_is_asked_for(book):
    log = book({"Log": [HEADS, GATES, [5, "Patrol", None, "Ongoing"], [6, "Write", None, "Ongoing"]]}, "C2:C3")
    assert [row.owner for row in log.rows] == ["Housing", "Housing", ""]
    assert log.said == ("Cells merged downwards were read for each of their rows: Owner.",)


def test_an_action_merged_over_two_rows_is_one_action(book):
    log = book({"Log": [HEADS, GATES, [None, None, "SNT", None]]}, "B2:B3")
    assert (only(log).owner, only(log).supporters) == ("Housing", ("SNT",))


def test_rows_without_an_action_are_told_of_but_for_numbers_given_in_advance(book):
    log = book({"Log": [HEADS, GATES, [5], [6, None, "SNT", "Ongoing"]]})
    assert log.rows == (only(log),)
    assert log.said == ("Rows with no action in them were left out: row 4 of sheet 'Log' (6, SNT, Ongoing).",)


def test_sheets_of_several_groups_are_warned_of_and_hidden_ones_are_not_read(book):
    log = book({"JAG": [HEADS, GATES], "CSAG": [HEADS, GATES], "Key": [["R", "red"]], "Old": [HEADS, GATES]}, hidden="Old")
    assert len(log.rows) == 2
    assert log.said == (
        "Sheet 'Old' is hidden in the workbook and was not read.",
        "Sheet 'Key' has no heading row with Action, and Owner, Due or Status, and was not read.",
        "Several sheets were read, and no column says the group: sheet 'JAG'; sheet 'CSAG'. All their actions go to one group.",
    )


def test_fifty_thousand_formatted_rows_with_nothing_in_them_are_nothing(tmp_path):
    workbook = Workbook()
    for row in [HEADS, GATES]:
        workbook.active.append(row)
    for row in range(3, 50_003):
        for column in (1, 2, 3, 4):
            workbook.active.cell(row, column).number_format = "0.00"
    workbook.save(tmp_path / "log.xlsx")
    assert len(read_log(tmp_path / "log.xlsx", TODAY).rows) == 1


def test_more_rows_than_a_log_can_have_are_refused(csv):
    assert refused(csv, "Action,Owner\n" + "Fit gates,SNT\n" * 20_001) == (
        "'log.csv' has 20,002 rows and I read up to 20,000. Send the actions that matter, or one year at a time."
    )


# -- Word


def test_every_table_of_a_word_file_is_read_and_one_cut_in_two_goes_on(word):
    log = word([["Chair", "KB"]], [HEADS, ["1", "Fit gates", "Housing", "1.11.13"]], [["2", "“Patrol”", "SNT", "Ongoing"]])
    assert [(row.ref, row.wording, row.due) for row in log.rows] == [("1", "Fit gates", "1.11.13"), ("2", "“Patrol”", "Ongoing")]
    assert log.said == (
        "Table 1 has no heading row with Action, and Owner, Due or Status, and was not read.",
        "Table 3 was read with the headings of table 2.",
    )


def test_merged_cells_of_word_are_read_once_across_and_for_each_row_downwards(word):
    def merge(document):
        table = document.tables[0]
        table.cell(1, 0).merge(table.cell(1, 3))
        table.cell(2, 2).merge(table.cell(3, 2))

    log = word([HEADS, ["ASB", "", "", ""], ["1", "Fit gates", "Housing", "Ongoing"], ["2", "Patrol", "", "Ongoing"]], mend=merge)
    assert [(row.ref, row.owner, row.priority) for row in log.rows] == [("1", "Housing", "ASB"), ("2", "Housing", "ASB")]


def test_tracked_changes_of_word_are_read_as_they_would_be_accepted(word):
    def track(document):
        run = document.tables[0].cell(1, 1).paragraphs[0].runs[0]._r
        for kind in ("ins", "del"):
            mark = run.makeelement(run.tag.replace("}r", "}" + kind))
            run.addnext(mark)
            mark.append(run.__deepcopy__({}))
        run.getparent().remove(run)

    assert only(word([HEADS, ["1", "Fit gates", "Housing", "Ongoing"]], mend=track)).wording == "Fit gates"


# -- files that are not what they say


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("log.docx", b"Action,Owner\n", "should be a Word document (.docx) by its name, but it holds a text file (CSV)"),
        ("log.xlsx", b"PK\x03\x04 and no more", "it seems damaged"),
        ("log.doc", b"\xd0\xcf\x11\xe0", "I read .xlsx, .xls, .ods, .csv and .docx files, and 'log.doc' is none of them"),
        ("log.csv", b" \n\n", "is empty. I expected a heading row with Action, Owner and Due"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    assert why in refused(read_log, tmp_path / name, TODAY)


@pytest.mark.parametrize(
    ("name", "members", "why"),
    [
        ("log.xlsx", {"notes.txt": b"x"}, "but it holds a zip file"),
        ("log.docx", {"word/document.xml": b"<w:document>"}, "it seems damaged"),
        ("log.docx", {"word/document.xml": b"\0" * 40_000_000}, "unpacks to 38 MiB"),
    ],
)
def test_a_zip_with_something_else_in_it_is_refused(tmp_path, name, members, why):
    with ZipFile(tmp_path / name, "w", ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    assert why in refused(read_log, tmp_path / name, TODAY)


# -- our own export


def test_our_own_export_comes_in_again_as_it_went_out(book):
    first = ["JAG-13-004", "JAG", "Fit  gates,\nboth 😀 sides / rear", "dens-officer", "DENS", "snt-lead; Fire, Rescue / Control", "asb"]
    first += [
        "next JAG (2013-09-10)",
        "at risk",
        "amber",
        " two\nlines ",
        "2013-06-11",
        "coordinator",
        "2013-06-11",
        "escalated to RAOG-13-001",
        "",
    ]
    second = [
        "JAG-13-005",
        "JAG",
        "Patrol",
        "dens-officer",
        "DENS",
        "",
        "",
        "ongoing",
        "closed",
        "green",
        "",
        datetime(2013, 7, 9),
        "coordinator",
    ]
    past = [
        "JAG-13-004",
        "2013-06-11T09:30:00+00:00",
        "coordinator",
        "dens-officer",
        "#jag",
        "update",
        " karen rang: =1+1\nok",
        "",
        "at risk",
    ]
    log = book({"Actions": [OWN.split(","), first, [*second, "", "", "2013-08-13"]], "History": [HISTORY, past]})
    assert log.rows == (
        Drafted(
            "Fit  gates,\nboth 😀 sides / rear",
            2,
            "JAG-13-004",
            "JAG",
            "dens-officer",
            ("snt-lead", "Fire, Rescue / Control"),
            "asb",
            "next JAG (2013-09-10)",
            "at risk",
            " two\nlines ",
            "2013-06-11",
            "coordinator",
            "2013-06-11",
            "escalated to RAOG-13-001",
        ),
        Drafted(
            "Patrol", 3, "JAG-13-005", "JAG", "dens-officer", due="ongoing", status="closed",
            raised_on="2013-07-09", raised_by="coordinator", closed_on="2013-08-13",
        ),
    )  # fmt: skip
    assert log.history == (Past(*past),)
    assert (log.ignored, log.said) == ((), ())
    assert ("Agency", "agency") not in log.columns


def test_a_text_that_our_export_had_to_cut_is_whole_again(book):
    rows = [["JAG-13-004", "2013-06-11T09:30:00+00:00", "coordinator", None, "#jag", "update", "karen ", None, None, "rang: ", "all done"]]
    history = [[*HISTORY, "Words (continued)", "Words (continued 2)"], *rows]
    log = book({"Actions": [HEADS, GATES], "History": history})
    assert [past.words for past in log.history] == ["karen rang: all done"]
