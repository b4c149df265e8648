"""Files dropped on the bot: a log or a calendar is previewed, figures are offered to be loaded, anything else is told what is taken."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from bot.asking import Outcome, Who
from bot.files import Files
from bot.loaded import report
from commands import Enquiry
from commands.permissions import may, must
from commands.reply import Reply, press
from models.base import Refusal
from models.partnership import Partnership
from models.people import Person
from models.store import Store

if TYPE_CHECKING:
    from models.sources.log.reading import Log

LOGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".docx")
CALENDARS = (".ics",)
FIGURES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".zip")
TAKEN = (
    "I take an action log (.xlsx, .xls, .ods, .csv or .docx), a workbook of figures (.xlsx, .xls, .ods or .csv), police.uk's zip files and "
    "meetings (.ics)."
)


class Dropped:
    """Reads what people of one partnership drop on the bot, as far as they may."""

    def __init__(self, store: Store, partnership_id: int, files: Files, now: Callable[[], datetime]) -> None:
        self.store, self.partnership_id, self.files, self.now = store, partnership_id, files, now

    def looked_at(self, file: str, who: Who) -> Outcome:
        """What a file is, and how to take it in; nothing of it is kept before somebody says so."""
        return self._unless_refused(lambda: self._look(self.files.about(file), who))

    def loaded(self, file: str, who: Who, begun: Callable[[str], None]) -> Outcome:
        """Load a file of figures; `begun` is told its name once reading begins."""
        return self._unless_refused(lambda: self._load(self.files.about(file), who, begun))

    def _look(self, about: dict[str, Any], who: Who) -> Reply:
        from commands.plan.sight import Sight

        name = str(about.get("name", ""))
        kind = PurePath(name).suffix.lower()
        with self.store.session(self.partnership_id) as session:
            _must_load(who(session), name, kind, session)
            today = Sight.of(Enquiry("", who(session), self.now()), session).today
        if kind not in {*LOGS, *FIGURES, *CALENDARS}:
            raise Refusal(f"{TAKEN} “{name}” is none of them.", discreet="I do not take a file of that kind.")
        with self._fetched(about) as path:
            if kind in CALENDARS:
                return self._meetings_in(path, who)
            log = _log_in(path, today) if kind in LOGS else None
            return self._drafted(path.name, log, who) if log else self._offered(about, path)

    def _meetings_in(self, path: Path, who: Who) -> Reply:
        from commands.meetings.loading import preview

        with self.store.session(self.partnership_id, writing=True) as session:
            return preview(path, Enquiry("", who(session), self.now(), where="direct message"), session)[0]

    def _drafted(self, name: str, log: Log, who: Who) -> Reply:
        from commands.plan.drafting import from_log

        with self.store.session(self.partnership_id, writing=True) as session:
            return from_log(name, log, Enquiry("", who(session), self.now(), where="direct message"), session)[0]

    def _offered(self, about: dict[str, Any], path: Path) -> Reply:
        from models.sources.recognised import is_street

        what = "police.uk street files" if is_street(path) else "a workbook of figures"
        return Reply(
            f"Load {path.name}?",
            f"It looks like {what}. Nothing of it is loaded yet.",
            press(("Load it", f"load-figures {about['id']}")),
            summary=f"It looks like {what}. Load it?",
        )

    def _load(self, about: dict[str, Any], who: Who, begun: Callable[[str], None]) -> Reply:
        from models.sources.recognised import load_figures

        with self.store.session(self.partnership_id) as session:
            must(who(session), "load figures", session)
            partnership = session.get_one(Partnership, self.partnership_id)
        with self._fetched(about) as path:
            begun(path.name)
            return report(load_figures(self.store, partnership, [path], self.now()))

    @contextmanager
    def _fetched(self, about: dict[str, Any]) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="jagbot-") as folder:
            yield self.files.fetch(about, Path(folder))

    @staticmethod
    def _unless_refused(does: Callable[[], Reply]) -> Outcome:
        try:
            return Outcome(does())
        except Refusal as refusal:
            summary = refusal.discreet or refusal.words
            return Outcome(Reply("Nothing was loaded", refusal.words, press(*refusal.asks), summary=summary, refused=True), refusal)


def _must_load(person: Person, name: str, kind: str, session: Session) -> None:
    """Refuse a file of somebody who loads none. It is not looked at, and a table from a partner is as likely a list of their actions."""
    if kind in LOGS and not may(person, "load figures", session):
        raise Refusal(
            f"The coordinator loads files: a log of actions, or figures, which the analyst may load too. Send them “{name}”, "
            "or paste the actions here after /action add, a line each.",
            ("My actions", "/action list mine"),
            discreet="The coordinator loads files.",
        )
    must(person, "load meetings" if kind in CALENDARS else "load figures", session)


def _log_in(path: Path, today: date) -> Log | None:
    """The log of actions a file holds; none where it may hold figures."""
    from models.sources.log.reading import NotALog, read_log

    figures = path.suffix.lower() in FIGURES
    try:
        log = read_log(path, today)
    except NotALog:
        if figures:
            return None
        raise
    return log if log.rows or not figures else None
