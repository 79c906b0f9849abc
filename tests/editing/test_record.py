"""Exactly one worksheet of a sheet counts, and only a person's choice makes it another."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from playbook.assessing.workbook import Workbook
from playbook.editing.apply import apply_change
from playbook.editing.record import bring_in, record_of
from playbook.editing.seals import held_fields
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.store.errors import UndoError
from playbook.store.sql import SqliteStore

FRAMEWORK = load_framework()
CATALYST = FRAMEWORK.sheets["catalyst"]
START = datetime(2027, 1, 4, 8, tzinfo=UTC)


class Desk:
    """Somebody's worksheets of the catalyst sheet; every look at the clock is an hour later."""

    def __init__(self, start=START):
        self.hour, self.start, self.ops = 0, start, 0
        self.store = SqliteStore(None, now=self._now)

    def _now(self):
        self.hour += 1
        return self.start + timedelta(hours=self.hour)

    def change(self, worksheet, kind, device="laptop", **more):
        self.ops += 1
        change = {"kind": kind, "op_id": f"op-{id(self)}-{self.ops}", **more}
        return apply_change(self.store, FRAMEWORK, worksheet, device, change)

    def new(self, name):
        return self.store.create("catalyst", name).id

    def say(self, worksheet, text="Yes"):
        fields = self.store.load(worksheet).fields
        rev = fields["first_step"].rev if "first_step" in fields else 0
        self.change(worksheet, "set", field="first_step", value=text, base_rev=rev)
        return worksheet

    def count(self, worksheet):
        return self.change(worksheet, "count")

    @property
    def record(self):
        """What a workbook says, and what whoever writes goes by: they must agree."""
        entry = Workbook(FRAMEWORK, START.date(), self.store).current(CATALYST)
        snapshot = record_of(self.store, FRAMEWORK, CATALYST)
        assert (entry and entry.info.id) == (snapshot and snapshot.info.id)
        return entry and entry.info.id

    def bring(self, data):
        apply = partial(lambda worksheet, change: self.change(worksheet, change["kind"]))
        return [info.id for info in bring_in(self.store, FRAMEWORK, data, apply)]


@pytest.fixture
def desk():
    desk = Desk()
    yield desk
    desk.store.close()


@pytest.fixture
def other():
    desk = Desk(START - timedelta(days=30))  # older worksheets than those of `desk`
    yield desk
    desk.store.close()


def test_nothing_counts_before_something_is_said(desk):
    desk.new("Blank")
    assert desk.record is None


def test_the_first_that_says_something_counts_however_often_others_change(desk):
    blank, first = desk.new("Blank"), desk.say(desk.new("First"))
    second = desk.say(desk.new("Second"))
    for text in ("More", "Even more"):
        desk.say(second, text)
    assert desk.record == first
    desk.say(blank, "At last")  # it was there before, but it said nothing
    assert desk.record == first


def test_a_choice_counts_until_the_next_one(desk):
    first, second, third = (desk.say(desk.new(name)) for name in ("One", "Two", "Three"))
    for chosen in (third, second, first, third):
        desk.count(chosen)
        assert desk.record == chosen


def test_a_copy_does_not_take_over_from_what_was_chosen(desk):
    desk.say(desk.new("One"))
    chosen = desk.say(desk.new("Two"))
    desk.count(chosen)
    copy = desk.store.duplicate(chosen, "Copy of Two").id
    desk.say(copy, "Changed in the copy")
    assert desk.record == chosen
    desk.count(copy)
    assert desk.record == copy


def test_an_example_can_not_count(desk):
    example = desk.new("Example")
    desk.change(example, "example")
    assert desk.record is None
    with pytest.raises(InputError, match="example"):
        desk.count(example)


def test_where_the_record_is_erased_another_counts(desk):
    first, second = desk.say(desk.new("One")), desk.say(desk.new("Two"))
    desk.count(second)
    desk.store.erase_worksheet(second)
    assert desk.record == first


def test_undo_takes_back_answers_and_never_the_choice(desk):
    desk.say(desk.new("One"))
    second = desk.say(desk.say(desk.new("Two"), "Draft"), "Final")
    desk.count(second)
    desk.change(second, "undo")
    assert desk.store.load(second).fields["first_step"].value == "Draft"
    assert desk.record == second
    held = tuple(held_fields(CATALYST, desk.store.load(second).fields))
    assert desk.store.steps(second, "laptop", held).undo.field == "first_step"
    desk.change(second, "undo")
    with pytest.raises(UndoError):
        desk.change(second, "undo")


def test_choosing_changes_no_answer_and_is_done_once(desk):
    one, two = desk.say(desk.new("One")), desk.say(desk.new("Two"))
    before = Workbook(FRAMEWORK, START.date(), desk.store)
    change = {"kind": "count", "op_id": "the-same"}
    for status in ("saved", "repeated"):
        assert apply_change(desk.store, FRAMEWORK, two, "phone", change).status == status
    after = Workbook(FRAMEWORK, START.date(), desk.store)
    answers = [
        {entry.info.id: entry.worksheet.answers for entry in book.entries()}
        for book in (before, after)
    ]
    assert answers[0] == answers[1]
    assert set(answers[0]) == {one, two}


@pytest.mark.parametrize("chosen", [False, True], ids=["first", "chosen"])
def test_an_import_takes_nothing_over(desk, other, chosen):
    """Neither by its age, nor by what was chosen where it comes from."""
    foreign = [other.say(other.new(name)) for name in ("A", "B", "C")]
    for worksheet in foreign:
        other.count(worksheet)
    mine = desk.say(desk.new("Mine"))
    if chosen:
        desk.count(mine)
    came = desk.bring(other.store.export())
    assert len(came) == 3
    assert desk.record == mine
    desk.count(came[0])
    assert desk.record == came[0]


def test_ones_own_file_taken_in_twice_changes_nothing(desk):
    desk.say(desk.new("One"))
    two = desk.say(desk.new("Two"))
    desk.count(two)
    for _ in range(2):
        desk.bring(desk.store.export())
        assert desk.record == two


def test_what_counted_counts_after_a_move_to_another_computer(desk, other):
    other.say(other.new("One"))
    two = other.say(other.new("Two"))
    other.count(two)
    desk.bring(other.store.export())
    assert desk.record == two


def test_it_counts_whoever_of_a_team_chose_it(desk):
    desk.say(desk.new("One"))
    two = desk.say(desk.new("Two"))
    desk.change(two, "count", device="another-member")
    desk.say(two, "I go on")
    desk.change(two, "undo", device="laptop")
    assert desk.record == two
