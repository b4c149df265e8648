"""What a channel is called: where somebody asked, and what a link to a channel says."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.lines import Line

log = logging.getLogger("jagbot")

NAMELESS = re.compile(r"<#([A-Z0-9]+)\|?\s*>")
PRIVATE, DIRECT = "privategroup", "directmessage"  # what Slack says in the place of some channels' names
REMEMBERED = timedelta(hours=1)  # channels are renamed, and rarely


class Channels:
    """Names of channels, asked of Slack where it does not send them along."""

    def __init__(self, client: WebClient, now: Callable[[], datetime]) -> None:
        self.client, self.now = client, now
        self._known: dict[str, tuple[str, datetime]] = {}

    def where(self, line: Line) -> str:
        """From where a line was asked, as people call it: "#jag", "direct message", "form", "Home"."""
        if line.how == "submit" or line.place.view:
            return "form"
        if line.place.home:
            return "Home"
        if line.place.direct or line.channel == DIRECT or line.place.channel.startswith("D"):
            return "direct message"
        if line.channel.startswith("mpdm-"):
            return "group message"
        name = line.channel if line.channel not in ("", PRIVATE) else self.name(line.place.channel)
        return f"#{name}" if name else "a private channel"

    def spelled_out(self, text: str) -> str:
        """The text with the names of channels that Slack linked without one; what it does not tell stays as it came."""
        return NAMELESS.sub(lambda found: f"<#{found[1]}|{name}>" if (name := self.name(found[1])) else found[0], text)

    def name(self, channel: str) -> str:
        """A channel's name; empty where Slack does not tell it."""
        known = self._known.get(channel)
        if known and self.now() - known[1] < REMEMBERED:
            return known[0]
        try:
            found = self.client.conversations_info(channel=channel).get("channel") or {}
        except (SlackClientError, OSError):
            log.info("Slack does not say what %s is called", channel)
            return ""
        self._known[channel] = (str(found.get("name") or ""), self.now())
        return self._known[channel][0]
