"""Reading a question: what it is about, where, when, and how it is to be shown. Words in any order, forgivingly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from commands.noise import NOISE
from commands.unknown import SHORTEST, alike, unknown_words
from commands.words import listed, plain
from models.areas import CALLED
from models.base import Refusal
from models.figures import periods
from models.measures import Measure
from models.near import TAKEN, cut, folded, key
from models.priorities import Priority
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

    @property
    def borough(self) -> bool:
        """Whether it asks for the whole borough, by name or by naming no place."""
        return all(p.id == self.vocabulary.district.id for _, places in self.places for p in places)

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
        if phrase in vocabulary.taught and len({p.name for p in places}) == 1:
            asked.notes.append(f"I read “{phrase}” as {places[0].name}.")
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
        found += [m for m in wanted if m not in found and ((m.monthly and not m.simulated) or m is own[0])]
        if phrase == key(priority.key):
            found.sort(key=lambda m: m is not own[0] if own else False)
    return found


def _guess(stretch: list[str], asked: Asked) -> None:
    """Read a stretch of unknown words as what it is like, say so; or ask whether that is what was meant."""
    while stretch:
        for length in range(min(3, len(stretch)), 0, -1):
            typed = " ".join(stretch[:length])
            if len(typed) >= SHORTEST and (near := alike(typed, asked.vocabulary)) and near[0][1] >= TAKEN:
                phrase = near[0][0]
                said = asked.vocabulary.said[phrase]
                asked.notes.append(f"I read “{typed}” as {said}.")
                _take(phrase, asked.vocabulary.phrases[phrase], asked)
                stretch = stretch[length:]
                break
        else:
            raise unknown_words(stretch, asked)


def level_words(level: str | None) -> str:
    """ "by street", as it is typed."""
    return f"by {CALLED[level].lower()}" if level else ""
