"""The flow and the alignment sheet as frames: the same figures as on the sheets, and no guess."""

from datetime import date

import pytest

from playbook.assessing.workbook import Workbook
from playbook.frames import Alignment, WorkFlow, open_example, scorecard_measures
from playbook.framework import load_framework
from playbook.model import InputError

FRAMEWORK = load_framework()


@pytest.fixture(scope="module")
def answers():
    return open_example()


def numbers(sheet):
    book = Workbook(FRAMEWORK, date(2027, 4, 23)).examples
    return book.current(FRAMEWORK.sheets[sheet]).assessment.numbers


@pytest.mark.row("WS-024")
def test_the_flow_has_the_figures_of_its_sheet(answers):
    figures, told = WorkFlow.from_workbook(answers).figures, numbers("flow")
    assert figures["lead_time"] == pytest.approx(told["flow_hours"])
    assert 100 * figures["efficiency"] == pytest.approx(told["flow_efficiency_percent"], abs=0.05)
    assert figures["most_a_week"] == pytest.approx(told["flow_most_a_week"], abs=0.01)
    assert figures["in_progress"] == pytest.approx(told["flow_under_way"], abs=0.05)


@pytest.mark.row("WS-044", "WS-020", "WS-046", "WS-026")
def test_the_fit_is_that_of_the_weakest_pair(answers):
    found = Alignment.from_workbook(answers)
    assert found.pairs["level"].min() == numbers("alignment")["alignment_level"]
    assert found.pairs[found.pairs["weakest"]]["level"].nunique() == 1
    assert found.skills["short"].sum() == numbers("alignment")["skills_short"]
    assert found.blocks.loc["technology", "gap"] == 1
    assert found.data.index.tolist() == ["Claim files", "Repair dates"]


@pytest.mark.row("WS-024", "WS-044")
def test_what_nobody_said_is_open_and_no_zero(answers):
    asked = answers["question"].isin(["step", "what", "people_process", "data_name", "skill"])
    flow = WorkFlow.from_workbook(answers[asked])
    assert flow.figures.isna().all()
    assert flow.steps["touch"].isna().all()
    found = Alignment.from_workbook(answers[asked])
    assert found.pairs["level"].count() == 1
    assert found.blocks["gap"].isna().all()
    assert found.data["accuracy"].isna().all()
    assert found.uses.empty


@pytest.mark.parametrize(
    "read",
    [WorkFlow.from_workbook, Alignment.from_workbook, scorecard_measures],
    ids=["flow", "alignment", "scorecard"],
)
def test_without_the_sheet_one_sentence_says_so(answers, read):
    with pytest.raises(InputError, match=r"There is no sheet “.*” among these answers"):
        read(answers[answers["sheet"] == "catalyst"])
