"""The pilot of a worksheet of Focus and evidence, put together for reports."""

from __future__ import annotations

from datetime import date

from playbook.analysis.pilot.promise import PilotPromise, WhatHappened
from playbook.analysis.pilot.record import Pilot
from playbook.assessing.workbook import Entry, Workbook
from playbook.framework import Framework
from playbook.model import InputError
from playbook.rules.focus.promise import alpha_of
from playbook.worksheet.time_series import WEEK, monday_of
from playbook.worksheet.visibility import visible_answers

FOCUS = "focus"
ALPHA = 0.05
"""One false alarm in 20, where the promise asks for no proof by lot."""


def focus_of(workbook: Workbook) -> Entry | None:
    """The worksheet of Focus and evidence that counts."""
    sheet = workbook.framework.sheets.get(FOCUS)
    return workbook.current(sheet) if sheet else None


def pilot_in(entry: Entry) -> Pilot:
    """The pilot that a worksheet tells of, with the answers that are asked."""
    sheet, worksheet = entry.sheet, entry.worksheet
    rows = {
        table.id: tuple(
            (row.id, visible_answers(sheet, worksheet, table.id, row))
            for row in worksheet.rows(table.id)
        )
        for table in sheet.tables
    }
    return Pilot(visible_answers(sheet, worksheet), rows)


def promise_in(pilot: Pilot, framework: Framework) -> PilotPromise | None:
    """What was promised; None while something of it is open, or its parts contradict each other."""
    alpha = alpha_of(pilot.promised, framework.threshold_values)
    try:
        return pilot.promise(ALPHA if alpha is None else alpha)
    except InputError:
        return None


def happened(pilot: Pilot, promise: PilotPromise) -> WhatHappened:
    """What became of it: when groups really began and left, who opened it, and when."""
    begun: dict[str, int | None] = {}
    left: dict[str, int] = {}
    for _, row in pilot.rows.get("groups", ()):
        name = str(row.get("group_name", ""))
        if name and (day := row.get("began_on")):
            begun[name] = _week(str(day), promise)
        if name and (day := row.get("left_on")):
            left[name] = _week(str(day), promise)
    opened = pilot.promised.get("opened_on")
    return WhatHappened(
        promise,
        begun=begun,
        left=left,
        opened=date.fromisoformat(str(opened)) if opened else None,
        opened_by=str(pilot.promised.get("opened_by", "")),
    )


def _week(day: str, promise: PilotPromise) -> int:
    """Which week of the pilot a day is in, 0 for the first."""
    return (monday_of(date.fromisoformat(day)) - monday_of(promise.pilot_from)) // WEEK
