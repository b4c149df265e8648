"""Forms in Slack: opened in time, filled in, sent back with what is wrong, and never at the cost of what was typed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from block_rules import seen
from conftest import Held
from hypothesis import example as example_of
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_server import Arrived, Workspace, workspace
from slack_views import Screen, given_back
from sqlalchemy import select, update
from talking import Host, Talk, hosting, talking

from bot.forms import KEPT_OF_A_VIEW, again, form_view, prefilled, result_view, typed
from bot.workspace.blockrules import view_faults
from commands.reply import Button, Buttons, Field, Form, Note, Reply, Table
from models.actions import Action
from models.people import Person

WORDING = "Mend the lamps in Bury Road"
FIELDS = {"wording": WORDING, "owner": "housing-officer", "due": "ongoing"}


@pytest.fixture
def databases(request):
    """SQLite: what forms do doesn't depend on it."""
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
    with talking(example, slack, host) as made:
        made.know("U1", "coordinator")
        made.know("U2", "housing-officer")
        yield made


def opened(talk: Talk, text: str = "add") -> Screen:
    """The form of a command."""
    talk.command("/action", text)
    return talk.workspace.screens.top()


def opened_for(talk: Talk, user: str) -> Screen:
    """The form of a command of somebody who may do what the coordinator may."""
    talk.workspace.joins(user, None)
    with talk.held.session() as session:
        session.add(Person(handle=f"deputy-{user}", role="coordinator", email="", administrator=True, slack_user=user))
    talk.command("/action", "add", user=user)
    return talk.workspace.screens.top()


def forget(talk: Talk, user: str) -> None:
    """Somebody is of the partnership no longer."""
    with talk.held.session() as session:
        session.execute(update(Person).where(Person.slack_user == user).values(slack_user=None))


def shows(screen: Screen) -> str:
    return seen(screen.view["blocks"])


def actions(talk: Talk) -> list[str]:
    with talk.held.session() as session:
        return list(session.scalars(select(Action.wording).order_by(Action.id)))


# Opening


def test_a_command_without_its_words_opens_a_view_at_once_and_then_the_form_in_it(talk):
    loading, form = talk.command("/action", "add")
    assert (loading.method, form.method) == ("views.open", "views.update")
    assert "One moment" in loading.text
    screen = talk.workspace.screens.top()
    assert {block["block_id"] for block in screen.inputs} >= {"wording", "owner", "due"}
    assert not talk.workspace.of("response")


def test_what_was_given_already_stands_in_the_form(talk):
    [form] = talk.command("/action", f"add {WORDING}")
    assert form.method == "views.open"
    assert f"{WORDING}\n" in shows(talk.workspace.screens.top())


def test_a_press_opens_a_form_too_and_so_does_a_message_s_shortcut(talk):
    talk.shortcut("Gates <!channel> &amp; fences by the bus station")
    assert "Gates & fences by the bus station" in " ".join(shows(talk.workspace.screens.top()).split())
    assert not actions(talk)


@pytest.mark.parametrize("text", ["add", f"add {WORDING}"])
def test_an_expired_trigger_is_answered_with_a_button_that_opens_the_form(talk, text):
    with talk.workers.busy():
        talk.workspace.command("/action", text)
        talk.workspace.later += 4
    talk.workers.settle()
    [said] = talk.workspace.arrived
    assert said.method == "response"
    assert "Still needed:" in said.text
    assert WORDING not in said.text
    talk.press(said, "Fill in")
    screen = talk.workspace.screens.top()
    assert "wording" in {block["block_id"] for block in screen.inputs}
    assert (WORDING in shows(screen)) == (WORDING in text)


@pytest.mark.parametrize("trouble", [(500, "", {}), (200, '{"ok": false, "error": "internal_error"}', {}), (200, "not JSON", {})])
def test_whatever_keeps_a_form_from_opening_it_is_offered_in_a_message(talk, trouble):
    talk.workspace.refusing.methods["views.open"] = [trouble, trouble]
    [said] = talk.command("/action", "add")
    assert said.has_button("Fill in")


def test_where_no_form_can_open_at_all_its_words_are_asked_for_in_a_message_with_a_button(talk):
    [said] = talk.dm("/action add")
    assert (said.method, said.channel) == ("chat.postMessage", "DU1")
    talk.press(said, "Fill in")
    assert talk.workspace.screens.top().inputs


def test_a_form_too_long_for_slack_to_carry_is_put_by_and_nothing_of_it_is_lost(talk):
    long = "Fit gates. " * 240
    with talk.workers.busy():
        talk.workspace.shortcut(long)
        talk.workspace.later += 4
    talk.workers.settle()
    [said] = talk.workspace.arrived
    talk.press(said, "Fill in")
    assert "".join(long.split()) in "".join(shows(talk.workspace.screens.top()).split())


