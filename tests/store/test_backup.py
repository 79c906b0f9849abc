"""Backups: whole while others write, checked, and never a way back for what was erased."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from playbook.cohort import schema
from playbook.model import StoreError
from playbook.store import GoneError, Operation, Set, SqliteStore, backup, database, restore
from playbook.store.backup import check, free_name, make, make_of_file
from playbook.store.database import Database
from playbook.store.file import Hold
from playbook.store.schema import VERSION, workspace
from playbook.store.taken import AS_NOW

POSIX = os.name == "posix"
NOBODY = 65534
SCRIPT = Path(__file__).with_name("processes.py")
OLD = Path(__file__).with_name("version_1.sql")
NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def commit(store, worksheet, number, value, field="breaks"):
    sets = (Set(field, value, None),)
    return store.commit(worksheet, Operation(f"op-{number}", "laptop", "set", 1, sets))


def answers(path, worksheet):
    fields = SqliteStore(path).load(worksheet).fields.items()
    return {name: state.value for name, state in fields if state.value is not None}


def refusal(request, *named):
    """The sentence that `request` ends with; it names these files."""
    with pytest.raises(StoreError) as error:
        request()
    text = str(error.value)
    assert all(str(path) in text for path in named)
    assert text.endswith(".")
    assert "\n" not in text
    return text


def is_consistent(path):
    """Whether all that stands follows from all that was done: a store takes it in, or refuses."""
    with closing(SqliteStore(None)) as memory:
        memory.import_(SqliteStore(path).export())
    return True


def put_back(backup, path, **options):
    names = (path.with_name(f"aside-{number}.sqlite") for number in range(100))
    return restore.restore(
        backup, path, lambda: next(name for name in names if not name.exists()), **options
    )


@contextmanager
def limit(size):
    """A disk that takes no file beyond `size`."""
    resource = pytest.importorskip("resource", reason="needs setrlimit")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def to(tmp_path):
    return tmp_path / "backups" / "one.sqlite"


@pytest.fixture
def store(path):
    return SqliteStore(path)


@pytest.fixture
def worksheet(store):
    made = store.create("catalyst", "Catalyst").id
    commit(store, made, 1, "yes")
    return made


def everything(folder):
    """Every file under a folder, by name, that has anything in it."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file: data for file in files if (data := file.read_bytes())}


# -- making one


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
    counts = [backup.rows["event"] for backup in made]
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
        counts = [backup.rows["event"] for backup in made]
        assert sorted(set(counts)) == counts
        for backup in made:
            assert list(to.parent.glob(f"{backup.path.name}?*")) == []
            assert is_consistent(backup.path)


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


def damage(path):
    """Spoil a page in the middle, where the answers are."""
    whole = bytearray(path.read_bytes())
    page = 4096
    for start in range(page, len(whole), page):
        whole[start : start + 100] = b"\xa5" * 100
    path.write_bytes(whole)


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
    assert done.repeated == restore.Repeated(0, 0, 0, 0)


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
    assert names == {path.name, done.aside.name}


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


# -- classes


def person(number, **more):
    return {
        "id": f"m{number}",
        "cohort": "c1",
        "role": "participant",
        "name": f"SECRET person {number}",
        "workspace": f"w{number}",
        "joined": NOW,
        "resume": f"link-{number}",
    } | more


@pytest.fixture
def host(path):
    """A cohort host's file: a class with three members, one with a worksheet and a ballot."""
    opened = Database(path)
    trainer = {"id": "a1", "name": "Ada", "folded": "ada", "password": "old", "created": NOW}
    rows = [
        (schema.account, trainer),
        (workspace, {"id": "w9", "created": NOW}),
        (
            schema.cohort,
            {
                "id": "c1",
                "title": "SECRET class",
                "owner": "a1",
                "host": "us",
                "created": NOW,
                "ends": date(2027, 2, 1),
                "erase_on": date(2027, 3, 1),
                "in_teams": True,
                "sees_answers": False,
                "open": True,
                "join_code": "old code",
            },
        ),
        (schema.team, {"id": "t1", "cohort": "c1", "name": "Team", "workspace": "w9"}),
    ]
    for number in range(3):
        rows.append((workspace, {"id": f"w{number}", "created": NOW}))
        rows.append((schema.member, person(number)))
        device = {"token": f"d{number}", "member": f"m{number}", "since": NOW, "seen": NOW}
        rows.append((schema.device, device))
    rows.append((schema.device, {"token": "da", "account": "a1", "since": NOW, "seen": NOW}))
    with opened.write() as connection:
        for table, row in rows:
            connection.execute(insert(table).values(row))
    store = SqliteStore(path, workspace="w0")
    commit(store, store.create("catalyst", "SECRET sheet").id, 1, "SECRET answer")
    return opened


def erase(host, *statements, stones=()):
    with host.erase() as connection:
        for statement in statements:
            connection.execute(statement)
        for stone in stones:
            connection.execute(insert(schema.tombstone).values(id=stone, at=NOW))


