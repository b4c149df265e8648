"""The Slack app manifest, made from the commands themselves."""

from __future__ import annotations

from typing import Any

from commands import Command, all_commands

NAME, DESCRIPTION, COMMAND, HINT = 35, 140, 32, 1000
# What is used and no more: a security review reads this list.
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "pins:write",
    "users:read",
    "users:read.email",
)
EVENTS = ("app_home_opened", "app_mention", "message.channels", "message.groups", "message.im")
ADD_AS_ACTION = {
    "name": "Add as action",
    "type": "message",
    "callback_id": "add_as_action",
    "description": "Make an action of this message: who does it, and by when",
}


def manifest(public_url: str = "", prefix: str = "", jag_alone: bool = False) -> dict[str, Any]:
    """The manifest for Socket Mode, or for HTTP where `public_url` is where Slack reaches the bot."""
    address = f"{public_url.rstrip('/')}/slack/events" if public_url else ""
    kept = [c for c in all_commands().values() if not jag_alone or c.name == "jag"]
    reached: dict[str, Any] = {"request_url": address} if address else {}
    return {
        "display_information": {
            "name": "jagbot",
            "description": "Figures, hotspots, priorities and the action plan of a Community Safety Partnership"[:DESCRIPTION],
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "jagbot", "always_online": True},
            "shortcuts": [ADD_AS_ACTION],
            "slash_commands": [_slash(c, prefix, address) for c in kept],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**reached, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **reached},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not address,
            "token_rotation_enabled": False,
        },
    }


def _slash(command: Command, prefix: str, address: str) -> dict[str, Any]:
    name = f"/{prefix.strip('/-')}-{command.name}" if prefix else f"/{command.name}"
    slash = {"command": name[:COMMAND], "description": command.gist[:DESCRIPTION], "should_escape": True}
    return slash | ({"usage_hint": command.usage[:HINT]} if command.usage else {}) | ({"url": address} if address else {})
