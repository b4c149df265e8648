"""What is written for an agenda after those who look had its draft, or approved it: it waits, and they are told so once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from commands.agendas.sitting import Sitting
from commands.agendas.which import discreetly
from commands.meetings.which import line_of
from commands.reply import Reply, Tell, press
from models.actions import DONE, Action
from models.agendas import POSTED
from models.cycle import DRAFT
from models.notices import Notice

MORE = "agenda-more"  # the kind of what those who look are told of owners' words
TOLD = ("chair", "coordinator")
DRAFTED, OUT, APPROVED = "drafted", "posted", "approved"
# By how far the agenda is: what the writer is told, and what those who look are.
WAITS: Mapping[str, str] = {
    DRAFTED: "The chair and the coordinator have the draft already: they are told, and it goes out once one of them has approved it.",
    OUT: "The agenda was posted already: the chair and the coordinator are told, and it comes in once one of them has approved it.",
    APPROVED: "The agenda was approved already: this waits for the chair or the coordinator to look again.",
}
SAID: Mapping[str, str] = {
    DRAFTED: "Something was written for it after you had its draft. It goes out once one of you approves it.",
    OUT: "Something was written for it after it was posted. It comes in once one of you approves it.",
    APPROVED: "Something was written for it after it was approved. It goes out once one of you approves it again.",
}


def late(sitting: Sitting) -> str:
    """How far an agenda is, where what is written now comes after the draft: drafted, posted or approved; empty where it does not."""
    if sitting.reviewed_until:
        return APPROVED
    if sitting.agenda and sitting.agenda.state == POSTED:
        return OUT
    return DRAFTED if looked_at(sitting) else ""


def looked_at(sitting: Sitting) -> datetime | None:
    """When those who look last had everything before them: in the draft, or as they approved it; else when it was posted without either."""
    draft = Notice.about.startswith(f"{DRAFT} {sitting.occurrence.meeting_id or 0} ")
    drafted = sitting.session.scalar(select(func.max(Notice.sent_at)).where(Notice.kind == DRAFT, draft))
    posted = sitting.agenda.posted_at if sitting.agenda else None
    return max((at for at in (drafted, sitting.reviewed_until) if at), default=posted)


def told(sitting: Sitting) -> bool:
    """Whether they know that there is more to look at: an item or a lead's word has waited since then, or they were told of owners'."""
    since = looked_at(sitting)
    if since is None:
        return False
    words = (text for text in sitting.written.values() if not text["reviewed"])
    items = (item for item in sitting.items if not sitting.shows(item))
    waiting = [*(datetime.fromisoformat(text["at"]) for text in words), *(item.at for item in items)]
    of_owners = Notice.about.startswith(f"{MORE} {sitting.occurrence.meeting_id or 0} ")
    last = sitting.session.scalar(select(func.max(Notice.due_at)).where(Notice.kind == MORE, of_owners))
    return any(at >= since for at in (*waiting, last) if at)


def owners_wrote(sitting: Sitting) -> bool:
    """Whether owners have said something since then that nobody has looked at."""
    since = looked_at(sitting)
    if since is None or sitting.plain:  # in plain words their own are not on it
        return False
    said = select(Action.latest_at).where(Action.group_id == sitting.group.id, Action.latest != "", Action.open | (Action.status == DONE))
    return any(at and at >= since and not sitting.passes(at) for at in sitting.session.scalars(said))


def who_looks(sitting: Sitting) -> list[int]:
    """The ids of those who are told that there is more to look at."""
    return sorted({person.id for seat in TOLD for person in sitting.seats.get(seat, ())})


def more_to_look_at(sitting: Sitting) -> Reply:
    """That there is, for those who approve."""
    line = line_of(sitting.group, sitting.occurrence)
    title = f"More to look at: the agenda of {sitting.group.name}, {sitting.occurrence.begins:%A %-d %B %Y}"
    return Reply(
        title,
        SAID[late(sitting)],
        press(("The agenda", f"/agenda {line}"), ("Approve", f"/agenda approve {line}")),
        summary=discreetly(sitting.group, "agenda to look at") or title,
    )


def to_look_again(sitting: Sitting) -> list[Tell]:
    """The same, to each of them."""
    return [Tell(number, more_to_look_at(sitting)) for number in who_looks(sitting)]
