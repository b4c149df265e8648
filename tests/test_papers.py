"""A paper as Word and as Markdown: what is said is in it, nothing that was typed is markup, and it can be read, printed and listened to."""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from tools import missing

from bot.markdown import markdown
from bot.papers import word
from bot.papertables import widths
from bot.paperwords import WIDTH
from commands.frozen import frozen, thawed
from commands.reply import Facts, Heading, Note, Paper, Reply, Section, Table

ACTIONS = Table(
    ["Ref", "Action", "Due", "RAG"],
    [["JAG-13-001", "Fit alley gates", "31 Aug 2013", "red: overdue"], ["JAG-13-010", "Bin fires", "10 Sep 2013", "green"]],
    "Open actions",
)
PAPER = Paper(
    "jag-agenda-2013-09-10",
    "Dacorum Community Safety Partnership",
    "JAG: agenda",
    [("When", "Tuesday 10 September 2013"), ("Where", "not said yet")],
    [
        Section("Welcome", ["Apologies: none.\n- one\n- two"]),
        Section("Matters arising", [Heading("By reference"), ACTIONS, Facts([("Owner", "asb-lead")]), Note("Source: the plan.")]),
    ],
    dated="Figures to July 2013",
    words="jag",
)


def opened(paper: Paper = PAPER):
    return Document(io.BytesIO(word(paper)))


def test_a_paper_has_a_title_block_and_numbered_items():
    said = [(p.style.name, p.text) for p in opened().paragraphs if p.text]
    assert said == [
        ("Organisation", "Dacorum Community Safety Partnership"),
        ("Title", "JAG"),
        ("Subtitle", "Agenda"),
        ("Fact", "When\tTuesday 10 September 2013"),
        ("Fact", "Where\tnot said yet"),
        ("Heading 1", "1.\tWelcome"),
        ("Normal", "Apologies: none."),
        ("List Bullet", "one"),
        ("List Bullet", "two"),
        ("Heading 1", "2.\tMatters arising"),
        ("Heading 2", "By reference"),
        ("Caption", "Open actions"),
        ("Fact", "Owner\tasb-lead"),
        ("Note", "Source: the plan."),
    ]


def test_numbered_lines_hang_from_their_numbers():
    lines = opened(Paper("x", "CSP", "Minutes", [], [Section("Decisions", ["1. Move the arch\n2. Write to the county"])])).paragraphs
    assert [p.text for p in lines if p.style.name == "Numbered"] == ["1.\tMove the arch", "2.\tWrite to the county"]


def test_tables_with_the_same_headings_have_columns_of_the_same_widths():
    short, long = Table(["Ref", "Action"], [["A-1", "x"]]), Table(["Ref", "Action"], [["JAG-13-001", "Fit alley gates " * 9]])
    first, second = opened(Paper("x", "CSP", "Agenda", [], [Section("Open", [short]), Section("Done", [long])])).tables
    assert [cell.width for cell in first.rows[0].cells] == [cell.width for cell in second.rows[0].cells]


def test_the_column_that_makes_rows_tall_has_the_room_that_is_left():
    few, long = "asb-lead, Dacorum Borough Council", "Off-road bikes at the quarry: barriers, and a letter to the club of the riders"
    ref, action, owner, latest = widths(Table(["Ref", "Action", "Owner", "Latest"], [["JAG-13-009", long, few, "12 Aug: so far, so good"]]))
    assert action > owner > latest > ref


def test_the_headings_of_a_table_are_shaded_and_stand_on_every_page():
    table = opened().tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [list(ACTIONS.headings), *ACTIONS.rows]
    first, *others = table.rows
    assert first._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert {cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) for cell in first.cells} == {"1F3864"}
    assert table.rows[1].cells[3]._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "FFC7CE"
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Open actions"


