"""The form that asks for the news of one action."""

from __future__ import annotations

from commands.plan.sight import Sight, discreet
from commands.plan.told import status_said
from commands.reply import Field, Form, Reply
from models.actions import AT_RISK, BLOCKED, DONE, ON_TRACK, Action
from models.people import Person

NO_CHANGE = "no change"
WAYS = ((ON_TRACK, "On track"), (AT_RISK, "At risk"), (BLOCKED, "Blocked"), (DONE, "Done"), (NO_CHANGE, "No change"))


def news_form(action: Action, sight: Sight, said: str = "", for_: Person | None = None, way: str = "") -> Reply:
    """A form for the news of one action, prefilled with `way` or else with how it stands; for somebody else's word where it is theirs."""
    whose = f" for @{for_.handle}" if for_ else ""
    way = way or (action.status if action.status in dict(WAYS) else ON_TRACK)
    fields = [
        Field("status", "How it stands", way, WAYS),
        Field("said", "What is the news", said, long=True, optional=True, hint="Gates fitted on Friday, two to go"),
        Field("due", "A new date, if it needs one", optional=True, hint="31 Jan, next JAG"),
    ]
    return Reply(
        f"News of {action.ref}",
        action.wording,
        f"{for_.handle}'s word." if for_ else None,
        f"Now {status_said(action, sight)}; due {action.due.said(action.group.name)}.",
        f"Latest: {action.latest}" if action.latest else None,
        Form(f"News of {action.ref}", f"/action update {action.ref}{whose}", fields),
        summary=discreet([action]) or f"News of {action.ref}",
    )
