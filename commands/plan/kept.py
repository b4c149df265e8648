"""What is not done until its writer insists: words that may be about a person, a date in the past. Kept for the writer alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.sight import Sight
from commands.reply import Note, Reply, press
from commands.words import visible
from models.drafts import Kept, number_in
from models.near import folded
from models.partnership import Agency
from models.people import Person
from models.personal import Seen, names_a_person
from models.vocabulary import Vocabulary

PERSONAL, PAST = "personal", "past"
A_YEAR_ON = "a year on"  # not the date in the past, but the same day of the next year
WITHHELD = "Not saved: it may name somebody"
MENDS = re.compile(r"\s*mend\s+#?(\d+)\s+(.*)", re.I | re.S)
COMMAND = re.compile(r"^/(?:meeting|agenda) ")  # a line without is one of /action
SEEN = re.compile(r"\s~\d+\s*$")  # how often an action had been changed when its form was opened
BY_HAND = "If you wrote it as a message in chat, delete that message yourself: I cannot."


class Doubt(Exception):
    """Something that is not done unless its writer insists. Raised before anything is changed.

    `insist` is what a button says that has it done as it is; `instead` what another says, and what its writer is then sure of.
    """

    def __init__(
        self, kind: str, title: str, words: str, insist: str, notes: Iterable[str] = (), instead: tuple[str, str] | None = None
    ) -> None:
        super().__init__(title)
        self.kind, self.title, self.words, self.insist, self.notes, self.instead = kind, title, words, insist, tuple(notes), instead


def keep(doubt: Doubt, enquiry: Enquiry, session: Session, of: str = "/action") -> Reply:
    """Keep what was asked of a command with its writer, and say how to insist, mend it or let it go."""
    asks = kept_asks(doubt, enquiry, session, of)
    return Reply(doubt.title, doubt.words, press(*asks), *map(Note, doubt.notes), summary=doubt.title, refused=True)


def kept_asks(doubt: Doubt, enquiry: Enquiry, session: Session, of: str = "/action") -> list[tuple[str, str]]:
    """Keep what was asked, the words being what follows the command; the buttons to insist on it, mend it or let it go."""
    fields = {name: visible(value) for name, value in enquiry.fields.items()}
    kept = Kept(person_id=enquiry.person.id, at=enquiry.at, line=visible(as_line(enquiry.words, of)), fields=fields)
    kept.sure = sorted({*enquiry.sure, doubt.kind})
    session.add(kept)
    session.flush()
    return [
        *([(doubt.instead[0], f"{of} yes {kept.id} {doubt.instead[1]}")] if doubt.instead else []),
        (doubt.insist, f"{of} yes {kept.id}"),
        ("Change the words", f"{of} mend {kept.id}"),
        ("Let it go", f"{of} drop {kept.id}"),
    ]


def as_line(words: str, of: str) -> str:
    """How a line is kept: /action's are kept without its name."""
    return words if of == "/action" else f"{of} {words}"


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


def take_up(enquiry: Enquiry, session: Session) -> Enquiry:
    """What was kept, asked again by its writer, who is sure now; kept no longer if what it asks is done."""
    kept = look_up(enquiry, session)
    session.delete(kept)
    session.flush()
    sure = set(kept.sure)
    if enquiry.words.strip().endswith(f" {A_YEAR_ON}"):
        sure = sure - {PAST} | {A_YEAR_ON}
    words = COMMAND.sub("", kept.line)
    return replace(enquiry, words=words, fields=dict(kept.fields), sure=frozenset(sure), line=kept.line, pressed=False)


def look_up(enquiry: Enquiry, session: Session) -> Kept:
    """The kept line of a number."""
    return Kept.numbered(enquiry.words.strip().partition(" ")[0], enquiry.person, session)


def forget_form(words: str, person: Person, session: Session) -> None:
    """Keep no longer what a form held back before: it was sent again, and an old button would save what its writer has mended since.

    `words` are what the form asks, after /action.
    """
    if mends := MENDS.match(words):
        forget(mends[1], person, session)
        words = mends[2]
    mine = session.execute(select(Kept.id, Kept.line, Kept.fields).where(Kept.person_id == person.id)).all()
    if same := [number for number, line, fields in mine if fields and _form(line) == _form(words)]:
        session.execute(delete(Kept).where(Kept.id.in_(same)))


def _form(line: str) -> str:
    """What a form's line is of, however often the action had been changed when it was opened."""
    return SEEN.sub("", line).strip().casefold()


def forget(number: str, person: Person, session: Session) -> None:
    """Keep a person's line no longer, where it is still kept."""
    session.execute(delete(Kept).where(Kept.id == number_in(number), Kept.person_id == person.id))
