"""One line of JSON for each answer: which sort of page, how it ended, how long it took.

No address is in it, because addresses have ids and codes, no name and nothing that was typed.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import UTC, datetime

from tornado.web import RequestHandler

from playbook.server.http.assets import AssetHandler
from playbook.server.http.handlers import HealthHandler


def note(handler: RequestHandler) -> None:
    """Write down that this request was answered; files and health checks would only be noise."""
    if isinstance(handler, AssetHandler | HealthHandler):
        return
    tell(
        type(handler).__name__.removesuffix("Handler"),
        method=handler.request.method,
        status=handler.get_status(),
        ms=round(1000 * handler.request.request_time()),
    )


def tell(what: str, **more: object) -> None:
    """Write down what happened; nothing of anybody may be in it."""
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "what": what} | more
    with suppress(OSError):  # a log on a full disk keeps nobody from their answer
        sys.stderr.write(json.dumps(line) + "\n")
