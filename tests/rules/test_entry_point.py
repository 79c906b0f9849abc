"""The entry point: its words with their numbers, and what must hold whatever is answered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import Assessment, Row, Value, Worksheet
from playbook.rules.entry_point import FACTORS
from playbook.worksheet.parse import read_worksheet
from tests.rules.anything import values

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["entry_point"]
TODAY = date(2026, 3, 2)
SOLID: dict[str, Any] = {
    "id": "solid",
    "place": "The call centres",
    "free": "yes",
    "reach": "yes",
    "impact": "watched",
    "likelihood": "holds",
    "supervisor": "yes",
    "blockers": ["nobody"],
    "population": 140,
    "rate": 20,
    "moves": "yes",
    "metric": "Clients who stay",
    "money": "Income",
}
STOPS: list[dict[str, Any]] = [
    {"free": "no"},
    {"reach": "no"},
    {"impact": "small", "likelihood": "stopped"},
    {"supervisor": "no"},
    {"blockers": ["managers"], "override": "no"},
    {"population": 14},
    {"rate": 2},
]
Answers = dict[str, Any]


def say(*rows: Mapping[str, Any], **answers: Any) -> Assessment:
    given_in = {"candidates": [dict(row) for row in rows], **answers}
    worksheet = read_worksheet(SHEET, given_in, FRAMEWORK.words)
    return assess(SHEET, worksheet, FRAMEWORK, TODAY)


def text(assessment: Assessment, key: str) -> str:
    return next(finding.text for finding in assessment.findings if finding.key == key)


# --- What is said, with its numbers ---


@pytest.mark.row("ENT-04", "N-01")
def test_the_numbers_behind_the_volunteers_are_shown_and_told() -> None:
    # 140 people at 20 %: 28, and nine times in ten 20 to 36 (normal: 28 +- 1.645 * 4.73).
    said = say(SOLID)
    assert said.numbers["volunteers_expected"] == 28
    assert (said.numbers["volunteers_low"], said.numbers["volunteers_high"]) == (20, 36)
    told = text(said, "ENT-04.enough")
    assert "about 28" in told
    assert "between 20 and 36" in told
    assert "15 to 60" in told


def test_a_chance_just_below_enough_is_not_rounded_up_to_it() -> None:
    # 34 people, 40 to 75 %: 89.5 % for 15 to 60, which is below nine in ten.
    said = say(SOLID | {"population": 34, "rate_low": 40, "rate": 55, "rate_high": 75})
    assert "is 89 %" in text(said, "ENT-04.unsure")


def test_nothing_is_said_of_volunteers_without_a_rate_and_no_rate_is_suggested() -> None:
    without = {key: value for key, value in SOLID.items() if key != "rate"}
    said = say(without)
    assert not any(name.startswith("volunteers") for name in said.numbers)
    for question in SHEET.questions("candidates"):
        if question.id in ("rate", "rate_low", "rate_high", "population"):
            assert "300" not in f"{question.why} {question.example}"


@pytest.mark.row("ENT-22")
def test_approvals_take_as_long_as_one_after_the_other() -> None:
    said = say(SOLID | {"unit": "unit", "contact_risky": "no", "approvals": 4, "approval_days": 2})
    assert said.numbers["approval_days"] == 8
    assert "8 working days" in text(said, "ENT-22.slow")


@pytest.mark.row("ENT-28")
@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"shared": 40}, 40),
        ({"upstream": 2, "downstream": 2}, 50),  # four of eight
        ({"upstream": 2, "downstream": 2, "shared": 60}, 60),  # whichever says more
        ({"downstream": 90}, 100),
    ],
)
def test_the_place_on_the_spectrum(told: Answers, place: int) -> None:
    assert say(SOLID | told).numbers["interdependence_percent"] == place


@pytest.mark.row("ENT-26", "ENT-27", "ENT-28")
@pytest.mark.parametrize(
    ("shared", "key"),
    [
        (33, "ENT-26.alone"),  # a third is the last that is self-contained
        (34, "ENT-28.between"),
        (66, "ENT-28.between"),
        (67, "ENT-27.woven"),  # two thirds is the first that is interdependent
    ],
)
def test_the_edges_of_the_spectrum_belong_to_its_ends(shared: int, key: str) -> None:
    found = {finding.key for finding in say(SOLID | {"shared": shared}).findings}
    assert found & {"ENT-26.alone", "ENT-28.between", "ENT-27.woven"} == {key}


def scored(place: str, *scores: int) -> Answers:
    named = {f"score_{factor}": score for factor, score in zip(FACTORS, scores, strict=True)}
    return SOLID | {"id": place.lower(), "place": place} | named


@pytest.mark.row("ENT-47", "GAP-01")
def test_the_change_of_a_weight_that_changes_the_winner_is_told_in_percent() -> None:
    # Equal weights are 1 of 7, 14.3 %. The centres lead until the first factor weighs half.
    said = say(scored("Centres", 4, 3, 3, 3, 3, 3, 3), scored("Stores", 5, 2, 2, 2, 2, 2, 2))
    told = text(said, "ENT-47.above")
    assert told.startswith("“Unit or function” would have to weigh more than 50 % before “Stores”")
    assert "now it is 14.3 %" in told
    assert said.numbers["weight_unit_high_percent"] == 50
    assert said.numbers["weight_unit_low_percent"] == 0
    # 22 of 7 against 17 of 7.
    assert "“Centres”, with 3.14 of 5" in text(said, "GAP-01.winner")


def test_the_nearest_of_several_changes_is_the_one_that_is_told() -> None:
    # Ahead by 1 on the last five, behind by 4 on the first and by 1 on the second; equal weights
    # lead to 0: level. With the last counting twice the lead is 1 of 8.
    said = say(
        scored("Centres", 1, 3, 4, 4, 4, 4, 4),
        scored("Stores", 5, 4, 3, 3, 3, 3, 3),
        weight_edge=2,
    )
    told = text(said, "ENT-47.above")
    # First factor: -4 s + (1 - s) * 5/7 = 0 at s = 5/33 = 15.2 %, now 1/8 = 12.5 %.
    assert told.startswith("“Unit or function” would have to weigh more than 15.2 %")
    assert "now it is 12.5 %" in told


def test_a_place_off_the_map_takes_no_part_in_the_scores() -> None:
    gone = scored("Stores", 5, 5, 5, 5, 5, 5, 5) | {"free": "no"}
    said = say(scored("Centres", 3, 3, 3, 3, 3, 3, 3), gone)
    assert [f.key for f in said.findings if f.rule == "GAP-01"] == ["GAP-01.half"]


@pytest.mark.row("ENT-06")
def test_impact_first_names_all_that_are_equally_good() -> None:
    other = SOLID | {"id": "other", "place": "The stores"}
    better = SOLID | {"id": "better", "place": "The app", "likelihood": "stopped"}
    told = text(say(SOLID, other, better), "ENT-06.first")
    assert told.endswith("“The call centres”, “The stores”.")


# --- Whatever is answered ---


QUESTIONS = list(SHEET.questions("candidates"))
ONE_ANSWER = st.sampled_from(QUESTIONS).flatmap(
    lambda question: st.tuples(st.just(question.id), values(question))
)
SOME = st.lists(ONE_ANSWER, max_size=12).map(dict)
NEUTRAL_FACTORS = [
    question
    for section in SHEET.sections
    if section.id
    in ("factor_unit", "factor_contained", "factor_groups", "factor_workers", "factor_edge")
    for question in section.questions
]


@given(rows=st.lists(SOME, max_size=4), weights=st.lists(st.integers(0, 3), max_size=7))
def test_no_answers_are_too_odd_to_be_assessed(rows: list[Answers], weights: list[int]) -> None:
    given_weights = {
        f"weight_{factor}": weight for factor, weight in zip(FACTORS, weights, strict=False)
    }
    said = say(*rows, **given_weights)
    assert said.verdict in ("fail", "warn", "unknown", "pass")


@given(
    answers=st.fixed_dictionaries(
        {}, optional={question.id: values(question) for question in NEUTRAL_FACTORS}
    )
)
@pytest.mark.row("ENT-38", "X-31")
def test_no_unit_no_group_no_kind_of_worker_and_no_edge_ever_stops_a_place(
    answers: Answers,
) -> None:
    assert say(SOLID | answers).verdict != "fail"


@given(stop=st.sampled_from(STOPS), some=SOME)
def test_what_stops_a_place_stays_whatever_else_is_said(stop: Answers, some: Answers) -> None:
    before = {f.key for f in say(SOLID | stop).findings if f.level == "fail"}
    assert before
    decides = ("rate_low", "rate_high", *stop)
    also = {key: value for key, value in some.items() if key not in SOLID and key not in decides}
    assert before <= {f.key for f in say(SOLID | stop | also).findings}


@given(scores=st.lists(st.lists(st.integers(1, 5), min_size=7, max_size=7), min_size=2, max_size=4))
def test_scores_never_change_a_verdict(scores: list[list[int]]) -> None:
    rows = [scored(f"P{number}", *row) for number, row in enumerate(scores)]
    said = say(*rows)
    assert (said.verdict, {row.verdict for row in said.rows}) == ("pass", {"pass"})


@given(row=SOME)
def test_without_capacity_a_place_is_nowhere_on_the_map(row: Answers) -> None:
    said = say(SOLID | row | {"free": "no"})
    assert not {f.rule for f in said.findings} & {"ENT-05", "APP-14", "ENT-06"}


@given(rows=st.lists(SOME, min_size=2, max_size=3), data=st.data())
def test_the_order_of_places_does_not_matter_to_any_of_them(
    rows: list[Answers], data: st.DataObject
) -> None:
    named = [row | {"id": f"r{number}"} for number, row in enumerate(rows)]
    order = data.draw(st.permutations(named))
    before = {row.row: row.verdict for row in say(*named).rows}
    assert before == {row.row: row.verdict for row in say(*order).rows}


@given(
    answers=st.dictionaries(st.sampled_from(["reason", "control", "reach", "champion"]), st.text())
)
def test_what_is_carried_here_may_be_anything(answers: dict[str, Value]) -> None:
    worksheet = Worksheet(SHEET.id, {}, {"candidates": (Row("one", {"reach": "yes"}),)})
    carried = assess(SHEET, worksheet, FRAMEWORK, TODAY, answers)
    assert carried.verdict in ("unknown", "warn")
