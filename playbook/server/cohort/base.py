"""What the cohort host's own pages and actions share."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado.web import HTTPError

from playbook.cohort.types import Member, Visitor
from playbook.model import PlaybookError
from playbook.server.cohort.host import CohortHost, P, R
from playbook.server.cohort.identity import host_of, visitor_of
from playbook.server.handlers import QuietPage, drawn
from playbook.server.quiet import Quiet
from playbook.store.errors import GoneError

Given = Mapping[str, Any]
Action = Callable[[CohortHost, Any, Given], dict[str, Any]]
"""Does something for a member, or where there is no class yet for an account."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class CohortPage(QuietPage, JupyterHandler):
    """A page of the cohort host that is no notebook."""

    visitor: Visitor | None = None  # SignedIn sets it

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

    def show(self, template: str, **values: Any) -> None:
        """Finish with one of our templates. `words` are the texts of its own table in content."""
        words = self.host.framework.words
        values |= {
            "say": words.say,
            "in_clear": self.host.in_clear,
            "xsrf": self.xsrf_form_html(),
            "static": self.settings["class_files"],
        }
        self.finish(drawn(self, template, **values))

    def text(self, name: str) -> str:
        """What was typed into a field of a form, as it was typed."""
        return str(self.get_body_argument(name, "", strip=False))


class Actions(Quiet, APIHandler):
    """POST PLACE/NAME with JSON: one of `actions`, carried out for the member who asks."""

    actions: ClassVar[Mapping[str, Action]] = {}

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
        try:
            given = json.loads(self.request.body or b"{}")
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            raise HTTPError(400)
        try:
            told = await host.work(action, host, who, given)
        except GoneError:
            raise HTTPError(404) from None
        except PlaybookError as error:
            self.set_status(HTTPStatus.CONFLICT)
            self.finish({"text": str(error), "field": getattr(error, "field", None)})
        else:
            self.done(who, name)
            self.finish(told)


def text_of(given: Given, name: str) -> str:
    """What was given as text; "" for anything else."""
    value = given.get(name)
    return value if isinstance(value, str) else ""
