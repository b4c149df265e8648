"""Speaks in Slack: to one person alone, or for all in a channel."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

log = logging.getLogger("jagbot")

USES = 4  # of a response URL's five; the last says where the rest is
OUTSIDE = ("not_in_channel", "channel_not_found")
BLOCKS_REFUSED = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long")
REST = {"text": "The rest is in your direct messages with me.", "response_type": "ephemeral", "replace_original": False}

Messages = Sequence[dict[str, Any]]
Plainer = Callable[[], Messages]


class BlocksRefused(Exception):
    """Slack did not take a message's blocks."""


@dataclass(frozen=True)
class Place:
    """Where something was asked: the person, the channel, its thread, and the URL an answer may go to.

    `view` is the modal whose content the answer takes the place of, and `home` says that it was asked on the Home tab.
    """

    user: str
    channel: str
    thread: str = ""
    response_url: str = ""
    direct: bool = False
    view: str = ""
    home: bool = False


class Speaking:
    """Sends what was drawn. A block that Slack refuses never costs the answer: it is sent again in plainer form."""

    def __init__(self, client: WebClient) -> None:
        self.client = client

    def privately(self, place: Place, messages: Messages, plainer: Plainer | None = None) -> None:
        """To the person alone: by response URL, else in the channel for them only, else as a direct message."""
        if place.direct:
            self._post(place.channel, place.thread, messages, plainer)
            return
        try:
            sent = (place.response_url and self._by_url(place, messages)) or self._only_for(place, messages)
        except BlocksRefused:
            if plainer is None:
                raise
            self.privately(place, plainer())
            return
        if sent < len(messages):
            self.directly(place.user, messages[sent:], plainer)

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

    def _by_url(self, place: Place, messages: Messages) -> int:
        """How many went out by response URL."""
        webhook = WebhookClient(place.response_url, timeout=15, retry_handlers=[])
        thread = {"thread_ts": place.thread} if place.thread else {}
        for number, message in enumerate(messages[:USES]):
            if not _took(webhook, {"response_type": "ephemeral", "replace_original": False, **thread, **message}):
                return number
        if len(messages) > USES:
            _took(webhook, {**REST, **thread})
        return min(len(messages), USES)

    def _only_for(self, place: Place, messages: Messages) -> int:
        """How many went out as messages only this person sees in the channel."""
        for number, message in enumerate(messages):
            try:
                self.client.chat_postEphemeral(channel=place.channel, user=place.user, thread_ts=place.thread or None, **message)
            except SlackApiError as error:
                if error.response.get("error") in BLOCKS_REFUSED:
                    raise BlocksRefused from error
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
            if error.response.get("error") not in BLOCKS_REFUSED or plainer is None:
                raise
            self.delete(into, stamps)
            return self._post(channel, thread, plainer(), None)
        return into, stamps


def _took(webhook: WebhookClient, message: dict[str, Any]) -> bool:
    """Whether a response URL took a message. Where that is not known it did not: an answer twice is better than none."""
    try:
        answer = webhook.send_dict(message)
    except (OSError, HTTPException) as error:
        log.warning("a response URL could not be reached: %s", type(error).__name__)
        return False
    if any(each in answer.body for each in BLOCKS_REFUSED):
        raise BlocksRefused(answer.body)
    if answer.status_code != 200:
        log.warning("a response URL answered %s %s", answer.status_code, answer.body[:100])
    return answer.status_code == 200
