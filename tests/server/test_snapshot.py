"""Notebooks executed before their visitors come: the same page, faster, and nothing shared."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell

from playbook.model import resources
from playbook.server.kernels.fork.processes import ForkError, ForkingProcess
from playbook.server.kernels.fork.snapshots import NotebookSnapshots
from playbook.server.kernels.manager import inherited

from .conftest import Served, eventually, in_loop, running
from .processes import below, gone, title
from .test_fork import a_kernel, a_zygote
from .test_kernels import click, models, next_value

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")

NOBODYS = {name: it for name, it in inherited().items() if not name.startswith("PLAYBOOK_")}

APPS = [
    path.name
    for path in sorted(resources.notebooks_dir().glob("*.ipynb"))
    if "widgets.app" in path.read_text(encoding="utf-8")
]
"""Our notebooks but for those that are for JupyterLab alone."""


def seeds(served: Served) -> dict[str, psutil.Process]:
    """The processes that hold executed notebooks, by the notebook's name."""
    named = {title(process).partition("playbook-seed ")[2]: process for process in below(served)}
    return {name: process for name, process in named.items() if name}


def prepared(served: Served, *names: str) -> bool:
    """Whether these notebooks come to be executed, and pages to be forked from there.

    The server hears of a seed a moment after it is there, so pages are opened until one shows it.
    """
    names = names or ("00_home.ipynb", "01_catalyst.ipynb")
    if not eventually(lambda: set(names) <= set(seeds(served))):
        return False
    with served.owner() as owner:

        def is_forked(name: str) -> bool:
            time.sleep(0.3)
            _, kernel_id = served.open(owner, name.removesuffix(".ipynb"))
            return source(served, kernel_id) == f"playbook-seed {name}"

        return all(eventually(lambda name=name: is_forked(name)) for name in names)


def source(served: Served, kernel_id: str) -> str:
    """What a page's kernel was forked from."""
    (kernel,) = (it for it in below(served) if kernel_id in title(it))
    return title(kernel.parent())


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, notebooks: Path) -> Iterator[Served]:
    """A server that has executed its notebooks; those two that can be."""
    folder = shutil.copytree(notebooks, tmp_path_factory.mktemp("folder") / "notebooks")
    with running(tmp_path_factory.mktemp("data") / "home", folder) as served:
        assert prepared(served)
        yield served


# -- the page


def anybodys(page: str) -> str:
    """A page without what is one visitor's: kernel, nonce, numbers of widgets, addresses, and of
    the plain form its worksheet, the rows that it offers and its key; and without the file of the
    widgets' states, of which there is none where each page has its own."""
    page = re.sub(r'\n<link rel="preload" as="fetch"[^>]*>', "", page)
    page = re.sub(r'"states": (null|"[^"]*")', "STATES", page)
    page = re.sub(r"0x[0-9a-f]+", "ADDRESS", page)
    page = re.sub(r'"kernelId": "[\w-]+"', "KERNEL", page)
    page = re.sub(r'nonce="[\w-]+"', "NONCE", page)
    page = re.sub(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "UUID", page)
    page = re.sub(r"\br[0-9a-f]{12}\b", "ROW", page)
    page = re.sub(r'name="_xsrf" value="[^"]*"', "XSRF", page)
    return re.sub(r'"model_id": "\w+"', "MODEL", page)


ONE_OF_EACH = ["00_home.ipynb", "05_metric_tree.ipynb", "17_weekly.ipynb", "20_cases.ipynb"]
"""A notebook of each app."""


