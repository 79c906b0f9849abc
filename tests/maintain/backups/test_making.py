"""Backups: whole while others write, and checked."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from playbook.maintain import backup
from playbook.maintain.backup import check, free_name, make, make_of_file
from playbook.store import SqliteStore
from playbook.store.schema import VERSION
from playbook.store.sqlite import database
from playbook.store.sqlite.database import Database
from tests.maintain.backups.files import (
    NOW,
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
NOBODY = 65534


def test_a_backup_has_what_the_file_has_and_says_so(path, worksheet, to):
    made = make_of_file(path, to)
    assert answers(to, worksheet) == {"breaks": "yes"}
    assert (made.path, made.version, made.size) == (to, VERSION, to.stat().st_size)
    assert (made.rows["worksheet"], made.rows["event"], made.rows["member"]) == (1, 1, 0)
    assert abs(datetime.now(UTC) - made.at) < timedelta(minutes=1)
    assert check(to) == made


def test_a_backup_is_one_file_and_its_owners_alone(path, worksheet, to):
    assert worksheet
    make_of_file(path, to)
    assert list(to.parent.iterdir()) == [to]
    if POSIX:
        assert stat.S_IMODE(to.stat().st_mode) == 0o600
        assert stat.S_IMODE(to.parent.stat().st_mode) == 0o700


def test_a_backup_never_takes_the_place_of_another_file(path, worksheet, to):
    assert worksheet
    to.parent.mkdir()
    for taken in (to, to.with_name(f"{to.name}.part")):
        taken.write_text("my diary")
        assert "nothing is overwritten" in refusal(lambda: make_of_file(path, to), taken)
        assert everything(to.parent) == {taken: b"my diary"}
        taken.unlink()
        to.unlink(missing_ok=True)


def test_dated_names_are_free(tmp_path):
    first = free_name(tmp_path, "cohorts", lambda: NOW)
    assert first == tmp_path / "cohorts-2027-01-04-090000.sqlite"
    first.touch()
    assert free_name(tmp_path, "cohorts", lambda: NOW).name == "cohorts-2027-01-04-090000-2.sqlite"


def test_what_was_erased_before_is_in_no_byte_of_a_backup(path, store, worksheet, to, monkeypatch):
    careless = [setting for setting in database.SETTINGS if "secure_delete" not in setting]
    monkeypatch.setattr(database, "SETTINGS", (*careless, "secure_delete = OFF"))
    for number in range(20):
        commit(store, worksheet, f"s{number}", f"SECRET {number} " * 900, field="hopes")
    monkeypatch.setattr(Database, "_rewrite", lambda _: None)  # killed before it rewrote
    store.erase_field(worksheet, "hopes", "laptop")
    assert b"SECRET" in path.read_bytes()
    make_of_file(path, to)
    assert b"SECRET" not in to.read_bytes()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="these processes are forked")
def test_backups_while_six_processes_write_are_whole_and_go_on(path, to):
    SqliteStore(path)
    command = [sys.executable, str(SCRIPT), "write", str(path), "6", "25"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as writers:
        made = []
        while writers.poll() is None:
            made.append(make_of_file(path, free_name(to.parent, "during", lambda: NOW)))
            time.sleep(0.02)
    assert writers.returncode == 0
    counts = [one.rows["event"] for one in made]
    assert counts == sorted(counts)
    assert len(set(counts)) > 3, "no backup was made while they wrote"
    for each in made[:: max(1, len(made) // 10)]:
        elsewhere = to.parent / "elsewhere" / each.path.name
        put_back(each.path, elsewhere)
        assert is_consistent(elsewhere)
        with Database(elsewhere).read() as connection:
            events = connection.exec_driver_sql("SELECT count(*) FROM event").scalar()
        assert events == each.rows["event"]


def test_a_server_backs_up_what_it_holds_while_people_write(path, to):
    with closing(Database(path, held=True)) as held:
        store = SqliteStore(held)
        worksheets = [store.create("catalyst", f"Sheet {number}").id for number in range(8)]
        ending, saved = threading.Event(), []

        def write(worksheet):
            turn = 0
            while not ending.is_set():
                commit(store, worksheet, turn, f"answer {turn}")
                saved.append(turn)
                turn += 1

        def back_up(number):
            before = len(saved)
            while len(saved) == before:
                time.sleep(0.001)
            return make(held, to.with_name(f"{number}.sqlite"))

        threads = [threading.Thread(target=write, args=(each,)) for each in worksheets]
        for thread in threads:
            thread.start()
        try:
            made = [back_up(number) for number in range(8)]
        finally:
            ending.set()
            for thread in threads:
                thread.join()
        counts = [one.rows["event"] for one in made]
        assert sorted(set(counts)) == counts
        for one in made:
            assert list(to.parent.glob(f"{one.path.name}?*")) == []
            assert is_consistent(one.path)


def test_whoever_saves_is_not_held_up_by_a_backup(path, to, monkeypatch):
    """A copy takes long; between its steps others save, and what they save is in it or comes after.
    Erasing, which rewrites the file, and taking the log in come in between too."""
    monkeypatch.setattr(backup, "_STEP_PAGES", 50)
    monkeypatch.setattr(database, "QUIET_SECONDS", 0.0)
    with closing(Database(path, held=True)) as held:
        store = SqliteStore(held)
        mine = store.create("catalyst", "Catalyst").id
        secret = store.create("catalyst", "Secret").id
        for number in range(60):
            commit(store, mine, number, f"{number} " * 20_000)
        commit(store, secret, "s", "SECRET " * 10_000)
        steps = []

        def between():
            """As another thread that has its turn now."""
            commit(store, mine, f"during-{len(steps)}", f"step {len(steps)}", field="hopes")
            if len(steps) == 3:
                store.erase_worksheet(secret)
            if len(steps) == 5:
                held.settle()
            if len(steps) == 6:
                with suppress(ZeroDivisionError), held.write() as connection:
                    connection.exec_driver_sql("UPDATE event SET value = '\"gone\"'")
                    raise ZeroDivisionError
            steps.append(1)

        make(held, to, between)
        assert len(steps) > 8
        last = store.load(mine).fields["hopes"].value
    assert is_consistent(to)
    assert answers(to, mine)["hopes"] == last == f"step {len(steps) - 1}"
    assert answers(to, mine)["breaks"] == "59 " * 20_000
    assert [info.id for info in SqliteStore(to).worksheets()] == [mine]
    assert b"SECRET" not in to.read_bytes()


def test_a_backup_that_is_given_up_leaves_nothing(path, to):
    with closing(Database(path, held=True)) as held:
        store = SqliteStore(held)
        mine = store.create("catalyst", "Catalyst").id
        for number in range(20):
            commit(store, mine, number, f"{number} " * 20_000)
        with pytest.raises(KeyboardInterrupt):
            make(held, to, lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        assert list(to.parent.iterdir()) == []
        commit(store, mine, "after", "yes")
        make(held, to)
    assert answers(to, mine) == {"breaks": "yes"}


def test_a_file_that_a_server_holds_is_left_to_it(path, worksheet, to):
    assert worksheet
    with closing(Database(path, held=True)):
        assert "stop that one" in refusal(lambda: make_of_file(path, to), path)
        assert not to.parent.exists()
    make_of_file(path, to)


def test_a_file_of_an_older_playbook_is_backed_up_as_it_is(path, to):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        old.executescript(OLD.read_text())
    made = make_of_file(path, to)
    assert (made.version, made.rows["event"]) == (1, 8)


def test_a_damaged_file_is_not_backed_up_as_if_it_were_whole(path, worksheet, to):
    assert worksheet
    damage(path)
    assert "damaged" in refusal(lambda: make_of_file(path, to), path)
    assert everything(to.parent) == {}


def test_nothing_is_backed_up_from_nothing(path, to):
    refusal(lambda: make_of_file(path, to), path)
    assert not path.exists()
    path.parent.mkdir()
    path.touch()
    refusal(lambda: make_of_file(path, to), path)
    assert not to.exists()


def test_a_disk_that_is_full_leaves_no_half_backup(path, store, worksheet, to):
    commit(store, worksheet, 2, "long " * 20_000)
    with limit(path.stat().st_size - 4096):
        refusal(lambda: make_of_file(path, to), to)
    assert list(to.parent.iterdir()) == []
    make_of_file(path, to)


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A file system of its own with room for little."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root mounts a file system")
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2000k", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_leaves_no_half_backup_and_no_half_restore(
    path, store, worksheet, to, small_disk
):
    commit(store, worksheet, 2, "long " * 20_000)
    full = small_disk / "full.sqlite"
    (small_disk / "others").write_bytes(b"x" * 1_800_000)
    assert "disk is full" in refusal(lambda: make_of_file(path, full), full)
    make_of_file(path, to)
    target = small_disk / "playbook.sqlite"
    assert "disk is full" in refusal(lambda: put_back(to, target))
    assert set(everything(small_disk)) == {small_disk / "others"}
    (small_disk / "others").unlink()
    put_back(to, target)
    assert answers(target, worksheet) == {"breaks": "long " * 20_000}


@pytest.mark.skipif(not POSIX, reason="Windows has other rights")
def test_a_folder_without_write_access_is_reported():
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to nobody
        folder = Path(name)
        mine, closed = folder / "mine", folder / "closed"
        for each in (folder, mine, closed):
            each.mkdir(exist_ok=True)
            each.chmod(0o755)
        path = mine / "playbook.sqlite"
        SqliteStore(path)
        kept = make_of_file(path, mine / "kept.sqlite").path
        for file in (path, path.with_name(f"{path.name}-journal"), kept):
            file.chmod(0o666)
        user = os.geteuid()
        try:
            if user == 0:
                os.seteuid(NOBODY)
            else:
                closed.chmod(0o555)
            to = closed / "backup.sqlite"
            assert "Permission denied" in refusal(lambda: make_of_file(path, to), to)
            target = closed / "playbook.sqlite"
            assert "Permission denied" in refusal(lambda: put_back(kept, target), target)
        finally:
            os.seteuid(user)
            closed.chmod(0o755)
        assert list(closed.iterdir()) == []
