"""The open actions that somebody owns."""

from __future__ import annotations

from sqlalchemy import select

from commands.plan.sight import Sight
from models.actions import Action
from models.people import Person


def open_of(owner: Person, sight: Sight) -> list[Action]:
    """An owner's open actions, what is due first first."""
    query = select(Action).where(Action.owner_id == owner.id, Action.open, Action.group_id.in_(sight.group_ids))
    return list(sight.session.scalars(query.order_by(Action.due_sort, Action.id)))


def owns_none(for_: Person | None, sight: Sight) -> str:
    """That somebody owns no open actions; a coordinator is told how to enter an owner's word."""
    said = f"{for_.handle} owns no open actions." if for_ else "You own no open actions."
    enters = any("coordinator" in sight.parts_in(group) for group in sight.group_ids)
    return said + (" To enter an owner's word: /action update 7 … for @owner" if enters else " See what there is: /action list")
