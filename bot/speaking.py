"""Speaks in Slack: to one person alone, or for all in a channel."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

log = logging.getLogger("jagbot")

USES = 4  # of a response URL's five, one is kept for what comes after
OUTSIDE = ("not_in_channel", "channel_not_found")

Messages = Sequence[dict[str, Any]]
Plainer = Callable[[], Messages]


@dataclass(frozen=True)
class Place:
    """Where something was asked: the person, the channel, its thread, and the URL an answer may go to."""

    user: str
    channel: str
    thread: str = ""
    response_url: str = ""
    direct: bool = False


class Speaking:
    """Sends what was drawn. A block that Slack refuses never costs the answer: it is sent again in plainer form."""

    def __init__(self, client: WebClient) -> None:
        self.client = client

    def privately(self, place: Place, messages: Messages, plainer: Plainer | None = None) -> None:
        """To the person alone: by response URL, else in the channel for them only, else as a direct message."""
        if place.direct and not place.response_url:
            self._post(place.channel, place.thread, messages, plainer)
            return
        sent = self._by_url(place, messages[:USES], plainer) if place.response_url else 0
        if sent is None:
            return
        rest = messages[sent:]
        if rest and not (place.response_url and sent) and not place.direct:
            rest = rest[self._only_for(place, rest, plainer) :]
        if rest:
            self.directly(place.user, rest, plainer)

    def directly(self, user: str, messages: Messages, plainer: Plainer | None = None) -> None:
        """As a direct message: Slack opens the conversation for a user's id."""
        self._post(user, "", messages, plainer)

    def openly(self, place: Place, messages: Messages, plainer: Plainer | None = None) -> tuple[str, list[str]] | None:
        """For all in the channel: (channel, the messages' ts); None when the bot cannot get in."""
        try:
            return self._post(place.channel, place.thread, messages, plainer)
        except SlackApiError as error:
            if error.response.get("error") not in OUTSIDE:
                raise
        try:
            self.client.conversations_join(channel=place.channel)
            return self._post(place.channel, place.thread, messages, plainer)
        except SlackApiError:
            return None

    def delete(self, channel: str, stamps: Sequence[str]) -> None:
        """Take messages back; one that is gone already is as good as taken back."""
        for ts in stamps:
            try:
                self.client.chat_delete(channel=channel, ts=ts)
            except SlackApiError as error:
                if error.response.get("error") != "message_not_found":
                    raise

    def _by_url(self, place: Place, messages: Messages, plainer: Plainer | None) -> int | None:
        """How many went out by response URL; None when they went out in plainer form instead."""
        webhook = WebhookClient(place.response_url, timeout=15, retry_handlers=[])
        for number, message in enumerate(messages):
            answer = webhook.send(response_type="ephemeral", replace_original=False, **message)
            if answer.status_code == 200:
                continue
            if "invalid_blocks" in answer.body and plainer:
                self.privately(place, plainer())
                return None
            log.warning("a response URL answered %s %s", answer.status_code, answer.body[:100])
            return number
        return len(messages)

    def _only_for(self, place: Place, messages: Messages, plainer: Plainer | None) -> int:
        """How many went out as messages only this person sees in the channel."""
        for number, message in enumerate(messages):
            try:
                self.client.chat_postEphemeral(channel=place.channel, user=place.user, thread_ts=place.thread or None, **message)
            except SlackApiError as error:
                if error.response.get("error") == "invalid_blocks" and plainer:
                    return number + self._only_for(place, plainer()[number:], None)
                return number
        return len(messages)

    def _post(self, channel: str, thread: str, messages: Messages, plainer: Plainer | None) -> tuple[str, list[str]]:
        """Post in a conversation, whole or in plainer form."""
        stamps: list[str] = []
        into = channel
        try:
            for message in messages:
                said = self.client.chat_postMessage(channel=into, thread_ts=thread or None, unfurl_links=False, **message)
                into = said.get("channel") or into
                stamps.append(str(said.get("ts")))
        except SlackApiError as error:
            if error.response.get("error") != "invalid_blocks" or plainer is None:
                raise
            self.delete(into, stamps)
            return self._post(channel, thread, plainer(), None)
        return into, stamps
