"""The page's one connection: what it asks, answered, and news of what the person it acts as may see."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.workspace.asked import DOES
from bot.workspace.core import News, Workspace
from bot.workspace.errors import SlackError
from bot.workspace.people import can
from bot.workspace.state import Body
from bot.workspace.telling import channel_shown, message_shown, person_shown, with_pictures
from bot.workspace.words import words

log = logging.getLogger("jagbot.workspace")

OWN = {"message", "changed", "deleted"}  # news of what is said in a channel


class Live:
    """One page. It acts as `me`, and looks at the channel `viewing`."""

    def __init__(self, workspace: Workspace, websocket: WebSocket) -> None:
        self.workspace, self.websocket = workspace, websocket
        self.me, self.viewing = "", ""
        self._going: asyncio.Queue[Body] = asyncio.Queue()

    async def hold(self) -> None:
        """Answer until the page has gone."""
        await self.websocket.accept()
        self.workspace.listeners.append(self.hear)
        writing = asyncio.create_task(self._write())
        under_way = set[asyncio.Task[None]]()
        try:
            async for text in self.websocket.iter_text():
                task = asyncio.create_task(self._asked(text))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
        finally:
            self.workspace.listeners.remove(self.hear)
            writing.cancel()

    async def _write(self) -> None:
        """What goes to the page goes in order."""
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await self.websocket.send_text(json.dumps(await self._going.get(), ensure_ascii=False))

    async def _asked(self, text: str) -> None:
        """Answer one thing that the page asks."""
        n: Any = None
        try:
            said = json.loads(text)
            n = said["n"]
            answer = {"ok": True, **await self._done(said)}
        except SlackError as refused:
            answer = {"ok": False, "error": words(refused), "code": refused.code}
        except (KeyError, TypeError, ValueError, AttributeError):
            log.warning("a page asked what was not understood", exc_info=True)
            answer = {"ok": False, "error": words(SlackError("not_understood"))}
        self._going.put_nowait({"n": n, **answer})

    async def _done(self, said: Body) -> Body:
        does = DOES.get(said["do"])
        if does is None or (not self.me and said["do"] != "become"):
            raise SlackError("not_understood")
        return await does(self, said)

    # News

    def hear(self, news: News) -> None:
        """Pass on what the person may know of."""
        if news.kind == "gone":
            self._going.put_nowait({"news": "gone"})
        elif self.me and self._for_me(news):
            self._tell(news)

    def _for_me(self, news: News) -> bool:
        if news.to is None or self.me in news.to:
            return True
        looking = news.kind in OWN and news.body["channel"] == self.viewing  # a public channel, by who is not in it
        return looking and bool(news.to) and not news.body.get("message", {}).get("ephemeral")

    def _tell(self, news: News) -> None:
        body = news.body
        match news.kind:
            case "message" | "changed":
                shown = message_shown(self.workspace, body["message"], self.me)
                self._going.put_nowait({"news": news.kind, "channel": body["channel"], "message": shown})
                if news.kind == "message":
                    self._unread(body["channel"], body["message"])
            case "clock" if self.workspace.mover:
                self._going.put_nowait({"news": "clock", "clock": self.workspace.mover.shown(self.me)})
            case "deleted" | "late":
                self._going.put_nowait({"news": news.kind, **body})
            case "views":
                self._going.put_nowait({"news": "views", "views": self.views(body["views"])})
            case "home":
                self._going.put_nowait({"news": "home", "view": self.view(body["view"])})
            case "channel":
                self.tell_channel(body["channel"])
            case "person":
                self._going.put_nowait({"news": "person", "person": person_shown(body["person"])})

    def _unread(self, channel: str, message: Body) -> None:
        if channel == self.viewing:
            self.workspace.state.read(channel, self.me, message["ts"])
        elif not message.get("ephemeral") and message.get("user") != self.me and message.get("thread_ts", message["ts"]) == message["ts"]:
            self.tell_channel(channel)

    def tell_channel(self, key: str) -> None:
        found = self.workspace.state.get("channel", key)
        if found and (found["kind"] != "app" or can(self._person()).home):
            self._going.put_nowait({"news": "channel", "channel": channel_shown(self.workspace, found, self.me)})

    def views(self, views: list[Body]) -> list[Body]:
        return [self.view(view) for view in views]

    def view(self, view: Body) -> Body:
        return {**view, "blocks": with_pictures(self.workspace, view["blocks"], self.me)}

    def _person(self) -> Body:
        return self.workspace.state.get("person", self.me) or {}
