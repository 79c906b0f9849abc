"""What only a PostgreSQL database does: who may write, what a lost connection costs, its troubles.

What it does like a file is in test_situations.py and test_conflicts_undo_erasing.py.
"""

import json
import subprocess
import sys
from contextlib import closing
from threading import Thread

import pytest
from sqlalchemy import NullPool, create_engine, insert, make_url, select, text

from playbook.model import InputError, StoreError
from playbook.store import Operation, Set, SqliteStore
from playbook.store.check import LARGEST
from playbook.store.postgres.address import PostgresAddress, is_address
from playbook.store.postgres.database import PostgresDatabase
from playbook.store.schema import current, worksheet
from tests.postgres import server
from tests.store.test_processes import SCRIPT


def saved(store, page, number, value="yes", base_rev=None):
    operation = Operation(f"op-{number}", "laptop", "set", 1, (Set("breaks", value, base_rev),))
    return store.commit(page, operation)


def refusal(request):
    with pytest.raises(StoreError) as error:
        request()
    told = str(error.value)
    assert "\n" not in told
    assert told.endswith(".")
    return told


def bare(address):
    """A connection that knows nothing of us, for what others do to a database."""
    url = make_url(address.url).set(drivername="postgresql+psycopg")
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect()


@pytest.fixture(autouse=True)
def who_is_refused_waits_shortly(monkeypatch):
    monkeypatch.setattr("playbook.store.postgres.database.HOLD_SECONDS", 0.2)


@pytest.fixture
def database():
    with server().lent() as lent:
        yield lent


@pytest.fixture
def held(database):
    with closing(PostgresDatabase(database.address, held=True)) as held:
        yield held


# -- addresses


def test_an_address_is_shown_without_its_password():
    address = PostgresAddress.of(" postgres://ana:secret@db.example:5433/classes?sslmode=require ")
    assert str(address) == "postgresql://db.example/classes"
    assert "secret" not in f"{address} {address!r}"


@pytest.mark.parametrize("text", ["mysql://db/x", "postgresql:/db", "/var/lib/playbook", ""])
def test_what_is_no_address_is_refused_with_an_example(text):
    assert not is_address(text) or text == "postgresql:/db"
    with pytest.raises(InputError, match="such as postgresql://host/playbook"):
        PostgresAddress.of(text)


def test_without_the_driver_one_sentence_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    address = PostgresAddress.of("postgresql://nowhere/classes")
    assert '"redefining-work-playbook[postgres]"' in refusal(lambda: PostgresDatabase(address))


def test_a_server_that_is_not_there_is_a_sentence_with_the_reason():
    pytest.importorskip("psycopg")
    address = PostgresAddress.of("postgresql://ana:secret@/classes?host=/nowhere")
    told = refusal(lambda: PostgresDatabase(address))
    assert "postgresql:///classes can't be opened" in told
    assert "secret" not in told


# -- whose it is


def test_while_a_server_holds_it_others_may_look_and_nobody_else_writes(database, held):
    page = SqliteStore(held).create("catalyst", "Of the server").id
    others = SqliteStore(database)
    assert [info.id for info in others.worksheets()] == [page]
    assert "in use by a server" in refusal(lambda: saved(others, page, 1))
    assert "in use by a server" in refusal(lambda: PostgresDatabase(database.address, held=True))
    held.close()
    assert saved(others, page, 1).status == "saved"


def test_a_server_that_lost_its_connection_takes_the_lock_anew_before_it_writes(database, held):
    store = SqliteStore(held)
    page = store.create("catalyst", "Catalyst").id
    end = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with bare(database.address) as connection:
        connection.execute(end)
    assert saved(store, page, 1).status == "saved"
    assert "in use" in refusal(lambda: PostgresDatabase(database.address, held=True))
    with bare(database.address) as connection:
        connection.execute(end)
    with closing(PostgresDatabase(database.address, held=True)):
        assert "in use" in refusal(lambda: saved(store, page, 2))
        assert "in use" in refusal(held.settle)
    held.settle()
    assert saved(store, page, 2).status == "saved"


def test_what_was_acknowledged_is_there_after_the_server_was_killed(held):
    store = SqliteStore(held)
    page = store.create("catalyst", "Catalyst").id
    saved(store, page, 1, "kept")
    server().stop(hard=True)
    try:
        assert "can't be reached, so nothing was saved" in refusal(lambda: saved(store, page, 2))
        assert "can't be reached" in refusal(held.settle)
    finally:
        server().begin()
    assert store.load(page).fields["breaks"].value == "kept"
    assert saved(store, page, 2).status == "saved"
    assert saved(store, page, 1).status == "repeated"


