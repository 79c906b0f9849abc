"""The file of a cohort host: one process has it, for itself and open, and many threads use it."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from playbook.model import StoreError
from playbook.store import Operation, Set, SqliteStore
from playbook.store.sqlite import database, file
from playbook.store.sqlite.database import Database

POSIX = os.name == "posix"

HOLD = """
import sys
from pathlib import Path
from playbook.store.sqlite.database import Database
from playbook.model import StoreError
try:
    database = Database(Path(sys.argv[1]), held=True)
except StoreError as error:
    sys.exit(str(error))
print("held", flush=True)
sys.stdin.read()
"""


def commit(store, worksheet, number, value, field="breaks"):
    operation = Operation(f"op-{number}", "laptop", "set", 1, (Set(field, value, None),))
    return store.commit(worksheet, operation)


def refusal(path, request):
    with pytest.raises(StoreError) as error:
        request()
    assert str(path) in str(error.value)
    return str(error.value)


@contextmanager
def another_server(path):
    """A process that holds the file; killed at the end, as a server may be."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout.readline() == "held\n"
            yield server
        finally:
            server.kill()


@pytest.fixture
def held(path):
    with closing(Database(path, held=True)) as opened:
        yield opened


@pytest.fixture
def store(held):
    return SqliteStore(held)


@pytest.fixture
def worksheet(store):
    return store.create("catalyst", "Catalyst").id


def on_disk(path):
    return b"".join(found.read_bytes() for found in path.parent.iterdir())


# -- one connection, kept with care


def test_the_file_is_used_with_care(held):
    with held.read() as connection:

        def setting(name):
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert (setting("journal_mode"), setting("synchronous")) == ("wal", 2)  # 2: FULL
        assert setting("locking_mode") == "exclusive"
        assert setting("foreign_keys") == 1
        assert setting("secure_delete") == 1
        assert setting("trusted_schema") == 0
        assert setting("busy_timeout") == 10_000
        assert setting("integrity_check") == "ok"


def test_a_held_file_has_a_log_and_a_shared_one_has_none(path):
    with closing(Database(path, held=True)) as opened, opened.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    with closing(Database(path)) as opened, opened.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "truncate"


def test_all_transactions_share_one_connection(held):
    with held.read() as first:
        one = first.connection.driver_connection
    with held.write() as second:
        assert second.connection.driver_connection is one
    with held.bare() as third:
        assert third is one


def test_answers_are_there_for_the_next_server_and_for_a_shared_use(held, store, worksheet, path):
    commit(store, worksheet, 1, "yes")
    held.close()
    with closing(Database(path, held=True)) as again:
        assert SqliteStore(again).load(worksheet).fields["breaks"].value == "yes"
    assert SqliteStore(path).load(worksheet).fields["breaks"].value == "yes"


def test_a_store_leaves_the_database_open_that_it_was_given(held, store, worksheet):
    store.close()
    assert SqliteStore(held).load(worksheet).info.name == "Catalyst"


def test_workspaces_of_one_held_file_do_not_see_each_other(held, store, worksheet):
    there = SqliteStore(held, workspace="another")
    assert there.worksheets() == []
    assert [info.id for info in store.worksheets()] == [worksheet]


def test_of_sixty_threads_writing_at_once_nothing_is_lost(held):
    each, people = 10, 60
    failed = []

    def write(number):
        try:
            own = SqliteStore(held, workspace=f"person-{number}")
            mine = own.create("catalyst", "Mine").id
            for turn in range(each):
                assert commit(own, mine, turn, f"{number}-{turn}").status == "saved"
                assert own.load(mine).fields["breaks"].rev == turn + 1
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=write, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    for number in range(people):
        (info,) = (own := SqliteStore(held, workspace=f"person-{number}")).worksheets()
        assert own.load(info.id).fields["breaks"].value == f"{number}-{each - 1}"
        assert len(own.history(info.id)) == each


# -- nobody else


def test_a_second_server_on_the_file_is_refused_at_once(path):
    with another_server(path):
        said = refusal(path, lambda: Database(path, held=True))
        assert said.endswith("is in use by a server that is running; stop that one and try again.")


def test_a_second_server_in_the_same_process_is_refused_and_the_first_goes_on(store, path):
    assert "in use" in refusal(path, lambda: Database(path, held=True))
    assert store.create("catalyst", "Still here").name == "Still here"


def test_after_a_server_was_killed_the_next_one_may_start(path):
    with another_server(path) as server:
        server.kill()
        server.wait()
        Database(path, held=True).close()


def test_a_process_that_does_not_know_the_lock_is_kept_out(held, path, monkeypatch):
    assert held.path == path
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.1)
    assert "busy" in refusal(path, lambda: SqliteStore(path))
    with closing(sqlite3.connect(path, timeout=0)) as other, pytest.raises(sqlite3.Error):
        other.execute("SELECT * FROM worksheet")


