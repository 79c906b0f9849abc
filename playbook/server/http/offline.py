"""What opens where there is no connection: a service worker, and the page that it keeps.

Both are the same for everybody and have nothing of a person in them; the worker keeps these and a
few scripts, and never a notebook's page. So signing out, erasing and a new link need not reach it:
what a browser holds of a person is in its own storage (widgets/form/shown.js and queue.js).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from tornado.web import RequestHandler

from playbook.server.http.assets import ServedFiles, assets_at
from playbook.server.http.error_hiding import render_template

WORKER = Path(__file__).with_name("client") / "worker.js"
WORKER_POLICY = "default-src 'none'; connect-src 'self'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
KEPT = ("client.js", "core.js", "core.css", "offline.js")
"""The scripts that the worker keeps; the others are in the browser's cache once they were used."""


class _PublicHandler(RequestHandler):
    """Serves what anybody may have, and what changes with the scripts, so that it is never kept but
    by the worker itself."""

    policy = ""

    def initialize(self, scripts: ServedFiles) -> None:
        self.scripts = scripts

    def set_default_headers(self) -> None:
        for name, value in self.settings["headers"].items():
            self.set_header(name, value)
        self.set_header("Content-Security-Policy", self.policy)

    @property
    def place(self) -> str:
        """The address below which the scripts are."""
        return assets_at(self.settings["base_url"], "scripts", self.scripts)

    def page(self) -> str:
        """The page, which is the same for everybody."""
        return render_template(self, "offline.html.j2", scripts=self.place)


class OfflinePageHandler(_PublicHandler):
    """The page that says that there is no connection; the worker asks for it once."""

    policy = PAGE_POLICY

    def get(self) -> None:
        self.finish(self.page())


class WorkerHandler(_PublicHandler):
    """The service worker. Its text is another one when anything that it keeps is."""

    policy = WORKER_POLICY

    def get(self) -> None:
        page = url_path_join(self.settings["base_url"], "voila/offline.html")
        files = [f"{self.place}/{name}" for name in KEPT]
        version = hashlib.sha256(f"{self.page()}{files}".encode()).hexdigest()[:12]
        kept = json.dumps({"version": version, "page": page, "files": files})
        self.set_header("Content-Type", "text/javascript")
        self.finish(f"globalThis.$kept = {kept};\n{WORKER.read_text(encoding='utf-8')}")


def offline_routes(base_url: str, static_files: dict[str, ServedFiles]) -> list[Any]:
    """Their addresses: beside those of notebooks, which the worker may answer for."""
    given = {"scripts": static_files["scripts"]}
    return [
        (url_path_join(base_url, "voila/worker.js"), WorkerHandler, given),
        (url_path_join(base_url, "voila/offline.html"), OfflinePageHandler, given),
    ]
