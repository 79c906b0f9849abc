"""A pilot put together from answers: its weeks, its charts, its promise, its lot, its verdict."""

import hashlib
import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.analysis.pilot.charts import limits_of
from playbook.analysis.pilot.designs import Grade, staggered
from playbook.analysis.pilot.pilot_shows import (
    baseline_before,
    luck_of,
    result_of,
    sight_of,
    tried,
)
from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.told import lacking, names_in, starts_in, starts_text
from playbook.analysis.pilot.verdicts import verdict
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.report.focus.shared import pilot_in
from playbook.worksheet.parse import read_worksheet
from scripts import thirteen_weeks as story

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["focus"]
MONDAY = date(2027, 1, 4)


def example(**changes):
    """The example's pilot; `changes` are answers of a table's rows by id."""
    answers = dict(FRAMEWORK.examples["focus"].answers.items())
    for table, rows in changes.items():
        answers[table] = [row | rows.get(row["id"], {}) for row in answers.get(table, [])]
    answers = json.loads(json.dumps(answers, default=str))
    for table in changes:
        answers[table] = [{k: v for k, v in row.items() if v != ""} for row in answers[table]]
    return pilot_in(SHEET, read_worksheet(SHEET, answers, FRAMEWORK.words))


def small(data, *, begins=None, **measure):
    """A pilot with one measure; `data` is a figure a week from MONDAY on, None for no line."""
    lines = [
        f"{MONDAY + timedelta(weeks=n)} {value:g}"
        for n, value in enumerate(data)
        if value is not None
    ]
    row = {"measure": "Calls", "role": "daily", "better": "higher", "data": "\n".join(lines)}
    return Pilot({}, {"measures": [("m", row | measure)]}, begins)


def test_the_example_is_what_the_script_makes_up() -> None:
    pilot = example()
    for row, measure in zip(story.ROWS, story.MEASURES, strict=True):
        assert pilot.series(row) == {
            group: list(weeks) for group, weeks in story.weeks_of(measure, effect=True).items()
        }
    assert pilot.series("renew") == {"": story.operating_weeks()}
    assert pilot.starts == story.lot().starts
    assert pilot.design == story.DESIGN


def test_the_verdict_is_that_of_the_weeks_and_the_lot() -> None:
    found = result_of(example(), 0.05)
    weeks = story.weeks_of(story.MEASURES[0], effect=True)
    assert found
    assert found.verdict == verdict(weeks, story.lot().starts, story.DESIGN, baseline=12)
    assert found.deviations == ()


def test_what_differs_from_the_seal_is_found() -> None:
    changed = example(
        groups={"g1": {"began_on": "2027-01-18"}, "g2": {"left_on": "2027-03-29"}},
        promise={"promise": {"opened_on": "2027-04-01", "opened_by": "Tom Okafor"}},
    )
    found = result_of(changed, 0.05)
    assert found
    assert {(it.kind, it.what) for it in found.deviations} == {
        ("start moved", "Group 1"),
        ("group left", "Group 2"),
        ("opened early", "opens_on"),
        ("opened by another", "opener"),
    }
    assert found.design.planned is Grade.COMPARISON_CHOSEN
    assert (found.verdict.outcome, found.verdict.why) == ("none possible", "not by lot")


def test_a_group_without_figures_leaves_no_verdict() -> None:
    rows = {f"callbacks{n}": {"group": "Elsewhere"} for n in (4,)}
    found = result_of(example(figures=rows), 0.05)
    assert found
    assert (found.verdict.outcome, found.verdict.why) == ("none possible", "too few figures")


def test_an_open_promise_has_no_result() -> None:
    assert result_of(example(promise={"promise": {"scale_at": ""}}), 0.05) is None
    assert result_of(Pilot({}, {}), 0.05) is None


# --------------------------------------------------------------------------- weeks and charts


def test_a_week_without_a_figure_is_a_gap_and_never_zero() -> None:
    pilot = small([10, None, 12, None, None, 11, 12])
    (weeks,) = pilot.weeks
    assert weeks.values == (10, None, 12, None, None, 11, 12)
    assert weeks.gaps == 3
    assert 0 not in weeks.values


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.one_of(st.none(), st.integers(50, 60)), min_size=14, max_size=30).filter(
        lambda it: it[0] is not None and it[-1] is not None
    )
)
def test_an_empty_week_changes_neither_level_nor_makes_a_signal_below(data) -> None:
    """Figures are far from 0, so a zero in place of a gap would fall out of any range."""
    begins = MONDAY + timedelta(weeks=12)
    (found,) = small(data, begins=begins).charts
    limits = found.chart.present.limits
    assert limits == limits_of(data[:12])
    if limits:
        assert 50 <= limits.mean <= 60
    for signal in found.chart.present.signals:
        assert data[signal.first] is not None
        assert data[signal.last] is not None


def test_the_baseline_is_the_weeks_before_the_pilot_or_what_somebody_set() -> None:
    data = [10, 11] * 10
    (before,) = small(data, begins=MONDAY + timedelta(weeks=12)).charts
    assert (before.chart.present.baseline.first, before.chart.present.baseline.weeks) == (0, 12)
    assert before.chart.watched == 8
    days = {"baseline_from": "2027-01-18", "baseline_until": "2027-03-21"}
    (own,) = small(data, begins=MONDAY + timedelta(weeks=15), **days).charts
    assert (own.chart.present.baseline.first, own.chart.present.baseline.weeks) == (2, 9)
    (none,) = small(data, begins=MONDAY - timedelta(weeks=1)).charts
    assert none.chart.present.limits is None
    (unknown,) = small(data).charts
    assert unknown.chart.watched == 0


