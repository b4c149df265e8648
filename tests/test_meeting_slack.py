"""/meeting in Slack: forms, buttons, plain words, the channel that is told; and what it costs the action plan's lines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asking import Asking, facts
from block_rules import seen
from conftest import Held
from made import Report
from slack_server import Workspace, workspace
from slack_views import Screen
from sqlalchemy import event, select
from talking import Host, Talk, hosting, talking

from commands.routing import opens_a_form, writes
from models.meetings import Meeting


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with hosting() as made:
        yield made


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with workspace() as made:
        made.joins("U1", "coordinator@example.org", "Coordinator")
        yield made


@pytest.fixture
def talk(slack: Workspace, example: Held, host: Host) -> Iterator[Talk]:
    example.store.address = "https://jagbot.example.org"
    with talking(example, slack, host) as made:
        made.know("U1", "coordinator")
        yield made


def shows(screen: Screen) -> str:
    return seen(screen.view["blocks"])


@pytest.fixture
def counted_here(placed, made) -> Asking:
    """Asks a partnership of one's own with a month of figures."""
    placed.street(made.zipped(made.street("2025-12", [Report("E01900011")])))
    return Asking(placed)


def test_a_form_in_slack_adds_a_meeting_which_is_moved_with_a_button_and_put_back(talk):
    talk.command("/meeting", "add jag 17 March 2026")
    form = talk.workspace.screens.top()
    talk.submit(form, time="10:00", place="Room 2")
    assert "JAG meets on Tuesday 17 March 2026 at 10:00" in shows(form)
    [shown] = talk.command("/meeting", "show jag 17 March 2026")
    assert "Room 2" in shown.text
    talk.press(shown, "Move")
    form = talk.workspace.screens.top()
    talk.submit(form, day="18 March 2026")
    assert "JAG is moved to Wednesday 18 March 2026 at 10:00" in shows(form)
    [moved] = talk.command("/meeting", "move jag 18 March 2026 to 19 March 2026")
    [back] = talk.press(moved, "Undo")
    assert "JAG is moved to Wednesday 18 March 2026 at 10:00" in back.text


def test_what_was_typed_comes_back_where_a_form_is_refused(talk):
    talk.command("/meeting", "add jag")
    form = talk.workspace.screens.top()
    talk.submit(form, day="31 February 2026", time="10:00", place="Room 2")
    again = str(talk.workspace.screens.top().view)
    assert "There is no 31 February 2026." in again
    with talk.held.session() as session:
        assert session.scalars(select(Meeting)).all() == []


def test_plain_words_in_a_direct_message_move_a_meeting(talk):
    [moved] = talk.dm("move the JAG to thursday at 2pm because the chair is away")
    assert "JAG is moved to Thursday 12 February 2026 at 14:00" in moved.text
    [asked] = talk.dm("when is the next JAG?")
    assert "JAG, Thursday 12 February 2026 at 14:00" in asked.text


def test_the_address_of_a_calendar_is_never_shared(talk):
    [reply] = talk.command("/meeting", "calendar")
    assert "https://jagbot.example.org/calendar/" in reply.text
    assert "calendar/" not in reply.said["text"]


@pytest.mark.parametrize(
    ("line", "changes", "form"),
    [
        ("/meeting", False, False),
        ("/meeting list jag 2014", False, False),
        ("/meeting jag 10 Dec", False, False),
        ("/meeting settings jag", False, False),
        ("/meeting help", False, False),
        ("/meeting add", True, True),
        ("/meeting move", True, True),
        ("/meeting move jag to thursday", True, False),
        ("/jag meeting cancel jag", True, False),
        ("/meeting calendar", True, False),
        ("move the JAG to thursday", True, False),
        ("when is the next JAG?", False, False),
        ("apologies for the next jag", True, False),
        ("cancel 10 Dec because of the snow", True, False),
    ],
)
def test_a_line_tells_from_its_words_whether_it_changes_anything_and_opens_a_form(line, changes, form):
    assert (writes(line), opens_a_form(line)) == (changes, form)


def test_the_action_plan_s_lines_ask_at_most_once_more_for_meetings(example):
    asked: list[str] = []
    asking = Asking(example)
    asking.answered("/action add Warm up @housing-officer due 12 March 2026")

    @event.listens_for(example.store.engine, "before_cursor_execute")
    def count(_connection, _cursor, statement, *_):
        asked.append(statement)

    def of_meetings(line: str) -> int:
        asked.clear()
        asking.answered(line)
        return sum("FROM meeting \n" in each or "FROM meeting\n" in each for each in asked)

    assert of_meetings("/action list") == 0
    assert of_meetings("/action list due before the meeting") == 1
    assert of_meetings("/action add Light the underpass @housing-officer due 12 March 2026") <= 1
    assert of_meetings("/action add Light the bridge @housing-officer due next JAG") <= 3, "now, the next, and where it was raised"


def test_an_action_is_raised_at_a_meeting_that_was_put_there_and_not_at_one_that_was_cancelled(example):
    asking = Asking(example)
    add = "/action add Light the {} @housing-officer due 12 March 2026"
    asking.answered("/meeting cancel jag 10 Feb 2026")
    asking.answered(add.format("underpass"))
    asking.answered("/meeting add jag 10 Feb 2026 09:15")
    asking.answered(add.format("bridge"))
    raised = [facts(asking.answered(f"/action show JAG-26-00{number}"))["Raised"] for number in (1, 2)]
    assert raised == ["10 February 2026 by coordinator", "10 February 2026 by coordinator, at JAG of 10 February 2026"]


def test_since_the_last_jag_is_since_it_was_held(counted_here):
    for line in ("cancel jag 13 Jan 2026", "add jag 6 Jan 2026 10:00"):
        reply = counted_here(f"/meeting {line}")
        yes = next((button.asks for button in reply.asks if button.label.startswith("Yes")), "")
        assert not counted_here(yes).refused
    assert "No whole month has come in since the last JAG (6 January 2026)" in counted_here("/figures asb since last JAG").summary
