"""A printed figure said aloud, and everything that is printed beside it."""

from __future__ import annotations

from collections.abc import Sequence

from commands.printed import (
    change_said,
    number,
    p_said,
    verdict_on,
)
from commands.source import before_said, span, span_before
from models.figures import change
from models.figures.rank import printed
from models.held import Published


def aloud_of(figure: Published) -> str:
    """ "Dwelling burglary is down, 407 from 430 (−5.3%), no clear change; 7th of 10 in the county …; 2013 against the year before." """
    if figure.current is None:
        standing = f", and calls it {figure.standing.replace('; ', ', ')}" if figure.standing else ""
        return f"{figure.measure.name}: the assessment prints no count{standing}."
    if figure.before is None:
        counted = "" if figure.measure.counted == "%" else f" {figure.measure.counted}"
        said = f"{figure.measure.name}: {number(figure.current, figure.measure)}{counted}, {span(figure)}, with no earlier count printed"
    else:
        verb = change.direction(figure.current, figure.before)
        counts = f"{number(figure.current, figure.measure)} from {number(figure.before, figure.measure)}"
        changed = change_said(figure).replace(" (", ", ").removesuffix(")")  # it stands in brackets already
        said = f"{figure.measure.spoken} {verb}, {counts} ({changed})"
        said += f", {verdict_on(figure)}" if verdict_on(figure) else ""
    rank = f"; {printed(figure.county_rank)} in the county, 1st = lowest" if figure.county_rank else ""
    when = f"; {span(figure)} against {before_said(figure)}" if figure.before is not None and figure.first is not None else ""
    return f"{said}{rank}{when}."


def card_facts(figure: Published) -> list[tuple[str, str]]:
    """Everything printed beside a figure, under the names a meeting uses."""
    per = f"per {figure.rate_per}" if figure.rate_per else ""
    verdict = verdict_on(figure)
    facts = [
        (figure.measure.name, f"{number(figure.current, figure.measure)}, {span(figure)}" if figure.current is not None else ""),
        ("Year before", f"{number(figure.before, figure.measure)}, {span_before(figure)}" if figure.before is not None else ""),
        ("Change", change_said(figure)),
        ("More than chance?", f"{verdict} (E-test p {p_said(figure.chance)})" if verdict and figure.chance is not None else ""),
        ("Rate", f"{figure.rate:g} {per}" if figure.rate is not None else ""),
        ("MSG average", f"{figure.msg_rate:g} {per}" if figure.msg_rate is not None else ""),
        ("County rank", _rank(figure.county_rank, figure.county_rank_before)),
        ("MSG rank", _rank(figure.msg_rank, figure.msg_rank_before)),
        ("Risk level", f"{figure.risk}{f' (was {figure.risk_before})' if figure.risk_before else ''}" if figure.risk else ""),
        ("Also printed", figure.note),
        ("Caveat", figure.caveat),
        ("Recommendation", figure.recommendation),
    ]
    return [(label, value) for label, value in facts if value]


def places_said(figures: Sequence[Published]) -> str:
    """ "Berkhamsted Castle 33 (up 26 from 7; highest, greatest rise)", each place that is named with a count."""
    said = []
    for figure in figures:
        words = [figure.standing.replace("; ", ", ")] if figure.standing else []
        if figure.current is not None and figure.before is not None:
            moved = f"{abs(figure.current - figure.before):,.0f} from {figure.before:,.0f}"
            words.insert(0, f"{change.direction(figure.current, figure.before)} {moved}")
        count = f" {figure.current:,.0f}" if figure.current is not None else ""
        bracket = f" ({'; '.join(words)})" if words else ""
        said.append(f"{figure.area.name}{count}{bracket}")
    return "; ".join(said)


def _rank(now: str, before: str) -> str:
    if not now:
        return ""
    was = f" (was {printed(before)})" if before else ""
    return f"{printed(now)}{was}; 1st = lowest"
