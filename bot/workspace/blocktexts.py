"""What Slack takes of texts, options, confirmations and rich text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.workspace.blockchecks import Check, Fault, anything, boolean, kinds, listed, one_of, string, thing

ID, URL = 255, 3000
OPTIONS, OPTION = 100, 75

name = string(ID)
url = string(URL)


def plain(most: int) -> Check:
    """A plain_text object."""
    return kinds({"plain_text": thing({"text": string(most)}, emoji=boolean)})


def text(most: int) -> Check:
    """A text object of either kind."""
    return kinds({"plain_text": thing({"text": string(most)}, emoji=boolean), "mrkdwn": thing({"text": string(most)}, verbatim=boolean)})


style = one_of("primary", "danger")
confirm = thing({"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)}, style=style)


def options(most: int, marked: bool = False, links: bool = False) -> Check:
    """Options to choose from: `marked` where mrkdwn is taken, `links` where each may have an address."""
    words = text if marked else plain
    more = {"url": url} if links else {}
    return listed(thing({"text": words(OPTION), "value": string(OPTION)}, description=words(OPTION), **more), most)


groups = listed(thing({"label": plain(OPTION), "options": options(OPTIONS)}), OPTIONS)


def listing(value: Any, at: str) -> Iterator[Fault]:
    """A list to choose from has options or groups of them, and not both; what is chosen to begin with is among them."""
    if ("options" in value) == ("option_groups" in value):
        yield Fault(at, "missing required field: options" if "options" not in value else "only one of options and option_groups is allowed")
        return
    inside = [option for group in value.get("option_groups", []) for option in group["options"]]
    there = value.get("options", inside)
    chosen = [value["initial_option"]] if "initial_option" in value else value.get("initial_options", [])
    if any(each not in there for each in chosen):
        yield Fault(f"{at}/initial_option", "must be one of the options provided")


# Rich text: what it is made of is told apart by type; what each holds is left as it stands.

_run = {"type": one_of("text", "link", "user", "channel", "emoji", "usergroup", "team", "broadcast", "date", "color")}
_held = "text style url unsafe user_id channel_id usergroup_id team_id name unicode skin_tone range timestamp format fallback value"
_runs = listed(thing(_run, **dict.fromkeys(_held.split(), anything)), 5000, 0)
_more = dict.fromkeys(("style", "indent", "offset", "border", "language"), anything)
_section = thing({"elements": _runs})
rich_text = thing(
    {
        "elements": listed(
            kinds(
                {
                    "rich_text_section": _section,
                    "rich_text_preformatted": thing({"elements": _runs}, **_more),
                    "rich_text_quote": thing({"elements": _runs}, **_more),
                    "rich_text_list": thing({"elements": listed(kinds({"rich_text_section": _section}), 1000)}, **_more),
                }
            ),
            1000,
        )
    },
    block_id=name,
)
