"""The words that a list of actions knows: what may be asked for, and the names of priorities, people, agencies and groups that are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from commands.plan.sight import Sight
from models.near import key
from models.partnership import Agency, Partnership
from models.people import Person
from models.vocabulary import Vocabulary

# What may be asked for, under the word that asks for it again.
SCOPES: Mapping[str, tuple[str, ...]] = {
    "open": ("outstanding", "active", "current", "live", "unfinished", "not done", "in progress", "to do", "todo"),
    "overdue": ("late", "past due", "over due", "behind"),
    "due before the meeting": (
        *("due before", "due before the next", "due before next", "due before our next", "due by the meeting", "due by the next"),
        *("due by next", "due at the meeting", "due at the next", "due next meeting"),
    ),
    "blocked": ("stuck",),
    "at risk": ("amber",),
    "on track": ("green",),
    "not reported": (
        *("grey", "gray", "no news", "unreported", "not reported yet", "not yet reported", "never reported", "hasnt reported"),
        *("hasnt reported yet", "havent reported", "havent reported yet", "didnt report"),
    ),
    "red": (),
    "done": ("done to agree", "to agree", "to be agreed", "to close", "to be closed"),
    "closed": ("finished", "complete", "completed"),
    "withdrawn": ("dropped", "cancelled", "canceled"),
    "asked": ("proposal", "proposed", "request", "requested", "asked for", "waiting", "to settle"),
    "all": ("everything", "every", "any"),
    "mine": ("my", "i own", "assigned to me", "for me"),
}
NOISE = frozenset(
    """
    a about action actions agencies agency also am anything and are assigned at be been belonging but by can could dear did do
    does due everybodys everyones for from get give got group groups had has have hello here hey hi how i in is it item items
    jagbot just kindly know latest let list log look many me meeting need now of on one ones or our out over owned owner
    owners owns per plan please pls priorities priority see service services should show still team teams tell than thanks
    that the their them then there these they this those to under up us want was we were what whats where which who whos whose
    will with you your
    """.split()
)
GENERIC = frozenset("and association community company county crime group office police safety service team the unit".split())
SHORTEST = 4  # letters; a shorter word is like too many others to be guessed

Meaning = tuple[str, Any]


def phrases(sight: Sight) -> Mapping[str, list[Meaning]]:
    """Every phrase that means something in a list, as `models.near.key` compares them."""
    known: dict[str, list[Meaning]] = defaultdict(list)
    for phrase, meaning in _named(sight):
        plainly = key(phrase)
        if plainly and meaning not in known[plainly]:
            known[plainly].append(meaning)
    return known


def _named(sight: Sight) -> Iterator[tuple[str, Meaning]]:
    for scope, words in SCOPES.items():
        yield from ((word, ("scope", scope)) for word in (scope, *words))
    for group in sight.groups:
        yield from ((name, ("group", group)) for name in group.names)
    vocabulary = Vocabulary.of(sight.session)
    for phrase, meanings in vocabulary.phrases.items():
        yield from ((phrase, ("priority", vocabulary.priorities[m.id])) for m in meanings if m.kind == "priority")
    for person in sight.session.scalars(select(Person).order_by(Person.id)):
        yield from ((name, ("owner", person)) for name in (person.handle, person.role))
        yield person.slack_user or "", ("chat", person)
    agencies = list(sight.session.scalars(select(Agency).order_by(Agency.id)))
    for agency in agencies:
        yield from ((name, ("agency", agency)) for name in _names_of(agency, agencies))
    force = sight.session.scalar(select(Partnership.force_name).where(Partnership.id == sight.session.info["partnership"]))
    yield from (("police", ("agency", agency)) for agency in agencies if force and key(agency.name) == key(force))


def _names_of(agency: Agency, agencies: Sequence[Agency]) -> Iterator[str]:
    """An agency's name as people shorten it: its beginning, its end, its initials, or a word that no other has."""
    words = key(agency.name).split()
    for length in range(1, len(words) + 1):
        yield from (" ".join(part) for part in (words[:length], words[-length:]) if not set(part) <= GENERIC | NOISE)
    yield "".join(word[0] for word in words if word not in ("of", "the", "and")) if len(words) > 2 else ""
    others = {word for other in agencies if other is not agency for word in key(other.name).split()}
    yield from (word for word in words if len(word) >= SHORTEST and word not in others | GENERIC | NOISE)
