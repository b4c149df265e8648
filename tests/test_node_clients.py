"""Clients that nobody here wrote, against the local workspace: Slack's own for Node.js, whose calls another Slack answers beside ours."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from answer_shapes import Answer, differences, official, outcome, unknown
from node_clients import CHAIR, FOLDER, JAG, LEAD, OPEN, OTHER, PATIENCE, Place, Script, needs_node, place, running

from bot.workspace import acting, filling, pressing
from bot.workspace.core import BOT
from bot.workspace.direct import direct
from bot.workspace.errors import SlackError

Node = Callable[..., AbstractContextManager[Script]]

TYPES = FOLDER / "node_modules" / "@slack" / "web-api" / "dist" / "types" / "response"
WORLD = {"place": OPEN, "elsewhere": OTHER, "chair": CHAIR, "email": "chair@example.org"}
REFUSED = {
    "bots.info nobody": "bot_not_found",
    "users.info nobody": "user_not_found",
    "users.lookupByEmail nobody": "users_not_found",
    "conversations.info nowhere": "channel_not_found",
    "chat.postMessage outside": "not_in_channel",
    "conversations.open nobody": "user_not_found",
    "conversations.open without": "users_list_not_supplied",
    "chat.postMessage nowhere": "channel_not_found",
    "chat.postMessage empty": "no_text",
    "chat.update nothing": "message_not_found",
    "chat.delete again": "message_not_found",
    "chat.postEphemeral outside": "user_not_in_channel",
    "chat.getPermalink nothing": "message_not_found",
    "conversations.history nowhere": "channel_not_found",
    "conversations.replies nothing": "thread_not_found",
    "reactions.add again": "already_reacted",
    "reactions.add nothing": "message_not_found",
    "reactions.remove again": "no_reaction",
    "pins.add again": "already_pinned",
    "views.open untriggered": "invalid_trigger_id",
    "views.open again": "exchanged_trigger_id",
    "views.update stale": "hash_conflict",
    "views.update nothing": "not_found",
    "files.info nothing": "file_not_found",
    "files.completeUploadExternal nothing": "file_not_found",
    "unknown method": "unknown_method",
    "wrong token": "invalid_auth",
    "no token": "not_authed",
    "invalid blocks": "invalid_blocks",
}


@pytest.fixture(scope="session")
def node() -> Node:
    """Runs a script of tests/node, where that can be."""
    needs_node()
    return running


@pytest.fixture(scope="module")
def called(node) -> Iterator[tuple[Place, dict[str, dict[str, Any]]]]:
    """(a workspace in which the official client has made its calls, what it told of each)."""
    with place() as made, node("web.mjs", **made.given(WORLD=json.dumps(WORLD))) as script:
        for time in range(2):
            script.wait_many(time + 1, wants="trigger")
            script.tell(made.on_loop(lambda: made.workspace.screens.trigger(CHAIR)))
        yield made, {line["step"]: line for line in script.end() if "step" in line}


@pytest.fixture(scope="module")
def answers(called) -> dict[str, Answer]:
    return {step: line["answer"] for step, line in called[1].items() if "answer" in line}


def test_calls_are_answered_or_refused_by_slacks_names(answers):
    assert {step: outcome(answer) for step, answer in answers.items()} == {step: REFUSED.get(step, "ok") for step in answers}
    assert set(REFUSED) <= set(answers)
    assert "[json-pointer:/blocks/1/text/text]" in answers["invalid blocks"]["errors"][0]


def test_what_the_client_did_stands_in_the_workspace(called, answers):
    made, workspace = called[0], called[0].workspace
    head = answers["chat.postMessage"]["ts"]
    said = {each["text"][:20]: each for each in made.messages(OPEN)}
    assert list(said) == [f"<@{BOT}> has joined the"[:20], "Head, mended", "Wards", "x" * 20]
    assert (said["Head, mended"]["pinned_to"], said["Head, mended"]["reactions"]) == ([OPEN], [])
    thread = made.on_loop(lambda: workspace.state.replies(OPEN, head, BOT))
    replies = [(each["text"], [file["title"] for file in each.get("files", [])]) for each in thread[1:]]
    assert replies == [("Reply", []), ("The wards", ["Wards"])]
    assert [each["text"] for each in made.messages(OPEN, CHAIR) if each not in made.messages(OPEN)] == ["For you alone"]
    assert made.messages(f"D{CHAIR}")[0]["text"] == "To you"
    assert [view["title"]["text"] for view in made.on_loop(lambda: workspace.screens.stack(CHAIR))] == ["Changed", "Above"]
    assert workspace.state.get("home", CHAIR)["blocks"][0]["text"]["text"] == "At home"


def test_long_lists_come_page_by_page(called):
    steps = called[1]
    assert steps["users.list paged"]["pages"] == [1, 1, 1]
    told = [text[:12] for page in steps["conversations.history paged"]["pages"] for text in page]
    assert [len(page) for page in steps["conversations.history paged"]["pages"]] == [2, 2]
    assert told == ["x" * 12, "Wards", "Head, mended", f"<@{BOT}> has joined"[:12]]


def test_a_file_is_read_back_as_it_was_sent_and_says_where_it_stands(called, answers):
    made, steps = called
    assert steps["file read back"]["same"]
    file = answers["files.info"]["file"]
    assert (file["name"], file["channels"], file["user"]) == ("wards.csv", [OPEN], BOT)
    [share] = file["shares"]["public"][OPEN]
    assert (made.workspace.state.message(OPEN, share["ts"])["text"], share["channel_name"]) == ("The wards", "open")
    sent = answers["filesUploadV2 bytes"]["files"][0]["files"][0]
    assert made.workspace.state.content(sent["id"]) == bytes((at * 7) % 256 for at in range(600_000))


def test_answers_have_the_shape_of_another_slacks_but_for_known_differences(node, called, answers):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    scopes = ",".join(sorted(called[0].workspace.scopes))
    with node("emulated.mjs", PORT=str(port), SCOPES=scopes) as script:
        theirs = {line["step"]: line["answer"] for line in script.end() if "answer" in line}
    assert set(theirs) == set(answers)
    found = set[str]().union(*(differences(step, theirs[step], answers[step]) for step in answers))
    beyond = {each for each in found if " ours " in each}
    assert unknown(found - beyond) == (set(), set())
    assert {each for each in beyond if not official(each, TYPES)} == set()


def test_a_client_that_posts_too_fast_waits_as_long_as_it_is_told_and_loses_nothing(node):
    with place(limited=True) as made, node("hurrying.mjs", **made.given(CHANNEL=JAG, MESSAGES="7")) as script:
        told = script.end()
        assert [each["text"] for each in made.messages(JAG)] == [f"Message {at}" for at in range(1, 8)]
    assert {line["limited"] for line in told if "limited" in line} == {1}
    assert 1 <= next(line["seconds"] for line in told if "seconds" in line) < 10
    assert told[-1] == {"code": "slack_webapi_rate_limited_error", "retryAfter": 1}


# Socket Mode


@pytest.fixture
def app(node) -> Iterator[tuple[Place, Script]]:
    """A workspace, and an app of the official clients that is connected to it."""
    with place() as made, node("app.mjs", **made.given()) as script:
        script.wait(saw="started")
        yield made, script


def test_a_command_is_acknowledged_with_its_answer_and_a_press_replaces_it(app):
    made, script = app
    assert script.wait(saw="hello")["connections"] == 1
    made.do(acting.command(made.workspace, CHAIR, JAG, "/jag", f"wards <@{LEAD}>"))
    assert script.wait(saw="command") | {"saw": ""} == {
        "saw": "", "command": "/jag", "text": f"wards <@{LEAD}|lead>", "user": CHAIR, "channel": JAG,
    }  # fmt: skip
    [said] = made.messages(JAG)
    assert (said["text"], said["user"]) == ("Wards", BOT)
    made.do(pressing.act(made.workspace, CHAIR, {"channel": JAG, "ts": said["ts"]}, "next", "more", "Tring & Wigginton"))
    pressed = script.wait(saw="pressed")
    assert (pressed["action"], pressed["block"], pressed["text"], pressed["user"]) == ("more", "next", "Wards", CHAIR)
    assert pressed["value"] == "Tring &amp; Wigginton"
    assert script.wait(saw="answered")["status"] == 200
    assert [each["text"] for each in made.messages(JAG)] == ["Tring"]


def test_a_form_opened_by_a_command_shows_what_is_wrong_and_then_is_kept(app):
    made, script = app
    made.do(acting.command(made.workspace, CHAIR, JAG, "/jag", "form"))
    view = script.wait(saw="opened")["view"]
    assert [each["id"] for each in made.on_loop(lambda: made.workspace.screens.stack(CHAIR))] == [view]
    wrong = made.do(filling.submit(made.workspace, CHAIR, view, {"what": {"text": "wrong"}}))
    assert wrong == {"errors": {"what": "Write what is to be done."}}
    assert made.do(filling.submit(made.workspace, CHAIR, view, {"what": {"text": "Mend the gates"}})) == {}
    script.wait(saw="kept")
    assert [(line["typed"], line["callback"]) for line in script.lines if line["saw"] == "submitted"] == [
        ("wrong", "add"),
        ("Mend the gates", "add"),
    ]
    assert made.on_loop(lambda: made.workspace.screens.stack(CHAIR)) == []
    assert [each["text"] for each in made.messages(f"D{CHAIR}")] == ["Kept: Mend the gates"]


def test_events_arrive_and_come_again_until_they_are_acknowledged(app):
    made, script = app
    ts = made.do(acting.say(made.workspace, CHAIR, JAG, f"<@{BOT}> wards"))["ts"]
    assert script.wait(saw="mention")["text"] == f"<@{BOT}> wards"
    assert made.wait(lambda: [each["text"] for each in made.workspace.state.replies(JAG, ts, BOT)][1:]) == ["Here"]
    made.workspace.patience = 0.3
    made.do(acting.say(made.workspace, CHAIR, made.on_loop(lambda: direct(made.workspace, CHAIR))["id"], "hello"))
    again = script.wait(saw="message", kind="im", again=1)
    first = script.wait(saw="message", kind="im", again=0)
    assert (first["kind"], first["text"], first["id"]) == ("im", "hello", again["id"])
    made.workspace.patience = PATIENCE
    made.do(acting.home(made.workspace, CHAIR))
    assert script.wait(saw="home")["tab"] == "home"
    assert made.do(acting.home(made.workspace, CHAIR))["view"]["blocks"][0]["text"]["text"] == "At home"


def test_a_command_that_the_app_does_not_acknowledge_fails_in_time(app):
    made, _ = app
    made.workspace.patience = 0.3
    with pytest.raises(SlackError, match="operation_timeout"):
        made.do(acting.command(made.workspace, CHAIR, JAG, "/jag", "silent"))


def test_the_app_comes_back_when_it_is_asked_to_reconnect_and_when_it_is_cut_off(app):
    made, script = app
    made.do(made.workspace.sockets.refresh())
    assert script.wait(saw="disconnect")["reason"] == "warning"
    script.wait_many(2, saw="hello")
    made.do(acting.command(made.workspace, CHAIR, JAG, "/jag", "one"))
    made.do(made.workspace.sockets.drop())
    script.wait_many(3, saw="hello")
    made.do(acting.command(made.workspace, CHAIR, JAG, "/jag", "two"))
    script.wait(saw="command", text="two")
    assert [each["text"] for each in made.messages(JAG)] == ["Wards", "Wards"]
    assert script.end()[-1] == {"saw": "stopped"}
    assert made.wait(lambda: not made.workspace.sockets.open)
