"""What two Slacks answer to the same call, compared by shape: whether it is refused and as what, and which keys of which types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

KINDS: Mapping[type, str] = {str: "text", bool: "flag", int: "number", float: "number", type(None): "nothing", list: "list", dict: "object"}
ID = re.compile(r"[A-Z][A-Z0-9]{3,}")  # a key that is an id says nothing of the shape

KNOWN = {  # what emulate answers otherwise, and why we do not
    "chat.postMessage outside: ok, not_in_channel": "Slack wants chat:write.public for a channel that the app is not in",
    "conversations.replies nothing: ok, thread_not_found": "Slack has a name for it",
    "unknown method: HTTP 404, unknown_method": "Slack has a name for it",
    "wrong token: ok, invalid_auth": "emulate takes any token",
    "invalid blocks: ok, invalid_blocks": "emulate does not look into blocks",
    "auth.test theirs app_id": "Slack says so of app-level tokens",
    "conversations.open again theirs channel.*": "Slack tells less of direct messages than of channels",
    "conversations.info im theirs channel.*": "Slack tells less of direct messages than of channels",
    "conversations.* theirs channel*.is_open": "Slack says so of direct messages alone",
    "conversations.* theirs channel*.last_read": "what the app has read is not kept",
    "conversations.* theirs channel.num_members": "Slack counts them where that is asked for",
    "conversations.history theirs response_metadata": "Slack gives no cursor with the last page",
    "chat.postMessage long theirs response_metadata.messages": "Slack warns by a name",
    "users.* theirs *.profile.huddle_state*": "there are no huddles here",
    "users.* theirs *.profile.image_*": "there are no pictures of people here",
    "files* theirs *.initial_comment": "Slack's is the text of the message",
    "files* theirs *.thread_ts": "Slack's is with the share",
    "files* theirs *.shares.*": "the replies to a share are counted with its message",
    "files.info theirs paging": "Slack gives a cursor instead",
}
UNDECLARED = {"is_stranger", "is_user_deleted", "pinned_info", "priority"}  # they are in the types of other methods, or of events

Answer = dict[str, Any]
Shapes = dict[str, set[str]]  # path -> types that stand there; what is in a list has the path of the list


def shapes(answer: Answer) -> Shapes:
    found: Shapes = {}
    for path, kind in _walked(answer, ""):
        found.setdefault(path, set()).add(kind)
    return found


def _walked(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if path:
        yield path, KINDS[type(value)]
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _walked(each, f"{path}.{'ID' if ID.fullmatch(name) else name}".lstrip("."))
    elif isinstance(value, list):
        for each in value:
            yield from _walked(each, path)


def outcome(answer: Answer) -> str:
    """ "ok", or what it was refused as."""
    return "ok" if answer["ok"] else str(answer.get("error") or f"HTTP {answer.get('http')}")


def differences(step: str, theirs: Answer, ours: Answer) -> set[str]:
    """`STEP: OUTCOME, OUTCOME`; or, of each path that one alone has or where types differ, `STEP theirs|ours|type PATH`."""
    if outcome(theirs) != outcome(ours):
        return {f"{step}: {outcome(theirs)}, {outcome(ours)}"}
    left, right = shapes(theirs), shapes(ours)
    alone = {f"{step} theirs {path}" for path in _tops(left, right)} | {f"{step} ours {path}" for path in _tops(right, left)}
    return alone | {f"{step} type {path}" for path in left.keys() & right.keys() if not _same(left[path], right[path])}


def _tops(some: Shapes, others: Shapes) -> set[str]:
    """Paths that only the first have, without those below them, nor those below what is an empty list or object with the others."""
    return {path for path in some if path not in others and ("." not in path or _told(others, path.rpartition(".")[0]))}


def _told(shapes: Shapes, path: str) -> bool:
    """Whether what stands at a path tells what is in it."""
    return any(each.startswith(f"{path}.") for each in shapes)


def _same(left: set[str], right: set[str]) -> bool:
    return bool(left & right) or "nothing" in left | right


def unknown(found: set[str]) -> tuple[set[str], set[str]]:
    """(differences that no known one is about, known ones that are about none)."""
    left = {each for each in found if not any(fnmatchcase(each, pattern) for pattern in KNOWN)}
    return left, {pattern for pattern in KNOWN if not any(fnmatchcase(each, pattern) for each in found)}


def official(difference: str, types: Path) -> bool:
    """Whether what we alone answer is in the official client's types, which were made from Slack's own answers."""
    step, _, path = difference.partition(" ours ")
    method = "files.completeUploadExternal" if step.startswith("filesUploadV2") else step.partition(" ")[0]
    name = "".join(part[0].upper() + part[1:] for part in method.split("."))
    declared = re.findall(r"^\s+(\w+)\??:", (types / f"{name}Response.d.ts").read_text(encoding="utf-8"), re.MULTILINE)
    return path.rpartition(".")[2] in {*declared, *UNDECLARED}
