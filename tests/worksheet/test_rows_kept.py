"""A row that stands as it stood is the same one, and whatever changed is read as if for the first
time."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import Row, Sheet
from playbook.model.storage import FieldState, Stored
from playbook.worksheet.fields import SheetReader, worksheet_of
from playbook.worksheet.visibility import asked_questions, visible_answers
from tests.depth import examples as depth
from widgets.form.places import asked_by_place

FRAMEWORK = load_framework()
TODAY = date(2027, 6, 7)
SHEETS = [
    FRAMEWORK.sheets[name] for name in ("focus", "practices", "obstacles", "connect", "workgroups")
]
VALUES: tuple[Stored, ...] = (
    None,
    "yes",
    "no",
    "l3",
    "2027-03-01",
    "12",
    "r1",
    "Ours",
    "dont_know",
)


def some_fields(sheet: Sheet, random: Random) -> dict[str, FieldState]:
    """Three rows a table, and about half of all that is asked."""
    found = {it.id: FieldState(random.choice(VALUES), 1) for it in sheet.questions()}
    for table in sheet.tables:
        for number in range(1, 4):
            row = f"{table.id}/r{number}"
            found[row] = FieldState(float(number), 1)
            for asked in sheet.questions(table.id):
                if random.random() < 0.5:
                    found[f"{row}/{asked.id}"] = FieldState(random.choice(VALUES), 1)
    return found


def change(fields: dict[str, FieldState], random: Random) -> dict[str, FieldState]:
    """Another value, a row gone or moved, a field that is gone."""
    name = random.choice(sorted(fields))
    state = fields[name]
    place = name.count("/") == 1
    value = random.choice((None, 0.5, 9.0)) if place else random.choice(VALUES)
    changed = fields | {name: FieldState(value, state.rev + 1)}
    if random.random() < 0.1:
        del changed[name]
    return changed


@settings(max_examples=depth(20), deadline=None)
@given(st.sampled_from(SHEETS), st.randoms(use_true_random=False))
def test_after_any_changes_all_is_read_and_asked_as_if_for_the_first_time(
    sheet: Sheet, random: Random
) -> None:
    fields, reader = some_fields(sheet, random), SheetReader(sheet, FRAMEWORK.words)
    for _ in range(12):
        kept, anew = reader.worksheet(fields), worksheet_of(sheet, fields, FRAMEWORK.words)
        assert kept == anew
        for table in sheet.tables:
            for one, other in zip(kept.rows(table.id), anew.rows(table.id), strict=True):
                ways = [(kept, one), (anew, other)]
                asked = [list(asked_questions(sheet, it, table.id, row)) for it, row in ways]
                assert asked[0] == asked[1]
                visible = [visible_answers(sheet, it, table.id, row) for it, row in ways]
                assert visible[0] == visible[1]
        assert asked_by_place(sheet, kept) == asked_by_place(sheet, anew)
        assert assess(sheet, kept, FRAMEWORK, TODAY) == assess(sheet, anew, FRAMEWORK, TODAY)
        fields = change(fields, random)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda it: it.id)
def test_one_answer_leaves_every_other_row_as_it_was(sheet: Sheet) -> None:
    fields, reader = some_fields(sheet, Random(3)), SheetReader(sheet, FRAMEWORK.words)
    table = sheet.tables[0].id
    name = next(it for it in fields if it.startswith(f"{table}/r2/"))
    before = reader.worksheet(fields)
    after = reader.worksheet(fields | {name: FieldState("Another text", 2)})
    for one in sheet.tables:
        rows = zip(before.rows(one.id), after.rows(one.id), strict=True)
        same = {row.id: row is now for row, now in rows}
        assert same == {"r1": True, "r2": one.id != table, "r3": True}
        assert (before.rows(one.id) is after.rows(one.id)) == (one.id != table)


def test_what_follows_from_a_row_is_worked_out_once_for_the_same_and_anew_for_others() -> None:
    calls: list[tuple[str, int]] = []

    def make(row: Row, more: str, number: int) -> str:
        calls.append((more, number))
        return f"{row.id} {more} {number}"

    row = Row("r1", {"a": "b"})
    assert [row.once(make, "x", 1), row.once(make, "x", 1), row.once(make, "y", 1)] == [
        "r1 x 1", "r1 x 1", "r1 y 1",
    ]  # fmt: skip
    assert calls == [("x", 1), ("y", 1)]
    assert row == Row("r1", {"a": "b"})
    assert "x" not in repr(row)
