"""The tables as they changed, by Alembic."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text


def upgrade(engine: Engine) -> None:
    """Bring a database to the newest revision; two replicas starting at once do it one after the other."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(7215)"))
        else:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
