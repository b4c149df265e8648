"""/priority"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry, command
from commands.asked import Asked, listed, read
from commands.compared import Compared, compare_series
from commands.missing import held_nearest, nobody_holds
from commands.printed import (
    CHANCE_OF_PAIRS,
    caveats,
    cell,
    change_said,
    figures_of,
    number,
    of_borough,
    of_places,
    p_said,
    verdict_on,
)
from commands.reply import Cell, Chart, Facts, Heading, Note, Part, Reply, Table, press
from commands.source import provenance, published_provenance, span, span_before, two_definitions
from models.base import Refusal
from models.figures import change
from models.figures.hotspots import rank_areas
from models.figures.months import Period, short
from models.figures.rank import printed
from models.held import Published
from models.measures import Measure
from models.people import Person
from models.priorities import Priority
from models.series import Series, held
from models.vocabulary import Vocabulary

SPARK = 24  # months


@command("/priority burglary", "/priority", usage="[which]")
def priority(enquiry: Enquiry, session: Session) -> Reply:
    """The whole card of a priority, for its lead or a chair; or all of them on one screen.

    First a sentence that can be read aloud; then counts, rate, ranks, risk level, hotspots, caveat, recommendation, lead.
    Figures as printed and figures by the month stand apart: two definitions are never joined.
    """
    asked = read(enquiry, session, noise=("priority", "priorities", "card", "crime"))
    if not asked.subjects:
        return _all(enquiry, asked, session)
    chosen = _which(asked, session)
    return _card(enquiry, chosen, asked, session)


def _which(asked: Asked, session: Session) -> Priority:
    """The priority asked for, by its own word or by a measure of it."""
    subject = asked.subjects[0]
    if subject.priority:
        return subject.priority
    of = next((m.priority_id for m in subject.measures if m.priority_id), None)
    if of is None:
        keys = [p.key for p in asked.vocabulary.priorities.values()]
        if subject.headline and subject.headline.source == "nobody":
            raise nobody_holds(subject.headline, asked.vocabulary, session)
        raise Refusal(
            f"{subject.phrase} is no priority; it is watched all the same. The priorities are {listed(keys)}.",
            (f"Figures for {subject.phrase}", f"/figures {subject.phrase}"),
        )
    return asked.vocabulary.priorities[of]


def _card(enquiry: Enquiry, priority: Priority, asked: Asked, session: Session) -> Reply:
    measures = asked.vocabulary.of_priority(priority.id)
    figures = figures_of(measures, session)
    series = held(measures, session)
    lead = _lead(priority, session)
    aloud = _aloud(priority, measures, figures, series, enquiry, asked, session)
    parts: list[Part | None] = [aloud, *(Note(text) for text in asked.notes), Facts(lead)]
    parts += _as_printed(measures, figures, enquiry)
    parts += _by_month(series, measures, enquiry, asked, session)
    parts += _nothing(priority, asked.vocabulary, session) if not figures and not series else []
    asks = [("Hotspots", f"/hotspots {priority.key}"), ("Trend", f"/figures trend {priority.key}"), ("All priorities", "/priority")]
    return Reply(priority.name, *parts, press(*(asks if measures else asks[2:])), summary=aloud)


def _lead(priority: Priority, session: Session) -> list[tuple[str, str]]:
    people = {p.id: p for p in session.scalars(select(Person).where(Person.id.in_([priority.lead_id, priority.deputy_id])))}
    lead, deputy = people.get(priority.lead_id or 0), people.get(priority.deputy_id or 0)
    said = f"{lead.handle}{f' (deputy {deputy.handle})' if deputy else ''}" if lead else "none is named"
    return [("Lead", said)]


def _aloud(
    priority: Priority,
    measures: Sequence[Measure],
    figures: list[Published],
    series: Sequence[Series],
    enquiry: Enquiry,
    asked: Asked,
    session: Session,
) -> str:
    """The sentence that can be read aloud: of the printed headline where there is one, else of the months held."""
    if measures and (headline := of_borough([f for f in figures if f.measure_id == measures[0].id])):
        return aloud_of(headline)
    if compared := _district(series, enquiry, asked, session):
        return compared.aloud
    near = held_nearest(priority.nearest, asked.vocabulary, session)
    nearest = f" The nearest that is held is something else: {near.name}." if near else ""
    return f"{priority.name}: no measure is held that counts it.{nearest}"


def aloud_of(figure: Published) -> str:
    """ "Dwelling burglary is down, 407 from 430, no clear change; 7th of 10 in the county (1st = lowest)." """
    if figure.current is None:
        return f"{figure.measure.name}: the assessment prints no count."
    if figure.before is None:
        counted = "" if figure.measure.counted == "%" else f" {figure.measure.counted}"
        said = f"{figure.measure.name}: {number(figure.current, figure.measure)}{counted}, {span(figure)}, with no earlier count printed"
    else:
        verb = change.direction(figure.current, figure.before)
        counts = f"{number(figure.current, figure.measure)} from {number(figure.before, figure.measure)}"
        said = f"{figure.measure.spoken} {verb}, {counts} ({change_said(figure)})"
        said += f", {verdict_on(figure)}" if verdict_on(figure) else ""
    rank = f"; {printed(figure.county_rank)} in the county, 1st = lowest" if figure.county_rank else ""
    return f"{said}{rank}."


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


def _as_printed(measures: Sequence[Measure], figures: list[Published], enquiry: Enquiry) -> list[Part | None]:
    if not figures:
        return []
    of = [m for m in measures if m.source == "published"]
    headline = of_borough([f for f in figures if f.measure_id == of[0].id])
    parts: list[Part | None] = [Heading(f"As printed: {figures[0].document}")]
    if headline:
        parts.append(Facts(card_facts(headline)))
    places = of_places([f for f in figures if f.measure_id == of[0].id])
    if places:
        parts += [Facts([("Hotspots", places_said(places))]), *caveats(places)]
    others = [f for m in of[1:] if (f := of_borough([g for g in figures if g.measure_id == m.id]))]
    if others:
        parts.append(_titled(_others(others), "Other measures of this priority"))
    elsewhere = list(
        dict.fromkeys(
            f.recommendation for f in others if f.recommendation and (not headline or f.recommendation != headline.recommendation)
        )
    )
    parts += [Note(f"Recommendation: {text}") for text in elsewhere]
    source = headline or next(iter(others), figures[0])
    return [*parts, Note(CHANCE_OF_PAIRS), published_provenance(source, enquiry.at)]


def _titled(table: Table, title: str) -> Table:
    return Table(table.headings, table.rows, title)


def _others(figures: Sequence[Published]) -> Table:
    rows: list[list[Cell]] = [
        [
            f.measure.name,
            number(f.current, f.measure) if f.measure.counted == "%" else cell(f.current),
            cell(f.before),
            change_said(f),
            verdict_on(f),
            printed(f.county_rank),
        ]
        for f in figures
    ]
    return Table(["Measure", "Count", "Before", "Change", "More than chance?", "County (1st = lowest)"], rows)


def _district(series: Sequence[Series], enquiry: Enquiry, asked: Asked, session: Session) -> Compared | None:
    whole = next((s for s in series if s.level == "district"), None)
    return compare_series(asked, whole, [asked.vocabulary.district], enquiry, session) if whole else None


def _by_month(series: Sequence[Series], measures: Sequence[Measure], enquiry: Enquiry, asked: Asked, session: Session) -> list[Part | None]:
    """Each measure that comes by the month, under a heading and a definition of its own."""
    parts: list[Part | None] = []
    for measure in dict.fromkeys(s.measure for s in series):
        own = [s for s in series if s.measure is measure]
        parts += [Heading(f"By the month: {measure.name}"), *_months_of(own, enquiry, asked, session)]
        headline = measures[0]
        if headline is not measure and headline.source == "published":
            parts.append(Note(two_definitions(headline)))
        parts.append(provenance(own[0], enquiry.at))
    return parts


def _months_of(series: list[Series], enquiry: Enquiry, asked: Asked, session: Session) -> list[Part | None]:
    compared = _district(series, enquiry, asked, session)
    parts: list[Part | None] = [compared.aloud, Facts(compared.facts)] if compared else []
    ward = next((s for s in series if s.level in ("ward", "beat")), None)
    if ward:
        period = Period(max(ward.last - 11, ward.first), ward.last)
        names = {p.id: p.name for p in asked.vocabulary.places.values() if p.level == ward.level and p.own}
        counts = ward.counts(period, session)
        ranked = rank_areas({i: counts.get(i, [0]) for i in names}, None, 0)[:3]
        parts.append(Facts([("Hotspots", f"{listed([f'{names[r.place]} {r.count:,}' for r in ranked])} ({period})")]))
    if compared and len(compared.series.months) > 1:
        parts.append(_spark(compared.series, asked.vocabulary, session))
    return parts


def _spark(series: Series, vocabulary: Vocabulary, session: Session) -> Chart:
    """The last 24 months held, of the borough."""
    period = Period(max(series.last - SPARK + 1, series.first), series.last)
    months = series.counts(period, session, [vocabulary.district.id])[vocabulary.district.id]
    known = [count if month in series.months else None for month, count in zip(period.months, months, strict=True)]
    title = f"{series.measure.name}, month by month"
    return Chart(title, [short(m) for m in period.months], [(vocabulary.district.name, known)])


def _nothing(priority: Priority, vocabulary: Vocabulary, session: Session) -> list[Part | None]:
    """What is held beside a priority that nothing counts: the document's words on why, and the nearest measure."""
    near = vocabulary.measure(priority.nearest)
    said = [
        m for m in vocabulary.measures.values() if m.source == "nobody" and (m.nearest == priority.nearest or m.priority_id == priority.id)
    ]
    ids = [m.id for m in said if any(priority.key in word.lower() for word in (m.key, *m.words))]
    texts = session.scalars(select(Published).where(Published.measure_id.in_(ids)))
    parts: list[Part | None] = []
    for figure in texts:
        facts = [("Caveat", figure.caveat), ("Recommendation", figure.recommendation), ("Also printed", figure.note)]
        parts += [Heading(f"As printed: {figure.document}"), Facts([(k, v) for k, v in facts if v])]
    if near and (figures := figures_of([near], session)) and (borough := of_borough(figures)):
        parts += [Heading(f"The nearest held, and something else: {near.name}"), aloud_of(borough), Facts(card_facts(borough))]
    return parts


