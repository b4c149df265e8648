"""Who sits on a group, and as what: given and taken by its coordinator."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import must
from commands.plan.sight import Sight
from commands.reply import Reply, counted, press
from commands.words import listed, plain
from models.base import Refusal
from models.groups import Group, Membership
from models.people import Person

SEATS = ("chair", "deputy", "coordinator", "member")
FILLERS = set("a an as at be by for from group in is its of off on onto please seat the to with".split())
EXAMPLE = "/jag seat housing-officer on CSAG as chair"
AS = r"(?:\s+as\s+(?:an?\s+|the\s+|its\s+)?(?P<seat>.+?))?$"
SEAT = re.compile(rf"^@?(?P<who>[\w.-]+)\s+(?:on|onto|to|in|at)\s+(?P<group>.+?){AS}", re.I)
UNSEAT = re.compile(rf"^@?(?P<who>[\w.-]+)\s+(?:from|off|on|of)\s+(?P<group>.+?){AS}", re.I)


def seat(enquiry: Enquiry, session: Session) -> Reply:
    """Give somebody a seat: /jag seat housing-officer on CSAG as chair; a member where nothing is said."""
    person, group, named = _asked(SEAT, enquiry, session)
    called = named or "member"
    held = _seats(person, group, session)
    if called in held:
        raise Refusal(f"{person.handle} is {called} of {group.name} already.", ("People", "/jag people"))
    session.add(Membership(group=group, person=person, seat=called))
    session.flush()
    also = _others(person, group, called, session)
    return Reply(
        "Seated",
        f"{person.handle} is {called} of {group.name}, and sees its actions."
        + (f" So is {listed(also)}, until you say otherwise." if also and called != "member" else ""),
        press(("Undo", f"/jag unseat {person.handle} from {group.key} as {called}"), *_instead(also, group, called)),
        summary=_summary(group, 1, "given") or f"{person.handle} is {called} of {group.name}.",
    )


def unseat(enquiry: Enquiry, session: Session) -> Reply:
    """Take a seat back: /jag unseat housing-officer from CSAG; all that they have there, or only as chair."""
    person, group, named = _asked(UNSEAT, enquiry, session)
    held = _seats(person, group, session)
    taken = [named] if named else list(held)
    if not held or not set(taken) <= set(held):
        raise Refusal(f"{person.handle} is not {named or 'seated'} on {group.name}.", ("People", "/jag people"))
    for each in taken:
        session.delete(held[each])
    session.flush()
    left = [each for each in held if each not in taken]
    after = f"They are still {listed(left)} there." if left else "They no longer see its actions."
    backs = [(f"Undo: {each}" if len(taken) > 1 else "Undo", f"/jag seat {person.handle} on {group.key} as {each}") for each in taken]
    return Reply(
        "Unseated",
        f"{person.handle} is no longer {listed(taken)} of {group.name}. "
        + ("As administrator they see everything." if person.administrator else after),
        press(*backs),
        summary=_summary(group, len(taken), "taken back") or f"{person.handle} is no longer {listed(taken)} of {group.name}.",
    )


def offered(person: Person, enquiry: Enquiry, session: Session, private: bool = True) -> list[tuple[str, str]]:
    """Buttons that would seat somebody on the groups the asker coordinates, and they do not sit on; the private ones too, or not."""
    sight = Sight.of(enquiry, session)
    sits = set(session.scalars(select(Membership.group_id).where(Membership.person_id == person.id)))
    groups = [group for group in sight.groups if "coordinator" in sight.parts_in(group.id) and group.id not in sits]
    groups = [group for group in groups if private or not group.private]
    return [(f"Seat on {group.name}", f"/jag seat {person.handle} on {group.key}") for group in groups[:4]]


def _asked(form: re.Pattern[str], enquiry: Enquiry, session: Session) -> tuple[Person, Group, str]:
    """(who, on which group, as what: empty where it is not said). A group that the asker may not see is none."""
    must(enquiry.person, "confirm people", session)
    sight = Sight.of(enquiry, session)
    words = plain(enquiry.words)
    found = form.match(words)
    said = _in_any_order(words, sight) or (found and (found["who"], found["group"], found["seat"] or ""))
    if not said:
        raise Refusal(f"Expected a handle, a group, and chair, deputy, coordinator or member, such as: {EXAMPLE}")
    who, named, called = said
    person, group = Person.named(who, session), sight.group_named(named)
    if group is None:
        raise Refusal(f"I know no group called {named!r}. I know {listed([each.name for each in sight.groups]) or 'none'}.")
    if "coordinator" not in sight.parts_in(group.id):
        raise Refusal(f"To seat people on {group.name} you would need to be its coordinator.")
    return person, group, _seat_named(called)


def _in_any_order(words: str, sight: Sight) -> tuple[str, str, str] | None:
    """(who, on which group, as what) where a group, a seat and one more word are all that is said: "jag housing-officer chair"."""
    said = [word for word in words.replace(",", " ").split() if word.lower() not in FILLERS]
    stretches = [(at, end) for at in range(len(said)) for end in range(len(said), at, -1)]
    at, end = next(((at, end) for at, end in stretches if sight.group_named(" ".join(said[at:end]))), (0, 0))
    others = said[:at] + said[end:]
    seat_words = [word for word in others if _plainly(word) in SEATS or word.lower() == "vice"]
    who = [word for word in others if word not in seat_words]
    if not end or len(who) != 1:
        return None
    return who[0].lstrip("@"), " ".join(said[at:end]), " ".join(seat_words)


def _plainly(seat: str) -> str:
    words = seat.strip().lower().replace("deputy chair", "deputy").replace("vice chair", "deputy")
    return words.removesuffix("man").removesuffix("person")


def _seat_named(said: str) -> str:
    words = _plainly(said)
    if words and words not in SEATS:
        raise Refusal(f"There is no seat {said!r}. I know chair, deputy, coordinator and member, such as: {EXAMPLE}")
    return words


def _seats(person: Person, group: Group, session: Session) -> dict[str, Membership]:
    query = select(Membership).where(Membership.group_id == group.id, Membership.person_id == person.id)
    return {each.seat: each for each in session.scalars(query.order_by(Membership.id))}


def _others(person: Person, group: Group, called: str, session: Session) -> list[str]:
    query = select(Person.handle).join(Membership, Membership.person_id == Person.id)
    same = query.where(Membership.group_id == group.id, Membership.seat == called, Person.id != person.id)
    return list(session.scalars(same.order_by(Person.handle)))


def _instead(also: list[str], group: Group, called: str) -> list[tuple[str, str]]:
    """A new chair or deputy may be so instead of the one before."""
    if called not in ("chair", "deputy"):
        return []
    return [(f"Instead of {handle}", f"/jag unseat {handle} from {group.key} as {called}") for handle in also[:2]]


def _summary(group: Group, seats: int, done: str) -> str:
    """What a notification says of a private group: only how many."""
    return f"{counted(seats, f'{group.name} seat')} {done}." if group.private else ""
