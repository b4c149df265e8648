"""Modals on people's screens, as the small Slack keeps them: triggers that expire, views that close, forms that are filled in."""

from __future__ import annotations

import html
import itertools
from dataclasses import dataclass, field
from typing import Any

Payload = dict[str, Any]
SECONDS = 3  # that a trigger is good for


@dataclass
class Screen:
    """A modal that is open for somebody, and what they have typed in it."""

    id: str
    user: str
    view: Payload
    hash: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    open: bool = True

    @property
    def inputs(self) -> list[Payload]:
        return [block for block in self.view["blocks"] if block["type"] == "input"]

    def held(self, block: Payload) -> str | None:
        """What stands in an input: typed, or there from the beginning."""
        if block["block_id"] in self.typed:
            return self.typed[block["block_id"]]
        element = block["element"]
        chosen = element.get("initial_option")
        return chosen["value"] if chosen else element.get("initial_value")

    def state(self) -> Payload:
        """As Slack says it: every input, with a value of its own or none."""
        return {"values": {b["block_id"]: {b["element"]["action_id"]: _said(b["element"], self.held(b))} for b in self.inputs}}

    def payload(self) -> Payload:
        given = {"id": self.id, "hash": self.hash, "state": self.state(), "team_id": "T0JAG", "bot_id": "B0BOT", "root_view_id": self.id}
        return {"private_metadata": "", "callback_id": "", "submit": None, "close": None, **self.view, **given}

    def incomplete(self) -> list[str]:
        """The labels of inputs that Slack itself would not let through."""
        return [b["label"]["text"] for b in self.inputs if not b.get("optional") and not self.held(b)]


def _said(element: Payload, value: str | None) -> Payload:
    if element["type"] == "plain_text_input":
        assert value is None or len(value) <= element.get("max_length", 3000), "Slack lets nobody type more"
        return {"type": element["type"], "value": value or None}
    option = next((each for each in element["options"] if each["value"] == value), None)
    assert option or not value, f"there is no such option: {value}"
    return {"type": element["type"], "selected_option": option}


class Screens:
    """Everybody's modals, and the triggers that open them."""

    def __init__(self) -> None:
        self.second = 0.0  # a clock that is moved by hand
        self.given: dict[str, float] = {}
        self.used: set[str] = set()
        self.all: dict[str, Screen] = {}
        self.numbers = itertools.count(1)

    def trigger(self, named: str = "") -> str:
        """A trigger that is given out with a payload."""
        name = named or f"{next(self.numbers)}.77.trigger"
        self.given.setdefault(name, self.second)
        return name

    def refusal(self, method: str, said: Payload) -> str:
        """Slack's error for a call; empty when it takes it."""
        if method == "views.update":
            screen = self.all.get(said.get("view_id", ""))
            return "" if screen and screen.open else "not_found"
        trigger = said.get("trigger_id", "")
        if trigger not in self.given:
            return "invalid_trigger_id"
        if trigger in self.used:
            return "exchanged_trigger_id"
        return "expired_trigger_id" if self.second - self.given[trigger] > SECONDS else ""

    def shown(self, method: str, said: Payload, user: str = "U1") -> Screen:
        """Open a view, or put another in its place: what was typed stays in the inputs that stay."""
        if method == "views.open":
            self.used.add(said["trigger_id"])
            number = next(self.numbers)
            screen = self.all[f"V{number}"] = Screen(f"V{number}", user, said["view"], f"{number}.hash")
            return screen
        screen = self.all[said["view_id"]]
        self.replace(screen, said["view"])
        return screen

    def replace(self, screen: Screen, view: Payload) -> None:
        screen.view, screen.hash, screen.errors = view, f"{next(self.numbers)}.hash", {}
        still = {block["block_id"] for block in screen.inputs}
        screen.typed = {name: value for name, value in screen.typed.items() if name in still}

    def top(self) -> Screen:
        """The modal opened last."""
        return list(self.all.values())[-1]


def as_sent(value: str) -> str:
    """A button's or option's value as Slack gives it back."""
    return html.escape(value, quote=False)
