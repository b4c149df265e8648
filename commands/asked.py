"""Reading a question: what it is about, where, when, and how it is to be shown. Words in any order, forgivingly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.noise import NOISE
from commands.words import plain
from models.areas import CALLED
from models.base import Refusal
from models.figures import periods
from models.figures.months import Period
from models.groups import Group
from models.measures import Measure
from models.near import TAKEN, cut, folded, key, likenesses
from models.partnership import Partnership
from models.priorities import Priority
from models.series import Series
from models.vocabulary import Meaning, Place, Vocabulary

LEVEL = r"(ward|beat|lsoa|street|road|point|district|neighbourhood)"
BY = re.compile(rf"\b(?:by|per|each|every|which|what|worst|top|highest|hottest|busiest) {LEVEL}s?\b|\b{LEVEL}s\b")
MOST = r"(?:worst|highest|biggest|hottest|busiest)"
COUNTS = periods.NUMBER_WORDS | {"seven": 7, "eight": 8, "ten": 10, "twenty": 20}
MANY = rf"(\d{{1,3}}|{'|'.join(COUNTS)})"
TOP = re.compile(rf"\btop {MANY}\b|\b{MANY} {MOST}\b|\b{MOST} {MANY}\b")
YEARLY = re.compile(r"\b(?:year (?:on|over) year|yoy)\b")  # which is what is compared anyway
RISING = re.compile(r"\b(?:rising|rise|rises|rose|increas\w*|going up|gone up|went up|growing|worsening|getting worse)\b")
FALLING = re.compile(r"\b(?:falling|fall|falls|fell|decreas\w*|going down|gone down|went down|dropp\w*|improving|getting better)\b")
PRINTED = re.compile(r"\b(?:as )?(?:published|printed|(?:the |strategic )*assessment)\b")
LEVELS = {"street": "point", "road": "point", "neighbourhood": "lsoa"}
KINDS = {"ward": "ward", "beat": "beat", "lsoa": "lsoa", "district": "district", "borough": "district", "county": "county"}
ROAD = frozenset("street road lane avenue close drive crescent court terrace gardens".split())
SHORTEST = 4  # letters; a shorter word is like too many others to be guessed
ALIKE = 70  # of 100, from which a word is worth offering


@dataclass(frozen=True)
class Subject:
    """What is asked about: the phrase, its priority if it is one's word, and its measures, those named outright first."""

    phrase: str
    priority: Priority | None
    measures: tuple[Measure, ...]
    whole: bool = False  # it asks about the priority as such, rather than about one measure of it: "asb", and not "damage"

    @property
    def headline(self) -> Measure | None:
        return self.measures[0] if self.measures else None

    @property
    def words(self) -> str:
        """How to ask about it again."""
        return self.phrase


@dataclass
class Asked:
    """A question, taken apart. What is missing is None or empty, and the command says what it wants."""

    vocabulary: Vocabulary
    subjects: list[Subject] = field(default_factory=list)
    places: list[tuple[str, list[Place]]] = field(default_factory=list)
    period: periods.Asked = field(default_factory=lambda: periods.Asked(None, None, ""))
    by: str | None = None
    top: int | None = None
    moving: str | None = None
    printed: bool = False
    notes: list[str] = field(default_factory=list)
    line: str = ""

    @property
    def subject(self) -> Subject | None:
        return self.subjects[0] if self.subjects else None

    @property
    def limited(self) -> bool:
        """Whether it asks for less than the borough over the usual period: a place, a period, a level, some rows."""
        own = self.vocabulary.district.id
        elsewhere = any(p.id != own for _, places in self.places for p in places)
        return bool(elsewhere or self.period.period or self.period.against or self.by or self.top or self.moving)

    def again(self, *words: str) -> str:
        """What is asked about and where, once more, with other words for the rest."""
        where = [f"in {' and '.join(said for said, _ in self.places)}"] if self.places else []
        return " ".join([*(s.words for s in self.subjects[:1]), *where, *(word for word in words if word)])


def read(words: str, session: Session, noise: Sequence[str] = ()) -> Asked:
    """Take a question apart. Refuses what it cannot place, with the nearest words it knows."""
    asked = Asked(Vocabulary.of(session), line=plain(words))
    text = folded(asked.line)
    text = _options(text, asked)
    asked.period = periods.read(text)
    _name(cut(asked.period.rest), asked, {key(word) for word in noise})
    return asked


