"""Forked kernels: each its own, none outliving the server; an ordinary one when forking fails."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager

from playbook.framework import load_framework
from playbook.server.kernels.fork.deferred import write_annotations
from playbook.server.kernels.fork.processes import Zygote
from playbook.server.kernels.fork.provisioner import ForkProvisioner
from playbook.server.kernels.manager import (
    PlaybookKernelManager,
    SingleKernelSpecManager,
    inherited,
)
from playbook.server.solo.app import CONFIG

from .conftest import SharedZygote, eventually, in_loop
from .processes import gone

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")


class Talk:
    """A kernel and a client of it."""

    def __init__(self, manager: AsyncKernelManager) -> None:
        self.manager = manager
        self.forked = manager.provisioner
        self.pid = manager.provisioner.pid
        self.client = manager.client()
        self.client.start_channels(hb=False)

    async def value(self, expression: str, code: str = "") -> str:
        """The text form of an expression, after running code."""
        said = await self._run(code, {"it": expression})
        assert said["status"] == "ok", said
        return said["user_expressions"]["it"]["data"]["text/plain"]

    async def _run(
        self, code: str, expressions: dict[str, str], stop_on_error: bool = True
    ) -> dict:
        # After an error ipykernel gives up what waits behind it, and for a moment what comes
        # next, too: whoever goes on after one says stop_on_error=False.
        asked = self.client.execute(code, user_expressions=expressions, stop_on_error=stop_on_error)
        while True:
            reply = await self.client.get_shell_msg(timeout=120)
            if reply["parent_header"]["msg_id"] == asked:
                return reply["content"]

    async def fails(self, code: str) -> str:
        """The name of the error that running code ends with."""
        return (await self._run(code, {}, stop_on_error=False))["ename"]

    def do(self, code: str) -> None:
        """Run code and wait for nothing."""
        self.client.execute(code)

    async def exit_code(self) -> int | None:
        """How it ended, once it has."""
        for _ in range(12_000):
            if (code := await self.forked.poll()) is not None:
                return code
            await asyncio.sleep(0.01)
        return None


@asynccontextmanager
async def a_zygote(module: str = "widgets.preload") -> AsyncIterator[tuple[Zygote, str]]:
    """The process that forks, and what it warned of."""
    zygote = Zygote(inherited(), module)
    try:
        yield zygote, (await zygote.first_word(120))["warning"]
    finally:
        zygote.end()


@asynccontextmanager
async def a_kernel(zygote: Zygote, cwd: Path, env: dict[str, str] | None = None):
    """A kernel of that zygote, or the ordinary one in its place."""
    file = str(cwd / f"kernel-{time.monotonic_ns()}.json")
    manager = AsyncKernelManager(
        kernel_spec_manager=SingleKernelSpecManager(), connection_file=file
    )
    manager.provisioner = ForkProvisioner(
        parent=manager, kernel_id=file, kernel_spec=manager.kernel_spec, source=zygote
    )
    await manager.start_kernel(env=inherited() if env is None else env, cwd=str(cwd))
    talk = Talk(manager)
    try:
        yield talk
    finally:
        talk.client.stop_channels()
        await manager.shutdown_kernel(now=True)
        manager.context.term()


def forked(test):
    """Makes a test of a coroutine: it gets a kernel that was forked from the shared zygote."""

    async def run(zygote: Zygote, cwd: Path) -> None:
        async with a_kernel(zygote, cwd) as kernel:
            assert kernel.forked.is_forked
            await test(kernel)

    def test_in_loop(shared_zygote: SharedZygote, tmp_path: Path) -> None:
        shared_zygote.run(run(shared_zygote.zygote, tmp_path))

    return test_in_loop


def test_a_kernel_has_the_environment_and_the_folder_it_is_given_and_nothing_else(tmp_path):
    async def run() -> None:
        given = {"ONLY": "this"}
        async with a_zygote() as (zygote, _), a_kernel(zygote, tmp_path, given) as kernel:
            assert await kernel.value("dict(os.environ)", "import os") == "{'ONLY': 'this'}"
            assert await kernel.value("os.getcwd()") == repr(str(tmp_path))

    in_loop(run())


def test_a_zygote_holds_nothing_of_the_server_s_environment_but_what_kernels_may_know(monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "hunter2")

    async def run() -> bytes:
        async with a_zygote() as (zygote, _):
            return Path(f"/proc/{zygote._process.pid}/environ").read_bytes()

    environment = in_loop(run())
    assert b"PATH=" in environment
    assert b"hunter2" not in environment


@forked
async def test_a_kernel_is_a_session_leader_with_one_open_line_to_nobody_else(kernel):
    assert await kernel.value("os.getsid(0) == os.getpid()", "import os") == "True"
    links = "[os.readlink(f'/proc/self/fd/{n}') for n in range(3)]"
    assert await kernel.value(links) == str([os.devnull] * 3)


@forked
async def test_a_kernel_that_computes_can_be_interrupted_and_goes_on(kernel):
    failing = asyncio.ensure_future(kernel.fails("while True: pass"))
    await asyncio.sleep(0.5)
    await kernel.manager.interrupt_kernel()
    assert await asyncio.wait_for(failing, 120) == "KeyboardInterrupt"
    assert await kernel.value("6 * 7") == "42"


@forked
async def test_an_exit_code_is_told(kernel):
    kernel.do("import os; os._exit(7)")
    assert await kernel.exit_code() == 7
    assert not await kernel.manager.is_alive()


@forked
async def test_a_kernel_that_is_killed_counts_as_killed(kernel):
    os.kill(kernel.pid, signal.SIGKILL)
    assert await kernel.exit_code() == -signal.SIGKILL


@pytest.mark.timed
@forked
async def test_a_kernel_ends_when_it_is_asked_to(kernel):
    began = time.monotonic()
    await kernel.manager.shutdown_kernel()
    assert time.monotonic() - began < 4.5  # after five seconds it would have been killed
    assert not psutil.pid_exists(kernel.pid)


@forked
async def test_what_a_kernel_started_ends_with_it(kernel):
    started = await kernel.value(
        "child.pid", "import subprocess; child = subprocess.Popen(['sleep', '1000'])"
    )
    os.kill(kernel.pid, signal.SIGKILL)
    assert await kernel.exit_code() == -signal.SIGKILL
    assert eventually(lambda: gone(int(started)))


@forked
async def test_a_kernel_has_no_thread_but_its_own_and_the_one_that_sends(kernel):
    names = await kernel.value("[it.name for it in threading.enumerate()]", "import threading")
    assert names == "['MainThread', 'IOPub']"


def test_what_pyzmq_asks_of_classes_is_noted_before_a_fork():
    above = type("Above", (), {})
    write_annotations(type("Below", (above,), {}))
    assert vars(above)["__annotations__"] == {}


def test_two_kernels_share_neither_session_nor_variables_nor_random_numbers(tmp_path, monkeypatch):
    drawing = ["random.random()", "uuid.uuid4()", "tempfile.mktemp()"]
    drawing += ["numpy.random.random()"] if find_spec("numpy") else []
    modules = ", ".join(call.partition(".")[0] for call in drawing)
    (tmp_path / "random_before.py").write_text(f"import {modules}, widgets.preload\n")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}")
    drawing += [f"get_ipython().kernel.session.{name}" for name in ("session", "key", "pid")]
    drawn, imports = f"({', '.join(drawing)})", f"import {modules}; mine = 1"

    async def run() -> None:
        async with a_zygote("random_before") as (zygote, warning):
            assert not warning
            async with a_kernel(zygote, tmp_path) as one, a_kernel(zygote, tmp_path) as other:
                first, second = await one.value(drawn, imports), await other.value(drawn, imports)
                alike = set(first.strip("()").split(", ")) & set(second.strip("()").split(", "))
                assert not alike
                await one.value("mine", "mine = 2")
                assert await other.value("mine") == "1"

    in_loop(run())


def test_what_is_loaded_before_leaves_no_thread_and_is_there_in_kernels(grown_zygote, tmp_path):
    async def run() -> None:
        async with a_kernel(grown_zygote.zygote, tmp_path) as kernel:
            assert kernel.forked.is_forked
            loaded = "{'altair', 'widgets.app', 'debugpy.adapter'} & set(sys.modules)"
            assert "altair" in await kernel.value(loaded, "import sys")
            answers_of_a_class = "wire.result.cache_info().currsize == len(wire.CALLS)"
            wire = "from playbook.store import wire"
            assert await kernel.value(answers_of_a_class, wire) == "True"

    grown_zygote.run(run())


HELLO = """
from ipywidgets.widgets.widget import _instances
(form,) = [it for it in _instances.values() if hasattr(it, "session")]
page = {"app": "voila", "host": "127.0.0.1"}
form._receive(None, {"type": "hello", "device": "d", "page": page}, None)
"""


def test_a_page_loads_no_module_that_was_not_there_before_the_fork(grown_zygote, tmp_path):
    env = inherited() | {"PLAYBOOK_HOME": str(tmp_path)}

    async def late(zygote: Zygote, sheet: str) -> str:
        app = f"from widgets.app import worksheet_app\nworksheet_app({sheet!r})"
        cells = [app, "import sys\nthere = set(sys.modules)"]
        seed, _ = await zygote.seed(inherited(), str(tmp_path), sheet, cells)
        try:
            async with a_kernel(seed, tmp_path, env) as kernel:
                assert kernel.forked.is_forked
                assert await kernel.value("form.session.sheet.id", HELLO) == repr(sheet)
                return await kernel.value("sorted(set(sys.modules) - there)")
        finally:
            seed.close()

    async def run() -> None:
        for sheet in load_framework().sheets:
            assert await late(grown_zygote.zygote, sheet) == "[]"

    grown_zygote.run(run())


@pytest.mark.parametrize("content", [None, "raise SystemExit(3)", "1 / 0"])
def test_a_preload_that_fails_is_told_and_costs_no_kernel(tmp_path, monkeypatch, content):
    if content:
        (tmp_path / "preload.py").write_text(content)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}")

    async def run() -> None:
        async with a_zygote("preload") as (zygote, warning), a_kernel(zygote, tmp_path) as kernel:
            assert "preload could not be loaded" in warning
            assert kernel.forked.is_forked
            assert await kernel.value("6 * 7") == "42"

    in_loop(run())


def test_a_preload_that_leaves_a_thread_is_not_forked_from(tmp_path, monkeypatch, caplog):
    thread = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True)"
    (tmp_path / "preload.py").write_text(f"{thread}.start()")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}")

    async def run() -> None:
        async with a_zygote("preload") as (zygote, _), a_kernel(zygote, tmp_path) as kernel:
            assert not kernel.forked.is_forked
            assert await kernel.value("6 * 7") == "42"

    in_loop(run())
    (said,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "ordinary kernel" in said
    assert "2 threads" in said


def test_a_zygote_that_is_not_needed_any_more_stays_for_its_kernels_and_no_longer(tmp_path):
    async def run() -> None:
        async with a_zygote() as (zygote, _), a_kernel(zygote, tmp_path) as kernel:
            zygote.close()
            await asyncio.sleep(0.3)
            assert not zygote.has_ended
            assert await kernel.value("6 * 7") == "42"
            os.kill(kernel.pid, signal.SIGKILL)
            assert await kernel.exit_code() == -signal.SIGKILL
            assert eventually(lambda: zygote.has_ended)

    in_loop(run())


def test_kernels_die_with_their_zygote_and_count_as_killed(tmp_path):
    async def run() -> None:
        async with a_zygote() as (zygote, _), a_kernel(zygote, tmp_path) as kernel:
            zygote._process.kill()
            assert await kernel.exit_code() == -signal.SIGKILL
            assert eventually(lambda: gone(kernel.pid))

    in_loop(run())


def test_each_kernel_has_a_ticket_of_its_own_for_as_long_as_it_lives(tmp_path):
    class Ticketed(PlaybookKernelManager):
        def environment(self, ticket: str) -> dict[str, str]:
            return super().environment(ticket) | {"PLAYBOOK_TICKET": ticket}

    async def run() -> None:
        kernels = Ticketed(
            config=CONFIG,
            connection_dir=str(tmp_path),
            root_dir=str(tmp_path),
            kernel_spec_manager=SingleKernelSpecManager(),
        )
        try:
            one, other = await kernels.start_kernel(), await kernels.start_kernel()
            tickets = dict(kernels.tickets)
            assert set(tickets) == {one, other}
            assert len(set(tickets.values())) == 2
            assert all(len(ticket) >= 43 for ticket in tickets.values())
            for kernel_id, ticket in tickets.items():
                talk = Talk(kernels.get_kernel(kernel_id))
                told = await talk.value("os.environ['PLAYBOOK_TICKET']", "import os")
                assert told == repr(ticket)
                talk.client.stop_channels()
            await kernels.shutdown_kernel(one, now=True)
            assert set(kernels.tickets) == {other}
            os.kill(kernels.get_kernel(other).provisioner.pid, signal.SIGKILL)
            for _ in range(100):
                await asyncio.sleep(0.1)
                if other not in kernels.tickets:
                    break
            assert not kernels.tickets
        finally:
            await kernels.shutdown_all()

    in_loop(run())
