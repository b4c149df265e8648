"""Where the figures of an agenda come from, said once for many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commands.agendas.sitting import Sitting
from commands.reply import Note
from commands.source import came_from, ended, span, stop
from models.held import Published
from models.measures import Measure
from models.series import Series

CHANCE = "“Clearly” goes by an E-test of the two printed counts, which assumes that reports do not cluster."


def as_printed(figures: Sequence[Published], shown: Sequence[Published], sitting: Sitting) -> list[Note]:
    """Where many printed figures come from together, and what to beware of in those that are shown; each one's lines are on its answer."""
    held = [figure for figure in figures if figure.last is not None]
    if not held:
        return []
    latest = max(held, key=lambda figure: figure.last or 0)
    said = f"Source: {latest.document}, each as printed, the latest for {span(latest)}{ended(latest, sitting.at)}."
    chance = CHANCE if any(figure.chance is not None for figure in held) else ""
    return [Note(" ".join(filter(None, (said, chance, _warned([figure.measure for figure in shown])))))]


def _warned(measures: Sequence[Measure]) -> str:
    """What to beware of, each thing once: "Theft, Robbery: Counted by …"."""
    names: dict[str, list[str]] = {}
    for each in dict.fromkeys(measures):
        if each.caveat:
            names.setdefault(stop(each.caveat), []).append(each.name)
    return " ".join(f"{', '.join(named)}: {caveat}" for caveat, named in names.items())


def by_month(series: Iterable[Series], sitting: Sitting) -> list[Note]:
    """Where what comes by the month is from, each source once."""
    found: dict[str, Series] = {}
    for one in series:
        found.setdefault(one.measure.source, one)
    return [Note(f"By the month. {came_from(one, sitting.at)}") for one in found.values()]