# Submitting


def test_a_submitted_form_is_saved_and_its_place_taken_by_the_answer(talk):
    screen = opened(talk)
    talk.submit(screen, **FIELDS)
    assert screen.open
    assert not screen.inputs
    assert "JAG-" in shows(screen)
    assert actions(talk) == [WORDING]


def test_a_button_of_the_answer_is_answered_in_its_place(talk):
    screen = opened(talk)
    talk.submit(screen, **FIELDS)
    shown = on(screen)
    label = next(label for label in re.findall(r"^\[(.+)\]$", shown.text, re.M) if label.startswith("Undo"))
    [answer] = talk.press(shown, label)
    assert (answer.method, answer.screen) == ("views.update", screen.id)
    [label] = re.findall(r"^\[(.+)\]$", answer.text, re.M)[:1]
    with talk.workers.busy():
        talk.workspace.press(on(screen), label)
        screen.open = False
    talk.workers.settle()
    told = talk.workspace.arrived[-1]
    assert (told.method, told.channel) == ("chat.postMessage", "DU1")


def on(screen: Screen) -> Arrived:
    """The view as somebody sees it, to be pressed."""
    return Arrived("views.update", {"view": screen.view}, screen=screen.id)


def test_what_is_wrong_with_a_field_stands_under_it_and_the_form_can_be_submitted_again_as_it_stands(talk):
    screen = opened(talk)
    talk.submit(screen, **{**FIELDS, "due": "31 February"})
    assert screen.errors or "31 February" in shows(screen)
    assert screen.held(next(b for b in screen.inputs if b["block_id"] == "wording")) == WORDING
    assert not actions(talk)
    talk.submit(screen, **{**FIELDS, "due": "31 February"})
    assert screen.inputs, "the same again is refused again, and not taken for a copy"
    talk.submit(screen, due="ongoing")
    assert actions(talk) == [WORDING]


def test_a_button_above_a_form_that_came_back_mends_it_and_keeps_the_rest_of_what_was_typed(talk):
    screen = opened(talk)
    talk.submit(screen, **{**FIELDS, "priority": "burglary"})
    assert actions(talk) == [WORDING]
    screen = opened(talk)
    screen.view = again(screen.payload(), Reply("Which group?", Buttons([Button("CSAG", "/action add #csag")]), refused=True))
    screen.types(wording="Gates")
    talk.press(on(screen), "CSAG")
    assert "Gates" in shows(screen)
    assert "(*) CSAG" in shows(screen)


def test_a_question_asked_above_a_form_leaves_the_form_with_what_was_typed(talk):
    screen = opened(talk)
    screen.view = again(screen.payload(), Reply("Who?", Buttons([Button("My actions", "/action list mine")]), refused=True))
    screen.types(wording="Gates")
    talk.press(on(screen), "My actions")
    assert screen.inputs
    assert "Gates" in shows(screen)
    assert "[My actions]" not in shows(screen)


def test_a_form_sent_again_says_only_what_came_of_it_last_and_the_button_of_before_saves_nothing(talk):
    screen = opened(talk)
    talk.submit(screen, **{**FIELDS, "wording": "Speak to John Smith dob 1/2/1990"})
    button = on(screen).button("It is a place, not a person: save it")["value"]
    talk.submit(screen, wording=WORDING, due="31 February")
    assert "31 February" in shows(screen)
    assert "It is a place" not in shows(screen)
    [answer] = talk.command("/action", button.removeprefix("/action "))
    assert "no longer kept" in answer.text
    assert "/action yes" not in answer.text.partition("You typed: ")[0]
    assert not actions(talk)
    talk.submit(screen, due="ongoing")
    assert actions(talk) == [WORDING]


def test_a_form_more_than_a_day_old_says_so_and_keeps_what_was_typed(talk):
    screen = opened(talk)
    kept = {name: screen.view[name] for name in KEPT_OF_A_VIEW if screen.view[name]}
    screen.view = kept | {"private_metadata": '{"put-by":"put-by:gone"}'}
    talk.submit(screen, **FIELDS)
    assert "more than a day old" in shows(screen)
    assert WORDING in shows(screen)


def test_a_slow_outcome_says_saving_and_then_takes_its_place(talk):
    screen = opened(talk)
    with talk.workers.busy():
        talk.workspace.submit(screen, **FIELDS)
        assert "Saving" in shows(screen)
        assert not screen.inputs
    talk.workers.settle()
    assert "JAG-" in shows(screen)
    assert actions(talk) == [WORDING]


def test_a_slow_outcome_of_a_form_closed_meanwhile_comes_by_direct_message(talk):
    screen = opened(talk)
    with talk.workers.busy():
        talk.workspace.submit(screen, **FIELDS)
        screen.open = False
    talk.workers.settle()
    [told] = [each for each in talk.workspace.of("chat.postMessage") if each.channel == "DU1"]
    assert "JAG-" in told.text


