"""Items that were not reached: carried over to the group's next meeting, by some of their words."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.drafted import brought_up_to_date
from commands.meetings.room import Room, room_of
from commands.plan.rows import short
from commands.reply import Reply, press
from models.agendas import CARRIED, TAKEN, WAITING, Item
from models.base import Refusal
from models.near import folded

OFFERED, BUTTON = 5, 200  # items that are offered, characters of one that a button carries
BACK = re.compile(r"^\s*back\b[\s:]*", re.I)


def carry(enquiry: Enquiry, session: Session) -> Reply:
    """`carry jag: lights`: the item goes over to the next meeting; `carry jag: back lights` takes that back."""
    room = room_of(enquiry, session, "carry")
    room.must_keep_minutes("say what is carried over")
    room.must_be_recordable()
    back = BACK.match(room.words)
    item = _item(room, room.words[back.end() :] if back else room.words)
    item.state, item.meeting_id = (TAKEN, room.meeting.id) if back else (CARRIED, None)
    session.flush()
    title = f"{'Not carried over' if back else 'Carried over'}: {room.group.name}"
    undo = () if back else (("Undo", f"/meeting carry {room.line}: back {_in_few(item.words)}"),)
    summary = room.discreetly("was changed") or f"{title}: {item.words}"
    return Reply(title, item.words, brought_up_to_date(room), press(*undo), summary=summary)


def _item(room: Room, words: str) -> Item:
    """The only item of the group that has all these words."""
    here = Item.meeting_id.is_(None) | (Item.meeting_id == room.meeting.id)
    wanted = select(Item).where(Item.group_id == room.group.id, Item.state.in_((WAITING, TAKEN, CARRIED)), here)
    held = list(room.sight.session.scalars(wanted.order_by(Item.at, Item.id)))
    terms = folded(words).split()
    found = [each for each in held if terms and all(term in folded(each.words) for term in terms)]
    if len(found) == 1:
        return found[0]
    offered = (found or held)[:OFFERED]
    raise Refusal(
        "Which item? Say some of its words, such as: carry over: lights" if offered else f"{room.name} has no items. Nothing was changed.",
        *((short(each.words, 60), f"/meeting carry {room.line}: {_in_few(each.words)}") for each in offered),
        discreet=room.discreetly("was not changed"),
    )


def _in_few(words: str) -> str:
    """An item's words, as many as a button carries."""
    return " ".join(words.split())[:BUTTON].rsplit(" ", 1)[0] if len(words) > BUTTON else " ".join(words.split())
