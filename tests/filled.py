"""Worksheets filled in a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.worksheet.parse import read_worksheet


def filler(
    sheet: Sheet, framework: Framework, today: date
) -> Callable[..., tuple[Worksheet, Assessment]]:
    """Fills `sheet`: each candidate a mapping of answers, what is asked once by name."""

    def fill(*candidates: dict[str, Any], **answers: Any) -> tuple[Worksheet, Assessment]:
        given = {"candidates": list(candidates), **answers}
        worksheet = read_worksheet(sheet, given, framework.words)
        return worksheet, assess(sheet, worksheet, framework, today)

    return fill
