"""A file that is lost, empty, cut or swapped: nobody is given an empty one, none takes answers."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress

import pytest

from playbook.maintain.backup import make
from playbook.maintain.restore import restore
from playbook.model import StoreError
from playbook.store import Operation, Set, SqliteStore, open_store
from playbook.store.sqlite import database
from playbook.store.sqlite.database import Database

POSIX = os.name == "posix"
only_posix = pytest.mark.skipif(not POSIX, reason="Windows keeps an open file in its place")

SERVE = """
import sys
from pathlib import Path
from playbook.model import StoreError
from playbook.store import Operation, Set, SqliteStore
from playbook.store.sqlite.database import Database
held = Database(Path(sys.argv[1]), held=True)
store = SqliteStore(held)
mine = store.create("catalyst", "Catalyst").id
print(mine, flush=True)
for number, line in enumerate(sys.stdin):
    word = line.strip()
    try:
        if word == "settle":
            held.settle()
        else:
            sets = (Set("breaks", word, None),)
            store.commit(mine, Operation(f"op-{number}", "laptop", "set", 1, sets))
        print("saved", flush=True)
    except StoreError as error:
        print(error, flush=True)
held.close()
"""
"""A server that saves each word it is given, and says so."""


class Server:
    """Another process that holds the file."""

    def __init__(self, process):
        self.process = process
        self.worksheet = process.stdout.readline().strip()
        assert self.worksheet

    def says(self, word):
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def is_killed(self):
        self.process.kill()
        self.process.wait()

    def stops(self):
        self.process.stdin.close()
        assert self.process.wait(timeout=30) == 0


@contextmanager
def serving(path):
    command = [sys.executable, "-c", SERVE, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Server(process)
        finally:
            process.kill()


def alone(path, tmp_path):
    """The bytes of the file by itself, as whoever copies nothing else has them: a new path."""
    (tmp_path / "alone").mkdir(exist_ok=True)
    return shutil.copy(path, tmp_path / "alone" / path.name)


def answer(path, worksheet):
    with closing(sqlite3.connect(path)) as raw:
        query = "SELECT value FROM current WHERE worksheet = ? AND field = 'breaks'"
        found = raw.execute(query, (worksheet,)).fetchone()
    return found and found[0]


def refusal(path, request):
    with pytest.raises(StoreError) as error:
        request()
    text = str(error.value)
    assert str(path) in text
    assert "\n" not in text
    return text


@pytest.fixture
def served(path):
    """A file in which a server saved "yes" before it stopped; the worksheet's id."""
    with serving(path) as server:
        assert server.says("yes") == "saved"
        server.stops()
    return server.worksheet


# -- the file is whole by itself


def test_a_new_file_has_its_tables_and_marks_before_there_is_a_log(path, tmp_path):
    with serving(path) as server:
        copied = alone(path, tmp_path)
        server.is_killed()
    with closing(sqlite3.connect(copied)) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (0x52575042,)
        assert raw.execute("PRAGMA user_version").fetchone() == (3,)
        assert raw.execute("SELECT count(*) FROM worksheet").fetchone() == (0,)


def test_the_file_is_whole_when_the_server_idles(path, tmp_path):
    with serving(path) as server:
        assert server.says("yes") == "saved"
        until = time.monotonic() + 30
        while answer(alone(path, tmp_path), server.worksheet) != '"yes"':
            assert time.monotonic() < until
            assert server.says("settle") == "saved"
            time.sleep(0.2)
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0


def test_whoever_writes_without_a_pause_is_settled_all_the_same(path, monkeypatch):
    monkeypatch.setattr(database, "LONGEST_SECONDS", 0.0)
    with closing(Database(path, held=True)) as held:
        SqliteStore(held).create("catalyst", "Catalyst")
        log = path.with_name(f"{path.name}-wal")
        assert log.stat().st_size > 0
        held.settle()
        assert log.stat().st_size == 0


