"""Says what was answered where it was asked: in its form, on the Home tab, or in messages; and sends the files that go with it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackClientError

from bot.asking import Outcome
from bot.blockkit import draw
from bot.blocks import VALUE
from bot.channels import DIRECT
from bot.filed import filed
from bot.files import Files
from bot.forms import form_view, prefilled, result_view, typed, typed_form, with_form
from bot.lines import CAPTURED, Line
from bot.modals import Modals
from bot.speaking import Speaking
from bot.submitting import Submission
from bot.taking_up import PUT_BY, TakingUp
from commands.meetings.capturing import brief
from commands.plan.receipt import receipt
from commands.reply import Document, Facts, Field, Form, Paper, Reply, press
from commands.routing import writes

log = logging.getLogger("jagbot")

METADATA = 3_000  # characters of a view
NOT_SENT = "I could not send the file: Slack did not take it. Ask for it again in a minute."

NEWS = re.compile(r"/action\s+(?:write|update)\b")  # the forms that answer a message in the conversation

OnHome = Callable[[Line, Reply], bool]


class Saying:
    """Carries replies to whoever asked. What cannot be shown in a view is said in a message: nobody is left without an answer."""

    def __init__(self, speaking: Speaking, modals: Modals, files: Files, taking_up: TakingUp, on_home: OnHome) -> None:
        self.speaking, self.modals, self.files, self.taking_up, self.on_home = speaking, modals, files, taking_up, on_home
        self.submissions: dict[str, Submission] = {}

    def say(self, line: Line, outcome: Outcome) -> None:
        """Say it once, in the best place there is."""
        submission = self.submissions.pop(line.key, None)
        in_a_view = self._in_a_view(line, outcome, submission)
        if not in_a_view:
            self._in_messages(line, outcome, submission)
        if submission and line.how == "submit" and line.place.home and not outcome.reply.refused:
            self.on_home(line, outcome.reply)  # the tab beneath the form is to show what has become of it
        elif submission and in_a_view and _answers_a_message(line, outcome.reply):
            self._receipt(line, outcome.reply)
        for part in outcome.reply.parts:
            if isinstance(part, Document | Paper):
                self._send(line, part)

    def _in_a_view(self, line: Line, outcome: Outcome, submission: Submission | None) -> bool:
        reply = outcome.reply
        if reply.form:
            form = prefilled(reply.form, typed(submission.view), over=False) if submission else reply.form
            return self._as_form(line, with_form(reply, form), form, submission)
        if submission:
            shown = replace(outcome, reply=_with_typed(line, outcome, submission)) if outcome.broke else outcome
            response, view, whole = submission.outcome(shown)
            return (submission.take(response) or self.modals.update(line.place.view, view)) and whole
        if line.place.view:
            view, whole = result_view(reply)
            return self.modals.update(line.place.view, view) and whole
        return line.place.home and self.on_home(line, reply)

    def _as_form(self, line: Line, reply: Reply, form: Form, submission: Submission | None) -> bool:
        metadata = self._carried({"asks": form.asks, "home": line.place.home, "from": line.channel}, METADATA)
        if not metadata:
            return False
        view = form_view(reply, metadata)
        if submission and submission.take({"response_action": "update", "view": view}):
            return True
        if line.place.view:
            return self.modals.update(line.place.view, view)
        return bool(self.modals.open(line.trigger, view))

    def _in_messages(self, line: Line, outcome: Outcome, submission: Submission | None) -> None:
        reply = _with_typed(line, outcome, submission)
        form = reply.form
        if line.how == CAPTURED and reply.audience == "here" and not (form or reply.refused) and self._in_the_thread(line, reply):
            return
        fill = self._carried({"line": line.text, "fields": dict(line.fields)}, VALUE) if form else ""
        if form and fill and not line.fields:
            reply = with_form(reply, _unseen(form))
        share = "" if line.how != "ask" or line.place.direct or reply.refused or form or writes(line.text) else line.text
        messages, losses = draw(reply, share, fill=fill)
        if losses:
            log.warning("not carried: %s", ", ".join(losses))
        self.speaking.privately(line.place, messages, lambda: draw(reply, share, plain=True, fill=fill)[0])

    def _in_the_thread(self, line: Line, reply: Reply) -> bool:
        """Say for all in a meeting's thread what was recorded; False where the bot cannot get in."""
        said = brief(reply, line.by_hand)
        return self.speaking.openly(line.place, draw(said)[0], lambda: draw(said, plain=True)[0]) is not None

    def _receipt(self, line: Line, reply: Reply) -> None:
        """Say below the message that asked what was answered: the form in which it was is soon closed."""
        try:
            self.speaking.directly(line.user, draw(receipt(reply))[0])
        except (SlackClientError, OSError) as error:
            log.error("that a form was answered was not said in the conversation: %s", type(error).__name__)

    def _carried(self, plain: dict[str, Any], most: int) -> str:
        """Something as JSON that Slack carries for us; what is longer is put by. Empty when that cannot be done."""
        said = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        if len(said) <= most:
            return said
        try:
            return json.dumps({PUT_BY: self.taking_up.put_by(plain)})
        except Exception as error:  # the database is away: the form is said in a message, with all that is in it
            log.error("a form could not be put by: %s", type(error).__name__)
            return ""

    def _send(self, line: Line, document: Document | Paper) -> None:
        """A document goes to who asked, by direct message, wherever they asked."""
        try:
            self.files.send(line.user, *filed(document))
        except Exception as error:  # whatever it is, what was said with the file is said already
            log.error("a file was not sent: %s", type(error).__name__)
            again = press(("Try again", line.text)) if not line.fields and not writes(line.text) else None
            self.speaking.directly(line.user, draw(Reply("No file", NOT_SENT, again, refused=True))[0])


def _with_typed(line: Line, outcome: Outcome, submission: Submission | None) -> Reply:
    """The reply, with what was typed into a form that did not come to anything."""
    reply = outcome.reply
    if not line.fields or reply.form or not (outcome.refusal or outcome.broke):
        return reply
    form = typed_form(submission.view, line.text) if submission else typed_again(line)
    said = Facts([(each.label, each.value) for each in form.fields if each.value]) if outcome.broke else form
    return reply.but(parts=(*reply.parts, said))


def _answers_a_message(line: Line, reply: Reply) -> bool:
    """Whether a form was news, given in the conversation, and all of it is taken."""
    return line.how == "submit" and line.channel == DIRECT and bool(NEWS.match(line.text)) and not (reply.refused or reply.form)


def _unseen(form: Form) -> Form:
    """The form without what stands in it: asking its line again fills it in again, and not all of it is for a message."""
    fields = [Field(each.name, each.label, "", optional=each.optional or bool(each.value)) for each in form.fields]
    return Form(form.title, form.asks, fields, form.submit)


def typed_again(line: Line) -> Form:
    """What was typed into a form that is no longer there."""
    fields = [Field(name, name.replace("_", " ").capitalize(), value, optional=True) for name, value in line.fields.items()]
    return Form("What you typed", line.text, fields)
