"""What people take along, how they leave, and what whoever runs the host does meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from playbook.store.sql import SqliteStore
from tests.server.cohort.classroom import classroom


@pytest.fixture
def fresh(tmp_path, notebooks):
    with classroom(tmp_path / "home", notebooks) as running:
        yield running


def playbook(host, *arguments):
    """The command line on the host's folder, while the host runs."""
    env = os.environ | {"PLAYBOOK_HOME": str(host.home)}
    command = [sys.executable, "-m", "playbook.cli.main", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def one_sentence(done):
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


def export(person):
    return person.get("/place/workspace.json").json()


def a_solo_file(tmp_path):
    """An export of somebody's own playbook."""
    store = SqliteStore(tmp_path / "solo.sqlite")
    store.create("catalyst", "From home")
    return store.export()


def test_worksheets_from_home_come_along_and_leave_again(fresh, tmp_path):
    jose = fresh.people["José"]
    mine = a_solo_file(tmp_path)
    assert "From home" in jose.do("/place/bring", workspace=mine).json()["notice"]
    (taken,) = export(jose)["worksheets"]
    assert taken["name"] == "From home"
    assert export(fresh.people["Lin"])["worksheets"] == []
    page = jose.get("/place/worksheets.html")
    assert "From home" in page.text
    assert "attachment" in page.headers["Content-Disposition"]
    assert jose.get("/place/dates.ics").text.startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize("given", [None, [], "x", {}, {"format": "other"}, {"worksheets": [1]}])
def test_a_file_that_is_no_export_gets_one_sentence(served, given):
    answer = served.people["José"].do("/place/bring", workspace=given)
    assert answer.status_code == 409
    assert answer.json()["text"]
    assert export(served.people["José"])["worksheets"] == []


def test_whoever_erases_themselves_is_out_and_leaves_no_page_open(fresh, tmp_path):
    jose = fresh.people["José"]
    jose.do("/place/bring", workspace=a_solo_file(tmp_path))
    jose.open()
    running = kernels(fresh)
    assert jose.do("/place/erase").status_code == 200
    assert jose.get("/place").status_code == 302
    assert fresh.people["Lin"].get("/place").status_code == 200
    until = time.monotonic() + 30
    while kernels(fresh) >= running:
        assert time.monotonic() < until
        time.sleep(0.3)
    told = json.loads(playbook(fresh, "cohort", "people", fresh.cohorts["Ana"], "--json").stdout)
    assert "José" not in str(told)


def kernels(host):
    return host.stranger().get("/health").json()["kernels"]


def test_a_backup_is_made_while_the_host_runs_and_says_so(served, tmp_path):
    done = playbook(served, "backup", "--to", str(tmp_path / "kept.sqlite"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "opened and checked" in done.stdout
    assert (tmp_path / "kept.sqlite").stat().st_mode & 0o077 == 0
    assert "already" in one_sentence(
        playbook(served, "backup", "--to", str(tmp_path / "kept.sqlite"))
    )


def test_a_restore_while_the_host_runs_is_refused(served, tmp_path):
    playbook(served, "backup", "--to", str(tmp_path / "kept.sqlite"))
    assert "server" in one_sentence(playbook(served, "restore", str(tmp_path / "kept.sqlite")))


def test_a_second_host_on_the_same_folder_is_refused(served):
    assert "server" in one_sentence(playbook(served, "serve", "--cohort", "--port", "8867"))


def test_a_class_made_on_the_command_line_can_be_joined_at_once(served):
    days = ["--ends", "2099-01-01", "--erase-on", "2099-02-01"]
    made = playbook(
        served, "cohort", "new", "Autumn", "--trainer", "Ana", "--host", "Acme", *days, "--json"
    )
    assert made.returncode == 2, "two years is the longest"
    assert "two years" in made.stderr


def test_the_socket_of_commands_is_nobody_elses(served):
    assert (served.home / "admin.sock").stat().st_mode & 0o077 == 0
