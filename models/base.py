"""What every record shares, and the one error whose words go out verbatim."""

from __future__ import annotations

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

SAYS_WHOSE = "says_whose"  # an execution option: this statement names its partnership itself


class Refusal(Exception):
    """A rule is broken and it is the asker's to mend: the words are shown as they stand.

    `asks` are command lines that would mend it, offered as buttons: (label, command line).
    """

    def __init__(self, words: str, *asks: tuple[str, str]) -> None:
        super().__init__(words)
        self.words = words
        self.asks = asks
        self.command = ""  # which command refused, so that its help can be named


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


class Owned:
    """Belongs to one partnership. `models.store` lets a session see the rows of its own alone."""

    @declared_attr
    def partnership_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("partnership.id"), index=True)
