"""A reply as plain data that can be kept, and made a reply again: what was answered outlives the process that answered."""

from __future__ import annotations

from typing import Any

from commands.reply import (
    Button,
    Buttons,
    Chart,
    Choice,
    Document,
    Facts,
    Field,
    Form,
    Heading,
    Note,
    Paper,
    Part,
    Reply,
    Section,
    Table,
    Tell,
)

Plain = dict[str, Any]


def frozen(reply: Reply) -> Plain:
    """Everything of a reply, those who are to be told included."""
    tells = [{"person_id": tell.person_id, "reply": frozen(tell.reply)} for tell in reply.tells]
    posted = ({"pinned": True} if reply.pinned else {}) | ({"over": list(reply.over)} if reply.over else {})
    return reply.as_json() | {"audience": reply.audience, "refused": reply.refused, "tells": tells} | posted


def thawed(plain: Plain) -> Reply:
    """The reply that was frozen."""
    tells = [Tell(each["person_id"], thawed(each["reply"])) for each in plain["tells"]]
    about = {name: plain[name] for name in ("summary", "audience", "refused", "pinned", "over") if name in plain}
    return Reply(plain["title"], *map(_part, plain["parts"]), **about, tells=tells)


def _part(plain: Plain) -> Part:
    kind, values = plain["type"], {name: value for name, value in plain.items() if name != "type"}
    return str(values["text"]) if kind == "text" else PARTS[kind](values)


def _buttons(values: list[Plain]) -> list[Button]:
    return [Button(**each) for each in values]


def _field(plain: Plain) -> Field:
    return Field(**{**plain, "options": [(value, label) for value, label in plain["options"]]})


def _paper(plain: Plain) -> Paper:
    sections = [Section(each["heading"], [_part(part) for part in each["parts"]]) for each in plain["sections"]]  # type: ignore[misc]
    return Paper(**{**plain, "about": [(label, value) for label, value in plain["about"]], "sections": sections})


PARTS: dict[str, Any] = {
    "heading": lambda v: Heading(**v),
    "facts": lambda v: Facts([(label, value) for label, value in v["facts"]]),
    "table": lambda v: Table(**v),
    "chart": lambda v: Chart(**{**v, "series": [(name, months) for name, months in v["series"]]}),
    "note": lambda v: Note(**v),
    "buttons": lambda v: Buttons(_buttons(v["buttons"])),
    "choice": lambda v: Choice(v["label"], _buttons(v["options"]), v["chosen"]),
    "form": lambda v: Form(**{**v, "fields": [_field(each) for each in v["fields"]]}),
    "document": lambda v: Document(v["name"], [Table(**each) for each in v["sheets"]], v.get("words", "")),
    "paper": _paper,
}
