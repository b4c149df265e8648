"""What is posted of an agenda: a message that can be read at a glance, its detail below it, and what has changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.agendas.before_and_after import minutes_to_read
from commands.agendas.composed import Composed, compose
from commands.agendas.sitting import Sitting
from commands.agendas.which import discreetly
from commands.reply import Facts, Heading, Note, Part, Reply, counted, press
from models.actions import Action
from models.agendas import Agenda
from models.changes import Change
from models.notices import Notice
from models.silence import BY_OR_FOR_ITS_OWNER, NEWS

POST, DETAIL, UPDATE = "agenda", "agenda-detail", "agenda-update"
WORDS = "agenda-words"  # about what came into a posted agenda by somebody's hand
UNREVIEWED = "Nobody has looked at what people wrote for it, so that is left out."
FEW = 6  # late answers that are named


def post(sitting: Sitting) -> Reply:
    """The post: when and where, and a line for each item. Its detail is in its thread."""
    composed = compose(sitting)
    reviewed = sitting.reviewed_until is not None
    return Reply(
        title(sitting),
        Facts([*composed.about, *composed.outline]),
        None if reviewed else Note(UNREVIEWED),
        Note(f"{composed.paper.dated} The detail and the Word document are in the thread."),
        press(*minutes_to_read(sitting), ("Suggest an item", f"/agenda add {sitting.group.key}"), ("My actions", "/action list mine")),
        summary=discreetly(sitting.group, "agenda") or f"{title(sitting)}.",
    )


def detail(sitting: Sitting) -> Reply:
    """Everything that a line of the post stands for, and the Word document."""
    composed = compose(sitting)
    paper = replace(composed.paper, standing="")  # it is posted as it is
    return Reply(f"{title(sitting)}: in full", *in_full(composed), paper, summary=discreetly(sitting.group, "agenda") or f"{paper.title}.")


def updated(sitting: Sitting, agenda: Agenda) -> Reply:
    """The post as it stands now, in its place, and what has changed since it was posted."""
    said = changed_since(sitting, agenda.posted_at)
    when = f"Brought up to date on {sitting.now:%A %-d %B at %H:%M}"
    fresh = post(sitting)
    note = Note(f"{when}: {'; '.join(said)}." if said else f"{when}.")
    return fresh.but(parts=(note, *fresh.parts), over=(agenda.channel, *agenda.stamps))


def told_of(sitting: Sitting, revision: int) -> Reply | None:
    """What is said in the thread of a post that was brought up to date: what is new in this revision of it."""
    agenda = sitting.agenda
    said = became_since(sitting, revised_at(agenda, revision - 1, sitting.session)) if agenda else []
    if not said:
        return None
    heading = f"Brought up to date: {counted(len(said), 'change')}"
    private = discreetly(sitting.group, "agenda brought up to date")
    return Reply(heading, "\n".join(f"- {each}" for each in said), summary=private or f"{heading}.")


def changed_since(sitting: Sitting, since: datetime | None) -> list[str]:
    """Everything that has changed since then: "words and items now approved by jag-chair", and what became of meeting and actions."""
    return [*_brought_in(sitting, since), *became_since(sitting, since)] if since else []


def _brought_in(sitting: Sitting, since: datetime) -> list[str]:
    """What came in by somebody's hand, as its thread was told; that it was approved, where nothing came in by that."""
    agenda, session = sitting.agenda, sitting.session
    told = select(Notice).where(Notice.about.startswith(f"{WORDS} {sitting.occurrence.meeting_id} "), Notice.due_at > since)
    titles = [str((each.body or {}).get("title", "")) for each in session.scalars(told.order_by(Notice.id))]
    if agenda and agenda.at and agenda.by and agenda.at > since and not titles:
        return [f"approved by {sitting.called(agenda.by)}"]
    return list(dict.fromkeys(f"{title[:1].lower()}{title[1:]}" for title in titles))


