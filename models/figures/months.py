"""Months as ordinals (year * 12 + month - 1), and periods of whole months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month(year: int, number: int) -> int:
    """The ordinal of a month; `number` is 1 to 12."""
    return year * 12 + number - 1


def month_of(day: date) -> int:
    """The ordinal of the month a day is in."""
    return month(day.year, day.month)


def month_from(text: str) -> int:
    """The ordinal of "2025-03"; ValueError when it is no month."""
    year, _, number = text.partition("-")
    digits = (year + number).isascii() and (year + number).isdigit()
    if not (digits and len(year) == 4 and len(number) == 2 and 1 <= int(number) <= 12):
        raise ValueError(text)
    return month(int(year), int(number))


def iso(ordinal: int) -> str:
    """ "2025-03"."""
    return f"{ordinal // 12:04d}-{ordinal % 12 + 1:02d}"


def named(ordinal: int) -> str:
    """ "March 2025"."""
    return f"{NAMES[ordinal % 12]} {ordinal // 12}"


def short(ordinal: int) -> str:
    """ "Mar 25"."""
    return f"{NAMES[ordinal % 12][:3]} {ordinal // 12 % 100:02d}"


@dataclass(frozen=True, order=True)
class Period:
    """Whole months, first and last both included."""

    first: int
    last: int

    @property
    def months(self) -> range:
        return range(self.first, self.last + 1)

    def __len__(self) -> int:
        return self.last - self.first + 1

    def back(self, months: int = 12) -> Period:
        """The same months so many months earlier; a year before by default."""
        return Period(self.first - months, self.last - months)

    def __str__(self) -> str:
        """ "2025", "March 2025", "March to May 2025", "October 2018 to February 2019", "financial year 2024/25"."""
        if self.first == self.last:
            return named(self.first)
        if len(self) == 12 and self.first % 12 == 0:
            return str(self.first // 12)
        if len(self) == 12 and self.first % 12 == 3:
            return f"financial year {self.first // 12}/{self.last // 12 % 100:02d}"
        if self.first // 12 == self.last // 12:
            return f"{NAMES[self.first % 12]} to {named(self.last)}"
        return f"{named(self.first)} to {named(self.last)}"

    @property
    def words(self) -> str:
        """The period as a person could type it, and as `Read` reads it again."""
        if len(self) == 12 and self.first % 12 == 0:
            return str(self.first // 12)
        start = f"{NAMES[self.first % 12][:3]} {self.first // 12}"
        return start if self.first == self.last else f"{start} - {NAMES[self.last % 12][:3]} {self.last // 12}"


def runs(months: list[int]) -> list[Period]:
    """The unbroken runs in ascending months: what is held, gaps and all."""
    found: list[Period] = []
    for ordinal in sorted(months):
        if found and found[-1].last + 1 == ordinal:
            found[-1] = Period(found[-1].first, ordinal)
        else:
            found.append(Period(ordinal, ordinal))
    return found
