"""Tells others what was done that concerns them, each by direct message; whoever cannot be told stops nobody."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from slack_sdk.errors import SlackClientError
from sqlalchemy import select

from bot.blockkit import draw
from bot.speaking import BlocksRefused, Speaking
from commands.reply import Reply, Tell
from models.people import Person
from models.store import Store

log = logging.getLogger("jagbot")


class Telling:
    """Reaches the people of one partnership who are on chat."""

    def __init__(self, store: Store, partnership_id: int, speaking: Speaking) -> None:
        self.store, self.partnership_id, self.speaking = store, partnership_id, speaking

    def tell(self, tells: Sequence[Tell]) -> None:
        """Everybody who is to know and has been confirmed in chat; of the others the reply itself says that they are not reached."""
        if not tells:
            return
        with self.store.session(self.partnership_id) as session:
            wanted = select(Person.id, Person.slack_user).where(Person.id.in_({tell.person_id for tell in tells}))
            reached = {person: user for person, user in session.execute(wanted) if user}
        for tell in tells:
            if tell.person_id in reached:
                self.directly(reached[tell.person_id], tell.reply, f"person {tell.person_id}")

    def directly(self, user: str, reply: Reply, who: str) -> None:
        """Tell one chat user; the log names them as `who`, and none of the words."""
        try:
            self.speaking.directly(user, draw(reply)[0], lambda: draw(reply, plain=True)[0])
        except (SlackClientError, OSError, BlocksRefused) as error:
            log.error("%s could not be told: %s", who, type(error).__name__)
