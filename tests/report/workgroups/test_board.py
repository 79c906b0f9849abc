"""The board: people as a roster, rules in words, whose view is missing."""

import pytest

from playbook.analysis.workgroups import gower, score
from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.report import FilledWorksheet
from playbook.report.private import for_others
from playbook.report.workgroups.board import (
    board_of,
    broken_rows,
    compared_sentence,
    difference_inside,
    in_words,
    missing_views,
    rare_of,
    rules_on,
    wishes_sentence,
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


def test_numbers_and_lists_are_views_too():
    """Eight numbers go into four bands of two; of three skills one person lists two."""
    years, skills = (1, 2, 3, 4, 5, 6, 7, 8), ("Excel", "", "", "Excel; Python", "", "", "", "")
    people = [
        {"code": f"P{at}", "tenure": str(year), "group": 1 + at % 2}
        | ({"skill": skill} if skill else {})
        for at, (year, skill) in enumerate(zip(years, skills, strict=True))
    ]
    rule = {"kind": "at_least", "attribute": "skill", "value": "python", "count": 1}
    given = {"people": people, "rules": [rule], "group_count": 2}
    worksheet = read_worksheet(SHEET, given, FRAMEWORK.words)
    board = board_of(SHEET, worksheet, FRAMEWORK.words)
    assert board.compared.attributes[0].values[:3] == ("Time here 1–2",) * 2 + ("Time here 3–4",)
    assert missing_views(board) == {1: ["Python"], 2: []}
    assert rare_of(board)[board.rows[0]] == "1"
    (kept,) = rules_on(worksheet, board, FRAMEWORK.words)
    assert kept.text == "Each group has at least one person with the skill python."
    assert broken_rows([kept], board.labels, board.count) == [kept.row]
    assert difference_inside(board, board.labels) == pytest.approx(
        score(gower(board.compared), board.labels).value
    )


def test_what_nobody_is_compared_by_is_told():
    people = [("A", "x", 1), ("B", "y", 1), ("C", "z", 2), ("D", "w", 2)]
    board = board_of(SHEET, told(people), FRAMEWORK.words)
    assert compared_sentence(board, FRAMEWORK.words) == (
        "Not compared, because everybody says the same or something else: Area."
    )
    alike = board_of(SHEET, told(SIX), FRAMEWORK.words)
    assert compared_sentence(alike, FRAMEWORK.words) == "Different means: in Area."


def test_a_board_is_whole_once_everybody_is_in_a_group_and_none_is_empty():
    assert board_of(SHEET, told(SIX, group_count=2), FRAMEWORK.words).whole
    assert not board_of(SHEET, told(SIX, group_count=3), FRAMEWORK.words).whole
    assert not board_of(
        SHEET, told([*SIX, ("G", "Lab", None)], group_count=2), FRAMEWORK.words
    ).whole


def test_two_people_of_one_code_are_both_counted_and_told_apart():
    board = board_of(SHEET, told([("A1", "Desk", 1), ("a1", "Lab", 1)]), FRAMEWORK.words)
    assert board.roster.names == ("A1", "a1 (2)")
    assert board.groups == (1, 1)


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
    assert rules[0].text == "A and D are in one group."


PEOPLE_OF_RULES = [
    {"code": "A", "area": "Desk", "group": 1, "hours": "Mon 9-12", "wishes": "1; 2"},
    {"code": "B", "area": "Lab", "group": 1, "hours": "mon 10-12, Tue 9-10", "wishes": "2, 9"},
    {"code": "C", "area": "Desk", "group": 2, "hours": "Mon 11-13; Tue 9-10", "wishes": "9"},
    {"code": "D", "area": "Lab", "group": 2, "hours": "Tue 9-12"},
]


def ruled(rules, people=PEOPLE_OF_RULES):
    ids = {"boss": {0: "r1"}}
    rows = [{"id": f"r{at}", **row} for at, row in enumerate(people)]
    rows[0]["boss"] = ids["boss"][0]
    given = {"people": rows, "rules": rules, "group_count": 2}
    worksheet = read_worksheet(SHEET, given, FRAMEWORK.words)
    board = board_of(SHEET, worksheet, FRAMEWORK.words)
    return board, rules_on(worksheet, board, FRAMEWORK.words)


def test_hours_wishes_and_reporting_lines_are_rules_too():
    """A and B share two hours, C and D one. A wants 1 or 2, B wants 2, C a group that there is not:
    one of two wishes is met. A reports to B, and is with B."""
    board, rules = ruled(
        [
            {"id": "one", "kind": "hours", "count": 1},
            {"id": "two", "kind": "hours", "count": 2},
            {"id": "half", "kind": "wishes", "share": 50},
            {"id": "most", "kind": "wishes", "share": 51},
            {"id": "line", "kind": "lines"},
        ]
    )
    assert [one.problem for one in rules] == [""] * 5
    assert broken_rows(rules, board.labels, board.count) == ["two", "most", "line"]
    told = "1 of 2 people with a wish are in a group that they wished for."
    assert wishes_sentence(board, FRAMEWORK.words) == told
    assert rules[2].text.startswith("At least 50% of the people with a wish")


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"kind": "hours"}, "Enter how many."),
        ({"kind": "wishes"}, "Enter for how many people"),
        ({"kind": "together"}, "Enter codes"),
        ({"kind": "at_least", "attribute": "area", "count": 1}, "Enter which answer."),
        ({"kind": "at_least", "attribute": "area", "value": "Desk"}, "Enter how many."),
    ],
)
def test_a_rule_that_is_not_complete_says_what_to_enter(rule, told):
    _, rules = ruled([{"id": "one", **rule}])
    assert rules[0].problem.startswith(told)
    assert rules[0].text == "This rule is not complete yet."


def test_hours_that_are_missing_or_unclear_are_asked_for_by_code():
    people = [dict(row) for row in PEOPLE_OF_RULES]
    people[1]["hours"], people[3]["hours"] = "mornings", ""
    _, rules = ruled([{"id": "one", "kind": "hours", "count": 1}], people)
    assert rules[0].problem.endswith("for B, D.")


def test_differences_are_added_up_as_the_engine_does():
    worksheet = read_worksheet(SHEET, EXAMPLE, FRAMEWORK.words)
    board = board_of(SHEET, worksheet, FRAMEWORK.words)
    sure = score(gower(board.compared), board.labels)
    assert difference_inside(board, board.labels) == pytest.approx(sure.value)


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


def test_of_people_who_are_left_out_nothing_is_told():
    """Who reports to whom is asked of people alone, so that others' sheet lacks the question."""
    example = FRAMEWORK.examples["workgroups"]
    worksheet = read_worksheet(SHEET, example.answers, FRAMEWORK.words)
    assessment = assess(SHEET, worksheet, FRAMEWORK, example.today)
    shown = for_others(FilledWorksheet(SHEET, worksheet, assessment, "Mine", ""))
    assert in_words(shown.sheet, shown.worksheet, shown.assessment, FRAMEWORK) == []
