"""What path and governance shows of other sheets: waves with their days, data with their owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from playbook.analysis.work_system.alignment_answers import data_sets_of
from playbook.analysis.work_system.answers import said
from playbook.assessing.workbook import Workbook
from playbook.model import Rows, Value
from playbook.worksheet.figures import whole_percent
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.visibility import visible_rows

Lines = Sequence[tuple[str, ...]]


def waves(workbook: Workbook) -> Lines:
    """Each wave that has a name: who, when, what is shown before, what stops it."""
    words, found = workbook.framework.words, []
    for it in _rows(workbook, "act_gate", "waves"):
        if name := said(it, "wave"):
            day = said(it, "wave_start")
            when = written_date(date.fromisoformat(day), words) if day else ""
            found.append((name, when, said(it, "wave_evidence"), said(it, "wave_stops")))
    return _told(workbook, found)


def data_owners(workbook: Workbook) -> Lines:
    """Each data set: who owns it, and the lowest of its three measures where all are there."""
    sets = data_sets_of(_rows(workbook, "alignment", "data_sets"))
    found = []
    for it in sets:
        least = it.weakest if it.weakest and not it.unmeasured else None
        found.append((it.name, it.owner, whole_percent(least[1]) if least else ""))
    return _told(workbook, found)


def _told(workbook: Workbook, lines: Lines) -> Lines:
    none = workbook.framework.words.text("beside.none")
    return [tuple(cell or none for cell in line) for line in lines]


def _rows(workbook: Workbook, sheet: str, table: str) -> Rows[Mapping[str, Value]]:
    known = workbook.framework.sheets.get(sheet)
    entry = workbook.current(known) if known else None
    return visible_rows(entry.sheet, entry.worksheet, table) if entry else Rows(())
