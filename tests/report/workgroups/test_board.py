"""The board: people as a roster, rules in words, whose view is missing."""

import pytest

from playbook.framework import load_framework
from playbook.model import InputError
from playbook.report.workgroups.board import (
    board_of,
    broken_rows,
    in_words,
    missing_views,
    rare_of,
    rules_on,
)
from playbook.worksheet.parse import read_worksheet

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["workgroups"]
EXAMPLE = FRAMEWORK.examples["workgroups"].answers


def told(people, rules=(), **answers):
    """A worksheet with people as (code, area, group), and rules."""
    rows = [
        {"code": code, "area": area} | ({"group": group} if group else {})
        for code, area, group in people
    ]
    given = {"people": rows, "rules": list(rules), **answers}
    return read_worksheet(SHEET, given, FRAMEWORK.words)


SIX = [("A", "Desk", 1), ("B", "desk", 1), ("C", "Lab", 1), ("D", "Desk", 2), ("E", "Desk", 2)]
SIX.append(("F", "Ward", 2))


@pytest.mark.row("WG-26")
def test_a_group_lacks_the_answers_that_only_others_give():
    board = board_of(SHEET, told(SIX, group_count=2), FRAMEWORK.words)
    assert missing_views(board) == {1: ["Ward"], 2: ["Lab"]}


def test_the_answer_of_at_most_a_quarter_is_rare():
    # Of eight, five say Desk, two Lab (a quarter) and one Ward.
    people = [*SIX, ("G", "Lab", 2), ("H", "Desk", 1)]
    board = board_of(SHEET, told(people, group_count=2), FRAMEWORK.words)
    rare = {board.roster.names[board.rows.index(row)]: said for row, said in rare_of(board).items()}
    assert rare == {"C": "Lab", "G": "Lab", "F": "Ward"}


def test_a_board_is_whole_once_everybody_is_in_a_group_and_none_is_empty():
    assert board_of(SHEET, told(SIX, group_count=2), FRAMEWORK.words).whole
    assert not board_of(SHEET, told(SIX, group_count=3), FRAMEWORK.words).whole
    assert not board_of(
        SHEET, told([*SIX, ("G", "Lab", None)], group_count=2), FRAMEWORK.words
    ).whole


def test_two_people_of_one_code_are_refused():
    with pytest.raises(InputError, match="A"):
        board_of(SHEET, told([("A", "Desk", 1), ("A", "Lab", 1)]), FRAMEWORK.words)


RULES = [
    {"id": "pair", "kind": "together", "who": "A, D"},
    {"id": "split", "kind": "apart", "who": "A, B"},
    {"id": "ward", "kind": "at_least", "attribute": "area", "value": "ward", "count": 1},
    {"id": "lonely", "kind": "none_or_two", "attribute": "area", "value": "Desk"},
    {"id": "ghost", "kind": "together", "who": "A, Z"},
]


def test_rules_are_kept_or_broken_and_one_that_names_nobody_is_not_complete():
    worksheet = told(SIX, RULES, group_count=2)
    board = board_of(SHEET, worksheet, FRAMEWORK.words)
    rules = rules_on(worksheet, board, FRAMEWORK.words)
    # A and D are in groups 1 and 2, A and B in one, group 1 has no Ward; two Desks in each group.
    assert broken_rows(rules, board.labels, board.count) == ["pair", "split", "ward"]
    assert [one.row for one in rules if one.problem] == ["ghost"]
    assert rules[0].text == "A, D are in one group."


def test_the_example_keeps_all_its_rules():
    worksheet = read_worksheet(SHEET, EXAMPLE, FRAMEWORK.words)
    board = board_of(SHEET, worksheet, FRAMEWORK.words)
    rules = rules_on(worksheet, board, FRAMEWORK.words)
    assert len(rules) == 4
    assert not any(one.problem for one in rules)
    assert broken_rows(rules, board.labels, board.count) == []


def test_in_words_no_code_is_told():
    worksheet = told(SIX, group_count=2)
    lines = in_words(SHEET, worksheet, None, FRAMEWORK)
    assert lines == [
        "Group 1: 3 people. Missing view: Ward.",
        "Group 2: 3 people. Missing view: Lab.",
    ]
