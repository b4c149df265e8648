"""Adding an action: what to do, who is accountable, by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import YES, allowed
from commands.plan.kept import look_for_a_person
from commands.plan.naming import accountable, must_sit_on, supporter
from commands.plan.recording import Recording
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts, not_told, tell, undo_of
from commands.plan.when import doubt_the_past, due_beginning, read_due
from commands.reply import Facts, Field, Form, Note, Reply, press
from commands.words import lasting, listed, unlinked
from models.actions import Action, next_number, ref_of
from models.base import Refusal
from models.due import Due
from models.groups import Group
from models.near import key, nearest
from models.people import Person
from models.priorities import Priority
from models.sources.log.lines import is_list
from models.vocabulary import Vocabulary

EXAMPLE = "/action add Fit alley gates behind the shops @housing-officer due fri #asb"
PERSON = re.compile(r"(?<![\w@])@([\w][\w.'-]*[\w]|\w)")
HASH = re.compile(r"(?<![\w&#])#([A-Za-z][\w'-]*)")
JOINED = re.compile(r"\s+(?:with|and|supported by|owner:?|lead:?|for|by|from|to)(?=\s*(?:$|[,;.]))", re.I)
DUE = re.compile(r"\b(?:due(?: date)?|deadline|by|before|until|till?)\b[:\s]", re.I)
FIRM = re.compile(r"\b(?:due(?: date)?|deadline)\b[:\s]", re.I)
LAST = re.compile(
    r"(?<!\bnext)(?<!\bby)(?<!\bdue)(?<!\bbefore)(?<!\buntil)(?<!\bthe)[\s,;(]+(?:for\s+|in\s+)?([A-Za-z]{3,12})\)?[\s.]*$", re.I
)
GROUP = re.compile(r"^\s*(?:for\s+)?([A-Za-z]{3,12})\s*:\s+|\bgroup\s+([A-Za-z]{3,12})\b", re.I)
ENDS = re.compile(
    r"\d|\b(?:mon|tue|wed|thu|fri|sat|sun)|\b(?:ongoing|on-going|tomorrow|today|week|month|meeting|mtg|fortnight)$|^next\b", re.I
)
PICKED = 100  # how many people a form lists to pick from
HINT = "12 Dec, fri, end of month, next JAG or ongoing"


@dataclass(frozen=True)
class Wanted:
    """An action as asked for, its parts still words: what is missing is empty."""

    wording: str = ""
    owner: str = ""
    supporters: tuple[str, ...] = ()
    priority: str = ""
    group: str = ""
    due: Due | None = None
    due_words: str = ""
    line: str = field(default="", compare=False)

    def mend(self, typed: str, name: str) -> str:
        """The line with a name mended."""
        return "/action add " + (self.line.replace(f"@{typed}", f"@{name}", 1) if self.line else f"@{name}")


def add(enquiry: Enquiry, session: Session) -> Reply:
    """Add an action, or a pasted list; or ask for the words that are missing."""
    if not enquiry.fields and is_list(enquiry.words):
        from commands.plan.drafting import from_paste

        return from_paste(enquiry, session)
    sight = Sight.of(enquiry, session)
    wanted = _filled(enquiry) if enquiry.fields else _read(lasting(enquiry.words), sight)
    if not (wanted.wording and wanted.owner and (wanted.due or wanted.due_words)):
        return form(wanted, sight, _missing(wanted))
    return _saved(_checked(wanted, sight), sight)


def _read(line: str, sight: Sight) -> Wanted:
    """Take a line apart: @people, #priority or #group, a group before a colon, and when it is due; the rest is the action."""
    text, group, priority = _tagged(line, sight)
    people = PERSON.findall(text)
    text = PERSON.sub(" ", text)
    text, due = _dated(text, group or sight.default_group(), sight)
    wording = _tidied(text)
    return Wanted(wording, people[0] if people else "", tuple(people[1:]), priority, group.key if group else "", due, line=line)


