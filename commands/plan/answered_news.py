"""The message that asked somebody for news, as it is once some of it has been answered: it can be answered otherwise until the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.plan.answers import not_asked_any_more
from commands.plan.asking_news import Wanted, answers, choices, rest, to_ask
from commands.reply import Buttons, Reply, counted
from commands.words import listed
from models.addressed import Asked
from models.people import Person


def answered(person: Person, wanted: Sequence[Wanted], now: datetime) -> Reply:
    """What they were asked, with what was said of each; `now` is local."""
    coming = [one for one in wanted if one.begins > now]
    awaited = [each for one in wanted for each in _awaited(one, person)]
    news = [each for each in awaited if each.of is not None]
    total = len(awaited) + sum(len(_heard(one)) for one in wanted)
    title = f"{total - len(awaited)} of {counted(total, 'action')} answered"
    for_ = listed([one.name for one in wanted])
    return Reply(
        f"{title} for {for_}",
        _how_far(len(awaited), coming, for_),
        *choices(person, wanted, now.date()),
        rest(sum(len(one.news) for one in wanted)),
        Buttons(list(answers(person, news if coming else (), total > len(awaited)))) if any(one.news for one in wanted) else None,
        *(part for one in wanted for part in to_ask(one)),
        summary=title if any(one.meeting.group.private for one in wanted) else f"{title} for {for_}",
    )


def _how_far(awaited: int, coming: Sequence[Wanted], for_: str) -> str:
    """How many are still awaited, and until when what was said can be changed."""
    if not coming:
        return f"{for_} has begun: what is said now is marked late."
    until = f"until the meeting of {listed([one.name for one in coming])}"
    return f"{awaited} still awaited; answers can be changed {until}." if awaited else f"All is answered; you can change it {until}."


def _heard(one: Wanted) -> list[Asked]:
    return [each for each in (*one.news, *one.to_ask) if each.action.id in one.said]


def _awaited(one: Wanted, person: Person) -> list[Asked]:
    """What nobody has answered and somebody still can."""
    silent = [each for each in (*one.news, *one.to_ask) if each.action.id not in one.said]
    return [each for each in silent if each.action.open and not not_asked_any_more(each, person)]
