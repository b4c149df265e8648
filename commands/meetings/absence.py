"""Away until a day, and back: who is away is not asked, and somebody answers for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.times import day_beginning, day_in
from commands.plan.naming import accountable, options, to_pick
from commands.plan.sight import Sight
from commands.reply import Facts, Field, Form, Reply, press
from commands.words import lasting, listed
from models.asking_again import hand_over
from models.away import Away
from models.base import Refusal
from models.dates import said
from models.groups import Group, Membership
from models.people import Person
from models.standing_in import Circle

DEPUTY = re.compile(
    r"[\s,;]*\b(?:(?:my )?deputy(?: is)?|covered by|cover(?: is)?(?: by)?|instead(?: of me)?|ask|to)[\s:]+@(?P<handle>[\w.-]+)"
    r"|[\s,;]*@(?P<other>[\w.-]+) (?:answers|covers|deputi[sz]es|stands in)(?: for me)?",
    re.I,
)
FOR = re.compile(r"[\s,;]*\bfor @(?P<handle>[\w.-]+)", re.I)
FROM = re.compile(r"^\s*(?:from|since)\s+", re.I)
UNTIL = re.compile(r"^[\s,]*(?:(?:and )?(?:until|till|til|to|up to|through|-|–)\s+)", re.I)
BACK = re.compile(r"\bback\b(?: on)?\s*", re.I)
ONE_DAY = re.compile(r"^\s*(?:on\b|to(?:day|night|mor+ow)\b|tmrw|tmw|tmo[wz]|tomoz)", re.I)
NEXT_WEEK = re.compile(r"^\s*(?:all |the whole of )?next (?:week|wk)\W*$", re.I)
LONGEST = timedelta(days=366)
ALL_DAYS = "Away"


def away(enquiry: Enquiry, session: Session) -> Reply:
    """`away until 12 Sep`, `away from 2 Sep to 12 Sep deputy @x`, `away until 12 Sep for @person`: not asked meanwhile; who answers is."""
    sight = Sight.of(enquiry, session)
    words, person, deputy = people_in(lasting(enquiry.words), sight)
    if enquiry.fields:
        return _from_form(person, deputy, sight)
    if not words.strip():
        return _form(person, deputy, sight)
    since, until = _days(words, sight.today)
    return be_away(person, since, until, deputy, sight)


def back(enquiry: Enquiry, session: Session) -> Reply:
    """`back`, `back for @person`: asked again from today on."""
    sight = Sight.of(enquiry, session)
    _, person, _ = people_in(lasting(enquiry.words), sight)
    if not (_end(person, sight.today, session, sight.today) or _end(person, sight.today, session)):
        raise Refusal(f"{_who(person, sight)} not away. Nothing was changed.")
    title = f"{_who(person, sight)} back"
    return Reply(title, "Asked again from today on.", press(("My actions", "/action list mine")), summary=title)


def people_in(words: str, sight: Sight) -> tuple[str, Person, Person | None]:
    """(the words without them, who is away, who answers for them)."""
    person, deputy = sight.person, None
    if found := FOR.search(words):
        person = accountable(found["handle"], sight.session, lambda name: f"/meeting away {words} for @{name}")
        words = FOR.sub("", words, count=1)
    if found := DEPUTY.search(words):
        deputy = accountable(found["handle"] or found["other"], sight.session, lambda name: f"/meeting away deputy @{name}")
        words = DEPUTY.sub("", words, count=1)
    if person.id != sight.person.id and not _coordinates(person, sight):
        raise Refusal("Only the coordinator says it for somebody else. Nothing was changed.")
    return words, person, deputy


def _coordinates(person: Person, sight: Sight) -> bool:
    """Whether I coordinate a group that they sit on."""
    theirs = sight.session.scalars(select(Membership.group_id).where(Membership.person_id == person.id))
    return sight.person.administrator or any("coordinator" in sight.parts_in(group) for group in theirs)


def _days(words: str, today: date) -> tuple[date, date]:
    """The first and the last day of words: "until 12 Sep", "2 Sep to 12 Sep", "12 Sep", "for 2 weeks", "back on 13 Sep".

    "on 12 Sep" and "tomorrow" are that day alone, and "next week" its Monday to Friday.
    """
    text = FROM.sub("", words.strip(" .,;"))
    returns = bool(BACK.search(text))
    text = re.sub(r"^\s*(?:for|in) (?=\S+ (?:day|week|fortnight|month)s?\b)", "", BACK.sub("", text))
    if UNTIL.match(text):
        return today, _last(UNTIL.sub("", text), today, returns)
    first = day_beginning(text, today)
    if first and UNTIL.match(first[1]):
        return first[0], _last(UNTIL.sub("", first[1]), today, returns)
    last = _last(text, today, returns)
    if NEXT_WEEK.match(text):
        return last - timedelta(days=last.weekday()), last
    return (last if ONE_DAY.match(text) and not returns else today), last


def _last(words: str, today: date, returns: bool) -> date:
    day = day_in(words, today)
    return day - timedelta(days=1) if returns else day


def _form(person: Person, deputy: Person | None, sight: Sight) -> Reply:
    whose = f" for @{person.handle}" if person.id != sight.person.id else ""
    fields = [
        Field("until", "Away until, that day included", hint="12 Sep, fri, in 2 weeks"),
        Field("since", "From", hint="today where it is left empty", optional=True),
        _pick(deputy.handle if deputy else "", sight),
    ]
    return Reply(ALL_DAYS, Form(ALL_DAYS, f"/meeting away{whose}", fields), summary="Away until when?")


def _pick(chosen: str, sight: Sight) -> Field:
    return Field(
        "deputy", "Who answers meanwhile", chosen, options(to_pick(sight.session)), "your deputy, where it is left empty", optional=True
    )


def _from_form(person: Person, deputy: Person | None, sight: Sight) -> Reply:
    fields = {name: lasting(value) for name, value in sight.enquiry.fields.items()}
    since, until = sight.today, sight.today
    for name in ("since", "until"):
        try:
            day = day_in(fields[name], sight.today) if fields.get(name) else None
        except Refusal as refusal:
            raise Refusal(refusal.words, field=name) from None
        since, until = (day or since, until) if name == "since" else (since, day or until)
    if not fields.get("until"):
        raise Refusal("Until when? Give a day, such as 12 Sep.", field="until")
    return be_away(person, since, until, deputy or field_deputy(sight), sight)


def field_deputy(sight: Sight) -> Person | None:
    handle = sight.enquiry.fields.get("deputy", "").strip()
    return accountable(handle, sight.session, lambda name: f"/meeting away deputy @{name}") if handle else None


def be_away(
    person: Person, since: date, until: date, deputy: Person | None, sight: Sight, passed: Sequence[Group] = (), title: str = ""
) -> Reply:
    """Write it down, ask who answers at once for what is awaited now, and say who that is.

    `passed` are the groups whose questions they pass on, where they are not away at all.
    """
    _must_make_sense(since, until, sight.today)
    if deputy and deputy.id == person.id:
        raise Refusal("Nobody is their own deputy. Name somebody else.", field="deputy")
    session, enquiry = sight.session, sight.enquiry
    _end(person, since, session, until, only_passed=bool(passed))
    session.add(
        Away(person_id=person.id, since=since, until=until, deputy=deputy, passed=bool(passed), said_by_id=enquiry.person.id, at=enquiry.at)
    )
    session.flush()
    told = hand_over(person, enquiry.at, session) if since <= sight.today else []
    title = title or f"{_who(person, sight)} away {'' if since <= sight.today else f'from {said(since)} '}until {said(until)}"
    whose = "" if person.id == sight.person.id else f" for @{person.handle}"
    return Reply(
        title,
        Facts(_answering(person, since, sight, passed)),
        f"Asked now for what is still awaited: {listed([each.handle for each in told])}." if told else None,
        press(("Take it back" if passed else "Back", f"/meeting back{whose}")),
        summary=f"{title}.",
    )


def _must_make_sense(since: date, until: date, today: date) -> None:
    if until < today or until < since:
        raise Refusal(
            f"{said(until)} is {'past' if until < today else f'before {said(since)}'}. Give the last day away, such as 12 Sep.",
            field="until",
        )
    if until - since > LONGEST:
        raise Refusal("That is more than a year. Give their actions another owner instead.", field="until")


def _answering(person: Person, on: date, sight: Sight, passed: Sequence[Group]) -> list[tuple[str, str]]:
    """Who is asked in their place, for each group of theirs that I see, or each that is `passed`."""
    groups = [group for group in _groups_of(person, sight) if not passed or group in passed]
    return [(group.name, _answers(Circle.of(group, sight.session).answers_for(person, on))) for group in groups]


def _answers(person: Person | None) -> str:
    return f"{person.handle} is asked" if person else "the coordinator asks"


def _groups_of(person: Person, sight: Sight) -> Sequence[Group]:
    theirs = set(sight.session.scalars(select(Membership.group_id).where(Membership.person_id == person.id)))
    return [group for group in sight.groups if group.id in theirs]


def _end(person: Person, on: date, session: Session, until: date = date.max, only_passed: bool = False) -> bool:
    """End what was said of their days from a day on, as far as it begins by `until`; whether there was any. Leave booked later stays."""
    session.flush()
    theirs = (Away.person_id == person.id, Away.until >= on, Away.since <= until, *((Away.passed,) if only_passed else ()))
    rows = session.scalars(select(Away).where(*theirs)).all()
    for row in rows:
        if row.since < on:
            row.until = on - timedelta(days=1)
        else:
            session.delete(row)
    session.flush()
    return bool(rows)


def _who(person: Person, sight: Sight) -> str:
    return "You are" if person.id == sight.person.id else f"{person.handle} is"
