"""The Home tab: my own page, whose buttons and lists are answered on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from block_rules import seen
from conftest import Held
from planned import Plan
from slack_server import Workspace, workspace
from sqlalchemy import select
from talking import Host, Talk, hosting, talking

from bot.home import home_view
from bot.workspace.blockrules import view_faults
from commands.reply import Choice, Heading, Reply, press
from models.actions import Action
from models.changes import Change


@pytest.fixture
def databases(request):
    """SQLite: the tab doesn't depend on it."""
    return request.getfixturevalue("sqlite")


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with hosting() as made:
        yield made


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with workspace() as made:
        made.joins("U1", "coordinator@example.org", "Coordinator")
        made.joins("U2", "housing-officer@example.org", "Sam")
        yield made


@pytest.fixture
def talk(slack: Workspace, example: Held, host: Host) -> Iterator[Talk]:
    plan = Plan(example)
    plan.add("Mend the lamps in Bury Road")
    plan.add("Cut back the hedge", number=2)
    with talking(example, slack, host) as made:
        made.know("U1", "coordinator")
        made.know("U2", "housing-officer")
        yield made


def statuses(talk: Talk) -> list[str]:
    with talk.held.session() as session:
        return list(session.scalars(select(Action.status).order_by(Action.id)))


def test_a_question_asked_on_the_home_tab_is_answered_on_top_of_my_page(talk):
    [home] = talk.home()
    assert home.said["user_id"] == "U1"
    [again] = talk.press(home, "All priorities")
    assert again.method == "views.publish"
    assert again.text.startswith("Priorities") or "priorities" in again.text.splitlines()[0].lower()
    assert again.text.endswith(home.text)


def test_one_press_answers_an_action_and_can_be_undone_where_it_was_pressed(talk):
    [home] = talk.home(user="U2")
    _, option = home.option("At risk", of="JAG-26-002")
    assert len(option["value"]) <= 75
    [again] = talk.after(lambda: talk.workspace.choose(home, "At risk", of="JAG-26-002", user="U2"))
    assert again.method == "views.publish"
    assert statuses(talk)[1] != statuses(talk)[0]
    assert "Mend the lamps" in again.text
    assert "Cut back the hedge" in again.text
    undo = next(line.strip("[]") for line in again.text.splitlines() if line.startswith("[Undo"))
    talk.press(again, undo, user="U2")
    assert len(set(statuses(talk))) == 1
    with talk.held.session() as session:
        assert set(session.scalars(select(Change.where).where(Change.verb != "added"))) == {"Home"}


def test_a_form_asked_for_on_the_home_tab_opens_as_one_and_leaves_the_tab(talk):
    talk.slack.client.views_publish(user_id="U1", view=home_view(Reply("x", press(("Add", "/action add"))))[0])
    asks = talk.workspace.arrived[-1]
    loading, _ = talk.press(asks, "Add")
    assert loading.method == "views.open"
    screen = talk.workspace.screens.top()
    [republished] = [
        each
        for each in talk.submit(screen, wording="Paint the rails", owner="coordinator", due="ongoing", group="raog")
        if each.method == "views.publish"
    ]
    assert "Paint the rails" in republished.text
    assert "You are" in republished.text


def test_where_the_tab_cannot_be_shown_the_answer_comes_by_direct_message(talk):
    [home] = talk.home()
    talk.workspace.refusing.methods["views.publish"] = [(500, "", {})]
    [answer] = talk.press(home, "All priorities")
    assert (answer.method, answer.channel) == ("chat.postMessage", "DU1")


def test_news_too_long_for_the_tab_is_summed_up_there_and_said_whole_by_direct_message(talk):
    view, whole = home_view(Reply("Mine", "My page."), Reply("News", *(f"Line {n}." for n in range(60)), summary="Sixty lines."))
    assert not whole
    assert seen(view["blocks"]).startswith("News\nSixty lines.\n")
    assert seen(view["blocks"]).endswith("Mine\nMy page.")
    assert talk


def test_a_page_too_long_for_the_tab_says_so():
    parts = [Choice(f"Action {n}", press(("Done", f"/action done {n}")).buttons) for n in range(200)]
    view, _ = home_view(Reply("Mine", Heading("All"), *parts))
    assert not view_faults(view)
    assert "There is more than fits here" in seen(view["blocks"])
