"""What the program found about a pilot: verdict, sealed rule, deviations, opened predictions."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from playbook.analysis.pilot import verdict
from playbook.assessing.workbook import GivenWorkbook, Workbook
from playbook.framework import load_framework
from playbook.model import Level, Worksheet
from playbook.model.storage import Operation, Set
from playbook.report.act_gate.result import levels, predictions, result_of, rivals, told
from playbook.report.pictures import pictures
from playbook.store import SqliteStore
from playbook.worksheet.parse import read_worksheet
from scripts import thirteen_weeks
from tests.browser.test_recognise import write
from widgets.views.act_gate.asks import result_payload

FRAMEWORK = load_framework()
WORDS = FRAMEWORK.words
GATE = FRAMEWORK.sheets["act_gate"]
DAY = date(2027, 4, 23)
CALLS = thirteen_weeks.MEASURES[0]

pytestmark = pytest.mark.row("GAP-20", "GAP-10")


def focus(**promise: Any) -> dict[str, Any]:
    """The example's sheet with changes of its promise; "" takes an answer away."""
    given = deepcopy(dict(FRAMEWORK.examples["focus"].answers))
    row = given["promise"][0] | promise
    given["promise"] = [{key: value for key, value in row.items() if value != ""}]
    return given


def result(given: dict[str, Any]) -> Any:
    read = read_worksheet(FRAMEWORK.sheets["focus"], given, WORDS)
    return result_of(GivenWorkbook(FRAMEWORK, DAY, {"focus": read}))


def test_the_example_is_told_as_the_analysis_finds_it() -> None:
    """The second way: the script's own weeks, straight through the lot's verdict."""
    drawn = thirteen_weeks.lot()
    weeks = thirteen_weeks.weeks_of(CALLS, effect=True)
    said = verdict(weeks, drawn.starts, thirteen_weeks.DESIGN, baseline=12, alpha=0.05)
    found = result(focus())
    assert said.outcome == "more than luck"
    assert said.estimate == pytest.approx(8.2, abs=0.05)
    assert found.verdict == (
        "More than luck: the lot alone would look like this in 4% of cases.",
        "Estimated change 8.2 points, likely between 2.3 points and 10.9 points.",
    )
    assert found.rule == "By your sealed rule: scale."
    assert found.deviations == ("Nothing differs from what was sealed.",)
    assert "5 of 5" in found.grade


def test_without_a_change_the_same_pilot_is_no_more_than_luck() -> None:
    given = focus()
    without = thirteen_weeks.weeks_of(CALLS, effect=False)
    for row in given["figures"]:
        if row["of"] == "callbacks":
            days = zip(thirteen_weeks.mondays(), without[row["group"]], strict=True)
            row["group_data"] = "\n".join(f"{day} {value:g}" for day, value in days)
    found = result(given)
    assert found.verdict[0].startswith("Luck would do as much")
    assert found.rule != "By your sealed rule: scale."


@pytest.mark.parametrize("open_answer", ["sealed_on", "primary", "opens_on"])
def test_nothing_is_found_before_a_promise_is_whole_and_sealed(open_answer: str) -> None:
    assert result(focus(**{open_answer: ""})) is None


def test_before_and_after_allows_no_verdict_and_says_why() -> None:
    found = result(focus(design="before_after", groups_named="", waves=""))
    assert found.verdict[0].startswith("No verdict is possible")
    assert found.rule == "Your sealed rule can’t be applied: no verdict is possible."


def test_the_program_lists_what_differs_and_the_grade_falls_with_it() -> None:
    given = focus(opened_by="Tom Okafor", opened_on="2027-04-20")
    given["groups"][0]["began_on"] = "2027-03-15"
    given["groups"][1]["left_on"] = "2027-03-29"
    found = result(given)
    said = " ".join(found.deviations)
    for part in ("Opened on 20 April 2027", "Opened by Tom Okafor", "Group 1 started", "left"):
        assert part in said, part
    assert "5 of 5" not in found.grade
    assert found.verdict[0].startswith("No verdict is possible"), "whoever moves a start chooses"