def test_a_slow_refusal_of_a_form_closed_meanwhile_gives_back_what_was_typed(talk):
    screen = opened(talk)
    with talk.workers.busy():
        talk.workspace.submit(screen, **{**FIELDS, "due": "31 February"})
        screen.open = False
    talk.workers.settle()
    told = talk.workspace.arrived[-1]
    assert WORDING in told.text
    talk.press(told, "Fill in")
    assert WORDING in shows(talk.workspace.screens.top())


def test_a_copy_of_a_submission_adds_nothing(talk):
    screen = opened(talk)
    talk.submit(screen, **FIELDS)
    assert [talk.workspace.again().status for _ in range(2)] == [200] * 2
    talk.workers.settle()
    assert actions(talk) == [WORDING]


def test_ten_slow_submissions_at_once_keep_nobody_s_command_waiting(talk):
    screens = [opened_for(talk, f"U{n + 10}") for n in range(12)]
    with talk.workers.busy(), ThreadPoolExecutor(12) as people:
        sent = [people.submit(talk.workspace.submit, screen, **{**FIELDS, "wording": f"Gate {n}"}) for n, screen in enumerate(screens)]
        time.sleep(0.2)
        talk.workspace.command("/hotspots", "asb")
        assert not all(each.done() for each in sent), "it waited for them"
        assert all(each.result().status == 200 for each in sent)
    talk.workers.settle()
    assert sorted(actions(talk)) == sorted(f"Gate {n}" for n in range(12))


def test_a_stranger_s_form_is_answered_with_how_to_join(talk):
    screen = opened_for(talk, "U9")
    forget(talk, "U9")
    talk.workspace.submit(screen, **FIELDS)
    talk.workers.settle()
    assert "I don't know you yet" in shows(screen)
    assert not actions(talk)


# Drawing

short = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), include_characters="<>&\n"), max_size=90)
values = st.builds(lambda text, times: text * times, short, st.sampled_from([1, 1, 40, 90]))
named = st.builds(
    Field,
    st.uuids().map(str),
    short.filter(str.strip),
    values,
    st.one_of(st.just([]), st.lists(st.tuples(short, short), max_size=120, unique_by=lambda each: each[0])),
    short,
    st.booleans(),
    st.booleans(),
)
forms = st.builds(Form, short, st.just("/action add"), st.lists(named, min_size=1, max_size=8), short.filter(str.strip))


@settings(max_examples=150, deadline=None)
@given(forms, short)
@example_of(Form("", "/action add", [Field("words", "News", "\u3000")], "Save"), "")
@example_of(Form("", "/action add", [Field("words", "News", " " * 3_000 + "late")], "Save"), "")
def test_slack_takes_whatever_a_form_asks_and_what_stands_in_it_is_all_there(form, words):
    view = form_view(Reply("Title", words, form, Note(words), Table(["a"], [[1]])), "{}")
    assert not view_faults(view)
    said = "".join(seen(view["blocks"]).split())
    for field in form.fields:
        if not field.options:
            assert all("".join(some.split()) in said for some in (field.value[:3000], field.value[3000:]))
    filled = given_back(view)
    back = again(filled, Reply("Not yet", words, refused=True))
    assert not view_faults(back)
    assert typed(given_back(back)) == typed(filled)
    assert again({**back, "state": filled["state"]}, Reply("Not yet", words, refused=True)) == back


def test_a_title_is_no_place_for_words_too_long_for_it():
    form = Form("News of JAG-13-004, the gates behind the shops", "/action update 4", [Field("words", "News")])
    view = form_view(Reply("x", form), "{}")
    assert view["title"]["text"] == "jagbot"
    assert seen(view["blocks"]).startswith("News of JAG-13-004, the gates behind the shops")


def test_a_choice_that_is_none_of_the_options_is_said_rather_than_dropped():
    form = Form("Add", "/action add", [Field("owner", "Owner", "karen", [("dens-officer", "DENS")])])
    assert "You wrote “karen”." in seen(form_view(Reply("x", form), "{}")["blocks"])


def test_a_result_too_long_for_a_view_says_where_the_rest_is():
    view, whole = result_view(Reply("Long", *("words " * 400 for _ in range(120))))
    assert not whole
    assert not view_faults(view)
    assert seen(view["blocks"]).endswith("The rest is in your direct messages with me.")


def test_prefilling_leaves_what_was_not_typed():
    form = Form("Add", "/action add", [Field("a", "A", "1"), Field("b", "B", "2")])
    assert [field.value for field in prefilled(form, {"a": "x", "b": "", "c": "z"}).fields] == ["x", "2"]
