"""Files: dropped on the bot to be read, and sent by it to one person."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Held
from made import County, Report
from openpyxl import Workbook, load_workbook
from slack_server import JAG, Workspace, workspace
from sqlalchemy import func, select
from talking import Host, Talk, hosting, talking

from models.actions import Action
from models.held import MonthCount

LOG = [
    ["Action", "Owner", "Due"],
    ["Mend the lamps in Bury Road", "housing-officer", "12.3.26"],
    ["Cut back the hedge", "fire-officer", "ongoing"],
]
FIGURES = [["Month", "Offence", "Beat", "Count"], ["2025-01", "Burglary Dwelling", "Grovehill", "4"]]


@pytest.fixture
def databases(request):
    """SQLite: files don't depend on it."""
    return request.getfixturevalue("sqlite")


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with hosting() as made:
        yield made


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with workspace() as made:
        for number, handle in enumerate(("coordinator", "analyst", "housing-officer"), 1):
            made.joins(f"U{number}", f"{handle}@example.org", handle)
        yield made


@pytest.fixture
def talk(slack: Workspace, placed: Held, host: Host) -> Iterator[Talk]:
    """U1 is the coordinator, U2 the analyst, U3 neither."""
    with talking(placed, slack, host) as made:
        for number, handle in enumerate(("coordinator", "analyst", "housing-officer"), 1):
            made.know(f"U{number}", handle)
        yield made


