"""A file that is lost or empty, or whose log is: nobody is given an empty one in silence."""

import os
import shutil
import sqlite3
import time
from contextlib import closing

import pytest

from playbook.maintain.backup import make
from playbook.maintain.restore import restore
from playbook.store import SqliteStore, open_store
from playbook.store.schema import VERSION
from playbook.store.sqlite import database
from playbook.store.sqlite.database import Database
from tests.store.serving import answer, refusal, serving


def alone(path, tmp_path):
    """The bytes of the file by itself, as whoever copies nothing else has them: a new path."""
    (tmp_path / "alone").mkdir(exist_ok=True)
    return shutil.copy(path, tmp_path / "alone" / path.name)


# -- the file is whole by itself


def test_a_new_file_has_its_tables_and_marks_before_there_is_a_log(path, tmp_path):
    with serving(path) as server:
        copied = alone(path, tmp_path)
        server.is_killed()
    with closing(sqlite3.connect(copied)) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (0x52575042,)
        assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
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
