"""Several processes on one file, as every tab has its own, and processes that die while writing."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from playbook.store import SqliteStore

SCRIPT = Path(__file__).with_name("processes.py")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="these processes are forked")


def run(*arguments):
    """What the script printed."""
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout or "null")


def is_sound(path):
    connection = sqlite3.connect(path)
    try:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        connection.close()


def test_twelve_processes_make_the_same_new_file_at_once(path):
    run("open", path, 12)
    names = {info.name for info in SqliteStore(path).worksheets()}
    assert names == {f"Sheet {number}" for number in range(12)}
    assert is_sound(path)


def test_of_twelve_processes_writing_at_once_nothing_is_lost(path):
    each = 10
    told = run("write", path, 12, each)
    store, worksheet = SqliteStore(path), told["worksheet"]
    snapshot = store.load(worksheet)
    assert snapshot.seq == 12 * each + 24
    assert snapshot.fields["shared"].rev == 12 * each
    for number in range(12):
        assert (snapshot.fields[f"own{number}"].value, snapshot.fields[f"own{number}"].rev) == (
            str(each - 1),
            each,
        )
    assert b"SECRET" not in path.read_bytes()
    events = [event for event in store.history(worksheet, limit=10_000) if event.kind != "erased"]
    assert len(events) == 2 * 12 * each
    assert {event.op_id for event in events} == {
        f"op-{number}-{turn}" for number in range(12) for turn in range(each)
    }
    assert snapshot.conflicts == ()
    assert max(told["milliseconds"]) < 10_000  # nobody was left waiting
    assert is_sound(path)


def test_a_writer_killed_thirty_times_loses_and_doubles_nothing(path, tmp_path):
    log = tmp_path / "acknowledged.txt"
    worksheet = run("kill", path, log, 30)["worksheet"]
    acknowledged = log.read_text().splitlines()
    assert len(acknowledged) >= 15
    assert is_sound(path)
    store = SqliteStore(path)
    events = store.history(worksheet, limit=100_000)
    in_order = [event.op_id for event in reversed(events) if event.field == "breaks"]
    # The last operation may be there though its acknowledgement was killed.
    assert in_order[: len(acknowledged)] == acknowledged
    assert len(in_order) - len(acknowledged) <= 1
    count = len(in_order)
    assert store.load(worksheet).fields["breaks"].value == f"answer {count - 1}"
    elsewhere = SqliteStore(None)
    elsewhere.import_(store.export())  # which checks that everything follows from the events
    elsewhere.close()
