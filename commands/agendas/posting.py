"""What is posted of an agenda: a message that can be read at a glance, its detail below it, and what has changed since."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.agendas.composed import Composed, compose
from commands.agendas.sitting import Sitting
from commands.agendas.which import discreetly
from commands.reply import Facts, Heading, Note, Part, Reply, counted, press
from commands.words import listed
from models.actions import Action
from models.agendas import Agenda
from models.changes import Change
from models.notices import Notice

POST, DETAIL, UPDATE = "agenda", "agenda-detail", "agenda-update"
UNREVIEWED = "Nobody has looked at what people wrote for it, so that is left out."
FEW = 6  # late answers that are named


def post(sitting: Sitting) -> Reply:
    """The post: when and where, and a line for each item. Its detail is in its thread."""
    composed = compose(sitting)
    reviewed = sitting.reviewed_until is not None
    return Reply(
        title(sitting),
        Facts([*composed.about, *((heading, said or "see the paper") for heading, said in composed.outline)]),
        None if reviewed else Note(UNREVIEWED),
        Note(f"{composed.paper.dated} The detail and the Word document are in the thread."),
        press(("Suggest an item", f"/agenda add {sitting.group.key}"), ("My actions", "/action list mine")),
        summary=discreetly(sitting.group, "agenda") or f"{title(sitting)}.",
    )


def detail(sitting: Sitting) -> Reply:
    """Everything that a line of the post stands for, and the Word document."""
    composed = compose(sitting)
    paper = composed.paper
    return Reply(f"{title(sitting)}: in full", *_detail(composed), paper, summary=discreetly(sitting.group, "agenda") or f"{paper.title}.")


def updated(sitting: Sitting, agenda: Agenda) -> Reply:
    """The post as it stands now, in its place, and what has changed since it was posted."""
    said = late_answers(sitting, agenda)
    when = f"Brought up to date on {sitting.now:%A %-d %B at %H:%M}"
    fresh = post(sitting)
    note = Note(f"{when}: {listed(said)}." if said else f"{when}.")
    return fresh.but(parts=(note, *fresh.parts), over=(agenda.channel, *agenda.stamps))


def told_of(sitting: Sitting, agenda: Agenda) -> Reply | None:
    """What is said in the thread of a post that was brought up to date."""
    said = late_answers(sitting, agenda)
    if not said:
        return None
    private = discreetly(sitting.group, "agenda brought up to date")
    heading = f"Brought up to date: {counted(len(said), 'late answer')}"
    return Reply(heading, "\n".join(f"- {each}" for each in said), summary=private or f"{heading}.")


def late_answers(sitting: Sitting, agenda: Agenda) -> list[str]:
    """ "JAG-13-011 is on track": actions of which something was heard after the agenda was posted, as they stand now."""
    if agenda.posted_at is None:
        return []
    heard = select(Change.action_id).where(Change.at > agenda.posted_at)
    found = select(Action).where(Action.group_id == sitting.group.id, Action.id.in_(heard)).order_by(Action.id)
    said = [f"{action.ref} is {action.status}" for action in sitting.session.scalars(found)]
    return said if len(said) <= FEW else [*said[:FEW], f"{counted(len(said) - FEW, 'other')}"]


def revise(agenda: Agenda, at: datetime, session: Session) -> None:
    """Put the post, as it stands now, on its way to its place."""
    agenda.revision += 1
    about = f"{POST} {agenda.meeting_id} revision {agenda.revision}"
    Notice.to_channel(agenda.channel, UPDATE, about, at, session)
    session.flush()


def title(sitting: Sitting) -> str:
    """ "JAG agenda, Tuesday 10 September 2013, 10:00"."""
    return f"{sitting.group.name} agenda, {sitting.occurrence.begins:%A %-d %B %Y, %H:%M}"


def _detail(composed: Composed) -> list[Part]:
    """The items of which a line is not all there is."""
    parts: list[Part] = []
    for number, section in enumerate(composed.sections, 1):
        if len(section.parts) > 1 or any(not isinstance(part, str) for part in section.parts):
            parts += [Heading(f"{number}. {section.heading}"), *section.parts]
    return parts
