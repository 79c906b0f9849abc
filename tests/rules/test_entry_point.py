"""The entry point: its words with their numbers, and what must hold whatever is answered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import VERDICTS, Assessment, Row, Value, Worksheet
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
}
STOPS: list[dict[str, Any]] = [
    {"free": "no"},
    {"reach": "no"},
    {"impact": "small", "likelihood": "stopped"},
    {"supervisor": "no"},
    {"blockers": ["managers"], "override": "no"},
    {"population": 6, "neighbours": 11},
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
    # 140 people at 20%: 28, and nine times in ten 20 to 36 (normal: 28 +- 1.645 * 4.73).
    said = say(SOLID)
    assert said.numbers["volunteers_expected"] == 28
    assert (said.numbers["volunteers_low"], said.numbers["volunteers_high"]) == (20, 36)
    told = text(said, "ENT-04.enough")
    assert told.startswith("About 28 would volunteer (nine in ten tries: 20 to 36).")
    assert "15 to 60" in told


def test_a_chance_just_below_enough_is_not_rounded_up_to_it() -> None:
    # 34 people, 40% to 75%: 89.5% for 15 to 60, which is below nine in ten.
    said = say(SOLID | {"population": 34, "rate_low": 40, "rate": 55, "rate_high": 75})
    assert "is 89% likely" in text(said, "ENT-04.unsure")


@pytest.mark.parametrize(
    ("population", "rate", "key", "about"),
    [(73, 20, "ENT-04.too_few", 14), (101, 60, "ENT-04.too_many", 61)],  # 14.6 and 60.6
)
def test_just_outside_the_aim_is_not_rounded_into_it(
    population: int, rate: int, key: str, about: int
) -> None:
    told = text(say(SOLID | {"population": population, "rate": rate}), key)
    assert told.startswith(f"About {about} would volunteer")


@pytest.mark.row("N-01")
@given(people=st.integers(0, 14), together=st.one_of(st.none(), st.integers(0, 60)))
def test_a_small_place_stops_only_where_its_neighbours_do_not_make_up_for_it(
    people: int, together: int | None
) -> None:
    more = {} if together is None else {"neighbours": together}
    said = say(SOLID | {"population": people} | more)
    too_small = together is not None and max(people, together) < 15
    assert said.verdict == ("fail" if too_small else "warn")


@pytest.mark.parametrize("given_in", ["57%", "57 %", "57", "57,0"])
def test_a_rate_is_read_as_it_is_pasted(given_in: str) -> None:
    assert say(SOLID | {"population": "42 people", "rate": given_in}).numbers[
        "volunteers_expected"
    ] == pytest.approx(23.9)


@pytest.mark.row("CAP-01", "CAP-02", "CAP-03", "N-02", "N-03", "WG-03")
def test_what_freed_and_workgroup_mean_stands_on_the_sheet_with_the_numbers_of_the_rules() -> None:
    floor = f"{100 * FRAMEWORK.threshold_values['capacity_floor_share']:.0f}%"
    free = SHEET.question("free", "candidates")
    notes = {note.id: note.text for note in SHEET.notes}
    assert floor in free.text
    assert floor in notes["what_freed_means"]
    for unlike in ("20%", "lab", "rotation"):
        assert unlike in free.why
        assert unlike in notes["what_freed_means"]
    assert "takes over their tasks" in notes["what_freed_means"]
    assert "No new technology starts" in notes["what_freed_means"]
    assert "Three to fifteen people" in notes["what_is_a_workgroup"]


@pytest.mark.row("ENT-29", "ENT-31")
def test_no_finding_gives_away_who_is_on_the_private_list_of_supervisors() -> None:
    listed = [
        {"who": f"Person {number}", "supervises": "solid", "open_mind": mind, "risk": "yes"}
        | {"serve": "yes", "serve_seen": f"Seen of {number}"}
        for number, mind in enumerate(["yes", "no", *["yes"] * 6])
    ]
    said = say(SOLID, supervisors=listed)
    assert {"ENT-29.not_this_one", "ENT-31.many"} <= {finding.key for finding in said.findings}
    assert "who" in {q.id for q in SHEET.questions("supervisors") if q.private}
    for finding in said.findings:
        assert "Person" not in finding.text + finding.advice
        assert "Seen" not in finding.text + finding.advice


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
    # Equal weights are 1 of 7, 14.3%. The centres lead until the first factor weighs half.
    said = say(scored("Centres", 4, 3, 3, 3, 3, 3, 3), scored("Stores", 5, 2, 2, 2, 2, 2, 2))
    told = text(said, "ENT-47.above")
    assert told.startswith("“Unit or function” would have to weigh more than 50% before “Stores”")
    assert "Now it weighs 14.3%" in told
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
    # First factor: -4 s + (1 - s) * 5/7 = 0 at s = 5/33 = 15.2%, now 1/8 = 12.5%.
    assert told.startswith("“Unit or function” would have to weigh more than 15.2%")
    assert "Now it weighs 12.5%" in told


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
SOME_SUPERVISOR = st.fixed_dictionaries(
    {}, optional={question.id: values(question) for question in SHEET.questions("supervisors")}
)
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
    decides = ("neighbours", "override", *stop)  # these would lift it
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
    told = {f.key for f in said.findings if not f.is_missing}
    assert not [key for key in told if key.startswith(("ENT-05", "ENT-49", "APP-14", "ENT-06"))]


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
    assert carried.verdict == "unknown"


@given(row=SOME, asked=st.sampled_from(["free", "reach", "supervisor", "override"]))
def test_a_worse_answer_never_makes_a_place_better(row: Answers, asked: str) -> None:
    """From yes by partly to no, whatever else is answered."""
    told = [say(SOLID | row | {asked: answer}).verdict for answer in ("yes", "partly", "no")]
    graver = [VERDICTS.index(verdict) for verdict in told]
    assert graver == sorted(graver, reverse=True), told


@given(row=SOME, asked=st.sampled_from(["impact", "likelihood"]))
def test_a_lower_point_on_the_map_never_makes_a_place_better(row: Answers, asked: str) -> None:
    points = SHEET.scales[asked]
    told = [VERDICTS.index(say(SOLID | row | {asked: point}).verdict) for point in points]
    assert told == sorted(told)


@given(rows=st.lists(SOME, max_size=3), supervisors=st.lists(SOME_SUPERVISOR, max_size=4))
@pytest.mark.row("ENT-29")
def test_what_makes_a_place_stronger_never_stops_it(
    rows: list[Answers], supervisors: list[Answers]
) -> None:
    deeper = {q.id for sec in SHEET.sections if sec.deeper for q in sec.questions}
    extra = {key: value for row in rows for key, value in row.items() if key in deeper}
    said = say(SOLID | extra, supervisors=[one | {"supervises": "solid"} for one in supervisors])
    assert said.verdict in ("pass", "warn")
