"""The usual templates: a JAG's order for any group, and what the others do otherwise. A group that sets its own goes by that."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

FIRST, OTHERS = "jag", ("csag", "raog", "forum")


@lru_cache
def usual(key: str) -> str:
    """The usual template of a group of this key, in Markdown; a JAG's for any that has no kind of its own."""
    name = key if key in OTHERS else FIRST
    return files("commands.agendas").joinpath(f"{name}.md").read_text(encoding="utf-8")
