"""Where the borough stands among the county's districts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked, Subject, read
from commands.missing import needs_subject, not_held
from commands.places import places_of
from commands.printed import figures_of, of_borough
from commands.reply import Cell, Facts, Note, Reply, Table, press
from commands.source import provenance, published_provenance
from commands.when import period_of
from models.base import Refusal
from models.figures import change
from models.figures.hotspots import filled
from models.figures.months import Period
from models.figures.rank import printed, ranked
from models.series import Series, held
from models.vocabulary import Vocabulary


def rank(enquiry: Enquiry, session: Session) -> Reply:
    """Every district of the county by rate, lowest first."""
    return by_district(read(enquiry.words, session), enquiry, session)


def by_district(asked: Asked, enquiry: Enquiry, session: Session) -> Reply:
    """The ranking, of a question that is taken apart already."""
    subject = needs_subject(asked, "figures rank", "Rank which measure?", session)
    series = held(subject.measures, session)
    whole = next((s for s in series if s.level == "district" and not s.measure.simulated), None)
    if whole is None or asked.printed:
        return _as_printed(asked, subject, enquiry, session)
    return _by_rate(asked, subject, whole, enquiry, session)


def _by_rate(asked: Asked, subject: Subject, series: Series, enquiry: Enquiry, session: Session) -> Reply:
    period, per = period_of(asked, series, enquiry, session), series.measure.per or "residents"
    known, totals = district_rates(series, period, asked.vocabulary, session)
    if len(known) < 2:
        raise _no_districts(series, per)
    ranks, own = ranked(known), _asked_about(asked, known)
    rows: list[list[Cell]] = [[str(r), name, round(known[name], 3), totals[name]] for name, r in ranks.items()]
    rate = f"{known[own]:.3f} per 1,000 {per} a year"
    said = f"{own} is {ranks[own]} districts for {series.measure.name}, {rate}, {period}; 1st = lowest rate."
    return Reply(
        f"{series.measure.name}: districts by rate, {period}",
        said,
        Table(["Rank (1st = lowest)", "District", f"Per 1,000 {per} a year", series.measure.counted.capitalize()], rows),
        *(Note(text) for text in asked.notes),
        provenance(series, enquiry.at),
        press(("As the assessment printed it", f"/figures rank {subject.words} published"))
        if any(m.source == "published" for m in subject.measures)
        else None,
    )


def _no_districts(series: Series, per: str) -> Refusal:
    """The other districts are not held: of a workbook their counts are missing, of a street file the look-up that places them."""
    what, needed = f"counts and {per}", "the look-up of LSOA 2021 to ward and district, with residents and households."
    if series.measure.source != "police.uk":
        whom = " from the partner who gave the workbook" if series.measure.source == "workbook" else ""
        what, needed = "counts", f"counts of every district of the county{whom and f',{whom}'}."
    return Refusal(f"I cannot rank {series.measure.name}: {what} of the county's other districts are not held. It would need {needed}")


def district_rates(series: Series, period: Period, vocabulary: Vocabulary, session: Session) -> tuple[dict[str, float], dict[str, int]]:
    """(rate per 1,000 a year, count) of every district that a series gives whole, by name."""
    per, districts = series.measure.per or "residents", places_of(series, vocabulary, session)
    counts = series.counts(period, session, [p.id for p in districts])
    totals = {p.name: sum(filled(counts[p.id])) for p in districts if None not in counts[p.id]}
    rates = {p.name: change.yearly(totals[p.name], p.people(per), len(period)) for p in districts if p.name in totals}
    return {name: rate for name, rate in rates.items() if rate is not None}, totals


def _asked_about(asked: Asked, known: dict[str, float]) -> str:
    """The district whose place is said: the one asked about, else our own."""
    named = [p.name for _, places in asked.places for p in places if p.name in known and p.level == "district"]
    return named[0] if named else asked.vocabulary.district.name


def _as_printed(asked: Asked, subject: Subject, enquiry: Enquiry, session: Session) -> Reply:
    for measure in subject.measures:
        figure = of_borough(figures_of([measure], session))
        if figure and (figure.county_rank or figure.msg_rank):
            facts = [("County", printed(figure.county_rank)), ("A year before", printed(figure.county_rank_before))]
            facts += [("Most similar group", printed(figure.msg_rank)), ("MSG, a year before", printed(figure.msg_rank_before))]
            shown = [(label, value) for label, value in facts if value]
            now = [f"{value} ({label.lower()})" for label, value in shown if "before" not in label]
            return Reply(
                f"{measure.name}: rank as printed",
                f"{figure.area.name} is {' and '.join(now)}; 1st = lowest.",
                Facts(shown),
                Note("The assessment prints the borough's own place and no other district's figures."),
                published_provenance([figure], enquiry.at),
            )
    series = held(subject.measures, session)
    if series and not asked.printed:
        raise _no_districts(series[0], series[0].measure.per or "residents")
    raise not_held(asked, subject, series, session)
