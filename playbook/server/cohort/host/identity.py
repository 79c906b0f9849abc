"""Who is asking: the cookie of a signed-in browser, and whether a kernel is theirs."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import HTTPError, RequestHandler

from playbook.cohort.devices import KEPT
from playbook.cohort.types import Visitor
from playbook.server.cohort.host.host import CohortHost

COOKIE = "playbook"
SECURE_PREFIX = "__Host-"
"""Browsers take such a cookie over TLS alone, for this host alone, for every path."""


def host_of(handler: RequestHandler) -> CohortHost:
    """The host that this request came to."""
    found: CohortHost = handler.settings["cohort_host"]
    return found


def visitor_of(handler: RequestHandler) -> Visitor | None:
    """Who is asking, once the request was prepared."""
    found: Visitor | None = getattr(handler, "visitor", None)
    return found


class CookieIdentityProvider(IdentityProvider):
    """Knows people by an opaque cookie that is looked up on every request, and nothing else."""

    @property
    def auth_enabled(self) -> bool:
        return True

    async def get_user(self, handler: RequestHandler) -> User | None:
        token = handler.get_cookie(cookie_name(handler), "")
        host = host_of(handler)
        visitor = await host.work(host.devices.who, token) if token else None
        handler.visitor = visitor  # type: ignore[attr-defined]
        return User(username=visitor.device) if visitor else None

    def get_handlers(self) -> list[Any]:
        return []


class KernelOwnerAuthorizer(Authorizer):
    """A kernel belongs to the browser its page was served to; for all others it is not there."""

    def is_authorized(self, handler: Any, user: User, *_: str) -> bool:
        kernel_id = handler.path_kwargs.get("kernel_id")
        if kernel_id and host_of(handler).owners.get(kernel_id) != user.username:
            raise HTTPError(404)
        return True


def cookie_name(handler: RequestHandler) -> str:
    """Over TLS with the prefix that ties it to this host; a classroom without TLS can't have it."""
    return f"{SECURE_PREFIX}{COOKIE}" if host_of(handler).secure else COOKIE


def sign_in(handler: RequestHandler, token: str) -> None:
    """Give the browser its cookie."""
    secure = host_of(handler).secure
    handler.set_cookie(
        cookie_name(handler),
        token,
        expires_days=KEPT.days,
        path="/",
        httponly=True,
        secure=secure,
        samesite="Lax",
    )


def forget_browser(handler: RequestHandler) -> None:
    """Let the browser forget what it keeps of whoever was signed in: unsent answers, what its tabs
    showed last. It heeds this on a way that is secure; elsewhere static/forget.js does what it can.
    """
    if not host_of(handler).in_clear:
        handler.set_header("Clear-Site-Data", '"storage"')


def sign_out(handler: RequestHandler) -> None:
    """Take the cookie back, and what the browser keeps."""
    forget_browser(handler)
    handler.clear_cookie(cookie_name(handler), path="/", secure=host_of(handler).secure)
