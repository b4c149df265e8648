"""People, channels and messages as Slack tells an app of them."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.workspace.core import BOT, BOT_ID, Workspace
from bot.workspace.filing import told_file
from bot.workspace.people import may_see
from bot.workspace.state import Body

ELSEWHERE = "T0ELSE"  # the workspace of partners, where nothing else is said of it
SCOPED = {"channel": "channels", "private": "groups", "im": "im", "app": "im"}  # how scopes name a kind of conversation
DIRECT = ("im", "app")
ZONE = "Europe/London"


def told_person(workspace: Workspace, person: Body) -> Body:
    """A person; their e-mail address only where the app may have it."""
    kind, bot, name = person.get("kind", "member"), bool(person.get("is_bot")), person.get("real_name") or person["name"]
    deleted = bool(person.get("deleted")) or kind == "deactivated"
    team = person.get("team_id") or workspace.team["id"]
    team = ELSEWHERE if kind == "partner" and team == workspace.team["id"] else team
    profile = {**_profile(name), "title": person.get("title", ""), "team": team, **person.get("profile", {})}
    email = person.get("email")
    profile |= {"email": email} if email and not bot and "users:read.email" in workspace.scopes else {}
    profile |= {"bot_id": BOT_ID, "api_app_id": workspace.screens.owner["app_id"]} if person["id"] == BOT else {}
    told = {
        "id": person["id"],
        "team_id": team,
        "name": person["name"],
        "deleted": deleted,
        "profile": profile,
        "is_bot": bot,
        "is_app_user": False,
        "updated": int(person.get("updated", 0)),
    }
    more = {name: person[name] for name in ("enterprise_user",) if name in person}
    return told | more | ({} if deleted else {"real_name": name, **_standing(workspace, kind)})


def _profile(name: str) -> Body:
    """What everybody's profile has, most of it empty here."""
    names = dict.fromkeys(("real_name", "real_name_normalized", "display_name", "display_name_normalized"), name)
    empty = dict.fromkeys(("phone", "skype", "status_text", "status_emoji"), "")
    return {**names, **empty, "status_emoji_display_info": [], "status_expiration": 0}


def _standing(workspace: Workspace, kind: str) -> Body:
    guest = kind.startswith("guest")
    plain = {"is_admin": False, "is_owner": False, "is_primary_owner": False, "is_restricted": guest, "is_ultra_restricted": False}
    ahead = workspace.clock().astimezone(ZoneInfo(ZONE)).utcoffset() or timedelta()
    label = "British Summer Time" if ahead else "Greenwich Mean Time"
    return plain | {"is_stranger": kind == "partner", "tz": ZONE, "tz_label": label, "tz_offset": int(ahead.total_seconds())}


def told_channel(workspace: Workspace, channel: Body, counted: bool = False) -> Body:
    """A conversation, of which how many are in it is told where it is asked for."""
    key, kind = channel["id"], channel["kind"]
    created = int(channel.get("created", 0))
    base = {"id": key, "created": created, "updated": created * 1000, "is_archived": bool(channel.get("is_archived"))}
    base |= {"context_team_id": workspace.team["id"], "is_org_shared": False}
    if kind in DIRECT:
        other = next((person for person in workspace.state.members(key) if person != BOT), "")
        user = workspace.state.get("person", other) or {}
        return base | {"is_im": True, "user": other, "is_user_deleted": bool(user.get("deleted")), "priority": 0, "is_open": True}
    said = {name: {"value": channel.get(name, ""), "creator": "", "last_set": 0} for name in ("topic", "purpose")}
    members = {"num_members": len(workspace.state.members(key))} if counted else {}
    return {
        **base,
        "name": channel["name"],
        "name_normalized": channel["name"],
        "is_channel": kind == "channel",
        "is_group": kind == "private",
        "is_im": False,
        "is_mpim": False,
        "is_private": kind == "private",
        "is_general": channel["name"] == "general",
        "is_shared": bool(channel.get("shared")),
        "is_ext_shared": bool(channel.get("shared")),
        "is_pending_ext_shared": False,
        "is_member": workspace.state.is_member(key, BOT),
        "unlinked": 0,
        "creator": channel.get("creator", ""),
        "shared_team_ids": [workspace.team["id"]],
        "pending_shared": [],
        "previous_names": [],
        **said,
        **members,
    }


def told_message(workspace: Workspace, message: Body, metadata: bool = False) -> Body:
    """A message; with what the app hung on it where that is asked for. Files are told of as they are now."""
    left = {"pinned", *(() if metadata else ("metadata",)), *(() if message.get("reactions") else ("reactions",))}
    told = {name: value for name, value in message.items() if name not in left}
    if "files" in told:
        known = [workspace.state.file(file["id"]) for file in told["files"]]
        told["files"] = [
            told_file(workspace, file) if file else {"id": old["id"], "mode": "tombstone"}
            for file, old in zip(known, told["files"], strict=True)
        ]
    return told


def visible(workspace: Workspace, reader: str = BOT) -> list[Body]:
    """Every conversation that somebody may know of."""
    return [channel for channel in workspace.state.all("channel") if may_see(workspace.state, reader, channel)]
