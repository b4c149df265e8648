"""What people can do in the workspace, what the app is sent of it, and what they see when the app fails them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from small_app import BLOCKS, BUTTON, CHAIR, CSAG, DENS, GONE, JAG, OPEN, OPTIONS, OWNER, QUIET, TOWN, Place, form, placed, until

from bot.workspace import acting, entering, filling, pressing
from bot.workspace.core import BOT
from bot.workspace.errors import SlackError
from bot.workspace.words import WORDS, words


@pytest.fixture
def place() -> Iterator[Place]:
    with placed(events=("message.channels", "message.groups", "reaction_added", "member_joined_channel")) as made:
        yield made


# Who may do what

MAY = {
    "command": (lambda w, who: acting.command(w, who, JAG, "/hotspots"), {CHAIR, TOWN}, "no_commands"),
    "shortcut": (lambda w, who: acting.shortcut(w, who, "anywhere"), {CHAIR, TOWN}, "no_shortcuts"),
    "write": (lambda w, who: acting.say(w, who, JAG, "hello"), {CHAIR, TOWN, QUIET, DENS}, ""),
    "home": (lambda w, who: acting.home(w, who), {CHAIR, TOWN, QUIET}, "no_home"),
    "write to the app": (lambda w, who: acting.say(w, who, BOT, "hello"), {CHAIR, TOWN, QUIET}, "no_home"),
    "look into a public channel": (lambda w, who: entering.join(w, who, OPEN), {CHAIR}, "channel_not_found"),
    "look into a private channel": (lambda w, who: acting.say(w, who, CSAG, "hello"), {CHAIR}, "channel_not_found"),
}


@pytest.mark.parametrize("who", [CHAIR, TOWN, QUIET, DENS, GONE])
@pytest.mark.parametrize("what", MAY)
def test_each_kind_of_person_does_what_it_may_and_nothing_else(place, what, who):
    does, may, refusal = MAY[what]
    place.app()
    if who in may:
        place.do(does(place.workspace, who))
    else:
        assert place.refused(does(place.workspace, who)) == ("user_is_deactivated" if who == GONE else refusal)


@pytest.mark.parametrize("who", [CHAIR, TOWN, QUIET, DENS])
def test_everybody_who_sees_a_button_can_press_it(place, who):
    app, ts = place.app(), place.post()
    place.do(pressing.act(place.workspace, who, {"channel": JAG, "ts": ts}, "b", "go"))
    assert app.next("block_actions")["user"]["id"] == who
    assert place.refused(pressing.act(place.workspace, GONE, {"channel": JAG, "ts": ts}, "b", "go")) == "user_is_deactivated"


# Commands


def test_a_command_arrives_as_slack_writes_it(place):
    app = place.app()
    place.do(acting.command(place.workspace, CHAIR, JAG, "/hotspots", f"<b> & <@{OWNER}> https://x.org/?a=1&b, @channel"))
    sent = app.next("slash_commands")
    assert sent["text"] == f"&lt;b&gt; &amp; <@{OWNER}|owner> <https://x.org/?a=1&amp;b>, <!channel>"
    assert (sent["command"], sent["channel_name"], sent["user_id"]) == ("/hotspots", "jag", CHAIR)
    place.do(acting.command(place.workspace, CHAIR, CSAG, "/hotspots"))
    assert until(lambda: app.got("slash_commands")[1:])[0]["channel_name"] == "privategroup"


def test_what_a_command_is_acknowledged_with_is_shown_to_who_typed_it(place):
    place.app(slash_commands={"text": "Only you"})
    place.do(acting.command(place.workspace, CHAIR, JAG, "/hotspots"))
    assert place.workspace.state.history(JAG, CHAIR)[0]["text"] == "Only you"
    assert not place.workspace.state.history(JAG, TOWN)
    ts = place.workspace.state.history(JAG, CHAIR)[0]["ts"]
    assert place.refused(acting.dismiss(place.workspace, TOWN, JAG, ts)) == "message_not_found"
    place.do(acting.dismiss(place.workspace, CHAIR, JAG, ts))
    assert not place.workspace.state.history(JAG, CHAIR)


def test_what_is_no_command_or_stands_in_a_thread_is_refused_in_slack_s_words(place):
    place.app()
    assert place.refused(acting.command(place.workspace, CHAIR, JAG, "/nonsense")) == "unknown_command"
    assert place.refused(acting.command(place.workspace, CHAIR, JAG, "/hotspots", thread="1.1")) == "not_supported_in_threads"
    assert words(SlackError("unknown_command", command="/nonsense")) == "/nonsense is not a valid command."


def test_the_app_is_invited_by_a_command_of_slack_s_own(place):
    app = place.app()
    place.do(acting.command(place.workspace, CHAIR, OPEN, "/invite", "@jagbot"))
    assert place.workspace.state.is_member(OPEN, BOT)
    assert app.next("member_joined_channel")["event"]["user"] == BOT
    assert place.refused(acting.command(place.workspace, CHAIR, OPEN, "/invite", f"<@{BOT}>")) == "already_in_channel"
    assert place.refused(acting.command(place.workspace, CHAIR, OPEN, "/invite", "nobody")) == "whom_to_invite"
    assert place.refused(entering.invite(place.workspace, TOWN, OPEN, OWNER)) == "channel_not_found"


@pytest.mark.parametrize(("there", "code"), [(True, "operation_timeout"), (False, "did_not_respond")])
def test_an_app_that_is_late_or_gone_is_said_to_be(place, there, code):
    told = []
    place.workspace.listeners.append(lambda news: told.append((news.body["text"], news.to)) if news.kind == "late" else None)
    if there:
        place.app(slash_commands=None)
        place.workspace.patience = 0.3
    assert place.refused(acting.command(place.workspace, CHAIR, JAG, "/hotspots")) == code
    assert told == [(WORDS[code].format(what="/hotspots"), frozenset({CHAIR}))]


# Pressing


def test_a_press_says_what_was_pressed_and_where(place):
    app, ts = place.app(), place.post()
    place.do(pressing.act(place.workspace, CHAIR, {"channel": JAG, "ts": ts}, "b", "go"))
    sent = app.next("block_actions")
    [action] = sent["actions"]
    assert (action["value"], action["block_id"], action["action_id"], action["type"]) == ("a &amp; b", "b", "go", "button")
    assert (sent["message"]["ts"], sent["channel"]["id"], sent["container"]["is_ephemeral"]) == (ts, JAG, False)
    place.do(pressing.act(place.workspace, CHAIR, {"channel": JAG, "ts": ts}, "b", "colour", "red"))
    assert until(lambda: app.got("block_actions")[1:])[0]["actions"][0]["selected_option"]["value"] == "red"


@pytest.mark.parametrize(
    ("ids", "value", "code"),
    [
        (("b", "stop"), None, "no_such_element"),
        (("c", "go"), None, "no_such_element"),
        (("b", "colour"), "blue", "no_such_option"),
        (("b", "colour"), {"type": "static_select", "selected_option": OPTIONS[0]}, "no_such_option"),
    ],
)
def test_only_what_is_there_can_be_pressed_and_only_what_is_offered_chosen(place, ids, value, code):
    app, ts = place.app(), place.post()
    assert place.refused(pressing.act(place.workspace, CHAIR, {"channel": JAG, "ts": ts}, *ids, value)) == code
    assert not app.got("block_actions")


def test_what_only_somebody_else_sees_cannot_be_pressed(place):
    place.app()
    ts = place.client.chat_postEphemeral(channel=JAG, user=CHAIR, text="x", blocks=BLOCKS)["message_ts"]
    assert place.refused(pressing.act(place.workspace, TOWN, {"channel": JAG, "ts": ts}, "b", "go")) == "message_not_found"
    secret = place.post(CSAG)
    assert place.refused(pressing.act(place.workspace, TOWN, {"channel": CSAG, "ts": secret}, "b", "go")) == "channel_not_found"
    place.do(pressing.act(place.workspace, CHAIR, {"channel": JAG, "ts": ts}, "b", "go"))


def test_a_response_url_of_a_press_changes_what_was_pressed_on(place):
    from slack_sdk.webhook import WebhookClient

    app, ts = place.app(), place.post()
    place.do(pressing.act(place.workspace, CHAIR, {"channel": JAG, "ts": ts}, "b", "go"))
    answered = WebhookClient(app.next("block_actions")["response_url"]).send(text="Done", replace_original=True)
    assert (answered.status_code, answered.body) == (200, "ok")
    assert [each["text"] for each in place.workspace.state.history(JAG, TOWN)] == ["Done"]


# Forms


def opened(place: Place, who: str = CHAIR, **more: object) -> str:
    place.client.views_open(trigger_id=place.workspace.screens.trigger(who), view=form(**more))
    return str(place.workspace.screens.stack(who)[-1]["id"])


@pytest.mark.parametrize("typed", ["", "much too long for it"])
def test_slack_itself_asks_for_what_is_missing_or_too_long(place, typed):
    app, view = place.app(), opened(place)
    assert list(place.do(filling.submit(place.workspace, CHAIR, view, {"what": {"value": typed}}))["errors"]) == ["what"]
    assert not app.got("view_submission")


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ({}, 0),
        ({"response_action": "clear"}, 0),
        ({"response_action": "errors", "errors": {"what": "No"}}, 1),
        ({"response_action": "update", "view": form(callback_id="next")}, 1),
        ({"response_action": "push", "view": form(callback_id="next")}, 2),
    ],
)
def test_what_becomes_of_a_form_is_as_the_app_says(place, answer, left):
    app, view = place.app(view_submission=answer), opened(place)
    done = place.do(filling.submit(place.workspace, CHAIR, view, {"what": {"value": "Gates"}, "b": {"colour": "red"}}))
    assert done == ({"errors": answer["errors"]} if "errors" in answer else {})
    values = app.next("view_submission")["view"]["state"]["values"]
    assert (values["what"]["value"]["value"], values["b"]["colour"]["selected_option"]["value"]) == ("Gates", "red")
    stack = place.workspace.screens.stack(CHAIR)
    assert len(stack) == left
    if "view" in answer:
        assert stack[-1]["callback_id"] == "next"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"response_action": "jump"},
        {"response_action": "errors", "errors": {"elsewhere": "No"}},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
    ],
)
def test_a_form_that_the_app_fails_to_take_stays_as_it_was_filled_in(place, answer):
    place.app(view_submission=answer)
    view = opened(place)
    if answer is None:
        place.workspace.patience = 0.3
    assert place.refused(filling.submit(place.workspace, CHAIR, view, {"what": {"value": "Gates"}})) == "trouble_connecting"
    [kept] = place.workspace.screens.stack(CHAIR)
    assert kept["state"]["values"]["what"]["value"]["value"] == "Gates"


def test_a_form_is_its_own_person_s_and_gone_once_it_is_closed(place):
    app, view = place.app(), opened(place, notify_on_close=True)
    assert place.refused(filling.submit(place.workspace, TOWN, view, {"what": {"value": "x"}})) == "view_not_found"
    place.do(pressing.act(place.workspace, CHAIR, {"view": view}, "b", "go", BUTTON["value"], {"what": {"value": "Half"}}))
    assert app.next("block_actions")["view"]["state"]["values"]["what"]["value"]["value"] == "Half"
    place.do(filling.close(place.workspace, CHAIR, view))
    assert app.next("view_closed")["view"]["id"] == view
    assert place.refused(filling.submit(place.workspace, CHAIR, view, {"what": {"value": "x"}})) == "view_not_found"


# Events


def test_the_app_hears_what_is_said_where_it_is_and_nothing_else(place):
    app = place.app()
    for channel, text in ((OPEN, "aside"), (CSAG, "secret"), (JAG, f"<@{BOT}> hello"), (BOT, "hi"), (OWNER, "psst")):
        place.do(acting.say(place.workspace, CHAIR, channel, text))
    app.next("app_mention")
    until(lambda: len(app.got("message")) == 3)
    assert [(each["event"]["channel_type"], each["event"]["text"]) for each in app.got("message")] == [
        ("group", "secret"),
        ("channel", f"<@{BOT}> hello"),
        ("im", "hi"),
    ]
    assert app.got("message")[0]["authorizations"][0]["user_id"] == BOT


def test_a_file_a_change_and_a_reaction_are_events_too(place):
    app = place.app()
    file = place.do(acting.upload(place.workspace, CHAIR, "a.csv", BytesIO(b"a,b"), 3))
    assert place.refused(acting.say(place.workspace, TOWN, JAG, "mine", files=[file["id"]])) == "file_not_found"
    place.do(acting.say(place.workspace, CHAIR, BOT, "", files=[file["id"]]))
    shared = app.next("message")["event"]
    assert (shared["subtype"], [each["name"] for each in shared["files"]]) == ("file_share", ["a.csv"])
    ts = place.post()
    place.client.chat_update(channel=JAG, ts=ts, text="Changed")
    changed = until(lambda: [e["event"] for e in app.got("message") if e["event"].get("subtype") == "message_changed"])[0]
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("Changed", "Press")
    place.do(acting.react(place.workspace, CHAIR, JAG, ts, "tada"))
    assert app.next("reaction_added")["event"]["item"]["ts"] == ts
    place.do(acting.react(place.workspace, CHAIR, JAG, ts, "tada"))
    assert not place.workspace.state.message(JAG, ts)["reactions"]


# The page


class Page:
    """The page's connection, without the page."""

    def __init__(self, place: Place) -> None:
        address = f"{place.served.page.replace('http', 'ws', 1)}live"
        self.link, self.news = place.link(address, origin=place.served.address), []

    def ask(self, do: str, **more: object) -> dict:
        self.link.send(json.dumps({"n": 7, "do": do, **more}))
        while (said := self.hear()).get("n") != 7:
            self.news.append(said)
        return said

    def hear(self) -> dict:
        return json.loads(self.link.recv(timeout=60))

    def until(self, kind: str) -> dict:
        while (said := self.hear()).get("news") != kind:
            self.news.append(said)
        return said


