"""A sheet that was filled in as a plain form and came whole: what is new, what becomes of it.

A form says of each answer that it showed which revision it was and a mark of its value. So what
nobody touched changes nothing, whatever others wrote meanwhile, and what rests on an older revision
is kept aside as everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from playbook.editing.apply import apply_change
from playbook.editing.plan import Planner, new_row_id
from playbook.framework import Framework
from playbook.model import InputError, Question, Sheet, Value
from playbook.model.storage import Conflict, FieldState, Snapshot, Store, Stored
from playbook.store.errors import GoneError
from playbook.worksheet.fields import address, question_of
from playbook.worksheet.parse import parse

OP, WORKSHEET, VERSION = "_op", "_worksheet", "_version"
SEEN, ROWS, SETTLE = "_seen", "_rows", "_settle"
"""What a form sends beside its answers. Those go by their fields' names."""

SEVERAL = ("many", "rank")
"""The kinds whose answer is a list."""

MARK_LENGTH = 10
Answers = Mapping[str, Sequence[str]]
"""What was typed or ticked, by field."""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """One form as it came.

    `op` is a UUID of its own, `rows` another for the row that it offers in each table, `seen` the
    revision and the mark of each answer that it showed. `settle` decides about a conflict: its
    number, and whether the waiting value is taken.
    """

    op: str
    worksheet: str
    version: int
    seen: Mapping[str, tuple[int, str]]
    rows: Mapping[str, str]
    given: Answers
    settle: tuple[int, bool] | None = None

    @classmethod
    def of(cls, sent: Answers) -> FilledForm:
        """The form from what a browser sent. InputError for what no form of ours sends."""
        try:
            one = {name: values[-1] for name, values in sent.items() if name.startswith("_")}
            seen = {str(name): (int(rev), str(it)) for name, (rev, it) in _table(one[SEEN])}
            rows = {str(table): str(UUID(op)) for table, op in _table(one[ROWS])}
            number, _, way = one.get(SETTLE, "").partition(" ")
            return cls(
                str(UUID(one[OP])),
                one[WORKSHEET],
                int(one[VERSION]),
                seen,
                rows,
                {name: values for name, values in sent.items() if not name.startswith("_")},
                (int(number), way == "take") if way else None,
            )
        except (ArithmeticError, LookupError, ValueError, TypeError, RecursionError):
            raise InputError("This is no form of the playbook: load the page again.") from None


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What became of a form: the worksheet now, the fields that were `kept`, those that wait
    `aside` for a choice, and why others were `refused`."""

    snapshot: Snapshot
    kept: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)


def keep_form(
    store: Store, framework: Framework, sheet: Sheet, form: FilledForm, device: str, today: date
) -> KeptForm:
    """Save what is new in a `form` of `sheet`, in one operation, and once however often it comes.

    GoneError when there is no such worksheet of the sheet (any more), StoreError when the store
    can't.
    """
    snapshot = store.load(form.worksheet)
    if snapshot.info.sheet != sheet.id:
        raise GoneError
    planner = Planner(sheet, framework, snapshot.fields, today)
    answers, rows, refused = _new(planner, form)
    if answers:
        change = {"kind": "fill", "answers": answers, "rows": rows, "version": form.version}
        op_id = str(uuid5(UUID(form.op), json.dumps(change, sort_keys=True)))
        try:
            apply_change(
                store, framework, snapshot.info.id, device, change | {"op_id": op_id}, lambda: today
            )
        except InputError as error:  # another window was faster: a row is gone, or sealed by now
            refused |= dict.fromkeys(answers, str(error))
            answers = {}
    if form.settle:
        _settle(store, framework, form, device)
    now = store.load(form.worksheet)
    aside = {one.field for one in now.conflicts if _waits(one, answers, sheet, framework)}
    kept = tuple(name for name in answers if name not in aside)
    return KeptForm(now, kept, tuple(sorted(aside)), refused)


def fields_of(sheet: Sheet, form: FilledForm) -> dict[str, FieldState]:
    """The worksheet that a form stands for, for showing it again where no store can be read."""
    fields: dict[str, FieldState] = {}
    for name, texts in form.given.items():
        try:
            question, at = question_of(sheet, name), address(name)
        except InputError:
            continue
        if at.table is not None and at.row != offered_row(form.rows, at.table):
            fields.setdefault(f"{at.table}/{at.row}", FieldState(float(len(fields)), 0))
        fields[name] = FieldState(_given(question, texts), 0)
    return fields


def offered_row(rows: Mapping[str, str], table: str) -> str:
    """The id of the row that a form offers in a table; empty where it offers none."""
    return new_row_id({"op_id": rows[table]}) if table in rows else ""


def mark_of(value: Value | Stored) -> str:
    """A short mark by which a form knows a value that it showed; empty for none."""
    if value is None:
        return ""
    told = list(value) if isinstance(value, tuple) else value
    return sha256(json.dumps(told).encode()).hexdigest()[:MARK_LENGTH]


def _new(
    planner: Planner, form: FilledForm
) -> tuple[dict[str, dict[str, Any]], dict[str, str], dict[str, str]]:
    """What is new in a form: the answers that can be kept, the rows made for them, and why others
    can't be."""
    answers: dict[str, dict[str, Any]] = {}
    rows: dict[str, str] = {}
    refused: dict[str, str] = {}
    for name, texts in _with_emptied(planner.sheet, form):
        rev, mark = form.seen.get(name, (0, ""))
        try:
            question, at = question_of(planner.sheet, name), address(name)
            given = _given(question, texts)
            if _is_as_it_was(question, given, mark, planner.framework):
                continue
            answer = {"value": given, "base_rev": rev}
            offers = at.table is not None and at.row == offered_row(form.rows, at.table)
            row = {at.table: at.row} if offers and at.table and at.row else {}
            planner.plan({"kind": "fill", "answers": {name: answer}, "rows": row})
        except InputError as error:
            if any(texts) or mark:
                refused[name] = str(error)
        else:
            answers[name] = answer
            rows |= row
    return answers, rows, refused


