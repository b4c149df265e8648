"""Hears Slack: every kind of payload becomes lines of one person, is kept where it must not be lost, acknowledged, and answered after."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import datetime

from slack_bolt import Ack, App
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.answering import Answering
from bot.blocks import escape
from bot.capturing import Capturing
from bot.forms import FORM, first_input
from bot.lines import (
    CAPTURED,
    Body,
    Line,
    command_lines,
    home_lines,
    mention_lines,
    message_lines,
    pressed_lines,
    shortcut_lines,
    submitted_lines,
)
from bot.recovering import NOT_KEPT, Recovering
from bot.settings import Settings
from bot.submitting import CANNOT_SAVE, Submission
from bot.taking_up import Fate
from commands.routing import writes
from models.base import Refusal
from models.store import Store

log = logging.getLogger("jagbot")

ANYTHING = re.compile(r".*", re.S)
Read = Callable[[Body], Sequence[Line]]


class Slack:
    """The bot in one Slack workspace, for one partnership."""

    def __init__(self, store: Store, partnership_id: int, settings: Settings, now: Callable[[], datetime], workers: Executor) -> None:
        self.workers = workers
        self.client = WebClient(
            token=settings.slack_bot_token,
            base_url=settings.slack_api_url if settings.slack_api_url.endswith("/") else f"{settings.slack_api_url}/",
            timeout=15,
            # Only what Slack has refused is sent again: a connection that broke may have carried the message.
            retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=2)],
        )
        self.answering = Answering(store, partnership_id, settings, now, self.client)
        self.capturing = Capturing(store, partnership_id)
        self.taking_up, self.recovering = self.answering.taking_up, Recovering(self.answering)
        self.tick = self.answering.tick
        self.app = self._bolt(settings)

    def _bolt(self, settings: Settings) -> App:
        """Bolt with seven listeners. Listeners only hand over, so that the acknowledgement is the answer to the request."""
        try:
            app = App(
                name="jagbot",  # without a name Bolt looks for one through the whole stack, at every start
                client=self.client,
                logger=logging.getLogger("slack_bolt"),  # its own would take the root's level
                signing_secret=settings.slack_signing_secret or "socket mode needs none",
                process_before_response=True,
                raise_error_for_unhandled_request=False,
            )
        except (BoltError, SlackApiError) as error:
            raise Refusal(f"Slack did not take SLACK_BOT_TOKEN: {reason(error)}") from None
        except OSError as error:
            raise unreachable(self.client, error) from None
        app.command(ANYTHING)(self._hear(command_lines))
        app.action(ANYTHING)(self._hear(pressed_lines))
        app.shortcut(ANYTHING)(self._hear(shortcut_lines))
        app.view(ANYTHING)(self._hear_submitted)
        app.event("app_mention")(self._hear(mention_lines))
        app.event("message")(self._hear(message_lines))
        app.event("app_home_opened")(self._hear(home_lines))
        return app

    def recover(self) -> None:
        """Take up again what was heard and never answered, because a process ended in between or something broke."""
        for left in self.taking_up.left_behind():
            self.workers.submit(self.recovering.again, left)

    def _hear(self, read: Read) -> Callable[[Ack, Body], None]:
        def listener(ack: Ack, body: Body) -> None:
            heard = [self._kept(line) for line in self.capturing.heard(read(body))]
            away = next((line for fate, line in heard if fate == "away"), None)
            if away and "command" in body:
                ack(text=given_back(away))
                return
            ack()
            for fate, line in heard:
                self._hand_over(fate, line, body)

        return listener

    def _kept(self, line: Line) -> tuple[Fate, Line]:
        """A line that writes is stored before it is acknowledged; one that only reads is not."""
        return self.taking_up.keep(line) if line.how in ("ask", CAPTURED) and writes(line.text) else ("kept", line)

    def _hand_over(self, fate: Fate, line: Line, body: Body) -> None:
        if fate == "kept":
            view = body.get("view") or {}
            if view.get("callback_id") == FORM:  # a button in a form: what is typed there is not to be lost by it
                self.answering.saying.submissions[line.key] = Submission.left(view, stays=not writes(line.text))
            self.workers.submit(self.answering.take_up, line)
        elif fate == "away":
            self.workers.submit(self.recovering.give_back, line)

    def _hear_submitted(self, ack: Ack, body: Body) -> None:
        """A form that was filled in stays on the screen until its outcome is known, for as long as Slack waits."""
        lines = submitted_lines(body)
        if not lines:
            ack()
            return
        fate, line = self.taking_up.keep(lines[0])
        if fate == "away":
            ack(response_action="errors", errors={first_input(body["view"]): CANNOT_SAVE})
        elif fate == "copy":
            ack()
        else:
            submission = self.answering.saying.submissions[line.key] = Submission(body["view"])
            self.workers.submit(self.answering.take_up, line)
            ack(**submission.response())


def given_back(line: Line) -> str:
    """What was typed, back to who typed it: it could not be stored. As data, in which nothing mentions or links."""
    return f"{NOT_KEPT}\n{escape(line.text)}"


def reason(error: Exception) -> str:
    """Slack's own word for why it refused."""
    found = re.search(r"'error': '(\w+)'|\berror: (\w+)|\b(invalid_auth|account_inactive|not_authed)\b", str(error))
    return next((group for group in found.groups() if group), "") if found else str(error).splitlines()[0]


def unreachable(client: WebClient, error: Exception) -> Refusal:
    return Refusal(f"I cannot reach Slack at {client.base_url}: {getattr(error, 'reason', None) or error}")
