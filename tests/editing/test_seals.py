"""A sealed row says what it says: nobody words it otherwise once the result is known."""

from datetime import date
from uuid import uuid4

import pytest

from playbook.editing.apply import apply_change
from playbook.editing.seals import held_fields
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.store.errors import UndoError
from playbook.store.sql import SqliteStore
from playbook.worksheet.fields import row_order

TODAY = date(2027, 1, 4)
TABLE = "predictions"


class Desk:
    """A metric tree's worksheet on a store, changed as a page does it."""

    def __init__(self):
        self.framework = load_framework()
        self.sheet = self.framework.sheets["metric_tree"]
        self.store = SqliteStore(None)
        self.id = self.store.create("metric_tree", "Tree").id

    def do(self, kind, **change):
        op_id = str(uuid4())
        change = {"kind": kind, "op_id": op_id, **change}
        apply_change(self.store, self.framework, self.id, "laptop", change, lambda: TODAY)
        return "r" + op_id.replace("-", "")[:12]

    def set(self, row, question, value):
        field = f"{TABLE}/{row}/{question}"
        known = self.fields.get(field)
        self.do("set", field=field, value=value, base_rev=known.rev if known else 0)

    @property
    def fields(self):
        return self.store.load(self.id).fields

    def value(self, row, question):
        state = self.fields.get(f"{TABLE}/{row}/{question}")
        return state.value if state else None


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def sealed(desk):
    """The id of a row that was written and sealed."""
    row = desk.do("add_row", table=TABLE)
    desk.set(row, "expects", "Fewer complaints")
    desk.do("seal", table=TABLE, row=row)
    return row


def test_a_seal_bears_the_day_of_the_program(desk, sealed):
    assert desk.value(sealed, "sealed_on") == "2027-01-04"


def test_what_is_sealed_can_be_neither_reworded_nor_completed_nor_removed(desk, sealed):
    for change in (
        lambda: desk.set(sealed, "expects", "More complaints, as I always said"),
        lambda: desk.set(sealed, "change", "5"),
        lambda: desk.set(sealed, "sealed_on", None),
        lambda: desk.do("remove_row", table=TABLE, row=sealed),
        lambda: desk.do("seal", table=TABLE, row=sealed),
    ):
        before = desk.fields
        with pytest.raises(InputError, match="sealed"):
            change()
        assert desk.fields == before


def test_a_move_rewords_nothing_that_is_sealed(desk, sealed):
    other = desk.do("add_row", table=TABLE)
    for answers in ({"expects": "More complaints"}, {"happened": "They fell", "expects": None}):
        before = desk.fields
        with pytest.raises(InputError, match="sealed"):
            desk.do("move_row", table=TABLE, row=sealed, by=1, answers=answers)
        assert desk.fields == before
    desk.do("move_row", table=TABLE, row=sealed, by=1, answers={"happened": "They fell"})
    assert desk.value(sealed, "happened") == "They fell"
    assert row_order(desk.fields, TABLE) == [other, sealed]


def test_what_happened_is_written_beside_it(desk, sealed):
    desk.set(sealed, "opened_on", "2027-03-01")
    desk.set(sealed, "happened", "They rose")
    assert desk.value(sealed, "happened") == "They rose"


def test_undo_passes_over_the_seal_and_all_that_is_under_it(desk, sealed):
    desk.do("set", field="group", value="The branch team", base_rev=0)
    desk.do("undo")
    assert desk.fields["group"].value is None
    with pytest.raises(UndoError, match="nothing left"):
        desk.do("undo")
    assert desk.value(sealed, "expects") == "Fewer complaints"


def test_a_day_of_sealing_is_not_typed(desk):
    row = desk.do("add_row", table=TABLE)
    with pytest.raises(InputError, match="set by the program"):
        desk.set(row, "sealed_on", "2026-01-01")
    with pytest.raises(InputError, match="nothing to seal"):
        desk.do("seal", table=TABLE, row=row)


def test_a_copy_is_open_again_and_rows_may_still_be_moved(desk, sealed):
    copy = desk.do("duplicate_row", table=TABLE, row=sealed)
    assert (desk.value(copy, "expects"), desk.value(copy, "sealed_on")) == (
        "Fewer complaints",
        None,
    )
    desk.set(copy, "expects", "Half of them")
    desk.do("move_row", table=TABLE, row=sealed, by=1)


def test_pasted_rows_bring_no_seal(desk):
    heads = "\t".join(short_of(desk, question) for question in ("expects", "sealed_on"))
    text = f"{heads}\nFewer complaints\t2020-01-01"
    with pytest.raises(InputError, match="set by the program"):
        desk.do("paste_rows", table=TABLE, text=text)


def short_of(desk, question):
    asked = desk.sheet.question(question, TABLE)
    return asked.short or asked.text


def test_nothing_is_held_where_nothing_is_sealed(desk):
    row = desk.do("add_row", table=TABLE)
    desk.set(row, "expects", "Fewer complaints")
    assert held_fields(desk.sheet, desk.fields) == frozenset()


def test_the_example_is_no_place_for_seals(desk):
    """It comes with sealed rows, may be taken back, and may be tried out."""
    desk.do("example")
    sealed = [name for name in desk.fields if name.endswith("/sealed_on")]
    assert sealed
    assert held_fields(desk.sheet, desk.fields) == frozenset()
    desk.set(sealed[0].split("/")[1], "expects", "Something else")
    desk.do("undo")
    desk.do("undo")
    assert all(state.value is None for state in desk.fields.values())


def test_no_example_is_laid_over_what_is_sealed(desk, sealed):
    with pytest.raises(InputError, match="sealed"):
        desk.do("example")
    assert desk.value(sealed, "expects") == "Fewer complaints"


def test_other_tables_have_no_seal(desk):
    row = desk.do("add_row", table="nodes")
    with pytest.raises(InputError, match="can't be sealed"):
        desk.do("seal", table="nodes", row=row)


def test_a_row_may_be_added_with_its_first_answers(desk):
    top = desk.do("add_row", table="nodes", answers={"name": "Revenue", "level": "financial"})
    below = desk.do("add_row", table="nodes", answers={"name": "Renewals", "parent": top})
    assert desk.fields[f"nodes/{below}/parent"].value == top
    for answers, said in (
        ({"name": "x" * 5000}, "fit"),
        ({"parent": "nobody"}, "one of your rows; not nobody"),
        ({"nothing": "x"}, "no field"),
        ("x", "values by question"),
    ):
        before = desk.fields
        with pytest.raises(InputError, match=said):
            desk.do("add_row", table="nodes", answers=answers)
        assert desk.fields == before
