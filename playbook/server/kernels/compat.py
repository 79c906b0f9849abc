"""What we rest on in Voila, ipykernel, jupyter_client and jupyter_server that they promise nobody.

Their private names, and hooks that no documentation has, stand here and nowhere else: each mixin
translates some into names of our own. So a new release of theirs is read against this one module.
It imports none of the four: a process that forks kernels must not load what only servers need.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

CHECKED = {
    "voila": "0.5.13",
    "ipykernel": "7.4.0",
    "jupyter_client": "8.10.0",
    "jupyter_server": "2.21.1",
}
"""The release of each that what follows was checked on."""


def template(settings: dict[str, Any], name: str) -> Any:
    """voila: a template of its environment."""
    return settings["voila_jinja2_env"].get_template(name)


class PreExecutedNotebook:
    """voila, before NotebookRenderer: no kernel is started, a template gets what was `executed`."""

    def executed(self, notebook: Any) -> Any:
        """The cells with what they show."""
        raise NotImplementedError

    async def _jinja_kernel_start(self, *_: Any, **__: Any) -> None:
        """Nothing: it runs already."""

    async def _jinja_cell_generator(self, nb: Any, _kernel_id: str) -> AsyncIterator[Any]:
        for cell in self.executed(nb):
            yield cell


class CustomLoginForm:
    """jupyter_server, before LoginFormHandler: `draw` answers in place of its own form."""

    def draw(self, wrong: bool) -> None:
        """Send the form; `wrong` says that what was given is not the key."""
        raise NotImplementedError

    def _render(self, message: dict[str, str] | None = None) -> None:
        self.draw(bool(message))


class OpenSessions:
    """jupyter_server, before ZMQChannelsWebsocketConnection: the connections that it knows."""

    _open_sessions: Any
    session_key: str
    websocket_handler: Any

    def abandon(self) -> None:
        """Forget a connection that never came about."""
        if self._open_sessions.get(self.session_key) is self.websocket_handler:
            del self._open_sessions[self.session_key]


class KernelBuffers:
    """jupyter_server, before MappingKernelManager: what kernels say while no page listens."""

    _kernel_buffers: Any

    def keep_in(self, kernel_id: str, buffer: list[Any]) -> None:
        """Keep it in `buffer`, if it is kept at all."""
        if kernel_id in self._kernel_buffers:
            self._kernel_buffers[kernel_id]["buffer"] = buffer


class KernelSockets:
    """ipykernel and jupyter_client, before IPKernelApp: its address and how it binds."""

    _bind_socket: Any

    def _ip_default(self) -> str:
        """This computer. jupyter_client would look at every network card first, in each fork, and
        then take the address that the connection file says."""
        return "127.0.0.1"

    def bind(self, socket: Any, port: int) -> int:
        """Bind a socket to `port`, or to a free one when it is 0; the port that it has."""
        bound: int = self._bind_socket(socket, port)
        return bound
