"""A promise that no figures could keep is refused at the seal, with the sentence why."""

from datetime import date
from uuid import uuid4

import pytest

from playbook.editing.apply import apply_change
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.store.sql import SqliteStore

TODAY = date(2027, 1, 11)
FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["focus"]

WHOLE = {
    "convinced": "Call-backs rise by ten points",
    "design": "start_by_lot",
    "direction": "up",
    "smallest": "8",
    "scale_at": "8",
    "stop_below": "4",
    "proof": "five",
    "groups_named": "A, B, C, D",
    "waves": "4",
    "pilot_from": "2027-01-18",
    "pilot_until": "2027-04-16",
    "opens_on": "2027-04-23",
    "opener": "Helen Marsh",
}


class Sheet:
    """A focus worksheet with one measure and a promise, changed as a page does it."""

    def __init__(self, **promise):
        self.store = SqliteStore(None)
        self.id = self.store.create("focus", "Focus").id
        measure = self.do("add_row", table="measures", answers={"measure": "Calls"})
        answers = {**WHOLE, "primary": measure, **promise}
        answers = {name: value for name, value in answers.items() if value}
        self.row = self.do("add_row", table="promise", answers=answers)

    def do(self, kind, **change):
        op_id = str(uuid4())
        change = {"kind": kind, "op_id": op_id, **change}
        apply_change(self.store, FRAMEWORK, self.id, "laptop", change, lambda: TODAY)
        return "r" + op_id.replace("-", "")[:12]

    def seal(self, table="promise", row=None):
        self.do("seal", table=table, row=row or self.row)

    def value(self, field):
        found = self.store.load(self.id).fields.get(field)
        return found.value if found else None


def test_a_whole_promise_is_sealed():
    sheet = Sheet()
    sheet.seal()
    assert sheet.value(f"promise/{sheet.row}/sealed_on") == "2027-01-11"
    with pytest.raises(InputError, match="sealed"):
        sheet.do("answer_rows", table="promise", rows={sheet.row: {"smallest": "1"}})
    sheet.do("answer_rows", table="promise", rows={sheet.row: {"opened_by": "Helen Marsh"}})


@pytest.mark.row("GAP-10", "GAP-20")
@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ({"groups_named": "A, B, C", "waves": "3"}, "reaches 1 in 6.*1 in 20"),
        ({"groups_named": "A, B, C, D", "waves": "2"}, "fall in 6 ways.*1 in 3"),
        ({"groups_named": "A, B", "waves": "2", "proof": "twenty"}, "never be ruled out"),
        ({"waves": "1", "proof": "twenty"}, "never be ruled out"),
        ({"design": "before_after"}, "Without a lot"),
        ({"design": "comparison_chosen", "beginning": "2"}, "Without a lot"),
        ({"design": "comparison_by_lot", "beginning": "2"}, "1 in 3"),
        ({"waves": "9"}, "room for 4"),
        ({"opener": "", "scale_at": ""}, "Scale from, Opened by|Opened by, Scale from"),
        ({"pilot_until": "2027-01-01"}, "don’t fit together"),
    ],
)
def test_what_can_not_be_kept_is_refused_with_the_sentence_why(promise, said):
    sheet = Sheet(**promise)
    with pytest.raises(InputError, match=said) as refused:
        sheet.seal()
    assert "{" not in str(refused.value)
    assert sheet.value(f"promise/{sheet.row}/sealed_on") is None


@pytest.mark.parametrize(
    "promise",
    [
        {"groups_named": "A, B, C", "waves": "3", "proof": "twenty"},
        {"design": "comparison_by_lot", "groups_named": "A,B,C,D,E,F", "beginning": "3",
         "proof": "ten"},
        {"design": "before_after", "proof": "none"},
        {"design": "start_by_lot", "groups_named": "A, B", "waves": "2", "proof": "none"},
    ],
)  # fmt: skip
def test_what_the_design_can_keep_is_sealed(promise):
    sheet = Sheet(**promise)
    sheet.seal()
    assert sheet.value(f"promise/{sheet.row}/sealed_on")


def test_a_lot_is_drawn_only_from_what_its_fingerprint_was_made_for():
    from playbook.analysis.pilot.lot import commitment

    sheet = Sheet()
    seed, groups = "0123456789abcdef0123456789abcdef", ["A", "B", "C", "D"]
    answers = {
        "lot_design": "start_by_lot",
        "lot_groups": "A, B, C, D",
        "lot_starts": "0, 3, 6, 9",
        "seed": seed,
        "fingerprint": commitment(groups, (0, 3, 6, 9), seed),
    }
    wrong = sheet.do("add_row", table="lots", answers={**answers, "lot_groups": "A, B, C, E"})
    with pytest.raises(InputError, match="not those"):
        sheet.seal("lots", wrong)
    sheet.do("remove_row", table="lots", row=wrong)
    good = sheet.do("add_row", table="lots", answers=answers)
    sheet.seal("lots", good)
    with pytest.raises(InputError, match="sealed"):
        sheet.do("remove_row", table="lots", row=good)
