"""Backups, restoring, migrating and moving where the classes are in a PostgreSQL database."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import MetaData, create_engine, insert, make_url, select, text
from sqlalchemy.event import listen

from playbook.cli.main import main
from playbook.cohort.erasing import ErasureService
from playbook.maintain import migrations
from playbook.maintain.backup import check, make
from playbook.maintain.installation import export_all, import_all
from playbook.maintain.migrate_database import migrate_database
from playbook.maintain.restore import restore, restore_into
from playbook.model import InputError, StoreError
from playbook.store import SqliteStore
from playbook.store.postgres.database import PostgresDatabase
from playbook.store.schema import VERSION, metadata, upkeep
from playbook.store.sqlite.database import Database
from tests.cohort.people import Host
from tests.maintain.test_installation import example_row
from tests.maintain.test_migrations import OLD
from tests.postgres import server

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def database():
    with server().lent() as lent:
        yield lent


@pytest.fixture
def other():
    with server().lent() as lent:
        yield lent


def fill(database):
    """Two rows in every table of classes, and a worksheet with a conflict."""
    workspaces = metadata.tables["workspace"]
    with database.write() as connection:
        for number in (1, 2):
            connection.execute(insert(workspaces).values(id=f"workspace-{number}", created=NOW))
            for table in metadata.sorted_tables:
                if table.name not in STORE:
                    connection.execute(insert(table).values(example_row(table, number)))
    SqliteStore(database, workspace="workspace-1").create("catalyst", "Of a member")


STORE = {"workspace", "upkeep", "worksheet", "erased", "operation", "event", "current"}


def rows(database):
    with database.read() as connection:
        return {
            table.name: connection.execute(select(table).order_by(*table.primary_key)).all()
            for table in metadata.sorted_tables
            if table is not upkeep
        }


def aside(folder):
    return lambda: folder / "aside.sqlite"


# -- backups


def test_a_backup_is_a_file_with_every_row_that_opens_by_itself(database, tmp_path):
    fill(database)
    made = make(database, tmp_path / "backup.sqlite")
    assert made.rows["member"] == 2
    assert made.rows == check(made.path).rows
    with closing(Database(made.path)) as copy:
        assert rows(copy) == rows(database)


def test_a_backup_comes_back_exactly_into_a_database_and_into_a_file(database, other, tmp_path):
    fill(database)
    made = make(database, tmp_path / "backup.sqlite")
    done = restore_into(made.path, other.address, tmp_path, aside(tmp_path))
    assert (done.aside, done.path) == (None, other.address)
    assert rows(other) == rows(database)
    restore(made.path, tmp_path / "cohorts.sqlite", aside(tmp_path))
    with closing(Database(tmp_path / "cohorts.sqlite")) as file:
        assert rows(file) == rows(database)


def test_what_was_erased_since_a_backup_stays_erased_and_the_rest_comes_back(database, tmp_path):
    host = Host(given=database)
    spring = host.new_class(host.account("Ana"))
    lin, kim = spring.join("Lin"), spring.join("Kim")
    for who in (lin, kim):
        spring.writes(who, "Our hotline")
    made = make(database, tmp_path / "backup.sqlite")
    ErasureService(*host.parts).myself(lin)
    sam = spring.join("Sam")
    done = restore_into(made.path, database.address, tmp_path, aside(tmp_path))
    assert done.repeated.others > 0
    assert {one.name for one in host.cohorts.members(spring.id)} == {"Ana", "Kim"}
    assert len(host.store(kim.workspace).worksheets()) == 1
    with closing(Database(done.aside)) as before:
        names = [row.name for row in rows(before)["member"]]
    assert sorted(names) == ["Ana", "Kim", sam.name]
    assert not database._is_untidy()


def test_nothing_is_restored_while_a_server_holds_it_or_from_half_a_file(database, tmp_path):
    fill(database)
    before = rows(database)
    made = make(database, tmp_path / "backup.sqlite")

    def refused():
        with pytest.raises(StoreError) as error:
            restore_into(made.path, database.address, tmp_path, aside(tmp_path))
        return str(error.value)

    with closing(PostgresDatabase(database.address, held=True)):
        assert "in use by a server" in refused()
    made.path.write_bytes(made.path.read_bytes()[:-4096])
    assert "damaged" in refused()
    assert rows(database) == before
    assert [path.name for path in tmp_path.iterdir()] == ["backup.sqlite"]


# -- moving


def test_an_installation_moves_either_way_and_back_and_is_the_same(database, other, tmp_path):
    fill(database)
    solo = tmp_path / "none.sqlite"
    out = json.loads(json.dumps(export_all(solo, database.address)))
    file = tmp_path / "cohorts.sqlite"
    import_all(out, solo, file)
    assert export_all(solo, file) == out
    import_all(out, solo, other.address)
    assert export_all(solo, other.address) == out
    left_out = {"device", "invitation", "pairing", "offer", "account", "member", "cohort"}
    left_out.add("worksheet")  # numbered anew, in the same order
    with closing(Database(file)) as there:
        told = [
            {name: found for name, found in rows(where).items() if name not in left_out}
            for where in (database, there, other)
        ]
    assert told[0] == told[1] == told[2]
    with pytest.raises(InputError, match="make another database for it"):
        import_all(out, solo, other.address)


def test_what_is_no_whole_export_leaves_a_database_empty(database, other, tmp_path):
    fill(database)
    out = export_all(tmp_path / "none.sqlite", database.address)
    out["cohorts"]["tables"]["member"][1]["cohort"] = "another"
    with pytest.raises(InputError, match="belongs to what is not there"):
        import_all(out, tmp_path / "none.sqlite", other.address)
    assert not any(rows(other).values())


# -- migrating


def make_old(version, tmp_path):
    """A database as a playbook of that version would have made it, with the rows of its fixture."""
    old = tmp_path / f"version_{version}.sqlite"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(OLD[version].read_text(encoding="utf-8"))
    address = server().make()
    engine = create_engine(make_url(address.url).set(drivername="postgresql+psycopg"))
    file, tables = create_engine(f"sqlite:///{old}"), MetaData()
    listen(tables, "column_reflect", lambda _, __, it: it.update(type=it["type"].as_generic()))
    with file.connect() as source, engine.begin() as target:
        tables.reflect(source)
        tables.create_all(target)
        for table in tables.sorted_tables:
            found = [dict(row) for row in source.execute(select(table)).mappings()]
            if found:
                target.execute(insert(table), found)
        target.execute(text("CREATE TABLE playbook_version (version integer NOT NULL)"))
        target.execute(text(f"INSERT INTO playbook_version VALUES ({version})"))
    file.dispose()
    engine.dispose()
    return address


@pytest.mark.parametrize(
    "version", [pytest.param(it, marks=[pytest.mark.soak] * (it > 1)) for it in sorted(OLD)]
)
def test_an_older_database_gets_our_tables_with_every_row_after_a_backup(version, tmp_path):
    address = make_old(version, tmp_path)
    with pytest.raises(StoreError, match="run `playbook migrate`"):
        PostgresDatabase(address)
    done = migrate_database(address, tmp_path / "before.sqlite")
    assert (done.found, done.version, done.backup.version) == (version, VERSION, version)
    assert migrate_database(address, tmp_path / "none.sqlite") is None
    with closing(PostgresDatabase(address)) as database:
        with database.read() as connection:
            differs = compare_metadata(MigrationContext.configure(connection), metadata)
            assert [change[1].name for change in differs] == ["playbook_version"]
        store = SqliteStore(database)
        (info,) = store.worksheets()
        assert info.name == "Our brokerage"
        assert len(store.history(info.id)) == 8
        after = rows(database)
        # The backup leads to the same: restored, it takes the same steps as a file.
        restore_into(done.backup.path, address, tmp_path, aside(tmp_path))
        codes = {"tray"}  # made anew with other ids
        assert {k: v for k, v in rows(database).items() if k not in codes} == {
            k: v for k, v in after.items() if k not in codes
        }


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path, monkeypatch):
    def fails(op):
        op.execute("UPDATE worksheet SET name = 'half done'")
        op.execute("INSERT INTO no_such_table VALUES (1)")

    address = make_old(VERSION - 1, tmp_path)
    monkeypatch.setitem(migrations.STEPS, VERSION, fails)
    with pytest.raises(StoreError, match=r"can't be migrated.*no_such_table"):
        migrate_database(address, tmp_path / "before.sqlite")
    monkeypatch.undo()
    assert migrate_database(address, tmp_path / "again.sqlite").found == VERSION - 1
    with closing(PostgresDatabase(address)) as database:
        assert SqliteStore(database).worksheets()[0].name == "Our brokerage"


# -- the commands


def run(*words, code=0, address=None, home=None):
    env = {"PLAYBOOK_DATABASE": address.url if address else None, "PLAYBOOK_HOME": str(home)}
    done = CliRunner().invoke(main, [str(word) for word in words], env=env)
    assert done.exit_code == code, done.output + repr(done.exception)
    return done.output


def test_every_command_works_where_the_classes_are_in_a_database(tmp_path):
    at, home = {"address": server().make(), "home": tmp_path / "home"}, tmp_path / "home"
    assert "playbook cohort trainer" in run("cohort", "list", code=2, **at)
    run("cohort", "trainer", "Ana", **at)
    run("cohort", "new", "Spring class", "--trainer", "Ana", "--host", "Acme", **at)
    told = json.loads(run("cohort", "list", "--json", **at))
    assert told[0]["title"] == "Spring class"
    assert not (home / "cohorts.sqlite").exists()
    (made,) = json.loads(run("backup", "--json", **at))
    run("cohort", "erase", told[0]["id"], "--yes", **at)
    run("restore", made["path"], **at)
    assert json.loads(run("cohort", "list", "--json", **at)) == []
    assert "up to date" in run("migrate", **at)
    assert "postgresql:///" in run("where", **at)

    run("cohort", "new", "Autumn class", "--trainer", "Ana", "--host", "Acme", **at)
    run("export-all", tmp_path / "all.json", **at)
    run("import-all", tmp_path / "all.json", home=tmp_path / "moved")
    told = json.loads(run("cohort", "list", "--json", home=tmp_path / "moved"))
    assert [one["title"] for one in told] == ["Autumn class"]
    elsewhere = {"address": server().make(), "home": tmp_path / "third"}
    run("import-all", tmp_path / "all.json", **elsewhere)
    assert json.loads(run("cohort", "list", "--json", **elsewhere)) == told


def test_an_address_that_is_none_and_a_database_that_is_not_there_are_sentences(tmp_path):
    told = CliRunner().invoke(main, ["backup"], env={"PLAYBOOK_DATABASE": "mysql://x/y"}).output
    assert "PLAYBOOK_DATABASE takes the address of a PostgreSQL database" in told
    told = run("migrate", "--file", server().make().url, code=2, home=tmp_path)
    assert "There is no file yet" in told
