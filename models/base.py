"""What every record shares, and the one error whose words go out verbatim."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, ForeignKey, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

SAYS_WHOSE = "says_whose"  # an execution option: this statement names its partnership itself


def a_number() -> int:
    """A number for a row that stands in a button: never given to another row, and telling nothing of how many there are."""
    return 100_000_000 + secrets.randbelow(900_000_000)


class Refusal(Exception):
    """A rule is broken and it is the asker's to mend: the words are shown as they stand.

    `asks` are command lines that would mend it, offered as buttons: (label, command line). `field` is what of a form it is about, and
    `discreet` what a notification says instead, where the words are not for one.
    """

    def __init__(self, words: str, *asks: tuple[str, str], field: str = "", discreet: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.asks = asks
        self.field = field
        self.discreet = discreet
        self.command = ""  # which command refused, so that its help can be named
        self.writing = False  # whether what was refused would have changed something


class Base(DeclarativeBase):
    """All tables. Constraint names are fixed, so that migrations can name them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """An aware time, in UTC on every database: SQLite gives back times without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Owned:
    """Belongs to one partnership. `models.store` lets a session see the rows of its own alone."""

    @declared_attr
    def partnership_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("partnership.id"), index=True)
