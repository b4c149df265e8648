"""What is asked in Slack is carried out once and answered, whatever ends in between; and nothing that was typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from conftest import NOW, Held
from slack_server import JAG, OPEN, PRIVATE, Workspace, workspace
from sqlalchemy import select, text
from talking import Host, Talk, hosting, talking

from bot.asking import Asked, outcome_of
from bot.lines import Line, command_lines
from models.actions import Action
from models.changes import Change
from models.heard import Heard
from models.people import Person
from models.store import Store
from scheduler.forget import forget_what_was_heard

ADD = "add Mend the lamps in Bury Road @housing-officer due ongoing"
ANOTHER = "add Mend the lamps in Park Lane @housing-officer due ongoing"
BOTH = pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
FAILS = (500, "", {})


@dataclass
class Clock:
    """A clock moved by hand."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def on(self, **later: float) -> None:
        self.at += timedelta(**later)


@pytest.fixture
def databases(request):
    """SQLite, except where a test asks for both."""
    return request.getfixturevalue(getattr(request, "param", "sqlite"))


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
def clock() -> Clock:
    return Clock()


@pytest.fixture
def talk(slack: Workspace, example: Held, host: Host, clock: Clock) -> Iterator[Talk]:
    with talking(example, slack, host, clock) as made:
        made.know("U1", "coordinator")
        made.know("U2", "housing-officer")
        yield made


def heard(talk: Talk) -> list[Heard]:
    with talk.held.session() as session:
        return list(session.scalars(select(Heard)))


def actions(talk: Talk) -> list[str]:
    with talk.held.session() as session:
        return list(session.scalars(select(Action.wording).order_by(Action.id)))


def killed_after_hearing(talk: Talk, words: str = ADD) -> Line:
    """A process that stored a line, acknowledged it, and ended."""
    [line] = command_lines(talk.workspace.command_form("/action", words))
    fate, kept = talk.slack.taking_up.keep(line)
    assert fate == "kept"
    return kept


def killed_after_saving(talk: Talk, words: str = ADD) -> Line:
    """A process that carried a line out, and ended before it said so."""
    line = killed_after_hearing(talk, words)
    asked = Asked(line.text, line.at or NOW, where="#jag", key=line.key, tells=True)
    outcome_of(talk.held.store, talk.held.partnership.id, lambda session: Person.named("coordinator", session), asked)
    return line


def recover(*talks: Talk) -> list[str]:
    """What the asker reads once everybody has looked for what was left behind."""
    before = list(talks[0].workspace.arrived)
    for talk in talks:
        talk.slack.recover()
    for talk in talks:
        talk.workers.settle()
    return [each.text for each in talks[0].workspace.arrived if each not in before and each.channel != "DU2"]


# Stored, carried out, said, forgotten


def test_a_line_that_writes_is_stored_before_it_is_acknowledged_and_one_that_reads_is_not(talk):
    with talk.workers.busy():
        talk.workspace.command("/action", ADD)
        talk.workspace.command("/action", "list")
        [row] = heard(talk)
        assert row.line
        assert "Bury Road" in row.line["text"]
    talk.workers.settle()
    assert actions(talk) == ["Mend the lamps in Bury Road"]


def test_once_it_is_answered_its_words_are_no_longer_kept(talk):
    talk.command("/action", ADD)
    [row] = heard(talk)
    assert (row.line, row.reply) == (None, None)
    [refused] = talk.command("/action", "done JAG-13-999 gates fitted")
    assert "There is no action" in refused.text
    assert all((row.line, row.reply) == (None, None) for row in heard(talk))


@BOTH
def test_a_copy_of_a_line_that_writes_is_acknowledged_and_does_nothing(talk):
    assert talk.command("/action", ADD)
    assert not talk.again()
    with talk.workers.busy():
        talk.workspace.say_in_dm(f"/action {ANOTHER}")
        talk.workspace.again()
    talk.workers.settle()
    assert len(actions(talk)) == 2


# Left behind


@BOTH
def test_what_a_killed_process_had_heard_is_carried_out_by_another_and_once(talk, example, host, clock):
    with talking(example, talk.workspace, host, clock) as other:
        killed_after_hearing(talk)
        clock.on(seconds=30)
        assert not recover(talk, other)
        clock.on(seconds=31)
        [answer] = recover(talk, other)
        assert "JAG-26-001" in answer
        clock.on(minutes=5)
        assert not recover(talk, other)
    assert actions(talk) == ["Mend the lamps in Bury Road"]


def test_what_was_heard_before_three_days_without_anybody_is_carried_out_and_only_what_is_answered_forgotten(talk, example, host, clock):
    killed_after_hearing(talk)
    clock.on(days=3)
    with talking(example, talk.workspace, host, clock) as other:
        with example.store.session() as session:
            forget_what_was_heard(session, clock())
        [answer] = recover(other)
        assert "JAG-26-001" in answer
        clock.on(days=2)
        with example.store.session() as session:
            forget_what_was_heard(session, clock())
    assert not heard(talk)


