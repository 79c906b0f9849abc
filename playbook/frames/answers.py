"""Every answer on this computer as one long frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from playbook.assessing.workbook import Entry, Workbook
from playbook.framework import Framework, load_framework
from playbook.model import Question, Value
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
    return _frame(lines)


def open_example() -> pd.DataFrame:
    """Every answer of the sheets' filled examples, in the form of `open_workbook`.

    The `worksheet` is the example's name; nobody changed an answer, so `rev` is 1 and `at` empty.

    Examples
    --------
    >>> answers = open_example()
    >>> answers[answers["question"] == "breaks"]["value"].tolist()
    ['yes', 'partly']
    """
    framework = load_framework()
    lines = [
        (entry.info.name, entry.sheet.id, row, question.id, kind_of(question).read(value), 1, None)
        for entry in Workbook(framework, date.min).examples.entries()
        for row, question, value in _given(entry)
    ]
    return _frame(lines)


def _frame(lines: list[tuple[Any, ...]]) -> pd.DataFrame:
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
    for row, question, value in _given(entry):
        names = [question.id, *entry.sheet.old_names(question.id)]
        field = _stored_under(snapshot, f"{row}/" if row else "", names)
        rev, at = snapshot.fields[field].rev, changed.get(field)
        told = row, question.id, kind_of(question).read(value), rev, at
        yield snapshot.info.id, entry.sheet.id, *told


def _given(entry: Entry) -> Iterator[tuple[str | None, Question, Value]]:
    """Each answer: "table/row id" or None, the question, the value as it is stored."""
    sheet, worksheet = entry.sheet, entry.worksheet
    given: list[tuple[str | None, str | None, Mapping[str, Value]]] = [
        (None, None, worksheet.answers)
    ]
    given += [
        (f"{table.id}/{row.id}", table.id, row.answers)
        for table in sheet.tables
        for row in worksheet.rows(table.id)
    ]
    for row, table, answers in given:
        for question in sheet.questions(table):
            if question.id in answers:
                yield row, question, answers[question.id]


def _stored_under(snapshot: Snapshot, start: str, names: list[str]) -> str:
    return next(start + name for name in names if start + name in snapshot.fields)


def _changed(history: list[Event]) -> dict[str, datetime]:
    """When each field was last changed; the history has the last event first."""
    return {event.field: event.at for event in reversed(history) if not event.aside}
