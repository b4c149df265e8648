"""Which group's agenda words mean. Words that are no group of mine, no day and nothing that I know mean no other group's instead."""

from __future__ import annotations

import re

from commands.meetings.which import group_beginning
from commands.plan.sight import Sight
from commands.words import listed
from models.base import Refusal
from models.groups import Group
from models.near import likenesses

LEADING = re.compile(r"^(?:\W*\b(?:the|our|an?|agendas?|drafts?|papers?|it|this|that|now|please|for|of)\b)+[\s,:]*", re.I)
KNOWN = re.compile(r"(?:\W*\b(?:the|agendas?|drafts?|it|this|that|now|please|as it is|is|at once|today|in|to|its|meeting)\b)*\W*", re.I)
ALIKE = 75  # of 100: at which a word that may begin an item is perhaps a group's name
MOST = 40  # characters of a word that are said again


def beginning(words: str, sight: Sight) -> tuple[Group | None, str]:
    """The group that the words begin with, and what follows it; "the agenda of" may come before it."""
    group, rest = group_beginning(words, sight)
    return (group, rest) if group else group_beginning(LEADING.sub("", words), sight)


def known(words: str) -> bool:
    """Whether words only say what is meant anyhow: "it", "the agenda now"."""
    return bool(KNOWN.fullmatch(words))


def no_group(words: str, sight: Sight, line: str) -> Refusal:
    """That no group is called as the words begin; `line` asks again, with {group} in it."""
    typed = _first(words)
    near = _near(typed, sight, 0)
    every = [group.name for group in sight.groups]
    meant = [f"Did you mean {listed([group.name for group in near], 'or')}?"] if near else []
    meant = meant or ([f"I know {listed(every)}."] if every else [])
    asks = [(group.name, line.replace("{group}", group.key)) for group in near or sight.groups[:4]]
    return Refusal(" ".join([f"I know no group called {typed}.", *meant, "Nothing was done."]), *asks, field="group")


def may_be_a_group(words: str, sight: Sight) -> Refusal | None:
    """What is asked of an item whose first word is nearly a group's name; None where it is an item's word like any other."""
    typed = _first(words)
    near = _near(typed, sight, ALIKE)
    if not near:
        return None
    rest, own = LEADING.sub("", words).strip().partition(" ")[2], sight.default_group()
    asks = [(f"For {group.name}", f"/agenda add {group.key} {rest}".strip()) for group in near]
    asks.append((f"For {own.name}, as typed", f"/agenda add {own.key} {words.strip()}"))
    return Refusal(f"I know no group called {typed}. Did you mean {listed([group.name for group in near], 'or')}?", *asks, field="group")


def _first(words: str) -> str:
    found = (LEADING.sub("", words).strip() or words).split()
    return found[0].strip(" ,;:.?!#'’“”\"")[:MOST] if found else ""


def _near(typed: str, sight: Sight, at_least: float) -> list[Group]:
    """The groups of mine of whose short names a word is a misspelling."""
    names = {group.name.lower(): group for group in sight.groups} | {group.key: group for group in sight.groups}
    found = [names[name] for name, likeness in likenesses(typed.lower(), names) if likeness >= at_least]
    return list({group.id: group for group in found}.values())[:3]
