"""A group's template: shown, set, and put back to the usual one."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.agendas.naming import beginning, known, no_group
from commands.agendas.template import BLOCKS, INLINE, Template
from commands.agendas.usual import usual
from commands.agendas.which import discreetly
from commands.permissions import YES, allowed
from commands.plan.kept import look_for_a_person
from commands.plan.recording import as_typed
from commands.plan.sight import Sight
from commands.reply import Facts, Field, Form, Note, Reply, press
from commands.words import MOST, visible
from models.base import Refusal
from models.groups import Group

USUAL = re.compile(r"^\W*(?:the\s+)?(?:usual|default|restore|reset)(?:\s+one)?\W*$", re.I)
WITHIN = f"Within a line: {', '.join(f'{{{name}}}' for name in INLINE)}. ## begins a heading, # the title. Up to {MOST:,} characters."
MARKDOWN = re.compile(r"^\s*[#{]")
CHANGE = re.compile(r"^\W*(?:change|edit|set)\W*$", re.I)


def template(enquiry: Enquiry, session: Session) -> Reply:
    """`template jag`: what its agendas are made from. Markdown below it, or from the form, sets it; `template jag usual` restores."""
    sight = Sight.of(enquiry, session)
    first, _, below = enquiry.words.strip().partition("\n")
    group, rest = beginning(first, sight)
    if group is None and not (known(rest) or USUAL.match(rest) or CHANGE.match(rest) or MARKDOWN.match(rest)):
        raise no_group(rest, sight, "/agenda template {group}")
    group = group or sight.default_group()
    said = enquiry.fields.get("template", "") or (f"{rest}\n{below}" if below.strip() else "")
    if USUAL.match(rest) and not said:
        return _set(group, "", sight)
    if said.strip():
        look_for_a_person(as_typed(enquiry), sight)
        return _set(group, visible(said).strip() + "\n", sight)
    return _form(group) if CHANGE.match(rest) and _may(group, sight) else _shown(group, sight)


def _may(group: Group, sight: Sight) -> bool:
    return allowed("review agendas", sight.parts_in(group.id)) == YES


def _set(group: Group, text: str, sight: Sight) -> Reply:
    if not _may(group, sight):
        raise Refusal(f"The chair, the deputy chair and the coordinator of {group.name} set its template. Ask one of them.")
    made = Template.read(text or usual(group.key))
    group.template = "" if text.strip() == usual(group.key).strip() else text
    sight.session.flush()
    title = f"{group.name}'s template is set" if group.template else f"{group.name}'s template is the usual one"
    items = "\n".join(f"{number}. {heading}" for number, (heading, _) in enumerate(made.sections, 1))
    return Reply(title, items, press(*_asks(group, sight), ("The agenda", f"/agenda {group.key}")), summary=_summary(group, title))


def _shown(group: Group, sight: Sight) -> Reply:
    title = f"{group.name}'s template"
    return Reply(
        title,
        group.template or usual(group.key),
        Note("It is this group's own." if group.template else "It is the usual one."),
        press(*_asks(group, sight)),
        Facts([(f"{{{name}}}", about) for name, about in BLOCKS.items()]),
        Note(WITHIN),
        summary=_summary(group, title),
    )


def _form(group: Group) -> Reply:
    field = Field("template", "Markdown, with {placeholders} on lines of their own", group.template or usual(group.key), long=True)
    title = f"{group.name}'s template"
    return Reply(title, Form("Template", f"/agenda template {group.key} change", [field]), summary=_summary(group, title))


def _asks(group: Group, sight: Sight) -> list[tuple[str, str]]:
    if not _may(group, sight):
        return []
    usual_ = [("The usual one", f"/agenda template {group.key} usual")] if group.template else []
    return [("Change it", f"/agenda template {group.key} change"), *usual_]


def _summary(group: Group, title: str) -> str:
    return discreetly(group, "template") or title
