"""One enquiry, one transaction: a line in, a reply out, whatever happens in between."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from commands.answering import answer, refused
from commands.reply import Audience, Reply
from models.base import Refusal
from models.people import Person
from models.store import Store, overtaken

log = logging.getLogger("jagbot")

Who = Callable[[Session], Person]


class Unknown(Exception):
    """Who asks is nobody of the partnership; the screen knows what to do about it."""


def ask(store: Store, partnership_id: int, who: Who, line: str, at: datetime, audience: Audience = "asker") -> Reply:
    """Answer a line. What is refused, and what breaks, is a reply as well; neither leaves anything half saved."""
    try:
        try:
            return _once(store, partnership_id, who, line, at, audience)
        except OperationalError as error:
            if not overtaken(error):
                raise
            return _once(store, partnership_id, who, line, at, audience, writing=True)
    except Refusal as refusal:
        return refused(refusal)
    except Unknown:
        raise
    except Exception:
        return broken()


def _once(store: Store, partnership_id: int, who: Who, line: str, at: datetime, audience: Audience, writing: bool = False) -> Reply:
    with store.session(partnership_id, writing) as session:
        return answer(line, who(session), at, session, audience)


def broken() -> Reply:
    """What is said when it is our fault: a reference, under which the log has the rest. Words typed are not logged."""
    reference = secrets.token_hex(3)
    log.exception("broke, reference %s", reference)
    words = f"Something broke at my end and nothing was saved. Quote {reference} to the coordinator."
    return Reply("Something broke", words, summary=words, refused=True)
