"""The framework, and short ways to assess one candidate of the catalyst sheet."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.model import Assessment, Sheet
from playbook.worksheet.parse import read_worksheet

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="session")
def say(framework: Framework, catalyst: Sheet) -> Callable[..., Assessment]:
    """say(breaks="no", ...): the assessment of a sheet with this one candidate."""

    def assessed(
        today: date = TODAY, sheet: Mapping[str, Any] | None = None, **answers: Any
    ) -> Assessment:
        given = {"candidates": [answers] if answers else [], **(sheet or {})}
        return assess(catalyst, read_worksheet(catalyst, given, framework.words), framework, today)

    return assessed
