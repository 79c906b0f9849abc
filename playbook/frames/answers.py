"""Every answer on this computer as one long frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from playbook.assessing.workbook import Workbook
from playbook.framework import Framework, load_framework
from playbook.model import Value
from playbook.model.storage import Event, Snapshot, Store
from playbook.store import open_store
from playbook.store.paths import database_path
from playbook.worksheet.fields import is_example
from playbook.worksheet.kinds import kind_of

ANSWERS = ["worksheet", "sheet", "row", "question", "value", "rev", "at"]


def open_workbook(home: str | Path | None = None, *, examples: bool = False) -> pd.DataFrame:
    """Every answer on this computer, a line each.

    Parameters
    ----------
    home
        The folder that holds them; where the apps keep them when left out (`playbook where`).
    examples
        Whether filled examples count, too; nobody decided anything in them.

    Returns
    -------
    DataFrame
        The index is the `worksheet`'s id, the last changed first. `sheet` and `question` are ids;
        `row` is "table/row id", None for what is asked once. `value` is a float (in the question's
        unit, shares in per cent), a `datetime.date`, a text, the id of a choice, a tuple of ids, or
        a series, which gives (date, number) pairs. `rev` counts how often the answer was changed,
        and `at` is when it was last (UTC). Without a file there, the frame is empty.

    Raises
    ------
    StoreError
        When the file can't be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     answers = open_workbook(home)
    >>> list(answers.columns)
    ['sheet', 'row', 'question', 'value', 'rev', 'at']
    >>> len(answers)
    0
    """
    path = database_path(Path(home).expanduser() if home is not None else None)
    lines: list[tuple[Any, ...]] = []
    if path.is_file():
        store, framework = open_store(path), load_framework()
        for info in store.worksheets():
            if info.sheet in framework.sheets:
                lines += _answers(store, store.load(info.id), framework, examples)
    frame = pd.DataFrame(lines, columns=ANSWERS).set_index("worksheet")
    return frame.astype({"rev": "int64"}).assign(at=pd.to_datetime(frame["at"], utc=True))


def _answers(
    store: Store, snapshot: Snapshot, framework: Framework, examples: bool
) -> Iterator[tuple[Any, ...]]:
    """The lines of one worksheet: what rules read, in the order of its rows and questions."""
    if is_example(snapshot.fields) and not examples:
        return
    entry = Workbook(framework, date.min).read(snapshot)
    changed = _changed(store.history(snapshot.info.id, snapshot.seq))
    sheet, worksheet = entry.sheet, entry.worksheet
    given: list[tuple[str, str | None, Mapping[str, Value]]] = [("", None, worksheet.answers)]
    given += [
        (f"{table.id}/{row.id}/", table.id, row.answers)
        for table in sheet.tables
        for row in worksheet.rows(table.id)
    ]
    for start, table, answers in given:
        for question in sheet.questions(table):
            if question.id in answers:
                field = _stored_under(snapshot, start, [question.id, *sheet.old_names(question.id)])
                value = kind_of(question).read(answers[question.id])
                rev, at = snapshot.fields[field].rev, changed.get(field)
                row = start.rstrip("/") or None
                yield snapshot.info.id, sheet.id, row, question.id, value, rev, at


def _stored_under(snapshot: Snapshot, start: str, names: list[str]) -> str:
    return next(start + name for name in names if start + name in snapshot.fields)


def _changed(history: list[Event]) -> dict[str, datetime]:
    """When each field was last changed; the history has the last event first."""
    return {event.field: event.at for event in reversed(history) if not event.aside}