def _tagged(line: str, sight: Sight) -> tuple[str, Group | None, str]:
    """(the line without its tags, the group, the priority's key). A tag nobody knows is asked about."""
    group, priority = None, ""
    if found := GROUP.search(line):
        group = sight.group_named(found[1] or found[2])
        line = line.replace(found[0], " ", 1) if group else line
    if group is None and (found := LAST.search(line)) and (group := sight.group_named(found[1])):
        line = line[: found.start()]  # said at the end: it must not land where more people see it
    for tag in HASH.findall(line):
        if named := priority_named(tag, sight.session):
            priority = named.key
        elif seen := sight.group_named(tag):
            group = seen
        else:
            raise _unknown_tag(tag, line, sight)
        line = re.sub(rf"(?:\bfor\s+|\bin\s+)?#{re.escape(tag)}\b", " ", line, count=1, flags=re.I)
    return line, group, priority


def priority_named(words: str, session: Session) -> Priority | None:
    """The priority these words mean, by its names or by those of its measures."""
    vocabulary = Vocabulary.of(session)
    for meaning in vocabulary.phrases.get(key(words), ()):
        if meaning.kind == "priority":
            return vocabulary.priorities[meaning.id]
        if meaning.kind == "measure" and (owner := vocabulary.measures[meaning.id].priority_id):
            return vocabulary.priorities[owner]
    return None


def _unknown_tag(tag: str, line: str, sight: Sight) -> Refusal:
    known = [p.key for p in Vocabulary.of(sight.session).priorities.values()]
    near = nearest(tag.lower(), [*known, *(group.key for group in sight.groups)])
    hint = f"Did you mean {listed([f'#{each}' for each in near], 'or')}?" if near else f"I know {listed([f'#{each}' for each in known])}."
    return Refusal(
        f"I don't know #{tag}. {hint}",
        *((f"#{each}", f"/action add {line.replace(f'#{tag}', f'#{each}', 1)}") for each in near),
        ("Leave it out", f"/action add {line.replace(f'#{tag}', '', 1)}"),
        field="priority",
    )


def _dated(text: str, group: Group, sight: Sight) -> tuple[str, Due | None]:
    """(the text without its due date, the due date): introduced by "due" or "by", or standing at the end."""
    for found in reversed(list(DUE.finditer(text))):
        firm = bool(FIRM.match(found[0]))
        begun = due_beginning(text[found.start() :], group, sight)
        if begun:
            return f"{text[: found.start()]} {begun[1]}", begun[0]
        if firm:
            return text[: found.start()], read_due(text[found.start() :], group, sight)
    return _at_the_end(text, group, sight)


def _at_the_end(text: str, group: Group, sight: Sight) -> tuple[str, Due | None]:
    """A date, a weekday, the next meeting or "ongoing" that ends the text without a word before it."""
    words = text.split()
    for number in range(min(4, len(words) - 1), 0, -1):
        last = " ".join(words[-number:])
        if ENDS.search(last) and (begun := due_beginning(last, group, sight)) and not begun[1].strip(" .,;"):
            return text[: text.rfind(words[-number])] if number == 1 else _without(text, words[-number:]), begun[0]
    return text, None


def _without(text: str, last: Sequence[str]) -> str:
    return re.sub(r"\s+".join(map(re.escape, last)) + r"\s*$", "", text)


def _tidied(text: str) -> str:
    """What is left to do, without the joints that people and dates left behind."""
    text = re.sub(r"[ \t]+", " ", text)
    while (shorter := JOINED.sub("", text).strip(" ,;-")) != text:
        text = shorter
    return text.strip()


def _filled(enquiry: Enquiry) -> Wanted:
    """A form's answers."""
    said = {name: lasting(value) for name, value in enquiry.fields.items()}
    people = re.split(r"\s*(?:[,;/\n]|\band\b)\s*", said.get("supporters", ""))
    return Wanted(
        said.get("wording", ""),
        said.get("owner", "").lstrip("@"),
        tuple(person.lstrip("@") for person in people if person.strip()),
        said.get("priority", ""),
        said.get("group", ""),
        due_words=said.get("due", ""),
    )


def _missing(wanted: Wanted) -> list[str]:
    asked = (("wording", "what is to be done"), ("owner", "who is accountable"), ("due", "when it is due"))
    have = {"wording": wanted.wording, "owner": wanted.owner, "due": wanted.due or wanted.due_words}
    return [said for name, said in asked if not have[name]]


