"""Performance: each priority with its sentence, its figures, where it concentrates, and its lead's word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from commands.agendas.sitting import Printed, Sitting
from commands.compared import Compared, of_district, of_places_given
from commands.monthly_card import most_of
from commands.printed import cell, change_said, figures_of, number, of_borough, of_places, verdict_on
from commands.printed_card import aloud_of, places_said
from commands.priority import read_aloud
from commands.reply import Cell, Facts, Heading, Note, Table
from commands.source import published_provenance, span, stop
from models.figures.months import Period, named
from models.held import Published
from models.measures import Measure
from models.people import Person
from models.priorities import Priority
from models.series import Series, held

YEAR = 12  # months
MOST = 4  # measures of a priority that are listed; its card has them all
PLACES = 3


@dataclass(frozen=True)
class Performance:
    """What is held of one priority, for a meeting."""

    priority: Priority
    sitting: Sitting

    @cached_property
    def measures(self) -> list[Measure]:
        return self.sitting.vocabulary.of_priority(self.priority.id)

    @cached_property
    def printed(self) -> list[Published]:
        """The borough's printed figure of each measure that has one, the headline first."""
        figures = figures_of(self.measures, self.sitting.session)
        published = [measure.id for measure in self.measures if measure.source == "published"]
        found = [of_borough([f for f in figures if f.measure_id == number]) for number in published]
        return [figure for figure in found if figure]

    @cached_property
    def series(self) -> list[Series]:
        return held(self.measures, self.sitting.session)

    @cached_property
    def live(self) -> list[Compared]:
        """What comes by the month and was recorded: twelve months against the twelve before, each measure once."""
        recorded = [s for s in self.series if not s.measure.simulated]
        found = []
        for measure in dict.fromkeys(s.measure for s in recorded):
            own = [s for s in recorded if s.measure is measure]
            asked, enquiry, session = self.sitting.asked, self.sitting.enquiry, self.sitting.session
            found.append(of_district(own, enquiry, asked, session) or of_places_given(own, enquiry, asked, session))
        return [each for each in found if each]

    @cached_property
    def nearest(self) -> Published | None:
        """What is nearest to a priority that nothing counts."""
        near = self.sitting.vocabulary.measure(self.priority.nearest)
        return of_borough(figures_of([near], self.sitting.session)) if near and not self.printed and not self.series else None

    @property
    def sentence(self) -> str:
        """What can be read aloud."""
        s, figures = self.sitting, figures_of(self.measures, self.sitting.session)
        said = read_aloud(self.priority, self.measures, figures, self.series, s.enquiry, s.asked, s.session)
        return f"{said} {aloud_of(self.nearest)}" if self.nearest else said

    def parts(self) -> list[Printed]:
        """Everything an agenda says of it, its sources below."""
        return [
            Heading(self.priority.name),
            self.sentence,
            *self._tables(),
            Facts([*self.latest_months(), *self.places(), *self.word()]),
            *self.notes(),
        ]

    def _tables(self) -> list[Printed]:
        shown = [f for f in self.printed if f.current is not None][:MOST]
        tables: list[Printed] = [_as_printed(shown)] if len(shown) > 1 else []
        return [*tables, _live_table(self.live)] if self.live else tables

    def latest_months(self) -> list[tuple[str, str]]:
        """The last month held of what comes by the month, beside the same month a year before."""
        whole = next((s for s in self.series if s.level == "district"), None)
        if whole is None:
            return []
        own, last = self.sitting.vocabulary.district.id, whole.last
        counts = {month: self._count(whole, own, month) for month in (last, last - 12)}
        if counts[last] is None:
            return []
        before = f", and {counts[last - 12]:,} in {named(last - 12)}" if counts[last - 12] is not None else ""
        return [("Latest month", f"{whole.measure.name}: {counts[last]:,} in {named(last)}{before}")]

    def _count(self, series: Series, area: int, month: int) -> int | None:
        if month not in series.months:
            return None
        return series.counts(Period(month, month), self.sitting.session, [area])[area][0]

    def places(self) -> list[tuple[str, str]]:
        """Where it concentrates: the places of the last twelve months, or those that the document names."""
        by_place = next((s for s in self.series if s.level in ("ward", "beat") and not s.measure.simulated), None)
        if by_place:
            return most_of(by_place, self.sitting.asked, self.sitting.session)
        headline = self.printed[0].measure if self.printed else None
        figures = of_places(figures_of([headline], self.sitting.session)) if headline else []
        return [("Hotspots", places_said(figures[:PLACES]))] if figures else []

    @cached_property
    def lead(self) -> Person | None:
        return self.sitting.session.get(Person, self.priority.lead_id) if self.priority.lead_id else None

    def word(self) -> list[tuple[str, str]]:
        """What its lead wrote for this meeting, once somebody has looked at it."""
        said = self.sitting.text(self.priority.key) or self._no_word()
        if writer := self.writer:
            return [("Lead's word", f"{said} (written by {writer})")]
        return [("Lead's word", f"{said} ({self.lead.handle})" if self.lead else said)]

    @property
    def writer(self) -> str:
        """Who wrote its lead's word in the lead's place; empty where the lead did, or nobody."""
        by = str(self.sitting.written.get(self.priority.key, {}).get("by", ""))
        return "" if self.lead and by == self.lead.handle else by

    def _no_word(self) -> str:
        return "to come" if self.priority.key in self.sitting.written else "none yet"

    def notes(self) -> list[Note]:
        """Where its printed figures come from, how far behind they are, and how they are counted."""
        figures = self.printed[:1] or ([self.nearest] if self.nearest else [])
        printed = [published_provenance(figures, self.sitting.at)] if figures else []
        return [*printed, *(Note(counted_as(compared.series.measure)) for compared in self.live)]

    @cached_property
    def lately_printed(self) -> list[Published]:
        """Printed figures, unless what is recorded by the month goes on for a year after them."""
        newest = max((c.series.last for c in self.live), default=0)
        return [figure for figure in self.printed if figure.last is None or newest - figure.last < YEAR]

    @property
    def standing(self) -> tuple[str, str]:
        """(the verdict on its headline, of which months): as printed, or by the month where that is newer. Empty where there is none."""
        figure, compared = next(iter(self.lately_printed), None), next(iter(self.live), None)
        if figure:
            return verdict_on(figure), span(figure)
        return (compared.verdict, str(compared.period)) if compared else ("", "")

    @property
    def beware(self) -> str:
        """What to beware of in its headline, in a few words: "Drug offences mostly measure police activity, not drug use"."""
        figure, compared = next(iter(self.lately_printed), None), next(iter(self.live), None)
        measure = figure.measure if figure else compared.series.measure if compared else None
        return re.split(r"[;.]", measure.caveat, maxsplit=1)[0].strip() if measure else ""


