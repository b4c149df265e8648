"""What the chair and the coordinator are told of an agenda: the draft, and that it is held; and what its group is told on the morning."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from commands.agendas import all_priorities, unheard, unmoved
from commands.agendas.composed import compose, dated
from commands.agendas.matters import done_actions, open_actions, tally
from commands.agendas.posting import in_full, late_answers, title
from commands.agendas.showing import state, to_settle
from commands.agendas.sitting import Sitting
from commands.agendas.template import Template
from commands.agendas.which import discreetly
from commands.meetings.which import line_of
from commands.reply import Buttons, Facts, Note, Reply, press
from models.groups import Group, Membership
from models.people import Person


def draft(sitting: Sitting, person: Person) -> Reply:
    """Where it stands, who is missing, and a line for each item with nothing withheld. What they come to is in its thread."""
    whole = _whole(sitting, person)
    composed = compose(whole)
    return Reply(
        f"Draft: {title(sitting)}",
        state(sitting),
        _buttons(sitting),
        *unheard.parts(whole),
        Facts([*composed.about, *composed.outline]),
        Note(f"{dated(whole)} Everything, item by item, is in this message's thread."),
        summary=discreetly(sitting.group, "agenda to approve") or f"Draft: {title(sitting)}.",
    )


def draft_in_full(sitting: Sitting, person: Person) -> Reply:
    """What stands behind those lines; first what only they are to see, actions that nothing has been heard of for three meetings."""
    whole = _whole(sitting, person)
    heading = f"The draft in full: {title(sitting)}"
    parts = (*unmoved.parts(whole), *in_full(compose(whole)), _buttons(sitting))
    return Reply(heading, *parts, summary=discreetly(sitting.group, "agenda to approve, in full") or f"{heading}.")


def _whole(sitting: Sitting, person: Person) -> Sitting:
    """With nothing withheld from who looks at it, as far as they see the groups that things come from."""
    mine = select(Membership.group_id).where(Membership.person_id == person.id)
    seen = select(Group.id) if person.administrator else mine
    return replace(sitting, whole=True, seen=frozenset(sitting.session.scalars(seen)))


def _buttons(sitting: Sitting) -> Buttons | None:
    return press(*to_settle(sitting.group.key, line_of(sitting.group, sitting.occurrence), False, sitting))


def is_held(sitting: Sitting) -> Reply:
    """That an agenda was due and is held."""
    agenda, where = sitting.agenda, sitting.group.channel or "the group"
    by = f"{agenda.by.handle} holds it" if agenda and agenda.by else "it is held"
    why = f", because: {agenda.reason}" if agenda and agenda.reason else ""
    return Reply(
        f"Held: {title(sitting)}",
        f"It was to go to {where} now, and {by}{why}. It goes once somebody posts it.",
        press(("Post now", f"/agenda post {sitting.group.key}"), ("The agenda", f"/agenda {sitting.group.key}")),
        summary=discreetly(sitting.group, "agenda held") or f"Held: {title(sitting)}.",
    )


def this_morning(sitting: Sitting) -> Reply:
    """When and where, how actions stand, what was answered late, and the latest figures."""
    agenda, group = sitting.agenda, sitting.group
    posted = agenda is not None and agenda.posted_at is not None
    place = f", {sitting.occurrence.place}" if sitting.occurrence.place else ""
    heading = f"{group.name} meets today at {sitting.occurrence.begins:%H:%M}{place}"
    pinned = "The agenda is pinned in this channel." if posted else "No agenda was posted."
    return Reply(
        heading,
        f"Actions: {tally(open_actions(sitting), done_actions(sitting), sitting)}",
        _late(sitting) if posted else None,
        f"Figures: {all_priorities.in_a_line(sitting)}" if Template.of(group).has_figures else None,
        Note(f"{dated(sitting)} {pinned}"),
        press(("The agenda", f"/agenda {group.key}"), ("My actions", "/action list mine")),
        summary=discreetly(group, "meeting today") or f"{heading}.",
    )


def _late(sitting: Sitting) -> str:
    late = late_answers(sitting, sitting.agenda.posted_at) if sitting.agenda else []
    return "\n".join(["Answered after the agenda was posted:", *(f"- {each}" for each in late)]) if late else "No late answers."
