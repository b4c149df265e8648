"""Changes the message that asked somebody for news, in its place, once some of it has been answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.plan.answered_news import answered
from commands.plan.asking_news import Wanted
from commands.reply import Reply
from models.actions import Action
from models.addressed import Asked
from models.answered import ANSWERED
from models.notices import SENT, Notice, Obligation
from models.partnership import Partnership
from models.people import Person
from models.silence import asked_since, latest_of
from scheduler.gather import in_order
from scheduler.saying import Skip, says


@says(ANSWERED, gives_up=True)
def show_what_was_answered(notice: Notice, session: Session, now: datetime) -> Reply | Skip:
    """What was asked, with what has been said of each by now."""
    asked, person = notice.over, notice.person
    if asked is None or person is None or asked.state != SENT or not asked.stamps:
        return Skip("the message that asked is not there")
    wanted = [_wanted(each, person, now, session) for each in in_order(asked.obligations) if each.asked]
    local = now.astimezone(Partnership.here(session).zone)
    return answered(person, wanted, local).but(over=(asked.conversation, *asked.stamps))


def _wanted(obligation: Obligation, person: Person, now: datetime, session: Session) -> Wanted:
    """What somebody was asked for a meeting, and what has come of it."""
    meeting = obligation.meeting
    found = {each.id: each for each in session.scalars(select(Action).where(Action.id.in_([number for number, _, _ in obligation.asked])))}
    asked = [Asked(found[number], person if theirs else None, why) for number, why, theirs in obligation.asked]
    said = latest_of(list(found.values()), asked_since(meeting.id, session) or obligation.due_at, now, session)
    return Wanted(
        meeting,
        meeting.begins.astimezone(Partnership.here(session).zone),
        [each for each in asked if each.of],
        [each for each in asked if each.of is None],
        said,
    )
