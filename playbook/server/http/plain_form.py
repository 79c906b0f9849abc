"""A sheet's plain form: in its page before any script has run, and by POST where none can run.

It goes by the same gate as everything that is written (playbook.editing), into the same worksheets.
The page that answers a POST has no kernel and needs no script.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError

from playbook.cases.library import Listed, kit_list
from playbook.cases.text import cases_standing_in
from playbook.editing.filled_form import FilledForm
from playbook.framework import Framework, load_framework
from playbook.model import InputError, PlaybookError, Sheet
from playbook.report.plain_form import form_html
from playbook.server.http.assets import ServedFiles, assets_at
from playbook.server.http.error_hiding import ErrorHidingPageMixin, render_template
from playbook.server.http.notebook_facts import NotebookFacts, facts_of
from playbook.server.http.plain_page import (
    PlainPage,
    Workspace,
    shown_page,
    taken_page,
    unsaved_page,
)
from playbook.server.http.security import page_policy

R = TypeVar("R")


class PlainFormHandler(ErrorHidingPageMixin, JupyterHandler):
    """A notebook's sheet as a plain form; which worksheets it is about, a host says."""

    static_files: dict[str, ServedFiles]

    @cached_property
    def nonce(self) -> str:
        return secrets.token_urlsafe(16)

    @property
    def content_security_policy(self) -> str:
        return page_policy(self.request.host, self.nonce)

    def check_origin(self, *_: Any) -> bool:
        """Also from "null": so browsers send a form of a page that names no referrer.

        The _xsrf value that must come along, no other site knows.
        """
        return self.request.headers.get("Origin") == "null" or super().check_origin()

    # -- what a host may say

    async def in_workspace(self, work: Callable[[Workspace], R]) -> R:
        """What `work` makes of the visitor's worksheets, done where these are."""
        done: R = await self.settings["workspace"].run(work)
        return done

    @property
    def framework(self) -> Framework:
        """The content."""
        return load_framework()

    def is_closed(self, sheet: Sheet) -> bool:  # noqa: ARG002  # for those who have use
        """Whether the sheet is not to be shown on the way that people come."""
        return False

    def trouble(self, error: PlaybookError) -> tuple[HTTPStatus, str]:
        """The status and the sentence for what could not be done."""
        return HTTPStatus.SERVICE_UNAVAILABLE, str(error)

    def ways(self) -> Sequence[Sequence[str]]:
        """More ways for the bar: what they are called, and their addresses."""
        return ()

    def cases(self) -> Sequence[Listed]:
        """The cases that may be played here."""
        return kit_list()

    # -- the form

    async def form_in_page(self, path: str) -> str:
        """The form for the page of a notebook; "" where that shows no sheet, or none can be read:
        the page itself will say why."""
        if self._is_of_cases(path):
            return self._cases()
        facts = self._facts(path)
        sheet = self.framework.sheets.get(facts.sheet) if facts else None
        if sheet is None or self.is_closed(sheet):
            return ""
        try:
            page = await self._shown(sheet, whole=False)
            return form_html(page.form, str(self.xsrf_form_html())) if page.form else ""
        except PlaybookError:
            return ""
        except Exception as error:
            self.log.error("%s has no form before its scripts. %r", path, error)
            return ""

    async def send_plain(self, path: str) -> None:
        """The whole sheet as a page of its own, or the list of cases; 404 where the notebook shows
        neither."""
        if self._is_of_cases(path) and (facts := self._facts(path)):
            self._send(path, facts, PlainPage(None, says=self._cases()))
            return
        facts, sheet = self._page(path)
        text = self.framework.words.text("plain_form.plain")
        try:
            page = await self._shown(sheet, whole=True)
        except PlaybookError as error:
            status, why = self.trouble(error)
            self.set_status(status)
            self._send(path, facts, unsaved_page(self.framework, sheet, None, why))
        else:
            self._send(path, facts, PlainPage(page.form, [("plain", text)], page.says))

    async def take_form(self, path: str) -> None:
        """Save what a form gives, and answer with the whole sheet and what became of it."""
        facts, sheet = self._page(path)
        try:
            page = await self.in_workspace(partial(taken_page, self.framework, sheet, self.filled))
        except PlaybookError as error:
            self.refuse_form(path, error)
        else:
            self._send(path, facts, page)

    def refuse_form(self, path: str, error: PlaybookError) -> None:
        """The form as it came, and why it was not saved."""
        facts, sheet = self._page(path)
        status, why = self.trouble(error)
        self.set_status(status)
        self._send(path, facts, unsaved_page(self.framework, sheet, self.filled, why))

    @cached_property
    def filled(self) -> FilledForm:
        """The form that came; HTTPError when it is none of ours."""
        names = self.request.body_arguments
        try:
            return FilledForm.of({it: self.get_body_arguments(it, strip=False) for it in names})
        except InputError:
            raise HTTPError(HTTPStatus.BAD_REQUEST) from None

    # -- help

    def _is_of_cases(self, path: str) -> bool:
        return path == self.framework.case_play.notebook

    def _cases(self) -> str:
        return cases_standing_in(self.cases(), self.framework.words)

    async def _shown(self, sheet: Sheet, whole: bool) -> PlainPage:
        wanted = self.get_query_argument("worksheet", "")
        return await self.in_workspace(partial(shown_page, self.framework, sheet, wanted, whole))

    def _page(self, path: str) -> tuple[NotebookFacts, Sheet]:
        facts = self._facts(path)
        sheet = self.framework.sheets.get(facts.sheet) if facts else None
        if facts is None or sheet is None or self.is_closed(sheet):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        return facts, sheet

    def _facts(self, path: str) -> NotebookFacts | None:
        kernels = self.settings["kernel_manager"]
        if path not in kernels.notebooks():
            return None
        file = Path(kernels.root_dir) / path
        return facts_of(file, file.stat().st_mtime_ns)

    def _send(self, path: str, facts: NotebookFacts, page: PlainPage) -> None:
        self.finish(
            render_template(
                self,
                "plain.html",
                facts=facts,
                file=path,
                ways=self.ways(),
                words=self.framework.words.group("plain_form"),
                page=page,
                form=form_html(page.form, str(self.xsrf_form_html())) if page.form else "",
                style=assets_at(self.base_url, "scripts", self.static_files["scripts"]),
                nonce=self.nonce,
            )
        )
