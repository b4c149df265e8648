"""The process that answers: what it takes from the network, how it starts, how it stops, and what it never says."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import Held
from slack_server import APP_TOKEN, PATIENCE, SECRET, TOKEN, Workspace, workspace
from sqlalchemy import select, update
from talking import Talk, hosting, talking

from bot.workspace.faults import Fault
from commands.frozen import frozen
from commands.reply import Reply
from models.actions import Action
from models.heard import Heard
from models.notices import Notice
from models.people import Person

ROOT = Path(__file__).parent.parent
JSON = "application/json"


@pytest.fixture
def databases(sqlite):
    """SQLite: nothing here depends on the database."""
    return sqlite


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with workspace() as made:
        made.joins("U1", "coordinator@example.org")
        yield made


@pytest.fixture
def talk(slack: Workspace, example: Held) -> Iterator[Talk]:
    with hosting() as host, talking(example, slack, host) as made:
        yield made


# What comes from the network


def a_command(slack: Workspace) -> str:
    return urlencode(slack.command_form("/hotspots", "asb"))


def test_only_what_slack_signed_within_five_minutes_is_heard(talk, slack):
    body = a_command(slack)
    assert slack.request(body, secret="somebody else's").status == 401
    assert slack.request(body, age=360).status == 401
    assert slack.request(body, age=-360).status == 401
    talk.workers.settle()
    assert not slack.arrived
    assert slack.request(body, age=240).status == 200


def test_an_unsigned_request_is_refused(talk, slack):
    with socket.create_connection(("127.0.0.1", int(slack.bot.split(":")[2].split("/")[0])), PATIENCE) as line:
        path = slack.bot.split("/", 3)[3]
        line.sendall(f"POST /{path} HTTP/1.1\r\nHost: bot\r\nContent-Length: 5\r\nConnection: close\r\n\r\na=bcd".encode())
        assert line.recv(1000).startswith(b"HTTP/1.1 401")
    assert not talk.workers.given


def test_other_paths_and_methods_are_not_found(talk, slack):
    elsewhere = slack.bot.split("/", 3)[3].replace("slack/events", "")
    assert slack.request("", path=f"/{elsewhere}").status == 404
    assert slack.request("", path=f"/{elsewhere}slack/events/more").status == 404
    assert slack.request("", method="GET").status == 404
    assert not talk.workers.given


def test_a_body_larger_than_any_of_slack_s_is_refused(talk, slack):
    assert slack.request("text=" + "x" * (1 << 20)).status == 413
    assert slack.request("text=" + "x" * (8 << 20)).status == 413
    assert not talk.workers.given


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("{", JSON),
        ("[]", JSON),
        ("null", JSON),
        ('{"type": "event_callback"}', JSON),
        ('{"type": "event_callback", "event": {}}', JSON),
        ('{"type": "event_callback", "event": {"type": "message", "channel_type": "im"}}', JSON),
        ('{"type": "event_callback", "event": {"type": "app_mention", "user": "U1"}}', JSON),
        ("payload=%7B", ""),
        ("payload=null", ""),
        ("payload=" + json.dumps({"type": "block_actions", "actions": []}), ""),
        ("payload=" + json.dumps({"type": "block_actions", "actions": [{"type": "static_select"}], "user": {"id": "U1"}}), ""),
        ("payload=" + json.dumps({"type": "view_submission", "view": {"callback_id": "x"}, "user": {"id": "U1"}}), ""),
        ("command=/hotspots", ""),
        ("", ""),
        ("\x00\x01%ff", ""),
    ],
)
def test_what_is_malformed_is_answered_and_the_next_request_too(talk, slack, body, kind, caplog):
    taken = slack.request(body, kind or "application/x-www-form-urlencoded")
    assert taken.status in (200, 400, 404, 500)
    assert "Exception in ASGI application" not in caplog.text
    talk.workers.settle()
    assert not slack.arrived
    [answer] = talk.command("/hotspots", "asb")
    assert "Hemel Hempstead Central 570" in answer.text


def test_slack_s_greeting_is_returned_so_that_the_address_is_accepted(talk, slack):
    taken = slack.request(json.dumps({"type": "url_verification", "challenge": "3eZb", "token": "old"}), JSON)
    assert taken.status == 200
    assert "3eZb" in taken.body
    assert not talk.workers.given


# The whole process


@dataclass
class Running:
    """A `jagbot run`, and what it said first."""

    process: subprocess.Popen[str]
    said: str

    def stop(self) -> tuple[int, str]:
        """(exit code, what it logged), after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        _, logged = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, logged


