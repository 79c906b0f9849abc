"""A file that is cut, spoilt or swapped, at rest or under a server: it takes no answers."""

import os
import shutil
import signal
import time
from contextlib import closing, suppress

import pytest

from playbook.store import Operation, Set, SqliteStore
from playbook.store.sqlite.database import Database
from tests.store.serving import answer, refusal, serving

POSIX = os.name == "posix"
only_posix = pytest.mark.skipif(not POSIX, reason="Windows keeps an open file in its place")

# -- damaged at the start


@pytest.mark.parametrize("size", [4096, 10_000, 4096 * 3])
@pytest.mark.usefixtures("served")
def test_a_file_that_was_cut_is_refused_and_left_alone(path, size):
    os.truncate(path, size)
    before = path.read_bytes()
    said = refusal(path, lambda: Database(path, held=True))
    assert "damaged" in said
    assert path.read_bytes() == before


@pytest.mark.usefixtures("served")
def test_a_page_that_was_spoilt_is_found_at_the_start(path):
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 4096)
        file.write(b"\xa5" * 100)
    assert "damaged" in refusal(path, lambda: Database(path, held=True))


# -- swapped or cut while a server runs


def removed(path, _other):
    path.unlink()


def cut_to_nothing(path, _other):
    os.truncate(path, 0)


def cut(path, _other):
    os.truncate(path, 8192)


def another_copied_over_it(path, other):
    path.write_bytes(other.read_bytes())


def another_in_its_place(path, other):
    shutil.copy(other, path.with_name("new"))
    path.with_name("new").replace(path)


def log_removed(path, _other):
    path.with_name(f"{path.name}-wal").unlink()


def log_cut(path, _other):
    os.truncate(path.with_name(f"{path.name}-wal"), 0)


@only_posix
@pytest.mark.parametrize(
    "spoil",
    [
        removed,
        cut_to_nothing,
        cut,
        another_copied_over_it,
        another_in_its_place,
        log_removed,
        log_cut,
    ],
)
def test_nothing_is_called_saved_once_the_running_file_was_spoilt(path, tmp_path, spoil):
    other = tmp_path / "other.sqlite"
    with closing(Database(other, held=True)) as held:
        SqliteStore(held).create("catalyst", "Another")
    with serving(path) as server:
        assert server.says("yes") == "saved"
        assert server.says("no") == "saved"
        time.sleep(0.05)
        spoil(path, other)
        for _ in range(2):
            said = server.says("maybe")
            assert str(path) in said
            assert "nothing is saved" in said
        assert "nothing is saved" in server.says("settle")


@only_posix
def test_a_file_that_was_only_touched_goes_on(path):
    with serving(path) as server:
        server.says("yes")
        os.utime(path)
        path.chmod(0o600)
        assert server.says("no") == "saved"
        server.stops()
    assert answer(path, server.worksheet) == '"no"'


@only_posix
def test_a_log_that_was_removed_takes_nothing_along_that_was_called_saved(path):
    with serving(path) as server:
        server.says("yes")
        log_removed(path, None)
        server.says("no")
        server.process.send_signal(signal.SIGCONT)  # it lives, and stops as one stops
        server.stops()
    assert answer(path, server.worksheet) == '"yes"'


def test_what_a_server_does_by_itself_is_never_taken_for_somebody_else(path):
    """Checkpoints, rewriting, full transactions that fail: the file changes, by our own hand."""
    with closing(Database(path, held=True)) as held:
        store = SqliteStore(held)
        mine = store.create("catalyst", "Catalyst").id
        for number in range(60):
            sets = (Set("breaks", f"{number} " * 20_000, None),)
            store.commit(mine, Operation(f"op-{number}", "laptop", "set", 1, sets))
            if number % 20 == 5:
                store.erase_field(mine, "breaks", "laptop")
            if number % 20 == 10:
                held.settle()
                with suppress(ZeroDivisionError), held.write() as connection:
                    connection.exec_driver_sql("DELETE FROM current")
                    raise ZeroDivisionError
        store.erase_everything()
        held.settle()
        store.create("catalyst", "Again")
