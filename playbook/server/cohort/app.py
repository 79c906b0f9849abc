"""CohortServer: the playbook for classes, under the names by which people reach this machine."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from socket import socket
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from traitlets.config import Config

from playbook.framework import load_framework
from playbook.model import resources
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.identity import CookieIdentityProvider, KernelOwnerAuthorizer
from playbook.server.cohort.kernels import TicketKernelManager
from playbook.server.cohort.log import note
from playbook.server.cohort.maintenance import HostMaintenance
from playbook.server.cohort.reach import NetworkExposure
from playbook.server.cohort.routes import cohort_routes
from playbook.server.http.assets import ServedFiles, StaticFiles, assets_at
from playbook.server.http.connections import FROM_ONE_ADDRESS, LimitedServer
from playbook.server.http.security import LARGEST_MESSAGE, NEEDS_TLS
from playbook.server.solo.app import CONFIG, PlaybookServer
from playbook.server.solo.running import claimed, prepared
from playbook.store.database import Place
from playbook.store.paths import DATABASE, cohorts_place, data_home

HERE = Path(__file__).parent
LOCKED_PHONE = 1800  # seconds; a phone that was in a pocket finds its page as it was
UPLOADS = ("place/bring",)
"""Where work is brought: these paths take more than a form."""

OURS = Config(
    {
        "VoilaConfiguration": {"multi_kernel_manager_class": TicketKernelManager},
        "PlaybookKernelManager": {
            "cull_idle_timeout": LOCKED_PHONE,
            "cull_interval": LOCKED_PHONE // 10,
        },
    }
)


def class_files() -> StaticFiles:
    """The scripts and styles of the pages that are no notebooks."""
    return StaticFiles.of([HERE / "static", resources.common_scripts()])


class CohortServer(PlaybookServer):
    """Serves classes: nobody comes in without a cookie, nobody reaches what is not theirs."""

    def __init__(
        self, notebooks: Path, sockets: list[socket], host: CohortHost, reach: NetworkExposure
    ) -> None:
        self.host, self.reach = host, reach
        config = Config(CONFIG)
        config.merge(OURS)
        super().__init__(
            notebooks,
            sockets,
            token="",
            config=config,
            identity_provider_class=CookieIdentityProvider,
            authorizer_class=KernelOwnerAuthorizer,
        )

    def setup_template_dirs(self) -> None:
        super().setup_template_dirs()
        self.template_paths = [str(HERE / "pages"), *self.template_paths]

    def init_settings(self) -> dict[str, Any]:
        settings = super().init_settings()
        self.kernel_manager.serve(self.host)
        return settings | {
            "headers": self._headers(),
            "xsrf_cookie_kwargs": settings["xsrf_cookie_kwargs"] | {"secure": self.host.secure},
            "cohort_host": self.host,
            "websocket_max_message_size": LARGEST_MESSAGE,
            "log_function": note,
            "class_files": assets_at(self.base_url, "class", class_files()),
            "login_url": f"{self.base_url}join",
        }

    def _headers(self) -> dict[str, str]:
        """Those that browsers heed on the way that people come."""
        left_out = {NEEDS_TLS} if self.reach.in_clear else set()
        return {name: value for name, value in self.headers.items() if name not in left_out}

    @property
    def host_names(self) -> str:
        return self.reach.names

    def routes(self, static_files: dict[str, ServedFiles], page: dict[str, Any]) -> list[Any]:
        files = {**static_files, "class": class_files()}
        return cohort_routes(self.base_url, files, page, self.host_names)

    def listen(self) -> None:
        maintenance = HostMaintenance(self.host, self.kernel_manager)
        IOLoop.current().add_callback(maintenance.begin)
        try:
            super().listen()
        finally:
            maintenance.stop()

    def http_server(self, application: Any, connections: int) -> HTTPServer:
        all_come_by_one = self.reach.proxied  # the proxy's; it counts those who come to it
        return LimitedServer(
            application,
            most=connections,
            from_one_address=connections if all_come_by_one else FROM_ONE_ADDRESS,
            uploads=[self.base_url + path for path in UPLOADS],
            ssl_options=self.reach.tls,
            xheaders=self.reach.proxied,
        )


def serve_cohort(
    reach: NetworkExposure,
    port: int,
    capacity: int,
    home: Path | None = None,
    notebooks: Path | None = None,
    begin: Callable[[CohortHost], None] | None = None,
    *,
    new: bool = False,
    without_log: bool = False,
) -> None:
    """Serve classes until Ctrl+C, or until the hours are over; `begin` is called when it answers,
    and sees to the first trainer itself.

    `new` and `without_log` are for a host whose file, or its log, was lost (CohortHost.at).

    Raises PlaybookError when the data folder can't be written to, another server holds its file, or
    the port can't be had.
    """
    place = None if home else cohorts_place()  # whoever names a folder means the file in it
    home = prepared((home or data_home()).absolute())
    sockets = claimed(port, reach.bind)
    taken = sockets[0].getsockname()[1]
    reach = replace(reach, address=reach.address.replace(f":{port}", f":{taken}"))
    for name in ("PLAYBOOK_HOME", DATABASE):  # kernels are told of no folder, and no address
        os.environ.pop(name, None)
    logging.getLogger("tornado.general").setLevel(logging.ERROR)
    host = CohortHost.at(
        home,
        load_framework().checked(),
        reach.address,
        reach.secure,
        capacity,
        in_clear=reach.in_clear,
        place=place,
        new=new,
        without_log=without_log,
    )
    try:
        host.api.listen()
        here = notebooks or resources.notebooks_dir()
        server = CohortServer.instance(here, sockets, host, reach)
        server.initialize([])
        first = None if begin else host.first_link()
        IOLoop.current().add_callback(_announce, reach, _data(home, place), first)
        if begin:
            IOLoop.current().add_callback(begin, host)
        if reach.hours:
            IOLoop.current().call_later(reach.hours * 3600, _over)
        server.start()
    finally:
        host.close()


def _over() -> None:
    sys.stdout.write("\nThe hours of this classroom are over. To go on, start it again.\n")
    IOLoop.current().stop()


def _data(home: Path, place: Place | None) -> str:
    return f"{home}" if place is None or isinstance(place, Path) else f"{place}, and {home}"


def _announce(reach: NetworkExposure, data: str, first: str | None) -> None:
    lines = [
        "",
        "The Redefining Work Playbook serves classes from this machine.",
        f"  People open:  {reach.address}/join",
        f"  Trainers:     {reach.address}/sign-in  (one more: playbook cohort trainer NAME)",
        f"  Data:         {data}",
        "  Stop:         press Ctrl+C in this window",
    ]
    if first:
        lines += [
            "",
            "  There is no trainer yet. Open this link to become the first one:",
            f"  {first}",
        ]
    if reach.hours:
        lines += [
            "",
            "  Without TLS, for this classroom: whoever is in the network could read along. "
            f"It stops by itself after {reach.hours:g} hours.",
        ]
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()
