"""The Word document of an agenda as it has become since it was posted: it takes the place of the earlier one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from commands.agendas.composed import compose
from commands.agendas.posting import changed_since, title
from commands.agendas.sitting import Sitting
from commands.agendas.which import discreetly
from commands.reply import Paper, Reply, plainly

PAPER = "agenda-paper"
REVISION = "Revision"


def corrected(sitting: Sitting, last: Paper, since: datetime, number: int) -> Reply | None:
    """The paper as it is now, the `number`th after the first; None where it says what the last one says, which was drawn up at `since`."""
    fresh = compose(sitting).paper
    if _said(fresh) == _said(last):
        return None
    revision = (REVISION, f"{number}, of {sitting.now:%-d %B %Y, %H:%M}; it takes the place of the earlier paper")
    paper = replace(fresh, name=f"{fresh.name}-revision-{number}", about=[*fresh.about, revision])
    heading = f"Corrected paper: {title(sitting)}"
    return Reply(
        heading,
        "It takes the place of the earlier Word document.",
        "\n".join(f"- {each}" for each in changed_since(sitting, since)),
        _otherwise(fresh, last),
        paper,
        summary=discreetly(sitting.group, "corrected paper") or f"{heading}.",
    )


def _otherwise(fresh: Paper, last: Paper) -> str:
    """ "Items that differ: 4. Matters arising." Empty where it is only when and where."""
    had = [told for _, told in _items(last)]
    names = [f"{number}. {heading}" for number, (heading, told) in enumerate(_items(fresh), 1) if told not in had]
    return f"Items that differ: {'; '.join(names)}." if names else ""


def _said(paper: Paper) -> Any:
    """What a paper tells, apart from where its figures come from and how long ago that was."""
    plain = plainly(paper)
    about = [each for each in plain["about"] if each[0] != REVISION]
    return about, [told for _, told in _items(paper)]


def _items(paper: Paper) -> list[tuple[str, Any]]:
    """(heading, what it tells) of each item."""
    sections = plainly(paper)["sections"]
    return [(each["heading"], (each["heading"], [part for part in each["parts"] if part["type"] != "note"])) for each in sections]
