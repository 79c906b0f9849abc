"""The zoom-out sheet: a first screen that passes, and short ways to look at an assessment."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import Assessment, Value
from playbook.worksheet.parse import read_worksheet
from tests.rules.anything import TODAY

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["zoom_out"]

POINTS = {
    "objective": ("cost", "efficiency", "both", "value", "wider"),
    "focus": ("routine", "exceptions", "reported", "unasked", "unseen"),
    "needs": ("steps", "trained", "welcome", "sought", "lasting"),
}
"""The anchors of the three shifts from today's side to the new one, as the sheet shows them."""

SOLID: dict[str, Value] = {
    **{
        f"{shift}_{when}": points[place]
        for shift, points in POINTS.items()
        for when, place in (("now", 1), ("wanted", 3))
    },
    "decision": "We try it with two teams.",
    "decision_owner": "The mayor",
    "decision_date": "2026-02-23",
}
"""A first screen that passes."""


def told(answers: Mapping[str, Any], today: date = TODAY) -> Assessment:
    """The assessment of a sheet with these answers, tables included, as a file gives them."""
    return assess(SHEET, read_worksheet(SHEET, answers, FRAMEWORK.words), FRAMEWORK, today)


def keys(assessment: Assessment) -> set[str]:
    return {finding.key for finding in assessment.findings}


def text(assessment: Assessment, key: str) -> str:
    return next(finding.text for finding in assessment.findings if finding.key == key)
