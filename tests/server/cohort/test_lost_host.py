"""A host whose file is gone says so and does not begin anew in silence; stopped, it is whole."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from playbook.maintain.backup import check
from playbook.store.class_schema import account
from playbook.store.paths import cohorts_path
from playbook.store.sqlite.database import Database
from tests.server.cohort.classroom import classroom, done


def command(home, *words):
    env = os.environ | {"PLAYBOOK_HOME": str(home)}
    return {"args": [sys.executable, "-m", "playbook.cli.main", *words], "env": env}


def refused(home, *words):
    done = subprocess.run(**command(home, *words), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


@pytest.fixture
def home(tmp_path, notebooks):
    """The folder of a host that ran, with two classes, and was stopped as a service is."""
    with classroom(tmp_path / "home", notebooks) as running:
        assert running.people["José"].get("/place").status_code == 200
    return tmp_path / "home"


def test_a_stopped_hosts_file_is_whole_by_itself(home, tmp_path):
    assert list(home.glob("*-wal")) == []
    alone = tmp_path / "alone.sqlite"
    alone.write_bytes(cohorts_path(home).read_bytes())
    assert check(alone).rows["cohort"] == 2
    assert check(alone).rows["device"] == 5


def test_a_running_host_brings_its_log_into_the_file_when_nobody_saves(tmp_path, notebooks):
    with classroom(tmp_path / "home", notebooks) as running:
        path = cohorts_path(running.home)
        log = path.with_name(f"{path.name}-wal")
        done(running.people["Lin"].do("/place/rename", name="Linda Idle"))
        until = time.monotonic() + 60
        while log.stat().st_size > 0:
            assert time.monotonic() < until
            time.sleep(0.2)
        assert b"Linda Idle" in path.read_bytes()


def test_a_lost_file_is_told_by_every_command_until_somebody_says_new(home):
    cohorts_path(home).unlink()
    for words in (
        ("serve", "--cohort", "--port", "8899"),
        ("cohort", "list"),
        ("cohort", "trainer", "Ana"),
        ("backup",),
        ("export-all", str(home / "all.json")),
    ):
        said = refused(home, *words)
        assert "gone or empty" in said, words
        assert "--new" in said
    assert not cohorts_path(home).exists()
    script = (
        "import sys; from pathlib import Path;"
        "from playbook.server.cohort.app import serve_cohort;"
        "from playbook.server.cohort.reach import exposure;"
        "serve_cohort(exposure(0), 0, 5, Path(sys.argv[1]), new=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            until = time.monotonic() + 40
            while "serves classes" not in process.stdout.readline():
                assert time.monotonic() < until
        finally:
            process.terminate()
            process.wait(timeout=60)
    database = Database(cohorts_path(home), held=True)
    with database.read() as connection:
        assert connection.execute(account.select()).all() == []
    database.close()
    assert "leave --new out" in refused(home, "serve", "--cohort", "--new", "--port", "8899")


def test_new_and_without_log_are_for_hosts(home):
    assert "--cohort" in refused(home, "serve", "--new")
