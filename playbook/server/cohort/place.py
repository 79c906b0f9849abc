"""My place: who I am here, how I come back, what I take along, how I leave."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from playbook.cohort.secrets import shown_code
from playbook.cohort.types import Member
from playbook.kinds import written_date
from playbook.model import InputError
from playbook.server.cohort.base import Action, Actions, CohortPage, Given, text_of
from playbook.server.cohort.host import CohortHost


class Place(CohortPage):
    """/place: the page; its buttons are the actions below."""

    async def get(self) -> None:
        who = self.member()
        self.show("place.html", **await self.host.work(_about, self.host, who))


def _about(host: CohortHost, who: Member) -> dict[str, Any]:
    cohort = host.cohorts.get(who)
    return {
        "cohort": cohort,
        "who": who,
        "privacy": host.answers.privacy(cohort, who),
        "has_link": host.devices.has_link(who),
        "relinked": _relinked(host, who),
    }


def _relinked(host: CohortHost, who: Member) -> str:
    """That a trainer made this person a link, who could use it too; empty if nobody did."""
    made, words = host.devices.relinked(who), host.framework.words
    if made is None:
        return ""
    at = made.at.astimezone()
    day = written_date(at.date(), words)
    return words.say("place.relinked", name=made.by, day=day, time=f"{at:%H:%M}")


class Taken(CohortPage):
    """/place/...: one's work as a file to keep."""

    FILES: ClassVar[Mapping[str, str]] = {
        "worksheets.html": "text/html; charset=utf-8",
        "workspace.json": "application/json",
        "dates.ics": "text/calendar; charset=utf-8",
    }

    async def get(self, name: str) -> None:
        who, take = self.member(), self.host.take_away
        made: str | bytes
        if name == "worksheets.html":
            made = await self.host.work(take.document, who)
        elif name == "dates.ics":
            made = await self.host.work(take.calendar, who)
        else:
            made = json.dumps(await self.host.work(take.file, who), ensure_ascii=False)
        self.set_header("Content-Type", self.FILES[name])
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(made)


def link(host: CohortHost, who: Member, _: Given) -> dict[str, Any]:
    """A new private link; the one before works no more."""
    return {"link": f"{host.address}/resume#{host.devices.link(who)}"}


def pair(host: CohortHost, who: Member, _: Given) -> dict[str, Any]:
    """A code for one more device."""
    return {"code": shown_code(host.devices.pairing_code(who)), "at": f"{host.address}/pair"}


def rename(host: CohortHost, who: Member, given: Given) -> dict[str, Any]:
    """Take another name."""
    host.cohorts.rename(who, text_of(given, "name"))
    return {}


def bring(host: CohortHost, who: Member, given: Given) -> dict[str, Any]:
    """Add the worksheets of a file that Export made."""
    data = given.get("workspace")
    if not isinstance(data, dict):
        raise InputError(host.framework.words.say("error.not_an_export"), "file")
    names = ", ".join(host.take_away.bring(who, data))
    return {"notice": host.framework.words.say("place.brought", names=names)}


def erase(host: CohortHost, who: Member, _: Given) -> dict[str, Any]:
    """Everything of this person goes for good; every browser of theirs is signed out."""
    host.ended(host.erasing.myself(who).devices)
    return {}


ACTIONS: dict[str, Action] = {
    "link": link,
    "pair": pair,
    "rename": rename,
    "bring": bring,
    "erase": erase,
}


class PlaceActions(Actions):
    """POST /place/NAME."""

    actions = ACTIONS
