"""Adding an action: what to do, who is accountable, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import YES, allowed
from commands.plan.add_form import answers, form, form_again
from commands.plan.kept import Doubt, look_for_a_person
from commands.plan.mentions import PERSON
from commands.plan.naming import accountable, must_sit_on, supporter
from commands.plan.recording import Recording, as_typed
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts, not_told, tell, undo_of
from commands.plan.wanted import Wanted, priority_named, read_line, unknown_tag
from commands.plan.when import doubt_the_past, read_due
from commands.reply import Facts, Reply, press
from commands.words import MOST, cleaned, listed
from models.actions import Action, Supporter, next_number, ref_of
from models.base import Moment, Refusal
from models.calendar import Calendar
from models.groups import Group
from models.near import key
from models.people import Person
from models.sources.log.lines import is_list
from models.written import write_action

TWICE, LATELY = "twice", timedelta(hours=24)
# Asked with every action that is added, so made once; it says itself whose rows it reads. Blanks and capitals make no difference.
ALIKE = select(Action.ref).where(
    Action.partnership_id == bindparam("mine"),
    Action.owner_id == bindparam("owner"),
    Action.open,
    Action.group_id == bindparam("group"),
    Action.raised_at >= bindparam("since", type_=Moment),
    func.lower(func.replace(Action.wording, "\n", " ")) == func.lower(bindparam("said")),
)


def add(enquiry: Enquiry, session: Session) -> Reply:
    """Add an action, or a pasted list; or ask for the words that are missing."""
    if not enquiry.fields and is_list(enquiry.words):
        from commands.plan.drafting import from_paste

        return from_paste(enquiry, session)
    sight = Sight.of(enquiry, session)
    look_for_a_person(PERSON.sub("@", as_typed(enquiry)), sight)
    try:
        return _from_form(sight) if enquiry.fields else _from_line(sight)
    except Refusal as refusal:
        refusal.discreet = refusal.discreet or ("" if _may_be_private(sight) else refusal.words)
        raise


def _from_form(sight: Sight) -> Reply:
    """A form's answers. The form is still on the screen: what is wrong is said of it, and no button takes its place."""
    wanted = answers(sight.enquiry.fields)
    if wanted.missing:
        raise Refusal(f"It still has to be said {listed([said for _, said in wanted.missing])}.", field=wanted.missing[0][0])
    try:
        action = _checked(wanted, sight)
    except Refusal as refusal:
        raise Refusal(refusal.words, field=refusal.field, discreet=refusal.discreet) from None
    _doubt_a_second(action, sight)
    return _saved(action, sight)


def _from_line(sight: Sight) -> Reply:
    """A line. Where it is refused, a button has it mended, or a form has what was typed: Slack keeps no command that was sent."""
    wanted = read_line(cleaned(sight.enquiry.words), sight)
    try:
        _must_be_readable(wanted)
        if wanted.missing:
            return form(wanted, sight)
        action = _checked(wanted, sight)
    except Refusal as refusal:
        if any(line.startswith("/action add") for _, line in refusal.asks):
            raise
        return form_again(wanted, sight, refusal, _may_be_private(sight))
    _doubt_a_second(action, sight)
    return _saved(action, sight)


def _must_be_readable(wanted: Wanted) -> None:
    if len(wanted.line) > MOST:
        raise Refusal(f"That is {len(wanted.line):,} characters, and I keep up to {MOST:,}. Nothing was saved.", field="wording")
    if wanted.why:
        raise Refusal(wanted.why, field="due")


def _may_be_private(sight: Sight) -> bool:
    """Whether what is added may be a private group's: nothing is then repeated in a notification."""
    said = f" {key(as_typed(sight.enquiry))} "
    named = any(f" {name} " in said for group in sight.groups if group.private for name in group.names)
    return named or sight.default_group().private


