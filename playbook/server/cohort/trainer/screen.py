"""The screen: what a projector shows. All of it is on every participant's device as well."""

from __future__ import annotations

from typing import Any

from tornado.web import HTTPError

from playbook.cohort.progress import people_stamp
from playbook.cohort.types import Member, Role
from playbook.server.cohort.host.door_sign import door_sign
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.identity import host_of, visitor_of
from playbook.server.cohort.host.long_poll import LongPollHandler
from playbook.server.cohort.host.page_data import page_data
from playbook.server.cohort.host.pages import CohortHandler
from playbook.server.cohort.host.seats import onlooker_in


class OwnScreenHandler(CohortHandler):
    """/screen: on to the screen of one's own class."""

    async def get(self) -> None:
        visitor = self.visitor
        if visitor is None or visitor.member is None:
            self.redirect(f"{self.base_url}desk")
        elif visitor.member.role is Role.ASIDE:
            self.redirect(f"{self.base_url}room")
        else:
            self.redirect(f"{self.base_url}screen/{visitor.member.cohort}")


class ScreenHandler(CohortHandler):
    """/screen/ID: for who leads the class, and for viewers; in small on the desk."""

    @property
    def content_security_policy(self) -> str:
        framed = super().content_security_policy.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        )
        return f"{framed}; frame-src 'self'"

    async def get(self, cohort: str) -> None:
        seat = await onlooker_in(self.host, self.visitor, cohort)
        if seat is None:
            raise HTTPError(404)
        told = await self.service(self.host.cohorts.get, seat)
        about = {"cohort": cohort, "sees": told.sees_answers}
        groups = ("screen", "desk", "room_page")
        data = page_data(self.host.framework, *groups, **about)
        self.show("screen.html", cohort=told, data=data)


class ScreenNewsHandler(LongPollHandler):
    """GET /screen/ID/state."""

    def stamp(self, host: CohortHost, who: Member) -> str:
        return f"{host.room.version(who)}-{people_stamp(host.database, who)}"

    def told(self, host: CohortHost, who: Member) -> dict[str, Any]:
        people = host.cohorts.members(who.cohort)
        return host.room.screen_for(who) | {
            "door": door_sign(host, who, host.cohorts.get(who)),
            "people": sum(1 for it in people if it.role.answers),
        }

    async def who(self, *place: str) -> Member | None:
        return await onlooker_in(host_of(self), visitor_of(self), place[0])
