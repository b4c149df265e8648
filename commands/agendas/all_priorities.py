"""How all the priorities stand: in full, in a line; and a plain line for what ought to be in and is not."""

from __future__ import annotations

from collections.abc import Sequence

from commands.agendas.performance import Performance
from commands.agendas.sitting import Parts, Printed, Sitting
from commands.agendas.sources import by_month
from commands.printed import CHANCE_OF_PAIRS
from commands.reply import Note
from commands.words import listed
from models.figures.chance import DOWN, FEW, UNCLEAR, UP
from models.figures.months import named
from models.measures import SIMULATED
from models.series import Series

CALLED = {
    "police.uk": "figures of police.uk",
    "workbook": "the partners' own figures",
    "simulated": f"figures by the month (a {SIMULATED})",
}


def priorities(sitting: Sitting) -> Parts:
    """Every priority; first what is not in yet, last what all their figures have in common."""
    every = each_of(sitting)
    if not every:
        return ["No priority is set."]
    series = [one for each in every for one in each.series]
    chance = [Note(CHANCE_OF_PAIRS)] if any(f.chance is not None for each in every for f in each.printed) else []
    return [*not_in(series, sitting), *(part for each in every for part in each.parts()), *chance, *by_month(series, sitting)]


def in_a_line(sitting: Sitting) -> str:
    """ "Clearly up: Robbery. Clearly down: Vehicle Crime. No clear change: Dwelling Burglary (August 2012 to July 2013)."

    What clearly changed has what to beware of behind it, as the line is all that many will read.
    """
    every = each_of(sitting)
    late = [line for line in not_in([one for each in every for one in each.series], sitting) if isinstance(line, str)]
    stands = {each.priority.name: each.standing for each in every}
    moved = [each for each in every if each.standing[0] in (UP, DOWN) and each.beware]
    warned = {each.priority.name: f"{each.priority.name} ({each.beware})" for each in moved}
    names = {verdict: [warned.get(name, name) for name, (of, _) in stands.items() if of == verdict] for verdict in (UP, DOWN, UNCLEAR, FEW)}
    said = [f"{verdict.capitalize()}: {'; '.join(found)}" for verdict, found in names.items() if found]
    spans = listed(list(dict.fromkeys(when for verdict, when in stands.values() if verdict)))
    return " ".join([*late, f"{'. '.join(said)} ({spans})."] if said else late)


def not_in(series: Sequence[Series], sitting: Sitting) -> list[Printed]:
    """A plain line for each source whose expected month is not in; and one where nothing comes by the month."""
    if not series:
        return ["No figures by the month are held: what follows is as printed."]
    lines: list[Printed] = []
    for source in dict.fromkeys(s.measure.source for s in series):
        last = max(s.last for s in series if s.measure.source == source)
        expected = next(s for s in series if s.measure.source == source).expected(sitting.at)
        if last < expected:
            gap = named(last + 1) if last + 1 == expected else f"{named(last + 1)} to {named(expected)}"
            verb = "is" if last + 1 == expected else "are"
            lines.append(f"{gap} {verb} not in: {CALLED[source]} go to {named(last)}.")
    return lines


def each_of(sitting: Sitting) -> list[Performance]:
    """What is held of every priority, in their order."""
    return [Performance(priority, sitting) for priority in sitting.vocabulary.priorities.values()]
