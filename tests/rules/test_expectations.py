"""The expectations sheet against the framework: levels, edges, the way, the programme."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.model import Assessment, Level, Sheet
from playbook.worksheet.parse import read_worksheet

TODAY = date(2027, 3, 1)
SOLID: dict[str, Any] = {
    "reset": "yes",
    "work_now": "We find out why parcels come back.",
    "success": "yes",
    "days": 2,
    "supports": ["coaching", "resources", "tools", "peers"],
    "coaching_by": "Shift leads",
    "resources_by": "Depot manager",
    "tools_by": "Planning",
    "peers_by": "Every afternoon",
    "guardrails": ["customers", "systems"],
    "guard_look": "2027-03-15",
    "assured": "yes",
    "assessed_how": "Last year’s rating stays.",
    "conflict": "no",
}
GAPS = ("gap_tasks", "gap_together", "gap_customers", "gap_room", "gap_measures")
Say = Callable[..., Assessment]


@pytest.fixture(scope="module")
def expectations(framework: Framework) -> Sheet:
    return framework.sheets["expectations"]


@pytest.fixture(scope="module")
def say(framework: Framework, expectations: Sheet) -> Say:
    """say(days=0): the solid sheet with these changes; `carried` is what other sheets decided."""

    def assessed(carried: dict[str, Any] | None = None, **but: Any) -> Assessment:
        told = {key: value for key, value in (SOLID | but).items() if value != ""}
        worksheet = read_worksheet(expectations, told, framework.words)
        return assess(expectations, worksheet, framework, TODAY, carried or {})

    return assessed


# Row, change, level: copied by hand from the "Tool behaviour" column of the framework.
AS_THE_FRAMEWORK_SAYS: list[tuple[str, dict[str, Any], str]] = [
    ("EXP-01", {"reset": "no", "work_now": "", "success": ""}, "fail"),
    ("EXP-02", {"days": 0}, "warn"),
    ("EXP-02", {"days": 6}, "warn"),
    ("EXP-04", {"fixed": "yes"}, "warn"),
    *[
        (
            "EXP-07",
            {"supports": [s for s in SOLID["supports"] if s != gone], f"{gone}_by": ""},
            "warn",
        )
        for gone in SOLID["supports"]
    ],
    ("EXP-10", {"identities": [{"known_for": "Knows every door"}]}, "warn"),
    ("EXP-15", {"guardrails": ["none"], "guard_look": ""}, "warn"),
    ("EXP-16", {"guard_look": "2027-02-28"}, "warn"),
    ("EXP-19", {"starter": "Introduce evening delivery", "need_only": "no"}, "warn"),
    ("EXP-22", {"conflict": "yes", "relief": "no"}, "warn"),
    ("EXP-22", {"conflicts": [{"conflict_role": "A", "conflict_what": "A bonus"}]}, "warn"),
    ("EXP-24", {"pay_first": "yes"}, "warn"),
    ("EXP-25", {"assured": "no", "assessed_how": ""}, "fail"),
]


@pytest.mark.row("EXP-01", "EXP-02", "EXP-04", "EXP-07", "EXP-10", "EXP-15", "EXP-16", "EXP-19")
@pytest.mark.row("EXP-22", "EXP-24", "EXP-25", "N-15")
@pytest.mark.parametrize(("row", "but", "level"), AS_THE_FRAMEWORK_SAYS)
def test_a_row_weighs_what_the_framework_says(
    say: Say, row: str, but: dict[str, Any], level: str
) -> None:
    assessment = say(**but)
    assert level in [f.level for f in assessment.findings if f.rule == row]
    assert assessment.verdict == level


def test_the_solid_sheet_is_ready(say: Say) -> None:
    assert say().verdict == Level.PASS


@pytest.mark.row("EXP-02", "N-15")
@pytest.mark.parametrize(
    ("days", "key"),
    [
        (0, "no_days"),
        (0.5, "a_few_days"),
        (2, "a_few_days"),
        (5, "a_few_days"),
        (6, "too_many_days"),
    ],
)
def test_how_many_days_are_a_few(say: Say, days: float, key: str) -> None:
    assert [f.key for f in say(days=days).findings if f.rule == "EXP-02"] == [f"EXP-02.{key}"]


@pytest.mark.row("EXP-16")
@pytest.mark.parametrize(
    ("ahead", "key"), [(-1, "overdue"), (0, "in_time"), (28, "in_time"), (29, "too_late")]
)
def test_guardrails_are_looked_at_within_four_weeks(say: Say, ahead: int, key: str) -> None:
    day = (TODAY + timedelta(days=ahead)).isoformat()
    assert [f.key for f in say(guard_look=day).findings if f.rule == "EXP-16"] == [f"EXP-16.{key}"]


@pytest.mark.row("EXP-22")
def test_a_burden_that_nobody_lightens_comes_first(say: Say) -> None:
    found = say(conflict="yes", relief="no", days=0, fixed="yes").findings
    assert found[0].key == "EXP-22.unrelieved"


@pytest.mark.row("EXP-26", "EXP-27", "GAP-16", "ENT-34")
@given(
    points=st.lists(st.integers(0, 4), min_size=5, max_size=5),
    policing=st.sampled_from([None, "no", "partly", "yes"]),
    faded=st.sampled_from([None, ("One Team",)]),
    formed=st.sampled_from([None, "different", "existing"]),
)
def test_the_way_is_worked_out_as_the_framework_says(
    say: Say, expectations: Sheet, points: list[int], policing: Any, faded: Any, formed: Any
) -> None:
    """Mean of five from 0 to 4: below 1.5 low, below 2.5 medium, else high; one more where the job
    was policing, programmes faded or teams stay together. In fifths, so that no rounding decides.
    """
    placed = {g: expectations.scales[g][p] for g, p in zip(GAPS, points, strict=True)}
    told = {"policing": policing, "faded": faded, "formed": formed}
    carried = {k: v for k, v in told.items() if v is not None}
    found = say(carried, **placed)
    total = sum(points)
    level = 0 if 2 * total < 15 else 1 if 2 * total < 25 else 2
    harder = policing in ("yes", "partly") or faded or formed == "existing"
    level = min(2, level + bool(harder))
    told = [f.key for f in found.findings if f.rule == "EXP-27"]
    assert told == [f"EXP-27.{('low', 'medium', 'high')[level]}"]
    assert found.numbers["expectation_gap"] == pytest.approx(total / 5)
    assert found.verdict == Level.PASS


@pytest.mark.row("EXP-02")
@given(st.lists(st.tuples(st.sampled_from(["d1", "d2", "d3"]), st.integers(5, 300)), max_size=8))
def test_the_minutes_of_a_programme_add_up(say: Say, parts: list[tuple[str, int]]) -> None:
    rows = [{"activity": "A", "on_day": day, "minutes": minutes} for day, minutes in parts]
    found = say(programme=rows)
    sums = {day: sum(m for d, m in parts if d == day) for day, _ in parts}
    keys = {f.key for f in found.findings}
    assert found.numbers.get("programme_minutes") == (sum(sums.values()) if sums else None)
    assert ("EXP-02.long_day" in keys) == any(minutes > 480 for minutes in sums.values())
    assert ("EXP-02.other_days" in keys) == (len(sums) not in (0, SOLID["days"]))


@pytest.mark.row("EXP-09", "EXP-10")
def test_what_a_person_is_known_for_is_private_and_in_no_finding(
    say: Say, expectations: Sheet
) -> None:
    assert all(question.private for question in expectations.questions("identities"))
    told = say(identities=[{"known_for": "Knows every back door"}])
    assert not [f for f in told.findings if "back door" in f.text + f.advice]


@pytest.mark.row("EXP-15", "GAP-14")
def test_guardrails_name_customers_and_systems_and_five_of_ours(expectations: Sheet) -> None:
    ids = [choice.id for choice in expectations.question("guardrails").choices if not choice.alone]
    areas = [choice.id for choice in expectations.question("guard_area", "guards").choices]
    assert ids == areas == ["customers", "systems", "money", "data", "brand", "safety", "legal"]
    assert expectations.messages["GAP-14.others"].ours


@pytest.mark.row("EXP-02", "EXP-27", "GAP-29")
def test_the_suggested_days_add_up_to_what_they_say(framework: Framework) -> None:
    [note] = [p for p in framework.sheets["expectations"].prompts if p.id == "two_days"]
    for day in re.findall(r"Day \d, from 9:00: (.*?) until 16:30", note.text):
        parts, _, said = day.partition(". That is ")
        minutes = [int(found) for found in re.findall(r", (\d+)(?: minutes)?(?:;|$)", parts)]
        assert sum(minutes) == int(said.split()[0]) == (16 * 60 + 30) - 9 * 60
    assert note.text.count("That is") == 2


@pytest.mark.row("EXP-03", "EXP-05", "EXP-06", "EXP-13", "EXP-14", "EXP-17", "EXP-21")
def test_what_the_framework_wants_to_be_noted_is_asked(expectations: Sheet) -> None:
    kinds = [choice.id for choice in expectations.question("line_kind", "lines").choices]
    assert kinds[:4] == ["objective", "how", "context", "latitude"]
    asked = {
        row: question.id
        for section in expectations.sections
        for question in section.questions
        for row in question.rows
    }
    assert {"EXP-03", "EXP-05", "EXP-06", "EXP-13", "EXP-14", "EXP-17", "EXP-21"} <= asked.keys()