def test_a_file_that_can_not_be_used_is_not_kept_locked(path):
    path.parent.mkdir()
    path.write_bytes(b"Dear diary, " * 500)
    for _ in range(2):
        assert "no playbook file" in refusal(path, lambda: Database(path, held=True))


def test_a_server_waits_for_those_who_share_the_file_and_says_so_after_a_while(path, monkeypatch):
    SqliteStore(path)
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "busy" in refusal(path, lambda: Database(path, held=True))
    Database(path, held=True).close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="these processes are forked")
def test_a_server_killed_thirty_times_loses_and_doubles_nothing(path, tmp_path):
    acknowledged = tmp_path / "acknowledged.txt"
    script = str(Path(__file__).with_name("processes.py"))
    command = [sys.executable, script, "kill", str(path), str(acknowledged), "30", "held"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    done = acknowledged.read_text().splitlines()
    assert len(done) >= 15
    with closing(Database(path, held=True)) as held:
        events = SqliteStore(held).history(json.loads(told.stdout)["worksheet"], limit=100_000)
        with held.bare() as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    in_order = [event.op_id for event in reversed(events) if event.field == "breaks"]
    # The last operation may be there though its acknowledgement was killed.
    assert in_order[: len(done)] == done
    assert len(in_order) - len(done) <= 1


# -- erasing


def test_what_is_erased_leaves_no_byte_in_the_file_nor_in_its_log(store, worksheet, path):
    for number in range(20):
        commit(store, worksheet, number, f"SECRET {number} " * (9000 if number % 3 else 5))
        commit(store, worksheet, f"k{number}", f"kept {number}", field="hopes")
    assert b"SECRET" in on_disk(path)
    store.erase_field(worksheet, "breaks", "laptop")
    assert b"SECRET" not in on_disk(path)
    assert b"kept 19" in on_disk(path)
    store.erase_worksheet(worksheet)
    assert b"kept" not in on_disk(path)


def test_who_is_killed_before_rewriting_does_it_at_the_next_start(path, monkeypatch):
    careless = [setting for setting in database.SETTINGS if "secure_delete" not in setting]
    monkeypatch.setattr(database, "SETTINGS", (*careless, "secure_delete = OFF"))
    with closing(Database(path, held=True)) as held, monkeypatch.context() as patch:
        store = SqliteStore(held)
        worksheet = store.create("catalyst", "Catalyst").id
        for number in range(20):
            commit(store, worksheet, number, f"SECRET {number} " * 900)
        patch.setattr(Database, "_rewrite", lambda _: None)
        store.erase_worksheet(worksheet)
    assert b"SECRET" in on_disk(path)
    with closing(Database(path, held=True)):
        assert b"SECRET" not in on_disk(path)


# -- trouble


@pytest.mark.skipif(not POSIX, reason="Windows keeps an open file in its place")
@pytest.mark.parametrize("new", ["nothing", "another file"])
def test_a_file_that_was_taken_away_or_replaced_takes_no_more_answers(store, worksheet, path, new):
    whole = path.read_bytes()
    path.rename(path.with_name("elsewhere.sqlite"))
    if new == "another file":
        path.write_bytes(whole)
    said = refusal(path, lambda: commit(store, worksheet, 1, "yes"))
    assert "nothing is saved; stop the server, put the file back" in said
    path.unlink(missing_ok=True)
    path.with_name("elsewhere.sqlite").rename(path)
    assert commit(store, worksheet, 1, "yes").status == "saved"


def test_a_full_disk_loses_nothing_that_was_saved(held, store, worksheet, path):
    commit(store, worksheet, 1, "yes")
    with held.bare() as raw:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + 5}")
    said = refusal(path, lambda: commit(store, worksheet, 2, "long " * 9000))
    assert "the disk is full" in said
    assert store.load(worksheet).fields["breaks"].value == "yes"
    with held.bare() as raw:
        raw.execute("PRAGMA max_page_count = 100000")
    assert commit(store, worksheet, 2, "long " * 9000).status == "saved"


@pytest.mark.skipif(not POSIX, reason="needs setrlimit")
def test_a_disk_that_fails_while_writing_loses_nothing_that_was_saved(store, worksheet, path):
    import resource  # not on Windows

    commit(store, worksheet, 1, "yes")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    most = max(found.stat().st_size for found in path.parent.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        refusal(path, lambda: commit(store, worksheet, 2, "long " * 20_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert store.load(worksheet).fields["breaks"].value == "yes"
    assert commit(store, worksheet, 2, "long " * 9000).status == "saved"
    store.erase_worksheet(worksheet)
    assert b"long" not in on_disk(path)