@BOTH
def test_what_a_killed_process_had_saved_is_said_by_another_and_not_done_again(talk, example, host, clock):
    with talking(example, talk.workspace, host, clock) as other:
        killed_after_saving(talk)
        clock.on(seconds=61)
        [answer] = recover(talk, other)
        assert "JAG-26-001" in answer
        assert [each.channel for each in talk.workspace.of("chat.postMessage")] == ["DU2"], "its owner is told as well"
        clock.on(minutes=5)
        assert not recover(talk, other)
    assert actions(talk) == ["Mend the lamps in Bury Road"]


def test_one_that_is_only_slow_is_not_done_twice_by_who_takes_it_for_dead(talk, clock):
    with talk.workers.busy():
        talk.workspace.command("/action", ADD)
        clock.on(seconds=61)
        talk.slack.recover()
    talk.workers.settle()
    assert actions(talk) == ["Mend the lamps in Bury Road"]
    assert len(talk.workspace.of("response")) == 1


def test_what_is_carried_out_later_is_dated_as_of_when_it_was_asked(talk, clock):
    killed_after_hearing(talk, "add Mend the lamps @housing-officer due tomorrow")
    clock.on(days=3)
    recover(talk)
    with talk.held.session() as session:
        assert str(session.scalars(select(Action.due_on)).one()) == "2026-02-11"


def test_an_answer_that_slack_does_not_take_is_said_when_it_does_and_others_are_told_once(talk, clock):
    refusing = talk.workspace.refusing.methods
    refusing["response"] = [FAILS]
    refusing["chat.postEphemeral"] = [FAILS]
    refusing["chat.postMessage"] = [FAILS]
    assert [each.channel for each in talk.command("/action", ADD)] == ["DU2"]
    clock.on(seconds=61)
    [answer] = recover(talk)
    assert "JAG-26-001" in answer
    assert [each.channel for each in talk.workspace.of("chat.postMessage")] == ["DU2"]
    assert all((row.line, row.reply) == (None, None) for row in heard(talk))


# When it is our fault


@contextmanager
def broken(talk: Talk) -> Iterator[None]:
    """A database without the history of actions."""
    with talk.held.session() as session:
        session.execute(text("alter table change rename to elsewhere"))
    yield
    with talk.held.session() as session:
        session.execute(text("alter table elsewhere rename to change"))


@BOTH
def test_a_line_that_breaks_is_kept_and_done_when_it_can_be(talk, clock, caplog):
    with broken(talk):
        [said] = talk.command("/action", ADD)
        assert re.search(r"Your words are kept, and I try again in a minute\. Quote [0-9a-f]{6} to the coordinator", said.text)
        assert "nothing was saved" not in said.text
        clock.on(seconds=61)
        assert not recover(talk)
    clock.on(seconds=61)
    [answer] = recover(talk)
    assert "JAG-26-001" in answer
    assert "lamps" not in caplog.text


def test_after_three_attempts_the_words_go_back_to_who_typed_them(talk, clock, caplog):
    with broken(talk):
        talk.command("/action", ADD)
        said = []
        for _ in range(6):
            clock.on(seconds=61)
            said += recover(talk)
    [given_up] = said
    assert "Mend the lamps in Bury Road" in given_up
    assert "Nothing was saved" in given_up
    assert not actions(talk)
    assert all(row.line is None for row in heard(talk))
    assert "lamps" not in caplog.text


def test_a_form_that_breaks_is_kept_too_and_shows_what_was_typed(talk, clock):
    talk.command("/action", "add")
    screen = talk.workspace.screens.top()
    with broken(talk):
        talk.submit(screen, wording="Mend the lamps", owner="housing-officer", due="ongoing")
        assert "Your words are kept" in str(screen.view)
        assert "Mend the lamps" in str(screen.view)
    clock.on(seconds=61)
    recover(talk)
    assert "JAG-26-001" in str(screen.view)
    assert actions(talk) == ["Mend the lamps"]


# When the database is away


@contextmanager
def locked(talk: Talk) -> Iterator[None]:
    """Somebody else writes, and does not come to an end."""
    with talk.held.store.session(writing=True):
        yield


@pytest.fixture
def away(slack: Workspace, example: Held, host: Host, clock: Clock) -> Iterator[Talk]:
    """A conversation with a bot whose PostgreSQL does not answer."""
    nowhere = replace(example, store=Store("postgresql://nobody@127.0.0.1:1/nothing"))
    with talking(nowhere, slack, host, clock) as made:
        yield made


def test_a_command_that_cannot_be_stored_gives_back_what_was_typed_at_once(away):
    taken = away.workspace.command("/action", f"{ADD} <!channel>")
    assert taken.status == 200
    assert "I cannot save just now" in taken.body
    assert "Mend the lamps in Bury Road" in taken.body
    assert "<!channel>" not in taken.body
    away.workers.settle()
    assert not away.workspace.arrived


