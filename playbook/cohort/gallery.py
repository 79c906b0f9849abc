"""The gallery: what individuals and teams chose to show, two at a time side by side.

This is people's own work, shown because they want it shown, so the rule of five is not asked. A
team's work is its members': who offers it says that they all agree, and each of them can take it
back at any time.
"""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from playbook.cohort import wall
from playbook.cohort.quotas import OFFERS
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Member
from playbook.model import Question
from playbook.store.class_schema import offer, team
from playbook.worksheet.parse import parse

SIDES = (1, 2)
PAGE_LENGTH = 2_000_000
_TITLE = Question(id="title", kind="text", text="What is shown", max_length=120)


class Gallery:
    """What the classes on one host show. Ids of another class are unknown ones."""

    def __init__(self, floor: Transactions) -> None:
        self._floor = floor

    def offer(self, who: Member, title: str, page: str, consent: bool) -> str:
        """Offer one's own or one's team's work; returns the offer's id.

        `page` is the worksheet as HTML, made by the server and never taken from a browser.
        `consent`: everybody whose work it is agrees.
        """
        named = parse(_TITLE, title, self._floor.words)
        if named is None:
            self._floor.refuse("title", "title")
        if consent is not True:
            self._floor.refuse("consent", "consent")
        if not 0 < len(page) <= PAGE_LENGTH:
            self._floor.refuse("page", "page")
        offer_id = str(uuid4())
        made = {"id": offer_id, "title": named, "page": page, "at": self._floor.now()}
        with self._floor.as_participant(who, seen_by_all=True) as turn:
            place = {"cohort": turn.who.cohort, "workspace": _shared_workspace(turn)}
            theirs = select(func.count()).where(offer.c.workspace == place["workspace"])
            if (turn.connection.scalar(theirs) or 0) >= OFFERS:
                self._floor.refuse("offers", "page", limit=OFFERS)
            turn.connection.execute(insert(offer).values(made | place))
        return offer_id

    def withdraw(self, who: Member, offer_id: str) -> None:
        """Take back what oneself or one's team offered; it is gone from every screen."""
        with self._floor.as_participant(who, seen_by_all=True) as turn:
            own = self._one(turn, offer_id) & own_offers(turn)
            if not turn.connection.execute(delete(offer).where(own)).rowcount:
                raise self._floor.gone()

    def show(self, by: Member, offer_id: str, side: int | None) -> None:
        """Show an offer at side 1 or 2, instead of what is there; None takes it down."""
        if side is not None and side not in SIDES:
            self._floor.refuse("side", "side")
        with self._floor.as_leader(by) as turn:
            there = (offer.c.cohort == turn.who.cohort) & (offer.c.side == side)
            turn.connection.execute(update(offer).where(there).values(side=None))
            here = update(offer).where(self._one(turn, offer_id)).values(side=side)
            if not turn.connection.execute(here).rowcount:
                raise self._floor.gone()
            shown = select(func.count()).where(
                offer.c.cohort == turn.who.cohort, offer.c.side.is_not(None)
            )
            wall.put(turn, "gallery" if turn.connection.scalar(shown) else None)

    def page(self, who: Member, offer_id: str) -> str:
        """The page of an offer that is shown, of one's own, or of any to who leads."""
        with self._floor.as_member(who) as turn:
            seen = self._one(turn, offer_id)
            if not turn.who.role.leads:
                seen &= offer.c.side.is_not(None) | own_offers(turn)
            found = turn.connection.scalar(select(offer.c.page).where(seen))
        if found is None:
            raise self._floor.gone()
        return str(found)

    def _one(self, turn: Transaction, offer_id: str) -> ColumnElement[bool]:
        return (offer.c.id == self._floor.known(offer_id)) & (offer.c.cohort == turn.who.cohort)


def own_offers(turn: Transaction) -> ColumnElement[bool]:
    """Which offers are the member's to take back: their own, and their team's."""
    of_team = select(team.c.workspace).where(team.c.id == turn.who.team)
    own = (offer.c.workspace == turn.who.workspace) | offer.c.workspace.in_(of_team)
    return (offer.c.cohort == turn.who.cohort) & own


def _shared_workspace(turn: Transaction) -> str:
    of_team = select(team.c.workspace).where(team.c.id == turn.who.team)
    return turn.connection.scalar(of_team) or turn.who.workspace
