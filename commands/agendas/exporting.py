"""An agenda as a Word document."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.agendas.composed import compose
from commands.agendas.which import Wanted, discreetly
from commands.plan.sight import Sight
from commands.reply import Reply
from commands.words import lasting

NOT_ALL_APPROVED = "With words that nobody has approved yet"


def export(enquiry: Enquiry, session: Session) -> Reply:
    """`export jag`: the agenda as it stands, on paper. Those who look at drafts get what nobody has looked at yet, too."""
    sight, words = Sight.of(enquiry, session), lasting(enquiry.words)
    wanted = Wanted.read(words, sight) if words else Wanted.next_of("", sight)
    sitting = wanted.sitting(whole=wanted.reviews)
    composed = compose(sitting)
    paper = composed.paper
    if wanted.reviews and not paper.standing and composed.sections != compose(replace(sitting, whole=False)).sections:
        paper = replace(paper, standing=NOT_ALL_APPROVED)
    return Reply(paper.title, paper, summary=discreetly(wanted.group, "agenda") or f"The agenda of {wanted.name}.")
