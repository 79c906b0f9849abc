"""A file of every older version becomes one of ours, whole or not at all."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from playbook.cohort.aggregate import Result
from playbook.maintain import migrations
from playbook.maintain.migrate import migrate, upgrade
from playbook.model import StoreError
from playbook.store import Operation, Set, SqliteStore
from playbook.store.schema import VERSION, metadata
from playbook.store.sqlite.database import Database
from playbook.store.sqlite.file import FileLock

OLD = {int(file.stem.partition("_")[2]): file for file in Path(__file__).parent.glob("version_*")}
"""The tables of each older version with some rows, as SQLite dumped them then."""


def make_old(path, version):
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD[version].read_text(encoding="utf-8"))


@pytest.fixture(params=sorted(OLD))
def version(request):
    return request.param


@pytest.fixture
def old(path, version):
    make_old(path, version)
    return path


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "backups" / "before.sqlite"


def tables(path):
    """By type and name the parts of every definition, in any order: constraints have none."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return {(*names, parts(sql)) for *names, sql in rows}


def parts(sql):
    """CREATE TABLE t (a TEXT, UNIQUE (a, b)) as {"CREATE TABLE t", "a TEXT", "UNIQUE (a, b)"}."""
    head, _, body = " ".join((sql or "").split()).removesuffix(")").partition("(")
    head = head.replace('"', "")  # SQLite puts a table that was made anew into quotes
    body = re.sub(r"DEFAULT \(('[^']*')\)", r"DEFAULT \1", body)  # and its defaults into brackets
    return frozenset({head, *(part.strip() for part in re.split(r",(?![^(]*\))", body))})


def dump(path):
    with closing(sqlite3.connect(path)) as connection:
        settings = ("user_version", "application_id")
        marks = [connection.execute(f"PRAGMA {name}").fetchone() for name in settings]
        return marks, list(connection.iterdump())


def test_every_older_version_has_its_fixture_and_its_step():
    assert sorted(OLD) == list(range(1, VERSION))
    assert sorted(migrations.STEPS) == list(range(2, VERSION + 1))


def test_an_older_file_is_refused_with_the_command_that_helps_and_left_alone(old, version):
    before = old.read_bytes()
    for request in (SqliteStore, lambda path: Database(path, held=True)):
        with pytest.raises(StoreError) as error:
            request(old)
        assert str(old) in str(error.value)
        told = f"older playbook (format {version}, this one has {VERSION}); run `playbook migrate`"
        assert told in str(error.value)
    assert old.read_bytes() == before


