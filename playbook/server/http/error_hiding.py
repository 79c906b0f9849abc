"""What every handler keeps to itself."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from tornado.web import HTTPError, RequestHandler

from playbook.model import PlaybookError
from playbook.server.kernels import compat


class ErrorHidingMixin:
    """Keeps a handler from saying too much: no query in logs, no error text, no foreign origin."""

    request: Any
    settings: dict[str, Any]
    log: Any

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Log what is our fault, without the query, which may hold the token; of what people are
        told in a sentence its kind alone, in one line: the sentence may have what they typed."""
        if isinstance(error, PlaybookError):
            asked = f"{type(self).__name__} {self.request.method}"
            self.log.warning("%s could not be done: %s", asked, kind.__name__)
        elif not isinstance(error, HTTPError):
            summary = f"{self.request.method} {self.request.path}"
            self.log.error("%s failed", summary, exc_info=(kind, error, trace))

    def write_error(self, status_code: int, **_: Any) -> None:
        """What HTTP calls it, and nothing of what went wrong inside."""
        assert isinstance(self, RequestHandler)
        self.finish({"message": HTTPStatus(status_code).phrase})

    def set_cors_headers(self) -> None:
        """None: nobody from elsewhere is invited, not even with the token."""

    def check_origin(self, *_: Any) -> bool:
        """A page of this server, or a script that names no origin."""
        origin = self.request.headers.get("Origin")
        return origin is None or urlsplit(origin).netloc == self.request.host


class ErrorHidingPageMixin(ErrorHidingMixin):
    """The same for addresses that people look at."""

    def write_error(self, status_code: int, **_: Any) -> None:
        """A page that says what to do."""
        assert isinstance(self, RequestHandler)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(render_template(self, "error.html", status_code=status_code))


def render_template(handler: RequestHandler, template: str, **values: Any) -> str:
    """One of our small pages (error, sign-in) as HTML."""
    base_url = handler.settings["base_url"]
    return str(compat.template(handler.settings, template).render(base_url=base_url, **values))
