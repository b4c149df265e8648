"""Words that were held back, brought to their writer again in the form they belong in: with all that was said, to be said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Does, Enquiry
from commands.plan.apart import WHOLE
from commands.plan.kept import forget
from commands.plan.mentions import PERSON
from commands.plan.refs import Ref
from commands.plan.saying import on_behalf, read_news
from commands.plan.sight import Sight
from commands.plan.when import due_beginning
from commands.reply import Field, Form, Reply
from models.actions import DONE
from models.drafts import Kept

NEWS, FORMED = ("update", "done"), ("update", "done", "due", "assign")
HANDED = ("escalate", "refer", "agree")  # that a private group's words are said again in a form


def reworded(verb: str, enquiry: Enquiry, does: Callable[[str], Does], session: Session) -> Reply:
    """The form of a verb, filled in with the words that follow it, or with a form's answers as they were.

    `does` gives the function of a verb, which opens its form where only a reference follows; "done" alone would be done.
    """
    if verb == "add":
        from commands.plan.adding import reworded as added

        return added(enquiry, session)
    if verb in HANDED and enquiry.fields:
        return _filled(does(verb)(replace(enquiry, fields={}), session), enquiry.fields, "")
    begun = Ref.at_start(enquiry.words)
    if begun is None or verb not in FORMED:
        return _said_after(verb, enquiry.words)
    ref, words = begun[0], WHOLE.sub("", begun[1], count=1) if WHOLE.match(begun[1]) else begun[1]
    blank = does("update" if verb in NEWS else verb)(replace(enquiry, words=ref.typed, fields={}), session)
    said, speaker = on_behalf(words) if verb in NEWS else (words, "")
    values = enquiry.fields or _values(verb, said.strip(" :"), Sight.of(enquiry, session), ref)
    return _filled(blank, values, f" for @{speaker}" if speaker else "")


def _values(verb: str, words: str, sight: Sight, ref: Ref) -> dict[str, str]:
    """What the words say, field by field."""
    if verb == "assign":
        return {"owner": (PERSON.findall(words) or words.split()[:1] or [""])[0]}
    group = sight.action(ref).group
    news = read_news(words) if verb in NEWS else None
    later = news.later if news else f"due {words}"
    begun = due_beginning(later, group, sight) if later else None
    due = begun[0].said(group.name) if begun else ""
    if news is None:
        return {"due": due, "said": begun[1] if begun else words}
    status = DONE if verb == "done" else "no change" if news.same else news.status or ""
    return {"status": status, "said": news.said, "due": due}


def _filled(reply: Reply, values: Mapping[str, str], asks: str) -> Reply:
    form = reply.form
    if form is None:
        return reply
    fields = [replace(each, value=values.get(each.name) or each.value) for each in form.fields]
    return _with(reply, replace(form, asks=form.asks + asks, fields=fields))


def _with(reply: Reply, form: Form) -> Reply:
    return reply.but(parts=tuple(form if isinstance(part, Form) else part for part in reply.parts))


def _said_after(verb: str, words: str) -> Reply:
    """A form for what is said with a verb that has none."""
    ref, _, said = words.strip().partition(" ")
    title = f"{verb} {ref}".capitalize()
    return Reply(title, Form(title, f"/action {verb} {ref}", [Field("said", "In other words", said, long=True, optional=True)]))


def mending(reply: Reply, kept: Kept) -> Reply:
    """The reply, whose form opened to change kept words: what it sends says which."""
    form = reply.form
    return _with(reply, replace(form, asks=f"/action mend {kept.id} {form.asks.removeprefix('/action ')}")) if form else reply


def sent(enquiry: Enquiry, session: Session) -> Enquiry:
    """What such a form asks instead. The words it mends are kept no longer, if it is done; they may be gone already."""
    number, _, asks = enquiry.words.strip().partition(" ")
    forget(number, enquiry.person, session)
    if asks.partition(" ")[0] in (*FORMED, "add") or "wording" in enquiry.fields:
        return replace(enquiry, words=asks)
    words = f"{asks} {enquiry.fields.get('said', '')}"
    return replace(enquiry, words=words, fields={}, line=words, pressed=False)