def test_a_migrated_file_has_the_same_tables_as_a_new_one(old, kept, tmp_path):
    migrate(old, kept)
    new = tmp_path / "new.sqlite"
    SqliteStore(new)
    assert tables(old) == tables(new)
    with create_engine(f"sqlite:///{old}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.scalar(text("PRAGMA user_version")) == VERSION


def test_a_migrated_file_has_every_answer_and_goes_on(old, kept, version):
    done = migrate(old, kept)
    store = SqliteStore(old)
    (info,) = store.worksheets()
    snapshot = store.load(info.id)
    assert info.name == "Our brokerage"
    fields = {name: (state.value, state.rev) for name, state in snapshot.fields.items()}
    assert fields == {
        "breaks": ("yes", 1),
        "hopes": ("O'Neil; two\nlines", 1),
        "fears": (None, 2),
        "candidates/r1": (1.0, 1),
        "candidates/r1/what": (None, 2),
    }
    assert [conflict.value for conflict in snapshot.conflicts] == ["no"]
    assert len(store.history(info.id)) == 8
    sets = (Set("breaks", "no", 1),)
    assert store.commit(info.id, Operation("n", "laptop", "set", 1, sets)).status == "saved"
    assert (done.found, done.version, done.path) == (version, VERSION, old)


def test_texts_that_a_class_was_shown_stay_shown_and_a_code_from_before_ends(path, kept):
    """Two steps of a vote: the second has the texts of the first as well."""
    make_old(path, 3)
    poll = "b1da79fa-1556-4ba1-aefa-e4daea2b57db"
    result = {"respondents": 5, "counts": None, "texts": ["a", "b"], "most_common": [], "hands": 0}
    later = result | {"respondents": 10, "texts": ["a", "b", "O'Neil"]}
    none = result | {"texts": None}
    with closing(sqlite3.connect(path)) as connection:
        for step, told in enumerate((none, result, later), 1):
            row = (poll, step, "2027-03-01T10:00:00.000000+00:00", json.dumps(told))
            connection.execute("INSERT INTO published VALUES (?, ?, ?, ?)", row)
        connection.commit()
    migrate(path, kept)
    with closing(sqlite3.connect(path)) as connection:
        tray = connection.execute("SELECT text, heading, shown FROM tray ORDER BY place").fetchall()
        kept_results = connection.execute("SELECT result FROM published ORDER BY step").fetchall()
        codes = connection.execute("SELECT DISTINCT join_code FROM cohort").fetchall()
    assert tray == [("a", "", 1), ("b", "", 1), ("O'Neil", "", 1)]
    assert [Result.model_validate_json(told).read for (told,) in kept_results] == [0, 2, 3]
    assert codes == [(None,)]


def test_the_backup_before_a_migration_is_the_file_as_it_was(old, kept, version):
    before = dump(old)
    done = migrate(old, kept)
    assert done.backup.path == kept
    assert done.backup.version == version
    assert done.backup.rows["event"] == 8
    assert dump(kept) == before


def test_a_file_that_is_up_to_date_is_left_alone(path, kept):
    SqliteStore(path)
    before = path.read_bytes()
    assert migrate(path, kept) is None
    assert path.read_bytes() == before
    assert not kept.exists()


def fails_in_the_middle(op):
    op.execute("CREATE TABLE half_done (id TEXT)")
    op.execute("UPDATE worksheet SET name = 'half done'")
    op.execute("INSERT INTO no_such_table VALUES (1)")


def leaves_an_orphan(op):
    op.execute("UPDATE worksheet SET workspace = 'nobody'")


def leaves_code(op):
    op.execute("CREATE VIEW spy AS SELECT * FROM worksheet")


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (fails_in_the_middle, "no such table: no_such_table"),
        (leaves_an_orphan, "found it broken"),
        (leaves_code, "found it broken"),
    ],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(path, kept, monkeypatch, step, why):
    make_old(path, VERSION - 1)
    before = dump(path)
    monkeypatch.setitem(migrations.STEPS, VERSION, step)
    with pytest.raises(StoreError) as error:
        migrate(path, kept)
    assert str(error.value).startswith(f"{path} can't be migrated, because ")
    assert why in str(error.value)
    assert str(error.value).endswith("; nothing was changed.")
    assert dump(path) == before
    monkeypatch.undo()
    assert migrate(path, kept.with_name("again.sqlite")).version == VERSION


def test_a_disk_that_is_full_leaves_the_file_as_it_was(old, kept):
    resource = pytest.importorskip("resource", reason="needs setrlimit")
    before = dump(old)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (old.stat().st_size + 4096, hard))
    try:
        with pytest.raises(StoreError, match="could not be read or written"):
            migrate(old, kept)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert dump(old) == before
    assert dump(kept) == before


def test_no_migration_without_a_backup(old, tmp_path):
    before = old.read_bytes()
    taken = tmp_path / "taken.sqlite"
    taken.write_text("my diary")
    with pytest.raises(StoreError, match="there already; nothing is overwritten"):
        migrate(old, taken)
    assert taken.read_text() == "my diary"
    assert old.read_bytes() == before


def test_no_migration_while_a_server_holds_the_file(old, kept):
    with FileLock(old), pytest.raises(StoreError, match="in use by a server"):
        migrate(old, kept)
    assert not kept.exists()


def test_a_table_is_made_anew_without_losing_the_rows_that_point_to_it(path, kept, monkeypatch):
    """What later versions will need: SQLite can't change a column, so Alembic copies the table."""
    make_old(path, VERSION - 1)
    was = migrations.STEPS[VERSION]

    def renames_a_column(op):
        was(op)
        with op.batch_alter_table("worksheet") as batch:
            batch.alter_column("name", new_column_name="title")

    monkeypatch.setitem(migrations.STEPS, VERSION, renames_a_column)
    migrate(path, kept)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT title FROM worksheet").fetchall() == [("Our brokerage",)]
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (8,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_drafted_step_makes_the_same_tables(tmp_path):
    """The script that CONTRIBUTING names, on what it was used for last."""
    root = Path(__file__).parents[2]
    command = [sys.executable, root / "scripts" / "draft_migration.py", OLD[VERSION - 1]]
    drafted = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout
    made = {}
    exec(drafted, made)
    assert "upgrade" in made

    path = tmp_path / "drafted.sqlite"
    make_old(path, VERSION - 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(migrations.STEPS, VERSION, made["upgrade"])
        upgrade(path)
    new = tmp_path / "new.sqlite"
    SqliteStore(new)
    assert tables(path) == tables(new)
