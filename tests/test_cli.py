"""The `jagbot` command line: what it answers, what it refuses, and with which exit code."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from archive_server import Day, served
from asking import two_years
from at_terminal import CTRL_C, AtTerminal
from conftest import Held, _example
from docx import Document
from made import County, Report
from openpyxl import load_workbook

from bot.__main__ import parser
from bot.running import run
from bot.settings import Settings
from models.store import Store

ROOT = Path(__file__).parent.parent
AT = ("--at", "2026-02-10T09:00")


@pytest.fixture
def jagbot(capsys):
    """Runs a line of the command line here: (exit code, what was printed, what was complained)."""

    def line(*words: str, url: str, **settings: str) -> tuple[int, str, str]:
        code = run(parser().parse_args(words), Settings(database_url=url, **settings))
        return code, *capsys.readouterr()

    return line


@pytest.fixture
def started(tmp_path):
    """Starts `jagbot` as a person would, in a folder of its own."""

    def process(*words: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return subprocess.run(
            [sys.executable, "-m", "bot", *words], cwd=tmp_path, input=typed, capture_output=True, text=True, check=False, timeout=180,
            env={**known, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        )  # fmt: skip

    return process


@pytest.fixture
def url(sqlite) -> str:
    """The address of a database that holds the example."""
    return sqlite.like("example", _example)


@pytest.fixture
def figures(sqlite, tmp_path_factory) -> str:
    """The address of a database that holds two years of figures made by hand; it is only asked."""

    def prepare(store: Store) -> None:
        two_years(County(tmp_path_factory.mktemp("county")), Held(store, _example(store)))

    return sqlite.like("two years", prepare)


# -- as a person would


def test_from_nothing_to_the_example_to_an_answer(started):
    assert started("ask", "/hotspots asb").stderr.startswith("No partnership is held yet. Make the example with: jagbot init --example")
    assert started("init", "--example").returncode == 0
    answer = started("ask", "/priority burglary", *AT)
    assert answer.returncode == 0
    assert "Dwelling burglary is down, 407 from 430 (−5.3%), no clear change; 7th of 10 in the county" in answer.stdout
    assert answer.stderr == ""
    assert all(line == line.rstrip() for line in answer.stdout.splitlines() if "burglary is down" in line)


def test_a_partnership_of_ones_own_is_made_by_a_few_questions(started):
    typed = "Watford CSP\nWatford\nHertfordshire Constabulary\nc@watford.gov.uk\n"
    made = started("init", "--county", "Hertfordshire", "--priorities", "asb, burglary", typed=typed)
    assert made.returncode == 0
    assert "Watford CSP is made" in made.stdout
    assert "Hertfordshire Constabulary (police.uk: hertfordshire)" in made.stdout
    assert started("ask", "/priority").stdout.startswith("The priorities")


def test_help_names_every_command_and_an_example(started):
    said = started("--help").stdout
    assert all(f"    {name} " in said for name in ("init", "load", "export", "ask", "chat", "demo", "run", "manifest"))
    assert "figures, hotspots, priorities and the action plan" in said
    assert 'jagbot ask "/priority burglary"' in said
    assert "exit code: 0 answered, 2 refused or something is missing" in said


# -- asking


def test_plain_words_need_neither_slash_nor_quotes(jagbot, figures):
    code, said, _ = jagbot("ask", "asb", "in", "grovehill", *AT, url=figures)
    assert code == 0
    assert "Anti-social behaviour in Grovehill is up, 240 from 60 (+300.0%), clearly up; 2025 against 2024." in said


def test_json_is_the_reply(jagbot, figures):
    code, said, _ = jagbot("ask", "/hotspots asb top 1", "--as", "json", *AT, url=figures)
    reply = json.loads(said)
    assert code == 0
    assert list(reply) == ["title", "summary", "parts"]
    assert reply["title"] == "Anti-social behaviour (police.uk): hotspots by ward, 2025"
    table = next(part for part in reply["parts"] if part["type"] == "table")
    assert table["headings"][:3] == ["Ward", "Incidents", "Share"]
    assert table["rows"] == [["Grovehill", 240, "46.5%", 80.0, 60, "+300.0%", "clearly up"]]


def test_blocks_are_what_slack_would_be_sent(jagbot, figures):
    code, said, _ = jagbot("ask", "/hotspots asb", "--as", "blocks", *AT, url=figures)
    blocks = json.loads(said)["blocks"]
    assert code == 0
    assert blocks[0]["type"] == "header"
    assert "table" in [block["type"] for block in blocks]


@pytest.mark.parametrize("shape", ["text", "json", "blocks"])
def test_a_refusal_has_exit_code_2_in_every_shape(jagbot, url, shape):
    code, said, _ = jagbot("ask", "/hotspots", "--as", shape, url=url)
    assert code == 2
    assert "Hotspots of what? Say one of asb, burglary," in said


def test_whoever_asks_must_be_known(jagbot, url):
    code, said, _ = jagbot("ask", "asb", "--person", "nobody", url=url)
    assert code == 2
    assert "I know nobody called 'nobody'." in said


def test_a_time_that_is_none_is_refused(jagbot, url):
    code, _, complaint = jagbot("ask", "asb", "--at", "half past nine", url=url)
    assert code == 2
    assert complaint.startswith("'half past nine' is no time. Expected a date, or a date and time, such as 2025-06-01")


def test_the_time_asked_at_decides_the_lag(jagbot, figures):
    assert "Held to December 2025, 26 months" not in jagbot("ask", "/figures asb", *AT, url=figures)[1]
    assert (
        "Held to December 2025, 2 years and 2 months behind today." in jagbot("ask", "/figures asb", "--at", "2028-02-01", url=figures)[1]
    )


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("rubbish", "DATABASE_URL 'rubbish' is no database address I know. Expected sqlite:///jagbot.db or postgresql://"),
        ("mysql://me:secret@host/x", "DATABASE_URL 'host/x' is no database address I know."),
        ("sqlite:////nowhere/at/all.db", "I cannot open the database sqlite:////nowhere/at/all.db: unable to open database file"),
        ("postgresql://me:secret@127.0.0.1:1/x", "I cannot open the database postgresql+psycopg://me:***@127.0.0.1:1/x:"),
    ],
)
def test_a_wrong_database_address_is_said_without_its_password(jagbot, address, why):
    code, _, complaint = jagbot("ask", "asb", url=address)
    assert code == 2
    assert complaint.startswith(why)
    assert "secret" not in complaint


@pytest.mark.parametrize("shape", ["text", "json", "blocks"])
def test_a_form_is_no_answer_yet_and_has_exit_code_2(jagbot, url, shape):
    code, said, _ = jagbot("ask", "/action add", "--as", shape, url=url)
    assert code == 2
    assert "What is to be done" in said or shape == "blocks"


def test_somebody_at_a_terminal_is_asked_for_what_is_missing(url, tmp_path):
    asked = AtTerminal(["ask", *AT, "/action", "add"], tmp_path, {"DATABASE_URL": url})
    answers = ("What is to be done", "Fit gates"), ("Who is accountable", "fire officer"), ("When is it due", "12 Dec 2026")
    for prompt, typed in (*answers, ("Who supports them", ""), ("Priority", "1"), ("Group [JAG]", "")):
        asked.until(f"{prompt}: ")
        asked.types(typed)
    said, code = asked.ends()
    assert "JAG-26-001 is added" in said
    assert "Owner     fire-officer" in said
    assert code == 0


PASTED = "- Fit gates - housing-officer - 12 Dec 2026\n- Write letters @college by next jag\n"


def test_a_list_that_is_piped_in_is_read_as_a_pasted_one(started):
    started("init", "--example")
    for words in (("/action add",), ("/action", "add", "-")):
        piped = started("ask", *AT, *words, typed=PASTED)
        assert "2 actions read, nothing saved yet" in piped.stdout
    assert "When is it due" in started("ask", *AT, "/action add").stdout


def test_a_list_pasted_into_a_form_fills_no_fields(url, tmp_path):
    asked = AtTerminal(["ask", *AT, "/action", "add"], tmp_path, {"DATABASE_URL": url})
    asked.until("What is to be done: ")
    asked.types(PASTED, enter=False)
    said, _ = asked.ends()
    assert "2 actions read, nothing saved yet" in said


def test_giving_up_at_a_terminal_has_exit_code_2(url, tmp_path):
    asked = AtTerminal(["ask", *AT, "/action", "add"], tmp_path, {"DATABASE_URL": url})
    asked.until("What is to be done: ")
    asked.gives_up(CTRL_C, "Given up: nothing was saved.")
    assert asked.ends()[1] == 2


# -- making


def test_making_the_example_twice_changes_nothing(jagbot, url):
    code, _, said = jagbot("init", "--example", url=url)
    assert code == 0
    assert "Dacorum Community Safety Partnership is here already; nothing was changed." in " ".join(said.split())


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"email": "nobody"}, "'nobody' is no e-mail address. Expected such as coordinator@council.gov.uk. Nothing was made."),
        (
            {"priorities": "asb, litter"},
            "I know no priority litter. I know asb, burglary, vehicle, alcohol, drugs, offenders. Nothing was made.",
        ),
        ({"district": "Dacorum"}, "A partnership called 'dacorum' is here already."),
    ],
)
def test_answers_that_make_no_partnership_are_refused(jagbot, url, given, why):
    answers = {"name": "X CSP", "district": "X", "county": "Y", "force": "Z Police", "email": "a@b.uk", "priorities": "asb"} | given
    code, _, complaint = jagbot("init", "--another", *(word for name, value in answers.items() for word in (f"--{name}", value)), url=url)
    assert code == 2
    assert " ".join(complaint.split()) == why


def test_of_several_partnerships_one_is_named(jagbot, url):
    own = ("--name", "X CSP", "--district", "X", "--county", "Y", "--force", "Z Police", "--email", "a@b.uk", "--priorities", "asb")
    assert jagbot("init", "--another", *own, url=url)[0] == 0
    assert "Several partnerships are held: dacorum, x. Say which with --partnership KEY." in jagbot("ask", "asb", url=url)[2]
    assert jagbot("ask", "/jag", "--partnership", "x", url=url)[1].startswith("jagbot, for X CSP")
    assert "I hold no partnership called 'z'. I hold dacorum, x." in jagbot("ask", "asb", "--partnership", "z", url=url)[2]


# -- loading


def test_areas_figures_and_a_workbook_are_loaded_with_a_report(jagbot, url, made):
    code, said, _ = jagbot("load", "areas", *map(str, made.areas()), url=url)
    assert (code, said.splitlines()[0]) == (0, "Loaded")
    assert "18 LSOAs in 6 wards of 3 districts taken." in said
    code, said, _ = jagbot("load", "figures", str(made.street("2025-01")), url=url)
    assert code == 0
    assert "hertfordshire: 2025-01 taken." in said
    assert jagbot("load", "figures", str(made.street("2025-01")), url=url)[1].startswith("Nothing new: what is held stays as it is")
    workbook = made.text("fires.csv", "Month,Ward,Count\n2025-01,Boxmoor,<5\n2025-02,Boxmoor,7\n")
    told = ("--measure", "Bin fires", "--definition", "Bins alight.", "--marking", "OFFICIAL")
    code, said, _ = jagbot("load", "figures", str(workbook), *told, "--person", "analyst", url=url)
    assert code == 0
    assert "Bin fires (workbook): 2 months by ward, 1 area." in said
    assert "OFFICIAL). Held to February 2025" in jagbot("ask", "/figures bin fires boxmoor last month", *AT, url=url)[1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("areas", "/nowhere.csv"), "There is no /nowhere.csv. Nothing was loaded."),
        (("figures", "/nowhere.zip"), "There is no /nowhere.zip. Nothing was loaded."),
        (("figures",), "Load which figures? Give street files or a workbook, or --from-police-uk."),
        (
            ("figures", "x", "--person", "asb-lead"),
            "To load figures you would need to be one of: analyst, coordinator. Ask the coordinator.",
        ),
        (("figures", "--from-police-uk", "2025-14"), "'2025-14' is no range of months. Expected LAST, 2025-03 or 2025-01..2025-12."),
    ],
)  # fmt: skip
def test_a_load_that_cannot_be_is_refused_before_it_begins(jagbot, url, words, why):
    code, said, complaint = jagbot("load", *words, url=url)
    assert code == 2
    assert " ".join(complaint.split()) == why
    assert said == ""


def test_figures_are_fetched_from_police_uk(jagbot, url, made):
    jagbot("load", "areas", *map(str, made.areas()), url=url)
    body = made.zipped(made.street("2025-11", [Report("E01900011")]), made.street("2025-12", [Report("E01900011")])).read_bytes()
    last_month = datetime.now(UTC).date().replace(day=1) - timedelta(days=1)
    with served(Day({f"/data/archive/{last_month:%Y-%m}.zip": body})) as address:
        code, said, _ = jagbot("load", "figures", "--from-police-uk", url=url, police_uk_url=address)
        again = jagbot("load", "figures", "--from-police-uk", "LAST", url=url, police_uk_url=address)
    assert code == 0
    assert "hertfordshire: 2 months, 2025-11 to 2025-12, taken." in said
    assert again[1].startswith("Nothing new: what is held stays as it is")


def test_a_refused_load_keeps_nothing(jagbot, url, made):
    jagbot("load", "areas", *map(str, made.areas()), url=url)
    code, _, complaint = jagbot(
        "load", "figures", str(made.text("x.csv", "Month,Ward,Count\n2025-01,Atlantis,7\n")), "--measure", "ASB", url=url
    )
    assert code == 2
    assert "I know no area called “Atlantis”." in complaint
    assert "workbook" not in jagbot("ask", "/figures", url=url)[1]


# -- the log of actions, in and out

LOG = "Action,Owner,Due,Status\nMend the fence,housing-officer,12/12/2026,On track\nPaint the =gate,fire-officer,ongoing,\n"


@pytest.fixture
def log(tmp_path) -> Path:
    """A log of two actions."""
    file = tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    return file


def test_a_log_is_read_back_and_kept_only_when_somebody_says_so(jagbot, url, log):
    code, said, complaint = jagbot("load", "actions", str(log), *AT, url=url)
    assert code == 2
    assert "2 actions read, nothing saved yet." in said
    told = re.search(r'Nothing is kept yet. To keep them: jagbot ask "(/action keep \d+)"; or load', " ".join(complaint.split()))
    assert told
    assert "Mend the fence" not in jagbot("ask", "/action list", *AT, url=url)[1]
    assert jagbot("ask", told[1], *AT, url=url)[0] == 0
    assert "Mend the fence" in jagbot("ask", "/action list", *AT, url=url)[1]


def test_a_log_is_kept_at_once_with_yes(jagbot, url, log):
    code, said, _ = jagbot("load", "actions", str(log), "--group", "csag", "--yes", *AT, url=url)
    assert code == 0
    assert "2 actions added" in said
    assert "CSAG-26-002" in jagbot("ask", "/action list csag", *AT, url=url)[1]


@pytest.mark.parametrize(("typed", "kept"), [("y", True), ("", False), ("no", False)])
def test_at_a_terminal_it_is_asked_whether_to_load(jagbot, url, log, tmp_path, typed, kept):
    loading = AtTerminal(["load", "actions", str(log), *AT], tmp_path, {"DATABASE_URL": url})
    loading.until("Load these 2 actions? [y/N] ")
    loading.types(typed)
    said, code = loading.ends()
    assert code == (0 if kept else 2)
    assert ("2 actions added" in said) is kept
    assert ("Mend the fence" in jagbot("ask", "/action list", *AT, url=url)[1]) is kept


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("/nowhere.xlsx",), "There is no /nowhere.xlsx. Nothing was loaded."),
        (("LOG", "--person", "analyst"), "To load actions you would need to be one of: coordinator. Ask the coordinator."),
        (("LOG", "--group", "xyz"), "I know no group “xyz”."),
    ],
)
def test_a_log_that_cannot_be_loaded_is_refused(jagbot, url, log, words, why):
    code, said, complaint = jagbot("load", "actions", *(str(log) if word == "LOG" else word for word in words), "--yes", url=url)
    assert code == 2
    assert why in " ".join(complaint.split())
    assert said == ""


def test_the_plan_is_exported_and_loaded_again_elsewhere(jagbot, sqlite, url, log, tmp_path):
    jagbot("load", "actions", str(log), "--yes", *AT, url=url)
    jagbot("ask", "/action 1 at risk: contractor late", *AT, url=url)
    code, said, _ = jagbot("export", "actions", str(tmp_path / "plan.xlsx"), *AT, url=url)
    assert code == 0
    assert "2 actions, with 3 lines of history." in said
    assert {path.name for path in tmp_path.iterdir()} == {"log.csv", "plan.xlsx"}
    other = sqlite.like("example", _example)
    assert jagbot("load", "actions", str(tmp_path / "plan.xlsx"), "--yes", *AT, url=other)[0] == 0
    jagbot("export", "actions", str(tmp_path / "again.xlsx"), *AT, url=other)
    assert in_workbook(tmp_path / "again.xlsx") == in_workbook(tmp_path / "plan.xlsx")


def in_workbook(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)}


def test_an_export_takes_words_and_shows_what_its_asker_sees(jagbot, url, log, tmp_path):
    jagbot("load", "actions", str(log), "--group", "csag", "--yes", *AT, url=url)
    plan = str(tmp_path / "plan.xlsx")
    assert "2 actions" in jagbot("export", "actions", plan, "csag", "open", *AT, url=url)[1]
    assert "0 actions" in jagbot("export", "actions", plan, "--force", "--person", "burglary-lead", *AT, url=url)[1]
    assert len(in_workbook(tmp_path / "plan.xlsx")["Actions"]) == 1


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("plan.csv", "I write .xlsx workbooks, and 'plan.csv' is none. Name it such as plan.xlsx. Nothing was written."),
        ("nowhere/plan.xlsx", "Nothing was written."),
        ("folder.xlsx", "is a folder. Name a file such as plan.xlsx. Nothing was written."),
        ("there.xlsx", "is there already. Give another name, or write over it with --force. Nothing was written."),
    ],
)
def test_an_export_that_cannot_be_is_refused_and_writes_nothing(jagbot, url, tmp_path, name, why):
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "there.xlsx").write_text("mine")
    code, said, complaint = jagbot("export", "actions", str(tmp_path / name), url=url)
    assert code == 2
    assert why in " ".join(complaint.split())
    assert said == ""
    assert (tmp_path / "there.xlsx").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 2


def test_at_a_terminal_it_is_asked_whether_to_write_over_a_file(url, tmp_path):
    (tmp_path / "plan.xlsx").write_text("mine")
    exporting = AtTerminal(["export", "actions", "plan.xlsx", *AT], tmp_path, {"DATABASE_URL": url})
    exporting.until("plan.xlsx is there already. Write over it? [y/N] ")
    exporting.types("y")
    assert exporting.ends()[1] == 0
    assert list(in_workbook(tmp_path / "plan.xlsx")) == ["Actions", "History"]


def test_the_manifest_is_made_from_the_commands(jagbot, url):
    code, said, _ = jagbot("manifest", "--prefix", "csp", url=url)
    commands = [each["command"] for each in json.loads(said)["features"]["slash_commands"]]
    assert code == 0
    assert commands == ["/csp-action", "/csp-agenda", "/csp-figures", "/csp-hotspots", "/csp-jag", "/csp-meeting", "/csp-priority"]


def test_an_agenda_is_written_to_a_word_document_or_as_markdown(jagbot, url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    when = ("--at", "2013-09-05T08:00")
    code, said, _ = jagbot("export", "agenda", "jag", "2013-09-10", "jag.docx", *when, url=url)
    assert (code, said.splitlines()[0]) == (0, "jag.docx is written")
    assert Document(str(tmp_path / "jag.docx")).paragraphs[1].text == "Joint Action Group (JAG)"
    assert jagbot("export", "agenda", "jag", "jag.md", *when, url=url)[0] == 0
    assert "# Joint Action Group (JAG): agenda" in (tmp_path / "jag.md").read_text()
    code, _, why = jagbot("export", "agenda", "jag", "jag.pdf", *when, url=url)
    assert (code, why.strip()) == (
        2,
        "I write .docx and .md files, and 'jag.pdf' is none. Name it such as jag-agenda.docx. Nothing was written.",
    )
    code, _, why = jagbot("export", "agenda", "jag", "jag.md", *when, url=url)
    assert code == 2
    assert "jag.md is there already." in why


def test_minutes_that_are_not_there_are_not_written(jagbot, url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, why = jagbot("export", "minutes", "jag", "2013-08-13", "jag.docx", "--at", "2013-09-05T08:00", url=url)
    assert code == 2
    assert "minutes" in why
    assert not list(tmp_path.iterdir())