def jagbot(held: Held, folder: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """`jagbot run` in a folder of its own, with nothing of ours in its environment but this."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    ours = {"PYTHONPATH": str(ROOT), "DATABASE_URL": held.store.url, "NO_PROXY": "*", **environment}
    command = [sys.executable, "-m", "bot", "run", *words]
    return subprocess.Popen(command, cwd=folder, env=kept | ours, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@contextmanager
def running(held: Held, folder: Path, slack: Workspace, *words: str, **environment: str) -> Iterator[Running]:
    tokens = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"{slack.address}/api/"}
    process = jagbot(held, folder, *words, **tokens, **environment)
    try:
        assert process.stdout
        said = process.stdout.readline()
        slack.bot = next(iter(re.findall(r"http://\S+", said)), "")
        yield Running(process, said)
    finally:
        process.kill()
        process.communicate()


def refused(process: subprocess.Popen[str]) -> str:
    """What a process says that does not start, in one line and no traceback."""
    said, error = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (2, "")
    assert "Traceback" not in error
    return " ".join(error.split())


def test_it_says_where_it_listens_answers_and_stops_with_nothing_left_unanswered(example, slack, tmp_path):
    with running(example, tmp_path, slack, "--http", "0", LOG_LEVEL="DEBUG") as bot:
        assert re.fullmatch(r"jagbot listens on http://127\.0\.0\.1:\d+/slack/events\n", bot.said)
        slack.command("/hotspots", "asb")
        assert "Hemel Hempstead Central 570" in slack.wait(lambda: slack.arrived)[0].text
        slack.refusing.methods["chat.postMessage"] = [(429, "", {"Retry-After": "1"})]
        slack.say_in_dm("priority burglary")
        slack.wait(lambda: slack.asked("chat.postMessage"))  # refused once: it waits a second before it sends again
        code, logged = bot.stop()
    assert code == 0
    assert "407" in slack.of("chat.postMessage")[0].text
    for secret in (TOKEN, SECRET, "Hemel", "asb", "burglary"):
        assert secret not in logged


def test_without_its_tokens_it_says_which_is_missing(example, tmp_path):
    said = [
        refused(jagbot(example, tmp_path)),
        refused(jagbot(example, tmp_path, SLACK_BOT_TOKEN=TOKEN)),
        refused(jagbot(example, tmp_path, "--http", "0", SLACK_BOT_TOKEN=TOKEN)),
    ]
    assert said[0].startswith("SLACK_BOT_TOKEN is not set.")
    assert said[1].startswith("Set SLACK_APP_TOKEN (xapp-…) for Socket Mode")
    assert said[2].startswith("SLACK_SIGNING_SECRET is not set.")
    assert TOKEN not in "".join(said)


def test_a_token_that_slack_does_not_take_is_refused_in_slack_s_own_word(example, slack, tmp_path):
    slack.refusing.token = True
    tokens = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"{slack.address}/api/"}
    said = refused(jagbot(example, tmp_path, "--http", "0", **tokens))
    assert said == "Slack did not take SLACK_BOT_TOKEN: invalid_auth"


def test_an_app_token_that_slack_does_not_take_is_refused_too(example, slack, tmp_path):
    slack.refusing.methods["apps.connections.open"] = [(200, '{"ok": false, "error": "not_allowed_token_type"}', {})]
    tokens = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": f"{slack.address}/api/"}
    said = refused(jagbot(example, tmp_path, **tokens))
    assert "Slack did not take SLACK_APP_TOKEN: not_allowed_token_type" in said
    assert APP_TOKEN not in said


def test_a_slack_that_cannot_be_reached_is_named(example, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    tokens = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"http://127.0.0.1:{port}/api/"}
    said = refused(jagbot(example, tmp_path, "--http", "0", **tokens))
    assert f"I cannot reach Slack at http://127.0.0.1:{port}/api/" in said


def test_a_port_that_is_taken_is_refused(example, slack, tmp_path):
    tokens = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"{slack.address}/api/"}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(jagbot(example, tmp_path, "--http", str(port), **tokens))
    assert said.startswith(f"I cannot listen on 127.0.0.1:{port}:")
    assert said.endswith("Choose another port with --http PORT.")


def test_by_socket_mode_it_hears_acknowledges_answers_and_stops(example, slack, tmp_path):
    with running(example, tmp_path, slack, SLACK_APP_TOKEN=APP_TOKEN, LOG_LEVEL="DEBUG") as bot:
        assert bot.said == "jagbot is connected to Slack by Socket Mode\n"
        slack.wait(lambda: slack.links)
        slack.command("/hotspots", "asb")
        assert "Hemel Hempstead Central 570" in slack.wait(lambda: slack.arrived)[0].text
        slack.wait(lambda: slack.acknowledged)
        slack.mention("C0JAG", "priority burglary")
        assert "407" in slack.wait(lambda: slack.of("chat.postEphemeral"))[0].text
        code, logged = bot.stop()
    assert code == 0
    slack.wait(lambda: not slack.links)
    assert len(set(slack.acknowledged)) == 3, "a mention comes as a message of its channel as well"
    for secret in (TOKEN, APP_TOKEN):
        assert secret not in logged


def test_what_was_acknowledged_is_done_once_and_answered_whenever_the_process_is_killed(example, slack, tmp_path):
    with example.session() as session:
        Person.named("coordinator", session).slack_user = "U1"
    with running(example, tmp_path, slack, "--http", "0"):
        for number in range(8):
            words = f"add Mend lamp {number} @housing-officer due ongoing"
            assert slack.command("/action", words).status == 200
    # killed with the last of them hardly heard; the next process takes them for left behind once they are a minute old
    with example.session() as session:
        session.execute(update(Heard).values(at=datetime.now(UTC) - timedelta(minutes=2)))
    with running(example, tmp_path, slack, "--http", "0"):
        slack.wait(lambda: all(any(f"Mend lamp {number}\n" in each.text for each in slack.of("response")) for number in range(8)))
    with example.session() as session:
        assert sorted(session.scalars(select(Action.wording))) == [f"Mend lamp {number}" for number in range(8)]


def test_told_to_stop_it_finishes_the_notices_in_hand_and_the_next_process_sends_the_rest(example, slack, tmp_path):
    with example.session() as session:
        told = Person.named("coordinator", session)
        told.slack_user = "U1"
        for number in range(6):
            body = frozen(Reply("Told", summary=f"Notice {number}"))
            Notice.to_person(told, "tell", f"notice {number}", datetime.now(UTC), session, body)
    slack.real.faults.plan(Fault("slow", seconds=0.5), "chat.postMessage", times=None)
    with running(example, tmp_path, slack, "--http", "0") as bot:
        slack.wait(lambda: slack.asked("chat.postMessage") > 1)
        assert bot.stop()[0] == 0
    arrived = [each.said["text"] for each in slack.of("chat.postMessage")]
    with example.session() as session:
        rows = session.scalars(select(Notice).order_by(Notice.id)).all()
        assert [row.state for row in rows] == ["sent"] * len(arrived) + ["waiting"] * (6 - len(arrived))
    slack.real.faults.clear()
    with running(example, tmp_path, slack, "--http", "0"):
        slack.wait(lambda: len(slack.of("chat.postMessage")) == 6)
    assert [each.said["text"] for each in slack.of("chat.postMessage")] == [f"Notice {number}" for number in range(6)]
