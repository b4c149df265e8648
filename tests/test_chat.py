"""A conversation in a terminal; here from a pipe, line by line."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import _example

from bot.terminal import console, draw

ROOT = Path(__file__).parent.parent


@pytest.fixture
def chat(sqlite, tmp_path):
    """Types lines into `jagbot chat` on the example: what is said, and the exit code."""
    url = sqlite.like("example", _example)

    def typed(*lines: str, person: str = "coordinator") -> tuple[str, int]:
        words = [sys.executable, "-m", "bot", "chat", "--at", "2026-02-10", "--person", person]
        env = {"DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(words, input="\n".join(lines), env=env, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
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
