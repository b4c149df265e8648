"""Whether a line would be answered, before it is offered."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Does, Enquiry
from models.base import Refusal


def answered(does: Does, words: str, enquiry: Enquiry, session: Session) -> bool:
    """Whether these words are answered with what is held, rather than refused."""
    try:
        does(replace(enquiry, words=words), session)
    except Refusal:
        return False
    return True
