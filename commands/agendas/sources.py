"""Where the figures of an agenda come from, said once for many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commands.agendas.sitting import Sitting
from commands.printed import CHANCE_OF_PAIRS
from commands.reply import Note
from commands.source import came_from, ended, span, stop
from models.held import Published
from models.series import Series


def as_printed(figures: Sequence[Published], sitting: Sitting) -> list[Note]:
    """Where many printed figures come from together, and what to beware of; each one's own lines are on its answer."""
    held = [figure for figure in figures if figure.last is not None]
    if not held:
        return []
    latest = max(held, key=lambda figure: figure.last or 0)
    warned = " ".join(dict.fromkeys(f"{figure.measure.name}: {stop(figure.measure.caveat)}" for figure in held if figure.measure.caveat))
    said = f"Source: {latest.document}, each as printed, the latest for {span(latest)}{ended(latest, sitting.at)}."
    chance = CHANCE_OF_PAIRS if any(figure.chance is not None for figure in held) else ""
    return [Note(" ".join(filter(None, (said, chance, warned))))]


def by_month(series: Iterable[Series], sitting: Sitting) -> list[Note]:
    """Where what comes by the month is from, each source once."""
    found: dict[str, Series] = {}
    for one in series:
        found.setdefault(one.measure.source, one)
    return [Note(f"By the month. {came_from(one, sitting.at)}") for one in found.values()]
