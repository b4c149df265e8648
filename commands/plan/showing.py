"""One action: as it stands, what may be done with it, and its whole history."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import NO, YES
from commands.plan.history import LINES, history
from commands.plan.refs import Ref
from commands.plan.rows import page_in
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts
from commands.plan.undoable import to_undo
from commands.plan.waiting import settling, waiting
from commands.reply import Button, Choice, Facts, Note, Reply, press
from commands.words import plain
from models.actions import DONE, FINISHED, STATUSES, Action
from models.base import Refusal
from models.proposals import Proposal

TITLE = 100  # characters of wording that a title carries
NO_CHANGE = "No change"
ANSWERS = ("on track", "at risk", "blocked")  # said in one press; done and no change have a line of their own


def show(enquiry: Enquiry, session: Session) -> Reply:
    """Show the action of a reference."""
    sight = Sight.of(enquiry, session)
    words, page = page_in(plain(enquiry.words))
    begun = Ref.at_start(words)
    if begun is None:
        raise Refusal(
            "Which action? Give its reference or its number, such as: /action show 4",
            ("My actions", "/action list mine"),
            ("Open actions", "/action list"),
        )
    action = sight.action(begun[0])
    return _page(action, page, sight)


def _page(action: Action, page: int, sight: Sight) -> Reply:
    long = len(action.wording) > TITLE or "\n" in action.wording
    asked = waiting(sight, Action.id == action.id)
    table, page, total = history(action, page, sight)
    older = [("Older", f"/action show {action.ref} page {page + 1}")] if page * LINES < total else []
    due = action.due.said(action.group.name)
    return Reply(
        action.ref if long else f"{action.ref}: {action.wording}",
        action.wording if long else None,
        Facts([*_facts(action, sight), *_asked(asked, sight)]),
        one_press(action, "What is the news?") if _may_answer(action, sight) else None,
        press(*settling(asked, sight), *_may_do(action, sight)),
        table,
        press(*older, ("My actions", "/action list mine")),
        Note("Lines that were undone stay in the history, and say so.") if any("(undone)" in str(row[3]) for row in table.rows) else None,
        summary=discreet([action]) or f"{action.ref}: {action.status}, {action.owner.handle}, due {due}.",
    )


def _facts(action: Action, sight: Sight) -> list[tuple[str, str]]:
    """As everywhere, with where it comes from and what became of it."""
    facts = [fact for fact in as_facts(action, sight) if fact[0] != "Action"]
    raised = f"{action.raised_at.astimezone(sight.now.tzinfo):%-d %B %Y} by {action.raised_by.handle}"
    raised += f", at {action.group.name} of {action.meeting:%-d %B %Y}" if action.meeting else ""
    children = select(Action.ref).where(Action.parent_id == action.id, Action.group_id.in_(sight.group_ids)).order_by(Action.id)
    more = [("Raised", raised), ("Closed", f"{action.closed_on:%-d %B %Y}" if action.closed_on else "")]
    more += [("Goes on as", ", ".join(sight.session.scalars(children)))]
    return [*facts, *(fact for fact in more if fact[1])]


def _asked(proposals: Sequence[Proposal], sight: Sight) -> list[tuple[str, str]]:
    return [
        ("Asked for", f"{each.said}, asked by {each.by.handle} on {each.at.astimezone(sight.now.tzinfo):%-d %B %Y}") for each in proposals
    ]


def one_press(action: Action, label: str) -> Choice:
    """The answers to what the news is that take one press; the present one is chosen."""
    answers = [Button(status.capitalize(), f"/action update {action.ref} {status}") for status in STATUSES if status in ANSWERS]
    answers += [Button("Done", f"/action done {action.ref}"), Button(NO_CHANGE, f"/action update {action.ref} no change")]
    chosen = action.status.capitalize()
    return Choice(label, answers, chosen if any(chosen == answer.label for answer in answers) else "")


def _may_answer(action: Action, sight: Sight) -> bool:
    return action.status not in FINISHED and sight.may("update", action) == YES


def _may_do(action: Action, sight: Sight) -> list[tuple[str, str]]:
    """What this person may do with it now. What they may only ask for says so."""
    change, finished = sight.may("change", action), action.status in FINISHED
    decides = change == YES
    asks = [("Write an update", "update")] if _may_answer(action, sight) else []
    if change != NO and not finished:
        asks += [
            ("Change the date" if decides else "Ask for a new date", "due"),
            ("Assign" if decides else "Ask for another owner", "assign"),
        ]
    if change != NO and (finished or action.status == DONE):
        asks.append(("Reopen" if decides else "Ask to reopen", "reopen"))
    if action.status == DONE and sight.may("close", action) == YES:
        asks.append(("Close", "close"))
    if action.open and sight.may("hand on", action) == YES:
        asks += [("Escalate", "escalate"), ("Refer", "refer")]
    elif action.open and change != NO:
        asks += [("Ask to escalate", "escalate"), ("Ask to refer", "refer")]
    if change != NO and not finished:
        asks.append(("Withdraw" if decides else "Ask to withdraw", "withdraw"))
    return [*((label, f"/action {verb} {action.ref}") for label, verb in asks), *to_undo(action, sight)]
