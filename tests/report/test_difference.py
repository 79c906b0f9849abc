"""Two worksheets side by side: only what differs, each row beside its own."""

import pytest

from playbook.report import differences
from playbook.worksheet.parse import read_worksheet


@pytest.fixture
def sides(catalyst, framework):
    """sides(one, other): what differs, as (what, one's answer, other's answer)."""

    def compared(one, other):
        read = [read_worksheet(catalyst, given, framework.words) for given in (one, other)]
        found = differences(catalyst, *read, framework)
        return [(line.what, *line.values) for line in found]

    return compared


def test_the_same_says_nothing(sides):
    one = {"candidates": [{"what": "Rivals", "urgent": "yes"}], "first_step": "Call"}
    assert sides(one, one) == []


def test_answers_stand_in_words_in_the_order_of_the_sheet(sides):
    one = {"candidates": [{"id": "a", "what": "Rivals", "urgent": "yes"}], "first_step": "Call"}
    other = {"candidates": [{"id": "a", "what": "Rivals", "urgent": "partly"}]}
    assert sides(one, other) == [
        ("First step", "Call", ""),
        ("Rivals: Urgent", "Yes", "Partly"),
    ]


def test_rows_are_matched_by_id_and_else_by_name(sides):
    one = {"candidates": [{"id": "a", "what": "Rivals"}, {"id": "b", "what": "A merger"}]}
    other = {"candidates": [{"id": "z", "what": "a MERGER"}, {"id": "a", "what": "Newcomers"}]}
    assert sides(one, other) == [
        ("Rivals: Pressure", "Rivals", "Newcomers"),
        ("A merger: Pressure", "A merger", "a MERGER"),
    ]


def test_a_row_that_only_one_has_is_named_on_its_side(sides):
    one = {"candidates": [{"id": "a", "what": "Rivals"}]}
    other = {"candidates": [{"id": "b", "what": "A merger"}]}
    assert sides(one, other) == [("Reason", "Rivals", ""), ("Reason", "", "A merger")]


def test_a_chosen_row_is_called_by_its_name(sides):
    one = {"candidates": [{"id": "a", "what": "Rivals"}], "chosen": "a"}
    other = {"candidates": [{"id": "a", "what": "Rivals"}]}
    assert sides(one, other) == [("Chosen", "Rivals", "")]


def test_what_is_hidden_now_does_not_differ(sides):
    one = {"candidates": [{"id": "a", "what": "Rivals", "urgent": "no", "loss": "Half"}]}
    other = {"candidates": [{"id": "a", "what": "Rivals", "urgent": "no"}]}
    assert sides(one, other) == []


def test_swapping_the_sides_swaps_the_answers(sides):
    one = {"candidates": [{"id": "a", "what": "Rivals", "urgent": "yes"}], "first_step": "Call"}
    other = {"candidates": [{"id": "a", "what": "Rivals"}], "first_step": "Write"}
    swapped = [(what, theirs, mine) for what, mine, theirs in sides(one, other)]
    assert sorted(swapped) == sorted(sides(other, one))
