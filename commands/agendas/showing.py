"""An agenda as it stands, at any time; or as it was posted, of a meeting gone by."""

from __future__ import annotations

from textwrap import shorten

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.agendas.before_and_after import minutes_to_read
from commands.agendas.composed import Composed, compose
from commands.agendas.sitting import Sitting
from commands.agendas.which import Wanted, discreetly, goes_out, of_mine
from commands.frozen import thawed
from commands.plan.sight import Sight
from commands.reply import Buttons, Facts, Heading, Note, Part, Reply, counted, press
from commands.words import lasting
from models.agendas import APPROVED, CARRIED, HELD, POSTED, TAKEN, Agenda, Item
from models.base import Refusal
from models.calendar import Calendar
from models.notices import DUE, SKIPPED, Notice
from models.people import Person

SHORT = 40  # characters of an item on a button


def show(enquiry: Enquiry, session: Session) -> Reply:
    """`jag`, `jag 10 Dec`: the agenda of a meeting; nothing: where those of my groups' next meetings stand."""
    sight = Sight.of(enquiry, session)
    words = lasting(enquiry.words)
    if not words:
        return _mine(sight)
    wanted = Wanted.read(words, sight)
    return as_posted(wanted) if wanted.occurrence.ends <= sight.now else as_it_stands(wanted)


def as_it_stands(wanted: Wanted) -> Reply:
    """Put together anew from what is true now."""
    sitting = wanted.sitting(whole=wanted.reviews)
    composed = compose(sitting)
    buttons = press(*_asks(wanted, sitting))
    return Reply(
        f"{wanted.group.name} agenda, {wanted.occurrence.begins:%A %-d %B %Y, %H:%M}",
        state(sitting),
        buttons if wanted.reviews else None,
        Facts(composed.about),
        *details(composed),
        Note(composed.paper.dated),
        buttons,
        summary=discreetly(wanted.group, "agenda") or f"{wanted.group.name} agenda, {composed.about[0][1]}.",
    )


def details(composed: Composed) -> list[Part]:
    """Every item under its number."""
    return [
        part for number, section in enumerate(composed.sections, 1) for part in (Heading(f"{number}. {section.heading}"), *section.parts)
    ]


def state(sitting: Sitting) -> str:
    """Where an agenda is on its way from draft to post, and when it goes out."""
    agenda, meeting = sitting.agenda, sitting.occurrence
    by = sitting.session.get(Person, agenda.by_id) if agenda and agenda.by_id else None
    posted = _posted(agenda, sitting) if agenda and agenda.state == POSTED and agenda.posted_at else ""
    if meeting.cancelled:
        return f"Cancelled{f': {meeting.reason}' if meeting.reason else ''}. {posted or 'The agenda does not go out.'}"
    if posted:
        return posted
    if agenda and agenda.state == HELD and by:
        return f"Held by {by.handle}{f': {agenda.reason}' if agenda.reason else ''}. It does not go out until somebody posts it."
    if agenda and agenda.state == APPROVED and by:
        return f"Approved by {by.handle}. {_out(sitting)}".rstrip()
    unapproved = "" if sitting.group.stopped else "Unapproved, it goes out without what people wrote. "
    return f"A draft: nobody has approved it. {unapproved}{_out(sitting)}".rstrip()


def _posted(agenda: Agenda, sitting: Sitting) -> str:
    times = f", brought up to date {counted(agenda.revision, 'time')} since" if agenda.revision else ""
    return f"Posted on {agenda.posted_at.astimezone(sitting.now.tzinfo):%A %-d %B at %H:%M}{times}." if agenda.posted_at else ""


def _out(sitting: Sitting) -> str:
    """When it goes out by itself, or that it does not."""
    if stopped := sitting.group.stopped:
        return f"The cycle is {stopped}: it goes out when somebody posts it."
    step = goes_out(sitting)
    if step and step.state == SKIPPED:
        return "The time at which it would have gone out is over: it goes out when somebody posts it."
    return f"It goes out on {step.due_at.astimezone(sitting.now.tzinfo):%A %-d %B at %H:%M}." if step and step.state == DUE else ""


