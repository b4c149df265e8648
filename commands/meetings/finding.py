"""Finding words in decisions and in minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from commands.meetings.written import read, text_of
from commands.plan.searching import Found, first_with, may_have
from commands.plan.sight import Sight
from models.agendas import AGREED, Decision, Minutes
from models.meetings import Meeting

ELSEWHERE = ("Decisions", "Actions raised")  # sections of a draft whose words are found where they come from


def decisions(terms: Sequence[str], sight: Sight) -> Iterator[Found]:
    """In what was decided."""
    query = select(Decision).join(Meeting, Meeting.id == Decision.meeting_id).options(joinedload(Decision.meeting))
    seen = Meeting.group_id.in_(sight.group_ids), ~Decision.withdrawn
    for each in sight.session.scalars(query.where(*seen, may_have(terms, [Decision.words]))):
        if found := first_with(terms, {"words": each.words}):
            yield _found(each.meeting, f"decision {each.number}", found[1], each.at, "decided", sight)


def minutes(terms: Sequence[str], sight: Sight) -> Iterator[Found]:
    """In minutes, line by line."""
    query = select(Minutes).join(Meeting, Meeting.id == Minutes.meeting_id).options(joinedload(Minutes.meeting))
    for each in sight.session.scalars(query.where(Meeting.group_id.in_(sight.group_ids), may_have(terms, [Minutes.body]))):
        state = "agreed" if each.state == AGREED else "draft"
        for number, section in enumerate(read(each.body), 1):
            if section.heading in ELSEWHERE and each.by_id is None:
                continue
            for line in text_of(section).splitlines():
                if found := first_with(terms, {"line": line}):
                    yield _found(each.meeting, f"minutes, {number}. {section.heading}", found[1], each.at, state, sight)


def words_seen(sight: Sight) -> Sequence[str]:
    """The words of the decisions that are seen."""
    query = select(Decision.words).join(Meeting, Meeting.id == Decision.meeting_id)
    return sight.session.scalars(query.where(Meeting.group_id.in_(sight.group_ids), ~Decision.withdrawn)).all()


def _found(meeting: Meeting, where: str, snippet: str, at: datetime, status: str, sight: Sight) -> Found:
    group, day = meeting.group, meeting.begins.astimezone(sight.now.tzinfo)
    name = f"{group.name}, {day:%-d %b %Y}"
    asks = f"/meeting minutes {group.key} {day:%Y-%m-%d %H.%M}" if where.startswith("minutes") else f"/meeting decisions {group.key}"
    shows = (f"{where.partition(',')[0].split(' ')[0].capitalize()}: {name}", asks)
    about = "Minutes" if where.startswith("minutes") else "Decision"
    return Found(0, name, where, snippet, False, at, about, status, shows, group.name if group.private else "")
