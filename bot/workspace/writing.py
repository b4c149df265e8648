"""What people type, as Slack writes it down: escaped, with mentions and links marked."""

from __future__ import annotations

import re

from bot.workspace.core import Workspace
from bot.workspace.payloads import escaped

PICKED = re.compile(r"(<@[UW][A-Z0-9]+(?:\|[^<>|]*)?>|<#[CG][A-Z0-9]+(?:\|[^<>|]*)?>)")
LINK = re.compile(r"https?://[^\s<>|]*[^\s<>|.,;:!?)\]'\"]")
ALL = re.compile(r"(?<![\w@])@(channel|here|everyone)\b")
AT = re.compile(r"(?<![\w@.])@([A-Za-z][\w-]*\w)")
MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")


def written(text: str) -> str:
    """Text as typed, with the people and channels that were picked from a menu; nothing else in it mentions a person."""
    pieces = PICKED.split(text)
    return "".join(piece if number % 2 else _linked(piece) for number, piece in enumerate(pieces))


def with_mentions(workspace: Workspace, text: str) -> str:
    """Text in which somebody's name after an @, typed or pasted in full, is that person, as if picked from the menu."""
    known = {person["name"].lower(): person["id"] for person in workspace.state.all("person")}
    pieces = PICKED.split(text)
    for number in range(0, len(pieces), 2):
        pieces[number] = AT.sub(lambda found: f"<@{known[found[1].lower()]}>" if found[1].lower() in known else found[0], pieces[number])
    return "".join(pieces)


def written_for_command(workspace: Workspace, text: str, escape: bool) -> str:
    """The text of a slash command: escaped and with names beside ids where the app wants that, else as people see it."""
    named = MENTION.sub(lambda found: f"<@{found[1]}|{_name(workspace, found[1])}>", text)
    if escape:
        return written(named)
    return re.sub(r"<([@#])[A-Z0-9]+\|([^<>|]*)>", r"\1\2", named)


def mentioned(text: str) -> list[str]:
    """Whom a text mentions, by id."""
    return re.findall(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>", text)


def _name(workspace: Workspace, user: str) -> str:
    return str((workspace.state.get("person", user) or {}).get("name", ""))


def _linked(piece: str) -> str:
    ends = 0
    done = list[str]()
    for found in LINK.finditer(piece):
        done += [_called(piece[ends : found.start()]), f"<{escaped(found[0])}>"]
        ends = found.end()
    return "".join([*done, _called(piece[ends:])])


def _called(piece: str) -> str:
    """Words between links: "@channel" calls everybody."""
    return ALL.sub(r"<!\1>", escaped(piece))
