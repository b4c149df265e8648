"""How a count is said to have changed."""

from __future__ import annotations

SMALL = 20  # an earlier count below this gets no percentage
MINUS = "−"


def percent(now: float, before: float) -> float | None:
    """The change in per cent; None when the earlier count is too small for a percentage to mean anything."""
    return None if before < SMALL else (now - before) / before * 100


def signed(value: float, digits: int = 0) -> str:
    """ "+12", "−5.3", "0": a real minus sign, and no sign on nothing."""
    rounded = round(value, digits)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):,.{digits}f}"


def said(now: float, before: float) -> str:
    """ "−5.3%", or the difference alone where the earlier count is small."""
    share = percent(now, before)
    return signed(now - before) if share is None else f"{signed(share, 1)}%"


def direction(now: float, before: float) -> str:
    """ "up", "down" or "unchanged"."""
    return "up" if now > before else "down" if now < before else "unchanged"


def yearly(count: float, people: int | None, months: int) -> float | None:
    """Per 1,000 and year, of a count over so many months."""
    return rate(count * 12 / months, people)


def rate(count: float, people: int | None) -> float | None:
    """Per 1,000; None where nobody is counted as living."""
    return count / people * 1000 if people else None