def as_posted(wanted: Wanted) -> Reply:
    """What was posted for a meeting gone by, word for word."""
    number, session = wanted.occurrence.meeting_id, wanted.sight.session
    about = [f"agenda {number}", f"agenda {number} detail"] if number else []
    notices = {each.about: each for each in session.scalars(select(Notice).where(Notice.about.in_(about), Notice.sent_at.is_not(None)))}
    posted = [thawed(notices[each].body or {}) for each in about if each in notices and notices[each].body]
    if not posted:
        raise Refusal(
            f"No agenda of {wanted.group.name} was posted for {wanted.occurrence.begins:%-d %B %Y}.",
            (f"{wanted.group.name}'s next", f"/agenda {wanted.group.key}"),
        )
    first, *rest = posted
    parts = [part for reply in (first, *rest) for part in reply.parts if not isinstance(part, Buttons)]
    return Reply(first.title, *parts, summary=first.summary)


def _mine(sight: Sight) -> Reply:
    """Each group's next meeting, and where its agenda stands."""
    rows, asks = [], []
    coming = [(each, group) for group in of_mine(sight) if (each := Calendar.of(group, sight.session).next(sight.now))]
    for occurrence, group in sorted(coming, key=lambda each: each[0]):
        sitting = Sitting.of(group, occurrence, sight.session, sight.enquiry.at)
        rows.append((f"{group.name}, {occurrence.begins:%-d %B %Y, %H:%M}", state(sitting)))
        asks.append((f"{group.name} agenda", f"/agenda {group.key}"))
    if not rows:
        raise Refusal("You sit on no group that meets. Ask the coordinator for a seat.")
    private = sum(group.private for group in of_mine(sight))
    summary = f"{counted(len(rows), 'agenda')}." if private else "; ".join(f"{name}: {said}" for name, said in rows)
    return Reply("Agendas", Facts(rows), press(*asks, ("Suggest an item", "/agenda add")), summary=summary)


def _asks(wanted: Wanted, sitting: Sitting) -> list[tuple[str, str]]:
    """What this person may do with it."""
    line, key = wanted.line, wanted.group.key
    me = wanted.sight.person.id
    own = [item for item in sitting.items if item.by_id == me]
    asks = [("Suggest an item", f"/agenda add {key}"), ("Word document", f"/agenda export {line}"), *minutes_to_read(sitting)]
    asks += [(f"Take back: {_on_a_button(item)}", f"/agenda back {item.id}") for item in own]
    if not wanted.reviews:
        return asks
    posted = sitting.agenda is not None and sitting.agenda.state == POSTED
    begun = sitting.occurrence.begins <= sitting.now
    others = [item for item in sitting.items if item.by_id != me and not begun]
    left = [item for item in sitting.items if begun and item.state in (TAKEN, CARRIED)]
    restore = [("Restore", f"/meeting restore {line}")] if sitting.occurrence.cancelled else []
    return [
        *restore,
        *to_settle(key, line, posted, sitting),
        *asks,
        *((f"Leave out: {_on_a_button(item)}", f"/agenda back {item.id}") for item in others),
        *((f"Carry over: {_on_a_button(item)}", f"/agenda carry {item.id}") for item in left),
        *((f"Hand on: {_on_a_button(item)}", f"/agenda refer {item.id}") for item in sitting.items),
    ]


def _on_a_button(item: Item) -> str:
    """An item in short, cut at a word."""
    return shorten(item.words, SHORT, placeholder="…")


def to_settle(key: str, line: str, posted: bool, sitting: Sitting) -> list[tuple[str, str]]:
    """What the chair and the coordinator may do with a draft: of this meeting alone, however late it is pressed."""
    if sitting.occurrence.ends <= sitting.now or sitting.occurrence.cancelled:
        return []
    approve = [("Approve", f"/agenda approve {line}")] if sitting.withholds or not posted else []
    asks = [*approve, ("Edit…", f"/agenda edit {key}")]
    return asks if posted else [*asks, ("Hold", f"/agenda hold {line}"), ("Post now", f"/agenda post {line}")]