@pytest.mark.parametrize(
    ("folder", "names", "executed"),
    [
        ("small", ["00_home.ipynb", "01_catalyst.ipynb"], {"forking": False}),
        ("kit", ONE_OF_EACH, {"on_the_spot": True}),
        pytest.param("kit", APPS, {"on_the_spot": True}, marks=pytest.mark.soak),
    ],
    ids=["small", "kit", "whole kit"],
)
def test_it_is_the_page_of_a_notebook_executed_on_the_spot_but_for_the_numbers(
    tmp_path, notebooks, folder, names, executed
):
    """In a process of its own, and, as that takes seconds each, all of our own in forks."""
    folder = notebooks if folder == "small" else resources.notebooks_dir()
    with (
        running(tmp_path / "one", folder, **executed) as plain,
        running(tmp_path / "other", folder) as served,
        plain.owner() as there,
        served.owner() as here,
    ):
        assert prepared(served, *names)
        for name in names:
            slow, fast = there.get(f"/voila/render/{name}"), here.get(f"/voila/render/{name}")
            assert "application/vnd.jupyter.widget-view+json" in fast.text
            assert anybodys(fast.text) == anybodys(slow.text)
            for header in ("Referrer-Policy", "Vary"):
                assert fast.headers.get(header) == slow.headers.get(header)
            assert fast.headers["Content-Type"] == "text/html; charset=UTF-8"
            assert "no-store" in fast.headers["Cache-Control"]
            assert fast.headers["Content-Security-Policy"].count("'nonce-") == 1


def test_each_visitor_has_a_kernel_and_a_nonce_and_nothing_is_left_of_the_placeholders(ready):
    with ready.owner() as owner:
        before = ready.opened()
        (one, first), (other, second) = ready.open(owner), ready.open(owner)
    assert ready.opened() == before + 2
    assert first != second
    nonces = [re.findall(r'nonce="([\w-]+)"', page) for page in (one, other)]
    assert all(len(set(inside)) == 1 for inside in nonces)
    assert nonces[0] != nonces[1]
    swapped = other.replace(second, first).replace(nonces[1][0], nonces[0][0])
    assert swapped == one


def test_a_visitor_s_kernel_is_a_fork_of_the_one_that_executed_the_notebook(ready):
    with ready.owner() as owner:
        _, kernel_id = ready.open(owner, "01_catalyst")
        assert source(ready, kernel_id) == "playbook-seed 01_catalyst.ipynb"


def test_two_visitors_of_one_snapshot_share_no_state(ready):
    with ready.owner() as owner:
        lines = [ready.connect(owner, ready.open(owner)[1]) for _ in range(2)]
        with lines[0] as one, lines[1] as other:
            counters = [
                next(name for name, it in models(line).items() if "value" in it["state"])
                for line in (one, other)
            ]
            click(one, counters[0], "count")
            assert next_value(one) == 1
            click(one, counters[0], "count")
            assert next_value(one) == 2
            click(other, counters[1], "count")
            assert next_value(other) == 1


@pytest.mark.parametrize("name", ["02_broken.ipynb", "03_env.ipynb"])
def test_a_notebook_that_fails_or_reads_its_environment_is_executed_for_each_visitor(ready, name):
    with ready.owner() as owner:
        _, kernel_id = ready.open(owner, name.removesuffix(".ipynb"))
        assert source(ready, kernel_id) == sys.executable
        assert name not in seeds(ready)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("02_broken.ipynb", "ZeroDivisionError: division by zero"),
        ("03_env.ipynb", "RefusedError: reads the whole environment"),
    ],
)
def test_whoever_runs_the_server_reads_once_which_notebook_opens_slower_and_why(ready, name, why):
    with ready.owner() as owner:
        for _ in range(2):
            ready.open(owner, name.removesuffix(".ipynb"))

    def told() -> list[str]:
        return [line for line in ready.log.read_text().splitlines() if name in line]

    assert eventually(told)
    (line,) = told()
    assert "can't be executed ahead, so it opens slower" in line
    assert why in line


@pytest.mark.parametrize("path", [".hidden.ipynb", "..%2f01_catalyst.ipynb", "a%00.ipynb"])
def test_what_the_folder_does_not_show_is_no_snapshot_either(ready, path):
    shutil.copy(ready.notebooks / "01_catalyst.ipynb", ready.notebooks / ".hidden.ipynb")
    with ready.owner() as owner:
        assert owner.get(f"/voila/render/{path}").status_code in {400, 404}


# -- what becomes of it


def rewrite(path: Path, code: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_code_cell(code))
    nbformat.write(notebook, path)