def test_every_page_says_its_number_its_marking_and_the_date_of_its_data():
    page = opened().sections[0]
    assert [p.text for p in page.header.paragraphs] == ["OFFICIAL"]
    foot = page.footer.paragraphs
    assert foot[0].text == "Figures to July 2013"  # alone: however far that goes on, the page's number stays on one line
    assert foot[1].text.startswith("\tOFFICIAL\tPage ")
    assert [each.get(qn("w:instr")) for each in foot[1]._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_a_draft_says_so_in_its_title_block_and_on_every_page():
    document = opened(replace(PAPER, standing="Draft, not approved"))
    said = [(p.style.name, p.text) for p in document.paragraphs[:4]]
    assert said[2:] == [("Subtitle", "Agenda"), ("Standing", "Draft, not approved")]
    assert [p.text for p in document.sections[0].header.paragraphs] == ["OFFICIAL", "Draft, not approved"]
    assert "\n\n**Draft, not approved**\n\n" in markdown(replace(PAPER, standing="Draft, not approved"))


def test_it_is_in_british_english_throughout():
    document = opened()
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.title == "JAG: agenda"


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_whatever_is_typed_can_be_written(text):
    paper = Paper(text, text, text, [(text, text)], [Section(text, [text, Heading(text), Table([text], [[text]], text), Note(text)])])
    assert len(Document(io.BytesIO(word(paper))).tables) == 1
    assert markdown(paper)


def test_nothing_typed_becomes_markup():
    paper = Paper("x", "CSP", "Agenda", [], [Section("Items", ["1. first\n# loud <b>x</b> [a](b) *c* | d", Table(["A|B"], [["c|d\ne"]])])])
    assert markdown(paper) == (
        "# Agenda\n\nCSP\n\nMarking: OFFICIAL\n\n## 1. Items\n\n"
        "1\\. first\n\n\\# loud \\<b\\>x\\</b\\> \\[a\\](b) \\*c\\* \\| d\n\n"
        "| A\\|B |\n| --- |\n| c\\|d e |\n"
    )


def test_as_markdown_it_has_the_same_items():
    assert markdown(PAPER) == (
        "# JAG: agenda\n\nDacorum Community Safety Partnership\n\n- **When:** Tuesday 10 September 2013\n- **Where:** not said yet\n\n"
        "Marking: OFFICIAL\n\n## 1. Welcome\n\nApologies: none.\n\n- one\n- two\n\n## 2. Matters arising\n\n### By reference\n\n"
        "**Open actions**\n\n| Ref | Action | Due | RAG |\n| --- | --- | --- | --- |\n"
        "| JAG-13-001 | Fit alley gates | 31 Aug 2013 | red: overdue |\n| JAG-13-010 | Bin fires | 10 Sep 2013 | green |\n\n"
        "- **Owner:** asb-lead\n\n*Source: the plan.*\n\n*Figures to July 2013*\n"
    )


def test_a_paper_frozen_and_thawed_is_the_same():
    reply = Reply("Agenda", PAPER)
    assert frozen(thawed(frozen(reply))) == frozen(reply)
    assert opened(thawed(frozen(reply)).parts[0]).element.xml == opened().element.xml


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=200), min_size=3, max_size=3), max_size=5))
def test_a_table_is_never_wider_than_the_page(rows):
    assert sum(widths(Table(["One", "Two", "Three"], rows))) <= WIDTH + 0.001


def test_a_date_and_a_reference_stay_on_one_line():
    long = "Fit alley gates behind the shops in Grovehill, and see that every leaseholder has signed before the contractor comes"
    wide = widths(Table(["Ref", "Action", "Due", "Latest"], [["JAG-13-001", long, "31 Aug 2013", long]]))
    assert wide[0] > 2
    assert wide[2] > 2
    assert wide[1] > 5


def test_a_handle_stays_on_one_line():
    long = "Ask the leaseholders of the car park whether they would pay for a barrier, and by when " * 3
    owners = Table(["Ref", "Action", "Owner", "Due"], [["JAG-13-018", long, "housing-officer", "next JAG (8 October 2013)"]])
    assert widths(owners)[2] > 2.7


def test_libreoffice_opens_it_and_makes_pages_of_it(tmp_path: Path):
    if shutil.which("soffice") is None:
        missing("there is no LibreOffice here: install the package libreoffice-writer")
    rows = [[f"JAG-13-{number:03d}", "Fit alley gates behind the shops", "31 Aug 2013", "amber"] for number in range(120)]
    long = Paper("long", "CSP", "Agenda", [], [Section("Matters arising", [Table(ACTIONS.headings, rows)])])
    (tmp_path / "long.docx").write_bytes(word(long))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    done = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "long.docx")]
    subprocess.run(done, check=True, capture_output=True, timeout=120)
    pages = (tmp_path / "long.pdf").read_bytes()
    assert pages.startswith(b"%PDF")
    assert pages.count(b"/Type/Page/") + pages.count(b"/Type/Page\n") >= 3
