"""What the page of the board may ask the kernel: how old obstacles are on the sheet's own day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playbook.report.obstacles.board import obstacles_in
from widgets.form.asks import Answer, Ask
from widgets.session import Session


def _ages(session: Session, _: Mapping[str, Any]) -> Answer:
    """Days by row, and the rows that go to the sponsor's page."""
    days = round(session.framework.thresholds["obstacle_sponsor_days"].value)
    listed = obstacles_in(session.worksheet, session.assessment.today)
    return {
        "ages": {one.row: one.age for one in listed if one.age is not None},
        "old": [one.row for one in listed if one.is_sponsors(days)],
    }


OBSTACLE_ASKS: Mapping[str, Ask] = {"obstacle_ages": _ages}