def test_a_notebook_that_changed_is_executed_anew_and_its_old_pages_live_on(tmp_path, notebooks):
    folder = shutil.copytree(notebooks, tmp_path / "notebooks")
    with running(tmp_path / "home", folder) as served, served.owner() as owner:
        assert prepared(served)
        _, old = served.open(owner)
        before = seeds(served)["01_catalyst.ipynb"]
        with served.connect(owner, old) as line:
            (counter,) = (name for name, it in models(line).items() if "value" in it["state"])
            rewrite(folder / "01_catalyst.ipynb", "from IPython.display import HTML\nHTML('new!')")
            assert "new!" in served.open(owner)[0]
            assert eventually(lambda: seeds(served)["01_catalyst.ipynb"].pid != before.pid)
            page, kernel_id = served.open(owner)
            assert "new!" in page
            assert source(served, kernel_id) == "playbook-seed 01_catalyst.ipynb"
            click(line, counter, "count")
            assert next_value(line) == 1


def test_a_page_opens_although_its_seed_was_killed_and_the_next_ones_have_one_again(
    tmp_path, notebooks
):
    with running(tmp_path / "home", notebooks) as served, served.owner() as owner:
        assert prepared(served)
        killed = seeds(served)["01_catalyst.ipynb"]
        killed.kill()
        assert eventually(lambda: gone(killed.pid))
        assert "application/vnd.jupyter.widget-view+json" in served.open(owner)[0]
        assert prepared(served)
        page, kernel_id = served.open(owner)
        assert "application/vnd.jupyter.widget-view+json" in page
        assert source(served, kernel_id) == "playbook-seed 01_catalyst.ipynb"
        assert "Traceback" not in served.log.read_text()


def test_a_page_whose_seed_does_not_answer_is_asked_for_again_and_executed(tmp_path, notebooks):
    with running(tmp_path / "home", notebooks) as served, served.owner() as owner:
        assert prepared(served)
        seeds(served)["01_catalyst.ipynb"].suspend()
        page = owner.get("/voila/render/01_catalyst.ipynb").text
        assert "application/vnd.jupyter.widget-view+json" not in page
        assert "kernelId" not in page
        assert page.endswith(">location.reload()</script>")
        page, kernel_id = served.open(owner)
        assert "application/vnd.jupyter.widget-view+json" in page
        assert owner.get(f"/api/kernels/{kernel_id}").status_code == 200


def test_a_server_that_stops_leaves_no_seed(tmp_path, sound_notebooks):
    with (
        running(tmp_path / "home", sound_notebooks, own=True) as served,
        served.owner() as owner,
    ):
        assert prepared(served)
        served.open(owner)
        pids = [process.pid for process in below(served)]
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(timeout=60) == 0
    assert len(pids) >= 4
    assert eventually(lambda: all(map(gone, pids)))
    assert len(served.log.read_text().strip().splitlines()) == 4


# -- the seed itself


@asynccontextmanager
async def a_seed(cells: list[str], cwd: Path):
    """A process that has executed these cells, and what it says they show."""
    async with a_zygote() as (zygote, _):
        seed, said = await zygote.seed(NOBODYS, str(cwd), "test", cells)
        try:
            yield seed, said["shown"]
        finally:
            seed.close()


def test_forks_of_a_seed_have_its_variables_and_change_only_their_own(tmp_path):
    async def run() -> None:
        async with (
            a_seed(["import os, random", "", "mine = [1]\nmine"], tmp_path) as (seed, shown),
            a_kernel(seed, tmp_path, {"WHOSE": "one"}) as one,
            a_kernel(seed, tmp_path, {"WHOSE": "other"}) as other,
        ):
            assert [[it["content"]["data"]["text/plain"] for it in cell] for cell in shown] == [
                *([], [], ["[1]"]),
            ]
            assert await one.value("mine", "mine.append(2)") == "[1, 2]"
            assert await other.value("mine") == "[1]"
            assert await one.value("dict(os.environ)") == "{'WHOSE': 'one'}"
            assert await other.value("os.environ['WHOSE']") == "'other'"
            assert await one.value("random.random()") != await other.value("random.random()")

    in_loop(run())


