"""The workspace's Web API: what it answers and what it refuses, by Slack's names; called as the server calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.manifest import manifest
from bot.workspace import filing, methods
from bot.workspace.api.responses import answer
from bot.workspace.core import BOT, BOT_ID, TEAM, News, Workspace
from bot.workspace.errors import SlackError
from bot.workspace.state import State

Said = dict[str, Any]
CHAIR, GUEST, GONE, PARTNER = "UCHAIR", "UGUEST", "UGONE", "UPARTNER"
JAG, OPEN, CSAG, RAOG, OLD = "CJAG", "COPEN", "CCSAG", "CRAOG", "COLD"  # the bot is in #jag, #raog (private) and #old (archived)
MORE = {"channels:history", "groups:history", "im:read", "pins:write", "pins:read", "reactions:write", "team:read"}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Wards*"}}
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "More"}, "value": "/jag", "action_id": "a"}
FIELD = {"type": "input", "block_id": "what", "label": {"type": "plain_text", "text": "What"}}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Add"}, "submit": {"type": "plain_text", "text": "Save"}}


class Clock:
    """Seconds that are moved on by hand."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


class Place:
    """A workspace, and calls of its Web API."""

    def __init__(self, scopes: set[str] | None = None) -> None:
        made = manifest()
        made["oauth_config"]["scopes"]["bot"] += sorted(MORE) if scopes is None else []
        made["oauth_config"]["scopes"]["bot"] = [s for s in made["oauth_config"]["scopes"]["bot"] if scopes is None or s in scopes]
        self.clock = Clock()
        now = datetime(2013, 9, 2, 9, tzinfo=UTC)
        self.workspace = Workspace(State(), made, lambda: now + timedelta(seconds=self.clock() - 1_000_000), self.clock, limited=False)
        self.workspace.address = "http://127.0.0.1:1"
        self.news: list[News] = []
        self.workspace.listeners.append(self.news.append)
        people = (("member", CHAIR), ("guest", GUEST), ("deactivated", GONE), ("partner", PARTNER))
        for kind, key in people:
            body = {"id": key, "name": key[1:].lower(), "real_name": f"The {kind}", "email": f"{kind}@example.org", "kind": kind}
            self.workspace.state.put("person", key, {**body, "deleted": kind == "deactivated", "is_bot": False})
        for key, kind, members in (
            (JAG, "channel", (BOT, CHAIR, GUEST)),
            (OPEN, "channel", (CHAIR,)),
            (CSAG, "private", (CHAIR,)),
            (RAOG, "private", (BOT, CHAIR)),
            (OLD, "channel", (BOT,)),
        ):
            self.workspace.state.put("channel", key, {"id": key, "name": key[1:].lower(), "kind": kind, "is_archived": key == OLD})
            for person in members:
                self.workspace.state.join(key, person)

    def call(self, method: str, /, **said: Any) -> Said:
        """The bot calls a method."""
        return methods.call(self.workspace, method, self.workspace.bot_token, said)

    def post(self, text: str = "Good morning", **said: Any) -> str:
        """The ts of a message that the bot posts."""
        return str(self.call("chat.postMessage", **{"channel": JAG, "text": text, **said})["ts"])

    def theirs(self, text: str = "Hello", **more: Any) -> str:
        """The ts of a message that the chair posts."""
        return str(self.workspace.post(JAG, {"user": CHAIR, "text": text, **more})["ts"])

    def history(self, **said: Any) -> list[str]:
        return [message["text"] for message in self.call("conversations.history", channel=JAG, **said)["messages"]]

    def open(self, view: Said | None = None, how: str = "views.open", user: str = CHAIR) -> Said:
        return self.call(how, trigger_id=self.workspace.screens.trigger(user), view=view or form())

    def upload(self, name: str = "plan.csv", data: bytes = b"a,b", **said: Any) -> Said:
        """The three steps of sending a file."""
        begun = self.call("files.getUploadURLExternal", filename=name, length=len(data))
        filing.receive(self.workspace, begun["file_id"], data)
        return self.call("files.completeUploadExternal", files=[{"id": begun["file_id"], "title": "The plan"}], **said)

    def told(self, kind: str) -> list[News]:
        return [each for each in self.news if each.kind == kind]


