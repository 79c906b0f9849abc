"""Coming in: join with a code, come back by a private link, add a device, sign in as a trainer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from hmac import compare_digest
from http import HTTPStatus
from typing import Any, ClassVar

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from playbook.cohort.class_service import NAME_LENGTH, folded
from playbook.cohort.secrets import read_code, shown_code, token_hash
from playbook.cohort.types import Account, Cohort, Member
from playbook.model import InputError, PlaybookError
from playbook.server.cohort.host.host import P, R
from playbook.server.cohort.host.identity import (
    cookie_name,
    forget_browser,
    sign_in,
    sign_out,
)
from playbook.server.cohort.host.pages import CohortHandler
from playbook.server.cohort.host.rate_limits import BETWEEN_GUESSES, AttemptKind, QueueTimeoutError
from playbook.server.cohort.host.refusing import status_of, told
from playbook.store.errors import GoneError

PLACE, DESK, ROOM = "place", "desk", "room"


class EntryHandler(CohortHandler):
    """A small form that lets somebody in.

    A try counts from its beginning and until it was right; a look at the page never does. Past the
    limit a right one still passes, and every wrong one gets the same sentence (rate_limits.py).
    """

    template = ""
    sort = AttemptKind.CODE
    harmless: ClassVar[frozenset[str]] = frozenset()
    """Fields that nobody guesses: what is wrong there is said, and is no try."""

    async def enter(self) -> tuple[Member | Account | None, str]:
        """Who comes in with what was typed, and where they go; None for who is in already.

        InputError or GoneError if it was wrong; NoTurnError if too many try.
        """
        raise NotImplementedError

    async def about(self) -> dict[str, Any]:
        """What the page says besides the form."""
        return {}

    @allow_unauthenticated
    async def get(self) -> None:
        if self.get_cookie(cookie_name(self)) and self.visitor is None:
            forget_browser(self)  # signed out from elsewhere: by a new link, or with everything
        self.show(self.template, **await self.about(), typed={}, wrong=None, where=None)

    @allow_unauthenticated
    async def post(self) -> None:
        attempts, say = self.host.attempts, self.host.framework.words.text
        this = attempts.begin(self.sort, str(self.request.remote_ip), self.account_name())
        try:
            who, following = await self.enter()
        except QueueTimeoutError:
            return await self._again(say("door.busy"), None, 429)
        except (InputError, GoneError) as error:
            field = getattr(error, "field", None)
            if field in self.harmless:
                attempts.right(this)
            elif this.over:
                return await self._again(say("door.wait"), None, 429)
            return await self._again(str(error), field)
        except PlaybookError as error:  # it was not wrong: the host can't just now
            attempts.right(this)
            text = told(error, self.host.framework.words)
            return await self._again(text, None, status_of(error))
        attempts.right(this)
        if who is not None:
            await self._leave_before(who)
            sign_in(self, await self.host.work(self.host.devices.begin, who))
        self.redirect(self.base_url + following, status=HTTPStatus.SEE_OTHER)
        return None

    async def hashed(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What has to do with a password takes long by design, so it has a thread of its own."""
        executor, place = self.host.executors.hashing, str(self.request.remote_ip)
        return await executor.run(place, function, *args, **kwargs)

    def account_name(self) -> str:
        """Whose password is tried, as names are compared; empty for anything else."""
        return ""

    async def _again(self, text: str, field: str | None, status: int = 409) -> None:
        self.set_status(status)
        typed = {name: self.text(name) for name in ("code", "name")}
        self.show(self.template, **await self.about(), typed=typed, wrong=text, where=field)

    async def _leave_before(self, who: Member | Account) -> None:
        """One browser is one person: whoever was signed in here before is not any more."""
        before = self.get_cookie(cookie_name(self), "")
        if before:
            await self.host.work(self.host.devices.end, before)
            here = (self.visitor.member or self.visitor.account) if self.visitor else None
            if here is None or here.id != who.id:
                forget_browser(self)
        if self.visitor:
            self.host.ended((self.visitor.device,))


class JoinHandler(EntryHandler):
    """/join: a code and a name or a pseudonym; with ?code= the class is named first."""

    template = "join.html"

    harmless = frozenset({"name"})

    async def about(self) -> dict[str, Any]:
        here = self.visitor.member if self.visitor else None
        code = read_code(self.get_query_argument("code", ""))
        if code is None:
            return {"cohort": None, "code": "", "here": here}
        try:
            cohort = await self.host.work(self.host.cohorts.behind, code)
        except InputError:
            return {"cohort": None, "code": shown_code(code), "here": here}
        told = self.host.calls.told(cohort)
        return {"cohort": cohort, "code": shown_code(code), "told": told, "here": here}

    async def enter(self) -> tuple[Member | Account | None, str]:
        name = self.host.cohorts.name(self.text("name"), "name")
        cohort = await self.host.work(self.host.cohorts.behind, self.text("code"))
        here = self.visitor.member if self.visitor else None
        if here and here.cohort == cohort.id:
            return None, f"{ROOM}?back"
        click = self.get_cookie("_xsrf"), cohort.id, name
        come = await self.host.admissions.once(click, partial(self._come, cohort, name))
        return come, f"{ROOM}?joined"

    async def _come(self, cohort: Cohort, name: str) -> Member:
        wait = self.host.admissions.wait(cohort.id)
        if wait is None:
            raise QueueTimeoutError
        await asyncio.sleep(wait)
        return await self.host.work(self.host.cohorts.join, self.text("code"), name)


