"""A form filled in at a terminal, field by field."""

from __future__ import annotations

import select
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

from rich.columns import Columns
from rich.console import RenderableType
from rich.text import Text

from commands.reply import Field, Form
from models.near import TAKEN, key, likenesses

Prompt = Callable[[Field], str]  # what is typed for a field; EOFError or KeyboardInterrupt gives up
Say = Callable[[RenderableType], None]
CLEAR = "-"
PASTED = 0.05  # seconds within which the lines of one paste have all come


def fill(form: Form, typed: Mapping[str, str], prompt: Prompt, say: Say, only: str = "") -> dict[str, str]:
    """An answer for each field. `typed` is what was typed before, and stands where nothing else is typed now.

    With `only`, that field alone is asked for: it was refused, and the others were not.
    """
    if only:
        field = next(field for field in form.fields if field.name == only)
        say(Text("Only this again; Ctrl-C gives up, and nothing is saved.", style="bright_black"))
        return {**typed, only: _answer(replace(field, value=typed.get(only, field.value)), prompt, say)}
    say(Text(form.title, style="bold"))
    say(Text("Enter keeps what is there; Ctrl-C gives up, and nothing is saved.", style="bright_black"))
    answers = {}
    for field in form.fields:
        if field.name not in typed:
            _explain(field, say)
        answers[field.name] = _answer(replace(field, value=typed.get(field.name, field.value)), prompt, say)
    return answers


def _answer(field: Field, prompt: Prompt, say: Say) -> str:
    while True:
        said = prompt(field).strip()
        if said == CLEAR and field.optional:
            return ""
        if not said and (field.value or field.optional):
            return field.value
        picked = picking(field, said) if said and field.options else said
        if picked:
            return picked
        say(Text(_why_not(field, said), style="red"))


def _explain(field: Field, say: Say) -> None:
    can_clear = f"{CLEAR} empties it" if field.optional and field.value else "may stay empty" if field.optional else ""
    hints = "; ".join(filter(None, (field.hint, can_clear)))
    if hints:
        say(Text(f"  {hints}", style="bright_black"))
    if field.options:
        say(Columns([Text(f"  {number} {label}") for number, (_, label) in enumerate(field.options, 1)]))


def picking(field: Field, said: str) -> str:
    """The value of the option of this number or name, a little misspelt or cut short; empty where it is none, or several."""
    names = {key(name): value for value, label in field.options for name in (label, value)}
    wanted = key(said)
    if wanted in names:
        return names[wanted]
    if said.isdecimal():
        return field.options[int(said) - 1][0] if 0 < int(said) <= len(field.options) else ""
    begun = {value for name, value in names.items() if wanted and name.startswith(wanted)}
    like = [names[name] for name, likeness in likenesses(wanted, names) if likeness >= TAKEN]
    return begun.pop() if len(begun) == 1 else like[0] if like and not begun else ""


def _why_not(field: Field, said: str) -> str:
    if not said:
        return f"{field.label} is needed."
    if said.isdecimal():
        return f"There is no {said}: choose 1 to {len(field.options)}, or type a name."
    labels = {key(label): label for _, label in field.options}
    near = [labels[name] for name, _ in likenesses(key(said), labels)][:3]
    return f"“{said}” is none of these." + (f" Did you mean {' or '.join(near)}?" if near else "")


def plainly(field: Field) -> str:
    """Asks for a field with nothing but `input`, what is there in brackets."""
    there = dict(field.options).get(field.value, field.value)
    said = input(f"{field.label}{f' [{there}]' if there else ''}: ")
    while field.long and _more_was_pasted():
        said += f"\n{input()}"
    return said


def _more_was_pasted() -> bool:
    """Whether lines wait that nobody can have typed so fast: they belong to the same answer, and fill no other field."""
    try:
        return bool(select.select([sys.stdin], [], [], PASTED)[0])
    except (OSError, ValueError):  # where a terminal cannot be looked at
        return False
