"""What is written for an agenda after it was approved: it waits, and the chair and the coordinator are told so once."""

from __future__ import annotations

from commands.agendas.sitting import Sitting
from commands.agendas.which import Wanted, discreetly
from commands.reply import Reply, Tell, press

WAITS = "The agenda was approved already: this waits for the chair or the coordinator to look again."
TOLD = ("chair", "coordinator")


def approved(sitting: Sitting) -> bool:
    """Whether somebody has looked at what was written by now."""
    return sitting.reviewed_until is not None


def waits(sitting: Sitting) -> bool:
    """Whether an item or a lead's word waits to be looked at: those who look have been told, if it had been approved."""
    return any(not text["reviewed"] for text in sitting.written.values()) or any(not sitting.shows(item) for item in sitting.items)


def to_look_again(wanted: Wanted) -> list[Tell]:
    """That there is more to look at, for those who approve."""
    title = f"More to look at: the agenda of {wanted.name}"
    people = {person.id for seat in TOLD for person in wanted.sitting().seats.get(seat, ())}
    reply = Reply(
        title,
        "Something was written for it after it was approved. It goes out once one of you approves it again.",
        press(("The agenda", f"/agenda {wanted.line}"), ("Approve", f"/agenda approve {wanted.line}")),
        summary=discreetly(wanted.group, "agenda to look at") or title,
    )
    return [Tell(number, reply) for number in sorted(people)]