def _options(text: str, asked: Asked) -> str:
    """Cut out by ward, top 5, rising and falling."""
    text = YEARLY.sub(" ", text)
    if found := TOP.search(text):
        many = found[1] or found[2] or found[3]
        asked.top = COUNTS.get(many) or int(many)
        if not asked.top:
            raise Refusal("Top 0 would be an empty list. Expected a number from 1, such as top 5.")
        text = TOP.sub(" ", text)
    if found := BY.search(text):
        level = found[1] or found[2]
        asked.by = LEVELS.get(level, level)
        text = BY.sub(" ", text)
    if PRINTED.search(text):
        asked.printed = True
        text = PRINTED.sub(" ", text)
    for name, pattern in (("rising", RISING), ("falling", FALLING)):
        if pattern.search(text):
            asked.moving = name
            text = pattern.sub(" ", text)
    return text


def _name(words: list[str], asked: Asked, noise: set[str]) -> None:
    """Find the longest phrases known, from left to right; then what the words left over are like."""
    at, place_ended = 0, 0
    unknown: list[list[str]] = [[]]
    while at < len(words):
        word = words[at]
        if length := _known(words[at:], asked.vocabulary):
            phrase, before = key(" ".join(words[at : at + length])), len(asked.places)
            _take(phrase, asked.vocabulary.phrases[phrase], asked)
            place_ended = at + length if len(asked.places) > before else 0
            unknown.append([])
        elif word in NOISE or key(word) in noise:
            if word in KINDS and at == place_ended > 0:
                _narrow(word, asked)
            unknown.append([])
        else:
            unknown[-1].append(word)
        at += length or 1
    for stretch in unknown:
        _guess(stretch, asked)
    if not asked.subjects:
        _small_words(words, asked, noise)


def _known(words: list[str], vocabulary: Vocabulary) -> int:
    """How many of the next words are the longest phrase known; 0 when none is, or it is a small word alone."""
    for length in range(min(vocabulary.longest, len(words)), 0, -1):
        if key(" ".join(words[:length])) in vocabulary.phrases and not (length == 1 and words[0] in NOISE):
            return length
    return 0


def _narrow(kind: str, asked: Asked) -> None:
    """ "Grovehill beat" is the beat and not the ward of that name."""
    said, places = asked.places[-1]
    here = [p for p in places if p.level == KINDS[kind]]
    if not here:
        kinds = listed(list(dict.fromkeys(CALLED[p.level] for p in places)), "or")
        line = " ".join(re.sub(rf"\b{kind}\b", " ", asked.line, flags=re.I).split())
        raise Refusal(f"I know no {kind} called {said}: it is the name of a {kinds}.", (f"{said}, the {kinds}", line))
    asked.places[-1] = (said, here)


def _small_words(words: Sequence[str], asked: Asked, noise: set[str]) -> None:
    """A small word that means something when nothing else does: "how much crime in Grovehill"."""
    for word in words:
        phrase = key(word)
        meanings = [m for m in asked.vocabulary.phrases.get(phrase, ()) if m.kind != "place"]
        if word in NOISE and phrase not in noise and meanings and not asked.subjects:
            _take(phrase, meanings, asked)


def _take(phrase: str, meanings: Sequence[Meaning], asked: Asked) -> None:
    vocabulary = asked.vocabulary
    places = [vocabulary.places[m.id] for m in meanings if m.kind == "place"]
    measures = [vocabulary.measures[m.id] for m in meanings if m.kind == "measure"]
    priority = next((vocabulary.priorities[m.id] for m in meanings if m.kind == "priority"), None)
    if places:
        asked.places.append((vocabulary.said[phrase], places))
    if measures or priority:
        found = _of(phrase, priority, measures, vocabulary)
        own = vocabulary.of_priority(priority.id)[:1] if priority else []
        whole = priority is not None and (not found or found[0] in own or found[0].source == "nobody")
        subject = Subject(vocabulary.said[phrase], priority, tuple(found), whole)
        if subject not in asked.subjects:
            asked.subjects.append(subject)


def _of(phrase: str, priority: Priority | None, named: list[Measure], vocabulary: Vocabulary) -> list[Measure]:
    """The measures a phrase asks about: those it names; for a priority's own word its headline and what comes by the month."""
    found = sorted(named, key=lambda m: (m.source == "nobody", m.place or 99, m.id))
    if priority:
        own = vocabulary.of_priority(priority.id)
        wanted = own if phrase == key(priority.key) else own[:1]
        found += [m for m in wanted if m not in found and (m.monthly or m is own[0])]
        if phrase == key(priority.key):
            found.sort(key=lambda m: m is not own[0] if own else False)
    return found


def _guess(stretch: list[str], asked: Asked) -> None:
    """Read a stretch of unknown words as what it is like, say so; or ask whether that is what was meant."""
    while stretch:
        for length in range(min(3, len(stretch)), 0, -1):
            typed = " ".join(stretch[:length])
            if len(typed) >= SHORTEST and (near := _alike(typed, asked.vocabulary)) and near[0][1] >= TAKEN:
                phrase = near[0][0]
                said = asked.vocabulary.said[phrase]
                asked.notes.append(f"I read “{typed}” as {said}.")
                _take(phrase, asked.vocabulary.phrases[phrase], asked)
                stretch = stretch[length:]
                break
        else:
            raise _unknown(stretch, asked)


