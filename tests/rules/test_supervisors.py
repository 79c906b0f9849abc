"""The supervisors sheet against the framework: every supervisor counts, nobody gets a number."""

from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.assessing.workbook import GivenWorkbook
from playbook.framework import Framework
from playbook.model import VERDICTS, Assessment, Level, Sheet
from playbook.report import summarise
from playbook.worksheet.parse import read_worksheet

TODAY = date(2027, 3, 1)
SOLID: dict[str, Any] = {
    "who": "The sister of ward 3",
    "agreed": "yes",
    "agreement": ["does", "stops", "trusts", "forgiven"],
    "knows": ["differences", "intent", "growth"],
    "performance": ["guarantee", "relaxed", "incentive"],
    "guarantor": "The director of nursing",
    "relaxed_what": "Bed turnover",
    "relaxed_until": "2027-06-30",
    "incentive": "A day off",
    "help": ["training", "support"],
    "supporter": "A sister who has coached",
    "rhythm": "weekly",
    "focus": "yes",
    "focus_on": "Calls to the ward",
}
WEAKER: tuple[dict[str, Any], ...] = (
    {},
    {"rhythm": "monthly"},
    {"focus_on": ""},
    {"focus": "no", "focus_on": ""},
)
"""One supervisor who is ready, then one with a warning, a blank, a stop."""

Say = Callable[..., Assessment]


@pytest.fixture(scope="module")
def supervisors(framework: Framework) -> Sheet:
    return framework.sheets["supervisors"]


@pytest.fixture(scope="module")
def say(framework: Framework, supervisors: Sheet) -> Say:
    """say({"rhythm": "monthly"}, {}, let_go="no"): these supervisors, each solid but for that."""

    def assessed(*but: dict[str, Any], **once: Any) -> Assessment:
        rows = [{key: v for key, v in (SOLID | one).items() if v} for one in but or ({},)]
        told = {"supervisors": rows, "let_go": "yes"} | once
        worksheet = read_worksheet(supervisors, told, framework.words)
        return assess(supervisors, worksheet, framework, TODAY)

    return assessed


# Row, change of a supervisor, change of the sheet, level: copied by hand from the "Tool behaviour"
# column of the framework and from what was decided where it is open. "WARN-strong" has priority.
AS_THE_FRAMEWORK_SAYS: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("SUP-07", {"agreed": "no", "agreement": ""}, {}, "fail"),
    ("SUP-08", {"performance": ["relaxed", "incentive"], "guarantor": ""}, {}, "warn"),
    ("SUP-09", {"knows": ["differences", "intent"]}, {}, "warn"),
    ("SUP-10", {"performance": ["guarantee", "incentive"], "relaxed_what": ""}, {}, "warn"),
    ("SUP-11", {"performance": ["guarantee", "relaxed"], "incentive": ""}, {}, "warn"),
    ("SUP-12", {}, {}, "pass"),
    ("SUP-12", {"help": ["training"], "supporter": "", "rhythm": ""}, {}, "warn"),
    ("SUP-12", {"help": ["support"]}, {}, "warn"),
    ("SUP-12", {"help": ["none"], "supporter": "", "rhythm": ""}, {}, "fail"),
    ("SUP-18", {"focus": "no", "focus_on": ""}, {}, "fail"),
    ("SUP-22", {}, {"policing": "yes"}, "info"),
    ("SUP-23", {}, {"let_go": "no", "overrule": "yes"}, "warn"),
    ("SUP-23", {}, {"let_go": "no", "overrule": "no"}, "fail"),
    ("SUP-24", {}, {"managers": [{"manager": "A", "understands": "no"}]}, "info"),
    ("SUP-25", {}, {"managers": [{"manager": "A", "told_by": "other"}]}, "warn"),
    ("SUP-29", {"sees": "no", "room": "yes"}, {}, "warn"),
    *[("SUP-05", {question: "no"}, {}, "warn") for question in ("room", "direction", "better")],
]


@pytest.mark.row("SUP-05", "SUP-07", "SUP-08", "SUP-09", "SUP-10", "SUP-11", "SUP-12", "SUP-18")
@pytest.mark.row("SUP-22", "SUP-23", "SUP-24", "SUP-25", "SUP-29")
@pytest.mark.parametrize(("row", "but", "once", "level"), AS_THE_FRAMEWORK_SAYS)
def test_a_row_weighs_what_the_framework_says(
    say: Say, row: str, but: dict[str, Any], once: dict[str, Any], level: str
) -> None:
    assessment = say(but, **once)
    assert level in [f.level for f in assessment.findings if f.rule == row]
    if level in ("fail", "warn"):
        assert assessment.verdict == level
    else:
        assert assessment.verdict == Level.PASS


@pytest.mark.row("SUP-08")
def test_what_nobody_guarantees_comes_before_other_warnings(say: Say) -> None:
    found = say({"performance": ["none"], "guarantor": "", "relaxed_what": "", "incentive": ""})
    warned = [f.key for f in found.findings if f.level == Level.WARN]
    assert warned[0] == "SUP-08.no_guarantor"
    assert set(warned) == {"SUP-08.no_guarantor", "SUP-10.none_relaxed", "SUP-11.no_incentive"}


