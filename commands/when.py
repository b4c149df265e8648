"""The period a question means, and what it is compared with, against the months that are held."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked, level_words
from models.base import Refusal
from models.calendar import Calendar
from models.figures import periods
from models.figures.months import Period
from models.groups import Group
from models.series import Series


def period_of(asked: Asked, series: Series, enquiry: Enquiry, session: Session) -> Period:
    """The period asked, against what is held; the last 12 months held when none was. Refuses what is not held."""
    held = held_for(series, enquiry, session)
    try:
        period = asked.period.period(held) if asked.period.period else Period(max(held.last - 11, held.first), held.last)
    except Refusal as refusal:
        raise Refusal(refusal.words, ("The last month held", asked.again("last month", level_words(asked.by)))) from None
    if not series.holds(period):
        said = str(period)
        raise Refusal(
            f"{said[0].upper()}{said[1:]} is not held. I hold {series.measure.name} for {series.said}.",
            ("The last 12 months held", asked.again(level_words(asked.by))),
        )
    return period


def compared_with(asked: Asked, period: Period, series: Series, enquiry: Enquiry, session: Session) -> Period:
    """What a period is compared with: what was asked, else the same months a year before. It may not be held."""
    if asked.period.against is None:
        return period.back(12 * (1 + (len(period) - 1) // 12))
    against = asked.period.against(period, held_for(series, enquiry, session))
    if len(against) != len(period):
        raise Refusal(
            f"{period} is {len(period)} months and {against} is {len(against)}: they cannot be compared as they stand. "
            f"Expected periods of equal length, such as: {period.words} vs {period.back().words}"
        )
    return against


def held_for(series: Series, enquiry: Enquiry, session: Session) -> periods.Held:
    """What a period is read against."""

    def last_jag() -> datetime | None:
        group = session.scalar(select(Group).where(Group.key == "jag"))
        met = Calendar.of(group, session).last(enquiry.at) if group else None
        return met.begins if met else None

    return periods.Held(series.first, series.last, enquiry.at, last_jag)
