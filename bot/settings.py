"""Settings, read once from the environment and .env; nothing else reads either."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What differs from one installation to the next. Each field is the variable of its name in capitals."""

    database_url: str = "sqlite:///jagbot.db"
    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""
    slack_api_url: str = "https://slack.com/api/"
    public_url: str = ""
    police_uk_url: str = "https://data.police.uk"
    log_level: str = "INFO"

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ, file: Path = Path(".env")) -> Settings:
        """The environment's word goes before the file's; what neither says is the default."""
        said = {**_lines(file), **environment}
        known = {each.name: said[each.name.upper()] for each in fields(cls) if said.get(each.name.upper())}
        return cls(**known)


def _lines(file: Path) -> dict[str, str]:
    """NAME=value lines; comments and blank lines are passed over, quotes around a value are dropped."""
    if not file.is_file():
        return {}
    pairs = (
        line.partition("=") for line in file.read_text(encoding="utf-8").splitlines() if "=" in line and not line.lstrip().startswith("#")
    )
    return {name.strip().removeprefix("export "): value.strip().strip("'\"") for name, _, value in pairs}
