"""Lists of actions: mine, overdue, open, done, closed; of a priority, an owner, an agency, a group. What is due first comes first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import YES, allowed
from commands.plan.asked_list import Wanted, read
from commands.plan.rows import ROWS, shown_of, table_of
from commands.plan.scopes import CONDITIONS, NEWEST_FIRST, Condition, groups_of, narrowed_to, of_me, overdue_on
from commands.plan.sight import Sight, discreet
from commands.plan.waiting import settles, settling, table_of_waiting, waiting
from commands.reply import Note, Reply, counted, press
from commands.words import listed
from models.actions import DONE, Action
from models.base import SAYS_WHOSE


def list_(enquiry: Enquiry, session: Session) -> Reply:
    """List the actions asked for, of the groups that are seen."""
    sight = Sight.of(enquiry, session)
    wanted = read(enquiry.words, sight)
    if "asked" in wanted.scopes:
        return _asked_for(wanted, sight)
    listing = Listing(wanted, sight)
    total, overdue = listing.counts()
    if not total:
        return listing.nothing()
    return listing.reply(total, overdue)


class Listing:
    """One list on the way to its reply."""

    def __init__(self, wanted: Wanted, sight: Sight) -> None:
        self.wanted, self.sight = wanted, sight
        self.scopes = wanted.scopes or ("open",)
        self.narrowed = narrowed_to(wanted, sight)
        self.in_scope = or_(*(CONDITIONS[scope](sight) for scope in self.scopes))

    def counts(self) -> tuple[int, int]:
        """How many there are, and how many of them are overdue. Read off an index alone where nothing narrows them."""
        of = (
            [condition for _, condition in self._branches()]
            if self.wanted.mine
            else [Action.group_id.in_(groups_of(self.wanted, self.sight))]
        )
        numbers = [
            select(func.count()).select_from(Action).where(condition, in_scope, *self.narrowed).scalar_subquery()
            for in_scope in (self.in_scope, self.in_scope & overdue_on(self.sight.today))
            for condition in of
        ]
        # The groups are the partnership's own, so that no column of the rows needs to be looked at to know whose they are.
        found = self.sight.session.execute(select(*numbers).execution_options(**{SAYS_WHOSE: True})).one()
        return sum(found[: len(of)]), sum(found[len(of) :])

    def page(self, number: int) -> list[Action]:
        """The actions of a page."""
        return list(self.sight.session.scalars(self._query(number)))

    def _query(self, number: int) -> Select[Action]:
        """Each group's (or what I own, then what I support) read off its index no further than the page, then all of them together."""
        order = [Action.raised_at.desc(), Action.id.desc()] if NEWEST_FIRST & set(self.scopes) else [Action.due_sort, Action.id]
        branches = [
            select(Action.id, literal(rank).label("rank"))
            .where(condition, self.in_scope, *self.narrowed)
            .order_by(*order)
            .limit(number * ROWS)
            for rank, condition in self._branches()
        ]
        ids = union_all(*(select(branch.subquery()) for branch in branches)).subquery()
        query = select(Action).join(ids, ids.c.id == Action.id).order_by(ids.c.rank, *order)
        return query.limit(ROWS).offset((number - 1) * ROWS)

    def _branches(self) -> list[tuple[int, Condition]]:
        groups = groups_of(self.wanted, self.sight)
        if self.wanted.mine:
            return [(rank, condition & Action.group_id.in_(groups)) for rank, condition in of_me(self.sight)]
        return [(0, Action.group_id == group) for group in groups]

    def reply(self, total: int, overdue: int) -> Reply:
        """A page of the list."""
        number, shown = shown_of(self.wanted.page, total)
        actions = self.page(number)
        late = f"; {overdue:,} overdue" if overdue else ""
        said = f"{shown}{late}." if total > ROWS else f"{counted(total, 'action')}{late}."
        supporting = self.wanted.mine and any(action.owner_id != self.sight.person.id for action in actions)
        return Reply(
            self.title,
            said,
            table_of(actions, self.sight, len(groups_of(self.wanted, self.sight)) > 1, supporting),
            *map(Note, self.wanted.notes),
            press(*self._to_close(actions)),
            press(*self._onward(number, total, overdue)),
            summary=discreet(actions) or f"{self.title}: {said}",
        )

    @property
    def title(self) -> str:
        return title_of(self.wanted)

    def _to_close(self, actions: Sequence[Action]) -> list[tuple[str, str]]:
        done = [action for action in actions if action.status == DONE and self.sight.may("close", action) == YES]
        return [(f"Close {action.ref}", f"/action close {action.ref}") for action in done]

    def _onward(self, number: int, total: int, overdue: int) -> list[tuple[str, str]]:
        wanted = self.wanted
        asks = [("More", wanted.words(page=number + 1))] if number * ROWS < total else []
        asks += [("Overdue", wanted.words(scopes=("overdue",), page=1))] if 0 < overdue < total else []
        asks += [("Open", wanted.words(scopes=(), page=1))] if "open" not in self.scopes else []
        asks += [] if wanted.mine or wanted.owners else [("Mine", "mine")]
        closes = any(allowed("close", self.sight.parts_in(group)) == YES for group in self.sight.group_ids)
        asks += [("Done, to agree", "done")] if closes and "done" not in self.scopes else []
        export = " ".join(["/action export", *(group.key for group in wanted.groups)])
        return [*((label, f"/action list {words}".strip()) for label, words in asks), ("Export", export)]

    def nothing(self) -> Reply:
        """That there is nothing, and what there is instead."""
        others = [("Open", ()), ("In all", ("all",))]
        counted_ = [(label, Listing(self.wanted_with(scopes), self.sight).counts()[0], scopes) for label, scopes in others]
        more = next(((label, number, scopes) for label, number, scopes in counted_ if number and scopes != self.wanted.scopes), None)
        said = f"No {described(self.wanted)}."
        if more:
            said += f" {more[0]}: {more[1]:,}."
        elif self.wanted == Wanted():
            said += " Add one: /action add Fit alley gates @housing-officer due 12 Dec #asb"
        asks = [(more[0], f"/action list {self.wanted_with(more[2]).words()}".strip())] if more else []
        asks += [("Open actions", "/action list")] if self.wanted != Wanted() and ("Open", "/action list") not in asks else []
        return Reply(self.title, said, *map(Note, self.wanted.notes), press(*asks))

    def wanted_with(self, scopes: tuple[str, ...]) -> Wanted:
        wanted = self.wanted
        return Wanted(scopes, wanted.mine, wanted.priorities, wanted.owners, wanted.agencies, wanted.groups)