class ReturnHandler(EntryHandler):
    """Somebody comes as who they were already. A browser that stands in the same class under
    another name may take along what was done there, when its person says so."""

    async def about(self) -> dict[str, Any]:
        here = self.visitor.member if self.visitor else None
        return {"twin": here.name if here and here.role.answers else None}

    async def found(self) -> Member:
        """Whose code or link it is."""
        raise NotImplementedError

    async def enter(self) -> tuple[Member | Account | None, str]:
        who = await self.found()
        twin = self.visitor.member if self.visitor else None
        both = twin is not None and twin.cohort == who.cohort and twin.id != who.id
        if self.text("bring") == "yes" and twin and both:
            self.host.ended(await self.host.work(self.host.merging.merge, twin, who))
            self.host.bells.ring(who.cohort)
        return who, await self._lands(who)

    async def _lands(self, who: Member) -> str:
        """Where people of that role go on: a participant in the room, as from joining, until the
        class is over; then what is theirs is left to do."""
        if who.role.leads:
            return DESK
        cohort = await self.host.work(self.host.cohorts.get, who)
        live = who.role.answers and not cohort.is_over(self.host.cohorts.today())
        return f"{ROOM}?returned" if live else PLACE


class PairHandler(ReturnHandler):
    """/pair: the ten-minute code that another device of the same person shows."""

    template = "pair.html"

    async def about(self) -> dict[str, Any]:
        code = read_code(self.get_query_argument("code", ""))
        return {**await super().about(), "code": shown_code(code) if code else ""}

    async def found(self) -> Member:
        return await self.host.work(self.host.devices.paired, self.text("code"))


class ResumeHandler(ReturnHandler):
    """/resume#TOKEN: the private link. The token stays in the browser until this form posts it."""

    template = "resume.html"
    sort = AttemptKind.LINK

    async def found(self) -> Member:
        return await self.host.work(self.host.devices.resumed, self.text("token"))


class InvitationHandler(EntryHandler):
    """/invited#TOKEN: a trainer sets a password."""

    template = "invited.html"
    sort = AttemptKind.LINK
    harmless = frozenset({"password"})

    async def enter(self) -> tuple[Member | Account | None, str]:
        given = self.text("token"), self.text("password")
        return await self.hashed(self.host.accounts.accept, *given), DESK


class FirstTrainerHandler(EntryHandler):
    """/first#TOKEN: on a host without trainers, whoever started it becomes the first one."""

    template = "first.html"
    sort = AttemptKind.LINK
    harmless = frozenset({"password", "name"})

    async def enter(self) -> tuple[Member | Account | None, str]:
        wanted, given = self.host.first_trainer, token_hash(self.text("token"))
        if wanted is None or not compare_digest(wanted, given):
            raise self.host.accounts.gone()
        typed = self.text("name"), self.text("password")
        account = await self.hashed(self.host.accounts.first, *typed)
        self.host.first_trainer = None
        return account, DESK


class SignInHandler(EntryHandler):
    """/sign-in: a trainer's name and password."""

    template = "sign_in.html"
    sort = AttemptKind.PASSWORD

    def account_name(self) -> str:
        return folded(self.text("name"))[:NAME_LENGTH]

    async def enter(self) -> tuple[Member | Account | None, str]:
        given, name = (self.text("name"), self.text("password")), self.account_name()
        guessed = self.host.attempts.is_guessed(name)
        whose = f"for {name}" if guessed else f"from {self.request.remote_ip}"
        async with self.host.queue.turn(whose, BETWEEN_GUESSES if guessed else 0.0):
            account = await self.hashed(self.host.accounts.signed_in, *given)
        if account is None:
            raise InputError(self.host.framework.words.text("door.no_match"), "name")
        return account, DESK


class SignOutHandler(CohortHandler):
    """/sign-out: this browser is nobody's any more, and its kernels end."""

    async def post(self) -> None:
        token = self.get_cookie(cookie_name(self), "")
        if self.visitor is None or not token:
            raise HTTPError(404)
        await self.host.work(self.host.devices.end, token)
        self.host.ended((self.visitor.device,))
        sign_out(self)
        self.redirect(self.base_url + "join", status=HTTPStatus.SEE_OTHER)


class StartHandler(CohortHandler):
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
