"""What the cohort host's own pages and actions share."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import aclosing, suppress
from typing import Any, ClassVar

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from playbook.cohort.types import Member, Visitor
from playbook.model import InputError, PlaybookError
from playbook.server.cohort.host.host import CohortHost, P, R
from playbook.server.cohort.host.identity import host_of, visitor_of
from playbook.server.cohort.host.refusing import status_of, told
from playbook.server.http.error_hiding import (
    ErrorHidingMixin,
    ErrorHidingPageMixin,
    render_template,
)
from playbook.store.errors import GoneError

Given = Mapping[str, Any]
Action = Callable[[CohortHost, Any, Given], dict[str, Any]]
"""Does something for a member, or where there is no class yet for an account."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


LARGEST_ASK = 1 << 18
"""Bytes of what an action is given; the longest text that anybody may write has half of it."""


class CohortHandler(ErrorHidingPageMixin, JupyterHandler):
    """A page of the cohort host that is no notebook."""

    visitor: Visitor | None = None  # CookieIdentityProvider sets it

    @property
    def content_security_policy(self) -> str:
        return PAGE_POLICY

    @property
    def host(self) -> CohortHost:
        return host_of(self)

    def member(self) -> Member:
        """The member who asks; 404 for anybody else."""
        if self.visitor is None or self.visitor.member is None:
            raise HTTPError(404)
        return self.visitor.member

    async def service(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What a service says; 404 for what is gone, or another's."""
        try:
            return await self.host.work(function, *args, **kwargs)
        except GoneError:
            raise HTTPError(404) from None

    async def long(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same for what takes longer, as a document: bounded for each browser."""
        try:
            return await self.host.executors.long.run(self._asker, function, *args, **kwargs)
        except GoneError:
            raise HTTPError(404) from None

    async def finish_in_pieces(self, pieces: Iterator[str]) -> None:
        """As fast as it is taken, so that neither memory nor the thread is held by a slow line."""
        with suppress(StreamClosedError):  # nobody takes it any more
            async with aclosing(self.host.executors.long.pieces(self._asker, pieces)) as made:
                async for piece in made:
                    self.write(piece)
                    await self.flush()
            self.finish()

    @property
    def _asker(self) -> str:
        return self.visitor.device if self.visitor else ""

    def write_error(self, status_code: int, **more: Any) -> None:
        """A page that says what to do; our own errors in their sentence."""
        error = (more.get("exc_info") or (None, None))[1]
        if not isinstance(error, PlaybookError):
            return super().write_error(status_code, **more)
        self.set_status(status_of(error))
        self.show("later.html", kind="trouble", text=told(error, self.host.framework.words))
        return None

    def show(self, template: str, **values: Any) -> None:
        """Finish with one of our templates. `words` are the texts of its own table in content."""
        words = self.host.framework.words
        values |= {
            "say": words.text,
            "in_clear": self.host.in_clear,
            "xsrf": self.xsrf_form_html(),
            "static": self.settings["class_files"],
        }
        self.finish(render_template(self, template, **values))

    def text(self, name: str) -> str:
        """What was typed into a field of a form, as it was typed."""
        return str(self.get_body_argument(name, "", strip=False))


class ActionsHandler(ErrorHidingMixin, APIHandler):
    """POST PLACE/NAME with JSON: one of `actions`, carried out for the member who asks."""

    actions: ClassVar[Mapping[str, Action]] = {}
    long: ClassVar[Collection[str]] = ()
    """The actions that take longer than a moment, by name."""
    largest: ClassVar[int] = LARGEST_ASK

    async def who(self, *_place: str) -> Any:
        """In whose name it is done; None for nobody who may."""
        visitor = visitor_of(self)
        return visitor.member if visitor else None

    def done(self, _who: Any, _name: str) -> None:
        """It was carried out; for those who tell others."""

    async def post(self, *path: str) -> None:
        *place, name = path
        action, host, who = self.actions.get(name), host_of(self), await self.who(*place)
        if action is None or who is None:
            raise HTTPError(404)
        if len(self.request.body) > self.largest:
            return self.refuse(self.too_large())
        try:
            given = json.loads(self.request.body or b"{}")
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            raise HTTPError(400)
        try:
            executor = host.executors.long if name in self.long else host.executors.pages
            result = await executor.run(self._device(), action, host, who, given)
        except GoneError:
            raise HTTPError(404) from None
        except PlaybookError as error:
            self.refuse(error)
        else:
            self.done(who, name)
            self.finish(result)
        return None

    def too_large(self) -> PlaybookError:
        """What is said of more than `largest`."""
        return InputError(host_of(self).framework.words.text("host.large"))

    def _device(self) -> str:
        visitor = visitor_of(self)
        return visitor.device if visitor else ""

    def refuse(self, error: PlaybookError) -> None:
        """Say why it was not done."""
        self.set_status(status_of(error))
        text = told(error, host_of(self).framework.words)
        self.finish({"text": text, "field": getattr(error, "field", None)})

    def write_error(self, status_code: int, **more: Any) -> None:
        """As its parent; our own errors in their sentence, also from before the action began."""
        error = (more.get("exc_info") or (None, None))[1]
        if isinstance(error, PlaybookError):
            return self.refuse(error)
        return super().write_error(status_code, **more)


def text_of(given: Given, name: str) -> str:
    """What was given as text; "" for anything else."""
    value = given.get(name)
    return value if isinstance(value, str) else ""
