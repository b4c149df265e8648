"""A call of the Web API as it came over HTTP: a query, a form or JSON, and the token that came with it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from bot.workspace.errors import SlackError

LARGEST = 1 << 20  # bytes of a call


async def said_in(request: Request) -> tuple[dict[str, Any], str | None]:
    """(arguments, token). Refuses by Slack's names what cannot be read."""
    said: dict[str, Any] = dict(request.query_params)
    if request.method == "POST":
        said |= read(await whole(request), request.headers.get("content-type", ""))
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    given = said.pop("token", None)
    return said, bearer.strip() if scheme.lower() == "bearer" else given if isinstance(given, str) else None


async def whole(request: Request) -> bytes:
    """The body, up to what any call needs."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                raise SlackError("request_too_large")
    except ClientDisconnect:
        raise SlackError("request_timeout") from None
    return bytes(body)


def read(body: bytes, kind: str) -> dict[str, Any]:
    """What a body says."""
    kind, _, more = kind.partition(";")
    if "charset=" in more.lower() and "utf-8" not in more.lower() and "iso-8859-1" not in more.lower():
        raise SlackError("invalid_charset")
    match kind.strip().lower():
        case "application/json":
            return _of_json(body)
        case "application/x-www-form-urlencoded":
            return dict(parse_qsl(_text(body, "invalid_form_data"), keep_blank_values=True))
        case "multipart/form-data":
            raise SlackError("invalid_form_data")
    if body:
        raise SlackError("invalid_post_type")
    return {}


def _of_json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(_text(body, "invalid_json") or "{}")
    except (ValueError, RecursionError):
        raise SlackError("invalid_json") from None
    if not isinstance(found, dict):
        raise SlackError("json_not_object")
    return {name: value for name, value in found.items() if value is not None}


def _text(body: bytes, wrong: str) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise SlackError(wrong) from None
