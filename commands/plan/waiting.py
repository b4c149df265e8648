"""What people have asked for and nobody has settled yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from commands.permissions import YES
from commands.plan.other_groups import is_known
from commands.plan.rows import day_said, short
from commands.plan.sight import Sight
from commands.reply import Table
from models.actions import Action
from models.proposals import HANDED, WAITING, Proposal


def waiting(sight: Sight, *narrowed: ColumnElement[bool]) -> list[Proposal]:
    """Requests on actions that are seen: those the person may settle, and their own; the oldest first."""
    seen = select(Action.id).where(Action.group_id.in_(sight.group_ids), *narrowed)
    asked = select(Proposal).where(Proposal.state == WAITING, Proposal.action_id.in_(seen))
    asked = asked.order_by(Proposal.at, Proposal.action_id, Proposal.verb, Proposal.by_id)
    mine = [each for each in sight.session.scalars(asked) if each.by_id == sight.person.id or settles(each, sight)]
    return mine if sight.enquiry.audience != "here" else [each for each in mine if _for_all(each, sight)]


def _for_all(proposal: Proposal, sight: Sight) -> bool:
    """Whether all in a channel may read it: what another group is asked to take up is in the asker's words, and names that group."""
    return proposal.verb not in HANDED or _knows_where_to(proposal, sight)


def settles(proposal: Proposal, sight: Sight) -> bool:
    """Whether the person may agree to it or decline it."""
    if proposal.verb not in HANDED:
        return sight.may("change", proposal.action) == YES
    knows = "coordinator" in sight.parts(proposal.action) or _knows_where_to(proposal, sight)
    return knows and sight.may("hand on", proposal.action) == YES


def _knows_where_to(proposal: Proposal, sight: Sight) -> bool:
    return is_known(str(proposal.values["to"]), proposal.action.group, sight)


def table_of_waiting(proposals: Sequence[Proposal], sight: Sight, most: int | None = None) -> Table:
    """A row a request; `most` are the characters of what was said with each, on one line."""
    headings = ["Ref", "Action", "Asks for", "Asked by", "Day", "In their words"]
    return Table(
        headings,
        [
            [
                each.action.ref,
                short(each.action.wording, 80),
                each.said,
                each.by.handle,
                day_said(each.at, sight),
                short(each.words, most) if most else each.words,
            ]
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
