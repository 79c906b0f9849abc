"""Coming in: join with a code, come back by a private link, add a device, sign in as a trainer."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from playbook.cohort.secrets import read_code, shown_code
from playbook.cohort.types import Account, Member
from playbook.model import InputError, PlaybookError
from playbook.server.cohort.base import CohortPage
from playbook.server.cohort.host import P, R
from playbook.server.cohort.identity import cookie_name, sign_in, sign_out
from playbook.server.cohort.refusing import status_of, told
from playbook.store.errors import GoneError

PLACE, DESK = "place", "desk"


class Entry(CohortPage):
    """A small form that lets somebody in. Only wrong tries are counted."""

    template = ""

    async def enter(self) -> tuple[Member | Account, str]:
        """Who comes in with what was typed, and where they go; InputError or GoneError if not."""
        raise NotImplementedError

    async def about(self) -> dict[str, Any]:
        """What the page says besides the form."""
        return {}

    @allow_unauthenticated
    async def get(self) -> None:
        self.show(self.template, **await self.about(), typed={}, wrong=None, where=None)

    @allow_unauthenticated
    async def post(self) -> None:
        place = str(self.request.remote_ip)
        if not self.host.tries.allowed(place):
            return await self._again(self.host.framework.words.say("door.wait"), None, 429)
        try:
            who, following = await self.enter()
        except (InputError, GoneError) as error:
            self.host.tries.wrong(place)
            return await self._again(str(error), getattr(error, "field", None))
        except PlaybookError as error:  # it was not wrong: the host can't just now
            text = told(error, self.host.framework.words)
            return await self._again(text, None, status_of(error))
        await self._leave_before()
        sign_in(self, await self.host.work(self.host.devices.begin, who))
        self.redirect(self.base_url + following, status=HTTPStatus.SEE_OTHER)
        return None

    async def hashed(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What has to do with a password takes long by design, so it has a lane of its own."""
        lane, place = self.host.lanes.hashing, str(self.request.remote_ip)
        return await lane.run(place, function, *args, **kwargs)

    async def _again(self, text: str, field: str | None, status: int = 409) -> None:
        self.set_status(status)
        typed = {name: self.text(name) for name in ("code", "name")}
        self.show(self.template, **await self.about(), typed=typed, wrong=text, where=field)

    async def _leave_before(self) -> None:
        """One browser is one person: whoever was signed in here before is not any more."""
        before = self.get_cookie(cookie_name(self), "")
        if before:
            await self.host.work(self.host.devices.end, before)


class Join(Entry):
    """/join: a code and a name or a pseudonym; with ?code= the class is named first."""

    template = "join.html"

    async def about(self) -> dict[str, Any]:
        code = read_code(self.get_query_argument("code", ""))
        if code is None or not self.host.tries.allowed(str(self.request.remote_ip)):
            return {"cohort": None, "code": ""}
        try:
            cohort = await self.host.work(self.host.cohorts.behind, code)
        except InputError:
            self.host.tries.wrong(str(self.request.remote_ip))
            return {"cohort": None, "code": shown_code(code)}
        told = self.host.answers.told(cohort)
        return {"cohort": cohort, "code": shown_code(code), "told": told}

    async def enter(self) -> tuple[Member | Account, str]:
        member = await self.host.work(self.host.cohorts.join, self.text("code"), self.text("name"))
        return member, PLACE


class Pair(Entry):
    """/pair: the ten-minute code that another device of the same person shows."""

    template = "pair.html"

    async def enter(self) -> tuple[Member | Account, str]:
        return await self.host.work(self.host.devices.paired, self.text("code")), PLACE


class Resume(Entry):
    """/resume#TOKEN: the private link. The token stays in the browser until this form posts it."""

    template = "resume.html"

    async def enter(self) -> tuple[Member | Account, str]:
        return await self.host.work(self.host.devices.resumed, self.text("token")), PLACE


class Invited(Entry):
    """/invited#TOKEN: a trainer sets a password."""

    template = "invited.html"

    async def enter(self) -> tuple[Member | Account, str]:
        given = self.text("token"), self.text("password")
        return await self.hashed(self.host.accounts.accept, *given), DESK


class SignIn(Entry):
    """/sign-in: a trainer's name and password."""

    template = "sign_in.html"

    async def enter(self) -> tuple[Member | Account, str]:
        given = self.text("name"), self.text("password")
        account = await self.hashed(self.host.accounts.signed_in, *given)
        if account is None:
            raise InputError(self.host.framework.words.say("door.no_match"), "name")
        return account, DESK


class SignOut(CohortPage):
    """/sign-out: this browser is nobody's any more, and its kernels end."""

    async def post(self) -> None:
        token = self.get_cookie(cookie_name(self), "")
        if self.visitor is None or not token:
            raise HTTPError(404)
        await self.host.work(self.host.devices.end, token)
        self.host.ended((self.visitor.device,))
        sign_out(self)
        self.redirect(self.base_url + "join", status=HTTPStatus.SEE_OTHER)


class Start(CohortPage):
    """/: on to where this visitor works."""

    @allow_unauthenticated
    def get(self) -> None:
        if self.visitor is None:
            following = "join"
        elif self.visitor.member is None or self.visitor.member.role.leads:
            following = DESK
        else:
            following = "voila/render/00_home.ipynb"
        self.redirect(self.base_url + following)
