"""Asks people for news: what is said in the one gathering message of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.plan.asking_news import Wanted, asking
from commands.reply import Reply
from models.addressed import Round
from models.cycle import ASK
from models.envelopes import GATHER
from models.laying import SWITCHED_OFF
from models.meetings import CANCELLED
from models.notices import SKIPPED, Notice, Obligation
from models.partnership import Partnership
from models.people import Person
from models.silence import asked_since
from scheduler.saying import Skip, says


@says("ask", "remind", "nudge")
def ask_for_news(notice: Notice, session: Session, now: datetime) -> Reply | Skip:
    """Ask for news of what is awaited by now; nothing is said where all of it has been answered, or its meeting has begun."""
    person = notice.person
    assert person is not None  # nobody asks a channel
    if _said_later(notice, session):
        return Skip("said in a later message")
    standing = {each.meeting_id: each for each in notice.obligations if not _over(each, now)}
    if not standing:
        return Skip(_over(notice.obligations[0], now) if notice.obligations else "nothing is asked any more")
    wanted = []
    for obligation in in_order(standing.values()):
        if found := _wanted(obligation, person, now, session):
            obligation.asked = [[each.action.id, each.why, each.of is not None] for each in (*found.news, *found.to_ask)]
            wanted.append(found)
    if not wanted:
        return Skip("all of it has been answered")
    today = now.astimezone(Partnership.here(session).zone).date()
    return asking(person, wanted, today, again=all(each.kind != ASK for each in notice.obligations))


def _said_later(notice: Notice, session: Session) -> bool:
    """Whether another day's message to them has been made since, this one having waited for them to be confirmed in chat."""
    later = select(Notice.id).where(
        Notice.person_id == notice.person_id, Notice.about.startswith(f"{GATHER} "), Notice.due_at > notice.due_at, Notice.state != SKIPPED
    )
    return session.scalar(later.limit(1)) is not None


def _over(obligation: Obligation, now: datetime) -> str:
    """Why nothing is asked for a meeting any more; empty where it is."""
    meeting = obligation.meeting
    if meeting.state == CANCELLED:
        return "cancelled"
    if meeting.begins <= now:
        return "the meeting had begun"
    return "" if meeting.group.cycle_since else SWITCHED_OFF


def in_order(obligations: Iterable[Obligation]) -> list[Obligation]:
    """As their meetings are."""
    return sorted(obligations, key=lambda each: (each.meeting.begins, each.meeting_id))


def _wanted(obligation: Obligation, person: Person, now: datetime, session: Session) -> Wanted | None:
    """What is still awaited from somebody for a meeting: their own, those they answer for, and those they are to ask themselves."""
    meeting = obligation.meeting
    round_ = Round(meeting.group, session)
    asked = round_.asked(asked_since(meeting.id, session) or obligation.due_at, now)
    news = [each for each in asked if each.of is not None and each.of.id == person.id]
    coordinates = any(each.id == person.id for each in round_.circle.coordinators())
    to_ask = [each for each in asked if each.of is None] if coordinates else []
    begins = meeting.begins.astimezone(round_.zone)
    return Wanted(meeting, begins, news, to_ask) if news or to_ask else None
