"""What a notification says of a refusal that is about a private group."""

from __future__ import annotations

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.sight import Sight
from models.base import Refusal
from models.near import key


def of_a_private_group(refusal: Refusal, enquiry: Enquiry, session: Session, writes: bool) -> str:
    """None of its words; empty where it is about no private group that is seen. `writes` is whether it would have changed something."""
    said = f" {key(refusal.words)} {key(enquiry.words)} "
    private = [group for group in Sight.of(enquiry, session).groups if group.private]
    about = any(f" {name} " in said for group in private for name in group.names)
    return ("Nothing was changed" if writes else "I cannot answer that") if about else ""
