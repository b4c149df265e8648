"""Hears Slack: every kind of payload becomes one line of one person, is acknowledged at once, and answered after."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime
from functools import partial

from slack_bolt import Ack, App
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.asking import Unknown, ask, broken
from bot.blockkit import draw
from bot.lines import Body, Line, command_line, home_line, mention_line, message_line, pressed_line
from bot.settings import Settings
from bot.speaking import Speaking
from bot.strangers import Stranger, known_or_stranger
from commands.reply import Note, Reply, press
from models.base import Refusal
from models.heard import Heard, Shared
from models.people import Person
from models.store import Store

log = logging.getLogger("jagbot")

ANYTHING = re.compile(r".*", re.S)
VIEW_BLOCKS = 100


class Slack:
    """The bot in one Slack workspace, for one partnership."""

    def __init__(self, store: Store, partnership_id: int, settings: Settings, now: Callable[[], datetime], workers: Executor) -> None:
        self.store, self.partnership_id, self.now, self.workers = store, partnership_id, now, workers
        self.client = WebClient(
            token=settings.slack_bot_token,
            base_url=settings.slack_api_url if settings.slack_api_url.endswith("/") else f"{settings.slack_api_url}/",
            timeout=15,
            # Only what Slack has refused is sent again: a connection that broke may have carried the message.
            retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=2)],
        )
        self.speaking = Speaking(self.client)
        self.app = self._bolt(settings)

    def _bolt(self, settings: Settings) -> App:
        """Bolt with five listeners. Listeners only hand over, so that the acknowledgement is the answer to the request."""
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
        app.command(ANYTHING)(self._hear(command_line))
        app.action(ANYTHING)(self._hear(pressed_line))
        app.event("app_mention")(self._hear(mention_line))
        app.event("message")(self._hear(message_line))
        app.event("app_home_opened")(self._hear(home_line))
        return app

    def _hear(self, read: Callable[[Body], Line | None]) -> Callable[[Ack, Body], None]:
        def listener(ack: Ack, body: Body) -> None:
            ack()
            if line := read(body):
                self.workers.submit(self._take_up, line)

        return listener

    def _take_up(self, line: Line) -> None:
        """Answer a line once, however often it is sent; whatever breaks is said and logged under a reference."""
        try:
            with self.store.unbound() as session:
                if not Heard.first_time(line.key, self.now(), session):
                    return
            try:
                self._respond(line)
            except Unknown:
                self._greet(line)
        except Exception:
            self._say_broken(line)

    def _respond(self, line: Line) -> None:
        getattr(self, f"_{line.how}")(line)

    def _greet(self, line: Line) -> None:
        """Somebody not known by their chat user: known by e-mail address after all, or a stranger."""
        who = known_or_stranger(self.store, self.partnership_id, line.user, self.client, self.now())
        if isinstance(who, Stranger):
            self._meet(who, line)
        else:
            self._respond(line)

    def _known(self, line: Line, session: Session) -> Person:
        person = Person.of_slack(line.user, session)
        if person is None:
            raise Unknown
        return person

    def _person(self, line: Line) -> Person:
        with self.store.session(self.partnership_id) as session:
            return self._known(line, session)

    def _say_broken(self, line: Line) -> None:
        reply = broken()
        try:
            self.speaking.privately(line.place, draw(reply)[0])
        except Exception:
            log.exception("and it could not be said")

    def _meet(self, stranger: Stranger, line: Line) -> None:
        """Tell a stranger how to be let in, and the coordinators that they ask; one who cannot be told stops nobody."""
        for coordinator in stranger.to_tell:
            try:
                self.speaking.directly(coordinator, draw(stranger.notice)[0])
            except (SlackClientError, OSError):
                log.exception("a coordinator could not be told that somebody asks to join")
        if line.how == "home":
            self._show_home(line.user, stranger.told)
        else:
            self.speaking.privately(line.place, draw(stranger.told)[0])

    def _reply(self, line: Line, here: bool = False) -> Reply:
        who = partial(self._known, line)
        return ask(self.store, self.partnership_id, who, line.text, self.now(), "here" if here else "asker")

    def _ask(self, line: Line) -> None:
        reply = self._reply(line)
        share = "" if line.place.direct or reply.refused else line.text
        messages, losses = draw(reply, share)
        if losses:
            log.warning("not carried: %s", ", ".join(losses))
        self.speaking.privately(line.place, messages, lambda: draw(reply, share, plain=True)[0])

    def _share(self, line: Line) -> None:
        """Ask again with the audience here, post it for all, and give who shared it the means to take it back."""
        person, reply = self._person(line), self._reply(line, here=True)
        if reply.refused:
            self.speaking.privately(line.place, draw(reply)[0])
            return
        shared = Reply(reply.title, *reply.parts, Note(f"Shared by {person.handle}."), summary=reply.summary, audience="here")
        posted = self.speaking.openly(line.place, draw(shared)[0], lambda: draw(shared, plain=True)[0])
        if posted is None:
            self.speaking.privately(line.place, draw(NOT_IN_CHANNEL)[0])
            return
        with self.store.session(self.partnership_id) as session:
            kept = Shared(person_id=person.id, channel=posted[0], ts=" ".join(posted[1]), at=self.now())
            session.add(kept)
        done = Reply("Shared here", "Everybody in this channel can see it.", press(("Take back", f"take-back {kept.id}")))
        self.speaking.privately(line.place, draw(done)[0])

    def _take_back(self, line: Line) -> None:
        """Delete a shared answer; only who shared it may."""
        person = self._person(line)
        number = int(line.text.rpartition(" ")[2])
        with self.store.session(self.partnership_id) as session:
            shared = session.scalar(select(Shared).where(Shared.id == number, Shared.person_id == person.id))
        if shared:
            # While the record stands it can be pressed again, so the messages go first.
            self.speaking.delete(shared.channel, shared.ts.split())
            with self.store.session(self.partnership_id) as session:
                session.execute(delete(Shared).where(Shared.id == number))
        self.speaking.privately(line.place, draw(TAKEN_BACK if shared else NOT_TAKEN_BACK)[0])

    def _home(self, line: Line) -> None:
        self._show_home(line.user, self._reply(line))

    def _show_home(self, user: str, reply: Reply) -> None:
        """The Home tab is one view, which holds more blocks than a message."""
        blocks = [block for message in draw(reply)[0] for block in message["blocks"]]
        numbered = [{**block, "block_id": f"part-{number}"} for number, block in enumerate(blocks[:VIEW_BLOCKS])]
        self.client.views_publish(user_id=user, view={"type": "home", "blocks": numbered})


NOT_IN_CHANNEL = Reply("Not shared", "I am not in this channel. Invite me with /invite @jagbot, and press Share here again.")
TAKEN_BACK = Reply("Taken back", "It is gone from the channel.")
NOT_TAKEN_BACK = Reply("Not taken back", "Only who shared it can, and only once.")


def reason(error: Exception) -> str:
    """Slack's own word for why it refused."""
    found = re.search(r"'error': '(\w+)'|\berror: (\w+)|\b(invalid_auth|account_inactive|not_authed)\b", str(error))
    return next((group for group in found.groups() if group), "") if found else str(error).splitlines()[0]


def unreachable(client: WebClient, error: Exception) -> Refusal:
    return Refusal(f"I cannot reach Slack at {client.base_url}: {getattr(error, 'reason', None) or error}")
