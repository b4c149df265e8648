"""The partnership's people and channels in a workspace, each already known to the bot by their chat user."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.workspace.core import Workspace
from bot.workspace.settling import Channel, Member, channel_id, person_id, settle
from models.groups import Group
from models.people import Person

GENERAL = "general"
KINDS = {"chat": "member", "guest": "guest"}  # how a person is reached -> what they are in a workspace
OTHERS = (
    Member("newcomer", "newcomer", "newcomer@example.org", "in the chat, and nobody of the partnership yet"),
    Member("volunteer", "volunteer", "volunteer@example.org", "a guest who has no slash commands", "guest without commands"),
    Member("visitor", "visitor", "visitor@example.com", "of another workspace, through Slack Connect", "partner"),
)


def settle_the_partnership(workspace: Workspace, session: Session) -> None:
    """The example's people and their channels, each known to the bot by their chat user; and some whom it does not know."""
    for person in settle_people(workspace, "The example partnership", session, OTHERS):
        person.slack_user = person_id(person.handle)
    for other in OTHERS[1:]:
        workspace.state.join(channel_id("jag"), person_id(other.handle))


def settle_people(workspace: Workspace, name: str, session: Session, more: Sequence[Member] = ()) -> Sequence[Person]:
    """Everybody who is reached by chat, and a channel for each group; #general holds all but guests."""
    people = list(session.scalars(select(Person).where(Person.reached.in_(KINDS)).order_by(Person.id)))
    workspace.team = {**workspace.team, "name": name}
    workspace.state.put("kept", "team", workspace.team)
    members = [Member(each.handle, each.handle, each.email, each.role, KINDS[each.reached]) for each in people] + list(more)
    everybody = tuple(each.handle for each in members if each.kind == "member")
    settle(workspace, members, [Channel(GENERAL, everybody, topic="Everybody"), *_channels(people, session)])
    return people


def _channels(people: Sequence[Person], session: Session) -> list[Channel]:
    reached = {person.id: person.handle for person in people}
    return [
        Channel(
            group.channel.lstrip("#"),
            tuple(dict.fromkeys(reached[m.person_id] for m in group.members if m.person_id in reached)),
            group.private,
            group.name,
        )
        for group in session.scalars(select(Group).where(Group.channel != "").order_by(Group.id))
    ]
