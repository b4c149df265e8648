"""Draws a form as one of Slack's modals, a reply as what takes its place, and reads what was typed in one."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

from bot.blockkit import draw
from bot.blocks import CHOICES, OPTION, Block, characters, clipped, context, pieces, plain_text, section, select
from bot.blocks import TEXT as SECTION
from commands.reply import Field, Form, Reply

View = dict[str, Any]
FORM, RESULT = "form", "result"  # callback ids
TITLE, LABEL, INPUT = 24, 2_000, 3_000
BLOCKS, CHARACTERS = 96, 100_000  # of a view; a little under what Slack takes
KEPT_OF_A_VIEW = ("type", "title", "blocks", "close", "submit", "private_metadata", "callback_id")
NOTICE = "notice-"  # how the block ids begin of what is said above a form that comes back
SHORT_ERROR = 300  # characters; what is longer is said above the form, where there is room
PLACE_FOR_REST = "The rest is in your direct messages with me."


def modal(title: str, blocks: Sequence[Block], **more: Any) -> View:
    """A view of its own. A title is no place for anybody's words."""
    return {"type": "modal", "title": plain_text(title, TITLE), "close": plain_text("Close", TITLE), "blocks": list(blocks), **more}


def loading() -> View:
    """What is seen until the form is there."""
    return modal("jagbot", [section(plain_text("One moment …", SECTION))])


def saving() -> View:
    """What is seen of a form whose outcome takes its time."""
    return modal("jagbot", [section(plain_text("Saving …", SECTION)), context("You can close this: you will be told by direct message.")])


def form_view(reply: Reply, metadata: str) -> View:
    """The form of a reply, what else it says above it."""
    form = reply.form or Form(reply.title, "", ())
    title = form.title if len(form.title) <= TITLE else "jagbot"
    above = Reply(form.title, *(part for part in reply.parts if part is not form))
    said = _numbered(_drawn(above)[0 if title == "jagbot" else 1 :], "said-")
    inputs = [block for each in form.fields for block in _input(each)]
    more = {"submit": plain_text(form.submit, TITLE), "callback_id": FORM, "private_metadata": metadata}
    return modal(title, [*_fitting(said, BLOCKS - len(inputs))[0], *inputs], **more)


def result_view(reply: Reply) -> tuple[View, bool]:
    """(a reply in the place of a form, whether all of it is there)."""
    blocks, whole = _fitting(_drawn(reply), BLOCKS)
    return modal("jagbot", _numbered(blocks, "part-"), callback_id=RESULT), whole


def again(view: View, reply: Reply) -> View:
    """A form as Slack gave it back, with what was typed, and what is wrong with it on top."""
    inputs = [_with_typed(block, view) for block in view["blocks"] if not _is_notice(block)]
    notice = _fitting(_numbered(_drawn(reply), NOTICE), BLOCKS - len(inputs))[0]
    return {name: view[name] for name in KEPT_OF_A_VIEW if view.get(name)} | {"blocks": [*notice, *inputs]}


def has_notice(view: View) -> bool:
    """Whether something is said above a form of what was sent before."""
    return any(_is_notice(block) for block in view["blocks"])


def _is_notice(block: Block) -> bool:
    return str(block.get("block_id", "")).startswith(NOTICE)


def typed(view: View) -> dict[str, str]:
    """What was typed or chosen in a form, by the names of its fields. Slack gives option values back escaped."""
    state = view.get("state", {}).get("values", {})
    return {block: _value(element) for block, elements in state.items() for element in elements.values()}


def typed_form(view: View, asks: str) -> Form:
    """A form as Slack gave it back, as a part of a reply."""
    values = typed(view)
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    fields = [Field(b["block_id"], b["label"]["text"], values.get(b["block_id"], ""), optional=b.get("optional", False)) for b in inputs]
    return Form(view["title"]["text"], asks, fields)


def first_input(view: View) -> str:
    """The block id of a form's first field."""
    return next((str(block["block_id"]) for block in view["blocks"] if block["type"] == "input"), "")


