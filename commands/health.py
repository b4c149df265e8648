"""How the bot is: whether it ticks, what is due next, and what could not be said; and asking for that once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.held import freshness
from commands.meetings.told import cycle_said
from commands.permissions import may, must
from commands.plan.sight import Sight
from commands.reply import Cell, Facts, Note, Reply, Table, counted, press
from models.base import Refusal
from models.groups import Group
from models.held import Load
from models.meetings import Meeting
from models.notices import AGAIN, DUE, FAILED, SENDING, UNCERTAIN, WAITING, Notice, Obligation
from models.partnership import Here, Partnership
from models.series import held
from models.vocabulary import Vocabulary

NEEDS = "look after the bot"
SHOWN = 15  # of what is wrong; how many more is said
TROUBLED = (FAILED, UNCERTAIN)
NUMBER = re.compile(r"\d+")
LATE = 600.0  # seconds after which a bot that runs would have left a note


def health(enquiry: Enquiry, session: Session) -> Reply:
    """How fresh the figures are; and for the coordinator, what is due next and what could not be said, and why."""
    fresh = freshness(held(list(Vocabulary.of(session).measures.values()), session), enquiry.at)
    if not may(enquiry.person, NEEDS, session):
        return Reply("How fresh the figures are", fresh, press(("All that is held", "/figures")))
    sight = Sight.of(enquiry, session)
    seen, private = _wrong(sight)
    asks = [ask for row in seen[:SHOWN] for ask in _asks(row)]
    return Reply(
        "How I am",
        Facts([("Figures", fresh), *_facts(enquiry.at, session), *_cycles(sight)]),
        _table(seen, Partnership.here(session)) if seen else None,
        Note(f"{counted(len(seen) - SHOWN, 'more is', 'more are')} not shown.") if len(seen) > SHOWN else None,
        Note(f"{counted(private, 'message')} of private groups could not be delivered; their own coordinators see which.")
        if private
        else None,
        press(*asks, ("All that is held", "/figures")),
        summary=f"{counted(len(seen) + private, 'message')} could not be delivered." if seen or private else "All is well.",
    )


def retry(enquiry: Enquiry, session: Session) -> Reply:
    """Try again what could not be said: /jag retry 12. What may be there already is looked for first."""
    must(enquiry.person, NEEDS, session)
    sight = Sight.of(enquiry, session)
    row = seen_of(enquiry.words, sight)
    if row is None or row not in _wrong(sight)[0]:
        raise no_such(enquiry.words)
    row.try_again()
    return Reply("I try again", f"Message {row.id}, for {whom(row)}. /jag health says what came of it.", press(("How I am", "/jag health")))


def seen_of(words: str, sight: Sight) -> Notice | None:
    """The message whose number somebody says; None where there is none, or it is of a private group that they do not see."""
    number = NUMBER.search(words)
    row = sight.session.get(Notice, int(number[0])) if number and len(number[0]) < 10 else None
    return None if row is None or row.id in _of_private_groups(sight) else row


def no_such(words: str) -> Refusal:
    """There is none of that number that could not be delivered."""
    number = NUMBER.search(words)
    named = f"no message {number[0]}" if number else "no such message"
    return Refusal(f"There is {named} that could not be delivered. What there is: /jag health", ("How I am", "/jag health"))


def _asks(row: Notice) -> list[tuple[str, str]]:
    """What can be done about a message: sent again, or where nobody knows, settled by who has looked."""
    again = (f"Try {row.id} again", f"/jag retry {row.id}")
    return [again, (f"{row.id}: it did arrive", f"/jag arrived {row.id}")] if row.state == UNCERTAIN else [again]


def _facts(now: datetime, session: Session) -> list[tuple[str, str]]:
    here = Partnership.here(session)
    ticked = session.scalar(select(Partnership.ticked_at).where(Partnership.id == session.info["partnership"]))
    load = session.scalars(select(Load).order_by(Load.at.desc(), Load.id.desc()).limit(1)).first()
    waiting = session.execute(select(func.count(), func.min(Notice.next_at)).where(Notice.state.in_((WAITING, SENDING, AGAIN)))).one()
    running = (Group.cycle_since.is_not(None), Group.paused_at.is_(None))
    steps = select(func.min(Obligation.due_at)).join(Obligation.meeting).join(Meeting.group)
    owed = session.scalar(steps.where(Obligation.state == DUE, *running))
    coming = min((at for at in (waiting[1], owed) if at), default=None)
    facts = [
        ("Last load", f"{load.file}, {_said(load.at, here)}" if load else "none"),
        ("Last looked for what is due", _said(ticked, here) if ticked else "never: is jagbot running?"),
        ("Next due", ("now" if coming <= now else _said(coming, here)) if coming else "nothing"),
        ("Waiting to be delivered", str(waiting[0])),
    ]
    late = ticked and (now - ticked).total_seconds() > LATE
    return [*facts, ("Beware", "nothing has been looked for in a while: is jagbot running?")] if late else facts


def _cycles(sight: Sight) -> list[tuple[str, str]]:
    """Whether the cycle of each group that is seen runs."""
    here = Partnership.here(sight.session)
    return [("Cycle", "; ".join(f"{group.name} {cycle_said(group, here)}" for group in sight.groups))] if sight.groups else []


def _said(at: datetime, here: Here) -> str:
    return f"{at.replace(tzinfo=at.tzinfo or UTC).astimezone(here.zone):%-d %B %Y, %H:%M}"


def _wrong(sight: Sight) -> tuple[list[Notice], int]:
    """(what could not be delivered and this person may know of, how many more of private groups), the newest first."""
    troubled = Notice.state.in_(TROUBLED) | (Notice.state.in_((WAITING, SENDING, AGAIN)) & (Notice.error != ""))
    rows = list(sight.session.scalars(select(Notice).where(troubled).order_by(Notice.due_at.desc(), Notice.id.desc())))
    hidden = _of_private_groups(sight)
    seen = [row for row in rows if row.id not in hidden]
    return seen, len(rows) - len(seen)


def _of_private_groups(sight: Sight) -> set[int]:
    """Notices that are of private groups which this person does not see."""
    unseen = select(Group).where(Group.private, Group.id.not_in(sight.group_ids))
    groups = list(sight.session.scalars(unseen))
    into = select(Notice.id).where(Notice.channel.in_([group.channel for group in groups if group.channel]))
    about = select(Obligation.notice_id).join(Obligation.meeting).where(Meeting.group_id.in_([group.id for group in groups]))
    theirs = {*sight.session.scalars(into), *(number for number in sight.session.scalars(about) if number)}
    return theirs | set(sight.session.scalars(select(Notice.id).where(Notice.over_id.in_(theirs))))


def _table(rows: Sequence[Notice], here: Here) -> Table:
    said: list[list[Cell]] = [[row.id, row.kind, whom(row), _said(row.due_at, here), row.state, row.error] for row in rows[:SHOWN]]
    return Table(["Number", "What", "For", "Due", "State", "Why"], said, title="Could not be delivered")


def whom(row: Notice) -> str:
    """Whom a message is for: a handle or a channel."""
    return row.person.handle if row.person else row.channel
