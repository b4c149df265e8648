"""Several places side by side under one definition, or one place in two periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked, Subject, read
from commands.compared import Compared, compare_series
from commands.missing import needs_subject, not_held
from commands.number import one_number
from commands.offering import answered
from commands.places import choose, named, places_of
from commands.printed import figures_of, of_places
from commands.printed_side import printed_side_by_side
from commands.reply import Cell, Note, Reply, Table
from commands.source import provenance, simulated
from commands.words import listed, plain
from models.base import Refusal
from models.series import held

# "compare asb 2025 and 2024", "compare asb this year with last year"
ALSO_VERSUS = re.compile(
    r"\b(?:and|with|to|or)\b(?=\s+(?:the\s+)?(?:last|previous|same|year before|(?:19|20)\d\d\b))"
    r"|(?<=\d\d\d\d)\s+(?=(?:19|20)\d\d\b)",
    re.I,
)


def compare(enquiry: Enquiry, session: Session) -> Reply:
    """Places side by side under one definition; or one place in two periods."""
    words = ALSO_VERSUS.sub(" vs ", plain(enquiry.words))
    asked = read(words, session)
    if asked.subjects and len(asked.places) < 2 and asked.period.against:
        return one_number(replace(enquiry, words=words), session)
    if len(asked.subjects) > 1 and len(asked.places) < 2:
        names = [s.phrase for s in asked.subjects]
        raise Refusal(
            f"{listed(names)} are counted under different definitions, and are not put side by side. Compare places, or periods.",
            *(offer for name in names for offer in _alone(name, enquiry, session)),
        )
    subject = needs_subject(asked, "figures compare", "Compare what?", session)
    if len(asked.places) < 2:
        some = _two_places(asked, subject, session)
        raise Refusal(
            f"Compare {subject.phrase} in which places? I need two or more.",
            *([("For example", f"compare {subject.words} {' and '.join(some)}")] if len(some) == 2 else []),
        )
    series = [] if asked.printed else held(subject.measures, session)
    found = choose(asked, series, session)
    if not found:
        if reply := printed_side_by_side(asked, subject, series, enquiry, session):
            return reply
        raise not_held(asked, subject, series, session)
    rows = [_under_its_word(compare_series(asked, found[0], [chosen], enquiry, session), chosen[0]) for chosen in found[1]]
    asked.notes += [f"{said} is {named([(said, places)])}." for said, places in found[1] if len(places) > 1]
    return _side_by_side(asked, rows, enquiry)


def _alone(name: str, enquiry: Enquiry, session: Session) -> list[tuple[str, str]]:
    """One of two things, asked about alone: over two years where they are held."""
    offers = ((f"{name}: this year against last", f"{name} this year vs last year"), (name, name))
    return [(label, f"/figures {line}") for label, line in offers if answered(one_number, line, enquiry, session)][:1]


def _two_places(asked: Asked, subject: Subject, session: Session) -> list[str]:
    """Two places that could be compared, as an example."""
    places = next((s for s in held(subject.measures, session) if s.level in ("ward", "beat")), None)
    if places:
        return [p.name for p in places_of(places, asked.vocabulary, session)[:2]]
    return [f.area.name for f in of_places(figures_of(subject.measures[:1], session)) if f.current is not None][:2]


def _under_its_word(compared: Compared, said: str) -> Compared:
    """Several places together go under the word that was used for them."""
    return replace(compared, where=said) if len(compared.places) > 1 else compared


def _side_by_side(asked: Asked, rows: list[Compared], enquiry: Enquiry) -> Reply:
    first = rows[0]
    by_rate = [c for c in rows if c.rate is not None]
    high = max(by_rate, key=lambda c: c.rate or 0) if len(by_rate) == len(rows) else max(rows, key=lambda c: c.now)
    by = "rate" if len(by_rate) == len(rows) else "count"
    said = f"{listed([f'{c.where} {c.count}' for c in rows])}, {first.period}; {high.where} has the higher {by}."
    return Reply(
        f"{first.series.measure.name}: {listed([c.where for c in rows])}, {first.period}",
        (said if len(rows) == 2 else said.replace("the higher", "the highest")) + simulated(first.series.measure),
        _table(rows, rated=bool(by_rate)),
        *(Note(text) for text in asked.notes),
        Note(f"{first.against} is not held, so there is no comparison with it.") if first.before is None else None,
        provenance(first.series, enquiry.at),
    )


def _table(rows: Sequence[Compared], rated: bool) -> Table:
    """A row for each place; its rate and the period before only where they are known."""
    measure, compared = rows[0].series.measure, rows[0].before is not None
    headings = ["Place", measure.counted.capitalize()]
    headings += [f"Per 1,000 {measure.per} a year"] if rated else []
    headings += ["Before", "Change", "More than chance?"] if compared else []
    return Table(headings, [_row(each, rated, compared) for each in rows])


def _row(each: Compared, rated: bool, compared: bool) -> list[Cell]:
    cells: list[Cell] = [each.where, each.count if each.hidden else each.now]
    cells += [f"{each.rate:,.2f}" if each.rate is not None else None] if rated else []
    return [*cells, each.before, each.change, each.verdict] if compared else cells
