"""What to say when a question is half finished, or asks what nobody here holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from commands.asked import Asked, Subject, level_words
from commands.places import choose, places_of
from commands.printed import by_place, figures_of, names_places, whole_period
from commands.source import stop
from commands.words import listed
from models.areas import CALLED
from models.base import Refusal
from models.measures import Measure
from models.near import cut, folded
from models.series import Series, held
from models.vocabulary import Vocabulary

BEATS = " police.uk places reports by LSOA, and beats follow neither wards nor LSOAs."


def needs_subject(asked: Asked, command: str, question: str, session: Session) -> Subject:
    """The one thing asked about. Without it the question is kept and the rest asked for, with examples to press."""
    if not asked.subjects:
        kept = f" I keep the rest: {asked.line}." if asked.line else ""
        keys = [p.key for p in asked.vocabulary.priorities.values()]
        raise Refusal(
            f"{question}{kept} Say one of {listed(keys, 'or')}.", *((key, f"/{command} {key} {asked.line}".strip()) for key in keys)
        )
    if len(asked.subjects) > 1:
        phrases = [s.phrase for s in asked.subjects]
        named = {w for p in phrases for w in cut(folded(p))} | {"and", "&"}
        rest = " ".join(word for word in asked.line.split() if word.lower().strip(",.?!") not in named)
        raise Refusal(
            f"One at a time, please: {listed(phrases, 'or')}?", *((phrase, f"/{command} {phrase} {rest}".strip()) for phrase in phrases)
        )
    subject = asked.subjects[0]
    if subject.headline is None and subject.priority is not None:
        raise nothing_counts(subject, asked.vocabulary, session)
    if subject.headline is not None and subject.headline.source == "nobody":
        raise nobody_holds(subject.headline, asked.vocabulary, session)
    return subject


def nobody_holds(measure: Measure, vocabulary: Vocabulary, session: Session) -> Refusal:
    """Something that is asked about and not held: what would be needed, who has it, and the nearest thing that is held."""
    near = held_nearest(measure.nearest, vocabulary, session)
    words = [f"I don't hold {measure.name[0].lower() + measure.name[1:] if not measure.name[:2].isupper() else measure.name}."]
    words += [f"It would need {measure.needs[0].lower() + measure.needs[1:]}"] if measure.needs else []
    words += [f"{measure.holder} holds it"] if measure.holder else []
    words += [f"The nearest I hold is something else: {near.name}"] if near else []
    return Refusal(" ".join(stop(each) for each in words), *nearest_button(near))


def not_loaded(measure: Measure, vocabulary: Vocabulary, session: Session) -> Refusal:
    """A measure that would come by the month, of which nothing has come yet."""
    near = held_nearest(measure.nearest, vocabulary, session)
    name = measure.name.replace(" (police.uk)", "")
    words = [f"No figures of {name[0].lower() + name[1:]} are held yet"]
    words += ["It would need police.uk's street files, which the coordinator loads: jagbot load figures --from-police-uk"]
    words += [f"The nearest I hold is something else: {near.name}"] if near else []
    return Refusal(" ".join(stop(each) for each in words), *nearest_button(near))


def nothing_counts(subject: Subject, vocabulary: Vocabulary, session: Session) -> Refusal:
    """A priority that no measure counts."""
    assert subject.priority is not None
    near = held_nearest(subject.priority.nearest, vocabulary, session)
    words = f"No measure counts {subject.priority.name}: see /priority {subject.priority.key} for why."
    return Refusal(words + (f" The nearest I hold is something else: {near.name}." if near else ""), *nearest_button(near))


def held_nearest(key: str, vocabulary: Vocabulary, session: Session) -> Measure | None:
    """The measure of this key if there is anything of it, else the nearest to that, and so on."""
    seen: set[str] = set()
    while key not in seen and (near := vocabulary.measure(key)):
        if held([near], session) or figures_of([near], session):
            return near
        seen.add(key)
        key = near.nearest
    return None


def nearest_button(near: Measure | None) -> list[tuple[str, str]]:
    """A button that asks for the nearest thing held, by its own name."""
    if near is None:
        return []
    phrase = near.name.replace(" (police.uk)", "")
    return [(near.name, f"/figures {near.words[0] if near.words else phrase}")]


def not_held(asked: Asked, subject: Subject, series: Sequence[Series], session: Session, what: str = "by place") -> Refusal:
    """A measure that is held, but not in the way it was asked for; or not held at all."""
    measure = subject.headline
    assert measure is not None
    if series and (asked.by or asked.places):
        return _not_by(asked, subject, series) if asked.by else _not_there(asked, subject, series, session)
    if series and not by_place(series):
        return _whole_alone(series[0].measure, asked, subject)
    if not figures_of(subject.measures, session):
        return _no_document(asked) if asked.printed and not series else not_loaded(measure, asked.vocabulary, session)
    if asked.by or asked.period.period:
        what = f"by {CALLED[asked.by]}" if asked.by else f"by the month ({asked.period.months_asked})"
        return _only_printed(measure, what, asked, session)
    return _only_printed(measure, what, asked, session)


def _whole_alone(measure: Measure, asked: Asked, subject: Subject) -> Refusal:
    """Months are held of the whole borough, and of no place in it."""
    words = f"I hold {measure.name} for the whole of {asked.vocabulary.district.name} alone, and not by place."
    return Refusal(words, ("The number", f"/figures {subject.words}"), ("Trend", f"/figures trend {subject.words}"))


def _no_document(asked: Asked) -> Refusal:
    """Printed figures are asked for, and no document prints this."""
    words = f"No assessment that I hold prints figures of {asked.subjects[0].words}. Ask without “published” for the months held."
    return Refusal(words, ("By the month", f"/figures {asked.again()}"))


def _not_by(asked: Asked, subject: Subject, series: Sequence[Series]) -> Refusal:
    """Held by other levels. police.uk has no beats, and beats are not wards."""
    have = _levels(series)
    asks = [(f"By {CALLED[level]}", f"/hotspots {subject.words} {level_words(level)}") for level in have]
    why = BEATS if asked.by == "beat" and series[0].measure.source == "police.uk" else ""
    asks += _published_button(asked, subject, "hotspots") if asked.by == "beat" else []
    levels = listed([CALLED[level] for level in have], "or")
    return Refusal(f"{series[0].measure.name} is not held by {CALLED[asked.by or 'ward']}.{why} It is held by {levels}.", *asks)


def _not_there(asked: Asked, subject: Subject, series: Sequence[Series], session: Session) -> Refusal:
    """Held, but not for the places asked about: of another level, of several levels, or left out by a workbook."""
    have, name = _levels(series), series[0].measure.name
    missing = [each for each in asked.places if not choose(replace(asked, places=[each]), series, session)]
    kinds = [f"{said} is a {'/'.join(dict.fromkeys(CALLED[p.level] for p in places))}" for said, places in asked.places]
    beats = any({p.level for p in places} == {"beat"} for _, places in missing) and series[0].measure.source == "police.uk"
    asks = [(f"By {CALLED[level]}", f"/hotspots {subject.words} {level_words(level)}") for level in have if level != "district"][:2]
    if not missing:
        return Refusal(f"{listed(kinds)}: only places of one kind are put side by side.", *asks)
    words = f"{name} is not held for {listed([said for said, _ in missing])}.{BEATS if beats else ''} {_where_held(series, asked, session)}"
    return Refusal(words, *asks, *(_published_button(asked, subject, "figures") if beats else []))


def _where_held(series: Sequence[Series], asked: Asked, session: Session) -> str:
    """The levels; of a spread its very places, being the few that a document names."""
    placed = next((s for s in series if s.measure.simulated and s.level == "beat"), None)
    if placed:
        names = [p.name for p in places_of(placed, asked.vocabulary, session)]
        return f"It is held for the beats that the assessment names: {', '.join(names)}."
    return f"It is held by {listed([CALLED[level] for level in _levels(series)], 'or')}."


def _levels(series: Sequence[Series]) -> list[str]:
    """The levels held below the borough, wards first."""
    have = {s.level for s in series}
    return [level for level in ("ward", "beat", "lsoa", "point") if level in have] or ["district"]


def _published_button(asked: Asked, subject: Subject, command: str) -> list[tuple[str, str]]:
    if not any(m.source == "published" for m in subject.measures):
        return []
    line = asked.again("published") if command == "figures" else f"{subject.words} published"
    return [("As the assessment printed it", f"/{command} {line}")]


def printed_line(asked: Asked, subject: Subject, measures: Sequence[Measure], session: Session) -> str:
    """How to ask for the printed figure: of the same places where one is printed, else of the borough."""
    wanted = {p.id for _, places in asked.places for p in places}
    there = any(f.area_id in wanted for f in whole_period(figures_of(measures, session)))
    return f"/figures {asked.again('published') if there else f'{subject.words} published'}"


def _only_printed(measure: Measure, what: str, asked: Asked, session: Session) -> Refusal:
    needed = (
        f" It would need {measure.needs[0].lower() + measure.needs[1:]}"
        if measure.needs
        else " It would need a workbook of monthly counts."
    )
    holder = f" {measure.holder} holds it." if measure.holder else ""
    cousins = [m for m in asked.vocabulary.measures.values() if m.priority_id and m.priority_id == measure.priority_id and m is not measure]
    live = held(cousins, session)
    near = live[0].measure if live else held_nearest(measure.nearest, asked.vocabulary, session)
    near = None if near is measure else near
    subject = asked.subjects[0]
    there = asked.by and names_places(subject.measures, session)
    places_named = [("The places it names", f"/hotspots {subject.words} published")] if there else []
    nearest = f" The nearest I hold is something else: {near.name}." if near else ""
    return Refusal(
        f"I hold {measure.name} only as the assessment printed it, and not {what}.{stop(needed)}{holder}{nearest}",
        ("As the assessment printed it", printed_line(asked, subject, subject.measures, session)),
        *places_named,
        *nearest_button(near),
    )
