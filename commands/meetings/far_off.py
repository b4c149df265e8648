"""A move that is asked about first: far from where the meeting was, to an odd day or hour, or so near that nobody is asked in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from commands.meetings.told import when
from commands.meetings.which import Found
from commands.plan.kept import A_YEAR_ON, PAST, Doubt
from commands.plan.sight import Sight
from commands.reply import counted
from commands.words import listed
from models.cycle import Leads

FAR = 14  # days that a meeting is moved by without being asked about
FIRST, LAST = time(7), time(22)
ODD = "odd move"  # what somebody who insists is sure of


def doubt_an_odd_move(found: Found, begins: datetime, sight: Sight) -> None:
    """Ask about a move that is hardly meant, unless somebody insists on it; `begins` is where it would be, local."""
    if begins == found.meeting.begins or sight.enquiry.sure & {ODD, PAST, A_YEAR_ON}:
        return
    if odd := list(_oddities(found, begins, sight)):
        at = f"{begins:%A %-d %B %Y at %H:%M}"
        asked = f"{found.group.name} on {when(found.meeting)} would be moved to {at}: {listed(odd)}. Nothing was saved yet."
        raise Doubt(ODD, f"Move it to {begins:%-d %B %Y at %H:%M}?", asked, f"Yes, {at}")


def _oddities(found: Found, begins: datetime, sight: Sight) -> Iterator[str]:
    was, days, ask = found.meeting, found.calendar.days, Leads.of(found.group).ask
    apart = (begins.date() - was.on).days
    if abs(apart) > FAR:
        yield f"{abs(apart)} days {'later' if apart > 0 else 'earlier'}"
    if apart and begins.weekday() >= 5:
        yield f"a {begins:%A}"
    if begins.time() != was.begins.time() and not FIRST <= begins.time() <= LAST:
        yield f"not between {FIRST:%-H:%M} and {LAST:%-H:%M}"
    if days.back(was.on, ask) >= sight.today > days.back(begins.date(), ask):
        yield f"sooner than the {counted(ask, 'working day')} before it at which owners are asked"
