"""Every address that is answered; what `routes` doesn't list doesn't exist."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cached_property
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
from voila.tornado.handler import TornadoVoilaHandler  # type: ignore[import-untyped]
from voila.utils import get_page_config  # type: ignore[import-untyped]

from playbook.server.http.assets import AssetHandler, StaticFiles
from playbook.server.http.error_hiding import ErrorHidingMixin
from playbook.server.http.security import LOOPBACK, answers_to, page_policy
from playbook.server.http.sockets import KernelSocketHandler
from playbook.server.kernels import compat
from playbook.server.kernels.fork.snapshots import NotebookSnapshot, SnapshotRenderer
from playbook.server.kernels.manager import Kernels

HOME = "00_home.ipynb"
KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
SO_FAR = "<!-- so far -->"
"""Where the template says: send what there is, the kernel takes a moment."""
AGAIN = '<script nonce="{nonce}">location.reload()</script>'
"""How a page ends whose beginning was sent and whose kernel could not be had."""
HEARTBEAT = 10  # seconds that nothing comes from a notebook until Voila says so
PATIENCE = 6  # heartbeats


class OwnerIdentity(IdentityProvider):
    """The one person of a solo playbook, known by the token of the printed address."""

    def process_login_form(self, handler: RequestHandler) -> User | None:
        """Accept the token, or the whole printed address, as people paste either."""
        given = handler.get_argument("key", "")
        token = parse_qs(urlsplit(given).query).get("token", [given])[0]
        known = secrets.compare_digest(token.encode(), self.token.encode())
        return self.generate_anonymous_user(handler) if known else None


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


class HomeRedirectHandler(ErrorHidingPageMixin, JupyterHandler):
    """`/`: on to the home notebook. A token that came along is a cookie by now and stays behind."""

    @authenticated
    def get(self) -> None:
        self.redirect(url_path_join(self.base_url, "voila/render", HOME))


class KernelStartListener:
    """The kernel manager, but `given` is told of each kernel that it starts."""

    def __init__(self, kernels: Kernels, given: Callable[[str], None]) -> None:
        self._kernels, self._given = kernels, given

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kernels, name)

    async def start_kernel(self, **asked: Any) -> str:
        kernel_id = await self._kernels.start_kernel(**asked)
        self._given(kernel_id)
        return kernel_id


class NotebookPageHandler(ErrorHidingPageMixin, TornadoVoilaHandler):  # type: ignore[misc]  # voila has no types
    """A notebook as a page, with a kernel of its own."""

    _given = ""

    def initialize(self, **kwargs: Any) -> None:
        self.static_files: dict[str, StaticFiles] = kwargs.pop("static_files")
        super().initialize(**kwargs)
        self.page_config_hook = self._with_ours

    @cached_property
    def nonce(self) -> str:
        return secrets.token_urlsafe(16)

    @property
    def content_security_policy(self) -> str:
        return page_policy(self.request.host, self.nonce)

    def given(self, kernel_id: str) -> None:
        """The page's kernel runs, and the page isn't complete yet; hosts note whose it is, too."""
        self._given = kernel_id

    def on_finish(self) -> None:
        if self._given:
            self.settings["kernel_manager"].expect(self._given)

    @property
    def kernel_manager(self) -> KernelStartListener:
        """The kernels, as Voila's handler asks for one."""
        return KernelStartListener(self.settings["kernel_manager"], self.given)

    @authenticated
    async def get(self, path: str) -> None:
        if "token" in self.request.query_arguments:  # a kernel's environment holds the query
            self.redirect(self.request.path)
            return
        if not path.endswith(".ipynb"):
            raise HTTPError(404)
        self.xsrf_token  # noqa: B018  # sets the cookie that Voila's shutdown beacon has to show
        if not await self._executed_already(path):
            await self._run(path)

    async def _executed_already(self, path: str) -> bool:
        """Send the page of a notebook's snapshot, if there is one; whether that is done.

        Its beginning goes ahead of the kernel, so that the browser gets its scripts meanwhile.
        """
        kernels = self.settings["kernel_manager"]
        if (snapshot := kernels.snapshot(path)) is None:
            return False
        try:
            page = await snapshot.page(self._draw)
        except Exception as error:
            snapshot.give_up()
            self.log.error("%s is executed for each visitor anew. %r", path, error)
            return False
        kernel_id = kernels.new_kernel_id()
        begin, mark, rest = snapshot.own(page, kernel_id, self.nonce).partition(SO_FAR)
        self.write(begin + mark)
        self.flush()
        if await kernels.start_from(snapshot, kernel_id):
            self.given(kernel_id)
            self.finish(rest)
        else:  # the next snapshot is not ready yet, so the notebook will be executed
            self.finish(AGAIN.format(nonce=self.nonce))
        return True

    async def _draw(self, snapshot: NotebookSnapshot) -> str:
        """The page of a snapshot, as Voila would send it."""
        known = {"base_url": self.base_url, "voila_configuration": self.voila_configuration}
        config = get_page_config(**known, settings=self.settings, log=self.log)
        return await SnapshotRenderer(
            snapshot,
            **known,
            page_config=self._with_ours(config) | {"pbNonce": snapshot.nonce},
            template_paths=self.template_paths,
            traitlet_config=self.traitlet_config,
            contents_manager=self.contents_manager,
            kernel_spec_manager=self.kernel_spec_manager,
        ).draw()

    async def _run(self, path: str) -> None:
        """Send the page of a notebook while it is executed in a new kernel."""
        silences = 0
        async for html in self.get_generator(path=path):
            silences = silences + 1 if html == compat.SILENCE else 0
            if silences > PATIENCE:  # the kernel died, and Voila goes on waiting for it
                break
            self.write("" if silences else html)
            if SO_FAR in html:
                self.flush()

    def _with_ours(self, config: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Voila's settings for the page, the addresses of versioned files, this answer's nonce."""
        place = {
            name: assets_at(self.base_url, name, self.static_files[name])
            for name in self.static_files
        }
        return config | {
            "fullStaticUrl": place["static"],
            "fullLabextensionsUrl": place["labextensions"],
            "fullMathjaxUrl": url_path_join(place["kit"], "no_formulas.js"),
            "mathjaxConfig": "none",
            "pbVega": url_path_join(place["kit"], "vega.js"),
            "pbNonce": self.nonce,
        }


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


def assets_at(base_url: str, name: str, files: StaticFiles) -> str:
    """The address below which static files are."""
    return url_path_join(base_url, "voila", name, files.version)


def routes(base_url: str, static_files: dict[str, StaticFiles], page: dict[str, Any]) -> list[Rule]:
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
    return [at_names(LOOPBACK, listed + static_routes(base_url, static_files))]


def at_names(names: str, listed: list[Any]) -> Rule:
    """These addresses under the host names that match the pattern `names` from end to end."""
    return Rule(HostMatches(rf"(?:{names})$"), listed)


def static_routes(base_url: str, static_files: dict[str, StaticFiles]) -> list[Any]:
    """The addresses of files that never change."""
    return [
        (url_path_join(assets_at(base_url, name, files), "(.*)"), AssetHandler, {"files": files})
        for name, files in static_files.items()
    ]