def test_before_its_day_nobody_reads_a_result() -> None:
    """A look each week would find luck sooner or later, so it waits for the day that was sealed."""
    read = read_worksheet(FRAMEWORK.sheets["focus"], focus(opened_on=""), WORDS)
    early, due = (
        result_of(GivenWorkbook(FRAMEWORK, DAY - timedelta(days=days), {"focus": read}))
        for days in (1, 0)
    )
    assert early.verdict == (
        "The result is opened on 23 April 2027 by Helen Marsh, chief claims officer. "
        "Until then the weekly charts show what changed.",
    )
    assert (early.rule, early.deviations) == ("", ())
    assert due.verdict[0].startswith("More than luck")


def test_figures_and_units_changed_after_the_seal_are_listed_from_the_history() -> None:
    """A real store on a clock: filled and sealed on one day, changed a month later."""
    at = datetime(2027, 1, 11, 9, tzinfo=UTC)
    store = SqliteStore(None, now=lambda: at)
    worksheet = write(store, "focus", focus())

    def found() -> Any:
        return result_of(Workbook(FRAMEWORK, DAY, store))

    assert found().deviations == ("Nothing differs from what was sealed.",)
    at += timedelta(days=30)
    field = "figures/callbacks1/group_data"
    lines = str(store.load(worksheet).fields[field].value).splitlines()
    lines[0] = lines[0].split()[0] + " 12"
    lines[1] = lines[1].split()[0] + " 13"
    changed = {field: "\n".join(lines), "measures/callbacks/unit": "calls"}
    sets = tuple(Set(name, value, None) for name, value in changed.items())
    store.commit(worksheet, Operation(str(uuid4()), "laptop", "set", 1, sets))
    told = found()
    assert told.deviations == (
        "The unit: sealed as %, now calls.",
        "Group 1: weekly figures that were changed after sealing: 2.",
    )
    assert "2 of 5" in told.grade
    assert told.verdict[0].startswith("No verdict is possible")


def test_a_lot_that_was_removed_for_good_no_longer_proves_anything() -> None:
    """Whoever erases it can draw another; the history keeps that it was, and nothing else."""
    store = SqliteStore(None)
    worksheet = write(store, "focus", focus())
    store.erase_field(worksheet, "lots/lot", "laptop")
    (lot,) = FRAMEWORK.examples["focus"].answers["lots"]
    fields = {f"lots/again/{key}": str(value) for key, value in lot.items() if key != "id"}
    sets = tuple(Set(name, value, None) for name, value in fields.items())
    again = (*sets, Set("lots/again", 1.0, None))
    store.commit(worksheet, Operation(str(uuid4()), "laptop", "set", 1, again))
    found = result_of(Workbook(FRAMEWORK, DAY, store))
    assert found.deviations == (
        "A lot was removed for good, so the order may have been drawn again.",
    )
    assert "3 of 5" in found.grade


# --------------------------------------------------------------------------- predictions, levels


def foretold(*people: str, came: str = "yes") -> Any:
    row = {"foretold": "It rises", "foretold_share": "80", "foretold_sealed": "2027-01-11"}
    rows = [row | {"foretold_by": one, "came_true": came} for one in people]
    return read_worksheet(GATE, {"predictions": rows}, WORDS)


@pytest.mark.parametrize(("count", "hidden"), [(0, None), (1, True), (4, True), (5, False)])
def test_predictions_are_opened_for_groups_of_five_or_more(count: int, hidden: bool | None) -> None:
    said = predictions(foretold(*[f"H{n:02}" for n in range(count)]), WORDS)
    if hidden is None:
        assert said == ()
    elif hidden:
        assert said == ("Shown from five people on.",)
    else:
        assert said[0] == "The group said 80%. It came true in 5 of 5."
        assert "0.04" in said[1]  # (0.8 - 1) squared


def test_a_prediction_that_was_never_sealed_is_none() -> None:
    rows = [
        {"foretold": "It rises", "foretold_share": "80", "foretold_by": f"H{n}", "came_true": "yes"}
        for n in range(6)
    ]
    assert predictions(read_worksheet(GATE, {"predictions": rows}, WORDS), WORDS) == ()


