"""The zoom-out sheet as a whole: what its verdict always keeps to, its content, its example."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.framework.coverage import MADE_OF, built_facts
from playbook.model import VERDICTS, Assessment, Value
from tests.rules.anything import TODAY, some, tables, worksheet
from tests.rules.zoom_out import FRAMEWORK, POINTS, SHEET, SOLID, keys, told

# --------------------------------------------------------------------------- whatever is answered

Rows = dict[str, list[dict[str, Value]]]


def assessed(answers: dict[str, Value], rows: Rows) -> Assessment:
    return assess(SHEET, worksheet(SHEET, answers, rows), FRAMEWORK, TODAY)


CORE = (
    "objective_wanted",
    "focus_wanted",
    "needs_wanted",
    "decision",
    "decision_owner",
    "decision_date",
)
"""The six questions that lead to the verdict."""


@st.composite
def nearly_solid(draw: st.DrawFn) -> tuple[dict[str, Value], Rows]:
    """A first screen that passes, perhaps less one answer, and anything that makes it stronger."""
    taken = draw(st.lists(st.sampled_from(sorted(SOLID)), max_size=1))
    more = {key: value for key, value in draw(some(SHEET)).items() if key not in SOLID}
    kept = {key: value for key, value in SOLID.items() if key not in taken}
    return {**more, **kept}, draw(tables(SHEET))


def test_six_questions_lead_to_the_verdict() -> None:
    assert tuple(question.id for question in SHEET.core()) == CORE
    assert told(SOLID).verdict == "pass"
    assert (told(SOLID).completeness.answered, told({}).completeness.asked) == (6, 6)


@given(given_sheet=nearly_solid())
def test_a_pass_needs_the_whole_first_screen_and_the_rest_never_stops_it(
    given_sheet: tuple[dict[str, Value], Rows],
) -> None:
    answers, rows = given_sheet
    verdict = assessed(answers, rows).verdict
    complete = set(SOLID) <= set(answers)
    assert verdict in (("pass", "warn") if complete else ("unknown", "warn"))


@given(data=st.data())
def test_wanting_less_never_improves_the_verdict(data: st.DataObject) -> None:
    places = {
        f"{shift}_{when}": data.draw(st.sampled_from(points))
        for shift, points in POINTS.items()
        for when in ("now", "wanted")
    }
    shift = data.draw(st.sampled_from(sorted(POINTS)))
    points = POINTS[shift]
    at = points.index(places[f"{shift}_wanted"])
    less = {f"{shift}_wanted": points[data.draw(st.integers(0, at))]}
    before, after = told(SOLID | places), told(SOLID | places | less)
    assert VERDICTS.index(after.verdict) <= VERDICTS.index(before.verdict)


@given(answers=some(SHEET), rows=tables(SHEET), data=st.data())
def test_the_order_of_rows_changes_no_verdict(
    answers: dict[str, Value], rows: Rows, data: Any
) -> None:
    shuffled = {table: data.draw(st.permutations(given)) for table, given in rows.items()}
    before, after = assessed(answers, rows), assessed(answers, shuffled)
    assert (before.verdict, keys(before)) == (after.verdict, keys(after))
    assert before.numbers == after.numbers


# --------------------------------------------------------------------------- the sheet as content


def test_today_and_wanted_stand_on_the_same_points() -> None:
    scales = {q.id: q.choices for q in SHEET.questions() if q.kind == "scale"}
    pairs = [scale.removesuffix("_now") for scale in scales if scale.endswith("_now")]
    assert len(pairs) == 7
    for pair in pairs:
        assert scales[f"{pair}_now"] == scales[f"{pair}_wanted"]
        assert len(scales[f"{pair}_now"]) == 5
        asked = SHEET.question(f"{pair}_now").ask_if
        wanted = (f"{pair}_wanted", SHEET.scales[f"{pair}_wanted"])
        assert [(one.question, one.any_of) for one in asked] == [wanted]


def test_what_the_tests_call_the_points_is_what_the_sheet_shows() -> None:
    for shift, points in POINTS.items():
        assert SHEET.scales[f"{shift}_now"] == points


def test_every_row_of_both_chapters_became_what_the_framework_asks_or_says_where_it_will() -> None:
    facts = built_facts(FRAMEWORK)
    for row in FRAMEWORK.rows.values():
        if row.id.startswith(("SHIFT-", "APP-")) and row.id != "APP-18":  # the gate's
            became = {kind for kind, _ in facts.get(row.id, [])}
            assert {MADE_OF[kind] for kind in row.kind} <= became or row.later, row.id


# --------------------------------------------------------------------------- the example


def test_the_example_is_ready_on_the_day_of_its_story(framework: Framework) -> None:
    example = framework.examples["zoom_out"]
    found = told(example.answers, example.today)
    assert (found.verdict, found.completeness.answered) == ("pass", 6)
    assert found.numbers == {
        "initiatives_redefining_percent": pytest.approx(100 / 3),  # one of three
        "workarounds": 2,
        "weeks_to_spare": 8,  # 14 that leaders wait, 6 until a result
    }


def test_the_examples_note_says_what_is_fictional(framework: Framework) -> None:
    assert "fictional" in framework.examples["zoom_out"].note