def reworded(enquiry: Enquiry, session: Session) -> Reply:
    """The form again, with what was typed in it."""
    sight = Sight.of(enquiry, session)
    wanted = _filled(enquiry) if enquiry.fields else _read(lasting(enquiry.words), sight)
    return form(wanted, replace(sight, enquiry=replace(enquiry, fields={})), ["it in other words"])


def form(wanted: Wanted, sight: Sight, missing: Sequence[str]) -> Reply:
    """Ask for what is missing, with all that is known filled in."""
    if sight.enquiry.fields and missing:
        names = {"what is to be done": "wording", "who is accountable": "owner", "when it is due": "due"}
        raise Refusal(f"It still has to be said {listed(missing)}.", field=names[missing[0]])
    people = list(sight.session.scalars(select(Person).order_by(Person.handle).limit(PICKED + 1)))
    picked = [(p.handle, f"{p.handle}, {p.role}") for p in people] if len(people) <= PICKED else []
    due = wanted.due_words or (wanted.due.said(sight.default_group().name) if wanted.due else "")
    priorities = [(p.key, p.name) for p in Vocabulary.of(sight.session).priorities.values()]
    groups = [(group.key, group.name) for group in sight.groups]
    fields = [
        Field("wording", "What is to be done", wanted.wording, long=True),
        Field("owner", "Who is accountable", _handle(wanted.owner, people), picked, "one person"),
        Field("due", "When is it due", due, hint=HINT),
        Field("supporters", "Who supports them", ", ".join(wanted.supporters), hint="people or agencies, with commas", optional=True),
        Field("priority", "Priority", wanted.priority, priorities, optional=True),
    ]
    if len(groups) > 1:
        fields.append(Field("group", "Group", wanted.group or sight.default_group().key, groups))
    return Reply(
        "Add an action",
        f"Still to be said: {listed(missing)}." if wanted.line else None,
        Form("Add an action", "/action add", fields),
        Note(f"In one line: {EXAMPLE}"),
        summary="Add an action",
    )


def _handle(owner: str, people: Sequence[Person]) -> str:
    return next((p.handle for p in people if owner and (p.handle == owner.lower() or p.slack_user == owner.upper())), "")


def _checked(wanted: Wanted, sight: Sight) -> Action:
    """The action, every rule looked at before anything is written."""
    session = sight.session
    group = sight.group_named(wanted.group) if wanted.group else sight.default_group()
    if group is None:
        raise Refusal(f"I know no group {wanted.group!r}. You are on {listed([each.name for each in sight.groups])}.", field="group")
    if allowed("add", sight.parts_in(group.id)) != YES:
        raise Refusal(f"You are not on {group.name}, and add no actions to it.", field="group")
    owner = accountable(wanted.owner, session, lambda name: wanted.mend(wanted.owner, name))
    must_sit_on(group, owner, session)
    helping = [supporter(each, session, lambda name, each=each: wanted.mend(each, name)) for each in wanted.supporters]  # type: ignore[misc]
    due = wanted.due or read_due(wanted.due_words, group, sight)
    doubt_the_past(due, sight)
    look_for_a_person(wanted.wording, sight)
    priority = priority_named(wanted.priority, session) if wanted.priority else None
    if wanted.priority and priority is None:
        raise _unknown_tag(wanted.priority, wanted.line, sight)
    action = Action(group=group, owner=owner, wording=wanted.wording, raised_by=sight.person, raised_at=sight.enquiry.at)
    action.due, action.priority_id, action.supporters = due, priority.id if priority else None, helping
    return action


def _saved(action: Action, sight: Sight) -> Reply:
    """Give it its reference, keep it with the first line of its history, and read it back."""
    session, enquiry = sight.session, sight.enquiry
    numbered(action, sight)
    session.add(action)
    session.flush()
    Recording(enquiry, session, as_typed(enquiry)).added(action)
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
    action.meeting = action.group.meeting_at(sight.now)


def as_typed(enquiry: Enquiry) -> str:
    """The words as typed, for the history: the line, or a form's answers."""
    if not enquiry.fields:
        return unlinked(enquiry.words).strip()
    return "\n".join(f"{name}: {value}" for name, value in enquiry.fields.items() if value.strip())