def test_who_reads_sees_one_moment_and_holds_up_nobody_who_writes(database):
    store = SqliteStore(database)
    page = store.create("catalyst", "Catalyst").id
    with database.read() as connection:
        before = connection.execute(select(worksheet)).all()
        saved(store, page, 1)
        assert connection.execute(select(worksheet)).all() == before
        assert connection.execute(select(current)).all() == []
    assert store.seq(page) == 1


def test_two_who_write_at_once_go_one_after_the_other(database):
    page = SqliteStore(database).create("catalyst", "Catalyst").id
    with closing(PostgresDatabase(database.address)) as other:

        def write(where, name):
            for turn in range(20):
                sets = (Set(name, str(turn), turn), Set("shared", f"{name} {turn}", None))
                SqliteStore(where).commit(page, Operation(f"{name}{turn}", name, "set", 1, sets))

        threads = [Thread(target=write, args=it) for it in ((database, "a"), (other, "b"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    snapshot = SqliteStore(database).load(page)
    assert {name: state.rev for name, state in snapshot.fields.items()} == {
        "a": 20,
        "b": 20,
        "shared": 40,
    }
    assert snapshot.conflicts == ()


# -- what it takes


def test_a_revision_as_large_as_any_that_is_taken_is_kept_aside(database):
    store = SqliteStore(database)
    page = store.create("catalyst", "Catalyst").id
    assert saved(store, page, 1, base_rev=LARGEST).status == "conflict"


def test_texts_are_in_the_order_of_a_file_whatever_the_database_speaks(database):
    order = text("SELECT DISTINCT collation_name FROM information_schema.columns "
                 "WHERE table_schema = current_schema() AND data_type = 'text'")  # fmt: skip
    with database.read() as connection:
        assert connection.scalars(order).all() == ["C"]


def test_a_database_with_tables_of_others_is_refused_and_left_alone():
    address = server().make()
    with bare(address) as connection:
        connection.execute(text("CREATE TABLE theirs (id integer)"))
        assert "not the playbook's" in refusal(lambda: PostgresDatabase(address))
        names = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert connection.scalars(names).all() == ["theirs"]


def test_a_newer_an_older_and_a_full_one_are_told_apart(database):
    with bare(database.address) as connection:
        for version, told in ((6, "newer playbook"), (4, "run `playbook migrate`")):
            connection.execute(text(f"UPDATE playbook_version SET version = {version}"))
            assert told in refusal(lambda: PostgresDatabase(database.address))
        connection.execute(text("UPDATE playbook_version SET version = 5"))
    new = lambda: PostgresDatabase(database.address, new=True)  # noqa: E731
    assert "--new would begin without them" in refusal(new)


def test_what_was_erased_is_in_no_file_of_the_tables(database):
    store = SqliteStore(database)
    page = store.create("catalyst", "Catalyst").id
    saved(store, page, 1, "Zebrafish")
    store.erase_field(page, "breaks", "laptop")
    with bare(database.address) as connection:
        connection.execute(text("CHECKPOINT"))
        places = connection.scalars(
            text("SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i')")
        )
        files = [server().folder / "data" / place for place in places if place]
    assert len(files) > 50
    assert [path for path in files if b"Zebrafish" in path.read_bytes()] == []


def test_an_erasure_that_was_cut_off_is_brought_to_its_end_at_the_next_start(database, monkeypatch):
    store = SqliteStore(database)
    page = store.create("catalyst", "Catalyst").id
    saved(store, page, 1)
    with monkeypatch.context() as patch:
        patch.setattr(PostgresDatabase, "_rewrite", lambda _: None)
        store.erase_field(page, "breaks", "laptop")
        assert database._is_untidy()
    PostgresDatabase(database.address).close()
    assert not database._is_untidy()


def test_a_mistake_of_ours_stays_an_error(database):
    with pytest.raises(Exception, match="null value"), database.write() as connection:
        connection.execute(insert(worksheet).values(id="x"))


# -- many processes (tests/store/processes.py)


@pytest.mark.soak
def test_of_twelve_processes_nothing_is_lost_and_a_killed_writer_doubles_nothing(tmp_path):
    def run(*words):
        command = [sys.executable, SCRIPT, *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")

    url = server().make().url
    run("open", url, 12)
    with closing(PostgresDatabase(PostgresAddress.of(url))) as database:
        store = SqliteStore(database)
        assert len(store.worksheets()) == 12
        told = run("write", url, 12, 10)
        snapshot = store.load(told["worksheet"])
        assert (snapshot.seq, snapshot.fields["shared"].rev) == (12 * 10 + 24, 120)
        log = tmp_path / "acknowledged.txt"
        killed = run("kill", url, log, 30)["worksheet"]
        acknowledged = log.read_text().splitlines()
        assert len(acknowledged) >= 15
        events = store.history(killed, limit=100_000)
        in_order = [event.op_id for event in reversed(events) if event.field == "breaks"]
        assert in_order[: len(acknowledged)] == acknowledged
        assert len(in_order) - len(acknowledged) <= 1
