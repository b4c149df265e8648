"""`jagbot rehearse`: every message that would go out in a window of time, printed as a table or as data; nothing is sent."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, date, datetime, time
from typing import Any

from dateutil.relativedelta import relativedelta

from bot.terminal import console, draw
from commands import Enquiry
from commands.meetings.planning import table_of
from commands.plan.sight import Sight
from commands.reply import Note, Reply, counted
from commands.words import listed
from models.base import Refusal
from models.dates import day_of, plain, said
from models.groups import Group
from models.partnership import Partnership
from models.people import Person
from models.rehearsing import Message, rehearse
from models.store import Store

MOST = 120  # months


def print_rehearsal(store: Store, partnership: Partnership, options: argparse.Namespace) -> int:
    """Print the rehearsal of a group, or of all that whoever asks sees."""
    with store.session(partnership.id) as session:
        sight = Sight.of(Enquiry("", Person.named(options.person, session), datetime.now(UTC)), session)
        groups = _groups(options.group, sight)
        first, last = _window(options.begins, options.months, sight.today)
        zone = Partnership.here(session).zone
        midnights = [datetime.combine(day, time(), zone) for day in (first, last)]
        messages = rehearse(groups, midnights[0], midnights[1], session)
    if options.shape == "json":
        print(json.dumps([_as_data(message) for message in messages], ensure_ascii=False, indent=2))
    else:
        console().print(draw(_reply(messages, groups, first, last))[0])
    return 0


def _groups(name: str, sight: Sight) -> list[Group]:
    if not name:
        return list(sight.groups)
    if found := sight.group_named(name):
        return [found]
    known = listed([group.key for group in sight.groups], "or")
    raise Refusal(f"There is no group {name!r}." + (f" Expected {known}." if known else ""))


def _window(begins: str, months: int, today: date) -> tuple[date, date]:
    """The first day, and the day after the last."""
    if not 1 <= months <= MOST:
        raise Refusal(f"--months {months}: expected a number between 1 and {MOST}.")
    first = day_of(plain(begins), today) if begins else today
    if first is None:
        raise Refusal(f"{begins!r} is no date. Write it as 2013-09-01, or 1 Sep 2013.")
    return first, first + relativedelta(months=months)


def _as_data(message: Message) -> dict[str, Any]:
    """A message; where it is put together of several, the others are `with` the first."""
    first, *others = ({"kind": each.kind, "group": each.group.key, "meeting": each.meeting.on.isoformat()} for each in message.about)
    data = {"time": message.at.isoformat(timespec="seconds"), **first, "recipients": list(message.recipients)}
    return data | ({"with": others} if others else {})


def _reply(messages: list[Message], groups: list[Group], first: date, last: date) -> Reply:
    return Reply(
        f"What would be sent from {said(first)} until {said(last)}",
        table_of(messages, grouped=len(groups) > 1) if messages else "Nothing would be sent.",
        Note(f"{counted(len(messages), 'row')}. Nothing was sent. As if nobody answered; actions are those that are open now."),
    )
