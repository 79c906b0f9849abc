"""A round's levels go into the sheet by one press, as many as the sheet has practices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest

from playbook.cohort.group_levels import publish
from playbook.cohort.levels_to_sheet import KIND, beside, levels_of, put
from playbook.editing.apply import apply_change
from playbook.framework import Framework
from playbook.model.storage import Store
from playbook.store import open_store

pytestmark = pytest.mark.row("GAP-05", "GAP-06")
DAY = date(2027, 3, 3)
PRACTICES = ("outcome", "question", "reflect", "friction")

# Of five: middles 3, 2.5 among six, alike, and friction on no sheet.
ROUND = publish(
    [
        {"outcome": 2, "question": 2, "reflect": 4, "friction": 1},
        {"outcome": 3, "question": 2, "reflect": 4, "friction": 1},
        {"outcome": 3, "question": 2, "reflect": 4, "friction": 3},
        {"outcome": 4, "question": 3, "reflect": 4, "friction": 3},
        {"outcome": 5, "question": 3, "reflect": 4, "friction": 3},
        {"question": 3},
    ],
    PRACTICES,
    5,
)


@pytest.fixture
def store() -> Iterator[Store]:
    kept = open_store(None)
    yield kept
    kept.close()


def sheet(store: Store, framework: Framework, *practices: str) -> str:
    """A worksheet with a row for each of these practices; its id."""
    info = store.create("practices", "Group 4")
    for which in practices:
        answers = {"which": which, "version": f"Our {which}", "state": "trying"}
        change = {"kind": "add_row", "op_id": str(uuid4()), "table": "practices"}
        apply_change(store, framework, info.id, "laptop", change | {"answers": answers})
    return info.id


def levels(store: Store, worksheet: str) -> list[tuple[str, str]]:
    """Level and its day of each row that has one."""
    fields = store.load(worksheet).fields
    starts = [name.removesuffix("level") for name in fields if name.endswith("/level")]
    return [
        (str(fields[f"{it}level"].value), str(fields[f"{it}level_since"].value)) for it in starts
    ]


def test_between_two_levels_the_lower_one_counts_and_what_is_alike_has_none() -> None:
    assert levels_of(ROUND) == {"outcome": "l3", "question": "l2", "friction": "l3"}


def test_one_press_puts_the_levels_of_what_is_on_the_sheet(
    store: Store, framework: Framework
) -> None:
    worksheet = sheet(store, framework, "question", "reflect", "outcome")
    carried = beside(ROUND, DAY, store, framework)
    assert carried is not None
    assert (carried.worksheet, carried.count) == (worksheet, 2)
    put(carried, store, framework)
    assert sorted(levels(store, worksheet)) == [("l2", "2027-03-03"), ("l3", "2027-03-03")]
    assert store.history(worksheet)[0].kind == KIND  # where they came from
    again = beside(ROUND, DAY, store, framework)
    assert again is not None
    assert (again.count, again.missing) == (2, {})
    store.undo(worksheet, "levels", str(uuid4()), frozenset())
    assert not any(level.startswith("l") for level, _ in levels(store, worksheet))


def test_a_level_that_stands_already_keeps_its_day(store: Store, framework: Framework) -> None:
    worksheet = sheet(store, framework, "outcome")
    carried = beside(ROUND, date(2027, 2, 1), store, framework)
    assert carried is not None
    put(carried, store, framework)
    later = beside(ROUND, DAY, store, framework)
    assert later is not None
    assert later.missing == {}
    assert levels(store, worksheet) == [("l3", "2027-02-01")]


def test_without_a_sheet_there_is_nothing_to_put_them_into(
    store: Store, framework: Framework
) -> None:
    assert beside(ROUND, DAY, store, framework) is None
    sheet(store, framework, "contexts")
    carried = beside(ROUND, DAY, store, framework)
    assert carried is not None
    assert (carried.count, carried.missing) == (0, {})
