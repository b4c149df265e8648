"""The words of a priority's lead for a meeting; the chair and the coordinator write any."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.agendas.brought_in import brought_in
from commands.agendas.late import WAITS, late, to_look_again, told
from commands.agendas.which import Wanted, discreetly
from commands.permissions import YES, allowed
from commands.plan.kept import look_for_a_person
from commands.plan.mentions import PERSON
from commands.plan.recording import as_typed
from commands.plan.sight import Sight
from commands.plan.wanted import priority_named
from commands.reply import Facts, Field, Form, Note, Reply, press
from commands.words import lasting, listed
from models.agendas import Agenda
from models.base import Refusal
from models.priorities import Priority
from models.vocabulary import Vocabulary

SAID = re.compile(r"^\s*#?(?P<of>[^:\n]{1,80}?)\s*:\s*(?P<words>.*)$", re.S)
NOTHING = ("", "-", "nothing", "none")
NOT_YET = "It goes out once the chair or the coordinator has approved the draft."


def edit(enquiry: Enquiry, session: Session) -> Reply:
    """`edit burglary: three arrests`: the word on a priority for the next meeting. Without words, a form."""
    sight = Sight.of(enquiry, session)
    look_for_a_person(PERSON.sub("@", as_typed(enquiry)), sight)
    wanted = Wanted.next_of(lasting(enquiry.words), sight)
    if enquiry.fields:
        return _written(_answers(enquiry.fields, sight), wanted)
    found = SAID.match(wanted.words)
    if found is None:
        return _form(_one(wanted.words, sight), wanted)
    return _written({_named(found["of"], sight): found["words"].strip()}, wanted)


def _written(words: Mapping[Priority, str], wanted: Wanted) -> Reply:
    """Write down what was said, and read it back."""
    _must_be_theirs(words, wanted)
    agenda, sight = wanted.agenda(), wanted.sight
    reviews = allowed("review agendas", sight.parts_in(wanted.group.id)) == YES
    stage, known = late(before := wanted.again().sitting()), told(before)
    changed = {priority: said for priority, said in words.items() if _now(agenda.texts, priority) != _kept(said)}
    with brought_in(wanted, "Words written") if reviews else nullcontext():
        _write_down(changed, agenda, reviews, sight)
    facts = [(priority.name, _kept(said) or "taken away") for priority, said in changed.items()]
    title = f"Written for {wanted.name}" if facts else "Nothing was changed"
    back = [(f"Take back: {priority.key}", f"/agenda edit {wanted.group.key} {priority.key}: -") for priority in changed]
    return Reply(
        title,
        Facts(facts) if facts else "It says that already.",
        Note(WAITS.get(stage, NOT_YET)) if facts and not reviews else None,
        press(*back, ("The agenda", f"/agenda {wanted.line}")),
        summary=discreetly(wanted.group, "agenda written for") or title,
        tells=to_look_again(before) if stage and facts and not (reviews or known) else [],
    )


def _write_down(changed: Mapping[Priority, str], agenda: Agenda, reviews: bool, sight: Sight) -> None:
    about = {"by": sight.person.handle, "at": sight.enquiry.at.isoformat(), "reviewed": reviews}
    keys = {priority.key for priority in changed}
    left = {key: text for key, text in agenda.texts.items() if key not in keys}
    agenda.texts = left | {priority.key: {"words": said, **about} for priority, said in changed.items() if _kept(said)}
    sight.session.flush()


def _kept(said: str) -> str:
    """What is kept of words; nothing of those that say so."""
    return "" if said.lower() in NOTHING else said


def _now(texts: Mapping[str, Any], priority: Priority) -> str:
    return str(texts[priority.key]["words"]) if priority.key in texts else ""


def _must_be_theirs(words: Mapping[Priority, str], wanted: Wanted) -> None:
    """A lead or deputy writes of their own priorities, on groups they sit on."""
    sight = wanted.sight
    if allowed("review agendas", sight.parts_in(wanted.group.id)) == YES:
        return
    others = [priority.key for priority in words if priority.id not in sight.leads]
    if others:
        raise Refusal(
            f"The word on {listed(others)} is its lead's, the chair's and the coordinator's. To have something talked about: "
            f"/agenda add {wanted.group.key} …",
            ("Suggest an item", f"/agenda add {wanted.group.key}"),
        )


def _named(words: str, sight: Sight) -> Priority:
    found = priority_named(words.strip(" #"), sight.session)
    if found is None:
        keys = [priority.key for priority in Vocabulary.of(sight.session).priorities.values()]
        raise Refusal(f"I know no priority “{words.strip()[:40]}”. I know {listed(keys)}, such as: /agenda edit {keys[0]}: …")
    return found


def _one(words: str, sight: Sight) -> Priority | None:
    """The priority that alone was named; None where none was."""
    return _named(words, sight) if words.strip(" :") else None


def _answers(fields: Mapping[str, str], sight: Sight) -> dict[Priority, str]:
    every = {priority.key: priority for priority in Vocabulary.of(sight.session).priorities.values()}
    return {every[name]: lasting(said) for name, said in fields.items() if name in every}


def _form(one: Priority | None, wanted: Wanted) -> Reply:
    """A field for each priority that this person may write of, with what it says now."""
    sight, texts = wanted.sight, wanted.sitting(whole=True).written
    every: Sequence[Priority] = [one] if one else list(Vocabulary.of(sight.session).priorities.values())
    reviews = allowed("review agendas", sight.parts_in(wanted.group.id)) == YES
    mine = [priority for priority in every if reviews or priority.id in sight.leads]
    if not mine:
        _must_be_theirs(dict.fromkeys(every, ""), wanted)
    fields = [Field(each.key, each.name[:48], _now(texts, each), long=True, optional=True) for each in mine]
    form = Form("What leads say", f"/agenda edit {wanted.group.key}", fields)
    return Reply(f"Words for {wanted.name}", form, summary=discreetly(wanted.group, "agenda") or f"Words for {wanted.name}")
