"""Who is who in a workspace, and what each kind of person can do."""

from __future__ import annotations

from dataclasses import dataclass

from bot.workspace.state import Body, State


@dataclass(frozen=True)
class Can:
    """What a kind of person can do: type commands, use shortcuts, press buttons, open the app's Home and messages, see public channels."""

    commands: bool
    shortcuts: bool
    press: bool
    home: bool
    public: bool
    act: bool = True


KINDS = {
    "member": Can(True, True, True, True, True),
    "guest": Can(True, True, True, True, False),
    "guest without commands": Can(False, False, True, True, False),
    "partner": Can(False, False, True, False, False),  # of another workspace, through Slack Connect
    "deactivated": Can(False, False, False, False, False, act=False),
    "app": Can(False, False, False, False, True, act=False),
}

LAST = 1 << 30  # of who has no place of their own


def can(person: Body) -> Can:
    """What somebody can do."""
    return KINDS["deactivated" if person.get("deleted") else person.get("kind", "member")]


def in_order(state: State) -> list[Body]:
    """Everybody, in the order in which they were settled; who came later comes last."""
    return sorted(state.all("person"), key=lambda person: person.get("place", LAST))


def may_see(state: State, reader: str, channel: Body) -> bool:
    """Whether somebody may know of a channel: its members do, and everybody of the workspace where it is public."""
    if state.is_member(channel["id"], reader):
        return True
    person = state.get("person", reader)
    return person is not None and channel["kind"] == "channel" and can(person).public