def ids(path, table):
    with Database(path).read() as connection:
        return set(connection.scalars(select(table.c.id)))


def test_an_erased_person_stays_erased_with_all_that_was_theirs(host, path, to):
    make(host, to)
    gone = delete(schema.member).where(schema.member.c.id == "m0")
    place = delete(workspace).where(workspace.c.id == "w0")
    erase(host, gone, place, stones=("m0", "w0"))
    done = put_back(to, path)
    assert ids(path, schema.member) == {"m1", "m2"}
    assert "w0" not in ids(path, workspace)
    left = path.read_bytes()
    assert b"SECRET person 1" in left
    assert b"SECRET person 0" not in left
    assert b"SECRET answer" not in left
    assert b"link-0" not in left
    assert ids(path, schema.tombstone) == {"m0", "w0"}
    assert done.repeated.others == 2


def test_an_erased_class_and_an_erased_team_stay_erased(host, path, to):
    make(host, to)
    erase(host, delete(schema.team), stones=("t1",))
    put_back(to, path)
    assert ids(path, schema.team) == set()
    assert ids(path, schema.member) == {"m0", "m1", "m2"}
    everywhere = ("w0", "w1", "w2", "w9")
    erase(host, delete(schema.cohort), delete(workspace), stones=("c1", *everywhere))
    put_back(to, path)
    assert ids(path, schema.cohort) == ids(path, schema.member) == ids(path, workspace) == set()
    assert b"SECRET" not in path.read_bytes()
    assert ids(path, schema.account) == {"a1"}


def test_keys_that_were_taken_away_open_nothing_after_a_restore(host, path, to):
    make(host, to)
    mine = schema.member.c.id == "m1"
    with host.write() as connection:
        connection.execute(delete(schema.device).where(schema.device.c.token.in_(["d1", "da"])))
        connection.execute(update(schema.member).where(mine).values(resume="new link"))
        connection.execute(update(schema.account).values(password="new"))
        connection.execute(update(schema.cohort).values(join_code="new code", open=False))
        token = {"token": "d3", "member": "m2", "since": NOW, "seen": NOW}
        connection.execute(insert(schema.device).values(token))
    done = put_back(to, path)
    with Database(path).read() as connection:
        assert set(connection.scalars(select(schema.device.c.token))) == {"d0", "d2"}
        resumes = dict(connection.execute(select(schema.member.c.id, schema.member.c.resume)).all())
        door = connection.execute(select(schema.cohort.c.join_code, schema.cohort.c.open)).one()
        assert connection.scalar(select(schema.account.c.password)) == "new"
    assert resumes == {"m0": "link-0", "m1": "new link", "m2": "link-2"}
    assert tuple(door) == ("new code", False)
    assert done.repeated.keys == 2


def test_a_role_that_was_taken_away_stays_away(host, path, to):
    with host.write() as connection:
        connection.execute(update(schema.member).values(role="co_trainer"))
    make(host, to)
    with host.write() as connection:
        connection.execute(update(schema.member).values(role="viewer"))
    put_back(to, path)
    with Database(path).read() as connection:
        assert set(connection.scalars(select(schema.member.c.role))) == {"viewer"}


def test_a_name_that_was_taken_away_stays_away(host, path, to):
    row = {"id": "g1", "cohort": "c1", "what": "Ask", "owner": "SECRET name", "at": NOW}
    with host.write() as connection:
        connection.execute(insert(schema.agreed).values(row | {"due": date(2027, 2, 1)}))
        connection.execute(update(schema.member).values(name="SECRET name"))
    make(host, to)
    erase(host, update(schema.agreed).values(owner="somebody who left"))
    erase(host, update(schema.member).values(name="Pseudonym"))
    put_back(to, path)
    assert b"SECRET name" not in path.read_bytes()
    assert ids(path, schema.agreed) == {"g1"}


def test_on_a_new_machine_everybody_is_still_signed_in(host, to, tmp_path):
    make(host, to)
    fresh = tmp_path / "fresh.sqlite"
    Database(fresh)  # the server was started before anybody thought of the backup
    for target in (fresh, tmp_path / "none.sqlite"):
        put_back(to, target)
        with Database(target).read() as connection:
            tokens = set(connection.scalars(select(schema.device.c.token)))
        assert tokens == {"d0", "d1", "d2", "da"}


def test_what_stays_as_it_is_now_names_columns_that_are_there():
    for table, names in AS_NOW.items():
        assert set(names) <= set(table.c.keys())


def test_whose_backup_it_is(host, store, to):
    assert store.worksheets() == []  # which made the solo workspace
    make(host, to)
    assert restore.is_solo(to)
    with host.write() as connection:
        connection.execute(delete(workspace).where(workspace.c.id == "solo"))
    make(host, to.with_name("class.sqlite"))
    assert not restore.is_solo(to.with_name("class.sqlite"))


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
    with Hold(path):
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

    def copy(source, target, _):
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
