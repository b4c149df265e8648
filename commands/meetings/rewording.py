"""Words that were held back, brought to their writer again to be said otherwise."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.kept import forget
from commands.reply import Field, Form, Reply
from models.drafts import Kept


def reworded(kept: Kept) -> Reply:
    """A form with the line as it was typed, or with what a form said, after its verb."""
    line = kept.line.removeprefix("/meeting ").strip()
    said = " ".join([line, *(value for value in kept.fields.values() if value.strip())])
    verb, _, words = said.partition(" ")
    form = Form(f"/meeting {verb}", f"/meeting mend {kept.id} {verb}", [Field("said", "In other words", words, long=True)])
    return Reply("In other words", form, summary="In other words")


def said_again(enquiry: Enquiry, session: Session) -> Enquiry:
    """What such a form asks instead. The words it mends are kept no longer, if it is done."""
    number, _, verb = enquiry.words.strip().partition(" ")
    forget(number, enquiry.person, session)
    return replace(enquiry, words=f"{verb} {enquiry.fields.get('said', '')}", fields={})
