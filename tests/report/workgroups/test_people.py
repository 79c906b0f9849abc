"""Reasons, letters, earlier groups and what is kept of the people on the board."""

from datetime import datetime, timedelta

import pytest

from playbook.analysis.workgroups.lot import drawn
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.model.storage import Event
from playbook.report.workgroups import letters
from playbook.report.workgroups.board import board_of, feasible_sentence, rules_on
from playbook.report.workgroups.kept import person_text
from playbook.report.workgroups.plans import compared, earlier_plans, with_groups
from playbook.report.workgroups.reasons import reasons
from playbook.worksheet.parse import read_worksheet

FRAMEWORK = load_framework()
SHEET, WORDS = FRAMEWORK.sheets["workgroups"], FRAMEWORK.words
SAY = WORDS.text
START = datetime(2027, 1, 4, 9)

# Two groups of three: A is alone with Lab in group 1, D and E share Desk in group 2.
PEOPLE = [
    {"id": "ra", "code": "A1", "area": "Lab", "group": 1, "wishes": "1; 2"},
    {"id": "rb", "code": "A2", "area": "Desk", "group": 1, "wishes": "2; 1"},
    {"id": "rc", "code": "A3", "area": "Desk", "group": 1},
    {"id": "rd", "code": "A4", "area": "Desk", "group": 2},
    {"id": "re", "code": "A5", "area": "Desk", "group": 2, "locked": "yes"},
    {"id": "rf", "code": "A6", "area": "Lab", "group": 2},
]
RULE = {"id": "rr", "kind": "apart", "who": "A1, A6", "because": "One leads the other."}


def filled(people=PEOPLE, rules=(RULE,), **answers):
    given = {"people": [*people], "rules": [*rules], "group_count": 2, **answers}
    worksheet = read_worksheet(SHEET, given, WORDS)
    board = board_of(SHEET, worksheet, WORDS)
    return worksheet, board, rules_on(worksheet, board, WORDS)


# --------------------------------------------------------------------------- why


def test_each_person_hears_what_they_bring_what_was_wished_and_which_rule_says_so():
    worksheet, board, rules = filled()
    why = reasons(board, rules, worksheet, WORDS)
    rule = SAY("workgroups.why_rule", rule=f"{rules[0].text} One leads the other.")
    only = SAY("workgroups.why_only", views="Lab")
    two = SAY("workgroups.why_rare", views="Desk")
    assert why == {
        "ra": [only, SAY("workgroups.why_first_wish", group=1), rule],
        "rb": [two, SAY("workgroups.why_wish", group=1)],
        "rc": [two],
        "rd": [two],
        "re": [two, SAY("workgroups.why_locked")],
        "rf": [only, rule],
    }


def test_who_is_like_everybody_hears_that_views_are_spread_and_nobody_gets_a_number():
    people = [{"code": f"P{at}", "area": "Desk", "group": 1} for at in range(4)]
    worksheet, board, rules = filled([*people, {"code": "P9", "area": "Lab"}], ())
    why = reasons(board, rules, worksheet, WORDS)
    assert list(why.values()) == [[SAY("workgroups.why_spread")]] * 4
    assert "%" not in str(why)


# --------------------------------------------------------------------------- letters


@pytest.mark.row("WG-20", "WG-16", "WG-23", "WG-24")
def test_letters_hold_the_five_promises_and_the_call_both_messages():
    given = ["job", "pay", "rating", "back", "message"]
    worksheet, *_ = filled(assurances=given, call_says=["pilot", "future"], problem="Long queues")
    promises = [SAY(f"letters.promise_{one}") for one in given]
    texts = [
        letters.call(worksheet, WORDS),
        letters.application(worksheet, WORDS),
        letters.to_chosen(worksheet, WORDS, 1, ["It fits."]),
        letters.to_others(worksheet, WORDS),
    ]
    assert all(f"- {promise}" in text for promise in promises for text in texts)
    assert "Long queues" in texts[0]
    assert SAY("letters.call_pilot") in texts[0]
    assert SAY("letters.call_future") in texts[0]
    assert not any("[Promise" in text for text in texts)
    assert letters.lacking(worksheet, WORDS) == []


@pytest.mark.row("WG-20")
def test_what_was_not_promised_stands_in_brackets_and_is_told():
    worksheet, *_ = filled(assurances=["job"], call_says=["pilot"])
    pay = SAY("letters.promise_pay")
    assert f"- {SAY('letters.not_said', text=pay)}" in letters.to_others(worksheet, WORDS)
    assert letters.lacking(worksheet, WORDS) == [
        *(SAY("letters.lacks_promise", promise=SAY(f"letters.promise_{one}"))
          for one in ("pay", "rating", "back")),
        SAY("letters.lacks_message"),
        SAY("letters.lacks_future"),
        SAY("letters.lacks_problem"),
    ]  # fmt: skip


