"""Hours that people had: weeks in a row below the floor, and a week that nobody wrote down."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.pull_back import freed_weeks

FLOOR = 0.75


def row(person, week, free, contract=40):
    return {"person": person, "week": week, "free": str(free), "contract": str(contract)}


def test_weeks_in_a_row_are_counted_up_to_the_last() -> None:
    (it,) = freed_weeks(
        [row("A", "2027-02-22", 20), row("A", "2027-02-08", 10), row("A", "2027-02-17", 29)]
    )
    assert it.last == (date(2027, 2, 22), 0.5)
    assert it.below(FLOOR) == 3
    assert it.below(0.6) == 1


def test_a_week_that_nobody_wrote_down_is_no_week_of_zero() -> None:
    (it,) = freed_weeks([row("A", "2027-02-08", 10), row("A", "2027-02-22", 10)])
    assert it.below(FLOOR) == 1
    assert len(it.shares) == 2
    assert freed_weeks([{"person": "A", "week": "2027-02-08", "contract": "40"}]) == ()


def test_each_persons_own_contract_counts_and_rows_of_a_week_are_added() -> None:
    found = freed_weeks(
        [row("B", "2027-02-22", 15, 20), row("A", "2027-02-22", 10), row("A", "2027-02-26", 20)]
    )
    assert [(it.person, it.last[1]) for it in found] == [("A", 0.75), ("B", 0.75)]
    assert [it.below(FLOOR) for it in found] == [0, 0]


rows = st.lists(
    st.builds(
        row,
        st.sampled_from(["A", "B"]),
        st.sampled_from([f"2027-02-{day:02}" for day in (1, 8, 15, 22)]),
        st.integers(0, 40),
    ),
    min_size=1,
    max_size=8,
)


@given(rows, st.data())
def test_order_changes_nothing_and_fewer_hours_never_help(given_rows, data) -> None:
    before = {it.person: it.below(FLOOR) for it in freed_weeks(given_rows)}
    turned = data.draw(st.permutations(given_rows))
    assert {it.person: it.below(FLOOR) for it in freed_weeks(turned)} == before
    place = data.draw(st.integers(0, len(given_rows) - 1))
    less = [dict(one) for one in given_rows]
    less[place]["free"] = str(int(less[place]["free"]) // 2)
    after = {it.person: it.below(FLOOR) for it in freed_weeks(less)}
    assert all(after[person] >= count for person, count in before.items())