def _alike(typed: str, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Phrases like what was typed. A short word must be more alike: "farm" is not "fear"."""
    least = ALIKE if len(typed) > SHORTEST else TAKEN - 7
    return [(p, score) for p, score in likenesses(key(typed), vocabulary.phrases) if score >= least and abs(len(p) - len(typed)) < 6]


def _unknown(stretch: list[str], asked: Asked) -> Refusal:
    """What to say of words that are like nothing known, or only somewhat like it."""
    vocabulary = asked.vocabulary
    if ROAD & set(stretch):
        return _a_street(" ".join(stretch), asked)
    for typed in (" ".join(stretch), *stretch):
        near = _alike(typed, vocabulary) if len(typed) >= SHORTEST - 1 else []
        names = list(dict.fromkeys(vocabulary.said[phrase] for phrase, _ in near))[:3]
        if names:
            asks = tuple((name, respelt(asked.line, typed, name)) for name in names)
            return Refusal(f"I don't know “{typed}”. Did you mean {listed(names, 'or')}? {what_is_held(vocabulary)}", *asks)
    return Refusal(f"I don't know “{' '.join(stretch)}”. {what_is_held(vocabulary)}")


def _a_street(typed: str, asked: Asked) -> Refusal:
    """A street is a point and is listed, never asked for: one name is many points."""
    words = f"I don't look up one street, such as “{typed}”: reports are moved to points, and one name is many of them."
    subject = asked.subjects[0].words if asked.subjects else next((p.key for p in asked.vocabulary.priorities.values()), "asb")
    return Refusal(
        f"{words} I list streets by their counts, within a ward or the borough.", ("By street", f"/hotspots {subject} by street")
    )


def respelt(line: str, typed: str, name: str) -> str:
    """The line with a misspelling mended."""
    return re.sub(r"\W+".join(map(re.escape, typed.split())), name, folded(line), count=1)


def what_is_held(vocabulary: Vocabulary) -> str:
    """One sentence naming what may be asked about."""
    names = ", ".join(priority.key for priority in vocabulary.priorities.values())
    return f"I hold {names}; and places such as {listed([p.name for p in examples_of_places(vocabulary)], 'or')}."


def examples_of_places(vocabulary: Vocabulary) -> Iterator[Place]:
    """Two places people could ask about."""
    levels = ("ward", "beat", "district")
    yield from sorted(
        (p for p in vocabulary.places.values() if p.own and p.level in levels), key=lambda p: (levels.index(p.level), p.name)
    )[:2]


def level_words(level: str | None) -> str:
    """ "by street", as it is typed."""
    return f"by {CALLED[level].lower()}" if level else ""


def listed(names: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def period_of(asked: Asked, series: Series, enquiry: Enquiry, session: Session) -> Period:
    """The period asked, against what is held; the last 12 months held when none was. Refuses what is not held."""
    held = held_for(series, enquiry, session)
    try:
        period = asked.period.period(held) if asked.period.period else Period(max(held.last - 11, held.first), held.last)
    except Refusal as refusal:
        raise Refusal(refusal.words, ("The last month held", asked.again("last month", level_words(asked.by)))) from None
    if not series.holds(period):
        said = str(period)
        raise Refusal(
            f"{said[0].upper()}{said[1:]} is not held. I hold {series.measure.name} for {series.said}.",
            ("The last 12 months held", asked.again(level_words(asked.by))),
        )
    return period


def compared_with(asked: Asked, period: Period, series: Series, enquiry: Enquiry, session: Session) -> Period:
    """What a period is compared with: what was asked, else the same months a year before. It may not be held."""
    if asked.period.against is None:
        return period.back(12 * (1 + (len(period) - 1) // 12))
    against = asked.period.against(period, held_for(series, enquiry, session))
    if len(against) != len(period):
        raise Refusal(
            f"{period} is {len(period)} months and {against} is {len(against)}: they cannot be compared as they stand. "
            f"Expected periods of equal length, such as: {period.words} vs {period.back().words}"
        )
    return against


def held_for(series: Series, enquiry: Enquiry, session: Session) -> periods.Held:
    """What a period is read against."""

    def last_jag() -> datetime | None:
        zone = session.scalar(select(Partnership.timezone).where(Partnership.id == session.info["partnership"]))
        group = session.scalar(select(Group).where(Group.key == "jag"))
        return group.last_met(enquiry.at.astimezone(ZoneInfo(zone or "Europe/London"))) if group else None

    return periods.Held(series.first, series.last, enquiry.at, last_jag)
