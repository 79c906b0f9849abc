"""The answers that a brief was made from, in the form of an export, so that they can come back.

A brief is passed on, so it carries the answers as they stand and nothing of their history; private
ones only where the brief shows them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from playbook.assessing.workbook import Entry, Workbook
from playbook.model import Sheet, Worksheet
from playbook.report.private import open_answers

DEVICE = "brief"
"""What the history of an imported worksheet names as its origin."""


def answers_text(workbook: Workbook, stages: Sequence[str], *, private: bool) -> str:
    """The stages' worksheets that count as an export's JSON, the same for the same answers."""
    from playbook.store.format import FORMAT, FORMAT_VERSION  # late: a store loads SQLAlchemy

    framework = workbook.framework
    mine = (name for one in framework.stages if one.id in stages for name in one.sheets)
    known = (framework.sheets[name] for name in mine if name in framework.sheets)
    entries = (entry for sheet in known if (entry := workbook.current(sheet)))
    worksheets = [_worksheet(entry, private) for entry in entries]
    data = {"format": FORMAT, "version": FORMAT_VERSION, "worksheets": worksheets}
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _worksheet(entry: Entry, private: bool) -> dict[str, Any]:
    """One of an export's `worksheets`, whose only operation gives all answers at once."""
    sheet, info = entry.sheet, entry.info
    open_to_all = entry.worksheet if private else open_answers(sheet, entry.worksheet)
    values = dict(_fields(sheet, open_to_all))
    events = [
        {"field": name, "value": value, "base_rev": 0, "rev": 1, "erased": False}
        for name, value in values.items()
    ]
    told = json.dumps([sheet.id, info.name, values], sort_keys=True)
    operation = {
        "seq": 1,
        "op_id": str(uuid5(NAMESPACE_URL, told)),
        "device": DEVICE,
        "kind": "set",
        "version": sheet.version,
        "at": info.changed.isoformat(),
        "undoes": None,
        "settles": None,
        "events": events,
    }
    return {
        "id": _id(entry),
        "sheet": sheet.id,
        "name": info.name,
        "created": info.created.isoformat(),
        "changed": info.changed.isoformat(),
        "seq": 1 if events else 0,
        "fields": {name: {"value": value, "rev": 1} for name, value in values.items()},
        "operations": [operation] if events else [],
    }


def _id(entry: Entry) -> str:
    """The worksheet's own id; what no store holds gets one of its sheet."""
    if entry.example or entry.info.id == entry.sheet.id:
        return str(uuid5(NAMESPACE_URL, f"{entry.sheet.id}/{entry.info.id}"))
    return entry.info.id


def _fields(sheet: Sheet, worksheet: Worksheet) -> Iterator[tuple[str, str | list[str] | float]]:
    """Every answer and every row as a field with its stored value."""
    for question, value in worksheet.answers.items():
        yield question, list(value) if isinstance(value, tuple) else value
    for table in sheet.tables:
        for place, row in enumerate(worksheet.rows(table.id), 1):
            yield f"{table.id}/{row.id}", float(place)
            for question, value in row.answers.items():
                stored = list(value) if isinstance(value, tuple) else value
                yield f"{table.id}/{row.id}/{question}", stored
