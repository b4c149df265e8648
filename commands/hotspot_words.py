"""How a hotspot answer is worded: its sentence, its table, its notes, and what to ask next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands import Enquiry
from commands.asked import Asked, Subject, level_words
from commands.reply import Buttons, Cell, Note, Table, counted, press
from commands.source import apart, provenance
from commands.words import listed
from models.areas import CALLED
from models.figures import change
from models.figures.hotspots import Ranked, filled
from models.figures.months import Period
from models.series import Counts, Series
from models.vocabulary import Place


@dataclass(frozen=True)
class Total:
    """How many in all, and of what: the borough, or the places given where no total of it is held.

    `inside` is how many of them are in the places asked about, in words; empty where none was asked. `among` says which places
    are compared where some are left out.
    """

    count: int
    of: str
    hidden: bool
    inside: str = ""
    among: str = ""

    def __str__(self) -> str:
        """ "3,167 in Dacorum", "at least 611 in the 5 beats given"."""
        return f"{'at least ' if self.hidden else ''}{self.count:,} in {self.of}"


def in_places(asked: Asked) -> str:
    """ " in Grovehill", or nothing for the whole borough."""
    return f" in {listed([said for said, _ in asked.places])}" if asked.places else ""


def table(rows: Sequence[Ranked[int]], series: Series, names: dict[int, Place], period: Period, against: Period | None) -> Table:
    """The rows shown; the year before and the verdict only where it is held."""
    per = series.measure.per
    headings = [CALLED[series.level].capitalize() if series.level != "lsoa" else "LSOA", series.measure.counted.capitalize(), "Share"]
    rated = bool(per) and all(names[row.place].people(per) for row in rows)
    headings += [f"Per 1,000 {per} a year"] if rated else []
    headings += ["Year before" if against == period.back() else "Before", "Change", "More than chance?"] if against else []
    return Table(headings, [_row(row, names[row.place], per if rated else None, against is not None, len(period)) for row in rows])


def _row(row: Ranked[int], place: Place, per: str | None, comparable: bool, months: int) -> list[Cell]:
    cells: list[Cell] = [place.name, f"at least {row.count:,}" if row.hidden else row.count]
    cells.append(f"{row.share:.1%}" if row.share is not None and not row.hidden else "")
    if per:
        rate = change.yearly(row.count, place.people(per), months)
        cells.append(round(rate, 2) if rate is not None and not row.hidden else None)
    if comparable and row.before is not None:
        judged = row.judged.verdict if row.judged else f"{counted(row.hidden, 'month')} not given"
        cells += [row.before, "" if row.hidden else change.said(row.count, row.before), judged]
    return cells


def _named(rows: Sequence[Ranked[int]], names: dict[int, Place], comparable: bool) -> list[str]:
    def one(row: Ranked[int]) -> str:
        before = f" ({row.before:,})" if comparable and row.before is not None else ""
        return f"{names[row.place].name} {'at least ' if row.hidden else ''}{row.count:,}{before}"

    return [one(row) for row in rows[:3]]


def sentence(
    rows: Sequence[Ranked[int]], names: dict[int, Place], total: Total, period: Period, against: Period, comparable: bool, asked: Asked
) -> str:  # fmt: skip
    missing = "" if comparable else f" {beginning(against)} is not held, so there is nothing to compare it with."
    if not rows:
        moved = f" is clearly {'up' if asked.moving == 'rising' else 'down'} from {against}" if asked.moving else " has any"
        return f"No place{in_places(asked)}{moved}: {total}, {period}.{missing}"
    top, whole = sum(row.count for row in rows[:3]), total.count
    share = f"{top / whole:.1%} of the " if whole and not total.hidden else "of "
    share = f"{top:,} of {total.inside}, {share}" if total.inside else share
    begin = f"{asked.moving.capitalize()} more than chance would make them" if asked.moving else f"Most{total.among}"
    bracket = f" (in brackets {against})" if comparable else ""
    return f"{begin}: {listed(_named(rows, names, comparable))}{bracket}: {share}{total}, {period}.{missing}"


def beginning(period: Period) -> str:
    """A period as a sentence begins with it."""
    said = str(period)
    return said[0].upper() + said[1:]


def summary(
    rows: Sequence[Ranked[int]],
    names: dict[int, Place],
    total: Total,
    against: Period,
    comparable: bool,
    asked: Asked,
) -> str:
    """One line for a notification: the first three places, and how many in all."""
    missing = "" if comparable else f"; {against} is not held"
    if not rows:
        return f"No place is {asked.moving or 'listed'}; {total}{missing}."
    return f"{', '.join(_named(rows, names, comparable))}; {total}{missing}."


def notes(
    rows: Sequence[Ranked[int]], shown: Sequence[Ranked[int]], asked: Asked, subject: Subject, series: Series, enquiry: Enquiry
) -> list[Note]:
    """What must be known beside the rows: what is not listed, hidden, or another definition; and the source."""
    said = [Note(text) for text in asked.notes]
    if len(rows) > len(shown):
        level = CALLED[series.level] + (" points" if series.level == "point" else "s")
        said.append(Note(f"{len(shown)} of {len(rows):,} {level} are listed; ask for top {min(len(rows), 999)} to see more."))
    if any(row.hidden for row in shown):
        said.append(Note("“At least”: some months were suppressed or not given, and are neither 0 nor summed."))
    if any(row.judged for row in shown):
        phi = next(row.judged.phi for row in shown if row.judged)
        said.append(
            Note(
                f"“More than chance?” allows for clustering (dispersion {phi:.2f}) and judges all {CALLED[series.level]}s together: "
                "p < .05 is clear."
            )
        )
    if series.level == "point":
        said.append(Note("A street is a point that police.uk snaps reports to. ⚑ A place that draws recorded crime to its door."))
    headline = subject.headline
    if headline and headline.source == "published" and (other := apart(series.measure, headline)):
        said.append(other)
    return [*said, provenance(series, enquiry.at)]


def unranked(now: Counts, before: Counts | None, names: Mapping[int, Place], series: Series) -> Note | None:
    """What a spread puts in the places that no document names, all together: no rank is known of any of them."""
    if not series.measure.simulated:
        return None
    rest, earlier = (sum(sum(filled(months)) for i, months in counts.items() if i not in names) for counts in (now, before or {}))
    bracket = f" ({earlier:,})" if before is not None else ""
    return Note(
        f"The {CALLED[series.level]}s that the assessment doesn't name had {rest:,}{bracket} together. They are not ranked: "
        "one of them may have had more than some that are listed."
    )


def next_asks(
    asked: Asked, subject: Subject, series: Series, all_: Sequence[Series], comparable: bool, period: Period, against: Period, printed: bool
) -> Buttons | None:
    """What could be asked next: other levels, rising and falling, and what the assessment printed."""
    asks = []
    versus = f"vs {against.words}" if asked.period.against else ""
    again = f"/hotspots {asked.again(period.words, versus)}"
    if comparable and not asked.moving:
        same = f"{again} {level_words(series.level)}"
        asks += [("Rising", f"{same} rising"), ("Falling", f"{same} falling")]
    levels = [s.level for s in all_ if s.measure is series.measure and s.level not in (series.level, "district")]
    asks += [("The number", f"/figures {asked.again(period.words, versus)}")] if asked.places else []
    asks += [(f"By {CALLED[level]}", f"{again} {level_words(level)}") for level in levels if not asked.places or level in ("lsoa", "point")]
    if printed:
        asks.append(("As the assessment printed it", f"/hotspots {subject.words} published"))
    return press(*asks[:5])
