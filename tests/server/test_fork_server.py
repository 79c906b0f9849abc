"""Forked kernels in a whole server: none outlives it, and it goes on when forking fails."""

import sys

import psutil
import pytest

from .conftest import eventually, running
from .processes import below, gone, title

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")


def test_a_server_that_is_killed_leaves_no_process(tmp_path, notebooks):
    with running(tmp_path / "home", notebooks, own=True) as server, server.owner() as owner:
        _, kernel_id = server.open(owner)
        pids = [process.pid for process in below(server)]
        assert any(kernel_id in title(process) for process in below(server))
        server.process.kill()
        server.process.wait()
        assert len(pids) >= 2
        assert eventually(lambda: all(map(gone, pids)))


def test_a_page_opens_although_the_zygote_was_killed_and_later_ones_are_forked_again(
    tmp_path, notebooks
):
    def forked_kernels() -> list[psutil.Process]:
        return [it for it in below(server) if title(it).startswith("playbook-kernel")]

    with running(tmp_path / "home", notebooks) as server, server.owner() as owner:
        server.open(owner)
        assert len(forked_kernels()) == 1
        for child in psutil.Process(server.process.pid).children():
            child.kill()
        page, _ = server.open(owner)
        assert "application/vnd.jupyter.widget-view+json" in page
        assert not forked_kernels()

        def opens_a_fork() -> bool:
            server.open(owner)
            return bool(forked_kernels())

        assert eventually(opens_a_fork)


def test_kernels_see_nothing_of_the_server_s_environment_that_is_not_listed(
    tmp_path, notebooks, monkeypatch
):
    monkeypatch.setenv("DATABASE_PASSWORD", "hunter2")
    monkeypatch.setenv("TZ", "Europe/Vienna")
    for forking in (True, False):
        home = tmp_path / f"home-{forking}"
        with running(home, notebooks, forking=forking) as server, server.owner() as owner:
            page, _ = server.open(owner, "03_env")
            assert "Europe/Vienna" in page
            assert "hunter2" not in page
