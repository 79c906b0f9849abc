"""Putting a backup back: never a way back for what was erased, all or nothing."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from playbook.maintain import backup, restore
from playbook.maintain.backup import make_of_file
from playbook.store import GoneError, Operation, Set, SqliteStore
from playbook.store.sqlite.file import FileLock
from tests.maintain.backups.files import (
    OLD,
    SCRIPT,
    answers,
    commit,
    damage,
    everything,
    is_consistent,
    limit,
    put_back,
    refusal,
)

POSIX = os.name == "posix"


# -- putting it back


def test_a_restored_file_has_what_the_backup_had(path, store, worksheet, to):
    make_of_file(path, to)
    commit(store, worksheet, 2, "no")
    other = store.create("catalyst", "Later").id
    done = put_back(to, path)
    assert answers(path, worksheet) == {"breaks": "yes"}
    with pytest.raises(GoneError):
        store.load(other)
    assert is_consistent(path)
    assert (done.path, done.backup.path) == (path, to)
    assert done.repeated == restore.ReappliedRevocations(0, 0, 0, 0)


def test_what_was_there_is_kept_aside_whole(path, store, worksheet, to):
    make_of_file(path, to)
    commit(store, worksheet, 2, "no")
    done = put_back(to, path)
    assert answers(done.aside, worksheet) == {"breaks": "no"}
    put_back(done.aside, path)
    assert answers(path, worksheet) == {"breaks": "no"}


def test_a_page_that_is_open_meanwhile_goes_on_with_the_restored_file(path, store, worksheet, to):
    make_of_file(path, to)
    commit(store, worksheet, 2, "no")
    put_back(to, path)
    late = Operation("op-3", "laptop", "set", 1, (Set("breaks", "no", 2),))
    assert store.commit(worksheet, late).status == "conflict"  # it was based on what is gone
    assert answers(path, worksheet) == {"breaks": "yes"}


def test_restoring_where_nothing_is_makes_the_file(path, worksheet, to, tmp_path):
    make_of_file(path, to)
    target = tmp_path / "new home" / "playbook.sqlite"
    done = put_back(to, target)
    assert done.aside is None
    assert answers(target, worksheet) == {"breaks": "yes"}
    if POSIX:
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700


def test_a_backup_of_an_older_playbook_is_brought_up_to_date(path, tmp_path):
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(OLD.read_text())
    before = old.read_bytes()
    put_back(old, path)
    (info,) = SqliteStore(path).worksheets()
    assert info.name == "Our brokerage"
    assert old.read_bytes() == before


def test_it_leaves_nothing_else_behind(path, store, worksheet, to):
    make_of_file(path, to)
    commit(store, worksheet, 2, "no")
    done = put_back(to, path)
    names = {file.name for file in everything(path.parent)}
    assert names == {path.name, f"{path.name}.was-here", done.aside.name}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this process is forked")
@pytest.mark.parametrize("log", ["rollback", "wal"])
def test_a_file_that_a_killed_server_left_behind_is_restored(path, to, log, tmp_path):
    acknowledged = tmp_path / "acknowledged.txt"
    SqliteStore(path)
    make_of_file(path, to)
    command = [sys.executable, str(SCRIPT), "kill", str(path), str(acknowledged), "6", log]
    subprocess.run(command, stdout=subprocess.DEVNULL, timeout=60, check=True)
    done = put_back(to, path)
    assert SqliteStore(path).worksheets() == []
    (info,) = SqliteStore(done.aside).worksheets()
    assert SqliteStore(done.aside).load(info.id).seq >= len(acknowledged.read_text().splitlines())


# -- what was erased stays erased


def test_an_erased_worksheet_stays_erased(path, store, worksheet, to):
    commit(store, worksheet, 2, "SECRET")
    kept = store.create("catalyst", "Kept").id
    make_of_file(path, to)
    store.erase_worksheet(worksheet)
    done = put_back(to, path)
    assert [info.id for info in store.worksheets()] == [kept]
    assert b"SECRET" not in path.read_bytes()
    assert done.repeated.worksheets == 1
    store.import_(SqliteStore(to).export())
    assert worksheet not in {info.id for info in store.worksheets()}


def test_an_erased_answer_and_an_erased_row_stay_erased(path, store, worksheet, to):
    commit(store, worksheet, 2, "SECRET hope", field="hopes")
    commit(store, worksheet, 3, 1.0, field="candidates/r1")
    commit(store, worksheet, 4, "SECRET candidate", field="candidates/r1/what")
    commit(store, worksheet, 5, "fear", field="fears")
    make_of_file(path, to)
    store.erase_field(worksheet, "hopes", "laptop")
    store.erase_field(worksheet, "candidates/r1", "laptop")
    commit(store, worksheet, 6, "later", field="fears")
    done = put_back(to, path)
    assert answers(path, worksheet) == {"breaks": "yes", "fears": "fear"}
    assert b"SECRET" not in path.read_bytes()
    assert done.repeated.answers == 3
    assert is_consistent(path)


def test_an_answer_given_after_an_erasure_comes_back_with_its_backup(path, store, worksheet, to):
    commit(store, worksheet, 2, "SECRET", field="hopes")
    store.erase_field(worksheet, "hopes", "laptop")
    commit(store, worksheet, 3, "given again", field="hopes")
    make_of_file(path, to)
    done = put_back(to, path)
    assert answers(path, worksheet)["hopes"] == "given again"
    assert done.repeated.answers == 0


def test_restoring_twice_erases_once_and_an_answer_given_between_stays(path, store, worksheet, to):
    commit(store, worksheet, 2, "SECRET", field="hopes")
    make_of_file(path, to)
    store.erase_field(worksheet, "hopes", "laptop")
    put_back(to, path)
    commit(store, worksheet, 3, "given again", field="hopes")
    later = make_of_file(path, to.with_name("later.sqlite")).path
    done = put_back(later, path)
    assert answers(path, worksheet)["hopes"] == "given again"
    assert done.repeated.answers == 0
    assert put_back(to, path).repeated.answers == 1


def test_what_a_restore_erased_again_is_remembered_by_the_next(path, store, worksheet, to):
    make_of_file(path, to)
    store.erase_worksheet(worksheet)
    put_back(to, path)
    put_back(to, path)
    assert store.worksheets() == []


# -- what is no backup, and trouble


def truncated(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_short(path):
    path.write_bytes(path.read_bytes()[:-10])


def foreign(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (title)")


def text(path):
    path.write_text("Dear diary, " * 500)


def empty(path):
    path.write_bytes(b"")


def newer(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")


def orphaned(path):
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE worksheet SET workspace = 'nobody'")


def with_code(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM event; END")


def without_a_table(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE tombstone")


def missing(path):
    path.unlink()


@pytest.mark.parametrize(
    "spoil",
    [
        truncated,
        cut_short,
        damage,
        foreign,
        text,
        empty,
        newer,
        orphaned,
        with_code,
        without_a_table,
        missing,
    ],
)
@pytest.mark.parametrize("anyway", [False, True])
def test_what_is_no_whole_backup_changes_nothing(path, store, worksheet, to, spoil, anyway):
    make_of_file(path, to)
    commit(store, worksheet, 2, "no")
    spoil(to)
    before = everything(path.parent) | everything(to.parent)
    refusal(lambda: put_back(to, path, anyway=anyway), to)
    assert everything(path.parent) | everything(to.parent) == before


def test_no_restore_while_a_server_holds_the_file(path, store, worksheet, to):
    make_of_file(path, to)
    commit(store, worksheet, 2, "no")
    with FileLock(path):
        assert "stop that one" in refusal(lambda: put_back(to, path), path)
    assert answers(path, worksheet) == {"breaks": "no"}


@pytest.mark.parametrize("spoil", [truncated, damage, text, newer, without_a_table])
def test_a_present_file_that_can_not_be_read_is_only_replaced_when_told(
    path, store, worksheet, to, spoil
):
    make_of_file(path, to)
    commit(store, worksheet, 2, "no")
    spoil(path)
    spoiled = path.read_bytes()
    assert "`--anyway`" in refusal(lambda: put_back(to, path), path)
    assert path.read_bytes() == spoiled
    done = put_back(to, path, anyway=True)
    assert done.repeated is None
    assert done.aside.read_bytes() == spoiled
    assert answers(path, worksheet) == {"breaks": "yes"}


def test_an_old_log_is_not_played_into_the_new_file(path, store, worksheet, to):
    make_of_file(path, to)
    commit(store, worksheet, 2, "no")
    log = path.with_name(f"{path.name}-wal")
    with closing(sqlite3.connect(path, isolation_level=None)) as killed:
        killed.execute("PRAGMA journal_mode = WAL")
        killed.execute("UPDATE current SET value = '\"from the log\"'")
        left = log.read_bytes()
    path.write_text("damaged")
    log.write_bytes(left)
    done = put_back(to, path, anyway=True)
    assert answers(path, worksheet) == {"breaks": "yes"}
    assert done.aside.with_name(f"{done.aside.name}-wal").read_bytes() == left


def test_a_copy_that_lacks_something_is_no_backup(path, worksheet, to, monkeypatch):
    assert worksheet

    def copy(source, target, *_):
        source.backup(target)
        target.execute("DELETE FROM event")

    monkeypatch.setattr(backup, "copy", copy)
    assert "damaged" in refusal(lambda: make_of_file(path, to), to)
    assert list(to.parent.iterdir()) == []


@pytest.mark.parametrize("step", ["_copy_into", "_keep_aside"])
def test_a_disk_that_fails_at_the_end_leaves_the_file_as_it_was(
    path, store, worksheet, to, step, monkeypatch
):
    commit(store, worksheet, 2, "long " * 20_000)
    make_of_file(path, to)
    commit(store, worksheet, 3, "no")
    before = everything(path.parent)
    do = getattr(restore, step)

    def on_a_full_disk(source, target, **options):
        if path not in (source, target):
            return do(source, target, **options)
        with limit(40_000):
            return do(source, target, **options)

    monkeypatch.setattr(restore, step, on_a_full_disk)
    refusal(lambda: put_back(to, path))
    assert everything(path.parent) == before
    monkeypatch.undo()
    put_back(to, path)
    assert answers(path, worksheet) == {"breaks": "long " * 20_000}


def test_what_a_killed_restore_left_is_in_nobodys_way(path, store, worksheet, to):
    make_of_file(path, to)
    shutil.copy(path, path.with_name(f"{path.name}.restoring"))
    commit(store, worksheet, 2, "no")
    put_back(to, path)
    assert answers(path, worksheet) == {"breaks": "yes"}
    assert not path.with_name(f"{path.name}.restoring").exists()
