"""The file: who may read it, what erasing leaves in it, and what happens when it is trouble."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from playbook.model import StoreError
from playbook.store import GoneError, Operation, Set, SqliteStore, open_store
from playbook.store.schema import VERSION
from playbook.store.sqlite import database, file
from playbook.store.sqlite.database import Database

POSIX = os.name == "posix"
NOBODY = 65534


def commit(store, worksheet, number, value, field="breaks"):
    operation = Operation(f"op-{number}", "laptop", "set", 1, (Set(field, value, None),))
    return store.commit(worksheet, operation)


def filled(path):
    """A store in `path` with one worksheet and one answer; the worksheet's id."""
    store = SqliteStore(path)
    worksheet = store.create("catalyst", "Catalyst").id
    commit(store, worksheet, 1, "yes")
    return store, worksheet


def refusal(path, request):
    """The sentence of the StoreError that `request` raises; it names the file."""
    with pytest.raises(StoreError) as error:
        request()
    text = str(error.value)
    assert str(path) in text
    assert text.endswith(".")
    assert "\n" not in text
    return text


@contextmanager
def as_nobody():
    """Root may write everywhere, so as root these tests step down for a moment."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def open_folder():
    """A folder that everybody can reach (pytest's own are closed to nobody)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


# -- where it is, and whose


@pytest.mark.skipif(not POSIX, reason="Windows has other rights")
def test_folder_file_and_journal_are_their_owners_alone(path):
    old = os.umask(0)
    try:
        filled(path)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_answers_are_there_for_the_next_process(path):
    _, worksheet = filled(path)
    assert open_store(path).load(worksheet).fields["breaks"].value == "yes"


def test_two_stores_on_one_file_see_each_other(path):
    here, worksheet = filled(path)
    there = open_store(path)
    commit(there, worksheet, 2, "no")
    assert here.load(worksheet).fields["breaks"].value == "no"
    assert here.seq(worksheet) == 2


def test_no_connection_stays_open_between_transactions(path):
    store, worksheet = filled(path)
    assert store.seq(worksheet) == 1
    assert str(path) not in [file.path for file in psutil.Process().open_files()]


def test_workspaces_in_one_file_do_not_see_each_other(path):
    here, worksheet = filled(path)
    there = SqliteStore(path, workspace="cohort-1")
    assert there.worksheets() == []
    with pytest.raises(GoneError):
        there.load(worksheet)
    with pytest.raises(GoneError):
        there.erase_worksheet(worksheet)
    there.import_(here.export())
    there.erase_everything()
    assert here.load(worksheet).fields["breaks"].value == "yes"


def test_the_file_is_used_with_care(path):
    filled(path)
    with Database(path).read() as connection:

        def setting(name):
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert setting("journal_mode") == "truncate"
        assert setting("synchronous") == 3  # EXTRA
        assert setting("foreign_keys") == 1
        assert setting("secure_delete") == 1
        assert setting("trusted_schema") == 0
        assert setting("busy_timeout") == 10_000
        assert setting("integrity_check") == "ok"


def test_the_journal_is_empty_after_every_commit(path):
    filled(path)
    journal = path.with_name(f"{path.name}-journal")
    assert set(path.parent.iterdir()) == {path, journal, path.with_name(f"{path.name}.was-here")}
    assert journal.stat().st_size == 0


def test_importing_the_package_loads_no_database_library():
    code = "import playbook.store, sys; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# -- nothing is left after erasing


def fill_with_secrets(store):
    """Answers short and long, changed, in conflict and undone, under names and in lists."""
    worksheet = store.create("catalyst", "SECRET name").id
    for number in range(15):
        size = 10 if number % 3 else 9000  # the long ones need pages of their own
        commit(store, worksheet, f"a{number}", f"SECRET {number} " * size)
        commit(store, worksheet, f"b{number}", f"kept {number} " * size, field="hopes")
        commit(store, worksheet, f"c{number}", [f"SECRET {number}"] * 20, field="candidates/r1/q")
    commit(store, worksheet, "row", 1.0, field="candidates/r1")
    late = Operation("late", "phone", "set", 1, (Set("breaks", "SECRET late", 1),))
    assert store.commit(worksheet, late).status == "conflict"
    store.undo(worksheet, "laptop", "undo-1")
    store.rename(worksheet, "SECRET other name")
    return worksheet


def on_disk(path):
    """All bytes in the folder: the database, its journal and whatever else is there."""
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_an_erased_answer_and_row_leave_no_byte_in_the_file(path):
    store = SqliteStore(path)
    worksheet = fill_with_secrets(store)
    store.rename(worksheet, "Plain")
    assert on_disk(path).count(b"SECRET") > 50
    store.erase_field(worksheet, "breaks", "laptop")
    store.erase_field(worksheet, "candidates/r1", "laptop")
    assert b"SECRET" not in on_disk(path)
    assert b"kept 14" in on_disk(path)


@pytest.mark.parametrize("erase", ["erase_worksheet", "erase_everything"])
def test_an_erased_worksheet_leaves_no_byte_in_the_file(path, erase):
    store = SqliteStore(path)
    other = store.create("catalyst", "Other").id
    worksheet = fill_with_secrets(store)
    if erase == "erase_worksheet":
        store.erase_worksheet(worksheet)
        assert store.load(other).info.name == "Other"
    else:
        store.erase_everything()
    left = on_disk(path)
    assert b"SECRET" not in left
    assert b"kept" not in left
    assert b"laptop" not in left


@pytest.fixture
def without_zeroing(monkeypatch):
    """As where SQLite's zeroing misses a copy, which happens when rows move between pages."""
    settings = [setting for setting in database.SETTINGS if "secure_delete" not in setting]
    monkeypatch.setattr(database, "SETTINGS", [*settings, "secure_delete = OFF"])


@pytest.mark.usefixtures("without_zeroing")
def test_where_zeroing_misses_a_copy_rewriting_the_file_removes_it(path):
    store = SqliteStore(path)
    worksheet = fill_with_secrets(store)
    store.rename(worksheet, "Plain")
    store.erase_field(worksheet, "breaks", "laptop")
    store.erase_field(worksheet, "candidates/r1", "laptop")
    assert b"SECRET" not in on_disk(path)
    assert b"kept 14" in on_disk(path)


@pytest.mark.usefixtures("without_zeroing")
def test_who_is_killed_before_rewriting_does_it_at_the_next_start(path, monkeypatch):
    store = SqliteStore(path)
    worksheet = fill_with_secrets(store)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "_rewrite", lambda _: None)
        store.erase_worksheet(worksheet)
    assert b"SECRET" in on_disk(path)
    assert open_store(path).worksheets() == []
    assert b"SECRET" not in on_disk(path)


