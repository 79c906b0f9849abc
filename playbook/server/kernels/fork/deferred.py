"""A kernel in two steps: all of it but its sockets and threads before a fork, those after it.

What comes before (IPython's shell above all) takes a quarter of a second, and pages of memory that
every fork then shares. Nothing that a fork would break may exist before it: no thread, no ZeroMQ
context, no event loop.
"""

# ipykernel has few types:
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import faulthandler  # noqa: F401  # else each fork would import it
import logging
import os
from typing import Any

import ipywidgets  # type: ignore[import-untyped]
import tornado.platform.asyncio  # noqa: F401  # else each fork would import it
import zmq
import zmq.utils.garbage  # else each fork would import it
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session, new_id
from traitlets.config import Config
from zmq.eventloop.zmqstream import ZMQStream

from playbook.server.kernels.compat import KernelSockets

LINGER = 1000  # milliseconds, as in ipykernel

CONFIG = Config(
    {
        "HistoryManager": {"enabled": False},  # it writes from a thread
        "IPKernelApp": {
            "log_level": "ERROR",
            "outstream_class": None,  # prints never reach a page, so nothing carries them
        },
    }
)


class RecordingSession(Session):
    """The session of a kernel that nobody listens to yet: keeps what would be sent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(check_pid=False, **kwargs)  # it records in forks too
        self.sent: list[dict[str, Any]] = []

    def send(self, _stream: Any, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        message = super().send(None, *args, **kwargs)
        assert message is not None
        self.sent.append(message)
        return message


class DeferredKernel(KernelSockets, IPKernelApp):
    """ipykernel's app in two: `create_shell` before forking, `start_listening` in the fork."""

    def create_shell(self) -> None:
        """Make the kernel with its shell. It may run code; what it says is in `recorder.sent`.

        A person's IPython configuration and start-up files are passed over: they are for other
        kernels, and may start threads.
        """
        self.update_config(CONFIG)
        self.init_profile_dir()
        self.init_pdb()
        self.recorder = RecordingSession(parent=self)
        self.kernel = IPythonKernel.instance(
            parent=self, session=self.recorder, log=self.log, profile_dir=self.profile_dir
        )
        self.init_path()
        self.init_shell()
        self.session = Session(parent=self)
        self.log.setLevel(logging.ERROR)  # else records are made that its handler drops
        write_annotations(zmq.Context, zmq.Socket)
        ipywidgets.register_comm_target()  # at its import there was no shell to find

    def forget(self) -> None:
        """Hold nothing of what was executed, no name, widget or message; cells count from one."""
        assert self.shell is not None
        ipywidgets.Widget.close_all()
        self.shell.reset()
        self.recorder.sent.clear()

    def start_listening(self, connection_file: str) -> None:
        """Listen where the connection file says, with whatever the shell holds by now."""
        self.connection_file = connection_file
        self.session.pid, self.session.session = os.getpid(), new_id()  # the file has its key
        self.init_connection_file()
        self.init_sockets()
        self.init_io()
        self.init_signal()
        self._connect()
        self.kernel.start()

    def init_control(self, context: zmq.Context[Any]) -> None:
        """Only the channel: no threads for it and for subshells, as no page can ask for either, and
        no sockets for a debugger that isn't there."""
        self.control_socket = context.socket(zmq.ROUTER)
        self.control_socket.linger = LINGER
        self.control_port = self.bind(self.control_socket, self.control_port)

    def init_iopub(self, context: zmq.Context[Any]) -> None:
        """As in ipykernel, without the port where its child processes would send their prints."""
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_socket.linger = LINGER
        self.iopub_port = self.bind(self.iopub_socket, self.iopub_port)
        self.iopub_thread = IOPubThread(self.iopub_socket, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def _connect(self) -> None:
        """Give the kernel and its shell the sockets that they have lived without."""
        kernel, shell = self.kernel, self.shell
        kernel.session = self.session
        kernel.iopub_thread, kernel.iopub_socket = self.iopub_thread, self.iopub_socket
        kernel.stdin_socket = self.stdin_socket
        kernel.control_stream = ZMQStream(self.control_socket)
        kernel.shell_stream = ZMQStream(self.shell_socket)
        assert shell is not None
        for speaker in (shell.displayhook, shell.display_pub):
            speaker.session, speaker.pub_socket = self.session, self.iopub_socket


def write_annotations(*kinds: type) -> None:
    """Have Python note what these classes and those above them annotate. pyzmq asks at the first
    attribute that it sets, and a note on typing.Generic changes a megabyte: each class below it."""
    for kind in kinds:
        for above in kind.__mro__:
            getattr(above, "__annotations__", None)