READ = "import os\nos.environ['PLAYBOOK_HOME']"
PERSONAL = {
    "reads a name of the environment": READ,
    "asks for one that may be missing": "import os\nos.environ.get('PLAYBOOK_TICKET')",
    "tests for one": "import os\n'PLAYBOOK_API' in os.environ",
    "reads all of the environment": "import os\nstr(os.environ)",
    "copies the environment": "import os\nos.environ.copy()",
    "shrugs it off": "try:\n    " + READ.replace("\n", "\n    ") + "\nexcept Exception:\n    pass",
    "opens a database": "import sqlite3\nsqlite3.connect('x.db')",
    "opens a store": "from playbook.store import open_store\nopen_store(None).worksheets()",
    "leaves a file open": "file = open(__import__('os').devnull)",
    "starts a thread": "import threading, time\n"
    "threading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
    "starts a process": "import subprocess\nsubprocess.run(['true'])",
    "connects": "import socket\nsocket.create_connection(('127.0.0.1', 9))",
    "fails": "1 / 0",
    "ends": "raise SystemExit",
    "has an error in its grammar": "x = = 1",
    "redraws": "from IPython.display import clear_output\nclear_output()",
}


@pytest.mark.parametrize("code", [pytest.param(code, id=name) for name, code in PERSONAL.items()])
def test_what_only_a_visitor_s_kernel_may_do_makes_no_snapshot(shared_zygote, tmp_path, code):
    async def run() -> None:
        with pytest.raises(ForkError):
            await shared_zygote.zygote.seed(NOBODYS, str(tmp_path), "test", ["x = 1", code])
        async with a_kernel(shared_zygote.zygote, tmp_path) as kernel:
            assert kernel.forked.is_forked

    shared_zygote.run(run())


def test_what_is_watched_while_executing_is_free_for_visitors(tmp_path):
    async def run() -> None:
        async with (
            a_seed(["import os, sqlite3"], tmp_path) as (seed, _),
            a_kernel(seed, tmp_path, {"PLAYBOOK_HOME": "mine"}) as kernel,
        ):
            assert await kernel.value("os.environ['PLAYBOOK_HOME']") == "'mine'"
            made = "sqlite3.connect(':memory:').execute('select 42').fetchone()"
            assert await kernel.value(made) == "(42,)"

    in_loop(run())


def test_a_seed_that_is_closed_stays_for_its_kernels_and_no_longer(tmp_path):
    async def run() -> None:
        async with a_zygote() as (zygote, _):
            seed, _ = await zygote.seed(NOBODYS, str(tmp_path), "test", ["x = 42"])
            async with a_kernel(seed, tmp_path) as kernel:
                seed.close()
                seed.close()
                assert await kernel.value("x") == "42"
                process = psutil.Process(kernel.pid).parent()
                assert title(process) == "playbook-seed test"
            assert eventually(lambda: gone(process.pid))

    in_loop(run())


def test_a_notebook_asked_for_by_many_at_once_is_executed_once(notebooks):
    async def run() -> None:
        async with a_zygote() as (zygote, _):
            asked, answered = [], []

            class Counting:
                async def seed(self, *args: object) -> tuple[ForkingProcess, list]:
                    asked.append(args[2])
                    try:
                        return await zygote.seed(*args)
                    finally:
                        answered.append(args[2])

            counting = Counting()
            snapshots = NotebookSnapshots(notebooks, lambda: counting, NOBODYS, logging.getLogger())
            for _ in range(5):
                assert snapshots.get("01_catalyst.ipynb") is None
                assert snapshots.get("02_broken.ipynb") is None
            while not (len(answered) > 1 and snapshots.get("01_catalyst.ipynb")):
                await asyncio.sleep(0.02)  # as long as it takes: a loaded machine is no failure
            assert snapshots.get("02_broken.ipynb") is None
            await asyncio.sleep(0.2)  # for whatever might be asked again
            snapshots.close()
            assert sorted(asked) == ["01_catalyst.ipynb", "02_broken.ipynb"]

    in_loop(run())
