"""Handing an agenda item on to another group: escalated up, or referred. There it stands among the referrals of the next agenda."""

from __future__ import annotations

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.agendas.suggesting import item_of
from commands.agendas.which import discreetly
from commands.permissions import YES, allowed
from commands.plan.kept import look_for_a_person
from commands.plan.other_groups import group_and_why
from commands.plan.recording import as_typed
from commands.plan.said_again import must_be_said_again
from commands.plan.sight import Sight
from commands.reply import Field, Form, Note, Reply, press
from commands.words import lasting
from models.agendas import Item
from models.base import Refusal
from models.groups import Group

VERBS = {"escalated": "escalate", "referred": "refer"}


def escalate(enquiry: Enquiry, session: Session) -> Reply:
    """`escalate 4711 to raog because …`: a group above talks about it."""
    return _hand_on("escalated", enquiry, session)


def refer(enquiry: Enquiry, session: Session) -> Reply:
    """`refer 4711 to jag because …`: another group talks about it."""
    return _hand_on("referred", enquiry, session)


def _hand_on(did: str, enquiry: Enquiry, session: Session) -> Reply:
    sight = Sight.of(enquiry, session)
    number, _, rest = lasting(enquiry.words).partition(" ")
    item = item_of(number, sight)
    if allowed("review agendas", sight.parts_in(item.group_id)) != YES:
        raise Refusal(f"The chair, the deputy chair and the coordinator of {item.group.name} hand its items on. Ask one of them.")
    line = f"/agenda {VERBS[did]} {item.id}"
    group, why = group_and_why(rest, item.group, line, sight)
    look_for_a_person(as_typed(enquiry) if enquiry.fields else why, sight)
    if item.group.private and not enquiry.fields:
        return _say_it_again(did, item, group, why, f"{line} to {group.key}")
    words, why = lasting(enquiry.fields.get("words", "")), enquiry.fields.get("because", "").strip() or why
    words = _said_again(words, why, item, group) if item.group.private else item.words
    came = did if item.group.private else f"{did} from {item.group.name}"
    made = Item(group=group, words=f"{words} ({why})" if why else words, by=sight.person, at=enquiry.at, lineage=came)
    session.add(made)
    session.flush()
    return _reply(did, item, made, sight)


def _reply(did: str, item: Item, made: Item, sight: Sight) -> Reply:
    title = f"{did.capitalize()} to {made.group.name}"
    back = [("Take back", f"/agenda back {made.id}")] if made.group_id in sight.group_ids else []
    private = discreetly(item.group, "agenda item") or discreetly(made.group, "agenda item")
    return Reply(
        title,
        made.words,
        Note(f"It stands among the referrals of {made.group.name}'s next agenda, and stays on {item.group.name}'s until it is taken back."),
        press(*back, (f"Take it off {item.group.name}'s", f"/agenda back {item.id}")),
        summary=private or f"{title}: {made.words}",
    )


def _said_again(words: str, why: str, item: Item, group: Group) -> str:
    """The words that another group reads; refuses a private group's own."""
    if not words:
        raise Refusal(f"Say what {group.name} is to read.", field="words", discreet="Nothing was sent.")
    for field, said in (("words", words), ("because", why)):
        must_be_said_again(said, item.words, item.group, group, field)
    return words


def _say_it_again(did: str, item: Item, group: Group, why: str, line: str) -> Reply:
    """A private group's words are said again before others read them."""
    fields = [
        Field("words", f"What {group.name} is to read", long=True),
        Field("because", f"Why it goes there, for {group.name} to read", why, long=True, optional=True),
    ]
    said = f"{item.group.name}'s words are for {item.group.name} alone. Say what {group.name} is to read."
    title = f"{VERBS[did].capitalize()} it to {group.name}"
    return Reply(title, said, Form(title[:24], line, fields, "Send"), summary=discreetly(item.group, "agenda item") or title)
