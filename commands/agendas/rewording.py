"""Words that were held back, brought to their writer again to be said otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.kept import forget
from commands.reply import Field, Form, Reply
from models.drafts import Kept


def reworded(kept: Kept, opened: Callable[[str], Reply]) -> Reply:
    """The form that they were typed into, filled in again; or one with the line as it was typed."""
    line = kept.line.removeprefix("/agenda ").strip()
    form = opened(line).form if kept.fields else None
    if form is None:
        verb, _, words = line.partition(" ")
        form = Form(f"/agenda {verb}", f"/agenda mend {kept.id} {verb}", [Field("said", "In other words", words, long=True)])
        return Reply("In other words", form, summary="In other words")
    fields = [replace(each, value=str(kept.fields.get(each.name, each.value))) for each in form.fields]
    asks = f"/agenda mend {kept.id} {form.asks.removeprefix('/agenda ')}"
    return Reply("In other words", replace(form, asks=asks, fields=fields), summary="In other words")


def said_again(enquiry: Enquiry, session: Session) -> Enquiry:
    """What such a form asks instead. The words it mends are kept no longer, if it is done."""
    number, _, asks = enquiry.words.strip().partition(" ")
    forget(number, enquiry.person, session)
    if "said" in enquiry.fields:
        return replace(enquiry, words=f"{asks} {enquiry.fields['said']}", fields={})
    return replace(enquiry, words=asks)
