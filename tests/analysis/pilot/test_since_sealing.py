"""What was changed after the seal, found in the history: settled figures, the measure, its unit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.since_sealing import PastChange, SinceSealing, since_sealing

pytestmark = pytest.mark.row("GAP-20", "GAP-10")

SEAL = datetime(2027, 1, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)
FIELD = "figures/g1/group_data"
BEFORE = "2026-12-28 30\n2027-01-04 31"
SETTLED = 14

PILOT = Pilot(
    {},
    {
        "measures": (("m", {"measure": "Calls", "unit": "%"}),),
        "promise": (("p", {"primary": "m", "sealed_on": "2027-01-11"}),),
    },
)


def changes(*told: tuple[timedelta, str, object]) -> list[PastChange]:
    """The figures of Group 1 before the seal, the seal, and then `told`, counted from the seal."""
    begun = [
        PastChange(SEAL - DAY, "measures/m/measure", "Calls"),
        PastChange(SEAL - DAY, "measures/m/unit", "%"),
        PastChange(SEAL - DAY, "figures/g1/of", "m"),
        PastChange(SEAL - DAY, "figures/g1/group", "Group 1"),
        PastChange(SEAL - DAY, FIELD, BEFORE),
        PastChange(SEAL, "promise/p/sealed_on", "2027-01-11"),
    ]
    later = [PastChange(SEAL + after, field, value) for after, field, value in told]
    return [*begun, *later]


def found(*told: tuple[timedelta, str, object]) -> SinceSealing | None:
    return since_sealing(changes(*told), PILOT, SETTLED)


NONE = SinceSealing("Calls", "%", {})
WEEK = f"{BEFORE}\n2027-01-18 35"


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ([], 0),
        ([(DAY, FIELD, WEEK)], 0),  # a new week
        ([(DAY, FIELD, BEFORE.replace("31", "28"))], 1),  # the baseline, the day after
        ([(DAY, FIELD, "2027-01-04 31")], 1),  # a week is gone
        ([(DAY, FIELD, "2026-12-28 1\n2027-01-04 2")], 2),
        (
            [(DAY, FIELD, WEEK), (8 * DAY, FIELD, WEEK.replace("35", "36"))],
            0,
        ),  # a slip, soon mended
        (
            [(DAY, FIELD, WEEK), (15 * DAY, FIELD, WEEK.replace("35", "36"))],
            0,
        ),  # the fourteenth day
        ([(DAY, FIELD, WEEK), (16 * DAY, FIELD, WEEK.replace("35", "36"))], 1),
        # away and back again is no other figure; nor is another way to write it
        ([(DAY, FIELD, ""), (2 * DAY, FIELD, BEFORE)], 0),
        ([(DAY, FIELD, BEFORE.replace("31", "31.0"))], 0),
        ([(DAY, "figures/other/group_data", "2027-01-04 99")], 0),  # of no measure
    ],
)
def test_a_settled_figure_that_differs_is_counted(
    told: list[tuple[timedelta, str, object]], count: int
) -> None:
    changed = found(*told)
    assert changed
    assert changed.changed == ({"Group 1": count} if count else {})


def test_a_row_that_is_written_anew_keeps_its_past() -> None:
    changed = found(
        (DAY, "figures/g1", None),
        (DAY, "figures/g2/of", "m"),
        (DAY, "figures/g2/group", "GROUP  1"),
        (DAY, "figures/g2/group_data", BEFORE.replace("30", "20")),
    )
    assert changed
    assert changed.changed == {"Group 1": 1}


def test_the_measure_and_its_unit_are_those_of_the_seal() -> None:
    told = since_sealing(
        changes((DAY, "measures/m/measure", "Visits"), (DAY, "measures/m/unit", "a week")),
        PILOT,
        SETTLED,
    )
    assert told == NONE


def test_nothing_is_said_without_a_seal_in_the_history() -> None:
    told = [it for it in changes() if "sealed_on" not in it.field]
    assert since_sealing(told, PILOT, SETTLED) is None
    assert since_sealing([], PILOT, SETTLED) is None


@given(
    weeks=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30),
    cut=st.integers(0, 30),
)
def test_weeks_that_are_only_added_never_count(weeks: list[float], cut: int) -> None:
    days = [(SEAL - timedelta(weeks=40) + timedelta(weeks=n)).date() for n in range(len(weeks))]
    lines = [f"{day} {value!r}" for day, value in zip(days, weeks, strict=True)]
    told = found(
        (DAY, FIELD, "\n".join([BEFORE, *lines[:cut]])),
        (20 * DAY, FIELD, "\n".join([BEFORE, *lines])),
    )
    assert told
    assert told.changed == {}