def test_a_new_baseline_keeps_the_old_one_and_needs_name_reason_and_six_weeks() -> None:
    data = [10, 11] * 6 + [20, 21] * 4
    rows = small(data, begins=MONDAY + timedelta(weeks=12)).rows["measures"]

    def asked(**answers):
        new = [("b", {"new_of": "m", "new_from": "2027-03-29", **answers})]
        (found,) = Pilot({}, {"measures": rows, "baselines": new}, date(2027, 3, 29)).charts
        return found

    assert asked().asked[0].lacks == "who"
    assert asked(new_who="P. Nair").asked[0].lacks == "why"
    good = asked(new_who="P. Nair", new_why="A new line")
    assert good.asked[0].lacks == ""
    assert [it.baseline.first for it in good.chart.periods] == [0, 12]
    assert good.chart.periods[0].limits == limits_of(data[:12])
    young = Pilot(
        {},
        {
            "measures": small(data[:16]).rows["measures"],
            "baselines": [
                ("b", {"new_of": "m", "new_from": "2027-03-29", "new_who": "P", "new_why": "W"})
            ],
        },
        date(2027, 3, 29),
    ).charts[0]
    assert young.asked[0].lacks == "despite"
    assert len(young.chart.periods) == 1


def test_luck_is_counted_over_all_charts() -> None:
    pilot = example()
    found = luck_of(pilot.charts)
    assert found.charts == len(pilot.charts) == 13
    assert found.signalled == sum(it.chart.signalled for it in pilot.charts)
    assert 0 < found.expected < found.charts


@given(st.permutations(range(12)), st.permutations(range(4)))
@settings(deadline=None, max_examples=20)
def test_the_order_of_rows_changes_nothing(figures, groups) -> None:
    pilot = example()
    turned = {**pilot.rows, "figures": [pilot.rows["figures"][n] for n in figures]}
    turned["groups"] = [pilot.rows["groups"][n] for n in groups]
    turned["measures"] = list(reversed(pilot.rows["measures"]))
    other = Pilot(pilot.answers, turned, pilot.begins)
    assert {it.weeks.field: it.chart for it in other.charts} == {
        it.weeks.field: it.chart for it in pilot.charts
    }
    assert other.starts == pilot.starts
    assert {name: list(it) for name, it in other.series("callbacks").items()} == pilot.series(
        "callbacks"
    )
    found, before = result_of(other, 0.05), result_of(pilot, 0.05)
    assert found
    assert before
    assert (found.verdict.outcome, found.verdict.p) == (before.verdict.outcome, before.verdict.p)
    assert found.verdict.estimate == pytest.approx(before.verdict.estimate)


# --------------------------------------------------------------------------- promise, sight, lot


def test_a_design_asks_only_what_it_needs() -> None:
    assert lacking({}) == (
        "convinced",
        "design",
        "pilot_from",
        "pilot_until",
        "opens_on",
        "opener",
    )
    assert "primary" not in lacking({"design": "opinion"})
    assert "groups_named" not in lacking({"design": "before_after"})
    assert {"proof", "waves"} <= set(lacking({"design": "start_by_lot"}))
    assert "beginning" in lacking({"design": "comparison_chosen"})


def test_what_would_show_is_measured_on_the_weeks_before() -> None:
    pilot = example()
    measured = baseline_before(pilot, "callbacks")
    assert (measured.groups, measured.weeks) == (4, 12)
    sight = sight_of(tried("start_by_lot", 4, 13), measured, 13, 0.05)
    assert 0 < sight.smallest < 12
    assert sight_of(tried("start_by_lot", 3, 13), measured, 13, 0.05).smallest is None
    slower = sight_of(tried("start_by_lot", 4, 13), measured, 13, 0.05, slow_weeks=6)
    assert slower.smallest > sight.smallest
    with pytest.raises(InputError):
        baseline_before(small([10, 11, 12]), "m")
    assert tried("start_by_lot", 6, 4).starts == staggered(6, 4, 4)


def test_the_lot_can_be_drawn_again_with_nothing_but_a_hash() -> None:
    lot = example().lot
    assert lot
    assert lot.drawing
    assert lot.fits
    by_hash = sorted(
        lot.groups, key=lambda it: hashlib.sha256(f"{lot.seed}:{it}".encode()).hexdigest()
    )
    assert list(lot.drawing.order) == by_hash
    other = example(lots={"lot": {"lot_groups": "Group 1, Group 2, Group 3, Group 5"}}).lot
    assert other
    assert not other.fits
    unsealed = example(lots={"lot": {"drawn_on": ""}}).lot
    assert unsealed
    assert unsealed.drawing is None
    told = example(lots={"lot": {"seed": ""}}).lot
    assert told
    assert told.drawing == lot.drawing


def test_names_and_starts_are_read_as_people_write_them() -> None:
    assert names_in("Group 1, Group 2;group  1\n Group 3 ,") == ("Group 1", "Group 2", "Group 3")
    assert starts_in(starts_text((0, 3, None))) == (0, 3, None)
    assert names_in(None) == ()