def form(action: str = "value", **more: Any) -> Said:
    return {**MODAL, "blocks": [{**FIELD, "element": {"type": "plain_text_input", "action_id": action}}], **more}


@pytest.fixture
def place() -> Place:
    return Place()


# Who may call


@pytest.mark.parametrize(
    ("method", "token", "error"),
    [
        ("chat.postMessage", "", "not_authed"),
        ("chat.postMessage", "xoxb-another", "invalid_auth"),
        ("chat.postMessage", "app", "not_allowed_token_type"),
        ("apps.connections.open", "bot", "not_allowed_token_type"),
        ("chat.shout", "bot", "unknown_method"),
    ],
)
def test_a_call_without_the_right_to_it_is_refused(place, method, token, error):
    tokens = {"app": place.workspace.app_token, "bot": place.workspace.bot_token}
    assert methods.call(place.workspace, method, tokens.get(token, token), {})["error"] == error


def test_without_its_scope_a_method_says_which_it_needs():
    refused = Place({"chat:write"}).call("users.info", user=CHAIR)
    assert (refused["error"], refused["needed"], refused["provided"]) == ("missing_scope", "users:read", "chat:write")


def test_the_app_is_told_who_it_is(place):
    said = place.call("auth.test")
    assert (said["ok"], said["user_id"], said["bot_id"], said["team_id"]) == (True, BOT, BOT_ID, TEAM)
    assert place.call("bots.info", bot=BOT_ID)["bot"]["user_id"] == BOT
    assert place.call("team.info")["team"]["id"] == TEAM
    assert methods.call(place.workspace, "api.test", None, {"a": "1"}) == {"ok": True, "args": {"a": "1"}}


def test_a_socket_has_a_ticket_of_its_own_each_time(place):
    def url() -> str:
        return str(methods.call(place.workspace, "apps.connections.open", place.workspace.app_token, {})["url"])

    urls = {url(), url()}
    assert urls == {f"ws://127.0.0.1:1/link/{ticket}" for ticket in place.workspace.tickets}
    assert len(urls) == 2


# Refusals, one a row


def too_long(place: Place) -> Said:
    return {"channel": JAG, "ts": place.post(), "text": "t" * 4001}


