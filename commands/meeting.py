"""/meeting"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Enquiry, command
from commands.discreet import of_a_private_group
from commands.helping import asks_for_help
from commands.plan.kept import look_up
from commands.plan.sight import Sight
from commands.plan.undoable import OF_A_MEETING
from commands.reply import Reply
from commands.verbs import Verbs, first_word
from models.base import Refusal
from models.personal import names_a_person

# What people may say first, and where in commands/meetings it is done.
DONE_BY: dict[str, tuple[str, str]] = {
    "next": ("coming", "next_"),
    "list": ("listing", "list_"),
    "show": ("showing", "show"),
    "add": ("adding", "add"),
    "move": ("moving", "move"),
    "cancel": ("cancelling", "cancel"),
    "restore": ("cancelling", "restore"),
    "tell": ("telling", "tell"),
    "calendar": ("subscribing", "calendar"),
    "load": ("loading", "load"),
    "attend": ("attending", "attend"),
    "apologies": ("attending", "apologies"),
    "settings": ("setting", "settings"),
    "cadence": ("repeating", "cadence"),
    "place": ("setting", "place"),
    "lasts": ("setting", "lasts_"),
    "holiday": ("setting", "holiday"),
    "quorum": ("setting", "quorum"),
    "leads": ("setting", "leads"),
    "plan": ("planning", "plan"),
    "on": ("switching", "on"),
    "off": ("switching", "off"),
    "pause": ("switching", "pause"),
    "resume": ("switching", "resume"),
    "responses": ("responding", "responses"),
    "nudge": ("nudging", "nudge"),
    "away": ("absence", "away"),
    "back": ("absence", "back"),
    "later": ("passing", "later"),
    "pass": ("passing", "pass_"),
    "start": ("starting", "start"),
    "close": ("ending", "close"),
    "decision": ("deciding", "decision"),
    "decisions": ("deciding", "decisions"),
    "note": ("deciding", "note"),
    "strike": ("deciding", "strike"),
    "present": ("present", "present"),
    "sorry": ("present", "sorry"),
    "absent": ("present", "absent"),
    "unmark": ("present", "unmark"),
    "afterwards": ("afterwards", "afterwards"),
    "carry": ("carrying", "carry"),
    "minutes": ("minutes", "minutes"),
    "approve": ("agreeing", "approve"),
}
ALSO: Mapping[str, str] = {
    "new": "add", "arrange": "add", "schedule": "add", "see": "show", "view": "show", "postpone": "move", "reschedule": "move",
    "bring": "move", "change": "move", "drop": "cancel", "uncancel": "restore", "reinstate": "restore", "all": "list", "dates": "list",
    "when": "next", "coming": "next", "rule": "cadence", "repeat": "cadence", "venue": "place", "room": "place", "where": "place",
    "length": "lasts", "duration": "lasts", "holidays": "holiday", "setup": "settings", "answers": "responses", "response": "responses",
    "remind": "nudge", "chase": "nudge", "rehearse": "plan", "unpause": "resume", "leave": "away", "open": "start", "begin": "start",
    "end": "close", "finish": "close", "decided": "decision", "resolved": "decision", "here": "present", "attendance": "present",
    "apology": "apologies", "attending": "attend", "feed": "calendar", "subscribe": "calendar",
}  # fmt: skip
VERBS = Verbs("/meeting", "meetings", DONE_BY, ALSO)
READING = frozenset({"next", "list", "show", "settings", "plan", "responses", "decisions"})
WRITES_MINUTES = re.compile(r"\s*(?:edit|change|agree|reopen)\b", re.I)  # other words after "minutes" only read them
DATED = frozenset({"add", "move", "cancel", "restore", "attend", "apologies", "away", "place", "cadence"})  # whose words may be days
NEEDS_WORDS = frozenset({"add", "move", "cancel", "away"})  # on their own they open a form
ME = re.compile(r"(?<![\w@.])@(?:me|myself)\b(?![\w-]|\.\w)", re.I)


def _read(words: str) -> tuple[str, str]:
    """(the verb, the words it is about). None asks when we meet next; a group or a day alone is shown."""
    text = words.strip()
    if not text:
        return "next", ""
    first, rest = first_word(text)
    verb = VERBS.named(first, rest) or (VERBS.like(first, lambda verb: verb not in READING) if len(first) > 3 else "")
    return (verb, rest) if verb else ("", text)


def _writes(words: str) -> bool:
    verb, rest = _read(words)
    if asks_for_help(words) or verb in READING or (verb == "minutes" and not WRITES_MINUTES.match(rest)):
        return False
    return bool(verb)


def _forms(words: str) -> bool:
    """What surely lacks words."""
    verb, rest = _read(words)
    return (verb in NEEDS_WORDS and not rest.strip()) or verb == "mend"


@command(
    "/meeting next",
    "/meeting list jag",
    "/meeting show jag",
    "/meeting add jag friday 10:00 at Civic Centre for 90 minutes",
    "/meeting move jag to thursday 14:00 because the chair is away",
    "/meeting apologies jag, @burglary-deputy instead",
    "/meeting plan until christmas",
    "/meeting responses jag",
    usage="[next | list jag 2014 | show jag 10 Dec | add jag 17 Dec 10:00 at … | move jag 10 Dec to 12 Dec 14:00 because … | cancel …"
    " | restore … | tell … | attend jag | apologies jag, @who instead | settings jag | cadence jag second tuesday 10:00 | place jag …"
    " | start jag | present @who | decision jag: … | note jag: … | close jag | minutes jag 10 Dec | decisions jag"
    " | plan jag until christmas | on jag | pause jag | responses jag | nudge jag @who | away until 12 Sep | back]",
    needs="see meetings",
    writes=_writes,
    forms=_forms,
)
def meeting(enquiry: Enquiry, session: Session) -> Reply:
    """When groups meet, who comes, what is sent before, what was decided, and the minutes.

    On its own: when each of my groups meets next. A group, a day, or both name a meeting: jag, 10 Dec, jag 10 Dec. Attend says that you
    come; apologies that you do not, and whom you send: apologies 10 Dec, @burglary-deputy instead. The chair, the deputy chair and the
    coordinator arrange a group's meetings. Days are written with the day first; what is said last is the reason. Settings is how a group
    meets as a rule: cadence, place, lasts, holiday, quorum and leads change that.

    Plan is every message that would go out until a day; on switches a group's cycle on, the plan having been shown, and off, pause and
    resume do as they say. Responses is who has answered for the meeting to come; nudge asks the silent once more. Away until a day has your
    deputy asked meanwhile, or your agency; back ends that.

    Start opens a meeting, and a thread in its channel whose replies are recorded: action: …, decision: …, present: @a. The same works
    here: decision jag: …, present @a, note jag: …. Close drafts the minutes; minutes shows them, minutes edit jag 4 changes a section,
    minutes agree is for the next meeting, which locks them.
    """
    enquiry = replace(enquiry, words=ME.sub(f"@{enquiry.person.handle}", enquiry.words))
    verb, words = _read(enquiry.words)
    try:
        if not verb:
            return _shown(enquiry, session)
        reply = VERBS.carry_out(verb, words, enquiry, session, meeting, _mend)
        return _read_back(reply, verb, words, enquiry) if _writes(enquiry.words) else reply
    except Refusal as refusal:
        refusal.discreet = refusal.discreet or of_a_private_group(refusal, enquiry, session, _writes(enquiry.words))
        raise


def _read_back(reply: Reply, verb: str, words: str, enquiry: Enquiry) -> Reply:
    """What was done, with what its misspelt words were read as."""
    from commands.meetings.read_as import saying_what_was_read

    first, rest = first_word(enquiry.words.strip())
    mended = "" if VERBS.named(first, rest) else verb
    return saying_what_was_read(reply, mended, words if verb in DATED else "")


def _shown(enquiry: Enquiry, session: Session) -> Reply:
    """Words that begin with no verb: a group or a day is shown; anything else is not known."""
    from commands.meetings.which import named_at_all

    if first_word(enquiry.words.strip())[0] == "undo":
        raise Refusal(OF_A_MEETING, ("Meetings", "/meeting list"))
    if named_at_all(enquiry.words, Sight.of(enquiry, session)):
        return VERBS.does("show")(enquiry, session)
    said = "" if names_a_person(enquiry.words) else f" “{enquiry.words.strip()[:80]}”"
    raise Refusal(
        f"I don't know what to do with{said or ' that'}. Say next, list, show, add, move, cancel or restore, or name a group or a day.",
        ("Next meetings", "/meeting next"),
        ("Help", "/meeting help"),
        discreet="I don't know what to do with that.",
    )


def _mend(enquiry: Enquiry, session: Session) -> Reply:
    """Bring kept words back to their writer, to be said otherwise; or do what they say now."""
    from commands.meetings.rewording import reworded, said_again

    if enquiry.fields:
        return meeting(said_again(enquiry, session), session)
    return reworded(look_up(enquiry, session))
