"""The form of a new action: all that is known is filled in, and its answers are values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from commands.permissions import pressable
from commands.plan.naming import ALL, options, to_pick
from commands.plan.sight import Sight
from commands.plan.wanted import Wanted
from commands.reply import Field, Form, Note, Reply, press
from commands.words import lasting, listed
from models.base import Refusal
from models.groups import Group
from models.people import Person
from models.vocabulary import Vocabulary

EXAMPLE = "/action add Fit alley gates behind the shops @housing-officer due fri #asb"
HINT = "12 Dec, fri, end of month, next JAG or ongoing"


def form(wanted: Wanted, sight: Sight, said: str = "") -> Reply:
    """Ask for what is missing, with all that is known filled in."""
    said = said or (f"Still to be said: {listed([each for _, each in wanted.missing])}." if wanted.line else "")
    return Reply("Add an action", said, _form(wanted, sight), Note(f"In one line: {EXAMPLE}"), summary="Add an action")


def form_again(wanted: Wanted, sight: Sight, refusal: Refusal, private: bool) -> Reply:
    """The form in the place of a refusal that would have cost the words."""
    title = "Add an action"
    summary = title if private else refusal.words
    asks = pressable(refusal.asks, sight.person, sight.session)
    return Reply(title, refusal.words, _form(wanted, sight), press(*asks), summary=summary, refused=True)


def _form(wanted: Wanted, sight: Sight) -> Form:
    people = to_pick(sight.session)
    group = _group(wanted, sight)
    due = wanted.due_words or (wanted.due.said(group.name) if wanted.due else "")
    priorities = [(p.key, p.name) for p in Vocabulary.of(sight.session).priorities.values()]
    fields = [
        Field("wording", "What is to be done", wanted.wording, long=True),
        Field("owner", "Who is accountable", _handle(wanted.owner, people), options(people), "one person"),
        Field("due", "When is it due", due, hint=HINT),
        Field("supporters", "Who supports them", ", ".join(wanted.supporters), hint="people or agencies, with commas", optional=True),
        Field("priority", "Priority", wanted.priority, priorities, optional=True),
    ]
    if len(sight.groups) > 1:
        fields.append(Field("group", "Group", group.key, [(each.key, each.name) for each in sight.groups]))
    return Form("Add an action", "/action add", fields)


def _group(wanted: Wanted, sight: Sight) -> Group:
    return (sight.group_named(wanted.group) if wanted.group else None) or sight.default_group()


def _handle(owner: str, people: Sequence[Person]) -> str:
    """The handle of who is named; as typed where it is nobody yet, for the form to show what to choose in the place of."""
    known = next((p.handle for p in people if owner and (p.handle == owner.lower() or p.slack_user == owner.upper())), "")
    return known or ("" if ALL.match(owner) else owner)


def answers(fields: Mapping[str, str]) -> Wanted:
    """A form's answers; refuses what is too long, or not said."""
    said = {name: _answer(name, value) for name, value in fields.items()}
    people = re.split(r"\s*(?:[,;/\n]|\band\b)\s*", said.get("supporters", ""))
    return Wanted(
        said.get("wording", ""),
        said.get("owner", "").lstrip("@"),
        tuple(person.lstrip("@") for person in people if person.strip()),
        said.get("priority", ""),
        said.get("group", ""),
        due_words=said.get("due", ""),
    )


def _answer(name: str, value: str) -> str:
    try:
        return lasting(value)
    except Refusal as refusal:
        raise Refusal(refusal.words, field=name, discreet=refusal.discreet) from None
