"""Modals on people's screens in the workspace, read and filled in by tests."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.workspace import filling
from bot.workspace.core import OWNER
from bot.workspace.payloads import as_given_back
from bot.workspace.screens import Screens as Real
from bot.workspace.screens import show

if TYPE_CHECKING:
    from slack_server import Workspace

Payload = dict[str, Any]


class Screen:
    """A modal that was opened for somebody; what it last was, once it is closed."""

    def __init__(self, workspace: Workspace, key: str) -> None:
        self.workspace, self.id = workspace, key
        self.user = workspace.opened[key]

    @property
    def open(self) -> bool:
        return any(view["id"] == self.id for view in self.workspace.real.screens.stack(self.user))

    @open.setter
    def open(self, stays: bool) -> None:
        assert not stays
        self.workspace.do(filling.close(self.workspace.real, self.user, self.id))

    @property
    def view(self) -> Payload:
        return self.workspace.shown[self.id]

    @view.setter
    def view(self, view: Payload) -> None:
        self.workspace.on_loop(lambda: self.workspace.real.screens.update(self.id, view))
        self.workspace.on_loop(lambda: show(self.workspace.real, self.user))

    @property
    def errors(self) -> dict[str, str]:
        return self.view.get("errors", {})

    @property
    def inputs(self) -> list[Payload]:
        return [block for block in self.view["blocks"] if block["type"] == "input"]

    def held(self, block: Payload) -> str | None:
        """What stands in an input: typed, or there from the beginning."""
        return held(self.view, block)

    def types(self, **typed: str) -> None:
        """Somebody types, and does not press anything yet."""
        state = self.state_of(typed)
        self.workspace.on_loop(lambda: self.workspace.real.screens.typed(self.id, state))
        self.workspace.on_loop(lambda: show(self.workspace.real, self.user))

    def state_of(self, typed: Mapping[str, str]) -> dict[str, dict[str, str]]:
        names = {block["block_id"]: block["element"]["action_id"] for block in self.inputs}
        return {block: {names[block]: value} for block, value in typed.items()}

    def payload(self) -> Payload:
        return as_given_back(self.view)


class Screens:
    """Everybody's modals."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def top(self) -> Screen:
        """The modal opened last."""
        return Screen(self.workspace, list(self.workspace.opened)[-1])


def held(view: Payload, block: Payload) -> str | None:
    value = view["state"]["values"][block["block_id"]][block["element"]["action_id"]]
    chosen = value.get("selected_option")
    return chosen["value"] if chosen else value.get("value")


def given_back(view: Payload) -> Payload:
    """A view as Slack gives it back when its button is pressed at once."""
    return as_given_back(Real(time.time, OWNER).open("U1", view))
