"""auth.*, api.*, apps.*, bots.* and team.*: who the app is, and where."""

from __future__ import annotations

import secrets

from bot.workspace.core import APP, BOT, BOT_ID
from bot.workspace.errors import SlackError
from bot.workspace.methods import SPECIAL, TIER_3, TIER_4, Answer, Call, method


@method("api.test", per_minute=TIER_4, token="none")
def test(call: Call) -> Answer:
    """Gives back what came; refused as it asks to be."""
    said = {name: value for name, value in call.said.items() if name != "token"}
    if call.text("error"):
        raise SlackError(call.text("error"), args=said)
    return {"args": said}


@method("auth.test", per_minute=SPECIAL)
def who(call: Call) -> Answer:
    team = call.workspace.team
    enterprise = {"enterprise_id": team["enterprise_id"]} if team.get("enterprise_id") else {}
    ours = {"team": team["name"], "team_id": team["id"], "is_enterprise_install": False, **enterprise}
    return {"url": f"{call.workspace.address}/", "user": call.workspace.app_name, "user_id": BOT, "bot_id": BOT_ID, **ours}


@method("apps.connections.open", per_minute=TIER_3, token="app")
def connect(call: Call) -> Answer:
    """Where the app can open a socket, once."""
    ticket = secrets.token_urlsafe(16)
    call.workspace.tickets.add(ticket)
    return {"url": f"{call.workspace.address.replace('http', 'ws', 1)}/link/{ticket}"}


@method("bots.info", "users:read", per_minute=TIER_3)
def bot(call: Call) -> Answer:
    if call.text("bot", BOT_ID) not in ("", BOT_ID):
        raise SlackError("bot_not_found")
    told = {"id": BOT_ID, "deleted": False, "name": call.workspace.app_name, "updated": 0, "app_id": APP, "user_id": BOT, "icons": {}}
    return {"bot": told}


@method("team.info", "team:read", per_minute=TIER_3)
def team(call: Call) -> Answer:
    ours = call.workspace.team
    if call.text("team", ours["id"]) not in ("", ours["id"]):
        raise SlackError("team_not_found")
    told = {"id": ours["id"], "name": ours["name"], "domain": ours["domain"], "url": f"{call.workspace.address}/"}
    return {"team": {**told, "email_domain": "", "icon": {"image_default": True}}}