def test_a_press_that_cannot_be_stored_has_nothing_typed_to_give_back_and_can_be_pressed_again(talk):
    added = next(each for each in talk.command("/action", ADD) if each.has_button("Undo"))
    with locked(talk):
        [told] = talk.press(added, "Undo")
    assert "I cannot save just now" in told.text
    assert "You typed" not in told.text
    assert told.has_button("Try again")


def test_a_message_that_cannot_be_stored_is_given_back_in_private(away, caplog):
    [told] = away.dm(f"/action {ADD}")
    assert "I cannot save just now" in told.text
    assert "Mend the lamps in Bury Road" in told.text
    assert "lamps" not in told.said["text"]
    [told] = away.mention(f"/action {ADD}")
    assert told.method == "chat.postEphemeral"
    assert "lamps" not in caplog.text


def test_what_may_be_a_meeting_s_to_record_is_not_acknowledged_and_so_comes_again(away, caplog):
    thread = away.workspace.message("The meeting is open", "U2", JAG)
    assert away.workspace.say(JAG, "good morning", "U1", thread).status == 200
    assert away.workspace.say(JAG, "decision: mend the lamps", "U1", thread).status >= 500
    assert "lamps" not in caplog.text


def test_a_form_that_cannot_be_stored_stays_and_can_be_submitted_again(talk):
    talk.command("/action", "add")
    screen = talk.workspace.screens.top()
    fields = {"wording": "Mend the lamps", "owner": "housing-officer", "due": "ongoing"}
    with locked(talk):
        talk.submit(screen, **fields)
        assert "Your words are still here: press again in a minute" in str(screen.errors)
    talk.slack.taking_up.storing.shutdown()
    talk.slack.taking_up.storing = type(talk.slack.taking_up.storing)(2)
    talk.submit(screen)
    assert not screen.errors
    assert actions(talk) == ["Mend the lamps"]


def test_what_is_stored_only_after_it_was_given_back_is_taken_back(talk, clock):
    with locked(talk):
        assert "I cannot save just now" in talk.workspace.command("/action", ADD).body
    talk.slack.taking_up.storing.shutdown()
    clock.on(seconds=61)
    assert not recover(talk)
    assert not heard(talk)
    assert not actions(talk)


# Those who are to know, and where it was said


def test_whoever_cannot_be_told_stops_nobody_and_is_logged_without_words(talk, caplog):
    talk.workspace.refusing.methods["chat.postMessage"] = [(200, '{"ok": false, "error": "account_inactive"}', {})]
    [answer] = talk.command("/action", ADD)
    assert "JAG-26-001" in answer.text
    assert "could not be told" in caplog.text
    assert "lamps" not in caplog.text
    assert all(row.reply is None for row in heard(talk))


@pytest.mark.parametrize(
    ("channel", "where"),
    [(JAG, "#jag"), (OPEN, "#open"), (PRIVATE, "a private channel"), ("DU1", "direct message")],
)
def test_it_is_kept_where_a_change_was_made(talk, channel, where):
    talk.command("/action", ADD, channel=channel)
    assert places(talk) == [where]


def test_a_private_channel_that_the_bot_is_in_is_asked_for_its_name_once(talk):
    talk.workspace.invites_bot(PRIVATE)
    talk.command("/action", ADD, channel=PRIVATE)
    talk.command("/action", ANOTHER, channel=PRIVATE)
    talk.mention("/action add Mend the lamps in Mill Lane @housing-officer due ongoing", channel=PRIVATE)
    assert places(talk) == ["#csag"] * 3
    assert talk.workspace.asked("conversations.info") == 1


def test_a_mention_a_message_and_a_form_are_told_apart(talk):
    talk.mention(f"/action {ADD}")
    talk.dm(f"/action {ANOTHER}")
    talk.command("/action", "add")
    talk.submit(talk.workspace.screens.top(), wording="Mend the lamps", owner="housing-officer", due="ongoing")
    assert places(talk) == ["#jag", "direct message", "form"]


def places(talk: Talk) -> list[str]:
    with talk.held.session() as session:
        return list(session.scalars(select(Change.where).order_by(Change.id)))


@pytest.mark.parametrize("link", ["<#C0JAG|>", "<#C0JAG>", "<#C0JAG|jag>"])
def test_a_channel_slack_linked_without_a_name_is_named(talk, link):
    talk.command("/action", f"add Mend the lamps @housing-officer due ongoing {link}")
    assert actions(talk) == ["Mend the lamps"]


def test_what_writes_cannot_be_shared_by_asking_it_again(talk):
    talk.command("/action", ADD)
    [answer] = talk.workspace.of("response")
    assert not answer.has_button("Share here")
