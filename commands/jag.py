"""/jag"""

from __future__ import annotations

from sqlalchemy.orm import Session

from commands import Enquiry, all_commands, command
from commands.reply import Note, Reply


@command("/jag", "/jag help hotspots", "/jag me", "/jag hotspots asb", usage="[help command | me | any command]")
def jag(enquiry: Enquiry, session: Session) -> Reply:
    """Help, with examples; and every other command under one name."""
    return Reply("x", Note(str(list(all_commands()))))