def xlsx(rows: list[list[str]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def text(rows: list[list[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def held(talk: Talk) -> tuple[int, int]:
    """(actions, monthly counts)."""
    with talk.held.session() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Action, MonthCount)]
    return counts[0] or 0, counts[1] or 0


# Dropped


@pytest.mark.parametrize(("name", "data"), [("plan.xlsx", xlsx(LOG)), ("plan.csv", text(LOG))])
def test_a_log_is_previewed_and_kept_when_the_coordinator_says_so(talk, name, data):
    [preview] = talk.drop(name, data)
    assert "Mend the lamps in Bury Road" in preview.text
    assert "lamps" not in preview.said["text"]
    assert held(talk)[0] == 0
    talk.press(preview, "Load it")
    assert held(talk)[0] == 2


def test_a_log_that_cannot_be_read_is_said_to_be_and_is_not_taken_for_figures(talk):
    [told] = talk.drop("plan.csv", text([LOG[0], *[LOG[1]] * 20_001]))
    assert "'plan.csv' has 20,002 rows and I read up to 20,000." in told.text
    assert not told.has_button("Load it")
    [offered] = talk.drop("dwelling.csv", text([FIGURES[0], *[FIGURES[1]] * 20_001]))
    assert offered.has_button("Load it")


def test_figures_are_offered_and_loaded_when_somebody_says_so(talk):
    before = held(talk)[1]
    [offered] = talk.drop("dwelling.csv", text(FIGURES), user="U2")
    assert "It looks like a workbook of figures. Nothing of it is loaded yet." in offered.text
    assert held(talk)[1] == before
    reading, report = talk.press(offered, "Load it", user="U2")
    assert reading.text.startswith("Reading dwelling.csv")
    assert "Loaded" in report.text
    assert held(talk)[1] > before


def test_police_uk_s_zip_is_known_for_what_it_is(talk, tmp_path):
    county = County(tmp_path)
    zipped = county.zipped(county.street("2025-01", [Report("E01900011")]))
    [offered] = talk.drop("latest.zip", zipped.read_bytes())
    assert "It looks like police.uk street files" in offered.text
    _, report = talk.press(offered, "Load it")
    assert "Loaded" in report.text


def test_meetings_are_read_back_and_loaded_when_the_coordinator_says_so(talk):
    event = "BEGIN:VEVENT\r\nUID:a@x\r\nDTSTART:20260317T100000\r\nSUMMARY:JAG budget\r\nEND:VEVENT\r\n"
    data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VCALENDAR\r\n".encode()
    [preview] = talk.drop("budget.ics", data)
    assert "Tue 17 Mar 2026, 10:00" in preview.text
    [done] = talk.press(preview, "Load it")
    assert "1 meeting loaded: 1 new" in done.text
    [refused] = talk.drop("budget.ics", data, user="U2")
    assert "To load meetings you would need to be one of: coordinator." in refused.text


def test_words_and_several_files_are_all_answered(talk):
    answers = talk.drop("dwelling.csv", text(FIGURES), text="hotspots asb")
    assert len(answers) == 2
    [file] = talk.workspace.files
    both = talk.after(lambda: talk.workspace.say_in_dm("", files=[file, file]))
    assert len(both) == 1, "one file twice in one message is one file"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("notes.pdf", b"%PDF-1.7", "“notes.pdf” is none of them"),
        ("photo.JPG", b"\xff\xd8\xff", "I take an action log"),
        ("noname", b"x", "I take an action log"),
        ("plan.docx", b"not a Word file", "plan.docx"),
    ],
)
def test_what_is_not_taken_is_told_what_is(talk, name, data, says):
    [told] = talk.drop(name, data)
    assert says in told.text
    assert "Something broke" not in told.text


@pytest.mark.parametrize(("name", "data"), [("figures.xlsx", b"not a workbook"), ("empty.csv", b""), ("figures.zip", b"PK no zip")])
def test_a_file_that_is_not_what_its_name_says_is_refused_in_words_at_the_latest_when_it_is_loaded(talk, name, data):
    [told] = talk.drop(name, data)
    if told.has_button("Load it"):
        told = talk.press(told, "Load it")[-1]
    assert "Something broke" not in told.text
    assert name in told.text


def test_only_the_coordinator_and_the_analyst_load_and_only_the_coordinator_a_log(talk):
    [refused] = talk.drop("dwelling.csv", text(FIGURES), user="U3")
    assert "The coordinator loads files: a log of actions, or figures" in refused.text
    assert talk.workspace.asked("files.info") == 1
    [refused] = talk.drop("plan.xlsx", xlsx(LOG), user="U2")
    assert "you would need to be one of: coordinator" in refused.text
    [offered] = talk.drop("dwelling.csv", text(FIGURES), user="U2")
    [refused] = talk.forge(offered, "Load it", user="U3")
    assert "you would need to be one of" in refused.text


def test_a_file_too_large_or_kept_elsewhere_is_not_fetched(talk):
    [told] = talk.drop("dwelling.csv", b"x", size=61 << 20)
    assert "61 MB, and I take up to 60 MB" in told.text
    [told] = talk.drop("dwelling.csv", b"x", is_external=True)
    assert "linked to" in told.text
    [told] = talk.drop("dwelling.csv", b"x", url_private="https://evil.example/F1")
    assert "linked to" in told.text


def test_a_file_whose_name_is_a_path_stays_in_its_folder(talk):
    [told] = talk.drop("../../etc/dwelling.csv", text(FIGURES))
    assert "Load dwelling.csv?" in told.text
    assert not Path("etc").exists()


def test_a_file_gone_meanwhile_is_said_to_be(talk):
    [offered] = talk.drop("dwelling.csv", text(FIGURES))
    talk.workspace.loses_files()
    [told] = talk.press(offered, "Load it")
    assert "Drop it on me again" in told.text


# Sent


def test_an_export_asked_for_in_a_channel_is_sent_to_who_asked_alone_and_says_nothing_else(talk):
    talk.command("/action", "add Mend the lamps @housing-officer due ongoing")
    before = list(talk.workspace.arrived)
    said, sent = [each for each in talk.command("/action", "export", channel=JAG) if each not in before]
    assert "the file follows in your direct messages" in said.text
    assert (sent.method, sent.channel) == ("files.completeUploadExternal", "DU1")
    assert "initial_comment" not in sent.said
    assert "lamps" not in str(sent.said)
    [data] = talk.workspace.sent_files.values()
    cells = [cell for row in load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True) for cell in row]
    assert "Mend the lamps" in cells


@pytest.mark.parametrize("method", ["conversations.open", "files.getUploadURLExternal", "files.completeUploadExternal"])
def test_a_file_that_slack_does_not_take_is_said_not_to_have_been_sent(talk, method):
    talk.workspace.refusing.methods[method] = [(500, "", {})]
    answers = talk.command("/action", "export")
    assert "I could not send the file" in answers[-1].text
    assert talk.press(answers[-1], "Try again")[-1].method == "files.completeUploadExternal"
