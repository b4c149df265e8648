"""Who is meant: one accountable person, or people and agencies that help, in the words people use for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from commands.plan.sight import Sight
from commands.words import listed
from models.actions import Supporter
from models.base import SAYS_WHOSE, Refusal
from models.groups import Group
from models.near import key, likenesses
from models.partnership import Agency, Partnership
from models.people import Person

ALL = re.compile(r"^(?:all|everyone|everybody|all (?:partners|agencies|members)|partners|tbc|tba|various|n/?a)$", re.I)
ARTICLE = re.compile(r"^\s*(?:the|our)\s+(?=\S)", re.I)
POLICE = "police"  # as everybody calls the force, whatever its name
LONGEST = 6  # words of a name
PICKED = 100  # how many people a form lists to pick from
Mend = Callable[[str], str]  # the line that would ask again, with another name in the place of the one typed

# Asked with nearly every action that is added, so made once; they say themselves whose rows they read.
HANDLED = (
    select(Person)
    .where(Person.partnership_id == bindparam("mine"), (Person.handle == bindparam("handle")) | (Person.slack_user == bindparam("user")))
    .options(joinedload(Person.agency))
    .execution_options(**{SAYS_WHOSE: True})
)


def accountable(name: str, session: Session, mend: Mend) -> Person:
    """The one person accountable: by handle, chat user, role, or as the only one of an agency. Refuses with near names otherwise."""
    if ALL.match(name.strip()):
        raise Refusal(f"“{name.strip()}” is nobody in particular. Name one accountable owner; the others can support them.", field="owner")
    if handled := _handled(name, session):
        return handled
    people = list(session.scalars(select(Person).order_by(Person.handle)))
    found = _people_called(name, people) or _people_called(ARTICLE.sub("", name), people) or _of_the_force(name, people, session)
    if len(found) == 1:
        return found[0]
    if found:
        raise _which(name, found, mend)
    raise _nobody(name, people, mend)


def supporter(name: str, session: Session, mend: Mend) -> Supporter:
    """Somebody, or an agency, that helps. A handle as it is spelt is a person: trading-standards is one, Trading Standards an agency."""
    handled = _handled(name, session)
    if handled and _spelt(name) in (handled.handle, handled.slack_user):
        return _helping(handled)
    people = list(session.scalars(select(Person).order_by(Person.handle)))
    agencies = list(session.scalars(select(Agency)))
    name = ARTICLE.sub("", name)
    exact: list[Person | Agency] = [a for a in agencies if key(a.name) == key(name)]
    exact = exact or [p for p in people if _exactly(name, p)]
    force = force_called(name, session)
    called = exact or [a for a in agencies if _called(name, a.name) or key(a.name) == force] or _people_called(name, people)
    if len(called) == 1:
        found = called[0]
        return _helping(found)
    helping = [each for each in called if isinstance(each, Person)]
    if helping:
        raise _which(name, helping, mend, "supporters")
    if not called:
        raise _nobody(name, people, mend, "supporters")
    names = [each.name for each in called if isinstance(each, Agency)]
    raise Refusal(f"Which agency is “{name}”? {listed(names, 'or')}?", *((each, mend(each)) for each in names), field="supporters")


def _helping(found: Person | Agency) -> Supporter:
    """With their ids, which the history writes down before they are saved."""
    if isinstance(found, Person):
        return Supporter(person=found, person_id=found.id)
    return Supporter(agency=found, agency_id=found.id)


def all_names(session: Session) -> frozenset[str]:
    """Every handle, role and agency, as `models.near.key` compares them."""
    people = session.execute(select(Person.handle, Person.role)).all()
    return frozenset(key(name) for name in (*(name for each in people for name in each), *session.scalars(select(Agency.name)))) - {""}


def how_many_help(words: Sequence[str], session: Session) -> int:
    """How many of the words that begin name a helper: a handle, a role, or one agency as people shorten it; 0 where none do."""
    names, agencies = all_names(session), list(session.scalars(select(Agency.name)))
    for count in range(min(LONGEST, len(words)), 0, -1):
        name = ARTICLE.sub("", " ".join(words[:count]))
        if key(name) in names or sum(_called(name, agency) for agency in agencies) == 1 or force_called(name, session) in names:
            return count
    return 0


def how_many_name(words: Sequence[str], names: Collection[str]) -> int:
    """How many of the words that begin are together one of the names, or "all partners"; 0 where no two of them are."""
    said = ((count, " ".join(words[:count])) for count in range(min(LONGEST, len(words)), 1, -1))
    return next((count for count, name in said if key(name) in names or ALL.match(name)), 0)


def _spelt(name: str) -> str:
    return name.strip().lstrip("@")


def _handled(name: str, session: Session) -> Person | None:
    """The person of a handle or chat user, their agency with them: no more has to be read where a name is spelt so."""
    wanted = _spelt(name)
    found = session.scalars(HANDLED, {"mine": session.info["partnership"], "handle": wanted.lower(), "user": wanted.upper()}).all()
    return min(found, key=lambda each: each.handle != wanted.lower(), default=None)


def must_sit_on(group: Group, person: Person, sight: Sight) -> None:
    """Refuse an owner who could not see their own action."""
    if not sight.others_who_see(group.id, [person]):
        raise Refusal(
            f"{person.handle} does not sit on {group.name}, and would not see it. Choose another owner, or have the coordinator seat them: "
            f"/jag seat {person.handle} on {group.name}",
            (f"Seat {person.handle} on {group.name}", f"/jag seat {person.handle} on {group.name}"),
            field="owner",
        )


def _exactly(name: str, person: Person) -> bool:
    wanted = name.strip().lstrip("@").lower()
    return wanted in (person.handle, person.email.lower()) or wanted.upper() == person.slack_user or key(wanted) == key(person.handle)


def _people_called(name: str, people: Sequence[Person]) -> list[Person]:
    """Everybody a name may mean: by handle first, then by role, by the first part of a handle, and by agency."""
    wanted = key(name)
    tests: tuple[Callable[[Person], bool], ...] = (
        lambda p: _exactly(name, p),
        lambda p: key(p.role) == wanted,
        lambda p: bool(wanted) and key(p.handle).split()[0] == wanted,
        lambda p: p.agency is not None and _called(name, p.agency.name),
    )
    for test in tests:
        if found := [person for person in people if test(person)]:
            return found
    return []


def _called(name: str, agency: str) -> bool:
    """Whether a name is an agency's, whole or as people shorten it: Hightown, or BID, or its initials."""
    wanted, words = key(name).split(), key(agency).split()
    if not wanted:
        return False
    initials = "".join(word[0] for word in words if word not in ("of", "the", "and"))
    return wanted == words[: len(wanted)] or wanted == words[-len(wanted) :] or wanted == [initials]


