"""The gate of Act: two levels apart, and stop, continue and scale each judged by what it needs."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.analysis.pilot import Success
from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import VERDICTS, Assessment, Level, worst
from playbook.worksheet.parse import read_worksheet
from tests.rules.anything import TODAY, some, tables, worksheet

FRAMEWORK = load_framework()
GATE = FRAMEWORK.sheets["act_gate"]
SCALING_ALONE = {"SCA-04", "SCA-05", "SCA-07", "SCA-11", "WS-071", "WS-043"}
RESULTS = {"met": True, "not_met": False, "too_early": None}
LEVELS = st.sampled_from([level.value for level in VERDICTS])
a_few = settings(deadline=None, max_examples=60)


def judged(carried: dict[str, Any] | None = None, **told: Any) -> Assessment:
    read = read_worksheet(GATE, told, FRAMEWORK.words)
    return assess(GATE, read, FRAMEWORK, TODAY, carried or {})


def criterion(level: str, result: str) -> dict[str, str]:
    name = f"{level} {result}"
    return {"criterion": name, "level": level, "happened": "Counted", "result": result}


def keys(found: Assessment, row: str) -> set[str]:
    return {it.key.removeprefix(f"{row}.") for it in found.findings if it.rule == row}


@pytest.mark.row("SCA-14", "ENT-08")
@pytest.mark.parametrize(("started", "mattered"), list(product(RESULTS, RESULTS)))
def test_the_four_fields_are_those_of_the_analysis(started: str, mattered: str) -> None:
    """The second way: Success of playbook.analysis.pilot, from the same two answers."""
    rows = [criterion("started", started), criterion("mattered", mattered)]
    moved = {True: "as wished", False: "not shown", None: "not known"}[RESULTS[mattered]]
    field = Success(RESULTS[started], moved).both.replace(" ", "_")
    assert keys(judged(criteria=rows), "SCA-14") == {field}


@pytest.mark.row("GAP-08")
@pytest.mark.parametrize(
    ("limit", "spent", "key"),
    [("20000", 20000, "within"), ("20000", 20000.5, "over"), ("0", 1, "over"), (None, 9, None)],
)
def test_what_was_spent_is_told_beside_a_limit_that_was_set(
    limit: str | None, spent: float, key: str | None
) -> None:
    found = judged({"money_limit": limit} if limit else {}, money_spent=spent)
    assert keys(found, "GAP-08") == ({key} if key else set())
    assert found.verdict == judged().verdict


@pytest.mark.row("SCA-14")
def test_one_level_never_stands_for_the_other() -> None:
    ran = [criterion("started", "met")] * 3
    assert keys(judged(criteria=ran), "SCA-14") == {"no_matter"}
    assert keys(judged(criteria=[criterion("mattered", "met")]), "SCA-14") == {"no_start"}


@pytest.mark.row("SCA-14")
def test_met_criteria_are_counted() -> None:
    rows = [criterion("started", "met"), criterion("mattered", "not_met"), {"criterion": "Later"}]
    assert judged(criteria=rows).numbers == {"criteria_told": 3, "criteria_met": 1}


# --------------------------------------------------------------------------- stop and continue


@pytest.mark.row("SCA-13", "SCA-04", "SCA-05", "SCA-07", "SCA-11", "WS-071")
@a_few
@given(data=st.data(), decision=st.sampled_from(["stop", "continue"]))
def test_what_only_scaling_needs_never_weighs_on_another_decision(data: Any, decision: str) -> None:
    answers, rows = data.draw(some(GATE)), data.draw(tables(GATE))
    answers["go_on"] = decision
    found = assess(GATE, worksheet(GATE, answers, rows), FRAMEWORK, TODAY)
    assert not SCALING_ALONE & {it.rule for it in found.findings}
    needs = {question for it in found.findings if it.is_missing for question in it.questions}
    assert not needs & {"cells", "systems", "takes_up", "translation"}


@pytest.mark.row("WS-071")
def test_a_wave_by_name_alone_lacks_its_day_its_evidence_and_what_stops_it() -> None:
    """It is asked for and not weighed: a wave that is written down is no worse than none."""
    named = {"wave": "Motor claims", "wave_issues": "closed"}
    whole = named | {"wave_start": "2027-09-06", "wave_evidence": "x", "wave_stops": "x"}
    assert keys(judged(go_on="scale", waves=[whole]), "WS-071") == {"planned"}
    found = judged(go_on="scale", waves=[whole, named | {"wave_start": "2027-11-01"}])
    assert keys(found, "WS-071") == {"planned", "lacks"}
    (lacks,) = [it for it in found.findings if it.key == "WS-071.lacks"]
    assert lacks.advice == "Enter for each wave: Evidence before, What stops it."


@pytest.mark.row("SCA-13")
@a_few
@given(
    sheets=st.dictionaries(st.sampled_from(["focus", "practices", "connect", "obstacles"]), LEVELS),
    started=st.sampled_from(["met", "not_met"]),
    mattered=st.sampled_from(["met", "not_met"]),
)
def test_an_honest_stop_is_as_far_as_its_sheets(
    sheets: dict[str, str], started: str, mattered: str
) -> None:
    """Whatever came out: a pilot that neither ran nor mattered is no worse a stop."""
    found = judged(
        sheets,
        criteria=[criterion("started", started), criterion("mattered", mattered)],
        rivals=[{"rival": "Season", "standing": "not_ruled_out"}],
        go_on="stop",
        because="We know enough.",
        learned="One person is enough.",
    )
    built = [it for it in GATE.carries if it.must and it.sheet in FRAMEWORK.sheets]
    musts = [Level(sheets.get(it.id, "unknown")) for it in built]
    assert found.verdict == worst([*musts, Level.PASS])


@pytest.mark.row("APP-07")
@pytest.mark.parametrize(
    ("day", "harm", "key"),
    [
        ("2027-04-15", "no", {"too_soon"}),
        ("2027-04-16", "no", set()),
        ("2027-03-01", "partly", {"too_soon"}),
        ("2027-03-01", "yes", {"harm"}),
    ],
)
def test_a_stop_waits_for_the_agreed_end_unless_somebody_comes_to_harm(
    day: str, harm: str, key: set[str]
) -> None:
    told = {"go_on": "stop", "decide_by": day, "harm": harm}
    assert keys(judged({"pilot_end": "2027-04-16"}, **told), "APP-07") == key


@pytest.mark.row("SCA-09")
@a_few
@given(data=st.data())
def test_nothing_is_ever_called_complete(data: Any) -> None:
    """Not by a finding, and not by the sheet's own words; a decision to go on wants the next."""
    answers, rows = data.draw(some(GATE)), data.draw(tables(GATE))
    found = assess(GATE, worksheet(GATE, answers, rows), FRAMEWORK, TODAY)
    told = " ".join(
        [*GATE.verdict_texts.values(), *(it.text + it.heading for it in found.findings)]
    )
    assert not {"complete", "completed", "100%"} & set(told.lower().replace(".", " ").split())
    goes_on = answers.get("go_on") in ("continue", "scale")
    assert ("no_end" in keys(found, "SCA-09")) == (goes_on and "look_again" not in answers)


# --------------------------------------------------------------------------- what was sealed


@pytest.mark.row("GAP-10")
def test_what_was_sealed_and_is_not_told_is_named() -> None:
    sealed = ("Call-backs rise to 45%", "Complaints do not rise")
    rows = [criterion("mattered", "met") | {"criterion": sealed[0]}]
    told = judged({"sealed": sealed}, criteria=rows).findings
    found = [it for it in told if it.key.startswith("GAP-10")]
    assert [it.key for it in found] == ["GAP-10.left_out"]
    assert sealed[1] in found[0].text
    assert sealed[0] not in found[0].text
    assert not keys(judged(criteria=rows), "GAP-10") - {"missing.go_on"}