def test_the_page_is_told_what_the_person_it_acts_as_may_know(place):
    chair, town = Page(place), Page(place)
    became = chair.ask("become", user=None)
    assert became["me"]["can_act"]
    assert {each["name"] for each in chair.ask("become", user=CHAIR)["channels"] if each["name"]} == {"jag", "csag", "open"}
    seen = town.ask("become", user=TOWN)
    assert {each["name"] for each in seen["channels"] if each["name"]} == {"jag"}
    assert [each["kind"] for each in seen["channels"] if not each["name"]] == ["app"]
    place.client.chat_postMessage(channel=CSAG, text="secret")
    place.client.chat_postEphemeral(channel=JAG, user=CHAIR, text="for the chair")
    place.client.chat_postMessage(channel=JAG, text="for all")
    assert town.until("message")["message"]["text"] == "for all"
    assert [chair.until("message")["message"]["text"] for _ in range(3)] == ["secret", "for the chair", "for all"]
    assert chair.until("channel")["channel"]["unread"] == 1
    assert [each["text"] for each in chair.ask("open", channel=JAG)["messages"]] == ["for the chair", "for all"]
    assert not town.ask("open", channel=CSAG)["ok"]


def test_the_page_is_answered_in_words_whatever_it_sends(place):
    page = Page(place)
    assert not page.ask("say", channel=JAG, text="before anybody is chosen")["ok"]
    assert "deactivated" in page.ask("become", user=GONE)["error"]
    page.ask("become", user=CHAIR)
    for text in ("{", "[]", "7", '{"n": 1}', '{"n": 1, "do": "open"}', '{"n": 1, "do": "act", "in": 5, "block_id": 1, "action_id": []}'):
        page.link.send(text)
        assert page.hear()["ok"] is False
    assert page.ask("command", channel=JAG, command="/foo", text="")["error"] == "/foo is not a valid command."
    assert page.ask("open", channel=JAG)["ok"]


def test_modals_home_and_a_late_app_reach_the_page(place):
    page = Page(place)
    page.ask("become", user=CHAIR)
    opened(place)
    assert [view["title"]["text"] for view in page.until("views")["views"]] == ["Add"]
    place.client.views_publish(user_id=CHAIR, view={"type": "home", "blocks": BLOCKS})
    assert page.until("home")["view"]["type"] == "home"
    said = page.ask("command", channel=JAG, command="/hotspots", text="asb")
    assert said["error"] == "/hotspots failed because the app did not respond"
    assert [each["text"] for each in page.news if each["news"] == "late"] == [said["error"]]
    assert page.ask("home")["view"]["blocks"]
    assert page.ask("become", user=CHAIR)["views"], "it is still open after a reload"


def test_every_refusal_has_words():
    for code in WORDS:
        said = words(SlackError(code, command="/x", what="/x"))
        assert re.fullmatch(r"[^{}_]+", said.replace("operation_timeout", "").replace("dispatch_failed", "")), said
