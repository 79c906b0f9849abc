"""The scorecard's answers as a frame: a line for each measure."""

from __future__ import annotations

from typing import Any

import pandas as pd

from playbook.analysis.work_system.scorecard_answers import ScorecardLine, lines_of
from playbook.frames.work_system import first_worksheet

_COLUMNS = (
    "category", "unit", "better", "baseline", "target", "trigger", "latest", "day", "crossed",
    "reached",
)  # fmt: skip


def scorecard_measures(answers: pd.DataFrame) -> pd.DataFrame:
    """A line for each measure with a name and a kind, by its name: `category`, `unit`, `better`
    ("up" or "down"), `baseline`, `target`, `trigger` and `latest` in its unit (NaN where open), the
    `day` of the latest figure, and whether it `crossed` its trigger and `reached` its target (None
    while that is open). `answers` as `open_workbook` and `open_example` give them, of which the
    first scorecard counts; InputError when there is none.

    Examples
    --------
    >>> from playbook.frames import open_example, scorecard_measures
    >>> found = scorecard_measures(open_example())
    >>> found["category"].nunique(), int(found["crossed"].sum())
    (6, 0)
    >>> found.loc["Claimants who renew", "latest"]
    np.float64(77.8)
    """
    _, worksheet = first_worksheet(answers, "scorecard")
    lines = lines_of((row.id, row.answers) for row in worksheet.rows("measures"))
    frame = pd.DataFrame(
        [[it.name, *_values(it)] for it in lines if it.metric], columns=["measure", *_COLUMNS]
    )
    frame["day"] = pd.to_datetime(frame["day"])
    numbers = dict.fromkeys(("baseline", "target", "trigger", "latest"), float)
    return frame.astype(numbers).set_index("measure")


def _values(line: ScorecardLine) -> list[Any]:
    """What is compared is left open where nobody said which way is better."""
    metric, open_ones = line.metric, set() if line.directed else {"better", "crossed", "reached"}
    return [None if name in open_ones else getattr(metric, name) for name in _COLUMNS]