def force_called(name: str, session: Session) -> str:
    """The name of the force, as `models.near.key` compares it, where it is called the police; else empty."""
    if key(ARTICLE.sub("", _spelt(name))) != POLICE:
        return ""
    return key(session.scalar(select(Partnership.force_name).where(Partnership.id == session.info["partnership"])) or "")


def _of_the_force(name: str, people: Sequence[Person], session: Session) -> list[Person]:
    force = force_called(name, session)
    return [person for person in people if force and person.agency is not None and key(person.agency.name) == force]


def _which(name: str, found: Sequence[Person], mend: Mend, field: str = "owner") -> Refusal:
    named = [f"{p.handle} ({p.role}{', ' + p.agency.name if p.agency else ''})" for p in found[:6]]
    return Refusal(f"Which “{name}”? {listed(named, 'or')}?", *((p.handle, mend(p.handle)) for p in found[:6]), field=field)


def _nobody(name: str, people: Sequence[Person], mend: Mend, field: str = "owner") -> Refusal:
    near = _near(name, people)
    hint = f"Did you mean {listed(near, 'or')}?" if near else "See who there is: /jag people."
    bare = re.sub(r"[^\w-]+", "-", name.strip().lstrip("@").lower()).strip("-")[:40]
    add = (("Add this person", f"/jag add @{bare}"),) if bare else ()
    return Refusal(f"I know nobody called “{name.lstrip('@')}”. {hint}", *((each, mend(each)) for each in near), *add, field=field)


def _near(name: str, people: Sequence[Person]) -> list[str]:
    """Handles like a name, or with a part like it."""
    by_name = {key(p.handle): p.handle for p in people} | {key(p.role): p.handle for p in people}
    parts: dict[str, str] = {}
    for person in people:
        for part in key(person.handle).split():
            parts.setdefault(part, person.handle)
    wanted = key(name)
    scored = [(score, by_name[near]) for near, score in likenesses(wanted, by_name)]
    scored += [(score - 10, parts[near]) for near, score in likenesses(wanted, parts) if len(near) > 3]
    return list(dict.fromkeys(handle for _, handle in sorted(scored, key=lambda each: -each[0])))[:3]


def to_pick(session: Session) -> list[Person]:
    """People for a form to list, by handle; one too many where they are more than it lists."""
    return list(session.scalars(select(Person).order_by(Person.handle).limit(PICKED + 1)))


def options(people: Sequence[Person]) -> list[tuple[str, str]]:
    """People as a form lists them, (handle, "handle, role"); none where they are too many."""
    return [(person.handle, f"{person.handle}, {person.role}") for person in people] if len(people) <= PICKED else []