@pytest.mark.row("SUP-08")
@pytest.mark.parametrize("count", range(5))
def test_an_agreement_takes_all_four_lines(say: Say, count: int) -> None:
    for lines in combinations(SOLID["agreement"], count):
        found = {f.key: f for f in say({"agreement": list(lines) or ["none"]}).findings}
        assert ("SUP-08.four_lines" in found) == (count == len(SOLID["agreement"]))
        if lacking := found.get("SUP-08.lines_lacking"):
            assert f"{4 - count} of its four lines" in lacking.text


@given(rows=st.lists(st.sampled_from(range(len(WEAKER))), min_size=1, max_size=4))
def test_the_sheet_is_as_far_as_the_supervisor_who_is_least_far(say: Say, rows: list[int]) -> None:
    alone = [say(WEAKER[row]).verdict for row in rows]
    together = say(*(WEAKER[row] for row in rows))
    worst = min(alone, key=VERDICTS.index)
    assert together.verdict == worst
    assert together.decisive == f"row{alone.index(worst) + 1}"
    assert [row.verdict for row in together.rows] == alone


def test_a_supervisor_who_is_not_begun_yet_holds_nobody_up_and_a_named_one_does(say: Say) -> None:
    blank = dict.fromkeys(SOLID, "")
    assert say({}, blank).verdict == Level.PASS
    assert say({}, blank | {"who": "Ward 5"}).verdict == Level.UNKNOWN


def test_it_says_that_all_have_to_be_ready_and_who_is_least_far(
    framework: Framework, supervisors: Sheet
) -> None:
    def about(second: dict[str, Any]) -> str:
        told = {"supervisors": [SOLID, SOLID | second], "let_go": "yes"}
        worksheet = read_worksheet(supervisors, told, framework.words)
        found = assess(supervisors, worksheet, framework, TODAY)
        return summarise(supervisors, worksheet, found, framework).about_text

    assert about({"who": "Ward 5"}) == "All 2 are ready."
    least_far = about({"who": "Ward 5", "focus": "no"})
    assert least_far == "All 2 have to be ready. Least far: “Ward 5”"


@pytest.mark.row("SUP-02", "SUP-21")
def test_no_number_is_asked_for_or_given_about_a_person(supervisors: Sheet, say: Say) -> None:
    assert supervisors.about_people
    of_people = [
        q.kind
        for table in ("supervisors", "managers", "talks")
        for q in supervisors.questions(table)
    ]
    assert set(of_people).isdisjoint({"number", "scale", "rank", "series"})
    assert say().numbers == {}


@pytest.mark.row("SUP-05", "SUP-04", "SUP-16", "SUP-21", "SUP-23")
def test_what_may_hurt_somebody_is_private(supervisors: Sheet) -> None:
    private = {q.id for t in supervisors.tables for q in supervisors.questions(t.id) if q.private}
    assert private >= {"sees", "room", "direction", "better", "advocate", "mind_self"}
    for table in ("managers", "talks"):
        assert {q.id for q in supervisors.questions(table)} <= private


@pytest.mark.row("MET-15", "SUP-18")
def test_the_measures_of_the_metric_tree_are_carried_by_name(framework: Framework) -> None:
    """The three that Wyeford Mutual calls frontline measures, read here with our own eyes."""
    workbook = GivenWorkbook(framework, TODAY, {}).examples
    sheet = framework.sheets["supervisors"]
    carried = {one.carry.id: one.value for one in workbook.carried(sheet)}
    assert carried["measures"] == (
        "Called back within one working day",
        "One handler from start to end",
        "Offer discussed before it is sent",
    )
    assert carried["relaxed"] == ("Settled claims a day and person",)
    untied = [f.key for f in workbook.assess(sheet).findings if f.key == "SUP-18.untied"]
    assert untied == []


ASKED_FOR = [
    ("SUP-14", "needs", "need"),
    ("SUP-15", "needs", "need_kind"),
    ("SUP-17", "needs", "need_day"),
    ("SUP-19", None, "onramp"),
    ("SUP-27", None, "peers"),
    ("SUP-28", None, "worthwhile"),
]


@pytest.mark.row("SUP-14", "SUP-15", "SUP-17", "SUP-19", "SUP-27", "SUP-28")
@pytest.mark.parametrize(("row", "table", "question"), ASKED_FOR)
def test_what_is_only_noted_is_asked_and_never_holds_anybody_up(
    framework: Framework, row: str, table: str | None, question: str
) -> None:
    asked = framework.sheets["supervisors"].question(question, table)
    assert row in asked.rows
    assert asked.optional


@pytest.mark.row("SUP-15", "SUP-14", "SUP-17")
def test_a_need_is_one_of_the_kinds_that_the_framework_names(supervisors: Sheet) -> None:
    kinds = [choice.id for choice in supervisors.question("need_kind", "needs").choices]
    assert kinds == ["resource", "instruction", "tool", "group", "obstacle"]


@pytest.mark.row("SUP-19")
def test_groups_may_begin_with_a_known_problem_with_automation_or_open(supervisors: Sheet) -> None:
    choices = supervisors.question("onramp").choices
    assert [choice.id for choice in choices] == ["known", "automation", "open"]
    assert "nobody loses a job" in choices[1].hint
