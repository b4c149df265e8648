"""Files dropped on the bot: an action log is previewed, figures are offered to be loaded, anything else is told what is taken."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy.exc import OperationalError

from bot.asking import Outcome, Who
from bot.files import Files
from bot.loaded import report
from commands import Enquiry
from commands.permissions import must
from commands.reply import Reply, press
from models.base import Refusal
from models.partnership import Partnership
from models.store import Store, overtaken

LOGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".docx")
FIGURES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".zip")
TAKEN = (
    "I take an action log (.xlsx, .xls, .ods, .csv or .docx), a workbook of figures (.xlsx, .xls, .ods or .csv) and police.uk's zip files."
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
        from commands.plan.drafting import looks_like_a_log

        name = str(about.get("name", ""))
        kind = PurePath(name).suffix.lower()
        with self.store.session(self.partnership_id) as session:
            must(who(session), "load figures", session)
        if kind not in {*LOGS, *FIGURES}:
            raise Refusal(f"{TAKEN} “{name}” is none of them.", discreet="I do not take a file of that kind.")
        with self._fetched(about) as path:
            if kind in FIGURES and not (kind in LOGS and looks_like_a_log(path)):
                return self._offered(about, path)
            try:
                return self._drafted(path, who)
            except OperationalError as error:
                if not overtaken(error):
                    raise
                return self._drafted(path, who, writing=True)

    def _drafted(self, path: Path, who: Who, writing: bool = False) -> Reply:
        from commands.plan.drafting import from_file

        with self.store.session(self.partnership_id, writing) as session:
            return from_file(path, Enquiry("", who(session), self.now(), where="direct message"), session)[0]

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
