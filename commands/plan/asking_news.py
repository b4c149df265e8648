"""The one message that asks somebody for news: of all that is awaited from them, and of whom they are to ask themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from commands.plan.answers import LATEST, answer_said, not_asked_any_more
from commands.plan.rows import short
from commands.plan.showing import NO_CHANGE, one_press
from commands.plan.told import BY_MAIL
from commands.reply import Button, Buttons, Choice, Heading, Note, Part, Reply, Table, counted
from commands.words import listed
from models.actions import NOT_REPORTED
from models.addressed import AWAY, PASSED, Asked
from models.changes import Change
from models.meetings import Meeting
from models.people import Person

SHOWN = 12  # actions with a choice of their own; the others are in the form
WORDING = 100  # characters of an action's words
AS_BEFORE = "Beside each stands what was said last. Where that still holds, say No change. Answers can be changed until the meeting."


@dataclass(frozen=True)
class Wanted:
    """What is asked of somebody for one meeting: news they give, and people they are to ask themselves.

    `said` is what has been answered since, by the ids of actions.
    """

    meeting: Meeting
    begins: datetime  # local
    news: Sequence[Asked]
    to_ask: Sequence[Asked] = ()
    said: Mapping[int, Sequence[Change]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """ "JAG, Tuesday 10 September 2013"."""
        return f"{self.meeting.group.name}, {self.begins:%A %-d %B %Y}"


def asking(person: Person, wanted: Sequence[Wanted], today: date, again: bool) -> Reply:
    """Ask somebody, once for all of it; `again` where it is no first ask."""
    news = [each for one in wanted for each in one.news]
    before = listed([one.name for one in wanted if one.news or one.to_ask])
    owners = {each.action.owner_id for one in wanted for each in one.to_ask}
    count = f"{counted(len(news), 'action')} to update" if news else f"{counted(len(owners), 'owner')} to ask yourself"
    title = f"{'Still to hear: ' if again else ''}{count} before {before}"
    private = any(one.meeting.group.private for one in wanted)
    return Reply(
        title,
        AS_BEFORE if news else None,
        *choices(person, wanted, today),
        rest(len(news)),
        Buttons(list(answers(person, news))) if news else None,
        *(part for one in wanted for part in to_ask(one)),
        summary=count if private else title,
    )


def choices(person: Person, wanted: Sequence[Wanted], today: date) -> Iterator[Part]:
    """A choice for each action, as many as a message shows; of one that is nobody's to answer any more, why."""
    left, several = SHOWN, len([one for one in wanted if one.news]) > 1
    for one in wanted:
        shown = one.news[:left]
        left -= len(shown)
        if several and shown:
            yield Heading(one.name)
        yield from (_choice(each, person, one.said.get(each.action.id, ()), today) for each in shown)


def _choice(asked: Asked, person: Person, said: Sequence[Change], today: date) -> Choice | str:
    action, over = asked.action, not_asked_any_more(asked, person)
    whose = "" if over or action.owner_id == person.id else f", for {action.owner.handle}"
    due = f"due {action.due.said(action.group.name).replace(' (', ', ').rstrip(')')}{', overdue' if action.overdue(today) else ''}"
    label = f"{action.ref}{whose}: {short(action.wording, WORDING)} ({due})"
    if over:
        return f"{label}\n{over}"
    words = f"“{short(action.latest, LATEST)}”" if action.latest else ""
    last = ", ".join(each for each in (action.status, words) if each and each != NOT_REPORTED)
    answer = answer_said(said, person) if said else f"Last time: {last}" if last else ""
    choice = one_press(action, f"{label}\n{answer}" if answer else label)
    return replace(choice, chosen=_chosen(said))


def _chosen(said: Sequence[Change]) -> str:
    """What was answered, as the list has it; before that nothing is chosen, so that what was said last can be chosen again."""
    of_status = (each.verb if each.verb == NO_CHANGE.lower() else str(each.after.get("status", "")) for each in reversed(said))
    return next(filter(None, of_status), "").capitalize()


def rest(total: int) -> Note | None:
    """How many more there are than a message shows."""
    return Note(f"{total - SHOWN} more of {total}: press Write … to answer for them.") if total > SHOWN else None


def answers(person: Person, news: Sequence[Asked], rest: bool = False) -> Iterator[Button]:
    """What one press says of all of it; `rest` where some of it is answered."""
    own = [each.action for each in news if each.action.owner_id == person.id]
    yield Button("Write …", "/action write")
    if own:
        yield Button(f"{NO_CHANGE} for {'the rest' if rest else 'all'}", "/action update rest no change")
    for handle in dict.fromkeys(each.action.owner.handle for each in news if each.action.owner_id != person.id):
        yield Button(f"No change for {handle}'s actions", f"/action update rest no change for @{handle}")
    if news:
        yield Button("Remind me tomorrow", "/meeting later")
    if own:
        yield Button("Pass to my deputy", "/meeting pass")
        yield Button("I'm away until …", "/meeting away")


def to_ask(one: Wanted) -> Iterator[Part]:
    """Those who cannot be asked in chat, or answered for: a line an owner, and a press to enter each word of theirs."""
    if not one.to_ask:
        return
    owners: dict[int, list[Asked]] = {}
    for each in one.to_ask:
        owners.setdefault(each.action.owner_id, []).append(each)
    yield Heading(f"To ask yourself for {one.meeting.group.name}")
    rows = [[asked[0].action.owner.handle, why(asked[0]), ", ".join(_ref(each, one.said) for each in asked)] for asked in owners.values()]
    yield Table(["Owner", "Why", "Actions"], rows)
    yield Buttons([Button(f"{each.action.ref}: {each.action.owner.handle}", enter(each)) for each in one.to_ask])


def _ref(asked: Asked, said: Mapping[int, Sequence[Change]]) -> str:
    """ "JAG-13-004", "JAG-13-004 (on track)" once its owner's word has been entered."""
    return asked.action.ref + (f" ({asked.action.status})" if asked.action.id in said else "")


def why(asked: Asked) -> str:
    """Why somebody is not asked in chat: "not on chat (e-mail)", "away, with no deputy here"."""
    owner = asked.action.owner
    if asked.why in (AWAY, PASSED):
        return "away, with no deputy here"
    return f"not on chat ({owner.email})" if owner.reached == BY_MAIL else "no longer on chat"


def enter(asked: Asked) -> str:
    """The line that enters an owner's word for them."""
    return f"/action update {asked.action.ref} for @{asked.action.owner.handle}"
