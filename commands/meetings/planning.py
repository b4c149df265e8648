"""What the cycle will send: every message between now and a day, before any of it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.ahead import days_ahead
from commands.meetings.which import group_beginning, the_group
from commands.plan.sight import Sight
from commands.reply import Note, Part, Reply, Table, counted, press
from commands.words import lasting, listed
from models.calendar import Calendar
from models.dates import said
from models.groups import Group
from models.rehearsing import Message, rehearse

MOST = 90  # rows; a table of Slack's takes a hundred
NAMED, EVERYBODY = 8, 10_000  # recipients of a row that are named: in chat, and where there is room
WHAT = {
    "ask": "asks for news",
    "remind": "reminds the silent",
    "draft": "draft agenda",
    "agenda": "agenda",
    "morning": "figures and late answers",
    "minutes": "draft minutes",
}


def plan(enquiry: Enquiry, session: Session) -> Reply:
    """`plan jag until christmas`: every message that would go out, nobody answering; of all that I see where no group is named."""
    sight = Sight.of(enquiry, session)
    words = lasting(enquiry.words)
    group, rest = group_beginning(words, sight)
    if group is None and (named := sight.group_named(words.split()[-1] if words.split() else "")):
        group, rest = named, words.rsplit(None, 1)[0] if " " in words.strip() else ""
    groups = [group] if group else list(sight.groups)
    rest = rest if group else words
    if not groups:
        the_group(None, sight)
    first, last = days_ahead(rest, sight.today)
    return planned(groups, first, last, sight)


def planned(groups: Sequence[Group], first: date, last: date, sight: Sight, *above: Part) -> Reply:
    """What would go out about some groups' meetings from a day until another."""
    calendar = Calendar.of(groups[0], sight.session)
    since, until = (calendar.aware(datetime.combine(day, at)) for day, at in ((first, time.min), (last, time.max)))
    messages = rehearse(groups, max(sight.now, since), until, sight.session)
    one = groups[0] if len(groups) == 1 else None
    period = _period(first, last, sight.today)
    title = f"What I will send {'for ' + one.name + ' ' if one else ''}{period}"
    more = len(messages) - MOST
    rest = _line(one, messages[MOST].at.date(), last) if more > 0 else ""
    named = EVERYBODY if sight.enquiry.where == "terminal" else NAMED
    return Reply(
        title,
        *above,
        table_of(messages[:MOST], one is None, named) if messages else "Nothing would go out by then.",
        Note(f"{more} more. The rest: {rest}") if rest else None,
        Note("As if nobody answered: who has is not reminded. Actions are those that are open now.") if messages else None,
        *_not_running(groups),
        press(*([("The rest", rest)] if rest else []), *_asks(groups, sight)),
        summary=f"{counted(len([each for each in messages if each.recipients]), 'message')} {period}.",
    )


def _period(first: date, last: date, today: date) -> str:
    """ "until 25 December 2013", "from 1 December 2013 until 25 December 2013", "on 24 December 2013"."""
    if first == last:
        return f"on {said(first)}"
    return f"{f'from {said(first)} ' if first > today else ''}until {said(last)}"


def _line(group: Group | None, first: date, last: date) -> str:
    return f"/meeting plan {group.key + ' ' if group else ''}from {said(first)} until {said(last)}"


def table_of(messages: Sequence[Message], grouped: bool, named: int = EVERYBODY) -> Table:
    """A row a message, or as many as say the same to several at one time; `named` is how many of these are named."""
    return Table(["When", "What", "For", "To"], [_row(message, grouped, named) for message in messages])


def _row(message: Message, grouped: bool, named: int) -> list[str]:
    kinds = dict.fromkeys(WHAT[about.kind] for about in message.about)
    meetings = dict.fromkeys(f"{about.group.name + ', ' if grouped else ''}{about.meeting.begins:%-d %b %Y}" for about in message.about)
    return [f"{message.at:%a %-d %b %Y, %H:%M}", listed(list(kinds)), listed(list(meetings)), _to(message.recipients, named)]


def _to(recipients: Sequence[str], named: int) -> str:
    """The first few by name, and how many more where that is more than one."""
    if not recipients:
        return "nobody"
    more = len(recipients) - named
    return listed([*recipients[:named], f"{more} more"] if more > 1 else recipients)


def _not_running(groups: Sequence[Group]) -> list[Note]:
    """That nothing of it goes out while a group's cycle is off or paused."""
    return [
        Note(f"The cycle of {listed(names)} is {how}: nothing of it goes out until it is {until}.")
        for how, until in (("off", "switched on"), ("paused", "resumed"))
        if (names := [group.name for group in groups if group.stopped == how])
    ]


def _asks(groups: Sequence[Group], sight: Sight) -> list[tuple[str, str]]:
    """What the coordinator can do about it."""
    mine = [group for group in groups if "coordinator" in sight.parts_in(group.id)]
    on = [(f"Switch {group.name} on", f"/meeting on {group.key}") for group in mine if group.stopped == "off"]
    return on + [(f"Resume {group.name}", f"/meeting resume {group.key}") for group in mine if group.stopped == "paused"]
