"""Lead times: how many working days before a meeting each step of its cycle is due, from words and in words."""

from __future__ import annotations

import re

from commands.meetings.times import clock_of
from commands.reply import Note, counted
from models.base import Refusal
from models.cycle import TO_ANSWER, Leads

DAYS = re.compile(
    r"\b(?P<step>ask|reminds?|reminders?|draft|agenda)\b\D*?(?P<days>\d{1,2}(?:\s*(?:,|and|&)\s*\d{1,2}(?!:))*)"
    r"(?P<at> (?:at )?\d\d?:\d\d)?",
    re.I,
)
NO_REMINDERS = re.compile(r"\bno remind\w*", re.I)


def leads_said(leads: Leads) -> str:
    """ "ask 10, remind 7 and 5, draft 4, agenda 3": `leads` reads it again."""
    times = [f" {at:%H:%M}" if at != Leads.at else "" for at in (leads.at, leads.draft_at)]
    reminds = f"remind {' and '.join(map(str, leads.reminds))}, " if leads.reminds else ""
    return f"ask {leads.ask}{times[0]}, {reminds}draft {leads.draft}{times[1]}, agenda {leads.agenda}"


def draft_waits(leads: Leads) -> Note | None:
    """That the draft goes out later than it is said to, where that is before the last who are asked could answer."""
    last, reminded = min((leads.ask, *leads.reminds)), bool(leads.reminds)
    if last <= leads.agenda or (-leads.draft, leads.draft_at) > (-last, leads.at):
        return None
    waits = counted(round(TO_ANSWER.total_seconds() / 3600), "hour")
    return Note(
        f"The draft follows the last {'reminder' if reminded else 'ask'}: it goes out {waits} after that, "
        f"{counted(last, 'working day')} before the meeting, and not {leads.draft}."
    )


def leads_in(words: str, now: Leads) -> dict[str, object]:
    """What is said of lead times, upon what holds now; "usual" is the usual ones."""
    if re.fullmatch(r"\W*(?:the )?(?:usual|default|none|standard)(?: ones)?\W*", words, re.I):
        return {}
    plain, unreminded = now.plain(), NO_REMINDERS.search(words) is not None
    words = NO_REMINDERS.sub(" ", words)
    found = list(DAYS.finditer(words))
    if not (found or unreminded):
        raise Refusal("Say how many working days before the meeting, such as: ask 10, remind 7 and 5, draft 4, agenda 3", field="value")
    for each in found:
        step, days = each["step"].lower(), [int(day) for day in re.findall(r"\d+", each["days"])]
        name = "reminds" if step.startswith("remind") else step
        plain[name] = days if name == "reminds" else days[0]
        if name in ("ask", "draft"):
            at = f"{Leads.at:%H:%M}" if each["at"] is None else f"{clock_of(each['at'].replace('at', '').strip()):%H:%M}"
            plain["at" if name == "ask" else "draft_at"] = at
    if left := re.search(r"\bat\b.*|\d+", DAYS.sub("", words), re.I):
        raise Refusal(f"I cannot read “{left[0][:40]}” as a lead time. Such as: ask 10, draft 2 at 12:00, agenda 1", field="value")
    if unreminded:
        plain["reminds"] = []
    return Leads.read(plain).plain()
