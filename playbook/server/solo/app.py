"""PlaybookServer: a Voila that serves the playbook to one person on this machine."""

from __future__ import annotations

import logging
import os
import secrets
import sys
import threading
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from socket import socket
from typing import Any, ClassVar

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from traitlets.config import Config
from voila.app import Voila  # type: ignore[import-untyped]

from playbook.model import resources
from playbook.server.http.assets import AddedFiles, ServedFiles, StaticFiles, assets_at
from playbook.server.http.connections import LimitedServer, ServerHeaderRemover
from playbook.server.http.handlers import NotFoundHandler, OwnerIdentity, routes
from playbook.server.http.scripts import built_scripts
from playbook.server.http.security import HEADERS, INBOUND, LOOPBACK
from playbook.server.kernels.manager import PlaybookKernelManager, SingleKernelSpecManager
from playbook.server.solo.running import ServerRecord, claimed, open_files, prepared, refuse_second
from playbook.server.solo.workspace import OwnWorkspace
from playbook.store.paths import data_home
from widgets.assets import SERVED_AT

TEMPLATE = "playbook"
ABANDONED = 600  # seconds; a kernel without a page ends after it (a crashed browser, say)
TOKEN_BYTES, RUN_BYTES = 24, 8

CONFIG = Config(
    {
        "VoilaConfiguration": {
            "template": TEMPLATE,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "show_tracebacks": False,
            "strip_sources": True,
            "kernel_spec_manager_class": SingleKernelSpecManager,
            "multi_kernel_manager_class": PlaybookKernelManager,
        },
        "KernelRestarter": {"restart_limit": 0},  # a new kernel would know nothing of its page
        "PlaybookKernelManager": {"cull_idle_timeout": ABANDONED, "cull_interval": ABANDONED // 10},
    }
)


class PlaybookServer(Voila):  # type: ignore[misc]  # voila has no types
    """Serves one folder of notebooks, on sockets that are open already.

    Voila's own start-up and settings stay; replaced are the list of addresses, who may come in, and
    what is printed.
    """

    template_paths: list[str]
    headers: ClassVar[Mapping[str, str]] = HEADERS

    def __init__(
        self,
        notebooks: Path,
        sockets: list[socket],
        token: str,
        config: Config = CONFIG,
        run: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            config=config,
            config_file_paths=[],  # a voila.json of the user's must not reopen what is closed here
            root_dir=str(notebooks),
            port=sockets[0].getsockname()[1],
            token=token,
            log_level=logging.ERROR,
            **{"identity_provider_class": OwnerIdentity} | kwargs,
        )
        self.sockets = sockets
        self.run = run or secrets.token_hex(RUN_BYTES)

    def setup_template_dirs(self) -> None:
        """Voila's own folders, and before them those of this package, installed by name or not."""
        super().setup_template_dirs()
        look_is_below = resources.look_dir().parent
        self.template_paths = [
            str(resources.template_dir()),
            str(look_is_below),
            *self.template_paths,
        ]

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings with ours: headers, compression, no log of requests, few messages."""
        self.scripts = built_scripts()
        os.environ[SERVED_AT] = assets_at(self.base_url, "scripts", self.scripts)  # for kernels
        settings: dict[str, Any] = super().init_settings()
        self.workspace = OwnWorkspace()
        self.kernel_manager.allowed_message_types = sorted(INBOUND)
        return settings | {
            "headers": self.headers,
            "host_names": self.host_names,
            "log_function": lambda _handler: None,
            "compress_response": True,
            "websocket_compression_options": {},  # a sheet's texts come over the socket
            "default_handler_class": NotFoundHandler,
            "xsrf_cookie_kwargs": {"samesite": "Lax"},
            "run": self.run,
            "workspace": self.workspace,
        }

    def init_handlers(self) -> list[Any]:
        """Nothing of Voila's list but what a page needs: no tree, files, contents or execution."""
        static_files: dict[str, ServedFiles] = {
            "static": StaticFiles.of(self.static_paths),
            "labextensions": StaticFiles.of(self.labextensions_path),
            "kit": StaticFiles.of([resources.vega_bundle().parent]),
            "scripts": self.scripts,
            "states": AddedFiles(),
        }
        page = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return self.routes(static_files, page)

    @property
    def host_names(self) -> str:
        """The pattern of the host names that are answered."""
        return LOOPBACK

    def routes(self, static_files: dict[str, ServedFiles], page: dict[str, Any]) -> list[Any]:
        """The allow-list; `page` is what Voila's handler for notebooks wants to know."""
        return routes(self.base_url, static_files, page)

    def http_server(self, application: Any, connections: int) -> HTTPServer:
        """What answers on the sockets, to so many connections at one time."""
        return LimitedServer(application, most=connections)

    def listen(self) -> None:
        """Answer until stopped."""
        self.app.add_transform(ServerHeaderRemover)
        for_connections = open_files() // 2  # the rest is for kernels, some fifteen each
        self.http_server(self.app, for_connections).add_sockets(self.sockets)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.kernel_manager.keep_spare)
        self.workspace.get_ready()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.workspace.close()
            self.stop()


def serve(
    port: int = 8866,
    open_browser: bool = True,
    home: Path | None = None,
    notebooks: Path | None = None,
) -> None:
    """Serve the playbook to the person at this machine until Ctrl+C.

    Raises PlaybookError when the data folder can't be written to, a playbook runs on it already, or
    the port can't be had.
    """
    home = prepared((home or data_home()).absolute())
    refuse_second(home)
    sockets = claimed(port)
    run, token = secrets.token_hex(RUN_BYTES), secrets.token_urlsafe(TOKEN_BYTES)
    note = ServerRecord(run, sockets[0].getsockname()[1], token)
    os.environ.update(PLAYBOOK_SERVE="1", PLAYBOOK_HOME=str(home))  # kernels inherit them
    logging.getLogger("tornado.general").setLevel(logging.ERROR)
    here = notebooks or resources.notebooks_dir()
    server = PlaybookServer.instance(here, sockets, token, run=run)
    server.initialize([])
    IOLoop.current().add_callback(_announce, note, home, open_browser)
    note.leave(home)
    try:
        server.start()
    finally:
        note.take_back(home)


def _announce(note: ServerRecord, home: Path, open_browser: bool) -> None:
    lines = [
        "",
        "The Redefining Work Playbook runs on this machine, for you alone.",
        f"  Open:  {note.address}",
        f"  Data:  {home}",
        "  Stop:  press Ctrl+C in this window",
        "",
    ]
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()
    if open_browser:  # in a thread: a browser in the terminal would hold up the server
        threading.Thread(target=webbrowser.open, args=(note.address,), daemon=True).start()