@pytest.mark.row("WG-14", "WG-15")
def test_where_records_decide_no_letter_says_that_they_do_not():
    plain, judged = (filled(criterion=[one])[0] for one in ("lot", "ranking"))
    assert SAY("letters.no_records") in letters.call(plain, WORDS)
    assert SAY("letters.no_records") not in letters.call(judged, WORDS)
    assert SAY("letters.by_lot") in letters.to_others(plain, WORDS)


# --------------------------------------------------------------------------- a lot


def test_a_lot_takes_everybody_once_and_anybody_can_draw_it_again():
    # sha256sum of rain:1 to rain:5 begins with e3, a8, c9, 3b and c1
    assert drawn(5, "  Rain ") == [3, 1, 4, 2, 0]
    assert sorted(drawn(50, "rain")) == list(range(50))
    assert drawn(50, "rain") != drawn(50, "snow")
    firsts = {drawn(4, f"word {at}")[0] for at in range(40)}
    assert firsts == {0, 1, 2, 3}
    with pytest.raises(InputError):
        drawn(0, "rain")


# --------------------------------------------------------------------------- plans


def event(seq, field, value, **more):
    told = {"previous": None, "device": "d", "version": 1, "undone": False, **more}
    at = START + timedelta(minutes=seq)
    return Event(seq=seq, op_id=str(seq), kind="set", field=field, value=value, at=at, **told)


def test_groups_of_before_are_found_once_each_the_last_first_without_those_of_now():
    steps = [
        event(1, "people/ra/group", "1"),
        event(1, "people/rb/group", "2"),
        event(2, "people/ra/group", "2"),
        event(3, "people/ra/area", "Lab"),
        event(4, "people/ra/group", "3", aside=True),
        event(5, "people/gone/group", "1"),
        event(6, "people/ra/group", "1"),
        event(7, "people/rb/group", "1"),
    ]
    found = earlier_plans(steps[::-1], {"ra": "1", "rb": "1"})
    # seq 6 says again what seq 1 said; 5 says of who is left what 2 said
    assert [(plan.seq, dict(plan.groups)) for plan in found] == [
        (6, {"ra": "1", "rb": "2"}),
        (5, {"ra": "2", "rb": "2"}),
    ]


def test_two_plans_stand_beside_each_other_with_what_each_breaks_and_lacks():
    _, board, rules = filled()
    other = with_groups(board, {"ra": "2", "rb": "1", "rc": "1", "rd": "1", "re": "2", "rf": "2"})
    lines = dict(compared([board, other], rules, WORDS))
    none = SAY("workgroups.plan_none")
    # one attribute: now two of three pairs differ in each group; then none in group 1 (all Desk)
    # and two in group 2: 4 of 6, and 2 of 6
    assert lines[SAY("workgroups.plan_difference")] == ["0.67", "0.33"]
    assert lines[SAY("workgroups.plan_sizes")] == ["3, 3", "3, 3"]
    assert lines[SAY("workgroups.plan_broken")] == [none, rules[0].text]
    lab = SAY("workgroups.plan_group", number=1, views="Lab")
    assert lines[SAY("workgroups.plan_missing")] == [none, lab]
    assert lines[SAY("workgroups.plan_moved")] == ["", "2"]


def test_a_plan_that_leaves_somebody_out_has_no_figure():
    _, board, rules = filled()
    lines = dict(compared([board, with_groups(board, {"ra": "1"})], rules, WORDS))
    assert lines[SAY("workgroups.plan_difference")][1] == SAY("workgroups.plan_open")


@pytest.mark.row("X-21")
@pytest.mark.parametrize(
    ("people", "least", "most"), [(15, 1, 5), (24, 2, 8), (45, 3, 15), (60, 4, 20)]
)
def test_how_many_groups_there_can_be_is_told(people, least, most):
    told = {"people": people, "low": 3, "high": 15}
    found = feasible_sentence(people, 3, 15, WORDS)
    assert found == SAY("workgroups.feasible", least=least, most=most, **told)


def test_too_few_people_make_no_group():
    told = {"people": 2, "low": 3, "high": 15}
    assert feasible_sentence(2, 3, 15, WORDS) == SAY("workgroups.feasible_none", **told)
    assert feasible_sentence(0, 3, 15, WORDS) == ""


# --------------------------------------------------------------------------- what is kept


@pytest.mark.row("GAP-18")
def test_a_person_gets_answers_rules_and_earlier_answers_and_nobody_elses():
    worksheet, *_ = filled()
    events = [
        event(3, "people/ra/area", "Lab"),
        event(2, "people/rb/area", "Secret"),
        event(1, "people/ra/area", "Ward"),
    ]
    text = person_text(SHEET, worksheet, "ra", events, WORDS, lambda _, value: str(value))
    assert text.splitlines() == [
        "What is kept about {who}",
        "",
        "Code: A1",
        "Area: Lab",
        "Wishes: 1; 2",
        "Group: 1",
        "",
        SAY("workgroups.kept_rules"),
        "A1, A6",
        "",
        SAY("workgroups.kept_before"),
        "2027-01-04: Area: Ward",
    ]