@pytest.mark.usefixtures("without_zeroing")
def test_erasing_again_rewrites_again(path, monkeypatch):
    store = SqliteStore(path)
    worksheet = fill_with_secrets(store)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "_rewrite", lambda _: None)
        store.erase_everything()
    assert b"SECRET" in on_disk(path)
    store.erase_everything()
    assert b"SECRET" not in on_disk(path)
    with pytest.raises(GoneError):
        store.load(worksheet)


def test_an_erased_worksheet_does_not_come_back_under_its_id(path):
    store, worksheet = filled(path)
    export = store.export()
    store.erase_worksheet(worksheet)
    (back,) = store.import_(export)
    assert back.id != worksheet
    with pytest.raises(GoneError):
        commit(store, worksheet, 1, "yes")


# -- trouble


def test_a_file_that_is_no_database_is_left_alone(path):
    path.parent.mkdir()
    path.write_bytes(b"Dear diary, " * 500)
    assert "no playbook file" in refusal(path, lambda: open_store(path))
    assert path.read_bytes() == b"Dear diary, " * 500


def test_another_programs_database_is_left_alone(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE songs (title)")
    other.close()
    before = path.read_bytes()
    assert "no playbook file" in refusal(path, lambda: open_store(path))
    assert path.read_bytes() == before


def test_a_newer_playbooks_file_is_left_alone(path):
    filled(path)
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    before = path.read_bytes()
    assert f"newer playbook (format 99, this one reads {VERSION})" in refusal(
        path, lambda: open_store(path)
    )
    assert path.read_bytes() == before


def test_a_file_that_a_newer_playbook_changed_meanwhile_is_not_written(path):
    store, worksheet = filled(path)
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    assert "newer" in refusal(path, lambda: commit(store, worksheet, 2, "no"))


def test_a_damaged_file_is_reported(path):
    store, worksheet = filled(path)
    whole = path.read_bytes()
    page = 4096
    path.write_bytes(whole[:page] + b"\xa5" * (len(whole) - page))
    assert "damaged" in refusal(path, lambda: commit(store, worksheet, 2, "no"))
    assert "damaged" in refusal(path, lambda: store.load(worksheet))


def test_an_empty_file_becomes_a_store(path):
    path.parent.mkdir()
    path.touch()
    assert open_store(path).worksheets() == []


def test_a_folder_that_is_a_file_is_reported(path):
    path.parent.write_text("not a folder")
    refusal(path, lambda: open_store(path))
    assert path.parent.read_text() == "not a folder"


def test_a_file_that_is_a_folder_is_reported(path):
    path.mkdir(parents=True)
    refusal(path, lambda: open_store(path))


@pytest.mark.skipif(not POSIX, reason="Windows has other rights")
def test_a_folder_without_write_access_is_reported(open_folder):
    path = open_folder / "home" / "playbook.sqlite"
    with as_nobody():
        assert "Permission denied" in refusal(path, lambda: open_store(path))
    assert list(open_folder.iterdir()) == []


@pytest.mark.skipif(not POSIX, reason="Windows has other rights")
def test_a_folder_that_was_closed_meanwhile_is_reported(open_folder):
    path = open_folder / "playbook.sqlite"
    store, worksheet = filled(path)
    path.chmod(0o666)
    path.with_name(f"{path.name}-journal").unlink()
    open_folder.chmod(0o555)
    before = path.read_bytes()
    with as_nobody():
        assert "folder" in refusal(path, lambda: commit(store, worksheet, 2, "no"))
        assert store.load(worksheet).fields["breaks"].value == "yes"
    assert path.read_bytes() == before


def test_a_file_that_was_taken_away_is_reported_and_not_made_anew(path):
    store, worksheet = filled(path)
    path.unlink()
    refusal(path, lambda: commit(store, worksheet, 2, "no"))
    refusal(path, lambda: store.load(worksheet))
    assert not path.exists()


def test_a_full_disk_loses_nothing_that_was_saved(path, monkeypatch):
    store, worksheet = filled(path)
    saved = 1
    with monkeypatch.context() as patch:
        patch.setattr(database, "SETTINGS", (*database.SETTINGS, "max_page_count = 40"))
        while saved < 200:
            try:
                commit(store, worksheet, saved + 1, f"{saved + 1} " * 500)
            except StoreError as error:
                sentence = str(error)
                break
            saved += 1
    assert sentence.startswith(f"{path} was not saved, because the disk is full")
    assert 2 < saved < 200
    assert store.load(worksheet).fields["breaks"].value == f"{saved} " * 500
    assert store.committed(worksheet, f"op-{saved + 1}") is None
    assert commit(store, worksheet, saved + 1, "after").status == "saved"


def test_a_full_disk_at_the_start_can_be_tried_again(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(database, "SETTINGS", (*database.SETTINGS, "max_page_count = 3"))
        assert "disk is full" in refusal(path, lambda: open_store(path))
    assert open_store(path).worksheets() == []


@pytest.mark.skipif(not POSIX, reason="needs setrlimit")
def test_a_disk_that_fails_while_writing_loses_nothing_that_was_saved(path):
    import resource  # not on Windows

    store, worksheet = filled(path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        refusal(path, lambda: commit(store, worksheet, 2, "long " * 9000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert store.load(worksheet).fields["breaks"].value == "yes"
    assert commit(store, worksheet, 2, "long " * 9000).status == "saved"


def test_a_file_that_another_program_keeps_busy_is_reported_after_a_while(path, monkeypatch):
    store, worksheet = filled(path)
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.2)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "busy" in refusal(path, lambda: commit(store, worksheet, 2, "no"))
    assert "busy" in refusal(path, lambda: store.load(worksheet))
    other.close()
    assert commit(store, worksheet, 2, "no").status == "saved"
