"""What may come in and go out: headers, and the messages between a page and its kernel."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1

LOOPBACK = r"(localhost|127\.0\.0\.1)"
"""The names this server answers to; any other could be a foreign page that rebound its own name."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
"""For every answer; notebook pages loosen the policy, assets the caching."""

NEEDS_TLS = "Cross-Origin-Opener-Policy"
"""A browser ignores this header on a page that came over a network without TLS, and complains."""

INBOUND = frozenset(
    {"comm_msg", "comm_close", "comm_open", "comm_info_request", "kernel_info_request"}
)
OUTBOUND = frozenset(
    {"comm_msg", "comm_close", "comm_open", "comm_info_reply", "kernel_info_reply", "status"}
)
"""No error, stream, execute_result or execute_reply: they would carry source and tracebacks."""

WIDGET_CONTROL = "jupyter.widget.control"
"""The only comm a page opens itself; all others the notebook opens."""

JSON_PARTS = 4  # header, parent header, metadata, content; raw buffers may follow
NUMBER = 8  # bytes of each number at the start of a websocket message


BURST, A_SECOND = 400, 100.0
"""Messages that a page may send at once, and steadily; typing fast is some ten a second."""


class TokenBucket:
    """How fast a page may send: a bucket of `BURST` that fills again with `A_SECOND` a second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._left, self._at = clock, float(BURST), clock()

    def allows(self) -> bool:
        """Whether one more message is let through now."""
        now = self._clock()
        self._left = min(BURST, self._left + (now - self._at) * A_SECOND)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def page_policy(host: str, nonce: str) -> str:
    """The policy for a page with widgets, served at `host` (name:port).

    blob: because anywidget imports its modules from one; inline styles because lumino and webpack's
    style loader set them.
    """
    return (
        f"default-src 'self'; script-src 'self' blob: 'nonce-{nonce}'; "
        f"style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        f"connect-src 'self' ws://{host} wss://{host}; object-src 'none'; frame-src 'none'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def answers_to(names: str, host_name: str) -> bool:
    """Whether a Host header without its port is one of `names`, a pattern such as LOOPBACK."""
    return re.fullmatch(names, host_name) is not None


def may_enter(message: object) -> bool:
    """Whether a websocket message from a page may reach its kernel."""
    parsed = _parsed(message)
    if parsed is None:
        return False
    channel, kind, content = parsed
    opens_other = kind == "comm_open" and content.get("target_name") != WIDGET_CONTROL
    return channel == "shell" and kind in INBOUND and not opens_other


def may_leave(message: object) -> bool:
    """Whether a kernel's message may go to the page."""
    parsed = _parsed(message)
    return parsed is not None and parsed[1] in OUTBOUND


def _parts(message: bytes) -> int:
    """How many parts it claims to have; unchecked, the parser would count up to 2**64."""
    return int.from_bytes(message[:NUMBER], "little")


def _parsed(message: object) -> tuple[str, str, dict[str, Any]] | None:
    """Channel, type and content of a message in Jupyter's v1 websocket format; else None.

    A lone surrogate is refused too: the kernel would echo it, and that closes the page's socket.
    """
    if not isinstance(message, bytes) or _parts(message) * NUMBER > len(message):
        return None
    try:
        channel, parts = deserialize_msg_from_ws_v1(message)  # type: ignore[no-untyped-call]
        header, _, _, content = told = [json.loads(part) for part in parts[:JSON_PARTS]]
        json.dumps(told, ensure_ascii=False).encode()
        return channel, str(header["msg_type"]), dict(content)
    except (ValueError, LookupError, TypeError):
        return None
