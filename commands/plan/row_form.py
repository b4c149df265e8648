"""The form of one row of a draft: what is unclear of it is asked there, and its answers are taken as they stand."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.add_form import HINT, PICKED
from commands.plan.checking import Row, mended
from commands.reply import Field, Form, Reply, press
from commands.words import lasting
from models.drafted import Drafted
from models.drafts import Draft
from models.people import Person
from models.vocabulary import Vocabulary

ANSWERED = {"wording", "owner", "due", "priority", "ref", "latest"}  # of a row's form, as they stand


def answered(row: Drafted, enquiry: Enquiry) -> Drafted:
    """A row with a form's answers in it."""
    said = {name: lasting(value) for name, value in enquiry.fields.items() if name in ANSWERED}
    supporters = enquiry.fields.get("supporters")
    values: dict[str, object] = dict(said)
    if supporters is not None:
        values["supporters"] = tuple(each.strip() for each in re.split(r"[,;/\n]", lasting(supporters)) if each.strip())
    return mended(row, **values)


def row_form(kept: Draft, row: Row, session: Session) -> Reply:
    """What can be changed of a row. Its reference and its latest news are asked for only where they are in question."""
    people = list(session.scalars(select(Person).order_by(Person.handle).limit(PICKED + 1)))
    picked = [(p.handle, f"{p.handle}, {p.role}") for p in people] if len(people) <= PICKED else []
    priorities = [(p.key, p.name) for p in Vocabulary.of(session).priorities.values()]
    drafted, asks = row.drafted, f"/action draft {kept.id} {row.drafted.row}"
    fields = [
        Field("wording", "What is to be done", drafted.wording, long=True),
        Field("owner", "Who is accountable", row.owner.handle if row.owner and not row.asks("owner") else "", picked),
        Field("due", "When is it due", "" if row.asks("due") else drafted.due, hint=HINT),
        Field("supporters", "Who supports them", ", ".join(drafted.supporters), hint="people or agencies, with commas", optional=True),
        Field("priority", "Priority", row.priority.key if row.priority else "", priorities, optional=True),
    ]
    fields += [Field("ref", "Reference", drafted.ref, hint="empty for the next one", optional=True)] if row.asks("ref") else []
    fields += [Field("latest", "Latest update", drafted.latest, long=True, optional=True)] if row.asks("latest") else []
    insist = [("It is a place, not a person", f"{asks} insist")] if row.asks("personal") else []
    return Reply(
        f"Row {drafted.row}",
        "; ".join(question for _, question in row.questions) or "Nothing has to be asked; change what you like.",
        Form(f"Row {drafted.row}", asks, fields, "Take it"),
        press(*insist, ("Leave this row out", f"{asks} drop"), ("Back", f"/action draft {kept.id}")),
        summary=f"Row {drafted.row} of a draft",
    )