REFUSALS: list[tuple[str, Said | Callable[[Place], Said], str]] = [
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": JAG}, "no_text"),
    ("chat.postMessage", {"channel": JAG, "text": " "}, "no_text"),
    ("chat.postMessage", {"channel": JAG, "blocks": []}, "no_text"),
    ("chat.postMessage", {"channel": "CNONE", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "UNOBODY", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": CSAG, "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "csag", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": OPEN, "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": OLD, "text": "x"}, "is_archived"),
    ("chat.postMessage", {"channel": JAG, "blocks": "[{"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": JAG, "blocks": {"type": "divider"}}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": JAG, "blocks": [SECTION] * 51}, "invalid_blocks"),
    (
        "chat.postMessage",
        {"channel": JAG, "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "t" * 3000}}] * 5},
        "msg_blocks_too_long",
    ),
    ("chat.postMessage", {"channel": JAG, "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ("chat.postMessage", {"channel": JAG, "text": "x", "attachments": "x"}, "invalid_attachments"),
    ("chat.postMessage", {"channel": JAG, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
    ("chat.postMessage", {"channel": JAG, "text": "x", "metadata": "{"}, "invalid_metadata_format"),
    ("chat.postMessage", {"channel": JAG, "text": "x", "metadata": {"event_type": "e"}}, "invalid_metadata_schema"),
    (
        "chat.postMessage",
        {"channel": JAG, "text": "x", "metadata": {"event_type": "e", "event_payload": {"a": "x" * 16_000}}},
        "metadata_too_large",
    ),
    ("chat.postMessage", {"channel": JAG, "text": "x", "thread_ts": "0"}, "invalid_thread_ts"),
    ("chat.postEphemeral", {"channel": JAG, "user": PARTNER, "text": "x"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": OPEN, "user": CHAIR, "text": "x"}, "not_in_channel"),
    ("chat.postEphemeral", {"channel": JAG, "user": CHAIR}, "no_text"),
    ("chat.postEphemeral", {"channel": JAG, "user": CHAIR, "text": "x" * 40_001}, "msg_too_long"),
    ("chat.update", {"channel": JAG, "ts": "1.1", "text": "x"}, "message_not_found"),
    ("chat.update", {"channel": CHAIR, "ts": "1.1", "text": "x"}, "channel_not_found"),
    ("chat.update", lambda place: {"channel": JAG, "ts": place.theirs(), "text": "x"}, "cant_update_message"),
    ("chat.update", lambda place: {"channel": JAG, "ts": place.post()}, "no_text"),
    ("chat.update", too_long, "msg_too_long"),
    ("chat.delete", {"channel": JAG, "ts": "1.1"}, "message_not_found"),
    ("chat.delete", lambda place: {"channel": JAG, "ts": place.theirs()}, "cant_delete_message"),
    ("chat.getPermalink", {"channel": JAG, "message_ts": "1.1"}, "message_not_found"),
    ("conversations.info", {"channel": CSAG}, "channel_not_found"),
    ("conversations.members", {"channel": CSAG}, "channel_not_found"),
    ("conversations.list", {"types": "club"}, "invalid_types"),
    ("conversations.list", {"types": "mpim"}, "missing_scope"),
    ("conversations.list", {"cursor": "nonsense"}, "invalid_cursor"),
    ("conversations.list", {"limit": "many"}, "invalid_arguments"),
    ("conversations.history", {"channel": OPEN}, "not_in_channel"),
    ("conversations.history", {"channel": CSAG}, "channel_not_found"),
    ("conversations.history", {"channel": JAG, "oldest": "yesterday"}, "invalid_ts_oldest"),
    ("conversations.history", {"channel": JAG, "latest": "-1"}, "invalid_ts_latest"),
    ("conversations.replies", {"channel": JAG, "ts": "1.1"}, "thread_not_found"),
    ("conversations.join", {"channel": CSAG}, "channel_not_found"),
    ("conversations.join", {"channel": RAOG}, "method_not_supported_for_channel_type"),
    ("conversations.join", {"channel": OLD}, "is_archived"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": "UNOBODY"}, "user_not_found"),
    ("conversations.open", {"users": BOT}, "cannot_dm_bot"),
    ("conversations.open", {"users": f"{CHAIR},{GUEST}"}, "missing_scope"),
    ("conversations.open", {"users": CHAIR, "prevent_creation": True}, "channel_not_found"),
    ("conversations.open", {"channel": JAG}, "method_not_supported_for_channel_type"),
    ("users.info", {"user": "UNOBODY"}, "user_not_found"),
    ("users.info", {}, "user_not_found"),
    ("users.lookupByEmail", {"email": "nobody@example.org"}, "users_not_found"),
    ("users.lookupByEmail", {"email": "deactivated@example.org"}, "users_not_found"),
    ("users.lookupByEmail", {"email": "partner@example.org"}, "users_not_found"),
    ("users.conversations", {"user": "UNOBODY"}, "user_not_found"),
    ("views.open", {"trigger_id": "1.2.x", "view": form()}, "invalid_trigger_id"),
    ("views.open", {"view": form()}, "invalid_arguments"),
    ("views.open", {"trigger_id": "1.2.x", "view": "{"}, "invalid_arguments"),
    ("views.open", {"trigger_id": "1.2.x", "view": {"type": "home", "blocks": [SECTION]}}, "invalid_arguments"),
    ("views.open", {"trigger_id": "1.2.x", "view": form(private_metadata="m" * 3001)}, "invalid_arguments"),
    ("views.open", {"trigger_id": "1.2.x", "view": form(private_metadata="m" * 250_000)}, "view_too_large"),
    ("views.push", lambda place: {"trigger_id": place.workspace.screens.trigger(CHAIR), "view": form()}, "not_found"),
    ("views.update", {"view_id": "V0NONE", "view": form()}, "not_found"),
    ("views.update", {"view": form()}, "invalid_arguments"),
    ("views.publish", {"user_id": "UNOBODY", "view": {"type": "home", "blocks": [SECTION]}}, "invalid_arguments"),
    ("views.publish", {"user_id": CHAIR, "view": form()}, "invalid_arguments"),
    ("views.publish", {"user_id": CHAIR, "view": {"type": "home", "blocks": [SECTION]}, "hash": "1.old"}, "hash_conflict"),
    ("files.getUploadURLExternal", {"filename": "a.csv", "length": 0}, "missing_argument"),
    ("files.getUploadURLExternal", {"filename": "a.csv", "length": "-3"}, "invalid_arguments"),
    ("files.getUploadURLExternal", {"filename": "a.csv", "length": (50 << 20) + 1}, "file_upload_size_restricted"),
    ("files.completeUploadExternal", {"files": [{"id": "F0NONE"}], "channel_id": JAG}, "file_not_found"),
    ("files.completeUploadExternal", {"files": "[]"}, "invalid_arguments"),
    ("files.completeUploadExternal", {"files": [{"id": "F0", "initial_comment": "x"}]}, "invalid_arguments"),
    ("files.info", {"file": "F0NONE"}, "file_not_found"),
    ("reactions.add", {"channel": JAG, "timestamp": "1.1", "name": "eyes"}, "message_not_found"),
    ("reactions.add", {"channel": JAG, "name": "eyes"}, "no_item_specified"),
    ("reactions.add", lambda place: {"channel": JAG, "timestamp": place.theirs(), "name": "no such!"}, "invalid_name"),
    ("pins.add", {"channel": JAG, "timestamp": "1.1"}, "message_not_found"),
    ("pins.add", {"channel": OPEN, "timestamp": "1.1"}, "not_in_channel"),
    ("pins.remove", lambda place: {"channel": JAG, "timestamp": place.theirs()}, "no_pin"),
    ("bots.info", {"bot": "B0ANOTHER"}, "bot_not_found"),
    ("team.info", {"team": "T0ANOTHER"}, "team_not_found"),
]


@pytest.mark.parametrize(("method", "said", "error"), REFUSALS)
def test_a_call_is_refused_by_slacks_name(place, method, said, error):
    answered = place.call(method, **(said if isinstance(said, dict) else said(place)))
    assert (answered["ok"], answered.get("error")) == (False, error)


def test_what_is_refused_of_blocks_is_said_with_where_and_why(place):
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "t" * 3001}}
    refused = place.call("chat.postMessage", channel=JAG, blocks=json.dumps([SECTION, long]))
    why = "must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    assert refused["errors"] == [why]
    assert refused["response_metadata"] == {"messages": [f"[ERROR] {why}"]}
    assert place.history() == []


def test_what_is_refused_of_a_view_is_said_too(place):
    refused = place.open({**form(), "state": {}})
    assert "[ERROR] invalid additional property: state [json-pointer:/view]" in refused["response_metadata"]["messages"]


# Messages


def test_a_message_is_there_for_everybody_in_the_channel(place):
    said = place.call("chat.postMessage", channel="#jag", text="Hello", blocks=[SECTION], unfurl_links=False)
    assert said["channel"] == JAG
    assert said["message"]["user"] == BOT
    assert said["message"]["blocks"][0]["block_id"]
    assert place.told("message")[0].to == {BOT, CHAIR, GUEST}
    assert place.history() == ["Hello"]


def test_a_message_to_a_person_is_in_their_conversation_with_the_app_even_when_they_have_left(place):
    for user in (CHAIR, GONE):
        said = place.call("chat.postMessage", channel=user, text="For you")
        assert said["channel"] == place.call("conversations.open", users=user)["channel"]["id"]
        assert place.call("conversations.info", channel=said["channel"])["channel"]["user"] == user


def test_text_that_is_too_long_is_cut_and_the_answer_warns_of_it(place):
    said = place.call("chat.postMessage", channel=JAG, text="t" * 40_001)
    assert (said["warning"], len(said["message"]["text"])) == ("message_truncated", 40_000)


def test_an_update_leaves_blocks_that_are_not_given_and_an_empty_list_takes_them_away(place):
    ts = place.post(blocks=[SECTION])
    assert "blocks" in place.call("chat.update", channel=JAG, ts=ts, text="Newer")["message"]
    changed = place.call("chat.update", channel=JAG, ts=ts, text="Newest", blocks="[]")
    assert "blocks" not in changed["message"]
    assert changed["message"]["edited"]["user"] == BOT
    assert place.history() == ["Newest"]


def test_an_ephemeral_message_is_seen_by_one_and_is_in_no_history(place):
    ts = place.call("chat.postEphemeral", channel=JAG, user=GUEST, text="Only you")["message_ts"]
    assert [(each.to, each.body["message"]["ephemeral"]) for each in place.told("message")] == [({GUEST}, True)]
    assert place.history() == []
    assert place.call("chat.update", channel=JAG, ts=ts, text="x")["error"] == "message_not_found"
    assert place.call("chat.delete", channel=JAG, ts=ts)["error"] == "message_not_found"


def test_a_thread_knows_its_replies_until_they_are_taken_back(place):
    head = place.theirs("Who?")
    reply = place.post("Me", thread_ts=head)
    assert place.post("Me too", thread_ts=reply) > reply
    thread = place.call("conversations.replies", channel=JAG, ts=reply)["messages"]
    assert [message["text"] for message in thread] == ["Who?", "Me", "Me too"]
    assert (thread[0]["reply_count"], thread[0]["reply_users"], thread[2]["thread_ts"]) == (2, [BOT], head)
    assert place.history() == ["Who?"]
    for message in thread[1:]:
        assert place.call("chat.delete", channel=JAG, ts=message["ts"])["ok"]
    assert "reply_count" not in place.call("conversations.replies", channel=JAG, ts=head)["messages"][0]


def test_a_reply_to_what_is_gone_stands_in_the_channel(place):
    said = place.call("chat.postMessage", channel=JAG, text="Late", thread_ts="1378112400.000001")
    assert "thread_ts" not in said["message"]
    assert place.history() == ["Late"]


def test_metadata_comes_back_where_it_is_asked_for(place):
    metadata = {"event_type": "minutes", "event_payload": {"action": 4}}
    place.post(metadata=json.dumps(metadata))
    plain, whole = (place.call("conversations.history", channel=JAG, include_all_metadata=asked) for asked in (False, True))
    assert "metadata" not in plain["messages"][0]
    assert whole["messages"][0]["metadata"] == metadata


def test_history_is_read_page_by_page_and_between_two_moments(place):
    stamps = [place.post(f"M{n}") for n in range(5)]
    first = place.call("conversations.history", channel=JAG, limit=2)
    assert ([m["text"] for m in first["messages"]], first["has_more"]) == (["M4", "M3"], True)
    assert place.history(limit=9, cursor=first["response_metadata"]["next_cursor"]) == ["M2", "M1", "M0"]
    assert place.history(oldest=stamps[1], latest=stamps[3]) == ["M2"]
    assert place.history(oldest=stamps[1], latest=stamps[3], inclusive="true") == ["M3", "M2", "M1"]
    assert place.history(oldest="0") == place.history()


def test_a_permalink_names_the_channel_and_the_moment(place):
    ts = place.post()
    link = place.call("chat.getPermalink", channel=JAG, message_ts=ts)["permalink"]
    assert link == f"http://127.0.0.1:1/archives/{JAG}/p{ts.replace('.', '')}"


def test_a_workspace_may_be_without_a_kind_of_block(place):
    place.workspace.without = {"divider"}
    assert place.call("chat.postMessage", channel=JAG, blocks=[{"type": "divider"}])["error"] == "invalid_blocks"


# Conversations and people


def test_the_app_sees_public_channels_and_the_private_ones_it_is_in(place):
    def names(types: str, **said: Any) -> list[str]:
        return [channel["name"] for channel in place.call("conversations.list", types=types, **said)["channels"]]

    assert names("public_channel") == ["jag", "old", "open"]
    assert names("public_channel,private_channel", exclude_archived=True) == ["jag", "open", "raog"]
    assert [c["name"] for c in place.call("users.conversations", types="private_channel")["channels"]] == ["raog"]
    assert [c["name"] for c in place.call("users.conversations", user=CHAIR)["channels"]] == ["jag", "open"]


def test_a_list_is_read_page_by_page(place):
    pages, cursor = [], ""
    while len(pages) < 9:
        said = place.call("users.list", limit=2, cursor=cursor)
        pages.append([member["id"] for member in said["members"]])
        cursor = said["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert pages == [[BOT, CHAIR], [GONE, GUEST], [PARTNER]]


def test_joining_is_told_and_done_once(place):
    assert place.call("conversations.join", channel=OPEN)["channel"]["is_member"]
    assert place.call("conversations.join", channel=OPEN)["warning"] == "already_in_channel"
    assert BOT in place.call("conversations.members", channel=OPEN)["members"]
    assert len(place.told("message")) == 1


@pytest.mark.parametrize(
    ("user", "told"),
    [
        (CHAIR, {"deleted": False, "is_restricted": False, "team_id": TEAM}),
        (GUEST, {"deleted": False, "is_restricted": True, "team_id": TEAM}),
        (PARTNER, {"deleted": False, "is_stranger": True, "team_id": "T0ELSE"}),
        (GONE, {"deleted": True, "team_id": TEAM}),
    ],
)
def test_who_somebody_is_to_the_workspace_is_told(place, user, told):
    person = place.call("users.info", user=user)["user"]
    assert {name: person[name] for name in told} == told


def test_an_email_address_is_told_only_where_the_app_may_have_it(place):
    found = place.call("users.lookupByEmail", email="MEMBER@example.org")["user"]
    assert (found["id"], found["profile"]["email"]) == (CHAIR, "member@example.org")
    assert "email" not in Place({"users:read"}).call("users.info", user=CHAIR)["user"]["profile"]


# Views


def test_a_modal_is_given_back_with_its_ids_and_what_it_holds(place):
    view = place.open(form(private_metadata="line"))["view"]
    assert view["state"] == {"values": {"what": {"value": {"type": "plain_text_input", "value": None}}}}
    assert (view["root_view_id"], view["previous_view_id"], view["private_metadata"]) == (view["id"], None, "line")
    assert [(each.to, [v["id"] for v in each.body["views"]]) for each in place.told("views")] == [({CHAIR}, [view["id"]])]


def test_what_is_typed_stays_where_the_ids_stay(place):
    view = place.open()["view"]
    place.workspace.screens.typed(view["id"], {"what": {"value": "Fit gates"}})
    same = place.call("views.update", view_id=view["id"], view=form())["view"]
    assert same["state"]["values"]["what"]["value"]["value"] == "Fit gates"
    other = place.call("views.update", view_id=view["id"], view=form("another"), hash=same["hash"])["view"]
    assert other["state"]["values"]["what"]["another"]["value"] is None
    assert place.call("views.update", view_id=view["id"], view=form(), hash=same["hash"])["error"] == "hash_conflict"


def test_three_modals_stand_on_each_other_and_no_fourth(place):
    views = [place.open()["view"], *(place.open(how="views.push")["view"] for _ in range(2))]
    assert place.open(how="views.push")["error"] == "push_limit_reached"
    assert [view["previous_view_id"] for view in views] == [None, views[0]["id"], views[1]["id"]]
    assert {view["root_view_id"] for view in views} == {views[0]["id"]}
    closed = place.workspace.screens.close(views[1]["id"])
    assert [view["id"] for view in closed] == [views[2]["id"], views[1]["id"]]
    assert place.call("views.update", view_id=views[2]["id"], view=form())["error"] == "not_found"


def test_an_external_id_finds_a_view_and_is_there_once(place):
    place.open(form(external_id="mine"))
    assert place.call("views.update", external_id="mine", view=form(external_id="mine"))["ok"]
    assert place.open(form(external_id="mine"), user=GUEST)["error"] == "duplicate_external_id"


def test_what_is_chosen_is_told_with_its_words(place):
    listed = [{"text": {"type": "plain_text", "text": word}, "value": word.lower()} for word in ("Red", "Green")]
    element = {"type": "static_select", "action_id": "colour", "options": listed, "initial_option": listed[1]}
    view = place.open({**MODAL, "blocks": [{**FIELD, "element": element}]})["view"]
    assert view["state"]["values"]["what"]["colour"]["selected_option"]["value"] == "green"
    held = place.workspace.screens.typed(view["id"], {"what": {"colour": "red"}})["state"]["values"]["what"]["colour"]
    assert held["selected_option"]["text"]["text"] == "Red"


def test_a_home_tab_is_kept_and_told(place):
    view = place.call("views.publish", user_id=CHAIR, view=json.dumps({"type": "home", "blocks": [SECTION]}))["view"]
    assert place.workspace.state.get("home", CHAIR) == view
    newer = {"type": "home", "blocks": [SECTION, {"type": "divider"}]}
    changed = place.call("views.publish", user_id=CHAIR, view=newer, hash=view["hash"])["view"]
    assert (changed["id"], len(changed["blocks"])) == (view["id"], 2)
    assert place.call("views.update", view_id=view["id"], view=newer)["ok"]
    assert [each.to for each in place.told("home")] == [{CHAIR}] * 3


# Files, marks


def test_a_file_is_sent_in_three_steps_and_shared_in_one_message(place):
    file = place.upload(channel_id=JAG, initial_comment="Here it is")["files"][0]
    [message] = place.call("conversations.history", channel=JAG)["messages"]
    assert (message["text"], message["files"][0]["id"]) == ("Here it is", file["id"])
    told = place.call("files.info", file=file["id"])["file"]
    assert (told["name"], told["title"], told["size"], told["channels"]) == ("plan.csv", "The plan", 3, [JAG])
    assert told["url_private"] == f"http://127.0.0.1:1/files/{file['id']}/plan.csv"
    assert place.workspace.state.content(file["id"]) == b"a,b"


@pytest.mark.parametrize(
    ("channel", "error"), [(CHAIR, "invalid_channel"), ("jag", "invalid_channel"), (CSAG, "channel_not_found"), (OPEN, "not_in_channel")]
)
def test_a_file_goes_only_where_the_app_is(place, channel, error):
    assert place.upload(channel_id=channel)["error"] == error


def test_a_file_is_whole_and_comes_once(place):
    key = place.call("files.getUploadURLExternal", filename="plan.csv", length="3")["file_id"]
    with pytest.raises(SlackError, match="invalid_upload_length"):
        filing.receive(place.workspace, key, b"a,b,c")
    assert place.call("files.completeUploadExternal", files=[{"id": key}])["error"] == "file_not_found"
    filing.receive(place.workspace, key, b"a,b")
    with pytest.raises(SlackError, match="file_not_found"):
        filing.receive(place.workspace, key, b"a,b")


def test_the_app_reads_a_persons_file_once_it_is_shared_where_it_is(place):
    kept = filing.receive(place.workspace, filing.begun(place.workspace, "photo.png", 3, CHAIR)["id"], b"png")
    assert place.call("files.info", file=kept["id"])["error"] == "file_not_found"
    filing.shared(place.workspace, kept, JAG)
    assert place.call("files.info", file=kept["id"])["file"]["mimetype"] == "image/png"


def test_a_picture_stands_in_a_block_only_a_while_after_its_upload(place):
    picture = {"type": "image", "alt_text": "A map", "slack_file": {"id": place.upload("map.png", b"png")["files"][0]["id"]}}
    assert place.call("chat.postMessage", channel=JAG, blocks=[picture])["error"] == "invalid_blocks"
    place.clock.seconds += 2
    assert place.call("chat.postMessage", channel=JAG, blocks=[picture])["ok"]


def test_a_reaction_and_a_pin_are_put_once_and_taken_off(place):
    ts = place.theirs()
    eyes = {"channel": JAG, "timestamp": ts, "name": "eyes"}
    assert [place.call("reactions.add", **eyes).get("error") for _ in range(2)] == [None, "already_reacted"]
    assert [place.call("pins.add", channel=JAG, timestamp=ts).get("error") for _ in range(2)] == [None, "already_pinned"]
    assert [item["message"]["ts"] for item in place.call("pins.list", channel=JAG)["items"]] == [ts]
    said = place.call("conversations.history", channel=JAG)
    assert (said["pin_count"], said["messages"][0]["reactions"]) == (1, [{"name": "eyes", "users": [BOT], "count": 1}])
    assert [place.call("reactions.remove", **eyes).get("error") for _ in range(2)] == [None, "no_reaction"]
    assert place.call("pins.remove", channel=JAG, timestamp=ts)["ok"]
    assert place.call("pins.list", channel=JAG)["items"] == []


# Response URLs


def test_a_response_url_answers_one_person_or_all_also_where_the_app_is_not(place):
    url = place.workspace.replies.give(CSAG, CHAIR)
    assert answer(place.workspace, url, {"text": "Only you"}) == {"ok": True}
    answer(place.workspace, url, {"text": "All", "response_type": "in_channel"})
    assert [(each.to, each.body["message"]["text"]) for each in place.told("message")] == [({CHAIR}, "Only you"), ({CHAIR}, "All")]
    assert [each["text"] for each in place.workspace.state.history(CSAG, BOT)] == ["All"]


def test_a_response_url_changes_and_deletes_what_was_pressed(place):
    ts = place.call("chat.postEphemeral", channel=JAG, user=GUEST, text="Press", blocks=[{"type": "actions", "elements": [BUTTON]}])
    url = place.workspace.replies.give(JAG, GUEST, ts["message_ts"], ephemeral=True)
    answer(place.workspace, url, {"text": "Pressed", "replace_original": True})
    changed = place.told("changed")[0]
    assert (changed.to, changed.body["message"]["text"], "blocks" in changed.body["message"]) == ({GUEST}, "Pressed", False)
    answer(place.workspace, url, {"delete_original": "true"})
    assert place.told("deleted")[0].body == {"channel": JAG, "ts": ts["message_ts"]}


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "no_text"),
        ({"blocks": [{"type": "marquee"}]}, "invalid_blocks"),
        ({"text": "x", "response_type": "loud"}, "invalid_response_type"),
    ],
)
def test_what_a_response_url_does_not_take_counts_as_a_use(place, said, error):
    url = place.workspace.replies.give(JAG, CHAIR)
    for _ in range(5):
        with pytest.raises(SlackError, match=error):
            answer(place.workspace, url, said)
    with pytest.raises(SlackError, match="used_url"):
        answer(place.workspace, url, {"text": "x"})
