"""The gate of Create: the sheets' own words, three minima of its own, and how much is prepared."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.assessing.workbook import GivenWorkbook
from playbook.framework import load_framework
from playbook.model import Level, worst
from playbook.worksheet.parse import read_worksheet

FRAMEWORK = load_framework()
GATE = FRAMEWORK.sheets["create_gate"]
TODAY = FRAMEWORK.examples["create_gate"].today
MUSTS = [carry for carry in GATE.carries if carry.must]
READY: dict[str, Any] = {
    "at_start": ["space", "tools", "sight"],
    "baseline": "yes",
    "privacy": "yes",
}
LEVELS = st.sampled_from([level.value for level in (Level.FAIL, Level.WARN, Level.PASS)])


def judged(carried: dict[str, Any], today: date = TODAY, **but: Any) -> Any:
    told = {key: value for key, value in (READY | but).items() if value != ""}
    worksheet = read_worksheet(GATE, told, FRAMEWORK.words)
    return assess(GATE, worksheet, FRAMEWORK, today, carried)


@given(levels=st.dictionaries(st.sampled_from([it.id for it in MUSTS]), LEVELS))
def test_the_gate_is_as_far_as_its_sheets_that_are_built(levels: dict[str, str]) -> None:
    built = [it for it in MUSTS if it.sheet in FRAMEWORK.sheets]
    assert {it.sheet for it in built} >= {"supervisors", "expectations"}
    found = judged(levels)
    assert {f.sheet for f in found.findings if f.sheet} == {it.sheet for it in built}
    assert found.verdict == worst(Level(levels.get(it.id, "unknown")) for it in built)


def test_every_sheet_of_the_stage_is_a_must() -> None:
    [stage] = [stage for stage in FRAMEWORK.stages if stage.gate == GATE.id]
    assert [it.sheet for it in MUSTS] == [tile.id for tile in stage.tiles]


@pytest.mark.row("EXP-28")
@pytest.mark.parametrize("lacking", ["workgroups", "expectations", "supervisors", ""])
def test_ready_to_act_takes_groups_success_and_guidance(lacking: str) -> None:
    """And not the freed time, which is a must of its own."""
    three = dict.fromkeys(("workgroups", "expectations", "supervisors"), "pass")
    told = {f.key for f in judged(three | ({lacking: "warn"} if lacking else {})).findings}
    assert ("EXP-28.three_met" in told) == (not lacking)


@pytest.mark.row("CND-03")
@pytest.mark.parametrize(
    ("now", "later", "key"),
    [(0, 0, None), (0, 3, "too_little"), (1, 9, "chosen"), (7, 0, "chosen"), (8, 0, "too_much")],
)
def test_how_much_is_critical_now(now: int, later: int, key: str | None) -> None:
    rows = [{"preparation": f"P{n}", "prepare_when": "now"} for n in range(now)]
    rows += [{"preparation": f"L{n}", "prepare_when": "later"} for n in range(later)]
    found = judged({}, preparations=rows)
    told = [f.key for f in found.findings if f.rule == "CND-03"]
    assert told == ([f"CND-03.{key}"] if key else [])
    assert found.numbers.get("critical_now") == (now if rows else None)


@pytest.mark.row("ENV-03", "WS-041", "WS-067", "X-12", "X-22")
def test_what_no_sheet_of_the_stage_asks_is_asked_here_and_missing_by_name() -> None:
    found = judged({}, at_start="", baseline="dont_know", privacy="")
    missing = {f.key for f in found.findings if f.is_missing}
    assert missing == {"missing.at_start", "missing.baseline", "missing.privacy"}


def test_the_example_goes_on_and_says_why() -> None:
    workbook = GivenWorkbook(FRAMEWORK, TODAY, {}).examples
    told = workbook.assess(GATE)
    assert told.verdict == Level.PASS
    assert not {"APP-18.unexplained", "APP-18.unsigned"} & {f.key for f in told.findings}
