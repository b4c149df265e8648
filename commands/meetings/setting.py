"""How a group meets as a rule: its place, how long, what a bank holiday does, its quorum, its lead times."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.changing import look_over
from commands.meetings.lead_times import draft_waits, leads_in, leads_said
from commands.meetings.quorum import STATUTORY, authorities_said
from commands.meetings.times import day_beginning, lasting_in, place_in
from commands.meetings.told import cycle_said, discreetly, lasts
from commands.meetings.which import FILLERS, must_arrange, named_group
from commands.permissions import YES, allowed
from commands.plan.following import follow
from commands.plan.sight import Sight
from commands.reply import Facts, Field, Form, Reply, press
from commands.words import lasting
from models.base import Refusal
from models.cadence import Cadence
from models.cycle import Leads
from models.groups import Group
from models.laying import lay_down
from models.partnership import Agency, Partnership

EXAMPLES = {
    "place": "Civic Centre",
    "lasts": "90 minutes",
    "holiday": "before",
    "quorum": "3",
    "leads": "ask 10, remind 7 and 5, draft 4, agenda 3",
}
HOLIDAYS = {"after": "the next working day", "before": "the working day before", "skip": "not held"}
NAMES = {"place": "Place", "lasts": "Length", "holiday": "Bank holidays", "quorum": "Quorum", "leads": "Lead times"}
HOLIDAY_WORDS = (
    ("skip", re.compile(r"\b(?:skip|not held|none|no meeting|cancel|leave out|drop)", re.I)),
    ("before", re.compile(r"\b(?:before|earlier|previous|prior)\b", re.I)),
    ("after", re.compile(r"\b(?:after|next|later|following)\b", re.I)),
)


def settings(enquiry: Enquiry, session: Session) -> Reply:
    """`settings jag`: how a group meets as a rule, and how to change that."""
    sight = Sight.of(enquiry, session)
    group, _ = named_group(lasting(enquiry.words), sight, "settings", "/meeting settings jag")
    return _shown(f"How {group.name} meets", group, sight, "shown")


def place(enquiry: Enquiry, session: Session) -> Reply:
    """`place jag Civic Centre`: where a group meets as a rule; `place jag 10 Dec Room 2`: where it does that once."""
    sight, group, words = _asked(enquiry, session, "place")
    if (begun := day_beginning(FILLERS.sub("", words, count=1), sight.today)) and begun[1]:
        from commands.meetings.moving import move

        day = words[: len(words) - len(begun[1])]
        return move(sight.enquiry_of(f"{group.key} {day} at {place_in(begun[1])}"), session)
    return _set(sight, group, "place", words, "Where", group.place, "a room, or the link of a call", place_in)


def lasts_(enquiry: Enquiry, session: Session) -> Reply:
    """`lasts jag 90 minutes`: how long its meetings last as a rule."""
    sight, group, words = _asked(enquiry, session, "lasts")
    return _set(sight, group, "minutes", words, "How long", lasts(group.minutes), "90 minutes, or 2 hours", lasting_in, verb="lasts")


def holiday(enquiry: Enquiry, session: Session) -> Reply:
    """`holiday jag before`: what happens to a meeting on a bank holiday: after, before or skip."""
    sight, group, words = _asked(enquiry, session, "holiday")
    return _set(sight, group, "holiday", words, "On a bank holiday", group.holiday, "after, before or skip", _holiday_in)


def quorum(enquiry: Enquiry, session: Session) -> Reply:
    """`quorum jag 3`: how many responsible authorities must be there."""
    sight, group, words = _asked(enquiry, session, "quorum")
    return _set(
        sight,
        group,
        "quorum",
        words,
        "How many responsible authorities",
        str(group.quorum),
        "3, or none",
        lambda said: _quorum_in(said, session),
    )


def leads(enquiry: Enquiry, session: Session) -> Reply:
    """`leads jag ask 10, remind 7 and 5, draft 4, agenda 3`: in working days before the meeting."""
    sight, group, words = _asked(enquiry, session, "leads")
    now = Leads.of(group)
    hint = "working days before the meeting: ask 10, remind 7 and 5, draft 4, agenda 3"
    return _set(sight, group, "leads", words, "Lead times", leads_said(now), hint, lambda said: leads_in(said, now))


def facts_of(group: Group) -> list[tuple[str, str]]:
    """How a group meets as a rule."""
    return [
        ("Cadence", Cadence.of(group).said if group.cadence and group.starts else "none: its meetings are added one by one"),
        ("Where", group.place or "not said"),
        ("Lasts", lasts(group.minutes)),
        ("On a bank holiday", HOLIDAYS.get(group.holiday, group.holiday)),
        ("Quorum", authorities_said(group.quorum) if group.quorum else "none set"),
        ("Lead times", f"{leads_said(Leads.of(group))} (working days before)"),
    ]


def _asked(enquiry: Enquiry, session: Session, verb: str) -> tuple[Sight, Group, str]:
    sight = Sight.of(enquiry, session)
    look_over(sight)
    group, words = named_group(lasting(enquiry.words), sight, verb, f"/meeting {verb} jag {EXAMPLES[verb]}")
    must_arrange(group, sight)
    return sight, group, lasting(enquiry.fields.get("value", "")) or words.strip(" :=")


def _set(
    sight: Sight, group: Group, column: str, words: str, label: str, now: str, hint: str, read: Callable[[str], object], verb: str = ""
) -> Reply:
    """Set one thing of a group, or ask for it; read back with a button that puts it back."""
    verb = verb or column
    if not words:
        title = f"{NAMES[verb]} of {group.name}"
        form = Form(title, f"/meeting {verb} {group.key}", [Field("value", label, now, hint=hint)])
        return Reply(title, form, summary=discreetly(group, "to set") or title)
    value = read(words)
    if value == getattr(group, column) or (column == "leads" and value == Leads.of(group).plain()):
        raise Refusal(f"{group.name} has that already. Nothing was changed.", field="value")
    setattr(group, column, value)
    sight.session.flush()
    lay_down(group, sight.enquiry.at, sight.session)
    if column == "holiday":
        follow(group, sight)
    return _shown(
        f"{NAMES[verb]} of {group.name} changed",
        group,
        sight,
        "changed",
        ("Undo", f"/meeting {verb} {group.key} {now or 'none'}"),
    )


def _shown(title: str, group: Group, sight: Sight, did: str, *asks: tuple[str, str]) -> Reply:
    arranges = allowed("arrange meetings", sight.parts_in(group.id)) == YES
    named = (("Cadence", "cadence"), ("Place", "place"), ("Lead times", "leads"), ("Bank holidays", "holiday"), ("Quorum", "quorum"))
    more = [(label, f"/meeting {verb} {group.key}") for label, verb in named] if arranges and not asks else []
    return Reply(
        title,
        Facts([*facts_of(group), ("Cycle", cycle_said(group, Partnership.here(sight.session)))]),
        draft_waits(Leads.of(group)),
        press(*asks, *more, (f"{group.name} meetings", f"/meeting list {group.key}")),
        summary=f"{group.name} settings {did}." if group.private else f"{title}.",
    )


def _holiday_in(words: str) -> str:
    for value, form in HOLIDAY_WORDS:
        if form.search(words):
            return value
    raise Refusal(f"I cannot read “{words[:40]}” as what a bank holiday does. Say after, before or skip.", field="value")


def _quorum_in(words: str, session: Session) -> int:
    if re.fullmatch(r"\W*(?:none|no|0)\W*", words, re.I):
        return 0
    found = re.search(r"(?<![\w.,–−-])(\d{1,2})(?!\w|[.,]\d)", words)
    if not found:
        raise Refusal(f"I cannot read “{words[:40]}” as a number of responsible authorities. Say 3, or none.", field="value")
    there_are = session.scalar(select(func.count()).select_from(Agency).where(Agency.kind == STATUTORY)) or 0
    if int(found[1]) > there_are > 0:
        raise Refusal(f"There are {there_are} responsible authorities: {found[1]} never come. Say 3, or none.", field="value")
    return int(found[1])
