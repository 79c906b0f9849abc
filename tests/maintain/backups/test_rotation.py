"""Backups that are made by themselves: checked, rotated by their number, others' left alone."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from playbook.maintain.backup import check, free_name, make
from playbook.maintain.rotation import KEPT_DAYS, kept, made_by_itself, make_daily
from playbook.store import SqliteStore
from playbook.store.sqlite.database import Database
from tests.maintain.backups.files import NOW  # a Monday


def named(ages, shift=0):
    """A backup for each age in days, called after it."""
    return {Path(f"{age}"): NOW + timedelta(days=shift - age) for age in ages}


def ages_kept(made):
    return sorted(float(path.name) for path in kept(made))


def test_a_week_of_days_and_a_month_of_weeks_are_kept():
    assert ages_kept(named(range(3))) == [0, 1, 2]
    # Monday 4 January and the six days before; then the Sundays that end earlier weeks.
    assert ages_kept(named(range(365))) == [0, 1, 2, 3, 4, 5, 6, 8, 15]


def test_of_one_day_the_last_is_kept():
    assert ages_kept(named([0, 1 / 24, 2 / 24])) == [0]


def test_none_is_kept_longer_than_is_promised():
    for shift in range(7):
        assert ages_kept(named(range(100), shift))[-1] < KEPT_DAYS


@given(st.integers(-10_000, 10_000))
def test_a_clock_that_jumps_once_costs_the_oldest_at_most(jump):
    made = named(range(40))
    before = kept(made)
    jumped = {Path("jumped"): NOW + timedelta(days=jump)}
    after = kept({path: made[path] for path in before} | jumped)
    assert len(before - after) <= 2  # one as a day's, one as a week's


def test_it_is_checked_and_only_its_own_are_removed(path, tmp_path):
    folder = tmp_path / "backups"
    with closing(Database(path, held=True)) as held:
        SqliteStore(held).create("catalyst", "Catalyst")
        others = [
            make(held, free_name(folder, name, lambda: NOW - timedelta(days=900))).path
            for name in (path.stem, f"{path.stem}-before-restore", "another-daily")
        ]
        for age in range(60, -1, -1):
            if age < 12 or age % 7 == 0:  # quicker than all of them
                made = make_daily(held, folder, lambda age=age: NOW - timedelta(days=age))
    assert all(one.exists() for one in others)
    own = made_by_itself(folder, path.stem)
    assert {(NOW - at).days for at in own.values()} == {0, 1, 2, 3, 4, 5, 6, 8, 21}
    assert check(made.path).rows["worksheet"] == 1
    assert own[made.path] == NOW
