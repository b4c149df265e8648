"""The file that a part of a reply becomes: a workbook of tables, or a Word document of a paper."""

from __future__ import annotations

from commands.reply import Document, Paper


def filed(part: Document | Paper) -> tuple[str, bytes]:
    """(its name, its bytes)."""
    if isinstance(part, Paper):
        from bot.papers import word

        return part.file, word(part)
    from bot.documents import workbook

    return part.name, workbook(part)
