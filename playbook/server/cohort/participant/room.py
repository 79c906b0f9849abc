"""The room, as participants have it: what is offered now, votes, gallery, agreed actions."""

from __future__ import annotations

from typing import Any

from tornado.web import HTTPError

from playbook.cohort.quotas import worksheets_in
from playbook.cohort.types import Member, Role
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.identity import host_of, visitor_of
from playbook.server.cohort.host.long_poll import LongPollHandler
from playbook.server.cohort.host.page_data import page_data
from playbook.server.cohort.host.pages import Action, ActionsHandler, CohortHandler, Given, text_of
from playbook.server.cohort.host.seats import seat_in
from playbook.server.cohort.participant.place import relinked

FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
"""For a page of the gallery: nothing in it runs or leads anywhere, and only our pages show it."""

CAME = ("joined", "back", "returned")
"""How somebody came from the door: for the first time, in a browser that was here already, or by
their private link or a code of their other device."""


class RoomHandler(CohortHandler):
    """/room: the page; what is in it comes by /room/state."""

    @property
    def content_security_policy(self) -> str:
        return f"{super().content_security_policy}; frame-src 'self'"

    async def get(self) -> None:
        visitor = self.visitor
        if visitor is None or visitor.member is None or visitor.member.role.leads:
            self.redirect(f"{self.base_url}desk")
        elif visitor.member.role is Role.ASIDE:
            self.show("later.html", kind="aside")
        elif not visitor.member.role.answers:
            self.redirect(f"{self.base_url}screen")
        else:
            await self._show(visitor.member)

    async def _show(self, who: Member) -> None:
        cohort = await self.service(self.host.cohorts.get, who)
        self.show(
            "room.html",
            cohort=cohort,
            who=who,
            came=next((it for it in CAME if it in self.request.query_arguments), ""),
            relinked=await self.service(relinked, self.host, who),
            privacy=self.host.calls.privacy(cohort, who),
            data=page_data(self.host.framework, "room_page", cohort=cohort.id, me=who.id),
        )


class RoomNewsHandler(LongPollHandler):
    """GET /room/state."""

    def stamp(self, host: CohortHost, who: Member) -> str:
        return str(host.room.version(who))

    def told(self, host: CohortHost, who: Member) -> dict[str, Any]:
        cohort = host.cohorts.get(who)
        ended = cohort.ends.isoformat() if cohort.is_over(host.cohorts.today()) else None
        return host.room.state_for(who) | {"ended": ended}


# -- what participants do


def answer(host: CohortHost, who: Member, given: Given) -> dict[str, Any]:
    """Answer a vote, or take the answer back."""
    vote, value, guess = text_of(given, "vote"), given.get("value"), given.get("guess")
    host.room.votes.answer(who, vote, value, guess, given.get("shared") is True)
    return {}


def mine(host: CohortHost, who: Member, _: Given) -> dict[str, Any]:
    """The worksheets that somebody could show."""
    sheets = host.framework.sheets
    store = worksheets_in(host.database, host.cohorts.place_of(who), host.cohorts.now)
    found = [it for it in store.worksheets() if it.sheet in sheets]
    return {"worksheets": [{"id": it.id, "name": it.name} for it in found]}


def offer(host: CohortHost, who: Member, given: Given) -> dict[str, Any]:
    """Offer a worksheet for the gallery, as it is now."""
    page = host.take_away.page(who, text_of(given, "worksheet"))
    title, consent = text_of(given, "title"), given.get("consent") is True
    return {"id": host.room.gallery.offer(who, title, page, consent)}


def withdraw(host: CohortHost, who: Member, given: Given) -> dict[str, Any]:
    """Take an offer back."""
    host.room.gallery.withdraw(who, text_of(given, "offer"))
    return {}


def team(host: CohortHost, who: Member, given: Given) -> dict[str, Any]:
    """Sit down in a team, where the class was asked to choose."""
    host.room.seating.choose(who, text_of(given, "team"))
    return {}


def carry(host: CohortHost, who: Member, given: Given) -> dict[str, Any]:
    """Keep a sentence for one's own sheet, at the end of a case; "" takes it away."""
    text = text_of(given, "text")
    sheet = host.room.carrying.put(who, host.cohorts.place_of(who), text)
    key = "carry_saved" if text.strip() else "carry_gone"
    return {"said": host.framework.words.text(f"cases.page.{key}", sheet=sheet)}


def carried(host: CohortHost, who: Member, _: Given) -> dict[str, Any]:
    """The sentence that somebody carried from the case that is played."""
    return {"text": host.room.carrying.text(who, host.cohorts.place_of(who))}


_DONE = (answer, mine, offer, withdraw, team, carry, carried)
ACTIONS: dict[str, Action] = {it.__name__: it for it in _DONE}


class RoomActionsHandler(ActionsHandler):
    """POST /room/NAME."""

    actions = ACTIONS
    long = ("offer",)

    def done(self, who: Member, name: str) -> None:
        host_of(self).bells.ring(who.cohort, for_all=name not in ("answer", "carry", "carried"))


class OfferHandler(CohortHandler):
    """/gallery/COHORT/OFFER: a page that somebody shows, for a frame in the room or on screen."""

    @property
    def content_security_policy(self) -> str:
        return FRAMED

    async def get(self, cohort: str, offer_id: str) -> None:
        seat = await seat_in(host_of(self), visitor_of(self), cohort)
        if seat is None:
            raise HTTPError(404)
        self.finish(await self.service(self.host.room.gallery.page, seat, offer_id))
