"""The Home tab: my own page, and on top of it what came of the last thing pressed there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blockkit import draw
from bot.blocks import Block, context
from commands.reply import Reply

BLOCKS = 98  # of a view; a little under what Slack takes
NEWS = 40  # of them for what was pressed; what is longer goes into a message
MORE = "There is more than fits here. Write me /jag me to see all of it."


def home_view(mine: Reply, news: Reply | None = None) -> tuple[dict[str, Any], bool]:
    """(the tab, whether the whole of the news is in it). My own page is all there below the news, as far as a view goes."""
    above = _drawn(news) if news else []
    whole = len(above) <= NEWS
    if news and not whole:
        above = _drawn(Reply(news.title, news.summary, "All of it is in your direct messages with me."))
    blocks = [*above, *([{"type": "divider"}] if above else []), *_drawn(mine)]
    if len(blocks) > BLOCKS:
        blocks = [*blocks[: BLOCKS - 1], context(MORE)]
    return {"type": "home", "blocks": [{**block, "block_id": f"part-{number}"} for number, block in enumerate(blocks)]}, whole


def _drawn(reply: Reply) -> Sequence[Block]:
    return [block for message in draw(reply, plain=True)[0] for block in message["blocks"]]
