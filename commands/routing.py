"""Which command a line asks, and the words after it; and what its words alone tell of it, before anybody answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy.orm import Session

from commands import Command, all_commands, command_named
from commands.asked import read
from commands.words import plain
from models.base import Refusal
from models.near import folded, stem

WHERE = re.compile(r"\b(?:hot ?spots?|where|worst|rising|falling|concentrat\w*|top \w+)\b")
WHETHER = re.compile(r"^(?:is|are|has|have|did|does|do)\b(?!.*\b(?:where|which|hot ?spots?)\b)")  # "is asb rising?" asks for a number
BY_MONTH = re.compile(r"\b(?:trend\w*|compar\w+|rank\w*|monthly|month by month|by month)\b")
WHO = re.compile(r"\bpriorit(?:y|ies)\b|\bwho\b.*\bleads?\b|\blead (?:for|on)\b")
HELD = re.compile(r"\bwhat\b.*\b(?:held|hold)\b|\bhow (?:fresh|recent|up to date|old)\b|\bwhat (?:data|figures) (?:do|have) you\b")
OWN_WORDS = tuple("help commands me my mine whoami fresh freshness health retry arrived how people who confirm add remove lead ?".split())
ALONE = ("health", "people", "me", "whoami")  # its own too, with no other word and no command before them
SPELT = ("seat", "unseat")  # also its own, where spelt so: "east" is a place


def route(line: str, session: Session) -> tuple[Command, str]:
    """The command a line asks, and the words after it. A prefix (/csp-hotspots) and /jag before it are let through.

    Plain words without a slash are read for what they ask: where, how many, or a priority's card.
    """
    text = line.strip()
    slashed = text.startswith("/")
    first, rest = _first(text)
    name = first.lstrip("/").lower().rpartition("-")[2] if slashed else first.lower()
    if slashed and name != "jag" and (named := command_named(name)):
        return named, rest.strip()
    commands = all_commands()
    name = next((each for each in commands if stem(each) == stem(name)), name)
    if name == "jag":
        return _after_jag(rest.strip(), commands, session)
    if name in commands:
        return commands[name], rest.strip()
    if slashed:
        raise _unknown(name, rest, commands)
    return _plain_words(text, commands, session)


def _first(text: str) -> tuple[str, str]:
    """The first word, and the rest as it stands: a pasted list keeps its lines."""
    first, *rest = text.split(maxsplit=1) or [""]
    return first, rest[0] if rest else ""


def _after_jag(rest: str, commands: Mapping[str, Command], session: Session) -> tuple[Command, str]:
    """`/jag hotspots asb` runs any command, and so do plain words after it; its own words come first."""
    first, words = _first(rest)
    name = first.lstrip("/").lower()
    name = next((each for each in commands if stem(each) == stem(name)), name)
    if name in commands and name != "jag":
        return commands[name], words.strip()
    if not rest or name in SPELT or first.startswith("/") or _close(name, (*commands, *OWN_WORDS), 0.75):
        return commands["jag"], rest
    return _plain_words(rest, commands, session)


def _unknown(name: str, rest: str, commands: Mapping[str, Command]) -> Refusal:
    near = _close(name, commands, 0.6)
    said = f"Did you mean {' or '.join('/' + each for each in near)}?" if near else f"I know {', '.join('/' + each for each in commands)}."
    return Refusal(f"There is no /{name}. {said}", *((f"/{each}", f"/{each} {rest}".strip()) for each in near))


def _close(name: str, names: Iterable[str], cutoff: float) -> list[str]:
    from difflib import get_close_matches  # which a command that is spelt right does not need

    return get_close_matches(name, list(names), n=2, cutoff=cutoff)


def _plain_words(text: str, commands: Mapping[str, Command], session: Session) -> tuple[Command, str]:
    """What words without a command ask: what is held, who leads, a trend, where, how many, a card; or nothing, and help."""
    from commands.meetings import in_words
    from commands.plan import meant  # patterns that take a while to make, and that no slash command needs

    if text.strip(" ?.!").lower() in ALONE:
        return commands["jag"], text.strip(" ?.!")
    if meant.surely(text):
        return commands["action"], meant.said(text)
    if meant.perhaps(text) and not _asks_for_figures(text, session):
        return commands["action"], meant.said(text)
    words = folded(plain(text))
    if meant.mentions(text):
        return commands["action"], "help"
    if meant.thanks(text):
        return commands["jag"], "thanks"
    if paper := meant.papers(text):
        return commands[paper[0]], paper[1]
    if meets := in_words.meetings(text):
        return commands["meeting"], meets
    if HELD.search(words):
        return commands["figures"], ""
    if WHO.search(words):
        return commands["priority"], text
    if BY_MONTH.search(words):
        return commands["figures"], text
    if WHERE.search(words) and not WHETHER.search(words):
        return commands["hotspots"], text
    try:
        asked = read(text, session)
    except Refusal as refusal:
        if meant.talks(text, like_a_figure=bool(refusal.asks)):
            return commands["action"], meant.said(text)
        if not refusal.asks and (meets := in_words.of_a_group(text)):
            return commands["meeting"], meets
        return commands["figures"], text  # which says what is wrong with it
    if not asked.subjects and not asked.limited:
        return commands["jag"], ""
    card = asked.subject and asked.subject.whole and not asked.limited and not asked.printed and "many" not in words
    return commands["priority" if card else "figures"], text


def _asks_for_figures(text: str, session: Session) -> bool:
    """Whether words that begin with a number ask for figures: "10 worst wards for asb" does, "4 gates fitted" does not."""
    words = folded(plain(text))
    if WHERE.search(words) or BY_MONTH.search(words):
        return True
    try:
        return bool(read(text, session).subjects)
    except Refusal:
        return False


def asks_nothing(text: str, session: Session) -> bool:
    """Whether plain words are no command, and ask for nothing that is known."""
    return not (is_command(text) or _asks_for_figures(text, session))


def is_command(text: str) -> bool:
    """Whether plain words are a command, or are known for one by their pattern."""
    from commands.meetings import in_words
    from commands.plan import meant

    first, words = _first(text)[0].lower(), folded(plain(text))
    if any(stem(each) == stem(first) for each in all_commands()):
        return True
    known = (meant.surely, meant.numbered, meant.mentions, meant.thanks, meant.papers, in_words.meetings, meant.talks)
    return any(bool(each(text)) for each in known) or bool(HELD.search(words) or WHO.search(words))


def writes(line: str) -> bool:
    """Whether a line may change anything, as far as its words alone tell: such a line is stored before it is acknowledged."""
    return _declared(line, lambda command, words: command.writes(words))


def opens_a_form(line: str) -> bool:
    """Whether a line will surely be answered with a form."""
    return _declared(line, lambda command, words: command.forms(words))


def _declared(line: str, tells: Callable[[Command, str], bool]) -> bool:
    first, rest = _first(line.strip())
    name = first.lstrip("/").lower().rpartition("-")[2]
    after, words = _first(rest)
    if name == "jag" and rest:
        inner = after.lower().lstrip("/")
        if command_named(inner):
            name, rest = inner, words
        elif not command_named("jag") or not tells(all_commands()["jag"], rest):
            line, name = rest, ""
    named = command_named(name) if name else None
    named = named or next((c for c in all_commands().values() if name and stem(c.name) == stem(name)), None)
    if named:
        return tells(named, rest)
    from commands.meetings import in_words
    from commands.plan import meant, replying

    if (replying.answers(line) or replying.tells(line)) and tells(all_commands()["action"], f"update {line}"):
        return True
    news = meant.surely(line) or meant.perhaps(line)
    if not news and (paper := meant.papers(line)):
        return tells(all_commands()[paper[0]], paper[1])
    if not news and (meets := in_words.meetings(line)):
        return tells(all_commands()["meeting"], meets)
    return (news or (meant.talks(line) and not meant.thanks(line))) and tells(all_commands()["action"], meant.said(line))
