"""Items that members want talked about: suggested, taken back, carried over."""

from __future__ import annotations

from contextlib import nullcontext

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.agendas.brought_in import brought_in
from commands.agendas.late import WAITS, late, to_look_again, told
from commands.agendas.naming import may_be_a_group
from commands.agendas.which import Wanted, discreetly, of_mine
from commands.meetings.which import group_beginning
from commands.permissions import YES, allowed
from commands.plan.kept import look_for_a_person
from commands.plan.mentions import PERSON, by_handle
from commands.plan.recording import as_typed
from commands.plan.sight import Sight
from commands.reply import Facts, Field, Form, Note, Reply, press
from commands.words import lasting
from models.agendas import CARRIED, TAKEN, WITHDRAWN, Agenda, Item
from models.base import Refusal
from models.drafts import number_in

LOOKED_AT = "The chair sees it in the draft, and it goes out once the chair or the coordinator has approved that."
GOES_OUT, IS_OUT = "It goes out with the agenda.", "The agenda was posted already: this is in its thread now."


def add(enquiry: Enquiry, session: Session) -> Reply:
    """`add jag Talk about fireworks`: for the group's next meeting."""
    sight = Sight.of(enquiry, session)
    look_for_a_person(PERSON.sub("@", as_typed(enquiry)), sight)
    said = f"{enquiry.fields.get('group', '')} {enquiry.fields.get('words', '')}" if enquiry.fields else enquiry.words
    if group_beginning(said, sight)[0] is None and (asked := may_be_a_group(said, sight)):
        raise asked
    wanted = Wanted.next_of(lasting(said), sight, to_begin=True)
    words = wanted.words.strip(" :,-")
    if not words:
        return _form(wanted, sight)
    if allowed("suggest items", sight.parts_in(wanted.group.id)) != YES:
        raise Refusal(f"You are not on {wanted.group.name}, and suggest no items to it.")
    known = told(wanted.sitting())
    item = Item(group=wanted.group, words=by_handle(words, session), by=sight.person, at=enquiry.at)
    with brought_in(wanted, "An item added") if allowed("review agendas", sight.parts_in(wanted.group.id)) == YES else nullcontext():
        session.add(item)
        session.flush()
    return _read_back(item, wanted, known)


def _read_back(item: Item, wanted: Wanted, known: bool) -> Reply:
    """What was suggested and what becomes of it; `known` is whether those who look know that there is more to look at."""
    title = f"Suggested for {wanted.group.name}, {wanted.occurrence.begins:%-d %B %Y}"
    sitting = wanted.sitting()
    own, stage = item.by_id in sitting.reviewers, late(sitting)
    out = IS_OUT if sitting.is_posted else GOES_OUT
    return Reply(
        title,
        item.words,
        Note(out if own else WAITS.get(stage, LOOKED_AT)),
        press(("Take back", f"/agenda back {item.id}"), ("The agenda", f"/agenda {wanted.line}"), ("Another", "/agenda add")),
        summary=discreetly(wanted.group, "agenda item") or f"{title}: {item.words}",
        tells=to_look_again(sitting) if stage and not (own or known) else [],
    )


def _form(wanted: Wanted, sight: Sight) -> Reply:
    groups = [(group.key, group.name) for group in of_mine(sight)]
    fields = [Field("group", "For which group", wanted.group.key, groups), Field("words", "What to talk about", long=True)]
    return Reply("Suggest an item", Form("Suggest an item", "/agenda add", fields, "Suggest"))


def take_back(enquiry: Enquiry, session: Session) -> Reply:
    """`back 4711`: an item of one's own; the chair and the coordinator take back any."""
    sight = Sight.of(enquiry, session)
    item = item_of(enquiry.words, sight)
    item.state = WITHDRAWN
    facts = Facts([("Item", item.words), ("Group", item.group.name)])
    return Reply("Taken back", facts, summary=discreetly(item.group, "agenda item") or f"Taken back: {item.words}")


def carry(enquiry: Enquiry, session: Session) -> Reply:
    """`carry 4711`: an item goes over to the group's next meeting."""
    sight = Sight.of(enquiry, session)
    item = item_of(enquiry.words, sight)
    if allowed("review agendas", sight.parts_in(item.group_id)) != YES:
        raise Refusal(f"The chair, the deputy chair and the coordinator of {item.group.name} carry items over. Ask one of them.")
    item.state, item.meeting_id = CARRIED, None
    facts = Facts([("Item", item.words), ("Group", item.group.name)])
    said = "It is on the agenda of the next meeting, as carried over."
    return Reply("Carried over", facts, said, summary=discreetly(item.group, "agenda item") or f"Carried over: {item.words}")


def taken(agenda: Agenda, session: Session) -> None:
    """Everything that has been suggested by now is looked at, and belongs to this meeting."""
    here = Item.meeting_id.is_(None) | (Item.meeting_id == agenda.meeting_id)
    for item in session.scalars(select(Item).where(Item.group_id == agenda.meeting.group_id, Item.state != WITHDRAWN, here)):
        item.meeting_id = agenda.meeting_id
        item.state = item.state if item.state == CARRIED else TAKEN


def item_of(words: str, sight: Sight) -> Item:
    """The item of a number; refuses alike what isn't there, what may not be seen, and what is not theirs."""
    number = words.strip().partition(" ")[0]
    query = select(Item).where(Item.id == number_in(number), Item.group_id.in_(sight.group_ids), Item.state != WITHDRAWN)
    item = sight.session.scalar(query.with_for_update(of=Item))
    theirs = item is not None and (item.by_id == sight.person.id or allowed("review agendas", sight.parts_in(item.group_id)) == YES)
    if item is None or not theirs:
        said = f"You have no agenda item {number[:12]}. It may be taken back already."
        raise Refusal(said, ("Agendas", "/agenda"), discreet=said)
    return item
