"""The Slack app manifest: within Slack's limits, made of the commands, and asking for what the bot uses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.lines import SHORTCUTS
from bot.manifest import manifest
from commands import all_commands

METHODS = {  # what each method the bot calls needs
    "auth_test": set(),
    "users_list": {"users:read"},
    "users_info": {"users:read", "users:read.email"},
    "chat_postMessage": {"chat:write", "im:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_delete": {"chat:write"},
    "pins_add": {"pins:write"},
    "conversations_join": {"channels:join"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_list": {"channels:read", "groups:read"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "files_info": {"files:read"},
    "files_getUploadURLExternal": {"files:write"},
    "files_completeUploadExternal": {"files:write"},
    "views_open": set(),
    "views_update": set(),
    "views_publish": set(),
}
DOWNLOADS = {"files:read"}  # of url_private
EVENTS = {
    "app_mention": {"app_mentions:read"},
    "message.im": {"im:history"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "app_home_opened": set(),
}


def slashes(**how) -> list[dict]:
    return manifest(**how)["features"]["slash_commands"]


def every_string(value) -> list[str]:
    if isinstance(value, dict | list):
        return [text for each in (value.values() if isinstance(value, dict) else value) for text in every_string(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("how", [{}, {"prefix": "csp"}, {"jag_alone": True}, {"public_url": "https://bot.example.org/"}])
def test_a_manifest_is_within_slack_s_limits(how):
    made = manifest(**how)
    assert json.loads(json.dumps(made)) == made
    assert len(made["display_information"]["name"]) <= 35
    assert 0 < len(made["display_information"]["description"]) <= 140
    assert re.fullmatch(r"#[0-9a-f]{6}", made["display_information"]["background_color"])
    assert len(made["features"]["slash_commands"]) <= 50
    for slash in made["features"]["slash_commands"]:
        assert re.fullmatch(r"/[a-z-]{1,31}", slash["command"])
        assert 0 < len(slash["description"]) <= 2000
        assert len(slash.get("usage_hint", "")) <= 1000
        assert slash["should_escape"]


def test_the_message_shortcut_is_one_that_is_heard():
    [shortcut] = manifest()["features"]["shortcuts"]
    assert shortcut["type"] == "message"
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150
    assert shortcut["callback_id"] in SHORTCUTS


def test_every_command_is_there_described_by_its_own_help():
    assert {s["command"]: s["description"] for s in slashes()} == {f"/{c.name}": c.gist for c in all_commands().values()}


def test_a_prefix_goes_before_every_name_however_it_is_written():
    for prefix in ("csp", "/csp", "csp-"):
        assert [s["command"] for s in slashes(prefix=prefix)] == [f"/csp-{name}" for name in all_commands()]


def test_jag_alone_is_one_command_through_which_every_other_is_asked():
    assert [s["command"] for s in slashes(jag_alone=True)] == ["/jag"]


def test_without_a_public_address_it_is_socket_mode_and_names_none():
    made = manifest()
    assert made["settings"]["socket_mode_enabled"]
    assert not [text for text in every_string(made) if "://" in text]


def test_with_a_public_address_commands_events_and_buttons_all_go_there():
    made = manifest(public_url="https://bot.example.org/")
    address = "https://bot.example.org/slack/events"
    assert not made["settings"]["socket_mode_enabled"]
    assert {s["url"] for s in made["features"]["slash_commands"]} == {address}
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": address}


def test_every_method_that_is_called_is_one_whose_scopes_are_asked_for():
    code = "".join(path.read_text() for path in (Path(__file__).parent.parent / "bot").glob("*.py"))
    called = set(re.findall(r"client\.((?:auth|chat|conversations|files|pins|reactions|team|users|views)_\w+)\(", code))
    called |= {f"{family}_{name}" for family, name in re.findall(r'"(auth|chat|conversations|files|pins|users|views)\.(\w+)"', code)}
    assert called == set(METHODS)
    asked = set(manifest()["oauth_config"]["scopes"]["bot"])
    assert set().union(*METHODS.values(), *EVENTS.values(), DOWNLOADS, {"commands"}) == asked


def test_the_events_are_those_that_are_heard_and_their_scopes_are_asked_for():
    made = manifest()
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == set(EVENTS)
    assert made["features"]["app_home"]["home_tab_enabled"]
    assert made["features"]["app_home"]["messages_tab_enabled"]
    assert not made["features"]["app_home"]["messages_tab_read_only_enabled"]