def reworded(enquiry: Enquiry, session: Session) -> Reply:
    """The form again, with what was typed in it."""
    sight = Sight.of(enquiry, session)
    try:
        wanted = answers(enquiry.fields) if enquiry.fields else read_line(cleaned(enquiry.words), sight)
    except Refusal:
        wanted = Wanted(enquiry.fields.get("wording", "") or cleaned(enquiry.words))
    return form(wanted, replace(sight, enquiry=replace(enquiry, fields={})), "Say it in other words.")


def _checked(wanted: Wanted, sight: Sight) -> Action:
    """The action, every rule looked at before anything is written."""
    session = sight.session
    group = _group(wanted, sight)
    owner = accountable(wanted.owner, session, lambda name: wanted.mend(wanted.owner, name))
    must_sit_on(group, owner, sight)
    helping = [supporter(each, session, lambda name, each=each: wanted.mend(each, name)) for each in wanted.supporters]  # type: ignore[misc]
    due = wanted.due or read_due(wanted.due_words, group, sight)
    doubt_the_past(due, sight)
    priority = priority_named(wanted.priority, session) if wanted.priority else None
    if wanted.priority and priority is None:
        raise unknown_tag(wanted.priority, wanted.line, sight)
    action = Action.raised(group, owner, wanted.wording, sight.person, sight.enquiry.at)
    action.due, action.supporters = due, _each_once(helping, owner)
    action.priority, action.priority_id = priority, priority.id if priority else None
    return action


def _group(wanted: Wanted, sight: Sight) -> Group:
    group = sight.group_named(wanted.group) if wanted.group else sight.default_group()
    if group is None:
        raise Refusal(f"I know no group {wanted.group!r}. You are on {listed([each.name for each in sight.groups])}.", field="group")
    if allowed("add", sight.parts_in(group.id)) != YES:
        raise Refusal(f"You are not on {group.name}, and add no actions to it.", field="group")
    return group


def _each_once(helping: Sequence[Supporter], owner: Person) -> list[Supporter]:
    """Nobody supports themselves, or twice."""
    unique = {each.person or each.agency: each for each in helping if each.person is not owner}
    return list(unique.values())


def _doubt_a_second(action: Action, sight: Sight) -> None:
    """Ask about what is in the plan already: the same words of the same owner in the same group, raised within a day and still open."""
    if TWICE in sight.enquiry.sure:
        return
    ref = sight.session.connection().scalar(
        ALIKE,
        {
            "mine": sight.session.info["partnership"],
            "group": action.group.id,
            "owner": action.owner.id,
            "since": sight.enquiry.at - LATELY,
            "said": " ".join(action.wording.split()),
        },
    )
    if ref:
        raise Doubt(TWICE, "It is in the plan already", f"{ref} already says this. Nothing was saved yet.", "Add it anyway")


def _saved(action: Action, sight: Sight) -> Reply:
    """Give it its reference, keep it with the first line of its history, and read it back."""
    session, enquiry = sight.session, sight.enquiry
    numbered(action, sight)
    write_action(action, session)
    Recording(enquiry, session, as_typed(enquiry)).added(action)
    if action.meeting:
        from commands.meetings.drafted import redrawn

        redrawn(action.group, action.meeting, sight)
    title = f"{action.ref} is added"
    return Reply(
        title,
        Facts(as_facts(action, sight)),
        not_told([action.owner], sight),
        press(*undo_of(action), ("Show", f"/action show {action.ref}"), ("Another", "/action add")),
        summary=discreet([action]) or f"{title}: {action.wording}",
        tells=tell([action.owner], f"{action.ref} is yours", action, sight, f"Due {action.due.said(action.group.name)}."),
    )


def numbered(action: Action, sight: Sight) -> None:
    """The next reference of its group's year, and the meeting it was raised at, where one is going on."""
    action.year = sight.today.year % 100
    action.number = next_number(action.group, action.year, sight.session)
    action.ref = ref_of(action.group, action.year, action.number)
    meeting = Calendar.of(action.group, sight.session).recorded(sight.now)
    action.meeting = meeting.on if meeting else None
