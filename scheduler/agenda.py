"""What is said of an agenda: the draft to who approves it, the post, its detail, what has changed since, and the morning of the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands.agendas.drafted import draft, draft_in_full, is_held, this_morning
from commands.agendas.posting import DETAIL, POST, UPDATE, detail, post, revise, revised_at, told_of, updated
from commands.agendas.sitting import Sitting
from commands.frozen import frozen
from commands.reply import Reply
from models.actions import Action
from models.agendas import HELD, POSTED, Agenda
from models.calendar import Calendar
from models.changes import Change
from models.cycle import DRAFT
from models.meetings import Meeting
from models.notices import Notice
from models.people import Person
from scheduler import job
from scheduler.saying import Skip, afterwards, says

OFTEN = timedelta(minutes=10)
BEGUN, WAS_CANCELLED = "the meeting had begun", "cancelled"
TELLS, IN_FULL = "agenda-held", "draft-in-full"


@says(DRAFT)
def say_the_draft(notice: Notice, session: Session, now: datetime) -> Reply | Skip:
    """A line for each item, to who looks at it before it goes out."""
    return _drafted(draft, notice, session, now)


@says(IN_FULL)
def say_the_draft_in_full(notice: Notice, session: Session, now: datetime) -> Reply | Skip:
    """Everything, in the thread of that."""
    return _drafted(draft_in_full, notice, session, now)


def _drafted(says_it: Callable[[Sitting, Person], Reply], notice: Notice, session: Session, now: datetime) -> Reply | Skip:
    sitting, over = meeting_of(notice, session, now)
    if over:
        return Skip(over)
    if sitting.agenda and sitting.agenda.state == POSTED:
        return Skip("the agenda was posted already")
    return says_it(sitting, notice.person) if notice.person else Skip("it is for nobody")


@afterwards(DRAFT)
def put_everything_below_it(notice: Notice, session: Session, now: datetime) -> None:
    """What its lines come to, on its way into its thread."""
    if notice.person:
        Notice.to_person(notice.person, IN_FULL, f"{IN_FULL} {notice.about.partition(' ')[2]}", now, session, below=notice)


@says(POST)
def say_the_agenda(notice: Notice, session: Session, now: datetime) -> Reply | Skip:
    """The post, in the channel; to the chair and the coordinator, where the group has none. Held, it does not go out, and they are told."""
    sitting, over = meeting_of(notice, session, now)
    if over:
        return Skip(over)
    if sitting.agenda and sitting.agenda.state == HELD:
        _tell_that_it_is_held(sitting, now)
        return Skip(f"held{f': {sitting.agenda.reason}' if sitting.agenda.reason else ''}")
    return post(sitting) if notice.channel else detail(sitting)


@afterwards(POST)
def note_where_it_is_posted(notice: Notice, session: Session, now: datetime) -> None:
    """Keep where it stands, so that it can be changed in place, and put its detail on its way into its thread."""
    sitting, _ = meeting_of(notice, session, now)
    meeting = session.get_one(Meeting, sitting.occurrence.meeting_id)
    agenda = sitting.agenda or Agenda(meeting=meeting, texts={})
    session.add(agenda)
    agenda.state, agenda.posted_at = POSTED, now
    if notice.channel:
        agenda.channel, agenda.stamps = notice.conversation, list(notice.stamps)
        session.flush()
        below = frozen(detail(replace(sitting, agenda=agenda)).but(pinned=True))
        Notice.to_channel(notice.conversation, DETAIL, f"{notice.about} detail", now, session, thread=str(notice.stamps[0]), body=below)


@says(UPDATE)
def say_what_changed(notice: Notice, session: Session, now: datetime) -> Reply | Skip:
    """The post as it stands now, in its place; also that its meeting is cancelled."""
    sitting, over = meeting_of(notice, session, now)
    if over == BEGUN or sitting.agenda is None:
        return Skip(over or "the agenda was never posted")
    return updated(sitting, sitting.agenda)


@afterwards(UPDATE)
def say_so_in_the_thread(notice: Notice, session: Session, now: datetime) -> None:
    """What was late, below the post that was changed."""
    sitting, _ = meeting_of(notice, session, now)
    agenda, revision = sitting.agenda, int(notice.about.split()[-1])
    said = told_of(sitting, revision)
    if agenda and said:
        Notice.to_channel(agenda.channel, DETAIL, f"{notice.about} said", now, session, thread=str(agenda.stamps[0]), body=frozen(said))


@says("morning")
def say_the_morning(notice: Notice, session: Session, now: datetime) -> Reply | Skip:
    """The latest figures and late answers, on the day."""
    sitting, over = meeting_of(notice, session, now)
    return Skip(over) if over else this_morning(sitting)


@job(every=OFTEN, scoped=True)
def bring_posts_up_to_date(session: Session, now: datetime) -> None:
    """Late answers, and a meeting that is moved or cancelled, change a post in its place, until the meeting begins."""
    waiting = select(Agenda).join(Agenda.meeting).where(Agenda.state == POSTED, Meeting.begins > now)
    for agenda in session.scalars(waiting.order_by(Agenda.id)).all():
        if _changed_since(agenda, session):
            revise(agenda, now, session)


def _changed_since(agenda: Agenda, session: Session) -> bool:
    """Whether anything was heard of the group's actions or its meeting was changed since the post was last put on its way."""
    since, changed = revised_at(agenda, agenda.revision, session), agenda.meeting.changed_at
    if since is None or (changed and changed > since):
        return since is not None
    heard = select(func.count()).select_from(Change).join(Action, Change.action_id == Action.id)
    return bool(session.scalar(heard.where(Action.group_id == agenda.meeting.group_id, Change.at > since)))


def _tell_that_it_is_held(sitting: Sitting, now: datetime) -> None:
    """The coordinators, at the deadline."""
    for person in sitting.seats.get("coordinator", ()):
        about = f"{TELLS} {sitting.occurrence.meeting_id} {person.id} {sitting.occurrence.sequence}"  # again, once it was moved
        Notice.to_person(person, TELLS, about, now, sitting.session, body=frozen(is_held(sitting)))


def meeting_of(notice: Notice, session: Session, now: datetime) -> tuple[Sitting, str]:
    """(the meeting that a notice is about, why nothing is said of it any more; empty where it is)."""
    return sitting_of(session.get_one(Meeting, int(notice.about.split()[1])), session, now)


def sitting_of(meeting: Meeting, session: Session, now: datetime) -> tuple[Sitting, str]:
    """(a meeting as it is now, why nothing is said of it any more; empty where it is)."""
    calendar = Calendar.of(meeting.group, session)
    begins = meeting.begins.astimezone(calendar.zone)
    around = calendar.between(begins - timedelta(minutes=1), begins, cancelled=True)
    occurrence = next(each for each in around if each.meeting_id == meeting.id)
    over = WAS_CANCELLED if occurrence.cancelled else BEGUN if occurrence.begins <= now else ""
    return Sitting.of(meeting.group, occurrence, session, now), over
