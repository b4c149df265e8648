"""users.*: who is in the workspace."""

from __future__ import annotations

from bot.workspace.api.conversations import READING, types_of
from bot.workspace.core import BOT
from bot.workspace.errors import SlackError
from bot.workspace.methods import TIER_2, TIER_3, TIER_4, Answer, Call, method
from bot.workspace.paging import MOST, page
from bot.workspace.shapes import SCOPED, told_channel, told_person, visible


@method("users.list", "users:read", per_minute=TIER_2)
def list_all(call: Call) -> Answer:
    """Everybody, deactivated people and bots too."""
    some, following = page(call, call.workspace.state.all("person"), usual=MOST)
    return {"members": [told_person(call.workspace, each) for each in some], "cache_ts": int(call.workspace.real()), **following}


@method("users.info", "users:read", per_minute=TIER_4)
def info(call: Call) -> Answer:
    person = call.workspace.state.get("person", call.text("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": told_person(call.workspace, person)}


@method("users.lookupByEmail", "users:read.email", per_minute=TIER_3)
def by_email(call: Call) -> Answer:
    """Somebody of this workspace who is active, by the address they have in it."""
    wanted = call.needed("email").casefold()
    people = [each for each in call.workspace.state.all("person") if (each.get("email") or "").casefold() == wanted]
    found = [each for each in people if not each.get("deleted") and each.get("kind") not in ("partner", "deactivated")]
    if not found:
        raise SlackError("users_not_found")
    return {"user": told_person(call.workspace, found[0])}


@method("users.conversations", *READING, per_minute=TIER_3)
def conversations(call: Call) -> Answer:
    """The conversations somebody is in, the app itself where nobody is named, as far as the app may know of them."""
    user, wanted, archived = call.text("user", BOT) or BOT, types_of(call), not call.flag("exclude_archived")
    if call.workspace.state.get("person", user) is None:
        raise SlackError("user_not_found")
    theirs = set(call.workspace.state.channels_of(user))
    known = [each for each in visible(call.workspace) if each["id"] in theirs and SCOPED[each["kind"]] in wanted]
    some, following = page(call, [each for each in known if archived or not each.get("is_archived")])
    return {"channels": [told_channel(call.workspace, each) for each in some], **following}
