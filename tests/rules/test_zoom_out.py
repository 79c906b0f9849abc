"""The zoom-out rules, their numbers worked out a second way."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.report.steps import promises
from playbook.worksheet.parse import read_worksheet
from tests.rules.anything import TODAY
from tests.rules.zoom_out import FRAMEWORK, POINTS, SHEET, SOLID, keys, text, told

ROW_OF = {"objective": "SHIFT-04", "focus": "SHIFT-05", "needs": "SHIFT-07"}


# --------------------------------------------------------------------------- the three shifts


@pytest.mark.row("SHIFT-04", "SHIFT-05", "SHIFT-07")
@pytest.mark.parametrize("shift", POINTS)
def test_each_shift_is_read_from_both_of_its_places(shift: str) -> None:
    """All 25 pairs; the table is written out: rows are today, columns what is wanted."""
    expected = [
        ["short", "short", "short", "moves", "moves"],
        ["back", "short", "short", "moves", "moves"],
        ["back", "back", "short", "moves", "moves"],
        ["back", "back", "back", "stays", "moves"],
        ["back", "back", "back", "back", "stays"],
    ]
    for now, line in zip(POINTS[shift], expected, strict=True):
        for wanted, name in zip(POINTS[shift], line, strict=True):
            found = keys(told({f"{shift}_now": now, f"{shift}_wanted": wanted}))
            said = {key for key in found if key.startswith(ROW_OF[shift])}
            assert said == {f"{ROW_OF[shift]}.{name}"}, (now, wanted)


@pytest.mark.parametrize("shift", POINTS)
def test_where_a_shift_stands_today_is_asked_under_whatever_is_wanted(shift: str) -> None:
    """A place today without one wanted is kept and does not count."""
    today = {f"{shift}_now": POINTS[shift][1]}
    assert not any(key.startswith(f"{ROW_OF[shift]}.") for key in keys(told(today)))
    for wanted in POINTS[shift]:
        found = keys(told({f"{shift}_wanted": wanted}))
        assert f"missing.{shift}_now" in found
        short = POINTS[shift].index(wanted) <= 2
        assert (f"{ROW_OF[shift]}.short" in found) == short


@pytest.mark.row("SHIFT-25")
@given(places=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=3))
def test_it_leads_nowhere_when_no_shift_is_wanted_and_not_all_are_far_on(
    places: list[tuple[int, int]],
) -> None:
    answers = {}
    for (shift, points), (now, wanted) in zip(POINTS.items(), places, strict=True):
        answers |= {f"{shift}_now": points[now], f"{shift}_wanted": points[wanted]}
    somewhere = any(wanted > now for now, wanted in places)
    stays_far = min(min(place) for place in places) >= 3
    found = told(answers)
    assert ("SHIFT-25.nowhere" in keys(found)) == (not somewhere and not stays_far)
    assert (found.verdict == "fail") == ("SHIFT-25.nowhere" in keys(found))


@pytest.mark.row("SHIFT-05")
def test_the_hours_contradict_only_above_the_limit_and_far_on() -> None:
    for share, focus, contradicts in (
        (51, "unasked", True),
        (50, "unasked", False),
        (100, "reported", False),
        (0, "unseen", False),
    ):
        placed = {"focus_wanted": "unseen", "focus_now": focus}
        found = keys(told({"routine_share": share, **placed}))
        assert ("SHIFT-05.hours" in found) == contradicts, (share, focus)


@pytest.mark.row("SHIFT-21")
def test_all_sides_that_are_farthest_are_named() -> None:
    found = told(
        {
            "nonroutine_now": "alike",
            "nonroutine_wanted": "odd",
            "context_now": "noted",
            "context_wanted": "act",
            "machines_now": "partner",
            "machines_wanted": "pace",
            "together_wanted": "help",
        }
    )
    said = text(found, "SHIFT-21.widest")
    shorts = {q.id: q.short for q in SHEET.questions()}
    assert said.endswith(f": {shorts['nonroutine_wanted']}, {shorts['context_wanted']}.")


@pytest.mark.row("SHIFT-21")
def test_no_side_is_farthest_where_nothing_more_is_wanted() -> None:
    found = told({"context_now": "act", "context_wanted": "act"})
    assert "SHIFT-21.widest" not in keys(found)


# --------------------------------------------------------------------------- counts and weeks

ONE_INITIATIVE = st.fixed_dictionaries(
    {},
    optional={
        "initiative": st.sampled_from(["Robots", "Chat", "Agile"]),
        "sort": st.sampled_from(["streamline", "augment", "redefine"]),
        "changes_monday": st.sampled_from(["yes", "partly", "no", "dont_know"]),
        "monday": st.just("Two people meet a client."),
    },
)


@pytest.mark.row("SHIFT-02", "APP-08")
@given(rows=st.lists(ONE_INITIATIVE, max_size=6))
def test_the_portfolio_is_counted_and_every_bare_label_is_named(rows: list[dict[str, str]]) -> None:
    found = told({"initiatives": rows})
    named = [row for row in rows if row.get("initiative")]
    sorts = [row["sort"] for row in named if row.get("sort")]
    share = found.numbers.get("initiatives_redefining_percent")
    if sorts:
        assert share == pytest.approx(sum(sort == "redefine" for sort in sorts) / len(sorts) * 100)
    else:
        assert share is None
    bare = [row["initiative"] for row in named if row.get("changes_monday") == "no"]
    assert ("APP-08.label" in keys(found)) == bool(bare)
    if bare:
        shown = [*bare[:3], *(["…"] if len(bare) > 3 else [])]
        assert text(found, "APP-08.label").endswith(": " + "; ".join(shown) + ".")
        assert found.verdict == "warn"
    counts = any(row.get("monday") for row in named if row.get("changes_monday") != "no")
    assert ("APP-08.monday" in keys(found)) == counts  # what was said counts while nobody knows


@pytest.mark.row("SHIFT-02")
def test_that_none_redefines_is_said_only_when_all_are_sorted() -> None:
    sorted_, open_ = {"initiative": "Robots", "sort": "augment"}, {"initiative": "Chat"}
    assert "SHIFT-02.none_redefines" in keys(told({"initiatives": [sorted_]}))
    assert "SHIFT-02.none_redefines" not in keys(told({"initiatives": [sorted_, open_]}))


@pytest.mark.row("APP-03")
@given(
    signs=st.sets(st.sampled_from(["planning", "alignment", "meetings", "roadmaps"])),
    none=st.booleans(),
)
def test_three_warning_signs_are_a_big_programme_and_one_is_a_sign(
    signs: set[str], none: bool
) -> None:
    found = keys(told({"warning_signs": [*signs, *(["none"] if none else [])]}))
    expected = {0: {"APP-03.light"} if none else set(), 1: {"APP-03.signs"}, 2: {"APP-03.signs"}}
    said = {key for key in found if key.startswith("APP-03")}
    assert said == expected.get(len(signs), {"APP-03.drift"})


@pytest.mark.row("APP-01")
@given(ticked=st.sets(st.sampled_from(["figure", "budget", "start"])), none=st.booleans())
def test_a_first_attempt_is_settled_with_figure_budget_and_start(
    ticked: set[str], none: bool
) -> None:
    found = told({"first_attempt": [*ticked, *(["none"] if none and not ticked else [])]})
    said = {key for key in keys(found) if key.startswith("APP-01")}
    if not ticked and not none:
        assert said == set()
    else:
        assert said == {"APP-01.settled" if len(ticked) == 3 else "APP-01.to_settle"}
    if "APP-01.to_settle" in said:
        assert f": {len(ticked)} of 3 " in text(found, "APP-01.to_settle")


@pytest.mark.row("APP-06")
@given(result=st.integers(0, 520), waits=st.integers(0, 520))
def test_patience_is_weeks_that_leaders_wait_less_weeks_to_a_result(
    result: int, waits: int
) -> None:
    found = told({"result_weeks": result, "patience_weeks": waits})
    assert found.numbers["weeks_to_spare"] == waits - result
    assert ("APP-06.impatient" in keys(found)) == (result > waits)
    assert ("APP-06.in_time" in keys(found)) == (result <= waits)


def test_one_number_of_weeks_alone_is_compared_with_nothing() -> None:
    for question in ("result_weeks", "patience_weeks"):
        found = told({question: 12})
        assert "weeks_to_spare" not in found.numbers
        assert not any(finding.rule == "APP-06" for finding in found.findings)


@pytest.mark.row("SHIFT-15")
@given(days=st.integers(-800, 800))
def test_a_decision_stands_from_its_day_on(days: int) -> None:
    found = told(SOLID | {"decision_date": (TODAY + timedelta(days=days)).isoformat()})
    assert ("SHIFT-15.decided" in keys(found)) == (days <= 0)
    assert ("SHIFT-15.coming" in keys(found)) == (days > 0)
    assert found.verdict == ("pass" if days <= 0 else "warn")


@pytest.mark.row("SHIFT-15")
@pytest.mark.parametrize("question", ["decision", "decision_owner", "decision_date"])
def test_without_what_who_or_when_nothing_is_decided(question: str) -> None:
    found = told({key: value for key, value in SOLID.items() if key != question})
    assert "SHIFT-15.decided" not in keys(found)
    assert found.verdict == "unknown"


@pytest.mark.row("APP-04", "SHIFT-06")
def test_what_is_learned_is_a_promise_with_a_name_and_a_day() -> None:
    answers = {
        "learning_step": "A page every Friday",
        "learning_owner": "The shift lead",
        "learning_date": "2026-04-03",
    }
    filled = read_worksheet(SHEET, answers, FRAMEWORK.words)
    promised = [(one.what, one.who, one.day) for one in promises(SHEET, filled)]
    assert promised == [("A page every Friday", "The shift lead", date(2026, 4, 3))]
    assert {q.id for q in SHEET.questions() if "SHIFT-06" in q.rows} == {"repetitive"}


@pytest.mark.row("SHIFT-14")
def test_only_workarounds_with_a_name_are_counted() -> None:
    rows = [{"workaround": "A call"}, {"for_whom": "Somebody"}, {"workaround": "A visit"}]
    assert told({"workarounds": rows}).numbers["workarounds"] == 2
    assert "workarounds" not in told({"workarounds": rows[1:2]}).numbers


@pytest.mark.row("SHIFT-08")
@given(order=st.permutations(["customer", "workforce", "others", "firm"]), length=st.integers(1, 4))
def test_the_firm_first_is_a_warning_wherever_the_order_ends(order: list[str], length: int) -> None:
    found = keys(told({"first_for": order[:length]}))
    assert ("SHIFT-08.firm_first" in found) == (order[0] == "firm")


@pytest.mark.row("SHIFT-08", "SHIFT-17")
@given(
    gains=st.sets(st.sampled_from(["customer", "workforce", "others", "firm"])),
    same=st.sampled_from(["yes", "partly", "no", "dont_know", None]),
)
def test_an_outcome_is_for_somebody_else_and_not_todays(gains: set[str], same: str | None) -> None:
    outcome = {"outcome": "Farms stay", "recipients": sorted(gains)} | (
        {"same": same} if same else {}
    )
    found = keys(told({"outcomes": [outcome]}))
    who = {
        "SHIFT-08.firm_only": gains == {"firm"},
        "SHIFT-08.others_gain": bool(gains - {"firm"}),
    }
    new = {
        "SHIFT-17.same": same == "yes",
        "SHIFT-17.partly": same == "partly",
    }
    assert {key for key in found if key in who | new} == {
        key for key, is_so in (who | new).items() if is_so
    }


@pytest.mark.row("APP-03", "SHIFT-16", "SHIFT-05")
@pytest.mark.parametrize(
    ("threshold", "value", "answers", "key"),
    [
        ("big_programme_signs", 1, {"warning_signs": ["meetings"]}, "APP-03.drift"),
        ("prerequisites_many", 1, {"first_needs": ["pay"]}, "SHIFT-16.start_anyway"),
        (
            "routine_share_most",
            10,
            {"routine_share": 11, "focus_wanted": "unseen", "focus_now": "unseen"},
            "SHIFT-05.hours",
        ),
        (
            "shift_middle_point",
            0,
            {"focus_now": "routine", "focus_wanted": "exceptions"},
            "SHIFT-05.moves",
        ),
    ],
)
def test_a_threshold_is_content_and_may_be_changed(
    threshold: str, value: float, answers: dict[str, Any], key: str
) -> None:
    old = FRAMEWORK.thresholds[threshold]
    changed = replace(
        FRAMEWORK,
        thresholds={**FRAMEWORK.thresholds, threshold: old.model_copy(update={"value": value})},
    )
    filled = read_worksheet(SHEET, answers, FRAMEWORK.words)
    assert key in keys(assess(SHEET, filled, changed, TODAY))
    assert key not in keys(told(answers))
