"""One form for the news of all that is awaited from somebody: how each stands, in which words, and by when it will be instead."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.history import as_read
from commands.plan.kept import Doubt, kept_asks
from commands.plan.many import NotSaved, read_back
from commands.plan.news_form import NO_CHANGE, WAYS
from commands.plan.owned import open_of, owns_none
from commands.plan.recording import Recording
from commands.plan.refs import Ref
from commands.plan.rows import short
from commands.plan.saying import News
from commands.plan.sight import Sight, discreet
from commands.plan.taking_news import Said, Settled, settle
from commands.plan.when import read_due
from commands.reply import Facts, Field, Form, Note, Reply, counted, press
from commands.words import lasting
from models.actions import DONE, STATUSES, Action
from models.asking_again import awaited_of
from models.base import Refusal

PAGE = 25  # actions in a form; each takes three fields, and Slack takes a hundred
STATUS, SAID, DUE = "status", "said", "due"
TITLE = "News of your actions"


def write(enquiry: Enquiry, session: Session) -> Reply:
    """The form of all that is mine or that I answer for, as many as it takes at a time; or take its answers."""
    sight = Sight.of(enquiry, session)
    actions = mine_to_answer(sight)
    if enquiry.fields:
        return _taken(actions, sight)
    if not actions:
        raise Refusal(owns_none(None, sight), ("Open actions", "/action list"))
    return Reply(TITLE, _form(actions, sight), summary=discreet(actions) or f"News of {counted(len(actions), 'action')}")


def mine_to_answer(sight: Sight) -> list[Action]:
    """My open actions, and those I am asked for in another's place."""
    me = sight.person
    asked = [each.action for _, asked in awaited_of(me, sight.enquiry.at, sight.session) for each in asked]
    return [*open_of(me, sight), *(action for action in asked if action.owner_id != me.id and action.group_id in sight.group_ids)]


def _form(actions: Sequence[Action], sight: Sight) -> Form:
    fields = [each for action in actions[:PAGE] for each in _fields(action, sight)]
    return Form(TITLE, "/action write", fields, "Save and go on" if len(actions) > PAGE else "Save")


def _fields(action: Action, sight: Sight) -> list[Field]:
    """How it stands is filled in with what was said last. Left as it is, it says that nothing has changed."""
    whose = "" if action.owner_id == sight.person.id else f", for {action.owner.handle}"
    last = f"Last: {short(action.latest, 200)}" if action.latest else ""
    due = action.due.said(action.group.name)
    status = action.status if action.status in dict(WAYS) else ""
    return [
        Field(f"{action.ref} {STATUS}", f"{action.ref}{whose}: {short(action.wording, 150)}", status, WAYS, optional=True),
        Field(f"{action.ref} {SAID}", "News", hint=last, long=True, optional=True),
        Field(f"{action.ref} {DUE}", "A new date, if it needs one", hint=f"due {due} now", optional=True),
    ]


def _taken(actions: Sequence[Action], sight: Sight) -> Reply:
    """Settle every action that the form says something of, and go on with those that come after them."""
    answers = _by_action(sight.enquiry.fields)
    last = max((at for at, action in enumerate(actions) if action.ref in answers), default=len(actions))
    taking = Taking(sight, Recording(sight.enquiry, sight.session, "", settled=secrets.token_hex(4)))
    for ref, fields in answers.items():
        taking.take(ref, fields)
    if left := actions[last + 1 :]:
        return _goes_on(left, taking)
    if not taking.settled and not taking.not_saved:
        return Reply("Nothing was changed", "Nothing was written in the form.", press(("My actions", "/action list mine")))
    return read_back(taking.settled, taking.not_saved, sight, taking.recording)


def _by_action(fields: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The answers of each action, by its reference."""
    found: dict[str, dict[str, str]] = {}
    for name, value in fields.items():
        ref, _, about = name.rpartition(" ")
        found.setdefault(ref, {})[about] = value.strip()
    return found


@dataclass
class Taking:
    """A form's answers on their way into the plan: what was settled, and what was not."""

    sight: Sight
    recording: Recording
    settled: list[Settled] = field(default_factory=list)
    not_saved: list[NotSaved] = field(default_factory=list)

    def take(self, ref: str, fields: Mapping[str, str]) -> None:
        """Settle one action, where anything is said of it.

        What cannot be settled holds up no other. A date that is none is the form's to mend, and nothing is saved.
        """
        begun = Ref.at_start(ref)
        if begun is None or not any(fields.values()):
            return
        typed = "\n".join(f"{name}: {fields[name]}" for name in (STATUS, SAID, DUE) if fields.get(name))
        try:
            action = self.sight.action(begun[0], writing=True)
            if said := _said(action, fields, typed, self.sight):
                self.settled.append(settle(action, said, self.recording, self.sight))
        except Refusal as refusal:
            if refusal.field:
                discreetly = refusal.discreet or "Nothing was saved"
                raise Refusal(f"{ref}: {refusal.words}", field=f"{ref} {refusal.field}", discreet=discreetly) from None
            self.not_saved.append(NotSaved(ref, refusal.words, refusal.asks))
        except Doubt as doubt:
            again = replace(self.sight.enquiry_of(f"update {ref}"), fields=dict(fields))
            asks = kept_asks(doubt, again, self.sight.session)
            self.not_saved.append(NotSaved.doubted(doubt, ref, f"{ref}: {as_read(typed)}", asks))


def _said(action: Action, fields: Mapping[str, str], typed: str, sight: Sight) -> Said | None:
    """What an answer says; None where it is left as it was and nothing is awaited."""
    way, words, due = fields.get(STATUS, ""), lasting(fields.get(SAID, "")), lasting(fields.get(DUE, ""))
    as_it_was = way in ("", action.status) and not words and not due
    if as_it_was and (not way or sight.awaits(action) is None):
        return None
    if due and way == DONE:
        raise Refusal("What is done needs no new date. Leave the date out, or say how it stands.", field=DUE)
    if due and not way and not words:
        raise Refusal("Say how it stands as well.", field=STATUS)
    if as_it_was:
        return Said(News("", same=True), typed)
    news = News(words, way if way in STATUSES else None, same=way == NO_CHANGE)
    return Said(news, typed, None, read_due(due, action.group, sight) if due else None)


def _goes_on(left: Sequence[Action], taking: Taking) -> Reply:
    """The form again, of those that are left, below what came of the others."""
    done = [(each.action.ref, each.did) for each in taking.settled]
    return Reply(
        TITLE,
        Facts(done) if done else None,
        *(f"Not saved: “{each.typed}”. {each.why}" for each in taking.not_saved),
        press(*(ask for each in taking.not_saved for ask in each.asks)),
        Note(f"{counted(len(done), 'action')} saved, {len(left)} to go."),
        _form(left, taking.sight),
        summary=discreet([*left, *(each.action for each in taking.settled)]) or f"{counted(len(done), 'action')} saved",
        tells=[tell for each in taking.settled for tell in each.tells],
    )
