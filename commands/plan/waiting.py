"""What owners have asked for and nobody has settled yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from commands.permissions import YES
from commands.plan.rows import day_said, short
from commands.plan.sight import Sight
from commands.reply import Table
from models.actions import Action
from models.proposals import WAITING, Proposal


def waiting(sight: Sight, *narrowed: ColumnElement[bool]) -> list[Proposal]:
    """Requests on actions that are seen: those the person may settle, and their own; the oldest first."""
    seen = select(Action.id).where(Action.group_id.in_(sight.group_ids), *narrowed)
    asked = select(Proposal).where(Proposal.state == WAITING, Proposal.action_id.in_(seen)).order_by(Proposal.at, Proposal.id)
    return [each for each in sight.session.scalars(asked) if each.by_id == sight.person.id or settles(each, sight)]


def settles(proposal: Proposal, sight: Sight) -> bool:
    """Whether the person may agree to it or decline it."""
    return sight.may("change", proposal.action) == YES


def table_of_waiting(proposals: Sequence[Proposal], sight: Sight) -> Table:
    """A row a request."""
    headings = ["Ref", "Action", "Asks for", "Asked by", "Day", "In their words"]
    return Table(
        headings,
        [
            [each.action.ref, short(each.action.wording, 80), each.said, each.by.handle, day_said(each.at, sight), each.words]
            for each in proposals
        ],
    )


def settling(proposals: Sequence[Proposal], sight: Sight) -> list[tuple[str, str]]:
    """Two buttons for each request that the person may settle."""
    return [
        (f"{label}: {each.action.ref}", f"/action {verb} {each.id}")
        for each in proposals
        if settles(each, sight)
        for label, verb in (("Agree", "agree"), ("Decline", "decline"))
    ]
