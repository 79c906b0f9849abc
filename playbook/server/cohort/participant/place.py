"""My place: who I am here, how I come back, what I take along, how I leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from playbook.cohort.quotas import BROUGHT_BYTES, too_many
from playbook.cohort.secrets import shown_code
from playbook.cohort.types import Member, Role
from playbook.maintain.rotation import KEPT_DAYS
from playbook.model import InputError, PlaybookError
from playbook.model.wording import Words
from playbook.report.brief.formats import FORMATS
from playbook.server.cohort.host.door_sign import qr
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.identity import forget_browser, host_of, visitor_of
from playbook.server.cohort.host.pages import Action, ActionsHandler, CohortHandler, Given, text_of
from playbook.worksheet.kinds import written_date


class PlaceHandler(CohortHandler):
    """/place: the page; its buttons are the actions below."""

    async def get(self) -> None:
        who = self.member()
        assert self.visitor is not None
        about = await self.host.work(_about, self.host, who, self.visitor.device)
        self.show("place.html", **about)


def _about(host: CohortHost, who: Member, here: str) -> dict[str, Any]:
    cohort, words = host.cohorts.get(who), host.framework.words
    over = cohort.is_over(host.cohorts.today())
    days = {name: written_date(getattr(cohort, name), words) for name in ("ends", "erase_on")}
    return {
        "ended": words.text("place.ended", **days) if over else "",
        "dated": words.text("place.dated", **days, **_moment(cohort.dated, words))
        if cohort.dated
        else "",
        "cohort": cohort,
        "who": who,
        "privacy": host.calls.privacy(cohort, who),
        "shares": host.cohorts.place_of(who) != who.workspace,
        "has_link": host.devices.has_link(who),
        "relinked": relinked(host, who),
        "backup_days": KEPT_DAYS,
        "too_much": host.calls.too_much(),
        "others": _others(host, who, here),
        "cards": [] if who.role is Role.ASIDE else host.room.cards.mine(who),
    }


def _others(host: CohortHost, who: Member, here: str) -> str:
    """In how many other browsers this person is signed in, and when one was last used."""
    others, words = host.devices.others(who, here), host.framework.words
    if others.seen is None:
        return ""
    key = "place.others.one" if others.count == 1 else "place.others.many"
    return words.text(key, count=others.count, **_moment(others.seen, words))


def _moment(at: datetime, words: Words) -> dict[str, str]:
    """A moment as people here write its day and time."""
    local = at.astimezone()
    return {"day": written_date(local.date(), words), "time": f"{local:%H:%M}"}


def relinked(host: CohortHost, who: Member) -> str:
    """That a trainer made this person a link, who could use it too; empty if nobody did."""
    made, words = host.devices.relinked(who), host.framework.words
    if made is None:
        return ""
    return words.text("place.relinked", name=made.by, **_moment(made.at, words))


class DownloadHandler(CohortHandler):
    """/place/...: one's work as a file to keep."""

    FILES: ClassVar[Mapping[str, str]] = {
        "worksheets.html": "text/html; charset=utf-8",
        "workspace.json": "application/json",
        "dates.ics": "text/calendar; charset=utf-8",
        "take-home.pdf": "application/pdf",
        "take-home.docx": FORMATS["docx"].mime,
    }

    async def get(self, name: str) -> None:
        who, take = self.member(), self.host.take_away
        self.set_header("Content-Type", self.FILES[name])
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        if name == "worksheets.html":
            self.finish(await self.long(take.document, who))
        elif name.startswith("take-home."):
            self.finish(await self.long(take.take_home, who, "pdf" if ".pdf" in name else "docx"))
        elif name == "dates.ics":
            self.finish(await self.long(take.calendar, who))
        else:
            await self.finish_in_pieces(take.file(who))


@dataclass(frozen=True, slots=True)
class Requester:
    """The member who asks, and the browser they ask in (a Visitor.device)."""

    who: Member
    here: str


def link(host: CohortHost, by: Requester, _: Given) -> dict[str, Any]:
    """A new private link: the one before works no more, and with it go all other browsers."""
    made = host.devices.link(by.who, by.here)
    host.ended(made.ended)
    address = f"{host.address}/resume#{made.token}"
    return {"link": address, "qr": qr(address), "ended": len(made.ended)}


def sign_out_others(host: CohortHost, by: Requester, _: Given) -> dict[str, Any]:
    """Every other browser of this person is signed out."""
    ended = host.devices.end_others(by.who, by.here)
    host.ended(ended)
    key = "place.others.ended_one" if len(ended) == 1 else "place.others.ended"
    return {"notice": host.framework.words.text(key, count=len(ended))}


def pair(host: CohortHost, by: Requester, _: Given) -> dict[str, Any]:
    """A code for one more device."""
    code, at = shown_code(host.devices.pairing_code(by.who)), f"{host.address}/pair"
    return {"code": code, "at": at, "qr": qr(f"{at}?code={code}")}


def rename(host: CohortHost, by: Requester, given: Given) -> dict[str, Any]:
    """Take another name."""
    host.cohorts.rename(by.who, text_of(given, "name"))
    return {}


def bring(host: CohortHost, by: Requester, given: Given) -> dict[str, Any]:
    """Add the worksheets of a file that Export made."""
    data = given.get("workspace")
    if too_many(data):
        raise InputError(host.calls.too_much(), "file")
    if not isinstance(data, dict):
        raise InputError(host.framework.words.text("error.not_an_export"), "file")
    names = ", ".join(host.take_away.bring(by.who, data))
    return {"notice": host.framework.words.text("place.brought", names=names)}


def card(host: CohortHost, by: Requester, given: Given) -> dict[str, Any]:
    """Send a card, weeks after the class."""
    answers = given.get("answers")
    host.room.cards.answer(
        by.who, text_of(given, "card"), answers if isinstance(answers, dict) else {}
    )
    return {}


def erase(host: CohortHost, by: Requester, _: Given) -> dict[str, Any]:
    """Everything of this person goes for good; every browser of theirs is signed out."""
    host.ended(host.erasing.myself(by.who).devices)
    return {}


ACTIONS: dict[str, Action] = {
    "link": link,
    "sign_out_others": sign_out_others,
    "pair": pair,
    "rename": rename,
    "bring": bring,
    "card": card,
    "erase": erase,
}


class PlaceActionsHandler(ActionsHandler):
    """POST /place/NAME."""

    actions = ACTIONS
    long = ("bring",)
    largest = BROUGHT_BYTES

    def too_large(self) -> PlaybookError:
        return InputError(host_of(self).calls.too_much(), "file")

    def done(self, _who: Any, name: str) -> None:
        if name == "erase":
            forget_browser(self)

    async def who(self, *_place: str) -> Requester | None:
        visitor = visitor_of(self)
        return Requester(visitor.member, visitor.device) if visitor and visitor.member else None
