"""What is not done until its writer insists: words that may be about a person, a date in the past. Kept for the writer alone."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.sight import Sight
from commands.reply import Note, Reply, press
from models.drafts import Kept
from models.near import folded
from models.partnership import Agency
from models.people import Person
from models.personal import Seen, names_a_person
from models.vocabulary import Vocabulary

PERSONAL, PAST = "personal", "past"
WITHHELD = "Not saved: it may name somebody"
BY_HAND = "If you wrote it as a message in chat, delete that message yourself: I cannot."


class Doubt(Exception):
    """Something that is not done unless its writer insists. Raised before anything is changed.

    `line` and `fields` say it again, with what comes after /action.
    """

    def __init__(self, kind: str, title: str, words: str, insist: str, *asks: tuple[str, str], notes: Iterable[str] = ()) -> None:
        super().__init__(title)
        self.kind, self.title, self.words, self.insist, self.asks, self.notes = kind, title, words, insist, asks, tuple(notes)


def keep(doubt: Doubt, enquiry: Enquiry, session: Session) -> Reply:
    """Keep what was asked with its writer, and say how to insist, mend it or let it go."""
    kept = Kept(
        person_id=enquiry.person.id,
        at=enquiry.at,
        line=enquiry.words,
        fields=dict(enquiry.fields),
        sure=sorted({*enquiry.sure, doubt.kind}),
    )
    session.add(kept)
    session.flush()
    asks = [
        *doubt.asks,
        (doubt.insist, f"/action yes {kept.id}"),
        ("Change the words", f"/action mend {kept.id}"),
        ("Let it go", f"/action drop {kept.id}"),
    ]
    return Reply(doubt.title, doubt.words, press(*asks), *map(Note, doubt.notes), summary=doubt.title, refused=True)


def look_for_a_person(text: str, sight: Sight) -> None:
    """Doubt words that name a person of a case, unless their writer has insisted. They are not repeated."""
    seen = None if PERSONAL in sight.enquiry.sure else may_name_somebody(text, sight.session)
    if seen:
        raise Doubt(
            PERSONAL,
            WITHHELD,
            f"I saw {seen.said()}. Personal data of a case belongs in the case management system, not in chat. "
            "Write a case reference instead, such as “case 1234”. Nothing was saved, and only you can get at your words, for a day.",
            "It is a place, not a person: save it",
            notes=[BY_HAND] if sight.enquiry.where not in ("terminal", "form") else [],
        )


def may_name_somebody(text: str, session: Session) -> Seen | None:
    """What may name a person in a text; the partnership's own names are asked for only where something was seen without them."""
    return names_a_person(text, own_names(session)) if names_a_person(text) else None


def own_names(session: Session) -> frozenset[str]:
    """Places, priorities, agencies, handles and roles of the partnership, folded: these are nobody's names."""
    vocabulary = Vocabulary.of(session)
    people = session.execute(select(Person.handle, Person.role)).all()
    names = {*vocabulary.said.values(), *session.scalars(select(Agency.name)), *(name for each in people for name in each)}
    return frozenset(folded(name) for name in names)


def drop(enquiry: Enquiry, session: Session) -> Reply:
    """Let kept words go."""
    session.delete(look_up(enquiry, session))
    return Reply("Let go", "Nothing was saved, and the words are no longer kept.")


def take_up(enquiry: Enquiry, session: Session) -> Kept:
    """The kept line, which is kept no longer if what it asks is done."""
    kept = look_up(enquiry, session)
    session.delete(kept)
    return kept


def look_up(enquiry: Enquiry, session: Session) -> Kept:
    """The kept line of a number."""
    return Kept.numbered(enquiry.words, enquiry.person, session)