def test_the_file_is_whole_and_alone_when_the_server_stopped(path, served, tmp_path):
    assert {file.suffix for file in path.parent.iterdir()} == {".sqlite", ".lock", ".was-here"}
    copied = alone(path, tmp_path)
    assert answer(copied, served) == '"yes"'
    with closing(sqlite3.connect(copied)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


# -- a new one only where there never was one


def lose(path):
    path.unlink()


def empty(path):
    os.truncate(path, 0)


def without_tables(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("spoil", [lose, empty, without_tables])
@pytest.mark.usefixtures("served")
def test_a_lost_file_is_not_made_anew_in_silence(path, spoil, held):
    spoil(path)
    before = sorted(path.parent.iterdir())
    for _ in range(2):
        said = refusal(path, lambda: Database(path, held=held))
        assert "gone or empty" in said
        assert "restore a backup" in said
        assert "--new" in said
    assert sorted(path.parent.iterdir()) == before


@pytest.mark.parametrize("spoil", [lose, empty])
@pytest.mark.usefixtures("served")
def test_a_new_one_is_made_when_told(path, spoil):
    spoil(path)
    with closing(Database(path, held=True, new=True)) as held:
        assert SqliteStore(held).worksheets() == []
    with closing(Database(path, held=True)) as held:
        assert SqliteStore(held).worksheets() == []


def test_a_new_one_is_not_made_over_what_is_there(path, served):
    assert "--new" in refusal(path, lambda: Database(path, held=True, new=True))
    assert answer(path, served) == '"yes"'


def test_one_person_who_deletes_the_mark_too_begins_anew(path):
    open_store(path).create("catalyst", "Mine")
    path.unlink()
    said = refusal(path, lambda: open_store(path))
    (mark,) = path.parent.glob("*.was-here")
    assert mark.name in said
    assert path.name in mark.read_text()
    mark.unlink()
    assert open_store(path).worksheets() == []


def test_a_folder_that_was_moved_goes_on_where_it_is(path, served, tmp_path):
    path.parent.rename(tmp_path / "moved")
    with closing(Database(tmp_path / "moved" / path.name, held=True)) as held:
        assert SqliteStore(held).load(served).fields["breaks"].value == "yes"
    open_store(path)  # and where nothing is left, one may begin


def test_what_a_killed_server_left_in_its_log_is_kept_from_a_new_file(path):
    with serving(path) as server:
        server.says("yes")
        server.is_killed()
    path.unlink()
    log = path.with_name(f"{path.name}-wal")
    left = log.read_bytes()
    assert "gone or empty" in refusal(path, lambda: Database(path, held=True))
    assert log.read_bytes() == left
    with closing(Database(path, held=True, new=True)) as held:
        assert SqliteStore(held).worksheets() == []
    assert path.with_name(f"{log.name}.1").read_bytes() == left


def test_a_backup_may_take_the_place_of_a_lost_file(path, served, tmp_path):
    with closing(Database(path, held=True)) as held:
        backup = make(held, tmp_path / "backup.sqlite")
    path.unlink()
    restore(backup.path, path, lambda: tmp_path / "aside.sqlite")
    with closing(Database(path, held=True)) as held:
        assert SqliteStore(held).load(served).fields["breaks"].value == "yes"


# -- a log that was lost


def without_its_log(path):
    with serving(path) as server:
        server.says("yes")
        server.is_killed()
    path.with_name(f"{path.name}-wal").unlink()
    return server.worksheet


def test_a_file_whose_log_was_lost_is_not_taken_for_whole(path):
    without_its_log(path)
    before = path.read_bytes()
    for _ in range(2):
        said = refusal(path, lambda: Database(path, held=True))
        assert f"{path.name}-wal is gone" in said
        assert "--without-log" in said
    assert path.read_bytes() == before


def test_it_goes_on_with_what_it_has_when_told(path):
    without_its_log(path)
    with closing(Database(path, held=True, without_log=True)) as held:
        SqliteStore(held).create("catalyst", "Begun anew")
    with closing(Database(path, held=True)) as held:
        assert [one.name for one in SqliteStore(held).worksheets()] == ["Begun anew"]


def test_it_goes_on_when_the_log_is_put_back(path):
    with serving(path) as server:
        server.says("yes")
        server.is_killed()
    log = path.with_name(f"{path.name}-wal")
    log.rename(path.with_name("elsewhere"))
    refusal(path, lambda: Database(path, held=True))
    path.with_name("elsewhere").rename(log)
    with closing(Database(path, held=True)) as held:
        assert SqliteStore(held).load(server.worksheet).fields["breaks"].value == "yes"


def test_a_killed_servers_file_that_was_backed_up_meanwhile_is_whole(path, tmp_path):
    from playbook.maintain.backup import make_of_file

    with serving(path) as server:
        server.says("yes")
        server.is_killed()
    make_of_file(path, tmp_path / "kept.sqlite")  # which takes the log in and removes it
    Database(path, held=True).close()
    assert answer(path, server.worksheet) == '"yes"'


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
