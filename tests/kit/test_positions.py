"""The positions of a step on paper: each with its facts, or said to be a judgement."""

from __future__ import annotations

import pytest

from playbook.cases.load import load_case
from playbook.framework import Framework
from playbook.kit.case_papers import position_blocks
from playbook.kit.paper import Grid


@pytest.mark.parametrize("case_id", ["alcoa", "atb"])
def test_a_position_without_a_fact_is_said_to_be_a_judgement(
    framework: Framework, case_id: str
) -> None:
    case = load_case(case_id)
    judgement = framework.words.text("cases.none_speaks")
    for step in case.steps:
        (grid,) = position_blocks(step, case, framework.words)
        assert isinstance(grid, Grid)
        said = [row[1] == judgement for row in grid.rows]
        assert said == [not it.evidence for it in step.positions], step.id
