"""Our bot with one more command, which works for four seconds: what `jagbot` would be if its answers were slow."""

from __future__ import annotations

import sys
import time

from sqlalchemy.orm import Session

from bot.__main__ import main
from commands import Enquiry, command
from commands.reply import Reply

WORK = 4.0


@command("/slow")
def slow(_enquiry: Enquiry, _session: Session) -> Reply:
    """Work for four seconds."""
    time.sleep(WORK)
    return Reply("Slow", "Done.")


if __name__ == "__main__":
    sys.exit(main(["run", *sys.argv[1:]]))
