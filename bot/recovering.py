"""Takes up again what was heard and never answered, and gives back what could not be stored or done."""

from __future__ import annotations

import logging

from bot.answering import Answering
from bot.asking import CarriedOut, Outcome
from bot.blockkit import draw
from bot.blocks import VALUE
from bot.forms import result_view
from bot.lines import Line
from bot.saying import typed_again
from bot.taking_up import LeftBehind
from bot.traced import traced
from commands.reply import Facts, Reply, press

log = logging.getLogger("jagbot")

ATTEMPTS = 3  # at carrying out a line that was left behind
SAYINGS = 30  # attempts at saying what was carried out: half an hour
NOT_KEPT = "I cannot save just now. Nothing was done, and nothing is lost. Send it again in a minute."
GIVEN_UP = "I tried again and again, and it broke each time. Nothing was saved. Tell the coordinator."


class Recovering:
    """What becomes of lines that were not answered at once."""

    def __init__(self, answering: Answering) -> None:
        self.answering, self.speaking, self.taking_up = answering, answering.speaking, answering.taking_up

    def again(self, left: LeftBehind) -> None:
        """Carry out what was left behind, or say what was; in the end give it back to who asked."""
        line = left.line
        try:
            if left.reply:
                self.answering.finish(line, Outcome(left.reply), last=left.attempt >= SAYINGS)
            elif left.attempt > ATTEMPTS:
                self.speaking.privately(line.place, draw(given_back(line, "Not done", GIVEN_UP))[0])
                self.taking_up.done(line)
            else:
                self.answering.ask(line, told=True)
        except CarriedOut:
            pass
        except Exception:
            log.error("what was left behind broke again\n%s", traced())
        finally:
            self.answering.deliver(line)

    def give_back(self, line: Line) -> None:
        """What could not be stored goes back to who typed it, as far as Slack takes it."""
        try:
            reply = given_back(line, "I cannot save just now", NOT_KEPT)
            if not (line.place.view and self.answering.modals.update(line.place.view, result_view(reply)[0])):
                self.speaking.privately(line.place, draw(reply)[0])
        except Exception:
            log.error("what could not be stored could not be given back\n%s", traced())


def given_back(line: Line, title: str, words: str) -> Reply:
    """What was typed, back to who typed it; where nothing was, its button alone."""
    typed = [(each.label, each.value) for each in typed_again(line).fields] if line.fields else [("You typed", line.by_hand)]
    again = press(("Try again", line.text)) if not line.fields and len(line.text) <= VALUE else None
    return Reply(title, words, Facts(typed) if line.fields or line.by_hand else None, again, summary=title, refused=True)
