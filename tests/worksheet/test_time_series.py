"""Figures by date: their order, weeks, gaps and age, against what was worked out by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.framework import load_framework
from playbook.worksheet.time_series import Point, TimeSeries, monday_of

LIMITS = load_framework().threshold_values

by_day = st.dictionaries(
    st.dates(date(1990, 1, 1), date(2150, 12, 31)), st.floats(-1e9, 1e9), max_size=40
)


def november(**values: float) -> TimeSeries:
    """Figures of November 2026, whose 2nd is a Monday: november(d2=5) has one on that day."""
    pairs = ((date(2026, 11, int(day[1:])), value) for day, value in values.items())
    return TimeSeries(tuple(Point(*pair) for pair in pairs))


def test_figures_stand_in_the_order_of_time() -> None:
    series = november(d23=5, d2=2, d9=1)
    assert series.values == (2, 1, 5)
    assert series.last == Point(date(2026, 11, 23), 5)
    assert series == november(d2=2, d9=1, d23=5)
    assert len(series) == 3
    assert dict(series) == {
        date(2026, 11, 2): 2,
        date(2026, 11, 9): 1,
        date(2026, 11, 23): 5,
    }


def test_without_figures_there_is_nothing_to_tell() -> None:
    none = TimeSeries()
    assert not none
    assert (none.values, none.last, none.stored()) == ((), None, "")
    assert none.age_days(date(2026, 11, 16)) is None
    assert none.typical_gap() is None
    assert TimeSeries.from_stored("") == none.weekly() == none.until(date(2026, 1, 1)) == none


def test_what_is_stored_is_a_line_a_point() -> None:
    assert november(d9=-0.5, d2=1e6).stored() == "2026-11-02 1000000\n2026-11-09 -0.5"


@given(by_day)
def test_what_is_stored_comes_back_to_the_last_bit(values: dict[date, float]) -> None:
    series = TimeSeries(tuple(Point(*pair) for pair in values.items()))
    assert TimeSeries.from_stored(series.stored()) == series


def test_what_was_known_on_a_day_includes_it() -> None:
    series = november(d2=2, d9=1, d23=5)
    assert series.until(date(2026, 11, 9)) == november(d2=2, d9=1)
    assert series.until(date(2026, 11, 22)) == november(d2=2, d9=1)
    assert series.until(date(2026, 11, 1)) == TimeSeries()


def test_a_week_is_the_mean_of_its_days() -> None:
    """Monday the 2nd and Sunday the 8th are one week: (2 + 6) / 2 is 4."""
    series = november(d8=6, d2=2, d23=5, d9=1)
    assert series.weekly() == november(d2=4, d9=1, d23=5)


@given(by_day)
def test_weeks_are_those_of_the_calendar_and_lose_no_point(values: dict[date, float]) -> None:
    series = TimeSeries(tuple(Point(*pair) for pair in values.items()))
    mondays = [monday for monday, _ in series.weekly()]
    assert {day.isocalendar()[:2] for day in mondays} == {d.isocalendar()[:2] for d in values}
    assert all(day.isoweekday() == 1 for day in mondays)
    assert [monday_of(day) for day in sorted(values)] == sorted(monday_of(day) for day in values)


def test_the_typical_gap_is_the_median_of_the_days_between() -> None:
    assert november(d2=0, d9=0).typical_gap() is None, "one gap tells no cadence"
    assert november(d2=0, d9=0, d23=0).typical_gap() == 10.5  # of 7 and 14
    assert november(d2=0, d9=0, d16=0, d30=0).typical_gap() == 7  # of 7, 7 and 14


def test_a_series_is_as_old_as_its_last_point() -> None:
    series = november(d3=1234.5, d10=7)
    assert series.age_days(date(2026, 11, 16)) == 6
    assert series.age_days(date(2026, 11, 1)) == 0


@pytest.mark.parametrize("cadence", ["daily", "weekly", "monthly", "slower"])
def test_a_series_is_stale_on_the_day_after_its_limit(cadence: str) -> None:
    series = november(d3=1234.5, d10=7)
    limit = date(2026, 11, 10) + timedelta(days=LIMITS[f"stale_days_{cadence}"])
    assert not series.is_stale(cadence, limit, LIMITS)
    assert series.is_stale(cadence, limit + timedelta(days=1), LIMITS)


def test_without_a_cadence_or_points_nothing_is_stale() -> None:
    assert not november(d3=1).is_stale(None, date(2040, 1, 1), LIMITS)
    assert not november(d3=1).is_stale("", date(2040, 1, 1), LIMITS)
    assert not TimeSeries().is_stale("weekly", date(2040, 1, 1), LIMITS)
