"""The pilot of the worksheet of Focus and evidence that counts."""

from __future__ import annotations

from playbook.analysis.pilot.record import Pilot
from playbook.assessing.workbook import Entry, Workbook
from playbook.report.focus import shared

FOCUS = "focus"


def focus_of(workbook: Workbook) -> Entry | None:
    """The worksheet of Focus and evidence that counts."""
    sheet = workbook.framework.sheets.get(FOCUS)
    return workbook.current(sheet) if sheet else None


def pilot_in(entry: Entry) -> Pilot:
    """The pilot that a worksheet tells of, with the answers that are asked and what other sheets
    decided; put together once."""
    return entry.once(_pilot)


def _pilot(entry: Entry) -> Pilot:
    carried = {one.carry.id: one.value for one in entry.workbook.carried(entry.sheet)}
    return shared.pilot_in(entry.sheet, entry.worksheet, carried)
