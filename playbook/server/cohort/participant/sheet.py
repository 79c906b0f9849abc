"""Notebooks as pages for members: as many as the machine holds, each bound to its browser."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from tornado.web import HTTPError, authenticated

from playbook.cases.library import Listed
from playbook.cohort.types import Member, Role, Visitor
from playbook.framework import Framework
from playbook.model import PlaybookError, Sheet
from playbook.server.cohort.host.executors import BusyError
from playbook.server.cohort.host.identity import host_of, visitor_of
from playbook.server.cohort.host.page_data import strip_data
from playbook.server.cohort.host.pages import PAGE_POLICY
from playbook.server.cohort.host.refusing import status_of, told
from playbook.server.cohort.kernels import TicketKernelManager
from playbook.server.cohort.participant.paper_card import paper_card
from playbook.server.http.error_hiding import render_template
from playbook.server.http.notebooks import Needs, NotebookPageHandler
from playbook.server.http.plain_page import Workspace

R = TypeVar("R")


class MemberNotebookHandler(NotebookPageHandler):
    """A notebook as a page, with a kernel of its own that only this browser reaches."""

    @authenticated
    async def get(self, path: str) -> None:
        who = self._member()
        if who.role is Role.ASIDE:
            self._later("aside", 403)
            return
        if not who.role.answers and not who.role.leads:
            self.redirect(f"{self.base_url}screen")
            return
        if (sheet := self._about_people(path)) and host_of(self).in_clear:
            self._later("in_clear", 403, card=paper_card(sheet, self.framework.words))
            return
        kernels: TicketKernelManager = self.settings["kernel_manager"]
        if not self._is_page(who, path):  # nobody makes room for a page that there isn't
            raise HTTPError(404)
        if self.is_plain:  # and none is needed for one without a kernel
            await self.send_plain(path)
            return
        making_room = kernels.pages.begin(self, who)
        if making_room is None:
            self.set_header("Retry-After", "10")
            self._later("wait", 503)
            return
        for kernel_id in making_room:
            kernels.end_for(kernel_id, grace=0)
        try:
            await super().get(path)  # type: ignore[misc]  # tornado: authenticated may return None
        finally:
            kernels.pages.end(self)

    @authenticated
    async def post(self, path: str) -> None:
        who = self._member()
        if not who.role.answers and not who.role.leads:
            raise HTTPError(404)
        if self._about_people(path) and host_of(self).in_clear:
            self._later("in_clear", 403)
            return
        wait = host_of(self).forms.wait(who.id)
        if wait is None:
            often = BusyError(self.framework.words.text("plain_form.often"))
            self.refuse_form(path, often)
            return
        await asyncio.sleep(wait)
        await self.take_form(path)

    async def in_workspace(self, work: Callable[[Workspace], R]) -> R:
        host, device = host_of(self), self._visitor().device
        return await host.executors.saves.run(device, host.calls.in_workspace, device, work)

    @property
    def framework(self) -> Framework:
        return host_of(self).framework

    def is_closed(self, sheet: Sheet) -> bool:
        return sheet.about_people and host_of(self).in_clear

    def cases(self) -> Sequence[Listed]:
        """None: whoever leads the class opens them."""
        return ()

    def trouble(self, error: PlaybookError) -> tuple[HTTPStatus, str]:
        return status_of(error), told(error, self.framework.words)

    def ways(self) -> list[list[str]]:
        say = self.framework.words.text
        ways = [[say("place.room"), "room"], [say("place.title"), "place"]]
        return [[label, self.base_url + path] for label, path in ways]

    def _page_config(self, nonce: str, needs: Needs) -> dict[str, Any]:
        """As its parent, with the ways to the class."""
        return super()._page_config(nonce, needs) | {
            "pbWays": self.ways(),
            "pbStrip": f"{self.settings['class_files']}/strip",
            "pbStripData": strip_data(host_of(self).framework, self.base_url),
        }

    def given(self, kernel_id: str) -> None:
        """From now on the kernel is this browser's, and its ticket stands for it."""
        super().given(kernel_id)
        kernels: TicketKernelManager = self.settings["kernel_manager"]
        kernels.pages.given(self, kernel_id)
        host_of(self).own(kernel_id, kernels.tickets[kernel_id], self._visitor().device)

    def _visitor(self) -> Visitor:
        visitor = visitor_of(self)
        if visitor is None:
            raise HTTPError(404)
        return visitor

    def _member(self) -> Member:
        if (member := self._visitor().member) is None:
            raise HTTPError(404)
        return member

    def _about_people(self, path: str) -> Sheet | None:
        """The sheet of that notebook, if it judges people."""
        sheets = host_of(self).framework.sheets.values()
        found = (it for it in sheets if it.about_people and path.endswith(it.notebook))
        return next(found, None)

    def _is_page(self, who: Member, path: str) -> bool:
        """Whether there is a page for them. A notebook that runs nothing on its page is for
        analysts and may tell how a case ends: whoever leads the class has it, nobody else."""
        facts = self._facts(path)
        return facts is not None and (facts.runs or who.role.leads)

    def _later(self, kind: str, status: int, **more: Any) -> None:
        """A page in place of the notebook that says why it doesn't open (now)."""
        self.set_status(status)
        self.set_header("Content-Security-Policy", PAGE_POLICY)
        words: Any = host_of(self).framework.words
        self.finish(render_template(self, "later.html", say=words.text, kind=kind, **more))
