"""Files on their way: sent by the app or attached on the page, and given to the app or to a person who may see them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.workspace.acting import upload
from bot.workspace.core import BOT, Workspace
from bot.workspace.errors import SlackError
from bot.workspace.filing import LARGEST, readable, receive, told_file
from bot.workspace.parts import file_in
from bot.workspace.state import Body
from bot.workspace.telling import file_shown

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
INERT = {**HEADERS, "Content-Security-Policy": "sandbox; default-src 'none'"}  # never anything that a browser would run
SIGN_IN = "<!doctype html><title>Sign in</title><p>Sign in to see this file.</p>"
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
TOO_LARGE = "file_upload_size_restricted"
IN_MEMORY = 1 << 20  # bytes of a file on its way; what is more goes by way of the disk


class Transfers:
    """Files that come and go."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    async def sent(self, request: Request) -> Response:
        """The bytes of a file that the app announced."""
        try:
            async with body_of(request) as (body, whole):
                with file_in(body, whole, request.headers.get("content-type", "")) as (content, size):
                    receive(self.workspace, request.path_params["key"], content, size)
        except SlackError as refused:
            return PlainTextResponse(refused.code, 413 if refused.code == TOO_LARGE else 400)
        return PlainTextResponse("OK")

    async def attached(self, request: Request) -> Response:
        """A file that somebody attaches on the page, theirs once they send it: {"file"}."""
        name = request.query_params.get("name", "file")[:255]
        try:
            async with body_of(request) as (content, size):
                file = await upload(self.workspace, "", name, content, size)
        except SlackError:
            return JSONResponse({"error": f"A file can have up to {LARGEST >> 20} MB."}, 413, INERT)
        return JSONResponse({"file": file_shown(self.workspace, told_file(self.workspace, file), "")}, headers=INERT)

    async def for_app(self, request: Request) -> Response:
        """The content of a file, to who shows the app's token; otherwise the page on which people sign in."""
        known = request.headers.get("authorization") == f"Bearer {self.workspace.bot_token}" and "files:read" in self.workspace.scopes
        return self._content(request.path_params["key"], BOT) if known else Response(SIGN_IN, media_type="text/html")

    async def for_person(self, request: Request) -> Response:
        """The content of a file, for a person who may see it."""
        return self._content(request.path_params["key"], request.query_params.get("as", ""))

    def _content(self, key: str, reader: str) -> Response:
        try:
            file: Body = told_file(self.workspace, readable(self.workspace, key, reader))
        except SlackError:
            return PlainTextResponse("There is no such file.", 404, INERT)
        picture = file["mimetype"] in PICTURES
        shown = INERT if picture else {**INERT, "Content-Disposition": "attachment"}
        kind = file["mimetype"] if picture else "application/octet-stream"
        return Response(self.workspace.state.content(key) or b"", headers=shown, media_type=kind)


@asynccontextmanager
async def body_of(request: Request) -> AsyncIterator[tuple[BinaryIO, int]]:
    """(what is sent, its size), never all of it in memory. Refuses what is too large, as soon as it is known to be."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > LARGEST:
        raise SlackError(TOO_LARGE)
    with SpooledTemporaryFile(IN_MEMORY) as file:
        size = 0
        try:
            async for part in request.stream():
                size += len(part)
                if size > LARGEST:
                    raise SlackError(TOO_LARGE)
                file.write(part)
        except ClientDisconnect:
            raise SlackError("request_timeout") from None
        file.seek(0)
        yield cast(BinaryIO, file), size
