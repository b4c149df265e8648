"""What Slack takes of the elements that are pressed, chosen from and typed in, and where each may stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.workspace.blockchecks import Check, Fault, anything, boolean, both, kinds, listed, matching, one_of, string, thing, whole
from bot.workspace.blocktexts import OPTIONS, confirm, groups, listing, name, options, plain, rich_text, style, url

ELEMENTS, PICTURE, INPUT, SELECTED = 25, 2000, 3000, 100
DATE, TIME = matching(r"\d{4}-\d\d-\d\d", "a date, YYYY-MM-DD"), matching(r"\d\d:\d\d", "a time, HH:mm")

placeholder = plain(150)
dispatch = thing(trigger_actions_on=listed(one_of("on_enter_pressed", "on_character_entered"), 2))
typing: dict[str, Check] = {
    "action_id": name,
    "placeholder": placeholder,
    "dispatch_action_config": dispatch,
    "focus_on_load": boolean,
}
choosing: dict[str, Check] = {"action_id": name, "placeholder": placeholder, "confirm": confirm, "focus_on_load": boolean}
several: dict[str, Check] = {**choosing, "max_selected_items": whole(1, SELECTED)}
which: dict[str, Check] = {"default_to_current_conversation": boolean, "response_url_enabled": boolean, "filter": anything}
_file = thing(id=name, url=url)
_pressed: dict[str, Check] = {"url": url, "value": string(2000), "style": style, "accessibility_label": string(75)}


def pictured(value: Any, at: str) -> Iterator[Fault]:
    """A picture is at an address or a file in Slack, and not both."""
    if ("image_url" in value) == ("slack_file" in value):
        yield Fault(at, "missing required field: image_url")


def within(value: Any, at: str) -> Iterator[Fault]:
    """What an input holds to begin with is no longer than what it takes."""
    if len(value.get("initial_value", "")) > value.get("max_length", INPUT):
        yield Fault(f"{at}/initial_value", f"must be less than {value['max_length'] + 1} characters")
    if value.get("min_length", 0) > value.get("max_length", INPUT):
        yield Fault(f"{at}/min_length", "must be no more than max_length")


def _among(number: str, **more: Check) -> Check:
    """A list of options or of groups of them, from which one or several are chosen."""
    base = choosing if number == "initial_option" else several
    chosen: dict[str, Check] = {number: anything}
    return both(thing(None, options=options(OPTIONS), option_groups=groups, **base, **chosen, **more), listing)


def _ids(field: str, **more: Check) -> Check:
    many = field.endswith("s")
    initial = {field: listed(name, SELECTED) if many else name}
    return thing(None, **(several if many else choosing), **initial, **more)


def _ticked(field: str) -> Check:
    chosen: dict[str, Check] = {field: anything}
    may: dict[str, Check] = {"action_id": name, "confirm": confirm, "focus_on_load": boolean}
    return both(thing({"options": options(10, marked=True)}, **may, **chosen), listing)


PRESSED: dict[str, Check] = {
    "button": thing({"text": plain(75)}, action_id=name, confirm=confirm, **_pressed),
    "workflow_button": thing({"text": plain(75), "workflow": anything}, action_id=name, style=style, accessibility_label=string(75)),
    "overflow": thing({"options": options(5, links=True)}, action_id=name, confirm=confirm),
}
CHOSEN: dict[str, Check] = {
    "static_select": _among("initial_option"),
    "multi_static_select": _among("initial_options"),
    "external_select": thing(None, initial_option=anything, min_query_length=whole(0, 100), **choosing),
    "multi_external_select": thing(None, initial_options=anything, min_query_length=whole(0, 100), **several),
    "users_select": _ids("initial_user"),
    "multi_users_select": _ids("initial_users"),
    "conversations_select": _ids("initial_conversation", **which),
    "multi_conversations_select": _ids("initial_conversations", **which),
    "channels_select": _ids("initial_channel", response_url_enabled=boolean),
    "multi_channels_select": _ids("initial_channels"),
    "radio_buttons": _ticked("initial_option"),
    "checkboxes": _ticked("initial_options"),
    "datepicker": thing(None, initial_date=DATE, **choosing),
    "timepicker": thing(None, initial_time=TIME, timezone=name, **choosing),
}
MOMENT: dict[str, Check] = {
    "datetimepicker": thing(None, action_id=name, initial_date_time=whole(10**9, 10**10 - 1), confirm=confirm, focus_on_load=boolean)
}
RICH: dict[str, Check] = {"rich_text_input": thing(None, initial_value=kinds({"rich_text": rich_text}), **typing)}
TYPED: dict[str, Check] = {
    "plain_text_input": both(
        thing(
            None,
            multiline=boolean,
            min_length=whole(0, INPUT),
            max_length=whole(1, INPUT),
            initial_value=string(INPUT),
            **typing,
        ),
        within,
    ),
    "email_text_input": thing(None, initial_value=string(INPUT), **typing),
    "url_text_input": thing(None, initial_value=string(INPUT), **typing),
    "number_input": thing(
        {"is_decimal_allowed": boolean}, initial_value=string(INPUT), min_value=string(INPUT), max_value=string(INPUT), **typing
    ),
    "file_input": thing(None, action_id=name, filetypes=listed(name, 100), max_files=whole(1, 10)),
}
IMAGE: dict[str, Check] = {"image": both(thing({"alt_text": string(PICTURE)}, image_url=url, slack_file=_file), pictured)}
OPINIONS: dict[str, Check] = {
    "feedback_buttons": thing({"positive_button": anything, "negative_button": anything}, action_id=name),
    "icon_button": thing({"icon": name, "text": plain(75)}, action_id=name, **_pressed, confirm=confirm, visible_to_user_ids=anything),
}

in_actions = kinds({**PRESSED, **CHOSEN, **MOMENT, **RICH})
in_section = kinds({**PRESSED, **CHOSEN, **IMAGE})
in_input = kinds({**CHOSEN, **MOMENT, **RICH, **TYPED})
in_context_actions = kinds(OPINIONS)
