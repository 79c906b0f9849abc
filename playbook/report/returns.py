"""How wider value comes back: two curves and a circle, drawn once wider value is wanted.

Both are illustrations of what is explained, so files without pictures leave them out.
"""

from __future__ import annotations

from playbook.framework import Framework
from playbook.model import Sheet, Worksheet
from playbook.worksheet.visibility import visible_answers

WANTED, OWN_WORDS = "objective_wanted", "chain"


def wider_value_is_wanted(sheet: Sheet, worksheet: Worksheet, framework: Framework) -> bool:
    """Whether the objective is wanted beyond the middle of its scale."""
    wanted = visible_answers(sheet, worksheet).get(WANTED)
    far = framework.threshold_values["shift_far_point"]
    return wanted is not None and sheet.scales[WANTED].index(str(wanted)) >= far


def returns_summary(framework: Framework) -> list[str]:
    """The two curves in sentences."""
    return [
        framework.words.text(f"returns_chart.line_{name}") for name in ("saving", "value", "note")
    ]


def circle_summary(worksheet: Worksheet, framework: Framework) -> list[str]:
    """The circle in a sentence, then the person's own version of it."""
    own = worksheet.answers.get(OWN_WORDS)
    words = framework.words
    return [
        words.text("circle_chart.line"),
        *([words.text("circle_chart.own", own=own)] if own else []),
    ]
