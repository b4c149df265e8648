"""Plain words for elected members: no abbreviation stays, and every priority is a sentence or two."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from commands.agendas.all_priorities import each_of, not_in
from commands.agendas.performance import Performance
from commands.agendas.sitting import Parts, Printed, Sitting
from commands.agendas.sources import CHANCE, by_month
from commands.printed import number, verdict_on
from commands.reply import Facts, Heading, Note, Table
from commands.source import ended, span, stop
from models.figures.chance import DOWN, UP
from models.figures.change import direction
from models.groups import Group
from models.held import Published
from models.people import Person

FULL = "The full figures, with the source of each, are in the papers of the group that meets monthly."
CLEAR = "Whether a change is clear is judged by the two printed counts alone."
ABBREVIATIONS = {
    "ASB": "anti-social behaviour",
    "BCS": "British Crime Survey",
    "CCTV": "camera",
    "CSP": "community safety partnership",
    "DRR": "drug rehabilitation requirement",
    "IOM": "integrated offender management",
    "KSI": "killed or seriously injured",
    "MSG": "most similar partnerships",
    "PPOs": "prolific offenders",
    "PPO": "prolific offender",
    "RTCs": "road traffic collisions",
    "RTC": "road traffic collision",
}


def priorities(sitting: Sitting) -> Parts:
    """Each priority: how many, how that compares, whether it means anything, and its lead's word."""
    every = each_of(sitting)
    parts: list[Printed] = []
    for each in every:
        parts += [Heading(each.priority.name), _sentence(each), *_word(each)]
    printed = [figure for each in every for figure in each.lately_printed[:1]]
    source = [Note(f"Source: {printed[0].document}{ended(printed[0], sitting.at)}. {FULL}")] if printed else []
    series = [one for each in every for one in each.series]
    recorded = by_month([one for one in series if not one.measure.simulated], sitting)
    return [*not_in(series, sitting), *parts, *source, *recorded]


def _word(each: Performance) -> list[Printed]:
    said, who = each.sitting.text(each.priority.key), each.lead.role if each.lead else "its lead"
    writer = Person.named(each.writer, each.sitting.session) if each.writer else None
    who = writer.role if writer else who
    return [Facts([(f"From {who}", said)])] if said else []


def _sentence(each: Performance) -> str:
    figure = next((f for f in [*each.lately_printed, each.nearest] if f and f.current is not None), None)
    if figure is None:
        live = next(iter(each.live), None)
        return f"{live.aloud} {stop(live.series.measure.caveat)}".strip() if live else "No figure counts it."
    near = "No figure counts it. The nearest is of something else. " if each.nearest else ""
    warned = f" {stop(figure.measure.caveat)}" if figure.measure.caveat and not each.nearest else ""
    return near + of_printed(figure) + warned


def of_printed(figure: Published) -> str:
    """ "Dwelling burglary: 407 offences, August 2012 to July 2013, down from 430 the year before. That may be chance." """
    unit = "%" if figure.measure.counted == "%" else f" {figure.measure.counted}"
    count = f"{number(figure.current)}{unit}, {span(figure)}"
    if figure.before is None or figure.current is None:
        return f"{figure.measure.name}: {count}. No earlier figure is printed."
    moved = direction(figure.current, figure.before)
    was = f"{moved} from {number(figure.before)} the year before" if moved != "unchanged" else "as many as the year before"
    verdict = verdict_on(figure)
    means = "That is a clear change." if verdict in (UP, DOWN) else "That may be chance." if verdict else ""
    return f"{figure.measure.name}: {count}, {was}. {means}".strip()


def words_for(groups: Sequence[Group]) -> dict[str, str]:
    """What each abbreviation stands for: the groups' own long names, and those of the trade."""
    return ABBREVIATIONS | {group.name: group.long_name for group in groups if group.long_name}


def spelt_out(text: str, words: Mapping[str, str]) -> str:
    """A text with its abbreviations written out; references such as JAG-13-004 stay as they are."""
    if not words:
        return text
    known = "|".join(re.escape(short) for short in sorted(words, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{known})(?!\w|-\d)", lambda found: _cased(words[found[0]], text[: found.start()].rstrip()), text)


def _cased(long: str, before: str) -> str:
    """What it stands for, as a sentence begins with it where it begins one."""
    return long[0].upper() + long[1:] if not before or before[-1] in ".:-?" else long


def plain_parts(parts: Parts, words: Mapping[str, str]) -> Parts:
    """Parts with every abbreviation written out."""
    return [_plain(part, words) for part in parts]


def _plain(part: Printed, words: Mapping[str, str]) -> Printed:
    def said(text: str) -> str:
        return spelt_out(text, words)

    match part:
        case str():
            return said(part)
        case Heading():
            return Heading(said(part.text))
        case Note():
            return Note(said(part.text.replace(CHANCE, CLEAR)))
        case Facts():
            return Facts([(said(label), said(value)) for label, value in part.facts])
        case Table():
            rows = [[said(cell) if isinstance(cell, str) else cell for cell in row] for row in part.rows]
            return Table([said(heading) for heading in part.headings], rows, said(part.title))
