"""What the cycle will send: every message between now and a day, before any of it is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.listing import window
from commands.meetings.which import group_beginning, the_group
from commands.plan.sight import Sight
from commands.reply import Note, Part, Reply, Table, counted, press
from commands.words import lasting, listed
from models.calendar import Calendar
from models.dates import plain, said
from models.groups import Group
from models.rehearsing import Message, rehearse

AHEAD = timedelta(days=60)  # where no day is named
MOST = 90  # rows; a table of Slack's takes a hundred
NAMED = 8  # recipients of a row that are named
WHAT = {
    "ask": "asks for news",
    "remind": "reminds the silent",
    "draft": "draft agenda",
    "agenda": "agenda",
    "morning": "figures and late answers",
    "minutes": "draft minutes",
}
FOR = re.compile(r"\bfor (?:the )?(?=(?:next )?\w+ (?:week|month|year)s?\b)(?:next )?")
WORDS = re.compile(r"\b(?:what|will|would|are|do|does|is|you|going to|to be|send|sent|goes|go|out|everyone|everybody|us|all|me|plan|the)\b")


def plan(enquiry: Enquiry, session: Session) -> Reply:
    """`plan jag until christmas`: every message that would go out, nobody answering; of all that I see where no group is named."""
    sight = Sight.of(enquiry, session)
    words = lasting(enquiry.words)
    group, rest = group_beginning(words, sight)
    if group is None and (named := sight.group_named(words.split()[-1] if words.split() else "")):
        group, rest = named, words.rsplit(None, 1)[0] if " " in words.strip() else ""
    groups = [group] if group else list(sight.groups)
    if not groups:
        the_group(None, sight)
    return planned(groups, _last_day(rest, sight.today), sight)


def planned(groups: Sequence[Group], last: date, sight: Sight, *above: Part) -> Reply:
    """What would go out about some groups' meetings until a day."""
    until = Calendar.of(groups[0], sight.session).aware(datetime.combine(last, time.max))
    messages = rehearse(groups, sight.now, until, sight.session)
    one = groups[0] if len(groups) == 1 else None
    title = f"What I send {'for ' + one.name + ' ' if one else ''}until {said(last)}"
    more = len(messages) - MOST
    return Reply(
        title,
        *above,
        table_of(messages[:MOST], one is None) if messages else "Nothing would go out by then.",
        Note(f"{more} more. Ask for fewer: /meeting plan {one.key if one else 'jag'} until {said(messages[MOST].at.date())}")
        if more > 0
        else None,
        Note("As if nobody answered: who has is not reminded. Actions are those that are open now.") if messages else None,
        *_not_running(groups),
        press(*_asks(groups, sight)),
        summary=f"{counted(len([each for each in messages if each.recipients]), 'message')} until {said(last)}.",
    )


def table_of(messages: Sequence[Message], grouped: bool) -> Table:
    """A row a message, or as many as say the same to several at one time."""
    return Table(["When", "What", "For", "To"], [_row(message, grouped) for message in messages])


def _row(message: Message, grouped: bool) -> list[str]:
    kinds = dict.fromkeys(WHAT[about.kind] for about in message.about)
    meetings = dict.fromkeys(f"{about.group.name + ', ' if grouped else ''}{about.meeting.begins:%-d %b %Y}" for about in message.about)
    return [f"{message.at:%a %-d %b %Y, %H:%M}", listed(list(kinds)), listed(list(meetings)), _to(message.recipients)]


def _to(recipients: Sequence[str]) -> str:
    """The first few by name, and how many more."""
    if not recipients:
        return "nobody"
    shown = [*recipients[:NAMED], *([f"{len(recipients) - NAMED} more"] if len(recipients) > NAMED else [])]
    return listed(shown)


def _not_running(groups: Sequence[Group]) -> list[Note]:
    """That nothing of it goes out while a group's cycle is off or paused."""
    off = [group.name for group in groups if group.cycle_since is None]
    paused = [group.name for group in groups if group.cycle_since and group.paused_at]
    return [
        Note(f"The cycle of {listed(names)} is {how}: nothing of {'its' if len(names) == 1 else 'theirs'} goes out until it is {until}.")
        for names, how, until in ((off, "off", "switched on"), (paused, "paused", "resumed"))
        if names
    ]


def _asks(groups: Sequence[Group], sight: Sight) -> list[tuple[str, str]]:
    """What the coordinator can do about it."""
    mine = [group for group in groups if "coordinator" in sight.parts_in(group.id)]
    on = [(f"Switch {group.name} on", f"/meeting on {group.key}") for group in mine if group.cycle_since is None]
    return on + [(f"Resume {group.name}", f"/meeting resume {group.key}") for group in mine if group.cycle_since and group.paused_at]


def _last_day(words: str, today: date) -> date:
    """The last day that words name: "until christmas", "for 3 months", "2014"; else two months from now."""
    text = re.sub(r"\bx-?mas\b", "christmas", plain(words))
    text = re.sub(r"\bchristmas(?: eve| day)?\b", "christmas", re.sub(r"\bnew year(?:'?s?)?(?: day| eve)?\b", "31 dec", text))
    text = FOR.sub("next ", WORDS.sub(" ", text.replace("between now and", "until")))
    text = " ".join(text.split())
    _, last, left = window(text, today)
    return max(last, today) if text and left != text else today + AHEAD
