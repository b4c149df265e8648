"""The methods of the Web API by name, and one call of one of them."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from bot.workspace import api
from bot.workspace.errors import SlackError, invalid_arguments

if TYPE_CHECKING:
    from bot.workspace.core import Workspace

Answer = dict[str, Any]
Token = Literal["bot", "app", "none"]


@dataclass(frozen=True)
class Call:
    """One call: by whom (the bot's user id) and with what, as it came. A form carries what is not text as JSON."""

    workspace: Workspace
    said: dict[str, Any]

    def text(self, name: str, otherwise: str = "") -> str:
        value = self.said.get(name)
        return otherwise if value is None else value if isinstance(value, str) else str(value)

    def needed(self, name: str) -> str:
        """An argument without which there is no call."""
        if not self.text(name):
            raise invalid_arguments(f"missing required field: {name}")
        return self.text(name)

    def flag(self, name: str, otherwise: bool = False) -> bool:
        value = self.said.get(name, otherwise)
        return value if isinstance(value, bool) else str(value).lower() in ("1", "true")

    def number(self, name: str, otherwise: int, most: int) -> int:
        """A whole number from 1 to `most`."""
        try:
            return min(max(int(self.text(name, str(otherwise))), 1), most)
        except (TypeError, ValueError):
            raise invalid_arguments(f"invalid integer: {name}") from None

    def data(self, name: str, wrong: str) -> Any:
        """An argument that is JSON, or None; what cannot be read as such is refused as `wrong`."""
        value = self.said.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise SlackError(wrong) from None


Does = Callable[[Call], Answer]


@dataclass(frozen=True)
class Method:
    """A method: what it does, the scope it wants (any one of several), how many calls a minute it takes, and of which token."""

    name: str
    does: Does
    scopes: tuple[str, ...]
    per_minute: int
    token: Token


_methods: dict[str, Method] = {}
TIER_2, TIER_3, TIER_4, SPECIAL = 20, 50, 100, 600


def method(name: str, *scopes: str, per_minute: int = TIER_3, token: Token = "bot") -> Callable[[Does], Does]:
    """Make a function a method of the Web API."""

    def register(does: Does) -> Does:
        _methods[name] = Method(name, does, scopes, per_minute, token)
        return does

    return register


@cache
def all_methods() -> dict[str, Method]:
    """Every method there is."""
    for module in pkgutil.iter_modules(api.__path__):
        importlib.import_module(f"{api.__name__}.{module.name}")
    return dict(_methods)


def call(workspace: Workspace, name: str, token: str | None, said: dict[str, Any]) -> Answer:
    """The answer to a call, refused or not. Whether it is let through for its rate is asked before."""
    try:
        found = authorised(workspace, name, token)
        return {"ok": True, **found.does(Call(workspace, said))}
    except SlackError as refused:
        return refused.answer()


def authorised(workspace: Workspace, name: str, token: str | None) -> Method:
    """The method, where this token may call it."""
    found = all_methods().get(name)
    if found is None:
        raise SlackError("unknown_method", req_method=name)
    if found.token == "none":
        return found
    if not token:
        raise SlackError("not_authed")
    if token not in (workspace.bot_token, workspace.app_token) or workspace.token_revoked:
        raise SlackError("invalid_auth")
    if token != (workspace.bot_token if found.token == "bot" else workspace.app_token):
        raise SlackError("not_allowed_token_type")
    if found.scopes and not workspace.scopes & set(found.scopes):
        raise SlackError("missing_scope", needed=",".join(found.scopes), provided=",".join(sorted(workspace.scopes)))
    return found