def _actions(scopes: Sequence[str], whose: str = "") -> str:
    """ "overdue actions of burglary", "actions of yours at risk": what is no adjective comes last."""
    said = listed([scope for scope in scopes if scope != "all"], "or")
    last = any(" " in scope for scope in scopes)
    return " ".join(filter(None, ("" if last else said, "actions", whose, said if last else "")))


def described(wanted: Wanted) -> str:
    """What was asked for, in the middle of a sentence."""
    named = f"of {listed(wanted.named)}" if wanted.named else ""
    return _actions(wanted.scopes or ("open",), " ".join(filter(None, ("of yours" if wanted.mine else "", named))))


def title_of(wanted: Wanted) -> str:
    """ "Open actions", "My overdue actions, burglary, Hightown Housing Association"."""
    scopes = wanted.scopes or (() if wanted.mine else ("open",))
    head = " ".join(filter(None, ("all" if scopes == ("all",) else "", "my" if wanted.mine else "", _actions(scopes))))
    head += ", to agree" if wanted.scopes == ("done",) else ""
    return ", ".join([head[0].upper() + head[1:], *wanted.named])


def _asked_for(wanted: Wanted, sight: Sight) -> Reply:
    """Requests that wait to be settled."""
    narrowed = [*narrowed_to(wanted, sight), Action.group_id.in_(groups_of(wanted, sight))]
    proposals = waiting(sight, *narrowed, *([Action.owner_id == sight.person.id] if wanted.mine else []))
    title = ", ".join(["Requests", *wanted.named])
    if not proposals:
        return Reply(title, "Nothing waits to be settled.", *map(Note, wanted.notes), press(("Open actions", "/action list")))
    mine = sum(settles(each, sight) for each in proposals)
    waits = f"{counted(len(proposals), 'request')} {'waits' if len(proposals) == 1 else 'wait'}"
    said = f"{waits}{f', {mine:,} of them for you to settle' if 0 < mine < len(proposals) else ' for you to settle' if mine else ''}."
    private = discreet({each.action_id: each.action for each in proposals}.values())
    return Reply(
        title,
        said,
        table_of_waiting(proposals, sight),
        *map(Note, wanted.notes),
        press(*settling(proposals, sight)),
        press(("Open actions", "/action list")),
        summary=private or said,
    )
