"""A notebook as a page, with a kernel of its own.

Its widgets are drawn by a small client of ours (client/) where it knows all of them. Where it
doesn't, a company's own slider say, the page is JupyterLab's front end, as Voila has it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from typing import Any, TypeVar

from jupyter_server.utils import url_path_join
from nbformat import NotebookNode
from tornado.web import HTTPError, authenticated
from voila.notebook_renderer import NotebookRenderer  # type: ignore[import-untyped]
from voila.utils import get_page_config  # type: ignore[import-untyped]

from playbook.server.http.assets import AddedFiles, ServedFiles, assets_at
from playbook.server.http.plain_form import PlainFormHandler
from playbook.server.kernels.fork.snapshots import NotebookSnapshot, SnapshotRenderer

Piece = TypeVar("Piece")

SO_FAR = "<!-- so far -->"
"""Where the template says: send what there is, the kernel takes a moment."""
FORM = "<!-- plain form -->"
"""Where a visitor's own plain form goes in a page that is the same for everybody."""
AGAIN = '<script nonce="{nonce}">location.reload()</script>'
"""How a page ends whose beginning was sent and whose kernel could not be had."""
SILENCE = 60.0
"""Seconds that nothing comes from a notebook until its kernel is taken for dead."""

BOXES = frozenset({"BoxModel", "HBoxModel", "VBoxModel"})
WIDGETS = {
    "anywidget": frozenset({"AnyModel"}),
    "@jupyter-widgets/base": frozenset({"LayoutModel"}),
    "@jupyter-widgets/controls": BOXES,
}
"""What the client draws: models by the module that they come from."""
VIEW = "application/vnd.jupyter.widget-view+json"
PLAIN = (
    *("text/html", "text/markdown", "image/svg+xml"),
    *("image/png", "image/jpeg", "image/gif", "text/plain"),
)
"""What the template draws by itself, the best first."""


class Needs:
    """What a page shows, and whether the client can draw all of it."""

    def __init__(self, widgets: Callable[[], Iterable[Mapping[str, Any]]]) -> None:
        """`widgets` gives the states of all, once the notebook has run."""
        self._widgets = widgets
        self._kinds: set[str] = set()

    def kind(self, output: NotebookNode) -> str:
        """As what the template draws an output; "" leaves it to the page's scripts."""
        if VIEW in output.data:
            return ""
        strange = output.data.keys() - set(PLAIN)
        self._kinds |= strange
        return "" if strange else next((it for it in PLAIN if it in output.data), "")

    def strange(self) -> list[str]:
        """What the client can't draw of what was seen, by its name."""
        models = {(it["_model_module"], it["_model_name"]) for it in self._widgets()}
        names = {f"{name} ({at})" for at, name in models if name not in WIDGETS.get(at, ())}
        return sorted(names | self._kinds)


