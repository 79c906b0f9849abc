"""Obstacles with their age, by kind, and what they block."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.obstacles import STATES, blocked, by_kind, obstacles_of

TODAY = date(2027, 3, 15)
row = st.fixed_dictionaries(
    {},
    optional={
        "what": st.just("A rule"),
        "state": st.sampled_from(STATES),
        "kind": st.sampled_from(["systemic", "cultural", "political"]),
        "since": st.integers(-5, 400).map(lambda days: (TODAY - timedelta(days)).isoformat()),
        "blocks": st.sets(st.sampled_from(["trust", "risk"]), min_size=1).map(
            lambda blocks: tuple(sorted(blocks))
        ),
    },
)


@pytest.mark.parametrize(
    ("days", "state", "is_sponsors"),
    [(13, "covered", False), (14, "covered", True), (14, "gone", False), (90, "", True)],
)
def test_from_fourteen_days_on_an_open_one_is_the_sponsors(
    days: int, state: str, is_sponsors: bool
) -> None:
    told: dict[str, Any] = {"state": state, "since": (TODAY - timedelta(days)).isoformat()}
    (one,) = obstacles_of([told], ["r"], TODAY)
    assert (one.age, one.is_sponsors(14)) == (days, is_sponsors)


def test_a_day_to_come_has_no_age_and_none_is_never_old() -> None:
    ahead, undated = obstacles_of([{"since": "2027-04-01"}, {"what": "A habit"}], ["r", "s"], TODAY)
    assert (ahead.age, undated.age) == (0, None)
    assert not undated.is_sponsors(0)


@given(st.lists(row, max_size=8))
def test_kinds_and_blocks_count_open_ones_alone(told: list[dict[str, Any]]) -> None:
    found = obstacles_of(told, [str(at) for at in range(len(told))], TODAY)
    still = [one for one in told if one and one.get("state") != "gone"]
    assert sum(count for _, count in by_kind(found)) == len(still)
    for kind, count in by_kind(found):
        assert count == sum(one.get("kind", "") == kind for one in still)
    assert sum(blocked(found).values()) == sum(len(one.get("blocks", ())) for one in still)
    counts = [count for _, count in by_kind(found)]
    assert counts == sorted(counts, reverse=True)
