"""Several places as a document printed them, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked, Subject
from commands.printed import CHANCE_OF_PAIRS, figures_of, places_table, whole_period
from commands.reply import Note, Reply
from commands.source import published_provenance
from commands.words import listed
from models.held import Published
from models.measures import Measure
from models.series import Series


def printed_side_by_side(asked: Asked, subject: Subject, series: Sequence[Series], enquiry: Enquiry, session: Session) -> Reply | None:
    """The places asked about that a document prints figures of; the others are named. None where it prints none of them."""
    wanted = _by_name(asked)
    for measure in subject.measures if len(wanted) > 1 and not series and not asked.period.period else ():
        of_area = {f.area_id: f for f in reversed(whole_period(figures_of([measure], session)))}
        found = {name: next((of_area[i] for i in ids if i in of_area), None) for name, ids in wanted.items()}
        if figures := [figure for figure in found.values() if figure]:
            return _side_by_side(measure, figures, [name for name, figure in found.items() if not figure], asked, enquiry)
    return None


def _by_name(asked: Asked) -> dict[str, list[int]]:
    """The places asked about: a ward and the beat of its name are one."""
    wanted: dict[str, list[int]] = {}
    for _, places in asked.places:
        for place in places:
            wanted.setdefault(place.name, []).append(place.id)
    return wanted


def _side_by_side(measure: Measure, figures: Sequence[Published], missing: Sequence[str], asked: Asked, enquiry: Enquiry) -> Reply:
    said = listed([f"{f.area.name} {f.current:,.0f}" if f.current is not None else f"{f.area.name} without a count" for f in figures])
    without = f"The assessment prints no figure of {measure.name} for {listed(missing, 'or')}." if missing else ""
    return Reply(
        f"{measure.name}: {listed([f.area.name for f in figures])}, as printed",
        f"{said}. {without}".strip(),
        places_table(figures),
        *(Note(text) for text in asked.notes),
        Note(CHANCE_OF_PAIRS),
        published_provenance(figures, enquiry.at),
    )
