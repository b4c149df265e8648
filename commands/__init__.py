"""What the bot can be asked: one slash command a file. A new file with a `@command` in it is a new command."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from inspect import getdoc

from sqlalchemy.orm import Session

from commands.reply import Audience, Reply
from models.people import Person

Does = Callable[["Enquiry", Session], Reply]
Tells = Callable[[str], bool]


def never(_words: str) -> bool:
    """Whatever the words."""
    return False


@dataclass(frozen=True)
class Enquiry:
    """Something asked, from whichever surface: typed, pressed, mentioned, or a line in a terminal.

    `words` is what follows the command; `at` is now, aware. `where` is from where it was asked, as people call it ("#jag",
    "direct message", "terminal"). `fields` are a form's answers, and `sure` is what the asker insists on, having been asked.
    `line` is the whole line as it was typed, or as the button asks it that was `pressed`.
    """

    words: str
    person: Person
    at: datetime
    audience: Audience = "asker"
    fields: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    sure: frozenset[str] = frozenset()
    line: str = ""
    pressed: bool = False


@dataclass(frozen=True)
class Command:
    """A slash command: its name, what it does (the docstring, read in help), its examples, and what it needs.

    `writes` tells from its words whether it changes anything: such a line is stored before it is acknowledged. `forms` tells whether
    it will surely answer with a form, which a screen can make room for at once.
    """

    name: str
    does: Does
    examples: tuple[str, ...]
    usage: str
    needs: str
    writes: Tells = never
    forms: Tells = never

    @property
    def help(self) -> str:
        """The command's docstring, which is what users read."""
        return getdoc(self.does) or ""

    @property
    def gist(self) -> str:
        """The first line of the help."""
        return self.help.partition("\n")[0]


_commands: dict[str, Command] = {}


def command(
    *examples: str, usage: str = "", needs: str = "see figures", writes: Tells = never, forms: Tells = never
) -> Callable[[Does], Does]:
    """Make a function the slash command of its name. `needs` is a row of `commands.permissions`."""

    def register(does: Does) -> Does:
        name = does.__name__
        _commands[name] = Command(name, does, examples, usage, needs, writes, forms)
        return does

    return register


def command_named(name: str) -> Command | None:
    """The command of this name, whose file is of that name too: the others need not be read for it."""
    if name not in _commands and name in _modules():
        importlib.import_module(f"{__name__}.{name}")
    return _commands.get(name)


@cache
def _modules() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(__path__))


@cache
def all_commands() -> Mapping[str, Command]:
    """Every command, by name, in the order of their names."""
    for module in sorted(_modules()):
        importlib.import_module(f"{__name__}.{module}")
    return dict(sorted(_commands.items()))
