"""Where a figure comes from, how far behind it is, and under which definition: what stands beside every answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.reply import Note, counted
from models.figures.months import Period, month_of, named
from models.held import Published
from models.measures import SIMULATED, Measure
from models.series import Series

SOURCES = {"police.uk": "police.uk", "workbook": "a partner's workbook", "simulated": SIMULATED}


def stop(text: str) -> str:
    """A sentence with its full stop."""
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def ago(months: int) -> str:
    """ "2 months", "12 years and 7 months"."""
    years, over = divmod(months, 12)
    said = [counted(years, "year")] if months >= 24 else []
    said += [counted(over if said else months, "month")] if over or not said else []
    return " and ".join(said)


def lag(series: Series, at: datetime) -> str:
    """ "Held to December 2025, 11 months behind today"."""
    behind = series.lag(at)
    return f"Held to {named(series.last)}, {ago(behind) + ' behind' if behind else 'up to'} today"


def provenance(series: Series, at: datetime) -> Note:
    """The note under a live figure: source, licence, last month held, lag, what is counted, and what to beware of."""
    about = " ".join(stop(text) for text in (series.measure.definition, series.measure.caveat) if text)
    return Note(f"{came_from(series, at)} {about}")


def came_from(series: Series, at: datetime) -> str:
    """The source of a live figure, its files and licence, its last month and lag."""
    source = SOURCES[series.measure.source]
    files = ", ".join(series.files[:2]) + (f" and {len(series.files) - 2} more" if len(series.files) > 2 else "")
    marking = f", {series.marking}" if series.marking else ""
    made_up = ": what that prints comes out exactly, and all between is made up" if series.measure.simulated else ""
    return f"Source: {source} ({files}{marking}){made_up}. {lag(series, at)}."


def published_provenance(figures: Sequence[Published], at: datetime) -> Note:
    """The note under printed figures of one measure: the document, their lines, the period they span and how old it is."""
    latest = max(figures, key=lambda figure: figure.last or 0)
    lines = "; ".join(dict.fromkeys(part for figure in figures for part in figure.line.split("; ")))
    about = " ".join(stop(text) for text in (latest.measure.definition, latest.measure.caveat) if text)
    return Note(f"Source: {latest.document}, line {lines}, as printed for {_whole_span(figures)}{ended(latest, at)}. {about}")


def _whole_span(figures: Sequence[Published]) -> str:
    """From the first month to the last of several printed figures."""
    firsts, lasts = [f.first for f in figures if f.first is not None], [f.last for f in figures if f.last is not None]
    return str(Period(min(firsts), max(lasts))) if firsts and lasts else span(figures[0])


def ended(figure: Published, at: datetime) -> str:
    """ "; its period ended 12 years and 7 months before today"."""
    months = month_of(at) - figure.last if figure.last is not None else 0
    return f"; its period ended {ago(months)} before today" if months > 0 else ""


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


def before_said(figure: Published) -> str:
    """ "the year before", or the period where it is another."""
    first, before = figure.first, figure.before_first
    return "the year before" if first is None or before is None or first - before == 12 else span_before(figure)


def simulated(measure: Measure) -> str:
    """The sentence that follows one which says numbers and not whose they are; nothing for what was recorded."""
    return f" {SIMULATED.capitalize()}." if measure.simulated else ""


def apart(live: Measure, printed: Measure) -> Note | None:
    """Why a live figure and the printed figure of the same words stand apart; what is simulated is under the printed one's definition."""
    if live.simulated:
        return None
    definition = printed.definition.rstrip(".")
    return Note(f"Not the same as {printed.name} in the assessment ({definition}): two definitions are never joined or compared.")
