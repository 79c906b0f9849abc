"""Who can be freed, as frames: what an analyst gets, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from playbook.frames import CapacityPlan, open_example
from playbook.model import InputError

PEOPLE = pd.DataFrame(
    {
        "who": ["Volunteers", "Stays", "Newcomer"],
        "contract": [40.0, 40.0, 40.0],
        "takes_part": ["yes", "no", "temp"],
        "count": [3, np.nan, np.nan],
    }
)
TASKS = pd.DataFrame(
    {
        "task": ["Own", "Calls", "Desk"],
        "doer": ["Volunteers", "Volunteers", "Stays"],
        "hours": [6, 30, 36],
        "triage": ["keep", "consolidate", "simplify"],
        "left": [np.nan, np.nan, 20],
        "relaxed_until": [pd.NaT, pd.NaT, pd.NaT],
    }
)


def test_a_plan_from_frames_says_who_is_freed_and_who_does_what() -> None:
    """One who stays has 20 hours, a newcomer 40: two of three who hand 30 over."""
    plan = CapacityPlan.from_frames(PEOPLE, TASKS)
    assert (plan.freed, plan.volunteers) == (2, 3)
    told = plan.people
    assert told.loc["Volunteers", "free"].round(4).tolist() == [0.85, 0.1]
    assert told["people"].tolist() == [2, 1, 1, 1]
    tasks = plan.tasks
    assert tasks.groupby("task")["hours"].sum().to_dict() == {"Own": 18, "Calls": 90, "Desk": 20}
    assert tasks[tasks["taken_over"]]["hours"].sum() == 60
    # The third hands 26 hours over at least, so 78 are needed and 60 are there.
    assert plan.why_not == {"hours": 18.0}
    assert repr(plan) == "<CapacityPlan: 2 of 3 volunteers freed>"


def test_what_keeps_people_is_named() -> None:
    kept = TASKS.assign(triage=["keep", "keep", "keep"])
    plan = CapacityPlan.from_frames(PEOPLE, kept)
    assert plan.why_not == {"stuck": ["Volunteers"], "kept": ["Own", "Calls"]}


def test_the_example_is_opened_like_any_workbook() -> None:
    plan = CapacityPlan.from_workbook(open_example())
    assert (plan.freed, plan.volunteers, plan.why_not) == (24, 24, {})


@pytest.mark.parametrize(
    ("people", "tasks", "said"),
    [
        (PEOPLE, TASKS.assign(doer="Volunters"), "did you mean Volunteers?"),
        (PEOPLE.assign(who="Same"), TASKS, "Two rows of people"),
        (PEOPLE.assign(who=[None, "b", "c"]), TASKS, "Row 1 of people has no name"),
        (PEOPLE.drop(columns="contract"), TASKS, "`contract` is empty"),
        (PEOPLE, TASKS.drop(columns="triage"), "`triage` is empty"),
        (PEOPLE, TASKS.assign(triage="drop"), "drop"),
        (PEOPLE, TASKS.assign(colour="red"), "colour"),
        ([], TASKS, "not a list"),
    ],
)
def test_a_wrong_frame_gets_one_sentence(people: object, tasks: object, said: str) -> None:
    with pytest.raises(InputError) as error:
        CapacityPlan.from_frames(people, tasks)  # type: ignore[arg-type]
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_answers_without_a_capacity_sheet_give_no_plan() -> None:
    answers = open_example()
    with pytest.raises(InputError, match="no capacity sheet"):
        CapacityPlan.from_workbook(answers[answers["sheet"] != "capacity"])