def became_since(sitting: Sitting, since: datetime | None) -> list[str]:
    """ "moved to Thursday 12 September 2013, 14:00", "JAG-13-011 is on track": what has become of the meeting and its actions."""
    if since is None:
        return []
    occurrence = sitting.occurrence
    moved = occurrence.state if occurrence.cancelled else f"it is on {occurrence.begins:%A %-d %B %Y, %H:%M}"
    why = f": {occurrence.reason}" if occurrence.reason else ""
    arranged = [f"{moved}{why}"] if rearranged_since(sitting, since) else []
    return [*arranged, *what_became_of_actions(sitting, since)]


def rearranged_since(sitting: Sitting, since: datetime | None) -> bool:
    """Whether its meeting was moved, cancelled or restored since then."""
    changed = sitting.agenda.meeting.changed_at if sitting.agenda else None
    return bool(since and changed and changed > since)


def late_answers(sitting: Sitting, since: datetime | None) -> list[str]:
    """ "JAG-13-011 is on track": actions whose owners have given news since then, or somebody for them, as they stand now."""
    return (
        _few([f"{action.ref} is {action.status}" for action in answered_since(sitting.group.id, since, sitting.session)]) if since else []
    )


def what_became_of_actions(sitting: Sitting, since: datetime) -> list[str]:
    """Those answers, with actions that are new and those that came to stand otherwise by somebody else's word."""
    session = sitting.session
    answered = {action.id for action in answered_since(sitting.group.id, since, session)}
    of_group = select(Change).join(Action).where(Action.group_id == sitting.group.id, Change.at > since)
    moved = {change.action_id for change in session.scalars(of_group) if "status" in change.before}
    new = (Action.raised_at > since) & (Action.group_id == sitting.group.id)
    found = select(Action).where(Action.id.in_(answered | moved) | new).order_by(Action.id)
    return _few([f"{action.ref} is {'new' if action.raised_at > since else action.status}" for action in session.scalars(found)])


def answered_since(group_id: int, since: datetime, session: Session) -> list[Action]:
    """The actions of a group of which news came after then, by their owners or for them; what was undone is none."""
    news = (Change.at > since, Change.verb.in_(NEWS), Change.undone_by_id.is_(None), BY_OR_FOR_ITS_OWNER)
    found = select(Action).where(Action.group_id == group_id, Action.id.in_(select(Change.action_id).join(Action).where(*news)))
    return list(session.scalars(found.order_by(Action.id)))


def _few(said: list[str]) -> list[str]:
    return said if len(said) <= FEW else [*said[:FEW], f"{counted(len(said) - FEW, 'other')}"]


def revised_at(agenda: Agenda, revision: int, session: Session) -> datetime | None:
    """When a revision of the post was put on its way; when it was posted, where there is none."""
    about = f"{POST} {agenda.meeting_id} revision {revision}"
    return session.scalar(select(Notice.due_at).where(Notice.about == about)) or agenda.posted_at


def revise(agenda: Agenda, at: datetime, session: Session) -> None:
    """Put the post, as it stands now, on its way to its place, where it has one."""
    if not agenda.stamps:
        return
    agenda.revision += 1
    about = f"{POST} {agenda.meeting_id} revision {agenda.revision}"
    Notice.to_channel(agenda.channel, UPDATE, about, at, session)
    session.flush()


def title(sitting: Sitting) -> str:
    """ "JAG agenda, Tuesday 10 September 2013, 10:00"."""
    return f"{sitting.group.name} agenda, {sitting.occurrence.begins:%A %-d %B %Y, %H:%M}"


def in_full(composed: Composed) -> list[Part]:
    """The items of which a line is not all there is."""
    parts: list[Part] = []
    for (heading, gist), section in zip(composed.outline, composed.sections, strict=True):
        if any(part not in (gist, f"- {gist}") for part in section.parts):
            parts += [Heading(heading), *section.parts]
    return parts
