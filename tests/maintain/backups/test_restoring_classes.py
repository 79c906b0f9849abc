"""Putting back a host's file: who was erased stays erased, and what was ended opens nothing."""

from datetime import date

import pytest
from sqlalchemy import delete, insert, select, update

from playbook.maintain import restore
from playbook.maintain.backup import make
from playbook.maintain.revocations import AS_NOW
from playbook.store import SqliteStore
from playbook.store import class_schema as schema
from playbook.store.schema import workspace
from playbook.store.sqlite.database import Database
from tests.maintain.backups.files import NOW, commit, put_back


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
