"""Check-ins and practices: order changes nothing, a gap is no zero, and numbers worked out anew."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import example
from playbook.analysis.practices.levels import (
    NINE,
    SIGNS,
    how_many,
    imbalances,
    levels,
    most_practices,
)
from playbook.analysis.practices.weeks import check_ins, every_week, learning, week_number
from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import VERDICTS, Assessment, Worksheet
from playbook.worksheet.parse import read_worksheet
from tests.rules.anything import some, tables, worksheet

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["practices"]
TODAY = date(2027, 4, 23)
MONDAY = date(2027, 1, 18)

ROW = st.fixed_dictionaries(
    {},
    optional={
        "week": st.integers(0, 90).map(lambda days: (MONDAY + timedelta(days)).isoformat()),
        "matched": st.sampled_from(["yes", "partly", "no", "dont_know"]),
        "changed": st.sampled_from(["Something", "Nothing yet"]),
        "decided": st.just("A choice"),
        "practice": st.sampled_from(NINE),
        "action": st.just("Call"),
        "who": st.just("Lin"),
        "due": st.just("2027-05-01"),
    },
)
LEVELS = st.dictionaries(st.sampled_from(NINE), st.integers(1, 5))


def told(answers: Mapping[str, Any]) -> Assessment:
    filled = read_worksheet(SHEET, answers, FRAMEWORK.words)
    return assess(SHEET, filled, FRAMEWORK, TODAY)


def wyeford() -> dict[str, Any]:
    return deepcopy(example("practices")["worksheet"])


# --------------------------------------------------------------------------- order, gaps


@pytest.mark.row("PRA-12")
@given(st.data(), st.randoms())
def test_the_order_of_entries_changes_nothing(data: Any, random: Random) -> None:
    """Of any table, in any sheet: the same verdict, reasons and figures."""
    drawn = worksheet(SHEET, data.draw(some(SHEET)), data.draw(tables(SHEET)))
    mixed = {}
    for table, rows in drawn.tables.items():
        kept = list(rows)
        random.shuffle(kept)
        mixed[table] = tuple(kept)
    before = assess(SHEET, drawn, FRAMEWORK, TODAY)
    after = assess(SHEET, Worksheet(SHEET.id, drawn.answers, mixed), FRAMEWORK, TODAY)
    assert (after.verdict, after.findings, after.numbers) == (
        before.verdict,
        before.findings,
        before.numbers,
    )


@given(st.lists(ROW, max_size=12), st.randoms())
def test_weeks_are_the_same_in_whatever_order_and_twice_as_once(
    rows: list[dict[str, str]], random: Random
) -> None:
    mixed = [*rows, *rows]
    random.shuffle(mixed)
    assert check_ins(mixed) == check_ins(rows)


@given(st.lists(ROW, min_size=1, max_size=8))
def test_a_missing_week_never_counts_as_zero(rows: list[dict[str, str]]) -> None:
    """Move the later check-ins away by some weeks: how many actions were looked back on stays."""
    found = check_ins(rows)
    days = [date.fromisoformat(it["week"]) for it in rows if "week" in it]
    if len(found) < 2:
        return
    cut = found[1].monday
    apart = [
        it | {"week": (date.fromisoformat(it["week"]) + timedelta(weeks=5)).isoformat()}
        if "week" in it and date.fromisoformat(it["week"]) >= cut
        else it
        for it in rows
    ]
    assert learning(check_ins(apart)) == learning(found)
    assert len(check_ins(apart)) == len(found)
    gaps = sum(one is None for _, one in every_week(check_ins(apart)))
    assert gaps == sum(one is None for _, one in every_week(found)) + 5
    assert min(days) >= found[0].monday


@given(st.integers(1, 12))
def test_taking_a_week_out_of_the_story_leaves_no_worse_verdict(number: int) -> None:
    answers = wyeford()
    answers["check_ins"] = [it for it in answers["check_ins"] if it["id"] != f"week{number}"]
    left = told(answers)
    assert left.verdict == "pass"
    assert left.numbers["reflected_percent"] == 100


@pytest.mark.row("PRA-12", "PRA-14")
def test_the_figures_of_the_story_worked_out_by_hand() -> None:
    """Twelve check-ins in thirteen weeks, today in the fourteenth; five practices; eleven actions
    before the last, each followed by a check-in that says what changed."""
    figures = told(wyeford()).numbers
    assert dict(figures) == {
        "check_ins": 12,
        "group_week": 14,
        "reflected_percent": 100,
        "active_practices": 5,
    }


# --------------------------------------------------------------------------- how many, out of step


@pytest.mark.row("PRA-06", "N-10", "N-11")
@pytest.mark.parametrize(
    ("week", "most"), [(1, 3), (4, 3), (5, 5), (8, 5), (9, 6), (12, 6), (30, 6)]
)
def test_how_many_practices_are_enough_by_week(week: int, most: int) -> None:
    assert most_practices(week, FRAMEWORK.threshold_values) == most


def test_a_week_is_counted_by_the_calendar_and_never_runs_back() -> None:
    found = check_ins([{"week": "2027-01-21"}, {"week": "2027-02-01"}])
    assert week_number(found, date(2027, 1, 24)) == 3  # the last check-in is ahead of the clock
    assert week_number(found, date(2027, 2, 7)) == 3
    assert week_number(found, date(2027, 2, 8)) == 4
    assert week_number((), TODAY) == 1


def test_two_rows_on_one_practice_are_one_and_each_of_our_own_is_one_more() -> None:
    rows = [{"which": "reflect"}, {"which": "reflect"}, {"which": "own"}, {"version": "Ours"}]
    assert how_many([*rows, {"which": "friction", "state": "paused"}, {}]) == 3


PAIRS = {
    "busy": ("action", "reflect"),
    "talking": ("reflect", "action"),
    "abrasive": ("friction", "repair"),
    "too_nice": ("repair", "friction"),
}


@pytest.mark.row("PRA-15")
@given(LEVELS)
def test_what_is_out_of_step_worked_out_a_second_way(given_levels: dict[str, int]) -> None:
    def at(name: str) -> int | None:
        return given_levels.get(name)

    def low(*names: str) -> bool:
        return any(at(name) == 1 for name in names)

    def least(name: str, level: int) -> bool:
        return at(name) in range(level, 6)

    expected = {
        name
        for name, (one, other) in PAIRS.items()
        if (at(one), at(other)) in {(b + 2 + more, b) for b in range(1, 4) for more in range(3)}
    }
    expected |= {"silent"} if least("potential", 3) and low("friction") else set()
    expected |= {"old_outcome"} if least("outcome", 4) and low("question") else set()
    expected |= {"tourists"} if least("contexts", 3) and low("action") else set()
    expected |= {"wrong_curve"} if least("trajectory", 4) and low("question", "contexts") else set()
    assert set(imbalances(given_levels)) == expected


@given(LEVELS, st.sampled_from(NINE))
def test_a_practice_without_a_level_is_never_taken_for_a_low_one(
    given_levels: dict[str, int], without: str
) -> None:
    """Taking a level away takes alerts away, and adds none."""
    rest = {name: level for name, level in given_levels.items() if name != without}
    assert set(imbalances(rest)) <= set(imbalances(given_levels))


@pytest.mark.row("GAP-05")
@pytest.mark.parametrize(("days", "counts"), [(0, 4), (14, 4), (15, 2), (-1, 2)])
def test_a_level_above_tried_needs_an_example_of_the_last_fortnight(days: int, counts: int) -> None:
    row = {
        "which": "reflect",
        "level": "l4",
        "level_example": "On Monday.",
        "level_example_on": (TODAY - timedelta(days)).isoformat(),
    }
    assert levels([row], TODAY, 14) == {"reflect": counts}


@pytest.mark.row("PRA-17", "GAP-06")
def test_each_sign_points_to_one_practice_in_rules_and_on_the_page_alike() -> None:
    words = FRAMEWORK.words
    signs = [one.id for one in SHEET.question("symptoms").choices if not one.alone]
    assert {sign: words.text(f"nine.sign.{sign}") for sign in signs} == SIGNS


@pytest.mark.row("PRA-04", "PRA-05", "GAP-04")
def test_three_practices_of_each_kind_and_one_to_start_with_in_each() -> None:
    words = FRAMEWORK.words
    kinds: dict[str, list[str]] = {}
    for one in NINE:
        kinds.setdefault(words.text(f"nine.kind_of.{one}"), []).append(one)
    assert [len(names) for names in kinds.values()] == [3, 3, 3]
    assert kinds.keys() == {"provoke", "propel", "together"}
    assert "nobody has checked" in words.text("nine.unverified")
    for part in ("helps", "balanced"):
        named = {it for one in NINE for it in words.text(f"nine.{part}.{one}").split()}
        assert named <= set(NINE)


# --------------------------------------------------------------------------- nobody is judged


@pytest.mark.row("PRA-16")
@given(st.data())
def test_no_level_and_no_sign_ever_moves_the_verdict(data: Any) -> None:
    """They inform the group; whoever is honest about a low level loses nothing."""
    answers = wyeford()
    before = VERDICTS.index(told(answers).verdict)
    for row in answers["practices"]:
        row["level"] = data.draw(st.sampled_from(["l1", "l2", "l3", "l4", "l5"]))
        row["level_example_on"] = data.draw(st.sampled_from(["2027-04-20", "2027-01-20"]))
    answers["symptoms"] = data.draw(st.lists(st.sampled_from([*SIGNS]), unique=True, min_size=1))
    assert VERDICTS.index(told(answers).verdict) == before


def test_no_picture_and_no_sentence_shows_a_score() -> None:
    shown = [
        text
        for group in ("nine", "weeks", "stages", "moments_chart")
        for key, text in FRAMEWORK.words.group(group).items()
    ]
    assert not any("{level}" in text or "score" in text or "%" in text for text in shown)
