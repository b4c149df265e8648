"""Opens and changes Slack's modals. A form that cannot be shown is no reason to say nothing: callers say it in a message."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

log = logging.getLogger("jagbot")

View = dict[str, Any]


class Modals:
    """Views of a workspace, by their ids."""

    def __init__(self, client: WebClient) -> None:
        self.client = client

    def open(self, trigger: str, view: View) -> str:
        """Open a view with a trigger, which is good once and for three seconds: its id, empty when Slack did not."""
        if not trigger:
            return ""
        try:
            return str(self.client.views_open(trigger_id=trigger, view=view)["view"]["id"])
        except (SlackClientError, KeyError, OSError) as error:
            log.info("a form was not opened: %s", _why(error))
            return ""

    def update(self, view_id: str, view: View) -> bool:
        """Put another view in its place; False when it is closed, or Slack did not."""
        try:
            self.client.views_update(view_id=view_id, view=view)
        except (SlackClientError, OSError) as error:
            log.info("a form was not changed: %s", _why(error))
            return False
        return True


def _why(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