def test_the_levels_are_counted_apart() -> None:
    worksheet = Workbook(FRAMEWORK, DAY).examples.current(GATE).worksheet
    started, mattered = levels(worksheet, GATE, WORDS)
    assert (started.mark.word, started.said) == ("Met", "Of 2: 2 met.")
    assert (mattered.mark.word, mattered.said) == (
        "Too early",
        "Of 3: 1 too early, 1 not met, 1 met.",
    )
    told = read_worksheet(GATE, {"criteria": [{"criterion": "It ran", "level": "started"}]}, WORDS)
    assert [one.said for one in levels(told, GATE, WORDS)] == [
        "Of 1: 1 without a result.",
        "No criterion of this level yet.",
    ]
    assert levels(read_worksheet(GATE, {}, WORDS), GATE, WORDS) == []


def test_other_explanations_stand_with_what_is_left_of_them() -> None:
    worksheet = Workbook(FRAMEWORK, DAY).examples.current(GATE).worksheet
    told = {one.name: (one.mark.level, one.mark.word) for one in rivals(worksheet, GATE, WORDS)}
    assert told == {
        "A quiet season": (Level.PASS, "Ruled out"),
        "Volunteers were better anyway": (Level.PASS, "Unlikely"),
        "The new system helped everybody": (Level.WARN, "Explains a part"),
        "Extra attention": (Level.UNKNOWN, "Not ruled out"),
    }


def test_the_groups_are_drawn_in_the_order_of_the_lot() -> None:
    drawn = thirteen_weeks.lot()
    found = result(focus()).groups
    assert [one.run.group for one in found] == list(drawn.order)
    first = thirteen_weeks.mondays()[12]
    for one, start in zip(found, (0, 3, 6, 9), strict=True):
        assert one.run.begins == thirteen_weeks.BEFORE + start
        day = first + timedelta(weeks=start)
        assert f"week {start + 1}, {day.day} {day:%B %Y}" in one.start


def test_the_page_is_told_what_the_report_finds() -> None:
    workbook = Workbook(FRAMEWORK, DAY).examples
    worksheet = workbook.current(GATE).worksheet
    found, shown = (
        result_of(workbook),
        result_payload(workbook, result_of(workbook), worksheet, FRAMEWORK),
    )
    assert shown["verdict"] == found.verdict
    assert [it["name"] for it in shown["parts"]] == [
        name for name, _ in told(found, worksheet, WORDS)
    ]
    assert [it["group"] for it in shown["lots"]] == [it.run.group for it in found.groups]
    blank = result_payload(Workbook(FRAMEWORK, DAY), None, Worksheet(GATE.id), FRAMEWORK)
    assert not blank["found"]
    assert not any(blank[part] for part in ("levels", "lots", "parts", "rivals", "verdict"))


def test_where_it_goes_from_here_is_told_in_words() -> None:
    rows = {
        "waves": [
            {"wave": "Motor claims", "wave_start": "2027-09-06", "wave_issues": "open"},
            {"wave": "Household", "wave_start": "2027-06-07", "wave_issues": "closed"},
        ],
        "spinoffs": [{"spin_what": "Motor.", "spin_from": "Group 2: two of them told"}],
        "areas": [{"area_change": "A new bonus", "area": "management", "area_day": "2027-06-30"}],
    }
    read = read_worksheet(GATE, rows, WORDS)
    found = GivenWorkbook(FRAMEWORK, DAY, {}).assess(GATE, read)
    title = WORDS.text("spread.title")
    (one,) = [it for it in pictures(GATE, read, found, FRAMEWORK) if it.title == title]
    assert one.sentences == (
        "Wave 1: Household. It begins: 7 June 2027.",
        "Wave 2: Motor claims. It begins: 6 September 2027. "
        "Open issues of those before it have not been looked at.",
        "Motor. It grew out of: Group 2.",
        "What leaders do: nothing yet.",
        "How the business works: nothing yet.",
        "Places and tools: nothing yet.",
        "Pay, ratings and planning: A new bonus (no owner yet, 30 June 2027).",
        "Systems and data: nothing yet.",
    )
