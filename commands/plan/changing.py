"""Changing what was agreed: who is accountable, by when, whether it is open. An owner proposes; lead, chair and coordinator decide."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import NO, YES
from commands.plan.add_form import HINT
from commands.plan.history import in_words
from commands.plan.kept import look_for_a_person
from commands.plan.mentions import PERSON
from commands.plan.naming import accountable, must_sit_on, options, supporter, to_pick
from commands.plan.proposing import MOOT, drop_requests, due_values, propose
from commands.plan.recording import Recording, as_typed, in_their_words
from commands.plan.refs import Ref
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts, not_told, tell, undo_of
from commands.plan.when import doubt_the_past, due_beginning, read_due
from commands.reply import Facts, Field, Form, Reply, press
from commands.words import lasting
from models.actions import FINISHED, NOT_REPORTED, WITHDRAWN, Action
from models.base import Refusal
from models.changes import Change

SEEN = re.compile(r"~(\d+)\s*$")  # what a form's line ends with
GIVEN = re.compile(r"^\s*(?:to|from|until|till?|as|for|because|:|,|-)\s+", re.I)


@dataclass
class Changing:
    """One action about to be changed: what was said of it, and by whom."""

    action: Action
    words: str
    sight: Sight
    seen: int  # how often it had been changed when its form was opened

    @classmethod
    def of(cls, enquiry: Enquiry, session: Session, example: str) -> Changing:
        """The action the words begin with."""
        sight = Sight.of(enquiry, session)
        begun = Ref.at_start(lasting(enquiry.words))
        if begun is None:
            raise Refusal(f"Which action? Such as: /action {example}", ("My actions", "/action list mine"))
        action = sight.action(begun[0], writing=True)
        look_for_a_person(as_typed(enquiry), sight)
        if sight.may("change", action) == NO:
            raise Refusal(
                f"{action.ref} is {action.owner.handle}'s. Its owner may ask for this; the lead, the chair or the coordinator decide.",
                discreet=discreet([action]),
            )
        seen = SEEN.search(begun[1])
        words = GIVEN.sub("", SEEN.sub("", begun[1])).strip()
        return cls(action, words, sight, int(seen[1]) if seen else action.changes)

    def changed_meanwhile(self) -> str:
        """Who changed it while a form was being filled in, and what they did; empty when nobody did."""
        if self.seen == self.action.changes:
            return ""
        last = Change.of(self.action, self.sight.session)[-1]
        did = in_words(last, self.sight)
        return f"While you were writing, {last.by.handle} changed it ({did}). Nothing of yours is saved yet: look again, and send."

    def must_be_open(self, to_do: bool = False) -> None:
        """Refuse what is finished; where something must be left to do, what is done as well."""
        if self.action.status in FINISHED or (to_do and not self.action.open):
            ref = self.action.ref
            raise Refusal(
                f"{ref} is {self.action.status}. To open it again: /action reopen {ref}",
                ("Reopen", f"/action reopen {ref}"),
                discreet=discreet([self.action]),
            )

    def latest(self) -> dict[str, object]:
        """The words as the latest news, as a snapshot has it; nothing where there are none."""
        return {"latest": self.words, "latest_at": self.sight.enquiry.at.isoformat()} if self.words else {}

    def settle(self, verb: str, did: str, said: str, values: dict[str, object], does: Callable[[], None]) -> Reply:
        """Do it where they may; otherwise put it to those who may."""
        action, sight = self.action, self.sight
        recording = Recording(sight.enquiry, sight.session, in_their_words(sight.enquiry, "" if verb == "assigned" else said))
        decides = sight.may("change", action) == YES
        if decides:
            owner = action.owner
            recording.change(action, verb, does, said)
            if verb == "withdrawn":
                drop_requests(action, recording, sight, "it is withdrawn", MOOT)
            sight.session.flush()
            tells = tell([owner, action.owner], f"{action.ref}: {did}", action, sight, f"Now {action.owner.handle}'s. {said}".strip())
        else:
            tells = propose(action, verb, values, did, recording, sight)
        title = f"{action.ref}: {did}" if decides else f"{action.ref}: asked, {did}"
        waits = None if decides else "The priority's lead, the chair or the coordinator decides; until then it stays as it is."
        return Reply(
            title,
            waits,
            Facts(as_facts(action, sight)),
            not_told([action.owner], sight),
            press(*undo_of(action), ("Show", f"/action show {action.ref}")),
            summary=discreet([action]) or title,
            tells=tells,
        )


def assign(enquiry: Enquiry, session: Session) -> Reply:
    """`assign 4 @fire-officer with @dens-officer`: another accountable owner, and who supports them."""
    changing = Changing.of(enquiry, session, "assign 4 @fire-officer")
    changing.must_be_open()
    action, sight = changing.action, changing.sight
    names = [enquiry.fields["owner"]] if enquiry.fields.get("owner") else PERSON.findall(changing.words) or changing.words.split()[:1]
    meanwhile = changing.changed_meanwhile()
    if not names or meanwhile:
        return _pick_owner(action, sight, names[0] if names else action.owner.handle, meanwhile)
    owner = accountable(names[0], session, lambda name: f"/action assign {action.ref} @{name}")
    helping = [supporter(name, session, lambda near: f"/action assign {action.ref} @{owner.handle} with @{near}") for name in names[1:]]
    must_sit_on(action.group, owner, sight)
    if owner.id == action.owner_id and not helping:
        raise Refusal(f"{action.ref} is {owner.handle}'s already. Nothing was changed.", discreet=discreet([action]))

    def do() -> None:
        if helping:
            action.supporters = helping
        action.give_to(owner)

    values: dict[str, object] = {"owner_id": owner.id}
    if helping:
        values["supporters"] = [[each.person.id if each.person else None, each.agency.id if each.agency else None] for each in helping]
    said = f"{action.owner.handle} → {owner.handle}"
    return changing.settle("assigned", f"{owner.handle} is accountable", said, values, do)


def due(enquiry: Enquiry, session: Session) -> Reply:
    """`due 4 12 Jan contractor delayed`: another date, and why."""
    changing = Changing.of(enquiry, session, "due 4 12 Jan")
    changing.must_be_open(to_do=True)
    action, sight = changing.action, changing.sight
    words = changing.words or lasting(enquiry.fields.get("due", ""))
    meanwhile = changing.changed_meanwhile()
    if not words or meanwhile:
        return _pick_date(action, words, lasting(enquiry.fields.get("said", "")), meanwhile)
    begun = due_beginning(f"due {words}", action.group, sight)
    wanted, why = begun if begun else (read_due(words, action.group, sight), "")
    doubt_the_past(wanted, sight)
    why = GIVEN.sub("", f" {why.strip(' ,;:.-')}").strip() or lasting(enquiry.fields.get("said", ""))
    if wanted == action.due:
        raise Refusal(f"{action.ref} is due {wanted.said(action.group.name)} already. Nothing was changed.", discreet=discreet([action]))

    def do() -> None:
        action.due = wanted

    did = f"due {wanted.said(action.group.name)}"
    return changing.settle("due", did, why, due_values(wanted), do)


def reopen(enquiry: Enquiry, session: Session) -> Reply:
    """`reopen 4 the gates were broken again`: there is something to do after all."""
    changing = Changing.of(enquiry, session, "reopen 4 the gates were broken again")
    action = changing.action
    if action.open:
        raise Refusal(f"{action.ref} is open: {action.status}. Nothing was changed.", discreet=discreet([action]))

    def do() -> None:
        action.status, action.closed_on = NOT_REPORTED, None
        action.say(changing.words, changing.sight.enquiry.at)

    values: dict[str, object] = {"status": NOT_REPORTED, "closed_on": None}
    return changing.settle("reopened", "open again", changing.words, values | changing.latest(), do)


def withdraw(enquiry: Enquiry, session: Session) -> Reply:
    """`withdraw 4 overtaken by the county's scheme`: it is not to be done any more; its reference stays."""
    changing = Changing.of(enquiry, session, "withdraw 4 overtaken by the county's scheme")
    action, today = changing.action, changing.sight.today
    changing.must_be_open()

    def do() -> None:
        action.status, action.closed_on = WITHDRAWN, today
        action.say(changing.words, changing.sight.enquiry.at)

    values: dict[str, object] = {"status": WITHDRAWN, "closed_on": today.isoformat()}
    return changing.settle("withdrawn", "withdrawn", changing.words, values | changing.latest(), do)


def _pick_owner(action: Action, sight: Sight, owner: str, meanwhile: str) -> Reply:
    fields = [Field("owner", "Who is accountable", owner, options(to_pick(sight.session)))]
    form = Form(f"Assign {action.ref}", f"/action assign {action.ref} ~{action.changes}", fields)
    return Reply(f"Assign {action.ref}", meanwhile, action.wording, form, summary=discreet([action]) or f"Assign {action.ref}")


def _pick_date(action: Action, due: str, why: str, meanwhile: str) -> Reply:
    fields = [
        Field("due", "When is it due", due, hint=HINT),
        Field("said", "Why", why, optional=True, long=True),
    ]
    form = Form(f"Due date of {action.ref}", f"/action due {action.ref} ~{action.changes}", fields)
    now = f"Due {action.due.said(action.group.name)} now."
    title = f"Due date of {action.ref}"
    return Reply(title, meanwhile, action.wording, now, form, summary=discreet([action]) or title)