class NotebookPageHandler(PlainFormHandler):
    """A notebook as a page."""

    _given = ""

    def initialize(self, **given: Any) -> None:
        """`static_files` never change; the rest is what Voila's renderer wants to know."""
        self.static_files: dict[str, ServedFiles] = given.pop("static_files")
        self._rendering = given
        super().initialize()

    def given(self, kernel_id: str) -> None:
        """The page's kernel runs, and the page isn't complete yet; hosts note whose it is, too."""
        self._given = kernel_id

    def on_finish(self) -> None:
        if self._given:
            self.settings["kernel_manager"].expect(self._given)

    @authenticated
    async def get(self, path: str) -> None:
        if "token" in self.request.query_arguments:
            self.redirect(self.request.path)
            return
        if not path.endswith(".ipynb"):
            raise HTTPError(404)
        if self.is_plain:
            await self.send_plain(path)
            return
        self.xsrf_token  # noqa: B018  # sets the cookie that the page's beacon has to show
        if not await self._executed_already(path):
            await self._run(path)

    @authenticated
    async def post(self, path: str) -> None:
        await self.take_form(path)

    @property
    def is_plain(self) -> bool:
        """Whether the sheet alone is asked for, without a kernel."""
        return self.get_query_argument("form", "") == "plain"

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
        head, place, begin = begin.partition(FORM)
        self.write(head)
        self.flush()
        starting = asyncio.ensure_future(kernels.start_from(snapshot, kernel_id))
        form = await self.form_in_page(snapshot.name) if place else ""
        self.write(form + begin + mark)
        self.flush()
        if await starting:
            self.given(kernel_id)
            self.finish(rest)
        else:  # the next snapshot is not ready yet, so the notebook will be executed
            self.finish(AGAIN.format(nonce=self.nonce))
        return True

    async def _draw(self, snapshot: NotebookSnapshot) -> str:
        """The page of a snapshot."""
        needs = Needs(lambda: snapshot.widgets)
        for output in snapshot.outputs():
            needs.kind(output)
        if strange := needs.strange():
            self._tell(snapshot.name, strange)
        config = self._page_config(snapshot.nonce, needs)
        config |= {"pbFull": bool(strange), "pbForm": "" if strange else FORM}
        if snapshot.states and not strange:
            config["pbStates"] = self._served(snapshot.states)
        return await SnapshotRenderer(snapshot, page_config=config, **self._options()).draw()

    def _served(self, states: Mapping[str, Any]) -> str:
        """The address of all widgets' states as every visitor's kernel has them at first: a file
        that browsers keep, so that a kernel sends only what is its visitor's."""
        files = self.static_files["states"]
        assert isinstance(files, AddedFiles)
        path = files.add(json.dumps(states, sort_keys=True), ".json")
        return url_path_join(assets_at(self.base_url, "states", files), path)

    async def _run(self, path: str) -> None:
        """Send the page of a notebook while it is executed in a new kernel."""
        kernels = self.settings["kernel_manager"]
        needs = Needs(lambda: renderer.executor.widget_state.values())  # noqa: PLW0108  # made later
        config = self._page_config(self.nonce, needs) | {"pbForm": await self.form_in_page(path)}
        renderer = NotebookRenderer(notebook_path=path, page_config=config, **self._options())
        await renderer.initialize(template=None, theme=None)
        kernel_id = await kernels.start_kernel()
        self.given(kernel_id)
        pieces = renderer.generate_content_generator(kernel_id, kernels.get_kernel(kernel_id))
        async for html, _ in in_time(pieces, SILENCE):
            self.write(html)
            if SO_FAR in html:
                self.flush()
        if strange := needs.strange():
            self._tell(path, strange)

    def _tell(self, name: str, strange: list[str]) -> None:
        # as an error: nothing less reaches whoever runs the server
        told = "%s opens slower, with JupyterLab's scripts, for what ours can't draw: %s."
        self.log.error(told, name, ", ".join(strange))

    def _options(self) -> dict[str, Any]:
        """What Voila's renderer wants to know of any page."""
        return {
            "base_url": self.base_url,
            "voila_configuration": self._rendering["voila_configuration"],
            "template_paths": self._rendering["template_paths"],
            "traitlet_config": self._rendering["config"],
            "contents_manager": self.contents_manager,
            "kernel_spec_manager": self.kernel_spec_manager,
        }

    def _page_config(self, nonce: str, needs: Needs) -> dict[str, Any]:
        """What the template and the page's scripts are told; `pb…` is for the template alone.

        Of Voila it has what JupyterLab's front end asks for.
        """
        place = {
            name: assets_at(self.base_url, name, self.static_files[name])
            for name in self.static_files
        }
        voilas: dict[str, Any] = get_page_config(
            base_url=self.base_url,
            settings=self.settings,
            log=self.log,
            voila_configuration=self._rendering["voila_configuration"],
        )
        return voilas | {
            "fullStaticUrl": place["static"],
            "fullLabextensionsUrl": place["labextensions"],
            "pbNeeds": needs,
            "pbScripts": place["scripts"],
            "pbVega": url_path_join(place["kit"], "vega.js"),
            "pbNonce": nonce,
        }


async def in_time(pieces: AsyncIterator[Piece], seconds: float) -> AsyncIterator[Piece]:
    """What comes, until nothing has for so long."""
    while True:
        coming = asyncio.ensure_future(anext(pieces))
        if not (await asyncio.wait({coming}, timeout=seconds))[0]:
            coming.cancel()
            return
        try:
            yield coming.result()
        except StopAsyncIteration:
            return
