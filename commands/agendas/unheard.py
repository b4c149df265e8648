"""Who has not answered for the meeting: for those who look at the draft."""

from __future__ import annotations

from commands.agendas.sitting import Sitting
from commands.reply import Heading, Part, Table, press
from models.addressed import PASSED, Asked, Round
from models.silence import last_asked


def parts(sitting: Sitting) -> list[Part]:
    """A table of them, the actions that are awaited of each, and a press for all of it; nothing where nobody is missing."""
    owners: dict[str, list[Asked]] = {}
    for each in _awaited(sitting):
        owners.setdefault(each.action.owner.handle, []).append(each)
    if not owners:
        return []
    rows = [[handle, ", ".join(each.action.ref for each in asked), _who_is_asked(asked[0])] for handle, asked in owners.items()]
    buttons = press(("Responses", f"/meeting responses {sitting.group.key}"), ("Nudge all", f"/meeting nudge {sitting.group.key}"))
    assert buttons is not None  # there are two
    return [Heading("Not heard from yet"), Table(["Owner", "Actions", "Asked"], rows), buttons]


def _awaited(sitting: Sitting) -> list[Asked]:
    asked = last_asked(sitting.group.id, sitting.at, sitting.session)
    if asked is None or asked.meeting.id != sitting.occurrence.meeting_id:
        return []
    return Round(sitting.group, sitting.session).asked(asked.since, sitting.at)


def _who_is_asked(asked: Asked) -> str:
    """ "in chat", "fire-officer, as they are away", "passed to fire-officer", "not on chat: ask them"."""
    if not asked.why:
        return "in chat"
    if asked.of and asked.why == PASSED:
        return f"passed to {asked.of.handle}"
    return f"{asked.of.handle}, as they are {asked.why}" if asked.of else f"{asked.why}: ask them"
