"""The form of one row of a draft: what is unclear of it is asked there, and its answers are taken as they stand."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.add_form import HINT
from commands.plan.draft_row import Row, mended
from commands.plan.naming import options, to_pick
from commands.reply import Field, Form, Reply, press
from commands.words import lasting
from models.drafted import Drafted
from models.drafts import Draft
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
    people = to_pick(session)
    near = [name for field, _, name in row.near if field == "owner"]
    people.sort(key=lambda person: near.index(person.handle) if person.handle in near else len(near))
    priorities = [(p.key, p.name) for p in Vocabulary.of(session).priorities.values()]
    drafted, asks = row.drafted, f"/action draft {kept.id} {row.drafted.row}"
    fields = [
        Field("wording", "What is to be done", drafted.wording, long=True),
        Field("owner", "Who is accountable", row.owner.handle if row.owner and not row.asks("owner") else "", options(people)),
        Field("due", "When is it due", drafted.due, hint=HINT),
        Field("supporters", "Who supports them", ", ".join(drafted.supporters), hint="people or agencies, with commas", optional=True),
        Field("priority", "Priority", row.priority.key if row.priority else "", priorities, optional=True),
    ]
    fields += [Field("ref", "Reference", drafted.ref, hint="empty for the next one", optional=True)] if row.asks("ref") else []
    fields += [Field("latest", "Latest update", drafted.latest, long=True, optional=True)] if row.asks("latest") else []
    insist = [("It is a place, not a person", f"{asks} insist")] if row.asks("personal") else []
    return Reply(
        f"Row {drafted.row}",
        sentences(row) or "Nothing has to be asked; change what you like.",
        Form(f"Row {drafted.row}", asks, fields, "Take it"),
        press(*_meant(row, asks), *row.offers, *insist, ("Leave this row out", f"{asks} drop"), ("Back", f"/action draft {kept.id}")),
        summary=f"Row {drafted.row} of a draft",
    )


def _meant(row: Row, asks: str) -> list[tuple[str, str]]:
    """A button for each name that may be meant, which puts it in the place of the one typed."""
    others = row.drafted.supporters
    lines = [(name, field, name if field == "owner" else ", ".join(name if each == typed else each for each in others))
             for field, typed, name in row.near]  # fmt: skip
    return [(f"{name} supports" if field == "supporters" else name, f"{asks} {field} {value}") for name, field, value in lines]


def sentences(row: Row) -> str:
    """What is asked of a row, as sentences one after the other."""
    asked = [question for _, question in row.questions]
    return " ".join([*(each if each[-1:] in ".?!" else f"{each}." for each in asked[:-1]), *asked[-1:]])
