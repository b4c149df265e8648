"""Modals on people's screens: triggers that open them, good once and for three seconds, and stacks of up to three."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.workspace.errors import SlackError
from bot.workspace.ids import new_id
from bot.workspace.values import Body, completed, state_of

if TYPE_CHECKING:
    from bot.workspace.core import Workspace

SECONDS, DEEPEST = 3.0, 3
FORGOTTEN = 3600.0  # seconds after which a trigger is no longer told from one that never was
LEFT_OUT: Mapping[str, Any] = {
    "private_metadata": "",
    "callback_id": "",
    "title": None,
    "clear_on_close": False,
    "notify_on_close": False,
    "close": None,
    "submit": None,
    "external_id": "",
}


@dataclass
class Trigger:
    user: str
    given: float
    used: bool = False


@dataclass
class Screen:
    """One modal that is open for somebody, what they have typed in it, and what is wrong with that, by block_id."""

    user: str
    view: Body
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def shown(self) -> Body:
        """The view as Slack tells of it, with what it holds."""
        told = {**self.view, "state": {"values": state_of(self.view["blocks"], self.typed)}}
        return told | ({"errors": dict(self.errors)} if self.errors else {})


class Screens:
    """Everybody's modals, and the triggers that open them. `owner` is said in every view: team_id, app_id, bot_id."""

    def __init__(self, real: Callable[[], float], owner: Mapping[str, Any] | None = None) -> None:
        self.real, self.owner = real, dict(owner or {})
        self._triggers: dict[str, Trigger] = {}
        self._stacks: dict[str, list[Screen]] = {}

    # Triggers

    def trigger(self, user: str) -> str:
        """A new trigger, for something that somebody does now."""
        now = self.real()
        for old in [key for key, each in self._triggers.items() if now - each.given > FORGOTTEN]:
            del self._triggers[old]
        key = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._triggers[key] = Trigger(user, now)
        return key

    def exchange(self, key: str) -> str:
        """Use a trigger: whose screen it opens. Refuses one that never was, was used, or is older than three seconds."""
        trigger = self._triggers.get(key)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.real() - trigger.given > SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    # Views

    def open(self, user: str, view: Body) -> Body:
        """Show somebody a modal, in the place of all that are open for them."""
        self._unique(view, None)
        self._stacks[user] = []
        return self._on_top(user, view)

    def push(self, user: str, view: Body) -> Body:
        """Put a modal on top of those that are open: `not_found` where none is, `push_limit_reached` where three are."""
        depth = len(self._stacks.get(user, []))
        if not depth:
            raise SlackError("not_found")
        if depth >= DEEPEST:
            raise SlackError("push_limit_reached")
        self._unique(view, None)
        return self._on_top(user, view)

    def update(self, key: str, view: Body, hash: str = "") -> Body:
        """Put a view in the place of one that is open, by its id or external id. What was typed under the same ids stays."""
        screen = self.screen(key)
        if hash and hash != screen.view["hash"]:
            raise SlackError("hash_conflict")
        self._unique(view, screen)
        places = {name: screen.view[name] for name in ("id", "root_view_id", "previous_view_id")}
        screen.view, screen.errors = self._made(view, places), {}
        still = state_of(screen.view["blocks"], {})
        screen.typed = {
            block: {name: value for name, value in named.items() if name in still[block]}
            for block, named in screen.typed.items()
            if block in still
        }
        return screen.shown()

    def stack(self, user: str) -> list[Body]:
        """The modals that are open for somebody, bottom first."""
        return [screen.shown() for screen in self._stacks.get(user, [])]

    def find(self, key: str) -> Body:
        """An open view as it stands, by its id or external id; `not_found` otherwise."""
        return self.screen(key).shown()

    def screen(self, key: str) -> Screen:
        """The open modal of an id or external id; `not_found` otherwise."""
        every = [screen for stack in self._stacks.values() for screen in stack]
        found = next((s for s in every if key and key in (s.view["id"], s.view["external_id"])), None)
        if found is None:
            raise SlackError("not_found")
        return found

    def close(self, view_id: str, all: bool = False) -> list[Body]:
        """Close a modal and those above it, or all; one that clears on close takes all with it. Gives what was closed, top first."""
        screen = self.screen(view_id)
        stack = self._stacks[screen.user]
        at = 0 if all or screen.view["clear_on_close"] else stack.index(screen)
        closed = [each.shown() for each in reversed(stack[at:])]
        del stack[at:]
        return closed

    def typed(self, view_id: str, state: Mapping[str, Mapping[str, Any]]) -> Body:
        """Keep what somebody has typed, {block_id: {action_id: value}} as `values.chosen` takes it. Gives the view as it stands."""
        screen = self.screen(view_id)
        for block, named in state.items():
            screen.typed[block] = {**screen.typed.get(block, {}), **named}
        return screen.shown()

    def errors(self, view_id: str, errors: Mapping[str, str]) -> Body:
        """Show what is wrong, by block_id."""
        screen = self.screen(view_id)
        screen.errors = dict(errors)
        return screen.shown()

    def _on_top(self, user: str, view: Body) -> Body:
        stack = self._stacks.setdefault(user, [])
        key = new_id("V")
        below = [each.view["id"] for each in stack]
        places = {"id": key, "root_view_id": below[0] if below else key, "previous_view_id": below[-1] if below else None}
        stack.append(Screen(user, self._made(view, places)))
        return stack[-1].shown()

    def _made(self, view: Body, places: Body) -> Body:
        return made_view(view, places, self.owner, self.real())

    def _unique(self, view: Body, itself: Screen | None) -> None:
        try:
            found = self.screen(view.get("external_id", ""))
        except SlackError:
            return
        if found is not itself:
            raise SlackError("duplicate_external_id")


def made_view(view: Body, places: Body, owner: Mapping[str, Any], now: float) -> Body:
    """A view as Slack keeps it: with ids, a hash of its own, and all that was left out."""
    given = {name: value for name, value in view.items() if value is not None}
    texts: Body = {name: {"emoji": True, **given[name]} for name in ("title", "submit", "close") if name in given}
    own = {"blocks": completed(view["blocks"]), "hash": f"{int(now)}.{secrets.token_hex(4)}"}
    return {**LEFT_OUT, **given, **texts, **own, **places, **owner}


def show(workspace: Workspace, user: str) -> None:
    """Tell somebody's page which modals are open for them now."""
    workspace.tell("views", {"views": workspace.screens.stack(user)}, frozenset({user}))
