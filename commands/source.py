"""Where a figure comes from, how far behind it is, and under which definition: what stands beside every answer."""

from __future__ import annotations

from datetime import datetime

from commands.reply import Note, counted
from models.figures.months import Period, month_of, named
from models.held import Published
from models.measures import Measure
from models.series import Series


def stop(text: str) -> str:
    """A sentence with its full stop."""
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def lag(series: Series, at: datetime) -> str:
    """ "Held to December 2025, 11 months behind today"."""
    behind = series.lag(at)
    return f"Held to {named(series.last)}, {counted(behind, 'month') + ' behind' if behind else 'up to'} today"


def provenance(series: Series, at: datetime) -> Note:
    """The note under a live figure: source, licence, last month held, lag, what is counted, and what to beware of."""
    source = "police.uk" if series.measure.source == "police.uk" else "a partner's workbook"
    files = ", ".join(series.files[:2]) + (f" and {len(series.files) - 2} more" if len(series.files) > 2 else "")
    marking = f", {series.marking}" if series.marking else ""
    about = " ".join(stop(text) for text in (series.measure.definition, series.measure.caveat) if text)
    return Note(f"Source: {source} ({files}{marking}). {lag(series, at)}. {about}")


def published_provenance(figure: Published, at: datetime) -> Note:
    """The note under a printed figure: the document, its line, its period and how old it is."""
    period, behind = span(figure), ""
    if figure.last is not None:
        months = month_of(at) - figure.last
        behind = f"; its period ended {counted(months, 'month')} before today" if months > 0 else ""
    about = " ".join(stop(text) for text in (figure.measure.definition, figure.measure.caveat) if text)
    return Note(f"Source: {figure.document}, line {figure.line}, as printed for {period}{behind}. {about}")


def span(figure: Published) -> str:
    """The period of a printed figure in words."""
    if figure.first is None or figure.last is None:
        return "a period the document does not print"
    return str(Period(figure.first, figure.last))


def span_before(figure: Published) -> str:
    """The period a printed figure is compared with, in words."""
    if figure.before_first is None or figure.before_last is None:
        return "the year before"
    return str(Period(figure.before_first, figure.before_last))


def two_definitions(printed: Measure) -> str:
    """Why a live figure and the printed figure of the same words stand apart."""
    definition = printed.definition.rstrip(".")
    return f"Not the same as {printed.name} in the assessment ({definition}): two definitions are never joined or compared."
