"""Cuts the blocks of a reply into messages within Slack's limits, at places where a reader would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.blocks import Block, characters

BLOCKS, CHARACTERS, TABLES, CHARTS = 48, 12_000, 1, 2  # a message; a little under what Slack takes
FEW = 4  # blocks from a heading on that go along with what stands below them


def cut_up(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks cut into messages: by number, characters, tables and charts."""
    kept: list[Block] = []
    size = 0
    for block in blocks:
        more = characters(block)
        kinds = [each["type"] for each in (*kept, block)]
        too_big = size + more > CHARACTERS or len(kinds) > BLOCKS
        if kept and (too_big or kinds.count("table") > TABLES or kinds.count("data_visualization") > CHARTS):
            end = _goes_along(kept, more)
            yield kept[:end]
            kept, size = kept[end:], characters(kept[end:])
        kept.append(block)
        size += more
    yield kept


def _goes_along(kept: Sequence[Block], more: int) -> int:
    """Where a message ends, so that a heading and the few words below it, or a table's title, stand with what they are above."""
    heads = [number for number, block in enumerate(kept) if block["type"] == "header"]
    last = heads[-1] if heads else 0
    if last and len(kept) - last <= FEW and characters(kept[last:]) + more <= CHARACTERS and not _drawn(kept[last:]):
        return last
    return len(kept) - 1 if len(kept) > 1 and _is_title(kept[-1]) else len(kept)


def _drawn(blocks: Sequence[Block]) -> bool:
    return any(block["type"] in ("table", "data_visualization") for block in blocks)


def _is_title(block: Block) -> bool:
    said = str(block.get("text", {}).get("text", "")) if block["type"] == "section" else ""
    return said.startswith("*") and said.endswith("*") and "\n" not in said and "*" not in said[1:-1]
