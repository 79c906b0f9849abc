"""Starting, starting twice, and stopping."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import psutil
import pytest

from playbook.server.solo.running import ENOUGH_FILES

from .conftest import running

TABLE = Path("/proc/net/tcp")
COMMAND = "import sys; from playbook.cli.main import main; sys.exit(main())"


def serve(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`playbook serve`, for starts that are refused."""
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "serve", "--no-browser", *arguments],
        env={**os.environ, "PLAYBOOK_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def one_sentence(result: subprocess.CompletedProcess[str]) -> str:
    """What a refused start says: exit code 2, one line, no traceback."""
    assert result.returncode == 2
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


def test_a_taken_port_is_named_with_the_option_that_helps(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = one_sentence(serve(tmp_path / "home", "--port", str(port)))
    assert f"Port {port} is taken" in said
    assert "--port" in said


def test_a_second_start_on_the_same_data_gives_the_address_of_the_first(served):
    said = one_sentence(serve(served.home, "--port", str(served.port + 1)))
    assert said.endswith(f"{served.url}/?token={served.token}")


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    said = one_sentence(serve(tmp_path / "file" / "home"))
    assert str(tmp_path / "file" / "home") in said
    assert "PLAYBOOK_HOME" in said


def test_the_note_about_the_running_server_is_its_owners_alone(served):
    note = served.home / "running.json"
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert json.loads(note.read_text()) == {
        "run": httpx.get(f"{served.url}/health").json()["run"],
        "port": served.port,
        "token": served.token,
    }
    assert stat.S_IMODE(served.home.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "note", ['{"run": "1", "port": 1, "token": "x"}', "not json", "[]", '{"pid": 1}', ""]
)
def test_a_stale_or_broken_note_is_in_nobodys_way(tmp_path, notebooks, note):
    home = tmp_path / "home"
    home.mkdir()
    (home / "running.json").write_text(note)
    with running(home, notebooks) as server:
        assert httpx.get(f"{server.url}/health").status_code == 200


def test_another_program_on_the_noted_port_is_not_taken_for_the_playbook(
    tmp_path, served, notebooks
):
    home = tmp_path / "home"
    home.mkdir()
    note = {"run": "another", "port": served.port, "token": "x"}
    (home / "running.json").write_text(json.dumps(note))
    with running(home, notebooks) as server:
        assert server.port != served.port


@pytest.mark.parametrize("asked_by", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_asked_and_leaves_neither_note_nor_kernel(tmp_path, notebooks, asked_by):
    home = tmp_path / "home"
    with running(home, notebooks, own=True) as server, server.owner() as owner:
        server.open(owner)
        below = psutil.Process(server.process.pid).children(recursive=True)
        kernels = [child.pid for child in below]
        server.process.send_signal(asked_by)
        assert server.process.wait(timeout=60) == 0, server.log.read_text()
    assert kernels
    assert not (home / "running.json").exists()
    assert not any(psutil.pid_exists(pid) for pid in kernels)
    assert "Traceback" not in server.log.read_text()


def test_what_it_prints_is_one_short_block(tmp_path, sound_notebooks):
    home = tmp_path / "home"
    with (
        running(home, sound_notebooks) as server,
        server.owner() as owner,
        server.stranger() as stranger,
    ):
        server.open(owner)
        owner.get("/nothing", params={"token": server.token})
        owner.get("/voila/render/none.ipynb")
        stranger.get("/")
    said = server.log.read_text().strip().splitlines()
    assert len(said) == 4
    assert said[1].split() == ["Open:", f"{server.url}/?token={server.token}"]
    assert said[2].split() == ["Data:", str(home)]
    assert "Ctrl+C" in said[3]


@pytest.mark.skipif(not TABLE.exists(), reason="reads Linux's table of sockets")
def test_it_listens_on_this_machine_alone(served):
    for line in TABLE.read_text().splitlines()[1:]:
        address, state = line.split()[1], line.split()[3]
        host, port = address.split(":")
        if int(port, 16) == served.port and state == "0A":
            assert host == "0100007F"
            break
    else:
        pytest.fail("no listening socket found")


LOWERED = """
import resource
from playbook.server.solo.running import open_files
_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
print(open_files(), resource.getrlimit(resource.RLIMIT_NOFILE)[0], hard)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_it_may_open_as_many_files_as_the_system_lets_it():
    done = subprocess.run([sys.executable, "-c", LOWERED], capture_output=True, check=True)
    told, soft, hard = map(int, done.stdout.split())
    assert told == soft
    assert soft == (ENOUGH_FILES if hard < 0 else min(hard, ENOUGH_FILES))
