"""Answers lines heard in Slack: each is carried out once, said, told to whom it concerns, and then no longer kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlalchemy.orm import Session

from bot.asking import Asked, CarriedOut, Outcome, Unknown, broken, outcome_of
from bot.channels import Channels
from bot.dropped import Dropped
from bot.files import Files
from bot.forms import loading, prefilled, with_form
from bot.home import home_view
from bot.lines import CAPTURED, EDITED, Line
from bot.modals import Modals
from bot.saying import Saying
from bot.sending import Sending
from bot.settings import Settings
from bot.sharing import Sharing
from bot.speaking import Speaking
from bot.strangers import Stranger, known_or_stranger
from bot.taking_up import TakingUp
from bot.traced import traced
from commands.answering import refused
from commands.reply import Audience, Reply
from commands.routing import opens_a_form, writes
from commands.words import unlinked
from models.base import Refusal
from models.people import Person
from models.store import Store
from scheduler.delivery import Delivery
from scheduler.tick import Tick

log = logging.getLogger("jagbot")

FORMS = ("fill_in", "shortcut")  # how lines come about that are answered with a form
NOT_TWICE = Reply("Not shared", "That is done, and pressing Share here would do it again. Ask to see it, and share that.", refused=True)

NOT_READ_AGAIN = Reply(
    "A changed message is not read again",
    "What was recorded of it stands as it was first written, until you press Undo beneath it. Write it anew, as another reply.",
    refused=True,
)


class Answering:
    """Answers the people of one partnership in one workspace."""

    def __init__(self, store: Store, partnership_id: int, settings: Settings, now: Callable[[], datetime], client: WebClient) -> None:
        self.store, self.partnership_id, self.now, self.client = store, partnership_id, now, client
        self.speaking, self.modals, self.files = Speaking(client), Modals(client), Files(client, settings)
        self.channels, self.taking_up = Channels(client, now), TakingUp(store, partnership_id, now)
        self.saying = Saying(self.speaking, self.modals, self.files, self.taking_up, self._on_home)
        self.tick = Tick(store, partnership_id, now, Delivery(store, partnership_id, Sending(client), now))
        self.sharing = Sharing(store, partnership_id, self.speaking, now)
        self.dropped = Dropped(store, partnership_id, self.files, now)
        self.stirred: set[str] = set()  # keys of lines because of which something may have come to be due

    def take_up(self, line: Line) -> None:
        """Answer a line once, however often it is sent; whatever breaks is said and logged under a reference."""
        try:
            if line.kept or self.taking_up.first_time(line):
                self._respond(line)
        except CarriedOut:
            pass
        except Exception:
            self._say_broken(line)
        finally:
            self.saying.submissions.pop(line.key, None)
            self.deliver(line)

    def deliver(self, line: Line) -> None:
        """Say what has come to be due because of a line."""
        if line.key in self.stirred:
            self.stirred.discard(line.key)
            self.tick()

    def _respond(self, line: Line) -> None:
        does: dict[str, Callable[[Line], None]] = {
            "share": self._share,
            "take_back": self._take_back,
            "home": self._home,
            "file": self._look,
            EDITED: lambda edited: self._say(edited, NOT_READ_AGAIN),
            "load_figures": self._load,
        }
        try:
            does.get(line.how, self.ask)(line)
        except Unknown:
            if stranger := self._met(line):
                self._say(line, stranger.told)
            else:
                does.get(line.how, self.ask)(line)

    def ask(self, line: Line, told: bool = False) -> None:
        """Ask a line and say the answer; `told` when the asker knows already that it breaks."""
        room = self._make_room(line)
        try:
            line, typed = self._unpacked(line)
            outcome = self._outcome(line)
        except Refusal as refusal:
            outcome, typed = Outcome(refused(refusal), refusal), {}
        if outcome.broke and told:
            return
        if typed and outcome.reply.form:
            outcome = replace(outcome, reply=with_form(outcome.reply, prefilled(outcome.reply.form, typed)))
        self.finish(replace(line, fields=typed or line.fields, place=room.place, trigger=room.trigger), outcome)

    def _make_room(self, line: Line) -> Line:
        """Open a view that says to wait, where a form will surely come: its trigger lasts three seconds."""
        if not line.trigger or line.place.view or not (line.how in FORMS or opens_a_form(line.text)):
            return line
        view = self.modals.open(line.trigger, loading())
        return replace(line, trigger="", place=replace(line.place, view=view))

    def _unpacked(self, line: Line) -> tuple[Line, Mapping[str, str]]:
        """(the line that is asked, what its form is to be filled with), where Slack carried more than a line."""
        if line.how == "fill_in":
            carried = self.taking_up.carried(line.text)
            return replace(line, text=carried["line"], how="ask"), carried["fields"]
        if line.how == "shortcut":  # a message says what is to be done, and never that it be done unasked
            return replace(line, fields={}), {name: unlinked(value) for name, value in line.fields.items()}
        if line.how == "submit" and line.text.startswith("{"):
            return replace(line, text=self.taking_up.carried(line.text)["asks"]), {}
        return line, {}

    def _outcome(self, line: Line, audience: Audience = "asker") -> Outcome:
        audience = "here" if line.how == CAPTURED else audience

        def who(session: Session) -> Person:
            return self._known(line, session)

        where, key = self.channels.where(line), line.key if line.kept else ""
        text = self.channels.spelled_out(line.text)
        typed = None if line.typed is None else self.channels.spelled_out(line.typed)
        asked = Asked(text, line.at or self.now(), audience, line.fields, where, key, tells=True, typed=typed)
        try:
            return outcome_of(self.store, self.partnership_id, who, asked)
        except Unknown:
            stranger = self._met(line)
            return Outcome(stranger.told) if stranger else outcome_of(self.store, self.partnership_id, who, asked)

    def _known(self, line: Line, session: Session) -> Person:
        person = Person.of_slack(line.user, session)
        if person is None:
            raise Unknown
        return person

    def _person(self, line: Line) -> Person:
        with self.store.session(self.partnership_id) as session:
            return self._known(line, session)

    def _met(self, line: Line) -> Stranger | None:
        """Somebody not known by their chat user: known by e-mail address after all, or a stranger, of whom the coordinators are told."""
        who = known_or_stranger(self.store, self.partnership_id, line.user, self.client, self.now())
        self.stirred.add(line.key)
        return None if isinstance(who, Person) else who

    def finish(self, line: Line, outcome: Outcome, last: bool = False) -> None:
        """Say what came of a line, tell whom it concerns, and forget it. What was carried out and cannot be said now is said later."""
        said = True
        try:
            self.saying.say(line, outcome)
        except Exception:
            if not line.kept or outcome.refusal or outcome.broke:
                raise
            log.error("what was carried out could not be said\n%s", traced())
            said = False
        if line.kept and not outcome.broke:
            self._forget(line, outcome, said or last)
        if line.kept or outcome.reply.tells:
            self.stirred.add(line.key)

    def _forget(self, line: Line, outcome: Outcome, said: bool) -> None:
        """What was said is no longer kept. Where that fails it is said twice, which is better than never."""
        try:
            if not said:
                self.taking_up.told(line, outcome.reply)
            elif outcome.refusal and line.how == "submit":
                self.taking_up.drop(line)  # pressed again as it stands, it is asked again
            else:
                self.taking_up.done(line)
        except Exception as error:
            log.error("what was answered is still kept: %s", type(error).__name__)

    def _say(self, line: Line, reply: Reply) -> None:
        self.saying.say(line, Outcome(reply))

    def _say_broken(self, line: Line) -> None:
        reply = broken(kept=line.kept)
        try:
            self.saying.say(line, Outcome(reply, broke=True))
        except Exception:
            log.error("and it could not be said\n%s", traced())

    def _share(self, line: Line) -> None:
        """Ask again with the audience here, and post it for all. A line that writes is asked once and never again."""
        person = self._person(line)
        reply = NOT_TWICE if writes(line.text) else self._outcome(line, "here").reply
        self._say(line, reply if reply.refused else self.sharing.share(person, line.place, reply))

    def _take_back(self, line: Line) -> None:
        self._say(line, self.sharing.take_back(self._person(line), int(line.text.rpartition(" ")[2])))

    def _home(self, line: Line) -> None:
        self.client.views_publish(user_id=line.user, view=home_view(self._outcome(line).reply)[0])

    def _on_home(self, line: Line, news: Reply) -> bool:
        """Show my own page again with what came of a press on top; False where the news needs a message as well."""
        try:
            mine = self._outcome(replace(line, text="/jag me", how="home", fields={}, kept=False, at=None)).reply
            view, whole = home_view(mine, news)
            self.client.views_publish(user_id=line.user, view=view)
        except (SlackClientError, OSError) as error:
            log.error("the Home tab was not shown: %s", type(error).__name__)
            return False
        return whole

    def _look(self, line: Line) -> None:
        self.saying.say(line, self.dropped.looked_at(line.text, partial(self._known, line)))

    def _load(self, line: Line) -> None:
        def begun(name: str) -> None:
            self._say(
                line, Reply(f"Reading {name} …", "I say when it is loaded. That can take some minutes.", summary="Reading your file …")
            )

        file = line.text.partition(" ")[2]
        self.saying.say(line, self.dropped.loaded(file, partial(self._known, line), begun))