def prefilled(form: Form, values: Mapping[str, str], over: bool = True) -> Form:
    """The form with what was typed before, where that goes `over` what the form says itself."""
    fields = [_filled(each, values[each.name]) if values.get(each.name) and (over or not each.value) else each for each in form.fields]
    return Form(form.title, form.asks, fields, form.submit)


def with_form(reply: Reply, form: Form) -> Reply:
    """The reply with another form in the place of its own."""
    return reply.but(parts=tuple(form if isinstance(part, Form) else part for part in reply.parts))


def _filled(field: Field, value: str) -> Field:
    return Field(field.name, field.label, value, field.options, field.hint, field.long, field.optional)


def _value(element: Mapping[str, Any]) -> str:
    chosen = element.get("selected_option")
    return html.unescape(chosen["value"]) if chosen else element.get("value") or ""


def _input(field: Field) -> Iterator[Block]:
    """A field's block; what is too long for it is said below, and never cut."""
    element, hint = _select(field) if _selectable(field) else _text(field)
    block = {"type": "input", "block_id": field.name, "label": plain_text(field.label, LABEL), "optional": field.optional}
    yield block | {"element": element} | ({"hint": plain_text(hint, LABEL)} if hint else {})
    if len(field.value) > INPUT:
        yield context(f"{field.label} takes {INPUT:,} characters of your {len(field.value):,}. These are left over:")
        yield from (section(plain_text(piece, SECTION)) for piece in pieces(field.value[INPUT:], SECTION))


def _selectable(field: Field) -> bool:
    short = all(value and len(value) <= OPTION and label.strip() and len(label) <= OPTION for value, label in field.options)
    return 0 < len(field.options) <= CHOICES and short


def _select(field: Field) -> tuple[Block, str]:
    """(a list to choose from, the hint): what was typed and is not in it stands in the hint."""
    wanted = field.value.casefold()
    chosen = next((at for at, each in enumerate(field.options) if wanted and wanted in map(str.casefold, each)), None)
    hint = f"You wrote “{clipped(field.value, OPTION)}”. {field.hint}".strip() if wanted and chosen is None else field.hint
    return select([(label, value) for value, label in field.options], chosen) | {"action_id": _named_for(field.value)}, hint


def _text(field: Field) -> tuple[Block, str]:
    element = {"type": "plain_text_input", "action_id": _named_for(field.value), "multiline": field.long, "max_length": INPUT}
    begins = field.value[:INPUT]
    return element | ({"initial_value": begins} if begins.strip() else {}), field.hint  # Slack takes none that is blank


def _named_for(value: str) -> str:
    """An action id. Where a view takes another's place Slack keeps what was typed under the same ids, also over a value of ours."""
    return f"value-{crc32(value.encode()):x}"


def _with_typed(block: Block, view: View) -> Block:
    if block["type"] != "input":
        return block
    value = typed(view).get(block["block_id"], "")
    element = {name: each for name, each in block["element"].items() if name not in ("initial_value", "initial_option")}
    if element["type"] == "static_select":
        chosen = next((option for option in element["options"] if html.unescape(option["value"]) == value), None)
        return block | {"element": element | ({"initial_option": chosen} if chosen else {})}
    return block | {"element": element | ({"initial_value": value} if value.strip() else {})}


def _drawn(reply: Reply) -> list[Block]:
    """A reply's blocks: no table of Slack's own goes into a view."""
    return [block for message in draw(reply, plain=True)[0] for block in message["blocks"]]


def _numbered(blocks: Sequence[Block], name: str) -> list[Block]:
    return [{**block, "block_id": f"{name}{number}"} for number, block in enumerate(blocks)]


def _fitting(blocks: Sequence[Block], most: int) -> tuple[list[Block], bool]:
    """(as many blocks as fit, whether that is all of them); where it is not, they say where the rest is."""
    size, kept = 0, list[Block]()
    for block in blocks:
        size += characters(block)
        if len(kept) == most or size > CHARACTERS:
            return [*kept[: most - 1], context(PLACE_FOR_REST) | {"block_id": f"{NOTICE}rest"}], False
        kept.append(block)
    return kept, True
