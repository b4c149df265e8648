"""Working days of England: neither weekends nor bank holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)


class WorkingDays:
    """Which days are worked in England. The bank holidays of a year are read once, when one of its days is first asked about."""

    def holiday(self, day: date) -> str:
        """The name of the bank holiday that a day is, such as "Good Friday"; empty for any other."""
        return bank_holidays(day.year).get(day, "")

    def is_working(self, day: date) -> bool:
        """Whether it is worked on."""
        return day.weekday() < 5 and not self.holiday(day)

    def back(self, day: date, n: int) -> date:
        """The day that is `n` working days before a day, which may itself be any; with 0 that day."""
        for _ in range(n):
            day = self.before(day)
        return day

    def before(self, day: date) -> date:
        """The last working day before a day."""
        day -= DAY
        while not self.is_working(day):
            day -= DAY
        return day

    def after(self, day: date) -> date:
        """The next working day after a day."""
        day += DAY
        while not self.is_working(day):
            day += DAY
        return day


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> Mapping[date, str]:
    """The bank holidays of England in a year, by name, days in lieu of them and those of one year alone included."""
    from holidays import country_holidays  # takes as long as a short answer, so only where a day must be known

    found = country_holidays("GB", subdiv="ENG", years=year, language="en_GB")
    return {day: name.replace(" (observed)", " (in lieu)") for day, name in found.items()}
