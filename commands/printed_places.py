"""The places that a document names: the hotspots where months are not held by place."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked, Subject
from commands.missing import not_held
from commands.printed import CHANCE_OF_PAIRS, caveats, figures_of, of_borough, of_places, places_table, worked_out
from commands.reply import Note, Reply, press
from commands.source import published_provenance, span
from commands.words import listed
from models.base import Refusal
from models.held import Published
from models.measures import Measure
from models.series import Series


def printed_places(enquiry: Enquiry, asked: Asked, subject: Subject, series: Sequence[Series], session: Session) -> Reply:
    """The places a document names, where months are not held by place."""
    for measure in subject.measures:
        figures = figures_of([measure], session)
        places = of_places(figures)
        if places and asked.by in (None, "beat") and (asked.printed or not series) and not asked.period.period:
            return _as_printed(enquiry, asked, subject, measure, figures, places)
    raise not_held(asked, subject, series, session)


def _as_printed(
    enquiry: Enquiry, asked: Asked, subject: Subject, measure: Measure, figures: list[Published], places: list[Published]
) -> Reply:
    borough = of_borough(figures)
    rows = _asked_of(places, asked)
    if not rows:
        where = listed([said for said, _ in asked.places])
        raise Refusal(
            f"The assessment names no {asked.moving or ''} place{f' called {where}' if where else ''} for {measure.name}. "
            f"It names {listed([f.area.name for f in places])}.".replace("  ", " "),
            ("The places it names", f"{subject.words} published"),
        )
    shown = rows[: asked.top] if asked.top else rows
    highest = [f for f in rows if f.current is not None and ("highest" in f.standing or "in the top" in f.standing)]
    top = [f"{f.area.name} {f.current:,.0f}" + (f" ({f.before:,.0f})" if f.before is not None else "") for f in highest][:3]
    whole = f" of {borough.current:,.0f} in {borough.area.name}" if borough and borough.current is not None else ""
    return Reply(
        f"{measure.name}: the places the assessment names, {span(shown[0])}",
        f"{measure.spoken} named highest in {listed(top)}{whole}; in brackets the year before." if top and not asked.moving else None,
        places_table(shown),
        *[Note(text) for text in asked.notes],
        _headline_said(subject, measure),
        Note(f"These are the places the document names, in its own words; it ranks no others. {CHANCE_OF_PAIRS}"),
        *worked_out(shown),
        *caveats(shown),
        published_provenance([borough, *shown] if borough else shown, enquiry.at),
        press(("The whole card", f"/priority {subject.priority.key}")) if subject.priority else None,
        summary=f"{', '.join(top) or listed([f.area.name for f in shown])}{whole}, as the assessment printed it.",
    )


def _asked_of(places: list[Published], asked: Asked) -> list[Published]:
    wanted = {p.id for _, found in asked.places for p in found if p.level != "district"}
    rows = [f for f in places if not wanted or f.area_id in wanted]
    if asked.moving:
        rows = [f for f in rows if _moved(f) > 0] if asked.moving == "rising" else [f for f in rows if _moved(f) < 0]
        rows.sort(key=lambda f: -abs(_moved(f)))
    return rows


def _moved(figure: Published) -> float:
    if figure.current is not None and figure.before is not None:
        return figure.current - figure.before
    return float(figure.printed_volume or 0)


def _headline_said(subject: Subject, measure: Measure) -> Note | None:
    if subject.priority is None or measure.priority_id != subject.priority.id:
        return None
    if measure.place == 1:
        return Note(f"{measure.name} is the headline measure of the priority {subject.priority.name}.")
    return Note(
        f"{measure.name} belongs to the priority {subject.priority.name}, whose headline is another measure: "
        f"/hotspots {subject.priority.key}."
    )
