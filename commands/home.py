"""One's own page: who I am here, what I am to do, what waits for me, and when I am next to meet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.held import freshness
from commands.meetings.told import in_a_line
from commands.meetings.unheard import not_heard
from commands.permissions import TABLE, YES, allowed, may
from commands.plan.rows import short
from commands.plan.showing import one_press
from commands.plan.sight import Sight, discreet
from commands.plan.waiting import settles, settling, table_of_waiting, waiting
from commands.reply import Facts, Heading, Note, Part, Reply, counted, press
from commands.words import listed
from models.actions import DONE, Action
from models.calendar import Calendar
from models.groups import Group, Membership
from models.people import Person
from models.priorities import Priority
from models.proposals import Proposal
from models.series import held
from models.vocabulary import Vocabulary

LINE = 80  # characters of what was said with a request
WHOLE = ("All their words", "/action list asked")
SHOWN = 15  # actions with their answers; the others are in the list


def my_page(enquiry: Enquiry, session: Session) -> Reply:
    """My page: who I am, my open actions with the answers that take one press, what I am to settle, and my next meeting."""
    sight = Sight.of(enquiry, session)
    person = session.get(Person, enquiry.person.id) or enquiry.person
    leads = list(session.scalars(select(Priority).where(Priority.id.in_(sight.leads)).order_by(Priority.place)))
    mine, total, late = _my_actions(sight)
    asked = [each for each in waiting(sight) if settles(each, sight)]
    return Reply(
        "My page",
        Facts([fact for fact in _facts(person, leads, sight) if fact[1]]),
        *_actions(mine, total, late, sight),
        *_waiting(asked, sight),
        *_to_agree(sight),
        *not_heard(sight),
        press(*((p.name, f"/priority {p.key}") for p in leads), ("All priorities", "/priority"), ("Help", "/jag")),
        summary=discreet({each.id: each for each in (*mine, *(one.action for one in asked))}.values()) or _summary(person, total, late),
    )


def _summary(person: Person, total: int, late: int) -> str:
    mine = f" {counted(total, 'open action')}{f', {late} overdue' if late else ''}." if total else ""
    return f"{person.handle}, {person.role}.{mine}"


def _facts(person: Person, leads: Sequence[Priority], sight: Sight) -> list[tuple[str, str]]:
    session = sight.session
    mine = select(Group.name, Membership.seat).join(Membership.group).where(Membership.person_id == person.id)
    seats = session.execute(mine.order_by(Membership.id)).all()
    groups: dict[str, list[str]] = {}
    for group, seat in seats:
        groups.setdefault(group, []).append(seat)
    return [
        ("You are", f"{person.handle}, {person.role}"),
        ("Agency", person.agency.name if person.agency else ""),
        ("Groups", "; ".join(f"{group} ({', '.join(seat)})" for group, seat in groups.items())),
        ("Priorities", listed([p.name for p in leads])),
        ("You may", listed([needs for needs in TABLE if may(person, needs, session)])),
        ("Next meeting", _next_meeting(sight)),
        ("Figures", freshness(held(list(Vocabulary.of(session).measures.values()), session), sight.enquiry.at)),
    ]


def _next_meeting(sight: Sight) -> str:
    """ "JAG, Tuesday 10 September 2013 at 10:00, Civic Centre, #jag"."""
    mine = [group for group in sight.groups if sight.seats[group.id]]
    calendars = Calendar.of_all(mine, sight.now, sight.session)
    coming = [(meeting, group) for group in mine if (meeting := calendars[group.id].next(sight.now))]
    if not coming:
        return ""
    meeting, group = min(coming, key=lambda each: each[0])
    return f"{group.name}, {in_a_line(meeting, group)}"


def _my_actions(sight: Sight) -> tuple[list[Action], int, int]:
    """(my first open actions, how many there are, how many are overdue): what is due first comes first."""
    mine = (Action.owner_id == sight.person.id, Action.open, Action.group_id.in_(sight.group_ids))
    first = select(Action).where(*mine).order_by(Action.due_sort, Action.id).limit(SHOWN)
    late = select(func.count()).select_from(Action).where(*mine, Action.due_sort < sight.today)
    total = select(func.count()).select_from(Action).where(*mine)
    session = sight.session
    return list(session.scalars(first)), session.scalar(total) or 0, session.scalar(late) or 0


def _actions(mine: Sequence[Action], total: int, late: int, sight: Sight) -> list[Part | None]:
    if not mine:
        return [Heading("My actions"), "No open action is yours.", press(("Open actions", "/action list"))]
    head = f"My actions: {total:,} open{f', {late:,} overdue' if late else ''}"
    more = Note(f"{len(mine)} of {total:,} are shown. All of them: /action list mine") if total > len(mine) else None
    choices = [one_press(action, _label(action, sight)) for action in mine]
    return [
        Heading(head),
        *choices,
        more,
        press(("My actions", "/action list mine"), ("No change for all", "/action update rest no change")),
    ]


def _label(action: Action, sight: Sight) -> str:
    late = ", overdue" if action.overdue(sight.today) else ""
    return f"{action.ref}: {short(action.wording, 100)} (due {action.due.said(action.group.name)}{late})"


def _waiting(asked: Sequence[Proposal], sight: Sight) -> list[Part | None]:
    if not asked:
        return []
    whole = [WHOLE] if any(len(each.words) > LINE for each in asked) else []
    return [Heading("Waiting for you"), table_of_waiting(asked, sight, LINE), press(*settling(asked, sight), *whole)]


def _to_agree(sight: Sight) -> list[Part | None]:
    """How many actions are done, for groups whose meetings I close them in."""
    closes = [group.id for group in sight.groups if allowed("close", sight.parts_in(group.id)) == YES]
    done = select(func.count()).select_from(Action).where(Action.group_id.in_(closes), Action.status == DONE)
    number = (sight.session.scalar(done) or 0) if closes else 0
    if not number:
        return []
    return [
        Heading("Done, to agree"),
        f"{counted(number, 'action')} done, for the group to agree.",
        press(("Done, to agree", "/action list done")),
    ]
