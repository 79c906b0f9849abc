"""`playbook backup`, `restore` and `migrate` as people type them: what they say, how they end."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from playbook.cli.main import main
from playbook.store import SqliteStore
from playbook.store.paths import backups_path, cohorts_path, database_path
from playbook.store.schema import VERSION
from playbook.store.sqlite.database import Database

OLD = Path(__file__).parents[1] / "maintain" / "version_1.sql"


def run(*words, code=0):
    """What the command printed, as one text without line ends, or as data for --json."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == code, done.output + repr(done.exception)
    if code:
        assert done.stdout == ""
        assert done.stderr.startswith("playbook: ")
        assert done.stderr.count("\n") == 1
        return done.stderr.strip()
    return json.loads(done.stdout) if "--json" in words else done.stdout


@pytest.fixture
def solo():
    path = database_path()
    SqliteStore(path).create("catalyst", "Our brokerage")
    return path


@pytest.fixture
def cohort():
    path = cohorts_path()
    with closing(Database(path, held=True)) as held:
        SqliteStore(held, workspace="w1").create("catalyst", "Of a member")
    return path


def backups():
    return sorted(backups_path().iterdir())


def test_both_files_are_backed_up_under_dated_names_and_told(solo, cohort):
    said = run("backup").splitlines()
    one, two = backups()
    assert one.name.startswith("cohorts-20")
    assert two.name.startswith("playbook-20")
    assert said[0].startswith(f"{solo} is backed up: {two} (")
    assert said[1].startswith(f"{cohort} is backed up: {one} (")
    assert all(line.endswith("1 worksheet); opened and checked.") for line in said)
    assert f"({two.stat().st_size / 1000:.3g} kB, 20" in said[0]


def test_a_backup_goes_where_it_is_told_and_over_nothing(solo, tmp_path):
    to = tmp_path / "stick" / "mine.sqlite"
    (told,) = run("backup", "--to", to, "--json")
    assert (told["path"], told["size"]) == (str(to), to.stat().st_size)
    assert told["rows"]["worksheet"] == 1
    assert "nothing is overwritten" in run("backup", "--to", to, code=2)
    assert solo.exists()


def test_two_files_do_not_go_into_one(solo, cohort, tmp_path):
    to = tmp_path / "both.sqlite"
    assert "say with --file which" in run("backup", "--to", to, code=2)
    run("backup", "--to", to, "--file", cohort)
    assert solo.exists()
    assert to.exists()


def test_there_is_nothing_to_back_up_or_migrate_before_anything_was_written(playbook_home):
    for command in ("backup", "migrate"):
        assert str(playbook_home) in run(command, code=2)
    assert not playbook_home.exists()


def test_a_backup_finds_its_way_back_to_the_file_it_was_of(solo, cohort):
    run("backup")
    of_cohort, of_solo = backups()
    store = SqliteStore(solo)
    (info,) = store.worksheets()
    store.rename(info.id, "Renamed")
    said = run("restore", of_solo)
    assert [page.name for page in store.worksheets()] == ["Our brokerage"]
    assert said.startswith(f"{solo} is restored from {of_solo} (")
    (aside,) = set(backups()) - {of_cohort, of_solo}
    assert f"What was there is kept as {aside};" in said
    assert "Nothing in it had been erased or ended since." in said
    told = run("restore", of_cohort, "--json")
    assert told["file"] == str(cohort)
    assert told["repeated"] == {"worksheets": 0, "answers": 0, "others": 0, "keys": 0}


def test_a_restore_says_what_it_erased_again(solo):
    run("backup")
    SqliteStore(solo).erase_everything()
    said = run("restore", *backups())
    assert "Erased or ended since that backup, and so again now: worksheets: 1." in said
    assert SqliteStore(solo).worksheets() == []


def test_a_restore_over_a_damaged_file_says_what_it_could_not_do(solo):
    run("backup")
    (kept,) = backups()
    solo.write_text("damaged")
    assert "`--anyway`" in run("restore", kept, "--file", solo, code=2)
    said = run("restore", kept, "--anyway")
    assert "please erase it once more" in said
    assert len(SqliteStore(solo).worksheets()) == 1


def test_what_is_no_backup_is_one_sentence(solo, tmp_path):
    diary = tmp_path / "diary.txt"
    diary.write_text("Dear diary")
    before = solo.read_bytes()
    for file in (diary, tmp_path / "missing.sqlite"):
        assert str(file) in run("restore", file, code=2)
    assert solo.read_bytes() == before


def test_while_a_server_runs_the_commands_say_what_to_do(cohort):
    run("backup")
    (kept,) = backups()
    with closing(Database(cohort, held=True)):
        for words in (["backup"], ["restore", kept], ["migrate"]):
            said = run(*words, code=2)
            assert said == (
                f"playbook: {cohort} is in use by a server that is running; "
                "stop that one and try again."
            )
    assert backups() == [kept]


def test_an_old_file_is_migrated_after_a_backup(playbook_home):
    playbook_home.mkdir()
    path = database_path()
    with closing(sqlite3.connect(path)) as old:
        old.executescript(OLD.read_text())
    said = run("migrate")
    (kept,) = backups()
    assert kept.name.startswith("playbook-before-migrate-20")
    assert said.startswith(f"{path} went from format 1 to {VERSION}; checked. As it was: {kept} (")
    assert said.endswith("1 worksheet, 8 changes).\n")
    assert run("migrate") == f"{path} is up to date already.\n"
    assert run("migrate", "--json") == [{"file": str(path), "migrated": False}]
    assert backups() == [kept]
    run("restore", kept)  # the way back, and up again
    assert len(SqliteStore(path).worksheets()) == 1
