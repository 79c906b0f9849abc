"""Kernels for nbval, forked from a process that has loaded what notebooks load: that is most of
what a notebook takes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from nbval.kernel import RunningKernel

from tests.server.forked import started

LOAD = """
import altair, ipykernel.ipkernel, ipykernel.kernelapp, pandas, vl_convert
import widgets.app
from playbook import frames
"""
RUN = """
import os, sys
import pandas
from ipykernel.kernelapp import IPKernelApp
pandas.set_option("display.max_columns", 20)  # which it takes where a kernel imports it
connection, folder = sys.argv[1:]
os.chdir(folder)
ends_with = f"--IPKernelApp.parent_handle={os.getppid()}"
IPKernelApp.launch_instance(["-f", connection, ends_with])
"""


class ForkedKernel(RunningKernel):
    """A kernel in which nothing has run yet, as nbval asks for one for each notebook."""

    def __init__(self, _name: str, cwd: str, startup_timeout: float = 60) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kernel-")
        connection, _ = write_connection_file(str(Path(self._folder.name) / "kernel.json"))
        log = Path(self._folder.name) / "kernel.log"
        self._process = started(RUN, [connection, cwd], {**os.environ}, log, LOAD)
        self.kc = BlockingKernelClient(connection_file=connection)
        self.kc.load_connection_file()
        self.kc.start_channels(hb=False)
        self.kc.kernel_info()
        self.get_message("shell", startup_timeout)  # it listens
        self._ensure_iopub_up()

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def interrupt(self) -> None:
        self._process.send_signal(2)

    def stop(self) -> None:
        self.kc.stop_channels()
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    @property
    def language(self) -> str:
        return "python"
