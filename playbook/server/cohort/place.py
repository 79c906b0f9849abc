"""My place: who I am here, how I come back, what I take along, how I leave."""

from __future__ import annotations

from typing import Any

from playbook.cohort.secrets import shown_code
from playbook.cohort.types import Member
from playbook.model import InputError
from playbook.server.cohort.base import Action, Actions, CohortPage, Given, text_of
from playbook.server.cohort.host import CohortHost
from playbook.store.sqlite import SqliteStore


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
    }


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
    store = SqliteStore(host.database, now=host.cohorts.now, workspace=who.workspace)
    names = ", ".join(info.name for info in store.import_(data))
    return {"notice": host.framework.words.say("place.brought", names=names)}


ACTIONS: dict[str, Action] = {"link": link, "pair": pair, "rename": rename, "bring": bring}


class PlaceActions(Actions):
    """POST /place/NAME."""

    actions = ACTIONS