def _with_emptied(sheet: Sheet, form: FilledForm) -> Iterator[tuple[str, Sequence[str]]]:
    """The fields of a form; one of which every choice was taken back isn't sent by browsers."""
    yield from form.given.items()
    for name, (_, mark) in form.seen.items():
        if mark and name not in form.given:
            try:
                question = question_of(sheet, name)
            except InputError:
                continue
            if question.kind in SEVERAL:
                yield name, ()


def _given(question: Question, texts: Sequence[str]) -> Stored:
    if question.kind in SEVERAL:
        return [text for text in texts if text] or None
    return (texts[-1] if texts else "") or None


def _is_as_it_was(question: Question, given: Stored, mark: str, framework: Framework) -> bool:
    try:
        return mark_of(parse(question, given, framework.words)) == mark
    except InputError:
        return False


def _settle(store: Store, framework: Framework, form: FilledForm, device: str) -> None:
    assert form.settle
    number, take = form.settle
    change = {
        "kind": "resolve",
        "conflict": number,
        "take": take,
        "op_id": str(uuid5(UUID(form.op), f"settle {number} {take}")),
    }
    with suppress(GoneError):  # it was settled elsewhere by now
        apply_change(store, framework, form.worksheet, device, change)


def _waits(
    conflict: Conflict, answers: Mapping[str, Any], sheet: Sheet, framework: Framework
) -> bool:
    """Whether what this form gave is what waits."""
    if conflict.field not in answers:
        return False
    given = answers[conflict.field]["value"]
    value = parse(question_of(sheet, conflict.field), given, framework.words)
    return mark_of(value) == mark_of(conflict.value)


def _table(text: str) -> Iterator[tuple[str, Any]]:
    """The entries of a JSON object."""
    yield from dict(json.loads(text)).items()
