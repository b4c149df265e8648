"""A conversation in a terminal: from a pipe, line by line, and with somebody there who is asked for what is missing."""

import subprocess
import sys
from pathlib import Path

import pytest
from asking import shown
from at_terminal import CTRL_C, CTRL_D, AtTerminal
from conftest import _example
from rich.console import Console

from bot.chat import HISTORY
from bot.filling import fill, picking
from bot.terminal import console, draw
from commands.plan.kept import WITHHELD
from commands.reply import Button, Buttons, Choice, Document, Field, Form, Reply, Table

ROOT = Path(__file__).parent.parent


@pytest.fixture
def chat(sqlite, tmp_path):
    """Types lines into `jagbot chat` on the example: what is said, and the exit code."""
    url = sqlite.like("example", _example)

    def typed(*lines: str, person: str = "coordinator") -> tuple[str, int]:
        words = [sys.executable, "-m", "bot", "chat", "--at", "2026-02-10", "--person", person]
        env = {"DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(words, input="\n".join(lines), env=env, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=99)
        return done.stdout + done.stderr, done.returncode

    return typed


def test_a_conversation_goes_on_by_pressing_numbered_buttons(chat):
    said, code = chat("hotspots", "1", "asb in grovehill", "99", "exit", "never asked")
    assert said.startswith("Dacorum Community Safety Partnership. You are coordinator. Try /priority, /hotspots asb, or /jag for help;")
    assert "Hotspots of what? Say one of" in said
    assert "[1] asb  /hotspots asb" in said
    assert "ASB incidents: the places the assessment names" in said  # what button 1 asks
    assert "Grovehill: ASB incidents are down, 249 from 359" in said
    assert "There is no such button: the last answer has [1] to [2]." in said
    assert "never asked" not in said
    assert code == 2  # the last answer was a refusal, and nobody was there to mend it


def test_what_a_number_pressed_is_not_given_back_as_what_was_typed(chat):
    said, _ = chat("/meeting start", "1", "1", person="college")
    assert "[1] JAG  /meeting start jag" in said
    assert "open its meetings" in said.partition("jagbot> 1")[2]
    assert "You typed" not in said
    typed, _ = chat("/meeting start jag 13 Jan", person="college")
    assert "You typed: /meeting start jag 13 Jan" in typed


def test_a_conversation_that_ends_with_an_answer_is_no_failure(chat):
    said, code = chat("", "   ", "/jag me", person="jag-chair")
    assert "jag-chair, Chair of JAG" in said
    assert code == 0


def test_a_conversation_is_had_by_somebody_known(chat):
    said, code = chat("asb", person="stranger")
    assert "I know nobody called 'stranger'." in said
    assert code == 2


def test_a_table_too_wide_for_a_phone_is_told_row_by_row(printed):
    screen = console(width=44)
    with screen.capture() as captured:
        screen.print(draw(printed("/priority"))[0])
    shown = captured.get()
    assert "burglary\n  Headline: Dwelling burglary\n  Count: 407\n  Before: 430\n" in "\n".join(
        line.rstrip() for line in shown.splitlines()
    )


PRESSABLE = Reply(
    "How is it going?",
    Buttons([Button("Show", "/action show 4"), Button("Undo", "/action undo 4")]),
    Choice("JAG-13-004 Fit gates", [Button("on track", "/action 4 on track"), Button("at risk", "/action 4 at risk")], chosen="at risk"),
    Buttons([Button("Another", "/action add")]),
)


def test_a_number_presses_what_it_stands_before_throughout_a_reply():
    screen = console(width=100)
    with screen.capture() as captured:
        screen.print(draw(PRESSABLE, numbered=True)[0])
    lines = captured.get().splitlines()
    for number, button in enumerate(PRESSABLE.asks, 1):
        assert any(f"[{number}] {button.label}" in line and button.asks in line for line in lines)
    assert "[4] at risk (now)  /action 4 at risk" in captured.get()
    assert "on track (now)" not in captured.get()


def test_a_form_shows_what_it_holds_what_is_missing_and_one_line_to_say_it_all():
    fields = [
        Field("wording", "What", "Fit gates"),
        Field("owner", "Who", options=[("fire-officer", "Fire Officer"), ("college", "College")], hint="one person"),
        Field("priority", "Priority", optional=True),
    ]
    lines = [" ".join(line.split()) for line in shown(Reply("Add an action", Form("Add an action", "/action add", fields))).splitlines()]
    assert "What Fit gates" in lines
    assert "Who missing one person; one of fire-officer, college" in lines
    assert "Priority may stay empty" in lines
    assert any(line.startswith("Say it all in one line, such as: /action add Fit alley gates") for line in lines)


def test_a_document_says_how_many_rows_it_has_and_how_to_save_it():
    said = shown(Reply("The plan", Document("plan.xlsx", [Table(["A"], [["x"], ["y"]], "Actions"), Table(["A"], [["x"]], "History")])))
    assert "plan.xlsx  Actions (2 rows), History (1 row)" in said
    assert "jagbot export actions FILE.xlsx" in said
    assert "jagbot export actions FILE.xlsx jag open" in shown(Reply("The plan", Document("plan.xlsx", [], "jag open")))


@pytest.mark.parametrize(
    ("cell", "colour"), [("red: overdue", "31"), ("amber", "33"), ("green", "32"), ("Green Lane", ""), ("reduced", "")]
)
def test_a_cell_that_names_a_colour_has_it(cell, colour):
    screen = Console(width=100, force_terminal=True, color_system="standard")
    with screen.capture() as captured:
        screen.print(draw(Reply("x", Table(["RAG"], [[cell]])))[0])
    assert (f"\x1b[{colour}m{cell}" in captured.get()) is bool(colour)


OWNER = Field(
    "owner", "Who", options=[("fire-officer", "Fire Officer"), ("fire-deputy", "Fire deputy"), ("college", "College"), ("3", "Third")]
)


@pytest.mark.parametrize(
    ("said", "picked"),
    [("1", "fire-officer"), ("3", "3"), ("fire officer", "fire-officer"), ("FIRE-OFFICER", "fire-officer"), ("colege", "college"),
     ("col", "college"), ("fire", ""), ("9", ""), ("0", ""), ("karen", "")],
)  # fmt: skip
def test_an_option_is_picked_by_its_number_or_name(said, picked):
    assert picking(OWNER, said) == picked


def test_a_form_is_filled_field_by_field_and_what_is_there_is_kept():
    fields = [Field("what", "What", "Fit gates"), OWNER, Field("due", "Due"), Field("priority", "Priority", "asb", optional=True)]
    typed, said = iter(["", "karen", "2", "", "12 Dec", "-"]), list[str]()
    answers = fill(Form("Add", "/action add", fields), {}, lambda _: next(typed), lambda what: said.append(str(what)))
    assert answers == {"what": "Fit gates", "owner": "fire-deputy", "due": "12 Dec", "priority": ""}
    assert "“karen” is none of these." in said
    assert "Due is needed." in said


def test_from_a_pipe_a_form_is_shown_and_is_no_answer(chat):
    said, code = chat("/action add")
    assert "When is it due" in said
    assert "missing" in said
    assert code == 2
    assert chat("/action add", "/jag me")[1] == 0


@pytest.fixture
def own_chat(sqlite, tmp_path):
    """Opens `jagbot chat`, or another command, on a terminal, on a copy of the example."""
    url = sqlite.like("example", _example)

    def opened(*words: str) -> tuple[AtTerminal, Path]:
        asked = words or ("chat", "--at", "2026-02-10")
        return AtTerminal(asked, tmp_path, {"DATABASE_URL": url}), tmp_path / HISTORY

    return opened


def test_from_a_terminal_nobody_is_told_and_it_is_said_who_should_be(own_chat):
    terminal, _ = own_chat()
    terminal.until("jagbot> ")
    terminal.types("/action add Fit gates @housing-officer due 12 Dec 2026 #asb")
    assert "Nobody is told from a terminal. Tell housing-officer yourself" in terminal.until("yourself")


FILLED = (("What is to be done: ", "Paint the gate"), ("Who is accountable: ", "hosing-officer"), ("When is it due: ", "31 Feb"))
EMPTY = (("Who supports them: ", ""), ("Priority: ", "1"), ("Group [JAG]: ", ""))


def test_what_is_missing_is_asked_for_and_only_what_was_refused_is_asked_again(own_chat):
    terminal, history = own_chat()
    for prompt, typed in (("jagbot> ", "/action add"), *FILLED, *EMPTY):
        terminal.until(prompt)
        terminal.types(typed)
    assert "There is no 31 February" in terminal.until("Only this again")
    terminal.until("When is it due: 31 Feb")
    terminal.types("\x15" + "12 Dec 2026")  # Ctrl-U takes away what is there
    added = terminal.until("[1] Undo")
    assert "JAG-26-001 is added" in added
    assert "12 December 2026" in added
    terminal.until("jagbot> ")
    terminal.types("exit")
    assert terminal.ends()[1] == 0
    assert "+/action add" in history.read_text()
    assert "Paint" not in history.read_text()


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_giving_up_says_that_nothing_was_saved(own_chat, key):
    terminal, _ = own_chat()
    for prompt, typed in (("jagbot> ", "/action add"), ("What is to be done: ", "Paint the gate")):
        terminal.until(prompt)
        terminal.types(typed)
    terminal.until("Who is accountable: ")
    terminal.types(key, enter=False)
    terminal.until("Given up: nothing was saved.")
    terminal.until("jagbot> ")
    terminal.types("/action find paint")
    assert "the gate" not in terminal.until("jagbot> ")
    terminal.types("exit")
    assert terminal.ends()[1] == 0


def test_a_pasted_text_of_several_lines_is_one_entry(own_chat):
    terminal, history = own_chat()
    terminal.until("jagbot> ")
    terminal.pastes("/jag help\nhotspots")
    terminal.until("Usage      /hotspots")
    terminal.until("jagbot> ")
    terminal.types("exit")
    terminal.ends()
    assert "+/jag help\n+hotspots" in history.read_text()


def test_a_line_that_may_name_somebody_is_not_kept_in_the_history(own_chat):
    terminal, history = own_chat()
    terminal.until("jagbot> ")
    terminal.types("/action add Visit John Smith born 3 March 1985 at 12 Mill Street @housing-officer due 12 Dec 2026")
    terminal.until(WITHHELD)
    terminal.until("jagbot> ")
    terminal.types("/jag me")
    terminal.until("jagbot> ")
    terminal.types("exit")
    terminal.ends()
    assert "Smith" not in history.read_text()
    assert "+/jag me" in history.read_text()