def _all(enquiry: Enquiry, asked: Asked, session: Session) -> Reply:
    """Every priority on one screen, each under its own definition."""
    rows: list[list[Cell]] = []
    dropped: set[int] = set()
    for priority in asked.vocabulary.priorities.values():
        measures = asked.vocabulary.of_priority(priority.id)
        figures = figures_of(measures[:1], session)
        borough = of_borough(figures) if figures else None
        compared = None if borough else _district(held(measures, session), enquiry, asked, session)
        rows.append(_row(priority, borough, compared, session))
        dropped |= {id(borough)} if borough else set()
    names = [p.key for p in asked.vocabulary.priorities.values()]
    headings = ["Priority", "Headline", "Count", "Before", "Change", "More than chance?", "County (1st = lowest)", "Risk", "Lead"]
    return Reply(
        "The priorities",
        Table(headings, rows),
        Note(f"Headline figures as the assessment printed them, each under its own definition. {CHANCE_OF_PAIRS}") if dropped else None,
        Note("For the whole card: /priority and its name."),
        press(*((name, f"/priority {name}") for name in names)),
        summary=f"{len(rows)} priorities: {listed(names)}.",
    )


def _row(priority: Priority, figure: Published | None, compared: Compared | None, session: Session) -> list[Cell]:
    lead = session.get(Person, priority.lead_id).handle if priority.lead_id else ""  # type: ignore[union-attr]
    if figure:
        change_ = change_said(figure) if figure.before is not None else ""
        rank = printed(figure.county_rank)
        return [
            priority.key,
            figure.measure.name,
            cell(figure.current),
            cell(figure.before),
            change_,
            verdict_on(figure),
            rank,
            figure.risk,
            lead,
        ]
    if compared:
        return [priority.key, compared.series.measure.name, compared.now, compared.before, compared.change, compared.verdict, "", "", lead]
    return [priority.key, "none is held", None, None, "", "", "", "", lead]
