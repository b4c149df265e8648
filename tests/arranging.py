"""Somebody who arranges meetings in tests, in December 2013, in a store of the example."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from asking import Asking, table
from sqlalchemy import select

from commands.reply import Reply
from models.meetings import Meeting

NOW = datetime(2013, 12, 2, 9, tzinfo=ZoneInfo("Europe/London"))  # a Monday
JAG = "JAG, Tuesday 10 December 2013 at 10:00"


class Says(Asking):
    """Asks on 2 December 2013."""

    def __call__(self, line: str, person: str = "coordinator", at: datetime = NOW, **more: Any) -> Reply:
        return super().__call__(line, person, at, **more)

    def meets(self, group: str = "jag") -> list[str]:
        return [row[0] for row in table(self.answered(f"/meeting list {group} until 28 Feb 2014"))]

    def press(self, reply: Reply, label: str, **who: Any) -> Reply:
        return self.answered(next(button.asks for button in reply.asks if button.label == label), **who)

    def sent(self, reply: Reply, **answers: str) -> Reply:
        """A form, filled in."""
        form = reply.form
        assert form is not None
        return self(form.asks, fields={field.name: answers.get(field.name, field.value) for field in form.fields})

    def row(self) -> Meeting:
        with self.held.session() as session:
            return session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()
