"""A private group's words, said again before another group reads them; and in whose name they stand there."""

from __future__ import annotations

import re

from sqlalchemy import case, select

from commands.plan.refs import REF
from commands.plan.sight import Sight
from models.base import Refusal
from models.groups import Group, Membership
from models.near import TAKEN, key, likenesses
from models.people import Person

NUMBER = re.compile(r"\d{3,}")  # a case reference has one
FEW = 3  # words; so many may be alike by chance


def must_be_said_again(words: str, held: str, of: Group, reader: Group, field: str) -> None:
    """Refuse words for another group that are a private group's own, or nearly, or that have a reference of its cases or actions."""
    why = _why_not(words, held, of)
    if why:
        raise Refusal(
            f"{why} {reader.name} would read what is {of.name}'s alone. Say it in other words. Nothing was sent.",
            field=field,
            discreet="Nothing was sent.",
        )


def _why_not(words: str, held: str, of: Group) -> str:
    said, own = key(words), key(held)
    shorter, longer = sorted((said, own), key=len)
    within = f" {shorter} " in f" {longer} " and shorter.count(" ") >= FEW
    if own and (said == own or within or any(score >= TAKEN for _, score in likenesses(said, [own]))):
        return f"These are {of.name}'s words, or nearly."
    if {*NUMBER.findall(words)} & {*NUMBER.findall(held)}:
        return f"That has a number which stands in {of.name}'s words."
    if any(found[1] and found[1].lower() in of.names for found in REF.finditer(words)):
        return f"That has a reference of {of.name}'s."
    return ""


def in_whose_name(of: Group, reader: Group, sight: Sight) -> Person:
    """Who has raised there what a group hands on: the asker; their name would tell of a private group where they do not sit on the other.

    Then it is the other group's coordinator, or else its chair, or else an administrator.
    """
    if not of.private or sight.parts_in(reader.id):
        return sight.person
    seats = Membership.seat.in_(("coordinator", "chair"))
    seated = select(Person).join(Membership, Membership.person_id == Person.id).where(Membership.group_id == reader.id, seats)
    first = seated.order_by(case((Membership.seat == "coordinator", 0), else_=1), Membership.id)
    administers = select(Person).where(Person.administrator).order_by(Person.id)
    return sight.session.scalar(first.limit(1)) or sight.session.scalar(administers.limit(1)) or sight.person
