"""Every address that is answered; what `routes` doesn't list doesn't exist."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jupyter_server.auth.decorator import allow_unauthenticated, authorized
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from tornado.routing import HostMatches, Rule
from tornado.web import HTTPError, RequestHandler, authenticated

from playbook.server.http.assets import AssetHandler, ServedFiles, assets_at
from playbook.server.http.error_hiding import (
    ErrorHidingMixin,
    ErrorHidingPageMixin,
    render_template,
)
from playbook.server.http.notebooks import NotebookPageHandler
from playbook.server.http.offline import offline_routes
from playbook.server.http.security import LOOPBACK, answers_to
from playbook.server.http.sockets import KernelSocketHandler
from playbook.server.kernels import compat

HOME = "00_home.ipynb"
KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


class OwnerIdentity(IdentityProvider):
    """The one person of a solo playbook, known by the token of the printed address."""

    def process_login_form(self, handler: RequestHandler) -> User | None:
        """Accept the token, or the whole printed address, as people paste either."""
        given = handler.get_argument("key", "")
        token = parse_qs(urlsplit(given).query).get("token", [given])[0]
        known = secrets.compare_digest(token.encode(), self.token.encode())
        return self.generate_anonymous_user(handler) if known else None


class HomeRedirectHandler(ErrorHidingPageMixin, JupyterHandler):
    """`/`: on to the home notebook. A token that came along is a cookie by now and stays behind."""

    @authenticated
    def get(self) -> None:
        self.redirect(url_path_join(self.base_url, "voila/render", HOME))


class OwnKernelHandler(ErrorHidingMixin, KernelHandler):
    """What a page asks before it connects: whether its kernel is there."""

    SUPPORTED_METHODS = ("GET",)  # no DELETE: pages end kernels by ShutdownHandler


class ShutdownHandler(ErrorHidingMixin, APIHandler):
    """A page that goes says so; its kernel ends a little later."""

    def check_origin(self, *_: Any) -> bool:
        """Also from "null": so browsers may send a beacon that names no referrer.

        The _xsrf value that must come along, no other site knows.
        """
        return self.request.headers.get("Origin") == "null" or super().check_origin()

    auth_resource = "kernels"

    @authenticated
    @authorized
    def post(self, kernel_id: str) -> None:
        self.settings["kernel_manager"].end_soon(kernel_id)
        self.set_status(204)


class LoginHandler(ErrorHidingPageMixin, compat.CustomLoginForm, LoginFormHandler):
    """Where one gives the key when the address came without it."""

    def draw(self, wrong: bool) -> None:
        following = self.get_argument("next", default=self.base_url)
        form = self.xsrf_form_html()
        self.finish(render_template(self, "login.html", next=following, wrong=wrong, xsrf=form))


class HealthHandler(ErrorHidingMixin, APIHandler):
    """Whether the server lives, for anybody: counts, no content."""

    @allow_unauthenticated
    def get(self) -> None:
        kernels = self.settings["kernel_manager"]
        counts = {"kernels": len(kernels.list_kernel_ids()), "opened": kernels.opened}
        self.finish({"status": "ok", "run": self.settings["run"], **counts, **self.more()})

    def more(self) -> dict[str, Any]:
        """What else a server of another kind counts."""
        return {}


class NotFoundHandler(ErrorHidingPageMixin, RequestHandler):
    """Everything else: 403 under a name that isn't ours, 404 under one that is."""

    def set_default_headers(self) -> None:
        for name, value in self.settings["headers"].items():
            self.set_header(name, value)

    def prepare(self) -> None:
        ours = answers_to(self.settings["host_names"], self.request.host_name)
        raise HTTPError(404 if ours else 403)


def routes(base_url: str, static_files: dict[str, ServedFiles], page: dict[str, Any]) -> list[Rule]:
    """The allow-list, for the names of this machine; under any other name there is only `Nothing`.

    `page` is what Voila's handler for notebooks wants to know.
    """

    def at(*parts: str) -> str:
        return url_path_join(base_url, *parts)

    listed: list[Any] = [
        (at("/"), HomeRedirectHandler),
        (at("voila/render/(.*)"), NotebookPageHandler, {**page, "static_files": static_files}),
        (at("api/kernels", KERNEL), OwnKernelHandler),
        (at("api/kernels", KERNEL, "channels"), KernelSocketHandler),
        (at("voila/api/shutdown", KERNEL), ShutdownHandler),
        (at("login"), LoginHandler),
        (at("health"), HealthHandler),
    ]
    return [at_names(LOOPBACK, listed + public_routes(base_url, static_files))]


def at_names(names: str, listed: list[Any]) -> Rule:
    """These addresses under the host names that match the pattern `names` from end to end."""
    return Rule(HostMatches(rf"(?:{names})$"), listed)


def public_routes(base_url: str, static_files: dict[str, ServedFiles]) -> list[Any]:
    """The addresses of files that never change, and of what opens without a connection."""
    return offline_routes(base_url, static_files) + [
        (url_path_join(assets_at(base_url, name, files), "(.*)"), AssetHandler, {"files": files})
        for name, files in static_files.items()
    ]