def counted_as(measure: Measure) -> str:
    """What a measure counts, and what to beware of in it."""
    return f"{measure.name}: {' '.join(stop(text) for text in (measure.definition, measure.caveat) if text)}"


def _as_printed(figures: Sequence[Published]) -> Table:
    rows: list[list[Cell]] = [
        [
            f.measure.name,
            number(f.current, f.measure) if f.measure.counted == "%" else cell(f.current),
            cell(f.before),
            change_said(f),
            verdict_on(f),
        ]
        for f in figures
    ]
    return _without_empty(
        Table(["Measure", "Count", "Year before", "Change", "More than chance?"], rows, f"As printed, {span(figures[0])}")
    )


def _live_table(live: Sequence[Compared]) -> Table:
    rows: list[list[Cell]] = [
        [c.series.measure.name, str(c.period), c.count if c.hidden else c.now, c.before, c.change or c.missing, c.verdict] for c in live
    ]
    return _without_empty(Table(["Measure", "Period", "Count", "Year before", "Change", "More than chance?"], rows, "By the month"))


def _without_empty(table: Table) -> Table:
    """The table without columns in which nothing stands."""
    kept = [i for i in range(len(table.headings)) if i < 2 or any(row[i] not in ("", None) for row in table.rows)]
    return Table([table.headings[i] for i in kept], [[row[i] for i in kept] for row in table.rows], table.title)
