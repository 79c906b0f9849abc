"""A backup of before, put back, brings nobody back who was erased since."""

from __future__ import annotations

from playbook.cohort.erasing import ErasureService
from playbook.maintain.backup import make
from playbook.maintain.restore import restore
from tests.cohort.erasing.traces import MARK, bytes_of, leaves_traces
from tests.cohort.people import Host


def test_a_restored_backup_does_not_bring_an_earlier_name_back(host, spring, tmp_path):
    lin = spring.join("Lin Zebrafish")
    agree = host.room.agreements.agree
    agree(spring.trainer, "Ask the branches", "Lin Zebrafish", "2027-04-01")
    before = make(host.database, tmp_path / "before.sqlite")
    host.cohorts.rename(lin, "Blue")
    host.database.close()
    restore(before.path, host.path, lambda: tmp_path / "aside.sqlite")
    again = Host(host.path)
    agreed = again.room.state_for(spring.trainer)["agreements"]
    assert [row["owner"] for row in agreed] == ["Lin Zebrafish"]
    ErasureService(*again.parts).myself(lin)  # who was called so after the backup was made
    again.database.close()
    restore(before.path, host.path, lambda: tmp_path / "aside_2.sqlite")
    last = Host(host.path)
    try:
        assert last.room.state_for(spring.trainer)["agreements"] == []
        assert [row["name"] for row in last.rows()["member"]] == ["Ana"]
        assert b"Zebrafish" not in bytes_of(last)
    finally:
        last.database.close()


def test_a_restored_backup_brings_no_trainer_back(host, spring, erasing, tmp_path):
    cem = host.sets_password("Cem Zebrafish")
    spring.co_trainer(cem)
    old = host.new_class(cem, "Old class")
    backup = make(host.database, tmp_path / "backup.sqlite")
    erasing.cohort(old.trainer)
    erasing.account(cem)
    host.database.close()
    restore(backup.path, host.path, lambda: tmp_path / "aside.sqlite")
    again = Host(host.path)
    try:
        kept = again.rows()
        assert [row["name"] for row in kept["account"]] == ["Ana"]
        assert [row["title"] for row in kept["cohort"]] == ["Spring class"]
        assert [row["name"] for row in kept["member"]] == ["Ana"]
        assert b"Zebrafish" not in bytes_of(again)
    finally:
        again.database.close()


def test_a_restored_backup_brings_nobody_back(host, spring, erasing, tmp_path):
    lin, kim = leaves_traces(spring, "Lin"), leaves_traces(spring, "Kim", "something else")
    old = host.new_class(host.accounts.named("Ana"), "Old class")
    leaves_traces(old, "Kit")
    host.room.agreements.agree(spring.trainer, "Ask the branches", "Lin", "2027-04-01")
    backup = make(host.database, tmp_path / "backup.sqlite")
    erasing.myself(lin)
    erasing.cohort(old.trainer)
    host.database.close()
    restore(backup.path, host.path, lambda: tmp_path / "aside.sqlite")
    again = Host(host.path)
    try:
        names = [row["name"] for row in again.rows()["member"]]
        assert sorted(names) == ["Ana", "Kim"]
        assert [row["title"] for row in again.rows()["cohort"]] == ["Spring class"]
        assert len(again.store(kim.workspace).worksheets()) == 1
        assert again.rows()["agreed"] == []
        assert MARK.encode() not in bytes_of(again)
    finally:
        again.database.close()
