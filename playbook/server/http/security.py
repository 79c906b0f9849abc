"""What may come in and go out: headers, and the messages between a page and its kernel."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

from playbook.server.http.frames import parts_of

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

JSON_PARTS = slice(1, 5)
"""Of a message's parts: header, parent header, metadata, content; raw buffers may follow."""

LARGEST_MESSAGE = 512 << 10
"""Bytes, unpacked, of a message from a page of a class; a long answer has some thousand."""

BURST, A_SECOND = 400, 100.0
"""Messages that a browser's pages may send at once, and steadily; typing fast is ten a second."""
BURST_BYTES, BYTES_A_SECOND = 2 << 20, float(128 << 10)


class TokenBucket:
    """How fast a browser's pages may send: a bucket of messages and one of bytes, which fill again.

    What is too fast is not lost: it waits until there is room for it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._at = clock, clock()
        self._messages, self._bytes = float(BURST), float(BURST_BYTES)

    def wait(self, size: int) -> float:
        """Seconds until a message of `size` bytes may go on; it counts from now on."""
        now = self._clock()
        passed, self._at = now - self._at, now
        self._messages = min(BURST, self._messages + passed * A_SECOND) - 1
        self._bytes = min(BURST_BYTES, self._bytes + passed * BYTES_A_SECOND) - size
        return max(0.0, -self._messages / A_SECOND, -self._bytes / BYTES_A_SECOND)


def page_policy(host: str, nonce: str) -> str:
    """The policy for a page with widgets, served at `host` (name:port).

    blob: because anywidget imports its modules from one; inline styles because lumino and webpack's
    style loader set them.
    """
    return (
        f"default-src 'self'; script-src 'self' blob: 'nonce-{nonce}'; "
        f"style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        f"worker-src 'self'; connect-src 'self' ws://{host} wss://{host}; "
        "object-src 'none'; frame-src 'none'; "
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


def _parsed(message: object) -> tuple[str, str, dict[str, Any]] | None:
    """Channel, type and content of a message in Jupyter's v1 websocket format; else None.

    A lone surrogate is refused too: the kernel would echo it, and that closes the page's socket.
    """
    parts = parts_of(message) if isinstance(message, bytes) else None
    if parts is None:
        return None
    try:
        header, _, _, content = told = [json.loads(part) for part in parts[JSON_PARTS]]
        json.dumps(told, ensure_ascii=False).encode()
        return parts[0].decode(), str(header["msg_type"]), dict(content)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
