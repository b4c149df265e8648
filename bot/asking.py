"""One enquiry, one transaction: a line in, a reply out, whatever happens in between."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.telling import put_up
from bot.traced import traced
from commands.answering import answer, refused, sent_again
from commands.frozen import frozen
from commands.reply import Audience, Reply
from commands.routing import writes
from models.base import Refusal
from models.heard import Heard
from models.people import Person
from models.store import Store, overtaken

log = logging.getLogger("jagbot")

Who = Callable[[Session], Person]


class Unknown(Exception):
    """Who asks is nobody of the partnership; the screen knows what to do about it."""


class CarriedOut(Exception):
    """Somebody else, on this replica or another, has carried the line out; nothing is done twice."""


@dataclass(frozen=True)
class Asked:
    """What is asked, and all that came with it. `key` is what it was heard by, where it was stored until it is carried out.

    `tells` says that those whom it concerns are told, as they are of what is done in chat. `typed` is what somebody typed, where that
    is not the line: other words, or nothing where a button was pressed.
    """

    line: str
    at: datetime
    audience: Audience = "asker"
    fields: Mapping[str, str] = field(default_factory=dict)
    where: str = "terminal"
    key: str = ""
    tells: bool = False
    typed: str | None = None

    @property
    def by_hand(self) -> str:
        """What somebody typed, and has no other copy of: a form keeps its own."""
        return "" if self.fields else self.line if self.typed is None else self.typed


@dataclass(frozen=True)
class Outcome:
    """A reply, and how it came about: by a rule that was broken, or by something of ours that broke. Neither leaves anything saved."""

    reply: Reply
    refusal: Refusal | None = None
    broke: bool = False


def ask(store: Store, partnership_id: int, who: Who, asked: Asked) -> Reply:
    """Answer a line. What is refused, and what breaks, is a reply as well; neither leaves anything half saved."""
    return outcome_of(store, partnership_id, who, asked).reply


def outcome_of(store: Store, partnership_id: int, who: Who, asked: Asked) -> Outcome:
    """Answer a line, and say how that went."""
    writing = writes(asked.line)
    try:
        try:
            return _once(store, partnership_id, who, asked, writing)
        except Refusal:
            if asked.fields:  # what the form held back before goes, though nothing of this is saved
                with store.session(partnership_id, writing=True) as session:
                    sent_again(asked.line, who(session), session)
            raise
        except OperationalError as error:
            if writing or not overtaken(error):
                raise
            return _once(store, partnership_id, who, asked, writing=True)
    except Refusal as refusal:
        return Outcome(refused(refusal, asked.by_hand), refusal)
    except (Unknown, CarriedOut):
        raise
    except Exception:
        return Outcome(broken(kept=bool(asked.key)), broke=True)


def _once(store: Store, partnership_id: int, who: Who, asked: Asked, writing: bool) -> Outcome:
    with store.session(partnership_id, writing) as session:
        reply = answer(asked.line, who(session), asked.at, session, asked.audience, asked.fields, asked.where, typed=asked.typed)
        if asked.key and not Heard.carry_out(asked.key, frozen(reply.but(tells=())), session):
            raise CarriedOut
        if asked.tells:
            put_up(reply.tells, asked.key, asked.at, session)
        return Outcome(reply)


def broken(kept: bool = False) -> Reply:
    """What is said when it is our fault: a reference, under which the log has the rest. Words typed are not logged.

    `kept` is whether what was asked is stored, and will be tried again.
    """
    reference = secrets.token_hex(3)
    log.error("broke, reference %s\n%s", reference, traced())
    fate = "Your words are kept, and I try again in a minute" if kept else "nothing was saved"
    words = f"Something broke at my end{'.' if kept else ' and'} {fate}. Quote {reference} to the coordinator."
    return Reply("Something broke", words, summary=words, refused=True)
