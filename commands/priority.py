"""/priority"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry, command
from commands.all_priorities import all_priorities
from commands.asked import Asked, read
from commands.compared import of_district, of_places_given
from commands.missing import held_nearest, nobody_holds
from commands.monthly_card import by_month
from commands.printed import (
    CHANCE_OF_PAIRS,
    caveats,
    cell,
    change_said,
    figures_of,
    has_hotspots,
    number,
    of_borough,
    of_places,
    verdict_on,
    worked_out,
)
from commands.printed_card import aloud_of, card_facts, places_said
from commands.reply import Cell, Facts, Heading, Note, Part, Reply, Table, press
from commands.source import published_provenance
from commands.words import listed
from models.base import Refusal
from models.figures.rank import printed
from models.held import Published
from models.measures import Measure
from models.people import Person
from models.priorities import Priority
from models.series import Series, held
from models.vocabulary import Vocabulary


@command("/priority burglary", "/priority", usage="[which]")
def priority(enquiry: Enquiry, session: Session) -> Reply:
    """The whole card of a priority, for its lead or a chair; or all of them on one screen.

    First a sentence that can be read aloud; then counts, rate, ranks, risk level, hotspots, caveat, recommendation, lead.
    Figures as printed and figures by the month stand apart: two definitions are never joined.
    """
    asked = read(enquiry.words, session, noise=("priority", "card", "crime", "lead", "leading", "deputy"))
    if asked.limited:
        raise _whole_borough(asked)
    if not asked.subjects:
        return all_priorities(enquiry, asked, session)
    chosen = _which(asked, session)
    return _card(enquiry, chosen, asked, session)


def _whole_borough(asked: Asked) -> Refusal:
    """A card has no smaller size: what is left out of it would be left out unseen."""
    keys = [s.words for s in asked.subjects] or [p.key for p in asked.vocabulary.priorities.values()]
    rest = asked.line if asked.subjects else ""
    lines = [f"/figures {rest}"] if rest else [f"/figures {key} {asked.line}" for key in keys]
    labels = ["The figure"] if rest else keys
    card = [(f"The card of {asked.subjects[0].words}", f"/priority {asked.subjects[0].words}")] if asked.subjects else []
    return Refusal(
        f"A priority's card is of the whole of {asked.vocabulary.district.name}, over the usual periods. For less, ask for the figure.",
        *zip(labels, lines, strict=True),
        *card,
    )


def _which(asked: Asked, session: Session) -> Priority:
    """The priority asked for, by its own word or by a measure of it."""
    if len(asked.subjects) > 1:
        said = [s.words for s in asked.subjects]
        raise Refusal(f"One at a time, please: {listed(said, 'or')}?", *((each, f"/priority {each}") for each in said))
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
    aloud = read_aloud(priority, measures, figures, series, enquiry, asked, session)
    parts: list[Part | None] = [aloud, *(Note(text) for text in asked.notes), Facts(lead)]
    parts += _as_printed(measures, figures, enquiry)
    parts += [part for part in by_month(series, measures, enquiry, asked, session) if not (isinstance(part, str) and part in aloud)]
    parts += _nothing(priority, enquiry, asked.vocabulary, session) if not figures and not series else []
    asks = [("Hotspots", f"/hotspots {priority.key}")] if has_hotspots(measures, session) else []
    asks += [("Trend", f"/figures trend {priority.key}")] if _has_trend(series, figures) else []
    return Reply(priority.name, *parts, press(*asks, ("All priorities", "/priority")), summary=aloud)


def _has_trend(series: Sequence[Series], figures: Sequence[Published]) -> bool:
    """Whether months are held, or named in print."""
    return bool(series) or any(f.first is not None and f.first == f.last for f in figures)


def _lead(priority: Priority, session: Session) -> list[tuple[str, str]]:
    people = {p.id: p for p in session.scalars(select(Person).where(Person.id.in_([priority.lead_id, priority.deputy_id])))}
    lead, deputy = people.get(priority.lead_id or 0), people.get(priority.deputy_id or 0)
    said = f"{lead.handle}{f' (deputy {deputy.handle})' if deputy else ''}" if lead else "none is named"
    return [("Lead", said)]


def read_aloud(
    priority: Priority,
    measures: Sequence[Measure],
    figures: list[Published],
    series: Sequence[Series],
    enquiry: Enquiry,
    asked: Asked,
    session: Session,
) -> str:
    """What can be read aloud: of the printed headline, and of the months held, each under its own definition."""
    headline = of_borough([f for f in figures if f.measure_id == measures[0].id]) if measures else None
    compared = of_district(series, enquiry, asked, session) or of_places_given(series, enquiry, asked, session)
    said = [aloud_of(headline)] if headline else []
    compared = None if headline and compared and compared.series.measure.simulated else compared  # the same totals again
    said += [f"By the month, under another definition: {compared.aloud}" if headline else compared.aloud] if compared else []
    if said:
        return " ".join(said)
    if measures:
        return f"{priority.name}: no figures of it are held yet. The coordinator loads them: jagbot load figures --from-police-uk"
    near = held_nearest(priority.nearest, asked.vocabulary, session)
    nearest = f" The nearest that is held is something else: {near.name}." if near else ""
    return f"{priority.name}: no measure is held that counts it.{nearest}"


def _as_printed(measures: Sequence[Measure], figures: list[Published], enquiry: Enquiry) -> list[Part | None]:
    if not figures:
        return []
    of = [m for m in measures if m.source == "published"]
    headline = of_borough([f for f in figures if f.measure_id == of[0].id])
    parts: list[Part | None] = [Heading(f"As printed: {figures[0].document}")]
    places = of_places([f for f in figures if f.measure_id == of[0].id])
    facts = card_facts(headline) if headline else []
    facts += [("Hotspots", places_said(places))] if places else []
    parts += [Facts(facts)] if facts else []
    if places:
        parts += [*worked_out(places), *caveats(places)]
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
    return [*parts, Note(CHANCE_OF_PAIRS), published_provenance([source], enquiry.at)]


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


def _nothing(priority: Priority, enquiry: Enquiry, vocabulary: Vocabulary, session: Session) -> list[Part | None]:
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
        parts += [Note(CHANCE_OF_PAIRS) if borough.chance is not None else None, published_provenance([borough], enquiry.at)]
    return parts
