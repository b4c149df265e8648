"""What is said of an action: read back as saved, and told to those it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from commands.plan.sight import Sight, discreet
from commands.reply import Note, Reply, Tell, press
from models.actions import Action
from models.due import Due
from models.groups import Membership
from models.people import Person

BY_MAIL = "email"  # how those are reached who are not on chat


def rag_said(action: Action, sight: Sight) -> str:
    """ "red: overdue", "amber", "grey"."""
    rag = action.rag(sight.today)
    why = "overdue" if action.overdue(sight.today) else "blocked" if rag == "red" else ""
    return f"{rag}: {why}" if why else rag


def status_said(action: Action, sight: Sight) -> str:
    """The status, with what it waits for and its colour: "done, for JAG to agree (green)"."""
    waits = f", for {action.group.name} to agree" if action.status == "done" else ""
    return f"{action.status}{waits} ({rag_said(action, sight)})"


def as_facts(action: Action, sight: Sight) -> list[tuple[str, str]]:
    """An action as it stands, in the words of every screen and file; what is empty is left out."""
    parent = action.parent if action.parent and action.parent.group_id in sight.group_ids else None
    owner = action.owner
    facts = [
        ("Action", action.wording),
        ("Owner", f"{owner.handle}, {owner.role}" + (f", {owner.agency.name}" if owner.agency else "")),
        ("Supported by", ", ".join(action.supported_by())),
        ("Due", action.due.said(action.group.name)),
        ("Status", status_said(action, sight)),
        ("Latest", action.latest),
        ("Priority", action.priority.name if action.priority else ""),
        ("Group", action.group.name),
        ("Lineage", f"{action.lineage} {parent.ref}" if parent else ""),
    ]
    return [(label, value) for label, value in facts if value]


def late_said(group: str, day: date) -> str:
    """ "late for JAG of 10 September 2013"."""
    return f"late for {group} of {Due('date', day).said()}"


def undo_of(*actions: Action) -> list[tuple[str, str]]:
    """A button to undo what was done to each action."""
    return [("Undo" if len(actions) == 1 else f"Undo {action.ref}", f"/action undo {action.ref} ~{action.changes}") for action in actions]


def undo_all(settled: str) -> tuple[str, str]:
    """A button to undo the whole of a line that settled several."""
    return "Undo all", f"/action undo all ~{settled}"


def tell(
    people: Iterable[Person], title: str, action: Action, sight: Sight, said: str, *asks: tuple[str, str], by: Person | None = None
) -> list[Tell]:
    """Tell people of an action what somebody else did to it; whoever did it knows, and who may not see it is not told.

    `by` is in whose name it was done, where that is not the asker's.
    """
    buttons = press(*asks, ("Show", f"/action show {action.ref}"))
    reply = Reply(title, action.wording, said, buttons, Note(f"By {(by or sight.person).handle}."), summary=discreet([action]) or title)
    unique = {person.id: person for person in people if person.id != sight.person.id}
    return [Tell(person.id, reply) for person in sight.others_who_see(action.group_id, unique.values())]


def not_told(people: Iterable[Person], sight: Sight) -> Note | None:
    """Who cannot be told, not being on chat."""
    without = sorted({p.handle for p in people if p.slack_user is None and p.id != sight.person.id and p.reached == BY_MAIL})
    verb = "is" if len(without) == 1 else "are"
    return Note(f"{', '.join(without)} {verb} not on chat: tell them yourself.") if without else None


def deciders(action: Action, session: Session) -> Sequence[Person]:
    """Who settles what an owner proposes: the priority's lead and deputy who sit on the group, and its coordinators."""
    leads = [action.priority.lead_id, action.priority.deputy_id] if action.priority else []
    wanted = [lead for lead in leads if lead]
    return [*(session.scalars(_seated(action).where(Person.id.in_(wanted))) if wanted else ()), *coordinators(action, session)]


def coordinators(action: Action, session: Session) -> Sequence[Person]:
    """The coordinators of its group."""
    return session.scalars(_seated(action).where(Membership.seat == "coordinator")).all()


def _seated(action: Action) -> Select[Person]:
    return select(Person).join(Membership, Membership.person_id == Person.id).where(Membership.group_id == action.group_id)
